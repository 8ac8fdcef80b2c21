//! What a sender has begun lately, and what follows from it (DOMAIN 4.6 and 4.7): too much at once is gathered in one
//! ticket, the same again and again is one matter, and whoever always writes right after a mail of ours gets no more
//! of them. None of it looks at headers: what faces us may set none at all.

use jiff::SignedDuration;

use super::{
    arrival::Arrival,
    decision::{Beginning, Given},
    identity::Speaker,
    reason::Reason,
    routing::{addressees, routed},
    ruling::Considered,
    subject::mentions,
    threading::{is_open_to_all, presented},
    token::Presented,
    world::World,
};
use crate::model::{
    address::Address,
    ids::{MessageRow, QueueName, TicketNumber},
};

/// Within so long new tickets, same words and bad tags are counted.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The same words so often within [`HOUR`] are one matter.
const SAME_MAX: usize = 3;

/// Within so long a third mail of the same words gets no acknowledgement.
const SAME_WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A mail that comes so soon after an automatic one of ours may be its echo.
const REFLEX_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// So many echoes in a row are a machine's, whatever its headers say.
const REFLEXES_MAX: usize = 3;

/// Echoes so long ago say nothing about today.
const REFLEX_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// So many tags with wrong letters within [`HOUR`] are no misprints.
const GUESSES_MAX: u32 = 5;

/// What becomes of a mail that belongs nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// A ticket, acknowledged.
    Open,
    /// A ticket without acknowledgement.
    OpenQuietly(Reason),
    /// One more mail of this ticket; nobody is written to about it alone.
    Gather(TicketNumber, Reason),
}

/// What becomes of this mail, which belongs nowhere.
pub(super) fn course(
    arrival: &Arrival,
    speaker: &Speaker,
    world: &World,
    given: &Given<'_>,
) -> Course {
    let begun = world.begun(&speaker.address);
    let lately = || begun.iter().filter(|one| is_within(one, arrival, HOUR));
    // Words are gathered only where the same people would have read them.
    let mail = || Considered::of(arrival, speaker, (world, given));
    let readers = routed(addressees(arrival, given), mail, given.policy);
    let is_for = |one: &&Beginning| {
        let mut readers = readers.iter();
        readers.any(|reader| reader.to.queue == world.queue_of(one))
    };
    let body = arrival.body();
    // What is closed is read by nobody.
    let is_live = |one: &&Beginning| {
        let ticket = world.ticket(one.ticket);
        ticket.is_some_and(|ticket| ticket.state.is_live())
    };
    let mut same = lately().filter(|one| one.body == body).filter(is_for);
    let first = same.clone().rfind(is_live);
    if let Some(first) = first.filter(|_| same.nth(SAME_MAX.saturating_sub(2)).is_some()) {
        return Course::Gather(first.ticket, Reason::SameWords);
    }
    let caps = &given.policy.caps;
    let most = match speaker.agent {
        Some(_) => caps.staff_hour,
        None => caps.new_tickets_hour,
    };
    // Many people may write under a list's own address, and nobody is answered there by machine.
    let is_list = is_open_to_all(arrival, given);
    if !is_list && lately().count() >= usize::try_from(most).unwrap_or(usize::MAX) {
        let gathering = lately().filter(is_for).find(|one| one.is_flood);
        return gathering.map_or(Course::OpenQuietly(Reason::Flood), |one| {
            Course::Gather(one.ticket, Reason::Flood)
        });
    }
    if is_machine_like(arrival, &speaker.address, world) {
        return Course::OpenQuietly(Reason::Reflex);
    }
    let again = begun.iter().filter(|one| one.body == body).filter(is_for);
    let mut again = again.filter(|one| is_within(one, arrival, SAME_WINDOW));
    let first = again.clone().rfind(is_live);
    // Only whoever serves the queue would be sent the card.
    let serves = |one: &Beginning| {
        let queue = given.policy.queues.get(world.queue_of(one));
        let agent = speaker.agent.as_ref();
        queue
            .zip(agent)
            .is_some_and(|(queue, agent)| queue.agents.contains(agent))
    };
    match first.filter(|_| again.nth(SAME_MAX.saturating_sub(2)).is_some()) {
        // The card of a new ticket would come to the very machine that answers it.
        Some(first) if serves(first) => Course::Gather(first.ticket, Reason::SameWords),
        Some(_) => Course::OpenQuietly(Reason::SameWords),
        None => Course::Open,
    }
}

