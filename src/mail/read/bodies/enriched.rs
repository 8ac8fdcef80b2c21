//! `text/enriched` (RFC 1896) and `text/richtext` (RFC 1341) to text: their commands left out, their line ends kept.

use crate::mail::read::bytes::{cut, starts_with_ignore_case};

/// The longest command (RFC 1896, 3), its brackets counted.
const COMMAND_MAX: usize = 62;

/// The text without its commands.
pub(super) fn to_text(source: &str, is_richtext: bool) -> String {
    let source = if is_richtext {
        source.replace('\n', " ")
    } else {
        with_real_line_ends(source)
    };
    let mut out = String::with_capacity(source.len());
    let mut rest = source.as_str();
    // Within a command's parameters nothing is text.
    let mut is_param = false;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        if !is_param {
            out.push_str(before);
        }
        if let Some(after) = from.strip_prefix("<<") {
            out.push('<');
            rest = after;
            continue;
        }
        let end = cut(from.as_bytes(), 0, COMMAND_MAX)
            .iter()
            .position(|b| matches!(b, b'>' | b'\n'));
        let command = end.and_then(|end| from.get(1..end));
        let after = end.and_then(|end| from.get(end..)?.strip_prefix('>'));
        let (Some(command), Some(after)) = (command, after) else {
            out.push('<');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        let is = |name: &str| command.eq_ignore_ascii_case(name);
        if is("param") || is("comment") {
            is_param = true;
        } else if is("/param") || is("/comment") {
            is_param = false;
        } else if is_richtext && is("nl") {
            out.push('\n');
        } else if is_richtext && starts_with_ignore_case(command, "/paragraph") {
            out.push_str("\n\n");
        } else if is_richtext && is("lt") {
            out.push('<');
        }
        rest = after;
    }
    if !is_param {
        out.push_str(rest);
    }
    out
}

/// One line end is a space, more are one less (RFC 1896, 2).
fn with_real_line_ends(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut ends = 0_usize;
    for c in source.chars().filter(|c| *c != '\r') {
        if c == '\n' {
            ends = ends.saturating_add(1);
            continue;
        }
        match ends {
            0 => {}
            1 => out.push(' '),
            more => out.extend(std::iter::repeat_n('\n', more.saturating_sub(1))),
        }
        ends = 0;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enriched_text_is_read() {
        let text =
            "<bold>Now</bold> is\nthe time\n\n<color><param>red</param>for</color> <<all>\n\n\nmen";
        assert_eq!(to_text(text, false), "Now is the time\nfor <all>\n\nmen");
        assert_eq!(to_text("a < b and no more", false), "a < b and no more");
    }

    #[test]
    fn richtext_is_read() {
        let text = "<bold>Now</bold> is<nl>the\ntime <lt>all><comment>x</comment>";
        assert_eq!(to_text(text, true), "Now is\nthe time <all>");
    }
}
