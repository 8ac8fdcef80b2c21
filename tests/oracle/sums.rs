//! What months make of the year, figure by figure: docs/kpi.md says how each of them does, and here it has to be so.

use std::collections::{BTreeMap, BTreeSet};

use okno::desk::{
    kpi::{Balance, Detail, Sheet, Tally, Whose, details, figures},
    undo::Past,
};
use okno::model::ids::TicketNumber;

use super::{sheets, town, whole_year};

const DOCUMENT: &str = include_str!("../../docs/kpi.md");

/// How the figures of a year follow from those of its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    /// Numerators and denominators add up.
    Sum,
    /// A ticket counts once, in the month of its last solution.
    Solution,
    /// Solutions of earlier periods that this one has ended: of the year's own months none is of an earlier year.
    Return,
    /// The last month's.
    End,
}

/// What the document says of each figure: the rows of its table of months and years.
fn documented() -> BTreeMap<&'static str, How> {
    let rows = DOCUMENT.lines().filter_map(|line| {
        let (word, rest) = line.strip_prefix("| **")?.split_once("** |")?;
        let how = match word {
            "sum" => How::Sum,
            "solution" => How::Solution,
            "return" => How::Return,
            "end" => How::End,
            _ => panic!("{word}: nobody knows how that makes a year"),
        };
        let (codes, _) = rest.split_once('|')?;
        Some((how, codes))
    });
    let mut found = BTreeMap::new();
    for (how, codes) in rows {
        for code in codes.split('`').skip(1).step_by(2) {
            assert!(found.insert(code, how).is_none(), "{code} stands twice");
        }
    }
    found
}

type Pair = (i64, Option<i64>);

fn pairs(tally: &Tally) -> BTreeMap<&'static str, Pair> {
    let all = figures(tally).into_iter();
    all.map(|one| (one.code, (one.numerator, one.denominator)))
        .collect()
}

/// Everybody's tally of these sheets together.
fn added<'s>(sheets: impl IntoIterator<Item = &'s Sheet>) -> BTreeMap<Whose, Tally> {
    let mut found: BTreeMap<Whose, Tally> = BTreeMap::new();
    for (whose, tally) in sheets.into_iter().flat_map(|sheet| &sheet.tallies) {
        found.entry(whose.clone()).or_default().add(tally);
    }
    found
}

/// The months of a year, and the year, of one ticket alone.
struct Alone {
    number: TicketNumber,
    history: Vec<Past>,
    sheets: Vec<Sheet>,
}

impl Alone {
    /// The month in which the year counts it as solved.
    fn solved_in(&self) -> Option<&Sheet> {
        let (months, year) = (&self.sheets[..12], &self.sheets[16]);
        let is_solved = |sheet: &&Sheet| {
            let all = sheet.together(sheet.queues());
            all.solved.values().sum::<i64>() > 0
        };
        months
            .iter()
            .rev()
            .find(is_solved)
            .filter(|_| is_solved(&year))
    }

    /// Of whom a month counts a return that the year does not: of a solution of one of its own earlier months.
    fn returned(&self) -> BTreeMap<Whose, i64> {
        let (months, year) = (&self.sheets[..12], &self.sheets[16]);
        let mut found = BTreeMap::new();
        for month in months {
            for one in details(self.number, &self.history, &month.period) {
                if let Detail::Withdrawn(one) = one {
                    let is_later = month.period.to <= one.ended_at && one.ended_at < year.period.to;
                    *found.entry(one.whose).or_default() += i64::from(is_later);
                }
            }
        }
        found
    }
}

#[test]
fn the_document_says_of_every_figure_how_months_make_the_year() {
    let documented = documented();
    let counted: BTreeSet<&str> = pairs(&Tally::default()).into_keys().collect();
    let told: BTreeSet<&str> = documented.keys().copied().collect();
    assert_eq!(told, counted);
}

#[test]
fn twelve_months_make_the_year_for_everybody_figure_by_figure() {
    let documented = documented();
    let mut kept = 0;
    for seed in 10..14 {
        let histories = town(seed, 200);
        let all = sheets(&whole_year(), &histories);
        let (months, december, year) = (added(&all[..12]), &all[11], &all[16]);
        let alone: Vec<Alone> = histories
            .into_iter()
            .map(|(number, history)| Alone {
                number,
                sheets: sheets(&whole_year(), &[(number, history.clone())]),
                history,
            })
            .collect();
        let solved = added(alone.iter().filter_map(Alone::solved_in));
        let mut returned: BTreeMap<Whose, i64> = BTreeMap::new();
        for (whose, many) in alone.iter().flat_map(Alone::returned) {
            *returned.entry(whose).or_default() += many;
        }
        for whose in all.iter().flat_map(|sheet| sheet.tallies.keys()) {
            let of = |all: &BTreeMap<Whose, Tally>| all.get(whose).cloned().unwrap_or_default();
            let (sum, last) = (of(&months), of(&solved));
            let (ends, whole) = (of(&december.tallies), of(&year.tallies));
            let [sums, lasts, ends, wholes] = [&sum, &last, &ends, &whole].map(pairs);
            let excess = sums["solved"].0 - wholes["solved"].0;
            kept += excess;
            for (code, how) in &documented {
                let is = wholes[code];
                let expected = match how {
                    How::Sum => sums[code],
                    How::Solution => lasts[code],
                    How::End => ends[code],
                    How::Return if *code == "solved_kept" => (sums[code].0 - excess, None),
                    How::Return => {
                        let own = returned.get(whose).copied().unwrap_or(0);
                        (sums[code].0 - own, None)
                    }
                };
                assert_eq!(is, expected, "{code} of {whose:?}");
            }
            let excluded = (&sum.excluded, &whole.excluded);
            assert_eq!(excluded.0, excluded.1, "{whose:?}");
        }
    }
    assert!(kept > 0, "nothing was solved in two months");
}

#[test]
fn the_backlog_of_the_year_is_that_of_its_months() {
    let all = sheets(&whole_year(), &town(15, 400));
    let (months, year) = (&all[..12], &all[16]);
    for queue in year.queues() {
        let of = |sheet: &Sheet| sheet.balances.get(queue).copied().unwrap_or_default();
        let mut sum = Balance::default();
        months.iter().for_each(|month| sum.add(&of(month)));
        let (first, last) = (of(&months[0]), of(&months[11]));
        for (before, after) in months.iter().zip(&months[1..]) {
            assert_eq!(of(before).end, of(after).start, "{queue}");
        }
        sum.start = first.start;
        sum.end = last.end;
        assert_eq!(sum, of(year), "{queue}");
    }
}
