//! A closed file is sent once more as it is, never made anew: to an accountant who asks for it, or as a head or the
//! administrator says.

use super::{
    happened,
    letters::{How, Month, send_file},
};
use crate::desk::{
    arrival::Arrival,
    command::folded,
    decide::{machine, report},
    draft::Draft,
    identity::Speaker,
    payroll::{Told, list_of},
    reason::Reason,
};
use crate::model::{
    address::Address, event::Trust, ids::PayrollName, outgoing::ReportLetter, payroll::PayrollFact,
};

/// The administrator says so at the terminal. `to`: to this accountant alone. What cannot be is nothing.
pub(in crate::desk::decide) fn resend(
    draft: &mut Draft<'_>,
    (name, period): (&PayrollName, &str),
    to: Option<&Address>,
) {
    let state = draft.world.payroll(name, period);
    let Some(list) = list_of(draft.given.policy, name, &state) else {
        return;
    };
    let month = Month {
        name,
        list: &list,
        period,
    };
    let readers = match to {
        Some(to) => list.to.iter().filter(|own| *own == to).cloned().collect(),
        None => list.to.clone(),
    };
    let time = draft.given.now.as_millisecond().to_string();
    if again(draft, month, (&readers, &time)) {
        draft.decision.reason = Reason::PayrollResent;
    }
}

/// Sends it to these, if they were sent it before. Whether they were.
pub(super) fn again(
    draft: &mut Draft<'_>,
    month: Month<'_>,
    (readers, time): (&[Address], &str),
) -> bool {
    let state = draft.world.payroll(month.name, month.period);
    let Some((version, _)) = state.frozen else {
        return false;
    };
    if readers.is_empty() || !state.told.contains(&Told::File) {
        return false;
    }
    send_file(draft, month, &state, How::Again(readers, time));
    let fact = PayrollFact::Resent { version };
    happened(draft, month, fact, (Reason::PayrollResent, None));
    true
}

/// Whether an accountant asks for a file whose letter they do not have, and then all that follows: it goes to the address that
/// we know, whoever wrote.
pub(in crate::desk::decide) fn was_asked(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
) -> bool {
    let Some(words) = arrival.asks_for_file() else {
        return false;
    };
    let policy = draft.given.policy;
    let author = arrival.author().map(|(address, _)| address);
    let Some(author) = author else {
        return false;
    };
    let own = policy.mailboxes.get(&arrival.mailbox);
    let Some(from) = own.map(|own| own.queue.clone()) else {
        return false;
    };
    let mut lists = policy.payrolls.values();
    let is_reader = lists.any(|list| list.to.contains(&author));
    if !is_reader && !draft.world.has_paid_with(&author) {
        return false;
    }
    if speaker.trust == Trust::Suspicious {
        machine::put_aside(draft, arrival, Reason::NotTrusted);
        return true;
    }
    if report::was_too_many(draft, arrival, (&author, &from)) {
        return true;
    }
    machine::put_aside(draft, arrival, Reason::PayrollResent);
    let (period, named) = words
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or_else(|| (words.trim(), ""));
    let named = folded(named);
    let is_meant = |name: &PayrollName, title: &str| {
        named.is_empty() || named == folded(name.as_str()) || named == folded(title)
    };
    let time = format!("mail:{}", arrival.raw);
    let readers = std::slice::from_ref(&author);
    let mut is_done = false;
    for name in draft.world.lists_closed(period) {
        let state = draft.world.payroll(&name, period);
        // As it was, where there is no such list any more.
        let list = list_of(policy, &name, &state);
        let list = list.filter(|list| list.to.contains(&author));
        if let Some(list) = list.filter(|list| is_meant(&name, &list.title)) {
            let month = Month {
                name: &name,
                list: &list,
                period,
            };
            is_done |= again(draft, month, (readers, &time));
        }
    }
    if !is_done {
        let letter = ReportLetter {
            why: "no_file".to_owned(),
            ..ReportLetter::default()
        };
        let key = format!("report:{}", arrival.raw);
        report::send(draft, (&author, &from), key, letter);
    }
    true
}
