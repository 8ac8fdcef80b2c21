//! What is answered to those who ask, and that they send it on.

use super::super::{Said, canned};
use crate::desk::{
    arrival::{Again, Arrival},
    draft::TicketDraft,
    escalation::AnswerBack,
    loops,
    order::Order,
};

/// What an agent says in a ticket of those who ask goes back to them. Whether it is one.
pub(in super::super) fn goes_back(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    what: &'static str,
) -> bool {
    let Some(to) = ticket.snapshot().asked_for else {
        return false;
    };
    let (enclosures, files_left_out) = arrival.enclosures(ticket.given.policy.relay_bytes_max);
    let canned = canned::of(ticket, said);
    let enclosures = canned::formatted(arrival, enclosures, &canned);
    let of = ticket.snapshot().number;
    ticket.answers_back.push(AnswerBack {
        of,
        to,
        raw: arrival.raw,
        agent: said.agent.clone(),
        text: said.mail.answer.trim().to_owned(),
        canned,
        what,
        enclosures,
        files_left_out,
        hop: loops::hop(arrival),
    });
    true
}

/// The newest answer of another department is sent on to the requester. Whether there is one.
pub(in super::super) fn send_on(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> bool {
    let to = ticket.snapshot().number;
    let asked = ticket.snapshot().escalations.iter();
    let mut answers = asked.filter_map(|one| Some((one.ticket?, one.answer.clone()?)));
    let Some((of, answer)) = answers.next_back() else {
        return false;
    };
    ticket.decision.orders.push(Order::TakeAgain {
        raw: answer.raw,
        again: Again::SentOn {
            to,
            of,
            agent: said.agent.clone(),
        },
    });
    true
}
