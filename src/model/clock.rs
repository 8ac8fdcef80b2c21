//! The clocks that run on a ticket: what was promised, by when, and how it ended.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    ids::{AgentName, QueueName},
    terms::{Change, Pause, Terms},
    ticket::{State, Ticket},
};

/// Which clock of a ticket (DOMAIN 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// From creation until a person answers for the first time.
    FirstResponse,
    /// From the first mail that nobody has answered since an agent's answer, until one does.
    NextResponse,
    /// From creation until the ticket is resolved.
    Resolution,
    /// From an agent's mail to the requester until the next one, while the ticket is open: the requester is kept informed.
    Update,
}

impl ClockKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::FirstResponse,
        Self::NextResponse,
        Self::Resolution,
        Self::Update,
    ];

    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::NextResponse => "next_response",
            Self::Resolution => "resolution",
            Self::Update => "update",
        }
    }
}

/// How a clock ended, judged once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Satisfied at or before due.
    Met,
    /// Due passed first.
    Breached,
}

impl Outcome {
    /// The word stored, and for the monitoring.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Breached => "breached",
        }
    }

    /// The same of a verdict that may have been taken back.
    #[must_use]
    pub fn code_of(outcome: Option<Self>) -> &'static str {
        outcome.map_or("taken_back", Self::code)
    }
}

/// One clock of a ticket: its whole way, from which its due time can be derived anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which.
    pub kind: ClockKind,
    /// From when time counts.
    pub started_at: Timestamp,
    /// What was promised at first.
    #[serde(flatten)]
    pub terms: Terms,
    /// By whose calendar it began.
    pub queue: QueueName,
    /// By whose it went on, from when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<(Timestamp, QueueName)>,
    /// When it stood still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// Of these, when it was solved and had not come back yet: then even a hard limit stood still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solved: Vec<Pause>,
    /// What was promised later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// By when; the promise in the calendar in force when it was made.
    pub due_at: Timestamp,
    /// How it ended; `None` while it runs.
    pub outcome: Option<Outcome>,
    /// By when it is promised now, where an agent has moved the day; it is judged by `due_at` all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<Timestamp>,
    /// By when it is due instead, since whoever decides for the queue has approved another day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Timestamp>,
    /// Business time left when it was paused, in seconds; `None` while it is not, or its limit runs on. `due_at` says
    /// nothing then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_secs: Option<i64>,
    /// When it ended: what was promised had happened, or its time had passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The highest percentage its agents were reminded at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded: Option<u32>,
    /// When what was promised happened at last, where its time had passed before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Timestamp>,
    /// Who did it, in time or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_by: Option<AgentName>,
    /// Of a broken promise of a solution: when nobody here could go on with it, since its time had passed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub idle: Vec<Idle>,
    /// How many steps of the chain were told that it is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalated: Option<u32>,
    /// Who decides and was told so, by name: the chain may be another one by now. Who was away and had somebody else told in
    /// their place counts as told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<AgentName>,
}

impl Clock {
    /// So many steps of the chain know that it is late, and by name these people more.
    pub fn tell<'a>(&mut self, steps: u32, heads: impl Iterator<Item = &'a AgentName>) {
        self.escalated = Some(steps);
        self.told.extend(heads.cloned());
    }

    /// It is not late any more: should it be again, everybody is told anew.
    pub fn tell_anew(&mut self) {
        self.escalated = None;
        self.told.clear();
    }
}

/// A stretch in which a ticket was waited for, or done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Idle {
    /// In which state it was.
    pub state: State,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it; `None`: it goes on.
    pub to: Option<Timestamp>,
}

impl Clock {
    /// What the requester has been told last.
    #[must_use]
    pub fn promised_at(&self) -> Timestamp {
        self.moved_to.unwrap_or(self.due_at)
    }

    /// Whether its time has passed, and nothing was found that keeps the promise.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.outcome == Some(Outcome::Breached) && self.ended_at == Some(self.due_at)
    }

    /// Whether business time stands still.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// In whose queue it was at an instant.
    #[must_use]
    pub fn queue_at(&self, at: Timestamp) -> &QueueName {
        let mut moves = self.moves.iter().rev();
        let moved = moves.find(|(from, _)| *from <= at);
        moved.map_or(&self.queue, |(_, queue)| queue)
    }

    /// The promise in force.
    #[must_use]
    pub fn terms_now(&self) -> Terms {
        let whole = self.changes.iter().rev().find_map(|one| one.whole.as_ref());
        Terms {
            target_secs: self.target_secs(),
            ..whole.unwrap_or(&self.terms).clone()
        }
    }

    /// The target in force, in seconds of business time.
    #[must_use]
    pub fn target_secs(&self) -> Option<i64> {
        let last = self.changes.last();
        last.map_or(self.terms.target_secs, |change| change.target_secs)
    }
}

impl Ticket {
    /// The clock of this kind that is not judged.
    #[must_use]
    pub fn clock(&self, kind: ClockKind) -> Option<&Clock> {
        let counts = self.merged_into.is_none() && self.excluded.is_none();
        let mut clocks = self.clocks.iter().filter(|_| counts);
        clocks.find(|clock| clock.kind == kind && clock.outcome.is_none())
    }

    /// The last clock of this kind, where its time has passed and nothing was found that keeps the promise.
    #[must_use]
    pub fn passed_clock(&self, kind: ClockKind) -> Option<&Clock> {
        let last = self.clocks.iter().rev().find(|clock| clock.kind == kind);
        last.filter(|clock| clock.has_passed())
    }

    /// The clock whose day an agent has moved, and nobody has decided yet: it runs, or its time has passed meanwhile.
    #[must_use]
    pub fn moved_clock(&self) -> Option<&Clock> {
        let kind = ClockKind::Resolution;
        let clock = self.clock(kind).or_else(|| self.passed_clock(kind));
        clock.filter(|clock| clock.moved_to.is_some())
    }

    /// The clock that still runs and is due first. Of what was merged or counts for nothing none runs: the ticket that
    /// goes on has its own.
    #[must_use]
    pub fn next_clock(&self) -> Option<&Clock> {
        let counts = self.merged_into.is_none() && self.excluded.is_none();
        let runs = |clock: &&Clock| clock.outcome.is_none() && clock.left_secs.is_none();
        self.clocks
            .iter()
            .filter(|clock| counts && runs(clock))
            .min_by_key(|clock| clock.due_at)
    }
}
