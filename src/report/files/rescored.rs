//! A closed period scored again, by the settings that it was paid by: what its indicators and the coefficient come to by now,
//! less what they came to when they were told last.

use std::collections::BTreeSet;

use super::{
    Carried, Employee, Facts,
    carried::changed,
    score::{Scored, coefficient, scores},
};
use crate::model::{
    decimal::Decimal,
    scoring::{Indicator, Scoring},
};

/// What a period carries of closed ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adjusted {
    /// What each ticket has changed.
    pub tickets: Vec<Carried>,
    /// What that makes of the scores.
    pub scores: Vec<Rescored>,
}

impl Adjusted {
    /// Those who would have rows of closed periods in the file `pay`, and have no number.
    #[must_use]
    pub fn unpayable(&self) -> BTreeSet<&Employee> {
        let tickets = changed(&self.tickets).into_iter().map(|(who, ..)| who);
        let scores = self.scores.iter().filter(|one| !one.paid().is_empty());
        let all = tickets.chain(scores.map(|one| &one.employee));
        // Without a name, too, it is nobody's.
        all.filter(|who| who.number.is_empty() && !who.name.is_empty())
            .collect()
    }
}

/// A closed period of an employee scored again; something of it is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescored {
    /// The closed period: `2026-10`.
    pub period: String,
    /// Whose.
    pub employee: Employee,
    /// The version of the settings that it was paid by.
    pub basis: String,
    /// The indicators of which anything is another, in the order of the settings.
    pub indicators: Vec<Another>,
    /// By how much the coefficient is more; nought: it is the same.
    pub coefficient: Decimal,
}

/// An indicator that comes to something else. What there is no data of counts as nought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Another {
    /// Which.
    pub indicator: Indicator,
    /// By how much what was paid by is more.
    pub fact: Decimal,
    /// By how much its numerator.
    pub numerator: i64,
    /// By how much what it is of; `None`: it is a count.
    pub denominator: Option<i64>,
    /// By how much its contribution to the coefficient: also where others have data now, and the weights are shared otherwise.
    pub contribution: Decimal,
}

/// Scores a closed period of an employee again: by the facts as they were told last, and as they are now. `None`: nothing that
/// is paid by has changed.
#[must_use]
pub fn rescored(
    period: &str,
    employee: Employee,
    (before, now): (&Facts, &Facts),
    scoring: &Scoring,
) -> Option<Rescored> {
    let (before, now) = (scores(before, scoring), scores(now, scoring));
    let pairs = before.iter().zip(&now).zip(&scoring.indicators);
    let indicators = pairs.filter_map(|((before, now), indicator)| another(before, now, indicator));
    let indicators: Vec<Another> = indicators.collect();
    let coefficient = less(coefficient(&now), coefficient(&before))?;
    let is_other = !indicators.is_empty() || !is_nought(coefficient);
    is_other.then(|| Rescored {
        period: period.to_owned(),
        employee,
        basis: scoring.version.clone(),
        indicators,
        coefficient,
    })
}

fn another(before: &Scored, now: &Scored, indicator: &Indicator) -> Option<Another> {
    // What is too little to score is too little to pay by, here as in the month itself.
    let paid = |one: &Scored| one.fact.filter(|_| one.score.is_some());
    let more = |now: Option<i64>, before: Option<i64>| {
        now.unwrap_or(0).saturating_sub(before.unwrap_or(0))
    };
    let known = now.denominator.or(before.denominator);
    let found = Another {
        indicator: indicator.clone(),
        fact: less(paid(now), paid(before))?,
        numerator: more(now.numerator, before.numerator),
        denominator: known.map(|_| more(now.denominator, before.denominator)),
        contribution: less(now.contribution, before.contribution)?,
    };
    let is_same = is_nought(found.fact) && is_nought(found.contribution);
    (!is_same).then_some(found)
}

