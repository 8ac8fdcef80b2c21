//! The commands that a queue switches on besides those that every desk needs: its agents' and its requesters'.

use std::collections::BTreeSet;

use super::near::nearest;
use crate::desk::command::{Verb, Wish};

/// One word of the list: a command's name, or `all`.
pub(super) fn parse(word: &str) -> Result<BTreeSet<Verb>, String> {
    let extra = || Verb::all().filter(|verb| verb.form().is_extra);
    if word == "all" {
        return Ok(extra().collect());
    }
    match Verb::from_code(word) {
        Some(verb) if verb.form().is_extra => Ok(BTreeSet::from([verb])),
        Some(_) => Err(format!("\"{word}\" is always on; it need not stand here")),
        None => {
            let names: Vec<&str> = extra().map(Verb::code).collect();
            let near = nearest(word, names.iter().copied());
            Err(match near {
                Some(near) => format!("there is no command \"{word}\"; did you mean \"{near}\"?"),
                None => format!(
                    "there is no command \"{word}\"; there are \"all\", \"{}\"",
                    names.join("\", \"")
                ),
            })
        }
    }
}

/// One word of the requesters' list: what may be asked for, or `all`.
pub(super) fn parse_wish(word: &str) -> Result<BTreeSet<Wish>, String> {
    if word == "all" {
        return Ok(Wish::ALL.into_iter().collect());
    }
    if let Some(wish) = Wish::from_code(word) {
        return Ok(BTreeSet::from([wish]));
    }
    let names = Wish::ALL.map(Wish::code);
    Err(match nearest(word, names.into_iter()) {
        Some(near) => format!("requesters have no command \"{word}\"; did you mean \"{near}\"?"),
        None => format!(
            "requesters have no command \"{word}\"; there are \"all\", \"{}\"",
            names.join("\", \"")
        ),
    })
}

/// One of the words that an agent may choose from: it stands in history and in reports.
pub(super) fn choice(words: &str) -> Result<String, String> {
    let is_sound = (1..=40).contains(&words.chars().count())
        && words.trim() == words
        && !words.chars().any(char::is_control);
    is_sound
        .then(|| words.to_owned())
        .ok_or_else(|| "1 to 40 letters are expected".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_command_that_can_be_switched_on() {
        assert_eq!(parse("assign"), Ok(BTreeSet::from([Verb::Assign])));
        assert!(parse("all").is_ok_and(|all| all.contains(&Verb::Remove)));
        for (word, says) in [
            ("asign", "did you mean \"assign\"?"),
            ("take", "always on"),
            ("dance", "\"all\", \"assign\""),
        ] {
            let refused = parse(word).expect_err(word);
            assert!(refused.contains(says), "{refused}");
        }
    }

    #[test]
    fn a_word_is_something_requesters_may_ask_for() {
        assert_eq!(parse_wish("status"), Ok(BTreeSet::from([Wish::Status])));
        assert!(parse_wish("all").is_ok_and(|all| all.len() == Wish::ALL.len()));
        for (word, says) in [
            ("statuss", "did you mean \"status\"?"),
            ("dance", "\"all\", \"status\", \"cancel\""),
        ] {
            let refused = parse_wish(word).expect_err(word);
            assert!(refused.contains(says), "{refused}");
        }
    }
}
