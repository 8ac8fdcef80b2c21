//! The verbs of an agent's mail.

use serde::{Deserialize, Serialize};

use super::{
    form::{Form, PLAIN, Takes},
    table::FORMS,
};
use crate::model::language::Language;

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
    /// It is another department's.
    Transfer,
    /// Another department is asked, for the requester's sake.
    Escalate,
    /// It is promised by another day.
    Deadline,
    /// How urgent it is by its nature.
    Class,
    /// What comes first.
    Priority,
    /// What it is about.
    Category,
    /// Why it came.
    Cause,
    /// This is what a field of its form says.
    Field,
    /// It goes on in another ticket.
    Merge,
    /// It has to do with another ticket.
    Link,
    /// A part of it is a ticket of its own from now on.
    Split,
    /// Somebody who has written may read along.
    Add,
    /// Somebody who reads along does so no more.
    Remove,
    /// I want to read the requester's last mail whole.
    Full,
    /// It was asked before: of the ticket that was proposed, or that is named.
    Repeat,
    /// It was not.
    NotRepeat,
    /// A text of ours by its name stands here in my answer.
    Answer,
    /// Which articles of the knowledge base say these words? Without words: the resolution may become one.
    Knowledge,
    /// What else has this requester asked, in queues that I serve?
    History,
    /// Which tickets of queues that I serve say these words?
    Find,
    /// My answer goes out, though a colleague has answered.
    Send,
    /// The day that an agent has promised counts.
    Approve,
    /// The first one does.
    Reject,
    /// The draft becomes an article of the knowledge base.
    Publish,
    /// It does not.
    Discard,
    /// The queue's tickets are shared out in another way.
    Distribution,
    /// An agent is given nothing.
    Exclude,
    /// They are again.
    Include,
    /// So many active tickets at most.
    Limit,
    /// The queue is closed on a day.
    DayOff,
    /// I am away until a day.
    Absent,
    /// I am here again.
    Back,
    /// I want to be written to otherwise.
    Settings,
    /// I do not want to see it in my lists before a day.
    Snooze,
    /// I want to hear what is new in it, though it is somebody else's.
    Subscribe,
    /// I do not want to any more.
    Unsubscribe,
    /// By when is it due, and why?
    Why,
    /// What my last mail here did is not to have happened.
    Undo,
    /// What can be said, and how.
    Help,
}

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
            Self::Transfer => "transfer",
            Self::Escalate => "escalate",
            Self::Deadline => "deadline",
            Self::Class => "class",
            Self::Priority => "priority",
            Self::Category => "category",
            Self::Cause => "cause",
            Self::Field => "field",
            Self::Merge => "merge",
            Self::Link => "link",
            Self::Split => "split",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Full => "full",
            Self::Repeat => "repeat",
            Self::NotRepeat => "not_repeat",
            Self::Answer => "answer",
            Self::Knowledge => "knowledge",
            Self::History => "history",
            Self::Find => "find",
            Self::Send => "send",
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Publish => "publish",
            Self::Discard => "discard",
            Self::Distribution => "distribution",
            Self::Exclude => "exclude",
            Self::Include => "include",
            Self::Limit => "limit",
            Self::DayOff => "day_off",
            Self::Absent => "absent",
            Self::Back => "back",
            Self::Settings => "settings",
            Self::Snooze => "snooze",
            Self::Subscribe => "subscribe",
            Self::Unsubscribe => "unsubscribe",
            Self::Why => "why",
            Self::Undo => "undo",
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
