//! Modes: how far okno may act on a mailbox.

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
