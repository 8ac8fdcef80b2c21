//! Every day that is over is reconciled once, by whoever holds the mailbox's lease. The administrator hears of it only
//! where mails are missing; the journal of the service has one line a mailbox and day.

use std::fmt::Write as _;

use jiff::{Timestamp, tz::TimeZone};

use super::{Day, Ledger, Lost, Reconciled};
use crate::{
    house::{House, receive::ReceiveError, watch},
    model::{alarm, ids::MailboxName},
    store::reconciliation,
};

/// After a long rest so many days are looked at.
const DAYS_MAX: usize = 7;

/// So many missing mails are named in one letter.
const NAMED_MAX: usize = 10;

impl House {
    /// Reconciles the days of a mailbox that are over and were not yet. To be called when the mailbox has just been read.
    ///
    /// # Errors
    /// Why the mailbox or the database cannot be read; it is tried again next time.
    pub async fn reconcile_days(&self, mailbox: &MailboxName) -> Result<(), ReceiveError> {
        let policy = &self.config.policy;
        let zone = self.config.zones.get(&policy.zone);
        let zone = zone.cloned().unwrap_or(TimeZone::UTC);
        let now = self.clock.now();
        for day in self.days_due(mailbox, now, &zone).await? {
            let ledger = Ledger {
                db: &self.db,
                config: &self.config,
                tls: &self.tls,
            };
            let Some(done) = ledger.reconcile(mailbox, &day).await? else {
                return Ok(());
            };
            let date = day.date.to_string();
            let (seen, difference) = (done.account.seen(), done.account.difference());
            tracing::info!(mailbox.name = %mailbox, day = %date, seen, difference, "reconciled");
            let is_told = difference == 0 || self.tell_missing(mailbox, &date, &done).await;
            if is_told {
                reconciliation::note_day(&self.db, mailbox, &date).await?;
            }
        }
        Ok(())
    }

    async fn days_due(
        &self,
        mailbox: &MailboxName,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Vec<Day>, ReceiveError> {
        let last = reconciliation::last_day(&self.db, mailbox).await?;
        let mut days = Vec::new();
        let mut next = Day::before(now, zone);
        while let Some(day) = next.take()
            && days.len() < DAYS_MAX
            // Dates are written so that their order is that of their letters.
            && last.as_ref().is_none_or(|last| *last < day.date.to_string())
        {
            if last.is_some() {
                let before = day.date.yesterday().ok();
                next = before.and_then(|date| Day::of(date, zone));
            }
            days.push(day);
        }
        days.reverse();
        Ok(days)
    }

    async fn tell_missing(&self, mailbox: &MailboxName, date: &str, done: &Reconciled) -> bool {
        let seen = Some((told(date, &done.lost), self.clock.now()));
        watch::report(self, alarm::MISSING, mailbox.as_str(), seen).await
    }
}

/// `2026-11-29: INBOX UID 17 <id>; INBOX UID 19; +3`.
fn told(date: &str, lost: &[Lost]) -> String {
    let mut words = format!("{date}:");
    for (n, mail) in lost.iter().take(NAMED_MAX).enumerate() {
        let gap = if n == 0 { "" } else { ";" };
        let mut one = format!("{gap} {} {}", mail.folder, mail.place);
        if let Some(raw) = mail.raw {
            one = format!("{gap} mail:{raw}");
        }
        words.push_str(&one);
        if let Some(id) = &mail.message_id {
            // Writing into a text cannot fail.
            write!(words, " <{}>", id.as_str()).unwrap_or_default();
        }
    }
    let more = lost.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        write!(words, "; +{more}").unwrap_or_default();
    }
    words
}
