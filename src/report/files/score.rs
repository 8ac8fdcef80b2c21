//! What each indicator scores by the steps and weights of the signed settings.

use super::{Fact, Facts};
use crate::desk::kpi::SIXTIETHS;
use crate::model::{
    decimal::Decimal,
    payroll::ROWS,
    scoring::{Better, EXACT_RULES, Indicator, Measure, SECONDS_RULES, Scoring},
};

/// An indicator of an employee, scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Which.
    pub code: String,
    /// What was reached; `None`: there is no data.
    pub fact: Option<Decimal>,
    /// What it is made of.
    pub numerator: Option<i64>,
    /// Of how many.
    pub denominator: Option<i64>,
    /// What it scores; `None`: there is no data, or too little to pay by.
    pub score: Option<Score>,
    /// Its share of the weights of those of which there is data.
    pub weight: Option<Decimal>,
    /// The score by the weight; where there is no data of others, by its share of the weights of those with data, rounded as
    /// files write it.
    pub contribution: Option<Decimal>,
    /// What the coefficient is summed of: a part of a whole, neither of them rounded.
    pub part: Option<(Decimal, Decimal)>,
}

impl Scored {
    /// What stands in the accountants' file: what is too little to score is too little to pay by. By the second rules a count
    /// is told where nothing scores, too: it is known to be nought.
    #[must_use]
    pub fn paid(&self, rules: u32) -> Option<Decimal> {
        let is_count = self.numerator.is_some() && self.denominator.is_none();
        self.fact
            .filter(|_| self.score.is_some() || rules > 1 && is_count)
    }
}

/// What a fact scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// The fact against the plan, per hundred.
    pub completion: Decimal,
    /// From which completion on that score is given; `None`: below all steps.
    pub step: Option<Decimal>,
    /// The score.
    pub points: Decimal,
}

/// Scores the facts of an employee by every indicator of the settings, in their order.
#[must_use]
pub fn scores(facts: &Facts, scoring: &Scoring) -> Vec<Scored> {
    scores_by(ROWS, facts, scoring)
}

/// The same by the rules of a certain version ([`ROWS`]): whoever was on leave all month has solved nothing, and by the first
/// rules that nought alone made the coefficient.
#[must_use]
pub fn scores_by(rules: u32, facts: &Facts, scoring: &Scoring) -> Vec<Scored> {
    let indicators = scoring.indicators.iter();
    let mut all: Vec<Scored> = indicators
        .map(|indicator| scored(facts, indicator, scoring.rules))
        .collect();
    if rules > 1 && !all.iter().any(is_measured) {
        for one in &mut all {
            (one.score, one.contribution) = (None, None);
        }
        return all;
    }
    // What there is no data of weighs nothing, and the rest makes the whole: nobody is fined for what could not be measured.
    let known = all.iter().zip(&scoring.indicators);
    let known = known.filter(|(one, _)| one.score.is_some());
    let known = known.map(|(_, indicator)| indicator.weight);
    let Some(whole) = known.reduce(|one, two| one.plus(two).unwrap_or(one)) else {
        return all;
    };
    let share = |part: Decimal| match whole.is_equal(Decimal::whole(1)) {
        true => Some(part),
        false => part.divided(whole, SHARE_PLACES),
    };
    for (one, indicator) in all.iter_mut().zip(&scoring.indicators) {
        one.weight = one.score.and_then(|_| share(indicator.weight));
        let exact = one.contribution;
        one.contribution = exact.and_then(share);
        one.part = match scoring.rules {
            // Rounded parts were summed.
            ..EXACT_RULES => one.contribution.map(|part| (part, Decimal::whole(1))),
            _ => exact.map(|part| (part, whole)),
        };
    }
    all
}

/// Whether there was anything to measure: a share of enough to be scored, or a count of more than nothing. A late rating of last
/// month's request says nothing about who was on leave since.
const fn is_measured(one: &Scored) -> bool {
    match (one.numerator, one.denominator) {
        (_, Some(_)) => one.score.is_some(),
        (Some(many), None) => many != 0,
        (None, None) => false,
    }
}

