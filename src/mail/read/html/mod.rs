//! HTML to readable text, in one linear pass without a tree: no nesting makes it slow or deep.
//!
//! Blocks make lines, lists get their marks, table cells a space, links their address where the text does not say it,
//! quotes a `> `. Where a mail program has marked what it quotes, [`QUOTE`] and [`UNQUOTE`] stand around it and
//! [`REST`] before a quote that lasts to the end; [`without_marks`] takes them out.

mod entities;
mod page;
mod tag;
mod walk;

pub(super) use tag::looks_like_html;
use walk::Walk;

/// Here begins what a mail program quotes.
pub(super) const QUOTE: char = '\u{E000}';
/// Here it ends.
pub(super) const UNQUOTE: char = '\u{E001}';
/// From here to the end all is quoted.
pub(super) const REST: char = '\u{E002}';

/// `text` without the marks of this module.
pub(super) fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

pub(super) const fn is_mark(c: char) -> bool {
    matches!(c, QUOTE | UNQUOTE | REST)
}

/// The text, with marks; and whether nesting went deeper than `depth`.
pub(super) fn to_text(html: &str, depth: usize) -> (String, bool) {
    let mut walk = Walk::new(depth);
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        walk.page.text(before);
        rest = if from.starts_with('&') {
            walk.reference(from)
        } else {
            walk.markup(from)
        };
    }
    walk.page.text(rest);
    walk.finish();
    (
        walk.page
            .out
            .trim_matches(|c: char| c.is_whitespace())
            .to_owned(),
        walk.is_too_deep,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, text: &str) {
        assert_eq!(to_text(html, 256).0, text, "{html}");
    }

    #[test]
    fn blocks_make_lines() {
        check("<div>a</div><div>b</div>", "a\nb");
        check("<div>a</div><div><br></div><div>b</div>", "a\n\nb");
        check("<p>a<p>b c\n d</p>", "a\n\nb c d");
        check("a<br>b<br><br>c", "a\nb\n\nc");
        check(
            "<ul><li>a<li>b</ul><ol><li>x</li><li>y</li></ol>",
            "- a\n- b\n1. x\n2. y",
        );
        check(
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>",
            "a b\nc",
        );
        check("<pre>a\n  b</pre>", "a\nb");
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        check(
            "<style>p{}</style><title>t</title>a<!-- c -->b<script>1<2</script>",
            "ab",
        );
        check("<style>never closed a", "never closed a");
        check("<div style='display: none'>hidden</div>a", "a");
        check(
            "a&nbsp;&lt;b&gt; &laquo;c&raquo; & d &#1055;",
            "a <b> «c» & d П",
        );
        check("1 < 2, a <3", "1 < 2, a <3");
    }

    #[test]
    fn links_say_where_they_lead() {
        check(
            "<a href='https://okno.test/x?a=1&amp;b=2'>here</a>",
            "here <https://okno.test/x?a=1&b=2>",
        );
        check("<a href='https://okno.test/'>okno.test</a>", "okno.test");
        check("<a href='mailto:a@uni.test'>Anna</a>", "Anna");
    }

    #[test]
    fn quotes_are_marked() {
        check(
            "a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e",
            "a\n\n> b\n> c\n>\n> > d\n>\ne",
        );
        check(
            "a<div class='gmail_quote'>b</div>c",
            "a\n\u{E000}b\n\u{E001}c",
        );
        check("a<div id=\"divRplyFwdMsg\">b</div>c", "a\n\u{E002}b\nc");
    }

    #[test]
    fn hostile_html_is_no_burden() {
        let deep = "<div class=gmail_quote>".repeat(100_000);
        assert!(to_text(&deep, 256).1);
        let stray = format!("{}{}", "<div>".repeat(300), "</blockquote>".repeat(50_000));
        assert_eq!(to_text(&stray, 256).0, "");
        assert_eq!(to_text(&"<!--".repeat(50_000), 256).0, "");
        assert_eq!(to_text(&"<a \"".repeat(50_000), 256).0.len(), 200_000);
    }
}
