//! Every figure of one agent, from the lines of a stored file; a figure that has no line is 0.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    desk::kpi::{Balance, Sheet, Tally, of_all_alone, whole},
    house::periods::{Lines, Pair},
    model::outside::OUTSIDE,
    report::files::{Fact, Facts, joined},
};

/// Every figure of these queues and agents together, as lines name them; what is not there is nought. What is in the middle of
/// several is counted from `sheet`, and without it left out.
#[must_use]
pub fn facts_of_all(lines: &Lines, sheet: Option<&Sheet>, whose: &[(&str, &str)]) -> Facts {
    let each = whose.iter().map(|(queue, agent)| {
        let own = ((*queue).to_owned(), (*agent).to_owned());
        facts_of(lines.figures.get(&own))
    });
    let each: Vec<Facts> = each.collect();
    let mut facts = joined(&each);
    if let (Some(sheet), true) = (sheet, whose.len() > 1) {
        for figure in of_all_alone(&tally(sheet, whose)) {
            let fact = Fact {
                numerator: figure.numerator,
                denominator: figure.denominator,
            };
            facts.insert(Cow::Borrowed(figure.code), fact);
        }
    }
    facts
}

/// What was counted of them, in one sum. The agent `*` is the queue as a whole, empty what is nobody's.
fn tally(sheet: &Sheet, of: &[(&str, &str)]) -> Tally {
    let mut all = Tally::default();
    for (whose, own) in &sheet.tallies {
        let agent = whose.agent.as_ref().map_or("", |agent| agent.as_str());
        let is_meant = |(queue, name): &(&str, &str)| {
            whose.queue.as_str() == *queue && (*name == "*" || *name == agent)
        };
        if of.iter().any(is_meant) {
            all.add(own);
        }
    }
    all
}

/// Every figure of somebody; what is not there is nought.
pub(in crate::house::payroll) fn facts_of(own: Option<&BTreeMap<String, Pair>>) -> Facts {
    let all = whole(&Tally::default(), &Balance::default()).into_iter();
    let outside = own.into_iter().flatten();
    let outside = outside.filter(|(code, _)| code.starts_with(OUTSIDE));
    let outside = outside.map(|(code, (numerator, denominator))| {
        let fact = Fact {
            numerator: *numerator,
            denominator: *denominator,
        };
        (Cow::Owned(code.clone()), fact)
    });
    all.map(|figure| {
        let known = own.and_then(|own| own.get(figure.code)).copied();
        let (numerator, denominator) = known.unwrap_or((figure.numerator, figure.denominator));
        let fact = Fact {
            numerator,
            denominator,
        };
        (Cow::Borrowed(figure.code), fact)
    })
    .chain(outside)
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        config,
        desk::{
            kpi::{Joins, joins},
            payroll::{Owner, Part, grouped},
            policy::Unit,
        },
        model::{
            decimal::Decimal,
            ids::{AgentName, QueueName},
            scoring::KNOWN,
        },
        report::{
            files::{Adjusted, Employee, Span, pay, scores},
            table::Cell,
        },
    };

    /// Whoever is paid by something that is not known of several queues together would be paid by nothing.
    #[test]
    fn whatever_people_are_paid_by_adds_up() {
        let others = KNOWN.iter().filter(|one| joins(one.figure) != Joins::Sum);
        assert_eq!(others.map(|one| one.code).collect::<Vec<_>>(), [""; 0]);
    }

    /// A part has solved so much; its department and its number are drawn, so that any may stand in one row.
    #[derive(Debug, Clone)]
    struct Drawn {
        part: Part,
        solved: i64,
        unit: u8,
        number: u8,
    }

    fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
        let one = (0_u8..4, 0_u8..4, 0_i64..50, 0_u8..3, 0_u8..4);
        prop::collection::vec(one, 0..12).prop_map(|all| {
            let mut found: Vec<Drawn> = Vec::new();
            for (queue, agent, solved, unit, number) in all {
                let part = (
                    QueueName::from(format!("q{queue}").as_str()),
                    AgentName::from(format!("a{agent}").as_str()),
                );
                if !found.iter().any(|one| one.part == part) {
                    found.push(Drawn {
                        part,
                        solved,
                        unit,
                        number,
                    });
                }
            }
            found
        })
    }

    fn owner(one: &Drawn) -> Owner {
        let unit = match one.unit {
            0 => Unit::Queue(one.part.0.clone()),
            unit => Unit::Queue(QueueName::from(format!("d{unit}").as_str())),
        };
        let number = match one.number {
            0 => String::new(),
            number => format!("УТ-{number}"),
        };
        Owner::new(unit, &number, &one.part.1)
    }

    proptest! {
        #[test]
        fn however_parts_are_grouped_the_counts_of_pay_are_those_of_the_figures(all in drawn()) {
            let settings = "version = \"1\"\n[indicator.VOLUME]\nplan = 1\nweight = 1\nsteps = [[100, 1]]\n";
            let scoring = config::scoring(settings, "kpi.toml").unwrap();
            let mut lines = Lines::default();
            for one in &all {
                let key = (one.part.0.to_string(), one.part.1.to_string());
                let figures = BTreeMap::from([("solved".to_owned(), (one.solved, None))]);
                lines.figures.insert(key, figures);
            }
            let groups = grouped(all.iter().map(|one| (one.part.clone(), owner(one))));
            // Everybody stands in one row.
            let mut parts: Vec<Part> = groups.iter().flatten().cloned().collect();
            let mut expected: Vec<Part> = all.iter().map(|one| one.part.clone()).collect();
            parts.sort();
            expected.sort();
            prop_assert_eq!(parts, expected);
            let rows = groups.iter().map(|group| {
                let whose: Vec<(&str, &str)> =
                    group.iter().map(|(queue, agent)| (queue.as_str(), agent.as_str())).collect();
                let facts = facts_of_all(&lines, None, &whose);
                let employee = Employee {
                    number: "1".to_owned(),
                    name: String::new(),
                    department: String::new(),
                    position: String::new(),
                };
                (employee, scores(&facts, &scoring))
            });
            let day = jiff::civil::date(2026, 10, 1);
            let span = Span {
                name: "2026-10".to_owned(),
                from: day,
                to: day,
                zone: String::new(),
            };
            let table = pay(&span, &rows.collect::<Vec<_>>(), &Adjusted::default());
            let volume = |row: &Vec<Cell>| match &row[..] {
                [.., Cell::Words(code), Cell::Number(many)] if code == "VOLUME" => Some(*many),
                _ => None,
            };
            let sum = table.rows.iter().filter_map(volume);
            let sum = sum.fold(Decimal::whole(0), |sum, one| sum.plus(one).unwrap());
            let solved: i64 = all.iter().map(|one| one.solved).sum();
            prop_assert!(sum.is_equal(Decimal::whole(solved)), "{} of {}", sum, solved);
        }
    }
}
