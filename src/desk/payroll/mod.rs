//! A payroll month, step by step: the draft on the first working day, reminders, the file on the promised day. What has
//! happened says what comes next; a step that an outage has missed comes once, as soon as somebody looks.

mod days;
mod letters;
mod orders;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    kpi::Period,
    policy::{PayrollPolicy, Policy},
};
use crate::model::{
    event::EventData,
    ids::{AgentName, EventSeq, PayrollName, RawId},
    outgoing::{MadeFile, PayrollLetter},
    payroll::{PayrollDraft, PayrollEvent, PayrollFact},
};

pub use days::{Planned, months_over, planned, promised};
pub use orders::{Asked, Ordered, Unclear, asks_again, orders_in};
pub use plan::{NextFile, Stage, next_files};

/// A head who has not answered is reminded after so many working days.
const REMIND_AFTER_DAYS: u32 = 2;

/// A draft as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// Its figures.
    pub draft: PayrollDraft,
    /// The bytes of the accountants' file, in base64; empty where there is none.
    pub file: String,
    /// When.
    pub at: Timestamp,
}

/// Something that is told of a month once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Heads were reminded.
    Reminder,
    /// The accountants know whose approval is missing.
    Missing,
    /// They have the file.
    File,
    /// One of them has said so.
    Receipt,
}

/// A mail in a head's name that nothing proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproven {
    /// In whose name.
    pub by: AgentName,
    /// When they were asked.
    pub at: Timestamp,
    /// Whether it is theirs; `None`: they have not answered.
    pub is_own: Option<bool>,
}

/// How a month of a payroll list stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthState {
    /// The newest draft.
    pub drafted: Option<Drafted>,
    /// Since then a head has corrected something.
    pub is_corrected: bool,
    /// The sum of the figures that a head was shown in each draft.
    pub shown: BTreeMap<(u32, AgentName), String>,
    /// Parts that are approved, each with the sum of its figures, and by whom.
    pub approvals: BTreeMap<(AgentName, String), AgentName>,
    /// The version of the file that people are paid by, and since when.
    pub frozen: Option<(u32, Timestamp)>,
    /// What has been told.
    pub told: BTreeSet<Told>,
    /// Mails in heads' names that nothing proves.
    pub unproven: BTreeMap<RawId, Unproven>,
}

/// How every month stands that anything has happened to, by list and month.
pub type Payrolls = BTreeMap<(PayrollName, String), MonthState>;

/// One more event, with its private words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is not about it")]
pub fn note(payrolls: &mut Payrolls, data: &EventData, words: Option<&str>, at: Timestamp) {
    match data {
        EventData::Payroll(event) => {
            let key = (event.list.clone(), event.period.clone());
            payrolls.entry(key).or_default().note(event, words, at);
        }
        EventData::FiguresCorrected { list, period, .. } => {
            let key = (list.clone(), period.clone());
            payrolls.entry(key).or_default().is_corrected = true;
        }
        _ => {}
    }
}

impl MonthState {
    /// One more event.
    pub fn note(&mut self, event: &PayrollEvent, words: Option<&str>, at: Timestamp) {
        match &event.fact {
            PayrollFact::Drafted(draft) => {
                self.drafted = Some(Drafted {
                    draft: PayrollDraft::clone(draft),
                    file: words.unwrap_or_default().to_owned(),
                    at,
                });
                self.is_corrected = false;
                for part in &draft.parts {
                    let key = (draft.number, part.approver.clone());
                    self.shown.insert(key, part.sha256.clone());
                }
            }
            PayrollFact::Approved {
                approver,
                by,
                sha256,
                ..
            } => {
                let key = (approver.clone(), sha256.clone());
                self.approvals.insert(key, by.clone());
            }
            PayrollFact::Frozen { version, .. } => self.frozen = Some((*version, at)),
            PayrollFact::Reminded => self.has_told(Told::Reminder),
            PayrollFact::Awaited => self.has_told(Told::Missing),
            PayrollFact::Sent { .. } => self.has_told(Told::File),
            PayrollFact::Resent { .. } => {}
            PayrollFact::Received => self.has_told(Told::Receipt),
            PayrollFact::Unproven { raw, by } => {
                let (by, is_own) = (by.clone(), None);
                self.unproven.insert(*raw, Unproven { by, at, is_own });
            }
            PayrollFact::OwnWord { raw, is_own, .. } => {
                if let Some(asked) = self.unproven.get_mut(raw) {
                    asked.is_own = Some(*is_own);
                }
            }
        }
    }

    fn has_told(&mut self, what: Told) {
        self.told.insert(what);
    }

    /// The number of the next draft.
    #[must_use]
    pub fn next_draft(&self) -> u32 {
        let last = self.drafted.as_ref();
        last.map_or(0, |last| last.draft.number).saturating_add(1)
    }

