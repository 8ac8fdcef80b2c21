//! A story put into a period.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Question, Sheet, Whose,
    opinions::Opinion,
    promises::{self, took},
    standing::{Standing, Way},
    story::{Late, Solve, Story},
    tally::{self, Count, Spread, Tally, Why},
};
use crate::model::{
    clock::{ClockKind, Outcome},
    ids::{AgentName, QueueName},
};

/// Puts what of a story belongs to the sheet's period into it.
pub(super) fn count(story: &Story, question: &Question, sheet: &mut Sheet) {
    balance(story, sheet);
    received(story, sheet);
    if let Some(due_at) = story.due_at.filter(|at| *at < sheet.period.to) {
        // Whoever has it when it falls due is judged.
        let queue = story.before(due_at).map_or(&story.born, |one| &one.queue);
        let own = sheet.unsettled.entry(queue.clone()).or_default();
        own.insert(story.number);
    }
    if story.out.is_some() {
        return;
    }
    if story.out_of.is_empty() {
        return counted(story, question, sheet);
    }
    // It counts elsewhere as it did.
    let mut own = Sheet {
        period: sheet.period.clone(),
        tallies: BTreeMap::new(),
        balances: BTreeMap::new(),
        unsettled: BTreeMap::new(),
        torn: BTreeSet::new(),
    };
    counted(story, question, &mut own);
    own.tallies
        .retain(|whose, _| !story.out_of.contains(&whose.queue));
    for (whose, tally) in own.tallies {
        sheet.balances.entry(whose.queue.clone()).or_default();
        sheet.tallies.entry(whose).or_default().add(&tally);
    }
}

/// Whatever counts besides that it came.
fn counted(story: &Story, question: &Question, sheet: &mut Sheet) {
    facts(story, sheet);
    promises::count(story, sheet);
    for solve in &story.solves {
        solutions(solve, question, sheet);
        if lasts(solve, question, sheet) {
            solved(story, solve, question, sheet);
        }
    }
    at_end(story, sheet);
}

/// What somebody says of us, in the period in which they say it.
pub(super) fn opinion(opinion: &Opinion, sheet: &mut Sheet) {
    let tally = of(sheet, &opinion.queue, None);
    tally.more(Count::Opinions, 1);
    match opinion.score {
        9.. => tally.more(Count::Promoters, 1),
        ..=6 => tally.more(Count::Detractors, 1),
        7 | 8 => {}
    }
}

pub(super) fn of<'s>(
    sheet: &'s mut Sheet,
    queue: &QueueName,
    agent: Option<&AgentName>,
) -> &'s mut Tally {
    let whose = Whose {
        queue: queue.clone(),
        agent: agent.cloned(),
    };
    // What is known need not be named anew: this is asked many times a ticket.
    if !sheet.balances.contains_key(queue) {
        sheet.balances.entry(queue.clone()).or_default();
    }
    sheet.tallies.entry(whose).or_default()
}

/// What came and went, step by step; and apart from that, how it stood at both ends.
fn balance(story: &Story, sheet: &mut Sheet) {
    let (from, to) = (sheet.period.from, sheet.period.to);
    for (at, is_start) in [(from, true), (to, false)] {
        if let Some(open) = story.before(at).filter(|one| one.is_open) {
            let own = sheet.balances.entry(open.queue.clone()).or_default();
            let many = if is_start {
                &mut own.start
            } else {
                &mut own.end
            };
            *many = many.saturating_add(1);
        }
    }
    let mut before: Option<&Standing> = None;
    for step in &story.standings {
        if sheet.period.holds(step.at) {
            flow(before, step, sheet);
        }
        before = Some(step);
    }
}

