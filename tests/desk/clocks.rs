//! Promises by class: first answers, limits, other classes, reminders, what comes back.

use std::time::Duration;

use okno::model::{
    clock::{ClockKind, Outcome},
    ticket::Ticket,
};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::Letter,
};

/// The university's desk with the classes that come with okno, an answer promised to everybody, and reminders.
fn university() -> Desk {
    let on = "classes = \"default\"\ncommands = [\"all\"]\n[queue.it.class.standard]\ntarget = \"8 h\"\nfirst_response = \"2 h\"\nnext_response = \"4 h\"\n";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"\nreminders = []\n", on))
}

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    ]
}

const HOUR: Duration = Duration::from_secs(3600);

fn due(ticket: &Ticket, kind: ClockKind) -> Option<String> {
    ticket.clock(kind).map(|clock| clock.due_at.to_string())
}

fn outcomes(ticket: &Ticket) -> Vec<(ClockKind, Option<Outcome>)> {
    let clocks = ticket.clocks.iter();
    clocks.map(|clock| (clock.kind, clock.outcome)).collect()
}

#[test]
fn a_persons_first_answer_meets_its_promise_and_the_next_one_begins_anew() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    let ticket = desk.ticket(1001);
    // Noon of Tuesday in Moscow; the acknowledgement is no answer, and a note is none either.
    assert_eq!(
        due(&ticket, ClockKind::FirstResponse).as_deref(),
        Some("2026-11-17T11:00:00Z")
    );
    assert_eq!(
        due(&ticket, ClockKind::Resolution).as_deref(),
        Some("2026-11-18T08:00:00Z")
    );
    anna.writes(&Letter::reply_to(&card, "заметка: посмотрю"));
    desk.step();
    assert!(desk.ticket(1001).clock(ClockKind::FirstResponse).is_some());
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Какой у вас кабинет?"));
    desk.step();
    let judged = (ClockKind::FirstResponse, Some(Outcome::Met));
    assert!(outcomes(&desk.ticket(1001)).contains(&judged));
    let answer = olga.only_mail();
    olga.writes(&Letter::reply_to(&answer, "Двадцатый."));
    desk.step();
    // Further mails do not move it.
    desk.advance(HOUR);
    olga.writes(&Letter::reply_to(&answer, "Второй этаж."));
    desk.step();
    let next = due(&desk.ticket(1001), ClockKind::NextResponse);
    assert_eq!(next.as_deref(), Some("2026-11-17T14:00:00Z"));
    anna.writes(&Letter::reply_to(&card, "Иду."));
    desk.step();
    let judged = (ClockKind::NextResponse, Some(Outcome::Met));
    assert!(outcomes(&desk.ticket(1001)).contains(&judged));
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn a_class_has_its_own_promise_and_goes_down_only_with_a_reason() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "#класс срочное"));
    desk.step();
    // Four hours from the change, or what was promised: whichever is earlier.
    let resolution = ClockKind::Resolution;
    assert_eq!(
        due(&desk.ticket(1001), resolution).as_deref(),
        Some("2026-11-17T14:00:00Z")
    );
    anna.writes(&Letter::reply_to(&card, "#класс консультация"));
    desk.step();
    assert!(anna.only_mail().text().contains("не сказано почему"));
    anna.writes(&Letter::reply_to(
        &card,
        "#класс консультация спрашивают, как",
    ));
    desk.step();
    // 48 working hours from noon of the 17th end later than five days by the calendar.
    assert_eq!(
        due(&desk.ticket(1001), resolution).as_deref(),
        Some("2026-11-22T09:00:00Z")
    );
    anna.writes(&Letter::reply_to(&card, "#класс пожелание когда-нибудь"));
    desk.step();
    assert_eq!(due(&desk.ticket(1001), resolution), None);
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn agents_are_reminded_once_each_and_of_the_highest_after_an_outage() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    boris.inbox();
    // Half of eight hours from noon: four in the afternoon.
    desk.advance(HOUR * 3);
    desk.step();
    anna.got_nothing();
    desk.advance(HOUR);
    desk.step();
    let told = anna.only_mail();
    assert!(
        told.text().contains("Подходит срок решения"),
        "{}",
        told.text()
    );
    desk.step();
    anna.got_nothing();
    // The rest passes while okno is away.
    desk.advance(HOUR * 24);
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("Просрочено"), "{}", told.text());
    assert!(
        outcomes(&desk.ticket(1001)).contains(&(ClockKind::Resolution, Some(Outcome::Breached)))
    );
    boris.got_nothing();
    olga.got_nothing();
}

