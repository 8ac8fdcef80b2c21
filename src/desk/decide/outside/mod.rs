//! What was answered without okno: from the shared mailbox, whose Sent folder is watched, or from an agent's own address
//! with the queue in Cc. It has been delivered already: it takes its place in the conversation, the colleagues hear of
//! it, and nobody it went to is written to again.

mod direct;

pub(super) use direct::{confirmed, wrote_directly};

use super::{become_responsible, correcting::found_later, late};
use crate::desk::{
    arrival::Arrival,
    decide::finish,
    decision::{Decision, Given},
    draft::{ANSWERS, Draft, TicketDraft, Voice},
    identity::{self, Speaker},
    lifecycle::Happening,
    loops,
    notify::{self, Sending},
    reason::Reason,
    routing::{self, Named},
    threading,
    world::World,
};
use crate::model::{
    address::{Address, NamedAddress},
    event::{Actor, EventData, Role, Trust},
    ids::{AgentName, MessageRow, PersonId},
    message::Kind,
    outgoing::{AutoSubmitted, Body, Class, Words},
    ticket::Side,
};

/// How many of the last lines of a mail are looked at for a configured signature.
const SIGNATURE_LINES: usize = 12;

/// Decides on a mail that lies in the Sent folder of a mailbox of ours.
pub(super) fn decide_sent(arrival: &Arrival, world: &World, given: &Given<'_>) -> Decision {
    let voice = Voice {
        actor: Actor::Okno,
        role: Role::Machine,
        trust: Trust::Claimed,
        message_id: arrival.own_id(),
        at: arrival.at,
    };
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    sent(&mut draft, arrival);
    late::keep_no_words(&mut draft, arrival);
    finish(draft, Some(&arrival.mailbox))
}

fn sent(draft: &mut Draft<'_>, arrival: &Arrival) {
    // Our own mails lie here too, put by okno or by a server that keeps what passes through it.
    if loops::is_ours(arrival, draft.given) {
        draft.decision.reason = Reason::OwnCopy;
        return;
    }
    if let Some(known) = threading::copies_of(arrival, draft.world).first()
        && let Some(mut ticket) = draft.ticket(known.ticket)
    {
        ticket.decision.reason = Reason::SameMail;
        let data = EventData::DuplicateSeen {
            message: known.message,
            mailbox: arrival.mailbox.clone(),
        };
        return ticket.happened(data, Reason::SameMail);
    }
    from_mailbox(draft, arrival);
}

/// A mail from the shared mailbox: an answer, if it goes to somebody who takes part in a ticket.
fn from_mailbox(draft: &mut Draft<'_>, arrival: &Arrival) {
    let is_written = matches!(
        arrival.reading.message.kind,
        Kind::Human | Kind::Calendar | Kind::List
    );
    let place = threading::seat(arrival, draft.world, draft.given)
        .filter(|place| is_written && place.side == Side::Requester);
    let found = place.and_then(|place| Some((draft.ticket(place.ticket)?, place)));
    let Some((mut ticket, place)) = found.filter(|(ticket, _)| reaches(ticket, arrival)) else {
        return super::machine::put_aside(draft, arrival, Reason::SentElsewhere);
    };
    let Some(mut speaker) = identity::recognise(arrival, Some(&place), &mut ticket) else {
        return;
    };
    // Whoever put it there has the password of the mailbox; who of them it was, only the mail can say.
    let agent = author(arrival, ticket.given);
    if let Some(person) = agent.as_ref().and_then(|agent| ticket.agent_person(agent)) {
        speaker.person = person;
    }
    speaker.agent = agent;
    ticket.voice.actor = Actor::Person(speaker.person);
    ticket.voice.role = Role::Agent;
    ticket.voice.trust = Trust::Proven;
    let row = super::join(&mut ticket, arrival, &speaker, &place);
    answered(&mut ticket, arrival, &speaker, row);
}

/// Somebody writes from the shared mailbox with itself in Bcc, so that a copy lies in the inbox. Whether the mail was
/// that; else nothing has happened. Proven it is the answer; what is not, and might be anybody's, is left to the copy in
/// the Sent folder, where only who has the password can put one.
pub(super) fn wrote_to_itself(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let policy = draft.given.policy;
    let from = arrival.from().and_then(NamedAddress::parsed);
    let is_own = from.is_some_and(|from| policy.mailbox_of(&from) == Some(&arrival.mailbox));
    let is_named = routing::named(arrival, &arrival.mailbox, policy) != Named::Nowhere;
    if !is_own || is_named {
        return false;
    }
    let mailbox = policy.mailboxes.get(&arrival.mailbox);
    let is_watched = mailbox.is_some_and(|own| own.sent.is_some());
    match identity::ground(arrival, draft).trust() {
        Trust::Proven => from_mailbox(draft, arrival),
        Trust::Claimed | Trust::Token if is_watched => {
            super::machine::put_aside(draft, arrival, Reason::SentCopyExpected);
        }
        Trust::Claimed | Trust::Token | Trust::Suspicious => return false,
    }
    true
}

