//! What becomes of a month that people are paid by: its draft, its approval, the file that accountants get.

mod correction;
mod not_taken;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    ids::{AgentName, EventSeq, MailboxName, PayrollName, QueueName, RawId, TicketNumber},
    language::Language,
    period::{first, is_first},
};

/// The version of the rules by which the rows of the accountants' file are made (docs/events.md tells what each has changed). What
/// was made by another one is proved, and adjusted, by its own.
pub const ROWS: u32 = 2;

pub use correction::Correction;
pub use not_taken::NotTaken;

/// A file that leaves by mail. Its bytes are kept apart from history: there are people's names in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayFile {
    /// Its name, which every program can read.
    pub name: String,
    /// Its name as people write it, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// What a mail says that it is.
    pub media_type: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many rows it has, the head not counted.
    pub rows: u64,
    /// The sum of the values of each indicator, as the letter writes it.
    pub sums: Vec<(String, String)>,
    /// Letters that the file's encoding lacks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<LetterReplaced>,
}

impl PayFile {
    /// What a letter calls it.
    #[must_use]
    pub fn called(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.name)
    }
}

/// A letter that the encoding of a file lacks, and what stands for it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterReplaced {
    /// The letter.
    pub letter: String,
    /// What stands for it.
    pub by: String,
    /// How often.
    pub times: u32,
    /// The first line of the file in which it stands, from 1: the head.
    pub line: u32,
}

/// The part of a draft that one head approves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPart {
    /// Who.
    pub approver: AgentName,
    /// Whose figures.
    pub queues: Vec<QueueName>,
    /// SHA-256 of this part's lines of figures.
    pub sha256: String,
    /// SHA-256 over all that the head approves: this part's figures and carried adjustments, the settings of scores, the rows of
    /// the pay file. While it is unchanged in a newer draft, the approval holds. Empty: the draft was made before it was kept,
    /// and figures alone are approved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
}

impl DraftPart {
    /// What an approval of this part is of.
    #[must_use]
    pub fn sum(&self) -> &str {
        approved_sum(&self.sha256, &self.basis)
    }
}

/// The checksum that an approval is bound to: `basis`, or `figures` of drafts that have none.
#[must_use]
pub const fn approved_sum<'s>(figures: &'s str, basis: &'s str) -> &'s str {
    if basis.is_empty() { figures } else { basis }
}

/// The settings of scores, as a draft used them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSettings {
    /// SHA-256 of their text, in hexadecimal.
    pub sha256: String,
    /// Their text: [`Scoring`](super::scoring::Scoring) as JSON, packed with zstd, in base64.
    pub text: String,
}

/// What was not settled of a month when its draft was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Unsettled {
    /// Mail that came in the month waits to be decided.
    MailWaits,
    /// These mailboxes have not been read past the month's end.
    Unread {
        /// Which.
        mailboxes: Vec<MailboxName>,
    },
    /// So many requests of the list's queues were to end by themselves, and have not.
    Ending {
        /// How many.
        count: i64,
        /// The first of them, by queue; none: it was not kept which.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        tickets: BTreeMap<QueueName, Vec<TicketNumber>>,
    },
    /// So many requests of the list's queues have a promise that fell due in it, and is not judged.
    Unjudged {
        /// How many.
        count: i64,
        /// The first of them, by queue; none: it was not kept which.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        tickets: BTreeMap<QueueName, Vec<TicketNumber>>,
    },
}

