//! A month of a list, counted: its figures, and what it carries of the months that were closed before.

use jiff::tz::TimeZone;

use super::{
    super::super::periods::{changed_by, file_of, torn},
    lines,
};
use crate::{
    desk::{
        kpi::{Period, Question, Sheet},
        payroll::{Carries, Payrolls},
    },
    model::ids::QueueName,
    store::{Db, StoreError, history},
};

/// What was counted.
pub(in crate::house::payroll) struct Counted {
    /// Everything, of all queues; `None`: nothing was counted.
    pub(in crate::house::payroll) sheet: Option<Sheet>,
    /// The last event that it knows of.
    pub(in crate::house::payroll) upto: i64,
    /// The figures of the list's queues as a file, with their adjustments of closed months.
    pub(in crate::house::payroll) figures: String,
}

/// Which month of which queues, with all of history up to where; `None`: with all there is.
pub(in crate::house::payroll) struct Asked<'a> {
    pub(in crate::house::payroll) queues: &'a [QueueName],
    pub(in crate::house::payroll) period: Period,
    pub(in crate::house::payroll) zone: TimeZone,
    /// What it carries of closed months, also of queues that have no figures in it.
    pub(in crate::house::payroll) carries: &'a Carries,
    pub(in crate::house::payroll) upto: Option<i64>,
}

/// Counts it. `all`: how months stand.
pub(in crate::house::payroll) async fn count(
    db: &Db,
    all: &Payrolls,
    asked: Asked<'_>,
) -> Result<Counted, StoreError> {
    let name = asked.period.name.clone();
    let question = Question::about(vec![asked.period], asked.zone.clone());
    let (sheets, upto) = history::figures(db, &question, asked.upto).await?;
    let mut sheet = sheets.into_iter().next();
    if let Some(sheet) = &mut sheet {
        sheet.torn.extend(torn(db, all, (&*sheet, upto)).await?);
    }
    let gone = &asked.carries.gone;
    let of: Vec<QueueName> = asked.queues.iter().chain(gone).cloned().collect();
    let stretches = all.stretches(&of, asked.carries);
    let adjustments = changed_by(db, stretches, asked.zone, upto).await?;
    let outside = history::outside(db, &name, upto).await?;
    let file = sheet
        .as_ref()
        .map(|sheet| file_of(sheet, &outside, &adjustments))
        .unwrap_or_default();
    Ok(Counted {
        figures: lines::of_month(&file, asked.queues, gone),
        sheet,
        upto,
    })
}
