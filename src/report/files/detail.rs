//! The file `detail`: everything that the figures are made of, so that an employee can explain and dispute each. For the head
//! only. A row is about a judged promise, about what a request counts for somebody in one figure, about a correction, or about
//! what has changed in a closed period; the column `о_чём` says which.

use jiff::civil::DateTime;

use super::{
    Adjusted, SCHEMA,
    detail_columns::{COLUMNS, MORE_FROM},
    kpi::Span,
};
use crate::{
    model::language::Language,
    report::table::{Cell, Name, Table},
};

/// A row of the month itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetailRow {
    /// A promise that was judged.
    Judged(Judged),
    /// What a request counts for somebody.
    Counted(CountedRow),
    /// What somebody has corrected.
    Correction(CorrectionRow),
}

/// Whom a row is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The employee number; empty: nobody's, or nobody has said it.
    pub number: String,
    /// The name; empty: nobody's.
    pub name: String,
    /// The department.
    pub department: String,
}

/// A promise that was judged, as the file shows it. Times are those of the payroll's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The number of the ticket, with its letters: a spreadsheet must not make a date of it.
    pub ticket: String,
    /// Its class, as a code.
    pub class: String,
    /// Which promise: `first_response`, `resolution`.
    pub clock: String,
    /// When the request came.
    pub created: DateTime,
    /// When it was due as first promised.
    pub due_original: DateTime,
    /// When it was due at last.
    pub due_final: DateTime,
    /// When it was done, if it is.
    pub satisfied: Option<DateTime>,
    /// Whether in time.
    pub is_met: bool,
    /// How many minutes of working time it took.
    pub working_minutes: Option<i64>,
    /// How many minutes by the calendar.
    pub calendar_minutes: Option<i64>,
    /// How many of them waiting for others.
    pub paused_minutes: Option<i64>,
    /// Whose it was when it was due: an employee number or a name; empty: nobody's.
    pub holder: String,
    /// Who solved it.
    pub solver: String,
    /// Whether another department was asked.
    pub is_escalated: bool,
    /// How often it came back.
    pub reopened: i64,
    /// The rating, if there is one.
    pub rating: Option<i64>,
    /// What was corrected, as codes.
    pub adjustment: String,
    /// Whose it is counted for.
    pub person: Person,
    /// Who held it for how many minutes of working time, in words.
    pub held: String,
    /// That it went on to another queue when most of its time was over: when, and from which.
    pub passed_on_late: String,
}

/// What a request counts for somebody in one figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedRow {
    /// The number of the ticket, with its letters.
    pub ticket: String,
    /// For whom.
    pub person: Person,
    /// The figure's code; the file `kpi` and the settings of scores are made of these.
    pub figure: String,
    /// What it is called.
    pub name: String,
    /// The numerator.
    pub above: i64,
    /// What it is of; `None`: it is a count.
    pub below: Option<i64>,
    /// When it happened.
    pub at: Option<DateTime>,
    /// Why it does not count, in words; empty: it does.
    pub why: String,
}

/// What somebody has corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRow {
    /// The number of the ticket, with its letters.
    pub ticket: String,
    /// The department.
    pub department: String,
    /// What, in words.
    pub what: String,
    /// When.
    pub at: DateTime,
    /// Who.
    pub by: String,
    /// Why, as they have said.
    pub reason: String,
}

/// The places of the columns that say whose it is, what has changed, and what the row is about.
const HOLDER: usize = 14;
const CHANGED: usize = 19;
const ABOUT: usize = 20;

