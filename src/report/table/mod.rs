//! Tables for other programs, and the files made of them: CSV as accountants' programs read it, and XLSX (DOMAIN 3.5).
//!
//! The same table gives the same bytes. Words of strangers stay words, whatever a spreadsheet would make of them; numbers
//! are exact; what is not known is an empty cell, never a dash.

mod codepage;
mod csv;
mod words;
mod xlsx;

use jiff::civil::{Date, DateTime};

pub use self::codepage::Replaced;
use crate::model::{decimal::Decimal, language::Language};

/// A table: its columns, and rows with a cell for each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is called: the name of the sheet, in both languages.
    pub name: Name,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A name in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// In Russian.
    pub ru: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Name {
    /// In that language.
    #[must_use]
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::Ru => self.ru,
            Language::En => self.en,
        }
    }
}

/// A column. Its names never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What programs know it by, in one word.
    pub name: Name,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words; also numbers that are names, whose noughts count.
    Words,
    /// Something that is added up.
    Sum,
    /// A number that it makes no sense to add up: a mean, a share, a price.
    Number,
    /// A day.
    Day,
    /// An instant, in the zone that the file names.
    Moment,
}

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words: [`Cell::words`] makes them.
    Words(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Date),
    /// An instant as the clock of the file's zone showed it.
    Moment(DateTime),
    /// There is no data.
    Empty,
}

impl Cell {
    /// Words of whomsoever, cleaned: one line, composed (NFC), nothing that cannot be seen or that turns the order round.
    /// More than a spreadsheet's cell should hold is cut, and says so.
    #[must_use]
    pub fn words(words: &str) -> Self {
        let cleaned = words::clean(words);
        if cleaned.is_empty() {
            Self::Empty
        } else {
            Self::Words(cleaned)
        }
    }

    /// A count.
    #[must_use]
    pub const fn count(count: i64) -> Self {
        Self::Number(Decimal::whole(count))
    }

    /// Yes is 1, no is 0.
    #[must_use]
    pub const fn flag(is_so: bool) -> Self {
        Self::Number(Decimal::whole(if is_so { 1 } else { 0 }))
    }

    /// A number, if there is one.
    #[must_use]
    pub fn number(number: Option<Decimal>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// How it is written where all is text; words not yet made harmless.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Number(number) => number.in_words_of(Language::Ru),
            Self::Day(day) => day.strftime("%d.%m.%Y").to_string(),
            Self::Moment(moment) => moment.strftime("%d.%m.%Y %H:%M:%S").to_string(),
            Self::Empty => String::new(),
        }
    }
}

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For spreadsheets.
    Xlsx,
    /// For spreadsheets and programs: UTF-8 with a byte order mark.
    CsvUtf8,
    /// For programs that know no better: windows-1251.
    Csv1251,
}

impl Format {
    /// All.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::CsvUtf8, Self::Csv1251];

    /// How it is called where it is chosen.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::CsvUtf8 => "csv-utf8",
            Self::Csv1251 => "csv-1251",
        }
    }

    /// The format called so.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// How the name of the file ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::CsvUtf8 | Self::Csv1251 => "csv",
        }
    }

    /// What a mail says that it is.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::CsvUtf8 => "text/csv; charset=utf-8; header=present",
            Self::Csv1251 => "text/csv; charset=windows-1251; header=present",
        }
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The letters that had to be replaced, which whoever gets the file must be told.
    pub replaced: Vec<Replaced>,
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    /// A row has not a cell for each column.
    #[error("row {row} has {cells} cells, and there are {columns} columns")]
    Ragged {
        /// Which, counted from 1.
        row: usize,
        /// How many it has.
        cells: usize,
        /// How many there should be.
        columns: usize,
    },
    /// The spreadsheet could not be made.
    #[error("the spreadsheet could not be written: {0}")]
    Spreadsheet(String),
}

impl Table {
    /// Writes it; the names of its columns are in that language.
    ///
    /// # Errors
    ///
    /// A row has more or fewer cells than there are columns, or a spreadsheet cannot hold it.
    pub fn write(&self, format: Format, language: Language) -> Result<Written, Unwritten> {
        let columns = self.columns.len();
        for (index, row) in self.rows.iter().enumerate() {
            if row.len() != columns {
                return Err(Unwritten::Ragged {
                    row: index.saturating_add(1),
                    cells: row.len(),
                    columns,
                });
            }
        }
        match format {
            Format::Xlsx => Ok(Written {
                bytes: xlsx::write(self, language)?,
                replaced: Vec::new(),
            }),
            Format::CsvUtf8 => Ok(Written {
                bytes: csv::utf8(self, language),
                replaced: Vec::new(),
            }),
            Format::Csv1251 => Ok(csv::windows_1251(self, language)),
        }
    }
}

#[cfg(test)]
mod tests;
