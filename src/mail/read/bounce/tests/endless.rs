//! What holds of every text, however long.

use proptest::prelude::*;

use super::*;
use crate::mail::read::{
    bounce::{TEXT_MAX, codes, fields, named, page::Page, prose as by_text},
    bytes::shorten,
};

/// What holds of every mail: what is kept of it is bounded. (That the work is, too: `tests/read/work.rs`.)
#[track_caller]
fn sound(mail: &str) {
    let message = message(mail);
    let start: String = mail.chars().take(300).collect();
    let Some(bounce) = message.bounce else {
        return;
    };
    assert!(bounce.recipients.len() <= 200, "{start}");
    for one in &bounce.recipients {
        assert!(one.address.len() <= 2000, "{start}");
        let said = one.diagnostic.as_deref().unwrap_or_default();
        assert!(said.len() <= 1000 && !said.contains('\n'), "{start}");
        let status = one.status.as_deref().unwrap_or("5.0.0");
        assert!(
            status.split('.').count() == 3 && status.len() <= 7,
            "{status} {start}"
        );
    }
}

/// Every step on a text as long as it may be. (Whole mails so long are tried below: their other steps are not ours.)
#[test]
fn texts_of_a_hundred_thousand_lines_are_read() {
    for line in [
        "olga@uni.test\n",
        "<olga@uni.test>:\n550 5.1.1 no\n\n",
        "a@b.test c@d.test e@f.test\n",
        "550 5.1.1 <olga@uni.test>... User unknown\n",
        "Final-Recipient: rfc822; olga@uni.test\nAction: failed\n\n",
        "Final-Recipient: rfc822; olga@uni.test\n",
        " folded\n",
        "Message-ID:\n",
        "(expanded from: <olga@uni.test>)\n",
        "To: olga@uni.test,\n",
        "The following recipients:\nolga\n",
        "@@@@@@@@\n",
        "5.5.5.5.5.5.\n",
        "550-5.1.1 \n",
        ">>> \n",
        "----\n",
        "x",
    ] {
        let body = line.repeat(100_000);
        // As much of it as the reader hands over.
        let text = shorten(&body, TEXT_MAX);
        let above = by_text::above_copy(text);
        let page = Page::read(above);
        for address in ["olga@uni.test", "a@b.test", "nobody@uni.test"] {
            let said = page.told(address).unwrap_or_default();
            assert!(said.len() <= 1000, "{line:?}");
        }
        page.told_at_all();
        codes::best(&page.whole());
        named::bare(page.lines(), "uni.test");
        assert!(fields::read(body.as_bytes()).len() <= 1000, "{line:?}");
        fields::read_text(text);
        codes::status(None, text);
    }
}

#[test]
fn mails_of_many_thousand_lines_are_read() {
    for line in ["olga@uni.test\n", "550 5.1.1 no\n", "{\"a\":[\n"] {
        let body = line.repeat(20_000);
        sound(&prose("MAILER-DAEMON@mx.test", "Undelivered Mail", &body));
        sound(&standard("x", &body));
        let notice = prose("no-reply@mx.test", "x", &body)
            .replace("Subject", "x-amz-sns-topic-arn: 1\nSubject");
        sound(&notice);
    }
}

#[test]
fn many_addresses_each_get_their_words() {
    let body: String = (0..5_000)
        .map(|n| format!("<olga{n}@uni.test>:\n550 5.1.1 no such user\n\n"))
        .collect();
    sound(&prose("MAILER-DAEMON@mx.test", "failure notice", &body));
    let status: String = (0..5_000)
        .map(|n| {
            format!("Final-Recipient: rfc822; olga{n}@uni.test\nAction: failed\nStatus: 5.0.0\n\n")
        })
        .collect();
    sound(&standard(&body, &status));
    let header: String = (0..50_000).map(|n| format!("olga{n}@uni.test, ")).collect();
    sound(
        &prose("MAILER-DAEMON@mx.test", "failure notice", "x").replace(
            "Subject",
            &format!("X-Failed-Recipients: {header}\nSubject"),
        ),
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn anything_like_a_report_is_read(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..80)) {
        let body = pieces.concat();
        sound(&prose("MAILER-DAEMON@mx.test", "Undelivered Mail Returned to Sender", &body));
        sound(&standard("x", &body));
        sound(&body);
    }

    #[test]
    fn any_words_around_an_address_are_read(before in ".{0,60}", after in ".{0,60}") {
        let body = format!("{before}olga@uni.test{after}\n{after}\n\n{before}");
        sound(&prose("MAILER-DAEMON@mx.test", "failure notice", &body));
        sound(&standard(&body, &format!("Final-Recipient: {before}; {after}\nStatus: {after}\nDiagnostic-Code: {before}\n")));
    }
}

/// What reports are made of.
const PIECES: &[&str] = &[
    "Final-Recipient: ",
    "Original-Recipient: ",
    "X-Actual-Recipient: ",
    "Action: failed\n",
    "Action: delayed\n",
    "Action: ",
    "Status: 5.1.1\n",
    "Status: ",
    "Diagnostic-Code: smtp; ",
    "Original-Envelope-Id: ",
    "Message-ID: ",
    "Reporting-MTA: dns; mx.test\n",
    "rfc822; ",
    "x400; /RFC-822=",
    "utf-8; \\x{43E}",
    "IMCEASMTP-olga+40uni+2Etest@",
    "system;<>",
    "olga@uni.test",
    "<olga@uni.test>",
    "<anna@uni.test>:",
    "@",
    "(a)",
    "550 ",
    "550-5.1.1 ",
    "5.7.1",
    "4.4.",
    "#5.",
    "host mx.uni.test[192.0.2.1] said: ",
    "User unknown",
    "mailbox full",
    "ящик переполнен",
    "(reason: ",
    "(expanded from: ",
    "generated by ",
    "Hi. This is the qmail-send program\n",
    "could not be delivered\n",
    "did not reach the following recipient(s):\n",
    "The following addresses:\n",
    "Delivery attempts will continue\n",
    "   ----- Transcript of session follows -----\n",
    "--- Below this line is a copy of the message.\n",
    ">>> RCPT TO:",
    "<<< ",
    "Technical details: ",
    "To: ",
    "From: ",
    "> ",
    "* ",
    "-- ",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\t",
    ")",
    ">",
    ";",
    ":",
    "Анна",
    "\u{202E}",
    "\0",
    "{\"notificationType\":\"Bounce\"",
    "--b\n",
    "--b--\n",
    "Content-Type: message/delivery-status\n\n",
    "Content-Type: message/rfc822\n\n",
];
