//! The director's page: the figures of all departments, counted once a month.

use jiff::Timestamp;

use super::{super::HouseError, Counted, House, Trouble};
use crate::{
    desk::{
        kpi::Period,
        policy::{DirectorPolicy, QueuePolicy},
        review::{
            FromOutside, Late, MONTHS_OWED_MAX, ReviewStep, Written, department, departments,
            month_earlier, month_over, months_up_to, owed,
        },
    },
    model::{alarm, ids::EventSeq, review::ReviewKind},
    store::history,
};

impl House {
    /// Leaves the director's page for the decider, where it is due; sums that do not close are trouble, and nothing is sent.
    pub(super) async fn director(
        &self,
        counted: &mut Counted,
        written: &Written,
        now: Timestamp,
    ) -> Result<Vec<Trouble>, HouseError> {
        let (policy, mut troubles) = (&self.config.policy, Vec::new());
        let Some(review) = &policy.director_review else {
            return Ok(troubles);
        };
        let (zone, queue) = (self.payroll_zone(), policy.queues.get(&review.queue));
        let (Some(month), Some(queue)) = (month_over(&zone, now), queue) else {
            return Ok(troubles);
        };
        let last = written.last(ReviewKind::Director, None);
        let back = (MONTHS_OWED_MAX, |month: &Period| {
            month_earlier(month, &zone)
        });
        let mut months = owed((review.at, &queue.calendar), (&month, last), back, now);
        while let Some(month) = months.next_one() {
            let of = (review, queue);
            let Some(trouble) = self.directors_month(counted, of, &month, now).await? else {
                break;
            };
            troubles.push(trouble);
            months.pass_over(month);
        }
        Ok(troubles)
    }

    /// Leaves the page of one month.
    async fn directors_month(
        &self,
        counted: &mut Counted,
        (review, queue): (&DirectorPolicy, &QueuePolicy),
        (month, late): &(Period, Late),
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let (policy, zone) = (&self.config.policy, self.payroll_zone());
        let months = months_up_to(month, &zone);
        let (sheets, upto) = self.counted(counted, (&policy.zone, &zone), months).await?;
        let wrong = sheets.last().map(|sheet| sheet.unbalanced());
        if let Some(wrong) = wrong.filter(|wrong| !wrong.is_empty()) {
            let wrong: Vec<&str> = wrong.iter().map(|queue| queue.as_str()).collect();
            let object = format!("director/{}", month.name);
            return Ok(Some((alarm::BALANCE, object, wrong.join(", "))));
        }
        let [.., month_before, _] = sheets.as_slice() else {
            return Ok(None);
        };
        let lists = policy.payrolls.iter();
        let plans: Vec<_> = lists
            .filter_map(|(name, list)| Some((&*list.queues, self.config.scorings.get(name)?)))
            .collect();
        let outside = FromOutside {
            now: &history::outside(&self.db, &month.name, *upto).await?,
            before: &history::outside(&self.db, &month_before.period.name, *upto).await?,
            plans: &plans,
        };
        let then = self.then(month).await?;
        let aims = then.aims(policy);
        let of = departments(policy);
        let of = of.iter();
        let counted = (sheets.as_slice(), &outside);
        let of = of.map(|(title, queues)| department((title, queues), aims, counted));
        let head_hash = history::hash_at(&self.db, *upto).await?;
        let step = ReviewStep::Director {
            period: month.name.clone(),
            upto: EventSeq(*upto),
            head_hash: head_hash.unwrap_or_default(),
            departments: of.collect(),
            is_aim_unknown: then.is_unknown(),
            late: late.clone(),
            charts: match review.charts {
                true => self.charts_of_house((sheets, aims.policy()), queue.language)?,
                false => Vec::new(),
            },
        };
        self.leave_review(&step, now).await?;
        Ok(None)
    }
}
