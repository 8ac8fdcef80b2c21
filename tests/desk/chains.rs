//! A class of requests may have a chain of its own: who hears of what is late of it, one after the other, instead of the
//! queue's heads.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::Letter,
};

const MINUTE: Duration = Duration::from_secs(60);

/// Anna and Boris serve ИТ, Darya decides for it, Semyon for its department. An emergency that is late goes to Darya, and half
/// an hour of work later to Pavel, who is on call that week and serves no queue; all else goes the queue's way.
fn desk() -> Desk {
    let keys = "target = \"8 h\"\nhead = \"darya\"\ndepartment = \"digital\"\ncommands = [\"all\"]\n\
                escalate_after = [\"0\", \"8 h\"]\nclass.emergency = { target = \"4 h\" }\n\
                chain.emergency = [{ to = \"head\" }, { to = \"pavel\", after = \"30 min\" }]";
    let source = UNIVERSITY.replace("target = \"8 h\"", keys);
    let agent = |name: &str, full: &str| {
        format!("[agent.{name}]\nname = \"{full}\"\naddress = \"{name}@uni.test\"\n")
    };
    Desk::with(&format!(
        "{source}\n[department.digital]\ntitle = \"Цифровое управление\"\nhead = \"semyon\"\n{}{}{}",
        agent("darya", "Дарья Громова"),
        agent("semyon", "Семён Лукин"),
        agent("pavel", "Павел Дежуров"),
    ))
}

/// Of the queue, of its department, and of emergencies.
fn heads(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Дарья Громова", "darya@uni.test"),
        desk.person("Семён Лукин", "semyon@uni.test"),
        desk.person("Павел Дежуров", "pavel@uni.test"),
    ]
}

fn all_read(desk: &Desk) {
    for name in ["anna", "boris", "darya", "semyon", "pavel", "olga"] {
        desk.inbox(&format!("{name}@uni.test"));
    }
}

#[test]
fn an_emergency_that_is_late_goes_the_way_of_its_class_and_all_else_the_queues() {
    let desk = desk();
    let [darya, semyon, pavel] = heads(&desk);
    let (_, card) = desk.asked();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(
        &card,
        "#класс экстренное стоит весь корпус",
    ));
    desk.step();
    all_read(&desk);
    // Four hours from noon: four o'clock. Darya hears at once, Pavel at half past.
    desk.advance(MINUTE * 241);
    desk.step();
    assert!(darya.only_mail().subject().contains("Просрочено"));
    pavel.got_nothing();
    desk.advance(MINUTE * 30);
    desk.step();
    let told = pavel.only_mail();
    assert!(
        told.text().contains("Кто решает: Павел Дежуров"),
        "{}",
        told.text()
    );
    // He is asked to decide, and may.
    pavel.writes(&Letter::reply_to(&told, "#назначить boris"));
    desk.step();
    let assignee = desk.ticket(1001).assignee;
    assert_eq!(assignee.as_ref().map(|one| one.as_str()), Some("boris"));
    // The department's head is not in that chain, however late it is.
    desk.until("2026-11-20T12:00:00Z");
    desk.step();
    semyon.got_nothing();
    all_read(&desk);
}

#[test]
fn a_class_without_a_chain_goes_the_way_of_its_queue() {
    let desk = desk();
    desk.asked();
    all_read(&desk);
    desk.until("2026-11-19T09:00:00Z");
    desk.step();
    let semyon = desk.person("Семён Лукин", "semyon@uni.test");
    assert!(semyon.only_mail().subject().contains("Просрочено"));
    desk.person("Павел Дежуров", "pavel@uni.test").got_nothing();
    all_read(&desk);
}

/// Who is told once the class of what is late already is another: whoever has not heard, and nobody twice.
#[test]
fn whose_class_changes_when_it_is_late_is_told_to_the_chain_of_the_new_class() {
    let desk = desk();
    let [darya, semyon, pavel] = heads(&desk);
    let (_, card) = desk.asked();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(&card, "#взять"));
    desk.step();
    // As a standard request it is told to both heads of the queue.
    desk.until("2026-11-19T09:00:00Z");
    desk.step();
    assert!(
        darya
            .inbox()
            .last()
            .unwrap()
            .subject()
            .contains("Просрочено")
    );
    assert!(semyon.only_mail().subject().contains("Просрочено"));
    all_read(&desk);
    // Two steps are told, and so many has the chain of emergencies: Pavel stands in it, and has not heard.
    anna.writes(&Letter::reply_to(
        &card,
        "#класс экстренное стоит весь корпус",
    ));
    desk.step();
    desk.advance(MINUTE);
    desk.step();
    assert!(pavel.only_mail().subject().contains("Просрочено"));
    let late = |mails: Vec<super::letter::Received>| {
        let mut mails = mails.into_iter();
        mails.any(|mail| mail.subject().contains("Просрочено"))
    };
    assert!(!late(darya.inbox()) && !late(semyon.inbox()));
    all_read(&desk);
}
