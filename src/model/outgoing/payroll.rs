//! Letters about a month that people are paid by: to the heads who approve it, to the accountants who pay.

mod files;
mod lacking;
mod not_done;
mod note;
mod replaced;

use serde::{Deserialize, Serialize};

use super::{chart::ChartShown, director::FigureShown, hints::HintsShown, parts::When};
use crate::model::address::Address;

pub use files::MadeFile;
pub use lacking::{PayrollLacking, PayrollSpread};
pub use not_done::{PayrollElsewhere, PayrollNotDone};
pub use note::PayrollNote;
pub use replaced::PayrollReplaced;

/// What a head is asked to approve, or what an answer to that came to (T18).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is said for itself")]
pub struct PayrollLetter {
    /// What it is, as a code: `draft`; `redraft`, it takes the place of an earlier one; `reminder`; `answer`; `sent`, it was
    /// approved, and the accountants have their file; `asked`, one of them asks something; `confirm`, whether a mail with
    /// orders is the reader's; `confirm_over`, that it is too late to say so; `confirm_many`, that so many such mails wait for their word
    /// already; `foreign`, somebody else has answered a letter of theirs; `silence`, the director is told that heads have
    /// not answered; `overdue`, that the accountants have no file on its day.
    pub what: String,
    /// The list's title.
    pub list: String,
    /// The month: `2026-10`.
    pub period: String,
    /// Which draft.
    pub number: u32,
    /// What names this letter in a subject: `[kpi:it/2026-10/1:k7q4m2p9s1]`.
    pub code: String,
    /// Where the answer goes.
    pub address: Option<Address>,
    /// The instant it is the state of.
    pub cut_at: Option<When>,
    /// The last event that it knows of.
    pub upto: i64,
    /// The hash of that event.
    pub head_hash: String,
    /// When accountants are promised the file.
    pub day: Option<When>,
    /// A line an employee.
    pub lines: Vec<PayrollLine>,
    /// So many requests are open and not judged yet: they are in no share.
    pub unjudged: i64,
    /// Until when what was solved in the month may still come back; `None`: it cannot any more, or it is no draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_on: Option<When>,
    /// Agents without an employee number.
    pub nameless: Vec<String>,
    /// What has changed since the draft before: whose, which figure, before, now.
    pub changed: Vec<PayrollChange>,
    /// How many more there are, in the file that comes along.
    #[serde(default)]
    pub changed_more: u64,
    /// What has changed in approved months since it was last told.
    pub restated: Vec<PayrollChange>,
    /// How many more there are, in the file that comes along.
    #[serde(default)]
    pub restated_more: u64,
    /// Indicators that nobody has data of.
    #[serde(default)]
    pub lacking: Vec<PayrollLacking>,
    /// Whose weights are spread for want of data.
    #[serde(default)]
    pub spread: Vec<PayrollSpread>,
    /// What of the month is not settled, in words: approving freezes it so.
    #[serde(default)]
    pub unsettled: Vec<String>,
    /// The settings that scores follow; `None`: the draft was made before they were kept.
    #[serde(default)]
    pub settings: Option<SettingsShown>,
    /// Coefficients that are others than in the draft before: whose, before, now.
    #[serde(default)]
    pub paid: Vec<PayrollChange>,
    /// What is said of whose figures these are.
    #[serde(default)]
    pub notes: Vec<PayrollNote>,
    /// Of what was sent: when it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<When>,
    /// Of what was sent: the name of the accountants' file.
    #[serde(default)]
    pub sent: String,
    /// Of that file's bytes.
    #[serde(default)]
    pub sha256: String,
    /// What was reached of what is aimed at, with reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aims: Vec<FigureShown>,
    /// What else there is to look at.
    #[serde(default)]
    pub hints: Option<HintsShown>,
    /// Charts of the draft, where they are wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charts: Vec<ChartShown>,
    /// Of a question: the accountant who asks; the answer goes there.
    #[serde(default)]
    pub asker: Option<Address>,
    /// Of a question, and of `foreign`: who has written, where that is not whose letter it was.
    #[serde(default)]
    pub written_by: Option<Address>,
    /// Of `confirm`: the names of the files that came with the mail.
    #[serde(default)]
    pub came_with: Vec<String>,
    /// Of these, those that figures would be taken from.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Of a question: files of theirs that are too large to go along.
    #[serde(default)]
    pub files_left_out: Vec<String>,
    /// Of a question: their words; of `confirm`, what the mail says.
    #[serde(default)]
    pub asked: String,
    /// Why indicators are what they are, as the reader or whoever stands in has said: the code, and why.
    #[serde(default)]
    pub reasons: Vec<(String, String)>,
    /// Names of the files that come along.
    pub files: Vec<String>,
    /// Letters that their encoding lacks, by file.
    #[serde(default)]
    pub replaced: Vec<PayrollReplaced>,
    /// It is about the month of a queue that no list pays by: reasons alone may be said.
    #[serde(default)]
    pub is_month: bool,
    /// There is a page for the director, where reasons stand as well.
    #[serde(default)]
    pub has_page: bool,
    /// Of an answer that names an indicator which there is not: the codes of those that there are.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Of an answer: the lines that were carried out, as written.
    pub done: Vec<String>,
    /// Of an answer: those that were not.
    pub not_done: Vec<PayrollNotDone>,
    /// Of an answer: those that were carried out in this head's queues alone, since the request counts elsewhere, too.
    #[serde(default)]
    pub partly: Vec<PayrollNotDone>,
    /// Of an answer: whether it says why indicators are what they are, and corrects nothing.
    #[serde(default)]
    pub is_explained: bool,
    /// Of an answer: whether this head's part is approved now.
    pub is_approved: bool,
    /// Of an answer: whether all of it is, and the month closed.
    pub is_closed: bool,
    /// It was approved at the terminal in this head's place: why, in the administrator's words.
    #[serde(default)]
    pub at_terminal: String,
    /// Of an answer: whether the accountants were sent their file once more.
    #[serde(default)]
    pub is_resent: bool,
    /// Whose approval is missing besides.
    pub waits_for: Vec<String>,
    /// Why there is no file, where not for a missing approval, as a code: `nameless`, `balance`. Of a new draft: `people`, those who
    /// are paid, or what they are called, are others than before, and nothing else is; `shared`, another head has corrected a figure of somebody whom both approve, and in
    /// this reader's queues nothing is another.
    #[serde(default)]
    pub why: String,
}

