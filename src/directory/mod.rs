//! # directory: the people that a CSV file names, and figures of them from outside
//!
//! What a personnel department exports, read as it comes: [`read`] makes people of bytes, or says everything that is
//! wrong at once, each with its line. `charset` makes characters of the bytes, `table` rows of the characters,
//! `columns` knows what the header's words mean, `row` makes a person of a row, `doubles` sees that nobody stands
//! there twice. `facts` reads figures from outside in the same way. Pure, linear in the size of the file, and bounded.

mod charset;
mod columns;
mod doubles;
mod facts;
mod finding;
mod row;
mod table;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

pub use self::{
    columns::Column,
    facts::{FactFault, Ground, Wrong, read_facts},
    finding::{FileFault, Finding, Note, RowFault, What},
};
use self::{columns::Header, doubles::Doubles, table::Table};
use crate::model::{
    address::Address,
    person::{Entry, Kind},
};

/// The largest file that is read, in bytes: some two hundred thousand rows.
pub const FILE_BYTES_MAX: u64 = 32_000_000;

/// The most people of a file.
pub const PEOPLE_MAX: usize = 100_000;

/// The most problems, and the most remarks, that are told of one file.
const TOLD_MAX: usize = 100;

/// The people of a file, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// The SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The encoding it was in, by its name in the WHATWG standard.
    pub encoding: &'static str,
    /// What separates its cells.
    pub separator: char,
    /// The columns that were used, as the file names them.
    pub columns: Vec<(Column, String)>,
    /// The people and shared mailboxes, in the order of the file; never empty.
    pub people: Vec<Entry>,
    /// What was left out.
    pub notes: Vec<Finding>,
}

impl Directory {
    /// How many of them are of that kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.people
            .iter()
            .filter(|entry| entry.kind == kind)
            .count()
    }
}

/// Reads a file; `file` is how messages call it.
///
/// # Errors
/// Everything that is wrong with it, in the order of its lines and never empty. One mistake refuses the whole file: half
/// a directory would be taken for people who have left.
pub fn read(bytes: &[u8], file: &str) -> Result<Directory, Vec<Finding>> {
    let told = |found: Found| {
        let told = found.into_iter().map(|(line, what)| Finding {
            file: file.to_owned(),
            line,
            what,
        });
        told.collect::<Vec<_>>()
    };
    let is_too_large = u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX;
    if is_too_large {
        return Err(told(vec![(0, FileFault::TooLarge(FILE_BYTES_MAX).into())]));
    }
    let decoded = charset::decode(bytes).map_err(|faults| {
        told(shortened(
            faults
                .into_iter()
                .map(|(line, fault)| (line, fault.into()))
                .collect(),
        ))
    })?;
    let text = table::closed(&decoded.text);
    let separator = table::separator(&text);
    let mut table = Table::new(&text, separator);
    let header = header(&mut table).map_err(|fault| told(vec![fault]))?;
    let rows = rows(&mut table, &header.1);
    if !rows.problems.is_empty() {
        return Err(told(shortened(rows.problems)));
    }
    let (line, header) = header;
    let mut notes: Found = header
        .notes
        .into_iter()
        .map(|note| (line, note.into()))
        .collect();
    notes.extend(rows.notes);
    notes.truncate(TOLD_MAX);
    Ok(Directory {
        sha256: HEXLOWER.encode(&Sha256::digest(bytes)),
        encoding: decoded.encoding.name(),
        separator: char::from(separator),
        columns: header.used,
        people: rows.people,
        notes: told(notes),
    })
}

/// What was found, with its lines.
type Found = Vec<(u64, What)>;

fn shortened(mut problems: Found) -> Found {
    let more = problems.len().saturating_sub(TOLD_MAX);
    problems.truncate(TOLD_MAX);
    if more > 0 {
        problems.push((0, FileFault::More(more).into()));
    }
    problems
}

/// The header and its line.
fn header(table: &mut Table<'_>) -> Result<(u64, Header), (u64, What)> {
    let Some((lines, row)) = table.next_row() else {
        return Err((0, FileFault::Empty.into()));
    };
    if lines.is_open {
        return Err((lines.first, RowFault::OpenQuote.into()));
    }
    let cells: Vec<&str> = row.iter().collect();
    let header = Header::read(&cells);
    if header.has(Column::Addresses) {
        return Ok((lines.first, header));
    }
    let is_somebody = cells.iter().any(|cell| Address::parse(cell).is_ok());
    let fault = if is_somebody {
        FileFault::NoHeader
    } else {
        let names: Vec<String> = cells
            .iter()
            .take(header.width.min(20))
            .map(|cell| columns::shown(cell))
            .collect();
        FileFault::NoAddressColumn(names.join(" | "))
    };
    Err((lines.first, fault.into()))
}

/// The rows below a header.
#[derive(Debug, Default)]
struct Rows {
    people: Vec<Entry>,
    problems: Found,
    notes: Found,
}

fn rows(table: &mut Table<'_>, header: &Header) -> Rows {
    let mut rows = Rows::default();
    let mut doubles = Doubles::default();
    let mut addressless = Vec::new();
    while let Some((lines, row)) = table.next_row() {
        let mut found = Vec::new();
        if rows.people.len() >= PEOPLE_MAX {
            rows.problems
                .push((lines.first, FileFault::TooMany(PEOPLE_MAX).into()));
            break;
        }
        let filled = columns::filled(row.iter());
        if lines.is_open {
            found.push(RowFault::OpenQuote.into());
        } else if filled > header.width {
            found.push(
                RowFault::TooManyCells {
                    cells: filled,
                    columns: header.width,
                    until: (lines.last > lines.first).then_some(lines.last),
                }
                .into(),
            );
        } else if let Some(entry) = row::entry(lines.first, header, row, &mut found) {
            doubles.check(&entry, &mut found);
            rows.people.push(entry);
        } else {
            addressless.push(lines.first);
        }
        for what in found {
            let list = match what {
                What::Note(_) => &mut rows.notes,
                What::File(_) | What::Row(_) => &mut rows.problems,
            };
            list.push((lines.first, what));
        }
    }
    if !addressless.is_empty() {
        let more = addressless.len().saturating_sub(10);
        addressless.truncate(10);
        rows.notes.insert(
            0,
            (
                0,
                Note::NoAddress {
                    lines: addressless,
                    more,
                }
                .into(),
            ),
        );
    }
    if rows.people.is_empty() && rows.problems.is_empty() {
        rows.problems.push((0, FileFault::Nobody.into()));
    }
    rows
}

#[cfg(test)]
mod tests;
