//! What is drawn with: lines, dashes, marks, fillings and words, at any scale, on any backend.

use std::sync::OnceLock;

use plotters::{
    coord::Shift,
    drawing::DrawingArea,
    element::{Circle, PathElement, Polygon, Rectangle, Text},
    prelude::{DrawingBackend, IntoFont},
    style::{
        Color, FontStyle, RGBColor, ShapeStyle, TextStyle, register_font,
        text_anchor::{HPos, Pos, VPos},
    },
};

use super::strokes::{Filling, Point, dashed, hatches};

/// Why there is no chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undrawn {
    /// There is more in it than can be told apart.
    #[error("a chart holds at most 4 series and 2 targets")]
    TooMany,
    /// The drawing itself failed.
    #[error("the chart could not be drawn: {0}")]
    Failed(String),
}

impl Undrawn {
    pub(super) fn failed(error: &dyn std::fmt::Display) -> Self {
        Self::Failed(error.to_string())
    }
}

/// What everything but values is drawn with.
pub(super) const INK: RGBColor = RGBColor(0x1B, 0x1B, 0x1B);

/// How an SVG says [`INK`].
pub(super) const INK_WRITTEN: &str = "#1B1B1B";

/// The bitmap backend sets words higher than the SVG one, by this share of their size.
pub(super) const PNG_TEXT_DROP: f64 = 0.2;

/// Okabe and Ito's colours, three times as light or dark as white and black paper at least.
const COLOURS: [RGBColor; 3] = [
    RGBColor(0x00, 0x78, 0xBE),
    RGBColor(0xD5, 0x5E, 0x00),
    RGBColor(0x00, 0x93, 0x6B),
];

/// How one series is told from the others: by colour, and by shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) colour: RGBColor,
    /// Drawn and left out, in turn; empty: a whole line.
    pub(super) dash: &'static [f64],
    /// The corners of its mark around a point; none: a disc.
    mark: &'static [(f64, f64)],
    filling: Filling,
}

impl Style {
    /// The same, its line whole.
    pub(super) const fn whole(self) -> Self {
        Self { dash: &[], ..self }
    }
}

/// The style of a series.
pub(super) fn style(index: usize) -> Style {
    let colour = COLOURS.get(index).copied().unwrap_or(INK);
    match index {
        0 => Style {
            colour,
            dash: &[],
            mark: &[],
            filling: Filling::Full,
        },
        1 => Style {
            colour,
            dash: &[9.0, 5.0],
            mark: &[(-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5)],
            filling: Filling::Slanted,
        },
        2 => Style {
            colour,
            dash: &[2.5, 4.0],
            mark: &[(0.0, -5.5), (5.5, 4.5), (-5.5, 4.5)],
            filling: Filling::Empty,
        },
        _ => Style {
            colour,
            dash: &[10.0, 4.0, 2.5, 4.0],
            mark: &[(0.0, -6.0), (6.0, 0.0), (0.0, 6.0), (-6.0, 0.0)],
            filling: Filling::Level,
        },
    }
}

/// The dashes of a target: none that a series has.
pub(super) fn target_dash(index: usize) -> &'static [f64] {
    if index == 0 {
        &[16.0, 6.0]
    } else {
        &[4.0, 6.0]
    }
}

/// Where words stand: before, around or after a place.
pub(super) type Side = HPos;

/// What is drawn on.
pub(super) struct Canvas<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
    scale: f64,
    text_drop: f64,
}

impl<'a, B: DrawingBackend> Canvas<'a, B> {
    /// Draws everything `scale` times as large.
    pub(super) fn new(
        area: &'a DrawingArea<B, Shift>,
        scale: u32,
        text_drop: f64,
    ) -> Result<Self, Undrawn> {
        is_font_ready()?;
        Ok(Self {
            area,
            scale: f64::from(scale),
            text_drop,
        })
    }

    fn at(&self, point: Point) -> (i32, i32) {
        (pixel(point.0 * self.scale), pixel(point.1 * self.scale))
    }

