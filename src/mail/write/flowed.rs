//! Plain text as `format=flowed` (RFC 3676): lines of at most 72 columns for old programs, whole paragraphs for new
//! ones, which join the lines that end in a space.

use crate::model::text::Text;

/// The widest line where words allow it.
const COLUMNS: usize = 72;

/// Wraps every paragraph. Words, links among them, are never cut; quoted lines are left as they are, since a mark
/// would have to be repeated; the signature's `-- ` stays.
pub(super) fn wrap(text: &str) -> String {
    let mut wrapped = String::new();
    for line in Text::new(text).as_str().lines() {
        if line == "-- " || line.starts_with('>') {
            wrapped.push_str(line);
        } else {
            wrap_line(line.trim_end(), &mut wrapped);
        }
        wrapped.push('\n');
    }
    wrapped
}

fn wrap_line(line: &str, wrapped: &mut String) {
    stuff(line, wrapped);
    let mut column: usize = 0;
    let mut pieces = line.split_inclusive(' ').peekable();
    while let Some(piece) = pieces.next() {
        wrapped.push_str(piece);
        column = column.saturating_add(piece.chars().count());
        let Some(next) = pieces.peek() else {
            continue;
        };
        let next_width = next.trim_end().chars().count();
        // A run of spaces cannot begin a line: RFC 3676 would take the first for stuffing.
        if next_width > 0 && column.saturating_add(next_width) > COLUMNS && !piece.trim().is_empty()
        {
            wrapped.push('\n');
            stuff(next, wrapped);
            column = 0;
        }
    }
}

/// Space-stuffing (RFC 3676, 4.4), so that nobody takes an indent for stuffing, text for a quote, or a sentence for
/// an mbox separator.
fn stuff(line: &str, wrapped: &mut String) {
    if line.starts_with([' ', '>']) || line.starts_with("From ") {
        wrapped.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_wrapped_and_links_are_whole() {
        let link = format!("https://uni.test/{}", "a".repeat(90));
        let text = format!("{} {link} конец\n", "слово ".repeat(20).trim_end());
        let wrapped = wrap(&text);
        for line in wrapped.lines() {
            let is_fit = line.trim_end().chars().count() <= COLUMNS || line.trim_end() == link;
            assert!(is_fit, "{line}");
        }
        assert_eq!(wrapped.replace(" \n", " "), text);
    }

    #[test]
    fn what_means_something_else_is_stuffed() {
        assert_eq!(
            wrap("From here\n  two\n-- \nend  \n"),
            " From here\n   two\n-- \nend\n"
        );
    }
}
