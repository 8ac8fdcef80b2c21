//! A CSV file to figures from outside: one row an employee and indicator. Strict, since people are paid by it: everything
//! that is wrong is told at once, with its line and column, and then nothing of the file is taken. An empty value withdraws
//! what was taken before.

mod fault;
mod row;
mod told;

use std::collections::{BTreeMap, BTreeSet};

pub use fault::{FactFault, Wrong};
use row::{At, Row};

use super::{
    charset,
    table::{Table, closed},
};
use crate::model::{
    decimal::Decimal,
    ids::{AgentName, QueueName},
    outside::OutsideFact,
    scoring::{Indicator, Measure},
};

/// No file of figures is larger.
const BYTES_MAX: usize = 8_000_000;

/// So many problems are told of one file.
const TOLD_MAX: usize = 100;

/// The columns: names in both languages, and whether the file must have it.
const COLUMNS: [(&str, &str, bool); 7] = [
    ("табельный_номер", "employee_number", true),
    ("показатель", "indicator", true),
    ("период", "period", true),
    ("значение", "value", true),
    ("числитель", "numerator", false),
    ("знаменатель", "denominator", false),
    ("очередь", "queue", false),
];

/// What a file is read by.
#[derive(Debug)]
pub struct Ground<'g> {
    /// The period that it has to be about.
    pub period: &'g str,
    /// The indicators that come from outside.
    pub indicators: &'g [Indicator],
    /// Who has which employee number, and the queues they serve. One person may be several agents.
    pub staff: &'g BTreeMap<String, Vec<(AgentName, Vec<QueueName>)>>,
}

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_facts(bytes: &[u8], ground: &Ground<'_>) -> Result<Vec<OutsideFact>, Vec<FactFault>> {
    let whole = |what| {
        vec![FactFault {
            line: 0,
            column: String::new(),
            what,
        }]
    };
    if bytes.len() > BYTES_MAX {
        return Err(whole(Wrong::TooLarge(BYTES_MAX)));
    }
    let text = charset::decode(bytes).map_err(|_faults| whole(Wrong::Unreadable))?;
    let text = closed(&text.text);
    let mut table = Table::new(&text, separator(&text));
    let Some((_, head)) = table.next_row() else {
        return Err(whole(Wrong::Nothing));
    };
    let head: Vec<String> = head.iter().map(|name| name.trim().to_lowercase()).collect();
    let places = COLUMNS.map(|(ru, en, _)| head.iter().position(|name| name == ru || name == en));
    let faults: Vec<FactFault> = faulty_head(&head, &places).flat_map(whole).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut reading = Reading {
        ground,
        seen: BTreeMap::new(),
        faults: Vec::new(),
        more: 0,
        facts: Vec::new(),
    };
    while let Some((lines, cells)) = table.next_row() {
        let cells: Vec<&str> = cells.iter().map(str::trim).collect();
        let row = Row {
            line: lines.first,
            head: &head,
            places: &places,
            cells: &cells,
        };
        if reading.faults.len() >= TOLD_MAX {
            // Whoever mends these finds the rest with the next try; a file of nothing else would be told for ever.
            reading.more = reading.more.saturating_add(1);
        } else if lines.is_open || cells.len() != head.len() {
            reading.fault(&row, None, Wrong::Ragged);
        } else {
            reading.row(&row);
        }
    }
    if reading.more > 0 {
        reading.faults.extend(whole(Wrong::More(reading.more)));
    }
    match (reading.faults.is_empty(), reading.facts.is_empty()) {
        (true, true) => Err(whole(Wrong::Nothing)),
        (true, false) => Ok(reading.facts),
        (false, _) => Err(reading.faults),
    }
}

/// What is wrong with the first line: a column is missing, or stands there twice.
fn faulty_head(head: &[String], places: &[Option<usize>]) -> impl Iterator<Item = Wrong> {
    let missing = COLUMNS.iter().zip(places);
    let missing = missing.filter(|((.., is_needed), place)| *is_needed && place.is_none());
    let missing = missing.map(|((ru, en, _), _)| Wrong::NoColumn(ru, en));
    let is_twice = |(ru, en, _): &&(&str, &str, bool)| {
        let named = head.iter().filter(|name| name == ru || name == en);
        named.count() > 1
    };
    let twice = COLUMNS.iter().filter(is_twice);
    missing.chain(twice.map(|(ru, en, _)| Wrong::ColumnTwice(ru, en)))
}

/// What separates the cells: whatever the header has most of.
fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let many = |mark: u8| head.bytes().filter(|byte| *byte == mark).count();
    let marks = [b',', b'\t', b';'];
    marks
        .into_iter()
        .max_by_key(|mark| many(*mark))
        .unwrap_or(b';')
}

struct Reading<'g> {
    ground: &'g Ground<'g>,
    /// What was read, and in which line.
    seen: BTreeMap<(QueueName, AgentName, String), u64>,
    faults: Vec<FactFault>,
    /// So many rows were not looked at any more.
    more: u64,
    facts: Vec<OutsideFact>,
}

impl<'g> Reading<'g> {
    fn fault(&mut self, row: &Row<'_>, at: Option<At>, what: Wrong) {
        let place = at.and_then(|at| row.place(at));
        let column = place.and_then(|place| row.head.get(place));
        self.faults.push(FactFault {
            line: row.line,
            column: column.cloned().unwrap_or_default(),
            what,
        });
    }

