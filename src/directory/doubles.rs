//! Nobody stands in a directory twice: no address and no employee number belongs to two rows.

use std::collections::HashMap;

use super::finding::{RowFault, What};
use crate::model::{address::Address, person::Entry};

/// What the rows read so far hold, each with the line that had it first.
#[derive(Debug, Default)]
pub(super) struct Doubles {
    addresses: HashMap<Address, u64>,
    numbers: HashMap<String, u64>,
}

impl Doubles {
    /// Takes in a row, and notes what an earlier one has already.
    pub(super) fn check(&mut self, entry: &Entry, found: &mut Vec<What>) {
        for address in &entry.addresses {
            let line = *self.addresses.entry(address.clone()).or_insert(entry.line);
            if line != entry.line {
                found.push(RowFault::SameAddress(address.clone(), line).into());
            }
        }
        let number = entry.employee_number.as_str();
        if number.is_empty() {
            return;
        }
        let line = *self
            .numbers
            .entry(number.to_lowercase())
            .or_insert(entry.line);
        if line != entry.line {
            found.push(RowFault::SameNumber(number.to_owned(), line).into());
        }
    }
}
