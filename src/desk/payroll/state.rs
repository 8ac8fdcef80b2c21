//! How months of payroll lists stand: a fold over what has happened to them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::model::{
    address::Address,
    event::EventData,
    ids::{AgentName, EventSeq, PayrollName, QueueName, RawId},
    outgoing::PayrollLine,
    payroll::{KeptList, NotTaken, PayrollDraft, PayrollEvent, PayrollFact, approved_sum},
    period::ClosedPeriod,
};

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
    /// When heads got the first draft: since then they may answer.
    pub asked_at: Option<Timestamp>,
    /// Since then a head has corrected something, or a file has brought other figures from outside.
    pub is_corrected: bool,
    /// The last event that has; a draft may be written down later than it, and not know of it.
    pub corrected_at: Option<EventSeq>,
    /// The sum of what a head was shown in each draft, see [`DraftPart::sum`](crate::model::payroll::DraftPart::sum).
    pub shown: BTreeMap<(u32, AgentName), String>,
    /// Parts that are approved, each with the sum of what was, and by whom.
    pub approvals: BTreeMap<(AgentName, String), AgentName>,
    /// Those of them that the administrator has said at the terminal, in the heads' place, with the reason.
    pub at_terminal: BTreeMap<(AgentName, String), String>,
    /// The version of the file that people are paid by, and since when.
    pub frozen: Option<(u32, Timestamp)>,
    /// The event that has said so.
    pub frozen_by: Option<EventSeq>,
    /// The list as it was then, and its accountants; `None`: that was not kept.
    pub kept: Option<(KeptList, Vec<Address>)>,
    /// What has been told.
    pub told: BTreeSet<Told>,
    /// What each employee came to, as the accountants were told with the file.
    pub people: Vec<PayrollLine>,
    /// Why indicators are what they are: who says so, of which code.
    pub reasons: BTreeMap<(AgentName, String), String>,
    /// Mails in heads' names that nothing proves.
    pub unproven: BTreeMap<RawId, Unproven>,
    /// How often heads were told that an answer of theirs has led to nothing: who, why, about what.
    pub not_taken: BTreeMap<(AgentName, NotTaken, i64), u32>,
}

/// How every month stands that anything has happened to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payrolls {
    /// By list and month.
    pub months: BTreeMap<(PayrollName, String), MonthState>,
    /// What was closed at the terminal instead, and when.
    pub at_terminal: Vec<(ClosedPeriod, Timestamp)>,
    /// The events that have closed these, by period.
    pub terminal_by: BTreeMap<String, EventSeq>,
    /// What people are paid by of these, by period, or would be: there may be no file for accountants. None of what was closed
    /// without settings of scores.
    pub paid_at_terminal: BTreeMap<String, Drafted>,
    /// Since when there is anything to count: when the first request came, or the house began; `None`: nothing has happened yet.
    pub begun: Option<Timestamp>,
    /// The months that files have brought figures of, from outside.
    pub brought: BTreeSet<String>,
}

/// Where in history an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// When it counts from.
    pub at: Timestamp,
    /// Its number; what is decided just now has the last one there can be: nothing that was counted knows of it.
    pub seq: EventSeq,
}

impl Noted {
    /// An event that is being decided.
    #[must_use]
    pub const fn just_now(at: Timestamp) -> Self {
        Self {
            at,
            seq: EventSeq(i64::MAX),
        }
    }
}

/// One more event, with its private words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is not about it")]
pub fn note(payrolls: &mut Payrolls, data: &EventData, words: Option<&str>, noted: Noted) {
    match data {
        EventData::Payroll(event) => {
            let key = (event.list.clone(), event.period.clone());
            let month = payrolls.months.entry(key).or_default();
            month.note(event, words, noted);
        }
        EventData::FiguresCorrected {
            list,
            period,
            queues,
            ..
        } => {
            // In answer to whichever letter it came: a request counts in months that the letter is not about.
            for (key, state) in &mut payrolls.months {
                let is_meant = (&key.0, &key.1) == (list, period);
                if is_meant || queues.iter().any(|queue| state.has_queue(queue)) {
                    state.is_changed(noted.seq);
                }
            }
        }
        EventData::PeriodClosed(closed) => {
            let closed = ClosedPeriod::clone(closed);
            if let Some(draft) = closed.paid() {
                let drafted = Drafted {
                    draft,
                    file: String::new(),
                    at: noted.at,
                };
                payrolls
                    .paid_at_terminal
                    .insert(closed.period.clone(), drafted);
            }
            payrolls
                .terminal_by
                .insert(closed.period.clone(), noted.seq);
            payrolls.at_terminal.push((closed, noted.at));
        }
        EventData::PeriodPay { period, .. } => {
            if let Some(drafted) = payrolls.paid_at_terminal.get_mut(period) {
                drafted.file = words.unwrap_or_default().to_owned();
            }
        }
        EventData::FactsImported(file) => {
            payrolls.brought.insert(file.period.clone());
            let months = payrolls.months.iter_mut();
            for (_, state) in months.filter(|((_, period), _)| *period == file.period) {
                let mut facts = file.facts.iter();
                if facts.any(|fact| state.has_queue(&fact.queue)) {
                    state.is_changed(noted.seq);
                }
            }
        }
        _ => {}
    }
}

