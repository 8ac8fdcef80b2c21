//! Whole mails through the reader: our own, each with what is read of it beside it, and hostile ones made here.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stderr,
    reason = "helpers of tests: what goes wrong here fails the test"
)]

#[path = "read/headers.rs"]
mod headers;
#[path = "../benches/read/nasty.rs"]
mod nasty;
#[path = "read/own.rs"]
mod own;
#[path = "../benches/support/processor.rs"]
mod processor;
#[path = "read/properties.rs"]
mod properties;
#[path = "read/sound.rs"]
mod sound;
#[path = "read/spoilt.rs"]
mod spoilt;
#[path = "read/work.rs"]
mod work;

use std::fmt::Write as _;

use okno::{
    mail::read::{Limits, decode, read},
    model::message::{Kind, Reading},
};
use sound::sound;

fn has(reading: &Reading, oddity: &str) -> bool {
    reading.message.oddities.iter().any(|o| o == oddity)
}

#[test]
fn nothing_at_all_is_read() {
    for raw in [
        &b""[..],
        b"\r\n",
        b"\n\n\n",
        b"\0",
        b"\r",
        b":",
        b"\xEF\xBB\xBF",
    ] {
        let reading = sound(raw);
        assert_eq!(reading.message.from, None);
        assert!(!reading.message.answer_automatically);
    }
    assert!(has(&sound(b""), "empty"));
    assert!(has(&sound(b"just words\nand more"), "no_headers"));
    assert_eq!(
        sound(b"just words").message.text.as_deref(),
        Some("just words")
    );
}

#[test]
fn a_mail_of_thirty_megabytes_is_read() {
    let mut raw = b"From: a@uni.test\nSubject: big\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\ntext\n--B\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n".to_vec();
    for _ in 0..(30 << 20) / 77 {
        raw.extend([b'A'; 76]);
        raw.push(b'\n');
    }
    raw.extend(b"--B--\n");
    let reading = sound(&raw);
    assert_eq!(reading.message.text.as_deref(), Some("text"));
    assert!(reading.message.attachments.first().unwrap().bytes > 20 << 20);
    let small = Limits {
        size: 1000,
        ..Limits::default()
    };
    assert!(has(&read(&raw, &small), "too_large"));
    // The same, forwarded whole: what was forwarded is told.
    let mut forward = b"From: b@uni.test\nSubject: Fwd: big\nContent-Type: multipart/mixed; boundary=F\n\n--F\n\nsee below\n--F\nContent-Type: message/rfc822\n\n".to_vec();
    forward.extend(raw);
    forward.extend(b"\n--F--\n");
    let forwarded = sound(&forward).message.forwarded.unwrap();
    assert_eq!(forwarded.text.as_deref(), Some("text"));
    assert_eq!(forwarded.note.as_deref(), Some("see below"));
}

#[test]
fn mails_within_mails_cost_no_stack() {
    for depth in [2_000, 100_000] {
        let raw = "Content-Type: message/rfc822\n\n".repeat(depth) + "Subject: inside\n\ntext";
        assert!(!sound(raw.as_bytes()).message.attachments.is_empty());
    }
}

#[test]
fn multiparts_within_multiparts_are_cut_off() {
    let mut raw = String::from("From: a@uni.test\n");
    for at in 0..10_000 {
        write!(
            raw,
            "Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"
        )
        .unwrap();
    }
    raw.push_str("\n\ntext");
    let reading = sound(raw.as_bytes());
    assert!(has(&reading, "too_deep"));
    assert_eq!(reading.message.text, None, "no raw MIME is shown as text");
    assert_eq!(reading.message.attachments.len(), 1);
    let flat = "Content-Type: multipart/mixed; boundary=b\n\n".to_owned()
        + &"--b\nContent-Type: image/png\n\nx\n".repeat(10_000);
    assert!(has(&sound(flat.as_bytes()), "too_many_parts"));
}

