//! Every day that is over is reconciled once, by whoever holds the mailbox's lease. The administrator hears of it only
//! where mails are missing, or where days could not be compared; the journal of the service has one line a mailbox and day.
//! How far a mailbox is reconciled is written down together with what is told of it: no day is passed over in silence.

use std::fmt::Write as _;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Day, Ledger, Lost};
use crate::{
    house::{House, decider::StoredCondition, receive::ReceiveError},
    model::{alarm, ids::MailboxName},
    store::reconciliation,
};

/// After a long rest so many days are looked at, the last ones; those before them are named.
const DAYS_MAX: usize = 7;

/// So many missing mails of a day are named in one letter.
const NAMED_MAX: usize = 10;

/// The days of a mailbox that are over and were not reconciled.
#[derive(Debug, Default, PartialEq, Eq)]
struct Due {
    /// Those that are looked at, the oldest first.
    days: Vec<Day>,
    /// The first and the last of those that lie too long ago.
    passed_over: Option<(Date, Date)>,
}

impl House {
    /// Reconciles the days of a mailbox that are over and were not yet. To be called when the mailbox has just been read.
    ///
    /// # Errors
    /// Why the mailbox or the database cannot be read; it is tried again next time.
    pub async fn reconcile_days(&self, mailbox: &MailboxName) -> Result<(), ReceiveError> {
        let policy = &self.config.policy;
        let zone = self.config.zones.get(&policy.zone);
        let zone = zone.cloned().unwrap_or(TimeZone::UTC);
        let last = reconciliation::last_day(&self.db, mailbox).await?;
        let due = due(last.as_deref(), self.clock.now(), &zone);
        let (mut missing, mut last, mut looked) = (Vec::new(), None, Ok(()));
        for day in &due.days {
            let ledger = Ledger {
                db: &self.db,
                config: &self.config,
                tls: &self.tls,
            };
            let done = match ledger.reconcile(mailbox, day).await {
                Ok(Some(done)) => done,
                Ok(None) => break,
                Err(error) => {
                    looked = Err(error);
                    break;
                }
            };
            let date = day.date.to_string();
            let (seen, difference) = (done.account.seen(), done.account.difference());
            tracing::info!(mailbox.name = %mailbox, day = %date, seen, difference, "reconciled");
            if difference > 0 {
                missing.push(told(&date, &done.lost));
            }
            last = Some(date);
        }
        if let Some(last) = last {
            let told = self.told(mailbox, &missing, due.passed_over);
            let now = self.clock.now();
            reconciliation::note_days(&self.db, (mailbox, &last), told, now).await?;
            self.bells.work.notify_one();
        }
        looked
    }

    /// What the administrator is told of a mailbox, as work for the decider.
    fn told(
        &self,
        mailbox: &MailboxName,
        missing: &[String],
        passed_over: Option<(Date, Date)>,
    ) -> Vec<String> {
        let condition = |alarm: &str, detail: String| StoredCondition {
            alarm: alarm.to_owned(),
            object: mailbox.to_string(),
            detail,
            since: self.clock.now().as_millisecond(),
            is_over: false,
            figures: None,
        };
        let days = passed_over.map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first} – {last}"),
        });
        let lost = (!missing.is_empty()).then(|| condition(alarm::MISSING, missing.join(" · ")));
        let days = days.map(|days| condition(alarm::UNCOMPARED, days));
        let all = lost.into_iter().chain(days);
        all.filter_map(|one| serde_json::to_string(&one).ok())
            .collect()
    }
}

/// The days that are over and lie behind the last one that was reconciled; of a mailbox that never was, yesterday.
fn due(last: Option<&str>, now: Timestamp, zone: &TimeZone) -> Due {
    let Some(yesterday) = Day::before(now, zone) else {
        return Due::default();
    };
    let last: Option<Date> = last.and_then(|last| last.parse().ok());
    let Some(first) = last.map_or(Ok(yesterday.date), Date::tomorrow).ok() else {
        return Due::default();
    };
    let mut dates: Vec<Date> = std::iter::successors(Some(first), |date| date.tomorrow().ok())
        .take_while(|date| *date <= yesterday.date)
        .collect();
    let looked_at = dates.split_off(dates.len().saturating_sub(DAYS_MAX));
    Due {
        days: looked_at
            .into_iter()
            .filter_map(|date| Day::of(date, zone))
            .collect(),
        passed_over: dates.first().copied().zip(dates.last().copied()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_day_is_passed_over_in_silence() {
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let now = "2026-12-01T09:00:00Z".parse().unwrap();
        let found = |last: Option<&str>| {
            let due = due(last, now, &zone);
            let days = due.days.iter().map(|day| day.date.to_string());
            let over = due.passed_over;
            let over = over.map(|(first, last)| format!("{first} {last}"));
            (days.collect::<Vec<_>>().join(" "), over.unwrap_or_default())
        };
        let is = |days: &str, over: &str| (days.to_owned(), over.to_owned());
        assert_eq!(found(None), is("2026-11-30", ""));
        assert_eq!(found(Some("2026-11-30")), is("", ""));
        // The clock was turned back.
        assert_eq!(found(Some("2026-12-05")), is("", ""));
        assert_eq!(found(Some("2026-11-28")), is("2026-11-29 2026-11-30", ""));
        let week = "2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-28 2026-11-29 2026-11-30";
        assert_eq!(found(Some("2026-11-23")), is(week, ""));
        assert_eq!(found(Some("2026-11-22")), is(week, "2026-11-23 2026-11-23"));
        assert_eq!(found(Some("2026-10-31")), is(week, "2026-11-01 2026-11-23"));
    }
}
