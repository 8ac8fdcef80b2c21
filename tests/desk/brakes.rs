//! The first brakes: whom a machine never answers, caps, digests, the fuse.

use std::time::Duration;

use okno::desk::cause::Operation;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

fn drop_cards(desk: &Desk) {
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[track_caller]
fn check_unanswered(letter: Letter, tickets: usize) {
    let desk = Desk::open();
    let writer = desk.person("Некто", "writer@outside.example");
    writer.writes(&letter);
    desk.step();
    writer.got_nothing();
    assert_eq!(desk.tickets(), tickets);
    drop_cards(&desk);
}

fn plain() -> Letter {
    Letter::to("it@uni.test", "Вопрос", "Текст.")
}

#[test]
fn a_machine_gets_no_automatic_answer() {
    check_unanswered(plain().with("Auto-Submitted", "auto-replied"), 0);
    check_unanswered(plain().with("Auto-Submitted", "auto-generated"), 0);
    check_unanswered(plain().with("Precedence", "bulk"), 0);
    check_unanswered(plain().with("Precedence", "junk"), 0);
    check_unanswered(plain().with("List-Id", "<all.uni.test>"), 1);
    check_unanswered(
        plain()
            .with("List-Id", "<all.uni.test>")
            .with("To", "all@uni.test"),
        0,
    );
    check_unanswered(plain().with("X-Auto-Response-Suppress", "All"), 1);
    check_unanswered(plain().with("To", "all@uni.test"), 1);
}

#[test]
fn no_reply_senders_and_null_paths_are_not_answered() {
    let desk = Desk::open();
    for address in [
        "no-reply@shop.example",
        "mailer-daemon@uni.test",
        "buh@uni.test",
    ] {
        let sender = desk.person("X", address);
        sender.writes(&Letter::to("it@uni.test", "Счёт", "Текст."));
        desk.step();
        sender.got_nothing();
    }
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&plain().with("Return-Path", "<>"));
    desk.step();
    olga.got_nothing();
    drop_cards(&desk);
}

#[test]
fn our_own_mail_that_comes_back_starts_nothing() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&plain());
    desk.step();
    let acknowledged = olga.only_mail();
    drop_cards(&desk);
    desk.arrives("it", &acknowledged.bytes);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    olga.got_nothing();
}

#[test]
fn two_desks_that_answer_each_other_stop() {
    let desk = Desk::open();
    let other = desk.person("Another desk", "desk@other.example");
    other.writes(&plain().with("X-Okno-Loop", "another; hop=3"));
    desk.step();
    other.got_nothing();
    assert_eq!(desk.tickets(), 0);
}

#[test]
fn an_absent_requester_changes_nothing() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&plain());
    desk.step();
    let acknowledged = olga.only_mail();
    drop_cards(&desk);
    olga.writes(
        &Letter::reply_to(&acknowledged, "Я в отпуске до 1 декабря.")
            .with("Auto-Submitted", "auto-replied"),
    );
    desk.step();
    anna.got_nothing();
    olga.got_nothing();
    assert!(
        desk.history(1001)
            .iter()
            .any(|event| event == "message_joined (by_reference)")
    );
}

#[test]
fn a_requester_gets_at_most_four_automatic_mails_an_hour_and_twenty_a_day() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let mut got = Vec::new();
    for hour in 0..8 {
        for n in 0..5 {
            olga.writes(&Letter::to(
                "it@uni.test",
                &format!("Вопрос {hour}-{n}"),
                &format!("Текст {hour}-{n}."),
            ));
        }
        desk.step();
        got.push(olga.inbox().len());
        desk.advance(HOUR);
    }
    assert_eq!(got, [4, 4, 4, 4, 4, 0, 0, 0]);
    assert_eq!(desk.tickets(), 40, "every mail is a ticket all the same");
    drop_cards(&desk);
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(
        told.subject().contains("olga@uni.test"),
        "{}",
        told.subject()
    );
}

#[test]
fn what_a_cap_withholds_from_an_agent_comes_in_one_digest() {
    let desk = Desk::with(&format!("{UNIVERSITY}\n[caps]\nstaff_hour = 3\n"));
    for n in 0..5 {
        let person = desk.person("Студент", &format!("s{n}@uni.test"));
        person.writes(&Letter::to("it@uni.test", &format!("Вопрос {n}"), "Текст."));
        desk.step();
        person.only_mail();
    }
    assert_eq!(desk.inbox("anna@uni.test").len(), 3);
    desk.inbox("boris@uni.test");
    desk.advance(HOUR);
    desk.step();
    let anna = desk.person("Анна", "anna@uni.test");
    let digest = anna.only_mail();
    assert!(
        digest.text().contains("IT-1004") && digest.text().contains("IT-1005"),
        "{}",
        digest.text()
    );
    desk.inbox("boris@uni.test");
    desk.advance(HOUR);
    desk.step();
    anna.got_nothing();
}

#[test]
fn the_fuse_holds_a_storm_and_the_administrator_releases_it() {
    let desk = Desk::with(&format!("{UNIVERSITY}\n[caps]\nfuse = 3\n"));
    // Mails to all@ get no acknowledgement; their cards are caused by nobody's fresh question to us.
    for n in 0..6 {
        let person = desk.person("Некто", &format!("p{n}@uni.test"));
        person.writes(&Letter::to(
            "all@uni.test",
            &format!("Объявление {n}"),
            "Текст.",
        ));
    }
    desk.step();
    assert_eq!(desk.inbox("anna@uni.test").len(), 3);
    desk.inbox("boris@uni.test");
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(told.subject().starts_with("okno:"), "{}", told.subject());

    desk.with_house(async |house| {
        okno::store::work::order(&house.db, Operation::ReleaseFuse, house.clock.now())
            .await
            .unwrap()
    });
    desk.step();
    assert_eq!(
        desk.inbox("anna@uni.test").len(),
        3,
        "what was held goes out"
    );
    assert_eq!(
        desk.orders(),
        [
            "operator: alarm_over (released) by operator",
            "order: mail_ordered (released) by operator {\"kind\":\"mail_ordered\",\"act\":\"release\",\"count\":6,\"too_late\":[]}",
        ]
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn mails_about_two_tickets_are_counted_for_each_of_them() {
    let source = UNIVERSITY.replace("agents = [\"vera\"]", "agents = [\"vera\", \"anna\"]");
    let desk = Desk::with(&format!("{source}\n[caps]\nticket_day = 1\n"));
    let olga = desk.person("Ольга", "olga@uni.test");
    // Anna works in both departments: one mail, two tickets, a card about each.
    olga.writes(&Letter::to(
        "it@uni.test, buh@uni.test",
        "Счёт",
        "Оплатите.",
    ));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    assert_eq!(desk.inbox("anna@uni.test").len(), 2);
    for who in ["boris@uni.test", "vera@uni.test"] {
        desk.person("Коллега", who).only_mail();
    }
    olga.only_mail();
}