    /// One row: as much of it as can be is looked at, so that it is corrected at once.
    fn row(&mut self, row: &Row<'_>) {
        let whose = self.whose(row);
        let indicator = self.indicator(row);
        let period = row.cell(At::Period).to_lowercase().replace("-m", "-");
        if period != self.ground.period {
            let other = row.cell(At::Period).to_owned();
            self.fault(row, Some(At::Period), Wrong::OtherPeriod(other));
        }
        let is_withdrawn = [At::Value, At::Numerator, At::Denominator]
            .iter()
            .all(|at| row.cell(*at).is_empty());
        let parts = indicator.and_then(|indicator| match (is_withdrawn, indicator.measure) {
            (true, Measure::Count) => Some((0, None)),
            (true, _) => Some((0, Some(0))),
            (false, _) => self.parts(row, indicator),
        });
        let (Some((agent, queue)), Some(indicator), Some((numerator, denominator))) =
            (whose, indicator, parts)
        else {
            return;
        };
        let fact = OutsideFact {
            queue,
            agent,
            figure: indicator.figure.clone(),
            numerator,
            denominator,
            is_withdrawn,
            person: None,
        };
        match self.seen.insert(fact.key(), row.line) {
            Some(line) => self.fault(row, None, Wrong::Twice(line)),
            None => self.facts.push(fact),
        }
    }

    fn whose(&mut self, row: &Row<'_>) -> Option<(AgentName, QueueName)> {
        let number = row.cell(At::Number);
        let Some(agents) = self.ground.staff.get(number) else {
            let what = Wrong::UnknownNumber(number.to_owned());
            self.fault(row, Some(At::Number), what);
            return None;
        };
        let named = row.cell(At::Queue);
        let all = agents
            .iter()
            .flat_map(|(agent, queues)| queues.iter().map(move |queue| (agent, queue)));
        let is_meant = |queue: &QueueName| named.is_empty() || queue.as_str() == named;
        let meant: Vec<_> = all.filter(|(_, queue)| is_meant(queue)).collect();
        let what = match meant.as_slice() {
            [(agent, queue)] => return Some(((*agent).clone(), (*queue).clone())),
            [] => Wrong::NotOfQueue(named.to_owned()),
            several if named.is_empty() => {
                let queues: BTreeSet<&QueueName> =
                    several.iter().map(|(_, queue)| *queue).collect();
                Wrong::WhichQueue(queues.into_iter().cloned().collect())
            }
            several => {
                let agents = several.iter().map(|(agent, _)| (*agent).clone());
                Wrong::WhichAgent(agents.collect())
            }
        };
        self.fault(row, Some(At::Queue), what);
        None
    }

    fn indicator(&mut self, row: &Row<'_>) -> Option<&'g Indicator> {
        let code = row.cell(At::Indicator);
        let mut known = self.ground.indicators.iter();
        let found = known.find(|indicator| indicator.code == code);
        if found.is_none() {
            let codes = self.ground.indicators.iter().map(|one| one.code.clone());
            let what = Wrong::UnknownIndicator(code.to_owned(), codes.collect());
            self.fault(row, Some(At::Indicator), what);
        }
        found
    }

    /// Numerator and denominator, which must come to the value.
    fn parts(&mut self, row: &Row<'_>, indicator: &Indicator) -> Option<(i64, Option<i64>)> {
        let value = self.number(row, At::Value);
        let is_split = ![At::Numerator, At::Denominator]
            .iter()
            .all(|at| row.cell(*at).is_empty());
        if indicator.measure == Measure::Count {
            if is_split {
                self.fault(row, Some(At::Numerator), Wrong::IsCount);
            }
            let count = self.whole(row, At::Value, value?)?;
            return (!is_split).then_some((count, None));
        }
        if row.cell(At::Numerator).is_empty() || row.cell(At::Denominator).is_empty() {
            self.fault(row, Some(At::Value), Wrong::NeedsParts);
            return None;
        }
        let above = self.number(row, At::Numerator);
        let above = above.and_then(|number| self.whole(row, At::Numerator, number));
        let below = self.number(row, At::Denominator);
        let below = below.and_then(|number| self.whole(row, At::Denominator, number));
        let (value, above, below) = (value?, above?, below?);
        let factor = if indicator.measure == Measure::Percent {
            100
        } else {
            1
        };
        let places = value.places().min(4);
        let is = above
            .checked_mul(factor)
            .and_then(|above| Decimal::ratio(above, below, places));
        if !is.is_some_and(|is| is.is_equal(value)) {
            let is = is.map(|is| is.to_string()).unwrap_or_default();
            self.fault(row, Some(At::Value), Wrong::OtherValue(is));
            return None;
        }
        Some((above, Some(below)))
    }

    fn number(&mut self, row: &Row<'_>, at: At) -> Option<Decimal> {
        let written = row.cell(at);
        let plain: String = written
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(|letter| if letter == ',' { '.' } else { letter })
            .collect();
        let number = Decimal::parse(&plain).filter(|number| *number >= Decimal::whole(0));
        if number.is_none() {
            self.fault(row, Some(at), Wrong::NotANumber(written.to_owned()));
        }
        number
    }

    /// A number of things.
    fn whole(&mut self, row: &Row<'_>, at: At, number: Decimal) -> Option<i64> {
        let (digits, ten) = number.fraction();
        let whole = digits
            .checked_div(ten)
            .filter(|_| digits.checked_rem(ten) == Some(0));
        let whole = whole.and_then(|whole| i64::try_from(whole).ok());
        if whole.is_none() {
            let written = row.cell(at).to_owned();
            self.fault(row, Some(at), Wrong::NotANumber(written));
        }
        whole
    }
}

#[cfg(test)]
mod tests;
