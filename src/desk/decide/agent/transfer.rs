//! A ticket goes to another department: its number and history stay, its time goes on by the other's hours.

use super::{
    super::distribute::distribute,
    NotDone, Said,
    news::{tell_new_team, tell_news},
};
use crate::desk::{
    arrival::Arrival,
    draft::TicketDraft,
    policy::{Mode, Transferred},
    reason::Reason,
    sla,
};
use crate::model::{
    clock::ClockKind,
    event::{EventData, Private},
    ids::QueueName,
};

pub(super) fn transfer(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    words: &str,
) -> Result<(), NotDone> {
    if !ticket.snapshot().state.is_live() {
        return Err(Reason::NotLive.into());
    }
    let (name, why) = queue_named(ticket, words)?;
    if name == ticket.snapshot().queue {
        return Err(Reason::SameQueue.into());
    }
    let policy = ticket.given.policy;
    let Some(to) = policy.queues.get(&name) else {
        return Err(Reason::NoQueue.into());
    };
    // Nobody would hear of it there.
    let mailbox = policy.mailboxes.get(&to.mailbox);
    if mailbox.is_none_or(|mailbox| mailbox.mode != Mode::Full) {
        return Err(Reason::QueueNotServed.into());
    }
    let at = ticket.voice.at;
    for clock in sla::pause(ticket.snapshot(), policy, at) {
        ticket.happened(clock, Reason::AgentCommand);
    }
    let words = (!why.is_empty()).then(|| Private {
        person: None,
        text: why.clone(),
    });
    let data = EventData::Transferred {
        queue: name,
        mailbox: to.mailbox.clone(),
    };
    ticket.happened_privately(data, Reason::AgentCommand, words);
    // What stands still there, and what goes on, is as the other department has it.
    let state = ticket.snapshot().state;
    ticket.enters(state, Reason::AgentCommand);
    // A queue that promises nothing keeps what was promised.
    let class = ticket.snapshot().classification.class;
    if to.promises.terms(class, ClockKind::Resolution).is_some() {
        if to.transferred == Transferred::Restart {
            for clock in sla::restart(ticket.snapshot(), to, at) {
                ticket.happened(clock, Reason::TargetOfQueue);
            }
        }
        for clock in sla::drop_or_change(ticket.snapshot(), (policy, to), at) {
            ticket.happened(clock, Reason::TargetOfQueue);
        }
        // What begins there while somebody is waited for stands still, too.
        ticket.enters(state, Reason::TargetOfQueue);
    }
    for clock in sla::gone_over(ticket.snapshot(), policy, at) {
        ticket.happened(clock, Reason::TargetOfQueue);
    }
    distribute(ticket);
    tell_new_team(ticket, (arrival, said), &why);
    tell_news(ticket, (arrival, said), "transferred", ("", None));
    Ok(())
}

/// The queue that the words begin with, by its name, prefix or title, and what follows.
pub(super) fn queue_named(
    ticket: &TicketDraft<'_, '_>,
    words: &str,
) -> Result<(QueueName, String), NotDone> {
    let policy = ticket.given.policy;
    policy.queue_named(words).ok_or_else(|| {
        let queues = policy.queues.iter();
        let titles = queues.map(|(name, queue)| format!("{} ({name})", queue.title));
        NotDone {
            reason: Reason::NoSuchQueue,
            detail: titles.collect::<Vec<_>>().join(", "),
        }
    })
}
