//! A queue, as far as decisions go.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{
    Alarms, Allow, Asking, ChainLink, ClassChange, DistributionPolicy, RemindedHeads, Reopened,
    ReviewPolicy, Transferred, defaults,
};
use crate::{
    desk::{
        calendar::Calendar,
        command::{Verb, Wish},
        urgency::Urgency,
    },
    model::{
        address::Address,
        classification::RequestClass,
        distribution::Method,
        ids::{AgentName, DepartmentName, MailboxName},
        language::Language,
        promise::Promises,
    },
};

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
    /// Which heads hear at these of its [`Self::reminders`] as well.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reminder_heads: BTreeMap<u32, RemindedHeads>,
    /// What becomes of the promise of a solution when a solved ticket comes back.
    #[serde(default)]
    pub reopened: Reopened,
    /// How late each step of the chain hears of what is late, in seconds of business time; the last counts for all further
    /// ones, and empty: nobody does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalate_after: Vec<i64>,
    /// Who hears of what is late instead, one after the other, where a class has a chain of its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub chains: BTreeMap<RequestClass, Vec<ChainLink>>,
    /// Of which department it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentName>,
    /// What becomes of the promises of a ticket that another queue hands over.
    #[serde(default)]
    pub transferred: Transferred,
    /// How another promise takes over from the one in force.
    #[serde(default)]
    pub class_change: ClassChange,
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
    /// Who decides while the head is away. They need not serve it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<AgentName>,
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
    /// When whoever decides for it is told how it stands.
    #[serde(default)]
    pub alarms: Alarms,
    /// When its regular letters come; `None`: there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewPolicy>,
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
            Verb::Approve
                | Verb::Reject
                | Verb::Publish
                | Verb::Discard
                | Verb::Distribution
                | Verb::Exclude
                | Verb::Include
                | Verb::Limit
                | Verb::DayOff
        );
        if is_for_head {
            return self.head.is_some();
        }
        // Where the head says who, there is a word for it.
        let is_needed = verb == Verb::Assign && self.distribution.method == Method::Manual;
        is_needed || !verb.form().is_extra || self.commands.contains(&verb)
    }
}
