//! Who may write to a queue: `allow` and `others` of its table.

use super::{
    problems::{At, Notes},
    rules::listed,
    written::{File, Queue},
};
use crate::desk::{
    policy::{Allow, Others},
    rules::folded,
};

/// The word of `others`.
pub(super) fn others(words: &str) -> Result<Others, String> {
    [Others::Quarantine, Others::Refuse]
        .into_iter()
        .find(|others| others.code() == words)
        .ok_or_else(|| "\"quarantine\" or \"refuse\" is expected".to_owned())
}

/// Who may write; `None`: everybody.
pub(super) fn resolve(file: &File, queue: &Queue, notes: &mut Notes) -> Option<Allow> {
    let others = queue.others.as_ref();
    let Some(At { value, spot }) = &queue.allow else {
        if let Some(others) = others {
            let words = "says what becomes of mail of those who may not write, and everybody may; write allow = [\"…\"] \
                         with who may";
            notes.problem(&others.spot, words);
        }
        return None;
    };
    let mut allow = Allow {
        others: others.map(|at| at.value).unwrap_or_default(),
        ..Allow::default()
    };
    let mut asks_directory = false;
    for words in value {
        if words == "directory" {
            allow.directory = true;
            asks_directory = true;
        } else if let Some(department) = words.strip_prefix("department:") {
            allow.departments.insert(folded(department));
            asks_directory = true;
        } else {
            match listed(words, &file.lists) {
                Ok(who) => allow.who.extend(who),
                Err(words) => notes.problem(
                    spot,
                    format!("{words}; \"directory\" and \"department:…\" are known, too"),
                ),
            }
        }
    }
    if value.is_empty() {
        let words = "the list is empty: nobody could write; leave it out and everybody may";
        notes.problem(spot, words);
    }
    if asks_directory && file.directory.is_none() {
        let words = "there is no people directory to know it by; write [directory] with file = \"people.csv\"";
        notes.problem(spot, words);
    }
    Some(allow)
}
