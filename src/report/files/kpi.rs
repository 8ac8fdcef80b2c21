//! The file `kpi`: one row an employee, department and period, and what the figures are made of.

use jiff::civil::Date;

use super::{
    Employee, Facts, SCHEMA, column,
    figures::{FIGURES, MORE, Part},
};
use crate::report::table::{Cell, Column, Kind, Name, Table};

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiRow {
    /// What it is about.
    pub kind: RowKind,
    /// The closed period that it adjusts; `None`: it is of the period of the file.
    pub adjusts: Option<String>,
    /// The ticket that an adjustment comes from, with its letters.
    pub ticket: String,
    /// Whom it is about; of a department or the house, what is known of it.
    pub employee: Employee,
    /// How many working days the period had for them.
    pub working_days: Option<i64>,
    /// What was counted.
    pub facts: Facts,
}

/// What a row is about: whoever adds up a column must know what is a sum already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// One employee.
    Employee,
    /// What is nobody's: lateness of what was not given to anybody.
    Unassigned,
    /// A department as a whole.
    Department,
    /// The house.
    Total,
    /// What changes a closed period, paid with this one.
    Adjustment,
    /// What must be nought, if the sums are right.
    Check,
}

impl RowKind {
    /// How the file calls it, in either language.
    #[must_use]
    pub const fn name(self) -> Name {
        let (ru, en) = match self {
            Self::Employee => ("сотрудник", "employee"),
            Self::Unassigned => ("не распределено", "unassigned"),
            Self::Department => ("отдел", "department"),
            Self::Total => ("итого", "total"),
            Self::Adjustment => ("корректировка", "adjustment"),
            Self::Check => ("контроль", "check"),
        };
        Name { ru, en }
    }
}

const FIRST: [Column; 11] = [
    column("схема", "schema", Kind::Words),
    column("период", "period", Kind::Words),
    column("период_с", "period_from", Kind::Day),
    column("период_по", "period_to", Kind::Day),
    column("часовой_пояс", "time_zone", Kind::Words),
    column("тип_строки", "row_type", Kind::Words),
    column("табельный_номер", "employee_number", Kind::Words),
    column("фио", "full_name", Kind::Words),
    column("подразделение", "department", Kind::Words),
    column("должность", "position", Kind::Words),
    column("рабочих_дней", "working_days", Kind::Number),
];

/// Which ticket an adjustment comes from.
const TICKET: Column = column("обращение", "ticket", Kind::Words);

/// From which day on nothing that was solved in the period can come back any more: until then what is counted of solutions is
/// preliminary.
const FINAL: Column = column("окончательно_с", "final_from", Kind::Day);

/// A solution of the last day may come back for so many days; the next one is the first on which it cannot.
const FINAL_AFTER_DAYS: i64 = crate::desk::kpi::REOPEN_DAYS + 1;

/// The period that a file is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// How it is called: `2026-10`.
    pub name: String,
    /// Its first day.
    pub from: Date,
    /// Its last day, which belongs to it.
    pub to: Date,
    /// The zone of the payroll: `Europe/Moscow`.
    pub zone: String,
}

/// The table. `language`: of the words that a row's kind is told in.
#[must_use]
pub fn kpi(span: &Span, rows: &[KpiRow], language: crate::model::language::Language) -> Table {
    let figure = |(ru, en, _, part): (&'static str, &'static str, &str, Part)| {
        let kind = match part {
            Part::Above | Part::Below => Kind::Sum,
            Part::Percent | Part::Minutes | Part::Mean => Kind::Number,
        };
        column(ru, en, kind)
    };
    let columns = FIRST.into_iter();
    let columns = columns.chain(FIGURES.into_iter().map(figure));
    let columns = columns.chain([TICKET, FINAL]);
    let columns = columns.chain(MORE.into_iter().map(figure));
    Table {
        name: Name {
            ru: "показатели",
            en: "kpi",
        },
        rows: rows.iter().map(|row| cells(span, row, language)).collect(),
        columns: columns.collect(),
    }
}

fn cells(span: &Span, row: &KpiRow, language: crate::model::language::Language) -> Vec<Cell> {
    let adjusts = row.adjusts.as_deref();
    let name = adjusts.unwrap_or(&span.name);
    // An adjustment is of the closed period, and so are its days.
    let days = adjusts.and_then(days_of).unwrap_or((span.from, span.to));
    let last = days.1.checked_add(jiff::Span::new().days(FINAL_AFTER_DAYS));
    let last = last.ok().filter(|_| row.kind != RowKind::Check);
    let mut cells = vec![
        Cell::words(SCHEMA),
        Cell::words(&super::period_words(name)),
        Cell::Day(days.0),
        Cell::Day(days.1),
        Cell::words(&span.zone),
        Cell::words(row.kind.name().of(language)),
        Cell::words(&row.employee.number),
        Cell::words(&row.employee.name),
        Cell::words(&row.employee.department),
        Cell::words(&row.employee.position),
        row.working_days.map_or(Cell::Empty, Cell::count),
    ];
    let own = FIGURES.iter();
    cells.extend(own.map(|(_, _, code, part)| cell(&row.facts, code, *part)));
    cells.push(Cell::words(&row.ticket));
    cells.push(last.map_or(Cell::Empty, Cell::Day));
    let more = MORE.iter().map(|(_, _, code, part)| {
        // What does not count is told of a department, not of people.
        let is_of_all = matches!(row.kind, RowKind::Department | RowKind::Total);
        match code.starts_with("excluded_") && !is_of_all {
            true => Cell::Empty,
            false => cell(&row.facts, code, *part),
        }
    });
    cells.extend(more);
    cells
}

/// The first and the last day of a period by its name: `2026-09`, `2026-q3`, `2026`.
fn days_of(name: &str) -> Option<(Date, Date)> {
    let (year, part) = name.split_once('-').unwrap_or((name, ""));
    let (month, months) = match part.strip_prefix('q') {
        Some(quarter) => {
            let before = quarter.parse::<i8>().ok()?.checked_sub(1)?;
            (before.checked_mul(3)?.checked_add(1)?, 3)
        }
        None if part.is_empty() => (1, 12),
        None => (part.parse().ok()?, 1),
    };
    let first = Date::new(year.parse().ok()?, month, 1).ok()?;
    let after = first.checked_add(jiff::Span::new().months(months)).ok()?;
    Some((first, after.yesterday().ok()?))
}

fn cell(facts: &Facts, code: &str, part: Part) -> Cell {
    let Some(fact) = facts.get(code) else {
        return Cell::Empty;
    };
    match part {
        Part::Above => Cell::count(fact.numerator),
        Part::Below => fact.denominator.map_or(Cell::Empty, Cell::count),
        Part::Percent => Cell::number(fact.rounded(100, 2)),
        Part::Minutes => Cell::number(fact.rounded(1, 0)),
        Part::Mean => Cell::number(fact.rounded(1, 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adjustment_has_the_days_of_its_own_period() {
        let days = |name| days_of(name).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(days("2026-02").as_deref(), Some("2026-02-01 2026-02-28"));
        assert_eq!(days("2026-q4").as_deref(), Some("2026-10-01 2026-12-31"));
        assert_eq!(days("2026").as_deref(), Some("2026-01-01 2026-12-31"));
        assert_eq!(days("october"), None);
    }
}
