//! The files of reports: their bytes as they were agreed on, and their cells as other programs read them.
//!
//! The golden files lie in `tests/snapshots`: `INSTA_UPDATE=always` writes them anew where a change is meant. What real
//! LibreOffice makes of them is asked by `make interop`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "helpers of tests may fail loudly, and `make interop` says what it has compared"
)]

#[path = "report/interop.rs"]
mod interop;
#[path = "report/people.rs"]
mod people;

use calamine::{Data, Reader as _, Xlsx};
use insta::assert_binary_snapshot;
use okno::{
    model::language::Language,
    report::{
        files::summary,
        table::{Cell, Format, Table},
    },
};

use people::{detail, kpi, pay, score, tables};

fn bytes(table: &Table, format: Format, language: Language) -> Vec<u8> {
    table.write(format, language).unwrap().bytes
}

/// The three files of a table, as they were agreed on. The macro wants names that are there when it is compiled.
macro_rules! golden {
    ($table:expr, $xlsx:literal, $utf8:literal, $cp1251:literal) => {{
        let table = $table;
        assert_binary_snapshot!($xlsx, bytes(&table, Format::Xlsx, Language::Ru));
        assert_binary_snapshot!($utf8, bytes(&table, Format::CsvUtf8, Language::Ru));
        assert_binary_snapshot!($cp1251, bytes(&table, Format::Csv1251, Language::Ru));
    }};
}

#[test]
fn the_accountants_file_is_as_it_was_agreed_on() {
    golden!(pay(), "pay.xlsx", "pay_utf8.csv", "pay_1251.csv");
}

#[test]
fn the_file_of_figures_is_as_it_was_agreed_on() {
    golden!(
        kpi(Language::Ru),
        "kpi.xlsx",
        "kpi_utf8.csv",
        "kpi_1251.csv"
    );
}

#[test]
fn the_file_of_scores_is_as_it_was_agreed_on() {
    golden!(
        score(Language::Ru),
        "kpi_score.xlsx",
        "kpi_score_utf8.csv",
        "kpi_score_1251.csv"
    );
}

#[test]
fn the_file_of_promises_is_as_it_was_agreed_on() {
    golden!(
        detail(),
        "detail.xlsx",
        "detail_utf8.csv",
        "detail_1251.csv"
    );
}

#[test]
fn columns_may_have_english_names() {
    let of = |table: &Table| bytes(table, Format::CsvUtf8, Language::En);
    assert_binary_snapshot!("pay_en.csv", of(&pay()));
    assert_binary_snapshot!("kpi_en.csv", of(&kpi(Language::En)));
    assert_binary_snapshot!("kpi_score_en.csv", of(&score(Language::En)));
    assert_binary_snapshot!("detail_en.csv", of(&detail()));
}

#[test]
fn the_columns_are_those_that_were_promised() {
    let names = |table: &Table| {
        let names = table.columns.iter().map(|column| column.name.ru);
        names.collect::<Vec<_>>().join(";")
    };
    assert_eq!(
        names(&pay()),
        "табельный_номер;фио;подразделение;период;показатель;значение"
    );
    assert_eq!(
        names(&kpi(Language::Ru)),
        "схема;период;период_с;период_по;часовой_пояс;тип_строки;табельный_номер;фио;подразделение;должность;рабочих_дней;\
         получено;решено;решено_экстренных;решено_стандартных;решено_консультаций;реакция_оценено;реакция_в_срок;\
         реакция_в_срок_проц;реакция_среднее_мин;реакция_медиана_мин;экстр_оценено;экстр_в_срок;экстр_в_срок_проц;\
         станд_оценено;станд_в_срок;станд_в_срок_проц;конс_оценено;конс_в_срок;конс_в_срок_проц;решение_среднее_мин;\
         решение_медиана_мин;без_эскалации;без_эскалации_проц;возобновлено;повторных;повторных_проц;оценок;\
         запрошено_оценок;оценка_средняя;задокументировано;задокументировано_проц;переносов_срока;просрочка_мин;\
         открыто_на_конец;просрочено_на_конец;корректировка_решено;корректировка_в_срок;\
         решено_срочных;решено_пожеланий;срочн_оценено;срочн_в_срок;срочн_в_срок_проц;обращение;окончательно_с;\
         учтено;исключено_спам;исключено_объединено;исключено_собственных;исключено_отозвано;исключено_до_запуска;исключено_руководителем;без_эскалации_из;повторных_из;задокументировано_из;задокументировано_неизвестно;категория_верна;категория_верна_проц;категория_неизвестна;вернулось_из_решённых;вернулось_проц;первым_ответом;первым_ответом_проц;обработано;реакция_экстр_мин;реакция_срочн_мин;реакция_станд_мин;реакция_конс_мин;решение_экстр_мин;решение_срочн_мин;решение_станд_мин;решение_конс_мин"
    );
    assert_eq!(
        names(&score(Language::Ru)),
        "схема;период;табельный_номер;фио;подразделение;kpi_код;kpi_название;единица;план;факт;числитель;знаменатель;\
         выполнение_проц;порог_применен;балл;вес;вклад;основание;вес_учтён"
    );
}

#[test]
fn what_is_written_is_read_back_cell_by_cell() {
    for (name, table) in tables() {
        let text = String::from_utf8(bytes(&table, Format::CsvUtf8, Language::Ru)).unwrap();
        let text = text.strip_prefix('\u{FEFF}').unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let sheet = cells(bytes(&table, Format::Xlsx, Language::Ru));
        assert_eq!(
            (records.len(), sheet.len()),
            (table.rows.len(), table.rows.len() + 1),
            "{name}"
        );
        for (index, row) in table.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let (read, shown) = (
                    &records[index][column],
                    sheet[index + 1].get(column).unwrap_or(&Data::Empty),
                );
                match cell {
                    Cell::Words(words) => {
                        assert_eq!(read.trim_start_matches('\''), words, "{name}");
                        assert_eq!(shown, &Data::String(read.to_owned()), "{name}");
                    }
                    Cell::Number(number) => {
                        assert_eq!(read.replace(',', "."), number.to_string(), "{name}");
                        assert_eq!(
                            shown,
                            &Data::Float(number.to_string().parse().unwrap()),
                            "{name}"
                        );
                    }
                    Cell::Day(_) | Cell::Moment(_) => {
                        assert!(matches!(shown, Data::DateTime(_)), "{name}: {shown:?}")
                    }
                    Cell::Empty => assert_eq!((read, shown), ("", &Data::Empty), "{name}"),
                }
            }
        }
    }
}

/// The cells of a spreadsheet's one sheet.
fn cells(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let (_, range) = book.worksheets().into_iter().next().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn whoever_gets_a_file_can_tick_it_off() {
    let table = score(Language::Ru);
    let written = table.write(Format::CsvUtf8, Language::Ru).unwrap();
    let told = summary(&table, &written, Language::Ru);
    assert_eq!(told.rows, 10);
    assert_eq!(told.bytes, u64::try_from(written.bytes.len()).unwrap());
    assert_eq!(told.sums, [("вклад".to_owned(), "1,7125".to_owned())]);
    assert_eq!(told.sha256.len(), 64);
    assert_eq!(told, summary(&table, &written, Language::Ru));
}
