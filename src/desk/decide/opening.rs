//! A mail opens a ticket in each queue it is for: number, clock and card each, one acknowledgement for all:
//! [`acknowledging`].

mod acknowledging;
mod readers;

pub(super) use acknowledging::{acknowledge, bringer, withhold};
use readers::{meet, read_along};

use super::{allowed, cards::deal_cards, everybody, forms, offers, ruled, urgency};
use crate::desk::{
    arrival::Arrival,
    draft::{Draft, TicketDraft},
    identity::Speaker,
    policy::QueuePolicy,
    reason::Reason,
    routing::{self, Addressee, Named, Routed},
    similarity::Sketch,
    sla,
    threading::Seat,
    world::OpeningRecord,
};
use crate::model::{
    clock::ClockKind,
    event::{EventData, NewTicket},
    ids::{PersonId, TicketNumber},
    person::Person,
    ticket::Side,
};

pub(super) fn open(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) {
    let addressees = routing::addressees(arrival, draft.given);
    if addressees.is_empty() {
        let policy = draft.given.policy;
        let is_known = policy.mailboxes.contains_key(&arrival.mailbox);
        let reason = match routing::named(arrival, &arrival.mailbox, policy) {
            _ if !is_known => Reason::NoQueue,
            Named::Everybody => Reason::ToEverybody,
            Named::To | Named::Cc | Named::Nowhere => Reason::InCc,
        };
        super::machine::put_aside(draft, arrival, reason);
        if reason == Reason::ToEverybody {
            everybody::list_for_agents(draft, arrival);
        }
        return offers::show_copy(draft, arrival, speaker);
    }
    draft.decision.reason = Reason::NewTicket;
    let mut asked = ruled::route(draft, (arrival, speaker), addressees);
    let closed = allowed::sift(draft, (arrival, speaker), &mut asked);
    if asked.is_empty() {
        return allowed::turn_away(draft, arrival, speaker, &closed);
    }
    let opened = open_all(draft, arrival, speaker, &asked, &[]);
    acknowledge(draft, arrival, speaker, &opened);
    deal_cards(draft, arrival, speaker, &opened);
    let here = draft.given.policy.mailboxes.get(&arrival.mailbox);
    if opened
        .iter()
        .all(|one| here.is_some_and(|here| here.queue != *one.to.queue))
    {
        offers::show_copy(draft, arrival, speaker);
    }
}

/// A ticket that this decision opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opened<'a> {
    pub(super) number: TicketNumber,
    pub(super) to: Addressee<'a>,
    /// The canned answer that stands in its acknowledgement.
    pub(super) words: Option<&'a str>,
}

/// A ticket in each of these queues, linked with each other and with those the mail had opened before.
pub(super) fn open_all<'a>(
    draft: &mut Draft<'a>,
    arrival: &Arrival,
    speaker: &Speaker,
    asked: &[Routed<'a>],
    before: &[TicketNumber],
) -> Vec<Opened<'a>> {
    let opened: Vec<Opened<'a>> = asked
        .iter()
        .filter_map(|one| open_in(draft, arrival, speaker, one))
        .collect();
    let numbers: Vec<TicketNumber> = opened.iter().map(|one| one.number).collect();
    super::siblings::link(draft, &numbers, before);
    opened
}

/// Number, place of the mail, and clock.
fn open_in<'a>(
    draft: &mut Draft<'a>,
    arrival: &Arrival,
    speaker: &Speaker,
    &Routed { to, ref verdict }: &Routed<'a>,
) -> Option<Opened<'a>> {
    let queue = draft.given.policy.queues.get(to.queue)?;
    let mail = &arrival.reading.message;
    let brought = draft.brought.clone();
    let others = match &brought {
        // To and Cc are of the agent who brings it, and nobody there has asked.
        Some(_) => Vec::new(),
        None => read_along(arrival, speaker, to, draft.given),
    };
    let mut collaborators = meet(draft, &others);
    collaborators.retain(|person| *person != speaker.person);
    let message = draft.next_message();
    let original = brought.as_ref().and_then(|one| one.subject.as_deref());
    let subject = original.or(mail.subject.as_deref()).unwrap_or("");
    let subject = forms::subject(draft, (arrival, speaker), subject);
    let listed = draft.person_by_id(speaker.person).and_then(Person::listed);
    let listed = listed.and_then(|listed| listed.language);
    let whole = brought.as_ref().and_then(|one| one.of);
    let whole = whole.and_then(|whole| draft.ticket(whole).map(|one| one.snapshot().language));
    let spoken = whole.or(mail.language);
    let new = NewTicket {
        queue: to.queue.clone(),
        mailbox: queue.mailbox.clone(),
        prefix: queue.prefix.clone(),
        requester: speaker.person,
        collaborators,
        language: listed.or(spoken).unwrap_or(queue.language),
        message,
    };
    let people = std::iter::once(&new.requester).chain(&new.collaborators);
    let people: Vec<PersonId> = people.copied().collect();
    let how = match &brought {
        Some(_) => draft.decision.reason,
        None => Reason::NewTicket,
    };
    let mut ticket = draft.open(new, subject, how);
    let number = ticket.snapshot().number;
    let words = brought.as_ref().map(|one| one.text.as_str());
    ticket.decision.openings.push(OpeningRecord {
        ticket: number,
        message,
        people,
        sketch: Sketch::of(words.unwrap_or_else(|| arrival.new_text())),
    });
    ticket.comes_in_by(number, to.mailbox);
    // What an agent brings is the agent's mail, and the requester's side does not begin with it.
    let (side, author) = match &brought {
        Some(brought) => (Side::Agents, brought.by),
        None => (Side::Requester, speaker.person),
    };
    let place = Seat {
        ticket: number,
        side,
        how,
        is_signed: false,
    };
    super::join_as(&mut ticket, arrival, (message, author), &place);
    let before = ticket
        .continues
        .and_then(|number| ticket.world.ticket(number));
    if let Some(before) = before.filter(|before| ticket.world.takes_part(speaker.person, before)) {
        let before = before.number;
        ticket.happened(
            EventData::Continues { ticket: before },
            Reason::ClosedLongAgo,
        );
    }
    forms::note(&mut ticket, arrival, speaker);
    ruled::apply(&mut ticket, (arrival, speaker), verdict);
    urgency::raise(&mut ticket, arrival, speaker);
    start_clocks(&mut ticket, queue);
    let words = verdict.acknowledgement.as_ref().map(|by| by.value);
    Some(Opened { number, to, words })
}

/// What its queue promises from now on.
pub(super) fn start_clocks(ticket: &mut TicketDraft<'_, '_>, queue: &QueuePolicy) {
    for kind in [ClockKind::FirstResponse, ClockKind::Resolution] {
        let clock = sla::start(kind, ticket.snapshot(), queue, ticket.voice.at);
        if let Some(clock) = clock {
            ticket.happened(clock, Reason::TargetOfQueue);
        }
    }
}
