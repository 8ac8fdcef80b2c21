//! An answer is found that was given in time, after its promise had been taken for broken: the verdict is corrected, and
//! whoever was told of it hears that it was not so, once.

use super::notices::notify;
use crate::desk::{draft::TicketDraft, reason::Reason, sla};
use crate::model::{clock::ClockKind, ids::AgentName};

/// What the mail at hand does, as of the instant it came, to promises of these kinds that were taken for broken.
pub(super) fn found_later(
    ticket: &mut TicketDraft<'_, '_>,
    (kinds, by): (&[ClockKind], Option<&AgentName>),
) {
    let (policy, at) = (ticket.given.policy, ticket.voice.at);
    let told: Vec<_> = kinds
        .iter()
        .filter_map(|kind| ticket.snapshot().passed_clock(*kind))
        .filter(|clock| clock.escalated.is_some())
        .map(|clock| (clock.kind, clock.due_at, clock.told.clone()))
        .collect();
    let corrections = sla::found_in_time(ticket.snapshot(), policy, (kinds, by), at);
    for correction in corrections {
        ticket.happened(correction, Reason::FoundInTime);
    }
    for late in sla::kept_late(ticket.snapshot(), policy, kinds, at) {
        ticket.happened(late, Reason::SatisfiedLate);
    }
    for (kind, due_at, heads) in told {
        // Of one that stands nothing is taken back.
        if ticket.snapshot().passed_clock(kind).is_some() {
            continue;
        }
        // Whoever was told then, whatever the chain says today.
        let mut to = ticket.agents_to_tell();
        for head in heads {
            let person = ticket.agent_person(&head);
            to.extend(person.filter(|person| !to.contains(person)));
        }
        let number = ticket.snapshot().number;
        let key = format!(
            "not_late:{number}:{}:{}",
            kind.code(),
            due_at.as_millisecond()
        );
        notify(ticket, to, key, "not_late");
    }
}
