//! One promise takes over from another: nobody is late by that, and nobody loses what they were promised.

use std::time::Duration;

use okno::{
    desk::cause::Operation,
    model::{
        clock::{ClockKind, Outcome},
        ids::TicketNumber,
        ticket::Ticket,
    },
    store::{Faults, work},
};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The university's desk with all commands, and this instead of its eight hours.
fn university(promises: &str) -> Desk {
    let (queue, classes) = promises.split_once('\n').unwrap_or((promises, ""));
    let on = format!("{queue}\ncommands = [\"all\"]\nreminders = []\n{classes}\n");
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"\nreminders = []\n", &on))
}

/// The file says something else from now on; time may pass while okno is away.
fn with(mut desk: Desk, (before, after): (&str, &str), away: Duration) -> Desk {
    desk.stop();
    assert!(desk.source.contains(before), "{before}");
    desk.source = desk.source.replacen(before, after, 1);
    desk.advance(away);
    desk.start(Faults::none());
    desk.step();
    desk
}

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    ]
}

fn solution(ticket: &Ticket) -> (String, Option<Outcome>) {
    let mut clocks = ticket.clocks.iter().rev();
    let clock = clocks.find(|clock| clock.kind == ClockKind::Resolution);
    let clock = clock.expect("a solution is promised");
    (clock.due_at.to_string(), clock.outcome)
}

fn due(desk: &Desk) -> String {
    let (due, outcome) = solution(&desk.ticket(1001));
    assert_eq!(outcome, None, "nobody is late yet: {due}");
    due
}

fn says(desk: &Desk, card: &Received, words: &str) {
    desk.person("Анна Петрова", "anna@uni.test")
        .writes(&Letter::reply_to(card, words));
    desk.step();
}

fn all_read(desk: &Desk) {
    for address in [
        "anna@uni.test",
        "boris@uni.test",
        "olga@uni.test",
        "vera@uni.test",
    ] {
        desk.inbox(address);
    }
}

#[test]
fn what_becomes_urgent_has_a_whole_limit_from_then_on() {
    let desk = university(
        "limit = \"5 working days\"\n[queue.it.class.urgent]\nlimit = \"1 working day\"\n",
    );
    let (_, card) = desk.asked();
    assert_eq!(due(&desk), "2026-11-24T15:00:00Z");
    // Friday noon: a day that counted from Tuesday would have been over on Wednesday.
    desk.advance(DAY * 3);
    says(&desk, &card, "#класс срочное");
    assert_eq!(due(&desk), "2026-11-23T15:00:00Z");
    // Not less urgent after all: as at first.
    says(&desk, &card, "#класс стандартное сделали обход");
    assert_eq!(due(&desk), "2026-11-24T15:00:00Z");
    all_read(&desk);
}

#[test]
fn whoever_wants_it_counts_another_class_from_the_beginning_or_from_the_change() {
    for (how, due_at) in [
        ("from_start", "2026-11-17T13:00:00Z"),
        ("from_change", "2026-11-17T15:00:00Z"),
        ("fair", "2026-11-17T14:00:00Z"),
    ] {
        let desk = university(&format!(
            "target = \"5 h\"\nclass_change = \"{how}\"\n[queue.it.class.urgent]\ntarget = \"4 h\"\n"
        ));
        let (_, card) = desk.asked();
        desk.advance(HOUR * 2);
        says(&desk, &card, "#класс срочное");
        assert_eq!(due(&desk), due_at, "{how}");
        all_read(&desk);
    }
}

#[test]
fn what_comes_back_is_not_late_by_the_days_it_was_solved() {
    let desk = university("classes = \"default\"");
    let (_, card) = desk.asked();
    desk.advance(DAY * 2);
    says(&desk, &card, "Сделано, проверьте.\nрешено");
    let solved = desk.inbox("olga@uni.test").pop().expect("she is told");
    // The limit of five days was the 22nd; she writes on the 25th, and six hours are left of the 24.
    desk.advance(DAY * 6);
    desk.step();
    desk.person("Ольга", "olga@uni.test")
        .writes(&Letter::reply_to(&solved, "не решено"));
    desk.step();
    assert_eq!(due(&desk), "2026-11-25T15:00:00Z");
    all_read(&desk);
}

