//! Who hears of what an agent has changed: the requester, and the department that a ticket has come to.

use super::Said;
use crate::desk::{
    arrival::Arrival,
    draft::TicketDraft,
    loops,
    notify::{Sending, names_of},
    showing::Showing,
};
use crate::model::{
    outgoing::{AutoSubmitted, Body, Class, HandOver, When},
    ticket::Side,
};

/// The requester hears what an agent has changed: `what` as in [`Body::News`].
pub(super) fn tell_news(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    what: &str,
    (why, before): (&str, Option<When>),
) {
    let Some(facts) = ticket.facts(ticket.snapshot().language) else {
        return;
    };
    let to = vec![ticket.snapshot().requester];
    ticket.send(Sending {
        key: format!("{what}:{}", arrival.raw),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Requester,
        to,
        cc: Vec::new(),
        from_agent: Some(said.agent.clone()),
        body: Body::News {
            ticket: facts,
            what: what.to_owned(),
            why: why.to_owned(),
            before,
        },
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// The agents of the queue that a ticket has come to are shown the requester's last mail, and why it comes to them.
pub(super) fn tell_new_team(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    why: &str,
) {
    let to = ticket.agents_to_tell();
    let world = ticket.world;
    let Some(mut facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let original = world.original(ticket.snapshot().number);
    let showing = original.map(|original| Showing::again(original, ticket));
    facts.readers = showing.map_or_else(Vec::new, |showing| ticket.readers(showing));
    let most = ticket.given.policy.relay_bytes_max;
    let (enclosures, files_left_out) = original.map_or((None, Vec::new()), |original| {
        original.enclosures_for_agents(most)
    });
    let files = names_of(enclosures.as_ref());
    let shown = |words: &str| showing.map_or_else(|| words.to_owned(), |it| it.words(words));
    let named = |names: Vec<String>| showing.map_or_else(Vec::new, |it| it.names(names));
    let text = original.and_then(|original| original.reading.message.text.as_deref());
    let author = original.and_then(Arrival::author);
    let (address, name) = author.map_or_else(
        || (String::new(), None),
        |(address, name)| (address.to_string(), name),
    );
    let body = Body::Card {
        ticket: facts,
        asked_by: None,
        handed_over: Some(HandOver {
            by: ticket.agent_name(&said.agent),
            why: why.to_owned(),
        }),
        requester: shown(&name.unwrap_or_else(|| address.clone())),
        requester_address: shown(&address),
        marks: showing.map(Showing::marks).unwrap_or_default(),
        also: Vec::new(),
        continues: None,
        // The other department may not know of them.
        repeats: None,
        may_belong: Vec::new(),
        brought: None,
        note: String::new(),
        text: shown(text.unwrap_or_default()),
        warnings: original
            .zip(showing)
            .map_or_else(Vec::new, |(original, showing)| {
                showing.warnings(original, &files)
            }),
        files: named(files),
        files_left_out: named(files_left_out),
    };
    ticket.send(Sending {
        key: format!("transfer:{}", arrival.raw),
        class: Class::Human,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures: original
            .zip(showing)
            .and_then(|(original, showing)| showing.formatted(original, enclosures)),
        hop: loops::hop(arrival),
    });
}
