//! What an agent decided last is taken back: the ticket is folded anew without it. What is a fact stays: mails that came
//! and went, answers that were read. What came since and rests on it stands in the way.

mod chronicle;
mod overtaken;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

pub use chronicle::{Chronicle, Past, PastMail};
use jiff::Timestamp;
pub use overtaken::overtaken;
use parts::{Own, Part, touches};

use crate::model::{
    clock::ClockKind,
    event::{Actor, Event, EventData, Role},
    ids::{DecisionId, PersonId, TicketNumber},
    outgoing::Class,
    ticket::{Side, State, Ticket},
    undone::Restored,
};

use super::fold::fold;

/// Why nothing is taken back.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// That agent has changed nothing here.
    Nothing,
    /// It is taken back already.
    Already,
    /// This came since, and rests on it.
    Since(Box<Event>),
    /// All there is to it is an answer, and that has gone.
    Gone(DecisionId),
    /// An article came of it, in this file.
    Published(String),
    /// It was done to this ticket too, and what happened there is not known here.
    OutOfSight(TicketNumber),
}

/// What is to be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Which decision.
    pub decision: DecisionId,
    /// What stands again, by ticket; the first is the one it was asked of.
    pub tickets: Vec<(TicketNumber, Restored)>,
    /// What it had split off, each with what it was part of and is again.
    pub split_off: BTreeMap<TicketNumber, TicketNumber>,
    /// It moved a deadline, of which whoever decides for the queue may have heard.
    pub moved_deadline: bool,
    /// It left a note, which stays.
    pub has_note: bool,
}

/// What a person, as an agent, did last with a ticket, to be taken back. `chronicle` gives the history of a ticket at hand;
/// `is_them` tells whether a number is theirs.
///
/// # Errors
/// Why not.
pub fn plan<'c>(
    number: TicketNumber,
    chronicle: impl Fn(TicketNumber) -> Option<&'c Chronicle>,
    is_them: impl Fn(PersonId) -> bool,
) -> Result<Plan, Refused> {
    let own = chronicle(number).ok_or(Refused::Nothing)?;
    let decision = last(own, is_them).ok_or(Refused::Nothing)?.decision;
    if own.of(decision).any(|past| is_undone(&past.event)) {
        return Err(Refused::Already);
    }
    if let Some(file) = own.of(decision).find_map(published) {
        return Err(Refused::Published(file));
    }
    let (mut tickets, mut split_off) = (Vec::new(), BTreeMap::new());
    let mut with_it: BTreeSet<TicketNumber> = own.others_of(decision).collect();
    // Of several tickets split off each knows the whole alone.
    let further = with_it.iter().filter_map(|one| chronicle(*one));
    let further: Vec<_> = further.flat_map(|one| one.others_of(decision)).collect();
    with_it.extend(further);
    with_it.remove(&number);
    for one in std::iter::once(number).chain(with_it) {
        // Half of it taken back would be worse than nothing.
        let chronicle = chronicle(one).ok_or(Refused::OutOfSight(one))?;
        let gone = Gone::of(chronicle, decision);
        let parent = chronicle.split_by(decision);
        split_off.extend(parent.map(|parent| (one, parent)));
        let since = parent.and_then(|_| chronicle.taken_up_since(decision));
        if let Some(since) = since.or_else(|| rests_on(chronicle, decision, gone)) {
            return Err(Refused::Since(Box::new(since.clone())));
        }
        let without = without(&chronicle.events, (one, decision), gone);
        let both = chronicle.ticket(one).zip(without);
        let (now, wanted) = both.ok_or(Refused::OutOfSight(one))?;
        tickets.push((one, Restored::between(&now, &wanted)));
    }
    let waits = own.mails_of(decision).any(|mail| mail.waits);
    if !waits && tickets.iter().all(|(_, restored)| restored.is_nothing()) {
        return Err(Refused::Gone(decision));
    }
    let did = |what: fn(&EventData) -> bool| own.of(decision).any(|past| what(&past.event.data));
    Ok(Plan {
        decision,
        tickets,
        split_off,
        moved_deadline: did(|data| matches!(data, EventData::DeadlineMoved { .. })),
        has_note: did(|data| matches!(data, EventData::NoteAdded { .. })),
    })
}

