//! How payroll months stand.

use std::collections::BTreeSet;

use super::World;
use crate::{
    desk::{
        kpi::Period,
        payroll::{MonthState, Noted, Payrolls, closed_by_mail, note},
        policy::Policy,
    },
    model::{
        address::Address,
        event::Event,
        ids::{AgentName, EventSeq, PayrollName},
        numbers::{NumberSaid, is_one_number, last_said},
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

    /// Whether another period of the same sort was closed at the terminal after an event.
    #[must_use]
    pub fn is_closed_at_terminal_after(&self, period: &str, upto: EventSeq) -> bool {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        let others = self.payrolls.closings(period);
        let mut others = others.filter(|one| one.list().is_none() && one.name() != period);
        others.any(|one| self.payrolls.terminal_by.get(one.name()) > Some(&upto))
    }

    /// Whether people are paid for days of a period by a closed one of another sort.
    #[must_use]
    pub fn is_paid_across(&self, period: &Period) -> bool {
        debug_assert!(self.asked.payrolls, "payroll months were not wanted");
        self.payrolls.is_paid_across(period)
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

    /// Who has an employee number, besides that agent: what the directory calls them, or the agent's name. Nobody, where it is
    /// theirs alone.
    #[must_use]
    pub fn has_number(&self, number: &str, agent: &AgentName, policy: &Policy) -> Option<String> {
        debug_assert!(self.asked.numbers, "employee numbers were not wanted");
        let own = policy.agents.get(agent);
        let own = own.and_then(|own| self.person(&own.address));
        let people = self.roster().into_iter().flat_map(|roster| &roster.people);
        let listed = people
            .filter(|person| person.same_as.is_none())
            .filter(|person| own.is_none_or(|own| own.id != person.id))
            .find(|person| {
                let listing = person.listing.as_ref();
                listing.is_some_and(|own| {
                    own.is_current && is_one_number(own.employee_number.as_str(), number)
                })
            });
        if let Some(person) = listed {
            let name = person.name.to_string();
            return Some(match name.is_empty() {
                true => person.address.to_string(),
                false => name,
            });
        }
        let said = last_said(&self.numbers).into_iter();
        let mut said = said.filter(|one| one.agent != *agent);
        let other = said.find(|one| is_one_number(&one.number, number))?;
        let known = policy.agents.get(&other.agent);
        let name = known.map_or_else(|| other.agent.to_string(), |known| known.name.clone());
        Some(format!("{name} (@{})", other.agent))
    }

    /// Says which numbers were said.
    pub fn set_numbers(&mut self, numbers: Vec<NumberSaid>) {
        self.numbers = numbers;
    }

    /// Says how they stand; whoever was to get the file of a closed month is wanted too.
    pub fn set_payrolls(&mut self, payrolls: Payrolls) {
        let readers = readers_of(&payrolls).cloned();
        self.asked.addresses.extend(readers);
        self.payrolls = payrolls;
    }

    pub(super) fn absorb_payroll(&mut self, event: &Event) {
        let words = event.private.as_ref().map(|own| own.text.as_str());
        self.numbers.extend(NumberSaid::of(&event.data, words));
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
