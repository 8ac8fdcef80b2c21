//! What is aimed at (DOMAIN 1.7), and who reads once a month whether it was reached.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::model::{address::Address, ids::QueueName};

/// What figures of a month are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// Of a hundred emergencies so many are to be solved in time.
    pub emergency: u32,
    /// Of standard requests.
    pub standard: u32,
    /// Of consultations.
    pub consultation: u32,
    /// Of all requests together.
    pub in_time: u32,
    /// So many of a hundred are to be solved without asking another department.
    pub unescalated: u32,
    /// Of so many of a hundred it is to be known from the first what they are about.
    pub diagnosis: u32,
    /// So many of a hundred solutions are to be written down.
    pub documented: u32,
    /// The mean rating, in hundredths: 450 is 4.5 of 5.
    pub rating: u32,
    /// Those who would recommend us, less those who would not, of a hundred.
    pub nps: i32,
    /// By so many of a hundred parts the share of repeats is to change from quarter to quarter: -10 is a tenth less.
    pub repeats: i32,
}

impl Default for Targets {
    /// What the founding documents say.
    fn default() -> Self {
        Self {
            emergency: 100,
            standard: 95,
            consultation: 95,
            in_time: 95,
            unescalated: 85,
            diagnosis: 100,
            documented: 100,
            rating: 450,
            nps: 50,
            repeats: -10,
        }
    }
}

/// The director's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectorPolicy {
    /// Whose mailbox sends it, whose calendar says which days are working days, and in whose language it is.
    pub queue: QueueName,
    /// At which time, on the first working day of a month.
    pub at: Time,
    /// Who reads it.
    pub to: Vec<Address>,
    /// With charts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub charts: bool,
}
