//! How payroll months stand.

use std::collections::BTreeSet;

use super::World;
use crate::{
    desk::payroll::{MonthState, Noted, Payrolls, closed_by_mail, note},
    model::{
        address::Address,
        event::Event,
        ids::{AgentName, EventSeq, PayrollName},
        payroll::PayrollDraft,
    },
};

impl World {
    /// How a month of a list stands; nothing where nothing has happened to it yet.
    #[must_use]
    pub fn payroll(&self, list: &PayrollName, period: &str) -> MonthState {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        let key = (list.clone(), period.to_owned());
        self.payrolls.months.get(&key).cloned().unwrap_or_default()
    }

    /// Whether another month was closed meanwhile, with what a month's draft carries; or this one, by another list.
    #[must_use]
    pub fn is_payroll_overtaken(
        &self,
        list: &PayrollName,
        period: &str,
        draft: &PayrollDraft,
    ) -> bool {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        self.payrolls.is_overtaken((list, period), draft)
    }

    /// Whether any month was closed by mail after an event.
    #[must_use]
    pub fn is_closed_by_mail_after(&self, upto: EventSeq) -> bool {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        let mut months = self.payrolls.months.values();
        months.any(|month| month.frozen_by > Some(upto))
    }

    /// Whether a month is closed by mail, by whatever list.
    #[must_use]
    pub fn is_closed_by_mail(&self, period: &str) -> bool {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        closed_by_mail(&self.payrolls, period).next().is_some()
    }

    /// The lists that have closed a month by mail.
    #[must_use]
    pub fn lists_closed(&self, period: &str) -> Vec<PayrollName> {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        let closed = closed_by_mail(&self.payrolls, period);
        closed.map(|(list, _)| list.clone()).collect()
    }

    /// Whether an accountant was to get the file of a closed month, whatever list has them now.
    #[must_use]
    pub fn has_paid_with(&self, accountant: &Address) -> bool {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        readers_of(&self.payrolls).any(|reader| reader == accountant)
    }

    /// Agents whose employee number newest drafts wait for, also of those who have left.
    #[must_use]
    pub fn nameless(&self) -> BTreeSet<AgentName> {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        let drafted = self
            .payrolls
            .months
            .values()
            .filter_map(|one| one.drafted.as_ref());
        drafted
            .flat_map(|drafted| drafted.draft.nameless.clone())
            .collect()
    }

    /// Why indicators of these months are what they are, as heads have said: list, month, code, why.
    #[must_use]
    pub fn payroll_reasons(&self, periods: &[&str]) -> Vec<(PayrollName, String, String, String)> {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        let own = self.payrolls.months.iter();
        let own = own.filter(|((_, period), _)| periods.contains(&period.as_str()));
        own.flat_map(|((list, period), state)| {
            let said = state.reasons.iter();
            said.map(|((_, figure), why)| {
                (list.clone(), period.clone(), figure.clone(), why.clone())
            })
        })
        .collect()
    }

    /// Says how they stand; whoever was to get the file of a closed month is wanted too.
    pub fn set_payrolls(&mut self, payrolls: Payrolls) {
        let readers = readers_of(&payrolls).cloned();
        self.asked.addresses.extend(readers);
        self.payrolls = payrolls;
    }

    pub(super) fn absorb_payroll(&mut self, event: &Event) {
        let words = event.private.as_ref().map(|own| own.text.as_str());
        note(
            &mut self.payrolls,
            &event.data,
            words,
            Noted::just_now(event.at),
        );
    }
}

/// The accountants who were to get the files of closed months.
fn readers_of(payrolls: &Payrolls) -> impl Iterator<Item = &Address> {
    let kept = payrolls.months.values();
    let kept = kept.filter_map(|month| month.kept.as_ref());
    kept.flat_map(|(_, to)| to)
}
