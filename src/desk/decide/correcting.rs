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
        .filter_map(|clock| Some((clock.kind, clock.due_at, clock.escalated?)))
        .collect();
    let corrections = sla::found_in_time(ticket.snapshot(), policy, (kinds, by), at);
    for correction in corrections {
        ticket.happened(correction, Reason::FoundInTime);
    }
    for late in sla::kept_late(ticket.snapshot(), policy, kinds, at) {
        ticket.happened(late, Reason::SatisfiedLate);
    }
    for (kind, due_at, steps) in told {
        // Of one that stands nothing is taken back.
        if ticket.snapshot().passed_clock(kind).is_some() {
            continue;
        }
        let levels = (0, steps.saturating_sub(1));
        let heads = sla::heads_of(ticket.snapshot(), policy, levels);
        let mut to = ticket.agents_to_tell();
        // Who was told instead of a head who was away.
        let stand_in = ticket.queue().and_then(|queue| ticket.stand_in(queue));
        for head in heads.into_iter().chain(stand_in) {
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
