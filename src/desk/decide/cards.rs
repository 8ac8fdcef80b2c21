//! Cards: a new ticket as its agents see it, with everything they need to answer by Reply.

use super::{comparing, opening::Opened};
use crate::desk::{
    arrival::Arrival,
    draft::{Draft, TicketDraft},
    identity::Speaker,
    loops,
    notify::{self, Sending},
    showing::Showing,
};
use crate::model::{
    ids::TicketNumber,
    language::Language,
    outgoing::{AutoSubmitted, Body, Bringer, Class, TicketFacts},
    ticket::Side,
};

/// The ticket that this one continues.
pub(super) fn before(
    draft: &mut Draft<'_>,
    number: TicketNumber,
    language: Language,
) -> Option<TicketFacts> {
    let before = draft.ticket(number)?.snapshot().continues?;
    draft.ticket(before)?.facts(language)
}

/// Whether the agents of a new ticket may be told which one it continues.
fn may_be_shown_before(draft: &mut Draft<'_>, one: &Opened<'_>) -> bool {
    let ticket = draft.ticket(one.number);
    let before = ticket.and_then(|ticket| ticket.snapshot().continues);
    let before = before.and_then(|before| draft.world.ticket(before));
    before.is_some_and(|before| draft.given.policy.may_meet(one.to.queue, &before.queue))
}

/// A card to the agents of each; it says who else was asked, but not whom the author asked in secret.
pub(super) fn deal_cards(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
    opened: &[Opened<'_>],
) {
    for one in opened {
        let others = opened
            .iter()
            .filter(|other| other.number != one.number && !other.to.is_hidden)
            .filter(|other| draft.given.policy.may_meet(one.to.queue, other.to.queue));
        let others: Vec<TicketNumber> = others.map(|other| other.number).collect();
        let also: Vec<TicketFacts> = others
            .into_iter()
            .filter_map(|other| {
                let ticket = draft.ticket(other)?;
                ticket.facts(ticket.staff_language())
            })
            .collect();
        let language = draft
            .ticket(one.number)
            .map(|ticket| ticket.staff_language());
        let continues = match may_be_shown_before(draft, one) {
            true => language.and_then(|language| before(draft, one.number, language)),
            false => None,
        };
        if let Some(mut ticket) = draft.ticket(one.number) {
            deal_card(&mut ticket, arrival, speaker, (also, continues));
        }
    }
}

/// The card: everything an agent needs to answer by Reply.
fn deal_card(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    speaker: &Speaker,
    (also, continues): (Vec<TicketFacts>, Option<TicketFacts>),
) {
    let (repeats, may_belong) = match ticket.brought {
        // What is compared are the author's own tickets, and here that is an agent.
        Some(_) => (None, Vec::new()),
        None => comparing::compare(ticket, arrival, speaker),
    };
    let to = ticket.agents_to_tell();
    let number = ticket.snapshot().number;
    let Some(mut facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let Some(requester) = ticket.person_by_id(speaker.person) else {
        return;
    };
    let address = speaker.address.clone();
    let name = if requester.name.is_blank() {
        address.to_string()
    } else {
        requester.name.to_string()
    };
    let showing = Showing::of(speaker, ticket);
    facts.readers = ticket.readers(showing);
    let (enclosures, files_left_out) =
        arrival.enclosures_for_agents(ticket.given.policy.relay_bytes_max);
    let files = notify::names_of(enclosures.as_ref());
    let brought = ticket.brought.clone();
    let text = match &brought {
        Some(brought) => &brought.text,
        None => arrival.reading.message.text.as_deref().unwrap_or_default(),
    };
    let bringer = brought.as_ref().map(|brought| Bringer {
        way: brought.way.code().to_owned(),
        agent: ticket.agent_name(&brought.agent),
    });
    // The formatting is that of the agent's whole mail.
    let enclosures = match &brought {
        Some(_) => enclosures,
        None => showing.formatted(arrival, enclosures),
    };
    let mut warnings = showing.warnings(arrival, &files);
    warnings.extend(ticket.unanswered.map(|reason| reason.code().to_owned()));
    ticket.send(Sending {
        key: format!("card:{number}"),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body: Body::Card {
            ticket: facts,
            asked_by: None,
            handed_over: None,
            requester: showing.words(&name),
            requester_address: showing.words(address.as_str()),
            marks: showing.marks(),
            also,
            continues,
            repeats,
            may_belong,
            note: brought
                .as_ref()
                .map_or_else(String::new, |one| one.note.clone()),
            brought: bringer,
            text: showing.words(text),
            warnings,
            files: showing.names(files),
            files_left_out: showing.names(files_left_out),
        },
        offers: None,
        enclosures,
        hop: loops::hop(arrival),
    });
}
