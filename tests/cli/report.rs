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
    // Of nothing there is no percentage, and whoever has done nothing is there.
    assert!(file.out.contains(&format!(
        "{year};it;anna;sla_resolution_pct;0;0;;percent\r\n"
    )));
    assert!(!file.out.contains(&format!("{year};;*;")));
}

/// The year in which the first event happened.
fn year_of_first_event(house: &House) -> String {
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
}