fn flow(before: Option<&Standing>, step: &Standing, sheet: &mut Sheet) {
    let was_open = before.filter(|before| before.is_open);
    if let Some(before) = was_open
        && before.queue != step.queue
    {
        let own = sheet.balances.entry(before.queue.clone()).or_default();
        own.moved_out = own.moved_out.saturating_add(1);
        let new = sheet.balances.entry(step.queue.clone()).or_default();
        new.moved_in = new.moved_in.saturating_add(1);
    }
    let own = sheet.balances.entry(step.queue.clone()).or_default();
    let many = match (was_open.is_some(), step.is_open) {
        (true, true) | (false, false) => return,
        (false, true) => match step.way {
            Way::Opened => &mut own.received,
            Way::Reopened => &mut own.reopened,
            Way::Restored
            | Way::Included
            | Way::Solved
            | Way::Withdrawn
            | Way::LeftBehind
            | Way::Merged
            | Way::Excluded
            | Way::Passed => &mut own.restored,
        },
        (true, false) => match step.way {
            Way::Solved => &mut own.solved,
            Way::Excluded => &mut own.excluded,
            Way::Opened
            | Way::Reopened
            | Way::Restored
            | Way::Included
            | Way::Withdrawn
            | Way::LeftBehind
            | Way::Merged
            | Way::Passed => &mut own.ended,
        },
    };
    *many = many.saturating_add(1);
}

fn received(story: &Story, sheet: &mut Sheet) {
    if !sheet.period.holds(story.opened_at) {
        return;
    }
    let tally = of(sheet, &story.born, story.received_by());
    tally.more(Count::Received, 1);
    let by_head = story.out_of.contains(&story.born).then_some(Why::ByHead);
    match story.out.or(by_head) {
        Some(why) => tally::add(&mut tally.excluded, why, 1),
        None => {
            tally.more(Count::InScope, 1);
            tally.more(Count::Repeats, i64::from(story.is_repeat));
            tally.more(Count::AskedReceived, i64::from(story.is_asked));
        }
    }
}

/// Everything that counts at its own instant, whatever comes later.
fn facts(story: &Story, sheet: &mut Sheet) {
    for fact in &story.facts {
        if sheet.period.holds(fact.at) {
            of(sheet, &fact.queue, fact.agent.as_ref()).more(fact.count, fact.many);
        }
    }
    for (place, answer) in story.answers.iter().enumerate() {
        if !sheet.period.holds(answer.at) {
            continue;
        }
        let mut before = story.answers.iter().take(place);
        let is_first = !before.any(|one| one.agent == answer.agent);
        let tally = of(sheet, &answer.queue, answer.agent.as_ref());
        tally.more(Count::Answers, 1);
        tally.more(Count::Handled, i64::from(is_first));
    }
    let asked = story.escalations.iter().filter(|one| !one.is_withdrawn);
    for escalation in asked {
        if sheet.period.holds(escalation.at) {
            let tally = of(sheet, &escalation.queue, Some(&escalation.agent));
            tally.more(Count::EscalatedOut, 1);
        }
    }
}

/// Each solution, and what became of it.
fn solutions(solve: &Solve, question: &Question, sheet: &mut Sheet) {
    let period = sheet.period.clone();
    let came_back = Story::came_back(solve, question.reopen_days);
    let mut more = |count: Count, many: i64| {
        of(sheet, &solve.queue, solve.agent.as_ref()).more(count, many);
    };
    if period.holds(solve.at) && !solve.is_undone {
        more(Count::SolveEvents, 1);
        more(Count::CameBack, i64::from(came_back));
    }
    let ended = solve.ended.filter(|(at, _)| period.holds(*at));
    let ended = ended.filter(|_| solve.at < period.from);
    match ended {
        Some((_, Way::Reopened)) if !came_back => more(Count::SolvedKept, 1),
        Some(_) => more(Count::SolvedWithdrawn, 1),
        None => {}
    }
}

