//! Who may write to a queue.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    desk::rules::{Who, folded},
    model::{address::Address, person::Listing},
};

/// Who may open tickets in a queue. Whoever takes part in one goes on there, whoever they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allow {
    /// These people and domains.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub who: BTreeSet<Who>,
    /// Everybody who stands in the people directory.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub directory: bool,
    /// Those who work in these departments by the people directory, as [`folded`].
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub departments: BTreeSet<String>,
    /// What becomes of the mail of others.
    #[serde(default)]
    pub others: Others,
}

/// What becomes of the mail of those who may not write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// It is kept apart until the administrator says what becomes of it.
    #[default]
    Quarantine,
    /// It is put aside, and its author is told.
    Refuse,
}

impl Others {
    /// The word in the configuration.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quarantine => "quarantine",
            Self::Refuse => "refuse",
        }
    }
}

impl Allow {
    /// Whether it names them; `listing` is what the people directory says of them.
    #[must_use]
    pub fn names(&self, address: &Address, listing: Option<&Listing>) -> bool {
        let department = listing.map(|listing| folded(listing.department.as_str()));
        self.who.iter().any(|who| who.is(address))
            || (self.directory && listing.is_some())
            || department.is_some_and(|department| self.departments.contains(&department))
    }
}
