//! Which agents follow a ticket that is somebody else's, and which do not want to see it for now.

use crate::model::{
    event::{Event, EventData},
    following::{FOLLOWERS_KEPT, Snooze},
    ids::AgentName,
    ticket::Ticket,
};

/// One more event that may be about them.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest is about nobody who follows"
)]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::Snoozed { agent, until } => {
            awake(ticket, agent);
            ticket.snoozed.push(Snooze {
                agent: agent.clone(),
                until: *until,
            });
            keep_newest(&mut ticket.snoozed);
        }
        EventData::SnoozeOver { agent } => awake(ticket, agent),
        EventData::Followed { agent } => {
            leave(ticket, agent);
            ticket.followers.push(agent.clone());
            keep_newest(&mut ticket.followers);
        }
        EventData::Unfollowed { agent } => leave(ticket, agent),
        // It ends with the ticket: whoever followed it hears of its end, and of nothing after.
        EventData::Reopened => ticket.followers.clear(),
        EventData::Closed { .. }
        | EventData::Withdrawn
        | EventData::Merged { .. }
        | EventData::Excluded { .. } => ticket.snoozed.clear(),
        _ => {}
    }
}

fn awake(ticket: &mut Ticket, agent: &AgentName) {
    ticket.snoozed.retain(|one| one.agent != *agent);
}

fn leave(ticket: &mut Ticket, agent: &AgentName) {
    ticket.followers.retain(|one| one != agent);
}

/// Whoever asked longest ago is forgotten first.
fn keep_newest<T>(list: &mut Vec<T>) {
    let surplus = list.len().saturating_sub(FOLLOWERS_KEPT);
    list.drain(..surplus);
}
