//! The policy: everything of the configuration that decisions depend on, resolved. Stored with every decision.

mod agent;
mod allow;
mod asking;
mod chain;
mod defaults;
mod mailbox;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

pub use super::caps::Caps;
use super::{
    calendar::Calendar,
    command::{Verb, Wish},
    distribution::DistributionPolicy,
    forms::Forms,
    intake::IntakePolicy,
    rules::Rule,
    trust::TrustPolicy,
    urgency::Urgency,
};
use crate::model::{
    address::Address,
    distribution::Method,
    ids::{AgentName, DepartmentName, MailboxName, QueueName},
    language::Language,
    promise::Promises,
    ticket::Ticket,
};

pub use agent::AgentPolicy;
pub use allow::{Allow, Others};
pub use asking::{Asking, Through};
pub use chain::{DIRECTOR_AFTER_DAYS, DepartmentPolicy, ESCALATE_AFTER};
pub use defaults::{
    CROSSING_MINUTES, HANDOVER_DAYS, QUIET_DAYS, REMINDERS, REOPEN_DAYS, REPEAT_DAYS, Reopened,
    Transferred, UNREACHABLE_MINUTES, URGENCY_LIMIT,
};
pub use mailbox::{InCc, ListMail, MailboxPolicy, Mode, OnFull};

/// A queue, as far as decisions go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the configuration"
)]
pub struct QueuePolicy {
    /// The name people see.
    pub title: String,
    /// The prefix of its tags: 1 to 8 ASCII letters or digits, upper case.
    pub prefix: String,
    /// The mailbox it answers from.
    pub mailbox: MailboxName,
    /// Who answers.
    pub agents: Vec<AgentName>,
    /// The language of mails where the requester's is unknown, and of mails to agents.
    pub language: Language,
    /// When work is done and time counts.
    pub calendar: Calendar,
    /// By when requests are answered and solved, by class.
    #[serde(default)]
    pub promises: Promises,
    /// At how many of a hundred parts of a promise's time its agents are reminded, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<u32>,
    /// What becomes of the promise of a solution when a solved ticket comes back.
    #[serde(default)]
    pub reopened: Reopened,
    /// How late each step of the chain hears of what is late, in seconds of business time; the last counts for all further
    /// ones, and empty: nobody does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalate_after: Vec<i64>,
    /// Of which department it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentName>,
    /// What becomes of the promises of a ticket that another queue hands over.
    #[serde(default)]
    pub transferred: Transferred,
    /// After how many days with opening hours silence confirms a resolution.
    pub confirm_days: u32,
    /// After how many days with opening hours an answer without okno, with no word since, resolves its ticket.
    #[serde(default = "defaults::quiet_days")]
    pub quiet_days: u32,
    /// What its requests may be about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Why they may have come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// When its agents get their work lists, on days with opening hours; `None`: they get none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Time>,
    /// Whether clocks stand still while a third party is waited for. For the requester's answer they always do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pauses_on_hold: bool,
    /// A ticket closed within so many days is reopened by an answer; later the answer opens a new one.
    #[serde(default = "defaults::reopen_days")]
    pub reopen_days: u32,
    /// The commands its agents may give besides those that every desk needs.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub commands: BTreeSet<Verb>,
    /// An answer that crosses a colleague's of so many minutes before is held; 0: never.
    #[serde(default = "defaults::crossing_minutes")]
    pub crossing_minutes: u32,
    /// An address that all its agents read: what nobody is responsible for is sent there, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Address>,
    /// The agent who decides what its agents may not, and hears what needs a decision. They need not serve it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<AgentName>,
    /// Its agents may bring somebody's request: a mail they forward, or a call that they write down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub handover: bool,
    /// A forwarded mail older than so many days is asked about first; 0: however old it is, it is not.
    #[serde(default = "defaults::handover_days")]
    pub handover_days: u32,
    /// Acknowledgements show articles of the knowledge base that surely are the answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kb_hits: bool,
    /// How many of a hundred requesters are asked a quarter whether they would recommend us.
    #[serde(default)]
    pub nps: u32,
    /// What is in its tickets nobody else is shown, whatever else they serve.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    /// What requesters may ask for by one word.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub wishes: BTreeSet<Wish>,
    /// Words that raise a new request to urgent; `None`: none do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// So many requests of one requester become urgent in a month, however they ask for it.
    #[serde(default = "defaults::urgency_limit")]
    pub urgency_limit: u32,
    /// Who may write; `None`: everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow: Option<Allow>,
    /// A new ticket is compared with those that go on and those that ended within so many days; 0: with none.
    #[serde(default = "defaults::repeat_days")]
    pub repeat_days: u32,
    /// A confirmed repeat is not solved before somebody has said why it came.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeat_needs_cause: bool,
    /// What its agents may ask of other queues, and how it is asked.
    #[serde(default)]
    pub asking: Asking,
    /// How its new tickets are shared out.
    #[serde(default)]
    pub distribution: DistributionPolicy,
}

impl QueuePolicy {
    /// What names its group in mail (RFC 2919): `it.okno.uni.test`.
    #[must_use]
    pub fn list_id(&self, domain: &str) -> String {
        format!("{}.okno.{domain}", self.prefix.to_lowercase())
    }

    /// Whether its requesters may say that something is urgent, which is counted.
    #[must_use]
    pub fn counts_urgency(&self) -> bool {
        self.urgency.is_some() || self.wishes.contains(&Wish::Urgent)
    }

