//! A mail to be sent, as values: what it says ([`body`]), to whom, in which conversation.
//! [`crate::mail::render`] makes words of [`Body`], [`crate::mail::write`] makes bytes of the whole.

pub mod body;
mod chart;
mod director;
mod duty;
mod escalation;
mod facts;
mod form;
mod found;
mod head;
mod hints;
mod late;
mod own;
mod parts;
mod payroll;
mod quarantine;
mod queue;
mod refusal;
mod report;
mod review;
mod said;
mod share;
mod template;
mod tried;
mod work;

pub use body::Body;
pub use chart::{ChartShown, DrawnChart, placed};
pub use director::{DepartmentShown, DirectorLetter, FigureShown, ReasonShown};
pub use duty::DutyLetter;
pub use escalation::{AskedBy, EscalationLetter};
pub use facts::{FactsAsked, FactsRead};
pub use form::{FieldView, FormList, FormView, MissingField, OfferedForm};
pub use found::{ArticleLetter, FoundArticles, FoundTicket, FoundTickets, ShownArticle};
pub use head::HeadLetter;
pub use hints::{
    AgentShare, CauseShown, ChoiceShown, FormFieldShown, FormShown, HintsShown, Topic, TrendShown,
};
pub use late::LateLetter;
pub use own::{SentMail, ToldClock, UndoneLetter, UndoneLine, WhyLetter};
pub use parts::{
    Bringer, Button, Candidate, Canned, CrossedAnswers, EarlierTicket, HandOver, HeldMail,
    HelpLine, HelpList, KindPart, LateShown, MissedShown, OriginQuestion, OwnTicket, PastTicket,
    QuarantinedItem, ShownCopy, TicketFacts, TranscriptLine, When,
};
pub use payroll::{
    MadeFile, PayFileLetter, PayrollChange, PayrollElsewhere, PayrollLacking, PayrollLetter,
    PayrollLine, PayrollNotDone, PayrollNote, PayrollReplaced, PayrollSpread, SettingsShown,
};
pub use queue::{PassportLetter, QueueLetter};
pub use report::{ReportAsked, ReportClosed, ReportCounted, ReportLetter, ReportLine};
pub use review::{
    AgentWeek, IdleRulesLetter, MonthlyLetter, PeriodShown, ReviewLine, ReviewList, WeeklyLetter,
};
pub use tried::{TriedLetter, TriedTicket};

pub use share::{AgentLoad, Given, Whom};

pub use quarantine::{QuarantineAnswer, QuarantineLetter};
pub use refusal::RefusalLetter;
pub use work::{OfferedMail, Overruled, WorkLine, WorkList, WorkListAnswer};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    address::{Address, NamedAddress},
    ids::{FormName, MailboxName, MessageId, MessageRow, PersonId, QueueName, RawId, TicketNumber},
    language::Language,
    message::Place,
    ticket::Side,
};

/// What sort of mail leaves: it decides on caps, on order in the outbox and on `Auto-Submitted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A person's words relayed. Never capped; carries no `Auto-Submitted`.
    Human,
    /// An acknowledgement, a card, a notice.
    Automatic,
    /// A file or a letter at a promised time.
    Report,
    /// For the administrator.
    Alarm,
}

impl Class {
    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Automatic => "automatic",
            Self::Report => "report",
            Self::Alarm => "alarm",
        }
    }
}

/// The value of `Auto-Submitted` (RFC 3834, section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoSubmitted {
    /// A person wrote it: no header, else auto-responders' peers would drop it.
    No,
    /// An answer to one mail.
    Replied,
    /// Nobody's answer: a card, a reminder, an alarm.
    Generated,
}

/// Words that a mail offers as whole answers: they count so in an answer to a mail that offered them (DOMAIN, decision 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// A resolution is confirmed, returned or rated: `да`, `нет`, `1` to `5`.
    Confirmation,
    /// A number from 0 to 10 says whether they would recommend us.
    Nps,
    /// `это помогло` closes it; and what [`Self::Wishes`] offers, if anything.
    Articles,
    /// Something is asked for: `статус`, `отменить` and what else the queue has switched on.
    Wishes,
}

/// What may be ordered of a mail that waits to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAct {
    /// It was held, and goes out.
    Release,
    /// It goes out only once it is released.
    Hold,
    /// It never goes out.
    Cancel,
    /// It is tried at once, even if it was given up.
    Retry,
}

impl MailAct {
    /// Everything that may be ordered.
    pub const ALL: [Self; 4] = [Self::Release, Self::Hold, Self::Cancel, Self::Retry];
}

/// Who gets a mail: an envelope recipient, and the person if known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The envelope address.
    pub address: Address,
    /// Who that is.
    pub person: PersonId,
    /// Where this one answers to, where that says who answers: a line that the courier writes above the stored bytes.
    pub reply_to: Option<Address>,
}

