//! What heads correct.

use super::*;
use crate::model::{ids::PayrollName, payroll::Correction};

fn corrected(tale: Tale, how: Correction) -> Tale {
    let data = EventData::FiguresCorrected {
        list: PayrollName::from("it"),
        period: "2026-10".to_owned(),
        how,
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
