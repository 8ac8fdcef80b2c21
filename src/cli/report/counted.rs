//! What the files of a payroll are made of at the terminal.

use anyhow::bail;
use jiff::Timestamp;

use crate::{
    cli::visit::Visit,
    desk::kpi::{DEFINITIONS, Period},
    house::{
        payroll::{Figures, rows::Rows},
        periods::{self, ClosedFigures},
    },
};

/// The version of what nobody has approved.
pub(super) const DRAFT: u32 = 0;

/// The figures of a period: of a closed one those that were closed, whatever history comes to by now.
pub(super) async fn figures(
    here: &Visit,
    (period, closed): (&Period, Option<&ClosedFigures>),
    now: Timestamp,
) -> anyhow::Result<Figures> {
    if let Some(closed) = closed {
        return Figures::of(&here.db, closed, here.words.zone()).await;
    }
    let so_far = period.clone().so_far(now);
    let draft = periods::draft(&here.db, &so_far, here.words.zone()).await?;
    if !draft.sheet.unbalanced().is_empty() {
        bail!(here.words.pick(
            "Суммы не сходятся: файлы не записаны. Подробности: okno report kpi",
            "The sums do not close: no file is written. See okno report kpi"
        ));
    }
    Ok(Figures {
        period: period.clone(),
        lines: periods::read(&draft.file()),
        version: DRAFT,
        upto: draft.upto,
        sheet: Some(draft.sheet),
        rows: Rows::TODAY,
        definitions: DEFINITIONS,
    })
}
