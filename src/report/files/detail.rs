//! The file `detail`: one row a judged promise, so that an employee can dispute a figure. For the head only.

use jiff::civil::DateTime;

use super::{Carried, SCHEMA, column, kpi::Span};
use crate::report::table::{Cell, Kind, Name, Table};

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
}

/// The places of the columns that say whose it is, and what has changed.
const HOLDER: usize = 14;
const LAST: usize = 19;

/// The table: the judged promises, and behind them what each ticket has changed in closed periods. The period of such a row
/// is the closed one.
#[must_use]
pub fn detail(span: &Span, judged: &[Judged], carried: &[Carried]) -> Table {
    let number = |number: Option<i64>| number.map_or(Cell::Empty, Cell::count);
    let rows = judged.iter().map(|one| {
        vec![
            Cell::words(SCHEMA),
            Cell::words(&super::period_words(&span.name)),
            Cell::words(&span.zone),
            Cell::words(&one.ticket),
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
        ]
    });
    let adjusted = carried.iter().map(|one| {
        let mut cells = vec![
            Cell::words(SCHEMA),
            Cell::words(&super::period_words(&one.period)),
            Cell::words(&span.zone),
            Cell::words(&one.ticket),
        ];
        cells.resize(HOLDER, Cell::Empty);
        cells.push(Cell::words(&one.employee.name));
        cells.resize(LAST, Cell::Empty);
        cells.push(Cell::words(&one.told()));
        cells
    });
    let rows = rows.chain(adjusted);
    Table {
        name: Name {
            ru: "детализация",
            en: "detail",
        },
        columns: vec![
            column("схема", "schema", Kind::Words),
            column("период", "period", Kind::Words),
            column("часовой_пояс", "time_zone", Kind::Words),
            column("обращение", "ticket", Kind::Words),
            column("класс", "class", Kind::Words),
            column("вид_срока", "clock", Kind::Words),
            column("создано", "created", Kind::Moment),
            column("срок_исходный", "due_original", Kind::Moment),
            column("срок_итоговый", "due_final", Kind::Moment),
            column("выполнено", "satisfied", Kind::Moment),
            column("в_срок", "met", Kind::Sum),
            column("рабочих_мин", "working_min", Kind::Sum),
            column("календарных_мин", "calendar_min", Kind::Sum),
            column("пауза_мин", "paused_min", Kind::Sum),
            column("у_кого_в_срок", "holder_at_due", Kind::Words),
            column("решил", "solver", Kind::Words),
            column("эскалация", "escalated", Kind::Sum),
            column("возобновлений", "reopened", Kind::Sum),
            column("оценка", "rating", Kind::Number),
            column("корректировка", "adjustment", Kind::Words),
        ],
        rows: rows.collect(),
    }
}
