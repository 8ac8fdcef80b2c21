//! Texts that people have written beforehand: canned answers, and articles of the knowledge base.

use serde::{Deserialize, Serialize};

use super::{
    ids::{AgentName, MessageId, QueueName},
    language::Language,
};

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KbKind {
    /// An answer that agents put into theirs by its name.
    Answer,
    /// An article that is looked for.
    Article,
}

impl KbKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Answer, Self::Article];

    /// The name stored and printed: that of the key in the configuration.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answer => "answers",
            Self::Article => "knowledge",
        }
    }
}

/// A text, as its file says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KbText {
    /// What it is for.
    pub kind: KbKind,
    /// The file, below its folder: `passwords/reset.md`.
    pub file: String,
    /// What it is called by.
    pub name: String,
    /// Its heading; of an answer it may be empty.
    pub title: String,
    /// Whose it is; empty: everybody's.
    pub queues: Vec<QueueName>,
    /// In which language it is, where it says so.
    pub language: Option<Language>,
    /// Words by which it is found besides those of its title.
    pub words: Vec<String>,
    /// What it says.
    pub text: String,
    /// The line of the file on which that begins, from 1.
    pub first_line: usize,
}

/// A draft article, made of a resolution, that waits for a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleDraft {
    /// The file that it may become, below the folder.
    pub file: String,
    /// Who proposes it.
    pub agent: AgentName,
    /// The letter that asks the head.
    pub asked_in: Option<MessageId>,
}