/// The settings of scores that a draft follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsShown {
    /// Their version: a paper.
    pub version: String,
    /// Of their text.
    pub sha256: String,
    /// Whether the draft before followed others.
    pub is_other: bool,
    /// The version of those.
    pub version_before: String,
    /// Of their text; empty: it was not kept.
    pub sha256_before: String,
}

/// The figures of one employee, as a letter shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollLine {
    /// Who.
    pub name: String,
    /// Their employee number; empty where it is not known.
    pub number: String,
    /// Requests solved.
    pub solved: i64,
    /// Promises of a solution that were judged.
    pub judged: i64,
    /// Of these, those kept.
    pub met: i64,
    /// Their mean rating; empty where nobody has rated.
    pub rating: String,
    /// How many have.
    pub rated: i64,
    /// What the indicators come to, by their weights; empty where there is no data.
    pub score: String,
    /// The codes of indicators that there is no data of for this employee and is for others; not told where there is none of any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
}

/// A figure that is another now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollChange {
    /// Whose: the agent's name, or the queue's.
    pub whose: String,
    /// Which month, where it is not the letter's own.
    pub period: String,
    /// Which figure.
    pub figure: String,
    /// What it was: `12`, `11/12`.
    pub before: String,
    /// What it is.
    pub now: String,
}

/// What accountants are sent, or told (T19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayFileLetter {
    /// The list's title.
    pub list: String,
    /// The month: `2026-10`.
    pub period: String,
    /// What names this letter in a subject.
    pub code: String,
    /// Whether there is no file, and the letter says why.
    #[serde(default)]
    pub is_missing: bool,
    /// Why, as a code: `nameless`, employees have no numbers; `balance`, its sums do not close; empty: an approval is missing.
    #[serde(default)]
    pub why: String,
    /// Whose approval is missing.
    pub waits_for: Vec<String>,
    /// The file's name.
    pub file: String,
    /// Which version of it.
    pub version: u32,
    /// What each employee comes to, to look at.
    #[serde(default)]
    pub people: Vec<PayrollLine>,
    /// The version of the settings that the scores follow.
    #[serde(default)]
    pub scores: String,
    /// How many rows.
    pub rows: u64,
    /// The sum of each indicator's values.
    pub sums: Vec<(String, String)>,
    /// Of the file's bytes.
    pub sha256: String,
    /// Letters that the file's encoding lacks.
    #[serde(default)]
    pub replaced: Vec<PayrollReplaced>,
    /// Of all of history that it rests on.
    pub head_hash: String,
    /// Who has approved it.
    pub approved_by: Vec<String>,
    /// When the last of them did.
    pub approved_at: Option<When>,
    /// Whether it is the same file once more.
    #[serde(default)]
    pub is_again: bool,
    /// What has changed in months that were paid by already; once more it is not told.
    pub restated: Vec<PayrollChange>,
    /// How many more there are, in the file that comes along.
    #[serde(default)]
    pub restated_more: u64,
    /// What is said of closed months that are adjusted; once more it is not told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<PayrollNote>,
    /// The codes of indicators that nobody has data of; once more it is not told.
    #[serde(default)]
    pub lacking: Vec<String>,
    /// For how many employees some of the weights are spread.
    #[serde(default)]
    pub spread: u64,
}
