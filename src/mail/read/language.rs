//! Which of okno's languages a text is in: by the share of its Cyrillic letters. Ukrainian, Belarusian and others that are
//! written in Cyrillic are answered in Russian, all the rest in English.

use crate::model::language::Language;

/// How many words are looked at.
const WORDS_MAX: usize = 800;

/// The language of `text`; `None` where there are too few letters to tell. Addresses and paths are in no language.
pub(super) fn of(text: &str) -> Option<Language> {
    let mut cyrillic = 0_usize;
    let mut letters = 0_usize;
    let words = text
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains(['@', '\\']));
    let words = words.take(WORDS_MAX);
    for c in words.flat_map(|word| word.chars().take(60)) {
        // All letters there, but for the marks in between: asked first, since Unicode's tables are slow for them.
        if matches!(c, '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}') {
            letters = letters.saturating_add(1);
            cyrillic = cyrillic.saturating_add(1);
        } else if c.is_alphabetic() {
            letters = letters.saturating_add(1);
        }
    }
    if letters < 3 {
        return None;
    }
    // Russian mail is full of Latin names of things; English mail has hardly any Cyrillic.
    Some(if cyrillic.saturating_mul(4) >= letters {
        Language::Ru
    } else {
        Language::En
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        assert_eq!(of("Не работает Microsoft Outlook"), Some(Language::Ru));
        assert_eq!(of("Не працює принтер"), Some(Language::Ru));
        assert_eq!(of("The printer does not print"), Some(Language::En));
        assert_eq!(of("Der Drucker druckt nicht, Herr Ли"), Some(Language::En));
        assert_eq!(of("12345"), None);
    }

    #[test]
    fn addresses_are_in_no_language() {
        let text = "Не открывается https://okno.test/very/long/path/to/a/page/that/nobody/reads/index.html";
        assert_eq!(of(text), Some(Language::Ru));
        assert_eq!(
            of("anna@uni.test https://okno.test/ \\\\server\\share"),
            None
        );
    }
}
