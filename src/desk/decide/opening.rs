//! A mail opens a ticket in each queue it is for: number, clock and card each, one acknowledgement for all.

use super::offers;
use crate::desk::{
    arrival::Arrival,
    decision::Given,
    draft::{DecisionBuilder, Draft, TicketDraft},
    identity::Speaker,
    loops,
    notify::{self, Sending},
    policy::Mode,
    reason::Reason,
    routing::{self, Addressee, Named},
    showing::Showing,
    sla,
    subject::bare,
    threading::{self, Seat},
};
use crate::model::{
    address::NamedAddress,
    event::{EventData, NewTicket, Private, Trust},
    ids::{PersonId, TicketNumber},
    language::Language,
    outgoing::{AutoSubmitted, Body, Class, TicketFacts},
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
        return offers::show_copy(draft, arrival, speaker);
    }
    draft.decision.reason = Reason::NewTicket;
    let opened = open_all(draft, arrival, speaker, &addressees, &[]);
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
    to: Addressee<'a>,
}

/// A ticket in each of these queues, linked with each other and with those the mail had opened before.
pub(super) fn open_all<'a>(
    draft: &mut Draft<'a>,
    arrival: &Arrival,
    speaker: &Speaker,
    addressees: &[Addressee<'a>],
    before: &[TicketNumber],
) -> Vec<Opened<'a>> {
    let opened: Vec<Opened<'a>> = addressees
        .iter()
        .filter_map(|to| open_in(draft, arrival, speaker, *to))
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
    to: Addressee<'a>,
) -> Option<Opened<'a>> {
    let queue = draft.given.policy.queues.get(to.queue)?;
    let mail = &arrival.reading.message;
    let showing = Showing::of(speaker, draft);
    let others = read_along(arrival, speaker, to, draft.given);
    let mut collaborators = meet(draft, &others);
    collaborators.retain(|person| *person != speaker.person);
    let message = draft.next_message();
    let subject = bare(mail.subject.as_deref().unwrap_or(""), draft.given.key);
    let subject = Private {
        person: Some(speaker.person),
        text: showing.words(subject.as_str()),
    };
    let listed = draft.person_by_id(speaker.person);
    let listed = listed
        .and_then(Person::listed)
        .and_then(|listed| listed.language);
    let new = NewTicket {
        queue: to.queue.clone(),
        mailbox: queue.mailbox.clone(),
        prefix: queue.prefix.clone(),
        requester: speaker.person,
        collaborators,
        language: listed.or(mail.language).unwrap_or(queue.language),
        message,
    };
    let mut ticket = draft.open(new, subject, Reason::NewTicket);
    let number = ticket.snapshot().number;
    ticket.comes_in_by(number, to.mailbox);
    let place = Seat {
        ticket: number,
        side: Side::Requester,
        how: Reason::NewTicket,
        is_signed: false,
    };
    super::join_as(&mut ticket, arrival, (message, speaker), &place);
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
    if let Some(clock) = sla::start_resolution(queue, ticket.voice.at) {
        ticket.happened(clock, Reason::TargetOfQueue);
    }
    Some(Opened { number, to })
}

/// Who else gets what the agents answer: not whom a suspicious mail names, and nobody where the author did not name us:
/// those in To and Cc do not know that we got it (Bcc), or are everybody there is.
fn read_along(
    arrival: &Arrival,
    speaker: &Speaker,
    to: Addressee<'_>,
    given: &Given<'_>,
) -> Vec<NamedAddress> {
    let is_suspicious = speaker.trust == Trust::Suspicious;
    let is_told = loops::is_addressed(arrival, given) || threading::is_open_to_all(arrival, given);
    if is_suspicious || to.is_hidden || !is_told {
        return Vec::new();
    }
    arrival.others(given.policy)
}

