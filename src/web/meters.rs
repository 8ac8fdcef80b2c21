//! What the monitoring asks for (`/metrics`, OpenMetrics 1.0): counters that the stages turn, and gauges of the last shot.
//! Labels are names of the configuration and codes of the program, never anything that a mail says.

use std::sync::{Arc, atomic::AtomicU64};

use jiff::Timestamp;
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

pub use super::labels::{ByDecider, ByEnding, ByReason, OfMailbox, OfQueue, OfVerdict};
use super::status::{DeciderPresence, Status};

/// Bounds of what is quick, in seconds.
const QUICK: [f64; 8] = [0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0];

/// Bounds of how long a mail takes to get here, in seconds.
const LAG: [f64; 9] = [1.0, 3.0, 10.0, 30.0, 60.0, 180.0, 600.0, 3_600.0, 86_400.0];

/// The queue that tickets are told under whose queue the configuration has lost. No queue can be called so.
const OTHER: &str = "(other)";

/// A gauge of seconds or counts that never is below zero.
type Level = Gauge<u64, AtomicU64>;

/// The meters of the house. A clone is the same meters.
#[derive(Debug, Clone)]
pub struct Meters {
    registry: Arc<Registry>,
    /// Mails that came in and were stored; copies in Sent folders are not among them.
    pub received: Family<OfMailbox, Counter>,
    /// From the server's receipt of a mail to its commit here, of what came into an inbox while this process ran.
    pub lag: Histogram,
    /// Passes over mailboxes that failed.
    pub failures: Family<OfMailbox, Counter>,
    /// Connections to mailboxes that had to be made anew.
    pub reconnects: Family<OfMailbox, Counter>,
    /// How long mails took to read.
    pub reading: Histogram,
    /// Decisions.
    pub decisions: Family<ByReason, Counter>,
    /// Mails that were not sent, by the reason: the mode, a cap, the fuse, the requester's wish, ...
    pub withheld: Family<ByReason, Counter>,
    /// Judged promises.
    pub verdicts: Family<OfVerdict, Counter>,
    /// Attempts to send.
    pub sent: Family<ByEnding, Counter>,
    levels: Levels,
}

#[derive(Debug, Clone, Default)]
struct Levels {
    open: Family<OfQueue, Level>,
    unassigned: Family<OfQueue, Level>,
    waiting: Family<OfQueue, Level>,
    at_risk: Family<OfQueue, Level>,
    overdue: Family<OfQueue, Level>,
    outbox: Level,
    outbox_age: Level,
    stuck: Level,
    held: Level,
    stopped: Level,
    work: Level,
    work_age: Level,
    quarantine: Level,
    recomputing: Level,
    decider: Family<ByDecider, Level>,
    up: Family<OfMailbox, Level>,
    read: Family<OfMailbox, Gauge>,
    patience: Family<OfMailbox, Gauge>,
    taken: Gauge,
}

impl Default for Meters {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("okno");
        let meters = Self {
            registry: Arc::default(),
            received: Family::default(),
            lag: Histogram::new(LAG),
            failures: Family::default(),
            reconnects: Family::default(),
            reading: Histogram::new(QUICK),
            decisions: Family::default(),
            withheld: Family::default(),
            verdicts: Family::default(),
            sent: Family::default(),
            levels: Levels::default(),
        };
        meters.name_counters(&mut registry);
        meters.levels.name(&mut registry);
        Self {
            registry: Arc::new(registry),
            ..meters
        }
    }
}

impl Meters {
    fn name_counters(&self, registry: &mut Registry) {
        registry.register(
            "mails_received",
            "Mails that came in, without copies in Sent folders",
            self.received.clone(),
        );
        registry.register_with_unit(
            "mail_lag",
            "From the mail server's receipt of a mail to its commit here",
            Unit::Seconds,
            self.lag.clone(),
        );
        registry.register(
            "mailbox_reconnects",
            "Connections to mailboxes made anew after one was lost",
            self.reconnects.clone(),
        );
        registry.register(
            "mailbox_failures",
            "Looks at mailboxes that failed",
            self.failures.clone(),
        );
        registry.register_with_unit(
            "mail_reading",
            "How long mails took to read",
            Unit::Seconds,
            self.reading.clone(),
        );
        registry.register("decisions", "Decisions by reason", self.decisions.clone());
        registry.register(
            "mails_withheld",
            "Mails not sent, by reason; cap_.* are the caps, fuse_blown is held by the fuse",
            self.withheld.clone(),
        );
        registry.register(
            "verdicts",
            "Promises judged, by queue, clock and outcome",
            self.verdicts.clone(),
        );
        registry.register(
            "send_attempts",
            "Attempts to send, by how they ended",
            self.sent.clone(),
        );
    }

