//! A mailbox, as far as decisions go: how far okno may act there, and what becomes of which mail.

use serde::{Deserialize, Serialize};

use super::AutomaticSender;
use crate::model::{address::Address, ids::QueueName};

/// How far okno may act on a mailbox. Always written in the configuration, never assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Reads and registers; sends nobody anything and touches nothing on the server.
    Observe,
    /// Registers and acknowledges to the requester; agents get nothing and work in the mailbox as before.
    Acknowledge,
    /// Everything.
    Full,
}

impl Mode {
    /// The word in the configuration.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::Acknowledge => "acknowledge",
            Self::Full => "full",
        }
    }
}

/// What becomes of mail that comes through a mailing list and does not name the mailbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListMail {
    /// It joins a ticket that it answers; otherwise it is put aside.
    #[default]
    Aside,
    /// It opens tickets and joins them, and everybody on the list takes part.
    Ticket,
}

impl ListMail {
    /// The word in the configuration.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Aside => "aside",
            Self::Ticket => "ticket",
        }
    }
}

/// What becomes of a mail that names a mailbox in Cc only (DOMAIN, decision 6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCc {
    /// The agents are shown it and may make a ticket of it.
    #[default]
    Note,
    /// A ticket, as if the mailbox stood in To.
    Ticket,
    /// It is put aside.
    Ignore,
}

/// What becomes of the tickets that agents have not heard of once okno does everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnFull {
    /// The agents get one letter that lists them.
    #[default]
    List,
    /// They are closed, and nobody is written to.
    Close,
}

/// A mailbox, as far as decisions go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxPolicy {
    /// The address people write to and are answered from.
    pub address: Address,
    /// Further addresses that end up here.
    pub aliases: Vec<Address>,
    /// Addresses of before, which people still write to and which are forwarded here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Address>,
    /// An address at which agents try what would become of a mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<Address>,
    /// The folder in which people's programs keep what they send from this mailbox, where it is watched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<String>,
    /// What okno sends requesters from here is put into that folder, too.
    #[serde(default)]
    pub append_sent: bool,
    /// Its server takes mail to `address+anything@`, too: then every recipient gets a reply address of their own.
    #[serde(default)]
    pub plus_addresses: bool,
    /// How far okno may act.
    pub mode: Mode,
    /// What becomes of the backlog when the mode becomes `full`.
    #[serde(default)]
    pub on_full: OnFull,
    /// Where its mail becomes tickets.
    pub queue: QueueName,
    /// What becomes of mail of mailing lists.
    #[serde(default)]
    pub list_mail: ListMail,
    /// What becomes of mail that names it in Cc only.
    #[serde(default)]
    pub in_cc: InCc,
    /// Machines whose mail opens tickets here.
    #[serde(default)]
    pub automatic: Vec<AutomaticSender>,
}
