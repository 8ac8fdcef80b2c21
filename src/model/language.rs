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
