//! A list that the configuration has no more, or has for other queues under the same name: what was closed by it goes where
//! it was approved to go. History keeps what is needed for that with the closing.

use std::borrow::Cow;

use super::{Lists, MonthState, PayrollPolicy, Policy};
use crate::{
    desk::policy::{Mode, PayDay, QueuePolicy},
    model::{
        ids::{PayrollName, QueueName},
        payroll::KeptList,
    },
};

/// What is kept of a list when a month of it is closed.
#[must_use]
pub fn kept(list: &PayrollPolicy) -> KeptList {
    let (working_day, date) = match list.day {
        PayDay::Working(day) => (Some(day), None),
        PayDay::Date(day) => (None, Some(day)),
    };
    KeptList {
        title: list.title.clone(),
        working_day,
        date,
        format: list.format.clone(),
        columns: list.columns,
        language: list.language,
        deputy: list.deputy.clone(),
    }
}

/// Whether the configuration has the list of a month: by its name, and for one of its queues at least. A name that was given to
/// a list of other people says nothing about this month, as long as it is known what the list was.
#[must_use]
pub fn is_had(lists: &Lists, name: &PayrollName, state: &MonthState) -> bool {
    lists.get(name).is_some_and(|list| {
        let drafted = state.drafted.is_some();
        let is_same = list.queues.iter().any(|queue| state.has_queue(queue));
        !drafted || is_same || state.frozen.is_some() && state.kept.is_none()
    })
}

/// The list of a month as the configuration has it, else as it was when the month was closed; `None`: nobody knows it.
#[must_use]
pub fn list_of<'p>(
    policy: &'p Policy,
    name: &PayrollName,
    state: &MonthState,
) -> Option<Cow<'p, PayrollPolicy>> {
    match policy.payrolls.get(name) {
        Some(list) if is_had(&policy.payrolls, name, state) => Some(Cow::Borrowed(list)),
        Some(_) | None => recalled(state).map(Cow::Owned),
    }
}

fn recalled(state: &MonthState) -> Option<PayrollPolicy> {
    let (list, to) = state.kept.clone()?;
    let draft = &state.drafted.as_ref()?.draft;
    let parts = draft.parts.iter().flat_map(|part| part.queues.clone());
    let day = match (list.working_day, list.date) {
        (_, Some(date)) => PayDay::Date(date),
        (day, None) => PayDay::Working(day.unwrap_or(1)),
    };
    Some(PayrollPolicy {
        title: list.title,
        queues: parts.filter(|queue| !draft.gone.contains(queue)).collect(),
        to,
        // Nothing begins with it any more.
        first: String::new(),
        day,
        format: list.format,
        columns: list.columns,
        language: list.language,
        approver: None,
        deputy: list.deputy,
        charts: false,
        outside: Vec::new(),
    })
}

/// The queue whose mailbox sends the letters of a list, and whose calendar says which days are working days: its first one.
/// Where the house has none of its queues any more it is the first that may write at all.
#[must_use]
pub fn speaker_of<'p>(
    list: &PayrollPolicy,
    policy: &'p Policy,
) -> Option<(&'p QueueName, &'p QueuePolicy)> {
    let known = |name: &QueueName| policy.queues.get_key_value(name);
    let own = list.queues.iter().find_map(known);
    own.or_else(|| {
        let may_write = |queue: &QueuePolicy| {
            let mailbox = policy.mailboxes.get(&queue.mailbox);
            mailbox.is_some_and(|mailbox| mailbox.mode == Mode::Full)
        };
        let mut all = policy.queues.iter();
        all.find(|(_, queue)| may_write(queue))
    })
}