/// With so many places weights and contributions are written where some indicators have no data.
const SHARE_PLACES: u8 = 4;

fn scored(facts: &Facts, indicator: &Indicator, rules: u32) -> Scored {
    let counted = facts.get(indicator.figure.as_str()).copied();
    // Of times that were counted the denominator is sixty for each of them.
    let is_of_secs = indicator.measure == Measure::Minutes && !indicator.is_outside();
    let each = match is_of_secs && rules >= SECONDS_RULES {
        true => SIXTIETHS,
        false => 1,
    };
    let enough = |below: i64| below >= indicator.enough.saturating_mul(each);
    // Too few are shown, and nobody is paid by them.
    let is_enough = counted.is_some_and(|fact| fact.denominator.is_none_or(enough));
    let (factor, places) = match indicator.measure {
        Measure::Percent => (100, 2),
        Measure::Minutes | Measure::Count => (1, 0),
        Measure::Score => (1, 2),
    };
    // The step is found by the exact fraction: nothing is rounded before it is compared.
    let score = counted
        .filter(|_| is_enough)
        .and_then(|fact| score(fact, factor, indicator, rules));
    Scored {
        code: indicator.code.clone(),
        fact: counted.and_then(|fact| fact.rounded(factor, places)),
        numerator: counted.map(|fact| fact.numerator),
        denominator: counted.and_then(|fact| fact.denominator),
        weight: None,
        contribution: score.and_then(|score| score.points.times(indicator.weight)),
        part: None,
        score,
    }
}

/// What a fact scores: the highest step that its completion of the plan reaches. `factor`: 100 for shares; `rules`: see
/// [`Scoring::rules`].
#[must_use]
pub fn score(fact: Fact, factor: i64, indicator: &Indicator, rules: u32) -> Option<Score> {
    let (above, below) = completion(fact, factor, indicator, rules)?;
    // Steps are given from the highest downwards.
    let step = indicator.steps.iter().find(|step| {
        let (digits, ten) = step.from.fraction();
        above.saturating_mul(ten) >= digits.saturating_mul(below)
    });
    Some(Score {
        completion: Decimal::floor(above, below, 2)?,
        step: step.map(|step| step.from),
        points: step.map_or_else(|| Decimal::whole(0), |step| step.points),
    })
}

/// The fact against the plan, per hundred, as an exact fraction: the more the better, or the less. Nothing, where little
/// is good, is all of it, and as much as the highest step asks: nothing better can be reached.
fn completion(fact: Fact, factor: i64, indicator: &Indicator, rules: u32) -> Option<(i128, i128)> {
    let of = fact.denominator.unwrap_or(1);
    let reached = i128::from(fact.numerator).checked_mul(i128::from(factor))?;
    let (digits, ten) = indicator.plan.fraction();
    let reached = reached.checked_mul(ten)?;
    let planned = i128::from(of).checked_mul(digits)?;
    let (part, whole) = match indicator.better {
        Better::More => (reached, planned),
        Better::Less if of > 0 && reached <= 0 => {
            let highest = indicator.steps.first().map(|step| step.from.fraction());
            let highest = highest.filter(|_| rules >= EXACT_RULES);
            let is_more = |(digits, ten): &(i128, i128)| *digits > ten.saturating_mul(100);
            return Some(highest.filter(is_more).unwrap_or((100, 1)));
        }
        Better::Less => (planned, reached),
    };
    Some((part.checked_mul(100)?, whole)).filter(|(_, whole)| *whole > 0)
}

