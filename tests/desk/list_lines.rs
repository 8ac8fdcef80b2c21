//! The lines of a work list's answer: each acts on its own ticket, and says nothing in any other.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
    splitting::read_all,
};

const HOUR: Duration = Duration::from_secs(3600);

fn university() -> Desk {
    let on = "target = \"80 h\"\ncommands = [\"all\"]\ndigest = \"9:00\"";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

fn anna(desk: &Desk) -> Person<'_> {
    desk.person("Анна Петрова", "anna@uni.test")
}

/// Olga has asked these things, and Anna's list of the next morning says so.
fn list(desk: &Desk, subjects: &[&str]) -> Received {
    for subject in subjects {
        let words = format!("{subject}: помогите.");
        let letter = Letter::to("it@uni.test", subject, &words);
        desk.person("Ольга", "olga@uni.test").writes(&letter);
        desk.step();
    }
    read_all(desk);
    desk.advance(21 * HOUR);
    desk.step();
    let list = anna(desk).only_mail();
    read_all(desk);
    list
}

#[test]
fn a_line_that_names_a_department_passes_the_ticket_on() {
    let desk = university();
    let list = list(
        &desk,
        &["Отпускные", "Справка", "Премия", "Принтер", "Аванс"],
    );
    let words = "1 в бухгалтерию это к вам\n2 to buh\n3 в BUH\n4 в работе\n5 в Бухгалтерию";
    anna(&desk).writes(&Letter::reply_to(&list, words));
    desk.step();
    let queues = [1001, 1002, 1003, 1004, 1005].map(|one| desk.ticket(one).queue);
    assert_eq!(
        queues.map(|queue| queue.0),
        ["buh", "buh", "buh", "it", "buh"]
    );
    let vera = desk.inbox("vera@uni.test");
    assert_eq!(vera.len(), 4);
    assert!(vera[0].text().contains("это к вам"), "{}", vera[0].text());
    let told = anna(&desk).only_mail();
    assert!(told.text().contains("4 в работе"), "{}", told.text());
    read_all(&desk);
}

#[test]
fn what_a_line_splits_off_says_nothing_of_the_other_lines() {
    let desk = university();
    let list = list(&desk, &["Пароль", "Картридж"]);
    let words = "1 разделить заменить замок\n2 заметка: секретный шифр в сейфе";
    anna(&desk).writes(&Letter::reply_to(&list, words));
    desk.step();
    assert_eq!(desk.ticket(1003).subject.as_str(), "заменить замок");
    let card = anna(&desk).inbox().pop().expect("a card");
    assert!(!card.text().contains("шифр"), "{}", card.text());
    read_all(&desk);
    let finds = |words: &str| {
        // Asked in another ticket than those it may be found in.
        anna(&desk).writes(&Letter::reply_to(&list, &format!("2 найти {words}")));
        desk.step();
        let found = anna(&desk).only_mail();
        assert_eq!(found.header("X-Okno-Event").as_deref(), Some("found"));
        let found = found.text().to_owned();
        [1001, 1002, 1003].map(|one| found.contains(&format!("IT-{one} ")))
    };
    assert!(finds("замок")[2]);
    assert!(!finds("шифр")[2]);
    assert!(!finds("картридж")[2], "nor of the list that is answered");
}

#[test]
fn whose_a_ticket_is_is_said_by_a_line_of_the_heads_letter() {
    let manual = "distribution = \"manual\"\nassign_within = \"40 h\"\nhead = \"darya\"";
    let source = UNIVERSITY
        .replacen("distribution = \"self\"", manual, 1)
        .replace(
            "target = \"8 h\"",
            "target = \"80 h\"\ncommands = [\"all\"]",
        );
    let desk = Desk::with(&format!(
        "{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n"
    ));
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let letter = Letter::to("it@uni.test", "Принтер", "Не работает.");
    desk.person("Ольга", "olga@uni.test").writes(&letter);
    desk.step();
    read_all(&desk);
    let morning = || {
        desk.advance(24 * HOUR);
        desk.step();
        let list = darya.inbox().pop();
        read_all(&desk);
        list
    };
    desk.advance(21 * HOUR);
    desk.step();
    let list = darya.only_mail();
    read_all(&desk);
    assert!(list.text().contains("кому отдать"), "{}", list.text());
    assert!(list.text().contains("1. Принтер"), "{}", list.text());
    darya.writes(&Letter::reply_to(&list, "1 назначить anna"));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    read_all(&desk);
    // What she has said is not asked again.
    assert!(morning().is_none());
}
