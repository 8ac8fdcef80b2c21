//! What a head's words wish for: another method, a limit, a closed day, or that it is as it was.

use jiff::civil::Date;

use super::{Refused, as_it_is};
use crate::desk::{
    command::{Command, LIMIT_MAX, Verb, limit_in, method_choices, method_named, taken_back, when},
    draft::DecisionBuilder,
    policy::QueuePolicy,
    reason::Reason,
};
use crate::model::{distribution::QueueState, ids::AgentName, queue_change::QueueChange};

/// No day further ahead is declared closed: who would remember?
const DAYS_AHEAD_MAX: i32 = 400;

/// What is to become of how the queue works.
pub(super) enum Wish {
    Change(QueueChange),
    TakeBack(QueueChange),
}

/// What the words of a command wish for.
pub(super) fn wish(
    draft: &DecisionBuilder<'_>,
    (queue, file): (&QueuePolicy, &QueuePolicy),
    (command, state): (&Command, &QueueState),
) -> Result<Wish, Refused> {
    let words = command.argument.as_str();
    if command.verb == Verb::Exclude {
        let agent = agent_in(draft, queue, words)?;
        return Ok(match file.agents.contains(&agent) {
            true => Wish::Change(QueueChange::Out { agent }),
            false => Wish::TakeBack(QueueChange::In { agent }),
        });
    }
    if command.verb == Verb::Include {
        return included(draft, queue, words);
    }
    let (words, is_taken_back) = taken_back(words);
    let change = if command.verb == Verb::Distribution {
        method(queue, words, is_taken_back)?
    } else if command.verb == Verb::Limit {
        limit(draft, queue, (words, is_taken_back))?
    } else if is_taken_back {
        closed_before(draft, queue, (words, state))?
    } else {
        closed(draft, queue, words)?
    };
    Ok(match is_taken_back {
        true => Wish::TakeBack(change),
        false => Wish::Change(change),
    })
}

/// Whoever serves the queue is given tickets again; anybody else of the house serves it from now on. Who may read what is
/// confidential the file alone says.
fn included(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    words: &str,
) -> Result<Wish, Refused> {
    let refused = match agent_in(draft, queue, words) {
        Ok(agent) => return Ok(Wish::TakeBack(QueueChange::Out { agent })),
        Err(refused) => refused,
    };
    let all: Vec<AgentName> = draft.given.policy.agents.keys().cloned().collect();
    match super::super::agent::colleague(draft, &all, words) {
        Ok(_) if queue.confidential => Err((Reason::ConfidentialTeam, String::new())),
        Ok(agent) => Ok(Wish::Change(QueueChange::In { agent })),
        Err(_) => Err(refused),
    }
}

fn method(queue: &QueuePolicy, words: &str, is_taken_back: bool) -> Result<QueueChange, Refused> {
    let method = match is_taken_back {
        true => Some(queue.distribution.method),
        false => method_named(words),
    };
    let method = method.ok_or_else(|| (Reason::NoSuchChoice, method_choices()))?;
    Ok(QueueChange::Method { method })
}

fn limit(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    (words, is_taken_back): (&str, bool),
) -> Result<QueueChange, Refused> {
    let said = limit_in(words);
    let (whose, max_active) = match is_taken_back {
        // With the number, as it was ordered, or without.
        true => said.unwrap_or((words, 0)),
        false => said.ok_or_else(|| (Reason::NoSuchChoice, format!("1 … {LIMIT_MAX}")))?,
    };
    let agent = match whose {
        "" => None,
        whose => Some(agent_in(draft, queue, whose)?),
    };
    Ok(QueueChange::Limit { agent, max_active })
}

/// A day to come, or today.
fn closed(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    words: &str,
) -> Result<QueueChange, Refused> {
    let now = queue.calendar.zone().to_datetime(draft.given.now).date();
    let on = day(draft, queue, words)?;
    let ahead = now.until(on).map(|span| span.get_days());
    match ahead.is_ok_and(|days| (0..=DAYS_AHEAD_MAX).contains(&days)) {
        true => Ok(QueueChange::Closed { on }),
        false => Err(no_day()),
    }
}

/// A day that was declared closed: one that has passed, too, since what is open may have been counted by it. Without a year
/// a day of last year may be meant.
fn closed_before(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    (words, state): (&str, &QueueState),
) -> Result<QueueChange, Refused> {
    let on = day(draft, queue, words)?;
    let declared = state
        .changed
        .iter()
        .rev()
        .filter_map(|one| match one.change {
            QueueChange::Closed { on } => Some(on),
            QueueChange::Method { .. }
            | QueueChange::Out { .. }
            | QueueChange::In { .. }
            | QueueChange::Limit { .. } => None,
        });
    let has_year = words.contains(&on.strftime("%Y").to_string());
    let is_meant =
        |one: &Date| *one == on || !has_year && one.month() == on.month() && one.day() == on.day();
    let on = declared
        .clone()
        .find(|one| *one == on)
        .or_else(|| declared.clone().find(is_meant));
    on.map(|on| QueueChange::Closed { on }).ok_or_else(as_it_is)
}

/// The day of these words, which say nothing else.
fn day(draft: &DecisionBuilder<'_>, queue: &QueuePolicy, words: &str) -> Result<Date, Refused> {
    let now = queue.calendar.zone().to_datetime(draft.given.now);
    let (day, rest) = when::read(words, now).ok_or_else(no_day)?;
    let is_all = day.time.is_none() && rest.trim().is_empty();
    is_all.then_some(day.date).ok_or_else(no_day)
}

fn no_day() -> Refused {
    (Reason::NoDay, String::new())
}

/// Who of the queue is meant by `@anna`.
fn agent_in(
    draft: &DecisionBuilder<'_>,
    queue: &QueuePolicy,
    words: &str,
) -> Result<AgentName, Refused> {
    super::super::agent::colleague(draft, &queue.agents, words)
}
