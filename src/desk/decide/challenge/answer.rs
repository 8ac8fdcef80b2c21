//! The agent's answer to the question whether mails are theirs: they are decided on once more, or stay notes.

use jiff::SignedDuration;

use super::{
    super::{Incoming, agent, away, machine, outside},
    question::Question,
};
use crate::desk::{
    alarm,
    arrival::{Again, Arrival},
    command::read_yes_no,
    draft::Draft,
    identity,
    order::{Confirmed, Order},
    own_words::{OwnWords, own_words},
    reason::Reason,
    threading::{self, Seat},
    world::{Challenge, Held},
};
use crate::model::{
    alarm::DISOWNED,
    event::{EventData, Role, Trust},
    ids::PersonId,
    inert::inert,
    person::Person,
    ticket::Side,
};

/// Takes a mail that answers a question of ours; whether it does. It is nothing else then: nobody is relayed a *yes*.
pub(in crate::desk::decide) fn answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
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
        // A program would answer every letter.
        None if away::speaks_of_absence(&arrival.reading.message) => {
            draft.decision.reason = Reason::PerhapsAutomatic;
        }
        None => ask_again(draft, arrival, (&code, challenge), is_over),
    }
    machine::record_aside(draft, arrival);
    true
}

fn settle(draft: &mut Draft<'_>, (code, challenge): (&str, &Challenge), is_yes: bool) {
    let is_automatic = challenge.held.iter().any(|held| held.is_automatic);
    let reason = match (is_automatic, is_yes) {
        (true, true) => Reason::MeantSo,
        (true, false) => Reason::WasAutomatic,
        (false, true) => Reason::OwnUp,
        (false, false) => Reason::Disowned,
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
    let other = challenge.held.iter().find_map(|held| held.other);
    let other = other.filter(|_| is_yes);
    let since = since.iter().filter(|held| {
        let route = held.route.as_ref();
        let is_same = held.other.is_some() && held.other == other;
        is_same || route.is_some_and(|route| routes.contains(route))
    });
    let taken: Vec<&Held> = confirmed.chain(since).collect();
    let orders = taken.iter().map(|held| Order::TakeAgain {
        raw: held.raw,
        again: Again::Confirmed(held.place),
    });
    draft.decision.orders.extend(orders);
    if reason == Reason::Disowned {
        tell_of(draft, challenge);
    }
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
    if let Some(other) = other {
        adopt(draft, challenge.person, other);
    }
}

/// Somebody has used an agent's name, or an agent's card: the administrator hears what it was and where it lies.
fn tell_of(draft: &mut Draft<'_>, challenge: &Challenge) {
    let tried = challenge.held.iter().take(TOLD_MAX).map(|held| {
        let ticket = draft.world.ticket(held.place.ticket);
        let prefix = ticket.map_or("", |ticket| ticket.prefix.as_str());
        let from = held.other.and_then(|other| draft.person_by_id(other));
        let from = from.map(|from| format!(" ({})", inert(from.address.as_str())));
        let (number, raw) = (held.place.ticket, held.raw);
        format!("{prefix}-{number}, mail:{raw}{}", from.unwrap_or_default())
    });
    let tried: Vec<String> = tried.collect();
    let first = challenge.held.first().map(|held| held.place.ticket);
    let agent = draft.person_by_id(challenge.person);
    let agent = agent.map(|agent| draft.address_of(agent).to_string());
    let about = (agent.unwrap_or_default(), tried.join("; "));
    alarm::tell_for_the_day(draft, DISOWNED, about, first);
}

/// How many mails such a letter names.
const TOLD_MAX: usize = 5;

/// Whoever wrote from there was the agent: the address is theirs from now on, unless the directory says otherwise.
fn adopt(draft: &mut Draft<'_>, person: PersonId, other: PersonId) {
    let found = draft.person_by_id(other).zip(draft.person_by_id(person));
    let Some((other, own)) = found.map(|(other, own)| (other.clone(), own.clone())) else {
        return;
    };
    if other.id == own.id || other.listed().is_some() {
        return;
    }
    let id = other.id;
    let mut own = own;
    own.further.push(other.address.clone());
    own.further.sort_unstable();
    draft.decision.people.retain(|one| one.id != own.id);
    draft
        .decision
        .addresses
        .push((other.address.clone(), Some(own.id)));
    let same = EventData::SamePerson {
        person: Some(own.id),
    };
    let merged = Person {
        same_as: Some(own.id),
        ..other
    };
    draft.decision.people.extend([merged, own]);
    draft.happened_to(id, same, Reason::OwnUp, None);
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
pub(in crate::desk::decide) fn take_again(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    place: Confirmed,
) {
    draft.decision.reason = Reason::TakenAgain;
    draft.decision.is_fresh_human = true;
    draft.voice.at = draft.given.now;
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return;
    };
    // A word of theirs makes a mail theirs; it does not bring it to the side it was not written to.
    let seat = threading::seat(arrival, draft.world, draft.given);
    let seat = seat.filter(|seat| seat.ticket == place.ticket);
    let side = seat.map_or(Side::Agents, |seat| seat.side);
    let Some(mut ticket) = draft.ticket(place.ticket) else {
        return;
    };
    let standing = identity::standing(&speaker, side, &ticket);
    ticket.voice.role = standing.role;
    if side == Side::Requester
        && outside::confirmed(&mut ticket, (arrival, &speaker), standing, place.message)
    {
        return;
    }
    let incoming = Incoming {
        arrival,
        speaker,
        place: Seat {
            ticket: place.ticket,
            side,
            how: Reason::TakenAgain,
            is_signed: false,
        },
        standing,
    };
    agent::take(&mut ticket, &incoming, place.message);
}