#[test]
fn who_is_waited_for_is_nobodys_reminder() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "Какой логин?\nжду"));
    desk.step();
    boris.inbox();
    olga.only_mail();
    desk.advance(HOUR * 24);
    desk.step();
    anna.got_nothing();
    assert!(
        desk.ticket(1001)
            .clock(ClockKind::Resolution)
            .is_some_and(|clock| clock.outcome.is_none())
    );
}

#[test]
fn a_solved_request_that_comes_back_goes_on_with_what_was_left() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    desk.advance(HOUR * 2);
    anna.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
    desk.step();
    let solved = olga.only_mail();
    desk.advance(HOUR * 24);
    olga.writes(&Letter::reply_to(&solved, "Опять не печатает, приходите."));
    desk.step();
    // Two hours of eight were used by 14:00; from 14:00 of Wednesday six are left.
    let due = due(&desk.ticket(1001), ClockKind::Resolution);
    assert_eq!(due.as_deref(), Some("2026-11-19T08:00:00Z"));
    anna.inbox();
    boris.inbox();
}

#[test]
fn another_class_moves_the_reminders_with_its_promise() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "взять\n#класс срочное"));
    desk.step();
    boris.inbox();
    olga.inbox();
    // Half of four hours from noon; of eight it would be at four.
    desk.advance(HOUR * 2);
    desk.step();
    let told = anna.only_mail();
    assert!(
        told.text().contains("Подходит срок решения"),
        "{}",
        told.text()
    );
}

