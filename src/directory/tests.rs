//! Whole files: what is read, what is refused and in which words, and that what is written is read again.

use encoding_rs::WINDOWS_1251;
use proptest::{collection::vec, option, prelude::*};

use super::*;
use crate::model::{language::Language, text::Text};

/// An entry on one line: addresses | name | department | number | curator | language | kind.
fn line(entry: &Entry) -> String {
    let addresses: Vec<&str> = entry.addresses.iter().map(Address::as_str).collect();
    [
        addresses.join(" "),
        entry.name.to_string(),
        entry.department.to_string(),
        entry.employee_number.to_string(),
        entry.curator.to_string(),
        entry
            .language
            .map_or_else(String::new, |language| language.code().to_owned()),
        entry.kind.code().to_owned(),
    ]
    .join("|")
}

#[track_caller]
fn good(text: &str) -> Directory {
    read(text.as_bytes(), "people.csv").unwrap_or_else(|found| panic!("{found:?}"))
}

#[track_caller]
fn check(text: &str, people: &[&str]) {
    let read: Vec<String> = good(text).people.iter().map(line).collect();
    assert_eq!(read, people, "{text}");
}

#[track_caller]
fn check_refused(text: &str, expected: &[&str]) {
    let found = read(text.as_bytes(), "people.csv").unwrap_err();
    let words: Vec<String> = found
        .iter()
        .map(|found| found.words(Language::En))
        .collect();
    assert_eq!(words, expected, "{text}");
}

#[track_caller]
fn check_notes(text: &str, expected: &[&str]) {
    let words: Vec<String> = good(text)
        .notes
        .iter()
        .map(|note| note.words(Language::En))
        .collect();
    assert_eq!(words, expected, "{text}");
}

#[test]
fn a_file_of_a_personnel_department_is_read() {
    let directory = good(
        "Таб. номер;ФИО;Подразделение;E-mail;Доп. почта;Куратор;Язык;Тип;Телефон\r\n\
         000123;Петрова Анна;ИТ-отдел;Anna@Uni.test;a.petrova@uni.test, anna@old.test;olga;русский;;12-34\r\n\
         УТ-7;Smith Boris;\"Кафедра \"\"Языки\"\"\";boris@uni.test;;Olga@uni.test;EN;сотрудник;\r\n\
         \r\n\
         ;Деканат;;dekanat@uni.test;;;;Общий ящик;;;\r\n",
    );
    let people: Vec<String> = directory.people.iter().map(line).collect();
    assert_eq!(
        people,
        [
            "anna@uni.test a.petrova@uni.test anna@old.test|Петрова Анна|ИТ-отдел|000123|olga|ru|person",
            "boris@uni.test|Smith Boris|Кафедра \"Языки\"|УТ-7|olga@uni.test|en|person",
            "dekanat@uni.test|Деканат|||||shared",
        ]
    );
    let lines: Vec<u64> = directory.people.iter().map(|entry| entry.line).collect();
    assert_eq!(lines, [2, 3, 5]);
    assert_eq!(
        (directory.count(Kind::Person), directory.count(Kind::Shared)),
        (2, 1)
    );
    assert_eq!((directory.encoding, directory.separator), ("UTF-8", ';'));
    assert_eq!(directory.sha256.len(), 64);
}

#[test]
fn columns_stand_in_any_order_and_language() {
    check(
        "Department,Name,Address\nIT,Anna,anna@uni.test",
        &["anna@uni.test|Anna|IT||||person"],
    );
    check(
        "address\nanna@uni.test; olga@uni.test",
        &["anna@uni.test olga@uni.test||||||person"],
    );
    check(
        "Фамилия;Имя;Отчество;Почта\nПетрова;Анна;;anna@uni.test",
        &["anna@uni.test|Петрова Анна|||||person"],
    );
    check(
        "Почта;Shared\na@uni.test;да\nb@uni.test;нет\nc@uni.test;",
        &[
            "a@uni.test||||||shared",
            "b@uni.test||||||person",
            "c@uni.test||||||person",
        ],
    );
    check(
        "PrimarySmtpAddress,EmailAddresses,RecipientTypeDetails,DisplayName\nit@uni.test,SMTP:it@uni.test smtp:help@uni.test,SharedMailbox,IT",
        &["it@uni.test help@uni.test|IT|||||shared"],
    );
}

#[test]
fn cells_are_taken_as_they_are_meant() {
    check(
        "Почта;Таб. №\na@uni.test;=\"000123\"\nb@uni.test;'0007\nc@uni.test;0042",
        &[
            "a@uni.test|||000123|||person",
            "b@uni.test|||0007|||person",
            "c@uni.test|||0042|||person",
        ],
    );
    check(
        "Почта;Имя\n\"Анна <a@uni.test>\nb@uni.test\";\"Анна\n Петрова\"",
        &["a@uni.test b@uni.test|Анна Петрова|||||person"],
    );
    check("Почта\na@uni.test,A@UNI.test", &["a@uni.test||||||person"]);
    check(
        "Почта\ninfo@xn--80a1acny.xn--p1ai info@почта.рф",
        &["info@почта.рф||||||person"],
    );
}

