//! The file as it is written: every key's value, nothing put together yet.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    time::Duration,
};

use jiff::tz::TimeZone;
use secrecy::SecretString;

use super::{
    calendars,
    departments::Department,
    distribution::Sharing,
    forms, payroll,
    problems::{At, Spot},
    reminders::Reminders,
    rules::{Lists, Rule},
    trust::Trust,
    values::StartFrom,
};
use crate::{
    desk::{
        calendar::Week,
        command::{Verb, Wish},
        policy::{
            AutomaticSender, Caps, ClassChange, InCc, IntakePolicy, ListMail, Mode, OnFull, Others,
            Reopened, Transferred,
        },
        urgency::Urgency,
    },
    model::{
        account::{ScannerAccount, Security, ServerAction},
        address::Address,
        language::Language,
        page::PageSettings,
        promise::Promises,
    },
};

/// A zone by name.
pub(super) type Zone = (String, TimeZone);

/// The whole file. `None` is "not written", or written wrongly and already reported.
#[derive(Debug)]
pub(super) struct File {
    pub administrator: Option<At<Address>>,
    pub language: Language,
    pub zone: Zone,
    pub data: PathBuf,
    pub database: Database,
    pub hello: Option<String>,
    pub templates: Option<PathBuf>,
    pub extra_ca: Vec<PathBuf>,
    pub answers: Option<PathBuf>,
    pub knowledge: Option<PathBuf>,
    pub directory: Option<PathBuf>,
    pub caps: Caps,
    /// Who hears of emergencies that are late, and of what is late for so many days.
    pub director: Option<At<String>>,
    pub director_after_days: u32,
    pub departments: BTreeMap<String, Department>,
    /// What is aimed at, and who reads once a month whether it was reached.
    pub targets: crate::desk::policy::Targets,
    pub director_review: Option<super::targets::DirectorReview>,
    pub mail_size_max: u64,
    /// For how long what falls due waits for a mailbox that cannot be read.
    pub unreachable_minutes: u32,
    pub relay_bytes_max: u64,
    pub lists: Lists,
    pub rules: Vec<Rule>,
    pub intake: IntakePolicy,
    pub scanner: Option<ScannerAccount>,
    pub trust: Option<Trust>,
    pub smtp: Option<Smtp>,
    /// `[web]`, and the queues its viewers see, to be looked up.
    pub page: Option<(PageSettings, Vec<At<String>>)>,
    pub mailboxes: BTreeMap<String, Mailbox>,
    pub calendars: BTreeMap<String, calendars::Written>,
    pub queues: BTreeMap<String, Queue>,
    pub agents: BTreeMap<String, Agent>,
    pub forms: BTreeMap<String, forms::Form>,
    pub payrolls: BTreeMap<String, payroll::Payroll>,
    /// The file itself.
    pub spot: Spot,
}

/// `database` as written.
#[derive(Debug)]
pub(super) enum Database {
    /// Nothing: the default in the data folder.
    Default,
    File(PathBuf),
    Server(String, Option<SecretString>),
}

/// `[mailbox.NAME]`.
#[derive(Debug)]
pub(super) struct Mailbox {
    pub spot: Spot,
    pub address: Option<At<Address>>,
    pub aliases: Vec<At<Address>>,
    pub former: Vec<At<Address>>,
    pub dry_run: Option<At<Address>>,
    pub sent: Option<At<String>>,
    pub on_full: OnFull,
    pub append_sent: bool,
    pub plus_addresses: bool,
    pub mode: Option<At<Mode>>,
    pub queue: Option<At<String>>,
    pub list_mail: ListMail,
    pub in_cc: InCc,
    pub automatic: Vec<AutomaticSender>,
    pub start_from: StartFrom,
    pub poll: Duration,
    pub source: Option<Place>,
}

/// Where a mailbox is.
#[derive(Debug)]
pub(super) enum Place {
    Server(Server),
    Maildir(PathBuf),
}

