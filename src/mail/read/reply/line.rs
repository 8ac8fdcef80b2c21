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
    line.split_once('>')
        .is_some_and(|(initials, _)| are_initials(initials))
}

fn are_initials(text: &str) -> bool {
    (1..=4).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphabetic() && c.is_uppercase())
}

/// What stands behind one mark of a quoted line.
pub(super) fn without_mark(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (before, inner) = line.split_once('>').or_else(|| {
        line.split_once("&gt;")
            .filter(|(before, _)| before.is_empty())
    })?;
    (before.is_empty() || before == "|" || are_initials(before)).then_some(inner)
}
