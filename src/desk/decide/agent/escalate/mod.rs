//! An agent asks another department for a requester's sake. Where that department wants it so, whoever decides for the
//! agent's own queue agrees first.

mod agreeing;
mod answering;

pub(super) use self::{
    agreeing::{answered, decide, is_answer, waiting},
    answering::{goes_back, send_on},
};
use super::{NotDone, Said, transfer::queue_named};
use agreeing::ask_head;

use crate::desk::{
    arrival::Arrival,
    command::folded,
    decide::{become_responsible, escalation::DEPTH_MAX},
    draft::TicketDraft,
    escalation::Question,
    policy::{Mode, Through},
    reason::Reason,
    worklist::ItemKind,
};
use crate::model::{
    escalation::{ESCALATIONS_KEPT, Escalation, EscalationEnd},
    event::EventData,
    ids::QueueName,
    ticket::Ticket,
};

/// Words that take a question back instead of asking one.
const TAKE_BACK: &[&str] = &[
    "отменить",
    "отмена",
    "отозвать",
    "cancel",
    "withdraw",
    "undo",
];

/// The words name a department, and behind it what is asked; what the mail notes for agents goes with it.
pub(super) fn escalate(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    words: &str,
) -> Result<(), NotDone> {
    if let Some(named) = taken_back(words) {
        return take_back(ticket, said, named);
    }
    if !ticket.snapshot().state.is_live() || ticket.snapshot().origin.is_some() {
        return Err(Reason::NotLive.into());
    }
    let (queue, mut why) = queue_named(ticket, words)?;
    if why.is_empty() {
        return Err(Reason::NothingAsked.into());
    }
    check(ticket, &queue)?;
    if let Some(note) = &said.mail.note {
        why = format!("{why}\n\n{note}");
    }
    let policy = ticket.given.policy;
    let through = policy.queues.get(&queue).map(|asked| asked.asking.through);
    let decides = ticket.is_decided_by(&said.agent);
    match (through, ticket.deciding_head()) {
        (Some(Through::Head), None) => Err(Reason::NoHeadToAgree.into()),
        (Some(Through::Head), Some(head)) if !decides => {
            ask_head(ticket, (arrival, said), (queue, why), head);
            Ok(())
        }
        (Some(Through::Head | Through::Direct) | None, _) => {
            become_responsible(ticket, &said.agent);
            let of = ticket.snapshot().number;
            let agent = said.agent.clone();
            ticket.questions.push(Question {
                of,
                queue,
                agent,
                why,
            });
            Ok(())
        }
    }
}

/// Whether that department may be asked now.
fn check(ticket: &TicketDraft<'_, '_>, queue: &QueueName) -> Result<(), NotDone> {
    let (known, policy) = (ticket.snapshot(), ticket.given.policy);
    if *queue == known.queue {
        return Err(Reason::OwnQueue.into());
    }
    if let Some(before) = asks_already(ticket, queue) {
        return Err(NotDone {
            reason: Reason::CircularQuestion,
            detail: title_of(ticket, &before),
        });
    }
    let allowed = ticket.queue().map_or(&[][..], |own| &own.asking.to);
    if !allowed.is_empty() && !allowed.contains(queue) {
        let titles = allowed.iter().map(|one| title_of(ticket, one));
        return Err(NotDone {
            reason: Reason::NotAskedFromHere,
            detail: titles.collect::<Vec<_>>().join(", "),
        });
    }
    let mailbox = policy.queues.get(queue);
    let mailbox = mailbox.and_then(|asked| policy.mailboxes.get(&asked.mailbox));
    if mailbox.is_none_or(|mailbox| mailbox.mode != Mode::Full) {
        return Err(Reason::QueueNotServed.into());
    }
    let is_same = |one: &&Escalation| one.is_open() && one.queue == *queue;
    let open = known.escalations.iter().find(is_same);
    let here = |one: &Question| one.of == known.number && one.queue == *queue;
    if open.is_some() || ticket.questions.iter().any(here) {
        let number = open.and_then(|open| open.ticket);
        let asked = number.and_then(|number| ticket.world.ticket(number));
        return Err(NotDone {
            reason: Reason::AskedAlready,
            detail: asked.map_or_else(String::new, Ticket::label),
        });
    }
    let open = known.escalations.iter().filter(|one| one.is_open());
    if open.count() >= ESCALATIONS_KEPT {
        return Err(Reason::AskedAlready.into());
    }
    Ok(())
}

/// The department among those for whose sake this is asked, itself or by others, which would be asked again; or the last
/// of them, where too many ask each other.
fn asks_already(ticket: &TicketDraft<'_, '_>, queue: &QueueName) -> Option<QueueName> {
    let mut next = ticket.snapshot().asked_for;
    for _ in 0..DEPTH_MAX {
        let asking = ticket.world.ticket(next?)?;
        if asking.queue == *queue {
            return Some(asking.queue.clone());
        }
        next = asking.asked_for;
    }
    next.map(|_| queue.clone())
}

fn title_of(ticket: &TicketDraft<'_, '_>, queue: &QueueName) -> String {
    let known = ticket.given.policy.queues.get(queue);
    known.map_or_else(|| queue.to_string(), |known| known.title.clone())
}

/// The words behind a word that takes a question back.
fn taken_back(words: &str) -> Option<&str> {
    let (first, rest) = words
        .trim()
        .split_once(' ')
        .unwrap_or_else(|| (words.trim(), ""));
    TAKE_BACK.contains(&folded(first).as_str()).then_some(rest)
}

/// What was asked is needed no more: the one question that is open, or that of the department named.
fn take_back(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    named: &str,
) -> Result<(), NotDone> {
    let queue = match named.is_empty() {
        true => None,
        false => Some(queue_named(ticket, named)?.0),
    };
    let asked = ticket.snapshot().escalations.iter();
    let open: Vec<Escalation> = asked
        .filter(|one| one.is_open() && queue.as_ref().is_none_or(|queue| one.queue == *queue))
        .cloned()
        .collect();
    let [one] = open.as_slice() else {
        let titles = open.iter().map(|one| title_of(ticket, &one.queue));
        return Err(NotDone {
            reason: Reason::WhichQuestion,
            detail: titles.collect::<Vec<_>>().join(", "),
        });
    };
    let data = EventData::EscalationEnded {
        queue: one.queue.clone(),
        ticket: one.ticket,
        end: EscalationEnd::Withdrawn,
    };
    ticket.happened(data, Reason::AgentCommand);
    // Nobody is to decide any more.
    ticket.unlist_for_head(ItemKind::Asks);
    become_responsible(ticket, &said.agent);
    Ok(())
}
