use proptest::prelude::*;

use super::*;
use crate::mail::read::limits::Limits;

#[track_caller]
fn check(html: &str, text: &str) {
    assert_eq!(to_text(html, 256).text, text, "{html}");
}

#[test]
fn blocks_make_lines() {
    check("<div>a</div><div>b</div>", "a\nb");
    check("<div>a</div><div><br></div><div>b</div>", "a\n\nb");
    check("<div>a<br></div><div>b</div>", "a\nb");
    check("<div>a</div>b<div>c</div>", "a\nb\nc");
    check("<p>a<p>b c\n d</p>", "a\n\nb c d");
    check("<h1>a</h1>b", "a\n\nb");
    check("a<br>b<br><br>c", "a\nb\n\nc");
    check("a<br/>b<BR />c", "a\nb\nc");
    check("a<br><br><br><br><br>b", "a\n\n\nb");
    check("a<hr>b", "a\n\nb");
    check("one<b> two</b><i>three</i>", "one twothree");
    check("m<sup>2</sup>, H<sub>2</sub>O", "m2, H2O");
}

#[test]
fn words_paragraphs_stand_as_close_as_in_word() {
    check(
        "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>",
        "a\n\nb",
    );
    check("<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb");
    check("<p style='margin:0'>a</p><p style='margin:0'>b</p>", "a\nb");
    check("<p style='margin:0 0 1em'>a</p><p>b</p>", "a\n\nb");
    check("<div>a</div><div>&nbsp;</div><div>b</div>", "a\n\nb");
    let list = |mark: &str, text: &str| {
        format!(
            "<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>{text}</p>"
        )
    };
    check(
        &format!(
            "{}{}{}",
            list("·", "a"),
            list("&middot;", "b"),
            list("1.", "c")
        ),
        "- a\n- b\n1. c",
    );
}

#[test]
fn preformatted_text_stays_as_it_is() {
    check(
        "<pre>a\n  b\n\n  c  d\t1\n</pre>e",
        "a\n  b\n\n  c  d\t1\ne",
    );
    check(
        "<div style='white-space: pre-wrap'>a\nb</div><div>c\nd</div>",
        "a\nb\nc d",
    );
    check("<span style='white-space:pre'>a  b</span>  c", "a  b c");
}

#[test]
fn lists_have_their_marks() {
    check(
        "<ul><li>a<li>b</ul><ol><li>x</li><li>y</li></ol>",
        "- a\n- b\n1. x\n2. y",
    );
    check(
        "<ol start=3><li>a<ul><li>b</li><li>c<br>d</li></ul></li><li value=7>e</li></ol>f",
        "3. a\n  - b\n  - c\n  d\n7. e\nf",
    );
    check("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b");
    check("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb");
}

#[test]
fn short_cells_stand_side_by_side() {
    check(
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>",
        "a b\nc",
    );
    check(
        "<table><tr><td><p>Имя</p></td><td><p class=MsoNormal>Анна</p></td></tr></table>",
        "Имя Анна",
    );
    check(
        "<table border=1><tr><td>a<td><td>c</tr><tr><td>1<td>2<td>3</table>",
        "a\t\tc\n1\t2\t3",
    );
    check(
        "<table><tr><th>Вещь</th><th>Число</th></tr><tr><td>бумага</td><td>5</td></tr></table>x",
        "Вещь\tЧисло\nбумага\t5\nx",
    );
    check(
        "<table><tr><td>a<br>b</td><td>c</td></tr></table>",
        "a\nb\nc",
    );
    check(
        "<table><tr><td>logo</td><td><table><tr><td>b</td></tr><tr><td>c</td></tr></table></td></tr></table>d",
        "logo\nb\nc\nd",
    );
    let long = "слово ".repeat(20);
    check(
        &format!("<table><tr><td>{long}</td><td>b</td></tr></table>"),
        &format!("{}\nb", long.trim()),
    );
    check("<td>a</td><td>b</td>", "a b");
}