#[test]
fn a_day_that_is_granted_while_time_stands_still_stays() {
    let desk = university("target = \"8 h\"\nhead = \"anna\"");
    let [olga, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    says(&desk, &card, "Какой у вас кабинет?\n#жду");
    let question = olga.only_mail();
    // Anna decides for the queue: what she moves is approved by that.
    says(&desk, &card, "#срок 15.12 18:00 ждём картриджи");
    desk.advance(DAY * 15);
    desk.step();
    olga.writes(&Letter::reply_to(&question, "Двадцатый."));
    desk.step();
    assert_eq!(due(&desk), "2026-12-15T15:00:00Z");
    // What is waited for later moves it as it moves any promise.
    anna.inbox();
    says(&desk, &card, "А этаж?\n#жду");
    desk.advance(DAY);
    desk.step();
    olga.writes(&Letter::reply_to(&question, "Второй."));
    desk.step();
    assert_eq!(due(&desk), "2026-12-16T15:00:00Z");
    all_read(&desk);
}

#[test]
fn nobody_is_late_by_a_promise_that_is_no_longer_made() {
    let desk = university("target = \"4 h\"");
    desk.asked();
    // Tuesday noon; four hours are over at four. At five okno is back, and eight hours are promised.
    let desk = with(desk, ("target = \"4 h\"", "target = \"8 h\""), HOUR * 5);
    assert_eq!(due(&desk), "2026-11-18T08:00:00Z");
    assert!(
        desk.history(1001)
            .contains(&"clock_changed (policy_changed)".to_owned())
    );
    all_read(&desk);
}

#[test]
fn what_stood_still_goes_on_by_the_promise_of_today() {
    let desk = university("target = \"8 h\"");
    let (_, card) = desk.asked();
    says(&desk, &card, "Какой у вас кабинет?\n#жду");
    let question = desk.inbox("olga@uni.test").pop().expect("she is asked");
    let desk = with(desk, ("target = \"8 h\"", "target = \"3 h\""), HOUR);
    desk.person("Ольга", "olga@uni.test")
        .writes(&Letter::reply_to(&question, "Двадцатый."));
    desk.step();
    assert_eq!(due(&desk), "2026-11-17T13:00:00Z");
    all_read(&desk);
}

#[test]
fn a_limit_more_at_the_same_target_takes_nothing_back() {
    let urgent = "[queue.it.class.urgent]\ntarget = \"4 h\"\n";
    let desk = university(&format!("target = \"8 h\"\n{urgent}"));
    let (_, card) = desk.asked();
    desk.advance(HOUR * 2);
    says(&desk, &card, "#класс срочное");
    assert_eq!(due(&desk), "2026-11-17T15:00:00Z");
    let more = format!("{urgent}limit = \"10 days\"\n");
    let desk = with(desk, (urgent, &more), HOUR);
    assert_eq!(due(&desk), "2026-11-17T15:00:00Z");
    // And a limit less.
    let desk = with(desk, (&more, urgent), Duration::ZERO);
    assert_eq!(due(&desk), "2026-11-17T15:00:00Z");
    all_read(&desk);
}

#[test]
fn every_answer_is_judged_anew_not_only_the_last() {
    let desk = university("next_response = \"1 h\"");
    let [olga, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    for _ in 0..2 {
        says(&desk, &card, "Какой у вас кабинет?");
        let answer = olga.only_mail();
        olga.writes(&Letter::reply_to(&answer, "Двадцатый."));
        desk.step();
        desk.advance(HOUR * 2);
        desk.step();
    }
    says(&desk, &card, "Иду.");
    anna.inbox();
    let outcomes = |desk: &Desk| -> Vec<_> {
        let ticket = desk.ticket(1001);
        let clocks = ticket.clocks.iter();
        clocks.map(|clock| clock.outcome).collect()
    };
    assert_eq!(outcomes(&desk), [Some(Outcome::Breached); 2]);
    let three = "next_response = \"3 h\"";
    let desk = with(desk, ("next_response = \"1 h\"", three), Duration::ZERO);
    let operation = Operation::Rejudge {
        tickets: vec![TicketNumber(1001)],
        reason: "обещано три часа".to_owned(),
    };
    desk.with_house(async |house| {
        let now = house.clock.now();
        work::order(&house.db, operation, now).await.unwrap();
    });
    desk.step();
    assert_eq!(outcomes(&desk), [Some(Outcome::Met); 2]);
    all_read(&desk);
}

#[test]
fn what_is_late_by_both_promises_is_late_however_a_change_counts() {
    let desk = university("target = \"8 h\"\nclass_change = \"from_change\"");
    desk.asked();
    // Eight hours are over on Wednesday at eleven, seven at ten; at noon okno is back.
    let desk = with(desk, ("target = \"8 h\"", "target = \"7 h\""), DAY);
    assert_eq!(solution(&desk.ticket(1001)).1, Some(Outcome::Breached));
    all_read(&desk);
}
