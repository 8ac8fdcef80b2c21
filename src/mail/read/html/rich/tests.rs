use proptest::prelude::*;

use super::*;

fn pictures() -> Vec<Picture> {
    ["a@mail", "b@mail"]
        .into_iter()
        .zip(["1.x@uni.test", "2.x@uni.test"])
        .map(|(content_id, new_id)| Picture {
            content_id: content_id.to_owned(),
            new_id: new_id.to_owned(),
        })
        .collect()
}

#[track_caller]
fn own(source: &str, words: &str, html: Option<&str>, fates: [Fate; 2]) {
    let found = relayed(source, words, Whose::Own, &pictures());
    assert_eq!(found.html.as_deref(), html, "{source}");
    assert_eq!(found.fates, fates, "{source}");
}

#[track_caller]
fn shown(source: &str, words: &str, html: Option<&str>) {
    let found = relayed(source, words, Whose::Shown, &pictures());
    assert_eq!(found.html.as_deref(), html, "{source}");
}

const FILES: [Fate; 2] = [Fate::File; 2];

#[test]
fn an_agents_own_words_go_and_the_card_stays() {
    let gmail = "<div dir=ltr>Да, <b>завтра</b>.<div><br></div><div><img src=\"cid:a@mail\" alt=план></div></div><br>\
        <div class=gmail_quote><div class=gmail_attr>пн, ИТ пишет:</div><blockquote>\
        <p>--- Ответьте выше этой строки ---</p><img src=cid:b@mail>Заметка: он грубит</blockquote></div>";
    own(
        gmail,
        "Да, *завтра*.\n[image: план]",
        Some(
            "<div>Да, <b>завтра</b>.<div><br></div><div><img src=\"cid:1.x@uni.test\" alt=\"план\"></div></div>",
        ),
        [Fate::Shown, Fate::Withheld],
    );
    let outlook = "<html><head><style>p {margin:0}</style></head><body><p class=MsoNormal>Да.<o:p></o:p></p>\
        <p class=MsoNormal>С уважением,<br>Анна</p>\
        <div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>От:</b> ИТ</p></div>\
        <p>--- Ответьте выше этой строки ---</p><p>Карточка</p></body></html>";
    own(
        outlook,
        "Да.\n\nС уважением,\nАнна",
        Some("<p>Да.</p><p>С уважением,<br>Анна</p>"),
        FILES,
    );
}

#[test]
fn words_below_a_card_that_is_one_quote_go_with_their_picture() {
    let card = "<div>ИТ пишет:</div><blockquote><p>--- Ответьте выше этой строки ---</p><p>Заметка</p><img src=\"cid:b@mail\"></blockquote>";
    own(
        &format!("{card}<p>Да, <b>завтра</b></p><img src=\"cid:a@mail\"><p>Анна</p>"),
        "Да, завтра",
        Some("<p>Да, <b>завтра</b></p><img src=\"cid:1.x@uni.test\">"),
        [Fate::Shown, Fate::Withheld],
    );
    // Words of the card between two quotes: nobody can say whose they are.
    own(
        &format!("{card}<p>Заметка</p><blockquote><p>Срок</p></blockquote><p>Да</p>"),
        "Заметка",
        None,
        [Fate::File, Fate::Withheld],
    );
}

#[test]
fn commands_are_taken_out_of_the_formatting_too() {
    own(
        "<div>Сделали <i>всё</i>.</div><div>решено</div><div>Анна</div>",
        "Сделали всё.\n\nАнна",
        Some("<div>Сделали <i>всё</i>.</div><div></div><div>Анна</div>"),
        FILES,
    );
}

#[test]
fn where_the_words_are_not_found_the_text_goes_alone() {
    own("<p>Совсем другое</p>", "Да.", None, FILES);
    own("<p>Да", "Да. Нет.", None, FILES);
    own("", "Да.", None, FILES);
    let deep = "<div>".repeat(100);
    own(&format!("{deep}Да."), "Да.", None, [Fate::Withheld; 2]);
    // What stands below our line is never looked at.
    own(
        "<p>--- Reply above this line ---</p><p>Да.</p><img src=cid:a@mail>",
        "Да.",
        None,
        [Fate::Withheld, Fate::File],
    );
    // Hidden words would be sent unseen.
    own(
        "<p>Да.<span style=\"display:none\">тайна</span></p>",
        "Да.",
        Some("<p>Да.</p>"),
        FILES,
    );
}

#[test]
fn pictures_in_a_card_that_was_quoted_stay() {
    own(
        "<p>Иначе</p><p>--- Ответьте выше этой строки ---</p><img src=cid:a@mail>",
        "Да.",
        None,
        [Fate::Withheld, Fate::File],
    );
}

