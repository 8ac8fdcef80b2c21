//! The rows that people are paid by, derived again of an approved month: of its frozen figures and its frozen settings, held
//! against what was kept and against the very file that the accountants have.

use std::collections::BTreeMap;

use super::{
    super::{
        HouseError,
        periods::{Lines, WrongRow, read},
    },
    again::{Closed, changed},
    basis::{PaidRow, rows_of, settings_of},
    facts::facts_in,
    lines,
    read_back::read_back,
};
use crate::{
    desk::payroll::Drafted,
    model::{decimal::Decimal, scoring::Scoring},
    report::files::{COEFFICIENT, Employee, Rescored, coefficient, rescored, scores},
};

/// What the rows of a month came to.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The settings cannot be read, or are not what their sum says.
    pub(super) are_settings_wrong: bool,
    /// Figures or rows, its own or of a month before, cannot be read.
    pub(super) cannot_be_derived: bool,
    /// The draft was made before settings and rows were kept.
    pub(super) are_not_kept: bool,
    /// Rows that say something else than what they rest on.
    pub(super) wrong: Vec<WrongRow>,
}

/// Derives the rows of a month, called `month`, again. `closed`: the months before whose changes it carries. Where figures or
/// rows are damaged nothing can be derived, and no row is named.
pub(super) fn prove_rows(
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
    let figures = read(&lines::unpack(&draft.figures)?);
    let kept = rows_of(draft)?;
    let again = again(&figures, closed);
    let derived = derived(&figures, &kept, (&scoring, &again));
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
    wrong.extend(not_carried(month, (&figures, &again), &kept));
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
    (scoring, again): (&Scoring, &Again),
) -> Vec<Option<String>> {
    let mut scored = BTreeMap::new();
    let words = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut found = Vec::new();
    for row in kept {
        let value = match (row.parts().next(), adjusts(&row.indicator)) {
            (_, Some(code)) => Some(carried(figures, row, code)),
            (_, None) if row.indicator.starts_with("KORR_") => {
                let key = (row.whose.clone(), row.period.clone(), row.indicator.clone());
                again.get(&key).cloned()
            }
            (None, None) => Some(String::new()),
            (Some((queue, agent)), None) => {
                let all = scored
                    .entry(row.whose.as_str())
                    .or_insert_with(|| scores(&facts_in(figures, queue, agent), scoring));
                let one = all.iter().find(|one| one.code == row.indicator);
                match row.indicator.as_str() {
                    COEFFICIENT => Some(words(coefficient(all))),
                    _ => Some(words(
                        one.and_then(|one| one.fact.filter(|_| one.score.is_some())),
                    )),
                }
            }
        };
        found.push(value);
    }
    found
}

/// The figure whose adjustments a row adds up.
fn adjusts(indicator: &str) -> Option<&'static str> {
    match indicator {
        "KORR_SOLVED" => Some("solved"),
        "KORR_MET" => Some("sla_resolution_pct"),
        _ => None,
    }
}

/// By whose it is, period and indicator.
type Again = BTreeMap<(String, String, String), String>;