/// What all indicators together come to: the coefficient, rounded once, after it is summed. `None`: there is no data of any.
#[must_use]
pub fn coefficient(scored: &[Scored]) -> Option<Decimal> {
    let parts = || scored.iter().filter_map(|one| one.part);
    let (_, whole) = parts().next()?;
    let sum = parts().map(|(part, _)| part);
    let sum = sum.reduce(|one, two| one.plus(two).unwrap_or(one))?;
    match whole.is_equal(Decimal::whole(1)) {
        true => Some(sum),
        false => sum.divided(whole, SHARE_PLACES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scoring::{SCORE_RULES, Step};

    fn indicator(better: Better, measure: Measure, plan: &str) -> Indicator {
        let step = |from: i64, tenths: i64| Step {
            from: Decimal::whole(from),
            points: Decimal::new(tenths, 1),
        };
        Indicator {
            code: "SLA_STD".to_owned(),
            figure: "f".to_owned(),
            names: None,
            measure,
            better,
            plan: Decimal::parse(plan).unwrap(),
            weight: Decimal::parse("0.35").unwrap(),
            enough: 5,
            steps: vec![step(110, 12), step(100, 10), step(90, 8)],
        }
    }

    /// fact, completion, step, score, contribution; empty: there is none.
    #[track_caller]
    fn check(indicator: &Indicator, fact: Fact, expected: &str) {
        let one = scored(&Facts::from([("f".into(), fact)]), indicator, SCORE_RULES);
        let shown =
            |number: Option<Decimal>| number.map(|number| number.to_string()).unwrap_or_default();
        let told = [
            shown(one.fact),
            shown(one.score.map(|score| score.completion)),
            shown(one.score.and_then(|score| score.step)),
            shown(one.score.map(|score| score.points)),
            shown(one.contribution),
        ];
        assert_eq!(told.join(" "), expected, "{fact:?}");
    }

    #[test]
    fn a_step_is_reached_at_its_very_number() {
        let share = indicator(Better::More, Measure::Percent, "95");
        check(&share, Fact::of(95, 100), "95.00 100.00 100 1.0 0.350");
        check(&share, Fact::of(949, 1000), "94.90 99.89 90 0.8 0.280");
        check(&share, Fact::of(855, 1000), "85.50 90.00 90 0.8 0.280");
        check(&share, Fact::of(854, 1000), "85.40 89.89  0 0.00");
        // Near is not reached, however it looks when it is rounded.
        check(
            &share,
            Fact::of(949_999, 1_000_000),
            "95.00 99.99 90 0.8 0.280",
        );
        check(&share, Fact::of(0, 10), "0.00 0.00  0 0.00");
    }

    #[test]
    fn nobody_is_paid_by_nothing_nor_by_too_little() {
        let share = indicator(Better::More, Measure::Percent, "95");
        check(&share, Fact::of(0, 0), "    ");
        check(&share, Fact::of(4, 4), "100.00    ");
        check(&share, Fact::of(5, 5), "100.00 105.26 100 1.0 0.350");
    }

    #[test]
    fn where_less_is_better_the_plan_is_held_against_the_fact() {
        let minutes = indicator(Better::Less, Measure::Minutes, "240");
        // Of ten times, in seconds.
        let ten = |secs: i64| Fact::of(secs, 600);
        check(&minutes, ten(144_000), "240 100.00 100 1.0 0.350");
        check(&minutes, ten(120_000), "200 120.00 110 1.2 0.420");
        check(&minutes, ten(180_000), "300 80.00  0 0.00");
        // 240 minutes and 59 seconds are more than 240.
        check(&minutes, ten(144_590), "241 99.59 90 0.8 0.280");
        // Four are not enough.
        check(&minutes, Fact::of(57_600, 240), "240    ");
        // Nothing better can be reached.
        check(&minutes, ten(0), "0 110.00 110 1.2 0.420");
        let plain = Indicator {
            steps: minutes.steps.iter().skip(1).copied().collect(),
            ..minutes
        };
        check(&plain, ten(0), "0 100.00 100 1.0 0.350");
    }

    #[test]
    fn what_was_counted_in_minutes_is_scored_by_rules_that_know_minutes() {
        let minutes = indicator(Better::Less, Measure::Minutes, "240");
        let scoring = Scoring {
            version: "1".to_owned(),
            indicators: vec![Indicator {
                weight: Decimal::whole(1),
                ..minutes
            }],
            rules: SCORE_RULES,
        };
        let told = |definitions: u32, fact: Fact| {
            let scoring = scoring.of_definitions(definitions);
            let facts = Facts::from([("f".into(), fact)]);
            coefficient(&scores(&facts, &scoring)).map(|sum| sum.to_string())
        };
        // Ten times of 240 minutes, five of which are enough; of a file from outside they are minutes for ever.
        assert_eq!(told(4, Fact::of(2_400, 10)).as_deref(), Some("1.0"));
        assert_eq!(told(5, Fact::of(144_000, 600)).as_deref(), Some("1.0"));
        assert_eq!(told(5, Fact::of(2_400, 10)), None);
        let outside = Indicator {
            figure: "x:F".to_owned(),
            ..scoring.indicators[0].clone()
        };
        check_outside(&outside);
    }

    fn check_outside(indicator: &Indicator) {
        let facts = Facts::from([("x:F".into(), Fact::of(2_400, 10))]);
        assert!(scored(&facts, indicator, SCORE_RULES).score.is_some());
    }

    #[test]
    fn where_nought_is_planned_nought_reaches_it_and_nothing_else_does() {
        let returns = indicator(Better::Less, Measure::Percent, "0");
        check(&returns, Fact::of(0, 40), "0.00 110.00 110 1.2 0.420");
        check(&returns, Fact::of(1, 40), "2.50 0.00  0 0.00");
        check(&returns, Fact::of(0, 0), "    ");
        let remarks = indicator(Better::Less, Measure::Count, "0");
        check(&remarks, Fact::count(0), "0 110.00 110 1.2 0.420");
        check(&remarks, Fact::count(2), "2 0.00  0 0.00");
    }

    #[test]
    fn what_was_closed_by_earlier_rules_scores_as_it_was_paid() {
        let minutes = Indicator {
            weight: Decimal::parse("0.4").unwrap(),
            ..indicator(Better::Less, Measure::Minutes, "240")
        };
        let part = |figure: &str| Indicator {
            figure: figure.to_owned(),
            weight: Decimal::parse("0.2").unwrap(),
            ..indicator(Better::More, Measure::Percent, "95")
        };
        let told = |rules: u32| {
            let scoring = Scoring {
                version: "1".to_owned(),
                indicators: vec![part("g"), part("h"), part("i"), minutes.clone()],
                rules,
            };
            let all = |nought: &[&'static str]| {
                let known = ["g", "h", "i"].map(|name| (name.into(), Fact::of(95, 100)));
                let noughts = nought.iter().map(|name| ((*name).into(), Fact::of(0, 600)));
                let facts: Facts = known.into_iter().chain(noughts).collect();
                coefficient(&scores(&facts, &scoring)).map(|sum| sum.to_string())
            };
            // With no minutes at all, and without any data of them.
            (all(&["f"]).unwrap(), all(&[]).unwrap())
        };
        assert_eq!(told(1), ("1.00".to_owned(), "0.9999".to_owned()));
        assert_eq!(told(SCORE_RULES), ("1.08".to_owned(), "1.0000".to_owned()));
    }

    #[test]
    fn what_there_is_no_data_of_weighs_nothing() {
        let part = |figure: &str, weight: &str| Indicator {
            figure: figure.to_owned(),
            weight: Decimal::parse(weight).unwrap(),
            ..indicator(Better::More, Measure::Percent, "95")
        };
        let scoring = Scoring {
            version: "1".to_owned(),
            rules: SCORE_RULES,
            indicators: vec![part("f", "0.3"), part("g", "0.3"), part("h", "0.4")],
        };
        let facts = Facts::from([
            ("f".into(), Fact::of(95, 100)),
            ("g".into(), Fact::of(855, 1000)),
        ]);
        let scored = scores(&facts, &scoring);
        let told = scored.iter().map(|one| one.contribution);
        let told: Vec<String> = told.flatten().map(|part| part.to_string()).collect();
        assert_eq!(told, ["0.5000", "0.4000"]);
        let sum = coefficient(&scored).map(|sum| sum.to_string());
        assert_eq!(sum.as_deref(), Some("0.9000"));
        // With data of all, the weights are those of the paper.
        let all = Facts::from(["f", "g", "h"].map(|name| (name.into(), Fact::of(95, 100))));
        let sum = coefficient(&scores(&all, &scoring)).map(|sum| sum.to_string());
        assert_eq!(sum.as_deref(), Some("1.00"));
    }

    /// Anna was on leave: she has solved nothing, and nothing was measured of her.
    #[test]
    fn where_nothing_was_measured_there_is_no_coefficient() {
        let volume = |better| Indicator {
            figure: "v".to_owned(),
            weight: Decimal::parse("0.1").unwrap(),
            ..indicator(better, Measure::Count, "30")
        };
        let share = || Indicator {
            weight: Decimal::parse("0.9").unwrap(),
            ..indicator(Better::More, Measure::Percent, "95")
        };
        let told = |rules: u32, better, facts: &[(&'static str, Fact)]| {
            let scoring = Scoring {
                version: "1".to_owned(),
                rules: SCORE_RULES,
                indicators: vec![share(), volume(better)],
            };
            let facts = facts.iter().map(|(code, fact)| ((*code).into(), *fact));
            let all = scores_by(rules, &facts.collect(), &scoring);
            let paid = all.last().and_then(|one| one.paid(rules));
            let words = |number: Option<Decimal>| number.map(|number| number.to_string());
            (words(paid), words(coefficient(&all)))
        };
        let some = |words: &str| Some(words.to_owned());
        let on_leave = [("f", Fact::of(0, 0)), ("v", Fact::count(0))];
        assert_eq!(told(2, Better::More, &on_leave), (some("0"), None));
        assert_eq!(told(2, Better::Less, &on_leave), (some("0"), None));
        // By the first rules it was nought, or the best there is.
        assert_eq!(
            told(1, Better::More, &on_leave),
            (some("0"), some("0.0000"))
        );
        assert_eq!(
            told(1, Better::Less, &on_leave),
            (some("0"), some("1.2000"))
        );
        // One rating of a request of last month is too little to say anything.
        let few = [("f", Fact::of(1, 1)), ("v", Fact::count(0))];
        assert_eq!(told(2, Better::More, &few), (some("0"), None));
        assert_eq!(told(2, Better::Less, &few), (some("0"), None));
        // Something was measured: enough to say, or one thing solved.
        let enough = [("f", Fact::of(0, 5)), ("v", Fact::count(0))];
        assert_eq!(told(2, Better::More, &enough), (some("0"), some("0.0")));
        let one = [("f", Fact::of(0, 0)), ("v", Fact::count(1))];
        assert_eq!(told(2, Better::Less, &one).0, some("1"));
        assert!(told(2, Better::Less, &one).1.is_some());
        assert_eq!(told(2, Better::More, &[]), (None, None));
    }

    #[test]
    fn the_coefficient_is_the_sum_of_what_is_known() {
        let share = indicator(Better::More, Measure::Percent, "95");
        let another = Indicator {
            figure: "g".to_owned(),
            weight: Decimal::parse("0.65").unwrap(),
            ..share.clone()
        };
        let scoring = Scoring {
            version: "1".to_owned(),
            indicators: vec![share, another],
            rules: SCORE_RULES,
        };
        let facts = [
            ("f".into(), Fact::of(95, 100)),
            ("g".into(), Fact::of(9, 10)),
        ];
        let sum = coefficient(&scores(&Facts::from(facts), &scoring));
        assert_eq!(sum.map(|sum| sum.to_string()), Some("0.870".to_owned()));
        assert_eq!(coefficient(&scores(&Facts::new(), &scoring)), None);
    }
}
