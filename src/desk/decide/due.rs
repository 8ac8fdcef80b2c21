//! Something has fallen due. What is due is derived anew from the ticket as it stands before anything happens.

use super::{
    challenge, distribute, duty, handover,
    notices::{notify, notify_agents},
    worklist,
};
use crate::desk::{
    decide::finish,
    decision::{Decision, Given},
    draft::{DecisionBuilder, Draft, TicketDraft, Voice},
    lifecycle::{Happening, Transition, transition},
    nps,
    reason::Reason,
    sla,
    timer::{Due, TimerKind, closes_at, quiet_at, wait_over_at},
    world::{DIGEST_MAX, World},
};
use crate::model::{
    address::NamedAddress,
    clock::ClockKind,
    event::{ClosedBy, EventData},
    following::Snooze,
    ids::{PersonId, QueueName, TicketNumber},
    language::Language,
    outgoing::{Body, Class, OutgoingMail, Recipient, Sender},
    ticket::{Side, Ticket},
};

/// Decides on something due.
pub(super) fn decide_due(due: Due, world: &World, given: &Given<'_>) -> Decision {
    match due {
        Due::Ticket(number, TimerKind::ClockDue) => clock_due(number, world, given),
        Due::Ticket(number, TimerKind::Close) => close(number, world, given),
        Due::Ticket(number, TimerKind::Quiet) => quiet(number, world, given),
        Due::Ticket(number, TimerKind::WaitOver) => wait_over(number, world, given),
        Due::Ticket(number, TimerKind::Snooze) => snooze_over(number, world, given),
        Due::Ticket(number, TimerKind::Nps) => nps::ask(number, world, given).map_or_else(
            || Decision::new(Reason::NothingToDo),
            |draft| finish(draft, None),
        ),
        Due::Ticket(number, TimerKind::Origin) => handover::lapse(number, world, given),
        Due::Ticket(number, TimerKind::Owner) => distribute::owner_due(number, world, given),
        Due::Ticket(
            _,
            TimerKind::Escalation
            | TimerKind::Reminder
            | TimerKind::Digest
            | TimerKind::Challenge
            | TimerKind::Morning
            | TimerKind::Absence
            | TimerKind::GiveOut,
        ) => Decision::new(Reason::NothingToDo),
        Due::Morning(appointment) => worklist::make(appointment, world, given),
        Due::GiveOut(appointment) => distribute::give_out(appointment, world, given),
        Due::Absence(appointment) => duty::hand_over(appointment, world, given),
        Due::Digest(person) => digest(person, world, given),
        Due::Challenge(person) => challenge::ask(person, world, given),
    }
}

/// A promise has passed, unless today's promises or calendars say that it has not: then it is counted anew.
fn clock_due(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let nothing = Decision::new(Reason::NothingToDo);
    let Some(ticket) = world.ticket(number).filter(|ticket| ticket.state.is_live()) else {
        return nothing;
    };
    let late = sla::judge_passed(ticket, given.policy, given.now);
    if late.is_empty() {
        return nothing;
    }
    let due_at = ticket.next_clock().map_or(given.now, |clock| clock.due_at);
    let moved = sla::not_passed(ticket, given.policy, given.now);
    if !moved.is_empty() {
        let is_promise = |one: &EventData| matches!(one, EventData::ClockChanged { .. });
        let reason = match moved.iter().any(is_promise) {
            true => Reason::PolicyChanged,
            false => Reason::CalendarChanged,
        };
        let voice = Voice::okno(given.now);
        let mut draft = Draft::new(given, world, voice, reason);
        if let Some(mut ticket) = draft.ticket(number) {
            for clock in moved {
                ticket.happened(clock, reason);
            }
        }
        return finish(draft, None);
    }
    let reason = told_without((ticket, TimerKind::ClockDue), world, given);
    let reason = reason.unwrap_or(Reason::TimePassed);
    let mut draft = Draft::new(given, world, Voice::okno(due_at), reason);
    if let Some(mut ticket) = draft.ticket(number) {
        for judgement in late {
            ticket.happened(judgement, reason);
        }
    }
    finish(draft, None)
}

/// Why an appointment is kept although not all mail that came before it is known; `None`: all is.
pub(super) fn told_without(
    appointment: (&Ticket, TimerKind),
    world: &World,
    given: &Given<'_>,
) -> Option<Reason> {
    world.passes().why_released(appointment, given.policy)
}

fn close(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let Some(ticket) = world.ticket(number) else {
        return Decision::new(Reason::NothingToDo);
    };
    let Some(at) = closes_at(ticket, given.policy).filter(|at| *at <= given.now) else {
        return Decision::new(Reason::NothingToDo);
    };
    let reason = told_without((ticket, TimerKind::Close), world, given);
    let reason = reason.unwrap_or(Reason::Silence);
    let mut draft = Draft::new(given, world, Voice::okno(at), reason);
    if let Some(mut ticket) = draft.ticket(number)
        && transition(ticket.snapshot().state, Happening::SilencePassed) == Transition::Close
    {
        let closed = EventData::Closed {
            by: ClosedBy::Silence,
        };
        ticket.happened(closed, reason);
    }
    finish(draft, None)
}

