//! Whether somebody says that their request cannot wait: in the subject, in the first lines of what they have just
//! written, or in the form's field for it. Only plain words count, and `не срочно` counts for nothing; a quote and a
//! signature are not looked at.
//!
//! Words raise a request to *urgent* and never to *emergency* (DOMAIN, decision 5).

mod negation;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use self::negation::{Clause, clauses, takes_back};
use super::rules::{Phrase, folded, folded_title};

/// What a queue says of urgency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urgency {
    /// The words that say it.
    pub words: Vec<Phrase>,
}

impl Default for Urgency {
    fn default() -> Self {
        let words = WORDS.iter().filter_map(|words| Phrase::new(words).ok());
        Self {
            words: words.collect(),
        }
    }
}

/// The words that say it unless a queue has its own.
pub const WORDS: &[&str] = &[
    "срочно",
    "безотлагательно",
    "немедленно",
    "нужно сегодня",
    "нужно уже сегодня",
    "нужен сегодня",
    "надо сегодня",
    "необходимо сегодня",
    "сегодня нужно",
    "сегодня надо",
    "сегодня же",
    "как можно скорее",
    "как можно быстрее",
    "urgent",
    "asap",
    "as soon as possible",
    "immediately",
    "needed today",
    "need it today",
    "need this today",
];

/// Titles of the field that asks for it, as [`folded_title`].
const TITLES: &[&str] = &["срочность", "срочно", "urgency", "urgent"];

/// How its value begins where it is urgent, as [`folded`]; [`takes_back`] says where the rest denies it.
const HIGH: &[&str] = &[
    "высок",
    "срочн",
    "критич",
    "немедлен",
    "сегодня",
    "да",
    "high",
    "urgent",
    "critical",
    "today",
    "yes",
];

/// How many lines of a text are looked at, and how many letters of them.
const LINES_MAX: usize = 5;
const LETTERS_MAX: usize = 600;

/// Where it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// In the form's field for it.
    InField,
    /// In the subject or the first lines.
    InWords,
}

/// Whether it is said, and where. A form's field stands above the words around it.
#[must_use]
pub fn said(
    fields: &[(String, String)],
    (subject, text): (&str, &str),
    urgency: &Urgency,
) -> Option<Said> {
    let field = fields.iter().find(|(title, value)| {
        TITLES.contains(&folded_title(title).as_str()) && !value.trim().is_empty()
    });
    if let Some((_, value)) = field {
        return is_high(value).then_some(Said::InField);
    }
    let first: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LINES_MAX)
        .collect();
    let first: String = first.join("\n").chars().take(LETTERS_MAX).collect();
    let says = |text: &str| is_said(text, &urgency.words);
    (says(subject) || says(&first)).then_some(Said::InWords)
}

fn is_high(value: &str) -> bool {
    let value = folded(value);
    begins_high(&value) && !takes_back(&value, begins_high)
}

fn begins_high(value: &str) -> bool {
    HIGH.iter().any(|high| match high.chars().count() {
        // `да` and `yes` are whole words, or `дальше` would be one.
        ..=3 => value.split(|c: char| !c.is_alphanumeric()).next() == Some(high),
        _ => value.starts_with(high),
    })
}

/// What makes another thing of the word that follows: a contract for a term is not urgent.
static OTHERS: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let words = [
        "срочный трудов*",
        "срочный договор*",
        "срочный контракт*",
        "срочный вклад*",
        "срочный депозит*",
        "срочный служб*",
    ];
    words
        .iter()
        .filter_map(|words| Phrase::new(words).ok())
        .collect()
});

fn is_said(text: &str, words: &[Phrase]) -> bool {
    let all = clauses(text);
    let mut places = all.iter().enumerate();
    places.any(|(place, clause)| {
        let next = all.get(place.saturating_add(1));
        words.iter().any(|phrase| is_said_in(clause, next, phrase))
    })
}

