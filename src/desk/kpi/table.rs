//! The table of figures (DOMAIN 3.2): each made of what was counted.

use super::{
    figure::{Figure, Unit},
    middle::{days, mean, median, ninetieth},
    tally::{Count, Spread, Tally, Times},
};
use crate::model::{classification::RequestClass, clock::ClockKind};

/// How a figure is made.
#[derive(Debug, Clone, Copy)]
pub(super) enum Made {
    /// A count.
    Of(Count),
    /// One count of another.
    Share(Count, Count),
    /// Unescalated of solved: whoever asked another department has one more solved ticket, and lost it.
    NoEscalation,
    /// Promises kept of those judged.
    Kept(ClockKind, Option<RequestClass>),
    /// Solved of one class.
    Solved(RequestClass),
    /// Solved of which it is not known: what is of all the solved that counts.
    Unknown(Count),
    Mean(Spread),
    /// Of one class: its minutes are counted by one clock, those of several may not be.
    MeanOf(Spread, RequestClass),
    Median(Spread),
    P90(Spread),
    /// Promoters less detractors.
    Nps,
    OldestOpen,
    OldestUnanswered,
}

const fn row(code: &'static str, unit: Unit, made: Made) -> (&'static str, Unit, Made) {
    (code, unit, made)
}

/// Every figure, in the order in which it is shown. Names never change their meaning; new ones are put at the end.
pub(super) const TABLE: &[(&str, Unit, Made)] = {
    use ClockKind::{FirstResponse, NextResponse, Resolution, Update};
    use Made::{Kept, Mean, Median, Of, P90, Share, Solved};
    use Unit::{Count as Things, Days, Minutes, Percent, Points, Score};
    &[
        row("received", Things, Of(Count::Received)),
        row("in_scope", Things, Of(Count::InScope)),
        row("solved", Things, Of(Count::Solved)),
        row("solve_events", Things, Of(Count::SolveEvents)),
        row("solved_withdrawn", Things, Of(Count::SolvedWithdrawn)),
        row("solved_kept", Things, Of(Count::SolvedKept)),
        row("solved_emergency", Things, Solved(RequestClass::Emergency)),
        row("solved_urgent", Things, Solved(RequestClass::Urgent)),
        row("solved_standard", Things, Solved(RequestClass::Standard)),
        row(
            "solved_consultation",
            Things,
            Solved(RequestClass::Consultation),
        ),
        row("solved_wish", Things, Solved(RequestClass::Wish)),
        row("sla_first_response_pct", Percent, Kept(FirstResponse, None)),
        row("sla_resolution_pct", Percent, Kept(Resolution, None)),
        row(
            "sla_resolution_emergency_pct",
            Percent,
            Kept(Resolution, Some(RequestClass::Emergency)),
        ),
        row(
            "sla_resolution_urgent_pct",
            Percent,
            Kept(Resolution, Some(RequestClass::Urgent)),
        ),
        row(
            "sla_resolution_standard_pct",
            Percent,
            Kept(Resolution, Some(RequestClass::Standard)),
        ),
        row(
            "sla_resolution_consultation_pct",
            Percent,
            Kept(Resolution, Some(RequestClass::Consultation)),
        ),
        row("response_run_sla", Percent, Kept(NextResponse, None)),
        row("update_sla", Percent, Kept(Update, None)),
        row("frt_mean", Minutes, Mean(Spread::FirstResponse)),
        row("frt_median", Minutes, Median(Spread::FirstResponse)),
        row("frt_p90", Minutes, P90(Spread::FirstResponse)),
        row(
            "frt_calendar_mean",
            Minutes,
            Mean(Spread::FirstResponseCalendar),
        ),
        row(
            "frt_calendar_median",
            Minutes,
            Median(Spread::FirstResponseCalendar),
        ),
        row("ttr_mean", Minutes, Mean(Spread::Resolution)),
        row("ttr_median", Minutes, Median(Spread::Resolution)),
        row("ttr_p90", Minutes, P90(Spread::Resolution)),
        row(
            "ttr_calendar_mean",
            Minutes,
            Mean(Spread::ResolutionCalendar),
        ),
        row(
            "ttr_calendar_median",
            Minutes,
            Median(Spread::ResolutionCalendar),
        ),
        row("no_escalation_pct", Percent, Made::NoEscalation),
        row(
            "fcr_pct",
            Percent,
            Share(Count::FirstContact, Count::Solved),
        ),
        row(
            "reopen_pct",
            Percent,
            Share(Count::CameBack, Count::SolveEvents),
        ),
        row("reopened", Things, Of(Count::Reopened)),
        row("repeat_pct", Percent, Share(Count::Repeats, Count::InScope)),
        row("csat_mean", Score, Share(Count::RatingSum, Count::Rated)),
        row(
            "csat_top2_pct",
            Percent,
            Share(Count::RatedWell, Count::Rated),
        ),
        row(
            "csat_response_pct",
            Percent,
            Share(Count::Rated, Count::Asked),
        ),
        row("nps", Points, Made::Nps),
        row(
            "documented_pct",
            Percent,
            Share(Count::Documented, Count::Solved),
        ),
        row(
            "diagnosis_pct",
            Percent,
            Share(Count::Diagnosed, Count::Solved),
        ),
        row("deadline_moves", Things, Of(Count::DeadlineMoves)),
        row("moved_pct", Percent, Share(Count::Moved, Count::Solved)),
        row("class_changed", Things, Of(Count::ClassChanged)),
        row("touches", Things, Share(Count::Touches, Count::Solved)),
        row(
            "confirmed_pct",
            Percent,
            Share(Count::Confirmed, Count::Closed),
        ),
        row("late_minutes_sum", Minutes, Of(Count::LateMinutes)),
        row("handled", Things, Of(Count::Handled)),
        row("answers", Things, Of(Count::Answers)),
        row("escalated_out", Things, Of(Count::EscalatedOut)),
        row("from_spam", Things, Of(Count::FromSpam)),
        row("open_at_end", Things, Of(Count::OpenAtEnd)),
        row("overdue_at_end", Things, Of(Count::OverdueAtEnd)),
        row("unanswered_n", Things, Of(Count::UnansweredAtEnd)),
        row("oldest_open_days", Days, Made::OldestOpen),
        row("oldest_unanswered_days", Days, Made::OldestUnanswered),
        row(
            "documented_unknown_pct",
            Percent,
            Made::Unknown(Count::DocumentedKnown),
        ),
        row(
            "diagnosis_unknown_pct",
            Percent,
            Made::Unknown(Count::DiagnosedKnown),
        ),
        row(
            "frt_emergency_mean",
            Minutes,
            Made::MeanOf(Spread::FirstResponse, RequestClass::Emergency),
        ),
        row(
            "frt_urgent_mean",
            Minutes,
            Made::MeanOf(Spread::FirstResponse, RequestClass::Urgent),
        ),
        row(
            "frt_standard_mean",
            Minutes,
            Made::MeanOf(Spread::FirstResponse, RequestClass::Standard),
        ),
        row(
            "frt_consultation_mean",
            Minutes,
            Made::MeanOf(Spread::FirstResponse, RequestClass::Consultation),
        ),
        row(
            "frt_wish_mean",
            Minutes,
            Made::MeanOf(Spread::FirstResponse, RequestClass::Wish),
        ),
        row(
            "ttr_emergency_mean",
            Minutes,
            Made::MeanOf(Spread::Resolution, RequestClass::Emergency),
        ),
        row(
            "ttr_urgent_mean",
            Minutes,
            Made::MeanOf(Spread::Resolution, RequestClass::Urgent),
        ),
        row(
            "ttr_standard_mean",
            Minutes,
            Made::MeanOf(Spread::Resolution, RequestClass::Standard),
        ),
        row(
            "ttr_consultation_mean",
            Minutes,
            Made::MeanOf(Spread::Resolution, RequestClass::Consultation),
        ),
        row(
            "ttr_wish_mean",
            Minutes,
            Made::MeanOf(Spread::Resolution, RequestClass::Wish),
        ),
        row(
            "frt_calendar_p90",
            Minutes,
            P90(Spread::FirstResponseCalendar),
        ),
        row("ttr_calendar_p90", Minutes, P90(Spread::ResolutionCalendar)),
        row("asked_received", Things, Of(Count::AskedReceived)),
        row(
            "asked_in_time_pct",
            Percent,
            Share(Count::AskedMet, Count::AskedJudged),
        ),
    ]
};