#[test]
fn headers_and_html_without_end_are_cut_off() {
    let raw = format!("From: a@uni.test\n{}\nbody", "X-Long: y\n".repeat(100_000));
    assert!(has(&sound(raw.as_bytes()), "header_too_large"));
    let raw = format!("To: {}\n\nbody", "a@uni.test, ".repeat(5_000));
    assert_eq!(
        sound(raw.as_bytes()).message.to.len(),
        Limits::default().addresses
    );
    let raw = format!(
        "References: {}\n\nbody",
        (0..5_000).fold(String::new(), |ids, n| ids + &format!("<{n}@uni.test> "))
    );
    assert!(has(&sound(raw.as_bytes()), "too_many_references"));
    for piece in [
        "<div>",
        "<blockquote>",
        "<div class=gmail_quote>",
        "<a href='",
        "<!--",
        "&#",
        "<table><tr><td>",
        "</div>",
        "<ul><li>",
    ] {
        let raw = format!("Content-Type: text/html\n\n{}", piece.repeat(100_000));
        sound(raw.as_bytes());
    }
}

#[test]
fn a_mail_with_lone_carriage_returns_is_read() {
    let reading = sound(b"From: a@uni.test\rSubject: Mac\r\rone\rtwo");
    assert_eq!(reading.message.subject.as_deref(), Some("Mac"));
    assert_eq!(reading.message.text.as_deref(), Some("one\ntwo"));
    assert!(has(&reading, "cr_only"));
}

#[test]
fn an_empty_form_of_a_text_hides_nothing() {
    let raw = b"Subject: Re: a\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
        <html><style>p {}</style>\n--b\nContent-Type: text/html\n\n<p>words</p>\n--b--\n";
    assert_eq!(sound(raw).message.reply.as_deref(), Some("words"));
}

#[track_caller]
fn check_kind(headers: &str, kind: Kind, may_answer: bool) {
    let raw = format!("From: a@uni.test\nTo: it@uni.test\n{headers}\n\ntext");
    let message = sound(raw.as_bytes()).message;
    assert_eq!(
        (message.kind, message.answer_automatically),
        (kind, may_answer),
        "{headers}: {:?}",
        message.auto_reasons
    );
}

#[test]
fn automatic_mail_is_told_apart() {
    check_kind("Subject: Help", Kind::Human, true);
    check_kind("Auto-Submitted: no", Kind::Human, true);
    check_kind(
        "Auto-Submitted: auto-replied (vacation)",
        Kind::AutoReply,
        false,
    );
    check_kind("X-Auto-Response-Suppress: All", Kind::Human, false);
    check_kind("Return-Path: <>", Kind::Human, false);
    check_kind("List-Id: <all.uni.test>", Kind::List, false);
    check_kind("List-Unsubscribe: <mailto:x@uni.test>", Kind::Bulk, false);
    check_kind("Precedence: bulk", Kind::Bulk, false);
    check_kind("Feedback-ID: 1:2:3", Kind::Bulk, false);
    check_kind("Precedence: bulk\nX-Autoreply: yes", Kind::AutoReply, false);
    check_kind("Subject: Автоответ: в отпуске", Kind::AutoReply, false);
    check_kind("Subject: Out of Office: Anna", Kind::AutoReply, false);
    check_kind("X-Okno-Loop: abc; hop=1", Kind::Human, false);
    check_kind(
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        Kind::ReadReceipt,
        false,
    );
    check_kind(
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
        Kind::FeedbackReport,
        false,
    );
    let no_reply = sound("From: no-reply@shop.test\n\ntext".as_bytes()).message;
    assert_eq!(no_reply.auto_reasons, ["no_reply_sender"]);
}

#[test]
fn a_mail_saved_as_utf16_is_read_and_its_files_are_found() {
    let mail = "From: Анна <a@uni.test>\r\nSubject: Отчёт\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nПривет\r\n--B\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--B--\r\n";
    let mut raw = vec![0xFF, 0xFE];
    raw.extend(mail.encode_utf16().flat_map(u16::to_le_bytes));
    let reading = sound(&raw);
    let message = &reading.message;
    assert_eq!(message.subject.as_deref(), Some("Отчёт"));
    assert_eq!(message.text.as_deref(), Some("Привет"));
    assert_eq!(decode(&raw, reading.places.first().unwrap()), b"abc");
    assert!(has(&reading, "utf16"));
}
