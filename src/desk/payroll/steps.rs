//! A step that is due, as the shell leaves it for the decider.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{
    ids::{AgentName, PayrollName},
    outgoing::{MadeFile, PayrollChange, PayrollLetter, PayrollLine, PayrollNote},
    payroll::PayrollDraft,
};

/// A step that is due, with what the shell has found for it. It is left as a row of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum PayrollStep {
    /// A draft is made.
    Draft {
        /// Of which list.
        list: PayrollName,
        /// Of which month.
        period: String,
        /// Its figures.
        draft: Box<PayrollDraft>,
        /// The bytes of the accountants' file, in base64.
        file: String,
        /// What each head is shown, by their name.
        letters: BTreeMap<AgentName, PartLetter>,
    },
    /// Heads are reminded, accountants told or sent the file: whatever is due now.
    Tell {
        /// Of which list.
        list: PayrollName,
        /// Of which month.
        period: String,
        /// Why the accountants get no file on its day whatever heads say, as a code: `balance`; empty: what is due follows from
        /// how the month stands.
        #[serde(default)]
        why: String,
        /// Whether it was made to send the file: what each employee comes to is in it. A step that was made for something else
        /// sends none, however the month stands by now; older ones do not say, and are made anew.
        #[serde(default)]
        is_file: bool,
        /// What accountants are told of it.
        #[serde(flatten)]
        told: FileTold,
        /// What heads are shown of what was approved, by their name, once the accountants get the file.
        #[serde(default)]
        letters: BTreeMap<AgentName, PartLetter>,
    },
}

impl PayrollStep {
    /// The list and the month.
    #[must_use]
    pub fn of(&self) -> (PayrollName, String) {
        let (Self::Draft { list, period, .. } | Self::Tell { list, period, .. }) = self;
        (list.clone(), period.clone())
    }
}

/// What accountants are told of a file besides its sums.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileTold {
    /// What has changed in approved months.
    pub restated: Vec<PayrollChange>,
    /// How many more changes there are than these.
    #[serde(default)]
    pub restated_more: u64,
    /// What each employee comes to.
    #[serde(default)]
    pub people: Vec<PayrollLine>,
    /// What is said of approved months that are adjusted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<PayrollNote>,
    /// The codes of indicators that nobody has data of.
    #[serde(default)]
    pub lacking: Vec<String>,
    /// For how many employees some of the weights are spread.
    #[serde(default)]
    pub spread: u64,
    /// Files that come along.
    #[serde(default)]
    pub files: Vec<MadeFile>,
}

/// What a head is shown of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLetter {
    /// The letter, as far as it is the same for whoever reads it.
    pub letter: PayrollLetter,
    /// Files for the head.
    pub files: Vec<MadeFile>,
}
