//! Regular letters: what is due is found out and handed to the decider, with the figures it rests on. What has been written
//! already the decider knows.

mod charts;
mod closed;
mod director;
mod hints;
mod rules;
mod subjects;
mod then;

use jiff::{Timestamp, tz::TimeZone};

use super::{House, HouseError, payroll::Trouble};
use crate::{
    desk::{
        kpi::{Period, Question, Sheet},
        policy::{QueuePolicy, ReviewPolicy},
        review::{
            FromOutside, Late, MONTHS_OWED_MAX, PeriodFigures, ReviewStep, Standing,
            WEEKS_OWED_MAX, department, month_earlier, month_over, month_told, months_up_to, owed,
            policy_of, shown, standing, week_earlier, week_over, weeks_up_to,
        },
    },
    model::{
        alarm,
        ids::{EventSeq, QueueName},
        outgoing::HintsShown,
        review::ReviewKind,
    },
    report::monthly::By,
    store::{history, reviews, work},
};

/// Sheets that several letters of one look rest on, by the name of their zone and the period's.
#[derive(Debug, Default)]
struct Counted(Vec<((String, String), Sheets)>);

/// Sheets of periods in a row, and the last event that they know of.
type Sheets = (Vec<Sheet>, i64);

impl House {
    /// Looks at the regular letters of every queue: what is due is left as work. What stands in the way.
    pub(super) async fn look_at_reviews(&self) -> Result<Vec<Trouble>, HouseError> {
        let (policy, now) = (&self.config.policy, self.clock.now());
        let queues = policy.queues.iter();
        let queues =
            queues.filter_map(|(name, queue)| Some((name, queue, policy_of(queue, policy)?)));
        let queues: Vec<_> = queues.collect();
        let is_nothing = queues.is_empty() && policy.director_review.is_none();
        if is_nothing && policy.rules.is_empty() {
            return Ok(Vec::new());
        }
        if reviews::is_any_left(&self.db).await? {
            return Ok(Vec::new());
        }
        let mut written = reviews::written(&self.db).await?;
        for kept in reviews::kept(&self.db).await? {
            written.is_kept(&kept);
        }
        let mut counted = Counted::default();
        let mut troubles = Vec::new();
        for (name, queue, review) in queues {
            let calendar = &queue.calendar;
            let own = (name, queue, review);
            let week = week_over(calendar.zone(), now);
            let last = written.last(ReviewKind::Weekly, Some(name));
            if let Some(week) = week {
                let earlier = |week: &Period| week_earlier(week, calendar.zone());
                let back = (WEEKS_OWED_MAX, earlier);
                let mut weeks = owed((review.at, calendar), (&week, last), back, now);
                // One at a time: the next look finds the next.
                while let Some(week) = weeks.next_one() {
                    let Some(trouble) = self.week(&mut counted, own, &week, now).await? else {
                        break;
                    };
                    troubles.push(trouble);
                    weeks.pass_over(week);
                }
            }
            let zone = self.payroll_zone();
            let month = month_over(&zone, now);
            let month = month.and_then(|month| month_told((name, queue), policy, (month, &zone)));
            let last = written.last(ReviewKind::Monthly, Some(name));
            if let Some(month) = month {
                let back = (MONTHS_OWED_MAX, |month: &Period| {
                    month_earlier(month, &zone)
                });
                let mut months = owed((review.at, calendar), (&month, last), back, now);
                while let Some(month) = months.next_one() {
                    let Some(trouble) = self.month(&mut counted, own, &month, now).await? else {
                        break;
                    };
                    troubles.push(trouble);
                    months.pass_over(month);
                }
            }
        }
        troubles.extend(self.director(&mut counted, &written, now).await?);
        self.idle_rules(&written, now).await?;
        Ok(troubles)
    }

