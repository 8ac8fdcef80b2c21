//! Lying bars: a row a name, its number at the end.

use plotters::prelude::DrawingBackend;

use super::{
    Chart,
    axis::Axis,
    canvas::{self, Canvas, INK, Side, Undrawn, style, target_dash},
    frame::{LABEL, MARGIN, WIDTH, count_of, cut, head_end, index_of},
};
use crate::model::language::Language;

/// More rows are not looked at; the table has all.
const ROWS_MAX: usize = 30;

/// How high a bar is.
const BAR: f64 = 16.0;

/// The widest a name may be.
const NAME_MAX: f64 = 210.0;

fn shown(chart: &Chart) -> usize {
    chart.names.len().min(ROWS_MAX)
}

fn row_height(chart: &Chart) -> f64 {
    BAR * count_of(chart.series.len()) + 10.0
}

/// How high the chart is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from f64 saturates, and there are at most 30 rows"
)]
pub(super) fn height(chart: &Chart) -> u32 {
    let rest = if chart.names.len() > ROWS_MAX {
        24.0
    } else {
        0.0
    };
    let rows = row_height(chart) * index_of(shown(chart));
    (head_end(chart) + 14.0 + rows + rest + 10.0).ceil() as u32
}

/// Draws the rows below `top`.
pub(super) fn draw<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    top: f64,
) -> Result<(), Undrawn> {
    let names: Vec<String> = chart
        .names
        .iter()
        .take(ROWS_MAX)
        .map(|name| cut(name, NAME_MAX, LABEL))
        .collect();
    let widest = |words: &mut dyn Iterator<Item = f64>| words.fold(0.0, f64::max);
    let left = MARGIN + widest(&mut names.iter().map(|name| canvas::width(name, LABEL))) + 8.0;
    let numbers = chart
        .series
        .iter()
        .flat_map(|series| series.values.iter().flatten());
    let number = widest(
        &mut numbers.map(|value| canvas::width(&chart.unit.written(*value, chart.language), LABEL)),
    );
    let right = f64::from(WIDTH) - MARGIN - number - 6.0;
    let axis = Axis::of(chart);
    let x = |value: f64| left + axis.share(value) * (right - left);
    let (high, start) = (row_height(chart), top + 14.0);
    let end = start + high * index_of(names.len());
    canvas.grid((x(0.0), start), (x(0.0), end))?;
    for (at, name) in names.iter().enumerate() {
        let head = start + index_of(at) * high;
        canvas.words(name, (left - 8.0, head + high / 2.0), Side::Right, LABEL)?;
        for (index, series) in chart.series.iter().enumerate() {
            let Some(Some(value)) = series.values.get(at) else {
                continue;
            };
            let y = head + 5.0 + index_of(index) * BAR;
            let tip = x(value.to_f64());
            canvas.bar((x(0.0), y + 1.0), (tip, y + BAR - 1.0), style(index))?;
            let said = chart.unit.written(*value, chart.language);
            let beside = (tip.max(x(0.0)) + 6.0, y + BAR / 2.0);
            canvas.words(&said, beside, Side::Left, LABEL)?;
        }
    }
    for (index, target) in chart.targets.iter().enumerate() {
        let at = x(target.value.to_f64());
        canvas.line(&[(at, start), (at, end)], target_dash(index), INK, 1.5)?;
    }
    let rest = chart.names.len().saturating_sub(ROWS_MAX);
    if rest > 0 {
        let said = match chart.language {
            Language::Ru => format!("и ещё {rest} — в таблице"),
            Language::En => format!("and {rest} more, in the table"),
        };
        canvas.words(&said, (MARGIN, end + 14.0), Side::Left, LABEL)?;
    }
    Ok(())
}
