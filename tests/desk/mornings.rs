//! The day begins with a work list, and one mail answers all of its lines.

use std::time::Duration;

use mail_parser::MessageParser;
use okno::model::ticket::State;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// The ИТ queue sends lists at nine and has all commands on. It is Tuesday noon.
fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\ndigest = \"9:00\"";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    ]
}

/// Olga asks three things; Anna takes the first. All mail about them is read.
fn three_asked(desk: &Desk) {
    let [olga, anna, boris] = people(desk);
    for (subject, words) in [
        ("Принтер", "Не печатает."),
        ("Пароль", "Забыла пароль."),
        ("Проектор", "Не включается."),
    ] {
        olga.writes(&Letter::to("it@uni.test", subject, words));
        desk.step();
        desk.advance(HOUR / 60);
    }
    let cards = anna.inbox();
    anna.writes(&Letter::reply_to(&cards[0], "взять"));
    desk.step();
    olga.inbox();
    boris.inbox();
    anna.inbox();
}

/// Goes on to ten o'clock of the next morning.
fn next_morning(desk: &Desk) {
    desk.advance(22 * HOUR);
    desk.step();
}

/// The next morning, after three requests: Anna's list.
fn listed(desk: &Desk) -> Received {
    three_asked(desk);
    next_morning(desk);
    desk.inbox("boris@uni.test");
    desk.person("Анна Петрова", "anna@uni.test").only_mail()
}

fn has_anna(desk: &Desk, number: i64) -> bool {
    desk.ticket(number).assignee == Some("anna".into())
}

#[test]
fn a_list_comes_on_the_morning_of_a_working_day() {
    let desk = university();
    let [_, anna, boris] = people(&desk);
    three_asked(&desk);
    next_morning(&desk);
    let mut text = anna.only_mail().text().to_owned();
    for number in [1001, 1002, 1003] {
        let tag = desk.tag(&desk.ticket(number));
        text = text.replace(&tag, "[tag]");
    }
    insta::assert_snapshot!(text);
    let of_boris = boris.only_mail();
    let of_boris = of_boris.text();
    assert!(!of_boris.contains("Принтер"), "Anna has it: {of_boris}");
    assert!(of_boris.contains("1. Пароль"), "{of_boris}");

    // On Saturday and Sunday nobody works.
    desk.advance(24 * HOUR);
    desk.step();
    assert_eq!(anna.inbox().len(), 1, "Thursday");
    desk.advance(24 * HOUR);
    desk.step();
    assert_eq!(anna.inbox().len(), 1, "Friday");
    desk.advance(48 * HOUR);
    desk.step();
    anna.got_nothing();
    desk.advance(24 * HOUR);
    desk.step();
    assert_eq!(anna.inbox().len(), 1, "Monday");
    boris.inbox();
}

#[test]
fn nothing_to_do_is_no_mail() {
    let desk = university();
    let [_, anna, _] = people(&desk);
    next_morning(&desk);
    anna.got_nothing();
}

#[test]
fn one_mail_answers_several_lines() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let list = listed(&desk);
    let words = "1 решено Заменили картридж.\n2, 3 взять\n\nХорошего дня!";
    anna.writes(&Letter::reply_to(&list, words));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    let told = olga.only_mail();
    let text = told.text();
    assert!(text.contains("Заменили картридж."), "{text}");
    assert!(
        !text.contains("взять") && !text.contains("Хорошего"),
        "{text}"
    );
    let read = MessageParser::default().parse(&told.bytes);
    let page = read.as_ref().and_then(|mail| mail.body_html(0));
    assert!(!page.expect("our mails have a page").contains("взять"));
    assert!(has_anna(&desk, 1002) && has_anna(&desk, 1003));
    anna.got_nothing();
    boris.inbox();
}

#[test]
fn lines_that_mean_nothing_change_nothing_and_are_told() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let list = listed(&desk);
    let words = "1 позвонить в обед\n9 решено\n2 взять\n3 рещено";
    anna.writes(&Letter::reply_to(&list, words));
    desk.step();
    olga.got_nothing();
    let told = anna.inbox();
    let texts: Vec<String> = told.iter().map(|mail| mail.text().to_owned()).collect();
    let answer = texts.iter().find(|text| text.contains("Остальное сделано"));
    let answer = answer.expect("the lines that were not done");
    assert!(answer.contains("1 позвонить в обед"), "{answer}");
    assert!(answer.contains("9 решено"), "{answer}");
    assert!(!answer.contains("2 взять"), "{answer}");
    assert!(
        texts.iter().any(|text| text.contains("рещено")),
        "{texts:?}"
    );
    assert!(has_anna(&desk, 1002));
    assert_eq!(desk.ticket(1001).state, State::Open);
    boris.inbox();
}

