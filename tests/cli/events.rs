//! `okno events export`: what is handed out proves itself, and nobody's words are in it.

use serde_json::Value;

use super::house::{House, REQUEST};

fn lines(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_event_is_a_line_that_continues_the_one_before_it() {
    // A promise that is broken as soon as time passes at all, so that there is a verdict.
    let house = House::with("[smtp]\nmaildir = \"out\"\n");
    house.receives(REQUEST);
    house.receives(&REQUEST.replace("<request@", "<second@").replace(
        "Subject: The printer is silent",
        "Subject: The plotter is silent",
    ));
    house.okno(&["drain"]).with(0);
    let all = house.okno(&["events", "export", "--json"]).with(0);
    let events = lines(&all.out);
    let opened = events
        .iter()
        .filter(|event| event["kind"] == "ticket_opened");
    assert_eq!(opened.count(), 2);
    let mut head = Value::from("0".repeat(64));
    for (event, seq) in events.iter().zip(1..) {
        assert_eq!(event["seq"], seq);
        assert_eq!(event["prev_hash"], head);
        assert!(event["reason"].as_str().is_some_and(|why| !why.is_empty()));
        head = event["hash"].clone();
    }
    // Neither what was written nor by whom.
    all.never_says(&["silent", "It prints", "Olga", "olga@uni.test"]);
}

#[test]
fn a_stretch_is_what_was_written_within_it() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let export = |more: &[&str]| {
        let mut words = vec!["events", "export", "--json"];
        words.extend(more);
        lines(&house.okno(&words).with(0).out)
    };
    let all = export(&[]);
    assert_eq!(export(&["--since", "2020-01-01"]), all);
    assert_eq!(export(&["--until", "2020-01-01"]), Vec::<Value>::new());
    assert_eq!(export(&["--since", "2999-01-01"]), Vec::<Value>::new());
    // Written at one instant or not: both halves together are all of it.
    let middle = all[all.len() / 2]["recorded_at"].as_str().unwrap();
    let mut halves = export(&["--until", middle]);
    halves.extend(export(&["--since", middle]));
    assert_eq!(halves, all);
    // As it was after an event; the first instant at which anything was written knows of nothing.
    assert_eq!(export(&["--upto", "3"]), all[..3].to_vec());
    let first = all[0]["recorded_at"].as_str().unwrap();
    assert_eq!(export(&["--upto", first]), Vec::<Value>::new());
    house
        .okno(&["events", "export", "--json", "--since", "yesterday"])
        .with(1)
        .says(&["This is no time: yesterday", "2026-10-01"]);
    house.okno(&["events", "export"]).with(2).says(&["--json"]);
}

#[test]
fn that_it_was_handed_out_is_on_record() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let words = ["events", "export", "--json", "--since", "2020-01-01"];
    let first = lines(&house.okno(&words).with(0).out);
    assert!(first.iter().all(|event| event["kind"] != "exported"));
    // Whoever decides writes it down as soon as it works.
    house.okno(&["drain"]).with(0);
    let then = lines(&house.okno(&words).with(0).out);
    let mut noted = then.iter().filter(|event| event["kind"] == "exported");
    let noted = noted.next().expect("a note of the first time");
    assert_eq!(noted["actor"], "operator");
    assert_eq!(noted["data"]["what"], "events");
    assert!(
        noted["data"]["of"]
            .as_str()
            .is_some_and(|of| of.starts_with("2020-01-01") || of.starts_with("2019-12-31"))
    );
    assert_eq!(then.len(), first.len() + 1);
}
