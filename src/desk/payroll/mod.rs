//! A payroll month, step by step: the draft on the first working day, reminders, the file on the promised day. What has
//! happened says what comes next; a step that an outage has missed comes once, as soon as somebody looks.

mod answers;
mod approvals;
mod asked;
mod carries;
mod closing;
mod closings;
mod days;
mod groups;
mod holders;
mod of_queue;
mod orders;
mod plan;
mod recalled;
mod state;
mod steps;

use jiff::Timestamp;

use super::{
    calendar::Calendar,
    kpi::Period,
    policy::{PayrollPolicy, Policy},
};
pub use answers::{is_figures, pressed};
pub use approvals::NotApproved;
pub use asked::{director_of, readers};
pub use carries::Carries;
pub use closing::Closing;
pub use closings::{Stretch, Whose};
pub use days::{
    Planned, begins_later, eve, months_behind, months_of, months_over, planned, promised,
};
pub use groups::{Owner, Part, Person, grouped, parts_in, regrouped, united, whose};
pub use holders::Lists;
pub use of_queue::{MONTH_NUMBER, codes_of, list_named, list_of_queue, queue_of_list};
pub use orders::{Asked, Ordered, Unclear, Which, asks_again, is_approval, orders_in};
pub use plan::{NextFile, Stage, next_files, next_files_of_gone};
pub use recalled::{is_had, kept, list_of, speaker_of};
pub use state::{Drafted, MonthState, Noted, Payrolls, Told, Unproven, closed_by_mail, note};
pub use steps::{FileTold, PartLetter, PayrollStep};

/// A head who has not answered is reminded after so many working days.
const REMIND_AFTER_DAYS: u32 = 2;

/// What is to be done about a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A draft is made and sent to the heads.
    Draft,
    /// Heads are reminded.
    Remind,
    /// The accountants are sent the file.
    Send,
    /// They are told whose approval is missing.
    Await,
}

/// What the shell has seen of a month besides what has happened to it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a finding of its own, and any of them may hold"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// See [`Payrolls::is_overtaken`].
    pub is_overtaken: bool,
    /// The same figures would be drafted otherwise now: by other settings of scores, for other people, to other heads.
    pub is_other: bool,
    /// What was not settled of the month when it was drafted is by now.
    pub is_settled: bool,
    /// Since it was drafted something was decided before the month's end: the clock was ahead then, and the month not over.
    pub is_early: bool,
}

/// What is due of a month now.
#[must_use]
pub fn due(
    (list, calendar): (&PayrollPolicy, &Calendar),
    (period, state): (&Period, &MonthState),
    seen: Seen,
    now: Timestamp,
) -> Option<Due> {
    let promised = promised(list.day, calendar, period);
    let is_promised = promised.is_some_and(|at| at <= now);
    if state.frozen.is_some() {
        return (is_promised && !state.told.contains(&Told::File)).then_some(Due::Send);
    }
    let Some(drafted) = &state.drafted else {
        let first = calendar.next_open(period.to);
        return first.is_some_and(|at| at <= now).then_some(Due::Draft);
    };
    let is_outdated = state.is_corrected || seen.is_overtaken || seen.is_early;
    if is_outdated || seen.is_other || seen.is_settled || state.is_left_open() {
        return Some(Due::Draft);
    }
    if is_promised && !state.told.contains(&Told::Missing) {
        return Some(Due::Await);
    }
    let is_late =
        remind_at(calendar, drafted.at).is_some_and(|at| at <= now) && calendar.is_open(now);
    (is_late && !state.told.contains(&Told::Reminder)).then_some(Due::Remind)
}

/// When heads are reminded of a draft that was made then.
#[must_use]
pub fn remind_at(calendar: &Calendar, drafted_at: Timestamp) -> Option<Timestamp> {
    calendar.end_of_working_day(drafted_at, REMIND_AFTER_DAYS)
}

/// The list's own calendar: of the first of its queues that does not work round the clock, else of any queue that does not: days
/// on which everybody works, night and day, are no working days of accountants. Where there is none, that of the queue that
/// speaks for it.
#[must_use]
pub fn calendar_of<'p>(list: &PayrollPolicy, policy: &'p Policy) -> Option<&'p Calendar> {
    let own = list.queues.iter();
    let own = own.filter_map(|name| policy.queues.get(name));
    let mut all = own.chain(policy.queues.values());
    let working = all.find(|queue| !queue.calendar.is_always_open());
    let (_, speaker) = speaker_of(list, policy)?;
    Some(&working.unwrap_or(speaker).calendar)
}

#[cfg(test)]
mod tests;
