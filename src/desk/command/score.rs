//! How it is said whether somebody would recommend us: a number, or that they do not want to be asked.

use crate::model::language::Language;

const NEVER: [&str; 10] = [
    "не спрашивать",
    "не спрашивайте",
    "больше не спрашивать",
    "больше не спрашивайте",
    "не спрашивайте больше",
    "don't ask",
    "do not ask",
    "don't ask again",
    "do not ask again",
    "never ask",
];
const AGAIN: [&str; 5] = ["спрашивать", "спрашивайте", "ask", "ask me", "ask again"];

/// Whether it says, and nothing else, that they want to be asked again, or not.
pub(in crate::desk) fn read_wants(text: &str) -> Option<bool> {
    let text = text.trim().trim_start_matches('#').to_lowercase();
    let text = text.replace('’', "'");
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    let words = words.trim_end_matches(['.', '!']);
    match (NEVER.contains(&words), AGAIN.contains(&words)) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    }
}

/// `9`, `9/10`, `9 из 10`; below it there may be words.
pub(in crate::desk) fn read_score(text: &str) -> Option<(u8, String)> {
    let text = text.trim();
    let (first, comment) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim().trim_end_matches(['.', '!', ',']);
    let number = ["/10", "из 10", "of 10", "out of 10"]
        .iter()
        .find_map(|end| first.strip_suffix(end))
        .unwrap_or(first);
    let score: u8 = number.trim().parse().ok().filter(|score| *score <= 10)?;
    Some((score, comment.trim().to_owned()))
}

/// The name of a number in buttons.
pub(in crate::desk) const CODES: [&str; 12] = [
    "nps_0", "nps_1", "nps_2", "nps_3", "nps_4", "nps_5", "nps_6", "nps_7", "nps_8", "nps_9",
    "nps_10", NEVER_CODE,
];

/// The name of the wish not to be asked.
pub(in crate::desk) const NEVER_CODE: &str = "nps_never";

/// How the numbers are said: the same in every language.
const WORDS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/// The buttons, the best first.
pub(in crate::desk) fn offered(language: Language) -> Vec<(&'static str, &'static str)> {
    let never = match language {
        Language::Ru => "не спрашивать",
        Language::En => "don't ask",
    };
    let numbers = CODES.into_iter().zip(WORDS).rev();
    numbers.chain([(NEVER_CODE, never)]).collect()
}

/// The code of a number, or of the wish not to be asked.
pub(in crate::desk) fn code_of(word: &str) -> Option<&'static str> {
    if read_wants(word) == Some(false) {
        return Some(NEVER_CODE);
    }
    let at = WORDS.iter().position(|known| *known == word.trim())?;
    CODES.get(at).copied()
}

pub(in crate::desk) fn score_of(code: &str) -> Option<u8> {
    let at = CODES.iter().position(|known| *known == code)?;
    u8::try_from(at).ok().filter(|_| code != NEVER_CODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_from_0_to_10_is_an_answer() {
        for (text, score, comment) in [
            ("9", 9, ""),
            ("10/10", 10, ""),
            ("0", 0, ""),
            ("7 из 10.\nДолго ждали.", 7, "Долго ждали."),
        ] {
            let read = read_score(text);
            assert_eq!(read, Some((score, comment.to_owned())), "{text}");
        }
        for text in ["11", "-1", "спасибо", "9 человек", "", "да", "2 или 3"] {
            assert_eq!(read_score(text), None, "{text}");
        }
        for word in WORDS {
            let code = code_of(word)
                .and_then(score_of)
                .map(|score| score.to_string());
            assert_eq!(code.as_deref(), Some(word));
        }
    }

    #[test]
    fn one_word_is_enough_not_to_be_asked() {
        for (text, wants) in [
            ("Не спрашивать", Some(false)),
            ("#не спрашивать.", Some(false)),
            ("Don’t ask!", Some(false)),
            ("спрашивайте", Some(true)),
            ("ask again", Some(true)),
            ("Не спрашивать у коллег", None),
            ("9", None),
            ("", None),
        ] {
            assert_eq!(read_wants(text), wants, "{text}");
        }
        for language in Language::ALL {
            let (code, word) = offered(language).pop().expect("the last button");
            assert_eq!((code_of(word), code), (Some(NEVER_CODE), NEVER_CODE));
            assert_eq!(score_of(code), None);
        }
    }
}
