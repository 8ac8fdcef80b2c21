//! A new ticket is compared with those before it, and what its requester has asked before is shown.

use crate::{
    desk::{
        akin::{akin, past},
        arrival::Arrival,
        command::Verb,
        draft::TicketDraft,
        identity::Speaker,
        reason::Reason,
    },
    model::{
        event::EventData,
        ids::{PersonId, TicketNumber},
        inert::inert,
        outgoing::{EarlierTicket, PastTicket},
        ticket::Ticket,
    },
};

/// What a card tells of other tickets.
#[derive(Default)]
pub(super) struct Compared {
    /// The ticket that the new one seems to repeat.
    pub(super) repeats: Option<Box<EarlierTicket>>,
    /// Others that its mail may belong to.
    pub(super) may_belong: Vec<EarlierTicket>,
    /// What else its requester has asked lately.
    pub(super) earlier: Vec<PastTicket>,
}

/// What the new ticket may have to do with, as its card tells it. That it seems to repeat one is proposed. Nobody is shown
/// a history where nobody reads the card.
pub(super) fn compare(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, speaker): (&Arrival, &Speaker),
    readers: Option<&[PersonId]>,
) -> Compared {
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
    let mut past = readers.map_or_else(Vec::new, |readers| {
        past(ticket, (arrival, speaker), readers)
    });
    // What stands on the card already is not said twice.
    past.retain(|one| {
        let repeated = akin.repeats.is_some_and(|(repeated, _)| repeated == *one);
        !repeated && !akin.may_belong.contains(one)
    });
    let earlier = look_back(ticket, speaker.person, past);
    Compared {
        repeats,
        may_belong,
        earlier,
    }
}

/// What the requester has asked before, as the card shows it; that it does is told like every history.
fn look_back(
    ticket: &mut TicketDraft<'_, '_>,
    requester: PersonId,
    past: Vec<TicketNumber>,
) -> Vec<PastTicket> {
    if past.is_empty() {
        return Vec::new();
    }
    let known = past
        .iter()
        .filter_map(|number| ticket.world.ticket(*number));
    let shown = known.map(|known| past_ticket(ticket, known)).collect();
    let happened = EventData::HistoryShown {
        person: ticket.world.who(requester),
        tickets: past,
    };
    ticket.happened(happened, Reason::OnCard);
    shown
}

fn past_ticket(ticket: &TicketDraft<'_, '_>, known: &Ticket) -> PastTicket {
    let agent = known.assignee.as_ref();
    PastTicket {
        label: known.label(),
        subject: known.subject.as_str().to_owned(),
        opened: ticket.when(known.opened_at),
        state: known.state.code().to_owned(),
        agent: agent.map(|agent| ticket.agent_name(agent)),
    }
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
