//! Regular letters: what is due is found out and handed to the decider, with the figures it rests on. What has been written
//! already the decider knows.

mod director;

use jiff::{Timestamp, tz::TimeZone};

use super::{House, HouseError, payroll::Trouble};
use crate::{
    desk::{
        kpi::{Period, Question, Sheet},
        policy::QueuePolicy,
        review::{ReviewStep, WeekFigures, is_due, policy_of, standing, week_earlier, week_over},
    },
    model::{
        alarm,
        ids::{EventSeq, QueueName},
        review::ReviewKind,
    },
    store::{history, reviews, work},
};

/// Sheets that several letters of one look rest on, by the name of their zone and the period's.
#[derive(Debug, Default)]
struct Counted(Vec<((String, String), (Vec<Sheet>, i64))>);

impl House {
    /// Looks at the regular letters of every queue: what is due is left as work. What stands in the way.
    pub(super) async fn look_at_reviews(&self) -> Result<Vec<Trouble>, HouseError> {
        let (policy, now) = (&self.config.policy, self.clock.now());
        let queues = policy.queues.iter();
        let queues =
            queues.filter_map(|(name, queue)| Some((name, queue, policy_of(queue, policy)?)));
        let queues: Vec<_> = queues.collect();
        if queues.is_empty() && policy.director_review.is_none() {
            return Ok(Vec::new());
        }
        let written = reviews::written(&self.db).await?;
        let mut counted = Counted::default();
        let mut troubles = Vec::new();
        for (name, queue, review) in queues {
            let calendar = &queue.calendar;
            let Some(week) = week_over(calendar.zone(), now) else {
                continue;
            };
            let last = written.last(ReviewKind::Weekly, Some(name));
            if is_due((review.at, calendar), (&week, last), now) {
                let trouble = self.week(&mut counted, (name, queue), week, now).await?;
                troubles.extend(trouble);
            }
        }
        troubles.extend(self.director(&mut counted, &written, now).await?);
        Ok(troubles)
    }

    /// Leaves a queue's week for the decider; sums that do not close are trouble, and nothing is sent.
    async fn week(
        &self,
        counted: &mut Counted,
        (name, queue): (&QueueName, &QueuePolicy),
        week: Period,
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let zone = queue.calendar.zone();
        let Some(earlier) = week_earlier(&week, zone) else {
            return Ok(None);
        };
        let zone_name = &queue.calendar.zone_name;
        let periods = vec![earlier, week.clone()];
        let (sheets, upto) = self.counted(counted, (zone_name, zone), periods).await?;
        let [before, sheet] = sheets.as_slice() else {
            return Ok(None);
        };
        if sheet.unbalanced().contains(&name) {
            let object = format!("{name}/{}", week.name);
            return Ok(Some((alarm::BALANCE, object, name.to_string())));
        }
        let open = reviews::open_tickets(&self.db, name).await?;
        let ends = week_ends(&week, zone);
        let step = ReviewStep::Weekly {
            queue: name.clone(),
            period: week.name,
            span: (week.from, week.to),
            upto: EventSeq(*upto),
            figures: Box::new(WeekFigures::of(name, before, sheet)),
            standing: Box::new(standing(&open, (now, ends))),
        };
        self.leave_review(&step, now).await?;
        Ok(None)
    }

    /// What was counted of these periods; each is counted once a look.
    async fn counted<'c>(
        &self,
        counted: &'c mut Counted,
        (zone_name, zone): (&str, &TimeZone),
        periods: Vec<Period>,
    ) -> Result<&'c (Vec<Sheet>, i64), HouseError> {
        let last = periods.last().map(|period| period.name.clone());
        let key = (zone_name.to_owned(), last.unwrap_or_default());
        let known = counted.0.iter().position(|(own, _)| *own == key);
        let place = match known {
            Some(place) => place,
            None => {
                let question = Question::about(periods, zone.clone());
                let found = history::figures(&self.db, &question, None).await?;
                counted.0.push((key, found));
                counted.0.len().saturating_sub(1)
            }
        };
        let found = counted.0.get(place).map(|(_, found)| found);
        found.ok_or_else(|| HouseError::Stored("nothing was counted".to_owned()))
    }

    /// Leaves a letter for the decider.
    async fn leave_review(&self, step: &ReviewStep, now: Timestamp) -> Result<(), HouseError> {
        let payload = serde_json::to_string(step);
        let payload = payload.map_err(|error| HouseError::Stored(error.to_string()))?;
        work::add(&self.db, "review", &payload, now).await?;
        self.bells.work.notify_one();
        Ok(())
    }
}

/// The end of the week that has begun when a week was over.
fn week_ends(week: &Period, zone: &TimeZone) -> Timestamp {
    let monday = zone.to_datetime(week.to).date();
    let next = monday.checked_add(jiff::Span::new().weeks(1)).ok();
    let ends = next.and_then(|next| next.to_zoned(zone.clone()).ok());
    ends.map_or(week.to, |ends| ends.timestamp())
}
