//! What heads correct.

use super::*;
use crate::model::{ids::PayrollName, payroll::Correction};

fn corrected(tale: Tale, how: Correction) -> Tale {
    corrected_in(tale, how, &[])
}

fn corrected_in(tale: Tale, how: Correction, queues: &[&str]) -> Tale {
    let data = EventData::FiguresCorrected {
        list: PayrollName::from("it"),
        period: "2026-10".to_owned(),
        how,
        queues: queues.iter().map(|queue| QueueName::from(*queue)).collect(),
    };
    tale.then("11-02 10:00", Role::Head, data)
}

/// Anna has solved it, an hour too late.
fn late() -> Tale {
    Tale::of(1, "it", "05 09:00")
        .assigned("05 09:00", "anna")
        .judged(ClockKind::Resolution, ("05 18:00", None), Some("anna"))
        .resolves("05 19:00", "anna")
        .kept_late(ClockKind::Resolution, "05 18:00", "05 19:00")
}

#[test]
fn how_a_request_counts_is_corrected_and_the_correction_taken_back() {
    let as_it_was = [
        "it/anna solved 1",
        "it/anna sla_resolution_pct 0/1",
        "it/anna late_minutes_sum 60",
    ];
    check("2026-10", &[late()], &as_it_was);
    check(
        "2026-10",
        &[corrected(late(), Correction::Exclude)],
        &["it/* received 1", "it/* in_scope 0", "it/* solved 0"],
    );
    check(
        "2026-10",
        &[corrected(late(), Correction::Excuse)],
        &[
            "it/anna solved 1",
            "it/anna sla_resolution_pct 0/0",
            "it/anna late_minutes_sum 0",
        ],
    );
    let boris = Correction::Attribute {
        agent: AgentName::from("boris"),
    };
    check(
        "2026-10",
        &[corrected(late(), boris)],
        &[
            "it/anna solved 0",
            "it/boris solved 1",
            "it/boris sla_resolution_pct 0/1",
            "it/boris late_minutes_sum 60",
        ],
    );
    let class = Correction::Class {
        class: RequestClass::Consultation,
    };
    check(
        "2026-10",
        &[corrected(late(), class)],
        &[
            "it/anna solved_consultation 1",
            "it/anna sla_resolution_consultation_pct 0/1",
        ],
    );
    let restored = corrected(corrected(late(), Correction::Exclude), Correction::Restore);
    check("2026-10", &[restored], &as_it_was);
}

/// What Anna was late with is solved by Vera of the accountants: whoever decides for one of the queues corrects what counts
/// there, and the other's verdicts stay.
#[test]
fn a_head_corrects_what_counts_in_their_own_queues_alone() {
    let tale = || {
        Tale::of(1, "it", "05 09:00")
            .assigned("05 09:00", "anna")
            .judged(ClockKind::Resolution, ("05 18:00", None), Some("anna"))
            .transferred("06 09:00", "buh")
            .resolves("06 10:00", "vera")
            .asked_for_rating("06 10:00")
            .rated("06 11:00", 5)
    };
    let (in_it, in_buh) = (
        ["it/anna sla_resolution_pct 0/1", "it/* in_scope 1"],
        "buh/vera solved 1",
    );
    check("2026-10", &[tale()], &[in_it[0], in_it[1], in_buh]);
    let excluded = corrected_in(tale(), Correction::Exclude, &["buh"]);
    check(
        "2026-10",
        &[excluded],
        &[in_it[0], in_it[1], "buh/* solved 0", "buh/* csat_mean 0/0"],
    );
    // It came to the other one: there it has come, and does not count.
    let excluded = corrected_in(tale(), Correction::Exclude, &["it"]);
    check(
        "2026-10",
        &[excluded],
        &[
            "it/* received 1",
            "it/* in_scope 0",
            "it/* sla_resolution_pct 0/0",
            in_buh,
        ],
    );
    let excused = corrected_in(tale(), Correction::Excuse, &["buh"]);
    check("2026-10", &[excused], &[in_it[0]]);
    let boris = Correction::Attribute {
        agent: AgentName::from("boris"),
    };
    let given = corrected_in(tale(), boris.clone(), &["it"]);
    check(
        "2026-10",
        &[given],
        &["it/boris sla_resolution_pct 0/1", in_buh],
    );
    // One takes back their own corrections, and no one else's.
    let both = corrected_in(tale(), Correction::Excuse, &["it"]);
    let both = corrected_in(both, Correction::Exclude, &["buh"]);
    let restored = corrected_in(both, Correction::Restore, &["buh"]);
    check(
        "2026-10",
        &[restored],
        &["it/anna sla_resolution_pct 0/0", in_buh],
    );
    // In all of its queues it does not count at all.
    let nowhere = corrected_in(tale(), Correction::Exclude, &["it", "buh"]);
    check(
        "2026-10",
        &[nowhere],
        &["it/* in_scope 0", "buh/* solved 0"],
    );
}

#[test]
fn what_happens_after_a_correction_is_not_meant_by_it() {
    // Boris's head says it was Anna's; then it comes back, and Boris solves it in December.
    let tale = || {
        let solved = Tale::of(1, "it", "25 09:00").resolves("28 10:00", "boris");
        let anna = Correction::Attribute {
            agent: AgentName::from("anna"),
        };
        corrected(solved, anna)
            .reopened("11-03 10:00")
            .resolves("11-04 10:00", "boris")
    };
    check(
        "2026-10",
        &[tale()],
        &["it/anna solve_events 1", "it/boris solve_events 0"],
    );
    check(
        "2026-11",
        &[tale()],
        &[
            "it/boris solved 1",
            "it/anna solved 0",
            "it/anna reopened 1",
        ],
    );
}
