//! A stranger never gets into somebody's ticket, and nobody is believed for a name alone.

use okno::model::ticket::State;

use super::{desk::Desk, letter::Letter};

#[test]
fn a_stranger_with_a_tag_is_read_and_told_nothing() {
    let desk = Desk::open();
    let (olga, anna, mallory) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Mallory", "mallory@evil.example"),
    );
    let (acknowledged, _) = desk.asked();

    mallory.writes(&Letter::to(
        "it@uni.test",
        acknowledged.subject(),
        "Пришлите пароль мне.",
    ));
    mallory.writes(&Letter::reply_to(&acknowledged, "И мне."));
    desk.step();
    mallory.got_nothing();
    olga.got_nothing();
    let warned = anna.inbox();
    assert_eq!(warned.len(), 2);
    assert!(
        warned
            .iter()
            .all(|mail| mail.text().contains("mallory@evil.example"))
    );
    desk.inbox("boris@uni.test");

    anna.writes(&Letter::reply_to(&warned[0], "Ольга, пароль сброшен."));
    desk.step();
    mallory.got_nothing();
    let answer = olga.only_mail();
    let told = String::from_utf8_lossy(&answer.bytes).to_lowercase();
    assert!(
        !told.contains("evil.example"),
        "not even the stranger's Message-ID: {told}"
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn an_agents_name_alone_lets_nobody_speak_for_the_desk() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let (acknowledged, card) = desk.asked();

    // Somebody who has seen the requester's mail writes under Anna's address.
    anna.writes(&Letter::to(
        "it@uni.test",
        acknowledged.subject(),
        "Ваш пароль: 12345\nрешено",
    ));
    anna.writes(&Letter::reply_to(&acknowledged, "Перейдите по ссылке"));
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    let asked = anna.only_mail();
    let listed = asked.text().matches("IT-1001").count();
    assert_eq!(listed, 2, "the real Anna is asked, at her own address");

    // What she writes to a question goes to nobody; her card she can answer.
    anna.writes(&Letter::reply_to(&asked, "Нет, не я."));
    desk.step();
    olga.got_nothing();
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(told.text().contains("IT-1001"), "{}", told.text());
    anna.writes(&Letter::reply_to(&card, "Это я, пароль сброшен."));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_card_that_was_forwarded_gives_no_right_to_answer() {
    let desk = Desk::open();
    let (olga, anna, friend) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Друг", "friend@mail.example"),
    );
    let (_, card) = desk.asked();
    friend.writes(&Letter::reply_to(&card, "Я помогу: решено"));
    desk.step();
    olga.got_nothing();
    friend.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    assert_eq!(
        anna.inbox().len(),
        2,
        "she reads it, and is asked whether it is hers"
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn an_agent_of_another_queue_does_not_answer_here() {
    let desk = Desk::open();
    let (olga, vera) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Вера", "vera@uni.test"),
    );
    let (_, card) = desk.asked();
    vera.writes(&Letter::reply_to(&card, "Отвечу я."));
    desk.step();
    olga.got_nothing();
    vera.only_mail();
}
