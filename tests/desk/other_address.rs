//! An agent's card is answered from an address that okno does not know: the agent is asked whether it is theirs.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person},
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(86_400);

fn people(desk: &Desk) -> (Person<'_>, Person<'_>, Person<'_>) {
    (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Анна Петрова", "petrova@home.example"),
    )
}

/// A ticket of Olga's: Anna's card.
fn asked(desk: &Desk) -> Received {
    let (olga, anna, _) = people(desk);
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    anna.only_mail()
}

#[test]
fn one_word_makes_it_hers() {
    let desk = Desk::open();
    let (olga, anna, home) = people(&desk);
    let card = asked(&desk);
    home.writes(&Letter::reply_to(&card, "Пароль сброшен.\nрешено"));
    desk.step();
    olga.got_nothing();
    home.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    let mut got = anna.inbox();
    got.retain(|mail| mail.subject().contains("другой адрес"));
    assert_eq!(got.len(), 1, "she is asked at the address we know");
    assert!(
        got[0].text().contains("petrova[@]home[.]example"),
        "{}",
        got[0].text()
    );
    anna.writes(&Letter::reply_to(&got[0], "да"));
    desk.step();
    assert!(olga.only_mail().text().contains("Пароль сброшен."));
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    // Cards go where they went, and are answered from both.
    home.got_nothing();
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Почта", "Не открывается."));
    desk.step();
    olga.only_mail();
    home.got_nothing();
    home.writes(&Letter::reply_to(&anna.only_mail(), "Откройте заново."));
    desk.step();
    assert!(olga.only_mail().text().contains("Откройте заново."));
    desk.inbox("boris@uni.test");
}

#[test]
fn a_no_leaves_a_stranger() {
    let desk = Desk::open();
    let (olga, anna, home) = people(&desk);
    let card = asked(&desk);
    home.writes(&Letter::reply_to(&card, "Ваш пароль: 12345"));
    desk.step();
    let mut got = anna.inbox();
    got.retain(|mail| mail.subject().contains("другой адрес"));
    anna.writes(&Letter::reply_to(&got[0], "нет"));
    desk.step();
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(
        told.text().contains("petrova[@]home[.]example"),
        "{}",
        told.text()
    );
    home.writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    olga.got_nothing();
    home.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    anna.inbox();
    desk.advance(DAY);
    desk.step();
    anna.inbox();
    desk.inbox("boris@uni.test");
}

#[test]
fn one_yes_does_not_say_two_things() {
    let desk = Desk::open();
    let (olga, anna, home) = people(&desk);
    let card = asked(&desk);
    let tag = desk.tag(&desk.ticket(1001));
    anna.writes(&Letter::to("it@uni.test", &tag, "Смотрю."));
    home.writes(&Letter::reply_to(&card, "Ваш пароль: 12345"));
    desk.step();
    let mut got = anna.inbox();
    got.retain(|mail| mail.subject().starts_with('[') && mail.subject().contains("«да»"));
    assert_eq!(got.len(), 1);
    assert!(
        got[0].subject().contains("ваше письмо"),
        "{}",
        got[0].subject()
    );
    anna.writes(&Letter::reply_to(&got[0], "да"));
    desk.step();
    assert!(olga.only_mail().text().contains("Смотрю."));
    anna.inbox();
    desk.advance(DAY);
    desk.step();
    let question = anna.only_mail();
    assert!(
        question.subject().contains("другой адрес"),
        "{}",
        question.subject()
    );
    olga.got_nothing();
    desk.inbox("boris@uni.test");
}
