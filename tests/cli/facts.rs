//! `okno facts`: what a head knows and okno cannot count, from a file.

use super::{house::House, period};

const SCORES: &str = "version = \"order 12\"\n[indicator.SLA_STD]\nplan = 95\nweight = 0.5\nsteps = [[100, 1]]\n\
    [fact.PAYMENTS]\nru = \"Платежи в срок\"\nen = \"Payments in time\"\nmeasure = \"percent\"\nplan = 95\nweight = 0.3\n\
    steps = [[100, 1], [90, 0.5]]\n\
    [fact.UPSELLS]\nru = \"Допродажи\"\nen = \"Upsells\"\nmeasure = \"count\"\nplan = 5\nweight = 0.2\nsteps = [[100, 1]]\n";

const HEAD: &str = "employee_number;indicator;period;value;numerator;denominator\r\n";

struct Desk {
    house: House,
    month: String,
}

impl Desk {
    fn open() -> Self {
        let house = period::house();
        std::fs::write(house.path("kpi.toml"), SCORES).unwrap();
        let month = period::last_month(&house);
        Self { house, month }
    }

    /// Imports these rows; `MONTH` stands for the month.
    fn imports(&self, rows: &str, more: &[&str]) -> super::house::Ended {
        let file = format!("{HEAD}{rows}").replace("MONTH", &self.month);
        std::fs::write(self.house.path("facts.csv"), file).unwrap();
        let words = [
            &["facts", "import", "facts.csv", "--period", &self.month],
            &["--scores", "kpi.toml"][..],
            more,
        ];
        self.house.okno(&words.concat())
    }

    /// A file of the month, in English columns.
    fn file(&self, kind: &str, version: u32) -> String {
        let words = [
            "report",
            "files",
            "--period",
            &self.month,
            "--scores",
            "kpi.toml",
            "--to",
            "files",
            "--format",
            "csv-utf8",
            "--columns",
            "en",
        ];
        self.house.okno(&words).with(0);
        let name = format!("files/{kind}_{}_v{version}.csv", self.month);
        std::fs::read_to_string(self.house.path(&name)).unwrap()
    }
}

#[test]
fn what_is_wrong_in_a_file_is_told_by_line_and_column_and_nothing_is_taken() {
    let desk = Desk::open();
    let rows =
        "000123;PAYMENTS;MONTH;95\r\n000123;PAYMENTS;MONTH;95;18;20\r\n9;UPSELS;MONTH;5;;\r\n";
    desk.imports(rows, &[]).with(1).says(&[
        "line 2: there are not as many cells as names of columns",
        "line 3, column value: numerator and denominator come to another value: 90",
        "line 4, column employee_number: no agent of a queue has the employee number \"9\"",
        "line 4, column indicator: there is no indicator \"UPSELS\" from outside; there are: PAYMENTS, UPSELLS",
        "Nothing of the file was taken",
    ]);
    desk.house.okno(&["drain"]).with(0);
    desk.house
        .okno(&["facts", "list", "--period", &desk.month])
        .with(0)
        .says(&["There are no figures from outside of this period"]);
}

#[test]
fn figures_from_outside_are_scored_and_paid_and_the_last_file_counts() {
    let desk = Desk::open();
    let rows = "000123;PAYMENTS;MONTH;95,24;20;21\r\n000123;UPSELLS;MONTH;4;;\r\n";
    desk.imports(rows, &[])
        .with(0)
        .says(&["taken 2, replaced 0, SHA-256 "]);
    desk.house.okno(&["drain"]).with(0);
    let pay = desk.file("pay", 0);
    for row in [";PAYMENTS;95,24\r\n", ";UPSELLS;4\r\n", ";SLA_STD;\r\n"] {
        assert!(pay.contains(row), "{row}: {pay}");
    }
    let scored = desk.file("kpi_score", 0);
    // Plan, fact, numerator, denominator, completion, step, score.
    assert!(
        scored.contains(";PAYMENTS;Payments in time;percent;95;95,24;20;21;100,25;100;1;0,3;"),
        "{scored}"
    );
    assert!(
        scored.contains(";UPSELLS;Upsells;piece;5;4;4;;80,00;;0;0,2;"),
        "{scored}"
    );
    let better = "000123;UPSELLS;MONTH;5;;\r\n";
    desk.imports(better, &[])
        .with(1)
        .says(&["name the reason (--reason)", "Values to be replaced: 1"]);
    desk.imports(better, &["--reason", "one was booked late"])
        .with(0)
        .says(&["taken 1, replaced 1"]);
    desk.house.okno(&["drain"]).with(0);
    let listed = desk.house.okno(&["facts", "list", "--period", &desk.month]);
    listed.with(0).says(&[
        "it anna PAYMENTS: 20/21",
        "it anna UPSELLS: 5",
        "one was booked late",
    ]);
    assert!(desk.file("pay", 0).contains(";UPSELLS;5\r\n"));
    desk.house.okno(&["verify"]).with(0).says(&["faults: 0"]);
}

