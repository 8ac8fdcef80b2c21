//! Cards: a new ticket as its agents see it, with everything they need to answer by Reply.

use super::{
    comparing::{self, Compared},
    distribute::{distribute, is_shown_to_nobody},
    escalation::asked_again,
    opening::{Opened, bringer},
};
use crate::desk::{
    arrival::Arrival,
    draft::{Draft, TicketDraft},
    identity::Speaker,
    loops,
    notify::{self, Sending},
    origin::Brought,
    showing::Showing,
};
use crate::model::{
    address::Address,
    ids::{PersonId, TicketNumber},
    language::Language,
    outgoing::{AutoSubmitted, Body, Class, Enclosures, Given, HandOver, TicketFacts},
    person::Person,
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
        if let Some(mut ticket) = draft.ticket(one.number) {
            distribute(&mut ticket);
        }
    }
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

/// Who gets a card: whoever is asked who shall have the ticket, whoever has it, or everybody. Nobody while it waits for
/// room: whoever has some first gets it.
pub(super) fn readers(ticket: &mut TicketDraft<'_, '_>) -> Option<Vec<PersonId>> {
    if is_shown_to_nobody(ticket) {
        return None;
    }
    let head = ticket.asked_head();
    Some(head.map_or_else(|| ticket.agents_to_tell(), |head| vec![head]))
}

fn shown_name(requester: &Person, address: &Address) -> String {
    match requester.name.is_blank() {
        true => address.to_string(),
        false => requester.name.to_string(),
    }
}

/// The files that go with a card, and the names of those that do not: of a mail that is about other things as well, none.
fn enclosed(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> (Option<Enclosures>, Vec<String>) {
    match ticket.brought.as_ref().is_none_or(Brought::is_whole_mail) {
        true => arrival.enclosures_for_agents(ticket.given.policy.relay_bytes_max),
        false => (None, Vec::new()),
    }
}

/// The card: everything an agent needs to answer by Reply.
fn deal_card(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    speaker: &Speaker,
    (also, continues): (Vec<TicketFacts>, Option<TicketFacts>),
) {
    let to = readers(ticket);
    let compared = match ticket.brought {
        // What is compared are the author's own tickets, and here that is an agent.
        Some(_) => Compared::default(),
        None => comparing::compare(ticket, (arrival, speaker), to.as_deref()),
    };
    let Some(to) = to else {
        return;
    };
    let number = ticket.snapshot().number;
    let Some(mut facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let address = speaker.address.clone();
    let Some(name) = ticket
        .person_by_id(speaker.person)
        .map(|requester| shown_name(requester, &address))
    else {
        return;
    };
    let showing = Showing::of(speaker, ticket);
    facts.readers = ticket.readers(showing);
    let (enclosures, files_left_out) = enclosed(ticket, arrival);
    let files = notify::names_of(enclosures.as_ref());
    let brought = ticket.brought.clone();
    let text = arrival.reading.message.text.as_deref().unwrap_or_default();
    let text = brought.as_ref().map_or(text, |one| &one.text);
    let bringer = brought.as_ref().map(|one| bringer(ticket, one));
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
            repeats: compared.repeats,
            may_belong: compared.may_belong,
            earlier: compared.earlier,
            note: brought
                .as_ref()
                .map_or_else(String::new, |one| one.note.clone()),
            given: ticket.given_as(),
            whom: ticket.whom(),
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

/// A ticket that goes on, as a card: the requester's last mail, and what agents need to answer it. Nothing where nobody is
/// to be told.
pub(super) fn deal_again(ticket: &mut TicketDraft<'_, '_>, to: Vec<PersonId>, key: String) {
    let again = Again {
        key,
        class: Class::Automatic,
        handed_over: None,
        given: ticket.given_as(),
        hop: 0,
    };
    show_again(ticket, to, again);
}

/// Why a card is dealt again.
pub(super) struct Again {
    pub(super) key: String,
    pub(super) class: Class,
    pub(super) handed_over: Option<HandOver>,
    pub(super) given: Option<Given>,
    pub(super) hop: u32,
}

/// The same, and why.
pub(super) fn show_again(ticket: &mut TicketDraft<'_, '_>, to: Vec<PersonId>, again: Again) {
    let Some(mut facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let asked = asked_again(ticket);
    let original = match &asked {
        Some(asked) => asked.original,
        None => ticket.original(),
    };
    let showing = original.map(|original| Showing::again(original, ticket));
    if asked.is_none() {
        facts.readers = showing.map_or_else(Vec::new, |showing| ticket.readers(showing));
    }
    let shown = |words: &str| showing.map_or_else(|| words.to_owned(), |it| it.words(words));
    let text = original.and_then(|original| original.reading.message.text.as_deref());
    let most = ticket.given.policy.relay_bytes_max;
    let from = shown_author(original, shown);
    let (asked_by, (requester, requester_address), (enclosures, files_left_out)) = match asked {
        Some(asked) => (Some(asked.by), asked.agent, asked.files),
        None => {
            let files = original.map(|original| original.enclosures_for_agents(most));
            (None, from, files.unwrap_or_default())
        }
    };
    let files = notify::names_of(enclosures.as_ref());
    let marks = showing.filter(|_| asked_by.is_none()).map(Showing::marks);
    let warnings = original
        .zip(showing)
        .map(|(original, showing)| showing.warnings(original, &files));
    let enclosures = match &asked_by {
        Some(_) => enclosures,
        None => original
            .zip(showing)
            .and_then(|(original, showing)| showing.formatted(original, enclosures)),
    };
    let body = Body::Card {
        ticket: facts,
        asked_by,
        handed_over: again.handed_over,
        requester,
        requester_address,
        marks: marks.unwrap_or_default(),
        also: Vec::new(),
        continues: None,
        // Whoever gets it now may not know of them.
        repeats: None,
        may_belong: Vec::new(),
        earlier: Vec::new(),
        given: again.given,
        whom: ticket.whom(),
        brought: None,
        note: String::new(),
        text: shown(text.unwrap_or_default()),
        warnings: warnings.unwrap_or_default(),
        files: named(showing, files),
        files_left_out: named(showing, files_left_out),
    };
    ticket.send(Sending {
        key: again.key,
        class: again.class,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures,
        hop: again.hop,
    });
}

fn named(showing: Option<Showing>, names: Vec<String>) -> Vec<String> {
    match showing {
        Some(showing) => showing.names(names),
        None => names,
    }
}

/// Who has written a mail: the name that people see, and the address.
fn shown_author(original: Option<&Arrival>, shown: impl Fn(&str) -> String) -> (String, String) {
    let author = original.and_then(Arrival::author);
    let (address, name) = author.map_or_else(
        || (String::new(), None),
        |(address, name)| (address.to_string(), name),
    );
    (
        shown(&name.unwrap_or_else(|| address.clone())),
        shown(&address),
    )
}
