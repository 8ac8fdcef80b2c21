//! Standing bars: beside each other in groups, or touching, as a distribution.

use plotters::prelude::DrawingBackend;

use super::{
    Chart, Shape,
    canvas::{self, Canvas, INK, Side, Undrawn, style, target_dash},
    frame::{LABEL, Plot, count_of, draw_grid, draw_names, index_of},
};

/// No bar is wider.
const BAR_MAX: f64 = 60.0;

/// Draws the bars below `top`.
pub(super) fn draw<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    top: f64,
) -> Result<(), Undrawn> {
    // Room for the number over the highest bar.
    let plot = draw_grid(chart, canvas, top + 8.0, 0.0)?;
    draw_names(chart, canvas, &plot)?;
    let slot = plot.slot(chart.names.len());
    let share = if chart.shape == Shape::Distribution {
        0.96
    } else {
        0.8
    };
    let group = slot * share;
    let wide = group / count_of(chart.series.len());
    // A few bars are no walls.
    let wide = match chart.shape {
        Shape::Distribution => wide,
        Shape::Lines | Shape::Panels | Shape::Bars | Shape::Rows => wide.min(BAR_MAX),
    };
    let margin = (slot - wide * count_of(chart.series.len())) / 2.0;
    let foot = plot.y(0.0);
    let is_numbered = has_room_for_numbers(chart, wide);
    for (index, series) in chart.series.iter().enumerate() {
        for (at, value) in series.values.iter().take(chart.names.len()).enumerate() {
            let Some(value) = value else { continue };
            let left = plot.left + index_of(at) * slot + margin + index_of(index) * wide;
            let head = plot.y(value.to_f64());
            let gap = if wide > 6.0 { 1.0 } else { 0.0 };
            canvas.bar((left + gap, foot), (left + wide - gap, head), style(index))?;
            if is_numbered {
                let said = value.in_words_of(chart.language);
                let middle = left + wide / 2.0;
                canvas.words(&said, (middle, head.min(foot) - 9.0), Side::Center, LABEL)?;
            }
        }
    }
    draw_targets(chart, canvas, &plot, slot)
}

fn has_room_for_numbers(chart: &Chart, wide: f64) -> bool {
    chart
        .series
        .iter()
        .flat_map(|series| series.values.iter().flatten())
        .all(|value| canvas::width(&value.in_words_of(chart.language), LABEL) <= wide)
}

fn draw_targets<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    plot: &Plot,
    slot: f64,
) -> Result<(), Undrawn> {
    for (index, target) in chart.targets.iter().enumerate() {
        let value = target.value.to_f64();
        let line = if chart.shape == Shape::Distribution {
            let x = (plot.left + value * slot).clamp(plot.left, plot.right);
            [(x, plot.top - 14.0), (x, plot.bottom)]
        } else {
            let y = plot.y(value);
            [(plot.left, y), (plot.right, y)]
        };
        canvas.line(&line, target_dash(index), INK, 1.5)?;
    }
    Ok(())
}
