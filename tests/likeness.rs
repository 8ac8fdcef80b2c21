//! What is taken for a repeat, for a near subject and for a disguised sender, among real mail of two lists, where it is
//! at hand. The lists' own threads say what belongs together.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may stop at once and say why"
)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use okno::{
    desk::{
        similarity::{Sketch, is_repeat, may_be_similar, near_subject},
        subject::bare,
        token::Key,
        trust::{Ground, TrustPolicy, judge},
    },
    mail::read::{Limits, read},
    model::{event::Trust, message::Reading},
};
use regex::Regex;
use serde_json::Value;

struct Listed {
    thread: String,
    reading: Reading,
}

fn corpora() -> Option<PathBuf> {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    ["../shared/corpora", "../../shared/corpora"]
        .map(|place| package.join(place))
        .into_iter()
        .find(|folder| folder.join("manifest.jsonl").is_file())
}

/// The lists' mails in order; `None`, said aloud, where they are not at hand.
fn listed() -> Option<Vec<Listed>> {
    let Some(folder) = corpora() else {
        eprintln!("SKIPPED: there are no corpora here");
        return None;
    };
    let manifest = fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    let mut listed = Vec::new();
    for line in manifest.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let file = entry.get("file").and_then(Value::as_str).unwrap();
        let thread = entry.pointer("/expected/thread").and_then(Value::as_str);
        if let Some(thread) = thread.filter(|_| file.starts_with("list-")) {
            let raw = fs::read(folder.join(file)).unwrap();
            listed.push(Listed {
                thread: thread.to_owned(),
                reading: read(&raw, &Limits::default()),
            });
        }
    }
    assert!(listed.len() > 400, "{} mails", listed.len());
    Some(listed)
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}

#[test]
fn different_matters_are_no_repeats() {
    let Some(listed) = listed() else { return };
    let mut by_author: BTreeMap<String, Vec<(&str, Sketch)>> = BTreeMap::new();
    for one in &listed {
        let message = &one.reading.message;
        let (Some(from), Some(reply)) = (&message.from, &message.reply) else {
            continue;
        };
        // On one of the lists everybody writes from its address.
        let author = format!("{:?} {}", from.name, from.address);
        by_author
            .entry(author)
            .or_default()
            .push((&one.thread, Sketch::of(reply)));
    }
    let (mut pairs, mut repeats, mut passed) = (0, 0, 0);
    for sketches in by_author.values() {
        for (at, (thread, one)) in sketches.iter().enumerate() {
            for (other_thread, other) in sketches.iter().skip(at + 1) {
                if thread != other_thread {
                    pairs += 1;
                    repeats += usize::from(is_repeat(one, other));
                    passed += usize::from(may_be_similar(one.simhash(), other.simhash()));
                }
            }
        }
    }
    eprintln!("{pairs} pairs of one author in two threads: {repeats} repeats, {passed} by SimHash");
    assert!(pairs > 100, "{pairs} pairs");
    assert!(percent(repeats, pairs) < 0.3, "{repeats} of {pairs}");
}

/// Lists put their name before every subject; okno's subjects have none.
fn subject(listed: &Listed, mark: &Regex) -> String {
    let key = Key::new([7; 32]);
    let subject = listed.reading.message.subject.as_deref().unwrap_or("");
    let without = mark.replace_all(subject, "");
    bare(&without, &key).into()
}

#[test]
fn subjects_of_one_thread_nearly_match_and_others_do_not() {
    let Some(listed) = listed() else { return };
    let mark = Regex::new(r"\[[A-Za-z-]{3,}\]\s*").unwrap();
    let mut threads: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in &listed {
        let subjects = threads.entry(one.thread.as_str()).or_default();
        subjects.push(subject(one, &mark));
    }
    let (mut same, mut found) = (0, 0);
    for subjects in threads.values() {
        if let Some((first, rest)) = subjects.split_first() {
            same += rest.len();
            found += rest
                .iter()
                .filter(|other| near_subject(first, other))
                .count();
        }
    }
    let firsts: Vec<&String> = threads.values().filter_map(|all| all.first()).collect();
    let (mut apart, mut taken) = (0, 0);
    for (at, one) in firsts.iter().enumerate() {
        for other in firsts.iter().skip(at + 1) {
            apart += 1;
            if near_subject(one, other) {
                taken += 1;
                if one != other {
                    eprintln!("near: {one} / {other}");
                }
            }
        }
    }
    eprintln!("{found} of {same} in one thread, {taken} of {apart} in two");
    assert!(percent(found, same) > 80.0, "{found} of {same}");
    assert!(percent(taken, apart) < 0.2, "{taken} of {apart}");
}

#[test]
fn honest_people_are_not_suspicious() {
    let Some(listed) = listed() else { return };
    let policy = TrustPolicy {
        own_domains: vec!["uni.test".to_owned()],
        ..TrustPolicy::default()
    };
    let mut grounds: BTreeMap<Ground, usize> = BTreeMap::new();
    for one in &listed {
        let ground = judge(&one.reading, &policy, &[]);
        if ground.trust() == Trust::Suspicious {
            *grounds.entry(ground).or_default() += 1;
        }
    }
    eprintln!("suspicious among {}: {grounds:?}", listed.len());
    let suspicious: usize = grounds.values().sum();
    assert!(percent(suspicious, listed.len()) < 0.5, "{grounds:?}");
}
