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
    assert!(told.text().contains("Срок прошёл"), "{}", told.text());
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
