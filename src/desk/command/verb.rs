//! The verbs of an agent's mail: one table of how each is written, what may follow it, what it needs, and which of them
//! cannot be meant at once.

use serde::{Deserialize, Serialize};

use crate::{desk::permission::Act, model::language::Language};

/// What an agent may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// I am responsible.
    Take,
    /// Somebody else of the queue is.
    Assign,
    /// It is done; the text is the resolution.
    Done,
    /// Nothing goes on before somebody else has acted: the requester, who is asked, or a third party until a day.
    Wait,
    /// It is closed, and nobody is asked.
    Close,
    /// Nobody has asked anything.
    Spam,
    /// Somebody has.
    NotSpam,
    /// It goes on in another ticket.
    Merge,
    /// It has to do with another ticket.
    Link,
    /// Somebody who has written may read along.
    Add,
    /// Somebody who reads along does so no more.
    Remove,
    /// I want to read the requester's last mail whole.
    Full,
    /// What can be said, and how.
    Help,
}

/// What may follow a verb on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// Words for whom the text of the mail is for: they join it.
    Text,
    /// An argument, or none.
    Maybe,
    /// An argument: the verb alone is not a command, but a word like any other.
    Argument,
}

/// Verbs of one group say what becomes of one thing: two different ones in one mail contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Where the ticket stands.
    State,
    /// Who is responsible.
    Owner,
}

/// How a verb is written and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The verb.
    pub verb: Verb,
    /// All its words, folded; the first one is shown.
    ru: &'static [&'static str],
    en: &'static [&'static str],
    /// An example of what follows, shown behind the word.
    example: (&'static str, &'static str),
    /// What may follow.
    pub takes: Takes,
    /// With which others it cannot be said.
    pub group: Option<Group>,
    /// Whether the words of the mail belong to it: where it is refused, they go to nobody.
    pub governs_text: bool,
    /// Whether a queue must switch it on.
    pub is_extra: bool,
    /// What whoever says it must be allowed to do.
    pub act: Act,
}

const PLAIN: Form = Form {
    verb: Verb::Help,
    ru: &[],
    en: &[],
    example: ("", ""),
    takes: Takes::Nothing,
    group: None,
    governs_text: false,
    is_extra: false,
    act: Act::Change,
};

/// The table, in the order in which help lists it.
const FORMS: &[Form] = &[
    Form {
        verb: Verb::Take,
        ru: &["взять", "беру", "взял", "взяла", "взято", "возьму"],
        en: &["take", "taken", "mine"],
        group: Some(Group::Owner),
        act: Act::Take,
        ..PLAIN
    },
    Form {
        verb: Verb::Done,
        ru: &["решено", "готово", "сделано", "выполнено"],
        en: &["done", "solved", "resolved"],
        takes: Takes::Text,
        group: Some(Group::State),
        governs_text: true,
        act: Act::Resolve,
        ..PLAIN
    },
    Form {
        verb: Verb::Assign,
        ru: &["назначить", "поручить"],
        en: &["assign"],
        example: ("anna", "anna"),
        takes: Takes::Argument,
        group: Some(Group::Owner),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Wait,
        ru: &["жду", "ждём", "ждем", "ожидание"],
        en: &["wait", "waiting"],
        example: ("до пятницы поставщика", "until Friday the vendor"),
        takes: Takes::Maybe,
        group: Some(Group::State),
        governs_text: true,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Close,
        ru: &["закрыть", "закрыто"],
        en: &["close", "closed"],
        group: Some(Group::State),
        governs_text: true,
        is_extra: true,
        act: Act::Resolve,
        ..PLAIN
    },
    Form {
        verb: Verb::Spam,
        ru: &["спам"],
        en: &["spam"],
        group: Some(Group::State),
        governs_text: true,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::NotSpam,
        ru: &["не спам"],
        en: &["not spam"],
        group: Some(Group::State),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Merge,
        ru: &["объединить", "объединить с"],
        en: &["merge", "merge with"],
        example: ("IT-1042", "IT-1042"),
        takes: Takes::Argument,
        group: Some(Group::State),
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Link,
        ru: &["связать", "связать с"],
        en: &["link", "link with", "link to"],
        example: ("IT-1042", "IT-1042"),
        takes: Takes::Argument,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Add,
        ru: &["добавить"],
        en: &["add"],
        example: ("ivan@uni.example", "ivan@uni.example"),
        takes: Takes::Maybe,
        ..PLAIN
    },
    Form {
        verb: Verb::Remove,
        ru: &["убрать"],
        en: &["remove"],
        example: ("ivan@uni.example", "ivan@uni.example"),
        takes: Takes::Argument,
        is_extra: true,
        ..PLAIN
    },
    Form {
        verb: Verb::Full,
        ru: &["полностью", "целиком"],
        en: &["full"],
        act: Act::ReadHistory,
        ..PLAIN
    },
    Form {
        verb: Verb::Help,
        ru: &["помощь", "команды"],
        en: &["help", "commands"],
        act: Act::ReadHistory,
        ..PLAIN
    },
];