    /// Whether its agents may give this command.
    #[must_use]
    pub fn is_on(&self, verb: Verb) -> bool {
        // Where nobody decides, nobody can.
        let is_for_head = matches!(
            verb,
            Verb::Approve | Verb::Reject | Verb::Publish | Verb::Discard
        );
        if is_for_head {
            return self.head.is_some();
        }
        // Where the head says who, there is a word for it.
        let is_needed = verb == Verb::Assign && self.distribution.method == Method::Manual;
        is_needed || !verb.form().is_extra || self.commands.contains(&verb)
    }
}

/// The whole policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Who is told when something needs a hand.
    pub administrator: Address,
    /// The language of letters to the administrator.
    pub language: Language,
    /// The IANA zone in which the administrator's letters give times.
    pub zone: String,
    /// The mailboxes.
    pub mailboxes: BTreeMap<MailboxName, MailboxPolicy>,
    /// The queues.
    pub queues: BTreeMap<QueueName, QueuePolicy>,
    /// The agents.
    pub agents: BTreeMap<AgentName, AgentPolicy>,
    /// The departments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub departments: BTreeMap<DepartmentName, DepartmentPolicy>,
    /// The agent who hears of emergencies that are late, and of what is late for days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub director: Option<AgentName>,
    /// For how many.
    #[serde(default = "chain::director_after_days")]
    pub director_after_days: u32,
    /// The request forms.
    #[serde(default, skip_serializing_if = "Forms::is_empty")]
    pub forms: Forms,
    /// The caps.
    pub caps: Caps,
    /// What becomes of which new mail, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What keeps a mail from being taken.
    #[serde(default)]
    pub intake: IntakePolicy,
    /// What the site says of its mail servers and domains.
    #[serde(default)]
    pub trust: TrustPolicy,
    /// There is a knowledge base, into which articles may be written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_knowledge: bool,
    /// A mailbox that cannot be read for so many minutes is not waited for any longer by what falls due.
    #[serde(default = "defaults::unreachable_minutes")]
    pub unreachable_minutes: u32,
    /// The largest sum of attachments that is passed on, in decoded bytes; what is more is named, not sent.
    pub relay_bytes_max: u64,
}

impl Policy {
    /// The mailbox that answers under this address, aliases and `+detail` included.
    #[must_use]
    pub fn mailbox_of(&self, address: &Address) -> Option<&MailboxName> {
        let plain = address.without_detail();
        self.mailboxes
            .iter()
            .find(|(_, mailbox)| {
                std::iter::once(&mailbox.address)
                    .chain(&mailbox.aliases)
                    .chain(&mailbox.former)
                    .any(|own| *own == plain || own == address)
            })
            .map(|(name, _)| name)
    }

    /// The agent who writes from this address.
    #[must_use]
    pub fn agent_of(&self, address: &Address) -> Option<&AgentName> {
        self.agents
            .iter()
            .find(|(_, agent)| agent.address == *address || agent.aliases.contains(address))
            .map(|(name, _)| name)
    }

    /// The agent somebody means who writes a name from the configuration, an address, or the name people see.
    #[must_use]
    pub fn agent_named(&self, words: &str) -> Option<&AgentName> {
        let words = words.trim().to_lowercase();
        let by_address = Address::parse(&words).ok();
        let by_address = by_address.and_then(|address| self.agent_of(&address));
        by_address.or_else(|| {
            let is_meant = |(name, agent): &(&AgentName, &AgentPolicy)| {
                name.as_str().to_lowercase() == words || agent.name.to_lowercase() == words
            };
            self.agents.iter().find(is_meant).map(|(name, _)| name)
        })
    }

    /// The queue a ticket is in. One that was renamed is found by the ticket's mailbox; where that is gone too, any
    /// answers rather than none.
    #[must_use]
    pub fn queue_of(&self, ticket: &Ticket) -> Option<&QueuePolicy> {
        let of_mailbox = || {
            let mailbox = self.mailboxes.get(&ticket.mailbox)?;
            self.queues.get(&mailbox.queue)
        };
        let own = self.queues.get(&ticket.queue);
        own.or_else(of_mailbox)
            .or_else(|| self.queues.values().next())
    }

    /// Whether all agents of a queue read this address.
    #[must_use]
    pub fn is_group(&self, address: &Address) -> bool {
        let mut queues = self.queues.values();
        queues.any(|queue| queue.group.as_ref() == Some(address))
    }

    /// Whether what is in the tickets of a queue is for its own agents alone. One that is not configured any more may have
    /// been, where any is.
    #[must_use]
    pub fn is_confidential(&self, queue: &QueueName) -> bool {
        match self.queues.get(queue) {
            Some(queue) => queue.confidential,
            None => self.queues.values().any(|queue| queue.confidential),
        }
    }

    /// Whether two tickets may be shown together: in one queue, or in queues of which none is confidential.
    #[must_use]
    pub fn may_meet(&self, one: &QueueName, other: &QueueName) -> bool {
        one == other || !self.is_confidential(one) && !self.is_confidential(other)
    }

    /// Whether it is an agent's, a group's or the administrator's.
    #[must_use]
    pub fn is_staff(&self, address: &Address) -> bool {
        self.agent_of(address).is_some() || self.is_group(address) || self.administrator == *address
    }

    /// How many automatic mails this address may get, an hour and a day.
    #[must_use]
    pub fn caps_of(&self, address: &Address) -> (u32, u32) {
        match self.is_staff(address) {
            true => (self.caps.staff_hour, self.caps.staff_day),
            false => (self.caps.requester_hour, self.caps.requester_day),
        }
    }
}
