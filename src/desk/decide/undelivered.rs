//! A mail of ours did not get there: history says so, and the one who can do something about it is told.

use jiff::{SignedDuration, Timestamp};

use super::requester;
use crate::desk::{
    alarm::{About, named_in_history},
    cause::Failure,
    decide::finish,
    decision::{Decision, Given},
    draft::{DecisionBuilder, Draft, TicketDraft, Voice},
    identity::Speaker,
    lifecycle::{Happening, Transition, transition},
    notify::Sending,
    payroll::{is_had, queue_of_list},
    reason::Reason,
    world::World,
};
use crate::model::{
    alarm::UNDELIVERED,
    event::{EventData, Private, Stream, Trust},
    ids::{PayrollName, PersonId},
    obstacle::Obstacle,
    outgoing::{AutoSubmitted, Body, Class},
    ticket::{SentAnswer, Side},
};

/// How often the administrator hears of one address of an agent.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Whether a mail of this class and template is itself about a failure: nobody is told that it failed.
#[must_use]
pub fn is_about_failure(class: &str, template: &str) -> bool {
    class == Class::Alarm.code() || template == "undelivered"
}

/// Decides on a delivery that was refused for good.
pub(super) fn decide_failure(failure: &Failure, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::Refused);
    match failure.ticket.and_then(|number| draft.ticket(number)) {
        Some(mut ticket) => tell(&mut ticket, failure, Reason::Refused),
        None => {
            let (data, _) = failed(&mut draft, failure);
            let words = Some(failure.diagnostic.clone());
            draft.happened_elsewhere(Stream::House, data, Reason::Refused, words);
            tell_of_letter(&mut draft, failure);
        }
    }
    finish(draft, None)
}

/// A letter about no ticket that does not arrive: a file to pay by is told, since somebody waits for it, and so is what only this
/// one reader can approve, whenever it fails; of other letters to the staff once a day an address.
fn tell_of_letter(draft: &mut Draft<'_>, failure: &Failure) {
    let policy = draft.given.policy;
    if failure.is_about_failure || failure.recipient == policy.administrator {
        return;
    }
    let accounts = policy.payrolls.iter();
    let mut accounts = accounts.filter(|(_, list)| list.to.contains(&failure.recipient));
    let meant = failure.payroll.as_ref();
    let is_gone = |name: &PayrollName, month: &str| {
        !policy.payrolls.contains_key(name)
            || !is_had(&policy.payrolls, name, &draft.world.payroll(name, month))
    };
    let list = match meant {
        // Of a list that there is no more: another one of its name has other accountants.
        Some((meant, month)) if is_gone(meant, month) => None,
        Some((meant, _)) => accounts.find(|(name, _)| *name == meant),
        None => accounts.next(),
    };
    let is_staff = policy.agent_of(&failure.recipient).is_some();
    let review = policy.director_review.iter();
    let is_director = review
        .flat_map(|one| &one.to)
        .any(|to| *to == failure.recipient);
    let of_queue = meant.and_then(|(list, _)| queue_of_list(list));
    let (payroll, is_head) = match (list, meant) {
        // The month of a queue: nobody is paid by it, and nobody approves it.
        _ if of_queue.is_some() => (None, false),
        (Some((list, _)), _) => (Some(list.clone()), false),
        (None, Some((list, _))) if is_staff => (Some(list.clone()), true),
        // Of a list that there is no more: whoever is no head was an accountant of then.
        (None, Some((list, month))) if is_gone(list, month) => (Some(list.clone()), false),
        (None, _) => (None, false),
    };
    if payroll.is_none() && (!(is_staff || is_director) || is_told_today(draft, failure)) {
        return;
    }
    let month = meant.map(|(_, month)| month.clone()).unwrap_or_default();
    let body = Body::Undelivered {
        ticket: None,
        recipient: failure.recipient.clone(),
        status: failure.status.clone(),
        diagnostic: failure.diagnostic.clone(),
        undone: match (is_head, &of_queue) {
            (true, _) => "head",
            (false, Some(_)) => "month",
            (false, None) => "",
        }
        .to_owned(),
        silenced_until: None,
        payroll,
        queue: of_queue.map_or_else(String::new, |queue| {
            let known = policy.queues.get(&queue);
            known.map_or_else(|| queue.to_string(), |known| known.title.clone())
        }),
        month,
    };
    draft.send_to_administrator(key_of(failure), Class::Alarm, body, About::default());
}

