//! Lines through time: each with its dashes and marks, its last value beside it.

use plotters::prelude::DrawingBackend;

use super::{
    Chart, Series,
    canvas::{self, Canvas, INK, Side, Style, Undrawn, style, target_dash},
    frame::{LABEL, Plot, draw_grid, draw_names, index_of},
    strokes::Point,
};
use crate::model::decimal::Decimal;

/// Values beside the lines' ends are at least so far from each other.
const APART: f64 = 15.0;

/// How much room the mark before such a value takes.
pub(super) const MARK: f64 = 16.0;

/// Marks on more points than these would be a line themselves.
const MARKS_MAX: usize = 32;

/// Draws the lines below `top`.
pub(super) fn draw<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    top: f64,
) -> Result<(), Undrawn> {
    let lasts: Vec<Option<(String, f64)>> = chart
        .series
        .iter()
        .map(|series| last(chart, &series.values))
        .collect();
    let widest = lasts
        .iter()
        .flatten()
        .map(|(said, _)| canvas::width(said, LABEL))
        .fold(0.0, f64::max);
    let plot = draw_grid(chart, canvas, top, widest + MARK + 4.0)?;
    draw_names(chart, canvas, &plot)?;
    for (index, target) in chart.targets.iter().enumerate() {
        let y = plot.y(target.value.to_f64());
        let line = [(plot.left, y), (plot.right, y)];
        canvas.line(&line, target_dash(index), INK, 1.5)?;
    }
    for (index, series) in chart.series.iter().enumerate() {
        draw_series(chart, canvas, &plot, (style(index), series))?;
    }
    draw_lasts(canvas, &plot, &lasts)
}

/// Draws a line with its marks.
pub(super) fn draw_series<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    plot: &Plot,
    (style, series): (Style, &Series),
) -> Result<(), Undrawn> {
    for points in pieces(chart, plot, &series.values) {
        if points.len() > 1 {
            canvas.line(&points, style.dash, style.colour, 2.5)?;
        }
        let is_marked = chart.names.len() <= MARKS_MAX;
        for point in points.iter().filter(|_| is_marked || points.len() == 1) {
            canvas.mark(*point, style)?;
        }
    }
    Ok(())
}

/// The last value of a line.
pub(super) fn last(chart: &Chart, values: &[Option<Decimal>]) -> Option<(String, f64)> {
    let (index, value) = values
        .iter()
        .take(chart.names.len())
        .enumerate()
        .rev()
        .find_map(|(index, value)| value.map(|value| (index, value)))?;
    let said = chart.unit.written(value, chart.language);
    // Beside the right edge only the values of the last name may stand.
    (index.saturating_add(1) == chart.names.len()).then(|| (said, value.to_f64()))
}

/// The points of a line; where there is no data it is broken.
fn pieces(chart: &Chart, plot: &Plot, values: &[Option<Decimal>]) -> Vec<Vec<Point>> {
    let slot = plot.slot(chart.names.len());
    let mut pieces = vec![Vec::new()];
    for (index, value) in values.iter().take(chart.names.len()).enumerate() {
        match value {
            Some(value) => {
                let x = plot.left + (index_of(index) + 0.5) * slot;
                let point = (x, plot.y(value.to_f64()));
                if let Some(piece) = pieces.last_mut() {
                    piece.push(point);
                }
            }
            None => pieces.push(Vec::new()),
        }
    }
    pieces
}

/// Draws the last values beside the lines' ends, moved apart where lines end close together.
fn draw_lasts<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    plot: &Plot,
    lasts: &[Option<(String, f64)>],
) -> Result<(), Undrawn> {
    let mut placed: Vec<(f64, usize, &str)> = lasts
        .iter()
        .enumerate()
        .filter_map(|(index, last)| last.as_ref().map(|last| (index, last)))
        .map(|(index, (said, value))| (plot.y(*value), index, said.as_str()))
        .collect();
    placed.sort_by(|one, two| one.0.total_cmp(&two.0));
    let mut lowest = f64::MIN;
    for (y, ..) in &mut placed {
        *y = y.max(lowest + APART);
        lowest = *y;
    }
    // What was pushed below the foot goes up again, and pushes.
    let mut highest = plot.bottom + APART;
    for (y, ..) in placed.iter_mut().rev() {
        *y = y.min(highest - APART);
        highest = *y;
    }
    for (y, index, said) in placed {
        canvas.mark((plot.right + MARK / 2.0, y), style(index))?;
        canvas.words(said, (plot.right + MARK, y), Side::Left, LABEL)?;
    }
    Ok(())
}
