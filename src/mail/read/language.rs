//! Which of okno's languages a text is in: by the share of its Cyrillic letters.

use crate::model::language::Language;

/// The language of `text`; `None` where there are too few letters to tell.
pub(super) fn of(text: &str) -> Option<Language> {
    let mut cyrillic = 0_usize;
    let mut letters = 0_usize;
    for c in text.chars().take(4000).filter(|c| c.is_alphabetic()) {
        letters = letters.saturating_add(1);
        if matches!(c, '\u{400}'..='\u{52F}') {
            cyrillic = cyrillic.saturating_add(1);
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
        assert_eq!(of("The printer does not print"), Some(Language::En));
        assert_eq!(of("12345"), None);
    }
}
