//! The files with which a period is closed at the terminal: handed out as they are, proved, and never without whoever is owed
//! something.

use std::collections::BTreeMap;

use okno::{
    clock::Clock,
    desk::{cause::Operation, kpi::Period},
    house::periods,
    model::account::DatabaseSettings,
    store::work,
};

use super::{
    house::{Ended, House, REQUEST},
    period::{house, last_month},
};

/// Closes the month by the settings of scores in `kpi.toml`.
fn close_scored(house: &House, month: &str, more: &[&str]) -> Ended {
    let words = ["period", "close", month, "--reason", "approved by Anna"];
    let scored = ["--scores", "kpi.toml", "--format", "csv-utf8"];
    house.okno(&[&words[..], &scored, more].concat())
}

fn scores(house: &House, version: &str) {
    let example = include_str!("../../kpi.example.toml");
    let settings = example
        .lines()
        .map(|line| match line.strip_prefix("version") {
            Some(_) => format!("version = \"{version}\"\n"),
            None => format!("{line}\n"),
        });
    std::fs::write(house.path("kpi.toml"), settings.collect::<String>()).unwrap();
}

/// What is written into that folder, by name.
fn written(house: &House, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(house.path(folder)).unwrap();
    let files = files.map(|file| {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        (name, std::fs::read(file.path()).unwrap())
    });
    files.collect()
}

#[test]
fn the_files_of_a_closed_month_are_the_same_whatever_the_settings_and_the_people_are_by_then() {
    let house = house();
    let month = last_month(&house);
    scores(&house, "order 12");
    let pay = format!("pay_{month}_v1.csv");
    close_scored(&house, &month, &[]).with(0).says(&[
        "To be closed",
        &pay,
        &format!("detail_{month}_it_v1.csv"),
    ]);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["period", "list"])
        .with(0)
        .says(&[&format!("{pay} SHA-256 ")]);
    let files = |to: &str, more: &[&str]| {
        let words = [
            "report", "files", "--period", &month, "--to", to, "--detail",
        ];
        house.okno(&[&words[..], more].concat())
    };
    files("first", &[])
        .with(0)
        .says(&[
            "as it was closed, byte for byte",
            "nothing has changed since",
        ])
        .never_says(&["not to be paid by"]);
    let first = written(&house, "first");
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    let own = ["detail", "kpi_score", "kpi", "pay"].map(|kind| format!("{kind}_{month}_v1.csv"));
    assert!(
        names.len() == 4 && own.iter().all(|own| names.contains(&own.as_str())),
        "{names:?}"
    );
    // Other settings, another name, another number, and another request.
    scores(&house, "order 15");
    let people = "e-mail;name;employee no.\nanna@uni.test;Orlova Anna;000999\n";
    std::fs::write(house.path("people.csv"), people).unwrap();
    house.receives(&REQUEST.replace("Message-ID: <", "Message-ID: <again."));
    house.okno(&["drain"]).with(0);
    files(
        "second",
        &[
            "--scores",
            "kpi.toml",
            "--format",
            "csv-utf8",
            "--columns",
            "ru",
        ],
    )
    .with(0)
    .says(&["those that are named now change nothing in it: order 12"]);
    assert_eq!(written(&house, "second"), first);
    house
        .okno(&["verify"])
        .with(0)
        .says(&["Closed periods checked: 1, faults: 0"]);
}

#[test]
fn what_is_closed_is_handed_out_in_no_other_form() {
    let house = house();
    let month = last_month(&house);
    scores(&house, "order 12");
    let pay = format!("pay_{month}_v1.csv");
    close_scored(&house, &month, &[]).with(0);
    house.okno(&["drain"]).with(0);
    let files = |to: &str, more: &[&str]| {
        let words = [
            "report", "files", "--period", &month, "--to", to, "--detail",
        ];
        house.okno(&[&words[..], more].concat())
    };
    files("queue", &["--queue", "it"]).with(0).says(&[&format!(
        "The accountants' file is one for all queues; without --queue it is written, too: {pay}"
    )]);
    assert_eq!(written(&house, "queue").len(), 3);
    files("other", &["--format", "xlsx"]).with(1).says(&[
        "its files are closed, and are not written otherwise: --format csv-utf8 --columns ru",
    ]);
    // Counted anew they are a draft, in whatever form.
    files(
        "anew",
        &["--recount", "--format", "xlsx", "--scores", "kpi.toml"],
    )
    .with(0)
    .says(&[
        &format!("pay_{month}_v0.xlsx"),
        "COUNTED ANEW, NOT TO BE PAID BY",
    ]);
}