#[test]
fn whoever_has_been_answered_is_promised_news_of_the_work() {
    let source = UNIVERSITY.replace("reminders = []", "update = \"4 h\"\ncommands = [\"all\"]");
    let desk = Desk::with(&source);
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    assert_eq!(due(&desk.ticket(1001), ClockKind::Update), None);
    anna.writes(&Letter::reply_to(&card, "Заказали картридж."));
    desk.step();
    let next = due(&desk.ticket(1001), ClockKind::Update);
    assert_eq!(next.as_deref(), Some("2026-11-17T13:00:00Z"));
    // While Olga is asked nobody owes her news.
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Какой кабинет?\nжду"));
    desk.step();
    desk.advance(HOUR * 24);
    olga.writes(&Letter::reply_to(&olga.inbox()[1], "Двадцатый."));
    desk.step();
    let next = due(&desk.ticket(1001), ClockKind::Update);
    assert_eq!(next.as_deref(), Some("2026-11-18T14:00:00Z"));
    // Nobody writes: late, and the next mail promises anew.
    desk.advance(HOUR * 5);
    desk.step();
    let late = (ClockKind::Update, Some(Outcome::Breached));
    assert!(outcomes(&desk.ticket(1001)).contains(&late));
    anna.writes(&Letter::reply_to(&card, "Картридж в пути."));
    desk.step();
    assert!(due(&desk.ticket(1001), ClockKind::Update).is_some());
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

/// Whose the verdicts of a ticket are, by clock.
fn whose(desk: &Desk, number: i64) -> Vec<(String, Option<String>)> {
    desk.with_house(async |house| {
        let id = number.to_string();
        let events = okno::store::history::events_of(&house.db, "ticket", &id).await;
        let judged = events.unwrap().into_iter();
        let judged = judged.filter(|event| event.kind == "clock_judged");
        let told = judged.map(|event| {
            let data: serde_json::Value = serde_json::from_str(&event.data).unwrap();
            let agent = data["agent"].as_str().map(str::to_owned);
            (data["clock"].as_str().unwrap().to_owned(), agent)
        });
        told.collect()
    })
}

#[test]
fn a_promise_kept_is_theirs_who_kept_it() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    let (mine, his) = (anna.only_mail(), boris.only_mail());
    // Boris takes it, Anna answers.
    boris.writes(&Letter::reply_to(&his, "взять"));
    desk.step();
    anna.writes(&Letter::reply_to(&mine, "Смотрим."));
    desk.step();
    let first = ("first_response".to_owned(), Some("anna".to_owned()));
    assert_eq!(whose(&desk, 1001), [first]);
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn nobody_is_judged_by_an_answer_that_came_after_the_time_while_it_was_nobodys() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    desk.advance(HOUR * 3);
    anna.writes(&Letter::reply_to(&card, "Смотрим."));
    desk.step();
    assert_eq!(whose(&desk, 1001), [("first_response".to_owned(), None)]);
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn a_department_may_promise_anew_what_is_handed_over_to_it() {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\n";
    let source = UNIVERSITY.replace("target = \"8 h\"\n", on);
    let buh = "prefix = \"BUH\"\nhours = \"пн-пт 09:00-18:00\"\ntarget = \"8 h\"\ntransfer_policy = \"restart\"";
    let desk = Desk::with(&source.replace("prefix = \"BUH\"", buh));
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    desk.advance(HOUR * 4);
    anna.writes(&Letter::reply_to(&card, "#передать Бухгалтерия"));
    desk.step();
    // Eight hours from four in the afternoon of Tuesday.
    let due = due(&desk.ticket(1001), ClockKind::Resolution);
    assert_eq!(due.as_deref(), Some("2026-11-18T12:00:00Z"));
    desk.inbox("vera@uni.test");
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn what_falls_due_waits_until_the_mailbox_is_read_past_it() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    boris.inbox();
    // Two hours are promised for the answer; Anna gives it at the last minute, and nobody can read it.
    desk.advance(HOUR * 2 - Duration::from_secs(60));
    desk.reads_everything();
    desk.cannot_read(&["it"]);
    desk.advance(Duration::from_secs(60));
    let in_time = desk.clock.now();
    desk.advance(Duration::from_secs(600));
    desk.step();
    assert!(desk.ticket(1001).clock(ClockKind::FirstResponse).is_some());
    desk.was_reached(Some(in_time));
    anna.writes(&Letter::reply_to(&card, "Смотрим."));
    desk.was_reached(None);
    desk.cannot_read(&[]);
    desk.step();
    let judged = (ClockKind::FirstResponse, Some(Outcome::Met));
    assert!(outcomes(&desk.ticket(1001)).contains(&judged));
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn a_mailbox_that_cannot_be_read_for_half_an_hour_is_not_waited_for() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    desk.asked();
    // Another department's mailbox is nothing to this ticket.
    desk.advance(HOUR * 2 - Duration::from_secs(60));
    desk.reads_everything();
    desk.cannot_read(&["it", "buh"]);
    for minutes in [2, 28] {
        desk.step();
        assert!(desk.ticket(1001).clock(ClockKind::FirstResponse).is_some());
        desk.advance(Duration::from_secs(60 * minutes));
    }
    desk.step();
    let told = desk.history(1001);
    let released = "clock_judged (mailbox_unread)".to_owned();
    assert!(told.contains(&released), "{told:?}");
    for person in [olga, anna, boris] {
        person.inbox();
    }
}

#[test]
fn after_an_outage_mail_is_read_before_anything_is_judged() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    desk.advance(HOUR);
    let in_time = desk.clock.now();
    desk.stop();
    desk.advance(HOUR * 48);
    desk.cannot_read(&["it"]);
    desk.start(okno::store::Faults::none());
    desk.step();
    assert!(desk.ticket(1001).clock(ClockKind::FirstResponse).is_some());
    desk.was_reached(Some(in_time));
    anna.writes(&Letter::reply_to(&card, "Смотрим."));
    desk.was_reached(None);
    desk.advance(Duration::from_secs(30));
    desk.cannot_read(&[]);
    desk.step();
    let judged = (ClockKind::FirstResponse, Some(Outcome::Met));
    assert!(outcomes(&desk.ticket(1001)).contains(&judged));
    for person in [olga, anna, boris] {
        person.inbox();
    }
}