/// Who wrote a mail from the shared mailbox: whom `Sender` names, or whose configured signature it bears; never a guess.
fn author(arrival: &Arrival, given: &Given<'_>) -> Option<AgentName> {
    let mail = &arrival.reading.message;
    let named = mail.sender.iter().chain(&mail.from);
    let named = named.filter_map(NamedAddress::parsed);
    let mut named = named.filter_map(|address| given.policy.agent_of(&address));
    if let Some(agent) = named.next() {
        return Some(agent.clone());
    }
    let own = mail.signature.as_deref().into_iter();
    let lines: Vec<String> = own
        .chain([arrival.new_text()])
        .flat_map(|words| words.lines().rev().take(SIGNATURE_LINES))
        .map(|line| line.trim().to_lowercase())
        .collect();
    let signs = |signature: &String| lines.contains(&signature.trim().to_lowercase());
    let mut signed = given.policy.agents.iter();
    let mut signed = signed
        .by_ref()
        .filter(|(_, agent)| agent.signature.as_ref().is_some_and(signs));
    let first = signed.next().map(|(name, _)| name.clone());
    first.filter(|_| signed.next().is_none())
}

/// Whether a mail went to somebody who takes part in the ticket.
fn reaches(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> bool {
    let mut people = readers(ticket, arrival);
    people.any(|person| ticket.world.takes_part(person, ticket.snapshot()))
}

/// Whether it went to the one who asks: what only those see who read along answers nobody.
fn reaches_requester(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> bool {
    let mut people = readers(ticket, arrival);
    people.any(|person| ticket.world.is_requester(person, ticket.snapshot()))
}

/// Whom of the people known a mail went to.
fn readers(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> impl Iterator<Item = PersonId> {
    let mail = &arrival.reading.message;
    let named = [&mail.to, &mail.cc].map(|named| addressees(named, ticket.given));
    let world = ticket.world;
    let people = named.into_iter().flatten();
    people.filter_map(|(address, _)| world.person(&address).map(|person| person.id))
}

/// The people among these who are none of our mailboxes.
fn addressees(named: &[NamedAddress], given: &Given<'_>) -> Vec<(Address, Option<String>)> {
    let people = named
        .iter()
        .filter_map(|named| Some((named.parsed()?, named.name.clone())));
    people
        .filter(|(address, _)| given.policy.mailbox_of(address).is_none())
        .take(PEOPLE_MAX)
        .collect()
}

/// How many addressees of one mail are looked at.
const PEOPLE_MAX: usize = 50;

/// The ticket has its answer, as of the instant it was sent.
fn answered(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    speaker: &Speaker,
    message: MessageRow,
) {
    ticket.decision.reason = Reason::AnsweredOutside;
    ticket.decision.is_fresh_human = true;
    let holder = ticket.snapshot().assignee.clone();
    if let Some(agent) = &speaker.agent {
        become_responsible(ticket, agent);
    }
    let data = EventData::AnsweredOutside {
        message,
        agent: speaker.agent.clone(),
    };
    ticket.happened(data, Reason::AnsweredOutside);
    let by = speaker.agent.as_ref().or(holder.as_ref());
    found_later(ticket, (&ANSWERS, by));
    ticket.is_answered(by);
    ticket.goes_to_work(Happening::AgentAnswered, Reason::AnsweredOutside);
    tell(ticket, arrival, speaker);
}

fn tell(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, speaker: &Speaker) {
    let to = match &speaker.agent {
        Some(agent) => ticket.colleagues_of(agent),
        None => ticket.agents_to_tell(),
    };
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let (what, author) = match &speaker.agent {
        Some(agent) => ("outside", ticket.agent_name(agent)),
        None => ("outside_shared", speaker.address.to_string()),
    };
    let (enclosures, files_left_out) =
        arrival.enclosures_for_agents(ticket.given.policy.relay_bytes_max);
    let assignee = ticket.snapshot().assignee.as_ref();
    let assignee = assignee.map(|agent| ticket.agent_name(agent));
    ticket.send(Sending {
        key: format!("outside:{}:{}", arrival.raw, ticket.snapshot().number),
        class: Class::Human,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body: Body::FollowUp {
            ticket: facts,
            what: what.to_owned(),
            author,
            author_address: Some(speaker.address.to_string()),
            marks: Vec::new(),
            text: arrival.new_text().to_owned(),
            rating: None,
            warnings: Vec::new(),
            files: notify::names_of(enclosures.as_ref()),
            files_left_out,
            assignee,
            copied: Vec::new(),
        },
        offers: None,
        enclosures: arrival.formatted(enclosures, Words::Shown),
        hop: loops::hop(arrival),
    });
}
