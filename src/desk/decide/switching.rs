//! From now on okno does everything on a mailbox. What has gathered while agents were sent nothing is listed to them once,
//! or closed; nobody outside is written to.

use super::due::{digest_mail, sender_of};
use crate::{
    desk::{
        cause::Switched,
        decide::finish,
        decision::{Decision, Given},
        draft::{Draft, Voice},
        lifecycle::{Happening, Transition, transition},
        policy::OnFull,
        reason::Reason,
        world::{DIGEST_MAX, World},
    },
    model::{
        event::{ClosedBy, EventData},
        ids::TicketNumber,
        outgoing::Body,
    },
};

/// Decides what becomes of them.
pub(super) fn decide_switched(switched: &Switched, world: &World, given: &Given<'_>) -> Decision {
    let mailbox = &switched.mailbox;
    let Some(own) = given.policy.mailboxes.get(mailbox) else {
        return Decision::new(Reason::NoQueue);
    };
    // A queue may have other mailboxes, whose tickets the agents know.
    let is_of_it = |number: &TicketNumber| {
        let ticket = world.ticket(*number);
        ticket.is_some_and(|ticket| ticket.mailbox == *mailbox)
    };
    let backlog = switched.backlog.iter().copied();
    let backlog: Vec<TicketNumber> = backlog.filter(is_of_it).collect();
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::SwitchedToFull);
    match own.on_full {
        OnFull::List => list(&mut draft, &backlog, switched.more),
        OnFull::Close => close(&mut draft, &backlog),
    }
    finish(draft, Some(mailbox))
}

/// One letter to each agent.
fn list(draft: &mut Draft<'_>, backlog: &[TicketNumber], others: u64) {
    let (shown, rest) = backlog.split_at(backlog.len().min(DIGEST_MAX));
    let more = others.saturating_add(rest.len().try_into().unwrap_or(u64::MAX));
    let (mut tickets, mut sender, mut agents) = (Vec::new(), None, Vec::new());
    for number in shown {
        let Some(mut ticket) = draft.ticket(*number) else {
            continue;
        };
        tickets.extend(ticket.facts(ticket.staff_language()));
        sender = sender_of(&ticket);
        agents = ticket.team_to_tell();
    }
    let Some(sender) = sender else { return };
    for person in agents {
        let key = format!("switched:{person}:{}", draft.given.now.as_millisecond());
        let body = Body::Digest {
            why: "switched".to_owned(),
            tickets: tickets.clone(),
            more,
        };
        if let Some(mail) = digest_mail(draft, (person, key), sender.clone(), body) {
            draft.queue_mail(mail);
        }
    }
}

fn close(draft: &mut Draft<'_>, backlog: &[TicketNumber]) {
    for number in backlog {
        let Some(mut ticket) = draft.ticket(*number) else {
            continue;
        };
        if transition(ticket.snapshot().state, Happening::LeftBehind) == Transition::Close {
            let by = ClosedBy::Switch;
            ticket.happened(EventData::Closed { by }, Reason::SwitchedToFull);
        }
    }
}