/// The figures of a payroll list's month as they were at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollDraft {
    /// Which draft of the month, from 1.
    pub number: u32,
    /// The month's first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// The last event that it knows of.
    pub upto: EventSeq,
    /// The hash of that event: all of history up to there.
    pub head_hash: String,
    /// Of the figures' bytes.
    pub sha256: String,
    /// The figures: a line a figure, and a line an adjustment of a closed month; packed with zstd, in base64.
    pub figures: String,
    /// Figures of approved months as they had become, told instead of adjustments: drafts of earlier programs have them, no
    /// newer one does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub restated: String,
    /// By which version of the definitions they were counted (docs/events.md).
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub definitions: u32,
    /// The zone by whose midnights; `None`: the draft was made before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// What has changed in closed months of the list after this event is carried here, as adjustments; `None`: no month of it
    /// was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<EventSeq>,
    /// The same of queues whose closed months were told up to another event: they came from another list. And of queues
    /// of other lists whose people stood in one row with this one's in a closed month.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub since_of: BTreeMap<QueueName, Option<EventSeq>>,
    /// Queues that no list has any more: changes of their closed months are carried here, and nothing else of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<QueueName>,
    /// The version of the settings that the scores follow; empty: the draft was made before that was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scores: String,
    /// These settings themselves; `None`: the draft was made before they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<DraftSettings>,
    /// The rows of the accountants' file, by agents instead of their names: `whose;period;indicator;value`, where `whose` is
    /// `queue/agent`, or several of them with `+`; packed with zstd, in base64. Empty: the draft was made before they were kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rows: String,
    /// By which rules they were made, see [`ROWS`].
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub rules: u32,
    /// What was not settled of the month: approving freezes it so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsettled: Vec<Unsettled>,
    /// Agents without an employee number: there is no file that anybody could be paid by.
    pub nameless: Vec<AgentName>,
    /// What accountants get once it is approved.
    pub pay: Option<PayFile>,
    /// Who approves what.
    pub parts: Vec<DraftPart>,
}

/// What a list was when a month of it was closed, but for whose figures it has: its file goes where it was approved to go,
/// whatever the configuration says of the list by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptList {
    /// What people called it.
    pub title: String,
    /// The file was promised for the so-manieth working day of the next month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_day: Option<u32>,
    /// Or for that day of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<u32>,
    /// How its files were written: `xlsx`, `csv-utf8` or `csv-1251`.
    pub format: String,
    /// The language of their columns.
    pub columns: Language,
    /// The language of its letters.
    pub language: Language,
    /// Who might approve in a head's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<AgentName>,
}

/// What has happened to a month of a payroll list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum PayrollFact {
    /// There is a draft. Private: the bytes of the accountants' file, in base64.
    Drafted(Box<PayrollDraft>),
    /// A head approves their part of it.
    Approved {
        /// Of which draft.
        draft: u32,
        /// Whose part.
        approver: AgentName,
        /// Who says so: the head, or the deputy.
        by: AgentName,
        /// Of the part's figures.
        sha256: String,
        /// Of everything that was approved, see [`DraftPart::basis`].
        #[serde(default, skip_serializing_if = "String::is_empty")]
        basis: String,
        /// The administrator says so at the terminal, in the head's place. Private: the reason.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_terminal: bool,
    },
    /// All of it is approved: this draft is what people are paid by, for ever. Private: the accountants' addresses, as JSON.
    Frozen {
        /// Which draft.
        draft: u32,
        /// Which version of the file.
        version: u32,
        /// What was not settled of the month, and was said in the draft.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unsettled: Vec<Unsettled>,
        /// The list as it was; `None`: it was closed before that was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<Box<KeptList>>,
    },
    /// Heads who have not answered were reminded.
    Reminded,
    /// The accountants were told whose approval is missing.
    Awaited,
    /// The accountants were sent the file. Private: what each employee comes to, as the letter with it says.
    Sent {
        /// Which version.
        version: u32,
    },
    /// They were sent the same file once more.
    Resent {
        /// Which version.
        version: u32,
    },
    /// One of them has it.
    Received,
    /// A mail in a head's name orders something, and nothing proves that it is theirs: they were asked.
    Unproven {
        /// The mail.
        raw: RawId,
        /// In whose name.
        by: AgentName,
    },
    /// A head says why an indicator is what it is. Private: why.
    Explained {
        /// Who.
        by: AgentName,
        /// Which, by its code: `SLA_STD`.
        figure: String,
    },
    /// An answer in a head's name has led to nothing, and they were told why: not again and again, since programs answer, too.
    NotTaken {
        /// In whose name.
        by: AgentName,
        /// Why.
        why: NotTaken,
        /// Which draft it is an answer to; of a question whether a mail is theirs, which mail.
        about: i64,
    },
    /// They have said whether it is.
    OwnWord {
        /// The mail.
        raw: RawId,
        /// Who.
        by: AgentName,
        /// It is.
        is_own: bool,
    },
}

/// Something that has happened to a month of a payroll list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollEvent {
    /// Which list.
    pub list: PayrollName,
    /// Which month: `2026-10`.
    pub period: String,
    /// What.
    pub fact: PayrollFact,
}