#[test]
fn what_is_not_shown_is_left_out() {
    check(
        "<style>p{}</style><title>t</title>a<!-- c -->b<script>1<2</script>",
        "ab",
    );
    check(
        "<!-->a<!--[if mso]>b<![endif]-->c<![if !mso]>d<![endif]>",
        "acd",
    );
    check(
        "<!--[if !mso]><!-->a<!--<![endif]--><xml><w:x>1</w:x></xml>",
        "a",
    );
    check("<style>never closed a", "never closed a");
    check("<title/>a", "a");
    check(
        "<?xml:namespace prefix = o />a<o:p>&nbsp;</o:p><v:shape alt=x></v:shape>",
        "a",
    );
    check("1 < 2, a <3", "1 < 2, a <3");
    check(
        "<anna@uni.test> <https://okno.test/>",
        "<anna@uni.test> <https://okno.test/>",
    );
}

#[test]
fn hidden_words_are_not_shown_unless_there_are_no_others() {
    check("<div style='display: none'>hidden</div>a", "a");
    check("<div hidden>x<div>y</div>z</div>a", "a");
    check(
        "<span style='display:none;font-size:0'>Смотрите!<span> И это</span></span>a",
        "a",
    );
    check(
        "<td style='font-size:0'>x<div style='font-size:14px'>a</div>y</td>b",
        "a\nb",
    );
    check("<p style='display:none'>x<p>a", "a");
    check("<a style='mso-hide:all'>Кнопка</a>", "Кнопка");
    check(
        "<div style='display:none'>all there is</div>",
        "all there is",
    );
    check(
        "a&zwnj;&nbsp;&zwnj;&nbsp;&#847; b\u{200B}c\u{FEFF}&shy;d",
        "a bcd",
    );
    check("👨\u{200D}💻", "👨\u{200D}💻");
}

#[test]
fn references_are_read() {
    check(
        "a&nbsp;&lt;b&gt; &laquo;c&raquo; & d &#1055; &Psi;",
        "a <b> «c» & d П Ψ",
    );
    check("a&NewLine;b&amp;lt;", "a b&lt;");
}

#[test]
fn links_say_where_they_lead() {
    check(
        "<a href='https://okno.test/x?a=1&amp;b=2'>here</a>",
        "here <https://okno.test/x?a=1&b=2>",
    );
    check(
        "<p>See <a href='https://okno.test/x'>here</a>, please.</p>b",
        "See here, please. <https://okno.test/x>\n\nb",
    );
    check("<a href='https://okno.test/'>okno.test</a>", "okno.test");
    check(
        "<a href='https://evil.test/'>okno.test</a>",
        "okno.test <https://evil.test/>",
    );
    check(
        "<a href='mailto:a@uni.test'>Anna</a>; <a href='mailto:b@uni.test'>b@uni.test</a>",
        "Anna <a@uni.test>; b@uni.test",
    );
    check(
        "<a href='https://okno.test/a'>a</a><br><a href='https://okno.test/a'>b</a>",
        "a <https://okno.test/a>\nb",
    );
    check("<a href='https://okno.test/'><img src=x></a>a", "a");
    check("<a href='https://okno.test/'>never closed", "never closed");
}

#[test]
fn images_are_told_by_their_words() {
    check(
        "See<img src='cid:1' alt='Error 5: no paper'>now<img alt='image001.png'>",
        "See [Error 5: no paper] now",
    );
    check("Hi<img alt='😀' width=20>", "Hi😀");
    check(
        "a<img width=1 height=1 alt='Tracking pixel' src='data:image/gif;base64,R0lG'>b",
        "ab",
    );
    check(
        "<a href='https://okno.test/go'><img alt='Перейти в журнал'></a>",
        "[Перейти в журнал] <https://okno.test/go>",
    );
}

