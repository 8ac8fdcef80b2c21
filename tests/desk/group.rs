//! A queue whose agents read one address: what nobody has taken goes there, once.

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const PASSED: &str = "mx.uni.test; dmarc=pass header.from=uni.test";

/// The university, where ИТ has a group and the server judges all mail.
fn university() -> Desk {
    let on = "target = \"8 h\"\ngroup = \"it-team@uni.test\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"))
}

#[test]
fn a_free_ticket_is_one_mail_to_the_group_and_a_taken_one_its_agents() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    let ack = olga.only_mail();
    assert_eq!(ack.header("List-Id"), None);
    let card = desk.person("ИТ", "it-team@uni.test").only_mail();
    assert_eq!(
        card.header("List-Id").as_deref(),
        Some("<it.okno.uni.test>")
    );
    assert_eq!(desk.unread(), [""; 0], "nobody gets a second one");

    // The card was everybody's, so it proves nobody; our own server does.
    anna.writes(&Letter::reply_to(&card, "взять").with("Authentication-Results", PASSED));
    desk.step();
    let assignee = desk.ticket(1001).assignee;
    assert_eq!(
        assignee.map(|agent| agent.to_string()).as_deref(),
        Some("anna")
    );
    let told = desk.person("ИТ", "it-team@uni.test").only_mail();
    assert!(told.text().contains("Анна Петрова"), "{}", told.text());
    anna.got_nothing();

    olga.writes(&Letter::reply_to(&ack, "Жду."));
    desk.step();
    let follow_up = anna.only_mail();
    assert_eq!(follow_up.header("List-Id"), None);
    // What she alone was sent proves her, as ever.
    anna.writes(&Letter::reply_to(&follow_up, "Пароль сброшен."));
    desk.step();
    assert!(olga.only_mail().text().contains("Пароль сброшен."));
}

#[test]
fn whoever_is_not_proven_is_asked() {
    let desk = university();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    let card = desk.person("ИТ", "it-team@uni.test").only_mail();
    anna.writes(&Letter::reply_to(&card, "Пароль сброшен."));
    desk.step();
    olga.got_nothing();
    let question = anna.only_mail();
    assert!(
        question.subject().contains("Это ваше письмо?"),
        "{}",
        question.subject()
    );
    desk.inbox("it-team@uni.test");
    anna.writes(&Letter::reply_to(&question, "да"));
    desk.step();
    assert!(olga.only_mail().text().contains("Пароль сброшен."));
    desk.inbox("it-team@uni.test");
}

#[test]
fn a_copy_is_shown_to_the_group_once() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    let letter = Letter::to("dean@uni.test", "Ремонт", "Просим согласовать.");
    olga.writes(&letter.with("Cc", "it@uni.test"));
    desk.step();
    let shown = desk.person("ИТ", "it-team@uni.test").only_mail();
    assert_eq!(
        shown.header("List-Id").as_deref(),
        Some("<it.okno.uni.test>")
    );
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    // The code is the group's, so it takes a proven agent.
    let reply = Letter::reply_to(&shown, "обращение");
    anna.writes(&reply.clone());
    desk.step();
    assert_eq!(desk.tickets(), 0);
    anna.only_mail();
    anna.writes(&reply.with("Authentication-Results", PASSED));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    desk.inbox("it-team@uni.test");
    anna.inbox();
}
