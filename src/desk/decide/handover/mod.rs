//! An agent hands over somebody's request: a personal mail forwarded to the queue, or a call written down. The request is
//! the asker's, who is told of it; what the agent wrote above stays inside, and its commands act on the new ticket. What
//! the forwarded mail says of its author is a claim: nothing in it acts, and where it is not sure whose it is, the agent
//! is asked before anybody is written to. Until they have answered the ticket is theirs, and nobody else hears of it.

mod question;
mod whose;

use jiff::SignedDuration;
use serde_json::json;

pub(super) use question::answered;
use whose::{Whose, whose};

use super::{
    agent,
    cards::deal_cards,
    opening::{self, Opened},
    ruled,
};
use crate::desk::{
    arrival::Arrival,
    command::{AgentMail, read_agent_mail},
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    flood::{self, Course},
    identity::{self, Speaker},
    order::{Again, Confirmed, Order},
    origin::{self, Brought, Said, Way},
    permission::{Act, Refusal, Standing, may},
    reason::Reason,
    routing::{self, Addressee},
    trust::Ground,
    world::World,
};
use crate::model::{
    event::{EventData, Role, Trust},
    ids::{AgentName, PersonId, TicketNumber},
    origin::UnsureOrigin,
    person::Person,
    ticket::Side,
};

/// So long an agent is waited for; then the ticket is worked on as their own.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(4);

/// A mail that belongs nowhere may be a request that an agent brings; whether it was.
pub(super) fn begins(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    let Some((said, agent)) = origin::read(arrival).zip(speaker.agent.clone()) else {
        return false;
    };
    let Some(to) = only_queue(draft, arrival) else {
        return false;
    };
    let is_proven = match may(Act::Bring, standing(draft, speaker, to)) {
        Ok(()) => true,
        // Whoever uses an agent's name gets as far as that agent's own mailbox.
        Err(Refusal::TooLittleTrust { .. }) if speaker.trust == Trust::Claimed => false,
        Err(_) => return false,
    };
    let course = flood::course(arrival, speaker, draft.world, draft.given);
    if !is_proven && course != Course::Open {
        return false;
    }
    draft.voice.role = Role::Agent;
    draft.decision.is_fresh_human &= is_proven;
    let found = whose(draft, &said, (arrival, to));
    bring(draft, &said, (agent, speaker.person));
    match found {
        Whose::Sure(asker) if is_proven => open(draft, arrival, speaker, (to, asker)),
        Whose::Sure(asker) => ask(draft, arrival, speaker, (to, "unproven", vec![asker])),
        Whose::Unsure(why, asked) => ask(draft, arrival, speaker, (to, why, asked)),
    }
    true
}

/// The one queue a mail is for, where its agents may hand over.
fn only_queue<'a>(draft: &Draft<'a>, arrival: &Arrival) -> Option<Addressee<'a>> {
    let addressees = routing::addressees(arrival, draft.given);
    let [to] = addressees.as_slice() else {
        return None;
    };
    let queue = draft.given.policy.queues.get(to.queue)?;
    queue.handover.then_some(*to)
}

fn standing(draft: &Draft<'_>, speaker: &Speaker, to: Addressee<'_>) -> Standing {
    let queue = draft.given.policy.queues.get(to.queue);
    let serves = |agent: &AgentName| queue.is_some_and(|queue| queue.agents.contains(agent));
    Standing {
        role: Role::Agent,
        trust: speaker.trust,
        side: Side::Requester,
        serves_queue: speaker.agent.as_ref().is_some_and(serves),
        has_our_mail: false,
    }
}

/// What is opened and shown from now on is the request that the mail brings.
fn bring(draft: &mut Draft<'_>, said: &Said, (agent, by): (AgentName, PersonId)) {
    let (note, text) = match said.way {
        Way::Forwarded => (inside(said), said.text.clone()),
        Way::WrittenDown => {
            let mail = read_agent_mail(&said.own);
            (mail.note.clone().unwrap_or_default(), mail.apart().1)
        }
        // Read of a mail it never is.
        Way::Split => (String::new(), said.text.clone()),
    };
    draft.note_fact("brought", json!(said.way.code()));
    draft.brought = Some(Brought {
        way: said.way,
        agent,
        by,
        note,
        text,
        subject: said.subject.clone(),
        of: None,
    });
}

/// What of a covering note is for colleagues: all of it but commands and what they say.
fn inside(said: &Said) -> String {
    let mail = read_agent_mail(&said.own);
    let (_, words) = mail.apart();
    let all = [words, mail.note.unwrap_or_default()];
    let all: Vec<&str> = all.iter().map(|part| part.trim()).collect();
    all.join("\n\n").trim().to_owned()
}

/// It is sure whose it is.
fn open<'a>(
    draft: &mut Draft<'a>,
    arrival: &Arrival,
    speaker: &Speaker,
    (to, asker): (Addressee<'a>, PersonId),
) {
    draft.decision.reason = reason_of(draft);
    let Some(asker) = asking(draft, speaker, asker) else {
        return;
    };
    let to = ruled::keep(draft, (arrival, &asker), to);
    let opened = opening::open_all(draft, arrival, &asker, &[to], &[]);
    begin(draft, arrival, (speaker, &asker), &opened);
}

