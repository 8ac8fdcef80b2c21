//! Words as stems: `принтеры` and `принтером` are one, and so are `printers` and `printer`.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};

use crate::desk::similarity::{hash, words_of};

/// How many different stems of one mail are kept.
pub const STEMS_MAX: usize = 400;

/// How many words of one mail are looked at.
const WORDS_MAX: usize = 5000;

/// Longer words are none: codes, keys, pictures as letters.
const LETTERS_MAX: usize = 40;

/// Words that are in every text.
const COMMON: &[&str] = &[
    "а",
    "без",
    "бы",
    "был",
    "была",
    "было",
    "в",
    "вам",
    "вас",
    "во",
    "вот",
    "все",
    "вы",
    "да",
    "для",
    "до",
    "его",
    "ее",
    "если",
    "есть",
    "еще",
    "же",
    "за",
    "и",
    "из",
    "или",
    "им",
    "их",
    "к",
    "как",
    "ко",
    "ли",
    "мне",
    "мы",
    "на",
    "нас",
    "не",
    "нет",
    "но",
    "о",
    "об",
    "он",
    "она",
    "они",
    "от",
    "по",
    "при",
    "с",
    "со",
    "так",
    "там",
    "то",
    "тоже",
    "у",
    "уже",
    "что",
    "чтобы",
    "это",
    "я",
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "but",
    "by",
    "do",
    "for",
    "from",
    "has",
    "have",
    "i",
    "if",
    "in",
    "is",
    "it",
    "its",
    "me",
    "my",
    "no",
    "not",
    "of",
    "on",
    "or",
    "our",
    "so",
    "that",
    "the",
    "there",
    "this",
    "to",
    "was",
    "we",
    "with",
    "you",
    "your",
];

/// What the forms of a word have in common; of a word in lower case, with `е` for `ё`.
pub(in crate::desk) fn stem(word: &str) -> String {
    let algorithm = match word.is_ascii() {
        true => Algorithm::English,
        false => Algorithm::Russian,
    };
    Stemmer::create(algorithm).stem(word).into_owned()
}

/// The stems of what some texts say, the first ones; words that every text has and lone letters are left out.
pub fn stems<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<i64> {
    let russian = Stemmer::create(Algorithm::Russian);
    let english = Stemmer::create(Algorithm::English);
    let mut found = BTreeSet::new();
    let lines = texts.into_iter().flat_map(str::lines);
    for word in lines.flat_map(words_of).take(WORDS_MAX) {
        let letters = word.chars().count();
        if !(2..=LETTERS_MAX).contains(&letters) || COMMON.contains(&word.as_str()) {
            continue;
        }
        let is_ascii = word.is_ascii();
        let stem = match is_ascii {
            true => english.stem(&word),
            false => russian.stem(&word),
        };
        found.insert(hash(&[stem.as_ref()]).cast_signed());
        if found.len() >= STEMS_MAX {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(word: &str) -> BTreeSet<i64> {
        stems([word])
    }

    #[test]
    fn forms_of_a_word_are_one() {
        for forms in [
            &["принтер", "Принтеры", "принтером", "ПРИНТЕРОВ"][..],
            &["пароль", "пароля", "паролем"],
            &["счёт", "счет", "счета"],
            &["printer", "Printers"],
            &["connecting", "connected", "connection"],
        ] {
            for form in forms {
                assert_eq!(one(form), one(forms[0]), "{form}");
                assert_eq!(one(form).len(), 1, "{form}");
            }
        }
        assert_ne!(one("принтер"), one("сканер"));
        assert_ne!(one("214"), one("305"));
    }

    #[test]
    fn what_every_text_has_is_left_out() {
        assert!(stems(["не на это, и я — the of"]).is_empty());
        assert_eq!(stems(["Здравствуйте, не печатает принтер!"]).len(), 3);
    }

    #[test]
    fn a_long_mail_is_kept_within_bounds() {
        let long: Vec<String> = (0..9000).map(|n| format!("слово{n}")).collect();
        assert_eq!(stems([long.join(" ").as_str()]).len(), STEMS_MAX);
        assert!(stems(["x".repeat(10_000).as_str()]).is_empty());
    }

    #[test]
    fn stems_are_stored_and_stay_the_same() {
        let stored = [
            -9_130_133_693_189_779_007,
            2_717_516_756_009_119_978,
            9_192_662_776_419_203_661,
        ];
        assert_eq!(stems(["принтер printers 214"]), BTreeSet::from(stored));
    }
}
