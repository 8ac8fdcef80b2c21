//! windows-1251: what it lacks is replaced, always in the same way, and told.

use std::collections::BTreeMap;

use encoding_rs::WINDOWS_1251;
use unicode_normalization::UnicodeNormalization as _;

/// A letter that the code page lacks, and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Replaced {
    /// The letter.
    pub letter: char,
    /// What stands for it.
    pub by: String,
    /// How often.
    pub times: u32,
    /// The first line of the file in which it stands, from 1: the head.
    pub line: u32,
}

/// What is written for letters and signs that are not of a Latin letter with a mark.
const REPLACEMENTS: [(&str, &str); 34] = [
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "<>"),
    ("≈", "~"),
    ("−", "-"),
    ("‑", "-"),
    ("‒", "–"),
    ("―", "—"),
    ("×", "x"),
    ("÷", "/"),
    ("→", "->"),
    ("←", "<-"),
    ("₽", "руб."),
    ("₸", "тенге"),
    ("ә", "а"),
    ("Ә", "А"),
    ("ғ", "г"),
    ("Ғ", "Г"),
    ("қ", "к"),
    ("Қ", "К"),
    ("ң", "н"),
    ("Ң", "Н"),
    ("ө", "о"),
    ("Ө", "О"),
    ("ұ", "у"),
    ("Ұ", "У"),
    ("ү", "у"),
    ("Ү", "У"),
    ("һ", "х"),
    ("Һ", "Х"),
    ("җ", "ж"),
    ("Җ", "Ж"),
    ("ß", "ss"),
    ("ø", "o"),
];

/// Fits words into the code page, and remembers what it replaced.
#[derive(Debug, Default)]
pub(super) struct Page {
    replaced: BTreeMap<char, Replaced>,
}

impl Page {
    /// The words, all of whose letters the code page has. `line`: where they stand in the file, from 1.
    pub(super) fn fit(&mut self, words: &str, line: u32) -> String {
        let mut fitted = String::with_capacity(words.len());
        for letter in words.chars() {
            if has(letter) {
                fitted.push(letter);
                continue;
            }
            let by = instead(letter);
            fitted.push_str(&by);
            let told = self.replaced.entry(letter).or_insert_with(|| Replaced {
                letter,
                by,
                times: 0,
                line,
            });
            told.times = told.times.saturating_add(1);
        }
        fitted
    }

    /// What was replaced, in the order of letters.
    pub(super) fn replaced(self) -> Vec<Replaced> {
        self.replaced.into_values().collect()
    }
}

fn has(letter: char) -> bool {
    let mut buffer = [0; 4];
    let letter: &str = letter.encode_utf8(&mut buffer);
    !WINDOWS_1251.encode(letter).2
}

/// Its base letter, if it is one with a mark; what is listed; or a question mark.
fn instead(letter: char) -> String {
    let mut buffer = [0; 4];
    let written: &str = letter.encode_utf8(&mut buffer);
    if let Some((_, by)) = REPLACEMENTS.iter().find(|(from, _)| *from == written) {
        return (*by).to_owned();
    }
    let base: String = std::iter::once(letter)
        .nfkd()
        .filter(|part| has(*part))
        .collect();
    if base.is_empty() {
        "?".to_owned()
    } else {
        base
    }
}

/// The bytes of words that fit.
pub(super) fn bytes(words: &str) -> Vec<u8> {
    WINDOWS_1251.encode(words).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replacement_is_needed_and_fits() {
        for (from, by) in REPLACEMENTS {
            let letter = from.chars().next().unwrap();
            assert!(!has(letter), "{from} is in the code page");
            assert!(by.chars().all(has), "{by} does not fit");
        }
    }

    #[track_caller]
    fn check(words: &str, fitted: &str, told: &str) {
        let mut page = Page::default();
        assert_eq!(page.fit(words, 1), fitted);
        let seen = page.replaced();
        let seen = seen
            .iter()
            .map(|one| format!("{}={}x{}", one.letter, one.by, one.times));
        assert_eq!(seen.collect::<Vec<_>>().join(" "), told);
    }

    #[test]
    fn where_a_letter_stands_first_is_told() {
        let mut page = Page::default();
        page.fit("Иванова", 2);
        page.fit("Нұрғали Қ.", 3);
        page.fit("Қайрат", 4);
        let found = page.replaced().into_iter().find(|one| one.letter == 'Қ');
        assert_eq!(found.map(|one| (one.line, one.times)), Some((3, 2)));
    }

    #[test]
    fn letters_it_lacks_are_replaced_and_counted() {
        check("Ёлкина Ї. № 5 — «да»", "Ёлкина Ї. № 5 — «да»", "");
        check(
            "Нұрғали Қ., Қайрат",
            "Нургали К., Кайрат",
            "ғ=гx1 Қ=Кx2 ұ=уx1",
        );
        check("José Müller", "Jose Muller", "é=ex1 ü=ux1");
        check("≥ 95 😀", ">= 95 ?", "≥=>=x1 😀=?x1");
    }
}