    /// Whose approval of the newest draft is missing.
    #[must_use]
    pub fn waits_for(&self) -> BTreeSet<AgentName> {
        let drafted = self.drafted.iter();
        let parts = drafted.flat_map(|drafted| &drafted.draft.parts);
        let missing = parts.filter(|part| {
            let key = (part.approver.clone(), part.sha256.clone());
            !self.approvals.contains_key(&key)
        });
        missing.map(|part| part.approver.clone()).collect()
    }
}

/// Up to which event accountants have been told what has changed in closed months of a list, as far as its other months go;
/// `None`: none of them is closed. Whatever has changed after that, the month's next draft carries.
#[must_use]
pub fn told_upto(all: &Payrolls, list: &PayrollName, period: &str) -> Option<EventSeq> {
    let others = closed_of(all, list).filter(|(name, _)| *name != period);
    others.map(|(_, drafted)| drafted.draft.upto).max()
}

/// The closed months of a list that were told up to an event.
pub fn told_by<'p>(
    all: &'p Payrolls,
    list: &'p PayrollName,
    since: Option<EventSeq>,
) -> impl Iterator<Item = (&'p str, &'p Drafted)> {
    closed_of(all, list).filter(move |(_, drafted)| Some(drafted.draft.upto) <= since)
}

/// The lists by which a month is closed by mail already.
pub fn closed_by_mail<'p>(
    all: &'p Payrolls,
    period: &'p str,
) -> impl Iterator<Item = (&'p PayrollName, &'p MonthState)> {
    let own = all.iter().filter(move |((_, name), _)| name == period);
    let closed = own.filter(|(_, state)| state.frozen.is_some());
    closed.map(|((list, _), state)| (list, state))
}

fn closed_of<'p>(
    all: &'p Payrolls,
    list: &'p PayrollName,
) -> impl Iterator<Item = (&'p str, &'p Drafted)> {
    let own = all.iter().filter(move |((name, _), _)| name == list);
    own.filter_map(|((_, period), state)| {
        let closed = state.frozen.and(state.drafted.as_ref())?;
        Some((period.as_str(), closed))
    })
}

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

/// What is due of a month now. `is_complete`: all agents have employee numbers; `told`: see [`told_upto`].
#[must_use]
pub fn due(
    (list, calendar): (&PayrollPolicy, &Calendar),
    (period, state): (&Period, &MonthState),
    (is_complete, told): (bool, Option<EventSeq>),
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
    let can_be_complete = is_complete && !drafted.draft.nameless.is_empty();
    // Another month was closed meanwhile, with what this draft carries.
    let is_overtaken = drafted.draft.since != told;
    if state.is_corrected || can_be_complete || is_overtaken {
        return Some(Due::Draft);
    }
    if is_promised && !state.told.contains(&Told::Missing) {
        return Some(Due::Await);
    }
    let remind_at = calendar.end_of_working_day(drafted.at, REMIND_AFTER_DAYS);
    let is_late = remind_at.is_some_and(|at| at <= now) && calendar.is_open(now);
    (is_late && !state.told.contains(&Told::Reminder)).then_some(Due::Remind)
}

/// The list's own calendar: its first queue's.
#[must_use]
pub fn calendar_of<'p>(list: &PayrollPolicy, policy: &'p Policy) -> Option<&'p Calendar> {
    let first = policy.queues.get(list.queues.first()?)?;
    Some(&first.calendar)
}

/// A step that is due, with what the shell has found for it. It is left as a row of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum PayrollStep {
    /// A draft is made.
    Draft {
        /// Of which list.
        list: PayrollName,
        /// Of which month.
        period: String,
        /// Its figures.
        draft: Box<PayrollDraft>,
        /// The bytes of the accountants' file, in base64.
        file: String,
        /// What each head is shown, by their name.
        letters: BTreeMap<AgentName, PartLetter>,
    },
    /// Heads are reminded, accountants told or sent the file: whatever is due now.
    Tell {
        /// Of which list.
        list: PayrollName,
        /// Of which month.
        period: String,
        /// What has changed in approved months, for the letter that comes with the file.
        restated: Vec<crate::model::outgoing::PayrollChange>,
        /// What each employee comes to, once the accountants get the file.
        #[serde(default)]
        people: Vec<crate::model::outgoing::PayrollLine>,
        /// What heads are shown of what was approved, by their name, once the accountants get the file.
        #[serde(default)]
        letters: BTreeMap<AgentName, PartLetter>,
    },
}

impl PayrollStep {
    /// The list and the month.
    #[must_use]
    pub fn of(&self) -> (PayrollName, String) {
        let (Self::Draft { list, period, .. } | Self::Tell { list, period, .. }) = self;
        (list.clone(), period.clone())
    }
}

/// What a head is shown of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLetter {
    /// The letter, as far as it is the same for whoever reads it.
    pub letter: PayrollLetter,
    /// Files for the head.
    pub files: Vec<MadeFile>,
}

#[cfg(test)]
mod tests;
