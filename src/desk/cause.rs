//! What the decider decides on: everything that may happen takes this one road.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    arrival::Arrival, order::CarriedOut, payroll::PayrollStep, people::DirectoryFile,
    review::ReviewStep, timer::Due,
};
use crate::model::{
    address::Address,
    alarm::Condition,
    erasure::Erased,
    ids::{
        DeliveryId, MailboxName, MessageRow, PayrollName, PersonId, QueueName, TicketNumber, WorkId,
    },
    outgoing::{FactsRead, ReportCounted},
    outside::OutsideFacts,
    period::ClosedPeriod,
    queue_change::QueueChange,
    ticket::Side,
};

/// What is known of a failed delivery: from the mail server that refused, or from a bounce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What told of it, uniquely: a delivery's attempt, a raw mail.
    pub cause: String,
    /// Of which ticket's conversation.
    pub ticket: Option<TicketNumber>,
    /// On which side.
    pub side: Option<Side>,
    /// The mail that failed.
    pub message: Option<MessageRow>,
    /// Where it did not get.
    pub recipient: Address,
    /// The status code.
    pub status: Option<String>,
    /// The other server's words.
    pub diagnostic: String,
    /// Of a letter about a payroll month: which list, and which month.
    pub payroll: Option<(PayrollName, String)>,
    /// The mail that failed was itself about a failure or an alarm: nobody is told by mail, or this would not end.
    pub is_about_failure: bool,
}

/// A piece of work for the decider.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// A mail has arrived.
    Mail(Box<Arrival>),
    /// A mail lies in the Sent folder of a mailbox of ours: somebody wrote it there, or it is our own.
    Sent(Box<Arrival>),
    /// A delivery was refused for good.
    Failure(Failure),
    /// Something needs the administrator, or does not any more.
    Condition(Condition),
    /// The administrator orders something at the terminal.
    Operation(Operation),
    /// An order about mails has been carried out.
    CarriedOut(CarriedOut),
    /// Something has fallen due.
    Due(Due),
    /// The rules that due times follow from have changed: what runs on these tickets is counted anew.
    RulesChanged {
        /// The tickets.
        tickets: Vec<TicketNumber>,
        /// Queues where it may be late by that.
        consented: Vec<QueueName>,
    },
    /// All is counted anew: in these queues so many tickets would be late by that, one of them this.
    Recounted(Vec<(QueueName, u64, TicketNumber)>),
    /// Reminders of these tickets are due, or somebody is to be told that a promise has passed: all that is told at once, so
    /// that nobody gets a heap of mails.
    Pressing(Vec<TicketNumber>),
    /// Okno does everything on this mailbox from now on, and did less before.
    Switched(Switched),
    /// The file says something else now of what queues' heads had changed.
    FileChanged(Vec<(QueueName, QueueChange)>),
    /// Something is due of a payroll month, and this is what it rests on.
    Payroll(Box<PayrollStep>),
    /// A regular letter is due, and this is what it rests on.
    Review(Box<ReviewStep>),
    /// Figures that somebody has asked for are counted.
    Report(Box<ReportCounted>),
    /// A file of figures from outside that somebody has sent is read.
    Facts(Box<FactsRead>),
    /// The people directory was read.
    Directory(Box<DirectoryFile>),
}

impl Cause {
    /// The name stored with the decision.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Mail(_) | Self::Sent(_) => "mail",
            Self::Failure(_) => "failure",
            Self::Condition(_) => "condition",
            Self::Operation(_) => "operator",
            Self::CarriedOut(_) => "order",
            Self::Due(_) | Self::Pressing(_) => "timer",
            Self::RulesChanged { .. } | Self::Recounted(_) | Self::FileChanged(_) => "policy",
            Self::Switched(_) => "mode",
            Self::Payroll(_) => "payroll",
            Self::Review(_) => "review",
            Self::Report(_) => "report",
            Self::Facts(_) => "facts",
            Self::Directory(_) => "directory",
        }
    }
}

/// A mailbox on which okno does everything from now on, and what has gathered there until now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Switched {
    /// The mailbox.
    pub mailbox: MailboxName,
    /// Tickets of its queue that are not resolved, the oldest first; at most [`BACKLOG_PAGE`].
    pub backlog: Vec<TicketNumber>,
    /// How many more there are that no cause names.
    pub more: u64,
}

/// How many tickets of a backlog are seen to at once.
pub const BACKLOG_PAGE: i64 = 200;

/// What an administrator may order. It is left as a row of work: a running okno takes it at once, a stopped one when it
/// is started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Operation {
    /// Let go what the fuse holds.
    ReleaseFuse,
    /// Try one delivery now, even if it was given up; or all that wait.
    Retry {
        /// The delivery.
        delivery: Option<DeliveryId>,
    },
    /// Process once more what is quarantined.
    ReleaseWork {
        /// The work.
        work: WorkId,
    },
    /// Never process what is quarantined.
    DiscardWork {
        /// The work.
        work: WorkId,
    },
    /// Close a period with its figures; who has approved it.
    ClosePeriod {
        /// The figures, and what they rest on.
        closed: Box<ClosedPeriod>,
        /// The bytes of its files by name, in base64.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        files: BTreeMap<String, String>,
        /// The administrator's words.
        reason: String,
    },
    /// Approve a draft of a payroll list's month in the heads' place.
    ApproveMonth {
        /// Of which list.
        list: PayrollName,
        /// Of which month.
        period: String,
        /// Which draft: another one is not meant.
        draft: u32,
        /// The administrator's words.
        reason: String,
    },
    /// Send the accountants the file of an approved month once more.
    ResendFile {
        /// Of which list.
        list: PayrollName,
        /// Of which month.
        period: String,
        /// To this one of them alone; `None`: to all.
        to: Option<Address>,
    },
    /// Judge tickets by the rules of today; why.
    Rejudge {
        /// The tickets.
        tickets: Vec<TicketNumber>,
        /// The administrator's words.
        reason: String,
    },
    /// Write down that history or figures were handed out.
    Exported {
        /// What: `events`, `report_files`, `report_kpi`, or `report_charts`.
        what: String,
        /// Of which time.
        of: String,
        /// To which account of the machine.
        who: String,
    },
    /// Take figures from outside.
    ImportFacts {
        /// The figures of one file.
        facts: Box<OutsideFacts>,
        /// Who brings them, and why they are others than before.
        words: String,
    },
    /// Write down that somebody was erased, as the store has done it.
    Erase {
        /// Who.
        person: PersonId,
        /// How much; `None`: something stands against it, and nothing was.
        erased: Option<Erased>,
        /// To which account of the machine, and what the administrator says of it.
        words: String,
    },
    /// Tell whoever decides for a queue what it does.
    Passport {
        /// The queue.
        queue: QueueName,
        /// What it does, line by line.
        lines: Vec<String>,
    },
}
