//! What agents of a queue may ask of other queues, and how other queues' questions are taken.

use serde::{Deserialize, Serialize};

use crate::model::{ids::QueueName, terms::Terms};

/// How a queue asks others, and is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// Whom its agents may ask; empty: every other queue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<QueueName>,
    /// Its clocks stand still while another owes an answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pauses: bool,
    /// How others come to ask it.
    #[serde(default)]
    pub through: Through,
    /// By when it answers them; `None`: as it promises everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ola: Option<Terms>,
}

/// How others come to ask a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Through {
    /// Whoever has a question asks.
    #[default]
    Direct,
    /// Whoever decides for the asking queue agrees first.
    Head,
}
