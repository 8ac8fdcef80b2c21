//! Worked cases of promises, each derived by somebody else in three ways: `../shared/sla-vectors.json`, or the file that
//! `OKNO_SLA_CASES` names. Its conventions are inside it. And laws that hold for all of them (DOMAIN 2.5).
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may stop at once and say why"
)]

#[path = "sla/cases.rs"]
mod cases;
#[path = "sla/laws.rs"]
mod laws;
#[path = "support/minutes.rs"]
mod minutes;
#[path = "sla/second.rs"]
mod second;

use std::{fs, path::Path};

use cases::File;

#[test]
fn sla_cases() {
    let named = std::env::var("OKNO_SLA_CASES").ok();
    let path = named
        .clone()
        .unwrap_or_else(|| "../shared/sla-vectors.json".to_owned());
    if named.is_none() && !Path::new(&path).exists() {
        eprintln!("SKIPPED: there is no {path}; OKNO_SLA_CASES may name another file of cases");
        return;
    }
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let file: File = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    eprintln!("{} cases of {path}", file.cases.len());
    assert!(!file.cases.is_empty(), "{path} has no cases");
    agrees(&path, &file);
}

#[track_caller]
fn agrees(path: &str, file: &File) {
    let (wrong, all) = (file.differences(), file.cases.len());
    let words = wrong.join("\n");
    assert!(
        wrong.is_empty(),
        "{} of {all} cases of {path} differ:\n{words}",
        wrong.len()
    );
}

/// What the shared sample leaves out, derived by hand.
#[test]
fn our_own_cases() {
    let file: File = serde_json::from_str(include_str!("sla/more.json")).unwrap();
    agrees("sla/more.json", &file);
}

/// A case that differs, and one that cannot be read, are told with what they are, and spoil no other.
#[test]
fn what_differs_is_told() {
    let text = r#"{"calendars": {"msk": {"tz": "Europe/Moscow", "week": {"mon": [["09:00", "18:00"]]}}, "bad": {"tz": "Europe/Moscow", "week": {"mon": [["18:00", "09:00"]]}}},
        "cases": [
        {"id": "right", "calendar": "msk", "start": "2026-11-16T10:00:00+03:00", "target_s": 60, "expect": {"due": "2026-11-16T10:01:00+03:00"}},
        {"id": "wrong", "group": "basic", "calendar": "msk", "start": "2026-11-16T10:00:00+03:00", "target_s": 3600, "expect": {"due_utc": "2026-11-16T08:01:00Z"}, "why": "by hand"},
        {"id": "unread", "calendar": "msk", "start": "noon", "expect": {}},
        {"id": "turned", "calendar": "bad", "start": "2026-11-16T10:00:00+03:00", "target_s": 60, "expect": {}},
        {"id": "unknown", "calendar": "none", "start": "2026-11-16T10:00:00+03:00", "target_s": 60, "expect": {}},
        {"id": "no error", "calendar": "msk", "start": "2026-11-16T10:00:00+03:00", "target_s": 60, "expect": {"error": "no_working_time"}}]}"#;
    let file: File = serde_json::from_str(text).unwrap();
    insta::assert_snapshot!(file.differences().join("\n"));
}
