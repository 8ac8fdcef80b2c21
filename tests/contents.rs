//! What lies inside mails: the text in its forms, mails attached, `winmail.dat`, meetings, signed and encrypted parts.

use okno::{
    mail::read::{Limits, decode, read},
    model::message::{IncomingMessage, Reading},
};

fn reading(raw: &str) -> Reading {
    let reading = read(raw.as_bytes(), &Limits::default());
    for (attachment, place) in reading.message.attachments.iter().zip(&reading.places) {
        assert_eq!(decode(raw.as_bytes(), place).len() as u64, attachment.bytes);
    }
    reading
}

fn message(raw: &str) -> IncomingMessage {
    reading(raw).message
}

/// A mail of these parts, each with its own header lines, in a multipart of this type.
fn mail(kind: &str, parts: &[&str]) -> String {
    let mut raw = format!(
        "From: Anna <anna@uni.test>\nTo: it@uni.test\nSubject: Принтер\nContent-Type: multipart/{kind}; boundary=B\n"
    );
    for part in parts {
        raw.push_str("\n--B\n");
        raw.push_str(part);
    }
    raw.push_str("\n--B--\n");
    raw
}

#[track_caller]
fn check(kind: &str, parts: &[&str], text: &str, files: &[&str]) {
    let message = message(&mail(kind, parts));
    assert_eq!(message.text.as_deref().unwrap_or_default(), text);
    let names: Vec<&str> = message
        .attachments
        .iter()
        .map(|file| file.name.as_deref().unwrap_or(&file.media_type))
        .collect();
    assert_eq!(names, files);
}

const PLAIN: &str = "Content-Type: text/plain\n\nПринтер не печатает.";
const HTML: &str = "Content-Type: text/html\n\n<p>Принтер <b>не</b> печатает.</p>";
const PDF: &str = "Content-Type: application/pdf; name=a.pdf\n\n%PDF";

#[test]
fn of_two_forms_the_better_one_is_read() {
    check("alternative", &[PLAIN, HTML], "Принтер не печатает.", &[]);
    check(
        "alternative",
        &["Content-Type: text/plain\n\n \n", HTML],
        "Принтер не печатает.",
        &[],
    );
    check(
        "alternative",
        &["\nPlease view this mail in an HTML client.", HTML],
        "Принтер не печатает.",
        &[],
    );
    check(
        "alternative",
        &[
            "\nПривет",
            "Content-Type: text/html\n\n<p>Привет</p><p>Принтер на втором этаже не печатает</p>",
        ],
        "Привет\n\nПринтер на втором этаже не печатает",
        &[],
    );
    check(
        "alternative",
        &[
            PLAIN,
            "Content-Type: text/x-amp-html\n\n<html amp4email>x</html>",
            "Content-Type: multipart/related; boundary=C\n\n--C\nContent-Type: text/html; name=a.html\n\n<p>Принтер не печатает.</p>\n--C\nContent-Type: image/png; name=l.png\nContent-Id: <l>\n\nx\n--C--",
        ],
        "Принтер не печатает.",
        &["l.png"],
    );
    check("related", &[PLAIN, HTML], "Принтер не печатает.", &[]);
    check(
        "x-unknown",
        &[PLAIN, HTML, PDF],
        "Принтер не печатает.",
        &["a.pdf"],
    );
}

#[test]
fn several_texts_are_read_in_their_order() {
    check(
        "mixed",
        &[
            "\nСначала",
            PDF,
            "Content-Type: text/html\n\n<i>Потом</i>",
            "Content-Type: text/plain; name=notes.txt\n\nфайл",
        ],
        "Сначала\n\nПотом",
        &["a.pdf", "notes.txt"],
    );
    check("mixed", &["\nOne", "\nOne", "\nTwo"], "One\n\nTwo", &[]);
}

#[test]
fn other_forms_of_text_are_read() {
    check(
        "alternative",
        &["Content-Type: text/enriched\n\n<bold>Принтер</bold>\n\nне печатает"],
        "Принтер\nне печатает",
        &[],
    );
    check(
        "mixed",
        &[
            "Content-Type: application/xhtml+xml\n\n<html xmlns='x'><body><p>Принтер</p></body></html>",
        ],
        "Принтер",
        &[],
    );
    check(
        "alternative",
        &["Content-Type: text/rtf\n\n{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8}"],
        "При",
        &[],
    );
    check(
        "alternative",
        &[PLAIN, "Content-Type: text/rtf\n\n{\\rtf1 no}"],
        "Принтер не печатает.",
        &[],
    );
    check(
        "mixed",
        &["\n<html><body>Принтер<br>не печатает</body></html>"],
        "Принтер\nне печатает",
        &[],
    );
}

