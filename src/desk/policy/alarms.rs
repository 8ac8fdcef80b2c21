//! When whoever decides for a queue is told how it stands.

use serde::{Deserialize, Serialize};

/// What a queue's alarms are raised by; 0 switches one off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarms {
    /// More tickets than this are too many unanswered, whoever is here.
    pub overload: u32,
    /// More than this for each agent who is here are.
    pub overload_per_agent: u32,
    /// Of a hundred solutions so many are to be in time.
    pub on_time_percent: u32,
    /// So many requests a month the queue can take.
    pub capacity: u32,
    /// It is told that nobody is here.
    pub nobody_on_duty: bool,
}

impl Default for Alarms {
    /// What the founding documents say: five, 80 of a hundred, 400 a month.
    fn default() -> Self {
        Self {
            overload: 5,
            overload_per_agent: 2,
            on_time_percent: 80,
            capacity: 400,
            nobody_on_duty: true,
        }
    }
}
