//! A mail as [`crate::mail::read`] understands it: the facts that rules, threading and people use.
//!
//! [`IncomingMessage`] serialises to the object that `okno read --json` prints: missing is `null`, ids stand without
//! brackets, dates are RFC 3339 with the offset the sender wrote, sizes and sums are of decoded content.

use serde::{Deserialize, Serialize};

pub use super::meeting::{Calendar, Occasion, Participant};
use super::{address::NamedAddress, ids::MessageId, language::Language};

/// What sort of mail this is, first match wins (DOMAIN 4.2).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Written by a person, as far as anything shows.
    #[default]
    Human,
    /// An out-of-office notice, another desk's acknowledgement, any machine's answer (RFC 3834).
    AutoReply,
    /// A mail of ours, or somebody's, that could not be delivered (RFC 3464 and older forms).
    Bounce,
    /// Not delivered yet, still tried.
    DelayNotice,
    /// A disposition notification (RFC 8098).
    ReadReceipt,
    /// An abuse or authentication report (RFC 5965, 7489).
    FeedbackReport,
    /// "Prove that you are human", from a challenge-response filter.
    Challenge,
    /// Came through a mailing list (RFC 2919).
    List,
    /// Newsletters and other mass mail.
    Bulk,
    /// A meeting invitation or an answer to one (RFC 5546).
    Calendar,
}

/// A mail, understood. Every field is best effort: content is never an error but an entry of `oddities`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct IncomingMessage {
    /// What sort of mail.
    pub kind: Kind,
    /// Whether an automatic answer may go out (RFC 3834, section 2); the reasons against are in `auto_reasons`.
    pub answer_automatically: bool,
    /// Why this counts as automatic, or why it must not be answered automatically: codes such as `null_return_path`,
    /// `auto_submitted`, `list_headers`, `precedence`, `auto_response_suppress`, `no_reply_sender`.
    pub auto_reasons: Vec<String>,
    /// The author; the first where there are several (then `multiple_from` is among the oddities).
    pub from: Option<NamedAddress>,
    /// `Sender`, where given.
    pub sender: Option<NamedAddress>,
    /// `To`, groups flattened.
    pub to: Vec<NamedAddress>,
    /// `Cc`, groups flattened.
    pub cc: Vec<NamedAddress>,
    /// `Reply-To`, groups flattened.
    pub reply_to: Vec<NamedAddress>,
    /// `Return-Path` without brackets: the empty text is the null path, `None` is no such header.
    pub return_path: Option<String>,
    /// `Delivered-To`, `X-Original-To`, `Envelope-To`, `Resent-To`: where the servers say it went.
    pub delivered_to: Vec<String>,
    /// The decoded subject, one line, nothing stripped.
    pub subject: Option<String>,
    /// The sender's `Date` as RFC 3339 with its offset; `None` where missing or senseless.
    pub date: Option<String>,
    /// The mail's own Message-ID.
    pub message_id: Option<MessageId>,
    /// `In-Reply-To`, every id in it; of a receipt that has none, the mail that it says was read.
    pub in_reply_to: Vec<MessageId>,
    /// `References`, oldest first.
    pub references: Vec<MessageId>,
    /// Outlook's `Thread-Index`, as written.
    pub thread_index: Option<String>,
    /// The list's id of `List-Id`, without brackets.
    pub list_id: Option<String>,
    /// The language of the new text.
    pub language: Option<Language>,
    /// The whole readable text, best of plain and HTML, line ends `\n`; below it what mails attached whole say, and what
    /// a meeting is about where the text does not say so.
    pub text: Option<String>,
    /// What the person has just written: no quote, no signature. The whole text where nothing would be left.
    pub reply: Option<String>,
    /// The signature below the reply.
    pub signature: Option<String>,
    /// What was forwarded.
    pub forwarded: Option<Forwarded>,
    /// Everything that is not the text.
    pub attachments: Vec<Attachment>,
    /// A meeting, summed up.
    pub calendar: Option<Calendar>,
    /// Signed or encrypted in which way: `pgp_signed`, `pgp_encrypted`, `smime_signed`, `smime_encrypted`,
    /// `smime_certificates` (only certificates), `rights_protected` (Microsoft's rights management).
    pub security: Vec<String>,
    /// Every `Authentication-Results` value, unfolded, topmost first (RFC 8601). Whom to believe is not decided here.
    pub authentication: Vec<String>,
    /// What a bounce or a delay notice says.
    pub bounce: Option<Bounce>,
    /// What was broken or unusual: codes such as `empty`, `no_headers`, `charset_guessed`, `tnef_broken`, `too_many_parts`.
    pub oddities: Vec<String>,
}

/// The oddity of a short mail that speaks of its author's absence and asks nothing, whoever has written it.
pub const ABSENCE_WORDS: &str = "absence_words";

/// The oddities that whoever acts on a mail should know before: who wrote it is doubtful, or not all of it was read.
pub const WORTH_TELLING: [&str; 23] = [
    "not_scanned",
    "scanned_in_part",
    "multiple_from",
    "no_from",
    "fetched_in_part",
    "too_large",
    "header_too_large",
    "too_many_parts",
    "too_deep",
    "too_many_addresses",
    "text_truncated",
    "html_truncated",
    "html_too_deep",
    "reader_panicked",
    "too_slow",
    "charset_guessed",
    "boundary_guessed",
    "boundary_not_closed",
    "header_broken",
    "no_headers",
    "tnef_broken",
    "archive_locked",
    "archive_unread",
];

