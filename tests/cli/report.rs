//! `okno report`: figures at the terminal.

use super::house::{House, REQUEST};

#[test]
fn a_month_is_told_to_people_and_as_a_file() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    // It came today, whatever day that is.
    let year = year_of_first_event(&house);
    let told = house.okno(&["report", "kpi", "--period", &year]).with(0);
    told.says(&[
        "all queues",
        "IT support",
        "received: 1",
        "= backlog at the end: 1",
        "IT support · Anna Petrova",
        "The period is not over yet",
        "Counted up to event",
    ]);
    let file = house
        .okno(&[
            "report", "kpi", "--period", &year, "--queue", "it", "--format", "csv",
        ])
        .with(0);
    let first = file.out.lines().next().unwrap();
    assert_eq!(
        first,
        "period;queue;agent;figure;numerator;denominator;value;unit"
    );
    assert!(
        file.out
            .contains(&format!("{year};it;*;received;1;;1;count\r\n"))
    );
    // The year goes on: the request is as old as it is today, not as it will be on New Year's Eve.
    let oldest = format!("{year};it;*;oldest_open_days;");
    let oldest = file.out.lines().find(|line| line.starts_with(&oldest));
    assert!(
        oldest.is_some_and(|line| line.contains(";0,0")),
        "{oldest:?}"
    );
    // Of nothing there is no percentage, and whoever has done nothing is there.
    assert!(file.out.contains(&format!(
        "{year};it;anna;sla_resolution_pct;0;0;;percent\r\n"
    )));
    assert!(!file.out.contains(&format!("{year};;*;")));
}

#[test]
fn a_quarter_is_held_against_the_one_before_and_a_queue_against_what_it_can_take() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let year = year_of_first_event(&house);
    let quarters = (1..=4).map(|quarter| format!("{year}-q{quarter}"));
    let told: Vec<String> = quarters
        .map(|quarter| house.okno(&["report", "kpi", "--period", &quarter]))
        // Of what is still to come there is nothing.
        .take_while(|told| !told.err.contains("has not begun yet"))
        .map(|told| told.with(0).out)
        .collect();
    // It came in one of them. Of so few nothing is said, and that is said, in every one.
    let own: Vec<&String> = told
        .iter()
        .filter(|told| told.contains("received: 1"))
        .collect();
    assert_eq!(own.len(), 1, "{told:?}");
    let nothing = "repeats against the quarter before: n/a (nothing had repeated in the quarter before, or one of both has \
                   fewer than 30 requests; whether the aim is reached is for the head to say)";
    let used = "received, of what the queue can take: 0.08 % (1 of 1200)";
    for words in [nothing, used] {
        assert!(own[0].contains(words), "{words} is not in {}", own[0]);
    }
    // Neither is an employee's.
    let anna = own[0].split("Anna Petrova").nth(1).unwrap();
    assert!(
        !anna.contains("repeats against") && !anna.contains("can take"),
        "{anna}"
    );
    // A year is held against none.
    let file = house
        .okno(&["report", "kpi", "--period", &year, "--format", "csv"])
        .with(0)
        .out;
    let limit = format!("{year};it;*;capacity_use;1;4800;0,02;percent\r\n");
    assert!(
        file.contains(&limit) && !file.contains("repeat_qoq"),
        "{file}"
    );
}

/// The year in which the first event happened.
pub(super) fn year_of_first_event(house: &House) -> String {
    let all = house.okno(&["events", "export", "--json"]).with(0);
    let first = all.out.lines().next().unwrap();
    let event: serde_json::Value = serde_json::from_str(first).unwrap();
    let at = event.get("at").and_then(serde_json::Value::as_str).unwrap();
    at.split('-').next().unwrap().to_owned()
}

#[test]
fn what_is_no_period_and_no_queue_is_said_to_be_none() {
    let house = House::new();
    house.okno(&["drain"]).with(0);
    house
        .okno(&["report", "kpi", "--period", "October"])
        .with(1)
        .says(&["There is no such period: October", "2026-10", "2026-q4"]);
    house
        .okno(&["report", "kpi", "--period", "2026-10", "--queue", "buh"])
        .with(1)
        .says(&["There is no queue buh", "There are: it"]);
    for what in ["kpi", "files", "forms", "charts"] {
        let mut words = vec!["report", what, "--period", "2999-01"];
        if matches!(what, "files" | "charts") {
            words.extend(["--to", "made"]);
        }
        house
            .okno(&words)
            .with(1)
            .says(&["The period 2999-01 has not begun yet"]);
    }
}

const PEOPLE: &str = "[smtp]\nmaildir = \"out\"\n[directory]\nfile = \"people.csv\"\n";

const PEOPLE_FILE: &str = "[directory]\nfile = \"people.csv\"\n";

fn with_people(number: &str) -> House {
    let house = House::with(PEOPLE);
    let people = format!(
        "e-mail;name;department;employee no.;position\nanna@uni.test;Petrova Anna Ivanovna;IT;{number};support engineer\n"
    );
    std::fs::write(house.path("people.csv"), people).unwrap();
    let example = include_str!("../../kpi.example.toml");
    std::fs::write(house.path("kpi.toml"), example).unwrap();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    house
}

