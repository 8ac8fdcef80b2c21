//! Whether an appointment of a ticket may be kept: only once its mailboxes have been read past its instant, and what was
//! found there is decided. An answer that lies unread on a server was given all the same. A mailbox that cannot be read
//! for too long holds nothing up: what happens then says so.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{
    policy::Policy,
    reason::Reason,
    timer::{TimerKind, timers_of},
};
use crate::model::{
    ids::{MailboxName, QueueName},
    ticket::Ticket,
};

/// How soon a mailbox is expected to be read again.
const SOON: SignedDuration = SignedDuration::from_secs(5);

/// How soon it is looked again whether one that has not been read for some minutes is.
const LATER: SignedDuration = SignedDuration::from_secs(30);

/// A mailbox that was not read for so long is probably in trouble.
const TROUBLE_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// How far mail is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passes {
    /// Until when each mailbox has been read: whatever reached it before is stored.
    pub until: BTreeMap<MailboxName, Timestamp>,
    /// The oldest mail that is stored and not decided reached its server then, however long after we have fetched it.
    pub waits_since: Option<Timestamp>,
    /// Before this nobody could have read anything: the start of the process that does.
    pub opened_at: Timestamp,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unknown {
    /// A mailbox is not read past the instant.
    Unread,
    /// Mail is stored and not decided.
    Undecided,
}

/// What becomes of an appointment now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It is kept.
    Ready,
    /// It is kept although a mailbox was not read: nobody waits longer for it.
    Released,
    /// It is looked at again then.
    Waits(Timestamp),
}

impl Passes {
    /// Whether a mailbox has been read past an instant.
    #[must_use]
    pub fn is_read(&self, mailbox: &MailboxName, at: Timestamp) -> bool {
        self.until.get(mailbox).is_some_and(|until| *until >= at)
    }

    /// Whether all mail of these mailboxes that came before `at` is stored and decided.
    #[must_use]
    pub fn is_all_known<'m>(
        &self,
        mut mailboxes: impl Iterator<Item = &'m MailboxName>,
        at: Timestamp,
    ) -> bool {
        self.waits_since.is_none() && mailboxes.all(|mailbox| self.is_read(mailbox, at))
    }

    /// What is not known of these mailboxes' mail until `at`, and since when it is waited for.
    fn unknown<'m>(
        &self,
        at: Timestamp,
        mailboxes: impl Iterator<Item = &'m MailboxName>,
    ) -> Option<(Timestamp, Unknown)> {
        let unread = mailboxes.filter(|mailbox| !self.is_read(mailbox, at));
        let since = unread.map(|mailbox| {
            let until = self.until.get(mailbox).copied();
            let until = until.map_or(self.opened_at, |until| until.max(self.opened_at));
            (until, Unknown::Unread)
        });
        let undecided = self.waits_since.map(|since| (since, Unknown::Undecided));
        // Whoever is waited for longest is read last.
        since.chain(undecided).max()
    }

    /// What becomes of an appointment at `at` of a ticket with these mailboxes.
    #[must_use]
    pub fn readiness<'m>(
        &self,
        at: Timestamp,
        mailboxes: impl Iterator<Item = &'m MailboxName>,
        (now, patience): (Timestamp, SignedDuration),
    ) -> Readiness {
        let Some((since, _)) = self.unknown(at, mailboxes) else {
            return Readiness::Ready;
        };
        let waited = now.duration_since(since);
        if waited >= patience {
            return Readiness::Released;
        }
        let pause = if waited < TROUBLE_AFTER { SOON } else { LATER };
        Readiness::Waits(now.saturating_add(pause).unwrap_or(now))
    }

    /// What becomes now of an appointment of a ticket. Its instant is derived anew: it may have been put off.
    #[must_use]
    pub fn of_appointment(
        &self,
        (ticket, kind): (&Ticket, TimerKind),
        policy: &Policy,
        now: Timestamp,
    ) -> Readiness {
        // What is over, or is due later by now, is for the decision to say.
        let Some(at) = appointed(ticket, kind, policy).filter(|at| *at <= now) else {
            return Readiness::Ready;
        };
        let mailboxes = mailboxes_of((&ticket.queue, &ticket.mailbox), policy);
        self.readiness(at, mailboxes, (now, patience(policy)))
    }

    /// Why an appointment of a ticket is kept although not all mail until its instant is known; `None`: all is.
    #[must_use]
    pub fn why_released(
        &self,
        (ticket, kind): (&Ticket, TimerKind),
        policy: &Policy,
    ) -> Option<Reason> {
        let at = appointed(ticket, kind, policy)?;
        let mailboxes = mailboxes_of((&ticket.queue, &ticket.mailbox), policy);
        let (_, unknown) = self.unknown(at, mailboxes)?;
        Some(match unknown {
            Unknown::Unread => Reason::MailboxUnread,
            Unknown::Undecided => Reason::MailUndecided,
        })
    }
}

