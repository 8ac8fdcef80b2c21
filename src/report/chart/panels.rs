//! Small multiples: a panel a series, one below the other and on one scale, so that no line hides another and each has its own
//! target beside it. Readable without colours: in every panel there is one line, and one of dashes.

use plotters::prelude::DrawingBackend;

use super::{
    Chart, Series,
    axis::{Axis, to_f64},
    canvas::{self, Canvas, INK, Side, Undrawn, style, target_dash},
    frame::{LABEL, MARGIN, Plot, WIDTH, count_of, cut, draw_names, head_end, index_of},
    lines::{MARK, draw_series, last},
};
use crate::model::language::Language;

/// How high the values of a panel are.
const VALUES: f64 = 66.0;

/// How high the words above them are.
const CAPTION: f64 = 34.0;

/// Room for the names along the foot.
const FOOT: f64 = 36.0;

/// Numbers of the scale are at least so far from each other.
const NUMBERS_APART: f64 = 20.0;

/// How high the chart is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from f64 saturates, and there are at most 4 panels"
)]
pub(super) fn height(chart: &Chart) -> u32 {
    let panels = (CAPTION + VALUES) * count_of(chart.series.len());
    (head_end(chart) + panels + FOOT).ceil() as u32
}

/// Draws the panels below `top`.
pub(super) fn draw<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    top: f64,
) -> Result<(), Undrawn> {
    let axis = Axis::of(chart);
    let numbers = numbers(chart, &axis);
    let widest = |words: &mut dyn Iterator<Item = f64>| words.fold(0.0, f64::max);
    let number = widest(&mut numbers.iter().map(|(_, said)| canvas::width(said, LABEL)));
    let lasts = chart
        .series
        .iter()
        .filter_map(|one| last(chart, &one.values));
    let beside = widest(&mut lasts.map(|(said, _)| canvas::width(&said, LABEL)));
    let plot_at = |place: usize| {
        let above = top + index_of(place) * (CAPTION + VALUES) + CAPTION;
        Plot {
            left: MARGIN + number + 8.0,
            right: f64::from(WIDTH) - MARGIN - beside - MARK - 4.0,
            top: above,
            bottom: above + VALUES,
            axis: axis.clone(),
        }
    };
    for (place, series) in chart.series.iter().enumerate() {
        let plot = plot_at(place);
        for (value, said) in &numbers {
            let y = plot.y(*value);
            canvas.grid((plot.left, y), (plot.right, y))?;
            canvas.words(said, (plot.left - 8.0, y), Side::Right, LABEL)?;
        }
        caption(chart, canvas, &plot, (place, series))?;
        if let Some(target) = series.target {
            let y = plot.y(target.to_f64());
            let line = [(plot.left, y), (plot.right, y)];
            canvas.line(&line, target_dash(0), INK, 1.5)?;
        }
        // Dashes are the target's: the one line of a panel is whole.
        let whole = style(place).whole();
        draw_series(chart, canvas, &plot, (whole, series))?;
        if let Some((said, value)) = last(chart, &series.values) {
            let end = (plot.right + MARK, plot.y(value));
            canvas.words(&said, end, Side::Left, LABEL)?;
        }
    }
    let foot = plot_at(chart.series.len().saturating_sub(1));
    draw_names(chart, canvas, &foot)
}

/// What the panel is of, and what is aimed at in it, with a sample of that line.
fn caption<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    plot: &Plot,
    (place, series): (usize, &Series),
) -> Result<(), Undrawn> {
    const SAMPLE: f64 = 34.0;
    let y = plot.top - 15.0;
    let aim = series.target.map(|target| {
        let value = chart.unit.written(target, chart.language);
        format!("{} {value}", aim(chart.language))
    });
    let aim_wide = aim
        .as_ref()
        .map_or(0.0, |aim| SAMPLE + 27.0 + canvas::width(aim, LABEL));
    let room = plot.right - plot.left - 14.0 - aim_wide;
    let name = cut(&series.name, room, LABEL);
    canvas.mark((plot.left + 5.0, y), style(place))?;
    canvas.words(&name, (plot.left + 14.0, y), Side::Left, LABEL)?;
    if let Some(aim) = aim {
        let x = plot.left + 14.0 + canvas::width(&name, LABEL) + 20.0;
        canvas.line(&[(x, y), (x + SAMPLE, y)], target_dash(0), INK, 1.5)?;
        canvas.words(&aim, (x + SAMPLE + 7.0, y), Side::Left, LABEL)?;
    }
    Ok(())
}

/// What a target is called.
pub(super) const fn aim(language: Language) -> &'static str {
    match language {
        Language::Ru => "цель",
        Language::En => "target",
    }
}

/// The numbers of the scale that have room, both ends among them where they do.
fn numbers(chart: &Chart, axis: &Axis) -> Vec<(f64, String)> {
    let many = axis.steps.len().saturating_sub(1);
    let apart = VALUES / count_of(many);
    let mut every = 1_usize;
    let fits = |every: usize| index_of(every) * apart >= NUMBERS_APART;
    let divides = |every: usize| many.checked_rem(every) == Some(0);
    while every < many && !(fits(every) && divides(every)) {
        every = every.saturating_add(1);
    }
    let steps = axis.steps.iter().step_by(every.max(1));
    steps
        .map(|step| (to_f64(*step), chart.unit.step(*step, chart.language)))
        .collect()
}
