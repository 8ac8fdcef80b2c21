//! What a letter says of a file: how to tick it off.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::{
    model::{decimal::Decimal, language::Language},
    report::table::{Cell, Kind, Table, Written},
};

/// What a file can be checked by.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// How many rows, the head not counted.
    pub rows: u64,
    /// The sum of every column that is one: its name, and the sum as the letter's language writes it.
    pub sums: Vec<(String, String)>,
}

/// The summary of a file and the table it was written from.
#[must_use]
pub fn summary(table: &Table, written: &Written, language: Language) -> Summary {
    let many = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let columns = table.columns.iter().enumerate();
    let sums = columns.filter(|(_, column)| column.kind == Kind::Sum);
    let sums = sums.map(|(index, column)| {
        let cells = table.rows.iter().filter_map(|row| match row.get(index)? {
            Cell::Number(number) => Some(*number),
            Cell::Words(_) | Cell::Day(_) | Cell::Moment(_) | Cell::Empty => None,
        });
        // What does not fit 64 bits is no sum of a month.
        let sum = cells.fold(Decimal::whole(0), |sum, one| sum.plus(one).unwrap_or(sum));
        (
            column.name.of(language).to_owned(),
            sum.in_words_of(language),
        )
    });
    Summary {
        sha256: HEXLOWER.encode(&Sha256::digest(&written.bytes)),
        bytes: many(written.bytes.len()),
        rows: many(table.rows.len()),
        sums: sums.collect(),
    }
}
