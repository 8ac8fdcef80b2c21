//! Where a ticket stood, step by step: whose it was, and whether anybody still owed work on it.

use jiff::Timestamp;

use super::super::undo::Past;
use crate::model::{
    event::{ClosedBy, EventData},
    ids::{AgentName, QueueName},
    ticket::Ticket,
};

/// How a ticket came to stand so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Opened,
    Reopened,
    /// Open again, or not any more, since what was done was taken back or did not arrive.
    Restored,
    /// It was no spam.
    Included,
    Solved,
    Withdrawn,
    LeftBehind,
    Merged,
    Excluded,
    /// It is another agent's or queue's.
    Passed,
}

/// A ticket from one instant on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) at: Timestamp,
    pub(super) way: Way,
    pub(super) queue: QueueName,
    pub(super) agent: Option<AgentName>,
    pub(super) is_open: bool,
}

/// Whether somebody owes work on it.
pub(super) const fn is_open(ticket: &Ticket) -> bool {
    ticket.state.is_live() && ticket.excluded.is_none() && ticket.merged_into.is_none()
}

/// The next step, where this event is one. A step is never dated before the one it follows: what is found late is no way
/// back in time.
pub(super) fn next(last: Option<&Standing>, ticket: &Ticket, past: &Past) -> Option<Standing> {
    let event = &past.event;
    let is_open = is_open(ticket);
    let stays = last.is_some_and(|last| {
        last.is_open == is_open && last.queue == ticket.queue && last.agent == ticket.assignee
    });
    if stays {
        return None;
    }
    let was_open = last.is_some_and(|last| last.is_open);
    Some(Standing {
        at: last.map_or(event.at, |last| last.at.max(event.at)),
        way: match last {
            None => Way::Opened,
            Some(_) if was_open == is_open => Way::Passed,
            Some(_) => way(&event.data),
        },
        queue: ticket.queue.clone(),
        agent: ticket.assignee.clone(),
        is_open,
    })
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else opens or ends a ticket takes something back"
)]
const fn way(data: &EventData) -> Way {
    match data {
        EventData::Reopened => Way::Reopened,
        EventData::Included => Way::Included,
        EventData::Resolved { .. }
        | EventData::ResolvedOutside { .. }
        | EventData::Closed {
            by: ClosedBy::KbHit | ClosedBy::Agent | ClosedBy::Requester | ClosedBy::Silence,
        } => Way::Solved,
        EventData::Closed {
            by: ClosedBy::Switch,
        } => Way::LeftBehind,
        EventData::Withdrawn => Way::Withdrawn,
        EventData::Merged { .. } => Way::Merged,
        EventData::Excluded { .. } => Way::Excluded,
        _ => Way::Restored,
    }
}
