//! What is late is told along the chain: the agent and the head of the queue, the department's head, the director.

use std::time::Duration;

use okno::model::clock::{ClockKind, Outcome};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// What breaks down.
const EQUIPMENT: [&str; 4] = ["Принтер", "Проектор", "Экран", "Звук"];

/// Anna and Boris serve ИТ, Darya decides for it, Semyon for its department, Elena is the director. Eight hours are promised
/// at noon of Tuesday: until eleven of Wednesday.
fn university() -> Desk {
    university_with("8 h", "")
}

/// The same with another promise, and further keys of the queue.
fn university_with(target: &str, keys: &str) -> Desk {
    let on = format!(
        "target = \"{target}\"\ncommands = [\"all\"]\nhead = \"darya\"\ndepartment = \"digital\"\n{keys}"
    );
    let source = UNIVERSITY.replace("target = \"8 h\"\nreminders = []\n", &on);
    let source = source.replace(
        "administrator = \"root@uni.test\"",
        "administrator = \"root@uni.test\"\ndirector = \"elena\"\ndirector_after_days = 3",
    );
    Desk::with(&format!(
        "{source}\n[department.digital]\ntitle = \"Цифровое управление\"\nhead = \"semyon\"\n{}{}{}\n[trust]\nservers = [\"mx.uni.test\"]\n",
        agent("darya", "Дарья Громова"),
        agent("semyon", "Семён Лукин"),
        agent("elena", "Елена Ветрова"),
    ))
}

fn agent(name: &str, full: &str) -> String {
    format!("[agent.{name}]\nname = \"{full}\"\naddress = \"{name}@uni.test\"\n")
}

fn staff(desk: &Desk) -> [Person<'_>; 5] {
    [
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
        desk.person("Дарья Громова", "darya@uni.test"),
        desk.person("Семён Лукин", "semyon@uni.test"),
        desk.person("Елена Ветрова", "elena@uni.test"),
    ]
}

/// Olga asks and Anna takes it; her card.
fn taken(desk: &Desk) -> Received {
    let (_, card) = desk.asked();
    let [anna, boris, ..] = staff(desk);
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    boris.inbox();
    card
}

/// Olga writes of everything that breaks down.
fn all_breaks(desk: &Desk) {
    let olga = desk.person("Ольга", "olga@uni.test");
    for what in EQUIPMENT {
        let text = format!("Не работает: {what}.");
        olga.writes(&Letter::to("it@uni.test", what, &text));
    }
    desk.step();
}

/// It is due in a minute; nobody has looked at the reminders.
fn shortly_before(desk: &Desk) {
    desk.advance(HOUR * 23 - Duration::from_secs(60));
    desk.step();
    let [anna, ..] = staff(desk);
    anna.inbox();
    desk.reads_everything();
}

fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

#[test]
fn what_is_late_goes_up_the_chain_step_by_step() {
    let desk = university();
    let [anna, boris, darya, semyon, elena] = staff(&desk);
    taken(&desk);
    shortly_before(&desk);
    desk.advance(Duration::from_secs(61));
    desk.step();
    let told = darya.only_mail();
    let tag = desk.tag(&desk.ticket(1001));
    insta::assert_snapshot!("late", told.text().replace(&tag, "[IT-1001-....]"));
    assert!(told.subject().contains("Просрочено"), "{}", told.subject());
    assert_eq!(told.header("Importance").as_deref(), Some("high"));
    assert!(anna.only_mail().text().contains("Дарья Громова"));
    boris.got_nothing();
    semyon.got_nothing();
    desk.step();
    darya.got_nothing();
    // A working day later the department's head: eleven of Thursday is nine hours of work later, ten o'clock eight.
    desk.advance(HOUR * 23);
    desk.step();
    let told = semyon.only_mail();
    assert!(told.text().contains("об этом уже знают"), "{}", told.text());
    anna.only_mail();
    darya.got_nothing();
    elena.got_nothing();
    // The director hears after three days, when somebody works again: Saturday is not it.
    desk.advance(HOUR * 48);
    desk.step();
    elena.got_nothing();
    desk.advance(HOUR * 48);
    desk.step();
    elena.only_mail();
    anna.inbox();
    darya.inbox();
    semyon.got_nothing();
    desk.inbox("olga@uni.test");
}

