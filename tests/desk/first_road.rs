//! The first road: a mail becomes a ticket, is answered by Reply, solved, confirmed.

use std::time::Duration;

use okno::model::{clock::Outcome, ticket::State};

use super::{desk::Desk, letter::Letter};

const HOUR: Duration = Duration::from_secs(3600);

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in one piece")]
fn a_mail_becomes_a_ticket_and_is_answered_solved_and_confirmed() {
    let desk = Desk::open();
    let (olga, anna, boris) = (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    );

    olga.writes(
        &Letter::to(
            "it@uni.test",
            "Не печатает принтер",
            "Здравствуйте!\nНе печатает принтер в 305.",
        )
        .with_file("фото.jpg", b"JFIF"),
    );
    desk.step();

    let acknowledged = olga.only_mail();
    assert!(
        acknowledged.subject().starts_with("Re: [IT-1001-"),
        "{}",
        acknowledged.subject()
    );
    assert!(acknowledged.subject().ends_with("] Не печатает принтер"));
    assert!(acknowledged.text().contains("IT-1001"));
    assert!(
        acknowledged.text().contains("18 ноября 2026, 11:00"),
        "8 working hours from Tuesday noon:\n{}",
        acknowledged.text()
    );
    assert_eq!(
        acknowledged.header("Auto-Submitted").as_deref(),
        Some("auto-replied")
    );
    assert_eq!(acknowledged.envelope_from.as_deref(), Some("it@uni.test"));

    let card = anna.only_mail();
    boris.only_mail();
    assert!(card.text().contains("Не печатает принтер в 305."));
    assert_eq!(card.mail.attachments[0].bytes, 4, "the photo is passed on");
    assert_eq!(card.mail.attachments[0].name.as_deref(), Some("фото.jpg"));

    anna.writes(&Letter::reply_to(
        &card,
        "Добрый день! Замяло бумагу, сейчас подойду.\n\n-- \nАнна Петрова, тел. 123",
    ));
    desk.step();
    let answer = olga.only_mail();
    assert!(answer.text().contains("Замяло бумагу, сейчас подойду."));
    assert!(
        !answer.text().contains("Ваш ответ увидит заявитель"),
        "the card does not go to the requester:\n{}",
        answer.text()
    );
    assert_eq!(answer.header("Auto-Submitted"), None, "a person's words");
    assert_eq!(
        answer.mail.from.as_ref().unwrap().name.as_deref(),
        Some("Анна Петрова, ИТ-поддержка")
    );
    assert_eq!(
        answer.mail.references[0], acknowledged.mail.references[0],
        "the side's root"
    );
    assert!(
        answer
            .mail
            .in_reply_to
            .contains(acknowledged.mail.message_id.as_ref().unwrap())
    );
    assert!(
        boris.only_mail().text().contains("Анна Петрова"),
        "the others know who answers"
    );
    assert_eq!(desk.ticket(1001).state, State::Open);
    assert_eq!(
        desk.ticket(1001).assignee.as_ref().unwrap().as_str(),
        "anna"
    );

    olga.writes(&Letter::reply_to(
        &answer,
        "Спасибо, жду. Ещё мигает лампочка.",
    ));
    desk.step();
    let more = anna.only_mail();
    assert!(more.text().contains("Ещё мигает лампочка."));
    boris.got_nothing();
    olga.got_nothing();

    desk.advance(2 * HOUR);
    anna.writes(&Letter::reply_to(
        &more,
        "Бумагу вынули, лампочка погасла.\nрешено",
    ));
    desk.step();
    let solved = olga.only_mail();
    assert!(solved.text().contains("Бумагу вынули"));
    assert!(
        solved.text().contains("20 ноября"),
        "silence closes it on the third working day:\n{}",
        solved.text()
    );
    let ticket = desk.ticket(1001);
    assert_eq!(
        (ticket.state, ticket.clocks[0].outcome),
        (State::Resolved, Some(Outcome::Met))
    );

    olga.writes(&Letter::reply_to(&solved, "5"));
    desk.step();
    assert_eq!(
        (desk.ticket(1001).state, desk.ticket(1001).rating),
        (State::Closed, Some(5))
    );
    insta::assert_snapshot!(desk.history(1001).join("\n"));
}

#[test]
fn an_english_mail_is_answered_in_english() {
    let desk = Desk::open();
    let john = desk.person("John Smith", "john@uni.test");
    john.writes(&Letter::to(
        "buh@uni.test",
        "Certificate of employment",
        "Dear colleagues,\nI need a certificate of employment for the embassy.",
    ));
    desk.step();
    let acknowledged = john.only_mail();
    assert!(
        acknowledged.text().contains("registered as BUH-1001"),
        "{}",
        acknowledged.text()
    );
    assert!(
        !acknowledged.text().contains("2026, "),
        "the queue has no target, so no date is promised:\n{}",
        acknowledged.text()
    );
    desk.inbox("vera@uni.test");
}

#[test]
fn a_mail_outside_hours_is_told_when_work_begins() {
    let desk = Desk::open();
    desk.advance(8 * HOUR);
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        "it@uni.test",
        "Пропуск",
        "Не открывается дверь.",
    ));
    desk.step();
    let acknowledged = olga.only_mail();
    assert!(
        acknowledged
            .text()
            .contains("в среду, 18 ноября 2026, 9:00"),
        "{}",
        acknowledged.text()
    );
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_promise_that_passes_is_judged_once() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        "it@uni.test",
        "Проектор",
        "Нужен проектор в 101.",
    ));
    desk.step();
    desk.inbox("olga@uni.test");
    desk.inbox("boris@uni.test");
    let card = desk.person("Анна", "anna@uni.test").only_mail();

    desk.advance(23 * HOUR);
    desk.step();
    assert_eq!(
        desk.ticket(1001).clocks[0].outcome,
        None,
        "due at eleven still meets the promise"
    );
    desk.advance(Duration::from_millis(1));
    desk.step();
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Breached));

    desk.person("Анна", "anna@uni.test")
        .writes(&Letter::reply_to(&card, "Принесли.\nрешено"));
    desk.step();
    desk.inbox("olga@uni.test");
    desk.inbox("boris@uni.test");
    let judged = desk
        .history(1001)
        .iter()
        .filter(|event| event.starts_with("clock_judged"))
        .count();
    assert_eq!(judged, 1);
}

#[test]
fn silence_closes_and_a_late_word_reopens() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Почта", "Не приходит почта."));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    anna.writes(&Letter::reply_to(&anna.only_mail(), "решено"));
    desk.step();
    let solved = olga.only_mail();
    desk.inbox("boris@uni.test");

    desk.advance(4 * 24 * HOUR);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    olga.got_nothing();

    olga.writes(&Letter::reply_to(&solved, "Снова не приходит!"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.reopened), (State::Open, 1));
    assert!(anna.only_mail().text().contains("Снова не приходит!"));
}
