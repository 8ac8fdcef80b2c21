//! Buttons of a mail about a ticket: for one of its readers, each for one word, good for some weeks. What they say can also
//! be written as a word.

use jiff::SignedDuration;

use super::{
    command::{HELPED_CODE, OneWord, Verb, Wish, helped_word, score},
    draft::TicketDraft,
    token::Owner,
};
use crate::model::{
    ids::PersonId,
    outgoing::{Body, Button, WorkLine},
    ticket::Side,
};

/// How long a button is good.
const BUTTON_DAYS: i64 = 30;

/// The buttons of this mail, for that person.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all other mails offer nothing to tap"
)]
pub(super) fn of(
    ticket: &TicketDraft<'_, '_>,
    body: &Body,
    (person, side): (PersonId, Side),
) -> Vec<Button> {
    let language = match side {
        Side::Agents => ticket.staff_language(),
        Side::Requester => ticket.snapshot().language,
    };
    let offered: Vec<(&str, &str)> = match body {
        Body::Card {
            whom: Some(whom), ..
        } => {
            let agents = whom.agents.iter().filter(|agent| !agent.is_away);
            agents
                .map(|agent| (Verb::Assign.code(), agent.word.as_str()))
                .collect()
        }
        Body::Card { .. }
        | Body::Crossed(_)
        | Body::EscalationQuestion(_)
        | Body::Escalation(_)
        | Body::Head(_)
        | Body::ArticleDraft(_) => verbs(ticket, body)
            .into_iter()
            .map(|verb| (verb.code(), verb.word(language)))
            .collect(),
        Body::Acknowledgement {
            wishes, articles, ..
        } => {
            let helped = (!articles.is_empty()).then(|| (HELPED_CODE, helped_word(language)));
            let wishes = [Wish::Cancel, Wish::Urgent]
                .into_iter()
                .filter(|wish| wishes.iter().any(|offered| offered == wish.code()))
                .map(|wish| (wish.code(), wish.word(language)));
            helped.into_iter().chain(wishes).collect()
        }
        Body::Late(_) => pressing_verbs(ticket)
            .into_iter()
            .map(|verb| (verb.code(), verb.word(language)))
            .collect(),
        Body::Nps { .. } => score::offered(language),
        Body::Resolution { asks_rating, .. } => verdicts(*asks_rating)
            .map(|said| (said.code(), said.word(language)))
            .collect(),
        _ => Vec::new(),
    };
    let mut buttons = made(ticket, offered, (person, side));
    // Each gives the ticket to another agent, and is named for them.
    if matches!(body, Body::Card { whom: Some(_), .. }) {
        for button in &mut buttons {
            "give".clone_into(&mut button.what);
        }
    }
    buttons
}

/// The buttons of a line of a work list, for its only reader: what is to be decided, else what is done next.
pub(super) fn of_line(
    ticket: &TicketDraft<'_, '_>,
    line: &WorkLine,
    person: PersonId,
) -> Vec<Button> {
    let verbs: &[Verb] = match line.section.as_str() {
        "moved" => &[Verb::Approve, Verb::Reject],
        "draft" => &[Verb::Publish, Verb::Discard],
        "free" | "due" if line.is_free => &[Verb::Take],
        "own" | "due" => &[Verb::Done],
        _ => &[],
    };
    let language = ticket.staff_language();
    let is_on = |verb: &&Verb| ticket.queue().is_some_and(|queue| queue.is_on(**verb));
    let verbs = verbs.iter().filter(is_on);
    let offered = verbs.map(|verb| (verb.code(), verb.word(language)));
    made(ticket, offered.collect(), (person, Side::Agents))
}

fn made(
    ticket: &TicketDraft<'_, '_>,
    offered: Vec<(&str, &str)>,
    (person, side): (PersonId, Side),
) -> Vec<Button> {
    let owner = Owner {
        ticket: ticket.snapshot().number,
        side,
        person,
    };
    let days = SignedDuration::from_hours(BUTTON_DAYS.saturating_mul(24));
    let Ok(until) = ticket.given.now.checked_add(days) else {
        return Vec::new();
    };
    let tag = ticket
        .given
        .key
        .tag(&ticket.snapshot().prefix, owner.ticket);
    let keyring = ticket.given.keyring();
    let button = |(what, word): (&str, &str)| {
        let code = keyring.button(owner, what, until)?;
        Some(Button {
            what: what.to_owned(),
            word: word.to_owned(),
            subject: format!("Re: {tag} {code} {word}"),
        })
    };
    offered.into_iter().filter_map(button).collect()
}

/// What may be said of a resolution.
fn verdicts(asks_rating: bool) -> impl Iterator<Item = OneWord> {
    let marks = (1..=5).rev().map(OneWord::Rated);
    let marks = marks.filter(move |_| asks_rating);
    [OneWord::Confirmed, OneWord::Returned]
        .into_iter()
        .chain(marks)
}

/// What can be done where a promise has passed: the words behind the last two are written by whoever taps.
fn pressing_verbs(ticket: &TicketDraft<'_, '_>) -> Vec<Verb> {
    let is_free = ticket.snapshot().assignee.is_none();
    let take = Some(Verb::Take).filter(|_| is_free);
    let is_on = |verb: &Verb| ticket.queue().is_some_and(|queue| queue.is_on(*verb));
    let verbs = take
        .into_iter()
        .chain([Verb::Assign, Verb::Transfer, Verb::Deadline]);
    verbs.filter(is_on).collect()
}

/// What an agent does with a new ticket, or with an answer that waits; what a head decides.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others offer what a card does"
)]
fn verbs(ticket: &TicketDraft<'_, '_>, body: &Body) -> Vec<Verb> {
    if matches!(body, Body::EscalationQuestion(_)) {
        return vec![Verb::Approve, Verb::Reject];
    }
    if let Body::Escalation(letter) = body {
        let has_answer = !letter.text.is_empty() && letter.write_to.is_some();
        return Some(Verb::Send)
            .filter(|_| has_answer)
            .into_iter()
            .collect();
    }
    let is_free = ticket.snapshot().assignee.is_none();
    let is_on = |verb: &Verb| ticket.queue().is_some_and(|queue| queue.is_on(*verb));
    let take = Some(Verb::Take).filter(|_| is_free);
    let verbs = match body {
        Body::Crossed(_) => return vec![Verb::Send],
        Body::ArticleDraft(_) => vec![Verb::Publish, Verb::Discard],
        Body::Head(letter) if letter.what == "moved" => vec![Verb::Approve, Verb::Reject],
        Body::Head(_) => take.into_iter().chain([Verb::Full]).collect(),
        _ => take.into_iter().chain([Verb::Done, Verb::Spam]).collect(),
    };
    verbs.into_iter().filter(is_on).collect()
}
