//! Orders: what a decision wants done to things that already wait, mails in the outbox and work in quarantine. An order
//! is part of the decision and carried out in the transaction that writes it.
//!
//! Nobody can know beforehand which mails of an order have just been taken to be sent: those are left alone. What an
//! order came to is told afterwards, as a cause of its own ([`CarriedOut`]), and becomes an event.

use serde::{Deserialize, Serialize};

use crate::model::{
    event::{Actor, Role, Trust},
    ids::{AgentName, DecisionId, DeliveryId, MessageRow, QueueName, RawId, TicketNumber, WorkId},
    outgoing::{FactsAsked, MailAct, ReportAsked},
};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Something to mails.
    Mail(MailOrder),
    /// Quarantined work is tried once more.
    ReleaseWork(WorkId),
    /// Quarantined work is never tried again; a raw mail stays.
    DiscardWork(WorkId),
    /// A stored mail is decided on once more.
    TakeAgain {
        /// The mail.
        raw: RawId,
        /// Why.
        again: Again,
    },
    /// A stored mail loses its bytes at once: it is one of somebody's who is erased and has come once more, or has come to their
    /// request since, and may quote it.
    ForgetMail(RawId),
    /// A file of figures from outside is read, and then taken or refused.
    ReadFacts(Box<FactsAsked>),
    /// Figures are counted, and then told.
    Report(Box<ReportAsked>),
    /// A draft article is kept until the head has said a word.
    KeepArticle {
        /// Of which ticket; a new one takes the place of the last.
        ticket: TicketNumber,
        /// The file that it may become.
        file: String,
        /// What is in it.
        content: String,
    },
    /// It becomes a file of the knowledge base.
    ApproveArticle {
        /// Of which ticket.
        ticket: TicketNumber,
    },
}

/// Why a mail is taken once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "again", rename_all = "snake_case")]
pub enum Again {
    /// It was shown for information, and this agent makes a ticket of it.
    Offered {
        /// Who.
        agent: AgentName,
    },
    /// It was kept as a note; now its author has confirmed it.
    Confirmed(Confirmed),
    /// An agent brought it for somebody; now it is known for whom.
    Brought {
        /// Where it stands.
        place: Confirmed,
        /// Whether its author has confirmed it: an answer says so, silence does not.
        is_confirmed: bool,
    },
    /// An agent wanted to ask another department; now whoever decides has agreed.
    Escalated {
        /// Where it stands.
        place: Confirmed,
        /// Which department.
        queue: QueueName,
    },
    /// It answers agents of another department, and one of them sends it on to the requester.
    SentOn {
        /// The ticket of those who asked.
        to: TicketNumber,
        /// The ticket that it answers.
        of: TicketNumber,
        /// Who sends it on.
        agent: AgentName,
    },
    /// It orders something about what people are paid by; now its author, a head, has confirmed it.
    OwnOrder,
    /// The administrator has let it out of quarantine: nothing puts it back there.
    Released,
}

/// Where a mail stands that its author has confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// The ticket it was kept in.
    pub ticket: TicketNumber,
    /// The place it has there.
    pub message: MessageRow,
}

/// What is to be done to mails that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailOrder {
    /// What.
    pub act: MailAct,
    /// To which.
    pub which: Which,
    /// Who orders it.
    pub by: OrderedBy,
}

/// Mails that wait, a delivery each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All that the fuse holds.
    HeldByFuse,
    /// All that wait for a later try.
    Waiting,
    /// One recipient of one mail.
    Delivery(DeliveryId),
    /// The mail of this dedupe key, all recipients: a reminder that something has overtaken.
    Mail(String),
    /// All mails of a decision: it is taken back.
    Decision(DecisionId),
    /// What a decision wrote about one ticket: that part of it is taken back.
    OfTicket(DecisionId, TicketNumber),
}

/// Who orders something, and why: kept until it is known what the order came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderedBy {
    /// Who.
    pub actor: Actor,
    /// In which capacity.
    pub role: Role,
    /// How far they were believed.
    pub trust: Trust,
    /// In which ticket; `None`: the order concerns the house.
    pub ticket: Option<TicketNumber>,
    /// Why: a reason's code.
    pub reason: String,
}

/// What an order about mails came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedOut {
    /// What was ordered.
    pub act: MailAct,
    /// Who ordered it.
    pub by: OrderedBy,
    /// What one decision wrote about a ticket was to be stopped: that part of it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_ticket: Option<(DecisionId, TicketNumber)>,
    /// How many deliveries it was done to.
    pub count: u64,
    /// Those it came too late for: being sent, sent, or perhaps sent.
    pub too_late: Vec<DeliveryId>,
}

impl CarriedOut {
    /// The part of a decision that was taken back although mail of it had been handed over: in the instant between
    /// looking and stopping it.
    #[must_use]
    pub fn overtaken(&self) -> Option<(DecisionId, TicketNumber)> {
        let is_late = self.act == MailAct::Cancel && !self.too_late.is_empty();
        self.of_ticket.filter(|_| is_late)
    }
}
