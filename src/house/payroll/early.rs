//! Months that were drafted and approved by a clock that was ahead, before they were over. What is closed is not opened again: the
//! administrator, the heads and the accountants hear that what is missing comes with the next month's file.

use jiff::Timestamp;

use super::{
    super::{House, HouseError},
    Month, Trouble,
};
use crate::{
    desk::payroll::{MonthState, Payrolls, Told},
    model::{
        alarm,
        language::Language,
        outgoing::{PayrollNote, When},
        payroll::PayrollDraft,
    },
    store::{Db, StoreError, history},
};

/// So many events after the closing are looked at: whoever puts a clock right does not wait for more.
const EVENTS_MAX: i64 = 5_000;

/// Whether a draft was made before its month was over: something was decided before the month's end since, by an event of that
/// number at most.
pub(super) async fn is_ahead(db: &Db, draft: &PayrollDraft, upto: i64) -> Result<bool, StoreError> {
    history::is_decided_before(db, (draft.upto.0, upto), draft.to).await
}

/// Whether a month was closed before it was over.
///
/// # Errors
/// What the database says.
pub async fn is_closed_early(db: &Db, state: &MonthState) -> Result<bool, StoreError> {
    match (&state.drafted, state.frozen_by) {
        (Some(drafted), Some(by)) => {
            let upto = by.0.saturating_add(EVENTS_MAX);
            is_ahead(db, &drafted.draft, upto).await
        }
        (_, _) => Ok(false),
    }
}

impl House {
    /// What the administrator is told of such months, until they are over and their file has gone.
    pub(super) async fn look_at_early(
        &self,
        all: &Payrolls,
        now: Timestamp,
    ) -> Result<Vec<Trouble>, HouseError> {
        let mut troubles = Vec::new();
        for ((list, period), state) in &all.months {
            let (Some(drafted), Some((_, at))) = (&state.drafted, state.frozen) else {
                continue;
            };
            let is_running = now < drafted.draft.to;
            if !is_running && state.told.contains(&Told::File) {
                continue;
            }
            if is_running || is_closed_early(&self.db, state).await? {
                let told = self.told_early(at, drafted.draft.upto.0);
                troubles.push((alarm::PAY_EARLY, format!("{list}/{period}"), told));
            }
        }
        Ok(troubles)
    }

    fn told_early(&self, at: Timestamp, upto: i64) -> String {
        let at = self.payroll_zone().to_datetime(at);
        let at = at.strftime("%d.%m.%Y %H:%M");
        match self.config.policy.language {
            Language::Ru => {
                format!("по тем часам утверждён {at}, показатели по событие № {upto}")
            }
            Language::En => {
                format!("approved {at} by that clock, figures up to event no. {upto}")
            }
        }
    }

    /// What heads and accountants are told of such a month with its file.
    pub(super) async fn note_early(
        &self,
        month: &Month<'_>,
    ) -> Result<Option<PayrollNote>, HouseError> {
        let zone = self.config.policy.zone.clone();
        let closed = month
            .state
            .frozen
            .filter(|_| !month.state.told.contains(&Told::File));
        let Some((_, at)) = closed else {
            return Ok(None);
        };
        let is_early = is_closed_early(&self.db, &month.state).await?;
        Ok(is_early.then(|| PayrollNote {
            what: "early".to_owned(),
            period: month.period.name.clone(),
            from: Some(When { at, zone }),
            ..PayrollNote::default()
        }))
    }
}
