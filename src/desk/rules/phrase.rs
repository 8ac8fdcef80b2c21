//! Plain words of a rule: `принтер` is found in `принтера не видно`, and `не печатает` where both stand together.

use std::{borrow::Cow, cell::OnceCell};

use serde::{Deserialize, Serialize};

use crate::desk::{similarity::words_of, stems::stem};

/// How many words of a text are looked at.
const WORDS_MAX: usize = 5000;

/// One or several words that stand together, in whatever form each. A word that ends with `*` stands for every word that
/// begins like it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phrase {
    parts: Vec<Part>,
    written: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Stem(String),
    Beginning(String),
}

impl Phrase {
    /// Reads it.
    ///
    /// # Errors
    /// There is no word in it.
    pub fn new(written: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        for token in written.split_whitespace() {
            let words = words_of(token.trim_end_matches('*'));
            let last = words.len().saturating_sub(1);
            for (place, word) in words.into_iter().enumerate() {
                parts.push(match token.ends_with('*') && place == last {
                    true => Part::Beginning(word),
                    false => Part::Stem(stem(&word)),
                });
            }
        }
        if parts.is_empty() {
            return Err(format!("there is no word in \"{written}\""));
        }
        Ok(Self {
            parts,
            written: written.to_owned(),
        })
    }

    /// Whether the text says it.
    #[must_use]
    pub fn is_in(&self, spoken: &Spoken<'_>) -> bool {
        self.places_in(spoken).next().is_some()
    }

    /// Where in the text it stands: the places of its first word.
    pub(in crate::desk) fn places_in<'s>(
        &'s self,
        spoken: &'s Spoken<'_>,
    ) -> impl Iterator<Item = usize> + 's {
        let windows = spoken.words().windows(self.parts.len()).enumerate();
        windows
            .filter(|(_, window)| {
                let mut pairs = self.parts.iter().zip(*window);
                pairs.all(|(part, word)| part.is(word))
            })
            .map(|(place, _)| place)
    }

    /// Of how many words it is.
    pub(in crate::desk) const fn len(&self) -> usize {
        self.parts.len()
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl Part {
    fn is(&self, word: &Word) -> bool {
        match self {
            Self::Stem(stem) => word.stem == *stem,
            Self::Beginning(beginning) => word.low.starts_with(beginning),
        }
    }
}

impl TryFrom<String> for Phrase {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::new(&written)
    }
}

impl From<Phrase> for String {
    fn from(phrase: Phrase) -> Self {
        phrase.written
    }
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(in crate::desk) struct Word {
    /// Lower case, `ё` as `е`.
    pub(in crate::desk) low: String,
    stem: String,
}

/// A text that phrases and patterns are looked for in. It is cut into words when the first phrase asks.
#[derive(Debug, Clone, Default)]
pub struct Spoken<'t> {
    text: Cow<'t, str>,
    words: OnceCell<Vec<Word>>,
}

impl<'t> Spoken<'t> {
    /// This text.
    #[must_use]
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Self {
            text: text.into(),
            words: OnceCell::new(),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its words in order.
    pub(in crate::desk) fn words(&self) -> &[Word] {
        self.words.get_or_init(|| {
            let words = self.text.lines().flat_map(words_of).take(WORDS_MAX);
            words
                .map(|low| Word {
                    stem: stem(&low),
                    low,
                })
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, text: &str, expected: bool) {
        let found = Phrase::new(phrase).unwrap().is_in(&Spoken::new(text));
        assert_eq!(found, expected, "{phrase} in {text}");
    }

    #[test]
    fn words_are_found_in_any_form_and_whole() {
        check("принтер", "Сломались ПРИНТЕРЫ в 214", true);
        check("принтер", "принтера", true);
        check("принтер", "микропринтер", false);
        check("отчёт", "Прошу отчета", true);
        check("не печатает", "Он не печатает.", true);
        check("не печатает", "Печатает, не скрипит", false);
        check("2-НДФЛ", "справка 2-ндфл за год", true);
        check("2-НДФЛ", "справка 3-НДФЛ", false);
        check("бухгалт*", "в бухгалтерию", true);
        check("printer", "Two printers", true);
    }

    #[test]
    fn a_phrase_has_words() {
        assert_eq!(
            Phrase::new(" … ").unwrap_err(),
            "there is no word in \" … \""
        );
    }
}
