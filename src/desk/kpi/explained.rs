//! What a ticket counts for somebody in a period, figure by figure. These are the very sums that a sheet is made of, one ticket
//! at a time: whoever adds them up has the figures.

use jiff::{Timestamp, tz::TimeZone};

use super::{
    super::undo::Past,
    Period, Question, Sheet, Whose, counting,
    detail::{Detail, Held},
    joins::additive,
    outcomes::Verdict,
    standing::Way,
    story::{Solve, Story},
    tally::Count,
};
use crate::model::{
    classification::RequestClass,
    clock::{ClockKind, Outcome},
    event::{Actor, EventData},
    ids::{QueueName, TicketNumber},
    payroll::Correction,
};

/// What a ticket counts for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The ticket.
    pub ticket: TicketNumber,
    /// For whom.
    pub whose: Whose,
    /// Each figure that is not nought, of those that add up.
    pub parts: Vec<Part>,
}

/// What of a figure a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which figure.
    pub figure: &'static str,
    /// Its numerator.
    pub above: i64,
    /// What it is of; `None`: it is a count.
    pub below: Option<i64>,
    /// When it happened, the last of several; `None`: it is how things stood at the end.
    pub at: Option<Timestamp>,
}

/// A solution of the period that does not count: it came back, or was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Whose solution it was.
    pub whose: Whose,
    /// Of which class.
    pub class: RequestClass,
    /// When it was solved.
    pub at: Timestamp,
    /// Until when.
    pub ended_at: Timestamp,
    /// The requester was not content; otherwise it was taken back or did not arrive.
    pub came_back: bool,
}

/// Somebody has corrected how a ticket counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedBy {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Of the queues that it counts in, in the period, those in which the correction counts.
    pub queues: Vec<QueueName>,
    /// When.
    pub at: Timestamp,
    /// The so-manieth of a ticket's corrections by heads, from 0: one mail may hold several; `None`: it is none of these.
    pub place: Option<usize>,
    /// Who.
    pub by: Actor,
    /// What.
    pub what: Corrected,
}

/// What was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Corrected {
    /// A head has said how it counts.
    Figures(Correction),
    /// A verdict was judged otherwise; `None`: there is none any more.
    Verdict(ClockKind, Option<Outcome>),
}

/// Everything of a ticket that a period counts but its promises.
pub(super) fn explain(
    number: TicketNumber,
    history: &[Past],
    (story, period): (&Story, &Period),
) -> Vec<Detail> {
    let question = Question::about(Vec::new(), TimeZone::UTC);
    let mut sheet = Sheet::of(period.clone());
    counting::count(story, &question, &mut sheet);
    let mut found = Vec::new();
    for (whose, tally) in &sheet.tallies {
        let some = additive(tally).into_iter();
        let some = some.filter(|one| one.numerator != 0 || one.denominator.is_some_and(|n| n != 0));
        let parts = some.map(|one| Part {
            figure: one.code,
            above: one.numerator,
            below: one.denominator,
            at: when(story, period, (whose, one.code)),
        });
        let parts: Vec<Part> = parts.collect();
        if !parts.is_empty() {
            found.push(Detail::Counted(Counted {
                ticket: number,
                whose: whose.clone(),
                parts,
            }));
        }
    }
    if story.out.is_none() {
        let own = story
            .solves
            .iter()
            .filter(|solve| period.holds(solve.at) && !story.out_of.contains(&solve.queue));
        let gone = own.filter(|solve| !counting::lasts(solve, &question, &sheet));
        found.extend(gone.filter_map(|solve| withdrawn(number, solve)));
    }
    let mut queues: Vec<QueueName> = sheet.tallies.into_keys().map(|whose| whose.queue).collect();
    queues.dedup();
    if !queues.is_empty() {
        found.extend(corrections(number, history, &queues));
    }
    found
}

