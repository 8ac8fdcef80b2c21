//! By which clocks and working days a payroll list counts.

use std::collections::BTreeSet;

use super::{super::problems::Notes, Payroll};
use crate::{
    desk::{
        calendar::Calendar,
        payroll::calendar_of,
        policy::{PayrollPolicy, Policy},
    },
    model::{classification::RequestClass, clock::ClockKind, scoring::Scoring},
};

/// Nobody in the house has a day off: all days are working days of the list.
pub(super) fn no_days_off(
    (payroll, list): (&Payroll, &PayrollPolicy),
    policy: &Policy,
    notes: &mut Notes,
) {
    if calendar_of(list, policy).is_some_and(Calendar::is_always_open) {
        let words = "all queues work round the clock, so that every day is a working day of this list: drafts, reminders and the \
                     file come on holidays and at night, too; give one of the queues a calendar with days off";
        notes.warning(&payroll.spot, words);
    }
}

/// A mean over all classes, where some are promised by working hours and others round the clock: its minutes are not of one
/// sort, and people would be paid by it.
pub(super) fn mixed(
    (payroll, list): (&Payroll, &PayrollPolicy),
    scoring: &Scoring,
    policy: &Policy,
    notes: &mut Notes,
) {
    for (code, kind) in [
        ("FRT", ClockKind::FirstResponse),
        ("TTR", ClockKind::Resolution),
    ] {
        let mixed = list.queues.iter().find(|name| {
            let queue = policy.queues.get(*name);
            let terms = queue.iter().flat_map(|queue| {
                let classes = RequestClass::ALL.into_iter();
                classes.filter_map(|class| queue.promises.terms(class, kind))
            });
            let clocks: BTreeSet<bool> = terms.map(|terms| terms.is_round_the_clock).collect();
            clocks.len() > 1
        });
        let is_paid = scoring.indicators.iter().any(|one| one.code == code);
        if let Some(queue) = mixed.filter(|_| is_paid) {
            let words = format!(
                "people are paid by {code}, and the queue \"{queue}\" counts some classes by working hours and others 24/7: \
                 one mean of both says nothing; use {code}_EXTR, {code}_URG, {code}_STD or {code}_CONS in the settings of scores"
            );
            notes.warning(&payroll.spot, words);
        }
    }
}
