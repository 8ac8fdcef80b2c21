//! Plain text as `format=flowed` (RFC 3676): lines of at most 72 columns for old programs, whole paragraphs for new
//! ones, which join the lines that end in a space.

use crate::model::text::Text;

/// The widest line where words allow it.
const COLUMNS: usize = 72;

/// Wraps every paragraph. Words, links among them, are never cut; the mark of a quoted line is repeated; the
/// signature's `-- ` stays.
pub(super) fn wrap(text: &str) -> String {
    let mut wrapped = String::new();
    for line in Text::new(text).as_str().lines() {
        if line == "-- " {
            wrapped.push_str(line);
        } else if let Some(quoted) = line.strip_prefix("> ") {
            wrap_line(quoted.trim_end(), "> ", &mut wrapped);
        } else if line.starts_with('>') {
            wrapped.push_str(line.trim_end());
        } else {
            wrap_line(line.trim_end(), "", &mut wrapped);
        }
        wrapped.push('\n');
    }
    wrapped
}

fn wrap_line(line: &str, mark: &str, wrapped: &mut String) {
    let mut column: usize = mark.len();
    start(mark, line, wrapped);
    let mut pieces = pieces(line).into_iter().peekable();
    while let Some(piece) = pieces.next() {
        wrapped.push_str(&piece);
        column = column.saturating_add(piece.chars().count());
        let Some(next) = pieces.peek() else {
            continue;
        };
        let next_width = next.trim_end().chars().count();
        // A run of spaces cannot begin a line: RFC 3676 would take the first for stuffing.
        let is_break = next_width > 0 && !piece.trim().is_empty();
        if is_break && column.saturating_add(next_width) > COLUMNS {
            wrapped.push('\n');
            start(mark, next, wrapped);
            column = mark.len();
        }
    }
}

/// Words, each with the space after it. A dash stays with the word before it, so that no line begins with one.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in line.split_inclusive(' ') {
        match pieces.last_mut() {
            Some(last) if matches!(piece.trim_end(), "—" | "–" | "-") => last.push_str(piece),
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces
}

/// Begins a line: the mark of a quoted one, else space-stuffing where it is needed.
fn start(mark: &str, line: &str, wrapped: &mut String) {
    if mark.is_empty() {
        stuff(line, wrapped);
    } else {
        wrapped.push_str(mark);
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
    fn a_quoted_line_is_marked_again_and_no_line_begins_with_a_dash() {
        let long = "слово ".repeat(14);
        let quoted = wrap(&format!("> {long}"));
        assert!(
            quoted.lines().all(|line| line.starts_with("> ")),
            "{quoted}"
        );
        assert_eq!(quoted.lines().count(), 2);
        let dashed = wrap(&format!("{}— конец", "слово ".repeat(12)));
        assert_eq!(dashed.lines().nth(1), Some("слово — конец"), "{dashed}");
    }

    #[test]
    fn what_means_something_else_is_stuffed() {
        assert_eq!(
            wrap("From here\n  two\n-- \nend  \n"),
            " From here\n   two\n-- \nend\n"
        );
    }
}
