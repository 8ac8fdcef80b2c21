//! Whether somebody would recommend us, 0 to 10: asked of a share of those whose requests were solved, a quarter once at
//! most, some days after, each on a day of their own. Never in the week of another question, never about what is not solved
//! (DOMAIN 3.2, 5.2 T28).

use jiff::{SignedDuration, Timestamp, civil::Time};
use sha2::{Digest, Sha256};

use super::{
    arrival::Arrival,
    command::{
        is_stop,
        score::{NEVER_CODE, read_score, read_wants, score_of},
    },
    decision::{Given, SURVEY_EVERY, Survey},
    draft::{Draft, TicketDraft, Voice},
    notify::Sending,
    permission::{Act, Standing, may},
    policy::QueuePolicy,
    reason::Reason,
    world::World,
};
use crate::model::{
    event::{EventData, Private},
    ids::{PersonId, TicketNumber},
    outgoing::{AutoSubmitted, Body, Class, Offer},
    ticket::{Side, State, Ticket},
};

/// The soonest day after closing: a rating was asked for a week before at the latest.
const DAYS_AFTER: i64 = 8;
/// Over how many days those who are asked are spread: with a weekend behind it, to three weeks after closing at most.
const SPREAD_DAYS: u64 = 11;
/// Who could not be asked within so long is not asked of this ticket any more.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(60 * 24);
/// An answer may be changed for so long.
const OPEN: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Plans it for tickets that this decision has closed.
pub(super) fn plan(draft: &mut Draft<'_>) {
    for (number, known) in draft.touched() {
        let was_closed = known.is_some_and(|known| known.state == State::Closed);
        let Some(mut ticket) = draft.ticket(number).filter(|_| !was_closed) else {
            continue;
        };
        let at = ticket
            .queue()
            .filter(|queue| queue.nps > 0 && is_solved(ticket.snapshot()))
            .and_then(|queue| {
                let requester = ticket.world.who(ticket.snapshot().requester);
                day(requester, queue, ticket.given.now)
            });
        if at.is_some() {
            ticket.happened(EventData::NpsPlanned { at }, Reason::NpsDue);
        }
    }
}

/// Somebody has worked on it, and it came to a good end as far as we know; it was not asked about before.
fn is_solved(ticket: &Ticket) -> bool {
    let was_asked = ticket
        .nps
        .as_ref()
        .is_some_and(|nps| nps.asked_at.is_some());
    ticket.state == State::Closed
        && ticket.resolved_at.is_some()
        && ticket.excluded.is_none()
        && ticket.merged_into.is_none()
        && !ticket.is_quiet
        && !was_asked
}

/// When this person is asked; `None`: not in this quarter.
fn day(person: PersonId, queue: &QueuePolicy, now: Timestamp) -> Option<Timestamp> {
    let (year, quarter) = quarter(queue, now);
    let lot = Sha256::digest(format!("nps:{person}:{year}:{quarter}"));
    let lot = lot
        .first_chunk::<8>()
        .map(|bytes| u64::from_be_bytes(*bytes))?;
    if lot % 100 >= u64::from(queue.nps) {
        return None;
    }
    let spread = i64::try_from((lot / 100) % SPREAD_DAYS).ok()?;
    let days = SignedDuration::from_hours(DAYS_AFTER.saturating_add(spread).saturating_mul(24));
    let hour = i8::try_from(10_u64.saturating_add((lot / 10_000) % 6)).ok()?;
    let minute = i8::try_from((lot / 100_000) % 60).ok()?;
    let time = Time::new(hour, minute, 0, 0).ok()?;
    queue
        .calendar
        .next_working_day_at(now.checked_add(days).ok()?, time)
}

fn quarter(queue: &QueuePolicy, at: Timestamp) -> (i16, i8) {
    let date = queue.calendar.zone().to_datetime(at).date();
    (date.year(), date.month().saturating_add(2) / 3)
}