fn is_said_in(clause: &Clause<'_>, next: Option<&Clause<'_>>, phrase: &Phrase) -> bool {
    let is_other = |at: usize| {
        OTHERS
            .iter()
            .any(|other| other.places_in(&clause.spoken).any(|one| one == at))
    };
    let mut places = phrase.places_in(&clause.spoken);
    places.any(|at| {
        let end = at.saturating_add(phrase.len());
        !is_other(at) && !clause.is_denied(at, end, next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: &str, text: &str, expected: bool) {
        let found = said(&[], (subject, text), &Urgency::default()).is_some();
        assert_eq!(found, expected, "{subject} | {text}");
    }

    #[test]
    fn what_is_urgent() {
        for text in [
            "Срочно!",
            "СРОЧНО нет интернета",
            "Срочно: нет интернета",
            "Срочно! Нет интернета",
            "Не могу войти, срочно",
            "Не работает принтер срочно нужно",
            "Если можно, срочно",
            "Прошу срочно посмотреть",
            "Очень срочная заявка",
            "Нужно сегодня",
            "Справка нужна сегодня",
            "Нужно уже сегодня, нельзя ждать",
            "Сегодня же!",
            "Сделайте как можно скорее",
            "It is urgent, please",
            "Need it today",
            "ASAP",
            "Нет, это срочно",
            "Не ждите: срочно",
        ] {
            check("", text, true);
            check(text, "Всё сказано в теме.", true);
        }
    }

    #[test]
    fn what_is_not() {
        for text in [
            "Не срочно",
            "Несрочно",
            "не-срочно",
            "не очень срочно",
            "Это не так срочно",
            "Совсем не срочно, но хотелось бы",
            "Ничего срочного",
            "Срочно? Нет",
            "Срочно? нет, можно завтра",
            "Срочно: нет",
            "Срочно: нет.",
            "Срочно - нет",
            "Срочно нет",
            "Срочно? Не очень.",
            "не нужно срочно",
            "Не нужно сегодня",
            "Нужно не сегодня",
            "без срочности",
            "Срочности нет",
            "Если срочно, звоню сам",
            "Насколько срочно вам это нужно",
            "not urgent",
            "It's not that urgent",
            "This isn't urgent",
            "non-urgent",
            "Urgent? No.",
            "Urgent: no",
            "no urgent matter",
            "It does not need to be urgent",
            "Срочный трудовой договор на подпись",
            "Нужны бланки срочных договоров",
            "Досрочно погасить",
            "Принтер не печатает",
            "",
        ] {
            check("", text, false);
            check(text, "Всё сказано в теме.", false);
        }
    }

    #[test]
    fn far_below_nobody_looks() {
        let text = format!("{}срочно", "Строка.\n".repeat(5));
        check("", &text, false);
        check("", &format!("{}\n\nсрочно", "Строка.\n\n".repeat(4)), true);
    }

    #[track_caller]
    fn check_field(title: &str, value: &str, expected: Option<Said>) {
        let fields = [(title.to_owned(), value.to_owned())];
        let found = said(&fields, ("", "Нужно сегодня."), &Urgency::default());
        assert_eq!(found, expected, "{title}: {value}");
    }

    #[test]
    fn a_field_stands_above_words() {
        check_field("Срочность", "Высокая", Some(Said::InField));
        check_field("СРОЧНОСТЬ:", "срочно", Some(Said::InField));
        check_field("Срочно", "Да, очень", Some(Said::InField));
        check_field("Urgency", "high", Some(Said::InField));
        check_field("Срочность", "низкая", None);
        check_field("Срочность", "Не срочно", None);
        check_field("Срочность", "дальше некуда ждать", None);
        check_field("Срочность", "срочности нет", None);
        check_field("Срочность", "Сегодня не нужно", None);
        check_field("Срочность", "Да, но не срочно", None);
        check_field("Срочность", "Да, не срочно", None);
        check_field(
            "Срочность",
            "Высокая, не работает весь этаж",
            Some(Said::InField),
        );
        check_field("Срочность", " ", Some(Said::InWords));
        check_field("Период", "низкая", Some(Said::InWords));
    }

    #[test]
    fn a_queue_may_have_words_of_its_own() {
        let words = vec![Phrase::new("аврал").unwrap()];
        let urgency = Urgency { words };
        assert_eq!(said(&[], ("Аврал!", ""), &urgency), Some(Said::InWords));
        assert_eq!(said(&[], ("Срочно!", ""), &urgency), None);
    }

    proptest::proptest! {
        /// Whatever is written, *not* before it takes it back.
        #[test]
        fn not_takes_it_back(before in "[а-я ]{0,20}[.!?]", after in "[а-я]{0,8}") {
            let text = format!("{before} не срочно {after}");
            let is_urgent = said(&[], (&text, ""), &Urgency::default()).is_some();
            proptest::prop_assert!(!is_urgent || before.contains("срочн"), "{text}");
        }

        /// No text breaks it.
        #[test]
        fn any_text_is_read(text in "\\PC{0,200}") {
            let found = said(&[], (&text, &text), &Urgency::default());
            proptest::prop_assert!(found.is_none() || !text.is_empty());
        }
    }
}
