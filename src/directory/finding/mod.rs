//! What was found in a file, in plain words: `people.csv:17: ...`.

mod file;
mod note;
mod row;

pub use self::{file::FileFault, note::Note, row::RowFault};
use crate::model::language::Language;

/// One thing to say about a file: that it is wrong, or that something was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// What was found.
    pub what: What,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The file or its header is wrong.
    File(FileFault),
    /// A row is wrong.
    Row(RowFault),
    /// Nothing is wrong, but something was left out.
    Note(Note),
}

impl Finding {
    /// One line for a person: the file, the line, what is the matter and what would be right.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let said = match (&self.what, language) {
            (What::File(fault), Language::Ru) => fault.in_russian(),
            (What::File(fault), Language::En) => fault.in_english(),
            (What::Row(fault), Language::Ru) => fault.in_russian(),
            (What::Row(fault), Language::En) => fault.in_english(),
            (What::Note(note), Language::Ru) => note.in_russian(),
            (What::Note(note), Language::En) => note.in_english(),
        };
        match self.line {
            0 => format!("{}: {said}", self.file),
            line => format!("{}:{line}: {said}", self.file),
        }
    }
}

impl From<FileFault> for What {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl From<RowFault> for What {
    fn from(fault: RowFault) -> Self {
        Self::Row(fault)
    }
}

impl From<Note> for What {
    fn from(note: Note) -> Self {
        Self::Note(note)
    }
}