/// When an appointment of a ticket that waits for mail is.
fn appointed(ticket: &Ticket, kind: TimerKind, policy: &Policy) -> Option<Timestamp> {
    let mut appointments = timers_of(ticket, policy).into_iter();
    let found = appointments.find(|(other, _)| waits_for_mail(kind) && *other == kind);
    found.map(|(_, at)| at)
}

/// The mailboxes in which an answer may lie: the one a ticket is answered from, and its queue's. One that is not configured
/// any more nobody reads.
pub fn mailboxes_of<'p>(
    (queue, mailbox): (&QueueName, &'p MailboxName),
    policy: &'p Policy,
) -> impl Iterator<Item = &'p MailboxName> {
    let of_queue = policy.queues.get(queue).map(|queue| &queue.mailbox);
    let other = of_queue.filter(|other| *other != mailbox);
    std::iter::once(mailbox)
        .chain(other)
        .filter(|name| policy.mailboxes.contains_key(*name))
}

/// Whether mail that is not read yet might change what an appointment comes to.
#[must_use]
pub const fn waits_for_mail(kind: TimerKind) -> bool {
    match kind {
        TimerKind::ClockDue
        | TimerKind::Reminder
        | TimerKind::Escalation
        | TimerKind::Close
        | TimerKind::Quiet => true,
        TimerKind::WaitOver
        | TimerKind::Snooze
        | TimerKind::Origin
        | TimerKind::Nps
        | TimerKind::Digest
        | TimerKind::Challenge
        | TimerKind::Morning
        | TimerKind::Absence
        | TimerKind::Owner
        | TimerKind::GiveOut => false,
    }
}

/// For how long a mailbox that cannot be read is waited for.
#[must_use]
pub fn patience(policy: &Policy) -> SignedDuration {
    SignedDuration::from_mins(i64::from(policy.unreachable_minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        let secs = minute.saturating_mul(60).saturating_add(1_800_000_000);
        Timestamp::from_second(secs).expect("an instant")
    }

    /// Due at minute 10; two mailboxes read until these minutes, the process started at `opened`, mail waits since `waits`.
    fn check(until: [Option<i64>; 2], (opened, waits): (i64, Option<i64>), now: i64) -> Readiness {
        let names: [MailboxName; 2] = ["it".into(), "hr".into()];
        let read = names.iter().cloned().zip(until);
        let passes = Passes {
            until: read
                .filter_map(|(name, until)| Some((name, at(until?))))
                .collect(),
            waits_since: waits.map(at),
            opened_at: at(opened),
        };
        let patience = SignedDuration::from_mins(30);
        passes.readiness(at(10), names.iter(), (at(now), patience))
    }

    const fn waits(at: Readiness) -> bool {
        matches!(at, Readiness::Waits(_))
    }

    #[test]
    fn an_appointment_waits_for_every_mailbox_of_its_ticket() {
        assert_eq!(check([Some(10), Some(11)], (0, None), 11), Readiness::Ready);
        assert!(waits(check([Some(9), Some(11)], (0, None), 11)));
        assert!(waits(check([None, Some(11)], (0, None), 11)));
        // One that cannot be read is waited for half an hour since it last was.
        assert!(waits(check([Some(9), Some(38)], (0, None), 38)));
        assert_eq!(
            check([Some(9), Some(39)], (0, None), 39),
            Readiness::Released
        );
        assert_eq!(check([None, Some(30)], (0, None), 30), Readiness::Released);
    }

    #[test]
    fn what_was_not_read_while_nothing_ran_is_read_first() {
        assert!(waits(check([Some(9), Some(9)], (5000, None), 5001)));
        assert_eq!(
            check([Some(9), Some(9)], (5000, None), 5030),
            Readiness::Released
        );
    }

    #[test]
    fn mail_that_waits_undecided_is_waited_for_as_long() {
        assert!(waits(check([Some(12), Some(12)], (0, Some(9)), 12)));
        assert_eq!(
            check([Some(40), Some(40)], (0, Some(9)), 40),
            Readiness::Released
        );
    }
}
