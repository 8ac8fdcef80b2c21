//! Charts in letters.

use serde::{Deserialize, Serialize};

use super::payroll::MadeFile;

/// A chart of a letter: the picture stands in the page, and whoever does not see it has the same figures below.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartShown {
    /// Under which the page refers to the picture (RFC 2392).
    pub content_id: String,
    /// What it shows.
    pub title: String,
    /// What it says, in a sentence.
    pub alt: String,
    /// As wide as it is shown, in pixels.
    pub width: u32,
    /// As high.
    pub height: u32,
    /// What the columns of its figures are.
    pub head: Vec<String>,
    /// Its figures: a row a name.
    pub rows: Vec<Vec<String>>,
    /// The same, a line a name: `Oct 2026: received 31, solved 29`.
    pub lines: Vec<String>,
}

/// A chart that was drawn for a letter, and its picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnChart {
    /// What the letter says of it.
    pub shown: ChartShown,
    /// The picture.
    pub file: MadeFile,
}

/// Puts charts into the mail of that id: what the page refers to, and the pictures.
#[must_use]
pub fn placed(charts: &[DrawnChart], message_id: &str) -> (Vec<ChartShown>, Vec<MadeFile>) {
    let placed = (1_u32..).zip(charts).map(|(n, chart)| {
        let content_id = format!("{n}.{message_id}");
        let shown = ChartShown {
            content_id: content_id.clone(),
            ..chart.shown.clone()
        };
        let file = MadeFile {
            content_id: Some(content_id),
            ..chart.file.clone()
        };
        (shown, file)
    });
    placed.unzip()
}
