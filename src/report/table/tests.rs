//! Files read back: by the csv crate, by a reader of spreadsheets, and byte by byte.

use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::date;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

use super::*;

const COLUMNS: [Column; 4] = [
    Column {
        name: Name {
            ru: "табельный_номер",
            en: "employee_number",
        },
        kind: Kind::Words,
    },
    Column {
        name: Name {
            ru: "решено",
            en: "solved",
        },
        kind: Kind::Sum,
    },
    Column {
        name: Name {
            ru: "период_с",
            en: "period_from",
        },
        kind: Kind::Day,
    },
    Column {
        name: Name {
            ru: "создано",
            en: "created",
        },
        kind: Kind::Moment,
    },
];

fn table(rows: Vec<Vec<Cell>>) -> Table {
    Table {
        name: Name {
            ru: "к расчёту",
            en: "pay",
        },
        columns: COLUMNS.to_vec(),
        rows,
    }
}

fn one(words: &str) -> Table {
    table(vec![vec![
        Cell::words(words),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ]])
}

fn bytes(table: &Table, format: Format) -> Vec<u8> {
    table.write(format, Language::Ru).unwrap().bytes
}

fn utf8(table: &Table) -> String {
    String::from_utf8(bytes(table, Format::CsvUtf8)).unwrap()
}

/// The first cell below the head, as it stands in the file.
#[track_caller]
fn check(words: &str, written: &str) {
    let text = utf8(&one(words));
    let line = text.split("\r\n").nth(1).unwrap();
    assert_eq!(line.strip_suffix(";;;").unwrap(), written);
}

#[test]
fn a_row_is_written_as_accountants_programs_read_it() {
    let moment = date(2026, 11, 1).at(8, 0, 3, 0);
    let row = vec![
        Cell::words("000123"),
        Cell::Number(Decimal::new(-9524, 2)),
        Cell::Day(date(2026, 10, 1)),
        Cell::Moment(moment),
    ];
    let expected = "\u{FEFF}табельный_номер;решено;период_с;создано\r\n000123;-95,24;01.10.2026;01.11.2026 08:00:03\r\n";
    assert_eq!(utf8(&table(vec![row])), expected);
    let english = table(Vec::new())
        .write(Format::CsvUtf8, Language::En)
        .unwrap();
    assert_eq!(
        english.bytes,
        "\u{FEFF}employee_number;solved;period_from;created\r\n".as_bytes()
    );
}

#[test]
fn words_of_strangers_are_no_formula_and_break_no_row() {
    check(
        "=HYPERLINK(\"http://evil.test\";\"x\")",
        "\"'=HYPERLINK(\"\"http://evil.test\"\";\"\"x\"\")\"",
    );
    check("+7 495", "'+7 495");
    check("-5", "'-5");
    check("@SUM(A1)", "'@SUM(A1)");
    check("\t=1", "'=1");
    check("\r\n=1", "'=1");
    check("\u{200B}=1", "'=1");
    check("＝1", "'＝1");
    check("one\r\ntwo;\"three\"", "\"one two;\"\"three\"\"\"");
    check("a\u{202E}cod.exe\u{2066}", "acod.exe");
    check("", "");
    check(" \u{200B} ", "");
}

#[test]
fn letters_are_composed() {
    check("И\u{306}", "Й");
    check("Е\u{308}лкина", "Ёлкина");
    // What composes into a separator is quoted: the Greek question mark.
    check("a\u{37E}b", "\"a;b\"");
}

#[test]
fn the_old_code_page_replaces_and_tells() {
    let written = one("Нұрғали ≥ Иванов")
        .write(Format::Csv1251, Language::Ru)
        .unwrap();
    let (text, _, is_broken) = encoding_rs::WINDOWS_1251.decode(&written.bytes);
    assert!(!is_broken);
    assert_eq!(text.split("\r\n").nth(1).unwrap(), "Нургали >= Иванов;;;");
    let told: Vec<(char, &str)> = written
        .replaced
        .iter()
        .map(|one| (one.letter, one.by.as_str()))
        .collect();
    assert_eq!(told, [('ғ', "г"), ('ұ', "у"), ('≥', ">=")]);
    // The minus of typographers is not in it; the one that stands for it begins no formula.
    let minus = one("−5").write(Format::Csv1251, Language::Ru).unwrap();
    assert!(
        minus.bytes.windows(5).any(|part| part == b"\r\n'-5"),
        "{:?}",
        minus.bytes
    );
}

