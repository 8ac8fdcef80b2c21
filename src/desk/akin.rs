//! Earlier tickets that a new one may have to do with: one that it seems to repeat, those that it may belong to, and what
//! else its requester has asked lately. All are only said, to people who may read them: nothing is joined by likeness.

use jiff::SignedDuration;

use super::{
    arrival::Arrival,
    command::Verb,
    decision::Given,
    draft::TicketDraft,
    identity::Speaker,
    policy::QueuePolicy,
    similarity::{Sketch, is_repeat, near_people, near_subject},
    threading,
    world::Opening,
};
use crate::model::{
    address::{Address, NamedAddress},
    ids::{AgentName, PersonId, TicketNumber},
    person::Kind,
    ticket::Ticket,
};

/// How many people of To and Cc are looked up besides the author.
const OTHERS_MAX: usize = 4;

/// How many tickets a card names that its mail may belong to.
const HINTS_MAX: usize = 2;

/// How many earlier tickets of its requester a card lists.
const PAST_MAX: usize = 5;

/// What a new ticket may have to do with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Akin {
    /// The ticket whose words it says again, and how many of a hundred are the same.
    pub(super) repeats: Option<(TicketNumber, u8)>,
    /// Tickets of nearly the same subject and people, the newest first.
    pub(super) may_belong: Vec<TicketNumber>,
}

/// Whose earlier tickets are wanted for a mail, the author first, if any are: an answer to a mail of ours belongs where
/// that is, and where no queue compares or shows histories there is nothing to look for.
pub(super) fn circle(arrival: &Arrival, given: &Given<'_>) -> Vec<Address> {
    let mut queues = given.policy.queues.values();
    let is_answer = arrival.parents().any(|id| given.key.verify(id).is_some())
        || threading::owner(&threading::presented(arrival, given)).is_some();
    let looks = |queue: &QueuePolicy| queue.repeat_days > 0 || queue.is_on(Verb::History);
    if is_answer || !queues.any(looks) {
        return Vec::new();
    }
    let author = arrival.author().map(|(address, _)| address);
    let others = arrival.others(given.policy);
    let others = others.iter().filter_map(NamedAddress::parsed);
    author.into_iter().chain(others.take(OTHERS_MAX)).collect()
}

/// What the ticket at hand, which this mail has just opened, may have to do with.
pub(super) fn akin(ticket: &TicketDraft<'_, '_>, arrival: &Arrival, speaker: &Speaker) -> Akin {
    let days = ticket.queue().map_or(0, |queue| queue.repeat_days);
    let circle = circle(arrival, ticket.given);
    let (Some((author, others)), true) = (circle.split_first(), days > 0) else {
        return Akin::default();
    };
    let world = ticket.world;
    let earlier = |opening: &Opening| world.going_on(opening.ticket);
    let is_one = |known: &&Ticket| may_be_named(ticket, known, days, arrival);
    let own = world.openings(author);
    if own.is_empty() && others.iter().all(|other| world.openings(other).is_empty()) {
        return Akin::default();
    }
    let sketch = Sketch::of(arrival.new_text());
    let mut repeats: Vec<(bool, u8, TicketNumber)> = own
        .iter()
        .filter_map(|opening| Some((opening.sketch.as_ref()?, earlier(opening)?)))
        .filter(|(_, known)| is_one(known) && world.is_requester(speaker.person, known))
        .filter(|(other, _)| is_repeat(&sketch, other))
        .map(|(other, known)| {
            let is_here = known.queue == ticket.snapshot().queue;
            (is_here, sketch.likeness(other), known.number)
        })
        .collect();
    repeats.sort_unstable();
    let repeats = repeats
        .pop()
        .map(|(_, likeness, number)| (number, likeness));
    let of_others = others.iter().flat_map(|other| world.openings(other));
    let mut may_belong: Vec<TicketNumber> = own
        .iter()
        .chain(of_others)
        .filter_map(earlier)
        .filter(|known| is_one(known) && is_near(ticket, known, &circle))
        .map(|known| known.number)
        .filter(|number| repeats.is_none_or(|(repeated, _)| repeated != *number))
        .collect();
    may_belong.sort_unstable_by(|one, other| other.cmp(one));
    may_belong.dedup();
    may_belong.truncate(HINTS_MAX);
    Akin {
        repeats,
        may_belong,
    }
}

