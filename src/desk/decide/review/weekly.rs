//! The words of a queue's week, as values.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::late;
use crate::desk::{
    draft::Draft,
    policy::QueuePolicy,
    review::{LONG_DAYS, Listed, PeriodFigures, ReviewStep, Share, Standing, week_number},
};
use crate::model::{
    clock::ClockKind,
    decimal::Decimal,
    ids::{AgentName, PersonId},
    language::Language,
    outgoing::{AgentWeek, PeriodShown, ReviewLine, ReviewList, WeeklyLetter, When},
};

/// The letter for one reader.
pub(super) fn letter(
    draft: &mut Draft<'_>,
    step: &ReviewStep,
    (queue, reader): (&QueuePolicy, PersonId),
) -> WeeklyLetter {
    let ReviewStep::Weekly {
        period,
        span: (from, to),
        figures,
        standing,
        late,
        ..
    } = step
    else {
        return WeeklyLetter::default();
    };
    let when = |at: Timestamp| When {
        at,
        zone: queue.calendar.zone_name.clone(),
    };
    let last = to.checked_sub(SignedDuration::from_secs(1));
    WeeklyLetter {
        queue: queue.title.clone(),
        week: week_number(period),
        first: Some(when(*from)),
        last: last.ok().map(when),
        figures: shown(figures, queue.language),
        late: late::shown(late, &queue.calendar.zone_name),
        is_past: late.is_past,
        open: standing.open,
        free: standing.free,
        waits: standing.waits,
        overdue: list(draft, &standing.overdue, reader),
        due: list(draft, &standing.due, reader),
        long: list(draft, &standing.long, reader),
        long_days: LONG_DAYS,
        agents: agents(draft, queue, (figures, standing)),
        charts: Vec::new(),
    }
}

/// Figures in the words of a language.
pub(super) fn shown(figures: &PeriodFigures, language: Language) -> PeriodShown {
    let words = |number: Option<Decimal>| {
        number.map_or_else(String::new, |number| number.in_words_of(language))
    };
    let Share { met, judged } = figures.in_time;
    let (median, of) = figures.answer_median;
    let (sum, rated) = figures.rated;
    PeriodShown {
        received: figures.received.0,
        received_before: figures.received.1,
        solved: figures.solved.0,
        solved_before: figures.solved.1,
        judged,
        met,
        percent: words(Decimal::percent(met, judged, 1)),
        answers: figures.answers,
        answers_judged: figures.answered.judged,
        answers_met: figures.answered.met,
        answer_minutes: words(Decimal::ratio(median, of, 0)),
        reopened: figures.reopened,
        rated,
        rating: words(Decimal::ratio(sum, rated, 2)),
    }
}

/// The tickets under a heading, as far as they are still there.
fn list(draft: &mut Draft<'_>, listed: &Listed, reader: PersonId) -> ReviewList {
    let lines = listed.numbers.iter();
    let lines: Vec<ReviewLine> = lines
        .filter_map(|number| {
            let now = draft.given.now;
            let mut ticket = draft.ticket(*number)?;
            let facts = ticket.facts_for(&[reader])?;
            let known = ticket.snapshot();
            let passed = known.passed_clock(ClockKind::Resolution);
            let due = passed.map(|clock| ticket.when(clock.due_at));
            let day = SignedDuration::from_hours(24).as_secs();
            let open = now.duration_since(known.opened_at).as_secs();
            let agent = known.assignee.clone();
            let state = known.state.code().to_owned();
            Some(ReviewLine {
                due: due.or_else(|| facts.due.clone()),
                ticket: facts,
                agent: agent.map(|agent| draft.agent_name(&agent)),
                days: open.checked_div(day).unwrap_or(0),
                state,
            })
        })
        .collect();
    let shown = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    ReviewList {
        count: listed.count,
        more: listed.count.saturating_sub(shown),
        lines,
    }
}

/// Every agent of the queue, and whoever else has anything of it in hand or has solved anything.
fn agents(
    draft: &Draft<'_>,
    queue: &QueuePolicy,
    (figures, standing): (&PeriodFigures, &Standing),
) -> Vec<AgentWeek> {
    let own = queue.agents.iter();
    let names: BTreeSet<&AgentName> = own
        .chain(standing.hands.keys())
        .chain(figures.agents.keys())
        .collect();
    let week = |name: &AgentName| {
        let (open, overdue) = standing.hands.get(name).copied().unwrap_or_default();
        let (solved, in_time) = figures.agents.get(name).copied().unwrap_or_default();
        AgentWeek {
            name: draft.agent_name(name),
            open,
            overdue,
            solved,
            judged: in_time.judged,
            met: in_time.met,
        }
    };
    names.into_iter().map(week).collect()
}
