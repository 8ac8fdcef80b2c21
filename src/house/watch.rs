//! The watch: notices conditions that the administrator should hear of and hands them to the decider, who decides
//! whether anybody does.

use std::collections::BTreeMap;

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

/// What stays as it is is reported again so much later: it may be that nobody could be told.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// What may stand, by alarm and object: the words it was last reported with, and when; `None` where an earlier run did.
#[derive(Debug, Default)]
pub struct Standing(BTreeMap<(String, String), Option<(String, Timestamp)>>);

impl Standing {
    /// Whether this says nothing new.
    fn knows(&self, key: &(String, String), detail: &str, now: Timestamp) -> bool {
        let told = self.0.get(key).and_then(Option::as_ref);
        told.is_some_and(|(words, at)| words == detail && now.duration_since(*at) < AGAIN_AFTER)
    }
}

/// The alarms whose conditions a look finds.
const LOOKED_FOR: [&str; 12] = [
    alarm::QUARANTINE,
    alarm::OUTBOX,
    alarm::CALENDAR,
    alarm::NAMELESS,
    alarm::BALANCE,
    alarm::NO_APPROVER,
    alarm::UNSETTLED,
    alarm::PAY_FILE,
    alarm::PAY_SILENT,
    alarm::PAY_LIST,
    alarm::PAY_NAME,
    alarm::PAY_EARLY,
];

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
    /// Looks once at everything that may need the administrator, and reports what is new, has changed or is over. What
    /// stays as it is is reported once an hour: the decider passes over what it has told, and tells what it could not tell
    /// before. `standing` is what may stand.
    ///
    /// # Errors
    /// What the database says.
    pub async fn watch(&self, standing: &mut Standing) -> Result<(), HouseError> {
        let now = self.clock.now();
        let in_force = self.by_rules_in_force().await?;
        let found = in_force.conditions(now).await?;
        let keys: Vec<_> = standing.0.keys().cloned().collect();
        for key in keys {
            let lasts = found.iter().any(|(other, ..)| *other == key);
            if !lasts && report(self, &key.0, &key.1, None).await {
                standing.0.remove(&key);
            }
        }
        for (key, detail, since) in found {
            if standing.knows(&key, &detail, now) {
                continue;
            }
            if report(self, &key.0, &key.1, Some((detail.clone(), since))).await {
                standing.0.insert(key, Some((detail, now)));
            }
        }
        queues::look(&in_force).await
    }

    /// What stands now: alarm and object, words, since when.
    async fn conditions(
        &self,
        now: Timestamp,
    ) -> Result<Vec<((String, String), String, Timestamp)>, HouseError> {
        let key = |alarm: &str, object: String| (alarm.to_owned(), object);
        let mut found = Vec::new();
        for (mailbox, count) in work::quarantine_counts(&self.db).await? {
            let object = match mailbox.is_empty() {
                true => alarm::HOUSE.to_owned(),
                false => mailbox,
            };
            found.push((key(alarm::QUARANTINE, object), count.to_string(), now));
        }
        let before = now.saturating_sub(STUCK_AFTER).unwrap_or(now);
        for (mailbox, count, since) in outbox::stuck(&self.db, before).await? {
            let key = key(alarm::OUTBOX, mailbox.to_string());
            found.push((key, count.to_string(), since));
        }
        for (queue, until) in self.calendars_running_out(now) {
            found.push((key(alarm::CALENDAR, queue), until.to_string(), now));
        }
        for (alarm, object, detail) in self.look_at_payrolls().await? {
            found.push((key(alarm, object), detail, now));
        }
        for (alarm, object, detail) in self.look_at_reviews().await? {
            found.push((key(alarm, object), detail, now));
        }
        Ok(found)
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
    pub async fn standing_alarms(&self) -> Result<Standing, HouseError> {
        let standing = crate::store::alarms::standing(&self.db).await?;
        let ours = standing
            .into_iter()
            .filter(|(name, _)| LOOKED_FOR.contains(&name.as_str()));
        Ok(Standing(ours.map(|key| (key, None)).collect()))
    }
}