fn withdrawn(ticket: TicketNumber, solve: &Solve) -> Option<Detail> {
    let (ended_at, way) = solve.ended?;
    Some(Detail::Withdrawn(Withdrawn {
        ticket,
        whose: Whose {
            queue: solve.queue.clone(),
            agent: solve.agent.clone(),
        },
        class: solve.class,
        at: solve.at,
        ended_at,
        came_back: way == Way::Reopened,
    }))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest corrects nothing")]
fn corrections<'h>(
    ticket: TicketNumber,
    history: &'h [Past],
    counted: &'h [QueueName],
) -> impl Iterator<Item = Detail> + 'h {
    let mut places = 0_usize..;
    history.iter().filter_map(move |past| {
        let (what, place, queues) = match &past.event.data {
            EventData::FiguresCorrected { how, queues, .. } => {
                let what = Corrected::Figures(how.clone());
                (what, places.next(), queues.as_slice())
            }
            EventData::VerdictCorrected(verdict) => {
                let what = Corrected::Verdict(verdict.clock, verdict.outcome);
                (what, None, &[][..])
            }
            _ => return None,
        };
        // What a head says counts in their queues alone; what is said of none counts in all.
        let counts_in = |queue: &&QueueName| queues.is_empty() || queues.contains(queue);
        let queues: Vec<QueueName> = counted.iter().filter(counts_in).cloned().collect();
        (!queues.is_empty()).then(|| {
            Detail::Corrected(CorrectedBy {
                ticket,
                queues,
                at: past.event.at,
                place,
                by: past.event.actor.clone(),
                what,
            })
        })
    })
}

/// When what a figure counts happened in the period, the last time.
fn when(story: &Story, period: &Period, (whose, code): (&Whose, &str)) -> Option<Timestamp> {
    let fact = |count: Count| {
        let own = story.facts.iter().filter(|fact| fact.count == count);
        own.map(|fact| fact.at).filter(|at| period.holds(*at)).max()
    };
    let solved = || {
        let own = story.solves.iter().filter(|solve| {
            solve.queue == whose.queue && solve.agent == whose.agent && period.holds(solve.at)
        });
        own.map(|solve| solve.at).max()
    };
    let judged = |clock: ClockKind| {
        let own = story.verdicts.iter().filter(|one| one.clock == clock);
        let known = own.map(Verdict::known_at).filter(|at| period.holds(*at));
        known.max()
    };
    let answered = || {
        let own = story.answers.iter().map(|answer| answer.at);
        own.filter(|at| period.holds(*at)).max()
    };
    let asked = || {
        let own = story.escalations.iter().map(|one| one.at);
        own.filter(|at| period.holds(*at)).max()
    };
    match code {
        "received" | "in_scope" | "repeat_pct" | "asked_received" => Some(story.opened_at),
        "open_at_end" | "overdue_at_end" | "unanswered_n" => None,
        "sla_first_response_pct" | "from_spam" => judged(ClockKind::FirstResponse),
        "response_run_sla" => judged(ClockKind::NextResponse),
        "update_sla" => judged(ClockKind::Update),
        "asked_in_time_pct" => judged(ClockKind::Resolution),
        code if code.starts_with("sla_resolution") => judged(ClockKind::Resolution),
        code if code.starts_with("frt_") => {
            let first = story.first_answer().map(|answer| answer.at);
            first.filter(|at| period.holds(*at)).or_else(answered)
        }
        "answers" | "handled" => answered(),
        "reopened" => fact(Count::Reopened),
        "csat_mean" | "csat_top2_pct" => fact(Count::Rated),
        "csat_response_pct" => fact(Count::Asked).or_else(|| fact(Count::Rated)),
        "deadline_moves" => fact(Count::DeadlineMoves),
        "confirmed_pct" => fact(Count::Closed),
        "escalated_out" => asked(),
        "late_minutes_sum" => {
            let own = story.lates.iter().map(|late| late.at);
            own.filter(|at| period.holds(*at)).max()
        }
        "solved_withdrawn" | "solved_kept" => {
            let ended = story.solves.iter().filter_map(|solve| solve.ended);
            ended.map(|(at, _)| at).filter(|at| period.holds(*at)).max()
        }
        _ => solved().or_else(asked),
    }
}

/// Who held a ticket from one instant to another, without the time in which it stood still.
pub(super) fn held(
    story: &Story,
    (from, to): (Timestamp, Timestamp),
    pauses: &[(Timestamp, Timestamp)],
) -> Vec<Held> {
    let mut found = Vec::new();
    let next = story.standings.iter().skip(1).map(|step| Some(step.at));
    for (step, until) in story.standings.iter().zip(next.chain([None])) {
        let mut since = step.at.max(from);
        let until = until.unwrap_or(to).min(to);
        if !step.is_open {
            continue;
        }
        let mut push = |from: Timestamp, to: Timestamp| {
            if from < to {
                found.push(Held {
                    queue: step.queue.clone(),
                    agent: step.agent.clone(),
                    from,
                    to,
                });
            }
        };
        for (paused, resumed) in pauses {
            push(since, until.min(*paused));
            since = since.max(*resumed);
        }
        push(since, until);
    }
    found
}