/// Where the attachments of a relayed mail come from: parts of a raw mail, copied when the bytes are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosures {
    /// The raw mail.
    pub raw: RawId,
    /// Its parts.
    pub parts: Vec<Enclosure>,
    /// Whose its words are, where its formatting goes along with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
}

/// Whose the words are that are passed on out of a raw mail: what of its HTML may go along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Words {
    /// An agent's own: nothing of what they were sent.
    Own,
    /// Somebody's, for agents to read.
    Shown,
}

/// One part to pass on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// The file name to show; always given, made up where the original had none.
    pub name: String,
    /// `type/subtype`.
    pub media_type: String,
    /// Where in the raw mail.
    pub place: Place,
    /// Of a picture, the content id under which the mail's HTML refers to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_id: Option<String>,
}

/// A mail to be sent. The decider makes it; it becomes bytes once, before it is stored, and those bytes are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMail {
    /// What this mail is, uniquely: a second mail with the same key is never stored.
    pub dedupe_key: String,
    /// What sort.
    pub class: Class,
    /// Whether the fuse counts it: automatic, and no fresh human mail under its sender's caps has caused it.
    pub counts_for_fuse: bool,
    /// Whether a copy of it is put into the mailbox's folder of sent mail once it has gone.
    pub keeps_copy: bool,
    /// Of which ticket.
    pub ticket: Option<TicketNumber>,
    /// On which side of its conversation.
    pub side: Option<Side>,
    /// The row it takes in the conversation.
    pub message: Option<MessageRow>,
    /// From which queue, for `X-Okno-Queue`.
    pub queue: Option<QueueName>,
    /// Whose relay and account send it: the mailbox's queue decides.
    pub mailbox: MailboxName,
    /// The language of its words.
    pub language: Language,
    /// `From`.
    pub from: NamedAddress,
    /// `MAIL FROM`; `None` is the null path.
    pub envelope_from: Option<Address>,
    /// `To`, visible.
    pub to: Vec<NamedAddress>,
    /// `Cc`, visible.
    pub cc: Vec<NamedAddress>,
    /// Who gets it.
    pub recipients: Vec<Recipient>,
    /// `Message-ID`.
    pub message_id: MessageId,
    /// What copies of one mail have in common, where every recipient gets one with an id of its own.
    pub copies_of: Option<String>,
    /// `In-Reply-To`.
    pub in_reply_to: Option<MessageId>,
    /// `References`, oldest first, the side's root among them.
    pub references: Vec<MessageId>,
    /// `Thread-Index`, where it belongs to a conversation: base64.
    pub thread_index: Option<String>,
    /// What its one reader can do with a tap.
    pub buttons: Vec<Button>,
    /// `List-Id`, where it goes to a group.
    pub list_id: Option<String>,
    /// `Auto-Submitted`.
    pub auto_submitted: AutoSubmitted,
    /// `X-Okno-Loop` hop count, one more than that of the mail it answers.
    pub hop: u32,
    /// What it says.
    pub body: Body,
    /// The words it offers.
    pub offers: Option<Offer>,
    /// What is passed on with it.
    pub enclosures: Option<Enclosures>,
    /// The forms whose files go along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form_files: Vec<FormName>,
    /// Files made for this mail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made_files: Vec<MadeFile>,
    /// Not to be sent before.
    pub not_before: Option<Timestamp>,
    /// Of no use after.
    pub expires_at: Option<Timestamp>,
}

/// Who a mail comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The mailbox whose relay sends it.
    pub mailbox: MailboxName,
    /// The name shown before the address.
    pub name: String,
    /// The mailbox's address: of `From` and of the envelope.
    pub address: Address,
}

impl OutgoingMail {
    /// The one way a mail begins: which it is, what sort, from whom, in which language, and what it says. It goes to
    /// nobody yet, answers nothing and belongs to no conversation; whoever makes it says what differs.
    #[must_use]
    pub fn new(
        (dedupe_key, message_id): (String, MessageId),
        class: Class,
        sender: Sender,
        language: Language,
        body: Body,
    ) -> Self {
        Self {
            dedupe_key,
            class,
            counts_for_fuse: false,
            keeps_copy: false,
            ticket: None,
            side: None,
            message: None,
            queue: None,
            mailbox: sender.mailbox,
            language,
            from: NamedAddress::new(&sender.name, &sender.address),
            envelope_from: Some(sender.address),
            to: Vec::new(),
            cc: Vec::new(),
            recipients: Vec::new(),
            message_id,
            copies_of: None,
            in_reply_to: None,
            references: Vec::new(),
            thread_index: None,
            buttons: Vec::new(),
            list_id: None,
            auto_submitted: AutoSubmitted::Generated,
            hop: 1,
            body,
            offers: None,
            enclosures: None,
            form_files: Vec::new(),
            made_files: Vec::new(),
            not_before: None,
            expires_at: None,
        }
    }
}
