//! How payroll months stand.

use super::World;
use crate::{
    desk::payroll::{MonthState, Payrolls, note},
    model::{event::Event, ids::PayrollName},
};

impl World {
    /// How a month of a list stands; nothing where nothing has happened to it yet.
    #[must_use]
    pub fn payroll(&self, list: &PayrollName, period: &str) -> MonthState {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        let key = (list.clone(), period.to_owned());
        self.payrolls.get(&key).cloned().unwrap_or_default()
    }

    /// Says how they stand.
    pub fn set_payrolls(&mut self, payrolls: Payrolls) {
        self.payrolls = payrolls;
    }

    pub(super) fn absorb_payroll(&mut self, event: &Event) {
        let words = event.private.as_ref().map(|own| own.text.as_str());
        note(&mut self.payrolls, &event.data, words, event.at);
    }
}
