//! A simulated year: requests of all classes, waiting, answers, other classes, other departments, returns and absences, in
//! three departments of three zones, over holidays, short days and both changes of the clocks. It is decided by the real core
//! with the real store; then every promise and every verdict is derived once more, from the events and from plain hours alone
//! ([`minutes`](super::minutes)), and nothing may differ.
//!
//! A year of 350 requests is played always. `OKNO_WHOLE_YEAR=1` plays 3,500, which takes minutes without optimization.

mod play;
mod second;

use std::collections::BTreeMap;

use jiff::Timestamp;
use okno::clock::Clock;

use super::{desk::Desk, figures};

const USUAL: u64 = 350;
const WHOLE: u64 = 3_500;

#[test]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the whole year is asked for by the environment, and a tenth of it is said aloud"
)]
fn a_year_is_promised_and_judged_the_same_twice() {
    let is_whole = std::env::var_os("OKNO_WHOLE_YEAR").is_some();
    let requests = if is_whole { WHOLE } else { USUAL };
    if !is_whole {
        eprintln!(
            "A TENTH OF THE YEAR IS PLAYED: {USUAL} requests; OKNO_WHOLE_YEAR=1 plays {WHOLE}"
        );
    }
    let mut desk = Desk::closed(play::SETTINGS);
    desk.clock = Clock::manual(Timestamp::from_second(play::BEGINNING).unwrap());
    let told = play::year(&desk, requests);
    let stories = play::stories(&desk, requests);
    let mut counts = BTreeMap::new();
    let wrong: Vec<(String, String)> = stories
        .iter()
        .filter_map(|story| second::differs(story, told.now, &mut counts))
        .collect();
    eprintln!(
        "{requests} requests, {} mails and appointments",
        told.causes
    );
    for (what, count) in &counts {
        eprintln!("{count:>8}  {what}");
    }
    eprintln!("{:>8}  differ from the second computation", wrong.len());
    let first = wrong.first().map_or("", |(_, story)| story);
    let each: Vec<&str> = wrong.iter().map(|(words, _)| words.as_str()).collect();
    assert!(
        wrong.is_empty(),
        "{} of {requests} differ:\n{}\nthe story of the first:\n{first}",
        wrong.len(),
        each.join("\n"),
    );
    // A year in which nothing of this happened would prove nothing.
    for what in [
        "first_response met",
        "first_response breached",
        "next_response met",
        "next_response breached",
        "resolution met",
        "resolution breached",
        "paused",
        "resumed",
        "reopened",
        "changed",
        "dropped",
        "transferred",
        "still running",
    ] {
        assert!(counts.contains_key(what), "nothing was {what}: {counts:?}");
    }
    // And its figures are the same, counted by a program of another language from the export alone.
    let months: Vec<String> = (1..=12).map(|month| format!("2026-{month:02}")).collect();
    let mut names: Vec<&str> = months.iter().map(String::as_str).collect();
    names.push("2026");
    figures::are_counted_twice(&desk, &names);
    desk.check_proof();
    desk.stop();
}
