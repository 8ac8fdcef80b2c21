//! The policy: everything of the configuration that decisions depend on, resolved. Stored with every decision.

mod agent;
mod alarms;
mod allow;
mod asking;
mod chain;
mod defaults;
mod distribution;
mod intake;
mod mailbox;
mod named;
mod payroll;
mod queue;
mod review;
mod targets;
mod unit;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use super::caps::Caps;
use super::{forms::Forms, rules::Rule, trust::TrustPolicy};
use crate::model::{
    address::Address,
    ids::{AgentName, DepartmentName, MailboxName, PayrollName, QueueName},
    language::Language,
    ticket::Ticket,
};

pub use agent::AgentPolicy;
pub use alarms::Alarms;
pub use allow::{Allow, Others};
pub use asking::{Asking, Through};
pub use chain::{ChainLink, DIRECTOR_AFTER_DAYS, DepartmentPolicy, ESCALATE_AFTER, RemindedHeads};
pub use defaults::{
    CROSSING_MINUTES, ClassChange, HANDOVER_DAYS, QUIET_DAYS, REMINDERS, REOPEN_DAYS, REPEAT_DAYS,
    Reopened, Transferred, UNREACHABLE_MINUTES, URGENCY_LIMIT,
};
pub use distribution::{ASSIGN_WITHIN_SECS, DistributionPolicy, assign_within};
pub use intake::{AsksFor, AutomaticSender, IntakePolicy, Says, SpamMark};
pub use mailbox::{InCc, ListMail, MailboxPolicy, Mode, OnFull};
pub(in crate::desk) use named::is_to;
pub use payroll::{PayDay, PayrollPolicy};
pub use queue::QueuePolicy;
pub use review::ReviewPolicy;
pub use targets::{DirectorPolicy, Targets};
pub use unit::Unit;

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
    /// After how many days of lateness the director hears.
    #[serde(default = "chain::director_after_days")]
    pub director_after_days: u32,
    /// What is aimed at.
    #[serde(default)]
    pub targets: Targets,
    /// The director's page of the month; `None`: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub director_review: Option<DirectorPolicy>,
    /// The payroll lists.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub payrolls: BTreeMap<PayrollName, PayrollPolicy>,
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
                    .chain(&mailbox.dry_run)
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

    /// The agent somebody means who writes a name from the configuration, an address, or the name people see, which only one
    /// of them bears.
    #[must_use]
    pub fn agent_named(&self, words: &str) -> Option<&AgentName> {
        let words = words.trim().to_lowercase();
        let by_address = Address::parse(&words).ok();
        let by_address = by_address.and_then(|address| self.agent_of(&address));
        by_address.or_else(|| {
            let mut names = self.agents.keys();
            let by_key = names.find(|name| name.as_str().to_lowercase() == words);
            let bears =
                |(_, agent): &(&AgentName, &AgentPolicy)| agent.name.to_lowercase() == words;
            let mut bearers = self.agents.iter().filter(bears);
            let only = bearers.next().filter(|_| bearers.next().is_none());
            by_key.or_else(|| only.map(|(name, _)| name))
        })
    }

    /// A mailbox among those of which mail may do more than the one that a queue answers from, and both modes: what a mailbox
    /// allows must be allowed where its mail is sent.
    pub fn allows_more(
        &self,
        queue: &QueuePolicy,
        is_taken: impl Fn(&MailboxName) -> bool,
    ) -> Option<(&MailboxName, Mode, Option<Mode>)> {
        let allowed = self.mailboxes.get(&queue.mailbox).map(|own| own.mode);
        let mut taken = self.mailboxes.iter().filter(|(name, _)| is_taken(name));
        let from = taken.find(|(_, own)| Some(own.mode) > allowed);
        from.map(|(name, own)| (name, own.mode, allowed))
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

    /// How many requests a month each queue can take; nought where that has no limit.
    #[must_use]
    pub fn capacities(&self) -> BTreeMap<QueueName, i64> {
        let own = self.queues.iter();
        own.map(|(name, queue)| (name.clone(), i64::from(queue.alarms.capacity)))
            .collect()
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

    /// Whether the configuration names this address: somebody's of the staff, a mailbox's, an accountant's.
    #[must_use]
    pub fn names(&self, address: &Address) -> bool {
        let mut payrolls = self.payrolls.values();
        self.is_staff(address)
            || self.mailbox_of(address).is_some()
            || payrolls.any(|list| list.to.contains(address))
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
