//! Months that are closed stand in letters as they were closed.

use jiff::tz::TimeZone;

use super::{super::HouseError, House};
use crate::{
    desk::kpi::{Question, Sheet},
    house::periods::{ClosedFigures, closed_figures},
    store::history,
};

impl House {
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
