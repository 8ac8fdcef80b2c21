//! What a requester may ask for by one word in answer to an automatic mail that offers it.

use serde::{Deserialize, Serialize};

use super::line::folded;
use crate::{desk::permission::Act, model::language::Language};

/// What a requester may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// How does it stand?
    Status,
    /// What else have I asked?
    History,
    /// It is not needed any more.
    Cancel,
    /// It cannot wait.
    Urgent,
    /// Write to me in the other language.
    Language,
    /// Which forms are there to ask by?
    Forms,
    /// By when will it be done, and why then?
    Why,
    /// What can I ask for?
    Help,
}

/// A wish as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What for.
    pub wish: Wish,
    /// Which language, where it is about one.
    pub language: Option<Language>,
}

const WORDS: &[(Wish, &[&str])] = &[
    (Wish::Status, &["статус", "состояние", "status"]),
    (Wish::History, &["история", "history"]),
    (
        Wish::Cancel,
        &["отменить", "отменить обращение", "cancel", "cancel request"],
    ),
    (
        Wish::Urgent,
        &["срочно", "это срочно", "urgent", "it is urgent"],
    ),
    (Wish::Forms, &["формы", "шаблоны", "forms", "templates"]),
    (Wish::Why, &["почему", "why"]),
    (Wish::Help, &["помощь", "help"]),
];

/// The most words in which something is asked for, `#` among them.
const WISH_WORDS_MAX: usize = 4;

const RUSSIAN: &[&str] = &["по-русски", "русский", "russian", "in russian"];
const ENGLISH: &[&str] = &["english", "in english", "по-английски"];

impl Wish {
    /// Everything there is, in the order in which it is offered.
    pub const ALL: [Self; 8] = [
        Self::Status,
        Self::Cancel,
        Self::Urgent,
        Self::History,
        Self::Forms,
        Self::Language,
        Self::Why,
        Self::Help,
    ];

    /// The name in the configuration and in templates.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::History => "history",
            Self::Cancel => "cancel",
            Self::Urgent => "urgent",
            Self::Language => "language",
            Self::Forms => "forms",
            Self::Why => "why",
            Self::Help => "help",
        }
    }

    /// The wish of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.code() == code)
    }

    /// The word it is asked for by, in that language; another language is asked for in its own.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Status, Language::Ru) => "статус",
            (Self::Status, Language::En) => "status",
            (Self::History, Language::Ru) => "история",
            (Self::History, Language::En) => "history",
            (Self::Cancel, Language::Ru) => "отменить",
            (Self::Cancel, Language::En) => "cancel",
            (Self::Urgent, Language::Ru) => "срочно",
            (Self::Urgent, Language::En) => "urgent",
            (Self::Language, Language::Ru) => "english",
            (Self::Language, Language::En) => "по-русски",
            (Self::Forms, Language::Ru) => "формы",
            (Self::Forms, Language::En) => "forms",
            (Self::Why, Language::Ru) => "почему",
            (Self::Why, Language::En) => "why",
            (Self::Help, Language::Ru) => "помощь",
            (Self::Help, Language::En) => "help",
        }
    }

    /// What whoever says it must be allowed to do.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Status | Self::History | Self::Why => Act::ReadHistory,
            Self::Cancel => Act::Withdraw,
            Self::Urgent => Act::Hurry,
            Self::Language => Act::ChooseLanguage,
            Self::Forms | Self::Help => Act::Write,
        }
    }
}

/// What is asked for, if the whole new text says only that, with or without `#`. What may be asked as a question may have
/// its mark.
#[must_use]
pub fn read_wish(text: &str) -> Option<Asked> {
    // Most mails say more, and need not be read to their end for it.
    let is_mark = |word: &str| word.chars().all(|c| matches!(c, '.' | '!' | '?'));
    let mut further = text.split_whitespace().skip(WISH_WORDS_MAX);
    if further.any(|word| !is_mark(word)) {
        return None;
    }
    let (text, is_question) = match text.trim().strip_suffix('?') {
        Some(text) => (text, true),
        None => (text.trim(), false),
    };
    let words = folded(text);
    let words = words.strip_prefix('#').map_or(&*words, str::trim_start);
    let known = WORDS.iter().find(|(_, known)| known.contains(&words));
    if let Some((wish, _)) = known {
        let is_meant = match wish {
            Wish::Status | Wish::History | Wish::Forms | Wish::Help => true,
            Wish::Cancel | Wish::Urgent | Wish::Language | Wish::Why => !is_question,
        };
        return is_meant.then_some(Asked {
            wish: *wish,
            language: None,
        });
    }
    let languages = [(RUSSIAN, Language::Ru), (ENGLISH, Language::En)];
    let language = languages
        .into_iter()
        .find(|(known, _)| known.contains(&words) && !is_question);
    language.map(|(_, language)| Asked {
        wish: Wish::Language,
        language: Some(language),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_the_whole_text() {
        for (text, wish) in [
            ("статус", Some(Wish::Status)),
            ("Статус?", Some(Wish::Status)),
            ("#status", Some(Wish::Status)),
            ("История.", Some(Wish::History)),
            ("ОТМЕНИТЬ!", Some(Wish::Cancel)),
            ("cancel", Some(Wish::Cancel)),
            ("Срочно!", Some(Wish::Urgent)),
            ("помощь", Some(Wish::Help)),
            ("English", Some(Wish::Language)),
            ("по-русски", Some(Wish::Language)),
            // Ordinary prose.
            ("Отменить?", None),
            ("срочно?", None),
            ("Почему", Some(Wish::Why)),
            ("почему?", None),
            ("why?", None),
            ("Отменить нельзя, ждём", None),
            ("Отменить встречу в четверг", None),
            ("Срочно нужен принтер", None),
            ("Какой статус у моей заявки", None),
            ("статус\nи ещё вопрос", None),
            ("Нужна помощь", None),
            ("Спасибо за помощь", None),
            ("Жду вас завтра с паспортом", None),
            ("Решено перенести", None),
            ("2", None),
            ("", None),
        ] {
            assert_eq!(read_wish(text).map(|asked| asked.wish), wish, "{text}");
        }
        let english = read_wish("in English").and_then(|asked| asked.language);
        assert_eq!(english, Some(Language::En));
    }

    #[test]
    fn every_name_is_read_back() {
        for wish in Wish::ALL {
            assert_eq!(Wish::from_code(wish.code()), Some(wish));
            for language in Language::ALL {
                let asked = read_wish(wish.word(language)).map(|asked| asked.wish);
                assert_eq!(asked, Some(wish));
            }
        }
    }
}
