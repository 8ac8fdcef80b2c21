//! Letters of a file that its encoding lacks.

use serde::{Deserialize, Serialize};

use crate::model::payroll::LetterReplaced;

/// What a file has instead of letters that its encoding lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollReplaced {
    /// The file's name.
    pub file: String,
    /// So many letters altogether.
    pub count: u32,
    /// Which.
    pub letters: Vec<LetterReplaced>,
}

impl PayrollReplaced {
    /// What is to be told of a file; `None`: its encoding has all its letters.
    #[must_use]
    pub fn of(file: &str, letters: &[LetterReplaced]) -> Option<Self> {
        let times = letters.iter().map(|one| one.times);
        let told = Self {
            file: file.to_owned(),
            count: times.fold(0, u32::saturating_add),
            letters: letters.to_vec(),
        };
        (told.count > 0).then_some(told)
    }
}