#[test]
fn an_answer_without_numbered_lines_is_told_so() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let list = listed(&desk);
    anna.writes(&Letter::reply_to(&list, "Сегодня меня не будет."));
    desk.step();
    olga.got_nothing();
    let told = anna.only_mail();
    let told = told.text();
    assert!(
        told.contains("нет строк, которые начинаются с номера"),
        "{told}"
    );
    boris.inbox();
}

#[test]
fn a_list_in_other_hands_does_nothing() {
    let desk = university();
    let [olga, _, boris] = people(&desk);
    let list = listed(&desk);
    let mallory = desk.person("Мэлори", "mallory@evil.test");
    mallory.writes(&Letter::reply_to(&list, "1 решено"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);
    // Boris proves nothing about himself by Anna's list.
    boris.writes(&Letter::reply_to(&list, "1 решено"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);
    olga.got_nothing();
    for address in ["anna@uni.test", "boris@uni.test", "mallory@evil.test"] {
        desk.inbox(address);
    }
}

#[test]
fn a_line_that_crosses_a_colleagues_answer_goes_nowhere_and_takes_nothing_along() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    three_asked(&desk);
    next_morning(&desk);
    let (list, of_boris) = (anna.only_mail(), boris.only_mail());
    boris.writes(&Letter::reply_to(&of_boris, "1 решено Пароль сброшен."));
    desk.step();
    let told = olga.only_mail();
    assert!(told.text().contains("Пароль сброшен."), "{}", told.text());
    anna.writes(&Letter::reply_to(&list, "2 решено Сбросьте сами.\n3 взять"));
    desk.step();
    olga.got_nothing();
    let told = anna.inbox();
    let texts: Vec<&str> = told.iter().map(|mail| mail.text()).collect();
    let crossed = texts
        .iter()
        .any(|text| text.contains("ответил ваш коллега"));
    assert!(crossed, "{texts:?}");
    assert!(has_anna(&desk, 1003), "her other line is done");
    // There is nothing to let go: what waited would be taken whole.
    anna.writes(&Letter::reply_to(&told[0], "отправить"));
    desk.step();
    olga.got_nothing();
    anna.inbox();
    boris.inbox();
}

#[test]
fn where_okno_was_away_on_friday_no_list_comes_on_saturday() {
    let desk = university();
    let [_, anna, boris] = people(&desk);
    three_asked(&desk);
    desk.advance(4 * 24 * HOUR);
    desk.step();
    anna.got_nothing();
    desk.advance(46 * HOUR);
    desk.step();
    anna.only_mail();
    boris.inbox();
}

#[test]
fn a_request_that_nobody_is_sure_of_is_on_nobodys_list() {
    let on = "target = \"8 h\"\nhandover = true\ndigest = \"9:00\"";
    let desk = Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on));
    let [_, anna, boris] = people(&desk);
    desk.advance(20 * HOUR);
    desk.step();
    // Eight in the morning: who Nobody is, the directory does not know.
    boris.writes(&Letter::to(
        "it@uni.test",
        "Звонок",
        "От: Неизвестный\n\nНе работает вход.",
    ));
    desk.step();
    boris.inbox();
    desk.advance(HOUR + HOUR / 60);
    desk.step();
    anna.got_nothing();
    boris.got_nothing();
}

#[test]
fn mails_to_everybody_are_listed_once_and_become_tickets_by_their_code() {
    let on = "target = \"8 h\"\ndigest = \"9:00\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    let desk = Desk::with(&format!("everybody = [\"all@uni.test\"]\n{source}"));
    let [olga, anna, boris] = people(&desk);
    let letter = Letter::to("all@uni.test", "Субботник", "Нужны перчатки и грабли.");
    desk.arrives("it", &olga.bytes(&letter));
    desk.step();
    assert_eq!(desk.tickets(), 0);
    anna.got_nothing();
    next_morning(&desk);
    let list = anna.only_mail();
    boris.only_mail();
    let line = list.text().lines().find(|line| line.starts_with("[mail:"));
    let code = line.expect("the mail is listed").to_owned();
    assert!(list.text().contains("Субботник"), "{}", list.text());
    // The code was given to Anna alone, and only her mail uses it.
    olga.writes(&Letter::to("it@uni.test", &code, ""));
    desk.step();
    assert!(desk.inbox("olga@uni.test").len() <= 1);
    let before = desk.tickets();
    anna.writes(&Letter::to("it@uni.test", &code, ""));
    desk.step();
    assert_eq!(desk.tickets(), before + 1);
    anna.inbox();
    boris.inbox();
    next_morning(&desk);
    for mail in anna.inbox().iter().chain(&boris.inbox()) {
        assert!(!mail.text().contains("[mail:"), "it is listed once");
    }
}
