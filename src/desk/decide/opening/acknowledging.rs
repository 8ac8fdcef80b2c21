//! Whoever has asked hears that it has come, under which number and what is promised.

use super::Opened;
use crate::desk::{
    arrival::Arrival,
    decide::{cards::before, forms, helped, ruled, urgency, wishes},
    draft::{Draft, TicketDraft},
    identity::Speaker,
    loops,
    notify::Sending,
    origin::Brought,
    policy::Mode,
    reason::Reason,
    showing::Showing,
};
use crate::model::{
    event::EventData,
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, Bringer, Canned, Class, Offer, TicketFacts},
    ticket::Side,
};

/// One acknowledgement a mail, however many tickets it opens, to the author alone, and only where an automatic answer is
/// wanted. It names those whose mailboxes may say anything at all, and none that only the author knows of.
pub(in crate::desk::decide) fn acknowledge(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
    opened: &[Opened<'_>],
) {
    let reason = forbidden(draft, arrival).or(draft.unanswered);
    let mailboxes = &draft.given.policy.mailboxes;
    let may_say = |one: &&Opened<'_>| {
        let mailbox = mailboxes.get(one.to.mailbox);
        !one.to.is_hidden && mailbox.is_some_and(|mailbox| mailbox.mode > Mode::Observe)
    };
    let first = opened.iter().find(may_say).or_else(|| opened.first());
    let words = first.and_then(|first| first.words);
    if let Some(reason) = reason {
        return withhold(draft, speaker.person, (opened, reason));
    }
    let Some(ticket) = first.and_then(|first| draft.ticket(first.number)) else {
        return;
    };
    let (number, language) = (ticket.snapshot().number, ticket.snapshot().language);
    let named = opened.iter().filter(may_say);
    let named = named.filter(|one| one.number != number);
    let others: Vec<TicketFacts> = named
        .filter_map(|one| draft.ticket(one.number)?.facts(language))
        .collect();
    let continues = before(draft, number, language);
    let Some(mut ticket) = draft.ticket(number) else {
        return;
    };
    let policy = ticket.given.policy;
    let is_apart = !others.is_empty()
        && opened
            .iter()
            .any(|one| policy.is_confidential(one.to.queue));
    let told = (others, continues, is_apart);
    let words = words.and_then(|name| ruled::words(&ticket, name));
    let Some((body, offers)) = acknowledgement(&mut ticket, (arrival, speaker), told, words) else {
        return;
    };
    ticket.send(Sending {
        key: format!("ack:{number}"),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Replied,
        side: Side::Requester,
        to: vec![speaker.person],
        cc: Vec::new(),
        from_agent: None,
        body,
        offers,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// Why whoever asks must not get an automatic answer. What forbids to answer an agent's program says nothing of them; what
/// forbade to answer the whole forbids to answer its parts.
fn forbidden(draft: &mut Draft<'_>, arrival: &Arrival) -> Option<Reason> {
    let Some(brought) = &draft.brought else {
        return loops::answer_forbidden(arrival, draft.given);
    };
    let whole = brought.of.and_then(|whole| draft.ticket(whole))?;
    let is_forbidden = whole.snapshot().is_unanswerable;
    is_forbidden.then_some(Reason::AutomaticAnswerUnwanted)
}

/// None of these tickets is acknowledged.
pub(in crate::desk::decide) fn withhold(
    draft: &mut Draft<'_>,
    person: PersonId,
    (opened, reason): (&[Opened<'_>], Reason),
) {
    for one in opened {
        if let Some(mut ticket) = draft.ticket(one.number) {
            let data = EventData::MailWithheld {
                template: "acknowledgement".to_owned(),
                people: vec![person],
            };
            ticket.happened(data, reason);
        }
    }
}

/// Who has brought it, and what it was part of.
pub(in crate::desk::decide) fn bringer(ticket: &TicketDraft<'_, '_>, brought: &Brought) -> Bringer {
    let whole = brought.of.and_then(|whole| ticket.world.ticket(whole));
    Bringer {
        way: brought.way.code().to_owned(),
        agent: ticket.agent_name(&brought.agent),
        of: whole.map_or_else(String::new, |whole| {
            format!("{}-{}", whole.prefix, whole.number)
        }),
    }
}

/// What it says, and which words it offers.
fn acknowledgement(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, speaker): (&Arrival, &Speaker),
    (mut others, mut continues, is_apart): (Vec<TicketFacts>, Option<TicketFacts>, bool),
    words: Option<Canned>,
) -> Option<(Body, Option<Offer>)> {
    let mut facts = forms::facts_that_ask(ticket)?;
    let showing = Showing::of(speaker, ticket);
    let named = [&mut facts].into_iter().chain(&mut others);
    named
        .chain(&mut continues)
        .for_each(|facts| showing.acknowledged(facts));
    let calendar = ticket.queue().map(|queue| &queue.calendar);
    let opens = calendar
        .filter(|calendar| !calendar.is_open(ticket.given.now))
        .and_then(|calendar| calendar.next_open(ticket.given.now))
        .map(|at| ticket.when(at));
    let wishes = match others.is_empty() {
        true => wishes::offered(ticket),
        // Which of several tickets a word is about, nobody could say.
        false => Vec::new(),
    };
    let articles = match others.is_empty() {
        true => helped::articles(ticket, arrival),
        false => Vec::new(),
    };
    let offers = match (articles.is_empty(), wishes.is_empty()) {
        (false, _) => Some(Offer::Articles),
        (true, false) => Some(Offer::Wishes),
        (true, true) => None,
    };
    let is_whole = ticket.brought.as_ref().is_none_or(Brought::is_whole_mail);
    let files = is_whole.then(|| showing.names(arrival.file_names()));
    let brought = ticket.brought.as_ref();
    let brought = brought.map(|brought| bringer(ticket, brought));
    let body = Body::Acknowledgement {
        ticket: facts,
        others,
        continues,
        brought,
        opens,
        is_apart,
        text: words
            .as_ref()
            .map_or_else(String::new, |words| words.written.clone()),
        canned: words.into_iter().collect(),
        files: files.unwrap_or_default(),
        articles,
        wishes,
        urgency: urgency::told(ticket).to_owned(),
        urgency_limit: ticket.queue().map_or(0, |queue| queue.urgency_limit),
    };
    Some((body, offers))
}
