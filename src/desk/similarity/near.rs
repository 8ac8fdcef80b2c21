//! Whether a mail may belong to a ticket: the subject and the people nearly match.

use std::collections::{BTreeSet, HashSet};

use super::{share, words::without_greetings};
use crate::model::address::Address;

/// Whether two subjects, bare of prefixes and tags, nearly say the same: equal, one cut off, or a slip of the pen.
/// What is said of everything (`вопрос`, `help`) is the same as nothing.
#[must_use]
pub fn near_subject(one: &str, other: &str) -> bool {
    let (one, other) = (subject_words(one), subject_words(other));
    if !says_something(&one) || !says_something(&other) {
        return false;
    }
    let (one, other) = (one.join(" "), other.join(" "));
    let (shorter, longer) = match one.chars().count() <= other.chars().count() {
        true => (one, other),
        false => (other, one),
    };
    let is_cut = longer.starts_with(&shorter) && shorter.chars().count() >= 20;
    shorter == longer
        || is_cut
        || (numbers(&shorter) == numbers(&longer) && dice(&shorter, &longer) >= 0.8)
}

/// Whether a subject says anything: more than what is said of everything.
#[must_use]
pub fn is_telling(subject: &str) -> bool {
    says_something(&subject_words(subject))
}

/// Whether two circles of people, each an author first and then all addressed, nearly match: one author is in the other
/// circle, and at least half of the smaller circle is in the larger.
#[must_use]
pub fn near_people(one: &[Address], other: &[Address]) -> bool {
    let knows = |circle: &[Address], author: Option<&Address>| {
        author.is_some_and(|author| circle.contains(author))
    };
    let is_known = knows(other, one.first()) || knows(one, other.first());
    let (one, other): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    let common = one.intersection(&other).count();
    is_known && common.saturating_mul(2) >= one.len().min(other.len())
}

/// Words of a subject; here dates count, since `отчёт 11.2026` and `отчёт 12.2026` are two matters.
fn subject_words(subject: &str) -> Vec<String> {
    let words: Vec<String> = subject
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.to_lowercase().replace('ё', "е"))
        .collect();
    without_greetings(&words).iter().take(60).cloned().collect()
}

/// Subjects of everything and nothing.
const EMPTY_WORDS: &[&str] = &[
    "вопрос",
    "вопросы",
    "проблема",
    "проблемы",
    "помощь",
    "помогите",
    "пожалуйста",
    "срочно",
    "запрос",
    "заявка",
    "обращение",
    "письмо",
    "документ",
    "документы",
    "информация",
    "без",
    "темы",
    "тест",
    "question",
    "questions",
    "problem",
    "issue",
    "help",
    "please",
    "urgent",
    "request",
    "ticket",
    "mail",
    "document",
    "documents",
    "info",
    "information",
    "no",
    "subject",
    "test",
    "fw",
    "re",
    "не",
    "работает",
    "not",
    "working",
    "по",
    "о",
    "в",
    "на",
    "the",
    "a",
    "an",
    "of",
    "for",
    "about",
];

fn says_something(words: &[String]) -> bool {
    let telling: Vec<&String> = words
        .iter()
        .filter(|word| !EMPTY_WORDS.contains(&word.as_str()))
        .collect();
    telling.iter().any(|word| word.chars().count() > 2)
}

fn numbers(words: &str) -> Vec<&str> {
    words
        .split(' ')
        .filter(|word| word.chars().any(|c| c.is_ascii_digit()))
        .collect()
}

/// The share of letter pairs in common (Dice), 0 to 1.
fn dice(one: &str, other: &str) -> f64 {
    let pairs = |words: &str| -> HashSet<(char, char)> {
        words.chars().zip(words.chars().skip(1)).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let common = one.intersection(&other).count();
    share(
        common.saturating_mul(2),
        one.len().saturating_add(other.len()),
    )
}
