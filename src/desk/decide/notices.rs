//! What agents hear that happened by itself.

use crate::desk::{draft::TicketDraft, notify::Sending, reason::Reason};
use crate::model::{
    event::EventData,
    following::Snooze,
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, Class},
    ticket::Side,
};

/// Tells the agents of the ticket at hand: `what` as in [`Body::FollowUp`].
pub(super) fn notify_agents(ticket: &mut TicketDraft<'_, '_>, key: String, what: &str) {
    let to = ticket.agents_to_tell();
    notify(ticket, to, key, what);
}

/// Tells these people.
pub(super) fn notify(ticket: &mut TicketDraft<'_, '_>, to: Vec<PersonId>, key: String, what: &str) {
    notify_all(ticket, (to, Vec::new()), (key, what), Vec::new());
}

/// Tells people, and others by a copy. `copied`: the names of those who get it so that they know, and of whom nothing is
/// expected.
pub(super) fn notify_all(
    ticket: &mut TicketDraft<'_, '_>,
    (to, cc): (Vec<PersonId>, Vec<PersonId>),
    (key, what): (String, &str),
    copied: Vec<String>,
) {
    let readers: Vec<PersonId> = to.iter().chain(&cc).copied().collect();
    let Some(facts) = ticket.facts_for(&readers) else {
        return;
    };
    let assignee = ticket.snapshot().assignee.as_ref();
    let assignee = assignee.map(|agent| ticket.agent_name(agent));
    ticket.send(Sending {
        key,
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc,
        from_agent: None,
        body: Body::FollowUp {
            author: facts.queue.clone(),
            ticket: facts,
            what: what.to_owned(),
            author_address: None,
            marks: Vec::new(),
            text: String::new(),
            rating: None,
            files: Vec::new(),
            files_left_out: Vec::new(),
            warnings: Vec::new(),
            assignee,
            copied,
        },
        offers: None,
        enclosures: None,
        hop: 0,
    });
}

/// What agents had put off they see again: somebody waits for them.
pub(super) fn wake(ticket: &mut TicketDraft<'_, '_>) {
    let snoozed: Vec<Snooze> = ticket.snapshot().snoozed.clone();
    for Snooze { agent, .. } in snoozed {
        ticket.happened(EventData::SnoozeOver { agent }, Reason::FollowUp);
    }
}
