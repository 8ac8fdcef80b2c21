//! Threading both ways: references, mangled subjects, second copies, notes, commands.

use okno::model::ticket::State;

use super::{
    buttons::button,
    desk::{Desk, Person},
    letter::{Letter, Received},
};

/// A ticket of Olga's with its acknowledgement and Anna's card.
fn opened<'d>(desk: &'d Desk) -> (Person<'d>, Person<'d>, Received, Received) {
    let (olga, anna) = (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Сеть", "Нет сети в 12."));
    desk.step();
    let (acknowledged, card) = (olga.only_mail(), anna.only_mail());
    desk.inbox("boris@uni.test");
    (olga, anna, acknowledged, card)
}

#[test]
fn a_mangled_subject_joins_by_its_tag() {
    let desk = Desk::open();
    let (olga, anna, acknowledged, _) = opened(&desk);
    let tag = acknowledged
        .subject()
        .split(['[', ']'])
        .nth(1)
        .unwrap()
        .to_owned();
    let subject = format!(
        "Отв: FW: {} : Сеть",
        tag.replace("IT-", "ИТ–")
            .replace('K', "К")
            .replace('A', "А")
            .to_lowercase()
    );
    olga.writes(&Letter::to("it@uni.test", &subject, "И в 13 тоже нет."));
    desk.step();
    assert_eq!(desk.tickets(), 1, "{subject}");
    assert!(anna.only_mail().text().contains("И в 13 тоже нет."));
    desk.inbox("boris@uni.test");
}

#[test]
fn a_wrong_number_opens_a_new_ticket() {
    let desk = Desk::open();
    let (olga, anna, _, _) = opened(&desk);
    olga.writes(&Letter::to(
        "it@uni.test",
        "[IT-1001-0000] Сеть",
        "Совсем другое.",
    ));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    olga.only_mail();
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_relay_that_rewrites_ids_still_leaves_the_root() {
    let desk = Desk::open();
    let (olga, anna, acknowledged, _) = opened(&desk);
    let root = &acknowledged.mail.references[0];
    let letter = Letter::to("it@uni.test", "Re: Сеть", "Появилась и пропала.")
        .with("References", &format!("<{root}> <rewritten@relay.example>"));
    olga.writes(&letter);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

#[test]
fn the_same_mail_by_two_ways_is_one_ticket() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let bytes = olga.bytes(
        &Letter::to("it@uni.test", "Сеть и справка", "Обоим сразу.").with("Cc", "buh@uni.test"),
    );
    desk.arrives("buh", &bytes);
    desk.arrives("it", &bytes);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert_eq!(
        desk.ticket(1001).queue.as_str(),
        "it",
        "the one in To is asked, whoever got the copy first"
    );
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    assert_eq!(
        desk.inbox("vera@uni.test").len(),
        1,
        "the one in Cc is shown it"
    );
}

#[test]
fn another_mail_with_a_reused_id_is_not_taken_for_a_copy() {
    let desk = Desk::open();
    let (olga, ivan) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Иван", "ivan@uni.test"),
    );
    olga.writes(
        &Letter::to("it@uni.test", "Раз", "Первое.").with("Message-ID", "<same@broken.example>"),
    );
    ivan.writes(
        &Letter::to("it@uni.test", "Два", "Второе.").with("Message-ID", "<same@broken.example>"),
    );
    desk.step();
    assert_eq!(desk.tickets(), 2);
    olga.only_mail();
    ivan.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_note_stays_inside() {
    let desk = Desk::open();
    let (olga, anna, _, card) = opened(&desk);
    anna.writes(&Letter::reply_to(
        &card,
        "заметка: он уже жаловался в прошлый раз",
    ));
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    assert!(
        desk.history(1001)
            .contains(&"note_added (agent_note)".to_owned())
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn a_mistyped_note_goes_to_nobody_and_its_author_is_asked() {
    let desk = Desk::open();
    let (olga, anna, _, card) = opened(&desk);
    anna.writes(&Letter::reply_to(&card, "замтека: он грубит"));
    desk.step();
    olga.got_nothing();
    let asked = anna.only_mail();
    assert!(asked.text().contains("заметка:"), "{}", asked.text());
}

#[test]
fn the_first_who_takes_it_has_it() {
    let desk = Desk::open();
    let (olga, anna, boris) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Борис", "boris@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Сеть", "Нет сети."));
    desk.step();
    olga.only_mail();
    let (annas, boriss) = (anna.only_mail(), boris.only_mail());
    anna.writes(&Letter::reply_to(&annas, "взять"));
    boris.writes(&Letter::reply_to(&boriss, "взять"));
    desk.step();
    assert_eq!(
        desk.ticket(1001).assignee.as_ref().unwrap().as_str(),
        "anna"
    );
    let told = boris.inbox();
    assert_eq!(
        told.len(),
        2,
        "that Anna has it, and that his own word came too late"
    );
    let refused = &told[1];
    assert!(
        refused.text().contains("Анна Петрова"),
        "{}",
        refused.text()
    );
    anna.got_nothing();
    olga.got_nothing();
}

#[test]
fn a_pressed_button_says_its_word_in_the_subject() {
    let desk = Desk::open();
    let (olga, anna, _, card) = opened(&desk);
    anna.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
    desk.step();
    let solved = olga.only_mail();
    desk.inbox("boris@uni.test");
    let (subject, _) = button(&solved, "да");
    olga.writes(&Letter::to("it@uni.test", &subject, ""));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    anna.got_nothing();
}

#[test]
fn a_colleague_in_cc_joins_and_reads_along() {
    let desk = Desk::open();
    let (olga, anna, ivan) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Иван", "ivan@uni.test"),
    );
    olga.writes(
        &Letter::to("it@uni.test", "Стенд", "Нужен стенд.")
            .with("Cc", "Иван <ivan@uni.test>")
            .with("Message-ID", "<stand@uni.test>"),
    );
    ivan.writes(
        &Letter::to("it@uni.test", "Re: Стенд", "К четвергу.")
            .with("In-Reply-To", "<stand@uni.test>"),
    );
    desk.step();
    assert_eq!(
        desk.tickets(),
        1,
        "reply-all before our acknowledgement joins by the known Message-ID"
    );
    let cards = anna.inbox();
    assert_eq!(cards.len(), 2);
    olga.only_mail();
    desk.inbox("boris@uni.test");
    anna.writes(&Letter::reply_to(&cards[0], "Будет."));
    desk.step();
    let (to_olga, to_ivan) = (olga.only_mail(), ivan.only_mail());
    assert_eq!(
        to_olga.bytes, to_ivan.bytes,
        "one mail for all its recipients"
    );
    assert_eq!(to_olga.mail.cc[0].address, "ivan@uni.test");
    desk.inbox("boris@uni.test");
}
