//! What goes wrong: refusals, bounces, relays that are down, mails that nobody can digest.

use std::time::Duration;

use okno::{
    model::ticket::State,
    smtp::{DeliveryStatus, RelayFault, Reply},
};

use super::{desk::Desk, letter::Letter};

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_refused_answer_is_told_to_its_author() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    desk.inbox("boris@uni.test");
    anna.writes(&Letter::reply_to(&card, "Ответ."));
    desk.decide();
    desk.post.answer_next(DeliveryStatus::Refused {
        reply: Reply::new(550, "5.1.1 no such user here"),
    });
    desk.deliver();
    desk.step();
    olga.got_nothing();
    let told = anna.only_mail();
    assert!(
        told.text().contains("olga@uni.test") && told.text().contains("no such user here"),
        "{}",
        told.text()
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn a_bounce_is_told_to_the_agent_and_never_answered() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    let acknowledged = olga.only_mail();
    anna.only_mail();
    desk.inbox("boris@uni.test");
    let id = acknowledged.mail.message_id.unwrap();
    let bounce = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.uni.test\r\nTo: it@uni.test\r\nSubject: Undelivered Mail Returned to Sender\r\n\
         Message-ID: <b1@mx.uni.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.uni.test\r\n\r\n\
         Final-Recipient: rfc822; olga@uni.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown user\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\nSubject: x\r\n\r\n--b--\r\n"
    );
    desk.arrives("it", bounce.as_bytes());
    desk.step();
    assert_eq!(desk.tickets(), 1);
    let told = anna.only_mail();
    assert!(told.text().contains("olga@uni.test"), "{}", told.text());
    desk.inbox("boris@uni.test");
    assert!(
        desk.history(1001)
            .contains(&"delivery_failed (bounced)".to_owned())
    );
}

#[test]
fn a_relay_that_is_down_loses_nothing() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    desk.post.set_down(Some(RelayFault::NoLogin));
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    olga.got_nothing();
    desk.post.set_down(None);
    desk.advance(15 * MINUTE);
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    let root = desk.person("root", "root@uni.test");
    assert!(!root.inbox().is_empty(), "only a person can mend a login");
}

#[test]
fn a_greylisted_mail_comes_later_and_once() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.decide();
    desk.post.answer_next(DeliveryStatus::Deferred {
        reply: Reply::new(451, "4.7.1 greylisted"),
    });
    desk.step();
    olga.got_nothing();
    desk.advance(3 * MINUTE);
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn an_answer_lost_after_the_dot_is_sent_once_more_with_the_same_bytes() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.decide();
    desk.post.answer_next(DeliveryStatus::Unknown {
        words: "the connection was lost".to_owned(),
    });
    desk.step();
    desk.advance(6 * MINUTE);
    desk.step();
    let copies = olga.inbox();
    assert_eq!(
        copies.len(),
        2,
        "the relay in memory keeps a mail whose answer is lost"
    );
    assert_eq!(copies[0].bytes, copies[1].bytes);
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn whatever_the_bytes_a_mail_is_never_lost_in_silence() {
    let desk = Desk::open();
    let nested = {
        let mut mail = b"From: olga@uni.test\r\nTo: it@uni.test\r\nMIME-Version: 1.0\r\n".to_vec();
        for _ in 0..2_000 {
            mail.extend_from_slice(b"Content-Type: message/rfc822\r\n\r\n");
        }
        mail
    };
    let mails: [&[u8]; 7] = [
        b"",
        b"\0\0\0\0",
        b"this is not a mail at all",
        b"To: it@uni.test\r\nSubject: nobody wrote this\r\n\r\ntext\r\n",
        b"From: olga@uni.test\r\nTo: it@uni.test\r\nSubject: \xcf\xf0\xe8\xe2\xe5\xf2\r\n\r\n\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0?\r\n",
        b"From: olga@uni.test\r\nTo: it@uni.test\r\n\r\nwith\0nul\r\n",
        &nested,
    ];
    for bytes in mails {
        desk.arrives("it", bytes);
    }
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Последнее", "И это тоже."));
    desk.step();
    assert_eq!(desk.tickets() + desk.quarantine().len(), mails.len() + 1);
    assert_eq!(
        desk.ticket(i64::try_from(1000 + desk.tickets()).unwrap())
            .state,
        State::New
    );
    assert!(!olga.inbox().is_empty());
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
