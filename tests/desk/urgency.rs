//! «Срочно» makes a request urgent, a few times a month, and an agent may say that it can wait.

use std::time::Duration;

use okno::model::classification::RequestClass;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

/// A queue that listens to words, and whose requesters may say so later, too. It is Tuesday noon, work ends at six.
fn university() -> Desk {
    Desk::with(&UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\nurgency = true\nurgency_limit = 2\ncommands = [\"class\"]\nrequester_commands = [\"urgent\"]",
    ))
}

/// Olga asks this; the acknowledgement and Anna's card.
fn asked(desk: &Desk, subject: &str, text: &str) -> (Received, Received) {
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", subject, text));
    desk.step();
    desk.inbox("boris@uni.test");
    (
        olga.only_mail(),
        desk.person("Анна Петрова", "anna@uni.test").only_mail(),
    )
}

fn class(desk: &Desk, number: i64) -> RequestClass {
    desk.ticket(number).classification.class
}

fn due(desk: &Desk, number: i64) -> String {
    desk.ticket(number).clocks[0].due_at.to_string()
}

#[test]
fn words_shorten_the_promise_from_the_start() {
    let desk = university();
    let (told, card) = asked(&desk, "Нет интернета", "Нужно сегодня: весь этаж.");
    assert_eq!(class(&desk, 1001), RequestClass::Urgent);
    // Four working hours from noon in Moscow; else it were eight.
    assert_eq!(due(&desk, 1001), "2026-11-17T13:00:00Z");
    assert!(
        told.text().contains("принято как срочное"),
        "{}",
        told.text()
    );
    assert!(
        card.text().to_lowercase().contains("срочн"),
        "{}",
        card.text()
    );
    let story = desk.stream("ticket", "1001").join("\n");
    assert!(story.contains("urgency_asked (urgent_by_words)"), "{story}");
}

#[test]
fn not_urgent_is_not_and_a_quote_says_nothing() {
    let desk = university();
    let (told, _) = asked(&desk, "Картридж", "Не срочно.\n\n> Срочно!\n");
    assert_eq!(class(&desk, 1001), RequestClass::Standard);
    assert_eq!(due(&desk, 1001), "2026-11-18T08:00:00Z");
    assert!(
        !told.text().contains("принято как срочное"),
        "{}",
        told.text()
    );
}

#[test]
fn a_month_has_so_many_and_the_next_has_them_again() {
    let desk = university();
    for (number, granted) in [(1001, true), (1002, true), (1003, false)] {
        let (told, _) = asked(
            &desk,
            &format!("Вопрос {number}"),
            &format!("Нужно сегодня, дело {number}."),
        );
        assert_eq!(class(&desk, number) == RequestClass::Urgent, granted);
        assert_eq!(
            told.text().contains("уже было 2"),
            !granted,
            "{}",
            told.text()
        );
        desk.advance(2 * HOUR);
    }
    // Another requester has their own.
    let petr = desk.person("Пётр", "petr@uni.test");
    petr.writes(&Letter::to("it@uni.test", "Срочно", "Помогите."));
    desk.step();
    petr.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    assert_eq!(class(&desk, 1004), RequestClass::Urgent);

    desk.advance(15 * 24 * HOUR);
    desk.step();
    for address in [
        "anna@uni.test",
        "boris@uni.test",
        "root@uni.test",
        "olga@uni.test",
    ] {
        desk.inbox(address);
    }
    asked(&desk, "Вопрос в декабре", "Срочно!");
    assert_eq!(class(&desk, 1005), RequestClass::Urgent);
}