/// A letter about no ticket has come back: history says so of whoever the configuration names, and it is told.
pub(super) fn letter_came_back(draft: &mut Draft<'_>, failure: &Failure) {
    let policy = draft.given.policy;
    let mut lists = policy.payrolls.values();
    let is_accountant = lists.any(|list| list.to.contains(&failure.recipient));
    if is_accountant || policy.agent_of(&failure.recipient).is_some() {
        let (data, _) = failed(draft, failure);
        let words = Some(failure.diagnostic.clone());
        draft.happened_elsewhere(Stream::House, data, Reason::Bounced, words);
    }
    tell_of_letter(draft, failure);
}

/// Whether the administrator has heard of an address of the staff lately; if not, it is written down that they do.
fn is_told_today(draft: &mut DecisionBuilder<'_>, failure: &Failure) -> bool {
    let object = named_in_history(draft, failure.recipient.as_str());
    let state = draft.world.alarm(UNDELIVERED, &object);
    let told_at = state.and_then(|state| state.told_at);
    let now = draft.given.now;
    let is_told = told_at.is_some_and(|told| now.duration_since(told) < TELL_AGAIN_AFTER);
    if !is_told {
        let data = EventData::AlarmRaised {
            alarm: UNDELIVERED.to_owned(),
            object,
            is_told: true,
        };
        draft.happened_elsewhere(Stream::House, data, Reason::ConditionSeen, None);
    }
    is_told
}

/// What history says of it, and of whom.
fn failed(draft: &mut DecisionBuilder<'_>, failure: &Failure) -> (EventData, PersonId) {
    let person = draft.person(&failure.recipient, None, None);
    let data = EventData::DeliveryFailed {
        message: failure.message,
        person,
        status: failure.status.clone(),
    };
    (data, person)
}

/// Writes it down and tells the author of an answer or else the agents of a mail to the requester, the administrator of
/// a mail to an agent.
pub(super) fn tell(ticket: &mut TicketDraft<'_, '_>, failure: &Failure, reason: Reason) {
    let (data, person) = failed(ticket, failure);
    let words = Private {
        person: Some(person),
        text: failure.diagnostic.clone(),
    };
    ticket.happened_privately(data, reason, Some(words));
    if failure.side == Some(Side::Agents) {
        return tell_administrator(ticket, failure);
    }
    let was_silenced = ticket.is_silenced(&failure.recipient);
    let answer = answer_in(ticket, failure);
    let silenced_until = silence(ticket, failure, person);
    let undone = match &answer {
        Some(answer) if ticket.world.is_requester(person, ticket.snapshot()) => {
            undo(ticket, answer, was_silenced)
        }
        Some(_) | None => "",
    };
    // What nobody wrote is told once.
    if failure.is_about_failure || was_silenced && answer.is_none() {
        return;
    }
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let author = answer.and_then(|answer| ticket.agent_person(&answer.agent));
    let to = author.map_or_else(|| ticket.agents_to_tell(), |author| vec![author]);
    let body = Body::Undelivered {
        ticket: Some(facts),
        recipient: failure.recipient.clone(),
        status: failure.status.clone(),
        diagnostic: failure.diagnostic.clone(),
        undone: undone.to_owned(),
        silenced_until: silenced_until.map(|until| ticket.when(until)),
        payroll: None,
        queue: String::new(),
        month: String::new(),
    };
    ticket.send(Sending {
        key: key_of(failure),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: 0,
    });
}

fn key_of(failure: &Failure) -> String {
    format!("undelivered:{}:{}", failure.cause, failure.recipient)
}