#[test]
fn what_is_left_out_is_said() {
    check_notes(
        "Почта;Телефон;Отдел;Кафедра;;Язык\na@uni.test;12;x;y;z;немецкий\n;34\n;56",
        &[
            "people.csv:1: the column \"Телефон\" is not needed and is left out",
            "people.csv:1: the column \"Кафедра\" is left out: \"Отдел\" says the same",
            "people.csv: lines without an address are left out: 3, 4",
            "people.csv:2: the language \"немецкий\" is left out: okno writes Russian and English",
        ],
    );
}

#[test]
fn a_row_that_is_wrong_is_named_with_its_line() {
    check_refused(
        "Почта;ФИО;Таб. номер;Тип\n\
         anna@uni.test;Анна;000123;человек\n\
         olga;\"Ольга\nСмирнова\";000123;ящик\n\
         boris@uni.test Anna@uni.test;Борис;1,23E+11;робот\n\
         vera@uni.test;Вера;5;;лишнее\n",
        &[
            "people.csv:3: \"olga\" is not a mail address, which looks like anna@uni.test",
            "people.csv:3: the employee number 000123 stands on line 2 already",
            "people.csv:5: the employee number \"1,23E+11\" was spoilt by a spreadsheet: make the column text and write the number in full",
            "people.csv:5: \"робот\" does not say who this is: write \"person\" or \"shared mailbox\"",
            "people.csv:5: the address anna@uni.test stands on line 2 already",
            "people.csv:6: 5 cells, but 4 columns; if a separator stands within a name, put the name in quotes",
        ],
    );
    check_refused(
        "Почта;ФИО\na@uni.test;\"Анна\nb@uni.test;Борис\n",
        &["people.csv:2: a quote (\") is opened here and not closed where a cell ends"],
    );
    check_refused(
        "Почта;ФИО\na@uni.test;\"Анна\nb@uni.test;\"Борис\"\n;;;",
        &["people.csv:2: a quote (\") is opened here and not closed where a cell ends"],
    );
}

#[test]
fn a_file_that_is_none_is_refused() {
    check_refused(
        "",
        &["people.csv: the file is empty: its first line must name the columns"],
    );
    check_refused(
        "\n\n",
        &["people.csv: the file is empty: its first line must name the columns"],
    );
    check_refused(
        "Почта;ФИО\n;\n",
        &["people.csv: there is nobody below the names of the columns"],
    );
    check_refused(
        "anna@uni.test;Анна\n",
        &[
            "people.csv:1: the first line must name the columns (\"address\", \"name\", \"department\"), but somebody's address stands there",
        ],
    );
    check_refused(
        "\nФИО;Телефон\nАнна;12",
        &[
            "people.csv:2: there is no column with addresses, name it \"address\"; what was read is: ФИО | Телефон",
        ],
    );
    check_refused(
        "PK\u{3}\u{4}",
        &["people.csv: this is an Excel workbook, but CSV is needed: save it as \"CSV UTF-8\""],
    );
}

#[test]
fn sizes_are_bounded() {
    let many = |count: usize| -> String {
        let people: Vec<String> = (0..count).map(|n| format!("p{n}@uni.test")).collect();
        people.join(" ")
    };
    check_refused(
        &format!("Почта;ФИО\na@uni.test;{}\n{}", "а".repeat(2001), many(51)),
        &[
            "people.csv:2: name: more than 2000 characters; is a quote forgotten?",
            "people.csv:3: one person has more than 50 addresses",
        ],
    );
    let rows = many(PEOPLE_MAX + 1).replace(' ', "\n");
    check_refused(
        &format!("Почта\n{rows}"),
        &["people.csv:100002: more than 100000 people, which okno does not read"],
    );
    let wrong = "x\n".repeat(150);
    let found = read(format!("Почта\n{wrong}").as_bytes(), "p.csv").unwrap_err();
    assert_eq!(found.len(), 101);
    assert_eq!(found[100].words(Language::Ru), "p.csv: и ещё ошибок: 50");
    let found = read(&vec![b'a'; 32_000_001], "p.csv").unwrap_err();
    assert_eq!(
        found[0].words(Language::Ru),
        "p.csv: файл больше 32 МБ, столько okno не читает"
    );
}