/// Whether it is a solution of the period: it stood at its end, and did not come back or was taken back since. Where that
/// happens once the period is closed, the difference is an adjustment of it, and whoever solves it next is credited then.
pub(super) fn lasts(solve: &Solve, question: &Question, sheet: &Sheet) -> bool {
    let period = &sheet.period;
    let lasts = match solve.ended {
        None => true,
        Some((at, _)) if at < period.to => false,
        Some((_, Way::Reopened)) => !Story::came_back(solve, question.reopen_days),
        Some(_) => false,
    };
    period.holds(solve.at) && lasts
}

/// A solved ticket: the solver's, but that another department was asked is of whoever asked it.
fn solved(story: &Story, solve: &Solve, question: &Question, sheet: &mut Sheet) {
    let answers = i64::try_from(solve.answers).unwrap_or(i64::MAX);
    let came_back = Story::came_back(solve, question.reopen_days);
    let documented = solve.chars.map(|chars| chars >= question.documented_chars);
    let tally = of(sheet, &solve.queue, solve.agent.as_ref());
    tally::add(&mut tally.solved, solve.class, 1);
    let is_first = answers == 1 && solve.asked_back == 0 && !came_back;
    for (count, many) in [
        (Count::Solved, 1),
        (Count::FirstContact, i64::from(is_first)),
        (Count::Documented, i64::from(documented == Some(true))),
        (Count::DocumentedKnown, i64::from(documented.is_some())),
        (
            Count::Diagnosed,
            i64::from(story.is_diagnosed == Some(true)),
        ),
        (
            Count::DiagnosedKnown,
            i64::from(story.is_diagnosed.is_some()),
        ),
        (Count::Moved, i64::from(solve.moves > 0)),
        (Count::ClassChanged, i64::from(solve.classes > 0)),
        (Count::Touches, answers),
    ] {
        tally.more(count, many);
    }
    let class = Some(solve.class);
    if let Some(secs) = worked(story, solve) {
        took(tally, Spread::Resolution, class, secs);
    }
    let secs = solve.at.duration_since(story.opened_at).as_secs();
    took(tally, Spread::ResolutionCalendar, class, secs);
    match story.escalated_by(solve) {
        None => tally.more(Count::Unescalated, 1),
        Some(asked) => of(sheet, &asked.queue, Some(&asked.agent)).more(Count::Escalated, 1),
    }
}

/// How much business time a solution took, as whoever judged it has said.
fn worked(story: &Story, solve: &Solve) -> Option<i64> {
    let mut in_time = story.worked.iter().rev();
    let in_time = in_time.find(|(at, _)| *at == solve.said_at);
    let late = || {
        let is_meant =
            |late: &&Late| late.clock == ClockKind::Resolution && late.at == solve.said_at;
        let late = story.lates.iter().find(is_meant);
        late.map(|late| late.worked_secs)
    };
    in_time.map(|(_, secs)| *secs).or_else(late)
}

/// What is open at the end, and for how long.
fn at_end(story: &Story, sheet: &mut Sheet) {
    let to = sheet.period.to;
    let Some(open) = story.before(to).filter(|one| one.is_open) else {
        return;
    };
    // The promise that is in force: what an earlier one came to is over.
    let promised = story.promised_before(to);
    let is_overdue = story.verdicts.iter().any(|verdict| {
        verdict.clock == ClockKind::Resolution
            && Some(verdict.started_at) == promised
            && verdict.outcome == Outcome::Breached
            && verdict.due_at < to
    });
    let is_answered = story.first_answer().is_some_and(|answer| answer.at < to);
    let age = Some(to.duration_since(story.opened_at).as_secs());
    let tally = of(sheet, &open.queue, open.agent.as_ref());
    tally.more(Count::OpenAtEnd, 1);
    tally.more(Count::OverdueAtEnd, i64::from(is_overdue));
    tally.oldest_open_secs = tally.oldest_open_secs.max(age);
    if !is_answered {
        tally.more(Count::UnansweredAtEnd, 1);
        tally.oldest_unanswered_secs = tally.oldest_unanswered_secs.max(age);
    }
}
