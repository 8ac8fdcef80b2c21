//! What every chart has around its values: title, legend, grid, names along the foot.

use plotters::prelude::DrawingBackend;

use super::{
    Chart, Shape, Unit,
    axis::{Axis, to_f64},
    canvas::{self, Canvas, INK, Side, Undrawn, style, target_dash},
};

/// What fits a letter on a small screen, and a column of a page.
pub(super) const WIDTH: u32 = 640;
/// Of all but lying bars.
pub(super) const HEIGHT: u32 = 360;

/// Sizes of words.
pub(super) const TITLE: f64 = 19.0;
pub(super) const LABEL: f64 = 15.0;

/// From the edge.
pub(super) const MARGIN: f64 = 14.0;

/// How long the sample of a legend is.
const SAMPLE: f64 = 34.0;
const LEGEND_LINE: f64 = 22.0;

/// Where values are drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) axis: Axis,
}

impl Plot {
    /// How high a value is drawn.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom - self.axis.share(value) * (self.bottom - self.top)
    }

    /// How wide the room of each name is.
    pub(super) fn slot(&self, count: usize) -> f64 {
        (self.right - self.left) / count_of(count)
    }
}

/// For drawing: never nought.
pub(super) fn count_of(count: usize) -> f64 {
    u32::try_from(count.max(1)).map_or(f64::MAX, f64::from)
}

/// For drawing: the place of the n-th.
pub(super) fn index_of(index: usize) -> f64 {
    u32::try_from(index).map_or(f64::MAX, f64::from)
}

/// The entries of a legend: what is said, and whether it is a series (its index) or a target (its index).
fn legend(chart: &Chart) -> Vec<(String, Result<usize, usize>)> {
    let mut entries: Vec<(String, Result<usize, usize>)> = Vec::new();
    if chart.shape == Shape::Panels {
        // Each panel says what it is.
        return entries;
    }
    let is_one_of_many = chart.series.len() > 1 || !chart.targets.is_empty();
    if is_one_of_many {
        let series = chart.series.iter().enumerate();
        entries.extend(series.map(|(index, series)| (series.name.clone(), Ok(index))));
    }
    for (index, target) in chart.targets.iter().enumerate() {
        // A place between bars is named by its words alone.
        let said = if chart.shape == Shape::Distribution {
            target.name.clone()
        } else {
            let value = chart.unit.written(target.value, chart.language);
            format!("{} {value}", target.name)
        };
        entries.push((said, Err(index)));
    }
    entries
}

/// The places of the entries, and how far down they reach.
fn legend_places(chart: &Chart) -> (Vec<(f64, f64)>, f64) {
    let right = f64::from(WIDTH) - MARGIN;
    let (mut x, mut y) = (MARGIN, 54.0);
    let mut places = Vec::new();
    let entries = legend(chart);
    for (said, _) in &entries {
        let wide = SAMPLE + 7.0 + canvas::width(said, LABEL) + 20.0;
        if x > MARGIN && x + wide - 20.0 > right {
            x = MARGIN;
            y += LEGEND_LINE;
        }
        places.push((x, y));
        x += wide;
    }
    let end = if entries.is_empty() { 36.0 } else { y + 12.0 };
    (places, end)
}

/// How far down title and legend reach.
pub(super) fn head_end(chart: &Chart) -> f64 {
    legend_places(chart).1
}

/// Draws title and legend, and says how far down they reach.
pub(super) fn draw_head<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
) -> Result<f64, Undrawn> {
    let room = f64::from(WIDTH) - 2.0 * MARGIN;
    let title = cut(&chart.said_title(), room, TITLE);
    canvas.words(&title, (MARGIN, 24.0), Side::Left, TITLE)?;
    let (places, end) = legend_places(chart);
    for ((said, what), (x, y)) in legend(chart).into_iter().zip(places) {
        match what {
            Ok(index) if chart.shape == Shape::Lines => {
                let style = style(index);
                let line = [(x, y), (x + SAMPLE, y)];
                canvas.line(&line, style.dash, style.colour, 2.5)?;
                canvas.mark((x + SAMPLE / 2.0, y), style)?;
            }
            Ok(index) => canvas.bar((x, y - 7.0), (x + SAMPLE, y + 7.0), style(index))?,
            Err(index) => {
                let line = [(x, y), (x + SAMPLE, y)];
                canvas.line(&line, target_dash(index), INK, 1.5)?;
            }
        }
        let said = cut(&said, room - SAMPLE - 7.0, LABEL);
        canvas.words(&said, (x + SAMPLE + 7.0, y), Side::Left, LABEL)?;
    }
    Ok(end)
}

/// Draws the grid of standing values with their numbers, and says where values have room. `beside`: how much is kept
/// free on the right.
pub(super) fn draw_grid<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    top: f64,
    beside: f64,
) -> Result<Plot, Undrawn> {
    let axis = Axis::of(chart);
    let numbers: Vec<(f64, String)> = axis
        .steps
        .iter()
        .map(|step| (to_f64(*step), chart.unit.step(*step, chart.language)))
        .collect();
    let widest = numbers
        .iter()
        .map(|(_, number)| canvas::width(number, LABEL))
        .fold(0.0, f64::max);
    let plot = Plot {
        left: MARGIN + widest + 8.0,
        right: f64::from(WIDTH) - MARGIN - beside,
        top: top + 12.0,
        bottom: f64::from(HEIGHT) - 34.0,
        axis,
    };
    for (value, number) in numbers {
        let y = plot.y(value);
        canvas.grid((plot.left, y), (plot.right, y))?;
        canvas.words(&number, (plot.left - 8.0, y), Side::Right, LABEL)?;
    }
    Ok(plot)
}

/// Draws the names along the foot: as many as have room, the last among them.
pub(super) fn draw_names<B: DrawingBackend>(
    chart: &Chart,
    canvas: &Canvas<'_, B>,
    plot: &Plot,
) -> Result<(), Undrawn> {
    let slot = plot.slot(chart.names.len());
    let widest = chart
        .names
        .iter()
        .map(|name| canvas::width(name, LABEL))
        .fold(1.0, f64::max);
    let mut every = 1_usize;
    while index_of(every) * slot < widest + 6.0 && every < chart.names.len() {
        every = every.saturating_add(1);
    }
    for (index, name) in chart.names.iter().enumerate() {
        let from_last = chart.names.len().saturating_sub(index.saturating_add(1));
        if from_last.checked_rem(every) != Some(0) {
            continue;
        }
        let half = canvas::width(name, LABEL) / 2.0;
        let x = plot.left + (index_of(index) + 0.5) * slot;
        // A long name at the edge moves inwards.
        let edge = f64::from(WIDTH) - 4.0 - half;
        let x = x.min(edge).max((4.0 + half).min(edge));
        canvas.words(name, (x, plot.bottom + 17.0), Side::Center, LABEL)?;
    }
    Ok(())
}

/// The words as far as they have room, with a mark where they were cut.
pub(super) fn cut(words: &str, room: f64, size: f64) -> String {
    if canvas::width(words, size) <= room {
        return words.to_owned();
    }
    let mut kept = words.to_owned();
    while kept.pop().is_some() {
        let tried = format!("{}…", kept.trim_end());
        if canvas::width(&tried, size) <= room {
            return tried;
        }
    }
    kept
}

impl Unit {
    /// A number of the grid.
    pub(super) fn step(self, step: i64, language: crate::model::language::Language) -> String {
        match self {
            Self::Percent => self.written(crate::model::decimal::Decimal::whole(step), language),
            Self::Count | Self::Minutes => step.to_string().replace('-', "\u{2212}"),
        }
    }
}