#[test]
fn a_file_is_read_where_nothing_else_is() {
    let file = "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nПринтер";
    check("mixed", &["\n", PDF, file], "Принтер", &["a.pdf", "a.txt"]);
    check("mixed", &[PLAIN, file], "Принтер не печатает.", &["a.txt"]);
    check(
        "mixed",
        &[
            "Content-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>Принтер",
        ],
        "Принтер",
        &["a.html"],
    );
    check("mixed", &[PDF], "", &["a.pdf"]);
    check(
        "report; report-type=delivery-status",
        &["Content-Type: message/delivery-status\n\nAction: failed"],
        "Action: failed",
        &["message/delivery-status"],
    );
}

#[test]
fn what_is_in_the_html_by_data_is_no_text() {
    let image = format!(
        "<p>a</p><img src='data:image/png;base64,{}'>b",
        "QUJD".repeat(9000)
    );
    check(
        "mixed",
        &[&format!("Content-Type: text/html\n\n{image}")],
        "a\n\nb",
        &[],
    );
}

#[test]
fn all_the_html_of_a_mail_is_limited() {
    let part = format!(
        "Content-Type: text/html\n\n{}",
        "<p>word</p>".repeat(30_000)
    );
    let other = part.replace("word", "more");
    let message = message(&mail("mixed", &[&part, &other]));
    assert!(message.oddities.contains(&"html_truncated".to_owned()));
    assert!(message.text.unwrap().contains("more"));
}

/// A mail as it is attached.
const INNER: &str = "From: Olga <olga@lab.test>\nTo: Anna <anna@uni.test>\nSubject: Смета\nDate: Mon, 23 Nov 2026 10:15:00 +0300\nContent-Type: multipart/mixed; boundary=I\n\n--I\n\nВот смета.\n--I\nContent-Type: application/pdf; name=smeta.pdf\n\n%PDF\n--I--";

const OPENED: &str = "От: Olga <olga@lab.test>\nДата: 2026-11-23 10:15:00+03:00\nКому: Anna <anna@uni.test>\nТема: Смета\nФайлы: smeta.pdf\n\nВот смета.";

#[test]
fn attached_mails_are_opened() {
    let plain = format!("Content-Type: message/rfc822; name=a.eml\n\n{INNER}");
    check(
        "mixed",
        &["\nПосмотрите", &plain],
        &format!("Посмотрите\n\n{OPENED}"),
        &["a.eml"],
    );
    let found = message(&mail("mixed", &["\nПосмотрите", &plain]));
    let forwarded = found.forwarded.unwrap();
    assert_eq!(forwarded.from.unwrap().address, "olga@lab.test");
    assert_eq!(forwarded.note.as_deref(), Some("Посмотрите"));
    assert_eq!(forwarded.text.as_deref(), Some("Вот смета."));
    assert_eq!(found.reply.as_deref(), Some("Посмотрите"));

    let encoded = data_encoding::BASE64_MIME.encode(INNER.as_bytes());
    for head in [
        "Content-Type: message/rfc822",
        "Content-Type: message/global",
        "Content-Type: application/octet-stream; name=a.EML",
    ] {
        let part = format!("{head}\nContent-Transfer-Encoding: base64\n\n{encoded}");
        let text = message(&mail("mixed", &[&part])).text.unwrap();
        assert_eq!(text, OPENED, "{head}");
    }
    let digest = message(&mail(
        "digest",
        &[&format!("\n{INNER}"), "\nSubject: Второе\n\nДа"],
    ));
    assert_eq!(
        digest.text.unwrap(),
        format!("{OPENED}\n\nТема: Второе\n\nДа")
    );
    assert_eq!(digest.forwarded, None);
}

#[test]
fn mails_within_mails_are_opened() {
    let level = |inner: &str, name: &str| {
        format!(
            "Subject: {name}\nContent-Type: multipart/mixed; boundary={name}\n\n--{name}\n\ntext {name}\n--{name}\nContent-Type: message/rfc822\n\n{inner}\n--{name}--"
        )
    };
    let deep = level(&level(INNER, "two"), "one");
    let found = message(&mail(
        "mixed",
        &[&format!("Content-Type: message/rfc822\n\n{deep}")],
    ));
    let text = found.text.unwrap();
    for piece in ["text one", "text two", "Вот смета.", "smeta.pdf"] {
        assert!(text.contains(piece), "{text}");
    }
    assert_eq!(found.forwarded.unwrap().subject.as_deref(), Some("one"));
    let mut endless = INNER.to_owned();
    for n in 0..200 {
        endless = level(&endless, &format!("n{n}"));
    }
    assert!(message(&endless).text.unwrap().starts_with("text n199"));
}

#[test]
fn a_report_shows_what_it_returns() {
    let text = message(&mail(
        "report; report-type=delivery-status",
        &[
            "\nIt could not be delivered.",
            "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; olga@lab.test\nAction: failed\nStatus: 5.1.1",
            &format!("Content-Type: message/rfc822\n\n{INNER}"),
        ],
    ));
    assert!(text.text.unwrap().ends_with("Вот смета."));
    assert_eq!(text.reply.as_deref(), Some("It could not be delivered."));
    assert_eq!(text.forwarded, None);
}
