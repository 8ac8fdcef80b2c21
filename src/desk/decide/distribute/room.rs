//! All are full, and the limit is a wall: a ticket waits, its time runs, the head is told once, and whoever has room first
//! gets the oldest.

use jiff::SignedDuration;

use super::{
    super::{cards::deal_again, notices::notify},
    by_itself, candidates, is_to_be_given, unasked,
};
use crate::desk::{
    appointment::{of_queue, queue_of},
    decide::finish,
    decision::{Decision, Given},
    distribution::{WAITING_MAX, Way},
    draft::{Draft, TicketDraft, Voice},
    policy::QueuePolicy,
    reason::Reason,
    world::World,
};
use crate::model::{
    event::{EventData, Stream},
    ids::{AgentName, QueueName},
};

/// While something waits the queue looks again after so long, whatever happens: an absence ends, hours begin.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// The head is told again only after at most so many of a hundred places were taken in between.
const RELIEVED_PERCENT: u64 = 60;

/// The ticket at hand waits; the head hears of the first that does.
pub(super) fn wait(ticket: &mut TicketDraft<'_, '_>) {
    let (number, queue) = (ticket.snapshot().number, ticket.snapshot().queue.clone());
    if !ticket.snapshot().waits_for_room {
        ticket.happened(EventData::WaitsForRoom, Reason::AllFull);
    }
    look_again(ticket, &queue);
    if ticket.queue_state(&queue).full_since.is_some() {
        return;
    }
    let full = EventData::QueueFull { ticket: number };
    ticket.happened_to_queue(&queue, full, Reason::AllFull);
    let head = ticket.deciding_head();
    let head = head.and_then(|head| ticket.agent_person(&head));
    let to = head.map_or_else(|| ticket.team_to_tell(), |head| vec![head]);
    let key = format!("full:{}", ticket.given.now.as_millisecond());
    notify(ticket, to, key, "full");
}

/// All are away: the ticket waits until somebody is back. Its card lies with everybody all the same, and an alarm of its own
/// tells the head that nobody is on duty.
pub(super) fn wait_for_somebody(ticket: &mut TicketDraft<'_, '_>, queue: &QueuePolicy) {
    let mut agents = queue.agents.iter();
    let comes_back = |name: &AgentName| {
        !queue.distribution.out.contains(name) && ticket.absence_of(name).is_some()
    };
    if !agents.any(comes_back) {
        return;
    }
    if !ticket.snapshot().waits_for_room {
        ticket.happened(EventData::WaitsForRoom, Reason::NobodyHere);
    }
    let queue = ticket.snapshot().queue.clone();
    look_again(ticket, &queue);
}

/// Whether nobody is shown the ticket at hand until somebody has room.
pub(in crate::desk::decide) fn is_shown_to_nobody(ticket: &TicketDraft<'_, '_>) -> bool {
    let own = Stream::Ticket(ticket.snapshot().number);
    let mut events = ticket.decision.events.iter();
    let waits_for_somebody = events.any(|event| {
        let is_waiting = matches!(event.data, EventData::WaitsForRoom);
        is_waiting && event.stream == own && event.reason == Reason::NobodyHere.code()
    });
    ticket.snapshot().waits_for_room && !waits_for_somebody
}

fn look_again(ticket: &mut TicketDraft<'_, '_>, queue: &QueueName) {
    let now = ticket.given.now;
    let at = now.saturating_add(LOOK_AGAIN).unwrap_or(now);
    ticket.decision.give_outs.push((of_queue(queue), at));
}

/// There may be room: what waits is given out, the oldest first.
pub(in crate::desk::decide) fn give_out(number: i64, world: &World, given: &Given<'_>) -> Decision {
    let Some((name, queue)) = queue_of(number, given.policy) else {
        return Decision::new(Reason::NothingToDo);
    };
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::RoomAgain);
    let waiting = world.waiting(name);
    let (mut is_full, mut given_out) = (false, 0_usize);
    for number in waiting {
        let Some(mut ticket) = draft.ticket(*number) else {
            continue;
        };
        // The head may still say who.
        if !is_to_be_given(&ticket) || ticket.snapshot().owner_asked.is_some() {
            continue;
        }
        let method = unasked(queue);
        if Way::of(method).is_none() {
            // The queue gives nothing to anybody any more: everybody may take it.
            ticket.happened(EventData::WaitForRoomOver, Reason::RoomAgain);
        }
        by_itself(&mut ticket, queue, method);
        if ticket.snapshot().waits_for_room {
            // Nobody may be here at all: whoever comes back is looked for, too.
            look_again(&mut ticket, name);
            is_full = true;
            break;
        }
        given_out = given_out.saturating_add(1);
        let to = ticket.agents_to_tell();
        let key = format!("given:{}", given.now.as_millisecond());
        deal_again(&mut ticket, to, key);
    }
    if is_full {
        return finish(draft, None);
    }
    if waiting.len() < WAITING_MAX {
        relieve(&mut draft, name);
    } else {
        // There may be more than one look shows: the next follows at once, unless this one came to nothing.
        let next = match given_out {
            0 => given.now.saturating_add(LOOK_AGAIN).unwrap_or(given.now),
            _ => given.now,
        };
        draft.decision.give_outs.push((number, next));
    }
    finish(draft, None)
}

/// Nothing waits any more. With little taken the head is told again when it is full once more; else it is looked at again
/// when something has ended.
fn relieve(draft: &mut Draft<'_>, name: &QueueName) {
    if draft.queue_state(name).full_since.is_none() {
        return;
    }
    let policy = draft.given.policy;
    let Some(queue) = policy.queues.get(name) else {
        return;
    };
    let here = candidates(draft, (name, queue));
    let limits = here.iter().filter_map(|one| one.tightest);
    let (taken, places) = limits.fold((0_u64, 0_u64), |(taken, places), limit| {
        (
            taken.saturating_add(u64::from(limit.taken)),
            places.saturating_add(u64::from(limit.places)),
        )
    });
    if taken.saturating_mul(100) <= places.saturating_mul(RELIEVED_PERCENT) {
        draft.happened_to_queue(name, EventData::QueueRelieved, Reason::RoomAgain);
    }
}