/// The day has come: what is done about it; `None`: nothing.
pub(super) fn ask<'w>(
    number: TicketNumber,
    world: &'w World,
    given: &'w Given<'w>,
) -> Option<Draft<'w>> {
    let planned = world
        .ticket(number)
        .and_then(|known| known.nps.as_ref()?.planned_at);
    if planned.is_none_or(|at| at > given.now) {
        return None;
    }
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::NpsDue);
    if let Some(mut ticket) = draft.ticket(number) {
        match fate(&ticket, world) {
            Fate::Ask => send(&mut ticket),
            Fate::Wait => {
                let later = given.now.checked_add(SURVEY_EVERY).ok();
                ticket.happened(EventData::NpsPlanned { at: later }, Reason::NpsLater);
            }
            Fate::Drop => {
                ticket.happened(EventData::NpsPlanned { at: None }, Reason::NpsNot);
            }
        }
    }
    Some(draft)
}

enum Fate {
    Ask,
    Wait,
    Drop,
}

fn fate(ticket: &TicketDraft<'_, '_>, world: &World) -> Fate {
    let (known, now) = (ticket.snapshot(), ticket.given.now);
    let Some(queue) = ticket
        .queue()
        .filter(|queue| queue.nps > 0 && is_solved(known))
    else {
        return Fate::Drop;
    };
    if world.is_forgotten(known) {
        return Fate::Drop;
    }
    let survey = world.surveyed(known.requester);
    if survey.is_some_and(|survey| survey.wants_nps == Some(false)) {
        return Fate::Drop;
    }
    let asked = survey.and_then(|survey| survey.nps_at);
    if asked.is_some_and(|asked| quarter(queue, asked) == quarter(queue, now)) {
        return Fate::Drop;
    }
    let closed = known.closed_at.unwrap_or(now);
    let is_recent = survey.is_some_and(|survey| now.duration_since(survey.at) < SURVEY_EVERY);
    match is_recent || world.has_unsolved(known.number) {
        false => Fate::Ask,
        true if now.duration_since(closed) > GIVE_UP => Fate::Drop,
        true => Fate::Wait,
    }
}

fn send(ticket: &mut TicketDraft<'_, '_>) {
    let (number, at) = (ticket.snapshot().number, ticket.given.now);
    let requester = ticket.snapshot().requester;
    let Some(facts) = ticket.facts(ticket.snapshot().language) else {
        return;
    };
    ticket.happened(EventData::NpsAsked, Reason::NpsDue);
    let survey = Survey {
        ticket: number,
        at,
        nps_at: Some(at),
        wants_nps: None,
    };
    let person = ticket.world.who(requester);
    ticket.decision.surveyed.push((person, survey));
    ticket.send(Sending {
        key: format!("nps:{}", at.as_millisecond()),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Requester,
        to: vec![requester],
        cc: Vec::new(),
        from_agent: None,
        body: Body::Nps { ticket: facts },
        offers: Some(Offer::Nps),
        enclosures: None,
        hop: 0,
    });
}

/// What a mail answers to it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The number, and what was said besides.
    Score(u8, String),
    /// Whether they want to be asked that again.
    Wants(bool),
    /// Words alone: read by people, and no reason to open what is closed.
    Words,
}

/// Whether somebody who does not want to be asked any more says, and nothing else, that they do: the letter that told them
/// so says how, and it is another one than that which asked.
pub(super) fn wants_back(ticket: &Ticket, arrival: &Arrival, world: &World) -> bool {
    let was_asked = ticket
        .nps
        .as_ref()
        .is_some_and(|nps| nps.asked_in.is_some());
    let survey = world.surveyed(ticket.requester);
    was_asked
        && !ticket.state.is_live()
        && survey.is_some_and(|survey| survey.wants_nps == Some(false))
        && arrival.whole_words().as_deref().and_then(read_wants) == Some(true)
}