/// The table: the rows of the period, and behind them what each ticket has changed in closed periods. The period of such a row
/// is the closed one. `language`: of the words that a row's kind is told in.
#[must_use]
pub fn detail(span: &Span, rows: &[DetailRow], carried: &Adjusted, language: Language) -> Table {
    let about = |ru: &'static str, en: &'static str| Cell::words(Name { ru, en }.of(language));
    let first = |period: &str, ticket: &str| {
        vec![
            Cell::words(SCHEMA),
            Cell::words(&super::period_words(period)),
            Cell::words(&span.zone),
            Cell::words(ticket),
        ]
    };
    let own = rows.iter().map(|row| match row {
        DetailRow::Judged(one) => {
            let mut cells = judged(first(&span.name, &one.ticket), one);
            cells.push(about("срок", "promise"));
            cells.extend(of(&one.person));
            cells.resize(MORE_FROM, Cell::Empty);
            cells.extend([Cell::words(&one.held), Cell::words(&one.passed_on_late)]);
            cells
        }
        DetailRow::Counted(one) => {
            let about = match one.why.is_empty() {
                true => about("показатель", "figure"),
                false => about("не засчитано", "not counted"),
            };
            counted(first(&span.name, &one.ticket), about, one)
        }
        DetailRow::Correction(one) => {
            let about = about("исправление", "correction");
            correction(first(&span.name, &one.ticket), about, one)
        }
    });
    let changed = carried.tickets.iter().filter(|one| !one.changes.is_empty());
    let adjusted = changed.map(|one| {
        let mut cells = first(&one.period, &one.ticket);
        cells.resize(HOLDER, Cell::Empty);
        cells.push(Cell::words(&one.employee.name));
        cells.resize(CHANGED, Cell::Empty);
        cells.push(Cell::words(&one.told()));
        cells.push(about("корректировка", "adjustment"));
        cells.extend([
            Cell::words(&one.employee.number),
            Cell::words(&one.employee.name),
            Cell::words(&one.employee.department),
        ]);
        cells
    });
    let rows = own.chain(adjusted).map(|mut cells| {
        cells.resize(COLUMNS.len(), Cell::Empty);
        cells
    });
    Table {
        name: Name {
            ru: "детализация",
            en: "detail",
        },
        rows: rows.collect(),
        columns: COLUMNS.to_vec(),
    }
}

fn of(person: &Person) -> [Cell; 3] {
    [&person.number, &person.name, &person.department].map(|words| Cell::words(words))
}

fn judged(mut cells: Vec<Cell>, one: &Judged) -> Vec<Cell> {
    let number = |number: Option<i64>| number.map_or(Cell::Empty, Cell::count);
    cells.extend([
        Cell::words(&one.class),
        Cell::words(&one.clock),
        Cell::Moment(one.created),
        Cell::Moment(one.due_original),
        Cell::Moment(one.due_final),
        one.satisfied.map_or(Cell::Empty, Cell::Moment),
        Cell::flag(one.is_met),
        number(one.working_minutes),
        number(one.calendar_minutes),
        number(one.paused_minutes),
        Cell::words(&one.holder),
        Cell::words(&one.solver),
        Cell::flag(one.is_escalated),
        Cell::count(one.reopened),
        number(one.rating),
        Cell::words(&one.adjustment),
    ]);
    cells
}

fn counted(mut cells: Vec<Cell>, about: Cell, one: &CountedRow) -> Vec<Cell> {
    cells.resize(ABOUT, Cell::Empty);
    cells.push(about);
    cells.extend(of(&one.person));
    cells.extend([
        Cell::words(&one.figure),
        Cell::words(&one.name),
        Cell::count(one.above),
        one.below.map_or(Cell::Empty, Cell::count),
        one.at.map_or(Cell::Empty, Cell::Moment),
        Cell::Empty,
        Cell::words(&one.why),
    ]);
    cells
}

fn correction(mut cells: Vec<Cell>, about: Cell, one: &CorrectionRow) -> Vec<Cell> {
    cells.resize(CHANGED, Cell::Empty);
    cells.push(Cell::words(&one.what));
    cells.push(about);
    cells.extend([Cell::Empty, Cell::Empty, Cell::words(&one.department)]);
    cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
    cells.extend([
        Cell::Moment(one.at),
        Cell::words(&one.by),
        Cell::words(&one.reason),
    ]);
    cells
}
