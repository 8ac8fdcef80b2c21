//! What the house knows of itself at one instant.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{months::Months, reports::PlannedReport};
use crate::{
    desk::policy::Mode,
    model::{
        ids::{AgentName, MailboxName, QueueName},
        language::Language,
    },
    store::{
        shares::Shares,
        status::{Heap, QueueFigures},
    },
};

/// The house at one instant.
#[derive(Debug, Clone)]
pub struct Status {
    /// When.
    pub at: Timestamp,
    /// Since when this process runs.
    pub started_at: Timestamp,
    /// Up to when [`QueueStatus::shares`] are counted: it is dear, and done less often.
    pub shares_at: Timestamp,
    /// The language of whoever has not asked for another.
    pub language: Language,
    /// The zone in which everything that is no queue's is told.
    pub zone: Zone,
    /// The queues.
    pub queues: BTreeMap<QueueName, QueueStatus>,
    /// What each agent works on now, where names may be shown.
    pub agents: Option<BTreeMap<AgentName, AgentLoad>>,
    /// Tickets of queues that the configuration has lost, counted and not listed.
    pub other: QueueFigures,
    /// The mailboxes.
    pub mailboxes: BTreeMap<MailboxName, MailboxStatus>,
    /// Mail on its way.
    pub outbox: Heap,
    /// Of these, mail that ought to be out and is not: due and not tried, or never tried at all.
    pub stuck: Heap,
    /// Mail that the fuse holds.
    pub held: Heap,
    /// Mail that the administrator has told to wait.
    pub stopped: Heap,
    /// Work that waits for the decider.
    pub work: Heap,
    /// Mail put apart, by mailbox.
    pub quarantine: BTreeMap<String, u64>,
    /// Open tickets whose promises are still to be counted anew after a change of calendar or policy.
    pub recomputing: u64,
    /// Who decides.
    pub decider: DeciderPresence,
    /// The files and letters that come next by themselves.
    pub reports: Vec<PlannedReport>,
}

/// A zone and its name.
#[derive(Debug, Clone)]
pub struct Zone {
    /// As in the configuration.
    pub name: String,
    /// The zone.
    pub zone: TimeZone,
}

/// Whether somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeciderPresence {
    /// This process.
    Here,
    /// Another process.
    Elsewhere,
    /// Nobody yet: this process has only just started.
    Starting,
    /// Nobody: the lease has run out.
    Nobody,
}

impl DeciderPresence {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Here, Self::Elsewhere, Self::Starting, Self::Nobody];

    /// As templates and programs call it: `here`, `elsewhere`, `starting`, `nobody`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Elsewhere => "elsewhere",
            Self::Starting => "starting",
            Self::Nobody => "nobody",
        }
    }
}

/// A queue.
#[derive(Debug, Clone)]
pub struct QueueStatus {
    /// The name people see.
    pub title: String,
    /// Its zone.
    pub zone: Zone,
    /// Whether single tickets are shown only to whom the queue is opened by name.
    pub is_confidential: bool,
    /// Whether its agents work at this instant.
    pub is_open: bool,
    /// Counted and listed.
    pub figures: QueueFigures,
    /// How many promises of a solution were judged in the last weeks, and how many of them were kept.
    pub shares: Shares,
    /// So many of a hundred are to be kept.
    pub target_percent: Option<u32>,
    /// Its last months, drawn; `None`: they have not been counted yet.
    pub months: Option<Arc<Months>>,
}

/// What an agent works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgentLoad {
    /// The name requesters see.
    pub name: String,
    /// How many tickets.
    pub count: u64,
}

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxStatus {
    /// Its address.
    pub address: String,
    /// How far okno may act.
    pub mode: Mode,
    /// How often it is looked at.
    pub poll: Duration,
    /// Whether this process reads it, or tries to; another may.
    pub is_ours: bool,
    /// When it was read to the end last, by whichever process.
    pub read_at: Option<Timestamp>,
    /// When its newest mail reached the server.
    pub newest_at: Option<Timestamp>,
    /// How long the newest mail took from the server into the database, in milliseconds.
    pub lag_millis: Option<u64>,
    /// What is wrong, and since when.
    pub trouble: Option<Trouble>,
}

/// A mailbox that was not read for so long is out of its limits.
const MAILBOX_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// Or that has missed so many looks.
const POLLS_MISSED: u32 = 3;

impl MailboxStatus {
    /// How long it may be silent: whoever is looked at once an hour is silent for an hour.
    #[must_use]
    pub fn patience(&self) -> SignedDuration {
        let patience = SignedDuration::try_from(self.poll.saturating_mul(POLLS_MISSED));
        patience.unwrap_or(SignedDuration::MAX).max(MAILBOX_WITHIN)
    }
}

/// Why a mailbox cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Since when.
    pub since: Timestamp,
    /// What kind of trouble it is, which every language has words for.
    pub kind: TroubleKind,
    /// The server's words, or ours, in whatever language.
    pub words: String,
}

/// What keeps a mailbox from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// There is no connection to the server.
    Unreachable,
    /// There is no connection that can be trusted: the certificate, TLS.
    Tls,
    /// The server stopped answering, or the connection was lost.
    Silent,
    /// The server lets nobody in.
    Login,
    /// The server refused what it was asked for.
    Refused,
    /// The server's answers make no sense.
    Unclear,
    /// The configuration asks for what the server does not have.
    Settings,
    /// The folder on disk cannot be read.
    Maildir,
    /// It is okno's own: the database, the disk.
    Ours,
}

impl TroubleKind {
    /// All there are.
    pub const ALL: [Self; 9] = [
        Self::Unreachable,
        Self::Tls,
        Self::Silent,
        Self::Login,
        Self::Refused,
        Self::Unclear,
        Self::Settings,
        Self::Maildir,
        Self::Ours,
    ];

    /// As templates and programs call it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::Silent => "silent",
            Self::Login => "login",
            Self::Refused => "refused",
            Self::Unclear => "unclear",
            Self::Settings => "settings",
            Self::Maildir => "maildir",
            Self::Ours => "ours",
        }
    }
}