/// The difference; what is not there is nought.
fn less(now: Option<Decimal>, before: Option<Decimal>) -> Option<Decimal> {
    let nought = Decimal::whole(0);
    let before = before.unwrap_or(nought).times(Decimal::whole(-1))?;
    now.unwrap_or(nought).plus(before)
}

fn is_nought(number: Decimal) -> bool {
    number.is_equal(Decimal::whole(0))
}

impl Rescored {
    /// The rows of the file `pay`: an indicator, and by how much it is more. An indicator whose value is the same has none.
    #[must_use]
    pub fn paid(&self) -> Vec<(String, Decimal)> {
        let own = self.indicators.iter();
        let own = own.map(|one| (one.indicator.code.as_str(), one.fact));
        let all = own.chain([(super::COEFFICIENT, self.coefficient)]);
        all.filter(|(_, by)| !is_nought(*by))
            .map(|(code, by)| (adjusted(code), by))
            .collect()
    }
}

/// The indicator under which the change of another stands.
pub(super) fn adjusted(code: &str) -> String {
    format!("KORR_{code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::scoring::{Better, Measure, SCORE_RULES, Step},
        report::files::Fact,
    };

    fn indicator(code: &str, figure: &str, weight: &str) -> Indicator {
        let step = |from, points| Step {
            from: Decimal::whole(from),
            points: Decimal::new(points, 1),
        };
        Indicator {
            code: code.to_owned(),
            figure: figure.to_owned(),
            names: None,
            measure: Measure::Percent,
            better: Better::More,
            plan: Decimal::whole(95),
            weight: Decimal::parse(weight).unwrap(),
            enough: 1,
            steps: vec![step(100, 10), step(90, 8)],
        }
    }

    fn told(before: &[(&'static str, Fact)], now: &[(&'static str, Fact)]) -> Vec<String> {
        let scoring = Scoring {
            version: "1".to_owned(),
            rules: SCORE_RULES,
            indicators: vec![
                indicator("SLA_STD", "f", "0.6"),
                indicator("DOC", "g", "0.4"),
            ],
        };
        let anna = Employee {
            number: "000123".to_owned(),
            name: "Анна Петрова".to_owned(),
            department: String::new(),
            position: String::new(),
        };
        let facts = |all: &[(&'static str, Fact)]| -> Facts {
            all.iter()
                .map(|(code, fact)| ((*code).into(), *fact))
                .collect()
        };
        let found = rescored("2026-10", anna, (&facts(before), &facts(now)), &scoring);
        let rows = found.iter().flat_map(Rescored::paid);
        rows.map(|(code, by)| format!("{code} {by}")).collect()
    }

    #[test]
    fn a_closed_month_that_scores_otherwise_has_a_row_an_indicator_and_the_coefficient() {
        let before = [("f", Fact::of(19, 20)), ("g", Fact::of(20, 20))];
        // One that was late is excused: the share is another, the step is not.
        let excused = [("f", Fact::of(19, 19)), ("g", Fact::of(20, 20))];
        assert_eq!(told(&before, &excused), ["KORR_SLA_STD 5.00"]);
        // One more was late: the step is another, too.
        let late = [("f", Fact::of(18, 20)), ("g", Fact::of(20, 20))];
        assert_eq!(
            told(&before, &late),
            ["KORR_SLA_STD -5.00", "KORR_KOEFF -0.12"]
        );
        assert_eq!(told(&before, &before), [""; 0]);
    }

    #[test]
    fn what_there_is_no_data_of_any_more_is_taken_off_and_the_weights_are_shared_anew() {
        let before = [("f", Fact::of(18, 20)), ("g", Fact::of(20, 20))];
        let none = [("f", Fact::of(0, 0)), ("g", Fact::of(20, 20))];
        assert_eq!(
            told(&before, &none),
            ["KORR_SLA_STD -90.00", "KORR_KOEFF 0.1200"]
        );
        assert_eq!(
            told(&none, &before),
            ["KORR_SLA_STD 90.00", "KORR_KOEFF -0.1200"]
        );
    }
}