    /// Leaves a queue's week for the decider; sums that do not close are trouble, and nothing is sent.
    async fn week(
        &self,
        counted: &mut Counted,
        (name, queue, review): OfQueue<'_>,
        (week, late): &(Period, Late),
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let (zone, zone_name) = (queue.calendar.zone(), &queue.calendar.zone_name);
        let weeks = weeks_up_to(week, zone, WEEKS);
        let (sheets, upto) = self.counted(counted, (zone_name, zone), weeks).await?;
        let [.., before, sheet] = sheets.as_slice() else {
            return Ok(None);
        };
        if let Some(trouble) = unbalanced(name, sheet) {
            return Ok(Some(trouble));
        }
        let stands = match late.is_past {
            true => Standing::at_end(name, sheet),
            false => {
                let open = reviews::open_tickets(&self.db, name).await?;
                standing(&open, (now, week_ends(week, zone)))
            }
        };
        let charts = match review.charts {
            true => self.charts_of((name, queue), (sheets, &self.config.policy), By::Week)?,
            false => Vec::new(),
        };
        let step = ReviewStep::Weekly {
            queue: name.clone(),
            period: week.name.clone(),
            span: (week.from, week.to),
            upto: EventSeq(*upto),
            figures: Box::new(PeriodFigures::of(name, before, sheet)),
            standing: Box::new(stands),
            late: late.clone(),
            charts,
        };
        self.leave_review(&step, now).await?;
        Ok(None)
    }

    /// Leaves a queue's month for the decider, in the same way.
    async fn month(
        &self,
        counted: &mut Counted,
        (name, queue, review): OfQueue<'_>,
        (month, late): &(Period, Late),
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let (policy, zone) = (&self.config.policy, self.payroll_zone());
        let months = months_up_to(month, &zone);
        let (sheets, upto) = self.counted(counted, (&policy.zone, &zone), months).await?;
        let [.., before, sheet] = sheets.as_slice() else {
            return Ok(None);
        };
        if let Some(trouble) = unbalanced(name, sheet) {
            return Ok(Some(trouble));
        }
        let then = self.then(month).await?;
        let aims = then.aims(policy);
        let charts = match review.charts {
            true => self.charts_of((name, queue), (sheets, aims.policy()), By::Month)?,
            false => Vec::new(),
        };
        let reached = department(
            (&queue.title, std::slice::from_ref(name)),
            aims,
            (sheets, &FromOutside::NONE),
        );
        let found = self.found_hints(sheets, *upto).await?;
        let queues = [name.clone()];
        let hints = HintsShown {
            subjects: self.subjects(&queues, month).await?,
            ..shown(&queues, found.month(sheets), policy, queue.language)
        };
        let (upto, stands) = self.month_stands((name, month), *upto, now).await?;
        let step = ReviewStep::Monthly {
            queue: name.clone(),
            period: month.name.clone(),
            upto: EventSeq(upto),
            figures: Box::new(PeriodFigures::of(name, before, sheet)),
            capacity: reached.capacity,
            aims: reached.figures,
            is_aim_unknown: then.is_unknown(),
            hints: Box::new(hints),
            late: late.clone(),
            charts,
            stands,
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
    ) -> Result<&'c Sheets, HouseError> {
        let last = periods.last().map(|period| period.name.clone());
        let key = (zone_name.to_owned(), last.unwrap_or_default());
        let known = counted.0.iter().position(|(own, _)| *own == key);
        let place = match known {
            Some(place) => place,
            None => {
                let question = Question::about(periods, zone.clone());
                let (mut sheets, upto) = history::figures(&self.db, &question, None).await?;
                self.as_closed(&mut sheets, zone).await?;
                counted.0.push((key, (sheets, upto)));
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

/// A queue with its regular letters.
type OfQueue<'q> = (&'q QueueName, &'q QueuePolicy, ReviewPolicy);

/// So many weeks are looked at, so that a trend is seen.
const WEEKS: usize = 6;

/// A queue whose sums do not close is trouble.
fn unbalanced(name: &QueueName, sheet: &Sheet) -> Option<Trouble> {
    let is_wrong = sheet.unbalanced().contains(&name);
    let object = format!("{name}/{}", sheet.period.name);
    is_wrong.then(|| (alarm::BALANCE, object, name.to_string()))
}

/// The end of the week that has begun when a week was over.
fn week_ends(week: &Period, zone: &TimeZone) -> Timestamp {
    let monday = zone.to_datetime(week.to).date();
    let next = monday.checked_add(jiff::Span::new().weeks(1)).ok();
    let ends = next.and_then(|next| next.to_zoned(zone.clone()).ok());
    ends.map_or(week.to, |ends| ends.timestamp())
}
