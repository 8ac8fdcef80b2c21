//! Formatting and pictures go with the words, both ways; nothing of a card does.

use mail_parser::{MessageParser, MimeHeaders};

use super::{
    desk::Desk,
    letter::{Letter, Received},
};

/// The mail as a program writes it that knows HTML, with pictures referred to as `a@mail` and `b@mail`.
fn formatted(plain: Vec<u8>, html: &str) -> Vec<u8> {
    let plain = String::from_utf8(plain).expect("our mails are text");
    let (head, text) = plain
        .split_once("Content-Type: text/plain")
        .expect("our mails have a text");
    let picture = |id: &str| {
        let bytes = data_encoding::BASE64.encode(format!("picture {id}").as_bytes());
        format!(
            "--r\r\nContent-Type: image/png; name=\"{id}.png\"\r\nContent-ID: <{id}@mail>\r\n\
             Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n{bytes}\r\n"
        )
    };
    let (a, b) = (picture("a"), picture("b"));
    format!(
        "{head}Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n\
         Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain{text}\r\n\
         --a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n\
         --a--\r\n{a}{b}--r--\r\n"
    )
    .into_bytes()
}

/// The page, and the files beside it: `name: content`.
fn parts(mail: &Received) -> (String, Vec<String>) {
    let read = MessageParser::default()
        .parse(&mail.bytes)
        .expect("our mails can be read");
    let page = read
        .body_html(0)
        .expect("our mails have a page")
        .into_owned();
    let files = (0..).map_while(|at| read.attachment(at)).map(|file| {
        let id = file.content_id().map_or("", |_| " in the page");
        let name = file.attachment_name().unwrap_or_default();
        format!("{name}: {}{id}", String::from_utf8_lossy(file.contents()))
    });
    let files = files.collect();
    (page, files)
}

#[test]
fn formatting_and_pictures_pass_and_the_card_stays() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let asks = Letter::to("it@uni.test", "Отчёт", "Срочно нужен отчёт, вот экран:");
    let html = "<p><b style=\"color:red\">Срочно</b> нужен отчёт<script>x()</script>, вот экран:</p>\
        <img src=\"cid:a@mail\"><img src=\"https://evil.example/track.png\">";
    desk.arrives("it", &formatted(olga.bytes(&asks), html));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    let (page, files) = parts(&card);
    assert!(
        page.contains("<b style=\"color:#ff0000\">Срочно</b> нужен отчёт, вот экран:"),
        "{page}"
    );
    assert!(
        !page.contains("evil.example") && !page.contains("script"),
        "{page}"
    );
    assert_eq!(files, ["a.png: picture a in the page", "b.png: picture b"]);

    let answer = Letter::reply_to(&card, "Отчёт готов, смотрите строку 5.");
    let html = "<div>Отчёт <i>готов</i>, смотрите строку 5.</div><img src=\"cid:a@mail\">\
        <blockquote><p>--- Ответьте выше этой строки ---</p><p>Заметка</p><img src=\"cid:b@mail\"></blockquote>";
    desk.arrives("it", &formatted(anna.bytes(&answer), html));
    desk.step();
    let (page, files) = parts(&olga.only_mail());
    assert!(
        page.contains("<div>Отчёт <i>готов</i>, смотрите строку 5.</div>"),
        "{page}"
    );
    assert!(
        !page.contains("Заметка") && !page.contains("Ответьте выше"),
        "{page}"
    );
    // The picture of the card stays; it is no answer of Anna's.
    assert_eq!(files, ["a.png: picture a in the page"]);
    desk.inbox("boris@uni.test");
}

#[test]
fn what_is_not_surely_the_agents_goes_as_text() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Отчёт", "Нужен отчёт."));
    desk.step();
    olga.only_mail();
    let answer = Letter::reply_to(&anna.only_mail(), "Готово, проверьте.");
    let html = "<div>Готово, <b>он грубит</b>, проверьте.</div>";
    desk.arrives("it", &formatted(anna.bytes(&answer), html));
    desk.step();
    let (page, _) = parts(&olga.only_mail());
    assert!(page.contains("<div>Готово, проверьте.</div>"), "{page}");
    assert!(!page.contains("грубит"), "{page}");
    desk.inbox("boris@uni.test");
}

#[test]
fn where_a_page_is_too_large_its_pictures_go_as_files_and_the_mail_says_so() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let asks = Letter::to("it@uni.test", "Отчёт", "Вот экран:");
    let long = "<div title=\"x\"></div>".repeat(20_000);
    let html = format!("<p>Вот экран:</p><img src=\"cid:a@mail\">{long}");
    desk.arrives("it", &formatted(olga.bytes(&asks), &html));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    let (page, files) = parts(&card);
    let told = "Картинки из текста приложены файлами: a.png, b.png";
    assert!(card.text().contains(told), "{}", card.text());
    assert!(page.contains(told), "{page}");
    assert_eq!(files, ["a.png: picture a", "b.png: picture b"]);

    // Of an answer the beginning is enough: what follows is what was quoted, with its pictures.
    let answer = Letter::reply_to(&card, "Готово:");
    let html = format!(
        "<div>Готово:</div><img src=\"cid:a@mail\"><blockquote><p>--- Ответьте выше этой строки ---</p>{long}\
         <img src=\"cid:b@mail\"></blockquote>"
    );
    desk.arrives("it", &formatted(anna.bytes(&answer), &html));
    desk.step();
    let mail = olga.only_mail();
    let (page, files) = parts(&mail);
    assert!(page.contains("<div>Готово:</div>"), "{page}");
    assert!(!mail.text().contains("приложены"), "{}", mail.text());
    assert_eq!(files, ["a.png: picture a in the page"]);

    // Words that the page says otherwise go as text, and the agent's picture as a file.
    let answer = Letter::reply_to(&card, "Готово, проверьте.");
    let html = "<div>Готово, <b>он грубит</b>, проверьте.</div><img src=\"cid:a@mail\">";
    desk.arrives("it", &formatted(anna.bytes(&answer), html));
    desk.step();
    let mail = olga.only_mail();
    assert!(
        mail.text().contains("приложены файлами: a.png"),
        "{}",
        mail.text()
    );
    desk.inbox("boris@uni.test");
}