#[test]
fn after_an_outage_the_highest_step_alone_is_told() {
    let desk = university();
    let [anna, _, darya, semyon, elena] = staff(&desk);
    taken(&desk);
    desk.advance(HOUR * 23);
    desk.stop();
    desk.advance(HOUR * 24);
    desk.start(okno::store::Faults::none());
    desk.step();
    let told = semyon.only_mail();
    assert!(told.text().contains("Дарья Громова"), "{}", told.text());
    // The same letter, for who was not told before.
    darya.only_mail();
    anna.inbox();
    elena.got_nothing();
}

#[test]
fn an_emergency_that_is_late_is_told_to_the_director_at_once_and_at_night() {
    let desk = university();
    let [anna, boris, darya, semyon, elena] = staff(&desk);
    let card = taken(&desk);
    // Half past five of Tuesday, four hours of work are promised by the queue to what it calls urgent: here eight.
    anna.writes(&Letter::reply_to(
        &card,
        "#класс экстренное стоит весь корпус",
    ));
    desk.step();
    // Whoever decides for the queue hears of an emergency at once.
    let told = darya.only_mail();
    assert_eq!(told.header("X-Okno-Event").as_deref(), Some("head"));
    desk.advance(HOUR * 24);
    desk.step();
    elena.only_mail();
    darya.only_mail();
    for person in [&anna, &boris, &semyon] {
        person.inbox();
    }
    desk.inbox("olga@uni.test");
}

