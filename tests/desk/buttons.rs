//! Buttons: one tap opens a mail that says it all in its subject; only when it is sent does anything happen, and only for
//! the one it was given to.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

/// What a mail's HTML is, its lines put together again.
fn html(mail: &Received) -> String {
    let raw = String::from_utf8_lossy(&mail.bytes).into_owned();
    let (_, part) = raw
        .split_once("Content-Type: text/html")
        .expect("there is HTML");
    let (head, body) = part.split_once("\r\n\r\n").expect("a body");
    if head.contains("base64") {
        let letters: String = body
            .split("\r\n--")
            .next()
            .unwrap_or("")
            .split_whitespace()
            .collect();
        let bytes = data_encoding::BASE64
            .decode(letters.as_bytes())
            .expect("base64");
        return String::from_utf8(bytes).expect("UTF-8");
    }
    bytes_of(&body.replace("=\r\n", ""), '=')
}

/// What `=D0` and `%D0` stand for.
fn bytes_of(text: &str, mark: char) -> String {
    let mut pieces = text.split(mark);
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let code = piece
            .get(..2)
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&piece.as_bytes()[2..]);
            }
            None => {
                bytes.push(mark as u8);
                bytes.extend(piece.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The subject and the text of the mail that this button opens.
#[track_caller]
pub(super) fn button(mail: &Received, word: &str) -> (String, String) {
    let html = html(mail).replace("&amp;", "&");
    let links = html.split("href=\"mailto:it@uni.test?subject=").skip(1);
    let links = links.map(|rest| rest.split('"').next().unwrap_or_default());
    let opened = links.map(|link| {
        let (subject, body) = link.split_once("&body=").unwrap_or((link, ""));
        (bytes_of(subject, '%'), bytes_of(body, '%'))
    });
    let mut found = opened.filter(|(subject, _)| subject.ends_with(word));
    found
        .next()
        .unwrap_or_else(|| panic!("no button «{word}» in {html}"))
}

fn university() -> Desk {
    let on =
        "target = \"8 h\"\ncommands = [\"spam\"]\nrequester_commands = [\"cancel\", \"urgent\"]";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

/// Olga's question: her acknowledgement, and Anna's and Boris's cards.
fn asked(desk: &Desk) -> (Received, Received, Received) {
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    let [anna, boris] = ["anna@uni.test", "boris@uni.test"].map(|who| desk.inbox(who).remove(0));
    (olga.only_mail(), anna, boris)
}

fn assignee(desk: &Desk) -> Option<String> {
    desk.ticket(1001).assignee.map(|agent| agent.to_string())
}

fn anna(desk: &Desk) -> Person<'_> {
    desk.person("Анна Петрова", "anna@uni.test")
}

#[test]
fn a_tap_is_enough_even_where_the_phone_drops_the_text() {
    for keeps_text in [true, false] {
        let desk = university();
        let (_, card, _) = asked(&desk);
        let (subject, body) = button(&card, "взять");
        assert_eq!(body, "взять");
        let text = if keeps_text {
            "взять\n\nОтправлено с iPhone"
        } else {
            ""
        };
        anna(&desk).writes(&Letter::to("it@uni.test", &subject, text));
        desk.step();
        assert_eq!(assignee(&desk).as_deref(), Some("anna"), "{subject}");
        anna(&desk).got_nothing();
        desk.inbox("boris@uni.test");
    }
}

#[test]
fn each_button_does_its_own() {
    let desk = university();
    let (ack, card, _) = asked(&desk);
    let (subject, _) = button(&card, "решено");
    anna(&desk).writes(&Letter::to("it@uni.test", &subject, "решено"));
    desk.step();
    let olga = desk.person("Ольга", "olga@uni.test");
    assert!(olga.only_mail().text().contains("решён"));
    desk.inbox("boris@uni.test");
    assert!(desk.ticket(1001).resolved_at.is_some());
    button(&card, "спам");

    let (subject, _) = button(&ack, "срочно");
    drop(subject);
    let desk = university();
    let (ack, ..) = asked(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    let (subject, _) = button(&ack, "отменить");
    olga.writes(&Letter::to("it@uni.test", &subject, ""));
    desk.step();
    olga.only_mail();
    assert!(desk.ticket(1001).closed_at.is_some());
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_button_is_of_no_use_to_anybody_else_for_anything_else_or_later() {
    let desk = university();
    let (_, card, _) = asked(&desk);
    let (subject, _) = button(&card, "взять");
    // Boris was sent it, an outsider too; neither is Anna.
    let boris = desk.person("Борис Ким", "boris@uni.test");
    boris.writes(&Letter::to("it@uni.test", &subject, "взять"));
    desk.person("M", "m@evil.example")
        .writes(&Letter::to("it@uni.test", &subject, "взять"));
    desk.step();
    assert_eq!(assignee(&desk), None);
    // Another word, more words, a changed token.
    let done = subject.replace("взять", "решено");
    // The version of its key is 0.
    let forged = subject.replace("[do:1001:0", "[do:1001:1");
    for (subject, text) in [
        (&done, "решено"),
        (&subject, "взять\nВсё сделаем."),
        (&forged, "взять"),
    ] {
        anna(&desk).writes(&Letter::to("it@uni.test", subject, text));
    }
    desk.step();
    assert_eq!(assignee(&desk), None);
    desk.person("Ольга", "olga@uni.test").got_nothing();
    desk.advance(Duration::from_secs(31 * 24 * 3600));
    anna(&desk).writes(&Letter::to("it@uni.test", &subject, "взять"));
    desk.step();
    assert_eq!(assignee(&desk), None);
    for who in [
        "anna@uni.test",
        "boris@uni.test",
        "olga@uni.test",
        "m@evil.example",
    ] {
        desk.inbox(who);
    }
}

#[test]
fn an_answer_that_waits_goes_with_a_tap() {
    let desk = university();
    let (_, annas, boris_card) = asked(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    let boris = desk.person("Борис Ким", "boris@uni.test");
    desk.advance(Duration::from_secs(60));
    anna(&desk).writes(&Letter::reply_to(&annas, "Пароль ждёт в 214."));
    desk.step();
    olga.only_mail();
    boris.only_mail();
    boris.writes(&Letter::reply_to(&boris_card, "Сбросить нельзя."));
    desk.step();
    let (subject, _) = button(&boris.only_mail(), "отправить");
    boris.writes(&Letter::to("it@uni.test", &subject, ""));
    desk.step();
    assert!(olga.only_mail().text().contains("Сбросить нельзя."));
    desk.inbox("anna@uni.test");
}

#[test]
fn a_line_of_the_phones_own_goes_to_nobody() {
    const PASSED: &str = "mx.uni.test; dmarc=pass header.from=uni.test";
    let desk = Desk::with(&format!(
        "{UNIVERSITY}\n[trust]\nservers = [\"mx.uni.test\"]\n"
    ));
    let (_, card, _) = asked(&desk);
    let (subject, _) = button(&card, "взять");
    let letter = Letter::to("it@uni.test", &subject, "Отправлено с устройства");
    anna(&desk).writes(&letter.with("Authentication-Results", PASSED));
    desk.step();
    desk.person("Ольга", "olga@uni.test").got_nothing();
    let told = anna(&desk).only_mail();
    assert!(
        told.text()
            .contains("нажата кнопка, а в тексте письма другие слова"),
        "{}",
        told.text()
    );
    desk.inbox("boris@uni.test");
}
