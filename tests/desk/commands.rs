//! What agents' commands do, and what their authors hear where one was not carried out.

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

/// The university's desk, where the ИТ queue has switched all commands on.
fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

/// Anna, who replies to her card; and what Olga and she got before.
fn anna(desk: &Desk) -> (Person<'_>, Received) {
    let (_, card) = desk.asked();
    (desk.person("Анна Петрова", "anna@uni.test"), card)
}

fn assignee(desk: &Desk) -> Option<String> {
    let assignee = desk.ticket(1001).assignee;
    assignee.map(|agent| agent.to_string())
}

#[test]
fn a_ticket_is_assigned_to_a_colleague_who_hears_of_it() {
    let desk = university();
    let (anna, card) = anna(&desk);
    anna.writes(&Letter::reply_to(&card, "#назначить Ким"));
    desk.step();
    assert_eq!(assignee(&desk).as_deref(), Some("boris"));
    let told = desk.person("Борис", "boris@uni.test").only_mail();
    assert!(
        told.text()
            .contains("Теперь исполнитель этого обращения — Борис Ким"),
        "{}",
        told.text()
    );
    anna.got_nothing();

    // Whoever had it hears when it goes back.
    let boris = desk.person("Борис Ким", "boris@uni.test");
    boris.writes(&Letter::reply_to(&told, "#assign anna"));
    desk.step();
    assert_eq!(assignee(&desk).as_deref(), Some("anna"));
    anna.only_mail();
}

#[test]
fn nobody_is_assigned_who_is_not_there() {
    let desk = university();
    let (anna, card) = anna(&desk);
    anna.writes(&Letter::reply_to(
        &card,
        "#назначить Сидоров\n\nЗавтра зайдём.",
    ));
    desk.step();
    assert_eq!(
        desk.person("Ольга", "olga@uni.test")
            .only_mail()
            .text()
            .lines()
            .next(),
        Some("Завтра зайдём."),
        "the words do not depend on it"
    );
    let transcript = anna.only_mail();
    insta::assert_snapshot!(transcript.text());
    desk.inbox("boris@uni.test");
}

#[test]
fn what_contradicts_itself_is_not_done_at_all() {
    let desk = university();
    let (anna, card) = anna(&desk);
    anna.writes(&Letter::reply_to(
        &card,
        "взять\n#назначить boris\nполностью",
    ));
    desk.step();
    assert_eq!(assignee(&desk), None);
    let mails = anna.inbox();
    let texts: Vec<&str> = mails.iter().map(Received::text).collect();
    assert_eq!(texts.len(), 2, "what was asked for, and what was not done");
    let transcript = texts
        .iter()
        .find(|text| text.contains("противоречит"))
        .expect("a transcript");
    assert!(
        transcript.contains("«полностью»: выполнено."),
        "{transcript}"
    );
}

#[test]
fn the_words_of_a_command_that_was_not_done_stay_inside() {
    let desk = university();
    let (anna, card) = anna(&desk);
    anna.writes(&Letter::reply_to(&card, "Заменили картридж.\nрешенно"));
    desk.step();
    desk.person("Ольга", "olga@uni.test").got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    let transcript = anna.only_mail();
    assert!(
        transcript.text().contains("слова никому не отправлены")
            && transcript.text().contains("Правильно: «решено»"),
        "{}",
        transcript.text()
    );
    anna.writes(&Letter::reply_to(&transcript, "#решено Заменили картридж."));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    let told = desk.person("Ольга", "olga@uni.test").only_mail();
    assert!(
        told.text().contains("Заменили картридж."),
        "{}",
        told.text()
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn a_command_that_the_queue_does_not_want_is_off() {
    let desk = Desk::open();
    let (anna, card) = anna(&desk);
    anna.writes(&Letter::reply_to(&card, "#assign boris"));
    desk.step();
    assert_eq!(assignee(&desk), None);
    let transcript = anna.only_mail();
    assert!(
        transcript.text().contains("команда не включена"),
        "{}",
        transcript.text()
    );
}

#[test]
fn help_lists_what_can_be_said_here() {
    let desk = Desk::open();
    let (anna, card) = anna(&desk);
    anna.writes(&Letter::reply_to(&card, "помощь"));
    desk.step();
    let help = anna.only_mail();
    assert!(!help.text().contains("#назначить"), "{}", help.text());
    insta::assert_snapshot!(help.text());
}

#[test]
fn somebody_in_copy_is_let_go() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(
        &Letter::to("it@uni.test", "Стенд", "Нужен стенд.").with("Cc", "Иван <ivan@uni.test>"),
    );
    desk.step();
    olga.only_mail();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(
        &card,
        "#убрать petr@uni.test\n#убрать ivan@uni.test\n\nБудет в четверг.",
    ));
    desk.step();
    olga.only_mail();
    desk.person("Иван", "ivan@uni.test").got_nothing();
    let transcript = anna.only_mail();
    assert!(
        transcript.text().contains("читают: ivan@uni.test"),
        "{}",
        transcript.text()
    );
    desk.inbox("boris@uni.test");
}
