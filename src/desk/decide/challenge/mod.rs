//! Mails in an agent's name that nothing proves: kept as notes, and the agent is asked by a letter with a one-time code
//! whether they are theirs. At most one such letter a day lists all that came meanwhile. *Yes* has the mails decided on
//! once more, as if they had just come; without an answer they stay notes, and nothing half-done is left.

mod answer;
mod question;

use jiff::{SignedDuration, Timestamp};

pub(super) use answer::{answered, take_again};
use question::Question;

use super::Incoming;
use crate::desk::{
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, TicketDraft, Voice},
    loops,
    notify::Sending,
    reason::Reason,
    showing::Showing,
    threading,
    trust::Ground,
    world::{Asking, Held, World},
};
use crate::model::{
    address::Address,
    event::{EventData, Trust},
    ids::{MessageRow, PersonId},
    inert::inert,
    outgoing::{AutoSubmitted, Body, Class},
    ticket::Side,
};

/// An agent is asked once in so long.
const ASK_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// How long a code is good for.
const CODE_HOURS: i64 = 3 * 24;

/// How many mails one letter asks about; what comes beyond them stays a note.
const HELD_MAX: usize = 20;

/// The mail is kept: its colleagues read it as a note, and the agent is asked.
pub(super) fn hold(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>, row: MessageRow) {
    let Incoming {
        arrival, speaker, ..
    } = incoming;
    ticket.decision.reason = Reason::Unconfirmed;
    ticket.decision.is_fresh_human = false;
    ticket.happened(EventData::NoteAdded { message: row }, Reason::Unconfirmed);
    let agents = &ticket.given.policy.agents;
    let named = speaker.agent.as_ref();
    let Some((name, agent)) = named.and_then(|name| agents.get_key_value(name)) else {
        return;
    };
    if let Some(person) = ticket.agent_person(name) {
        let held = EventData::MailHeld {
            message: row,
            raw: arrival.raw,
            person,
            route: speaker.route.clone(),
            other: None,
            is_automatic: false,
        };
        wait(ticket, held, (person, &agent.address));
    }
    let to = ticket.colleagues_of(name);
    tell(ticket, incoming, to);
}

/// The mail is surely the agent's, and perhaps no answer: it is kept, and the agent is asked. Colleagues are not told:
/// whoever is away is away from every ticket.
pub(super) fn hold_absence(
    ticket: &mut TicketDraft<'_, '_>,
    incoming: &Incoming<'_>,
    row: MessageRow,
) {
    ticket.decision.reason = Reason::PerhapsAutomatic;
    ticket.decision.is_fresh_human = false;
    ticket.happened(
        EventData::NoteAdded { message: row },
        Reason::PerhapsAutomatic,
    );
    let agents = &ticket.given.policy.agents;
    let named = incoming.speaker.agent.as_ref();
    let Some((name, agent)) = named.and_then(|name| agents.get_key_value(name)) else {
        return;
    };
    if let Some(person) = ticket.agent_person(name) {
        let held = EventData::MailHeld {
            message: row,
            raw: incoming.arrival.raw,
            person,
            route: None,
            other: None,
            is_automatic: true,
        };
        wait(ticket, held, (person, &agent.address));
    }
}

/// A mail that answers what one agent alone was sent, from an address that is nobody's of the staff: the agent is asked
/// whether it is another of theirs. Their name over it makes it suspicious, and likely.
pub(super) fn ask_whose(
    ticket: &mut TicketDraft<'_, '_>,
    incoming: &Incoming<'_>,
    row: MessageRow,
) {
    let Incoming {
        arrival,
        speaker,
        place,
        ..
    } = incoming;
    let may_be = speaker.trust != Trust::Suspicious || speaker.ground == Ground::StaffNameOutside;
    if !may_be || !speaker.has_anothers_token || place.side != Side::Agents {
        return;
    }
    let owners = threading::owners(arrival, place, ticket);
    let (world, agents) = (ticket.world, &ticket.given.policy.agents);
    let found = agents.values().find_map(|agent| {
        let person = world.person(&agent.address)?.id;
        let is_owner = world.is_among(person, &owners);
        is_owner.then_some((person, &agent.address))
    });
    if let Some((person, address)) = found {
        let held = EventData::MailHeld {
            message: row,
            raw: arrival.raw,
            person,
            route: None,
            other: Some(speaker.person),
            is_automatic: false,
        };
        wait(ticket, held, (person, address));
    }
}