#[test]
fn whoever_has_no_number_is_told_before_a_month_is_closed() {
    let house = house();
    let month = last_month(&house);
    scores(&house, "order 12");
    let people = "e-mail;name;employee no.\nanna@uni.test;Petrova Anna;\nboris@uni.test;Ivanov Boris;000124\n";
    std::fs::write(house.path("people.csv"), people).unwrap();
    house.okno(&["drain"]).with(0);
    close_scored(&house, &month, &[]).with(1).says(&[
        "There is no employee number of: anna (Petrova Anna)",
        "The period is not closed. To close it without the accountants' file: --without-numbers",
    ]);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["period", "list"])
        .with(0)
        .says(&["No period is closed"]);
    close_scored(&house, &month, &["--without-numbers"])
        .with(0)
        .says(&["no accountants' file pay: there is no employee number of anna"]);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["report", "files", "--period", &month, "--to", "files"])
        .with(0)
        .says(&[
            &format!("kpi_score_{month}_v1.csv"),
            "there is no employee number of anna",
        ])
        .never_says(&[&format!("pay_{month}_v1.csv")]);
    house
        .okno(&["verify"])
        .with(0)
        .says(&["Closed periods checked: 1, faults: 0"]);
}

#[test]
fn a_file_that_is_spoilt_in_the_database_is_named_and_not_handed_out() {
    let house = house();
    let month = last_month(&house);
    scores(&house, "order 12");
    close_scored(&house, &month, &[]).with(0);
    house.okno(&["drain"]).with(0);
    let DatabaseSettings::Sqlite { path } = house.config().database else {
        panic!("the house is on SQLite")
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        use sqlx::ConnectOptions as _;
        let mut direct = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(path)
            .connect()
            .await
            .unwrap();
        sqlx::query(
            "UPDATE private SET text = 'QUFB' WHERE id = (SELECT private_id FROM event WHERE kind = 'period_pay')",
        )
        .execute(&mut direct)
        .await
        .unwrap();
    });
    let pay = format!("pay_{month}_v1.csv");
    house
        .okno(&["verify"])
        .with(1)
        .says(&[&format!("{month} {pay}: the closed file is damaged")]);
    house
        .okno(&["report", "files", "--period", &month, "--to", "files"])
        .with(1)
        .says(&[&format!(
            "{pay}: the closed file is damaged, and it is not written"
        )]);
}

/// As an earlier program has closed it, which kept no files.
#[test]
fn what_was_closed_without_files_goes_on_working() {
    let house = house();
    let month = last_month(&house);
    scores(&house, "order 12");
    house.with_db(async |db| {
        let zone = house.config().zones[&house.config().policy.zone].clone();
        let period = Period::named(&month, &zone).unwrap();
        let now = Clock::System.now();
        let prepared = periods::prepare(db, &period, &zone, now).await.unwrap();
        let operation = Operation::ClosePeriod {
            closed: Box::new(prepared.unwrap()),
            files: BTreeMap::new(),
            reason: "approved by Anna".to_owned(),
        };
        work::order(db, operation, now).await.unwrap();
    });
    house.okno(&["drain"]).with(0);
    house
        .okno(&["period", "list"])
        .with(0)
        .says(&[&format!("{month} v1: closed"), "closed without files"]);
    let files = ["report", "files", "--period", &month, "--to", "files"];
    let scored = [
        &files[..],
        &["--scores", "kpi.toml", "--format", "csv-utf8"],
    ]
    .concat();
    house
        .okno(&scored)
        .with(0)
        .says(&[
            &format!("pay_{month}_v1.csv"),
            &format!("kpi_{month}_v1.csv"),
        ])
        .never_says(&["as it was closed, byte for byte"]);
    house
        .okno(&["verify"])
        .with(0)
        .says(&["Closed periods checked: 1, faults: 0"]);
}
