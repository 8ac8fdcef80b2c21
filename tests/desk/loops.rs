//! Loops: whatever answers us, with headers or without, at once or twice a day, a week of it comes to a handful of
//! mails. Each story prints how many.

use std::time::Duration;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
/// A week in steps of an hour.
const WEEK: usize = 7 * 24;

/// The second house: another university with the same program.
fn college() -> Desk {
    let source = UNIVERSITY
        .replace("uni.test", "college.test")
        .replace("prefix = \"IT\"", "prefix = \"HELP\"");
    Desk::with(&source)
}

/// What a gateway leaves of a mail that takes off every header it does not know, `Auto-Submitted` among them.
fn stripped(mail: &Received) -> Vec<u8> {
    let text = String::from_utf8_lossy(&mail.bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let known = [
        "from:",
        "to:",
        "subject:",
        "date:",
        "mime-version:",
        "content-",
    ];
    let mut kept = String::new();
    let mut is_kept = false;
    for line in head.split("\r\n") {
        if !line.starts_with([' ', '\t']) {
            let line = line.to_lowercase();
            is_kept = known.iter().any(|name| line.starts_with(name));
        }
        if is_kept {
            kept.push_str(&format!("{line}\r\n"));
        }
    }
    format!(
        "{kept}Message-ID: <{}@gateway.example>\r\n\r\n{body}",
        mail.bytes.len()
    )
    .into_bytes()
}

/// A week of two houses whose mails to each other are carried over by `carry`; how many there were.
fn face_each_other(carry: impl Fn(&Received) -> Vec<u8>) -> usize {
    let (one, other) = (Desk::open(), college());
    let vera = one.person("Вера", "it@college.test");
    // Somebody writes to one of them from the other's shared mailbox.
    vera.writes(&Letter::to(
        "it@uni.test",
        "Общий семинар",
        "Нужна комната.",
    ));
    let mut carried = 0;
    for _ in 0..WEEK {
        let mut is_busy = true;
        while is_busy {
            is_busy = false;
            for (from, to, address) in [
                (&one, &other, "it@college.test"),
                (&other, &one, "it@uni.test"),
            ] {
                from.decide();
                from.deliver();
                for mail in from.inbox(address) {
                    (carried, is_busy) = (carried + 1, true);
                    to.arrives("it", &carry(&mail));
                }
            }
        }
        for (desk, domain) in [(&one, "uni.test"), (&other, "college.test")] {
            for who in ["anna", "boris", "root"] {
                desk.inbox(&format!("{who}@{domain}"));
            }
            desk.advance(HOUR);
        }
    }
    one.step();
    other.step();
    carried
}

#[test]
fn two_oknos_facing_each_other_for_a_week_exchange_one_mail() {
    let carried = face_each_other(|mail| mail.bytes.clone());
    println!("two oknos, a week: {carried} mails");
    assert_eq!(carried, 1);
}

#[test]
fn two_oknos_behind_a_gateway_that_takes_the_headers_off_exchange_a_handful() {
    let carried = face_each_other(stripped);
    println!("two oknos without headers, a week: {carried} mails");
    assert!(carried <= 4, "{carried}");
}

/// A week of a program without any marks that answers every mail it gets, at most once in `rest`, in these words; how
/// many automatic mails it was sent, and how many tickets there are in the end.
fn answers_everything(
    rest: Duration,
    words: impl Fn(usize, &Received) -> Letter,
) -> (usize, usize) {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@outside.example");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Не работает сеть."));
    let (mut got, mut rested) = (0, rest);
    for _ in 0..WEEK {
        loop {
            desk.decide();
            desk.deliver();
            let mails = olga.inbox();
            got += mails.len();
            let Some(mail) = mails.first().filter(|_| rested >= rest) else {
                break;
            };
            rested = Duration::ZERO;
            olga.writes(&words(got, mail));
            desk.advance(MINUTE);
        }
        for who in ["anna@uni.test", "boris@uni.test", "root@uni.test"] {
            desk.inbox(who);
        }
        desk.advance(HOUR);
        rested += HOUR;
    }
    (got, desk.tickets())
}

