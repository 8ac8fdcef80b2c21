//! Whose a broken promise is: of whoever was responsible when it was due, in the queue it was in then, for what it was then,
//! whatever happens before anybody judges it.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// ИТ promises an answer in two hours and a solution in eight; the accountants promise a solution alone.
fn university() -> Desk {
    let it = "classes = \"default\"\ncommands = [\"all\"]\n[queue.it.class.standard]\ntarget = \"8 h\"\nfirst_response = \"2 h\"\n[queue.it.class.consultation]\ntarget = \"16 h\"\n";
    let source = UNIVERSITY.replace("target = \"8 h\"\nreminders = []\n", it);
    let buh = "prefix = \"BUH\"\nhours = \"пн-пт 09:00-18:00\"\ntarget = \"8 h\"";
    Desk::with(&source.replace("prefix = \"BUH\"", buh))
}

/// Olga asks at noon; Anna's card, and Boris's.
fn asked(desk: &Desk) -> [Received; 2] {
    let [olga, anna, boris, _] = people(desk);
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    [anna.only_mail(), boris.only_mail()]
}

fn people(desk: &Desk) -> [Person<'_>; 4] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
        desk.person("Вера Орлова", "vera@uni.test"),
    ]
}

/// Queue, agent and class of each verdict of the first answer, and how it ended.
fn first_answer(desk: &Desk) -> Vec<String> {
    desk.with_house(async |house| {
        let events = okno::store::history::events_of(&house.db, "ticket", "1001").await;
        let judged = events.unwrap().into_iter();
        let judged = judged.filter(|event| event.kind == "clock_judged");
        let told = judged.map(|event| {
            let data: serde_json::Value = serde_json::from_str(&event.data).unwrap();
            let said = |key: &str| data[key].as_str().unwrap_or("-").to_owned();
            let parts = ["clock", "outcome", "queue", "agent", "class"].map(said);
            parts.join(" ")
        });
        let told = told.filter(|words| words.starts_with("first_response"));
        told.collect()
    })
}

/// Half a minute after the answer was due; nobody has judged it.
fn just_after(desk: &Desk) {
    desk.advance(HOUR * 2 + Duration::from_secs(30));
}

fn everybody_reads(desk: &Desk) {
    for person in people(desk) {
        person.inbox();
    }
}

#[test]
fn what_is_handed_over_late_stays_late_for_whoever_had_it() {
    let desk = university();
    let [card, _] = asked(&desk);
    let [_, anna, ..] = people(&desk);
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    just_after(&desk);
    anna.writes(&Letter::reply_to(&card, "#передать Бухгалтерия"));
    desk.step();
    desk.advance(HOUR);
    desk.step();
    assert_eq!(desk.ticket(1001).queue.as_str(), "buh");
    assert_eq!(
        first_answer(&desk),
        ["first_response breached it anna standard"]
    );
    everybody_reads(&desk);
}

#[test]
fn whoever_takes_what_is_late_already_is_not_late() {
    let desk = university();
    let [_, card] = asked(&desk);
    let [_, _, boris, _] = people(&desk);
    just_after(&desk);
    boris.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    desk.advance(HOUR);
    desk.step();
    assert_eq!(
        first_answer(&desk),
        ["first_response breached it - standard"]
    );
    everybody_reads(&desk);
}

#[test]
fn another_class_is_no_way_out_of_a_broken_promise() {
    let desk = university();
    let [card, _] = asked(&desk);
    let [_, anna, ..] = people(&desk);
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    just_after(&desk);
    let less = "#класс консультация не спешит";
    anna.writes(&Letter::reply_to(&card, less));
    desk.step();
    desk.advance(HOUR);
    desk.step();
    assert_eq!(
        first_answer(&desk),
        ["first_response breached it anna standard"]
    );
    everybody_reads(&desk);
}

#[test]
fn who_closes_without_a_word_has_not_answered() {
    let desk = university();
    let [card, _] = asked(&desk);
    let [_, anna, ..] = people(&desk);
    anna.writes(&Letter::reply_to(&card, "#закрыть"));
    desk.step();
    assert_eq!(first_answer(&desk), Vec::<String>::new());
    let history = desk.history(1001);
    let has = |words: &str| history.iter().any(|one| one.starts_with(words));
    assert!(has("clock_dropped") && has("closed"), "{history:#?}");
    everybody_reads(&desk);
}

#[test]
fn what_was_to_be_answered_before_it_was_closed_stays_broken() {
    let desk = university();
    let [card, _] = asked(&desk);
    just_after(&desk);
    let [_, anna, ..] = people(&desk);
    anna.writes(&Letter::reply_to(&card, "#закрыть"));
    desk.step();
    assert_eq!(
        first_answer(&desk),
        ["first_response breached it - standard"]
    );
    let history = desk.history(1001);
    let late = |one: &String| one.starts_with("kept_late");
    assert!(!history.iter().any(late), "{history:#?}");
    everybody_reads(&desk);
}
