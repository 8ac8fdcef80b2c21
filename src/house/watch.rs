//! The watch: notices conditions that the administrator should hear of and hands them to the decider, who decides
//! whether anybody does.

use jiff::{SignedDuration, Timestamp, civil::Date};

mod queues;

use super::{House, HouseError, decider::StoredCondition};
use crate::{
    desk::calendar::Calendar,
    model::alarm,
    store::{outbox, work},
};

/// A mail that has waited so long is stuck.
const STUCK_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// Reports a condition: `Some((detail, since))` while it lasts, `None` when it is over. Whether it was written down;
/// where not, it is logged, and to be reported again.
pub(super) async fn report(
    house: &House,
    alarm: &str,
    object: &str,
    seen: Option<(String, Timestamp)>,
) -> bool {
    let now = house.clock.now();
    let is_over = seen.is_none();
    let (detail, since) = seen.unwrap_or((String::new(), now));
    let condition = StoredCondition {
        alarm: alarm.to_owned(),
        object: object.to_owned(),
        detail,
        since: since.as_millisecond(),
        is_over,
        figures: None,
    };
    write(house, condition).await
}

/// Writes a condition down for the decider.
async fn write(house: &House, condition: StoredCondition) -> bool {
    let now = house.clock.now();
    let written = match serde_json::to_string(&condition) {
        Ok(payload) => work::add(&house.db, "condition", &payload, now)
            .await
            .map_err(HouseError::from),
        Err(error) => Err(HouseError::Stored(error.to_string())),
    };
    match written {
        Ok(()) => {
            house.bells.work.notify_one();
            true
        }
        Err(error) => {
            let alarm = condition.alarm;
            tracing::error!(%error, alarm, "an alarm could not be written down");
            false
        }
    }
}

impl House {
    /// Looks once at everything that may need the administrator. What lasts is reported at every look: the decider
    /// passes over what it has told, and tells what it could not tell before. `seen` is what may stand.
    ///
    /// # Errors
    /// What the database says.
    pub async fn watch(&self, seen: &mut Vec<(String, String)>) -> Result<(), HouseError> {
        let now = self.clock.now();
        let mut found: Vec<(&str, String, String, Timestamp)> = Vec::new();
        for (mailbox, count) in work::quarantine_counts(&self.db).await? {
            let object = if mailbox.is_empty() {
                alarm::HOUSE.to_owned()
            } else {
                mailbox
            };
            found.push((alarm::QUARANTINE, object, count.to_string(), now));
        }
        let before = now.saturating_sub(STUCK_AFTER).unwrap_or(now);
        for (mailbox, count, since) in outbox::stuck(&self.db, before).await? {
            found.push((alarm::OUTBOX, mailbox.to_string(), count.to_string(), since));
        }
        for (queue, until) in self.calendars_running_out(now) {
            found.push((alarm::CALENDAR, queue, until.to_string(), now));
        }
        for (name, object) in std::mem::take(seen) {
            let lasts = found
                .iter()
                .any(|(alarm, other, ..)| *alarm == name && *other == object);
            if lasts || !report(self, &name, &object, None).await {
                seen.push((name, object));
            }
        }
        for (name, object, detail, since) in found {
            let key = (name.to_owned(), object);
            if report(self, name, &key.1, Some((detail, since))).await && !seen.contains(&key) {
                seen.push(key);
            }
        }
        queues::look(self).await
    }

    /// Calendars whose holidays will soon not be certain, each by the first queue that has it.
    fn calendars_running_out(&self, now: Timestamp) -> Vec<(String, Date)> {
        let mut found: Vec<(String, Date)> = Vec::new();
        let mut seen: Vec<&Calendar> = Vec::new();
        for (name, queue) in &self.config.policy.queues {
            let runs_out = queue.calendar.runs_out(now);
            if let Some(until) = runs_out.filter(|_| !seen.contains(&&queue.calendar)) {
                seen.push(&queue.calendar);
                found.push((name.to_string(), until));
            }
        }
        found
    }

    /// The alarms of these kinds that stand, as an earlier run has left them: what [`House::watch`] starts from.
    ///
    /// # Errors
    /// What the database says.
    pub async fn standing_alarms(&self) -> Result<Vec<(String, String)>, HouseError> {
        let standing = crate::store::alarms::standing(&self.db).await?;
        Ok(standing
            .into_iter()
            .filter(|(name, _)| {
                [alarm::QUARANTINE, alarm::OUTBOX, alarm::CALENDAR].contains(&name.as_str())
            })
            .collect())
    }
}
