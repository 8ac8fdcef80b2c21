//! What went well shows in the next list, or at once where somebody prefers it; never in a letter of its own.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// The ИТ queue sends lists at nine and has all commands on. It is Tuesday noon.
fn university() -> Desk {
    let on =
        "target = \"8 h\"\ncommands = [\"all\"]\ncategories = [\"printers\"]\ndigest = \"9:00\"";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

fn anna(desk: &Desk) -> Person<'_> {
    desk.person("Анна Петрова", "anna@uni.test")
}

fn read_all(desk: &Desk) {
    for line in desk.unread() {
        let (address, _) = line.split_once(": ").unwrap();
        desk.inbox(address);
    }
}

/// Olga asks this; Anna's card.
fn asks(desk: &Desk, subject: &str) -> Received {
    desk.person("Ольга", "olga@uni.test").writes(&Letter::to(
        "it@uni.test",
        subject,
        &format!("{subject}: помогите."),
    ));
    desk.step();
    desk.advance(MINUTE);
    let card = anna(desk).only_mail();
    read_all(desk);
    card
}

/// Anna writes this in answer to that; nothing is said to her at once.
fn writes(desk: &Desk, card: &Received, words: &str) {
    anna(desk).writes(&Letter::reply_to(card, words));
    desk.step();
    desk.advance(MINUTE);
    anna(desk).got_nothing();
    read_all(desk);
}

/// Anna's list of the next morning, if one comes.
fn morning(desk: &Desk) -> Option<Received> {
    desk.advance(23 * HOUR);
    desk.step();
    let list = anna(desk).inbox().pop();
    read_all(desk);
    list
}

#[test]
fn what_was_done_stands_in_the_next_list_and_in_no_other() {
    let desk = university();
    let (printer, password, lamp) = (
        asks(&desk, "Принтер"),
        asks(&desk, "Пароль"),
        asks(&desk, "Лампа"),
    );
    writes(&desk, &printer, "взять");
    writes(&desk, &printer, "#категория printers");
    writes(&desk, &password, "Сбросила.\nрешено");
    // Another department's matter is no line of theirs any more.
    writes(&desk, &lamp, "#передать бухгалтерия");
    let list = morning(&desk).expect("the printer is to be done");
    assert!(!list.text().contains("Лампа"), "{}", list.text());
    insta::assert_snapshot!(list.text().replace(&desk.tag(&desk.ticket(1001)), "[tag]"));
    let next = morning(&desk).expect("it still is");
    assert!(!next.text().contains("Сделано"), "{}", next.text());
    assert!(next.text().contains("Принтер"));
}

#[test]
fn a_mistake_is_taken_back_by_its_line() {
    let desk = university();
    let (printer, password) = (asks(&desk, "Принтер"), asks(&desk, "Пароль"));
    writes(&desk, &printer, "взять");
    writes(&desk, &password, "решено");
    let list = morning(&desk).expect("a list");
    let line = list.text().lines().find(|line| line.contains("Пароль"));
    let (number, _) = line.unwrap().split_once('.').unwrap();
    anna(&desk).writes(&Letter::reply_to(&list, &format!("{number} отменить")));
    desk.step();
    let known = desk.ticket(1002);
    assert_eq!((known.state, known.assignee), (State::Open, None));
    read_all(&desk);
    // What was taken back is not told of as done.
    writes(&desk, &password, "взять");
    anna(&desk).writes(&Letter::reply_to(&password, "отменить"));
    desk.step();
    read_all(&desk);
    let next = morning(&desk).expect("a list");
    assert!(!next.text().contains("Сделано"), "{}", next.text());
}

#[test]
fn it_is_no_reason_for_a_letter() {
    let desk = university();
    let password = asks(&desk, "Пароль");
    writes(&desk, &password, "Сбросила.\nрешено");
    assert!(morning(&desk).is_none());
    // The next list there is tells it, and no later one.
    asks(&desk, "Принтер");
    let list = morning(&desk).expect("the printer");
    assert!(list.text().contains("Пароль"), "{}", list.text());
    let list = morning(&desk).expect("the printer still");
    assert!(!list.text().contains("Пароль"), "{}", list.text());
}

#[test]
fn of_several_mails_only_what_the_last_one_did_is_not_told_where_that_is_taken_back() {
    let desk = university();
    let (printer, password) = (asks(&desk, "Принтер"), asks(&desk, "Пароль"));
    writes(&desk, &printer, "взять");
    writes(&desk, &printer, "#категория printers");
    writes(&desk, &password, "взять");
    anna(&desk).writes(&Letter::reply_to(&printer, "отменить"));
    desk.step();
    read_all(&desk);
    let list = morning(&desk).expect("a list");
    assert_eq!(
        list.text().matches("командами: взять\n").count(),
        2,
        "{}",
        list.text()
    );
    assert!(!list.text().contains("#категория"), "{}", list.text());
}

#[test]
fn what_an_agent_does_with_a_request_that_they_bring_is_told_and_briefly() {
    let on =
        "commands = [\"all\"]\nhandover = true\ncategories = [\"printers\"]\ndigest = \"9:00\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", &format!("target = \"8 h\"\n{on}"));
    let desk = Desk::with(&format!("{source}\n[trust]\nservers = [\"mx.uni.test\"]\n"));
    let words = format!(
        "От: olga@uni.test\n#категория printers\n#срок 20.11 {}\nНе печатает.",
        "ждём ".repeat(200)
    );
    let letter = Letter::to("it@uni.test", "Принтер", &words);
    let passed = "mx.uni.test; dmarc=pass header.from=uni.test";
    anna(&desk).writes(&letter.with("Authentication-Results", passed));
    desk.step();
    read_all(&desk);
    let list = morning(&desk).expect("a list");
    assert!(
        list.text().contains("#категория printers"),
        "{}",
        list.text()
    );
    assert!(
        list.text().contains('…') && list.text().len() < 4000,
        "{}",
        list.text()
    );
}

#[test]
fn whoever_wants_to_hear_at_once_hears_at_once_and_whoever_wants_no_list_not_at_all() {
    let desk = university();
    let printer = asks(&desk, "Принтер");
    anna(&desk).writes(&Letter::reply_to(&printer, "#настройки отчёты всегда"));
    desk.step();
    read_all(&desk);
    anna(&desk).writes(&Letter::reply_to(&printer, "взять"));
    desk.step();
    let told = anna(&desk).only_mail();
    assert_eq!(told.header("X-Okno-Event").as_deref(), Some("transcript"));
    read_all(&desk);
    let list = morning(&desk).expect("a list");
    assert!(!list.text().contains("Сделано"), "{}", list.text());
    for words in ["#настройки отчёты о неудачах", "#настройки список нет"]
    {
        anna(&desk).writes(&Letter::reply_to(&printer, words));
        desk.step();
        read_all(&desk);
    }
    writes(&desk, &printer, "#категория printers");
    assert!(morning(&desk).is_none());
    anna(&desk).writes(&Letter::reply_to(&printer, "#настройки список как обычно"));
    desk.step();
    read_all(&desk);
    let list = morning(&desk).expect("a list again");
    assert!(!list.text().contains("Сделано"), "{}", list.text());
}
