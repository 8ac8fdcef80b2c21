//! Which queues and agents stand in one row: as people and departments are today, or as a draft has kept it.

use std::collections::BTreeMap;

use super::super::{
    super::HouseError,
    basis::{PaidRow, rows_of},
    proof::read_back::read_back,
};
use crate::{
    desk::payroll::Part,
    model::payroll::{PayrollDraft, ROWS},
};

/// Which queues and agents stand in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The rules by which they are made, see [`ROWS`].
    pub rules: u32,
    /// Those of a month that was approved; `None`: as people and departments are today.
    pub kept: Option<Vec<Vec<Part>>>,
    /// Number and name of whoever stands in the file that was approved: they are called so, whatever they are
    /// called by now. `None`: they are called as today.
    pub people: Option<BTreeMap<Part, (String, String)>>,
}

impl Rows {
    /// As they are made today.
    pub const TODAY: Self = Self {
        rules: ROWS,
        kept: None,
        people: None,
    };

    /// As they were made for a draft.
    ///
    /// # Errors
    /// They are damaged.
    pub fn of(draft: &PayrollDraft) -> Result<Self, HouseError> {
        let mut groups: Vec<Vec<Part>> = Vec::new();
        let rows = rows_of(draft)?;
        for group in rows.iter().filter(|row| row.is_own()).map(PaidRow::group) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        Ok(Self {
            rules: draft.rules,
            kept: (!draft.rows.is_empty()).then_some(groups),
            people: None,
        })
    }

    /// As they were made for a draft, with whoever stands in its file. `base64`: its bytes.
    ///
    /// # Errors
    /// They are damaged.
    pub(in crate::house::payroll) fn sent(
        draft: &PayrollDraft,
        base64: &str,
    ) -> Result<Self, HouseError> {
        let sent = draft.pay.as_ref().and_then(|pay| read_back(pay, base64));
        let kept = rows_of(draft)?;
        let mut people = BTreeMap::new();
        let own = kept.iter().zip(sent.into_iter().flatten());
        for (row, sent) in own.filter(|(row, _)| row.is_own()) {
            for part in row.group() {
                let known = (sent.number.clone(), sent.name.clone());
                people.insert(part, known);
            }
        }
        Ok(Self {
            people: Some(people),
            ..Self::of(draft)?
        })
    }
}
