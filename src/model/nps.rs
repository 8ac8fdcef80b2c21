//! Whether somebody would recommend us: a question of its own, asked of a few, once a quarter (DOMAIN 3.2, `nps`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::MessageId;

/// The question, as it stands in the ticket after which it is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nps {
    /// When it is to be asked; `None`: it was, or will not be.
    pub planned_at: Option<Timestamp>,
    /// The mail that asks it.
    pub asked_in: Option<MessageId>,
    /// When that was.
    pub asked_at: Option<Timestamp>,
    /// The last answer, 0 to 10.
    pub score: Option<u8>,
}
