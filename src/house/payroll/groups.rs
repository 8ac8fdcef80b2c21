//! Which queues and agents stand in one row: as people and departments are today, or as a draft has kept it.

use super::{
    super::HouseError,
    basis::{PaidRow, rows_of},
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
}

impl Rows {
    /// As they are made today.
    pub const TODAY: Self = Self {
        rules: ROWS,
        kept: None,
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
        })
    }
}
