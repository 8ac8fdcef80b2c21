//! Two agents and one question: who takes first has it; an answer that crosses a colleague's unseen waits for a word.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);

/// Olga's question, and both cards.
fn asked(desk: &Desk) -> (Person<'_>, Received, Received) {
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    olga.only_mail();
    let cards = ["anna@uni.test", "boris@uni.test"].map(|who| desk.inbox(who).remove(0));
    let [annas, boris] = cards;
    desk.advance(MINUTE);
    (olga, annas, boris)
}

fn staff(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    )
}

#[test]
fn whoever_takes_first_has_it_and_the_other_is_told() {
    let desk = Desk::open();
    let (_, annas, boris_card) = asked(&desk);
    let (anna, boris) = staff(&desk);
    boris.writes(&Letter::reply_to(&boris_card, "взять"));
    anna.writes(&Letter::reply_to(&annas, "беру"));
    desk.step();
    let assignee = desk.ticket(1001).assignee;
    assert_eq!(
        assignee.map(|agent| agent.to_string()).as_deref(),
        Some("boris")
    );
    let told = anna.inbox();
    let lost = told.iter().find(|mail| {
        mail.text()
            .contains("обращение уже взято, исполнитель — Борис Ким")
    });
    assert!(
        lost.is_some(),
        "{:?}",
        told.iter().map(Received::text).collect::<Vec<_>>()
    );
    boris.got_nothing();
}

#[test]
fn an_answer_that_crosses_a_colleagues_waits_for_one_word() {
    let desk = Desk::open();
    let (olga, annas, boris_card) = asked(&desk);
    let (anna, boris) = staff(&desk);
    anna.writes(&Letter::reply_to(&annas, "Новый пароль ждёт в 214."));
    desk.step();
    assert!(olga.only_mail().text().contains("в 214"));
    boris.inbox();

    desk.advance(5 * MINUTE);
    boris.writes(&Letter::reply_to(
        &boris_card,
        "Пароль сбросить нельзя.\nрешено",
    ));
    desk.step();
    olga.got_nothing();
    let held = boris.only_mail();
    insta::assert_snapshot!(held.text());
    let ticket = desk.ticket(1001);
    assert!(ticket.resolved_at.is_none(), "nothing half-done");
    anna.got_nothing();

    boris.writes(&Letter::reply_to(&held, "отправить"));
    desk.step();
    let mail = olga.only_mail();
    assert!(
        mail.text().contains("Пароль сбросить нельзя."),
        "{}",
        mail.text()
    );
    assert!(desk.ticket(1001).resolved_at.is_some());
    assert!(desk.ticket(1001).held.is_empty());

    // It has gone: there is nothing to send any more.
    boris.writes(&Letter::reply_to(&held, "send"));
    desk.step();
    olga.got_nothing();
    let told = boris.only_mail();
    assert!(
        told.text().contains("задержанного вашего ответа здесь нет"),
        "{}",
        told.text()
    );
    anna.inbox();
}

#[test]
fn other_words_go_instead_of_what_waits() {
    let desk = Desk::open();
    let (olga, annas, boris_card) = asked(&desk);
    let (anna, boris) = staff(&desk);
    anna.writes(&Letter::reply_to(&annas, "Новый пароль ждёт в 214."));
    desk.step();
    olga.only_mail();
    boris.inbox();
    boris.writes(&Letter::reply_to(&boris_card, "Пароль сбросить нельзя."));
    desk.step();
    let held = boris.only_mail();
    boris.writes(&Letter::reply_to(&held, "Возьмите с собой пропуск."));
    desk.step();
    assert!(olga.only_mail().text().contains("пропуск"));
    assert!(
        desk.ticket(1001).held.is_empty(),
        "what waited is overtaken"
    );
    anna.inbox();
}

#[test]
fn what_its_author_has_seen_does_not_wait() {
    let desk = Desk::open();
    let (olga, annas, boris_card) = asked(&desk);
    let (anna, boris) = staff(&desk);
    anna.writes(&Letter::reply_to(&annas, "Новый пароль ждёт в 214."));
    desk.step();
    let answer = olga.only_mail();
    // Colleagues heard that Anna handles it: Boris answers that.
    let notice = boris.only_mail();
    boris.writes(&Letter::reply_to(&notice, "И пропуск возьмите."));
    desk.step();
    assert!(olga.only_mail().text().contains("пропуск"));
    // One's own answer crosses nothing, nor does a note, nor an answer of later.
    boris.writes(&Letter::reply_to(&boris_card, "До шести."));
    anna.writes(&Letter::reply_to(&annas, "заметка: она спешит"));
    desk.step();
    assert!(olga.only_mail().text().contains("До шести"));
    boris.inbox();
    desk.advance(10 * MINUTE);
    anna.writes(&Letter::reply_to(&annas, "Ждём вас."));
    desk.step();
    assert!(olga.only_mail().text().contains("Ждём вас"));
    drop(answer);
    boris.inbox();
}

#[test]
fn a_queue_may_hold_nothing() {
    let off = "target = \"8 h\"\ncrossing_minutes = 0";
    let desk = Desk::with(&UNIVERSITY.replace("target = \"8 h\"", off));
    let (olga, annas, boris_card) = asked(&desk);
    let (anna, boris) = staff(&desk);
    anna.writes(&Letter::reply_to(&annas, "Новый пароль ждёт в 214."));
    boris.writes(&Letter::reply_to(&boris_card, "Пароль сбросить нельзя."));
    desk.step();
    assert_eq!(olga.inbox().len(), 2);
    boris.inbox();
    anna.inbox();
}