#[track_caller]
fn check_week(name: &str, rest: Duration, words: impl Fn(usize, &Received) -> Letter) {
    let (got, tickets) = answers_everything(rest, words);
    println!("{name}, a week: {got} mails of ours, {tickets} tickets");
    assert!(
        got <= 4 && tickets <= 5,
        "{name}: {got} mails, {tickets} tickets"
    );
}

const AWAY: &str = "Я в отпуске. Отвечу, когда вернусь.";

#[test]
fn an_autoresponder_without_any_header_gets_a_handful_of_mails_in_a_week() {
    let now = Duration::ZERO;
    let fresh = |_: usize, _: &Received| Letter::to("it@uni.test", "Автоответ", AWAY);
    check_week("a fixed answer at once", now, fresh);
    check_week("a fixed answer every 12 hours", HOUR * 12, fresh);
    check_week("a reply at once", now, |_, mail| {
        Letter::reply_to(mail, AWAY)
    });
    check_week("a reply without ids", now, |_, mail| {
        Letter::answer_without_ids(mail, AWAY)
    });
    // Another ticket system, whose every answer has a number of its own.
    let numbered = |n: usize, _: &Received| {
        let subject = format!("[Ticket#{}] принято", 5000 + n);
        Letter::to(
            "it@uni.test",
            &subject,
            &format!("Ваша заявка: {}.", 5000 + n),
        )
    };
    check_week("another ticket system at once", now, numbered);
    check_week("another ticket system every 12 hours", HOUR * 12, numbered);
}

#[test]
fn a_person_who_asks_every_day_is_confirmed_every_day() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    for day in 0..7 {
        for n in 0..2 {
            let text = format!("Вопрос {n} дня {day}.");
            olga.writes(&Letter::to("it@uni.test", &text, &text));
            desk.step();
            olga.only_mail();
            desk.advance(MINUTE);
        }
        desk.advance(HOUR * 24);
    }
    for who in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(who);
    }
}

#[test]
fn an_agent_whose_program_answers_everything_is_left_in_peace_after_a_day() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    let mut got = Vec::new();
    for _ in 0..7 {
        let mut today = 0;
        for _ in 0..24 {
            loop {
                desk.decide();
                desk.deliver();
                let mails = anna.inbox();
                today += mails.len();
                if mails.is_empty() {
                    break;
                }
                for mail in mails {
                    // Her program's words look like a note that is not quite one: each is asked about.
                    anna.writes(&Letter::reply_to(&mail, "Заметка. Меня нет."));
                }
            }
            desk.advance(HOUR);
        }
        got.push(today);
    }
    println!("an agent's answering machine, a week: {got:?} mails of ours");
    assert!(got[0] <= 40, "{got:?}");
    assert_eq!(got[1..], [0; 6]);
    desk.inbox("boris@uni.test");
    desk.inbox("olga@uni.test");
    desk.inbox("root@uni.test");
}

#[test]
fn our_letter_that_a_list_brings_back_without_its_headers_starts_nothing() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    let acknowledged = olga.only_mail();
    for who in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(who);
    }
    desk.arrives("it", &stripped(&acknowledged));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert_eq!(desk.unread(), Vec::<String>::new());
    let asides = desk.stream("mailbox", "it");
    assert_eq!(asides, ["set_aside (own_mail) "]);
}

#[test]
fn a_bounce_of_a_bounce_is_told_to_nobody() {
    let desk = Desk::open();
    let report = |of: &str| {
        format!(
            "From: Mail Delivery System <mailer-daemon@outside.example>\r\nTo: it@uni.test\r\nReturn-Path: <>\r\n\
             Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\n\
             Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; outside.example\r\n\r\n\
             Final-Recipient: rfc822; olga@outside.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--b\r\n\
             Content-Type: text/rfc822-headers\r\n\r\n{of}\r\n--b--\r\n"
        )
    };
    let first =
        report("Message-ID: <nobody-knows@outside.example>\r\nFrom: mailer-daemon@uni.test");
    desk.arrives("it", first.as_bytes());
    let second =
        report("From: Mail Delivery System <mailer-daemon@outside.example>\r\nReturn-Path: <>");
    for _ in 0..50 {
        desk.arrives("it", second.as_bytes());
    }
    desk.step();
    assert_eq!(desk.tickets(), 0);
    assert_eq!(desk.unread(), Vec::<String>::new());
}