#[test]
fn many_at_once_are_one_letter() {
    let desk = university();
    let [anna, boris, darya, semyon, _] = staff(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    all_breaks(&desk);
    olga.inbox();
    anna.inbox();
    boris.inbox();
    desk.advance(HOUR * 4);
    desk.step();
    // Half of the time has passed for each.
    let told = anna.only_mail();
    assert!(
        told.subject().contains("подходит срок"),
        "{}",
        told.subject()
    );
    boris.only_mail();
    desk.advance(HOUR * 19 + Duration::from_secs(60));
    desk.step();
    let told = darya.only_mail();
    assert!(told.subject().contains("просрочено"), "{}", told.subject());
    for what in EQUIPMENT {
        assert!(told.text().contains(what), "{}", told.text());
    }
    anna.inbox();
    boris.inbox();
    semyon.got_nothing();
    assert_eq!(desk.ticket(1004).clocks[0].escalated, Some(1));
}

#[test]
fn what_falls_due_outside_hours_is_told_when_work_begins_in_one_letter() {
    let desk = university_with("6 h", "");
    let [anna, boris, darya, ..] = staff(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    // Noon and six hours of work: all of them are due as the day ends, and rung for when it has.
    all_breaks(&desk);
    desk.advance(HOUR * 6 + Duration::from_secs(60));
    desk.step();
    for person in [&anna, &boris, &olga] {
        person.inbox();
    }
    for number in 1001..=1004 {
        let clock = &desk.ticket(number).clocks[0];
        assert_eq!(
            (clock.outcome, clock.escalated),
            (Some(Outcome::Breached), None)
        );
    }
    // All evening and all night nobody is told.
    for _ in 0..14 {
        desk.advance(HOUR);
        desk.step();
        assert_eq!(desk.unread(), [""; 0], "at {}", desk.clock.now());
    }
    desk.advance(HOUR);
    desk.step();
    let told = darya.only_mail();
    for what in EQUIPMENT {
        assert!(told.text().contains(what), "{}", told.text());
    }
    assert_eq!(anna.inbox().len(), 1);
    assert_eq!(boris.inbox().len(), 1);
}

#[test]
fn what_a_confidential_request_is_about_is_told_to_its_own_people_alone() {
    let desk = university_with("8 h", "confidential = true\n");
    let [anna, boris, darya, semyon, _] = staff(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    all_breaks(&desk);
    let card = anna.inbox().pop().expect("four cards");
    // In time, as will be seen; but the mailbox cannot be read for two days.
    desk.advance(HOUR * 22);
    let in_time = desk.clock.now();
    desk.cannot_read(&["it"]);
    desk.advance(HOUR * 26);
    desk.step();
    let told = darya.only_mail();
    let list = semyon.only_mail();
    for what in EQUIPMENT {
        assert!(told.text().contains(what), "{}", told.text());
        assert!(!list.text().contains(what), "{}", list.text());
        assert!(!list.subject().contains(what), "{}", list.subject());
    }
    for person in [&anna, &boris, &olga] {
        person.inbox();
    }
    desk.was_reached(Some(in_time));
    anna.writes(&Letter::reply_to(&card, "Готово.\nрешено"));
    desk.was_reached(None);
    desk.cannot_read(&[]);
    desk.step();
    let back = semyon.only_mail();
    assert!(back.text().contains("отозвано"), "{}", back.text());
    for what in EQUIPMENT {
        let raw = format!("{} {}", back.subject(), back.text());
        assert!(!raw.contains(what), "{raw}");
    }
    for person in [&anna, &boris, &darya, &olga] {
        person.inbox();
    }
}

#[test]
fn an_answer_found_later_corrects_the_verdict_and_takes_the_notice_back_once() {
    let desk = university();
    let [anna, boris, darya, ..] = staff(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    let card = taken(&desk);
    shortly_before(&desk);
    let in_time = desk.clock.now();
    desk.cannot_read(&["it"]);
    desk.advance(HOUR);
    desk.step();
    assert!(
        desk.history(1001)
            .contains(&"clock_judged (mailbox_unread)".to_owned())
    );
    darya.only_mail();
    anna.only_mail();
    desk.was_reached(Some(in_time));
    anna.writes(&Letter::reply_to(&card, "Готово.\nрешено"));
    desk.was_reached(None);
    desk.cannot_read(&[]);
    desk.step();
    let told = darya.only_mail();
    assert!(
        told.text().contains("Напоминание отозвано"),
        "{}",
        told.text()
    );
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.clocks[0].outcome, Some(Outcome::Met));
    let history = desk.history(1001);
    assert!(
        history.contains(&"verdict_corrected (found_in_time)".to_owned()),
        "{history:?}"
    );
    anna.only_mail();
    boris.inbox();
    olga.only_mail();
    desk.step();
    darya.got_nothing();
}

#[test]
fn another_day_approved_after_the_breach_takes_the_verdict_back() {
    let desk = university();
    let [anna, boris, darya, ..] = staff(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    let card = taken(&desk);
    shortly_before(&desk);
    desk.advance(HOUR);
    desk.step();
    let late = darya.only_mail();
    anna.only_mail();
    anna.writes(&Letter::reply_to(&card, "#срок 20.11 ждём картридж"));
    desk.step();
    // The requester is told the new date; the verdict stands until Darya decides.
    assert!(olga.only_mail().text().contains("20"), "a new date");
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Breached));
    darya.writes(&proven(Letter::reply_to(&late, "утвердить")));
    desk.step();
    let ticket = desk.ticket(1001);
    let clock = ticket.clock(ClockKind::Resolution).expect("it runs again");
    assert_eq!(clock.due_at.to_string(), "2026-11-20T15:00:00Z");
    assert!(
        desk.history(1001)
            .contains(&"verdict_corrected (deadline_approved)".to_owned())
    );
    anna.writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Met));
    for person in [anna, boris, darya, olga] {
        person.inbox();
    }
}

#[test]
fn who_decides_further_up_may_act_on_what_is_late() {
    let desk = university();
    let [anna, boris, darya, semyon, _] = staff(&desk);
    taken(&desk);
    desk.advance(HOUR * 46 + Duration::from_secs(60));
    desk.step();
    let told = semyon.only_mail();
    semyon.writes(&Letter::reply_to(&told, "#назначить boris"));
    desk.step();
    assert_eq!(
        desk.ticket(1001)
            .assignee
            .as_ref()
            .map(|agent| agent.as_str()),
        Some("boris")
    );
    for person in [anna, boris, darya, semyon] {
        person.inbox();
    }
}

