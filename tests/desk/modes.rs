//! Modes: how far okno may act on a mailbox.

use okno::model::ticket::State;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

fn desk_in(mode: &str) -> Desk {
    Desk::with(&UNIVERSITY.replace("mode = \"full\"", &format!("mode = \"{mode}\"")))
}

#[test]
fn observe_registers_and_sends_nobody_anything() {
    let desk = desk_in("observe");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert_eq!(desk.unread(), Vec::<String>::new());
    assert!(
        desk.history(1001)
            .contains(&"mail_withheld (mode_observe)".to_owned())
    );
}

#[test]
fn acknowledge_answers_the_requester_alone() {
    let desk = desk_in("acknowledge");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    olga.only_mail();
    desk.person("Анна", "anna@uni.test").got_nothing();
    assert!(
        desk.history(1001)
            .contains(&"mail_withheld (mode_acknowledge)".to_owned())
    );
}

/// Olga has asked twice while okno only looked on; now the mailbox is in mode full.
fn switched(keys: &str) -> Desk {
    let mut desk = desk_in("observe");
    let olga = desk.person("Ольга", "olga@uni.test");
    for subject in ["Вопрос", "Ещё вопрос"] {
        olga.writes(&Letter::to("it@uni.test", subject, subject));
        desk.step();
    }
    desk.stop();
    desk.source = UNIVERSITY.replacen("mode = \"full\"", &format!("mode = \"full\"\n{keys}"), 1);
    desk.start(okno::store::Faults::none());
    desk.step();
    desk
}

#[test]
fn what_gathered_before_mode_full_is_listed_to_the_agents_once() {
    let desk = switched("");
    let olga = desk.person("Ольга", "olga@uni.test");
    for address in ["anna@uni.test", "boris@uni.test"] {
        let letter = desk.person("", address).only_mail();
        let text = letter.text();
        assert!(text.contains("Эти пришли раньше и не решены"), "{text}");
        assert!(
            text.contains("Вопрос") && text.contains("Ещё вопрос"),
            "{text}"
        );
    }
    assert_eq!(desk.unread(), Vec::<String>::new());
    assert_eq!(desk.ticket(1001).state, State::New);
    desk.stop();
    desk.start(okno::store::Faults::none());
    desk.step();
    assert_eq!(desk.unread(), Vec::<String>::new());
    // From now on she is answered.
    olga.writes(&Letter::to("it@uni.test", "Третий", "Третий вопрос."));
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn what_gathered_before_mode_full_is_closed_where_the_site_wants_that() {
    let desk = switched("on_full = \"close\"");
    assert_eq!(desk.unread(), Vec::<String>::new());
    for number in [1001, 1002] {
        assert_eq!(desk.ticket(number).state, State::Closed);
        let closed = "closed (switched_to_full)".to_owned();
        assert!(desk.history(number).contains(&closed));
    }
}

#[test]
fn a_long_backlog_is_closed_to_its_end() {
    let mut desk = desk_in("observe");
    for number in 1..=201 {
        let subject = format!("Вопрос {number}");
        let person = format!("person{number}@uni.test");
        let person = desk.person("", &person);
        person.writes(&Letter::to("it@uni.test", &subject, &subject));
    }
    desk.step();
    desk.stop();
    let keys = "mode = \"full\"\non_full = \"close\"";
    desk.source = UNIVERSITY.replacen("mode = \"full\"", keys, 1);
    desk.start(okno::store::Faults::none());
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    assert_eq!(desk.ticket(1201).state, State::Closed);
    assert_eq!(desk.unread(), Vec::<String>::new());
}
