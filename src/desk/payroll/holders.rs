//! Who pays which month of a queue: it is paid once, by whichever list has it, and no month falls between two lists.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan as _, civil::Date};

use super::{PayrollPolicy, Payrolls, Period, closings::queues_of};
use crate::model::ids::{PayrollName, QueueName};

/// The lists as they are now.
pub type Lists = BTreeMap<PayrollName, PayrollPolicy>;

impl Payrolls {
    /// The list whose people are, or are to be, paid for a queue's month: whoever has closed it, else the list that has the
    /// queue. Months before that one's first stay with the list that had the queue before; where that is gone, or has closed
    /// the month without it, they come to the new one: no month of a queue falls between two lists. Where no list has the queue
    /// any more, a month that was drafted with it stays with the list that has drafted it.
    #[must_use]
    pub fn holder<'l>(
        &'l self,
        lists: &'l Lists,
        queue: &QueueName,
        period: &str,
    ) -> Option<&'l PayrollName> {
        if let Some(closed) = self.closed_by(queue, period) {
            return closed.list();
        }
        let mut now = lists.iter();
        let Some((new, list)) = now.find(|(_, list)| list.queues.contains(queue)) else {
            return self.drafted_by(lists, queue, period);
        };
        // A list that has closed the month without the queue pays it no more: whoever had the queue may still.
        let own = self.months.get(&(new.clone(), period.to_owned()));
        let is_shut = own.is_some_and(|month| month.frozen.is_some());
        if list.first.as_str() <= period && !is_shut {
            return Some(new);
        }
        let before = self
            .months_closed()
            .filter(|one| one.list().is_some() && one.name() < period && one.has(queue));
        let before = before.max_by_key(|one| one.name());
        let Some(old) = before.and_then(|one| one.list()) else {
            // The first month that anybody pays for was drafted, and the queue has moved meanwhile.
            let drafted = self.drafted_by(lists, queue, period);
            return drafted.or_else(|| (list.first.as_str() <= period).then_some(new));
        };
        let month = self.months.get(&(old.clone(), period.to_owned()));
        let is_open = month.is_none_or(|month| month.frozen.is_none());
        let begins = lists.get(old).map(|list| list.first.as_str());
        let may = begins.is_some_and(|first| first <= period) && is_open;
        Some(if may { old } else { new })
    }

    /// The list that has drafted a queue's month last, if there still is one of that name, and the month is open.
    fn drafted_by<'l>(
        &'l self,
        lists: &'l Lists,
        queue: &QueueName,
        period: &str,
    ) -> Option<&'l PayrollName> {
        let own = self.months.iter().filter(|((list, month), state)| {
            let is_open = state.frozen.is_none() && lists.contains_key(list);
            month == period && is_open && state.pays(queue)
        });
        let own = own.filter_map(|((list, _), state)| Some((state.drafted.as_ref()?.at, list)));
        own.max_by_key(|(at, _)| *at).map(|(_, list)| list)
    }

    /// The queues that a list has paid for the month before, and whose people nobody pays for this one: no list has them any
    /// more.
    #[must_use]
    pub fn left(&self, lists: &Lists, name: &PayrollName, period: &str) -> Vec<QueueName> {
        let before = neighbour(period, -1);
        let mut closed = self.months_closed().filter(|one| one.list() == Some(name));
        let before = closed.find(|one| Some(one.name()) == before.as_deref());
        let queues = before.iter().flat_map(queues_of);
        queues
            .filter(|queue| self.holder(lists, queue, period).is_none())
            .filter(|queue| self.closed_by(queue, period).is_none())
            .collect()
    }

    /// Whose figures a month of a list has, in the list's order; what is closed has what it had. Nothing: the month is closed
    /// otherwise, or is no month of this list.
    #[must_use]
    pub fn queues(&self, lists: &Lists, name: &PayrollName, period: &str) -> Vec<QueueName> {
        let listed = lists.get(name).into_iter().flat_map(|list| &list.queues);
        let mut known: Vec<QueueName> = listed.cloned().collect();
        let own = || self.months_closed().filter(|one| one.list() == Some(name));
        let month = self.months.get(&(name.clone(), period.to_owned()));
        let drafted = month.and_then(|month| month.drafted.as_ref()).into_iter();
        let drafted = drafted.flat_map(|drafted| &drafted.draft.parts);
        let drafted = drafted.flat_map(|part| part.queues.iter().cloned());
        for queue in own().flat_map(|one| queues_of(&one)).chain(drafted) {
            if !known.contains(&queue) {
                known.push(queue);
            }
        }
        match own().find(|one| one.name() == period) {
            Some(closed) => known.retain(|queue| closed.has(queue)),
            None => known.retain(|queue| self.holder(lists, queue, period) == Some(name)),
        }
        known
    }

    /// The queues that no list has any more, and whose closed months may have changed: the first list that there is tells it.
    #[must_use]
    pub fn gone(&self, lists: &Lists, name: &PayrollName, period: &str) -> Vec<QueueName> {
        let mut begun = lists
            .iter()
            .filter(|(_, list)| list.first.as_str() <= period);
        if begun.next().map(|(first, _)| first) != Some(name) {
            return Vec::new();
        }
        let by_mail = self.months_closed().filter(|one| one.list().is_some());
        let closed: BTreeSet<QueueName> = by_mail.flat_map(|one| queues_of(&one)).collect();
        let is_listed = |queue: &QueueName| lists.values().any(|list| list.queues.contains(queue));
        // Whose month waits in a draft is paid by it like everybody in it.
        let is_held = |queue: &QueueName| self.holder(lists, queue, period) == Some(name);
        let is_gone = |queue: &QueueName| !is_listed(queue) && !is_held(queue);
        closed.into_iter().filter(is_gone).collect()
    }

    /// The first month that a list may be about: its own first, or one that another list has closed for one of its queues.
    #[must_use]
    pub fn first_of<'l>(&'l self, list: &'l PayrollPolicy) -> &'l str {
        let by_mail = self.months_closed().filter(|one| one.list().is_some());
        let own = by_mail.filter(|one| list.queues.iter().any(|queue| one.has(queue)));
        let first = own.map(|one| one.name()).min();
        first.map_or(list.first.as_str(), |first| first.min(&list.first))
    }

    /// A month of these queues, with its bounds: it begins where the month before ended, and ends where the next one begins, as
    /// they were closed, whatever the zone is by now.
    #[must_use]
    pub fn bounded(&self, month: Period, queues: &[QueueName]) -> Period {
        let closed = |back: i64| {
            let name = neighbour(&month.name, back);
            let all = self.months_closed();
            let own = all.filter(move |one| Some(one.name()) == name.as_deref());
            let own = own.filter(|one| queues.iter().any(|queue| one.has(queue)));
            own.map(|one| one.period()).collect::<Vec<_>>()
        };
        if let Some(own) = closed(0).pop() {
            return own;
        }
        let from = closed(-1).iter().map(|one| one.to).max();
        let to = closed(1).iter().map(|one| one.from).min();
        let (from, to) = (from.unwrap_or(month.from), to.unwrap_or(month.to));
        Period { from, to, ..month }
    }
}

/// The name of the month that is so many months later.
fn neighbour(name: &str, later: i64) -> Option<String> {
    let first: Date = format!("{name}-01").parse().ok()?;
    let date = first.checked_add(later.months()).ok()?;
    Some(date.strftime("%Y-%m").to_string())
}