    /// Sets the levels as a status shows them.
    pub fn show(&self, status: &Status) {
        let levels = &self.levels;
        let queues = status.queues.iter();
        let queues = queues.map(|(name, queue)| (name.as_str(), &queue.figures));
        for (name, figures) in queues.chain([(OTHER, &status.other)]) {
            let of = OfQueue {
                queue: name.to_owned(),
            };
            levels.open.get_or_create(&of).set(figures.open);
            levels.unassigned.get_or_create(&of).set(figures.unassigned);
            levels.waiting.get_or_create(&of).set(figures.waiting);
            levels.at_risk.get_or_create(&of).set(figures.at_risk);
            levels.overdue.get_or_create(&of).set(figures.overdue);
        }
        for (name, mailbox) in &status.mailboxes {
            let of = OfMailbox {
                mailbox: name.to_string(),
            };
            // Whether what another process reads can be read is known there.
            match mailbox.is_ours {
                true => {
                    let is_up = mailbox.trouble.is_none();
                    levels.up.get_or_create(&of).set(is_up.into());
                }
                false => {
                    levels.up.remove(&of);
                }
            }
            let patience = mailbox.patience().as_secs();
            levels.patience.get_or_create(&of).set(patience);
            // One that was never read is as silent as one that was read last when the process started.
            let read_at = mailbox.read_at.unwrap_or(status.started_at);
            levels.read.get_or_create(&of).set(read_at.as_second());
        }
        let age = |since: Option<Timestamp>| {
            let age = since.map(|since| status.at.duration_since(since).as_secs());
            age.and_then(|age| u64::try_from(age).ok()).unwrap_or(0)
        };
        levels.outbox.set(status.outbox.count);
        levels.outbox_age.set(age(status.outbox.since));
        levels.stuck.set(status.stuck.count);
        levels.held.set(status.held.count);
        levels.stopped.set(status.stopped.count);
        levels.work.set(status.work.count);
        levels.work_age.set(age(status.work.since));
        levels.quarantine.set(status.quarantine.values().sum());
        levels.recomputing.set(status.recomputing);
        for decider in DeciderPresence::ALL {
            let of = ByDecider {
                decider: decider.code().to_owned(),
            };
            let is_so = status.decider == decider;
            levels.decider.get_or_create(&of).set(is_so.into());
        }
        levels.taken.set(status.at.as_second());
    }

    /// All of it, as it is sent.
    #[must_use]
    pub fn written(&self) -> String {
        let mut written = String::new();
        // Writing into a text cannot fail.
        match encode(&mut written, &self.registry) {
            Ok(()) => written,
            Err(_) => "# EOF\n".to_owned(),
        }
    }
}

impl Levels {
    fn name(&self, registry: &mut Registry) {
        for (name, help, family) in [
            ("tickets_open", "Open tickets", &self.open),
            (
                "tickets_unassigned",
                "Open tickets that are nobody's",
                &self.unassigned,
            ),
            (
                "tickets_waiting",
                "Open tickets that wait for somebody else",
                &self.waiting,
            ),
            (
                "tickets_at_risk",
                "Open tickets whose promise is in danger",
                &self.at_risk,
            ),
            (
                "tickets_overdue",
                "Open tickets past their promise",
                &self.overdue,
            ),
        ] {
            registry.register(name, help, family.clone());
        }
        self.name_heaps(registry);
        registry.register(
            "decider",
            "Who decides: 1 for what is so, 0 for the rest",
            self.decider.clone(),
        );
        registry.register(
            "mailbox_up",
            "Whether the mailbox can be read",
            self.up.clone(),
        );
        registry.register(
            "mailbox_read_timestamp_seconds",
            "When the mailbox was read last; if never, when this process started",
            self.read.clone(),
        );
        registry.register(
            "mailbox_silence_limit_seconds",
            "How long after that it may be silent",
            self.patience.clone(),
        );
        registry.register(
            "status_timestamp_seconds",
            "When these levels were taken",
            self.taken.clone(),
        );
    }

    fn name_heaps(&self, registry: &mut Registry) {
        for (name, help, level) in [
            ("outbox_mails", "Mails to be sent", &self.outbox),
            (
                "outbox_oldest_age_seconds",
                "Age of the oldest of them",
                &self.outbox_age,
            ),
            (
                "outbox_stuck_mails",
                "Of them, those that are due and not tried, or were never tried for half an hour",
                &self.stuck,
            ),
            ("outbox_held_mails", "Mails that the fuse holds", &self.held),
            (
                "outbox_stopped_mails",
                "Mails that the administrator has told to wait",
                &self.stopped,
            ),
            (
                "work_waiting",
                "Work that waits for the decider",
                &self.work,
            ),
            (
                "work_oldest_age_seconds",
                "Age of the oldest of it",
                &self.work_age,
            ),
            ("quarantine_mails", "Mails in quarantine", &self.quarantine),
            (
                "clocks_recomputing",
                "Open tickets whose due times are being recomputed",
                &self.recomputing,
            ),
        ] {
            registry.register(name, help, level.clone());
        }
    }
}
