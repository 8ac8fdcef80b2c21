//! Mails in an agent's name that nothing proves: kept as notes, and the agent is asked by a letter with a one-time code
//! whether they are theirs. At most one such letter a day lists all that came meanwhile. *Yes* has the mails decided on
//! once more, as if they had just come; without an answer they stay notes, and nothing half-done is left.

mod question;

use jiff::{SignedDuration, Timestamp};

use super::{Incoming, agent, machine};
use question::Question;

use crate::desk::{
    arrival::{Again, Arrival},
    brake,
    command::read_yes_no,
    decision::{Decision, Given},
    draft::{Draft, TicketDraft, Voice},
    identity, loops,
    notify::Sending,
    order::{Confirmed, Order},
    own_words::{OwnWords, own_words},
    reason::Reason,
    showing::Showing,
    threading::Seat,
    world::{Asking, Challenge, Held, World},
};
use crate::model::{
    event::{EventData, Role, Trust},
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
    let now = ticket.given.now;
    let asking = ticket.world.asking(&agent.address);
    let is_full = asking.is_some_and(|asking| asking.waiting.len() >= HELD_MAX);
    let at = next_ask(asking, now);
    if let Some(person) = ticket.agent_person(name).filter(|_| !is_full) {
        let held = EventData::MailHeld {
            message: row,
            raw: arrival.raw,
            person,
            route: speaker.route.clone(),
        };
        ticket.happened(held, Reason::Unconfirmed);
        ticket.decision.to_be_asked.push((person, at));
    }
    let to = ticket.colleagues_of(name);
    tell(ticket, incoming, to);
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
    let code = given.key.challenge_code(person, first.raw);
    let expires_at = given
        .now
        .checked_add(SignedDuration::from_hours(CODE_HOURS));
    let expires_at = expires_at.unwrap_or(Timestamp::MAX);
    let letter = Question {
        person,
        code: &code,
        held: waiting,
        expires_at,
    };
    if let Some(mail) = letter.mail(&mut draft, None) {
        draft.queue_mail(mail);
        let sent = EventData::ChallengeSent {
            person,
            code,
            raws: waiting.iter().map(|held| held.raw).collect(),
            expires_at,
        };
        draft.happened_to(person, sent, Reason::AskedWhetherOwn, None);
    }
    brake::finish(draft, None)
}

/// Takes a mail that answers a question of ours; whether it does. It is nothing else then: nobody is relayed a *yes*.
pub(super) fn answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let key = draft.given.key;
    let Some(code) = arrival.code(key) else {
        return false;
    };
    let Some(challenge) = draft.world.challenge(&code) else {
        let is_ours = arrival.parents().any(|id| key.challenge_of(id).is_some());
        if is_ours {
            machine::put_aside(draft, arrival, Reason::CodeOver);
        }
        return is_ours;
    };
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    draft.voice.role = Role::Agent;
    let agent = speaker.agent.as_ref();
    let asked = agent.and_then(|agent| draft.agent_person(agent));
    let is_theirs = asked == Some(draft.world.who(challenge.person));
    if !is_theirs || challenge.is_answered || speaker.trust == Trust::Suspicious {
        draft.voice.role = Role::Stranger;
        machine::put_aside(draft, arrival, Reason::CodeOver);
        return true;
    }
    let words = match own_words(arrival) {
        OwnWords::Clear(words) => words,
        OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => {
            String::new()
        }
    };
    let is_over = challenge.expires_at < draft.given.now;
    match read_yes_no(&words).filter(|_| !is_over) {
        Some(is_yes) => settle(draft, (&code, challenge), is_yes),
        None => ask_again(draft, arrival, (&code, challenge), is_over),
    }
    machine::record_aside(draft, arrival);
    true
}

fn settle(draft: &mut Draft<'_>, (code, challenge): (&str, &Challenge), is_yes: bool) {
    let reason = if is_yes {
        Reason::OwnUp
    } else {
        Reason::Disowned
    };
    draft.decision.reason = reason;
    let confirmed = challenge.held.iter().filter(|_| is_yes);
    let mut routes: Vec<String> = confirmed
        .clone()
        .filter_map(|held| held.route.clone())
        .collect();
    routes.sort_unstable();
    routes.dedup();
    // What came since by the very same way is theirs, too.
    let since = draft.world.asking_of_or_none(challenge.person);
    let since = since.map_or(&[][..], |asking| &asking.waiting);
    let since = since.iter().filter(|held| {
        let route = held.route.as_ref();
        route.is_some_and(|route| routes.contains(route))
    });
    let taken: Vec<&Held> = confirmed.chain(since).collect();
    let orders = taken.iter().map(|held| Order::TakeAgain {
        raw: held.raw,
        again: Again::Confirmed(held.place),
    });
    draft.decision.orders.extend(orders);
    let days = i64::from(draft.given.policy.trust.challenge_days);
    let holds = SignedDuration::from_hours(days.saturating_mul(24));
    let now = draft.given.now;
    let data = EventData::ChallengeAnswered {
        person: challenge.person,
        code: code.to_owned(),
        is_yes,
        raws: taken.iter().map(|held| held.raw).collect(),
        routes,
        until: now.checked_add(holds).unwrap_or(now),
    };
    draft.happened_to(challenge.person, data, reason, None);
}

/// Neither yes nor no, or too late: that is told, in answer to the agent's own mail.
fn ask_again(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (code, challenge): (&str, &Challenge),
    is_over: bool,
) {
    let (reason, why) = if is_over {
        (Reason::CodeOver, "expired")
    } else {
        (Reason::CodeUnclear, "unclear")
    };
    draft.decision.reason = reason;
    let letter = Question {
        person: challenge.person,
        code,
        held: &challenge.held,
        expires_at: challenge.expires_at,
    };
    if let Some(mail) = letter.mail(draft, Some((arrival.raw, why))) {
        draft.queue_mail(mail);
    }
}

/// A mail whose author has confirmed it, decided on once more: what it leads to happens now.
pub(super) fn take_again(draft: &mut Draft<'_>, arrival: &Arrival, place: Confirmed) {
    draft.decision.reason = Reason::TakenAgain;
    draft.decision.is_fresh_human = true;
    draft.voice.at = draft.given.now;
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return;
    };
    let Some(mut ticket) = draft.ticket(place.ticket) else {
        return;
    };
    let standing = identity::standing(&speaker, Side::Agents, &ticket);
    ticket.voice.role = standing.role;
    let incoming = Incoming {
        arrival,
        speaker,
        place: Seat {
            ticket: place.ticket,
            side: Side::Agents,
            how: Reason::TakenAgain,
            is_signed: false,
        },
        standing,
    };
    agent::take(&mut ticket, &incoming, place.message);
}
