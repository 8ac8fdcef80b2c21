//! The indicators that okno counts itself.

use super::{Better, Measure};

/// An indicator that can be scored: its code, the figure it is made of, its measure, which way is better.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its code.
    pub code: &'static str,
    /// The figure.
    pub figure: &'static str,
    /// What it is measured in.
    pub measure: Measure,
    /// Which way is better.
    pub better: Better,
}

const fn known(
    code: &'static str,
    figure: &'static str,
    (measure, better): (Measure, Better),
) -> Known {
    Known {
        code,
        figure,
        measure,
        better,
    }
}

/// Every indicator. Codes are for ever: payroll programs know them.
pub const KNOWN: [Known; 24] = {
    use Better::{Less, More};
    use Measure::{Count, Minutes, Percent, Score};
    [
        known("SLA_EXTR", "sla_resolution_emergency_pct", (Percent, More)),
        known("SLA_STD", "sla_resolution_standard_pct", (Percent, More)),
        known(
            "SLA_CONS",
            "sla_resolution_consultation_pct",
            (Percent, More),
        ),
        known("FRT", "frt_mean", (Minutes, Less)),
        known("TTR", "ttr_mean", (Minutes, Less)),
        known("NOESC", "no_escalation_pct", (Percent, More)),
        known("DIAG", "diagnosis_pct", (Percent, More)),
        known("DOC", "documented_pct", (Percent, More)),
        known("CSAT", "csat_mean", (Score, More)),
        known("REPEAT", "repeat_pct", (Percent, Less)),
        known("VOLUME", "solved", (Count, More)),
        known("SLA_ALL", "sla_resolution_pct", (Percent, More)),
        known("SLA_FRT", "sla_first_response_pct", (Percent, More)),
        known("SLA_RUN", "response_run_sla", (Percent, More)),
        known("REOPENED", "reopen_pct", (Percent, Less)),
        known("SLA_URG", "sla_resolution_urgent_pct", (Percent, More)),
        known("FRT_EXTR", "frt_emergency_mean", (Minutes, Less)),
        known("FRT_URG", "frt_urgent_mean", (Minutes, Less)),
        known("FRT_STD", "frt_standard_mean", (Minutes, Less)),
        known("FRT_CONS", "frt_consultation_mean", (Minutes, Less)),
        known("TTR_EXTR", "ttr_emergency_mean", (Minutes, Less)),
        known("TTR_URG", "ttr_urgent_mean", (Minutes, Less)),
        known("TTR_STD", "ttr_standard_mean", (Minutes, Less)),
        known("TTR_CONS", "ttr_consultation_mean", (Minutes, Less)),
    ]
};
