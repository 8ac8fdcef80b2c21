//! What one line is to the search for quotes: blank, quoted with `>` or the like, text.

/// What a line is to the search for quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Blank,
    Quoted,
    Text,
}

pub(super) fn sort(line: &str) -> Sort {
    let line = line.trim_start();
    if line.is_empty() {
        Sort::Blank
    } else if line.starts_with(">:") {
        // The end of an attribution that was folded within its brackets.
        Sort::Text
    } else if line.starts_with('>')
        || line.starts_with("|>")
        || line.starts_with("&gt;")
        || is_initials_quote(line)
    {
        Sort::Quoted
    } else {
        Sort::Text
    }
}

/// `AT> text`: how The Bat! quotes.
fn is_initials_quote(line: &str) -> bool {
    let Some((initials, _)) = line.split_once('>') else {
        return false;
    };
    let count = initials.chars().count();
    (1..=4).contains(&count)
        && initials
            .chars()
            .all(|c| c.is_alphabetic() && c.is_uppercase())
}