/// One mail to two departments is two requests, and each counts.
#[test]
fn a_mail_to_two_departments_uses_the_month_up_twice() {
    let limit = "urgency = true\nurgency_limit = 1\n";
    let source = UNIVERSITY.replace(
        "distribution = \"self\"",
        &format!("distribution = \"self\"\n{limit}"),
    );
    let desk = Desk::with(&source);
    let olga = desk.person("Ольга", "olga@uni.test");
    let bytes = olga.bytes(&Letter::to(
        "it@uni.test, buh@uni.test",
        "Срочно!",
        "Нет сети и справки.",
    ));
    for mailbox in ["it", "buh"] {
        desk.arrives(mailbox, &bytes);
    }
    desk.step();
    for who in ["anna", "boris", "vera", "olga"] {
        desk.inbox(&format!("{who}@uni.test"));
    }
    let classes = [1001, 1002].map(|number| class(&desk, number));
    assert_eq!(classes, [RequestClass::Urgent, RequestClass::Standard]);
}

#[test]
fn the_word_of_a_requester_shortens_the_promise_by_the_same_limit() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    let mut acknowledged = Vec::new();
    for number in 1..=3 {
        acknowledged.push(
            asked(
                &desk,
                &format!("Дело {number}"),
                &format!("Не печатает лист {number}."),
            )
            .0,
        );
    }
    desk.advance(HOUR);
    for (place, what) in [(0, "срочное"), (1, "срочное"), (2, "уже было 2")] {
        olga.writes(&Letter::reply_to(&acknowledged[place], "срочно"));
        desk.step();
        desk.inbox("anna@uni.test");
        desk.inbox("boris@uni.test");
        let told = olga.only_mail();
        assert!(told.text().contains(what), "{}", told.text());
    }
    // An hour after noon: four hours from now, and never later than before.
    assert_eq!(due(&desk, 1001), "2026-11-17T14:00:00Z");
    assert_eq!(due(&desk, 1003), "2026-11-18T08:00:00Z");
}

#[test]
fn an_agent_may_say_that_it_can_wait_and_why() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let (_, card) = asked(&desk, "Срочно!", "Хочу новую мышь.");
    anna.writes(&Letter::reply_to(&card, "#класс стандартное"));
    desk.step();
    // Without a reason it is not done.
    assert_eq!(class(&desk, 1001), RequestClass::Urgent);
    anna.only_mail();
    olga.got_nothing();

    anna.writes(&Letter::reply_to(&card, "#класс стандартное мышь подождёт"));
    desk.step();
    desk.inbox("boris@uni.test");
    desk.inbox("anna@uni.test");
    assert_eq!(class(&desk, 1001), RequestClass::Standard);
    assert_eq!(due(&desk, 1001), "2026-11-18T08:00:00Z");
    let story = desk.history(1001);
    assert!(
        story.contains(&"classified (urgency_lowered)".to_owned()),
        "{story:?}"
    );
    let lowered = olga.only_mail();
    assert!(
        lowered.text().contains("Причина: мышь подождёт"),
        "{}",
        lowered.text()
    );

    // One word does not take that back.
    olga.writes(&Letter::reply_to(&lowered, "срочно"));
    desk.step();
    assert!(olga.only_mail().text().contains("может подождать"));
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    assert_eq!(class(&desk, 1001), RequestClass::Standard);
}

#[test]
fn where_it_is_not_switched_on_words_are_words() {
    let desk = Desk::open();
    asked(&desk, "Срочно!", "Нужно сегодня.");
    assert_eq!(class(&desk, 1001), RequestClass::Standard);
}

#[test]
fn however_many_other_requests_there_are_the_months_number_is_counted() {
    let desk = university();
    for number in [1001, 1002] {
        asked(
            &desk,
            &format!("Вопрос {number}"),
            &format!("Нужно сегодня, дело {number}."),
        );
        desk.advance(2 * HOUR);
    }
    // A dean's office has a month of its own: more requests than are looked at for likeness.
    for number in 1003..1031 {
        let text = format!("Спокойно, дело номер {number}, подождёт.");
        asked(&desk, &format!("Вопрос {number}"), &text);
        desk.advance(2 * HOUR);
    }
    let (told, _) = asked(&desk, "Вопрос 1031", "Нужно сегодня, дело 1031.");
    assert_eq!(class(&desk, 1031), RequestClass::Standard);
    assert!(told.text().contains("уже было 2"), "{}", told.text());
}