/// The mail waits for the agent's word, if not too many do.
fn wait(
    ticket: &mut TicketDraft<'_, '_>,
    held: EventData,
    (person, address): (PersonId, &Address),
) {
    let asking = ticket.world.asking(address);
    if asking.is_some_and(|asking| asking.waiting.len() >= HELD_MAX) {
        return;
    }
    let at = next_ask(asking, ticket.given.now);
    ticket.happened(held, Reason::Unconfirmed);
    ticket.decision.to_be_asked.push((person, at));
}

fn next_ask(asking: Option<&Asking>, now: Timestamp) -> Timestamp {
    let asked_at = asking.and_then(|asking| asking.asked_at);
    let next = asked_at.and_then(|at| at.checked_add(ASK_EVERY).ok());
    next.map_or(now, |next| next.max(now))
}

/// The colleagues read what somebody wrote in the agent's name, and that it may be somebody else.
fn tell(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>, to: Vec<PersonId>) {
    let Incoming {
        arrival, speaker, ..
    } = incoming;
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let named = speaker.agent.as_ref();
    let author = named.map_or_else(String::new, |agent| ticket.agent_name(agent));
    let assignee = ticket.snapshot().assignee.as_ref();
    let assignee = assignee.map(|agent| ticket.agent_name(agent));
    ticket.send(Sending {
        key: format!("unconfirmed:{}", arrival.raw),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body: Body::FollowUp {
            ticket: facts,
            what: "unconfirmed".to_owned(),
            author,
            author_address: Some(speaker.address.to_string()),
            marks: Vec::new(),
            text: inert(arrival.new_text()),
            rating: None,
            warnings: Showing::of(speaker, ticket).warnings(arrival, &[]),
            files: Vec::new(),
            files_left_out: Vec::new(),
            assignee,
            copied: Vec::new(),
        },
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// An agent is due to be asked about all that waits.
pub(super) fn ask(person: PersonId, world: &World, given: &Given<'_>) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::AskedWhetherOwn);
    let asking = world.asking_of(person);
    let waiting = asking.map_or(&[][..], |asking| &asking.waiting);
    let Some(first) = waiting.first() else {
        draft.decision.reason = Reason::NothingToDo;
        return draft.done();
    };
    let at = next_ask(asking, given.now);
    if at > given.now {
        draft.decision.reason = Reason::NothingToDo;
        draft.decision.to_be_asked.push((person, at));
        return draft.done();
    }
    // An address is asked about by itself, so that one yes does not say two things.
    let (held, later): (Vec<Held>, Vec<Held>) = waiting
        .iter()
        .cloned()
        .partition(|held| (held.other, held.is_automatic) == (first.other, first.is_automatic));
    if !later.is_empty() {
        let next = given.now.checked_add(ASK_EVERY).unwrap_or(given.now);
        draft.decision.to_be_asked.push((person, next));
    }
    let code = given.key.challenge_code(person, first.raw);
    let expires_at = given
        .now
        .checked_add(SignedDuration::from_hours(CODE_HOURS));
    let expires_at = expires_at.unwrap_or(Timestamp::MAX);
    let letter = Question {
        person,
        code: &code,
        held: &held,
        expires_at,
    };
    if let Some(mail) = letter.mail(&mut draft, None) {
        draft.queue_mail(mail);
        let sent = EventData::ChallengeSent {
            person,
            code,
            raws: held.iter().map(|held| held.raw).collect(),
            expires_at,
        };
        draft.happened_to(person, sent, Reason::AskedWhetherOwn, None);
    }
    finish(draft, None)
}
