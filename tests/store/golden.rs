//! Stored events are read for ever: `tests/golden/events.jsonl` has a line for each kind and version that was ever
//! written. Lines are added, never changed.

use std::collections::BTreeSet;

use okno::model::event::EventData;
use serde::Deserialize;
use serde_json::value::RawValue;

/// One line: the version beside the data exactly as stored.
#[derive(Deserialize)]
struct Line<'a> {
    version: i64,
    #[serde(borrow)]
    data: &'a RawValue,
}

fn lines() -> Vec<Line<'static>> {
    include_str!("../golden/events.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

#[test]
fn what_was_ever_written_is_still_read() {
    for line in lines() {
        let text = line.data.get();
        let data: EventData =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let (_, newest) = data.kind();
        assert!(line.version <= newest, "{text}: a version from the future");
        // What is hashed must come out of the newest version byte for byte.
        if line.version == newest {
            assert_eq!(serde_json::to_string(&data).unwrap(), text);
        }
    }
}

#[test]
fn every_kind_and_version_has_a_golden_line() {
    let golden: BTreeSet<(&str, i64)> = lines()
        .iter()
        .map(|line| {
            let data: EventData = serde_json::from_str(line.data.get()).unwrap();
            (data.kind().0, line.version)
        })
        .collect();
    let known: BTreeSet<(&str, i64)> = EventData::KINDS
        .iter()
        .flat_map(|(kind, newest)| (1..=*newest).map(move |version| (*kind, version)))
        .collect();
    assert_eq!(
        golden, known,
        "tests/golden/events.jsonl and EventData::KINDS"
    );
}

#[test]
fn the_list_of_kinds_is_whole() {
    // serde knows all kinds and says so to whom it refuses.
    let refused = serde_json::from_str::<EventData>(r#"{"kind":"teleported"}"#).unwrap_err();
    let words = refused.to_string();
    let told: BTreeSet<&str> = words
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| *word != "teleported")
        .collect();
    let listed: BTreeSet<&str> = EventData::KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(told, listed);
    assert_eq!(
        listed.len(),
        EventData::KINDS.len(),
        "a kind is listed twice"
    );
}
