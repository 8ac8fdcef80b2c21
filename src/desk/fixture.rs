//! For tests of this room: a small house, and mails as they arrive in it.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::Timestamp;

use super::{
    arrival::Arrival,
    calendar::Calendar,
    command::{Verb, Wish},
    decision::Given,
    forms::Forms,
    kb::Kb,
    policy::{
        AgentPolicy, Alarms, Asking, Caps, ClassChange, DistributionPolicy, InCc, IntakePolicy,
        ListMail, MailboxPolicy, Mode, OnFull, Policy, QueuePolicy, Reopened, Transferred,
    },
    token::Key,
    trust::TrustPolicy,
};
use crate::model::{
    address::{Address, NamedAddress},
    distribution::Method,
    ids::{MessageId, RawId},
    language::Language,
    message::{IncomingMessage, Marks, Reading},
    promise::Promises,
};

/// The key of the house.
pub(super) static KEY: Key = Key::new([7; 32]);

/// No canned answers and no articles.
static NO_TEXTS: LazyLock<Kb> = LazyLock::new(Kb::default);

/// When everything happens: a Tuesday noon.
pub(super) fn noon() -> Timestamp {
    "2026-11-17T09:00:00Z"
        .parse()
        .expect("an instant in RFC 3339")
}

/// An address of the house, or of anybody.
pub(super) fn address(words: &str) -> Address {
    Address::parse(words).expect("an address")
}

/// Two departments, each with a mailbox and one agent: `it` with anna and `buh` with vera.
#[expect(clippy::too_many_lines, reason = "a line a value")]
pub(super) fn policy() -> Policy {
    let mailbox = |name: &str| MailboxPolicy {
        address: address(&format!("{name}@uni.test")),
        aliases: Vec::new(),
        former: Vec::new(),
        dry_run: None,
        sent: None,
        append_sent: false,
        plus_addresses: false,
        mode: Mode::Full,
        on_full: OnFull::List,
        queue: name.into(),
        list_mail: ListMail::Aside,
        in_cc: InCc::Note,
        automatic: Vec::new(),
    };
    let queue = |name: &str, agent: &str| QueuePolicy {
        title: name.to_owned(),
        prefix: name.to_uppercase(),
        mailbox: name.into(),
        agents: vec![agent.into()],
        language: Language::Ru,
        calendar: Calendar::always("UTC".to_owned(), jiff::tz::TimeZone::UTC),
        promises: Promises::target(3600),
        reminders: Vec::new(),
        reminder_heads: BTreeMap::new(),
        reopened: Reopened::Resume,
        transferred: Transferred::Keep,
        class_change: ClassChange::Fair,
        escalate_after: Vec::new(),
        chains: BTreeMap::new(),
        department: None,
        confirm_days: 3,
        quiet_days: 5,
        categories: Vec::new(),
        causes: Vec::new(),
        digest: None,
        pauses_on_hold: false,
        reopen_days: 30,
        crossing_minutes: 10,
        group: None,
        confidential: false,
        head: None,
        deputy: None,
        kb_hits: false,
        nps: 0,
        handover: false,
        handover_days: 30,
        commands: Verb::all().collect(),
        wishes: Wish::ALL.into_iter().collect(),
        urgency: None,
        urgency_limit: 3,
        allow: None,
        repeat_days: 14,
        repeat_needs_cause: false,
        asking: Asking::default(),
        alarms: Alarms::default(),
        review: None,
        distribution: given_to_nobody(),
    };
    let agent = |name: &str| AgentPolicy {
        name: name.to_owned(),
        address: address(&format!("{name}@uni.test")),
        aliases: Vec::new(),
        signature: None,
        hours: None,
        max_active: None,
    };
    let named = [("it", "anna"), ("buh", "vera")];
    Policy {
        administrator: address("root@uni.test"),
        language: Language::Ru,
        zone: "UTC".to_owned(),
        mailboxes: BTreeMap::from(named.map(|(name, _)| (name.into(), mailbox(name)))),
        queues: BTreeMap::from(named.map(|(name, who)| (name.into(), queue(name, who)))),
        agents: BTreeMap::from(named.map(|(_, who)| (who.into(), agent(who)))),
        forms: Forms::default(),
        caps: Caps::default(),
        rules: Vec::new(),
        intake: IntakePolicy::default(),
        trust: TrustPolicy {
            own_domains: vec!["uni.test".to_owned()],
            ..TrustPolicy::default()
        },
        has_knowledge: false,
        departments: BTreeMap::new(),
        director: None,
        director_after_days: 3,
        targets: crate::desk::policy::Targets::default(),
        director_review: None,
        payrolls: BTreeMap::new(),
        unreachable_minutes: 30,
        relay_bytes_max: 1 << 20,
    }
}

/// Whoever takes a ticket has it.
fn given_to_nobody() -> DistributionPolicy {
    DistributionPolicy {
        method: Method::Own,
        ..DistributionPolicy::default()
    }
}

/// What decisions are made under.
pub(super) fn given(policy: &Policy) -> Given<'_> {
    Given {
        policy,
        file: policy,
        key: &KEY,
        kb: &NO_TEXTS,
        now: noon(),
        instance: "okno-test",
    }
}

/// A mail of this author with this text, arrived in mailbox `it`.
pub(super) fn mail(raw: i64, from: &str, text: &str) -> Arrival {
    let message = IncomingMessage {
        answer_automatically: true,
        from: Some(NamedAddress::new("", &address(from))),
        to: vec![NamedAddress::new("", &address("it@uni.test"))],
        subject: Some("Printer".to_owned()),
        message_id: Some(MessageId(format!("{raw}@customers.test"))),
        text: Some(text.to_owned()),
        reply: Some(text.to_owned()),
        ..IncomingMessage::default()
    };
    Arrival {
        raw: RawId(raw),
        mailbox: "it".into(),
        at: noon(),
        again: None,
        automatic: None,
        spam_mark: None,
        virus: None,
        is_line: false,
        reading: Reading {
            message,
            marks: Marks {
                authors: 1,
                ..Marks::default()
            },
            ..Reading::default()
        },
    }
}