    fn put<'b, E>(&self, element: &'b E) -> Result<(), Undrawn>
    where
        &'b E: plotters::element::PointCollection<'b, (i32, i32)>,
        E: plotters::element::Drawable<B>,
    {
        self.area
            .draw(element)
            .map_err(|error| Undrawn::failed(&error))
    }

    fn stroke(&self, colour: RGBColor, width: f64) -> ShapeStyle {
        let width = u32::try_from(pixel(width * self.scale)).unwrap_or(1).max(1);
        colour.stroke_width(width)
    }

    /// A line through points, dashed as said.
    pub(super) fn line(
        &self,
        points: &[Point],
        dash: &[f64],
        colour: RGBColor,
        width: f64,
    ) -> Result<(), Undrawn> {
        for piece in dashed(points, dash) {
            let path: Vec<(i32, i32)> = piece.into_iter().map(|point| self.at(point)).collect();
            self.put(&PathElement::new(path, self.stroke(colour, width)))?;
        }
        Ok(())
    }

    /// A thin line of the grid.
    pub(super) fn grid(&self, from: Point, to: Point) -> Result<(), Undrawn> {
        let style = INK.mix(0.18).stroke_width(pixel_width(self.scale));
        let path = vec![self.at(from), self.at(to)];
        self.put(&PathElement::new(path, style))
    }

    /// The mark of a series.
    pub(super) fn mark(&self, at: Point, style: Style) -> Result<(), Undrawn> {
        if style.mark.is_empty() {
            let radius = pixel(4.5 * self.scale);
            return self.put(&Circle::new(self.at(at), radius, style.colour.filled()));
        }
        let corners: Vec<(i32, i32)> = style
            .mark
            .iter()
            .map(|(x, y)| self.at((at.0 + x, at.1 + y)))
            .collect();
        self.put(&Polygon::new(corners, style.colour.filled()))
    }

    /// A bar between two corners, filled as its series is.
    pub(super) fn bar(&self, from: Point, to: Point, style: Style) -> Result<(), Undrawn> {
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        if bottom - top < 0.5 || right - left < 0.5 {
            return Ok(());
        }
        let corners = [self.at((left, top)), self.at((right, bottom))];
        if matches!(style.filling, Filling::Full) {
            return self.put(&Rectangle::new(corners, style.colour.filled()));
        }
        self.put(&Rectangle::new(corners, style.colour.mix(0.18).filled()))?;
        for (one, two) in hatches(style.filling, (left, top), (right, bottom)) {
            self.line(&[one, two], &[], style.colour, 1.5)?;
        }
        let outline = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        self.line(&outline, &[], style.colour, 1.5)
    }

    /// One line of words, on that side of a place and level with it.
    pub(super) fn words(
        &self,
        words: &str,
        at: Point,
        side: Side,
        size: f64,
    ) -> Result<(), Undrawn> {
        let font = ("sans-serif", size * self.scale).into_font();
        let style = TextStyle::from(font)
            .color(&INK)
            .pos(Pos::new(side, VPos::Center));
        let place = self.at((at.0, at.1 + size * self.text_drop));
        self.put(&Text::new(words.to_owned(), place, style))
    }
}

fn pixel_width(scale: f64) -> u32 {
    u32::try_from(pixel(scale)).unwrap_or(1)
}

/// How wide words are.
pub(super) fn width(words: &str, size: f64) -> f64 {
    let font = ("sans-serif", size).into_font();
    font.layout_box(words)
        .map_or(0.0, |((left, _), (right, _))| {
            f64::from(right.saturating_sub(left))
        })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from f64 saturates: what lies outside of the picture is not drawn"
)]
fn pixel(place: f64) -> i32 {
    place.round() as i32
}

/// The font that comes along: none of the machine's, so that the same chart looks the same everywhere.
fn is_font_ready() -> Result<(), Undrawn> {
    static READY: OnceLock<bool> = OnceLock::new();
    let is_ready = *READY.get_or_init(|| {
        let bytes = include_bytes!("font/DejaVuSans-subset.ttf");
        register_font("sans-serif", FontStyle::Normal, bytes).is_ok()
    });
    if is_ready {
        Ok(())
    } else {
        Err(Undrawn::Failed("the font is broken".to_owned()))
    }
}
