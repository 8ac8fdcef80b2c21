//! Alarms: their names, and the condition that may become one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::TicketNumber;

/// The fuse has blown: automatic mail is held.
pub const FUSE: &str = "fuse";
/// A mailbox cannot be read, for whatever reason.
pub const LOGIN: &str = "login";
/// A relay takes no mail at all.
pub const RELAY: &str = "relay";
/// Mail has waited too long.
pub const OUTBOX: &str = "outbox";
/// A mail to an agent does not arrive; the object is the address, in history the person's number.
pub const UNDELIVERED: &str = "undelivered";
/// A mail could not be digested.
pub const QUARANTINE: &str = "quarantine";

/// An appointment could not be kept: a promise was not judged, a ticket not closed, a digest not sent.
pub const TIMER: &str = "timer";

/// The people directory was refused or cannot be read; the object is the file.
pub const DIRECTORY: &str = "directory";

/// A file of canned answers or of the knowledge base is faulty; the object is the file, below the folder's key.
pub const TEXTS: &str = "texts";

/// An address has had all its automatic mails; the object is the address, in history the person's number.
pub const CAP: &str = "cap";

/// A sender writes more than is taken one by one; the object is the address, in history the person's number.
pub const FLOOD: &str = "flood";

/// A sender tries ticket tags out; the object is the address, in history the person's number.
pub const GUESSING: &str = "guessing";

/// A ticket is written in faster than people write; the object is the ticket.
pub const STORM: &str = "storm";

/// The scanner that looks for viruses does not answer, and mail goes on without it.
pub const SCANNER: &str = "scanner";

/// A calendar runs out: nobody knows yet which days of next year will be holidays; the object is the queue.
pub const CALENDAR: &str = "calendar";

/// An agent says that mails in their name are not theirs; the object is the agent's address, in history the person's number.
pub const DISOWNED: &str = "disowned";

/// The due times of a ticket cannot be counted anew by rules that have changed; the object is the ticket.
pub const RECOUNT: &str = "recount";

/// The server does not let mails that were taken be moved or marked as configured, and it is not tried any more; the object is
/// the mailbox.
pub const UNFILED: &str = "unfiled";

/// Mails of a day lie on the server, or were taken, of which nothing is known; the object is the mailbox.
pub const MISSING: &str = "missing";

/// Days of a mailbox were not reconciled, since okno did not run or could not read it for too long; the object is the mailbox.
pub const UNCOMPARED: &str = "uncompared";

/// More waits unanswered in a queue than its agents can do; the object is the queue.
pub const OVERLOAD: &str = "overload";

/// Too little of a queue's work is done in time; the object is the queue.
pub const EFFICIENCY: &str = "efficiency";

/// A queue gets nearly more a month than it can do, or more; the object is the queue, the month and how many of a hundred parts:
/// `it/2026-11/80`.
pub const CAPACITY: &str = "capacity";

/// It is working time, and no agent of a queue is here; the object is the queue.
pub const NOBODY: &str = "nobody";

/// Agents of a payroll list have no employee number; the object is the list.
pub const NAMELESS: &str = "nameless";

/// The sums of figures do not close, and a draft is not sent; the object is the list and the month: `it/2026-10`.
pub const BALANCE: &str = "balance";

/// Nobody approves the figures of a queue of a month that people are paid by, and no draft of it is made; the object is the list and
/// the month.
pub const NO_APPROVER: &str = "no_approver";

/// A month that people are paid by is not settled, and its draft waits or says so; the object is the list and the month.
pub const UNSETTLED: &str = "unsettled";

/// The day that accountants were promised their file for has come, and there is none; the object is the list and the month.
pub const PAY_FILE: &str = "pay_file";

/// Heads have not approved what people are paid by, its day is near, and no director hears of that; the object is the list and the
/// month.
pub const PAY_SILENT: &str = "pay_silent";

/// The configuration has a payroll list no more, and a month of it goes no further by itself; the object is the list and the month.
pub const PAY_LIST: &str = "pay_list";

/// A payroll list has closed months for other queues than it has now, and those wait for somebody who pays for these months; the
/// object is the list.
pub const PAY_NAME: &str = "pay_name";

/// A month that people are paid by was closed before it was over, by a clock that was ahead; the object is the list and the month.
pub const PAY_EARLY: &str = "pay_early";

/// Alarms of queues, which whoever decides for them hears of.
pub const OF_QUEUES: [&str; 4] = [OVERLOAD, EFFICIENCY, CAPACITY, NOBODY];

/// Alarms that nobody ends: each is told once and passes by itself.
pub const PASSING: [&str; 10] = [
    UNDELIVERED,
    CAP,
    FLOOD,
    GUESSING,
    STORM,
    DISOWNED,
    RECOUNT,
    UNFILED,
    MISSING,
    UNCOMPARED,
];

/// Alarms of which each tells another trouble than the one before: none is left out, however soon it follows.
pub const EACH_TOLD: [&str; 2] = [MISSING, UNCOMPARED];

/// The object of alarms that concern no single mailbox.
pub const HOUSE: &str = "house";

/// What an alarm of a queue was raised by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The value now: a number of tickets, or the percentage in time.
    pub count: u64,
    /// The threshold that it has crossed.
    pub limit: u64,
    /// The base: how many agents are on duty, or how many solutions were judged.
    pub of: u64,
    /// The oldest tickets it is about.
    pub tickets: Vec<TicketNumber>,
    /// How much there was in the months before, the last one last.
    pub before: Vec<u64>,
    /// Why solutions were late, as codes, and how many: what comes most often first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<(String, u64)>,
}

/// Something the shell has noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which alarm.
    pub alarm: String,
    /// Of which mailbox or relay; `house` for the whole.
    pub object: String,
    /// What was seen, in words for a person.
    pub detail: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether it is over.
    pub is_over: bool,
    /// Of an alarm of a queue, what it was raised by.
    pub figures: Option<Figures>,
}
