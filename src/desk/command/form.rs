//! How verbs are written: their words, what may follow each, what it needs, and which of them cannot be meant at once. The
//! verbs themselves stand in [`super::table`].

use super::{table::FORMS, verb::Verb};
use crate::desk::permission::Act;

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
    /// What it repeats.
    Repeats,
    /// By when it is promised.
    Deadline,
    /// Whether another day counts.
    Approval,
    /// Whether a draft becomes an article.
    Article,
    /// Whether its author is here.
    Absence,
    /// When its author wants to see it again.
    Snooze,
    /// Whether its author follows it.
    Following,
    /// What it is, one group for each thing.
    Class,
    /// The same.
    Priority,
    /// The same.
    Category,
    /// The same.
    Cause,
}

/// How a verb is written and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The verb.
    pub verb: Verb,
    /// All its words, folded; the first one is shown.
    pub(super) ru: &'static [&'static str],
    pub(super) en: &'static [&'static str],
    /// An example of what follows, shown behind the word.
    pub(super) example: (&'static str, &'static str),
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

pub(super) const PLAIN: Form = Form {
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

/// A queue must switch it on.
pub(super) const EXTRA: Form = Form {
    is_extra: true,
    ..PLAIN
};

/// The same, and it is nothing without an argument.
pub(super) const TAKING: Form = Form {
    takes: Takes::Argument,
    ..EXTRA
};

/// What an agent says of themselves, once the queue has switched it on.
pub(super) const OWN: Form = Form {
    act: Act::Note,
    ..EXTRA
};

/// What whoever decides for a queue says of how it works.
pub(super) const HEADS: Form = Form {
    takes: Takes::Argument,
    act: Act::ChangeQueue,
    ..PLAIN
};

impl Form {
    /// All words of all verbs, folded, each with its verb.
    pub(super) fn words() -> impl Iterator<Item = (&'static str, &'static Self)> {
        FORMS.iter().flat_map(|form| {
            let words = form.ru.iter().chain(form.en);
            words.map(move |word| (*word, form))
        })
    }
}
