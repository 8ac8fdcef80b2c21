//! An agent moves the day by which a ticket is promised, says why, and the requester hears of it. The promise that counts
//! is still the first one (DOMAIN 1.3, 32): else no figure of it would mean anything.

use jiff::{Timestamp, civil::DateTime};

use super::{
    super::{become_responsible, recount},
    NotDone, Said, escalate,
    news::tell_news,
};
use crate::desk::{
    arrival::Arrival,
    calendar::Calendar,
    command::when,
    decide::notices::notify_agents,
    draft::TicketDraft,
    emergency,
    reason::Reason,
    sla,
    worklist::{self, ItemKind, ListItem},
};
use crate::model::{
    clock::ClockKind,
    event::{EventData, Private},
    ids::AgentName,
    outgoing::{Body, Class, HeadLetter},
};

pub(super) fn move_deadline(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    words: &str,
) -> Result<(), NotDone> {
    let queue = ticket.queue().ok_or(Reason::NoQueue)?;
    let now = queue.calendar.zone().to_datetime(ticket.given.now);
    let (moment, why) = when::read(words, now).ok_or(Reason::NoDate)?;
    let due_at = last_instant(&queue.calendar, moment).ok_or(Reason::NoDate)?;
    if due_at <= ticket.given.now {
        return Err(Reason::PastDate.into());
    }
    if why.is_empty() {
        return Err(Reason::NoCause.into());
    }
    let known = ticket.snapshot();
    let kind = ClockKind::Resolution;
    // Also where its time has passed: then whoever decides may still say that the new day counts.
    let clock = known.clock(kind).or_else(|| known.passed_clock(kind));
    let clock = clock.filter(|_| known.state.is_live());
    let clock = clock.ok_or(Reason::NoClock)?;
    let (clock, first, before) = (clock.kind, clock.due_at, clock.promised_at());
    let words = Private {
        person: None,
        text: why.to_owned(),
    };
    become_responsible(ticket, &said.agent);
    let data = EventData::DeadlineMoved { clock, due_at };
    ticket.happened_privately(data, Reason::AgentCommand, Some(words));
    let before = Some(ticket.when(before));
    tell_news(ticket, (arrival, said), "deadline", (why, before));
    let decides = ticket.is_decided_by(&said.agent);
    // Who decides has decided by moving it.
    match ticket.deciding_head() {
        Some(_) if decides => decide_moved(ticket, said, true),
        Some(head) => {
            let item = ListItem {
                number: ticket.snapshot().number.0,
                kind: ItemKind::Moved,
                words: why.to_owned(),
            };
            ticket.list_for_head(item);
            // What counts in figures until somebody decides is the first date.
            if !is_listed_before(ticket, &head, first) {
                ask_at_once(ticket, (arrival, said), &head, (first, why));
            }
            Ok(())
        }
        None => Ok(()),
    }
}

/// Whether the head's next list comes in time to decide before an instant.
fn is_listed_before(ticket: &TicketDraft<'_, '_>, head: &AgentName, at: Timestamp) -> bool {
    let wanted = ticket.preferences_of(head).list;
    let who = (head, ticket.given.policy);
    let list = worklist::next_decisions_at(who, wanted, ticket.given.now);
    list.is_some_and(|list| list < at)
}

fn ask_at_once(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    head: &AgentName,
    (first, why): (Timestamp, &str),
) {
    let agent = ticket.agent_name(&said.agent);
    let letter = emergency::letter(ticket, "moved", Some(agent));
    let (Some(letter), Some(person)) = (letter, ticket.agent_person(head)) else {
        return;
    };
    let body = Body::Head(HeadLetter {
        moved_from: Some(ticket.when(first)),
        words: why.to_owned(),
        ..letter
    });
    // An agent has just asked for it: no cap may swallow it.
    let key = format!("moved:{}", arrival.raw);
    emergency::send(ticket, person, (key, Class::Human), body);
}

/// The word of whoever decides for the queue: on the day that was promised since, or on a question to another department.
pub(super) fn approve(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    is_approved: bool,
) -> Result<(), NotDone> {
    let known = ticket.snapshot();
    let moved = known.clock(ClockKind::Resolution);
    let is_moved = moved.is_some_and(|clock| clock.moved_to.is_some());
    match (escalate::waiting(known).is_some(), is_moved) {
        (true, true) => Err(Reason::TwoToDecide.into()),
        (true, false) => escalate::decide(ticket, said, (is_approved, "")),
        (false, _) => decide_moved(ticket, said, is_approved),
    }
}

/// Whoever decides for the queue says whether the day that was promised since counts.
fn decide_moved(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    is_approved: bool,
) -> Result<(), NotDone> {
    if ticket.snapshot().moved_clock().is_none() {
        return Ok(recount::answer(ticket, is_approved)?);
    }
    let known = ticket.snapshot();
    let moved = known.moved_clock().ok_or(Reason::NotMoved)?;
    let clock = moved.kind;
    // Where it has been judged by the first day the verdict is taken back, and time goes on to the new one.
    let passed = is_approved && moved.has_passed();
    let taken_back = passed.then(|| sla::taken_back(known, ticket.given.policy, moved));
    if let Some(taken_back) = taken_back {
        ticket.happened(taken_back, Reason::DeadlineApproved);
    }
    let number = ticket.snapshot().number;
    let data = EventData::DeadlineDecided { clock, is_approved };
    ticket.happened(data, Reason::AgentCommand);
    let done = (said.agent.clone(), number.0, ItemKind::Moved);
    ticket.decision.list_items_done.push(done);
    let what = if is_approved { "approved" } else { "rejected" };
    if ticket.snapshot().assignee.as_ref() != Some(&said.agent) {
        let key = format!("{what}:{}", said.row);
        notify_agents(ticket, key, what);
    }
    Ok(())
}

/// A day without a time is meant to its end, as work counts: the close of business on it, or on the next day that has
/// any.
fn last_instant(calendar: &Calendar, moment: when::Moment) -> Option<Timestamp> {
    let instant = |at: DateTime| {
        let at = calendar.zone().to_ambiguous_timestamp(at);
        at.compatible().ok()
    };
    match moment.time {
        Some(time) => instant(moment.date.to_datetime(time)),
        None => {
            let eve = moment.date.yesterday().ok()?.at(12, 0, 0, 0);
            calendar.end_of_working_day(instant(eve)?, 1)
        }
    }
}