/// Every figure of a tally, in order; those of which there is nothing are empty.
#[must_use]
pub fn figures(tally: &Tally) -> Vec<Figure> {
    TABLE.iter().map(|row| make(tally, *row)).collect()
}

/// What the figure of that name is measured in; `None`: no tally has one.
#[must_use]
pub fn unit_of(code: &str) -> Option<Unit> {
    let row = TABLE.iter().find(|(name, ..)| *name == code);
    row.map(|(_, unit, _)| *unit)
}

/// The figure of that name.
#[must_use]
pub fn figure(tally: &Tally, code: &str) -> Option<Figure> {
    let row = TABLE.iter().find(|(name, ..)| *name == code);
    row.map(|row| make(tally, *row))
}

pub(super) fn make(tally: &Tally, (code, unit, made): (&'static str, Unit, Made)) -> Figure {
    let (numerator, denominator) = match made {
        Made::Of(count) => (tally.count(count), None),
        Made::Share(part, whole) => (tally.count(part), Some(tally.count(whole))),
        Made::NoEscalation => {
            let own = tally.count(Count::Unescalated);
            (own, Some(own.saturating_add(tally.count(Count::Escalated))))
        }
        Made::Kept(clock, class) => {
            let judged = tally.judged(clock, class);
            (judged.met, Some(judged.all()))
        }
        Made::Solved(class) => (tally.solved.get(&class).copied().unwrap_or(0), None),
        Made::Unknown(known) => {
            let solved = tally.count(Count::Solved);
            (solved.saturating_sub(tally.count(known)), Some(solved))
        }
        Made::Mean(spread) => mean(&tally.spread(spread)),
        Made::MeanOf(spread, class) => {
            let nothing = Times::new();
            mean(tally.times.get(&(spread, Some(class))).unwrap_or(&nothing))
        }
        Made::Median(spread) => median(&tally.spread(spread)),
        Made::P90(spread) => ninetieth(&tally.spread(spread)),
        Made::Nps => {
            let (good, bad) = (
                tally.count(Count::Promoters),
                tally.count(Count::Detractors),
            );
            (good.saturating_sub(bad), Some(tally.count(Count::Opinions)))
        }
        Made::OldestOpen => days(tally.oldest_open_secs),
        Made::OldestUnanswered => days(tally.oldest_unanswered_secs),
    };
    Figure {
        code,
        numerator,
        denominator,
        unit,
    }
}
