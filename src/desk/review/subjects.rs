//! What a queue was asked about again and again in a month, by the subjects of its requests: of people, addresses and numbers
//! nothing is told.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    desk::similarity::is_telling,
    model::{ids::PersonId, outgoing::Topic},
};

/// So many subjects are told.
const SUBJECTS_MAX: usize = 5;

/// A subject comes again if so many requests have it, of so many people.
const REQUESTS_MIN: usize = 3;
const PEOPLE_MIN: usize = 2;

/// Longer subjects are somebody's own.
const WORDS_MAX: usize = 10;

/// The subjects that came most often, each as most have written it. `asked`: of each request, in the order in which they came.
/// `names`: words that people are called by, see [`name_words`].
#[must_use]
pub fn subjects_shown<'s>(
    asked: impl IntoIterator<Item = (&'s str, PersonId)>,
    names: &BTreeSet<String>,
) -> Vec<Topic> {
    let mut found: BTreeMap<String, Vec<(String, PersonId)>> = BTreeMap::new();
    for (subject, requester) in asked {
        if let Some(words) = without_people(subject, names) {
            let written = words.join(" ");
            let same = found.entry(folded(&written)).or_default();
            same.push((written, requester));
        }
    }
    let mut told: Vec<Topic> = found.into_values().filter_map(again).collect();
    // Stable: of as many in the order of the alphabet.
    told.sort_by_key(|one| Reverse(one.count));
    told.truncate(SUBJECTS_MAX);
    told
}

/// Words of names, as subjects are held against them.
pub fn name_words(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| word.chars().count() > 2).map(folded)
}

/// What so many have asked, as most of them have written it.
fn again(all: Vec<(String, PersonId)>) -> Option<Topic> {
    let people: BTreeSet<PersonId> = all.iter().map(|(_, person)| *person).collect();
    if all.len() < REQUESTS_MIN || people.len() < PEOPLE_MIN {
        return None;
    }
    let mut ways: Vec<(&str, usize)> = Vec::new();
    for (written, _) in &all {
        match ways.iter_mut().find(|(known, _)| known == written) {
            Some((_, many)) => *many = many.saturating_add(1),
            None => ways.push((written, 1)),
        }
    }
    // The first of as many.
    let (words, _) = ways.iter().rev().max_by_key(|(_, many)| *many)?;
    Some(Topic {
        words: (*words).to_owned(),
        count: u64::try_from(all.len()).unwrap_or(u64::MAX),
    })
}

/// The words of a subject without numbers; `None`: it says nothing, or it may name somebody or an address.
fn without_people<'s>(subject: &'s str, names: &BTreeSet<String>) -> Option<Vec<&'s str>> {
    let is_mixed = subject.chars().any(is_cyrillic);
    let mut words = Vec::new();
    for token in subject.split_whitespace() {
        if is_address(token) || is_initials(token) {
            return None;
        }
        let word = token.trim_matches(|letter: char| !letter.is_alphanumeric());
        if word.is_empty() || word.chars().any(char::is_numeric) {
            continue;
        }
        let is_first = words.is_empty();
        if name_words(word).any(|part| names.contains(&part))
            || !is_first && may_be_name(word, is_mixed)
        {
            return None;
        }
        words.push(word);
    }
    let is_told = words.len() <= WORDS_MAX && is_telling(&words.join(" "));
    is_told.then_some(words)
}

/// Inside a subject a capital begins a name; what is written in Latin letters among Cyrillic ones is a product.
fn may_be_name(word: &str, is_mixed: bool) -> bool {
    let mut letters = word.chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase);
    let is_name = is_capital && letters.any(char::is_lowercase);
    is_name && (!is_mixed || word.chars().any(is_cyrillic))
}

fn is_address(token: &str) -> bool {
    token.contains('@') || token.contains("://") || token.to_lowercase().starts_with("www.")
}

/// `И.И.`, `J.`
fn is_initials(token: &str) -> bool {
    let mut parts = token.split('.');
    token.contains('.')
        && parts.any(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
        })
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{0400}'..='\u{04ff}').contains(&letter)
}

fn folded(words: &str) -> String {
    words.to_lowercase().replace('ё', "е")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Subjects with the people who have asked, as `1 Не печатает принтер`.
    #[track_caller]
    fn told(asked: &[&str], expected: &[&str]) {
        let asked = asked.iter().map(|one| {
            let (person, subject) = one.split_once(' ').unwrap();
            (subject, PersonId(person.parse().unwrap()))
        });
        let names = ["Пётр Орлов", "Anna Kim"]
            .iter()
            .flat_map(|name| name_words(name));
        let found = subjects_shown(asked, &names.collect());
        let found: Vec<String> = found
            .into_iter()
            .map(|one| format!("{} {}", one.count, one.words))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_subject_comes_again_if_three_requests_of_two_people_have_it() {
        told(
            &[
                "1 Не печатает принтер",
                "1 не печатает принтер!",
                "2 Не печатает принтер 305",
                // One person's, and two of two.
                "1 Сломан проектор",
                "1 Сломан проектор",
                "1 Сломан проектор",
                "1 Новый монитор",
                "2 Новый монитор",
            ],
            &["3 Не печатает принтер"],
        );
    }

    #[test]
    fn what_is_said_of_everything_is_no_subject() {
        told(&["1 Вопрос", "2 Вопрос", "3 вопрос"], &[]);
        told(&["1 Не работает", "2 Не работает", "3 не работает"], &[]);
        told(&["1 ", "2 ", "3 "], &[]);
        told(&["1 1042", "2 1042", "3 1042"], &[]);
    }

    #[test]
    fn nobody_and_no_address_is_named() {
        let three = |subject: &str| {
            let asked = [1, 2, 3].map(|person| format!("{person} {subject}"));
            let asked = asked.each_ref().map(String::as_str);
            told(&asked, &[]);
        };
        three("Пропуск для Иванова");
        three("Пропуск для Иванова И.И.");
        three("пропуск, И. Иванова");
        three("Орлов не получает почту");
        three("почта петр орлов");
        three("Не доходит почта на root@uni.test");
        three("Не открывается https://uni.test");
        three("Не открывается www.uni.test");
        three("Access for John Smith");
        three("Mailbox of anna");
        // A product among words of another alphabet, and letters that stand for something.
        let product = [
            "1 Не открывается Outlook",
            "2 не открывается Outlook",
            "3 Не открывается Outlook",
        ];
        told(&product, &["3 Не открывается Outlook"]);
        let short = ["1 Доступ к VPN", "2 Доступ к VPN", "3 Доступ к VPN"];
        told(&short, &["3 Доступ к VPN"]);
    }

    #[test]
    fn five_that_came_most_often_are_told() {
        let words = [
            "сканер",
            "принтер",
            "монитор",
            "телефон",
            "картридж",
            "проектор",
        ];
        let mut asked = Vec::new();
        for (place, word) in words.iter().enumerate() {
            for person in 0..place + 3 {
                asked.push(format!("{person} Сломан {word}"));
            }
        }
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        told(
            &asked,
            &[
                "8 Сломан проектор",
                "7 Сломан картридж",
                "6 Сломан телефон",
                "5 Сломан монитор",
                "4 Сломан принтер",
            ],
        );
    }
}
