//! Who is given new requests: the ways a queue shares them out, what was given last, and what its head has changed.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{
    event::EventData,
    ids::AgentName,
    queue_change::{Changed, QueueChange},
};

/// How a queue shares out its new tickets (DOMAIN 15 to 18, 22).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Each agent in turn.
    #[default]
    Turn,
    /// Whoever has the fewest active tickets; of several, whose turn comes first.
    Least,
    /// Its head says who.
    Manual,
    /// Nobody is given anything: whoever takes it or answers first is responsible.
    #[serde(rename = "self")]
    Own,
    /// The agent whom the people directory names as the requester's curator.
    Curator,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Turn,
        Self::Least,
        Self::Manual,
        Self::Own,
        Self::Curator,
    ];

    /// The name stored and written in the configuration.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Least => "least",
            Self::Manual => "manual",
            Self::Own => "self",
            Self::Curator => "curator",
        }
    }

    /// The method of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}

/// Why this agent was given a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Chosen {
    /// Their turn had come.
    Turn {
        /// Who had been given the ticket before; `None`: nobody yet.
        after: Option<AgentName>,
    },
    /// Nobody had fewer active tickets.
    Fewest {
        /// How many they had.
        active: u32,
    },
    /// They are the requester's curator.
    Curator,
}

impl Chosen {
    /// Whether it was their turn, so that the next one's comes now.
    #[must_use]
    pub const fn moves_turn(&self) -> bool {
        match self {
            Self::Turn { .. } | Self::Fewest { .. } => true,
            Self::Curator => false,
        }
    }

    /// The name in mails and facts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Turn { .. } => "turn",
            Self::Fewest { .. } => "fewest",
            Self::Curator => "curator",
        }
    }
}

/// A queue's head is asked who gets a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerQuestion {
    /// When they were asked: what follows is counted from then by the hours in force. `None`: by an older okno.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// When they are reminded, by the hours when they were asked.
    pub remind_at: Timestamp,
    /// Until when they may say so, by those hours; then the queue's fallback stands in.
    pub until: Timestamp,
    /// They were reminded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_reminded: bool,
}

impl OwnerQuestion {
    /// What comes next: the reminder, or the end.
    #[must_use]
    pub const fn next_at(&self) -> Timestamp {
        match self.is_reminded {
            false => self.remind_at,
            true => self.until,
        }
    }
}

/// How long a closed day is remembered.
const DAYS_KEPT: SignedDuration = SignedDuration::from_hours(366 * 24);

/// How many agents a queue remembers who were given tickets.
const RECENT_KEPT: usize = 64;

/// A queue as it stands: the fold of its events, as far as distribution goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueState {
    /// Who was given tickets, each once, the last one last. An agent, not a place in the list: lists change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<AgentName>,
    /// Since when all its agents have had as many tickets as they may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_since: Option<Timestamp>,
    /// What its head has changed, in the order in which it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Changed>,
}

impl QueueState {
    /// One more event of the queue.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the rest changes nothing of a queue"
    )]
    pub fn apply(&mut self, data: &EventData, at: Timestamp) {
        match data {
            EventData::TicketGiven { agent, chosen, .. } if chosen.moves_turn() => self.gave(agent),
            EventData::QueueFull { .. } => self.full_since = Some(at),
            EventData::QueueRelieved => self.full_since = None,
            EventData::QueueChanged { change, file } => {
                self.takes_back(change);
                self.forget_past_days(at);
                self.changed.push(Changed {
                    change: change.clone(),
                    file: file.clone(),
                    at,
                });
            }
            EventData::QueueChangeOver { change } => self.takes_back(change),
            _ => {}
        }
    }

    fn takes_back(&mut self, change: &QueueChange) {
        self.changed.retain(|one| !one.change.replaces(change));
    }

    /// Days of long ago count for nothing that still runs.
    fn forget_past_days(&mut self, now: Timestamp) {
        let long_ago = now.saturating_sub(DAYS_KEPT).unwrap_or(now);
        let long_ago = TimeZone::UTC.to_datetime(long_ago).date();
        let is_kept = |one: &Changed| match one.change {
            QueueChange::Closed { on } => on >= long_ago,
            QueueChange::Method { .. }
            | QueueChange::Out { .. }
            | QueueChange::In { .. }
            | QueueChange::Limit { .. } => true,
        };
        self.changed.retain(is_kept);
    }

    /// An agent was given a ticket in turn.
    fn gave(&mut self, agent: &AgentName) {
        self.recent.retain(|one| one != agent);
        self.recent.push(agent.clone());
        let surplus = self.recent.len().saturating_sub(RECENT_KEPT);
        self.recent.drain(..surplus);
    }
}