/// What a mail answers to it; `None`: it is no answer.
pub(super) fn read(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> Option<Said> {
    let known = ticket.snapshot();
    let asked_in = known.nps.as_ref()?.asked_in.as_ref()?;
    match arrival.pressed_code(ticket.given) {
        Some(NEVER_CODE) => return Some(Said::Wants(false)),
        Some(code) => {
            if let Some(score) = score_of(code) {
                return Some(Said::Score(score, String::new()));
            }
        }
        None => {}
    }
    let words = arrival.whole_words();
    let wants = words.as_deref().and_then(read_wants);
    if arrival.newest_of_ours(ticket.given.key) != Some(asked_in) {
        return wants_back(known, arrival, ticket.world).then_some(Said::Wants(true));
    }
    let score = || {
        let (score, comment) = read_score(words.as_deref()?)?;
        Some(Said::Score(score, comment))
    };
    // The letter promises that an answer to it opens nothing.
    let is_plain = !known.state.is_live() && !is_stop(arrival.new_text());
    let words = || is_plain.then_some(Said::Words);
    wants.map(Said::Wants).or_else(score).or_else(words)
}

/// Takes down whether its author wants to be asked at all, for this and every other ticket of theirs; what they are told.
pub(super) fn want(
    ticket: &mut TicketDraft<'_, '_>,
    is_wanted: bool,
    (person, standing): (PersonId, Standing),
) -> Option<&'static str> {
    let world = ticket.world;
    if may(Act::Rate, standing).is_err() {
        ticket.decision.reason = Reason::NotTrusted;
        let command = "nps".to_owned();
        ticket.happened(EventData::CommandRefused { command }, Reason::NotTrusted);
        return None;
    }
    let (reason, told) = match is_wanted {
        true => (Reason::NpsWanted, "nps_again"),
        false => (Reason::NpsUnwanted, "nps_never"),
    };
    ticket.decision.reason = reason;
    let known = world.surveyed(person);
    let survey = Survey {
        ticket: known.map_or_else(|| ticket.snapshot().number, |known| known.ticket),
        at: known.map_or(ticket.given.now, |known| known.at),
        nps_at: None,
        wants_nps: Some(is_wanted),
    };
    let whose = world.who(person);
    ticket.decision.surveyed.push((whose, survey));
    let data = EventData::NpsWanted { is_wanted };
    ticket.happened_to(whose, data, reason, None);
    Some(told)
}

/// Takes an answer down, if its author may give one; whether the agents have something to read.
pub(super) fn take(
    ticket: &mut TicketDraft<'_, '_>,
    (score, comment): (u8, String),
    standing: Standing,
) -> bool {
    let asked = ticket.snapshot().nps.as_ref().and_then(|nps| nps.asked_at);
    let is_open = asked.is_some_and(|asked| ticket.voice.at.duration_since(asked) < OPEN);
    if !is_open || may(Act::Rate, standing).is_err() {
        let reason = if is_open {
            Reason::NotTrusted
        } else {
            Reason::RatingLocked
        };
        ticket.decision.reason = reason;
        let command = "nps".to_owned();
        ticket.happened(EventData::CommandRefused { command }, reason);
        return !comment.is_empty();
    }
    ticket.decision.reason = Reason::NpsSaid;
    let person = ticket.snapshot().requester;
    let words = (!comment.is_empty()).then_some(Private {
        person: Some(person),
        text: comment,
    });
    let has_words = words.is_some();
    let said = EventData::NpsAnswered { person, score };
    ticket.happened_privately(said, Reason::NpsSaid, words);
    has_words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_the_share_is_drawn_anew_each_quarter_and_spread() {
        let queue = QueuePolicy {
            nps: 20,
            ..crate::desk::fixture::policy()
                .queues
                .into_values()
                .next()
                .expect("a queue")
        };
        let drawn = |at: &str| -> Vec<(i64, Timestamp)> {
            let now: Timestamp = at.parse().expect("an instant");
            let person = |id| Some((id, day(PersonId(id), &queue, now)?));
            (1..=2000).filter_map(person).collect()
        };
        let (now, next) = (drawn("2026-11-17T09:00:00Z"), drawn("2027-02-17T09:00:00Z"));
        assert!((340..460).contains(&now.len()), "{}", now.len());
        let again = now
            .iter()
            .filter(|(id, _)| next.iter().any(|(other, _)| other == id));
        assert!(again.count() < 130, "another draw");
        let days: std::collections::BTreeSet<_> = now
            .iter()
            .map(|(_, at)| queue.calendar.zone().to_datetime(*at).date())
            .collect();
        // A weekend is no day to ask on.
        assert!(days.len() >= 8, "{days:?}");
    }
}
