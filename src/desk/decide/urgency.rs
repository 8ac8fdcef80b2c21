//! A requester says that it cannot wait: the request becomes urgent, a few times a month.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::desk::{
    arrival::Arrival,
    draft::TicketDraft,
    identity::Speaker,
    reason::Reason,
    ruling::Considered,
    sla,
    urgency::{self, Said},
};
use crate::model::{
    classification::{Property, RequestClass},
    event::{EventData, Stream, Trust},
    ids::TicketNumber,
    ticket::Ticket,
};

/// A new request whose author says so, where the queue listens to that; before its clocks begin. Whoever pretends to be
/// somebody hurries nobody, and of what an agent brings the agent says how urgent it is.
pub(super) fn raise(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, speaker: &Speaker) {
    let Some(urgency) = ticket.queue().and_then(|queue| queue.urgency.as_ref()) else {
        return;
    };
    let is_out = ticket.brought.is_some()
        || ticket.unanswered.is_some()
        || speaker.trust == Trust::Suspicious
        || !may_be_raised(ticket.snapshot());
    if is_out {
        return;
    }
    let mail = Considered::at_hand(arrival, speaker, ticket);
    let words = (mail.subject.as_str(), mail.text.as_str());
    let Some(said) = urgency::said(&mail.fields, words, urgency) else {
        return;
    };
    let reason = match said {
        Said::InField => Reason::UrgentByField,
        Said::InWords => Reason::UrgentByWords,
    };
    ask(ticket, speaker, reason);
}

/// It is asked for: granted while the month's number is not used up. Whether it was.
pub(super) fn ask(ticket: &mut TicketDraft<'_, '_>, speaker: &Speaker, reason: Reason) -> bool {
    let limit = ticket.queue().map_or(0, |queue| queue.urgency_limit);
    if raised_lately(ticket, speaker) >= limit {
        ticket.happened(EventData::UrgencyDenied { limit }, Reason::UrgencyLimit);
        return false;
    }
    ticket.happened(EventData::UrgencyAsked, reason);
    if may_be_raised(ticket.snapshot()) {
        let property = Property::Class(RequestClass::Urgent);
        ticket.judges_passed();
        ticket.happened(EventData::Classified { property }, reason);
    }
    true
}

/// The clocks of a ticket that goes on follow its class.
pub(super) fn hurry_clocks(ticket: &mut TicketDraft<'_, '_>) {
    let (policy, at) = (ticket.given.policy, ticket.voice.at);
    let Some(queue) = ticket.queue() else {
        return;
    };
    for clock in sla::drop_or_change(ticket.snapshot(), (policy, queue), at) {
        ticket.happened(clock, Reason::ClassChanged);
    }
}

/// What is urgent or more stays so, and of a wish nothing is promised.
const fn may_be_raised(ticket: &Ticket) -> bool {
    matches!(
        ticket.classification.class,
        RequestClass::Standard | RequestClass::Consultation
    )
}

/// What the acknowledgement says of it, as a code: `granted`, `limit`; empty: nothing.
pub(super) fn told(ticket: &TicketDraft<'_, '_>) -> &'static str {
    let known = ticket.snapshot();
    if known.is_urgent {
        return "granted";
    }
    let stream = Stream::Ticket(known.number);
    let mut events = ticket.decision.events.iter();
    let is_denied = events.any(|event| {
        event.stream == stream && matches!(event.data, EventData::UrgencyDenied { .. })
    });
    if is_denied { "limit" } else { "" }
}

/// How many requests of theirs have become urgent this month, by the queue's calendar: of those that are known, and of
/// those that this batch and this very mail have made.
fn raised_lately(ticket: &TicketDraft<'_, '_>, speaker: &Speaker) -> u32 {
    let (since, own) = (month_of(ticket), ticket.snapshot().number);
    let world = ticket.world;
    let is_counted = |known: &&Ticket| {
        known.number != own
            && known.urgent_at.is_some_and(|at| at >= since)
            && world.is_requester(speaker.person, known)
    };
    // The author's own are all here: they were asked for, and what the batch opened was taken in.
    let known = world.tickets().filter(is_counted).count();
    // A mail to several queues is several requests, all of them its author's.
    let here = ticket.decision.events.iter().filter_map(|event| {
        let is_asked = matches!(event.data, EventData::UrgencyAsked);
        match &event.stream {
            Stream::Ticket(number) => Some(*number).filter(|number| is_asked && *number != own),
            Stream::Mailbox(_)
            | Stream::Queue(_)
            | Stream::Person(_)
            | Stream::Directory
            | Stream::House => None,
        }
    });
    let here: BTreeSet<TicketNumber> = here.collect();
    u32::try_from(known.saturating_add(here.len())).unwrap_or(u32::MAX)
}

/// When the month began.
fn month_of(ticket: &TicketDraft<'_, '_>) -> Timestamp {
    let at = ticket.voice.at;
    let zone = ticket.queue().map(|queue| queue.calendar.zone().clone());
    let begins = zone.and_then(|zone| {
        let now = at.to_zoned(zone);
        now.first_of_month().ok()?.start_of_day().ok()
    });
    begins.map_or(at, |begins| begins.timestamp())
}
