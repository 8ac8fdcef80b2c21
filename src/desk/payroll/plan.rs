//! What a payroll list does next, as history says: the months whose file is still to go, and what each of them waits for.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{
    Calendar, Lists, MonthState, PayrollPolicy, Payrolls, Period, Policy, Told, calendar_of,
    is_had, list_of, months_of, months_over, promised,
};
use crate::model::ids::{AgentName, PayrollName};

/// The house looks once a minute: what is approved is not late before it has looked.
const SOON: SignedDuration = SignedDuration::from_mins(15);

/// What a file waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// For the day of its draft.
    Ahead,
    /// For its draft, whose day has come.
    Undrafted,
    /// For the approval of these heads, who have the draft.
    Awaits(BTreeSet<AgentName>),
    /// For its own day: everybody has approved.
    Approved,
}

/// A file that is still to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextFile {
    /// Of which month: `2026-10`.
    pub period: String,
    /// What it waits for.
    pub stage: Stage,
    /// When its draft goes to the heads, or was to go.
    pub draft_at: Option<Timestamp>,
    /// When the file is promised.
    pub file_at: Timestamp,
    /// Whether that has passed.
    pub is_late: bool,
}

/// The files of a list that are still to go, the oldest first: of months that are over, and where none of these is ahead, of
/// the next one.
#[must_use]
pub fn next_files(
    all: &Payrolls,
    (lists, name): (&Lists, &PayrollName),
    (calendar, zone): (&Calendar, &TimeZone),
    now: Timestamp,
) -> Vec<NextFile> {
    let Some(list) = lists.get(name) else {
        return Vec::new();
    };
    let next = match months_over(&list.first, zone, now).last() {
        Some(last) => {
            let after = zone.to_datetime(last.to).date();
            Period::named(&after.strftime("%Y-%m").to_string(), zone)
        }
        None => Period::named(&list.first, zone),
    };
    let file = |period: Period| {
        let none = MonthState::default();
        let key = (name.clone(), period.name.clone());
        let state = all.months.get(&key).unwrap_or(&none);
        let state = match is_had(lists, name, state) {
            true => state,
            // It was another list of this name: what it has closed is told besides, what it has not is drafted anew.
            false if state.frozen.is_some() => return None,
            false => &none,
        };
        let is_open = !state.told.contains(&Told::File);
        is_open.then(|| file((list, calendar), period, state, now))?
    };
    let over = months_of(all, (lists, name), zone, now).into_iter();
    let mut files: Vec<NextFile> = over.filter_map(|(period, _)| file(period)).collect();
    if files.iter().all(|file| file.is_late) {
        files.extend(next.and_then(file));
    }
    files
}

/// The files that are still to go of lists that the configuration has no more, each with the title that the list had.
#[must_use]
pub fn next_files_of_gone(
    all: &Payrolls,
    policy: &Policy,
    now: Timestamp,
) -> Vec<(String, NextFile)> {
    let gone = all.months.iter().filter(|((name, _), state)| {
        let is_to_go = state.frozen.is_some() && !state.told.contains(&Told::File);
        is_to_go && !is_had(&policy.payrolls, name, state)
    });
    gone.filter_map(|((name, period), state)| {
        let list = list_of(policy, name, state)?;
        let calendar = calendar_of(&list, policy)?;
        let draft = &state.drafted.as_ref()?.draft;
        let period = Period {
            name: period.clone(),
            from: draft.from,
            to: draft.to,
        };
        let file = file((&list, calendar), period, state, now)?;
        Some((list.title.clone(), file))
    })
    .collect()
}

fn file(
    (list, calendar): (&PayrollPolicy, &Calendar),
    period: Period,
    state: &MonthState,
    now: Timestamp,
) -> Option<NextFile> {
    let file_at = promised(list.day, calendar, &period)?;
    let draft_at = calendar.next_open(period.to);
    let stage = match &state.drafted {
        _ if state.frozen.is_some() => Stage::Approved,
        Some(_) => Stage::Awaits(state.waits_for()),
        None if draft_at.is_some_and(|at| at <= now) => Stage::Undrafted,
        None => Stage::Ahead,
    };
    let passed = now.duration_since(file_at);
    let is_late = match stage {
        Stage::Approved => passed > SOON,
        Stage::Ahead | Stage::Undrafted | Stage::Awaits(_) => !passed.is_negative(),
    };
    Some(NextFile {
        period: period.name,
        stage,
        draft_at,
        file_at,
        is_late,
    })
}
