//! What agents have said of themselves, as a column of their person's row: JSON, since nothing is looked up by it.

use super::{Row, StoreError};
use crate::model::duty::Duty;

pub(super) fn read(row: &Row, column: usize) -> Result<Duty, StoreError> {
    let Some(json) = row.opt_text(column)? else {
        return Ok(Duty::default());
    };
    serde_json::from_str(json).map_err(|_error| StoreError::Unknown {
        column: "person.duty",
        found: json.to_owned(),
    })
}

/// `None`: nothing, as of most people.
pub(super) fn json(duty: &Duty) -> Option<String> {
    let has_said = *duty != Duty::default();
    has_said.then(|| serde_json::to_string(duty).ok()).flatten()
}
