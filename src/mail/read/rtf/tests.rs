use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(rtf: &str, text: &str) {
    assert_eq!(
        to_text(rtf.as_bytes()),
        Rtf::Plain(text.to_owned()),
        "{rtf}"
    );
}

#[track_caller]
fn check_html(rtf: &str, html: &str) {
    assert_eq!(to_text(rtf.as_bytes()), Rtf::Html(html.to_owned()), "{rtf}");
}

#[test]
fn text_is_read() {
    check(r"{\rtf1\ansi Hello\par World}", "Hello\nWorld");
    check(
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\info{\author Anna}}{\*\generator X;}a\b b\b0  c}",
        "ab c",
    );
    check(
        r"{\rtf1 a\{b\}\\c\~d\emdash\lquote e\rquote}",
        "a{b}\\c\u{A0}d—‘e’",
    );
    check(r"{\rtf1 1\cell 2\cell\row 3}", "1\t2\t\n3");
    check("{\\rtf1 one\r\n two\\\nthree}", "one two\nthree");
    check(r"{\rtf1{\pict\bin3 }}}a}b", "b");
    check("{\\rtf1 a\\bin3 }}}b}", "ab");
    check("no rich text", "");
    check(r"{\rtf1 never closed", "never closed");
}

#[test]
fn letters_are_read_whatever_their_charset() {
    check(r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}", "При");
    check(
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1\'cf\'f0\f0\'e9}",
        "Прé",
    );
    check(r"{\rtf1\uc1\u1055?\u1088?\u1080?!}", "При!");
    check(r"{\rtf1\uc2\u1055\'8f\'90\uc0\u1088 a}", "Прa");
    check(r"{\rtf1\u-10179?\u-8704?}", "😀");
    check(r"{\rtf1\ansicpg932 \'82\'a0}", "あ");
}

#[test]
fn html_within_is_taken_out() {
    check_html(
        r"{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0 A;}}{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'cf\'f0\'e8\htmlrtf\par}\htmlrtf0 {\*\htmltag84 &lt;}b{\*\mhtmltag84 <img>}{\*\htmltag72 </p>\par}{\*\htmltag27 </html>}}",
        "<html><p>При&lt;b</p>\n</html>",
    );
    check_html(
        r#"{\rtf1\fromhtml1{\*\htmltag <a href=\{x\} title="\'e9">}\htmlrtf b\htmlrtf0 c}"#,
        "<a href={x} title=\"é\">c",
    );
}

#[test]
fn hostile_rich_text_is_no_burden() {
    check(&format!("{{\\rtf1{}a", "{".repeat(100_000)), "a");
    check(&format!("{{\\rtf1{}a", "}".repeat(100_000)), "a");
    check(
        &format!("{{\\rtf1 {}", "\\u1055 ".repeat(1000)),
        &"П".repeat(1000),
    );
    check("{\\rtf1 \\", "");
    check("{\\rtf1 \\'", "");
    check("{\\rtf1 \\bin999999999 a", "");
}

fn any_rtf() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "{",
            "}",
            "\\par ",
            "\\u1055 ",
            "\\u-10179 ",
            "\\uc0 ",
            "\\uc99999 ",
            "\\'cf",
            "\\'",
            "\\bin5 ",
            "\\*",
            "{\\*\\htmltag ",
            "\\htmlrtf ",
            "\\htmlrtf0 ",
            "\\fromhtml1 ",
            "{\\fonttbl{\\f1\\fcharset204 A;}}",
            "\\f1 ",
            "\\ansicpg1251 ",
            "\\ansicpg65001 ",
            "\\pict ",
            "\\cell ",
            "\\~",
            "\\\n",
            "text",
            "\r\n",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..12),
    ];
    proptest::collection::vec(piece, 0..80)
        .prop_map(|pieces| [b"{\\rtf1 ".to_vec(), pieces.concat()].concat())
}

proptest! {
    #[test]
    fn any_rich_text_is_read_and_grows_little(rtf in any_rtf()) {
        let (Rtf::Plain(text) | Rtf::Html(text)) = to_text(&rtf);
        // One byte of no charset becomes a replacement character of three.
        prop_assert!(text.len() <= rtf.len().saturating_mul(3));
    }
}
