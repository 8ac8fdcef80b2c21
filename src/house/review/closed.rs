//! Months that are closed stand in letters as they were closed.

use jiff::{Timestamp, tz::TimeZone};

use super::{super::HouseError, House};
use crate::{
    desk::{
        kpi::{Period, Question, Sheet},
        review::MonthStands,
    },
    house::periods::{ClosedFigures, closed_figures},
    model::ids::QueueName,
    store::history,
};

impl House {
    /// How a queue's month stands whose figures are counted up to that event, and up to which event it is shown.
    pub(super) async fn month_stands(
        &self,
        (queue, month): (&QueueName, &Period),
        upto: i64,
        now: Timestamp,
    ) -> Result<(i64, MonthStands), HouseError> {
        let closed = closed_figures(&self.db, &month.name).await?;
        let closed = closed.iter().find(|one| one.has(queue));
        let counted = closed.filter(|one| one.is_countable);
        let upto = counted.map_or(upto, |one| one.upto);
        let final_from = month
            .final_from()
            .filter(|at| closed.is_none() && now < *at);
        let head_hash = history::hash_at(&self.db, upto).await?;
        let stands = MonthStands {
            closed: closed.map(|one| (one.version, one.at)),
            is_recounted: closed.is_some() && counted.is_none(),
            final_from,
            head_hash: head_hash.unwrap_or_default(),
        };
        Ok((upto, stands))
    }

    /// Puts in the place of what is closed of these sheets what was closed: history up to there comes to the same. What
    /// other definitions have counted stays as it is counted now.
    pub(super) async fn as_closed(
        &self,
        sheets: &mut [Sheet],
        zone: &TimeZone,
    ) -> Result<(), HouseError> {
        for sheet in sheets {
            for closed in closed_figures(&self.db, &sheet.period.name).await? {
                let is_other = !closed.changed_since(&self.db, zone).await?.is_empty();
                if closed.is_countable && is_other {
                    let zone = closed.zone(zone);
                    let question = Question::about(vec![closed.period.clone()], zone);
                    let (then, _) =
                        history::figures(&self.db, &question, Some(closed.upto)).await?;
                    then.into_iter().for_each(|then| put(&closed, then, sheet));
                }
            }
        }
        Ok(())
    }
}

fn put(closed: &ClosedFigures, then: Sheet, sheet: &mut Sheet) {
    sheet.tallies.retain(|whose, _| !closed.has(&whose.queue));
    sheet.balances.retain(|queue, _| !closed.has(queue));
    let tallies = then.tallies.into_iter();
    let own = tallies.filter(|(whose, _)| closed.has(&whose.queue));
    sheet.tallies.extend(own);
    let balances = then.balances.into_iter();
    let own = balances.filter(|(queue, _)| closed.has(queue));
    sheet.balances.extend(own);
}