/// What closed months score more or less, by whose it is, period and indicator.
fn again(figures: &Lines, closed: &[Closed<'_>]) -> Again {
    let nobody = Employee {
        number: String::new(),
        name: String::new(),
        department: String::new(),
        position: String::new(),
    };
    let mut found = BTreeMap::new();
    for one in changed(figures, closed) {
        let (period, queue, agent) = &one.whose;
        let facts = (&one.before, &one.now);
        let rescored = rescored(period, nobody.clone(), facts, one.scoring);
        for (indicator, by) in rescored.iter().flat_map(Rescored::paid) {
            let key = (format!("{queue}/{agent}"), shown(period), indicator);
            found.insert(key, by.to_string());
        }
    }
    found
}

/// A month as a spreadsheet leaves it alone.
fn shown(period: &str) -> String {
    period.replace('-', "-M")
}

/// What has changed of a figure in a closed month, as the figures carry it.
fn carried(figures: &Lines, row: &PaidRow, code: &str) -> String {
    let are_theirs = |queue: &str, agent: &str| row.parts().any(|own| own == (queue, agent));
    let adjusted = figures.adjusted.iter().filter(|one| {
        let month = shown(&one.period);
        one.figure == code && month == row.period && are_theirs(&one.queue, &one.agent)
    });
    let sum = adjusted.fold(0_i64, |sum, one| sum.saturating_add(one.by.0));
    sum.to_string()
}

/// Whoever has figures and no row.
fn missing(month: &str, figures: &Lines, kept: &[PaidRow]) -> Vec<WrongRow> {
    let whose = figures.figures.keys();
    let whose = whose.filter(|(_, agent)| !agent.is_empty() && agent != "*");
    let without = whose.filter(|(queue, agent)| {
        let mut rows = kept.iter().flat_map(PaidRow::parts);
        !rows.any(|own| own == (queue.as_str(), agent.as_str()))
    });
    let told = without.map(|(queue, agent)| WrongRow {
        month: month.to_owned(),
        whose: format!("{queue}/{agent}"),
        ..WrongRow::default()
    });
    told.collect()
}

/// What has changed of somebody in a closed month, and stands in no row: nobody would ever be paid it.
fn not_carried(month: &str, (figures, again): (&Lines, &Again), kept: &[PaidRow]) -> Vec<WrongRow> {
    let mut expected = BTreeMap::new();
    for one in figures.adjusted.iter().filter(|one| !one.agent.is_empty()) {
        for indicator in ["KORR_SOLVED", "KORR_MET"] {
            if adjusts(indicator) != Some(one.figure.as_str()) {
                continue;
            }
            let row = PaidRow {
                whose: together(kept, &one.queue, &one.agent),
                period: shown(&one.period),
                indicator: indicator.to_owned(),
                value: String::new(),
            };
            let sum = carried(figures, &row, &one.figure);
            expected.insert((row.whose, row.period, row.indicator), sum);
        }
    }
    expected.retain(|_, sum| sum != "0");
    expected.extend(again.iter().map(|(of, by)| (of.clone(), by.clone())));
    for row in kept {
        expected.retain(|(whose, period, indicator), _| {
            let is_it = row.period == *period && row.indicator == *indicator;
            let is_theirs = row.whose == *whose || row.whose.split('+').any(|one| one == whose);
            !(is_it && is_theirs)
        });
    }
    let told = expected.into_iter();
    told.map(|((whose, period, indicator), derived)| WrongRow {
        month: month.to_owned(),
        whose,
        period,
        indicator,
        told: String::new(),
        derived,
    })
    .collect()
}

/// An agent with all that the rows take for the same person.
fn together(kept: &[PaidRow], queue: &str, agent: &str) -> String {
    let own = kept
        .iter()
        .filter(|row| row.parts().any(|one| one == (queue, agent)));
    let longest = own.max_by_key(|row| row.whose.len());
    longest.map_or_else(|| format!("{queue}/{agent}"), |row| row.whose.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anna had an October request taken off her.
    fn figures() -> Lines {
        let adjusted = |figure: &str, by| crate::house::periods::Adjusted {
            period: "2026-10".to_owned(),
            queue: "it".to_owned(),
            agent: "anna".to_owned(),
            figure: figure.to_owned(),
            by,
            ticket: crate::model::ids::TicketNumber(1001),
        };
        Lines {
            adjusted: vec![
                adjusted("solved", (-1, None)),
                adjusted("sla_resolution_pct", (0, Some(-1))),
            ],
            ..Lines::default()
        }
    }

    #[test]
    fn what_has_changed_of_somebody_and_stands_in_no_row_is_found() {
        let found = not_carried("it 2026-11", (&figures(), &Again::new()), &[]);
        let [row] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(
            (row.whose.as_str(), row.period.as_str()),
            ("it/anna", "2026-M10")
        );
        assert_eq!(
            (row.indicator.as_str(), row.derived.as_str()),
            ("KORR_SOLVED", "-1")
        );
        let kept = PaidRow {
            whose: "hr/anna+it/anna".to_owned(),
            period: "2026-M10".to_owned(),
            indicator: "KORR_SOLVED".to_owned(),
            value: "-1".to_owned(),
        };
        let found = not_carried("it 2026-11", (&figures(), &Again::new()), &[kept]);
        assert_eq!(found, []);
    }
}