/// A mailbox on an IMAP server.
#[derive(Debug)]
pub(super) struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: Option<String>,
    pub password: SecretString,
    pub folders: Vec<String>,
    pub after: Option<At<ServerAction>>,
}

/// `[queue.NAME]`.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the configuration"
)]
pub(super) struct Queue {
    pub spot: Spot,
    pub title: Option<At<String>>,
    pub prefix: Option<At<String>>,
    pub mailbox: Option<At<String>>,
    pub agents: At<Vec<String>>,
    pub language: Option<Language>,
    pub calendar: Option<At<String>>,
    pub zone: Option<Zone>,
    pub hours: Option<Week>,
    pub promises: Promises,
    pub reminders: Reminders,
    pub reopened: Reopened,
    pub transferred: Transferred,
    pub class_change: ClassChange,
    /// How late each step of the chain hears; `None`: as usual.
    pub escalate_after: Option<Vec<i64>>,
    /// Who hears of what is late, by class.
    pub chains: super::chains::Chains,
    pub department: Option<At<String>>,
    pub confirm_days: u32,
    pub quiet_days: u32,
    /// What requests may be about, and why they come.
    pub categories: Vec<String>,
    pub causes: Vec<String>,
    /// When its agents get their work lists.
    pub digest: Option<jiff::civil::Time>,
    /// Whether waiting for a third party stops the clocks.
    pub pauses_on_hold: bool,
    pub reopen_days: u32,
    pub crossing_minutes: u32,
    /// An address that all agents read.
    pub group: Option<At<Address>>,
    /// The agent who decides what its agents may not.
    pub head: Option<At<String>>,
    /// The agent who decides while the head is away.
    pub deputy: Option<At<String>>,
    /// Its tickets are for its own agents alone.
    pub confidential: bool,
    pub kb_hits: bool,
    /// How many of a hundred requesters are asked a quarter whether they would recommend us.
    pub nps: u32,
    /// Whether agents may bring somebody's request.
    pub handover: bool,
    pub handover_days: u32,
    /// The commands switched on.
    pub commands: BTreeSet<Verb>,
    /// What requesters may ask for by one word.
    pub wishes: BTreeSet<Wish>,
    /// Words that raise a request to urgent; `None`: none do.
    pub urgency: Option<Urgency>,
    pub urgency_limit: u32,
    /// Who may write, and what becomes of mail of others.
    pub allow: Option<At<Vec<String>>>,
    pub others: Option<At<Others>>,
    /// Compared with what ended within so many days; 0: with nothing.
    pub repeat_days: u32,
    pub repeat_needs_cause: Option<At<bool>>,
    pub asking: super::asking::Asking,
    /// When its head is told how it stands.
    pub alarms: crate::desk::policy::Alarms,
    /// When its regular letters come.
    pub review: Option<crate::desk::policy::ReviewPolicy>,
    pub sharing: Sharing,
    pub smtp: Option<Smtp>,
}

/// `[agent.NAME]`.
#[derive(Debug)]
pub(super) struct Agent {
    pub name: Option<At<String>>,
    pub address: Option<At<Address>>,
    pub aliases: Vec<At<Address>>,
    pub signature: Option<String>,
    /// When the agent works: hours of their own, or a calendar of the file.
    pub hours: Option<At<Week>>,
    pub calendar: Option<At<String>>,
    pub zone: Option<Zone>,
    pub max_active: Option<u32>,
}

/// A table `smtp`.
#[derive(Debug, Clone)]
pub(super) struct Smtp {
    pub spot: Spot,
    pub way: Way,
}

/// Where mail goes out.
#[derive(Debug, Clone)]
pub(super) enum Way {
    Server {
        host: String,
        port: u16,
        security: Security,
        user: Option<String>,
        password: Option<SecretString>,
        connections: u32,
    },
    Maildir(PathBuf),
}