impl Verb {
    /// Every verb, in the order in which help lists them.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMS.iter().map(|form| form.verb)
    }

    /// How it is written and what it is.
    #[must_use]
    pub fn form(self) -> &'static Form {
        let own = FORMS.iter().find(|form| form.verb == self);
        own.unwrap_or(&PLAIN)
    }

    /// The name stored with a refusal, and written in the configuration.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Assign => "assign",
            Self::Done => "done",
            Self::Wait => "wait",
            Self::Close => "close",
            Self::Spam => "spam",
            Self::NotSpam => "not_spam",
            Self::Merge => "merge",
            Self::Link => "link",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Full => "full",
            Self::Help => "help",
        }
    }

    /// The verb of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|verb| verb.code() == code)
    }

    /// The right way to write it: `#назначить anna`.
    #[must_use]
    pub fn shown(self, language: Language) -> String {
        let form = self.form();
        let (words, example) = match language {
            Language::Ru => (form.ru, form.example.0),
            Language::En => (form.en, form.example.1),
        };
        let word = words.first().copied().unwrap_or_default();
        match form.takes {
            Takes::Argument => format!("#{word} {example}"),
            Takes::Nothing | Takes::Text | Takes::Maybe => word.to_owned(),
        }
    }

    /// The word alone, as it is shown.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        let form = self.form();
        let words = match language {
            Language::Ru => form.ru,
            Language::En => form.en,
        };
        words.first().copied().unwrap_or_default()
    }
}

impl Form {
    /// All words of all verbs, folded, each with its verb.
    pub(super) fn words() -> impl Iterator<Item = (&'static str, &'static Self)> {
        FORMS.iter().flat_map(|form| {
            let words = form.ru.iter().chain(form.en);
            words.map(move |word| (*word, form))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_word_means_one_verb() {
        let mut seen = BTreeSet::new();
        for (word, form) in Form::words() {
            assert!(seen.insert(word), "{word} of {:?}", form.verb);
            assert_eq!(word, word.to_lowercase());
        }
    }

    #[test]
    fn each_verb_has_a_code_and_words_in_both_languages() {
        for verb in Verb::all() {
            assert_eq!(Verb::from_code(verb.code()), Some(verb));
            assert_eq!(verb.form().verb, verb);
            for language in [Language::Ru, Language::En] {
                assert!(!verb.word(language).is_empty(), "{verb:?}");
            }
        }
    }

    #[test]
    fn a_verb_that_needs_an_argument_shows_one() {
        for verb in Verb::all() {
            let needs = verb.form().takes == Takes::Argument;
            assert_eq!(verb.shown(Language::Ru).starts_with('#'), needs, "{verb:?}");
        }
    }
}
