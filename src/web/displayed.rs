//! What a house with something of everything shows, word by word; and that programs are promised what they are sent.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Pages, Status, access::Sees, json::Json, pages::Look};
use crate::model::{ids::QueueName, language::Language};

/// What a person reads of a page: its words, without what marks them.
fn words_of(page: &str) -> String {
    let mut words = String::new();
    for part in page.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        let name = tag.split(' ').next().unwrap_or_default();
        match name {
            "/th" | "/td" | "/text" => words.push_str(" | "),
            "/dt" => words.push_str(": "),
            "/small" | "small" | "/a" => words.push(' '),
            "h1" | "h2" | "tr" | "p" | "caption" | "div" | "summary" | "footer" | "table"
            | "svg" | "nav" | "title" => words.push('\n'),
            _ => {}
        }
        words.push_str(text);
    }
    let lines = words.lines().map(|line| {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        words.join(" ").trim_end_matches([' ', '|']).to_owned()
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let words = lines.join("\n").replace("&nbsp;", " ");
    // It is another with every release.
    words.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

fn look(language: Language) -> Look {
    Look {
        language,
        refreshes: true,
    }
}

#[test]
fn what_the_first_page_says() {
    let pages = Pages::new(&[]).expect("they are sound");
    let house = Status::sample("Имя");
    for language in Language::ALL {
        let page = pages.overview(&house, look(language), &Sees::All);
        let name = format!("overview-{}", language.code());
        insta::assert_snapshot!(name, words_of(&page.expect("a page")));
    }
    let it = Sees::Queues(BTreeSet::from([QueueName::from("it")]));
    let page = pages.overview(&house, look(Language::Ru), &it);
    insta::assert_snapshot!("overview-one-queue-ru", words_of(&page.expect("a page")));
    let page = pages.overview(&Status::bare(), look(Language::Ru), &Sees::All);
    insta::assert_snapshot!("overview-empty-ru", words_of(&page.expect("a page")));
}

#[test]
fn what_a_queues_page_says() {
    let pages = Pages::new(&[]).expect("they are sound");
    let house = Status::sample("Имя");
    for language in Language::ALL {
        let page = pages.queue(&house, &"it".into(), (look(language), true));
        let page = page.expect("a page").expect("the queue is there");
        insta::assert_snapshot!(format!("queue-{}", language.code()), words_of(&page));
    }
    for language in Language::ALL {
        let page = pages.months(&house, &"it".into(), look(language));
        let page = page.expect("a page").expect("the queue is there");
        insta::assert_snapshot!(format!("months-{}", language.code()), words_of(&page));
    }
    let unnamed = Status {
        agents: None,
        ..house.clone()
    };
    let page = pages.months(&unnamed, &"it".into(), look(Language::Ru));
    let page = page.expect("a page").expect("the queue is there");
    assert!(page.contains("id=\"backlog\"") && !page.contains("id=\"load\""));
    let page = pages.queue(&house, &"hr".into(), (look(Language::Ru), false));
    let page = page.expect("a page").expect("the queue is there");
    insta::assert_snapshot!("queue-confidential-ru", words_of(&page));
}

#[test]
fn what_programs_are_told() {
    let house = Status::sample("Имя");
    let told = |sees: &Sees| {
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let written = Json::of(&house, sees).written();
        written.replace(&version, "\"version\": \"VERSION\"")
    };
    insta::assert_snapshot!("status-json", told(&Sees::All));
    let it = Sees::Queues(BTreeSet::from([QueueName::from("it")]));
    insta::assert_snapshot!("status-json-one-queue", told(&it));
}

/// The paths of all keys, as docs/status.md writes them: `queues.*.weeks[].met`.
fn paths(value: &Value, here: &str, names: &BTreeSet<&str>, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                let key = if names.contains(here) { "*" } else { key };
                let path = match here {
                    "" => key.to_owned(),
                    here => format!("{here}.{key}"),
                };
                paths(inner, &path, names, found);
                found.insert(path);
            }
        }
        Value::Array(all) => {
            for inner in all {
                paths(inner, &format!("{here}[]"), names, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_key_is_documented_and_every_documented_key_is_sent() {
    // What is kept by names of the configuration.
    let names = BTreeSet::from(["queues", "agents", "mailboxes"]);
    let written = Json::of(&Status::sample("Имя"), &Sees::All).written();
    let read: Value = serde_json::from_str(&written).expect("JSON");
    let mut sent = BTreeSet::new();
    paths(&read, "", &names, &mut sent);
    sent.retain(|path| !path.ends_with('*'));
    let document = include_str!("../../docs/status.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let documented: BTreeSet<String> = rows
        .filter_map(|row| row.split_once('`'))
        .map(|(key, _)| key.to_owned())
        .collect();
    assert_eq!(sent, documented);
}

/// Whoever is told nothing of something is told so by null, and every key is there all the same.
#[test]
fn what_is_not_open_to_somebody_is_null() {
    let house = Status::sample("Имя");
    let it = Sees::Queues(BTreeSet::from([QueueName::from("it")]));
    let read = |sees: &Sees| -> Value {
        serde_json::from_str(&Json::of(&house, sees).written()).expect("JSON")
    };
    let (whole, part) = (read(&Sees::All), read(&it));
    let keys = |value: &Value| -> Vec<String> {
        let fields = value.as_object().expect("an object");
        fields.keys().cloned().collect()
    };
    assert_eq!(keys(&whole), keys(&part));
    let document = include_str!("../../docs/status.md");
    for key in keys(&part).iter().filter(|key| key.as_str() != "reports") {
        let row = document
            .lines()
            .find(|line| line.starts_with(&format!("| `{key}` |")));
        let says = row
            .expect("it is documented")
            .contains("viewer of some queues");
        assert_eq!(part[key].is_null(), says, "{key}");
    }
    let reports = part["reports"].as_array().expect("a list");
    assert!(!reports.is_empty() && reports.iter().all(|one| one["queue"] == "it"));
}
