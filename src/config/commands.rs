//! The commands that a queue switches on besides those that every desk needs.

use std::collections::BTreeSet;

use super::near::nearest;
use crate::desk::command::Verb;

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
}