/// What the requester of the ticket at hand, which this mail has just opened, has asked before, the newest first: where its
/// queue shows histories, and of what these readers of its card all may see. Several people write from a shared address.
pub(super) fn past(
    ticket: &TicketDraft<'_, '_>,
    (arrival, speaker): (&Arrival, &Speaker),
    readers: &[PersonId],
) -> Vec<TicketNumber> {
    let is_on = ticket
        .queue()
        .is_some_and(|queue| queue.is_on(Verb::History));
    let person = ticket.person_by_id(speaker.person);
    let listing = person.and_then(|person| person.listing.as_ref());
    let is_shared = listing.is_some_and(|listing| listing.kind == Kind::Shared);
    let circle = circle(arrival, ticket.given);
    let Some(author) = circle.first().filter(|_| is_on && !is_shared) else {
        return Vec::new();
    };
    let agents = agents_among(ticket, readers);
    let own = ticket.snapshot();
    let policy = ticket.given.policy;
    let is_shown = |known: &&Ticket| {
        let queue = policy.queues.get(&known.queue);
        let is_served = queue.is_some_and(|queue| {
            !queue.confidential && agents.iter().all(|agent| queue.agents.contains(agent))
        });
        let is_other = known.number != own.number && !own.siblings.contains(&known.number);
        is_served
            && is_other
            && known.excluded.is_none()
            && ticket.world.is_requester(speaker.person, known)
    };
    let openings = ticket.world.openings(author).iter();
    let known = openings.filter_map(|opening| ticket.world.going_on(opening.ticket));
    let mut past: Vec<TicketNumber> = known.filter(is_shown).map(|known| known.number).collect();
    past.sort_unstable_by(|one, other| other.cmp(one));
    past.dedup();
    past.truncate(PAST_MAX);
    past
}

/// The agents who read a card: where somebody else does, a group's address, everybody of the queue.
fn agents_among(ticket: &TicketDraft<'_, '_>, readers: &[PersonId]) -> Vec<AgentName> {
    let policy = ticket.given.policy;
    let agents = readers.iter().map(|reader| {
        let person = ticket.person_by_id(*reader)?;
        policy.agent_of(&person.address).cloned()
    });
    let agents: Option<Vec<AgentName>> = agents.collect();
    agents.unwrap_or_else(|| {
        ticket
            .queue()
            .map_or_else(Vec::new, |queue| queue.agents.clone())
    })
}

/// Whether an earlier ticket may be named on the card: it is another's, it goes on or ended lately, and everybody who
/// gets the card serves its queue.
fn may_be_named(
    ticket: &TicketDraft<'_, '_>,
    known: &Ticket,
    days: u32,
    arrival: &Arrival,
) -> bool {
    let own = ticket.snapshot();
    let policy = ticket.given.policy;
    let is_other = known.number != own.number && !own.siblings.contains(&known.number);
    let ended_at = known.closed_at.or(known.resolved_at);
    let lately = SignedDuration::from_hours(i64::from(days).saturating_mul(24));
    let is_live = known.state.is_live()
        || ended_at.is_some_and(|ended| arrival.at.duration_since(ended) < lately);
    let served = policy.queue_of(known).map(|queue| &queue.agents);
    let mut readers = ticket.queue().into_iter().flat_map(|queue| &queue.agents);
    is_other
        && is_live
        && policy.may_meet(&own.queue, &known.queue)
        && served.is_some_and(|served| readers.all(|agent| served.contains(agent)))
}

/// Whether subject and people nearly match.
fn is_near(ticket: &TicketDraft<'_, '_>, known: &Ticket, circle: &[Address]) -> bool {
    let person = |id: &PersonId| Some(ticket.person_by_id(*id)?.address.clone());
    let old = std::iter::once(&known.requester).chain(&known.collaborators);
    let old: Vec<Address> = old.filter_map(person).collect();
    // One person may write from several addresses.
    let main = |address: &Address| {
        let known = ticket.world.person(address);
        known.map_or_else(|| address.clone(), |known| known.address.clone())
    };
    let new: Vec<Address> = circle.iter().map(main).collect();
    near_subject(ticket.snapshot().subject.as_str(), known.subject.as_str())
        && near_people(&new, &old)
}
