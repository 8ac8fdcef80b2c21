//! Words for a cell.

use unicode_normalization::UnicodeNormalization as _;

use crate::model::{lookalike::is_invisible, text::Text};

/// So many characters are enough for names and reasons; a cell of a spreadsheet holds 32,767.
const CHARS_MAX: usize = 1000;

/// One line, composed, of what can be seen.
pub(super) fn clean(words: &str) -> String {
    // Without what cannot be seen first: letters it parted may be composed.
    let seen: String = Text::line(words)
        .as_str()
        .chars()
        .filter(|c| !is_invisible(*c))
        .collect();
    let composed: String = seen.nfc().collect();
    let line = Text::line(&composed);
    if line.as_str().chars().count() <= CHARS_MAX {
        return line.into();
    }
    let kept: String = line
        .as_str()
        .chars()
        .take(CHARS_MAX.saturating_sub(1))
        .collect();
    format!("{}…", kept.trim_end())
}
