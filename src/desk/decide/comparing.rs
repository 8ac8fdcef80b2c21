//! A new ticket is compared with those before it.

use crate::{
    desk::{
        akin::akin, arrival::Arrival, command::Verb, draft::TicketDraft, identity::Speaker,
        reason::Reason,
    },
    model::{
        event::EventData, ids::TicketNumber, inert::inert, outgoing::EarlierTicket, ticket::Ticket,
    },
};

/// What the new ticket may have to do with, as its card tells it. That it seems to repeat one is proposed.
pub(super) fn compare(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    speaker: &Speaker,
) -> (Option<Box<EarlierTicket>>, Vec<EarlierTicket>) {
    let akin = akin(ticket, arrival, speaker);
    if let Some((of, likeness)) = akin.repeats {
        let data = EventData::RepeatProposed { of, likeness };
        ticket.happened(data, Reason::SimilarWords);
    }
    if !akin.may_belong.is_empty() {
        ticket.note_fact(
            "may_belong",
            akin.may_belong.iter().map(|one| one.0).collect(),
        );
    }
    let repeats = akin
        .repeats
        .and_then(|(of, _)| told(ticket, of))
        .map(Box::new);
    let may_belong = akin.may_belong.iter();
    let may_belong = may_belong.filter_map(|one| told(ticket, *one)).collect();
    (repeats, may_belong)
}

/// An earlier ticket, as agents are told of it.
fn told(ticket: &TicketDraft<'_, '_>, number: TicketNumber) -> Option<EarlierTicket> {
    let known = ticket.world.ticket(number)?;
    let requester = ticket.person_by_id(known.requester)?;
    let name = Some(requester.name.as_str()).filter(|_| !requester.name.is_blank());
    let name = name.unwrap_or_else(|| requester.address.as_str());
    let assignee = known.assignee.as_ref();
    Some(EarlierTicket {
        label: known.label(),
        subject: known.subject.as_str().to_owned(),
        requester: inert(name),
        opened: ticket.when(known.opened_at),
        is_live: known.state.is_live(),
        assignee: assignee.map(|name| ticket.agent_name(name)),
        ways: ways(ticket, known),
    })
}

/// The commands, by their codes, that bring this ticket together with another, as far as the queue has them on.
fn ways(ticket: &TicketDraft<'_, '_>, other: &Ticket) -> Vec<String> {
    let is_on = |verb: &Verb| ticket.queue().is_some_and(|queue| queue.is_on(*verb));
    let merge = Some(Verb::Merge).filter(|_| other.state.is_live());
    let ways = merge.into_iter().chain([Verb::Link]).filter(is_on);
    ways.map(|verb| verb.code().to_owned()).collect()
}