impl MonthState {
    fn is_drafted(&mut self, draft: &PayrollDraft, words: Option<&str>, at: Timestamp) {
        // The clock was ahead when the one before was made: what was told then was told too early.
        if self.drafted.as_ref().is_some_and(|old| at < old.at) {
            self.told.clear();
            self.asked_at = None;
        }
        let mut queues = draft.parts.iter().flat_map(|part| &part.queues);
        if self.drafted.is_some() && !queues.any(|queue| self.has_queue(queue)) {
            // Of a list of other people nobody was told anything yet.
            self.told.clear();
            self.reasons.clear();
            self.asked_at = None;
        }
        self.asked_at.get_or_insert(at);
        self.drafted = Some(Drafted {
            draft: PayrollDraft::clone(draft),
            file: words.unwrap_or_default().to_owned(),
            at,
        });
        // What came while it was counted is not in it.
        self.is_corrected = self.corrected_at > Some(draft.upto);
        for part in &draft.parts {
            let key = (draft.number, part.approver.clone());
            self.shown.insert(key, part.sum().to_owned());
        }
    }

    /// One more event.
    pub fn note(&mut self, event: &PayrollEvent, words: Option<&str>, noted: Noted) {
        match &event.fact {
            PayrollFact::Drafted(draft) => self.is_drafted(draft, words, noted.at),
            PayrollFact::Approved {
                approver,
                by,
                sha256,
                basis,
                at_terminal,
                ..
            } => {
                let part = (approver.clone(), approved_sum(sha256, basis).to_owned());
                let why = at_terminal.then(|| words.unwrap_or_default());
                self.is_approved(part, by, why);
            }
            PayrollFact::Frozen { version, list, .. } => {
                self.frozen = Some((*version, noted.at));
                self.frozen_by = Some(noted.seq);
                let to = words.and_then(|words| serde_json::from_str(words).ok());
                // Whose addresses are erased nothing can be sent to.
                self.kept = list.as_deref().cloned().zip(to);
            }
            PayrollFact::Reminded => self.has_told(Told::Reminder),
            PayrollFact::Awaited => self.has_told(Told::Missing),
            PayrollFact::Sent { .. } => {
                let people = words.and_then(|words| serde_json::from_str(words).ok());
                self.people = people.unwrap_or_default();
                self.has_told(Told::File);
            }
            PayrollFact::Resent { .. } => {}
            PayrollFact::Received => self.has_told(Told::Receipt),
            PayrollFact::Explained { by, figure } => {
                let key = (by.clone(), figure.clone());
                self.reasons
                    .insert(key, words.unwrap_or_default().to_owned());
            }
            PayrollFact::Unproven { raw, by } => {
                let (by, at, is_own) = (by.clone(), noted.at, None);
                self.unproven.insert(*raw, Unproven { by, at, is_own });
            }
            PayrollFact::NotTaken { by, why, about } => {
                let times = self.not_taken.entry((by.clone(), *why, *about));
                let times = times.or_default();
                *times = times.saturating_add(1);
            }
            PayrollFact::OwnWord { raw, is_own, .. } => {
                if let Some(asked) = self.unproven.get_mut(raw) {
                    asked.is_own = Some(*is_own);
                }
            }
        }
    }

    /// Its figures are others by now than the newest draft says.
    fn is_changed(&mut self, seq: EventSeq) {
        self.is_corrected = true;
        self.corrected_at = self.corrected_at.max(Some(seq));
    }

    /// Whether the newest draft has figures of this queue.
    #[must_use]
    pub fn has_queue(&self, queue: &QueueName) -> bool {
        let drafted = self.drafted.iter();
        let mut parts = drafted.flat_map(|drafted| &drafted.draft.parts);
        parts.any(|part| part.queues.contains(queue))
    }

    /// Whether people of this queue would be paid by the newest draft: it does not merely carry changes of their closed months.
    #[must_use]
    pub fn pays(&self, queue: &QueueName) -> bool {
        let gone = self.drafted.as_ref().map(|drafted| &drafted.draft.gone);
        self.has_queue(queue) && gone.is_some_and(|gone| !gone.contains(queue))
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
}

/// The lists by which a month is closed by mail already.
pub fn closed_by_mail<'p>(
    all: &'p Payrolls,
    period: &'p str,
) -> impl Iterator<Item = (&'p PayrollName, &'p MonthState)> {
    let own = all
        .months
        .iter()
        .filter(move |((_, name), _)| name == period);
    let closed = own.filter(|(_, state)| state.frozen.is_some());
    closed.map(|((list, _), state)| (list, state))
}
