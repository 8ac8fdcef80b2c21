//! The rules by which due times are counted have changed, or the administrator wants verdicts judged by those of today.

use crate::desk::{
    decision::{Decision, Given},
    draft::{Draft, Voice},
    reason::Reason,
    sla,
    world::World,
};
use crate::model::{event::Private, ids::TicketNumber};

/// Counts anew what runs on these tickets.
pub(super) fn recount(numbers: &[TicketNumber], world: &World, given: &Given<'_>) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    let mut kept = 0_u64;
    for number in numbers {
        let Some(mut ticket) = draft.ticket(*number) else {
            continue;
        };
        let known = ticket.snapshot();
        let counts = known.merged_into.is_none() && known.excluded.is_none();
        let queue = ticket.queue().filter(|_| counts && known.state.is_live());
        let Some(queue) = queue else {
            continue;
        };
        let (events, late) = sla::recounted(known, (given.policy, queue), given.now);
        kept = kept.saturating_add(late);
        for event in events {
            ticket.happened(event, Reason::PolicyChanged);
            ticket.decision.reason = Reason::PolicyChanged;
        }
    }
    draft.decision.kept_due = kept;
    draft.done()
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
            let words = Private {
                person: None,
                text: why.to_owned(),
            };
            ticket.happened_privately(verdict, Reason::Rejudged, Some(words));
            ticket.decision.reason = Reason::Rejudged;
        }
    }
}
