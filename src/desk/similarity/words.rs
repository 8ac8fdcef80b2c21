//! A text as words for comparing: what changes from mail to mail and what is in all of them left out.

use crate::model::text::Text;

/// Words in lower case without marks; `ё` is `е`; dates and times, which change from mail to mail, are gone. Other
/// numbers stay: room 214 is not room 305.
pub(in crate::desk) fn words_of(line: &str) -> Vec<String> {
    Text::line(line)
        .as_str()
        .split_whitespace()
        .filter(|word| !is_moment(word))
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(|word| {
            let word = word.to_lowercase();
            if word.contains('ё') {
                word.replace('ё', "е")
            } else {
                word
            }
        })
        .collect()
}

/// `17.11.2026`, `2026-11-17`, `10:30`, `17/11`.
fn is_moment(word: &str) -> bool {
    // At once for the words that most are.
    if !word.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = word.split(['.', ':', '-', '/']).collect();
    let is_short =
        |part: &&str| (1..=4).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    (2..=3).contains(&parts.len())
        && parts.iter().all(is_short)
        && parts.iter().any(|part| part.len() == 2)
}

/// Greetings before, thanks and good wishes behind.
const GREETINGS: &[&str] = &[
    "здравствуйте",
    "здравствуй",
    "добрый",
    "доброе",
    "доброго",
    "день",
    "дня",
    "утро",
    "вечер",
    "времени",
    "суток",
    "привет",
    "приветствую",
    "уважаемые",
    "уважаемый",
    "уважаемая",
    "коллеги",
    "hello",
    "hi",
    "dear",
    "good",
    "morning",
    "afternoon",
    "evening",
    "day",
    "all",
    "team",
    "colleagues",
    "everyone",
];
const THANKS: &[&str] = &[
    "спасибо",
    "заранее",
    "благодарю",
    "большое",
    "с",
    "уважением",
    "thanks",
    "thank",
    "you",
    "in",
    "advance",
    "kind",
    "best",
    "regards",
    "sincerely",
    "cheers",
    "many",
];

pub(super) fn without_greetings(words: &[String]) -> &[String] {
    let is_of = |known: &[&str], word: &String| known.contains(&word.as_str());
    let start = words
        .iter()
        .take_while(|word| is_of(GREETINGS, word))
        .count();
    let rest = words.get(start..).unwrap_or_default();
    // A signature of up to four words may stand behind the thanks.
    let tail = rest.len().saturating_sub(12);
    let end = rest
        .windows(2)
        .enumerate()
        .skip(tail)
        .find(|(_, pair)| pair.iter().all(|word| is_of(THANKS, word)))
        .map_or(rest.len(), |(at, _)| at);
    rest.get(..end).unwrap_or(rest)
}
