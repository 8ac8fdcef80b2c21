//! The rules by which due times are counted have changed, or the administrator wants verdicts judged by those of today.

use crate::desk::{
    decision::{Decision, Given},
    draft::{Draft, TicketDraft, Voice},
    reason::Reason,
    sla,
    worklist::{ItemKind, ListItem},
    world::World,
};
use crate::model::{
    event::{EventData, Private},
    ids::{QueueName, TicketNumber},
};

/// Counts anew what runs on these tickets. In these queues it may be late by that: whoever decides has said so.
pub(super) fn recount(
    (numbers, consented): (&[TicketNumber], &[QueueName]),
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    for number in numbers {
        let Some(mut ticket) = draft.ticket(*number) else {
            continue;
        };
        let known = ticket.snapshot();
        let may_be_late = consented.contains(&known.queue);
        let (events, kept) = counted(&ticket, may_be_late);
        if kept > 0 {
            let kept = (ticket.snapshot().queue.clone(), *number);
            ticket.decision.kept_due.push(kept);
        }
        for event in events {
            ticket.happened(event, Reason::PolicyChanged);
            ticket.decision.reason = Reason::PolicyChanged;
        }
    }
    draft.done()
}

fn counted(ticket: &TicketDraft<'_, '_>, may_be_late: bool) -> (Vec<EventData>, u64) {
    let known = ticket.snapshot();
    let counts = known.merged_into.is_none() && known.excluded.is_none();
    let queue = ticket.queue().filter(|_| counts && known.state.is_live());
    let (policy, now) = (ticket.given.policy, ticket.given.now);
    queue.map_or_else(Default::default, |queue| {
        sla::recounted(known, (policy, queue), (now, may_be_late))
    })
}

/// Everything is counted anew: whoever decides for a queue is asked, once, whether what would be late by that is. Of how many
/// tickets, and of one of them, by which it is answered.
pub(super) fn ask(
    kept: &[(QueueName, u64, TicketNumber)],
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::PolicyChanged);
    for (queue, count, ticket) in kept {
        let Some(own) = given.policy.queues.get(queue) else {
            continue;
        };
        let item = ListItem {
            number: ticket.0,
            kind: ItemKind::Recounted,
            words: count.to_string(),
        };
        draft.list_for_deciding(own, &item);
    }
    draft.done()
}

/// Whoever decides says whether what would be late by the rules of today is, in all of the ticket's queue.
pub(super) fn answer(ticket: &mut TicketDraft<'_, '_>, is_approved: bool) -> Result<(), Reason> {
    let (_, kept) = counted(ticket, false);
    if kept == 0 {
        return Err(Reason::NotMoved);
    }
    let queue = ticket.snapshot().queue.clone();
    if is_approved {
        ticket.decision.recounts.push(queue.clone());
    }
    let data = EventData::RecountDecided { queue, is_approved };
    ticket.happened(data, Reason::AgentCommand);
    // One answer is enough, whoever gave it.
    ticket.unlist_for_head(ItemKind::Recounted);
    Ok(())
}

/// Judges these tickets by the rules of today; why is the administrator's own word.
pub(super) fn rejudge(draft: &mut Draft<'_>, numbers: &[TicketNumber], why: &str) {
    for number in numbers {
        let Some(mut ticket) = draft.ticket(*number) else {
            continue;
        };
        let known = ticket.snapshot();
        let counts = known.merged_into.is_none() && known.excluded.is_none();
        let (policy, now) = (ticket.given.policy, ticket.given.now);
        let verdicts = match counts {
            true => sla::rejudged(known, policy, now),
            false => Vec::new(),
        };
        for verdict in verdicts {
            // Why is said with the verdict, not again with what follows from it.
            let is_verdict = matches!(verdict, EventData::VerdictCorrected(_));
            let words = is_verdict.then(|| Private {
                person: None,
                text: why.to_owned(),
            });
            ticket.happened_privately(verdict, Reason::Rejudged, words);
            ticket.decision.reason = Reason::Rejudged;
        }
    }
}