/// Half of the time is the agent's alone, of four fifths the head hears as well, and of the breach the department's head.
const STEPS: &str = "reminders = [50, { at = 80, tell = [\"agents\", \"head\"] }]\nescalate_after = [\"0\", \"0\"]\n";

#[test]
fn the_head_hears_before_it_is_late_where_the_queue_says_so() {
    let desk = university_with("10 h", STEPS);
    let [anna, boris, darya, semyon, elena] = staff(&desk);
    taken(&desk);
    // Five of ten hours: five in the afternoon.
    desk.advance(HOUR * 5);
    desk.step();
    assert_eq!(
        anna.only_mail().header("X-Okno-Event").as_deref(),
        Some("follow_up")
    );
    assert_eq!(desk.unread(), [""; 0]);
    // Eight: eleven of the next morning.
    desk.advance(HOUR * 18);
    desk.step();
    let told = darya.only_mail();
    assert!(told.text().contains("Подходит срок"), "{}", told.text());
    let head = told.header("Cc").unwrap_or_default();
    assert!(head.contains("darya@uni.test"), "{head}");
    insta::assert_snapshot!(
        told.text()
            .replace(&desk.tag(&desk.ticket(1001)), "[IT-1001-....]")
    );
    let own = anna.only_mail();
    assert_eq!(own.text(), told.text());
    for person in [&boris, &semyon, &elena] {
        person.got_nothing();
    }
    // Ten: it is late, and the department's head hears with the queue's, the director not yet.
    desk.advance(HOUR * 2 + Duration::from_secs(1));
    desk.step();
    let told = darya.only_mail();
    assert!(told.subject().contains("Просрочено"), "{}", told.subject());
    semyon.only_mail();
    anna.only_mail();
    elena.got_nothing();
    boris.got_nothing();
}

#[test]
fn after_an_outage_the_head_hears_of_the_highest_part_once() {
    let desk = university_with("10 h", STEPS);
    let [anna, _, darya, semyon, _] = staff(&desk);
    taken(&desk);
    desk.stop();
    desk.advance(HOUR * 24);
    desk.start(okno::store::Faults::none());
    desk.step();
    // Nine of ten hours have passed: of the half nobody is told any more.
    darya.only_mail();
    anna.only_mail();
    semyon.got_nothing();
    desk.step();
    assert_eq!(desk.unread(), [""; 0]);
    let history = desk.history(1001);
    let reminded = history.iter().filter(|one| one.starts_with("reminded"));
    assert_eq!(reminded.count(), 1, "{history:?}");
}

#[test]
fn after_an_outage_a_head_hears_whose_part_of_the_time_was_missed() {
    let steps = "reminders = [{ at = 50, tell = [\"agents\", \"head\"] }, 80]\n";
    let desk = university_with("10 h", steps);
    let [anna, _, darya, ..] = staff(&desk);
    taken(&desk);
    desk.stop();
    desk.advance(HOUR * 24);
    desk.start(okno::store::Faults::none());
    desk.step();
    assert_eq!(darya.only_mail().text(), anna.only_mail().text());
    assert_eq!(desk.unread(), [""; 0]);
}

#[test]
fn a_reminder_that_falls_into_the_night_waits_for_the_morning_for_the_head_too() {
    // Four fifths of seven hours and a half are six: six in the evening, when nobody works any more.
    let desk = university_with("7 h 30 min", STEPS);
    let [anna, boris, darya, ..] = staff(&desk);
    taken(&desk);
    desk.advance(HOUR * 4);
    desk.step();
    anna.only_mail();
    for _ in 0..16 {
        desk.advance(HOUR);
        desk.step();
        assert_eq!(desk.unread(), [""; 0], "at {}", desk.clock.now());
    }
    desk.advance(HOUR);
    desk.step();
    darya.only_mail();
    anna.only_mail();
    boris.got_nothing();
}
