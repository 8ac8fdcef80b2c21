//! The columns of the file `kpi` that are figures.

pub(super) use super::figures_more::MORE;
use crate::model::scoring::KNOWN;

/// What of a figure stands in a column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// The count, or the good ones.
    Above,
    /// Of how many.
    Below,
    /// The share per hundred.
    Percent,
    /// The mean in whole minutes.
    Minutes,
    /// The mean, with two places.
    Mean,
}

/// The figures' columns: names in both languages, whose part it is.
pub(super) const FIGURES: [(&str, &str, &str, Part); 42] = [
    ("получено", "received", "received", Part::Above),
    ("решено", "solved", "solved", Part::Above),
    (
        "решено_экстренных",
        "solved_emergency",
        "solved_emergency",
        Part::Above,
    ),
    (
        "решено_стандартных",
        "solved_standard",
        "solved_standard",
        Part::Above,
    ),
    (
        "решено_консультаций",
        "solved_consultation",
        "solved_consultation",
        Part::Above,
    ),
    (
        "реакция_оценено",
        "response_judged",
        "sla_first_response_pct",
        Part::Below,
    ),
    (
        "реакция_в_срок",
        "response_met",
        "sla_first_response_pct",
        Part::Above,
    ),
    (
        "реакция_в_срок_проц",
        "response_met_pct",
        "sla_first_response_pct",
        Part::Percent,
    ),
    (
        "реакция_среднее_мин",
        "response_mean_min",
        "frt_mean",
        Part::Minutes,
    ),
    (
        "реакция_медиана_мин",
        "response_median_min",
        "frt_median",
        Part::Minutes,
    ),
    (
        "экстр_оценено",
        "emergency_judged",
        "sla_resolution_emergency_pct",
        Part::Below,
    ),
    (
        "экстр_в_срок",
        "emergency_met",
        "sla_resolution_emergency_pct",
        Part::Above,
    ),
    (
        "экстр_в_срок_проц",
        "emergency_met_pct",
        "sla_resolution_emergency_pct",
        Part::Percent,
    ),
    (
        "станд_оценено",
        "standard_judged",
        "sla_resolution_standard_pct",
        Part::Below,
    ),
    (
        "станд_в_срок",
        "standard_met",
        "sla_resolution_standard_pct",
        Part::Above,
    ),
    (
        "станд_в_срок_проц",
        "standard_met_pct",
        "sla_resolution_standard_pct",
        Part::Percent,
    ),
    (
        "конс_оценено",
        "consultation_judged",
        "sla_resolution_consultation_pct",
        Part::Below,
    ),
    (
        "конс_в_срок",
        "consultation_met",
        "sla_resolution_consultation_pct",
        Part::Above,
    ),
    (
        "конс_в_срок_проц",
        "consultation_met_pct",
        "sla_resolution_consultation_pct",
        Part::Percent,
    ),
    (
        "решение_среднее_мин",
        "resolution_mean_min",
        "ttr_mean",
        Part::Minutes,
    ),
    (
        "решение_медиана_мин",
        "resolution_median_min",
        "ttr_median",
        Part::Minutes,
    ),
    (
        "без_эскалации",
        "no_escalation",
        "no_escalation_pct",
        Part::Above,
    ),
    (
        "без_эскалации_проц",
        "no_escalation_pct",
        "no_escalation_pct",
        Part::Percent,
    ),
    ("возобновлено", "reopened", "reopened", Part::Above),
    ("повторных", "repeats", "repeat_pct", Part::Above),
    ("повторных_проц", "repeats_pct", "repeat_pct", Part::Percent),
    ("оценок", "rated", "csat_mean", Part::Below),
    (
        "запрошено_оценок",
        "ratings_asked",
        "csat_response_pct",
        Part::Below,
    ),
    ("оценка_средняя", "rating_mean", "csat_mean", Part::Mean),
    (
        "задокументировано",
        "documented",
        "documented_pct",
        Part::Above,
    ),
    (
        "задокументировано_проц",
        "documented_pct",
        "documented_pct",
        Part::Percent,
    ),
    (
        "переносов_срока",
        "deadline_moves",
        "deadline_moves",
        Part::Above,
    ),
    ("просрочка_мин", "late_min", "late_minutes_sum", Part::Above),
    (
        "открыто_на_конец",
        "open_at_end",
        "open_at_end",
        Part::Above,
    ),
    (
        "просрочено_на_конец",
        "overdue_at_end",
        "overdue_at_end",
        Part::Above,
    ),
    (
        "корректировка_решено",
        "adjustment_solved",
        "adjustment_solved",
        Part::Above,
    ),
    (
        "корректировка_в_срок",
        "adjustment_met",
        "adjustment_met",
        Part::Above,
    ),
    (
        "решено_срочных",
        "solved_urgent",
        "solved_urgent",
        Part::Above,
    ),
    (
        "решено_пожеланий",
        "solved_wish",
        "solved_wish",
        Part::Above,
    ),
    (
        "срочн_оценено",
        "urgent_judged",
        "sla_resolution_urgent_pct",
        Part::Below,
    ),
    (
        "срочн_в_срок",
        "urgent_met",
        "sla_resolution_urgent_pct",
        Part::Above,
    ),
    (
        "срочн_в_срок_проц",
        "urgent_met_pct",
        "sla_resolution_urgent_pct",
        Part::Percent,
    ),
];

/// Whether `detail` explains a figure: whatever stands in `kpi`, and whatever can be scored.
#[must_use]
pub fn is_explained(code: &str) -> bool {
    let columns = FIGURES.iter().chain(&MORE);
    let mut codes = columns.map(|(_, _, code, _)| *code);
    codes.any(|own| own == code) || KNOWN.iter().any(|known| known.figure == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::desk::kpi::{Balance, Tally, whole};

    #[test]
    fn every_column_is_of_a_figure_that_is_counted() {
        let mut known: BTreeSet<&str> = whole(&Tally::default(), &Balance::default())
            .iter()
            .map(|figure| figure.code)
            .collect();
        // These come from what a closed period has changed by.
        known.extend(["adjustment_solved", "adjustment_met"]);
        let columns = FIGURES.iter().chain(&MORE);
        let unknown: Vec<&str> = columns
            .filter(|(_, _, code, _)| !known.contains(code))
            .map(|(name, ..)| *name)
            .collect();
        assert_eq!(unknown, [""; 0]);
    }

    #[test]
    fn no_two_columns_have_one_name() {
        let names = |name: fn(&(&'static str, &'static str, &str, Part)) -> &'static str| {
            let all = FIGURES.iter().chain(&MORE);
            all.map(name).collect::<BTreeSet<_>>().len()
        };
        assert_eq!((names(|one| one.0), names(|one| one.1)), (69, 69));
    }
}
