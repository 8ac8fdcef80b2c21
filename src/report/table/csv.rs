//! CSV (RFC 4180) as Excel and 1C in Russia read it: `;` between cells, CRLF after rows, a comma in numbers.

use super::{Cell, Table, Written, codepage};
use crate::model::{cell, language::Language};

/// Without it Excel takes the bytes for windows-1251.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

pub(super) fn utf8(table: &Table, language: Language) -> Vec<u8> {
    let mut text = BYTE_ORDER_MARK.to_owned();
    write(table, language, &mut |words, _| words.to_owned(), &mut text);
    text.into_bytes()
}

pub(super) fn windows_1251(table: &Table, language: Language) -> Written {
    let mut text = String::new();
    let mut page = codepage::Page::default();
    // Before words are made harmless: what stands for a letter may be a sign that begins a formula.
    write(
        table,
        language,
        &mut |words, line| page.fit(words, line),
        &mut text,
    );
    Written {
        bytes: codepage::bytes(&text),
        replaced: page.replaced(),
    }
}

fn write(
    table: &Table,
    language: Language,
    fit: &mut dyn FnMut(&str, u32) -> String,
    text: &mut String,
) {
    let names = table
        .columns
        .iter()
        .map(|column| fit(column.name.of(language), 1));
    let names: Vec<String> = names.collect();
    push_row(&names, text);
    for (place, row) in table.rows.iter().enumerate() {
        let line = u32::try_from(place.saturating_add(2)).unwrap_or(u32::MAX);
        let cells = row.iter().map(|cell| match cell {
            Cell::Words(words) => cell::csv(&fit(words, line)),
            Cell::Number(_) | Cell::Day(_) | Cell::Moment(_) | Cell::Empty => cell.written(),
        });
        let cells: Vec<String> = cells.collect();
        push_row(&cells, text);
    }
}

fn push_row(cells: &[String], text: &mut String) {
    text.push_str(&cells.join(";"));
    text.push_str("\r\n");
}