#[test]
fn more_or_fewer_cells_than_columns_are_refused() {
    let short = table(vec![vec![Cell::Empty; 4], vec![Cell::Empty; 3]]);
    for format in Format::ALL {
        assert_eq!(
            short.write(format, Language::Ru).unwrap_err().to_string(),
            "row 2 has 3 cells, and there are 4 columns"
        );
    }
}

#[test]
fn long_words_are_cut_and_say_so() {
    let Cell::Words(cut) = Cell::words(&"ю".repeat(40_000)) else {
        panic!("words are words");
    };
    assert_eq!(cut.chars().count(), 1000);
    assert!(cut.ends_with('…'));
}

/// The cells of a spreadsheet, the head too.
fn sheet(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let (_, range) = book.worksheets().into_iter().next().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_spreadsheet_has_text_numbers_and_dates_and_the_same_bytes_every_time() {
    let row = vec![
        Cell::words("000123"),
        Cell::Number(Decimal::new(9524, 2)),
        Cell::Day(date(2026, 10, 1)),
        Cell::Moment(date(2026, 11, 1).at(8, 0, 3, 0)),
    ];
    let made = table(vec![
        row,
        vec![Cell::words("=1+1"), Cell::Empty, Cell::Empty, Cell::Empty],
    ]);
    let first = bytes(&made, Format::Xlsx);
    assert_eq!(first, bytes(&made, Format::Xlsx));
    let rows = sheet(first);
    assert_eq!(rows[0][0], Data::String("табельный_номер".to_owned()));
    assert_eq!(
        rows[1][0],
        Data::String("000123".to_owned()),
        "its noughts count"
    );
    assert_eq!(rows[1][1], Data::Float(95.24));
    assert!(
        matches!(rows[1][2], Data::DateTime(day) if day.as_f64() == 46296.0),
        "{:?}",
        rows[1][2]
    );
    assert!(
        matches!(rows[1][3], Data::DateTime(at) if at.as_f64() > 46327.3333),
        "{:?}",
        rows[1][3]
    );
    assert_eq!(rows[2][0], Data::String("'=1+1".to_owned()));
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@;,|\"'a\t\r\n\u{FEFF}\u{202E}\u{301}＝−é -]{0,12}",
        "\\PC{0,12}",
        ".{0,12}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_is_written_is_read_back_and_nothing_begins_dangerously(
        words in prop::collection::vec(any_words(), 1..6),
        numbers in prop::collection::vec((any::<i64>(), 0_u8..5), 6),
    ) {
        let rows = words.iter().zip(&numbers).map(|(words, (digits, places))| {
            let number = Cell::Number(Decimal::new(*digits, *places));
            vec![Cell::words(words), number, Cell::Empty, Cell::Empty]
        });
        let made = table(rows.collect());
        for format in [Format::CsvUtf8, Format::Csv1251] {
            let file = bytes(&made, format);
            let text = match format {
                Format::CsvUtf8 => String::from_utf8(file[3..].to_vec()).unwrap(),
                Format::Csv1251 | Format::Xlsx => encoding_rs::WINDOWS_1251.decode(&file).0.into_owned(),
            };
            assert!(text.ends_with("\r\n") && text.matches('\n').count().checked_sub(1) == Some(words.len()), "{text:?}");
            let mut reader = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
            let read: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(read.len(), words.len());
            for (record, row) in read.iter().zip(&made.rows) {
                let cell = &record[0];
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{cell:?}");
                let words = row[0].written();
                let is_same = cell == words || cell.strip_prefix('\'') == Some(words.as_str());
                assert!(is_same || format == Format::Csv1251, "{cell:?} of {words:?}");
                assert_eq!(&record[1], row[1].written());
                assert!(record[1].chars().all(|c| c.is_ascii_digit() || c == ',' || c == '-'));
            }
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(words in any_words()) {
        let once = Cell::words(&words).written();
        assert_eq!(Cell::words(&once).written(), once);
    }
}