#[test]
fn quotes_are_marked() {
    check(
        "a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e",
        "a\n\n> b\n> c\n>\n> > d\n\ne",
    );
    check("<blockquote>a<br><br>b</blockquote>", "> a\n>\n> b");
    check(
        "a<div class='gmail_quote'>b</div>c",
        "a\n\u{E000}b\n\u{E001}c",
    );
    check("a<div id=\"divRplyFwdMsg\">b</div>c", "a\n\u{E002}b\nc");
    check(
        "a<div style='border:none;border-top:solid #E1E1E1 1.0pt'>b</div>",
        "a\n\u{E002}b",
    );
    check(
        "a<blockquote style='margin:0 0 0 40px;border:none'>b</blockquote>c",
        "a\nb\nc",
    );
    assert!(!to_text("a\u{E000}b\u{E002}", 256).text.contains(is_mark));
}

#[test]
fn hostile_html_is_no_burden() {
    let deep = "<div class=gmail_quote>".repeat(100_000);
    assert!(to_text(&deep, 256).is_too_deep);
    let stray = format!("{}{}", "<div>".repeat(300), "</blockquote>".repeat(50_000));
    check(&stray, "");
    check(&"<!--".repeat(50_000), "");
    assert_eq!(to_text(&"<a \"".repeat(50_000), 256).text.len(), 200_000);
}

/// Pieces that, repeated, make a careless reader slow.
const HOSTILE: [&str; 40] = [
    "<div>",
    "<div class=gmail_quote>",
    "<blockquote>",
    "</blockquote>",
    "<span style='display:none'>",
    "<span style='font-size:0'><b>",
    "<p>a",
    "<li>a",
    "<ul><li>",
    "<table><tr><td>a",
    "<td>",
    "<table>",
    "<tr>",
    "</table>",
    "<a href=https://okno.test/>a",
    "<a href='https://okno.test/'>a</a>",
    "<a",
    "<a ",
    "<a \"",
    "<a ='>",
    "<a =\"><b ='>",
    "<a b b b b b b b>",
    "<",
    "</",
    "<!",
    "<!--",
    "<!-- >",
    "<![if x]>",
    "<?",
    "<title>",
    "<style>",
    "<script></scrip",
    "&",
    "&#",
    "&am",
    "&nbsp;",
    "a<br>",
    "<pre> \n",
    "<img alt='picture of a thing'>",
    "<x y='",
];

#[test]
fn twice_the_input_is_twice_the_work() {
    let work = |piece: &str, count: usize, tail: &str| {
        let html = format!("{}{tail}", piece.repeat(count));
        let depth = Limits::default().html_depth;
        steps::of(|| drop(to_text(&html, depth)))
    };
    for piece in HOSTILE {
        // Longer than any reach within which the reader looks ahead or back.
        let count = 20_000 / piece.len();
        for tail in ["", "\"'>", "</title></style></script>-->"] {
            let (once, twice) = (work(piece, count, tail), work(piece, 2 * count, tail));
            assert!(
                twice <= once.saturating_mul(9) / 4 + 20_000,
                "{piece}…{tail}: {once} steps become {twice}"
            );
            assert!(once <= 20_000 * 20, "{piece}…{tail}: {once} steps");
        }
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
        "[a-zА-я <>&;\"'=/!#-]{0,12}",
        proptest::sample::select(vec![
            "</div>",
            "</td>",
            "</tr>",
            "</a>",
            "</p>",
            "</li>",
            "</ul>",
            "</span>",
            "</b>",
            ">",
            "'",
            "\"",
            "-->",
            "</style>",
            "<hr>",
            "<th>",
            "\u{E000}",
            "\u{200D}",
            "\u{A0}",
            "<div id=divRplyFwdMsg>",
            "<ol start=99999999999999999999><li value=-1>",
            "<div style='border:none;border-top:solid #E1E1E1'>",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_html_is_read_and_grows_little(html in hostile(), depth in 0_usize..40) {
        let shown = to_text(&html, depth).text;
        // A line of four bytes in eight quotes and lists has 33.
        prop_assert!(shown.len() <= html.len().saturating_mul(10).saturating_add(100), "{} of {}", shown.len(), html.len());
        prop_assert!(!without_marks(&shown).contains(is_mark));
    }
}
