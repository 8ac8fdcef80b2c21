//! An agent answers from their own address.

use super::{super::opening, addressees, answered, reaches_requester};
use crate::desk::{
    arrival::Arrival,
    draft::{Draft, TicketDraft},
    identity::{self, Speaker},
    permission::{Act, Standing, may},
    routing::{self, Addressee, Named, Routed},
    threading::Seat,
};
use crate::model::{
    event::Role,
    ids::{AgentName, MessageRow},
    ticket::Side,
};

/// An agent writes from the own address to somebody, with the queue in Cc: the answer is on its way already. Whether the
/// mail was that; else nothing has happened.
pub(in super::super) fn wrote_directly(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
    place: Option<&Seat>,
) -> bool {
    let policy = draft.given.policy;
    let is_agent = speaker.agent.is_some();
    let is_in_cc = routing::named(arrival, &arrival.mailbox, policy) == Named::Cc;
    let people = addressees(&arrival.reading.message.to, draft.given);
    // Who is written to, not who reads along; what reaches everybody is nobody's answer.
    let asker = people.iter().find(|(address, _)| {
        !policy.is_staff(address) && !policy.intake.everybody.contains(address)
    });
    let (true, Some((address, name))) = (is_agent, asker) else {
        return false;
    };
    let found = place.and_then(|place| Some((draft.ticket(place.ticket)?, place.clone())));
    // Who answers all has the queue in To, too.
    let found = found.filter(|(_, place)| is_in_cc || place.side == Side::Requester);
    if found.is_none() && !is_in_cc {
        return false;
    }
    // A card answered to the requester is an answer; a card shown to somebody else is a mail of its own.
    let found = found.filter(|(ticket, place)| {
        place.side == Side::Requester || reaches_requester(ticket, arrival)
    });
    if let Some((mut ticket, place)) = found {
        let place = Seat {
            side: Side::Requester,
            ..place
        };
        let standing = identity::standing(speaker, Side::Requester, &ticket);
        if may(Act::AnswerDirectly, standing).is_err() || !reaches_requester(&ticket, arrival) {
            return false;
        }
        ticket.voice.role = standing.role;
        let row = super::super::join(&mut ticket, arrival, speaker, &place);
        answered(&mut ticket, arrival, speaker, row);
        return true;
    }
    if routing::is_any_asked(arrival, policy) {
        return false;
    }
    // The queue in Cc of an answer is the one that answers.
    let to: Vec<Addressee<'_>> = routing::of_mailbox(arrival, policy).into_iter().collect();
    let serves = |agent: &AgentName| {
        to.first().is_some_and(|to| {
            let queue = policy.queues.get(to.queue);
            queue.is_some_and(|queue| queue.agents.contains(agent))
        })
    };
    let standing = Standing {
        role: Role::Agent,
        trust: speaker.trust,
        side: Side::Requester,
        serves_queue: speaker.agent.as_ref().is_some_and(serves),
        has_our_mail: false,
    };
    if may(Act::AnswerDirectly, standing).is_err() {
        return false;
    }
    draft.voice.role = Role::Agent;
    let person = draft.person(address, name.as_deref(), None);
    let asker = Speaker {
        person,
        address: address.clone(),
        agent: None,
        ..speaker.clone()
    };
    // It is answered by now: nothing is left for rules to say.
    let to: Vec<Routed<'_>> = to.into_iter().map(Routed::plainly).collect();
    for one in opening::open_all(draft, arrival, &asker, &to, &[]) {
        if let Some(mut ticket) = draft.ticket(one.number) {
            let row = ticket.snapshot().first_message;
            answered(&mut ticket, arrival, speaker, row);
        }
    }
    true
}

/// An agent has said that a mail in their name is theirs. Where it went to the requester, it was the answer: whether it did.
pub(in super::super) fn confirmed(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, speaker): (&Arrival, &Speaker),
    standing: Standing,
    message: MessageRow,
) -> bool {
    let is_theirs = may(Act::AnswerDirectly, standing).is_ok();
    if !is_theirs || !reaches_requester(ticket, arrival) {
        return false;
    }
    answered(ticket, arrival, speaker, message);
    true
}