#[test]
fn a_closed_month_stays_as_it_was_and_the_difference_is_an_adjustment() {
    let desk = Desk::open();
    let month = desk.month.clone();
    desk.imports("000123;PAYMENTS;MONTH;90;18;20\r\n", &[])
        .with(0);
    desk.house.okno(&["drain"]).with(0);
    let reason = "approved by Anna Petrova";
    desk.house
        .okno(&[
            "period",
            "close",
            &month,
            "--reason",
            reason,
            "--scores",
            "kpi.toml",
            "--format",
            "csv-utf8",
            "--columns",
            "en",
        ])
        .with(0);
    desk.house.okno(&["drain"]).with(0);
    let closed = desk.file("pay", 1);
    assert!(closed.contains(";PAYMENTS;90,00\r\n"), "{closed}");
    let later = "000123;PAYMENTS;MONTH;95;19;20\r\n";
    desk.imports(later, &[])
        .with(1)
        .says(&["The period is closed already", "becomes an adjustment"]);
    desk.imports(later, &["--reason", "the bank had erred"])
        .with(0);
    desk.house.okno(&["drain"]).with(0);
    assert_eq!(desk.file("pay", 1), closed);
    let adjusted = desk.house.okno(&["period", "adjust", &month]).with(0);
    assert!(
        adjusted
            .out
            .contains(&format!("{month};;it;anna;x:PAYMENTS;1;0\r\n")),
        "{}",
        adjusted.out
    );
    desk.house
        .okno(&["verify"])
        .with(0)
        .says(&["Closed periods checked: 1, faults: 0"]);
}

/// Anna serves another queue by now: what she is said to have there is not added to what she has where she was.
#[test]
fn whoever_has_moved_to_another_queue_has_nothing_twice() {
    let desk = Desk::open();
    desk.imports("000123;UPSELLS;MONTH;4;;\r\n", &[]).with(0);
    desk.house.okno(&["drain"]).with(0);
    let path = desk.house.path("okno.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let moved = config.replace("agents = [\"anna\"]", "agents = [\"boris\"]")
        + "[mailbox.hr]\naddress = \"hr@uni.test\"\nmode = \"full\"\nmaildir = \"hr\"\n\
           [queue.hr]\ntitle = \"Staff\"\nagents = [\"anna\"]\n\
           [agent.boris]\nname = \"Boris Ivanov\"\naddress = \"boris@uni.test\"\n";
    std::fs::write(&path, moved).unwrap();
    for below in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(desk.house.path("hr").join(below)).unwrap();
    }
    let why = ["--reason", "one was booked late"];
    desk.imports("000123;UPSELLS;MONTH;5;;\r\n", &why)
        .with(1)
        .says(&[
            "line 2: ",
            "name one in the column queue: hr, it",
            "Nothing of the file was taken",
        ]);
    let header = HEAD.replace("denominator", "denominator;queue");
    let file = format!("{header}000123;UPSELLS;{};5;;;it\r\n", desk.month);
    std::fs::write(desk.house.path("facts.csv"), file).unwrap();
    let words = ["facts", "import", "facts.csv", "--period", &desk.month];
    let words = [&words[..], &["--scores", "kpi.toml"], &why].concat();
    desk.house
        .okno(&words)
        .with(0)
        .says(&["taken 1, replaced 1"]);
    desk.house.okno(&["drain"]).with(0);
    let listed = desk.house.okno(&["facts", "list", "--period", &desk.month]);
    listed.with(0).says(&["it anna UPSELLS: 5"]);
}