fn is_within(one: &Beginning, arrival: &Arrival, window: SignedDuration) -> bool {
    arrival.at.duration_since(one.at).abs() < window
}

/// Whether this mail and those before it each came right after an automatic mail of ours: a person does that once or
/// twice, an answering machine always.
fn is_machine_like(arrival: &Arrival, from: &Address, world: &World) -> bool {
    let before = world
        .begun(from)
        .iter()
        .take(REFLEXES_MAX.saturating_sub(1));
    let echoes = before.filter(|one| one.is_reflex && is_within(one, arrival, REFLEX_WINDOW));
    is_reflex(arrival, from, world) && echoes.count().saturating_add(1) >= REFLEXES_MAX
}

/// Whether this mail came right after an automatic mail of ours to its author.
pub(super) fn is_reflex(arrival: &Arrival, from: &Address, world: &World) -> bool {
    let person = world.person(from).map(|person| &person.address);
    let sent = std::iter::once(from)
        .chain(person)
        .filter_map(|address| world.sent(address).last_at);
    sent.map(|at| arrival.at.duration_since(at))
        .any(|since| since.is_positive() && since < REFLEX_WITHIN)
}

/// What is remembered of a mail that belonged nowhere.
pub(super) fn beginning(
    arrival: &Arrival,
    (message, ticket, queue): (MessageRow, TicketNumber, QueueName),
    is_flood: bool,
    (world, given): (&World, &Given<'_>),
) -> Option<(Address, Beginning)> {
    let (from, _) = arrival.author()?;
    let beginning = Beginning {
        message,
        ticket,
        queue,
        at: arrival.at,
        body: arrival.body(),
        is_flood,
        is_reflex: is_reflex(arrival, &from, world),
        guesses: guesses(arrival, given),
    };
    Some((from, beginning))
}

/// How many tags its subject names that look like ours and have wrong letters; a reply address that we never gave to
/// anybody counts like one.
fn guesses(arrival: &Arrival, given: &Given<'_>) -> u32 {
    let forged = u32::from(presented(arrival, given) == Presented::Forged);
    let subject = arrival.reading.message.subject.as_deref().unwrap_or("");
    let upper = subject.to_uppercase();
    let mut prefixes = given.policy.queues.values().map(|queue| &queue.prefix);
    if !prefixes.any(|prefix| upper.contains(&format!("{prefix}-"))) {
        return forged;
    }
    let strange = mentions(subject, given.key).strange;
    u32::try_from(strange)
        .unwrap_or(u32::MAX)
        .saturating_add(forged)
}

/// How many tags with wrong letters the author of this mail has named within the hour, this mail's included.
pub(super) fn guessed(arrival: &Arrival, world: &World, given: &Given<'_>) -> u32 {
    let Some((from, _)) = arrival.author() else {
        return 0;
    };
    let lately = world.begun(&from).iter();
    let lately = lately.filter(|one| is_within(one, arrival, HOUR));
    let before = lately.map(|one| one.guesses).fold(0, u32::saturating_add);
    before.saturating_add(guesses(arrival, given))
}

/// Whether the author of this mail tries tags out: then a tag proves nothing of theirs, right or wrong.
pub(super) fn is_guessing(arrival: &Arrival, world: &World, given: &Given<'_>) -> bool {
    guessed(arrival, world, given) >= GUESSES_MAX
}
