//! A closed period scored again, by the settings that it was paid by: what its indicators and the coefficient come to by now,
//! less what they came to when they were told last.

use std::collections::BTreeSet;

use super::{
    Carried, Employee, Facts,
    carried::changed,
    score::{Scored, coefficient, scores_by},
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
    /// The queues and agents of those who would have rows of closed periods in the file `pay`, and have no number.
    #[must_use]
    pub fn unpayable(&self) -> BTreeSet<&str> {
        // Without a name, too, it is nobody's.
        let is_unpayable = |who: &Employee| who.number.is_empty() && !who.name.is_empty();
        let changed = changed(&self.tickets);
        let has_row = |one: &&Carried| changed.iter().any(|(who, ..)| **who == one.employee);
        let tickets = self.tickets.iter().filter(has_row);
        let tickets = tickets.filter(|one| is_unpayable(&one.employee));
        let scores = self.scores.iter().filter(|one| !one.paid().is_empty());
        let scores = scores.filter(|one| is_unpayable(&one.employee));
        let whose = tickets.map(|one| one.whose.as_str());
        whose.chain(scores.map(|one| one.whose.as_str())).collect()
    }
}

/// A closed period of an employee, as it was paid, and as it is now.
#[derive(Debug, Clone, Copy)]
pub struct Again<'a> {
    /// Which period: `2026-10`.
    pub period: &'a str,
    /// The queues and agents, as `help/anna+it/anna`.
    pub whose: &'a str,
    /// The facts as they were told last.
    pub before: &'a Facts,
    /// The facts as they are now.
    pub now: &'a Facts,
    /// The settings that it was paid by.
    pub scoring: &'a Scoring,
    /// The rules that it was paid by, see [`ROWS`](crate::model::payroll::ROWS).
    pub rules: u32,
}

/// A closed period of an employee scored again; something of it is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescored {
    /// The closed period: `2026-10`.
    pub period: String,
    /// The queues and agents whose rows it is about, as `help/anna+it/anna`.
    pub whose: String,
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
pub fn rescored(employee: Employee, again: Again<'_>) -> Option<Rescored> {
    let scored = |facts: &Facts| scores_by(again.rules, facts, again.scoring);
    let (before, now) = (scored(again.before), scored(again.now));
    let pairs = before.iter().zip(&now).zip(&again.scoring.indicators);
    let indicators = pairs.filter_map(|(pair, indicator)| another(pair, indicator, again.rules));
    let indicators: Vec<Another> = indicators.collect();
    let coefficient = less(coefficient(&now), coefficient(&before))?;
    let is_other = !indicators.is_empty() || !is_nought(coefficient);
    is_other.then(|| Rescored {
        period: again.period.to_owned(),
        whose: again.whose.to_owned(),
        employee,
        basis: again.scoring.version.clone(),
        indicators,
        coefficient,
    })
}

fn another(
    (before, now): (&Scored, &Scored),
    indicator: &Indicator,
    rules: u32,
) -> Option<Another> {
    // What is too little to score is too little to pay by, here as in the month itself.
    let paid = |one: &Scored| one.paid(rules);
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
        model::{
            payroll::ROWS,
            scoring::{Better, Measure, SCORE_RULES, Step},
        },
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
        let again = Again {
            period: "2026-10",
            whose: "it/anna",
            before: &facts(before),
            now: &facts(now),
            scoring: &scoring,
            rules: ROWS,
        };
        let found = rescored(anna, again);
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
