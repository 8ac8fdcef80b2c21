//! The rows that people are paid by, derived again of an approved month: of its frozen figures and its frozen settings, held
//! against what was kept and against the very file that the accountants have.

use std::collections::BTreeMap;

use super::{
    super::{
        super::{
            HouseError,
            periods::{Lines, WrongRow, read},
        },
        basis::{PaidRow, rows_of, settings_of},
        counting::{
            closed::Closed,
            facts::facts_of_all,
            lines,
            rescored::{Groups, changed},
        },
        rows::{nobody, of_parts},
    },
    coverage::{carried, groups_kept, missing, not_carried, overlapping},
    read_back::read_back,
};
use crate::{
    desk::payroll::Drafted,
    model::{decimal::Decimal, scoring::Scoring},
    report::files::{COEFFICIENT, adjusts, coefficient, period_words, scores_by},
};

/// What the rows of a month came to.
#[derive(Debug, Default)]
pub(in crate::house::payroll) struct Rows {
    /// The settings cannot be read, or are not what their sum says.
    pub(in crate::house::payroll) are_settings_wrong: bool,
    /// Figures or rows, its own or of a month before, cannot be read.
    pub(in crate::house::payroll) cannot_be_derived: bool,
    /// The draft was made before settings and rows were kept.
    pub(in crate::house::payroll) are_not_kept: bool,
    /// Rows that say something else than what they rest on.
    pub(in crate::house::payroll) wrong: Vec<WrongRow>,
}

/// Derives the rows of a month, called `month`, again. `closed`: the months before whose changes it carries. Where figures or
/// rows are damaged nothing can be derived, and no row is named.
pub(in crate::house::payroll) fn prove_rows(
    month: &str,
    drafted: &Drafted,
    closed: Result<Vec<Closed<'_>>, HouseError>,
) -> Rows {
    let rows = closed.and_then(|closed| proved(month, drafted, &closed));
    rows.unwrap_or_else(|_| Rows {
        cannot_be_derived: true,
        ..Rows::default()
    })
}

fn proved(month: &str, drafted: &Drafted, closed: &[Closed<'_>]) -> Result<Rows, HouseError> {
    let draft = &drafted.draft;
    let scoring = match settings_of(draft) {
        Ok(Some(scoring)) => scoring,
        Ok(None) => {
            return Ok(Rows {
                are_not_kept: true,
                ..Rows::default()
            });
        }
        Err(_) => {
            return Ok(Rows {
                are_settings_wrong: true,
                ..Rows::default()
            });
        }
    };
    let mut figures = read(&lines::unpack(&draft.figures)?);
    // Nobody is owed what has changed in a period that nobody was paid by.
    let is_unpaid = |period: &str| {
        closed
            .iter()
            .any(|one| one.is_unpaid && one.period == period)
    };
    figures.adjusted.retain(|one| !is_unpaid(&one.period));
    let kept = rows_of(draft)?;
    let groups = groups_kept(draft.rules, (&figures, closed), &kept, &BTreeMap::new());
    let again = again(&figures, closed, &groups);
    let derived = derived(&figures, &kept, (&scoring, draft.rules), &again);
    let sent = draft.pay.as_ref();
    let sent = sent.and_then(|pay| read_back(pay, &drafted.file));
    let mut wrong = Vec::new();
    for (place, (row, derived)) in kept.iter().zip(&derived).enumerate() {
        let in_file = sent.as_ref().map(|sent| sent.get(place));
        // What cannot be derived of this month alone is what was kept.
        let right = derived.as_ref().unwrap_or(&row.value);
        let (is_sent, told) = match in_file {
            Some(Some(cells)) => (cells.says(row, right), cells.value.as_str()),
            Some(None) => (false, ""),
            None => (true, row.value.as_str()),
        };
        if !is_sent || row.value != *right {
            let told = if is_sent { row.value.as_str() } else { told };
            wrong.push(fault(month, row, (told, right)));
        }
    }
    wrong.extend(missing(month, &figures, &kept));
    wrong.extend(overlapping(month, (closed, draft.rules), &kept));
    wrong.extend(not_carried(month, (&figures, closed), &groups, &kept));
    let rows = sent.map_or(kept.len(), |sent| sent.len());
    if rows > kept.len() {
        let more = PaidRow {
            whose: String::new(),
            period: String::new(),
            indicator: String::new(),
            value: String::new(),
        };
        let counts = (rows.to_string(), kept.len().to_string());
        wrong.push(fault(month, &more, (&counts.0, &counts.1)));
    }
    Ok(Rows {
        wrong,
        ..Rows::default()
    })
}

fn fault(month: &str, row: &PaidRow, (told, derived): (&str, &str)) -> WrongRow {
    WrongRow {
        month: month.to_owned(),
        whose: row.whose.clone(),
        period: row.period.clone(),
        indicator: row.indicator.clone(),
        told: told.to_owned(),
        derived: derived.to_owned(),
    }
}

/// What every row comes to; `None`: it rests on more than this month.
fn derived(
    figures: &Lines,
    kept: &[PaidRow],
    (scoring, rules): (&Scoring, u32),
    again: &Again,
) -> Vec<Option<String>> {
    let mut scored = BTreeMap::new();
    let words = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut found = Vec::new();
    for row in kept {
        let value = match adjusts(&row.indicator) {
            Some(code) => Some(carried(figures, (&row.period, &row.group()), code)),
            None if !row.is_own() => {
                let key = (row.whose.clone(), row.period.clone(), row.indicator.clone());
                again.get(&key).cloned()
            }
            None if row.whose.is_empty() => Some(String::new()),
            None => {
                let all = scored.entry(row.whose.as_str()).or_insert_with(|| {
                    let facts = facts_of_all(figures, None, &of_parts(&row.group()));
                    scores_by(rules, &facts, scoring)
                });
                let one = all.iter().find(|one| one.code == row.indicator);
                match row.indicator.as_str() {
                    COEFFICIENT => Some(words(coefficient(all))),
                    _ => Some(words(one.and_then(|one| one.paid(rules)))),
                }
            }
        };
        found.push(value);
    }
    found
}

/// Derived values, by whose they are, period and indicator.
pub(in crate::house::payroll) type Again = BTreeMap<(String, String, String), String>;

/// What closed months score more or less, by whose it is, period and indicator.
pub(in crate::house::payroll) fn again(
    figures: &Lines,
    closed: &[Closed<'_>],
    groups: &Groups,
) -> Again {
    let nobody = nobody("");
    let changed = changed(figures, closed, groups);
    let rescored = changed.iter().filter_map(|one| one.again(nobody.clone()));
    let mut found = BTreeMap::new();
    for one in rescored {
        for (indicator, by) in one.paid() {
            let key = (one.whose.clone(), period_words(&one.period), indicator);
            found.insert(key, by.to_string());
        }
    }
    found
}