#[test]
fn everything_is_said_in_both_languages() {
    let file = [
        FileFault::TooLarge(32_000_000),
        FileFault::Workbook,
        FileFault::UnknownEncoding,
        FileFault::BrokenCharacter,
        FileFault::Empty,
        FileFault::Nobody,
        FileFault::TooMany(100_000),
        FileFault::NoHeader,
        FileFault::NoAddressColumn("ФИО | Телефон".into()),
        FileFault::More(50),
    ];
    let anna = Address::parse("anna@uni.test").unwrap();
    let row = [
        RowFault::OpenQuote,
        RowFault::TooManyCells {
            cells: 5,
            columns: 4,
            until: None,
        },
        RowFault::TooManyCells {
            cells: 9,
            columns: 4,
            until: Some(19),
        },
        RowFault::LongCell(Column::Department, 2000),
        RowFault::NotAnAddress("olga".into()),
        RowFault::TooManyAddresses(50),
        RowFault::UnknownKind("робот".into()),
        RowFault::RoundedNumber("1,23E+11".into()),
        RowFault::SameAddress(anna, 12),
        RowFault::SameNumber("000123".into(), 12),
    ];
    let notes = [
        Note::UnknownColumn("Телефон".into()),
        Note::SpareColumn {
            name: "Кафедра".into(),
            used: "Отдел".into(),
        },
        Note::UnknownLanguage("немецкий".into()),
        Note::NoAddress {
            lines: vec![3, 7],
            more: 0,
        },
        Note::NoAddress {
            lines: vec![3, 7],
            more: 5,
        },
    ];
    let all = file.into_iter().map(What::from);
    let all = all
        .chain(row.into_iter().map(What::from))
        .chain(notes.into_iter().map(What::from));
    let words: Vec<String> = all
        .flat_map(|what| {
            let found = Finding {
                file: "people.csv".into(),
                line: 17,
                what,
            };
            [found.words(Language::Ru), found.words(Language::En)]
        })
        .collect();
    insta::assert_snapshot!(words.join("\n"));
}

/// Words that every encoding has and that mean nothing to a spreadsheet's reader.
const WORDS: &str = "[А-Яа-яA-Za-z\"][А-Яа-яA-Za-z\"\n;, ёЁ№]{0,12}[А-Яа-яA-Za-z\"]";

prop_compose! {
    fn someone()(
        name in WORDS,
        department in option::of(WORDS),
        curator in option::of("[a-z]{2,8}"),
        language in option::of(prop_oneof![Just(Language::Ru), Just(Language::En)]),
        position in option::of(WORDS),
        is_shared in any::<bool>(),
        is_numbered in any::<bool>(),
        more in 0..3_usize,
    ) -> (Entry, bool, usize) {
        let entry = Entry {
            line: 0,
            kind: if is_shared { Kind::Shared } else { Kind::Person },
            addresses: Vec::new(),
            name: Text::line(&name),
            department: Text::line(&department.unwrap_or_default()),
            employee_number: Text::default(),
            curator: Text::line(&curator.unwrap_or_default()),
            language,
            position: Text::line(&position.unwrap_or_default()),
        };
        (entry, is_numbered, more)
    }
}

fn everybody() -> impl Strategy<Value = Vec<Entry>> {
    vec(someone(), 1..12).prop_map(|people| {
        let numbered = people.into_iter().enumerate();
        let entries = numbered.map(|(n, (mut entry, is_numbered, more))| {
            let addresses =
                (0..=more).map(|m| Address::parse(&format!("p{n}.{m}@почта.test")).unwrap());
            entry.addresses = addresses.collect();
            if is_numbered {
                entry.employee_number = Text::line(&format!("{n:06}"));
            }
            entry
        });
        entries.collect()
    })
}

/// The file that a spreadsheet would save.
fn written(people: &[Entry], separator: u8, ends: csv::Terminator) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(ends)
        .from_writer(Vec::new());
    writer
        .write_record([
            "Почта",
            "Имя",
            "Отдел",
            "Табельный номер",
            "Куратор",
            "Язык",
            "Тип",
            "Должность",
        ])
        .unwrap();
    for entry in people {
        let addresses: Vec<&str> = entry.addresses.iter().map(Address::as_str).collect();
        let language = entry.language.map_or("", Language::code);
        writer
            .write_record([
                &addresses.join("; "),
                entry.name.as_str(),
                entry.department.as_str(),
                entry.employee_number.as_str(),
                entry.curator.as_str(),
                language,
                entry.kind.code(),
                entry.position.as_str(),
            ])
            .unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn encoded(text: &str, encoding: usize) -> Vec<u8> {
    let marked = format!("\u{FEFF}{text}");
    match encoding {
        0 => text.as_bytes().to_vec(),
        1 => marked.into_bytes(),
        2 => WINDOWS_1251.encode(text).0.into_owned(),
        3 => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        4 => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        5 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        people in everybody(),
        separator in prop::sample::select(vec![b';', b',', b'\t']),
        ends in prop::sample::select(vec![csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')]),
        encoding in 0..7_usize,
    ) {
        let bytes = encoded(&written(&people, separator, ends), encoding);
        let mut read = read(&bytes, "people.csv").unwrap();
        for entry in &mut read.people {
            entry.line = 0;
        }
        prop_assert_eq!(read.people, people);
        prop_assert_eq!(read.separator, char::from(separator));
        prop_assert_eq!(read.notes, vec![]);
    }

    #[test]
    fn no_bytes_are_too_much(bytes in vec(any::<u8>(), 0..400)) {
        let _ignored = read(&bytes, "people.csv");
    }

    #[test]
    fn no_table_is_too_much(text in "(Почта|name|mail|Таб)?[;,\t\"\r\n@a. =<>'яE+0-9\0\u{FEFF}]{0,200}") {
        match read(text.as_bytes(), "people.csv") {
            Ok(directory) => prop_assert!(directory.people.iter().all(|entry| !entry.addresses.is_empty())),
            Err(found) => prop_assert!(!found.is_empty()),
        }
    }
}
