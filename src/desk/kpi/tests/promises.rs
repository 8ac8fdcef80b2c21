//! Promises: whose, in which month, and what is late.

use super::*;

#[test]
fn a_promise_kept_is_whose_answer_it_was_and_a_broken_one_whose_it_was_then() {
    let first = ClockKind::FirstResponse;
    let kept = Tale::of(1, "it", "05 09:00")
        .answers("05 09:30", "anna")
        .judged(first, ("05 10:00", Some("05 09:30")), Some("anna"));
    let nobodys = Tale::of(2, "it", "05 09:00").judged(first, ("05 10:00", None), None);
    let boris = Tale::of(3, "it", "05 09:00")
        .assigned("05 09:10", "boris")
        .judged(first, ("05 10:00", None), Some("boris"))
        .answers("05 12:00", "anna")
        .kept_late(first, "05 10:00", "05 12:00");
    check(
        "2026-10",
        &[kept, nobodys, boris],
        &[
            "it/anna sla_first_response_pct 1/1",
            "it/boris sla_first_response_pct 0/1",
            "it/ sla_first_response_pct 0/1",
            "it/* sla_first_response_pct 1/3",
            // The time is whose answer it was, the lateness whose promise.
            "it/anna frt_mean 12600/120",
            "it/anna frt_median 12600/120",
            "it/anna frt_p90 10800/60",
            "it/boris late_minutes_sum 120",
            "it/anna late_minutes_sum 0",
            "it/* unanswered_n 1",
        ],
    );
}

#[test]
fn a_promise_belongs_to_the_month_of_its_day_not_to_that_of_its_end() {
    let late = || {
        Tale::of(1, "it", "30 09:00")
            .assigned("30 09:00", "anna")
            .judged(ClockKind::Resolution, ("31 18:00", None), Some("anna"))
            .resolves("11-20 10:00", "anna")
            .kept_late(ClockKind::Resolution, "31 18:00", "11-20 10:00")
    };
    check(
        "2026-10",
        &[late()],
        &["it/anna sla_resolution_pct 0/1", "it/* overdue_at_end 1"],
    );
    check(
        "2026-11",
        &[late()],
        &[
            "it/anna sla_resolution_pct 0/0",
            "it/anna solved 1",
            "it/* overdue_at_end 0",
        ],
    );
    // Midnight of Moscow parts the months, and belongs to the later one.
    let edge = || Tale::of(2, "it", "11-01 00:00");
    check("2026-10", &[edge()], &["it/* received 0"]);
    check("2026-11", &[edge()], &["it/* received 1"]);
}

#[test]
fn of_one_clock_the_last_verdict_counts_that_nothing_has_taken_back() {
    let judged = Tale::of(1, "it", "05 09:00").judged(
        ClockKind::Resolution,
        ("06 18:00", None),
        Some("anna"),
    );
    let excused = EventData::VerdictCorrected(Box::new(Verdict {
        clock: ClockKind::Resolution,
        outcome: Some(Outcome::Met),
        due_at: at("07 18:00"),
        satisfied_at: Some(at("07 12:00")),
        started_at: at("05 09:00"),
        target_secs: None,
        queue: "it".into(),
        agent: Some("boris".into()),
        class: Some(RequestClass::Standard),
        limit: None,
        worked_secs: None,
    }));
    let mut gone = excused.clone();
    if let EventData::VerdictCorrected(verdict) = &mut gone {
        verdict.outcome = None;
    }
    let corrected = judged.then("20 10:00", Role::Head, excused);
    check(
        "2026-10",
        std::slice::from_ref(&corrected),
        &[
            "it/anna sla_resolution_pct 0/0",
            "it/boris sla_resolution_pct 1/1",
        ],
    );
    let none = corrected.then("21 10:00", Role::Head, gone);
    check("2026-10", &[none], &["it/* sla_resolution_pct 0/0"]);
}

#[test]
fn a_late_first_answer_is_told_where_it_was_given() {
    let first = ClockKind::FirstResponse;
    let passed_on = Tale::of(1, "it", "05 09:00")
        .assigned("05 09:10", "anna")
        .judged(first, ("05 10:00", None), Some("anna"))
        .transferred("05 11:00", "buh")
        .assigned("05 11:10", "vera")
        .answers("05 12:00", "vera")
        .kept_late(first, "05 10:00", "05 12:00");
    check(
        "2026-10",
        &[passed_on],
        &[
            "it/anna sla_first_response_pct 0/1",
            "it/anna late_minutes_sum 120",
            "buh/vera frt_mean 10800/60",
            // Vera does not serve IT.
            "it/vera frt_mean 0/0",
            "it/* frt_mean 0/0",
        ],
    );
}

#[test]
fn what_was_late_once_is_not_overdue_while_something_else_is_promised() {
    let resolution = ClockKind::Resolution;
    let back = |number| {
        Tale::of(number, "it", "01 09:00")
            .judged(resolution, ("02 18:00", None), Some("anna"))
            .resolves("05 10:00", "anna")
            .kept_late(resolution, "02 18:00", "05 10:00")
            .reopened("30 10:00")
    };
    let anew = EventData::ClockStarted {
        clock: resolution,
        terms: Terms::target(3600),
        due_at: at("11-02 18:00"),
    };
    let anew = back(1).also("30 10:00", Role::House, anew);
    check(
        "2026-10",
        &[anew, back(2)],
        &["it/* open_at_end 2", "it/* overdue_at_end 1"],
    );
}
