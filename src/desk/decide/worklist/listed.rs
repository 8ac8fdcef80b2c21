//! What of that which an agent was to decide or to hear of still is theirs.

use jiff::Timestamp;

use crate::desk::{
    draft::Draft,
    policy::QueuePolicy,
    worklist::{ItemKind, ListItem, Section},
};
use crate::model::ids::{AgentName, TicketNumber};

/// Under which heading an item stands, and the day that was promised before; `None`: it is none of theirs any more.
pub(super) fn listed_as(
    draft: &Draft<'_>,
    agent: &AgentName,
    item: &ListItem,
) -> Option<(Section, Option<Timestamp>)> {
    let number = TicketNumber(item.number);
    let known = draft.world.ticket(number);
    let policy = draft.given.policy;
    let queue = known.and_then(|ticket| policy.queue_of(ticket));
    let decides = queue.is_none_or(|queue| draft.is_decider(agent, queue));
    // A head hears of a low rating wherever the ticket has gone since.
    let is_head = |queue: &QueuePolicy| queue.head.as_ref() == Some(agent);
    let hears = item.kind == ItemKind::Rated && policy.queues.values().any(is_head);
    if !decides && !hears {
        return None;
    }
    let is_so = |section, is_so: bool| is_so.then_some((section, None));
    match item.kind {
        ItemKind::Moved => {
            let clock = known.and_then(|ticket| ticket.moved_clock())?;
            Some((Section::Moved, Some(clock.due_at)))
        }
        ItemKind::Rated => is_so(Section::Rated, true),
        ItemKind::Recounted => is_so(Section::Recounted, true),
        ItemKind::Asks => is_so(Section::Asks, asks(draft, number)),
        ItemKind::Owner => is_so(Section::Owner, known?.owner_asked.is_some()),
        ItemKind::Draft => is_so(Section::Draft, known?.article.is_some()),
        ItemKind::Everybody | ItemKind::FileCounts | ItemKind::Done => None,
    }
}

/// Whether an agent still wants to ask another department.
fn asks(draft: &Draft<'_>, number: TicketNumber) -> bool {
    let ticket = draft.world.ticket(number);
    ticket.is_some_and(|ticket| {
        let mut asked = ticket.escalations.iter();
        ticket.state.is_live() && asked.any(|one| one.waits_for_word())
    })
}