/// When a person, as an agent, did something last with a ticket that can be taken back.
pub fn last_at(chronicle: &Chronicle, is_them: impl Fn(PersonId) -> bool) -> Option<Timestamp> {
    last(chronicle, is_them).map(|past| past.event.at)
}

fn last(chronicle: &Chronicle, is_them: impl Fn(PersonId) -> bool) -> Option<&Past> {
    let theirs = |past: &&Past| {
        let is_agents = matches!(past.event.role, Role::Agent | Role::Head);
        let is_person = matches!(past.event.actor, Actor::Person(id) if is_them(id));
        is_agents && is_person && !touches(&past.event, Some(Own)).is_empty()
    };
    chronicle.events.iter().rev().find(theirs)
}

fn published(past: &Past) -> Option<String> {
    if let EventData::ArticleApproved { file, .. } = &past.event.data {
        Some(file.clone())
    } else {
        None
    }
}

const fn is_undone(event: &Event) -> bool {
    matches!(event.data, EventData::Undone(_))
}

/// What of a decision the requester has read, or may have.
#[derive(Debug, Clone, Copy)]
struct Gone {
    /// The agent's words.
    answer: bool,
    /// Any mail.
    anything: bool,
}

impl Gone {
    fn of(chronicle: &Chronicle, decision: DecisionId) -> Self {
        Self::among(chronicle.mails_of(decision).filter(|mail| mail.has_gone))
    }

    fn among<'c>(mails: impl Iterator<Item = &'c PastMail>) -> Self {
        let mails = mails.filter(|mail| mail.side == Some(Side::Requester));
        let mails: Vec<&PastMail> = mails.collect();
        Self {
            answer: mails.iter().any(|mail| mail.is_human),
            anything: !mails.is_empty(),
        }
    }
}

/// The first thing since that rests on what the decision did.
fn rests_on(chronicle: &Chronicle, decision: DecisionId, gone: Gone) -> Option<&Event> {
    let own = chronicle.of(decision);
    let did = own.flat_map(|past| touches(&past.event, Some(Own)));
    // An answer that has gone stays in any case.
    let did: Vec<Part> = did
        .filter(|part| !(gone.answer && *part == Part::Answer))
        .collect();
    let later: Vec<&Past> = chronicle.after(decision).collect();
    let mut later = later.into_iter().rev();
    let rests = later.find(|past| {
        let touched = touches(&past.event, None);
        touched.iter().any(|part| did.contains(part))
    });
    rests.map(|past| &past.event)
}

/// The ticket as it would be without what that decision changed.
fn without(
    events: &[Past],
    (number, decision): (TicketNumber, DecisionId),
    gone: Gone,
) -> Option<Ticket> {
    let mut ticket: Option<Ticket> = None;
    for past in events {
        if past.decision != decision {
            ticket = fold(ticket, number, &past.event);
            continue;
        }
        if let Some(event) = kept(&past.event, gone) {
            ticket = fold(ticket, number, &event);
        }
        // Whoever was answered is not new.
        let is_answered = gone.answer && is_answer(&past.event.data);
        if let Some(ticket) = &mut ticket
            && is_answered
            && ticket.state == State::New
        {
            ticket.state = State::Open;
        }
    }
    ticket
}

const fn is_answer(data: &EventData) -> bool {
    matches!(
        data,
        EventData::Answered { .. } | EventData::Resolved { .. }
    )
}

/// What stays of an event that is taken back: facts do, and so does an answer that has gone.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others are no part of an answer"
)]
fn kept(event: &Event, gone: Gone) -> Option<Event> {
    let is_of_answer = match &event.data {
        EventData::ClockJudged(verdict) => verdict.clock != ClockKind::Resolution,
        EventData::MessageSent {
            side: Side::Requester,
            class,
            ..
        } => match class {
            Class::Human => true,
            Class::Automatic | Class::Report | Class::Alarm => {
                return gone.anything.then(|| event.clone());
            }
        },
        EventData::Answered { .. } => true,
        _ => false,
    };
    if is_of_answer {
        return gone.answer.then(|| event.clone());
    }
    if let EventData::Resolved { message, agent, .. } = &event.data {
        let data = EventData::Answered {
            message: *message,
            agent: agent.clone(),
        };
        let answered = Event {
            data,
            ..event.clone()
        };
        return gone.answer.then_some(answered);
    }
    touches(event, Some(Own)).is_empty().then(|| event.clone())
}