/// The asker hears of it, the agent's commands are carried out, the card is dealt.
fn begin(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (speaker, asker): (&Speaker, &Speaker),
    opened: &[Opened<'_>],
) {
    if asker.person != speaker.person {
        opening::acknowledge(draft, arrival, asker, opened);
    }
    let mail = origin::read(arrival).map(|said| spoken(&said));
    let number = opened.first().map(|one| one.number);
    if let (Some(mail), Some(mut ticket)) = (mail, number.and_then(|one| draft.ticket(one))) {
        agent::brought(&mut ticket, arrival, speaker, mail);
    }
    deal_cards(draft, arrival, asker, opened);
}

/// The commands above a request, with what the requester is to read of them; all else is a note, or the request itself.
fn spoken(said: &Said) -> AgentMail {
    let mail = read_agent_mail(&said.own);
    let (answer, _) = mail.apart();
    let note = match said.way {
        Way::Forwarded => Some(inside(said)).filter(|note| !note.is_empty()),
        Way::WrittenDown | Way::Split => mail.note.clone(),
    };
    AgentMail {
        answer,
        note,
        ..mail
    }
}

/// The same mail as if whoever asks had written it: as far as the agent who brings it is believed.
fn asking(draft: &Draft<'_>, speaker: &Speaker, asker: PersonId) -> Option<Speaker> {
    let address = draft.person_by_id(asker)?.address.clone();
    let is_own = asker == speaker.person;
    Some(Speaker {
        person: asker,
        address,
        agent: speaker.agent.clone().filter(|_| is_own),
        trust: speaker.trust,
        ground: if is_own {
            speaker.ground
        } else {
            Ground::NotJudged
        },
        route: None,
        has_anothers_token: false,
    })
}

fn reason_of(draft: &Draft<'_>) -> Reason {
    let way = draft.brought.as_ref().map(|brought| brought.way);
    match way {
        Some(Way::WrittenDown) => Reason::OnBehalf,
        Some(Way::Forwarded | Way::Split) | None => Reason::HandedOver,
    }
}

/// It is not: the ticket is the agent's, who is asked, and nobody else hears of it yet.
fn ask<'a>(
    draft: &mut Draft<'a>,
    arrival: &Arrival,
    speaker: &Speaker,
    (to, why, candidates): (Addressee<'a>, &str, Vec<PersonId>),
) {
    draft.decision.reason = Reason::OriginUnsure;
    let to = ruled::keep(draft, (arrival, speaker), to);
    let opened = opening::open_all(draft, arrival, speaker, &[to], &[]);
    let number = opened.first().map(|one| one.number);
    let Some(mut ticket) = number.and_then(|number| draft.ticket(number)) else {
        return;
    };
    let Some(agent) = speaker.agent.clone() else {
        return;
    };
    let now = ticket.given.now;
    let unsure = UnsureOrigin {
        message: ticket.snapshot().first_message,
        raw: arrival.raw,
        agent,
        why: why.to_owned(),
        candidates,
        until: now.checked_add(ASKED_FOR).unwrap_or(now),
    };
    ticket.happened(EventData::OriginAsked(unsure), Reason::OriginUnsure);
    question::ask(&mut ticket, arrival, None);
}

/// A mail whose asker has been named, or has not been in time: what it leads to happens now.
pub(super) fn take_again(draft: &mut Draft<'_>, arrival: &Arrival, place: Confirmed) {
    draft.decision.reason = Reason::TakenAgain;
    draft.decision.is_fresh_human = true;
    draft.voice.at = draft.given.now;
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return;
    };
    draft.voice.role = Role::Agent;
    let found = origin::read(arrival).zip(speaker.agent.clone());
    let known = draft
        .ticket(place.ticket)
        .map(|one| one.snapshot().requester);
    let (Some((said, agent)), Some(asker)) = (found, known) else {
        return;
    };
    bring(draft, &said, (agent, speaker.person));
    let to = routing::addressees(arrival, draft.given).into_iter().next();
    let to = to.or_else(|| routing::of_mailbox(arrival, draft.given.policy));
    let asker = draft.world.who(asker);
    if let (Some(to), Some(asker)) = (to, asking(draft, &speaker, asker)) {
        let (number, words) = (place.ticket, None);
        let opened = Opened { number, to, words };
        begin(draft, arrival, (&speaker, &asker), &[opened]);
    }
}

/// Nobody has said whose it is: it stays the agent's, and the queue works on it.
pub(super) fn lapse(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let unsure = world
        .ticket(number)
        .and_then(|ticket| ticket.origin.clone());
    let Some(unsure) = unsure.filter(|unsure| unsure.until <= given.now) else {
        return Decision::new(Reason::NothingToDo);
    };
    let voice = Voice::okno(unsure.until);
    let mut draft = Draft::new(given, world, voice, Reason::OriginLapsed);
    if let Some(mut ticket) = draft.ticket(number) {
        let data = EventData::RequesterNamed {
            person: ticket.snapshot().requester,
            language: ticket.snapshot().language,
        };
        ticket.happened(data, Reason::OriginLapsed);
        ticket.decision.orders.push(again(&unsure, number, false));
    }
    finish(draft, None)
}

/// The agent's mail is to be taken once more.
fn again(unsure: &UnsureOrigin, ticket: TicketNumber, is_confirmed: bool) -> Order {
    let place = Confirmed {
        ticket,
        message: unsure.message,
    };
    Order::TakeAgain {
        raw: unsure.raw,
        again: Again::Brought {
            place,
            is_confirmed,
        },
    }
}

/// The language somebody is answered in.
fn language_of(person: &Person) -> crate::model::language::Language {
    let listed = person.listed().and_then(|listed| listed.language);
    listed.unwrap_or(person.language)
}