#[test]
fn the_files_of_a_payroll_are_written_and_can_be_ticked_off() {
    let house = with_people("000123");
    let year = year_of_first_event(&house);
    let mut words = vec![
        "report", "files", "--period", &year, "--scores", "kpi.toml", "--to", "files",
    ];
    house.okno(&words).with(0).says(&[
        &format!("pay_{year}_v0.xlsx"),
        &format!("kpi_score_{year}_v0.xlsx"),
        &format!("kpi_{year}_v0.xlsx"),
        "SHA-256: ",
        "rows: 5",
        "The period is not over yet",
    ]);
    words.extend(["--format", "csv-utf8", "--columns", "en", "--detail"]);
    house.okno(&words).with(0);
    let file = |name: &str| {
        let path = house.path(&format!("files/{name}_{year}_v0.csv"));
        std::fs::read_to_string(path).unwrap()
    };
    let pay = file("pay");
    assert!(
        pay.starts_with("\u{FEFF}employee_number;full_name;department;period;indicator;value\r\n"),
        "{pay}"
    );
    assert!(
        pay.contains(&format!(
            "\r\n000123;Petrova Anna Ivanovna;IT support;{year};SLA_STD;\r\n"
        )),
        "{pay}"
    );
    assert!(
        file("kpi").contains(&format!("\r\n4;{year};01.01.{year};31.12.{year};")),
        "{}",
        file("kpi")
    );
    assert!(
        file("kpi").contains(";000123;Petrova Anna Ivanovna;IT support;support engineer;"),
        "{}",
        file("kpi")
    );
    // Nothing is judged yet; what has come is explained.
    let detail = file("detail");
    assert!(
        detail.contains("schema;period;time_zone;ticket;class;clock;")
            && !detail.contains(";promise;")
            && detail.contains(";received;received;1;;"),
        "{detail}"
    );
    assert!(file("kpi_score").contains("приказ № 12"));
    // That figures of people were handed out is written down by whoever decides.
    house.okno(&["drain"]).with(0);
    let all = house.okno(&["events", "export", "--json"]).with(0).out;
    let noted = all.lines().filter(|line| line.contains("\"exported\""));
    let noted: Vec<&str> = noted.filter(|line| line.contains("report_files")).collect();
    assert_eq!(noted.len(), 2, "{all}");
    assert!(
        noted[0].contains("\"operator\"") && noted[0].contains(&year),
        "{noted:?}"
    );
}

#[test]
fn every_judged_promise_is_a_row_of_the_details() {
    let house = House::with("[smtp]\nmaildir = \"out\"\n");
    let config = std::fs::read_to_string(house.path("okno.toml")).unwrap();
    let promised = "agents = [\"anna\"]\ntarget = \"8 h\"";
    let config = config.replace("agents = [\"anna\"]", promised);
    std::fs::write(house.path("okno.toml"), config + PEOPLE_FILE).unwrap();
    let people = "e-mail;name;employee no.\nanna@uni.test;Petrova Anna;000123\n";
    std::fs::write(house.path("people.csv"), people).unwrap();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let year = year_of_first_event(&house);
    // Anna answers her card, and solves it: the promise is kept.
    let cards = house.sent_to("anna@uni.test");
    let id = cards.iter().flat_map(|card| card.lines());
    let id = id
        .filter_map(|line| line.strip_prefix("Message-ID: "))
        .next()
        .unwrap();
    house.receives(&format!(
        "From: Anna Petrova <anna@uni.test>\nTo: it@uni.test\nSubject: Re: The printer is silent\n\
         Message-ID: <solved@uni.test>\nIn-Reply-To: {id}\n\nIt was unplugged.\nsolved\n"
    ));
    house.okno(&["drain"]).with(0);
    let words = [
        "report",
        "files",
        "--period",
        &year,
        "--format",
        "csv-utf8",
        "--columns",
        "en",
        "--detail",
        "--to",
        "files",
    ];
    house.okno(&words).with(0);
    let path = house.path(&format!("files/detail_{year}_v0.csv"));
    let detail = std::fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = detail.lines().skip(1).collect();
    let promises: Vec<&&str> = rows
        .iter()
        .filter(|row| row.contains(";promise;"))
        .collect();
    let [row] = promises.as_slice() else {
        panic!("{detail}");
    };
    // What it counts for her, figure by figure.
    for part in [
        "solved;solved;1;;",
        "sla_resolution_standard_pct;",
        "received;received;1;;",
    ] {
        let words = format!(";figure;000123;Petrova Anna;IT support;{part}");
        assert!(
            rows.iter().any(|row| row.contains(&words)),
            "{part}: {detail}"
        );
    }
    let cells: Vec<&str> = row.split(';').collect();
    let seen = [3, 5, 10, 14, 15].map(|place| cells[place]);
    // Whose it was when it was due, and who solved it.
    let kept = ["T-1001", "resolution", "1", "Anna Petrova", "Anna Petrova"];
    assert_eq!(seen, kept, "{detail}");
    // What stands in the rows is in the language of the columns, whatever the house speaks.
    let russian = words.map(|word| if word == "en" { "ru" } else { word });
    house.okno(&russian).with(0);
    let path = house.path(&format!("files/detail_{year}_v0.csv"));
    let detail = std::fs::read_to_string(path).unwrap();
    assert!(
        detail.contains(";З-1001;") && !detail.contains("T-1001"),
        "{detail}"
    );
}

