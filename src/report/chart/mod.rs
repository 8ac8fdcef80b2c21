//! Charts: one drawing for the page (SVG) and for letters (PNG), and the same figures in words for whoever cannot see it.
//!
//! Nothing is told by colour alone: lines differ in dashes and marks, bars in their filling, and words stand beside
//! both. The SVG asks for nothing from outside and has neither script nor style: its ink is `currentColor`, so that it
//! is readable on a dark page as on a light one, whatever that page's policy on styles.

mod axis;
mod bars;
mod canvas;
mod frame;
pub mod kinds;
mod lines;
mod panels;
mod rows;
mod strokes;
mod words;

use plotters::{backend::BitMapBackend, drawing::IntoDrawingArea, prelude::SVGBackend};

use self::canvas::Canvas;
pub use self::{canvas::Undrawn, words::Figures};
use crate::model::decimal::Decimal;
use crate::model::language::Language;

/// What is shown: names along one side, and of every series a value for each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it shows, with the unit where the numbers do not say it.
    pub title: String,
    /// The language of its numbers, and of what is said of it.
    pub language: Language,
    /// How it is drawn.
    pub shape: Shape,
    /// What its numbers are.
    pub unit: Unit,
    /// What the names are: "month", "agent".
    pub heading: String,
    /// The names, in order.
    pub names: Vec<String>,
    /// The values: at most [`SERIES_MAX`].
    pub series: Vec<Series>,
    /// What is aimed at, or what is the limit: at most [`TARGETS_MAX`].
    pub targets: Vec<Target>,
}

/// More can be told apart by nobody who does not see colours.
pub const SERIES_MAX: usize = 4;

/// More lines than these look like a grid.
pub const TARGETS_MAX: usize = 2;

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Lines through time.
    Lines,
    /// The same, a panel a series, one below the other on one scale: each with what is aimed at in it.
    Panels,
    /// Bars beside each other, in groups.
    Bars,
    /// Bars of one series that touch: how often what happened. A target is the place after so many bars.
    Distribution,
    /// Bars that lie, for names of people.
    Rows,
}

/// What numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// So many.
    Count,
    /// Of a hundred.
    Percent,
    /// Minutes.
    Minutes,
}

/// Values that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Whose or of what.
    pub name: String,
    /// One for each name; `None`: there is no data, which is not nought.
    pub values: Vec<Option<Decimal>>,
    /// What this one alone is held against: drawn in panels.
    pub target: Option<Decimal>,
}

/// What values are held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What it is called: "target", "limit".
    pub name: String,
    /// Where it lies.
    pub value: Decimal,
}

/// A letter shows it at half this size, so that it is sharp on fine screens, too.
const PNG_SCALE: u32 = 2;

impl Chart {
    /// For a page. It carries its name and its figures in words as `title` and `desc`; put it into HTML as it is.
    ///
    /// # Errors
    ///
    /// More series or targets than can be told apart.
    pub fn svg(&self) -> Result<String, Undrawn> {
        let size = self.checked_size()?;
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            self.draw(&Canvas::new(&area, 1, 0.0)?)?;
            area.present().map_err(|error| Undrawn::failed(&error))?;
        }
        let words = format!(
            "<title>{}</title>\n<desc>{}</desc>\n",
            escaped(&self.title),
            escaped(&self.alt())
        );
        // Ink that the page chooses, and sizes that it may choose.
        let inked = svg.replace(canvas::INK_WRITTEN, "currentColor");
        let named = inked.replacen("<svg ", "<svg role=\"img\" ", 1);
        Ok(named.replacen(">\n", &format!(">\n{words}"), 1))
    }

    /// For a letter, on white.
    ///
    /// # Errors
    ///
    /// More series or targets than can be told apart.
    pub fn png(&self) -> Result<Vec<u8>, Undrawn> {
        let (width, height) = self.checked_size()?;
        let size = (
            width.saturating_mul(PNG_SCALE),
            height.saturating_mul(PNG_SCALE),
        );
        let bytes = usize::try_from(size.0.saturating_mul(size.1).saturating_mul(3))
            .map_err(|error| Undrawn::failed(&error))?;
        let mut pixels = vec![u8::MAX; bytes];
        {
            let area = BitMapBackend::with_buffer(&mut pixels, size).into_drawing_area();
            self.draw(&Canvas::new(&area, 2, canvas::PNG_TEXT_DROP)?)?;
            area.present().map_err(|error| Undrawn::failed(&error))?;
        }
        let mut made = Vec::new();
        let mut encoder = png::Encoder::new(&mut made, size.0, size.1);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        // Flat colours pack best as they are.
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder
            .write_header()
            .map_err(|error| Undrawn::failed(&error))?;
        writer
            .write_image_data(&pixels)
            .map_err(|error| Undrawn::failed(&error))?;
        writer.finish().map_err(|error| Undrawn::failed(&error))?;
        Ok(made)
    }

    /// The size at which a letter and a page show it.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        match self.shape {
            Shape::Lines | Shape::Bars | Shape::Distribution => (frame::WIDTH, frame::HEIGHT),
            Shape::Rows => (frame::WIDTH, rows::height(self)),
            Shape::Panels => (frame::WIDTH, panels::height(self)),
        }
    }

    fn checked_size(&self) -> Result<(u32, u32), Undrawn> {
        if self.series.len() > SERIES_MAX || self.targets.len() > TARGETS_MAX {
            return Err(Undrawn::TooMany);
        }
        Ok(self.size())
    }

    fn draw<B: plotters::prelude::DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
    ) -> Result<(), Undrawn> {
        let top = frame::draw_head(self, canvas)?;
        match self.shape {
            Shape::Lines => lines::draw(self, canvas, top),
            Shape::Bars | Shape::Distribution => bars::draw(self, canvas, top),
            Shape::Rows => rows::draw(self, canvas, top),
            Shape::Panels => panels::draw(self, canvas, top),
        }
    }
}

/// For the text of an XML element.
fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
