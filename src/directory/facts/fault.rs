//! What may be wrong with a file of figures from outside.

use crate::model::ids::{AgentName, QueueName};

/// Something wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactFault {
    /// The line it begins on, from 1; 0: the file.
    pub line: u64,
    /// The column, in the file's own words; empty: the whole line.
    pub column: String,
    /// What.
    pub what: Wrong,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The bytes are no text of a spreadsheet.
    Unreadable,
    /// A column is missing; its names in both languages.
    NoColumn(&'static str, &'static str),
    /// Nothing stands below the header.
    Nothing,
    /// A row has more or fewer cells than the header.
    Ragged,
    /// Nobody who serves a queue has that number.
    UnknownNumber(String),
    /// The employee serves several queues, or has figures of the period in another: which one is meant? Their names.
    WhichQueue(Vec<QueueName>),
    /// Several agents of that queue have the number: nobody knows whose figure it is. Their names.
    WhichAgent(Vec<AgentName>),
    /// The employee does not serve that queue.
    NotOfQueue(String),
    /// No indicator of that code comes from outside; those that do.
    UnknownIndicator(String, Vec<String>),
    /// It is of another period.
    OtherPeriod(String),
    /// It is no number.
    NotANumber(String),
    /// The indicator is a count: it has no numerator and denominator.
    IsCount,
    /// The indicator is a share or a mean: nobody can be paid by it without knowing of how many.
    NeedsParts,
    /// Numerator and denominator come to another value.
    OtherValue(String),
    /// The same stands in an earlier line.
    Twice(u64),
    /// A column stands there twice; its names in both languages.
    ColumnTwice(&'static str, &'static str),
    /// So many rows more were not looked at: there is enough to be mended.
    More(u64),
    /// The file is larger than so many bytes.
    TooLarge(usize),
}
