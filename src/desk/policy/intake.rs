//! What the configuration says of mail before anybody reads it.

use serde::{Deserialize, Serialize};

use crate::model::address::Address;

/// A machine whose mail opens tickets in a mailbox: a web form, monitoring, a scanner (DOMAIN, decision 7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutomaticSender {
    /// Its address in From.
    pub address: Address,
    /// Who asks.
    pub requester: AsksFor,
}

/// For whom such a machine asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsksFor {
    /// For itself: it is never answered by machine.
    #[default]
    Itself,
    /// For the address in Reply-To.
    ReplyTo,
    /// For the address in a line of the text that begins with this word and a colon.
    Field(String),
}

/// What keeps a mail from being taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakePolicy {
    /// What the site's filter writes on spam.
    pub spam: Vec<SpamMark>,
    /// Endings of file names nobody is to be sent, lower case.
    pub refuse_files: Vec<String>,
    /// Addresses that reach everybody, our mailboxes among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub everybody: Vec<Address>,
}

/// One thing a filter writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpamMark {
    /// The header field.
    pub header: String,
    /// What it says then.
    pub says: Says,
}

/// What a header field says of spam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// This, alone or as its first word, in upper or lower case.
    Value(String),
    /// This somewhere in it.
    Contains(String),
    /// A number of at least this.
    AtLeast(i64),
}
