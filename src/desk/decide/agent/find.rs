//! An agent looks for other tickets: by words, or what else the requester has asked. They are shown those of queues that
//! they serve, and nobody else is; that they were is part of the ticket's history.

use super::{NotDone, Said};
use crate::desk::{
    arrival::Arrival,
    draft::TicketDraft,
    notify::Sending,
    reason::Reason,
    search::{HITS_MAX, Search},
};
use crate::model::{
    event::{EventData, Private},
    ids::TicketNumber,
    inert::inert,
    outgoing::{Body, Class, FoundTicket, FoundTickets},
    person::Kind,
    ticket::Ticket,
};

/// How many tickets of a requester's are listed.
const HISTORY_MAX: usize = 20;

/// Tickets whose mails say at least half of these words.
pub(super) fn find(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    words: &str,
) -> Result<(), NotDone> {
    let search = Search::of(words, &said.agent, ticket.given.policy);
    if search.stems.is_empty() {
        return Err(Reason::NoWords.into());
    }
    let hits = ticket.world.found(&search).ok_or(Reason::NotHere)?;
    let is_near = |matched: usize| matched.saturating_mul(2) >= search.stems.len();
    let near = hits.iter().filter(|hit| is_near(hit.matched));
    let numbers: Vec<TicketNumber> = near.map(|hit| hit.ticket).collect();
    let (tickets, is_more) = shown(ticket, said, &numbers, HITS_MAX);
    let private = Private {
        person: Some(said.speaker.person),
        text: words.to_owned(),
    };
    let found = EventData::Searched {
        tickets: tickets.iter().map(|(number, _)| *number).collect(),
    };
    ticket.happened_privately(found, Reason::AgentCommand, Some(private));
    let is_partial = !ticket.world.is_index_whole();
    let found = Listed {
        tickets,
        is_more,
        is_partial,
    };
    tell(ticket, (arrival, said), ("find", words.to_owned()), found)
}

/// What the requester has asked besides, the newest first. Several people write from a shared address.
pub(super) fn history(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
) -> Result<(), NotDone> {
    let requester = ticket.snapshot().requester;
    let person = ticket
        .person_by_id(requester)
        .ok_or(Reason::NothingToShow)?;
    let listing = person.listing.as_ref();
    if listing.is_some_and(|listing| listing.kind == Kind::Shared) {
        return Err(Reason::SharedAddress.into());
    }
    let who = match person.name.is_blank() {
        true => person.address.to_string(),
        false => person.name.to_string(),
    };
    let numbers = ticket.world.past(requester).ok_or(Reason::NotHere)?;
    let numbers = numbers.to_vec();
    let (tickets, is_more) = shown(ticket, said, &numbers, HISTORY_MAX);
    let shown = EventData::HistoryShown {
        person: ticket.world.who(requester),
        tickets: tickets.iter().map(|(number, _)| *number).collect(),
    };
    ticket.happened(shown, Reason::AgentCommand);
    let found = Listed {
        tickets,
        is_more,
        is_partial: false,
    };
    tell(ticket, (arrival, said), ("history", inert(&who)), found)
}

/// Those of these that the agent may be shown, at most so many, and whether there are more.
fn shown(
    ticket: &TicketDraft<'_, '_>,
    said: &Said<'_>,
    numbers: &[TicketNumber],
    most: usize,
) -> (Vec<(TicketNumber, FoundTicket)>, bool) {
    let own = ticket.snapshot().number;
    let known = numbers
        .iter()
        .filter_map(|number| ticket.world.going_on(*number));
    let is_shown = |known: &&Ticket| {
        let queue = ticket.given.policy.queues.get(&known.queue);
        let serves = queue.is_some_and(|queue| queue.agents.contains(&said.agent));
        serves && known.number != own && known.excluded.is_none()
    };
    let mut tickets: Vec<(TicketNumber, FoundTicket)> = Vec::new();
    for known in known.filter(is_shown) {
        if tickets.iter().any(|(number, _)| *number == known.number) {
            continue;
        }
        if tickets.len() == most {
            return (tickets, true);
        }
        tickets.extend(as_found(ticket, known).map(|found| (known.number, found)));
    }
    (tickets, false)
}

fn as_found(ticket: &TicketDraft<'_, '_>, known: &Ticket) -> Option<FoundTicket> {
    let queue = ticket.given.policy.queue_of(known)?;
    let requester = ticket.person_by_id(known.requester);
    let name = requester.map(|person| match person.name.is_blank() {
        true => person.address.as_str(),
        false => person.name.as_str(),
    });
    let agent = known.assignee.as_ref();
    Some(FoundTicket {
        label: known.label(),
        subject: known.subject.as_str().to_owned(),
        queue: queue.title.clone(),
        requester: inert(name.unwrap_or_default()),
        opened: ticket.when(known.opened_at),
        state: known.state.code().to_owned(),
        agent: agent.map(|agent| ticket.agent_name(agent)),
    })
}

/// What an answer lists.
struct Listed {
    tickets: Vec<(TicketNumber, FoundTicket)>,
    is_more: bool,
    is_partial: bool,
}

fn tell(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    (what, words): (&str, String),
    found: Listed,
) -> Result<(), NotDone> {
    let language = ticket.staff_language();
    let key = format!("{what}:{}:{}", arrival.raw, ticket.decision.mails.len());
    let body = Body::Found(FoundTickets {
        ticket: ticket.facts(language).ok_or(Reason::NoQueue)?,
        what: what.to_owned(),
        words,
        tickets: found.tickets.into_iter().map(|(_, one)| one).collect(),
        is_more: found.is_more,
        is_partial: found.is_partial,
    });
    // An agent has just asked for it: no cap may swallow it.
    let class = Class::Human;
    let author = (arrival, said.speaker.person);
    ticket.send(Sending::to_author(author, key, class, body));
    Ok(())
}
