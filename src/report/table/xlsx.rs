//! XLSX: one sheet, a head that stays in sight, numbers as numbers, names as text.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Kind, Table, Unwritten};
use crate::model::{cell, language::Language};

/// Wider columns are in the way.
const CHARS_MAX: usize = 40;

/// How cells look.
struct Looks {
    words: Format,
    day: Format,
    moment: Format,
    /// By places after the comma.
    numbers: Vec<Format>,
}

impl Looks {
    fn new() -> Self {
        let number = |places: usize| {
            let zeros = "0".repeat(places);
            let point = if places > 0 { "." } else { "" };
            Format::new().set_num_format(format!("0{point}{zeros}"))
        };
        Self {
            // `@`: no program makes a number of an employee's number, also when it is typed over.
            words: Format::new().set_num_format("@"),
            day: Format::new().set_num_format("dd.mm.yyyy"),
            moment: Format::new().set_num_format("dd.mm.yyyy hh:mm:ss"),
            numbers: (0..=9).map(number).collect(),
        }
    }
}

impl From<XlsxError> for Unwritten {
    fn from(error: XlsxError) -> Self {
        Self::Spreadsheet(error.to_string())
    }
}

pub(super) fn write(table: &Table, language: Language) -> Result<Vec<u8>, Unwritten> {
    let mut workbook = Workbook::new();
    // The day it was made would make every copy another file.
    let always = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&always));
    let sheet = workbook.add_worksheet();
    sheet.set_name(table.name.of(language))?;
    sheet.set_freeze_panes(1, 0)?;
    write_head(table, language, sheet)?;
    let looks = Looks::new();
    for (index, row) in table.rows.iter().enumerate() {
        let line = u32::try_from(index.saturating_add(1))
            .map_err(|error| Unwritten::Spreadsheet(error.to_string()))?;
        for (column, cell) in row.iter().enumerate() {
            write_cell(sheet, (line, place(column)?), cell, &looks)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

fn place(column: usize) -> Result<u16, Unwritten> {
    u16::try_from(column).map_err(|error| Unwritten::Spreadsheet(error.to_string()))
}

fn write_head(table: &Table, language: Language, sheet: &mut Worksheet) -> Result<(), Unwritten> {
    let bold = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let words = Format::new().set_num_format("@");
    for (index, column) in table.columns.iter().enumerate() {
        let (name, at) = (column.name.of(language), place(index)?);
        sheet.write_string_with_format(0, at, name, &bold)?;
        let cells = table.rows.iter().filter_map(|row| row.get(index));
        let widest = cells.map(|cell| cell.written().chars().count()).max();
        let chars = widest
            .unwrap_or_default()
            .max(name.chars().count())
            .min(CHARS_MAX);
        let width = u32::try_from(chars).map_or(10.0, f64::from);
        sheet.set_column_width(at, width + 2.0)?;
        if column.kind == Kind::Words {
            sheet.set_column_format(at, &words)?;
        }
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
) -> Result<(), Unwritten> {
    match cell {
        Cell::Empty => {}
        // A text cell is no formula; but it may be saved as CSV, or copied.
        Cell::Words(words) => {
            let words = cell::harmless(words);
            sheet.write_string_with_format(line, column, words, &looks.words)?;
        }
        Cell::Number(number) => {
            let places = usize::from(number.places());
            let value = number.to_f64();
            match looks.numbers.get(places) {
                Some(look) => sheet.write_number_with_format(line, column, value, look)?,
                None => sheet.write_number(line, column, value)?,
            };
        }
        Cell::Day(day) => {
            sheet.write_datetime_with_format(line, column, excel_day(*day)?, &looks.day)?;
        }
        Cell::Moment(moment) => {
            let time = moment.time();
            let part = |number: i8| u8::try_from(number).unwrap_or_default();
            let at = excel_day(moment.date())?.and_hms(
                u16::from(part(time.hour())),
                part(time.minute()),
                f64::from(time.second()),
            )?;
            sheet.write_datetime_with_format(line, column, at, &looks.moment)?;
        }
    }
    Ok(())
}

fn excel_day(day: jiff::civil::Date) -> Result<ExcelDateTime, Unwritten> {
    let (year, month, of_month) = (
        u16::try_from(day.year()).unwrap_or_default(),
        u8::try_from(day.month()).unwrap_or_default(),
        u8::try_from(day.day()).unwrap_or_default(),
    );
    Ok(ExcelDateTime::from_ymd(year, month, of_month)?)
}
