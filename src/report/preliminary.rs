//! Figures of solutions are preliminary as long as these can come back: they are shown with a mark.

use crate::{
    desk::kpi::is_of_solutions,
    model::{figures, language::Language},
};

/// The name of a figure, with a mark while it is preliminary.
#[must_use]
pub fn told(code: &'static str, language: Language, is_final: bool) -> String {
    let name = figures::of(code, language);
    let mark = match language {
        Language::Ru => "предварит.",
        Language::En => "preliminary",
    };
    match !is_final && is_of_solutions(code) {
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
        assert!(told("ttr_standard_mean", false).ends_with("(предварит.)"));
        assert!(told("moved_pct", false).ends_with("(предварит.)"));
        // Neither an answer that was given nor a judged promise comes back.
        assert!(!told("frt_mean", false).contains("предварит."));
        assert!(!told("sla_resolution_pct", false).contains("предварит."));
    }
}
