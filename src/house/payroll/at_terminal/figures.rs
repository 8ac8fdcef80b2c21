//! The figures that the files of a period are made of at the terminal.

use jiff::tz::TimeZone;

use super::super::rows::Rows;
use crate::{
    desk::kpi::{Period, Question, Sheet},
    house::periods::{ClosedFigures, Lines},
    store::{Db, history},
};

/// The figures that files are made of.
#[derive(Debug)]
pub struct Figures {
    /// Of which period.
    pub period: Period,
    /// As lines.
    pub lines: Lines,
    /// What they were counted from; `None`: by definitions of an earlier program.
    pub sheet: Option<Sheet>,
    /// Which queues and agents stand in one row.
    pub rows: Rows,
    /// Their version; 0: nobody has closed them.
    pub version: u32,
    /// The last event that is known of.
    pub upto: i64,
    /// The definitions by which they were counted.
    pub definitions: u32,
}

impl Figures {
    /// Those of a closed period, as they were closed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn of(db: &Db, closed: &ClosedFigures, zone: &TimeZone) -> anyhow::Result<Self> {
        let question = Question::about(vec![closed.period.clone()], closed.zone(zone));
        let sheets = match closed.is_countable {
            true => history::figures(db, &question, Some(closed.upto)).await?.0,
            false => Vec::new(),
        };
        Ok(Self {
            period: closed.period.clone(),
            lines: closed.lines().clone(),
            sheet: sheets.into_iter().next(),
            rows: closed.rows.clone(),
            version: closed.version,
            upto: closed.upto,
            definitions: closed.definitions,
        })
    }
}