/// An answer without okno was the last word for long enough: it resolved the ticket, and nobody is written to.
fn quiet(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let nothing = Decision::new(Reason::NothingToDo);
    let Some(ticket) = world.ticket(number) else {
        return nothing;
    };
    let is_due = quiet_at(ticket, given.policy).is_some_and(|at| at <= given.now);
    let Some(answer) = ticket.outside.clone().filter(|_| is_due) else {
        return nothing;
    };
    let reason = told_without((ticket, TimerKind::Quiet), world, given);
    let reason = reason.unwrap_or(Reason::Quiet);
    let mut draft = Draft::new(given, world, Voice::okno(answer.at), reason);
    if let Some(mut ticket) = draft.ticket(number)
        && transition(ticket.snapshot().state, Happening::AgentResolved) == Transition::Resolve
    {
        let holder = ticket.snapshot().assignee.clone();
        let by = answer.agent.as_ref().or(holder.as_ref());
        let said_at = answer.at;
        let judgements = sla::judge_resolved(ticket.snapshot(), given.policy, by, said_at);
        let resolved = EventData::ResolvedOutside {
            message: answer.message,
            agent: answer.agent,
        };
        ticket.happened(resolved, reason);
        for (judgement, reason) in judgements {
            ticket.happened(judgement, reason);
        }
        let late = sla::kept_late(ticket.snapshot(), given.policy, &ClockKind::ALL, said_at);
        for late in late {
            ticket.happened(late, Reason::SatisfiedLate);
        }
    }
    finish(draft, None)
}

/// A third party was waited for: the ticket goes on, and who is responsible hears of it.
fn wait_over(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let nothing = Decision::new(Reason::NothingToDo);
    let Some(at) = world.ticket(number).and_then(wait_over_at) else {
        return nothing;
    };
    if at > given.now {
        return nothing;
    }
    let mut draft = Draft::new(given, world, Voice::okno(at), Reason::WaitOver);
    if let Some(mut ticket) = draft.ticket(number) {
        ticket.goes_to_work(Happening::WaitOver, Reason::WaitOver);
        let key = format!("wait_over:{number}:{}", at.as_millisecond());
        notify_agents(&mut ticket, key, "wait_over");
    }
    finish(draft, None)
}

/// Agents see a ticket again that they had put off, and hear of it.
fn snooze_over(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::SnoozeOver);
    if let Some(mut ticket) = draft.ticket(number) {
        let snoozed = ticket.snapshot().snoozed.iter();
        let over = snoozed.filter(|one| one.until <= given.now);
        let over: Vec<Snooze> = over.cloned().collect();
        for Snooze { agent, until } in over {
            let key = format!("snoozed:{number}:{agent}:{}", until.as_millisecond());
            let to = ticket.agent_person(&agent).into_iter().collect();
            ticket.happened(EventData::SnoozeOver { agent }, Reason::SnoozeOver);
            notify(&mut ticket, to, key, "snoozed");
        }
    }
    finish(draft, None)
}

/// One mail that lists what caps withheld; what does not fit comes with the next. It is itself outside the caps: at most
/// one an hour is ever due.
fn digest(person: PersonId, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::DigestDue);
    draft.decision.digest_done.push(person);
    let withheld = world.withheld(person);
    let (now, later) = withheld.split_at(withheld.len().min(DIGEST_MAX));
    let (mut tickets, mut sender) = (Vec::new(), None);
    for number in now {
        let Some(ticket) = draft.ticket(*number) else {
            continue;
        };
        tickets.extend(ticket.facts(ticket.staff_language()));
        // A digest belongs to no ticket; it comes from the queue of the last one it lists.
        sender = sender_of(&ticket);
    }
    if !later.is_empty() {
        draft.decision.digest.push((person, later.to_vec()));
    }
    let more = u64::try_from(later.len()).unwrap_or(u64::MAX);
    let why = "caps".to_owned();
    let body = Body::Digest { why, tickets, more };
    let key = format!("digest:{person}:{}", given.now.as_millisecond());
    let mail = sender.and_then(|sender| digest_mail(&draft, (person, key), sender, body));
    if let Some(mail) = mail {
        draft.queue_mail(mail);
    }
    finish(draft, None)
}

pub(super) fn sender_of(ticket: &TicketDraft<'_, '_>) -> Option<(QueueName, Language, Sender)> {
    let (queue, (mailbox, address)) = (ticket.queue()?, ticket.own_mailbox()?);
    let sender = Sender {
        mailbox: mailbox.clone(),
        name: queue.title.clone(),
        address: address.clone(),
    };
    Some((ticket.snapshot().queue.clone(), queue.language, sender))
}

/// A list of tickets for somebody, under its dedupe key.
pub(super) fn digest_mail(
    draft: &DecisionBuilder<'_>,
    (person, key): (PersonId, String),
    (queue, language, sender): (QueueName, Language, Sender),
    body: Body,
) -> Option<OutgoingMail> {
    let reader = draft.person_by_id(person)?;
    let domain = sender.address.domain();
    let message_id = draft.given.key.plain_message_id(&key, domain);
    Some(OutgoingMail {
        side: Some(Side::Agents),
        queue: Some(queue),
        to: vec![NamedAddress::new(reader.name.as_str(), &reader.address)],
        recipients: vec![Recipient {
            address: reader.address.clone(),
            person,
            reply_to: None,
        }],
        ..OutgoingMail::new((key, message_id), Class::Report, sender, language, body)
    })
}
