//! An agent asks for the requester's last mail and gets it whole: quote, signature and all, with the original.

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person},
    letter::{Letter, Received},
};

/// A ticket of Olga's whose last mail has a quote, and Anna's card of it.
fn asked_twice<'d>(desk: &'d Desk) -> (Person<'d>, Person<'d>, Received) {
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Сеть", "Нет сети в 12."));
    desk.step();
    let acknowledged = olga.only_mail();
    anna.only_mail();
    desk.inbox("boris@uni.test");
    let again = "И в 13 тоже нет.\n\n-----Исходное сообщение-----\nОт: Борис\nТема: Сеть\n\nПароль на двери.";
    olga.writes(&Letter::reply_to(&acknowledged, again));
    desk.step();
    let card = anna.only_mail();
    desk.inbox("boris@uni.test");
    (olga, anna, card)
}

#[test]
fn an_agent_reads_the_last_mail_whole() {
    for word in ["полностью", "#full"] {
        let desk = Desk::open();
        let (olga, anna, card) = asked_twice(&desk);
        assert!(!card.text().contains("Пароль на двери."));
        anna.writes(&Letter::reply_to(&card, word));
        desk.step();
        let whole = anna.only_mail();
        assert!(whole.text().contains("И в 13 тоже нет."));
        assert!(
            whole.text().contains("Пароль на двери."),
            "{}",
            whole.text()
        );
        let bytes = String::from_utf8_lossy(&whole.bytes).into_owned();
        assert!(bytes.contains("original.eml"), "{bytes}");
        // Nothing else came of it.
        olga.got_nothing();
        assert!(desk.inbox("boris@uni.test").is_empty());
        assert_eq!(desk.ticket(1001).state, State::New);
        // And it can be answered like any card.
        anna.writes(&Letter::reply_to(&whole, "Сеть починили."));
        desk.step();
        let answer = olga.only_mail();
        assert!(answer.text().contains("Сеть починили."));
        assert!(!answer.text().contains("Пароль на двери."));
        desk.inbox("boris@uni.test");
    }
}

#[test]
fn nobody_else_is_shown_a_mail() {
    let desk = Desk::open();
    let (olga, anna, card) = asked_twice(&desk);
    let friend = desk.person("Друг", "friend@mail.example");
    friend.writes(&Letter::reply_to(&card, "полностью"));
    olga.writes(&Letter::to("it@uni.test", card.subject(), "полностью"));
    desk.step();
    friend.got_nothing();
    olga.got_nothing();
    for mail in anna.inbox() {
        assert!(!mail.text().contains("Пароль на двери."), "{}", mail.text());
    }
    desk.inbox("boris@uni.test");
}
