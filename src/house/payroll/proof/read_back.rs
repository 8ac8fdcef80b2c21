//! The accountants' file read as they read it: what stands in each row, whatever it was written as.

use std::{borrow::Cow, io::Cursor};

use calamine::{Data, Reader as _, Xlsx};
use data_encoding::BASE64;
use encoding_rs::WINDOWS_1251;

use super::super::basis::PaidRow;
use crate::model::{decimal::Decimal, payroll::PayFile};

/// What stands in a row.
pub(in crate::house::payroll) struct SentRow {
    pub(in crate::house::payroll) number: String,
    pub(in crate::house::payroll) name: String,
    pub(in crate::house::payroll) department: String,
    pub(in crate::house::payroll) period: String,
    pub(in crate::house::payroll) indicator: String,
    /// With a decimal point.
    pub(in crate::house::payroll) value: String,
}

impl SentRow {
    /// Whether it says this, of what that row is of. A spreadsheet keeps no noughts at the end of a number.
    pub(in crate::house::payroll) fn says(&self, row: &PaidRow, value: &str) -> bool {
        let is_equal = match (Decimal::parse(&self.value), Decimal::parse(value)) {
            (Some(one), Some(other)) => one.is_equal(other),
            (_, _) => self.value == value,
        };
        is_equal && self.period == row.period && self.indicator == row.indicator
    }
}

/// The rows of a file that is kept in base64; `None`: it cannot be read.
pub(in crate::house::payroll) fn read_back(pay: &PayFile, base64: &str) -> Option<Vec<SentRow>> {
    let bytes = BASE64.decode(base64.as_bytes()).ok()?;
    match pay.name.ends_with(".xlsx") {
        true => spreadsheet(bytes),
        false => text(&decoded(&bytes)),
    }
}

/// A text in UTF-8 begins with its mark; another is in windows-1251.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match bytes.strip_prefix("\u{feff}".as_bytes()) {
        Some(text) => String::from_utf8_lossy(text),
        None => WINDOWS_1251.decode_without_bom_handling(bytes).0,
    }
}

fn spreadsheet(bytes: Vec<u8>) -> Option<Vec<SentRow>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let range = book.worksheet_range_at(0)?.ok()?;
    let written = |cell: &Data| match *cell == Data::Empty {
        true => String::new(),
        false => cell.to_string(),
    };
    let row = |cells: &[Data]| match cells {
        [number, name, department, period, indicator, value] => Some(SentRow {
            number: written(number),
            name: written(name),
            department: written(department),
            period: written(period),
            indicator: written(indicator),
            value: written(value),
        }),
        _ => None,
    };
    range.rows().skip(1).map(row).collect()
}

fn text(file: &str) -> Option<Vec<SentRow>> {
    let row = |line: &str| match cells(line).as_slice() {
        [number, name, department, period, indicator, value] => Some(SentRow {
            number: number.clone(),
            name: name.clone(),
            department: department.clone(),
            period: period.clone(),
            indicator: indicator.clone(),
            value: value.replace(',', "."),
        }),
        _ => None,
    };
    file.lines().skip(1).map(row).collect()
}

/// The cells of a line: a `;` in quotes is a part of one.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for one in line.chars() {
        match one {
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => cells.push(String::new()),
            one => {
                if let Some(last) = cells.last_mut() {
                    last.push(one);
                }
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_semicolon_moves_no_cell() {
        let rows = text("n;f;d;p;i;v\r\n1;\"Ким; \"\"Б\"\"\";ИТ;2026-M11;KOEFF;0,97\r\n").unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].indicator.as_str(), rows[0].value.as_str()),
            ("KOEFF", "0.97")
        );
    }
}
