//! Indicators without data: what they weigh is spread over the others, and that is said wherever somebody approves or pays.

use super::super::rows::Member;
use crate::{
    model::{
        decimal::Decimal,
        language::Language,
        outgoing::{PayrollLacking, PayrollSpread},
        outside::OUTSIDE,
        scoring::{Indicator, Scoring},
    },
    report::files::scores_by,
};

/// What there is no data of.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::house::payroll) struct Lacking {
    /// Indicators that nobody has data of.
    pub(in crate::house::payroll) of_all: Vec<PayrollLacking>,
    /// Whose other indicators weigh more than the paper says, for want of data of their own.
    pub(in crate::house::payroll) spread: Vec<PayrollSpread>,
    /// The codes of the indicators that each employee lacks and others have, in the order of the employees.
    pub(in crate::house::payroll) of_each: Vec<Vec<String>>,
}

/// What there is no data of for these employees.
pub(in crate::house::payroll) fn lacking(
    members: &[Member],
    (scoring, rules): (&Scoring, u32),
    language: Language,
) -> Lacking {
    let scored: Vec<Vec<bool>> = members
        .iter()
        .map(|one| {
            let scored = scores_by(rules, &one.facts, scoring).into_iter();
            scored.map(|one| one.score.is_some()).collect()
        })
        .collect();
    let has_data = |place: usize| {
        let mut own = scored.iter();
        own.any(|own| own.get(place).copied().unwrap_or(false))
    };
    let indicators = scoring.indicators.iter().enumerate();
    let none: Vec<usize> = indicators
        .clone()
        .filter(|(place, _)| !members.is_empty() && !has_data(*place))
        .map(|(place, _)| place)
        .collect();
    let of_all = indicators
        .clone()
        .filter(|(place, _)| none.contains(place))
        .map(|(_, indicator)| PayrollLacking {
            code: indicator.code.clone(),
            name: indicator.name(language).to_owned(),
            weight: percent(indicator, language),
            is_outside: indicator.figure.starts_with(OUTSIDE),
        });
    let of_each = scored.iter().map(|own| {
        let lacks = |place: &usize| !own.get(*place).copied().unwrap_or(false);
        let lacks = indicators
            .clone()
            .filter(|(place, _)| lacks(place) && !none.contains(place));
        lacks.map(|(_, indicator)| indicator.code.clone()).collect()
    });
    let of_each = of_each.collect();
    let spread = members.iter().zip(&scored).filter_map(|(one, own)| {
        let lacks = |place: &usize| !own.get(*place).copied().unwrap_or(false);
        let lacks = indicators
            .clone()
            .filter(|(place, _)| lacks(place) && !none.contains(place));
        let indicators: Vec<String> = lacks
            .map(|(_, indicator)| indicator.name(language).to_owned())
            .collect();
        // Whoever has no data at all has no coefficient either.
        let is_any = own.contains(&true);
        (!indicators.is_empty()).then(|| PayrollSpread {
            whose: one.employee.name.clone(),
            indicators: if is_any { indicators } else { Vec::new() },
        })
    });
    Lacking {
        of_all: of_all.collect(),
        spread: spread.collect(),
        of_each,
    }
}

/// A weight per hundred, as people write it: `20`, `12,5`.
fn percent(indicator: &Indicator, language: Language) -> String {
    let weight = indicator.weight.times(Decimal::whole(100));
    let written = weight.unwrap_or(indicator.weight).in_words_of(language);
    let has_part = written.contains(['.', ',']);
    match has_part {
        true => written
            .trim_end_matches('0')
            .trim_end_matches(['.', ','])
            .to_owned(),
        false => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config,
        model::{
            ids::{AgentName, QueueName},
            payroll::ROWS,
        },
        report::files::{Employee, Fact, Facts},
    };

    fn member(name: &str, facts: &[(&'static str, Fact)]) -> Member {
        Member {
            working_days: None,
            parts: vec![(QueueName::from("it"), AgentName::from(name))],
            employee: Employee {
                number: name.to_owned(),
                name: name.to_owned(),
                department: String::new(),
                position: String::new(),
            },
            facts: facts
                .iter()
                .map(|(code, fact)| ((*code).into(), *fact))
                .collect::<Facts>(),
        }
    }

    #[test]
    fn what_nobody_has_data_of_is_told_once_and_the_rest_by_employee() {
        let source = include_str!("../../../../kpi.example.toml");
        let scoring = config::scoring(source, "kpi.example.toml").unwrap();
        let standard = ("sla_resolution_standard_pct", Fact::of(9, 10));
        let anna = member("Анна", &[standard, ("frt_mean", Fact::of(100, 1))]);
        let boris = member("Борис", &[standard]);
        let vera = member("Вера", &[]);
        let found = lacking(&[anna, boris, vera], (&scoring, ROWS), Language::Ru);
        let of_all: Vec<(&str, &str)> = found
            .of_all
            .iter()
            .map(|one| (one.code.as_str(), one.weight.as_str()))
            .collect();
        assert_eq!(of_all, [("SLA_EXTR", "30"), ("CSAT", "10")]);
        let spread: Vec<(&str, usize)> = found
            .spread
            .iter()
            .map(|one| (one.whose.as_str(), one.indicators.len()))
            .collect();
        assert_eq!(spread, [("Борис", 1), ("Вера", 0)]);
        assert_eq!(
            lacking(&[], (&scoring, ROWS), Language::Ru),
            Lacking::default()
        );
    }
}