#[test]
fn a_requesters_formatting_is_shown() {
    shown(
        "<table border=1><tr><td style='border:solid windowtext 1pt'>Иванов<td>5</table>",
        "Иванов\t5",
        Some(
            "<table cellspacing=\"0\" cellpadding=\"4\"><tbody><tr><td style=\"border:1px solid #767676\">Иванов</td><td>5</td></tr></tbody></table>",
        ),
    );
    // The same nearly word for word.
    shown(
        "<p>Прошу прислать справку о заработной плате <b>за год</b>, спасибо Ольга</p>",
        "Прошу прислать справку о заработной плате за год, спасибо.\nОльга!",
        Some("<p>Прошу прислать справку о заработной плате <b>за год</b>, спасибо Ольга</p>"),
    );
    shown("<p>Совсем другое</p>", "Прошу прислать справку", None);
}

#[test]
fn nothing_that_acts_or_asks_anybody_survives() {
    shown(
        "<p onclick=x()>Да<script>alert(1)</script><img src=https://evil.example/x.png>\
        <a href=\"javascript:x()\">тут</a><a href=https://uni.test/?a=1&amp;b=2>там</a><form action=/x><input name=y></form>\
        <iframe src=https://evil.example></iframe><img src=cid:unknown><link rel=stylesheet href=x></p>",
        "Да тут там",
        Some("<p>Датут<a href=\"https://uni.test/?a=1&amp;b=2\">там</a></p>"),
    );
    shown(
        "<p style=\"background:url(https://evil.example/x)\">Да</p><svg onload=x()>",
        "Да",
        Some("<p>Да</p>"),
    );
}

fn fragment() -> impl Strategy<Value = String> {
    let tags = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<a href=https://x.test>",
        "</a>",
        "<table>",
        "<td>",
        "</table>",
        "<li>",
        "<ul>",
        "<script>",
        "</script>",
        "<style>",
        "<svg>",
        "<math>",
        "<title>",
        "</title>",
        "<img src=cid:a@mail onerror=x>",
        "<img src=cid:b@mail>",
        "<img src=//x.test/y>",
        "<form>",
        "<input>",
        "<textarea>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<plaintext>",
        "<iframe src=x>",
        "<object data=x>",
        "<blockquote>",
        "<br>",
        "<hr>",
        "<select>",
        "<template>",
        "<noscript>",
        "<base href=//x.test>",
        "<p style=\"position:fixed;background:url(//x.test)\">",
        "<a href=\" java\nscript:x()\">",
        "<mtext></p>",
        "&lt;script&gt;",
        "&#60;img src=x&#62;",
        "\"",
        "'",
        ">",
        "<",
        "--- Reply above this line ---",
    ]);
    prop_oneof![
        3 => tags.prop_map(str::to_owned),
        1 => "[a-zа-я0-9 ]{1,8}",
        1 => "\\PC{1,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_only_what_is_on_the_list_leaves(pieces in prop::collection::vec(fragment(), 0..60)) {
        let source = pieces.concat();
        let words = super::super::to_text(&source, 256).text;
        let found = relayed(&source, &words, Whose::Shown, &pictures());
        if let Some(html) = &found.html {
            let lower = html.to_lowercase();
            let mut rest = lower.as_str();
            while let Some((_, from)) = rest.split_once('<') {
                let name: String = from.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(name == "img" || look::ELEMENTS.contains(&name.as_str()), "{name}: {html}");
                let (tag, after) = from.split_once('>').unwrap();
                prop_assert!(!tag.contains(" on") && !tag.contains("url(") && !tag.contains("script:"), "{html}");
                if let Some((_, source)) = tag.split_once("src=") {
                    prop_assert!(source.starts_with("\"cid:1.x@") || source.starts_with("\"cid:2.x@"), "{html}");
                }
                rest = after;
            }
            for (fate, picture) in found.fates.iter().zip(pictures()) {
                prop_assert_eq!(*fate == Fate::Shown, html.contains(&picture.new_id), "{}", html);
            }
        }
    }

    #[test]
    fn an_agents_html_says_the_words_and_nothing_else(pieces in prop::collection::vec(fragment(), 0..40), at in 0_usize..40) {
        let (words, quoted) = pieces.split_at(at.min(pieces.len()));
        let own = super::super::to_text(&words.concat(), 256).text;
        let source = format!("{}<p>--- Reply above this line ---</p>{}", words.concat(), quoted.concat());
        let found = relayed(&source, &own, Whose::Own, &pictures());
        if let Some(html) = &found.html {
            prop_assert!(Words::of(&own).are_said_by(&visible(html)), "{html}");
        }
    }
}
