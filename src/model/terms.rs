//! What is promised: so much business time, a limit in calendar days, or both.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What one clock promises.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// So many seconds of business time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_secs: Option<i64>,
    /// So many days by the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Which of the two counts.
    #[serde(default, skip_serializing_if = "Combine::is_default")]
    pub combine: Combine,
    /// Its seconds count day and night, whatever the hours of the queue are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_round_the_clock: bool,
}

impl Terms {
    /// So much business time and nothing else.
    #[must_use]
    pub fn target(secs: i64) -> Self {
        Self {
            target_secs: Some(secs),
            ..Self::default()
        }
    }

    /// Whether nothing is promised.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.target_secs.is_none() && self.limit.is_none()
    }
}

/// Which of target and limit counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Whichever comes first.
    #[default]
    Earliest,
    /// Whichever comes last.
    Latest,
    /// The limit is the promise; the target is what reminders go by.
    Goal,
}

impl Combine {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Which of the two set a due time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// Business time.
    Target,
    /// Calendar days.
    Limit,
}

/// A stretch during which time does not count; half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pause {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant that counts again; `None`: it goes on.
    pub to: Option<Timestamp>,
}

/// Another promise from an instant on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Seconds of business time; `None`: no target any more.
    pub target_secs: Option<i64>,
    /// How it takes over.
    pub mode: ChangeMode,
    /// All that is promised since, the limit too; `None`: the target alone is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Terms>,
}

impl Change {
    /// Another target; everything else is promised as before.
    #[must_use]
    pub const fn of_target(at: Timestamp, target_secs: Option<i64>, mode: ChangeMode) -> Self {
        Self {
            at,
            target_secs,
            mode,
            whole: None,
        }
    }

    /// Another promise in whole.
    #[must_use]
    pub fn of_all(at: Timestamp, terms: &Terms, mode: ChangeMode) -> Self {
        Self {
            at,
            target_secs: terms.target_secs,
            mode,
            whole: Some(terms.clone()),
        }
    }
}

/// A limit in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    pub count: u32,
    /// Of what.
    #[serde(default)]
    pub unit: LimitUnit,
    /// When the last one ends.
    #[serde(default)]
    pub mode: LimitMode,
    /// What becomes of a limit that falls into closed time.
    #[serde(default)]
    pub roll: Roll,
    /// Whether time that stands still moves it.
    #[serde(default)]
    pub pauses: LimitPauses,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// Days by the calendar.
    #[default]
    Days,
    /// Days with opening hours: it ends when the last one's work does.
    WorkingDays,
    /// Months: the same date, or the month's last.
    Months,
}

/// When the last day of a limit ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitMode {
    /// When the wall clock shows the time it began at.
    #[default]
    Wall,
    /// After twenty-four hours each.
    Elapsed24h,
    /// At midnight.
    EndOfDay,
    /// As the Civil Code of Russia counts (articles 191 to 194): from the next day on, to the end of work on the last one,
    /// or on the first working day after it.
    GkRf,
}

/// What becomes of a limit that falls into closed time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// It stays.
    #[default]
    None,
    /// It moves to the next opening.
    NextOpen,
}

/// Whether time that stands still moves a limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitPauses {
    /// It is hard.
    #[default]
    Ignore,
    /// By the time that stood still before it.
    Extend,
}

/// How a new promise takes over from the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeMode {
    /// As if it had always been promised.
    FromStart,
    /// Whole, from the change on.
    FromChange,
    /// From the change on, but never later than what was promised.
    FairMin,
}
