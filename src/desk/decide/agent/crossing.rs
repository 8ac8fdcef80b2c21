//! Two agents answer one question: the second answer waits, unless its author has seen the first. They are shown it, and
//! let their own go with one word.

use jiff::SignedDuration;

use super::{NotDone, Said, escalate, has_answer};
use crate::desk::{
    arrival::{Again, Arrival},
    command::read_agent_mail,
    draft::TicketDraft,
    notify::Sending,
    order::{Confirmed, Order},
    own_words::{OwnWords, own_words},
    reason::Reason,
};
use crate::model::{
    crossing::{HeldAnswer, LastAnswer},
    event::EventData,
    outgoing::{Body, Class, CrossedAnswers},
};

/// Whether a colleague answered lately, and the author of this answer cannot have known.
pub(super) fn is_crossed(ticket: &TicketDraft<'_, '_>, arrival: &Arrival, said: &Said<'_>) -> bool {
    let minutes = ticket.queue().map_or(0, |queue| queue.crossing_minutes);
    let window = SignedDuration::from_mins(i64::from(minutes));
    let Some(last) = &ticket.snapshot().last_answer else {
        return false;
    };
    arrival.again.is_none()
        && last.agent.as_ref() != Some(&said.agent)
        && arrival.at.duration_since(last.at) < window
        && has_answer(arrival, said)
        && !has_seen(ticket, arrival, last)
}

/// Whether the mail answers one of ours that was written after that answer.
fn has_seen(ticket: &TicketDraft<'_, '_>, arrival: &Arrival, last: &LastAnswer) -> bool {
    let named = arrival.newest_of_ours(ticket.given.key);
    let known = named.map_or(&[][..], |id| ticket.world.known(id));
    known.iter().any(|known| known.at >= last.at)
}

/// It waits, and its author is told why and how it goes out.
pub(super) fn hold(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, said: &Said<'_>) {
    ticket.decision.reason = Reason::Crossed;
    let Some(last) = ticket.snapshot().last_answer.clone() else {
        return;
    };
    let held = HeldAnswer {
        message: said.row,
        raw: arrival.raw,
        agent: said.agent.clone(),
    };
    ticket.happened(EventData::AnswerHeld(held), Reason::Crossed);
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let body = Body::Crossed(CrossedAnswers {
        ticket: facts,
        colleague: last.agent.as_ref().map(|agent| ticket.agent_name(agent)),
        at: ticket.when(last.at),
        theirs: theirs(ticket),
        yours: said.mail.answer.clone(),
    });
    let key = format!("crossed:{}", arrival.raw);
    // An answer that waits unknown to its author would be lost: no cap may swallow this.
    let class = Class::Human;
    let author = (arrival, said.speaker.person);
    ticket.send(Sending::to_author(author, key, class, body));
}

/// What the colleague wrote; empty where that is not at hand.
fn theirs(ticket: &TicketDraft<'_, '_>) -> String {
    let Some(answer) = ticket.world.last_answer(ticket.snapshot().number) else {
        return String::new();
    };
    match own_words(answer) {
        OwnWords::Clear(words) => read_agent_mail(&words).answer,
        OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => {
            String::new()
        }
    }
}

/// The answer that waits goes out: its mail is decided on once more. Without one of the agent's own it is that of another
/// department.
pub(super) fn send(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    let known = ticket.snapshot();
    let number = known.number;
    let held = known.held.iter().find(|held| held.agent == said.agent);
    let Some(held) = held.cloned() else {
        let is_sent_on = escalate::send_on(ticket, said);
        return is_sent_on
            .then_some(())
            .ok_or_else(|| Reason::NothingHeld.into());
    };
    let place = Confirmed {
        ticket: number,
        message: held.message,
    };
    ticket.decision.orders.push(Order::TakeAgain {
        raw: held.raw,
        again: Again::Confirmed(place),
    });
    Ok(())
}