#[test]
fn nobody_is_paid_without_a_number_nor_by_unsound_settings() {
    let house = with_people("");
    let words = [
        "report", "files", "--period", "2026-10", "--scores", "kpi.toml", "--to", "files",
    ];
    house
        .okno(&words)
        .with(1)
        .says(&["There is no employee number of: anna (Petrova Anna Ivanovna)"]);
    assert!(!house.path("files").exists());
    std::fs::write(
        house.path("kpi.toml"),
        "version = \"1\"\n[indicator.DOC]\nplan = 1\nweight = 2\nsteps = [[1, 1]]\n",
    )
    .unwrap();
    house
        .okno(&words)
        .with(1)
        .says(&["kpi.toml:4: indicator.DOC.weight: a number from 0.0001 to 1"]);
}

#[test]
fn months_are_drawn_and_told_in_words() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let year = year_of_first_event(&house);
    house
        .okno(&["report", "charts", "--period", &year, "--to", "charts"])
        .with(0)
        .says(&[
            &format!("backlog_{year}.svg"),
            "Received and solved. received: ",
            "Load of each agent. in hand: Anna Petrova",
        ]);
    let svg = std::fs::read_to_string(house.path(&format!("charts/flow_{year}.svg"))).unwrap();
    assert!(svg.contains("<title>Received and solved</title>"));
    house
        .okno(&[
            "report", "charts", "--period", &year, "--queue", "it", "--png", "--to", "charts",
        ])
        .with(0);
    let png = std::fs::read(house.path(&format!("charts/in_time_{year}_it.png"))).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    // They show what each agent has done: that they were drawn is on record, and so are figures that were only looked at.
    house.okno(&["report", "kpi", "--period", &year]).with(0);
    house.okno(&["drain"]).with(0);
    let all = house.okno(&["events", "export", "--json"]).with(0).out;
    let count = |what: &str| all.lines().filter(|line| line.contains(what)).count();
    assert_eq!(
        (count("report_charts"), count("report_kpi")),
        (2, 1),
        "{all}"
    );
}

#[test]
fn what_came_by_forms_is_told_and_what_was_chosen() {
    let house = House::with(
        "[smtp]\nmaildir = \"out\"\n[form.trouble]\ntitle = \"Trouble\"\nqueue = \"it\"\n\
         field.kind = { title = \"What\", choices = [\"printer\", \"network\"], required = true }\n\
         field.place = { title = \"Where\" }\n",
    );
    house.okno(&["drain"]).with(0);
    let none = house
        .okno(&["report", "forms", "--period", "2020-01"])
        .with(0);
    none.says(&["2020-01: nothing came by a form"]);
    for (name, what) in [
        ("olga", "printer"),
        ("pavel", "printer"),
        ("nina", "network"),
    ] {
        house.receives(&format!(
            "From: {name}@uni.test\nTo: it@uni.test\nSubject: Trouble [form:trouble]\n\
             Message-ID: <{name}@uni.test>\n\nWhat: {what}\nWhere: behind the {name} door\n"
        ));
    }
    house.okno(&["drain"]).with(0);
    let year = year_of_first_event(&house);
    let told = house.okno(&["report", "forms", "--period", &year]).with(0);
    let told = told.says(&[
        "IT support",
        "Trouble: 3 requests",
        "What: printer 2, network 1",
        "Counted up to event",
    ]);
    assert!(!told.out.contains("door"), "{}", told.out);
    let file = house
        .okno(&["report", "forms", "--period", &year, "--format", "csv"])
        .with(0);
    let rows = [
        "period;queue;form;field;choice;requests\r\n".to_owned(),
        format!("{year};it;trouble;;;3\r\n"),
        format!("{year};it;trouble;What;printer;2\r\n"),
        format!("{year};it;trouble;What;network;1\r\n"),
    ];
    assert_eq!(file.out, rows.concat());
}

#[test]
fn a_day_is_named_as_people_name_it() {
    let house = House::new();
    house.okno(&["drain"]).with(0);
    for day in ["yesterday", "вчера", "29.11.2024"] {
        let told = house.okno(&["reconcile", "--day", day]);
        assert!(told.code == 0 && told.err.is_empty(), "{day}: {told:?}");
    }
    let unclear = house.okno(&["reconcile", "--day", "the day before"]);
    assert_ne!(unclear.code, 0);
    unclear
        .says(&["That is no day: the day before. Write, say, 2026-11-30, 30.11.2026 or yesterday"]);
}
