//! What a queue's head says of how it works: a method, a number, a day; and that it is to be as it was.

use super::{Verb, folded};
use crate::model::{distribution::Method, language::Language, queue_change::QueueChange};

/// How each method is written, the first words as they are shown.
const METHODS: &[(Method, &[&str])] = &[
    (
        Method::Turn,
        &["по очереди", "turn", "in turn", "round robin"],
    ),
    (
        Method::Least,
        &[
            "наименее загруженный",
            "least",
            "по нагрузке",
            "наименее загруженному",
            "least loaded",
        ],
    ),
    (
        Method::Manual,
        &["вручную", "manual", "руководитель", "head"],
    ),
    (Method::Own, &["сами", "self", "кто взял"]),
    (Method::Curator, &["куратор", "curator", "куратору"]),
];

/// Words that take back what was changed.
const TAKE_BACK: &[&str] = &["отменить", "отмена", "undo", "cancel"];

/// The largest number that anybody may have.
pub(in crate::desk) const LIMIT_MAX: u32 = 1000;

/// The method of these words.
pub(in crate::desk) fn method_named(words: &str) -> Option<Method> {
    let words = folded(words);
    let found = METHODS
        .iter()
        .find(|(_, all)| all.contains(&words.as_str()));
    found.map(|(method, _)| *method)
}

/// What may be said of it, in both languages.
pub(in crate::desk) fn method_choices() -> String {
    let words = METHODS.iter().filter_map(|(_, words)| words.get(..2));
    let words: Vec<String> = words.map(|pair| pair.join(" / ")).collect();
    words.join(", ")
}

/// The words without one behind them, or alone, that takes them back; and whether there was one.
pub(in crate::desk) fn taken_back(words: &str) -> (&str, bool) {
    let words = words.trim();
    let (rest, last) = words.rsplit_once(' ').unwrap_or(("", words));
    match TAKE_BACK.contains(&folded(last).as_str()) {
        true => (rest.trim(), true),
        false => (words, false),
    }
}

/// A change as its head would order it: `#limit @anna 8`.
pub(in crate::desk) fn as_ordered(change: &QueueChange, language: Language) -> String {
    let said = match change {
        QueueChange::Method { method } => {
            let known = METHODS.iter().find(|(known, _)| known == method);
            let words = known.map_or(&[][..], |(_, words)| words);
            let word = match language {
                Language::Ru => words.first(),
                Language::En => words.get(1),
            };
            word.copied().unwrap_or_default().to_owned()
        }
        QueueChange::Limit { max_active, .. } => {
            format!("{} {max_active}", object(change)).trim().to_owned()
        }
        QueueChange::Out { .. } | QueueChange::In { .. } | QueueChange::Closed { .. } => {
            object(change)
        }
    };
    format!("#{} {said}", verb(change).word(language))
}

/// What takes a change back: `#limit @anna undo`.
pub(in crate::desk) fn as_taken_back(change: &QueueChange, language: Language) -> String {
    if let QueueChange::Out { .. } = change {
        return format!("#{} {}", Verb::Include.word(language), object(change));
    }
    if let QueueChange::In { .. } = change {
        return format!("#{} {}", Verb::Exclude.word(language), object(change));
    }
    let back = match language {
        Language::Ru => "отменить",
        Language::En => "undo",
    };
    let of = [verb(change).word(language), &object(change), back];
    let words: Vec<&str> = of.into_iter().filter(|word| !word.is_empty()).collect();
    format!("#{}", words.join(" "))
}

const fn verb(change: &QueueChange) -> Verb {
    match change {
        QueueChange::Method { .. } => Verb::Distribution,
        QueueChange::Out { .. } => Verb::Exclude,
        QueueChange::In { .. } => Verb::Include,
        QueueChange::Limit { .. } => Verb::Limit,
        QueueChange::Closed { .. } => Verb::DayOff,
    }
}

/// Whom or what it is about; empty: the queue as a whole.
fn object(change: &QueueChange) -> String {
    match change {
        QueueChange::Out { agent }
        | QueueChange::In { agent }
        | QueueChange::Limit {
            agent: Some(agent), ..
        } => format!("@{agent}"),
        QueueChange::Closed { on } => on.strftime("%d.%m.%Y").to_string(),
        QueueChange::Method { .. } | QueueChange::Limit { agent: None, .. } => String::new(),
    }
}

/// `@anna 8`: whose, where it says so, and how many.
pub(in crate::desk) fn limit_in(words: &str) -> Option<(&str, u32)> {
    let words = words.trim();
    let (whose, number) = words.rsplit_once(' ').unwrap_or(("", words));
    let number: u32 = number.parse().ok()?;
    let is_sound = (1..=LIMIT_MAX).contains(&number);
    is_sound.then_some((whose.trim(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_known_by_several_words_in_both_languages() {
        for (words, method) in [
            ("по очереди", Some(Method::Turn)),
            ("Turn", Some(Method::Turn)),
            ("НАИМЕНЕЕ загруженный", Some(Method::Least)),
            ("по нагрузке", Some(Method::Least)),
            ("кто взял", Some(Method::Own)),
            ("вручную", Some(Method::Manual)),
            ("curator", Some(Method::Curator)),
            ("как-нибудь", None),
            ("", None),
        ] {
            assert_eq!(method_named(words), method, "{words}");
        }
    }

    #[test]
    fn what_takes_back_stands_behind_or_alone() {
        for (words, expected) in [
            ("отменить", ("", true)),
            ("31.12.2026 отменить", ("31.12.2026", true)),
            ("@anna undo", ("@anna", true)),
            ("@anna 8", ("@anna 8", false)),
            ("", ("", false)),
        ] {
            assert_eq!(taken_back(words), expected, "{words}");
        }
    }

    #[test]
    fn a_change_is_written_as_it_is_ordered_and_taken_back() {
        let anna = || "anna".into();
        let own = |agent| QueueChange::Limit {
            agent,
            max_active: 8,
        };
        let on = jiff::civil::date(2026, 12, 31);
        let method = Method::Own;
        for (change, ordered, back) in [
            (own(Some(anna())), "#limit @anna 8", "#limit @anna undo"),
            (own(None), "#limit 8", "#limit undo"),
            (
                QueueChange::Out { agent: anna() },
                "#exclude @anna",
                "#include @anna",
            ),
            (
                QueueChange::In { agent: anna() },
                "#include @anna",
                "#exclude @anna",
            ),
            (
                QueueChange::Method { method },
                "#distribution self",
                "#distribution undo",
            ),
            (
                QueueChange::Closed { on },
                "#day off 31.12.2026",
                "#day off 31.12.2026 undo",
            ),
        ] {
            assert_eq!(as_ordered(&change, Language::En), ordered);
            assert_eq!(as_taken_back(&change, Language::En), back);
        }
        let russian = as_taken_back(&own(Some(anna())), Language::Ru);
        assert_eq!(russian, "#лимит @anna отменить");
    }

    #[test]
    fn a_limit_is_a_number_behind_a_name() {
        for (words, expected) in [
            ("@anna 8", Some(("@anna", 8))),
            ("Анна Петрова 12", Some(("Анна Петрова", 12))),
            ("8", Some(("", 8))),
            ("@anna 0", None),
            ("@anna 1001", None),
            ("@anna много", None),
            ("@anna -3", None),
        ] {
            assert_eq!(limit_in(words), expected, "{words}");
        }
    }
}
