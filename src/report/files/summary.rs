//! What a letter says of a file: how to tick it off, and what changed since the version before.

use std::collections::BTreeMap;

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

/// A row that differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    /// What tells the row apart, as its cells are written.
    pub key: Vec<String>,
    /// Whether it is new, gone or changed.
    pub how: How,
    /// The columns that changed: name, before, now.
    pub cells: Vec<(String, String, String)>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It was not there before.
    Added,
    /// It is there no longer.
    Removed,
    /// Some cell is another.
    Changed,
}

/// The rows that differ, in the order of what tells them apart. Both tables have the same columns.
#[must_use]
pub fn changes(before: &Table, now: &Table, language: Language) -> Vec<Changed> {
    let (old, new) = (by_key(before), by_key(now));
    let mut found = Vec::new();
    for (key, row) in &old {
        if !new.contains_key(key) {
            found.push(changed(
                key,
                How::Removed,
                cells(now, Some(row), None, language),
            ));
        }
    }
    for (key, row) in &new {
        match old.get(key) {
            None => found.push(changed(
                key,
                How::Added,
                cells(now, None, Some(row), language),
            )),
            Some(was) if was != row => {
                found.push(changed(
                    key,
                    How::Changed,
                    cells(now, Some(was), Some(row), language),
                ));
            }
            Some(_) => {}
        }
    }
    found.sort_by(|one, two| one.key.cmp(&two.key));
    found
}

fn changed(key: &Key, how: How, cells: Vec<(String, String, String)>) -> Changed {
    Changed {
        key: key.cells.clone(),
        how,
        cells,
    }
}

/// What tells a row apart; rows that are alike in it are told apart by their order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    cells: Vec<String>,
    nth: u32,
}

fn by_key(table: &Table) -> BTreeMap<Key, &Vec<Cell>> {
    let mut rows = BTreeMap::new();
    for row in &table.rows {
        let parts = row
            .iter()
            .zip(&table.columns)
            .filter(|(_, column)| column.is_key);
        let mut key = Key {
            cells: parts.map(|(cell, _)| cell.written()).collect(),
            nth: 0,
        };
        while rows.contains_key(&key) {
            key.nth = key.nth.saturating_add(1);
        }
        rows.insert(key, row);
    }
    rows
}

/// The cells that differ; what is not there is empty.
fn cells(
    table: &Table,
    was: Option<&Vec<Cell>>,
    is: Option<&Vec<Cell>>,
    language: Language,
) -> Vec<(String, String, String)> {
    let at = |row: Option<&Vec<Cell>>, index: usize| {
        row.and_then(|row| row.get(index))
            .map(Cell::written)
            .unwrap_or_default()
    };
    let columns = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.is_key);
    let pairs =
        columns.map(|(index, column)| (column.name.of(language), at(was, index), at(is, index)));
    pairs
        .filter(|(_, was, is)| was != is)
        .map(|(name, was, is)| (name.to_owned(), was, is))
        .collect()
}
