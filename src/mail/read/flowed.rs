//! Plain text with soft line breaks (RFC 3676): paragraphs put together again.

use super::params::Parametered;

/// `text` with soft line breaks taken out where the content type says `format=flowed`.
pub(super) fn unfold(text: String, content_type: &Parametered) -> String {
    let says = |name: &str, value: &str| {
        content_type
            .text(name)
            .is_some_and(|v| v.trim().eq_ignore_ascii_case(value))
    };
    if !says("format", "flowed") {
        return text;
    }
    flowed(&text, says("delsp", "yes"))
}

fn flowed(text: &str, deletes_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let stripped = line.trim_start_matches('>');
        let depth = line.len().saturating_sub(stripped.len());
        let content = stripped.strip_prefix(' ').unwrap_or(stripped);
        let is_signature = content == "-- ";
        match open {
            Some(above) if above == depth && !is_signature => {}
            Some(_) | None => {
                if open.is_some() {
                    out.push('\n');
                }
                out.extend(std::iter::repeat_n('>', depth));
                if depth > 0 && !content.is_empty() {
                    out.push(' ');
                }
            }
        }
        let is_soft = content.ends_with(' ') && !is_signature;
        let shown = if is_soft && deletes_space {
            content.strip_suffix(' ').unwrap_or(content)
        } else {
            content
        };
        out.push_str(shown);
        open = is_soft.then_some(depth);
        if !is_soft {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(flowed(text, false), shown);
    }

    #[test]
    fn soft_breaks_are_taken_out() {
        check("one \ntwo\nthree\n", "one two\nthree\n");
        check("> quoted \n> still\nanswer", "> quoted still\nanswer\n");
        check("> quoted \nanswer\n", "> quoted \nanswer\n");
        check(" >not quoted\n", ">not quoted\n");
        check("a \n-- \nAnna\n", "a \n-- \nAnna\n");
        check(" From here\n  indented\n", "From here\n indented\n");
        check(">> deep \n>> er\n> less\n", ">> deep er\n> less\n");
        check("> quoted \n> -- \n> Anna\n", "> quoted \n> -- \n> Anna\n");
        check(" \none\n", "\none\n");
        check("\n\nend ", "\n\nend ");
        assert_eq!(flowed("> 日本 \n> 語\n", true), "> 日本語\n");
        assert_eq!(flowed("when \never\n", true), "whenever\n");
    }
}