fn meet(draft: &mut DecisionBuilder<'_>, people: &[NamedAddress]) -> Vec<PersonId> {
    let known = |named: &NamedAddress| Some((named.parsed()?, named.name.clone()));
    let people = people.iter().filter_map(known);
    let mut met = Vec::new();
    for (address, name) in people {
        let person = draft.person(&address, name.as_deref(), None);
        // One person may stand there under two addresses.
        if !met.contains(&person) {
            met.push(person);
        }
    }
    met
}

/// One acknowledgement a mail, however many tickets it opens, to the author alone, and only where an automatic answer is
/// wanted. It names those whose mailboxes may say anything at all, and none that only the author knows of.
pub(super) fn acknowledge(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
    opened: &[Opened<'_>],
) {
    let reason = loops::answer_forbidden(arrival, draft.given).or(draft.unanswered);
    let mailboxes = &draft.given.policy.mailboxes;
    let may_say = |one: &&Opened<'_>| {
        let mailbox = mailboxes.get(one.to.mailbox);
        !one.to.is_hidden && mailbox.is_some_and(|mailbox| mailbox.mode > Mode::Observe)
    };
    let first = opened.iter().find(may_say).or_else(|| opened.first());
    let Some(mut ticket) = first.and_then(|first| draft.ticket(first.number)) else {
        return;
    };
    if let Some(reason) = reason {
        let data = EventData::MailWithheld {
            template: "acknowledgement".to_owned(),
            people: vec![speaker.person],
        };
        return ticket.happened(data, reason);
    }
    let (number, language) = (ticket.snapshot().number, ticket.snapshot().language);
    let named = opened.iter().filter(may_say);
    let named = named.filter(|one| one.number != number);
    let others: Vec<TicketFacts> = named
        .filter_map(|one| draft.ticket(one.number)?.facts(language))
        .collect();
    let continues = before(draft, number, language);
    let Some(mut ticket) = draft.ticket(number) else {
        return;
    };
    let Some(facts) = ticket.facts(language) else {
        return;
    };
    let calendar = ticket.queue().map(|queue| &queue.calendar);
    let opens = calendar
        .filter(|calendar| !calendar.is_open(ticket.given.now))
        .and_then(|calendar| calendar.next_open(ticket.given.now))
        .map(|at| ticket.when(at));
    ticket.send(Sending {
        key: format!("ack:{number}"),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Replied,
        side: Side::Requester,
        to: vec![speaker.person],
        cc: Vec::new(),
        from_agent: None,
        body: Body::Acknowledgement {
            ticket: facts,
            others,
            continues,
            opens,
            files: Showing::of(speaker, &ticket).names(arrival.file_names()),
        },
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// The ticket that this one continues.
fn before(draft: &mut Draft<'_>, number: TicketNumber, language: Language) -> Option<TicketFacts> {
    let before = draft.ticket(number)?.snapshot().continues?;
    draft.ticket(before)?.facts(language)
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
            .filter(|other| other.number != one.number && !other.to.is_hidden);
        let also: Vec<TicketFacts> = others
            .filter_map(|other| {
                let ticket = draft.ticket(other.number)?;
                ticket.facts(ticket.staff_language())
            })
            .collect();
        let language = draft
            .ticket(one.number)
            .map(|ticket| ticket.staff_language());
        let continues = language.and_then(|language| before(draft, one.number, language));
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
    let to = ticket.agents_to_tell();
    let number = ticket.snapshot().number;
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
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
    let (enclosures, files_left_out) =
        arrival.enclosures_for_agents(ticket.given.policy.relay_bytes_max);
    let files = notify::names_of(enclosures.as_ref());
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
            requester: showing.words(&name),
            requester_address: showing.words(address.as_str()),
            marks: showing.marks(),
            also,
            continues,
            text: showing.words(arrival.reading.message.text.as_deref().unwrap_or_default()),
            warnings,
            files: showing.names(files),
            files_left_out: showing.names(files_left_out),
        },
        offers: None,
        enclosures,
        hop: loops::hop(arrival),
    });
}
