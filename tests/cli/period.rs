//! `okno period`: closed for good at the terminal, and told as it was.

use jiff::{Timestamp, ToSpan as _};

use super::{
    house::{House, REQUEST},
    report::year_of_first_event,
};

const PEOPLE: &str = "[smtp]\nmaildir = \"out\"\n[directory]\nfile = \"people.csv\"\n";

/// The month before the first event of a house, in which nothing has happened there.
pub(super) fn last_month(house: &House) -> String {
    let all = house.okno(&["events", "export", "--json"]).with(0);
    let event: serde_json::Value = serde_json::from_str(all.out.lines().next().unwrap()).unwrap();
    let at = event.get("at").and_then(serde_json::Value::as_str).unwrap();
    let at: Timestamp = at.parse().unwrap();
    // In the middle of it by any clock.
    let first = at.to_zoned(jiff::tz::TimeZone::UTC).date().first_of_month();
    let before = first.checked_sub(15.days()).unwrap();
    format!("{}-{:02}", before.year(), before.month())
}

pub(super) fn house() -> House {
    let house = House::with(PEOPLE);
    let people = "e-mail;name;department;employee no.\nanna@uni.test;Petrova Anna;IT;000123\n\
                  boris@uni.test;Ivanov Boris;IT;000124\n";
    std::fs::write(house.path("people.csv"), people).unwrap();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    house
}

#[test]
fn a_month_is_closed_listed_and_shown_as_it_was() {
    let house = house();
    let month = last_month(&house);
    house
        .okno(&["period", "list"])
        .with(0)
        .says(&["No period is closed"]);
    let reason = "approved by Anna Petrova";
    house
        .okno(&["period", "close", &month, "--reason", reason])
        .with(1)
        .says(&[
            "name the settings of scores, --scores FILE",
            "--without-scores",
        ]);
    let close = [
        "period",
        "close",
        &month,
        "--reason",
        reason,
        "--without-scores",
    ];
    house.okno(&close).with(0).says(&[
        "To be closed",
        &month,
        "SHA-256 ",
        "this period has no files kpi_score and pay, and never will",
    ]);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["period", "list"])
        .with(0)
        .says(&[&format!("{month} v1: closed"), "files: 4, without scores"]);
    let shown = house.okno(&["period", "show", &month]).with(0);
    assert_eq!(
        shown.out,
        "period;queue;agent;figure;numerator;denominator;ticket\r\n"
    );
    house
        .okno(&["period", "close", &month, "--reason", reason])
        .with(1)
        .says(&[&format!("{month}: is closed already")]);
    let adjusted = house.okno(&["period", "adjust", &month]).with(0);
    assert_eq!(adjusted.out.lines().count(), 1, "{}", adjusted.out);
    house
        .okno(&["verify"])
        .with(0)
        .says(&["Closed periods checked: 1, faults: 0"]);
    // Files of a closed month are those of its first version.
    let files = ["report", "files", "--period", &month, "--to", "files"];
    house
        .okno(&files)
        .with(0)
        .says(&[&format!("kpi_{month}_v1.xlsx")])
        .never_says(&["not to be paid by"]);
}

#[test]
fn what_cannot_be_closed_is_told_with_its_reason() {
    let house = house();
    let month = last_month(&house);
    let this_year = year_of_first_event(&house);
    let close =
        |period: &str, reason: &str| house.okno(&["period", "close", period, "--reason", reason]);
    close(&this_year, "approved")
        .with(1)
        .says(&[&format!("{this_year}: is not over yet")]);
    close(&month, " ").with(1).says(&["No reason is given"]);
    close("2026-+1", "approved")
        .with(1)
        .says(&["There is no such period: 2026-+1"]);
    house
        .okno(&["period", "show", &month])
        .with(1)
        .says(&[&format!("{month}: is not closed")]);
}

#[test]
fn somebody_who_is_gone_is_paid_by_a_number_that_is_named() {
    let house = house();
    let year = year_of_first_event(&house);
    let mut words = vec![
        "report",
        "files",
        "--period",
        &year,
        "--format",
        "csv-utf8",
        "--columns",
        "en",
        "--to",
        "files",
    ];
    // Anna has a ticket, and is no agent of the house any more.
    house.okno(&words).with(0);
    let config = std::fs::read_to_string(house.path("okno.toml")).unwrap();
    let config = config
        .replace("agents = [\"anna\"]", "agents = [\"boris\"]")
        .replace("[agent.anna]", "[agent.boris]")
        .replace("Anna Petrova", "Boris Ivanov")
        .replace("anna@uni.test", "boris@uni.test");
    std::fs::write(house.path("okno.toml"), config).unwrap();
    house.okno(&words).with(1).says(&[
        "There is no employee number of: anna",
        "--number anna=000123",
    ]);
    words.extend(["--number", "anna=000123"]);
    house.okno(&words).with(0);
    let file = std::fs::read_to_string(house.path(&format!("files/kpi_{year}_v0.csv"))).unwrap();
    let employees: Vec<&str> = file
        .lines()
        .filter(|line| line.contains(";employee;"))
        .collect();
    let is_of = |number: &str| employees.iter().any(|line| line.contains(number));
    assert!(
        is_of(";employee;000123;anna;") && is_of(";employee;000124;Ivanov Boris;"),
        "{file}"
    );
    // The sums say of themselves that they are sums, and what must be nought is.
    for kind in ["unassigned", "department", "total", "check"] {
        assert!(file.contains(&format!(";{kind};")), "{kind}: {file}");
    }
    let checks = file.lines().filter(|line| line.contains(";check;"));
    for check in checks {
        let digits = check.split(";check;").nth(1).unwrap();
        assert!(
            !digits.contains(|one: char| ('1'..='9').contains(&one)),
            "{check}"
        );
    }
}
