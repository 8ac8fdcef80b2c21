//! The languages okno speaks.

use serde::{Deserialize, Serialize};

/// A language a person is answered in.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

impl Language {
    /// Both, in the order of a bilingual mail.
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    /// The code in `Content-Language` and template folders (BCP 47).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// Codes with their names in Russian and English.
pub type Names = [(&'static str, &'static str, &'static str)];

/// The name of a code; one that is not in the table is called as it is.
#[must_use]
pub fn name_of<'c>(names: &Names, code: &'c str, language: Language) -> &'c str {
    let known = names.iter().find(|(known, ..)| *known == code);
    known.map_or(code, |(_, ru, en)| match language {
        Language::Ru => ru,
        Language::En => en,
    })
}

/// The Russian form of a word that goes with this number, out of those for one, two and five: день, дня, дней.
#[must_use]
pub fn russian_form(count: u64, [one, few, many]: [&str; 3]) -> &str {
    match (count % 10, count % 100) {
        (1, tens) if tens != 11 => one,
        (2..=4, tens) if !(12..=14).contains(&tens) => few,
        _ => many,
    }
}
