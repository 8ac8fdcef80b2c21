//! Questions within questions: ИТ asks Разработка, which asks Кадры; and cards of questions that are dealt late.

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

/// Anna and Boris are ИТ, Vera is Разработка, Galina is Кадры; Darya gives out what Разработка is asked.
fn university(dev: &str) -> Desk {
    let source = UNIVERSITY
        .replace(
            "agents = [\"vera\"]\ndistribution = \"self\"",
            &format!("agents = [\"vera\"]\ncommands = [\"all\"]\n{dev}"),
        )
        .replace("\"Бухгалтерия\"", "\"Разработка\"")
        .replace("\"BUH\"", "\"DEV\"")
        .replace("target = \"8 h\"", "target = \"8 h\"\ncommands = [\"all\"]");
    Desk::with(&format!(
        "{source}
[mailbox.hr]
address = \"hr@uni.test\"
mode = \"full\"
maildir = \"/nowhere/hr\"
[queue.hr]
title = \"Кадры\"
prefix = \"HR\"
agents = [\"galina\"]
distribution = \"self\"
[agent.galina]
name = \"Галина Орлова\"
address = \"galina@uni.test\"
[agent.darya]
name = \"Дарья Громова\"
address = \"darya@uni.test\"
"
    ))
}

/// Olga asks ИТ, and Anna asks Разработка; her card and what else she was sent are read.
fn escalated(desk: &Desk) -> Received {
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    olga.writes(&Letter::to(
        "it@uni.test",
        "Импорт",
        "Импорт ведомостей не работает.",
    ));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(
        &card,
        "#эскалация разработка: импорт падает с ошибкой 12",
    ));
    desk.step();
    anna.only_mail();
    desk.inbox("boris@uni.test");
    card
}

#[test]
fn whoever_is_asked_for_a_question_that_is_taken_back_hears_so() {
    let desk = university("distribution = \"self\"");
    let card = escalated(&desk);
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let galina = desk.person("Галина Орлова", "galina@uni.test");
    vera.writes(&Letter::reply_to(
        &vera.only_mail(),
        "#эскалация кадры: кто ведёт ведомости",
    ));
    desk.step();
    vera.only_mail();
    let theirs = galina.only_mail();
    assert!(theirs.text().contains("кто ведёт ведомости"));
    anna.writes(&Letter::reply_to(&card, "#эскалация отменить"));
    desk.step();
    assert!(vera.only_mail().text().contains("Вопрос отозван"));
    let told = galina.only_mail();
    assert!(told.text().contains("больше не нужен"), "{}", told.text());
    anna.inbox();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_question_that_the_head_gives_out_keeps_its_words() {
    let desk = university("distribution = \"manual\"\nhead = \"darya\"");
    escalated(&desk);
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    vera.got_nothing();
    let asked = darya.only_mail();
    assert!(
        asked.text().contains("импорт падает с ошибкой 12"),
        "{}",
        asked.text()
    );
    darya.writes(&Letter::reply_to(&asked, "#назначить vera"));
    desk.step();
    let hers = vera.only_mail();
    insta::assert_snapshot!("question_given_out", hers.text());
    darya.inbox();
}
