//! A text as words for comparing: what changes from mail to mail and what is in all of them left out.

use crate::model::text::Text;

/// Words in lower case without marks; `ё` is `е`; dates and times, which change from mail to mail, are gone. Other
/// numbers stay: room 214 is not room 305.
pub(in crate::desk) fn words_of(line: &str) -> Vec<String> {
    if !Text::is_kept_whole(line) {
        return words_in(Text::line(line).as_str());
    }
    words_in(line)
}

fn words_in(line: &str) -> Vec<String> {
    line.split_whitespace()
        .filter(|word| !is_moment(word))
        .flat_map(|word| word.split(|c| !is_of_word(c)))
        .filter(|word| !word.is_empty())
        .map(lowered)
        .collect()
}

/// Asked of every letter of every mail: at once for those that most are.
fn is_of_word(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'а'..='я' | 'А'..='Я' => true,
        '\0'..='\x7F' => false,
        other => other.is_alphanumeric(),
    }
}

fn lowered(word: &str) -> String {
    let mut low = String::with_capacity(word.len());
    for c in word.chars() {
        low.push(match c {
            'a'..='z' | '0'..='9' | 'а'..='я' => c,
            'ё' | 'Ё' => 'е',
            'A'..='Z' => c.to_ascii_lowercase(),
            'А'..='Я' => char::from_u32(u32::from(c).wrapping_add(32)).unwrap_or(c),
            _ => return word.to_lowercase().replace('ё', "е"),
        });
    }
    low
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_says_the_same_as_the_long_one() {
        for c in ('\0'..=char::MAX).filter(|c| u32::from(*c) < 0x3_0000) {
            assert_eq!(is_of_word(c), c.is_alphanumeric(), "{c:?}");
            let word = c.to_string();
            assert_eq!(
                lowered(&word),
                word.to_lowercase().replace('ё', "е"),
                "{c:?}"
            );
        }
        assert_eq!(lowered("ЁЖ-ΌΣΟΣ"), "еж-όσος");
        assert_eq!(
            words_of("Ёлка\tROOM\u{202E} 214\r"),
            ["елка", "room", "214"]
        );
    }
}
