//! Who has approved which part of a month's draft: heads by mail, or the administrator in their place at the terminal.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Drafted, MonthState};
use crate::model::{ids::AgentName, payroll::DraftPart};

/// Why a month cannot be approved at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotApproved {
    /// There is no draft of it yet.
    NoDraft,
    /// It is closed already, by this list or at the terminal.
    Closed,
    /// These agents have no employee number: there is no file.
    Nameless(Vec<AgentName>),
    /// It was not over when somebody took it for past.
    TooEarly,
    /// There is to be another draft: figures were corrected, or another month was closed.
    Outdated,
}

impl MonthState {
    /// Its newest draft, where all of it may be approved as it stands. `is_closed`: at the terminal, with all queues.
    ///
    /// # Errors
    /// Why it may not.
    pub fn approvable(
        &self,
        (is_closed, is_overtaken): (bool, bool),
        now: Timestamp,
    ) -> Result<&Drafted, NotApproved> {
        if self.frozen.is_some() || is_closed {
            return Err(NotApproved::Closed);
        }
        let drafted = self.drafted.as_ref().ok_or(NotApproved::NoDraft)?;
        let draft = &drafted.draft;
        if !draft.nameless.is_empty() {
            return Err(NotApproved::Nameless(draft.nameless.clone()));
        }
        if now < draft.to {
            return Err(NotApproved::TooEarly);
        }
        match self.is_corrected || is_overtaken {
            true => Err(NotApproved::Outdated),
            false => Ok(drafted),
        }
    }

    /// Who has approved this part as it is.
    #[must_use]
    pub fn approved_by(&self, part: &DraftPart) -> Option<&AgentName> {
        let key = (part.approver.clone(), part.sum().to_owned());
        self.approvals.get(&key)
    }

    /// Whether every part of the newest draft is approved as it stands, by those who had approved it in an earlier draft.
    #[must_use]
    pub fn is_all_approved(&self) -> bool {
        let draft = self.drafted.as_ref().map(|drafted| &drafted.draft);
        let is_whole =
            draft.is_some_and(|draft| draft.nameless.is_empty() && !draft.parts.is_empty());
        is_whole && self.waits_for().is_empty()
    }

    /// Whether nothing is missing of the newest draft and all of it is known, and nobody has closed it: earlier programs left
    /// it so.
    #[must_use]
    pub fn is_left_open(&self) -> bool {
        let mut drafted = self.drafted.iter();
        let is_known = drafted.any(|drafted| drafted.draft.unsettled.is_empty());
        self.frozen.is_none() && is_known && self.is_all_approved()
    }

    /// Whose approval of the newest draft is missing.
    #[must_use]
    pub fn waits_for(&self) -> BTreeSet<AgentName> {
        let drafted = self.drafted.iter();
        let parts = drafted.flat_map(|drafted| &drafted.draft.parts);
        let missing = parts.filter(|part| self.approved_by(part).is_none());
        missing.map(|part| part.approver.clone()).collect()
    }

    /// A part is approved. `at_terminal`: why, where the administrator says so.
    pub(super) fn is_approved(
        &mut self,
        part: (AgentName, String),
        by: &AgentName,
        at_terminal: Option<&str>,
    ) {
        if let Some(why) = at_terminal {
            self.at_terminal.insert(part.clone(), why.to_owned());
        }
        self.approvals.insert(part, by.clone());
    }

    /// Why the administrator has approved this part as it is in its head's place; `None`: they have not.
    #[must_use]
    pub fn approved_at_terminal(&self, part: &DraftPart) -> Option<&str> {
        let key = (part.approver.clone(), part.sum().to_owned());
        self.at_terminal.get(&key).map(String::as_str)
    }
}