/// The original mail inside a forwarding one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forwarded {
    /// Who wrote the original.
    pub from: Option<NamedAddress>,
    /// To whom.
    pub to: Vec<NamedAddress>,
    /// With a copy to whom.
    pub cc: Vec<NamedAddress>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its date as it stands there.
    pub date: Option<String>,
    /// Its text.
    pub text: Option<String>,
    /// The covering note of the one who forwarded.
    pub note: Option<String>,
    /// Attached whole, it shows to be a machine's or a list's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_automatic: bool,
}

/// One part that is not the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file name, made safe (no path, control or bidi characters, at most 200 bytes). Where none was given, what the
    /// part says of itself: an enclosed mail's subject, the description, a word for its type; `None` where it says nothing.
    pub name: Option<String>,
    /// `type/subtype`, lower case.
    pub media_type: String,
    /// Size of the decoded content.
    pub bytes: u64,
    /// SHA-256 of the decoded content, hex.
    pub sha256: String,
    /// A picture shown inside the text (`Content-Disposition: inline` or referred to by its content id); documents that
    /// call themselves inline are files.
    pub inline: bool,
    /// The content id without brackets.
    pub content_id: Option<String>,
    /// The part's number, IMAP style (`1.2`).
    pub part: String,
    /// What is in it, where it is a zip archive, as documents of office programs are, too; otherwise not written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Archive>,
}

impl Attachment {
    /// Whether it is a table of a spreadsheet as text: CSV.
    #[must_use]
    pub fn is_table(&self) -> bool {
        let name = self.name.as_deref().unwrap_or_default().to_lowercase();
        self.media_type == "text/csv" || name.ends_with(".csv")
    }
}

/// What is in a zip archive, by its own list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// Names of files in it, made safe: one for each sort of ending.
    pub names: Vec<String>,
    /// Something in it is encrypted.
    pub is_locked: bool,
    /// The list could be read to its end.
    pub is_whole: bool,
}

/// What a delivery status notification says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// Whether another try may succeed (status class 4).
    pub temporary: bool,
    /// Each address it speaks of.
    pub recipients: Vec<BouncedRecipient>,
    /// Which mail it is about, without brackets.
    pub original_message_id: Option<MessageId>,
    /// What the mail was called towards the servers on its way (`Original-Envelope-Id`, RFC 3464, 2.2.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope_id: Option<String>,
}

/// One address of a bounce.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BouncedRecipient {
    /// The address that failed (`Final-Recipient`, RFC 3464, 2.3.2).
    pub address: String,
    /// The address that the mail was sent to, where that is another one, which leads to the one that failed
    /// (`Original-Recipient`, RFC 3464, 2.3.1): an alias, a forwarding.
    #[serde(default)]
    pub original: Option<String>,
    /// `failed`, `delayed`, ... (RFC 3464, 2.3.3).
    pub action: Option<String>,
    /// The enhanced status code, `5.1.1` (RFC 3463).
    pub status: Option<String>,
    /// What the other server said, one line.
    pub diagnostic: Option<String>,
}

/// A mail read: the facts, where its attachments lie in the raw bytes, and the marks only okno itself uses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The facts.
    pub message: IncomingMessage,
    /// For each of `message.attachments`, in order, where its content lies.
    pub places: Vec<Place>,
    /// Traces of other machines and of ourselves.
    pub marks: Marks,
    /// How many bytes the raw mail has, as it is stored; 0 in readings of before this was noted.
    #[serde(default)]
    pub size: u64,
}

/// Where a file's content lies in the raw mail. Attachments are never copied: this is how they are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First byte in the raw mail.
    pub offset: u64,
    /// Length in the raw mail, still encoded.
    pub length: u64,
    /// How it is encoded there.
    pub encoding: Encoding,
    /// Where within the decoded content, for a file inside a container such as `winmail.dat`; `None` is all of it, and
    /// is not written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Inside>,
}

/// Where a file lies within the decoded content of a part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// What the content is.
    pub container: Container,
    /// First byte in what the container holds.
    pub offset: u64,
    /// Length there, still encoded.
    pub length: u64,
    /// How it is encoded there.
    pub encoding: Encoding,
}

/// What holds files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// The content itself, byte by byte: `winmail.dat` (MS-OXTNEF).
    #[default]
    Plain,
    /// What a CMS signed-data signs (RFC 5652, 5.2), its pieces put together.
    Signed,
}

/// A content transfer encoding (RFC 2045, 6), or uuencode within a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// 7bit, 8bit, binary.
    #[default]
    Identity,
    /// base64.
    Base64,
    /// quoted-printable.
    QuotedPrintable,
    /// uuencode.
    Uuencode,
}

/// Traces in the header that only loop protection and threading look at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// Values of `X-Okno-Loop`: `instance; hop=n`, each okno the mail went through.
    pub okno_loop: Vec<String>,
    /// How many `Received` lines there are (more than 50 is a loop: RFC 5321, 6.3 speaks of 100).
    pub received: u32,
    /// How many addresses `From` names (more than one is suspicious).
    pub authors: u32,
    /// For each of [`IncomingMessage::authentication`], how many `Received` lines stand above it: the hops the mail
    /// made after that server had judged it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hops_above: Vec<u32>,
    /// Values of `X-MS-Exchange-Organization-AuthAs`: how Exchange took the mail in. Only where the site says that its
    /// servers keep it out from outside does it mean anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exchange_auth_as: Vec<String>,
}
