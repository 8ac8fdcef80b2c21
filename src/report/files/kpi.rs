//! The file `kpi`: one row an employee, department and period, and what the figures are made of.

use jiff::civil::Date;

use super::{
    Employee, Facts, SCHEMA, column,
    figures::{FIGURES, Part},
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
const LAST: Column = column("обращение", "ticket", Kind::Words);

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
    let own = FIGURES.into_iter().map(|(ru, en, _, part)| {
        let kind = match part {
            Part::Above | Part::Below => Kind::Sum,
            Part::Percent | Part::Minutes | Part::Mean => Kind::Number,
        };
        column(ru, en, kind)
    });
    let rows = rows.iter().map(|row| {
        let mut cells = vec![
            Cell::words(SCHEMA),
            Cell::words(&super::period_words(
                row.adjusts.as_ref().unwrap_or(&span.name),
            )),
            Cell::Day(span.from),
            Cell::Day(span.to),
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
        cells
    });
    Table {
        name: Name {
            ru: "показатели",
            en: "kpi",
        },
        rows: rows.collect(),
        columns: FIRST.into_iter().chain(own).chain([LAST]).collect(),
    }
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
