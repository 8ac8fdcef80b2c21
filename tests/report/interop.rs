//! The golden files, reopened by real LibreOffice as an accountant's machine would: every cell must be what it was.

use std::{fs, path::Path, process::Command};

use calamine::Data;
use okno::{
    model::language::Language,
    report::table::{Format, Kind, Table},
};

use super::{
    bytes, cells,
    people::{detail, kpi, pay, score, tables},
};

/// Columns' formats of LibreOffice's filter of text: words stay words, days are read day first.
fn columns(table: &Table) -> String {
    let formats = table.columns.iter().enumerate().map(|(index, column)| {
        let format = match column.kind {
            Kind::Words => 2,
            Kind::Sum | Kind::Number | Kind::Moment => 1,
            Kind::Day => 4,
        };
        format!("{}/{format}", index + 1)
    });
    formats.collect::<Vec<_>>().join("/")
}

/// What LibreOffice makes of a file, as cells.
fn reopened(file: &Path, filter: Option<&str>, folder: &Path) -> Vec<Vec<Data>> {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let made = folder.join("made");
    let mut soffice = Command::new("soffice");
    soffice.arg(profile).args(["--headless", "--norestore"]);
    if let Some(filter) = filter {
        soffice.arg(format!("--infilter=Text - txt - csv (StarCalc):{filter}"));
    }
    soffice.args(["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]);
    let said = soffice.arg(&made).arg(file).output();
    let said = said.expect("soffice does not start; `make interop` installs it");
    let name = file.file_stem().unwrap().to_str().unwrap();
    let path = made.join(format!("{name}.xlsx"));
    let bytes = fs::read(&path).unwrap_or_else(|error| {
        let words = String::from_utf8_lossy(&said.stderr);
        panic!("{} was not opened: {error}; {words}", file.display())
    });
    fs::remove_file(&path).unwrap();
    cells(bytes)
}

/// A cell as far as programs may differ: an empty one may be missing, an instant is one of the second.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(words) => format!("words {words}"),
        Data::Float(number) => format!("number {number}"),
        Data::Int(number) => format!("number {number}"),
        Data::DateTime(at) => format!("time {}", (at.as_f64() * 86_400.0).round()),
        Data::Bool(_) | Data::DateTimeIso(_) | Data::DurationIso(_) | Data::Error(_) => {
            format!("odd {cell:?}")
        }
    }
}

fn shown_rows(rows: &[Vec<Data>]) -> Vec<String> {
    let shown_row = |row: &Vec<Data>| {
        let cells: Vec<String> = row.iter().map(shown).collect();
        cells.join(" | ").trim_end_matches(" | ").to_owned()
    };
    rows.iter().map(shown_row).collect()
}

#[test]
#[ignore = "needs LibreOffice: `make interop` runs it"]
fn libreoffice_reads_every_golden_file_as_it_was_written() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let folder = tempfile::tempdir().unwrap();
    let mut compared = 0;
    for (name, table) in tables() {
        let path = |ending: &str| golden.join(format!("report__{name}{ending}"));
        let sheet = path(".snap.xlsx");
        let expected = shown_rows(&cells(fs::read(&sheet).unwrap()));
        // 59: `;`. 34: `"`. 76 and 34: UTF-8 and windows-1251. 1049: Russian, with its comma and its order of days.
        let utf8 = format!("59,34,76,1,{},1049,false,true", columns(&table));
        let cp1251 = format!("59,34,34,1,{},1049,false,true", columns(&table));
        let files = [
            (sheet, None, false),
            (path("_utf8.snap.csv"), Some(utf8), false),
            (path("_1251.snap.csv"), Some(cp1251), true),
        ];
        for (file, filter, is_replaced) in files {
            let seen = shown_rows(&reopened(&file, filter.as_deref(), folder.path()));
            // The old code page has other letters in one name.
            let expected: Vec<String> = match is_replaced {
                true => expected
                    .iter()
                    .map(|row| row.replace("Нұрғали Қайрат", "Нургали Кайрат"))
                    .collect(),
                false => expected.clone(),
            };
            assert_eq!(seen, expected, "{}", file.display());
            let many: usize = seen.iter().map(|row| row.split(" | ").count()).sum();
            println!(
                "{}: {} rows, {many} cells as written",
                file.file_name().unwrap().to_string_lossy(),
                seen.len()
            );
            compared += many;
        }
    }
    for (name, table) in [
        ("pay", pay()),
        ("kpi", kpi(Language::En)),
        ("kpi_score", score(Language::En)),
        ("detail", detail()),
    ] {
        let file = golden.join(format!("report__{name}_en.snap.csv"));
        let filter = format!("59,34,76,1,{},1049,false,true", columns(&table));
        let seen = shown_rows(&reopened(&file, Some(&filter), folder.path()));
        let expected = shown_rows(&cells(bytes(&table, Format::Xlsx, Language::En)));
        assert_eq!(seen, expected, "{}", file.display());
        compared += seen
            .iter()
            .map(|row| row.split(" | ").count())
            .sum::<usize>();
    }
    println!("LibreOffice read 16 files, {compared} cells");
    assert!(compared > 500, "{compared}");
}
