//! A mail that belongs nowhere: it opens a ticket, unless its sender has begun too much lately. Then it is gathered in
//! one, and nobody is written to about it alone: the agents find the ticket in their digest.

use super::opening;
use crate::{
    desk::{
        alarm,
        arrival::Arrival,
        draft::Draft,
        flood::{self, Course},
        identity::Speaker,
        reason::Reason,
        threading::Seat,
    },
    model::{
        address::{Address, NamedAddress},
        alarm::{FLOOD, GUESSING},
        event::{EventData, Stream},
        ids::{MessageRow, TicketNumber},
        ticket::Side,
    },
};

/// What becomes of a mail that belongs nowhere.
pub(super) fn begin(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) {
    let course = flood::course(arrival, speaker, draft.world, draft.given);
    let is_flood = match course {
        Course::Open => false,
        Course::OpenQuietly(reason) | Course::Gather(_, reason) => {
            draft.decision.is_fresh_human = false;
            reason == Reason::Flood
        }
    };
    let place = match course {
        Course::Open => opened(draft, arrival, speaker, None),
        Course::OpenQuietly(reason) => opened(draft, arrival, speaker, Some(reason)),
        Course::Gather(number, reason) => gather(draft, arrival, speaker, (number, reason)),
    };
    let Some((message, ticket)) = place else {
        return;
    };
    let Some(queue) = draft.ticket(ticket).map(|one| one.snapshot().queue.clone()) else {
        return;
    };
    let place = (message, ticket, queue);
    let known = (draft.world, draft.given);
    draft
        .decision
        .begun
        .extend(flood::beginning(arrival, place, is_flood, known));
    if is_flood {
        let label = label(draft, ticket);
        let detail = (speaker.address.to_string(), label);
        alarm::tell_for_the_day(draft, FLOOD, detail, Some(ticket));
    }
    if flood::is_guessing(arrival, draft.world, draft.given) {
        let count = flood::guessed(arrival, draft.world, draft.given);
        let detail = (speaker.address.to_string(), count.to_string());
        alarm::tell_for_the_day(draft, GUESSING, detail, Some(ticket));
    }
}

/// Opens a ticket; where it was opened, and as which mail.
fn opened(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
    unanswered: Option<Reason>,
) -> Option<(MessageRow, TicketNumber)> {
    draft.unanswered = unanswered;
    opening::open(draft, arrival, speaker);
    let opened = |stream: &Stream, data: &EventData| match (stream, data) {
        (Stream::Ticket(number), EventData::TicketOpened(new)) => Some((new.message, *number)),
        _ => None,
    };
    let events = draft.decision.events.iter();
    let opened: Vec<_> = events
        .filter_map(|event| opened(&event.stream, &event.data))
        .collect();
    for (_, number) in &opened {
        note_address(draft, arrival, *number);
    }
    opened.first().copied()
}

/// Old addresses go on working, and history says how much they are used.
fn note_address(draft: &mut Draft<'_>, arrival: &Arrival, number: TicketNumber) {
    let mail = &arrival.reading.message;
    let Some(mut ticket) = draft.ticket(number) else {
        return;
    };
    let Some((mailbox, own)) = ticket.own_mailbox() else {
        return;
    };
    // What people wrote stands before what servers made of it.
    let written = mail.to.iter().chain(&mail.cc);
    let written = written.filter_map(NamedAddress::parsed);
    let delivered = mail.delivered_to.iter();
    let delivered = delivered.filter_map(|address| Address::parse(address).ok());
    let mut used = written
        .chain(delivered)
        .filter(|address| ticket.given.policy.mailbox_of(address) == Some(mailbox));
    let Some(address) = used.next().map(|address| address.without_detail()) else {
        return;
    };
    if address != *own {
        ticket.happened(EventData::CameBy { address }, Reason::OtherAddress);
    }
}

/// One more mail of a ticket, about which nobody is written to alone.
fn gather(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
    (number, reason): (TicketNumber, Reason),
) -> Option<(MessageRow, TicketNumber)> {
    draft.decision.reason = reason;
    let mut ticket = draft.ticket(number)?;
    let place = Seat {
        ticket: number,
        side: Side::Requester,
        how: reason,
        is_signed: false,
    };
    let row = super::join(&mut ticket, arrival, speaker, &place);
    // Whoever wrote it need not be told: it may be a machine that answers whatever it gets.
    let agents = ticket.agents_to_tell();
    let agents = agents.into_iter().filter(|agent| *agent != speaker.person);
    let listed = agents.map(|agent| (agent, vec![number]));
    ticket.decision.digest.extend(listed);
    Some((row, number))
}

fn label(draft: &mut Draft<'_>, number: TicketNumber) -> String {
    let prefix = draft
        .ticket(number)
        .map(|one| one.snapshot().prefix.clone());
    format!("{}-{number}", prefix.unwrap_or_default())
}
