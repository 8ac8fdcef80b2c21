//! Figures of solutions are preliminary as long as these can come back: they are shown with a mark.

use super::names;
use crate::model::language::Language;

/// Those that what comes back changes.
const OF_SOLUTIONS: [&str; 8] = [
    "solved",
    "reopen_pct",
    "fcr_pct",
    "no_escalation_pct",
    "documented_pct",
    "diagnosis_pct",
    "ttr_mean",
    "ttr_median",
];

/// The name of a figure, with a mark while it is preliminary.
#[must_use]
pub fn told(code: &'static str, language: Language, is_final: bool) -> String {
    let name = names::of(code, language);
    let mark = match language {
        Language::Ru => "предварит.",
        Language::En => "preliminary",
    };
    match !is_final && OF_SOLUTIONS.contains(&code) {
        true => format!("{name} ({mark})"),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_still_come_back_is_marked() {
        let told = |code, is_final| told(code, Language::Ru, is_final);
        assert_eq!(told("solved", false), "решено (предварит.)");
        assert_eq!(told("solved", true), "решено");
        assert_eq!(told("received", false), "получено");
    }
}
