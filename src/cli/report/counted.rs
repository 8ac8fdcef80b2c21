//! What the files of a payroll are made of at the terminal.

use anyhow::bail;
use jiff::Timestamp;

use crate::{
    cli::visit::Visit,
    desk::kpi::{Period, Question, Sheet},
    house::{
        payroll::rows::Rows,
        periods::{self, ClosedFigures, Lines},
    },
    store::history,
};

/// The version of what nobody has approved.
pub(super) const DRAFT: u32 = 0;

/// What the files are made of.
pub(super) struct Counted {
    pub(super) lines: Lines,
    /// What they were counted from; `None`: by definitions of an earlier program.
    pub(super) sheet: Option<Sheet>,
    /// Which queues and agents stand in one row.
    pub(super) rows: Rows,
    pub(super) version: u32,
    /// The last event that is known of.
    pub(super) upto: i64,
}

/// The figures of a period: of a closed one those that were closed, whatever history comes to by now.
pub(super) async fn figures(
    here: &Visit,
    (period, closed): (&Period, Option<&ClosedFigures>),
    now: Timestamp,
) -> anyhow::Result<Counted> {
    if let Some(closed) = closed {
        let question = Question::about(vec![closed.period.clone()], closed.zone(here.words.zone()));
        let sheets = match closed.is_countable {
            true => {
                history::figures(&here.db, &question, Some(closed.upto))
                    .await?
                    .0
            }
            false => Vec::new(),
        };
        return Ok(Counted {
            lines: closed.lines().clone(),
            sheet: sheets.into_iter().next(),
            rows: closed.rows.clone(),
            version: closed.version,
            upto: closed.upto,
        });
    }
    let so_far = period.clone().so_far(now);
    let draft = periods::draft(&here.db, &so_far, here.words.zone()).await?;
    if !draft.sheet.unbalanced().is_empty() {
        bail!(here.words.pick(
            "Суммы не сходятся: файлы не записаны. Подробности: okno report kpi",
            "The sums do not close: no file is written. See okno report kpi"
        ));
    }
    Ok(Counted {
        lines: periods::read(&draft.file()),
        version: DRAFT,
        upto: draft.upto,
        sheet: Some(draft.sheet),
        rows: Rows::TODAY,
    })
}