/// The agent's words that the failed mail bore.
fn answer_in(ticket: &TicketDraft<'_, '_>, failure: &Failure) -> Option<SentAnswer> {
    let mut answers = ticket.snapshot().answers.iter();
    answers
        .find(|answer| Some(answer.message) == failure.message)
        .cloned()
}

/// An answer that did not arrive does not count as one, and what it ended goes on: nobody confirms by silence what
/// they never read. Whoever ends a ticket whose requester is known to read no mail has been told so: it stays ended.
fn undo(ticket: &mut TicketDraft<'_, '_>, answer: &SentAnswer, was_silenced: bool) -> &'static str {
    let data = EventData::AnswerUndone {
        message: answer.message,
        agent: answer.agent.clone(),
    };
    ticket.happened(data, Reason::AnswerLost);
    let newer = ticket.snapshot().answers.iter();
    let is_last_word = newer.filter(|newer| newer.resolves).count() == 0;
    let state = ticket.snapshot().state;
    if was_silenced
        || !answer.resolves
        || !is_last_word
        || transition(state, Happening::AnswerLost) != Transition::Open
    {
        return "answer";
    }
    let since = ticket.snapshot().resolved_at;
    ticket.goes_to_work(Happening::AnswerLost, Reason::AnswerLost);
    requester::clock_goes_on(ticket, since);
    "resolution"
}

/// An address of the conversation that nobody reads is sent nothing automatic for a time; until when. A report may name
/// any address, so those of others stay as they are.
fn silence(
    ticket: &mut TicketDraft<'_, '_>,
    failure: &Failure,
    person: PersonId,
) -> Option<Timestamp> {
    let days = ticket.given.policy.caps.silence_days;
    let status = failure.status.as_deref();
    let is_passing = status.is_some_and(|status| status.starts_with('4'));
    let obstacle = Obstacle::of(status, &failure.diagnostic);
    let is_theirs = ticket.world.takes_part(person, ticket.snapshot());
    let is_staff = ticket.given.policy.agent_of(&failure.recipient).is_some();
    if days == 0 || is_passing || is_staff || !is_theirs || !obstacle.is_dead_address() {
        return None;
    }
    let lasts = SignedDuration::from_hours(i64::from(days).saturating_mul(24));
    let until = ticket.given.now.checked_add(lasts).ok()?;
    if ticket.is_silenced(&failure.recipient) {
        return None;
    }
    ticket.happened_to(
        person,
        EventData::AddressSilenced { until },
        Reason::Silenced,
        None,
    );
    ticket
        .decision
        .silence
        .push((failure.recipient.clone(), Some(until)));
    Some(until)
}

/// Whoever writes from an address reads mail there, as far as anything shows.
pub(super) fn heard_of(draft: &mut DecisionBuilder<'_>, speaker: &Speaker) {
    if speaker.trust > Trust::Suspicious && draft.world.silenced(&speaker.address).is_some() {
        draft.happened_to(speaker.person, EventData::AddressHeard, Reason::Heard, None);
        draft.decision.silence.push((speaker.address.clone(), None));
    }
}

/// A card that does not arrive is the administrator's affair, once a day an address: a full mailbox must not fill
/// another one. Nobody is told that the administrator cannot be told.
fn tell_administrator(ticket: &mut TicketDraft<'_, '_>, failure: &Failure) {
    if failure.is_about_failure {
        return;
    }
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let body = Body::Undelivered {
        ticket: Some(facts),
        recipient: failure.recipient.clone(),
        status: failure.status.clone(),
        diagnostic: failure.diagnostic.clone(),
        undone: String::new(),
        silenced_until: None,
        payroll: None,
        queue: String::new(),
        month: String::new(),
    };
    if failure.recipient == ticket.given.policy.administrator || is_told_today(ticket, failure) {
        return;
    }
    let about = About {
        ticket: Some(ticket.snapshot().number),
        avoid: None,
    };
    ticket.send_to_administrator(key_of(failure), Class::Alarm, body, about);
}
