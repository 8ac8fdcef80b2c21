//! Who reads along: whoever a participant or an agent lets in, until they say that they do not want to.

use super::{
    desk::{Desk, Person},
    letter::{Letter, Received},
};

fn people(desk: &Desk) -> (Person<'_>, Person<'_>, Person<'_>) {
    (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Иван", "ivan@mail.example"),
    )
}

/// A ticket of Olga's: what she got, and Anna's card.
fn asked(desk: &Desk, cc: Option<&str>) -> (Received, Received) {
    let (olga, anna, _) = people(desk);
    let letter = Letter::to("it@uni.test", "Пароль", "Забыла пароль.");
    olga.writes(&match cc {
        Some(cc) => letter.with("Cc", cc),
        None => letter,
    });
    desk.step();
    desk.inbox("boris@uni.test");
    (olga.only_mail(), anna.only_mail())
}

#[test]
fn an_outsider_reads_along_once_an_agent_says_so() {
    let desk = Desk::open();
    let (acknowledged, card) = asked(&desk, None);
    let (olga, anna, ivan) = people(&desk);
    ivan.writes(&Letter::to(
        "it@uni.test",
        acknowledged.subject(),
        "Это и моя просьба.",
    ));
    desk.step();
    ivan.got_nothing();
    olga.got_nothing();
    let told = anna.only_mail();
    assert!(
        told.text()
            .replace('\n', " ")
            .contains("«добавить ivan@mail.example»"),
        "{}",
        told.text()
    );
    desk.inbox("boris@uni.test");
    // Nothing goes to him before.
    anna.writes(&Letter::reply_to(&card, "Смотрю."));
    desk.step();
    olga.only_mail();
    ivan.got_nothing();
    anna.writes(&Letter::reply_to(&told, "добавить\nПароль сброшен."));
    desk.step();
    let answer = olga.only_mail();
    assert!(
        answer
            .header("Cc")
            .is_some_and(|cc| cc.contains("ivan@mail.example"))
    );
    assert!(
        answer.text().contains("одним словом: стоп"),
        "{}",
        answer.text()
    );
    let copy = ivan.only_mail();
    assert!(copy.text().contains("Пароль сброшен."));
    // Now he takes part.
    ivan.writes(&Letter::reply_to(&copy, "Спасибо, и мне помогло."));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("и мне помогло"));
    assert!(!told.text().contains("постороннего"), "{}", told.text());
    // Until he has enough of it.
    ivan.writes(&Letter::reply_to(&copy, "Стоп."));
    desk.step();
    anna.got_nothing();
    anna.writes(&Letter::reply_to(&told, "Ещё одно."));
    desk.step();
    olga.only_mail();
    ivan.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn of_several_outsiders_one_is_named() {
    let desk = Desk::open();
    let (acknowledged, card) = asked(&desk, None);
    let (olga, anna, ivan) = people(&desk);
    let petr = desk.person("Пётр", "petr@mail.example");
    anna.writes(&Letter::reply_to(&card, "добавить"));
    desk.step();
    assert!(anna.only_mail().text().contains("такого человека"));
    for who in [&ivan, &petr] {
        who.writes(&Letter::to("it@uni.test", acknowledged.subject(), "И мне."));
    }
    desk.step();
    anna.inbox();
    anna.writes(&Letter::reply_to(&card, "добавить"));
    anna.writes(&Letter::reply_to(&card, "добавить boss@uni.test"));
    desk.step();
    let refused = anna.inbox();
    assert_eq!(refused.len(), 2);
    assert!(
        refused[0]
            .text()
            .contains("ivan@mail.example, petr@mail.example"),
        "{}",
        refused[0].text()
    );
    anna.writes(&Letter::reply_to(&card, "добавить petr@mail.example"));
    anna.writes(&Letter::reply_to(&card, "Пароль сброшен."));
    desk.step();
    olga.only_mail();
    petr.only_mail();
    ivan.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn whoever_is_suspicious_is_not_offered() {
    let desk = Desk::open();
    let (acknowledged, card) = asked(&desk, None);
    let (olga, anna, _) = people(&desk);
    let mallory = desk.person("Анна Петрова", "mallory@evil.example");
    mallory.writes(&Letter::to(
        "it@uni.test",
        acknowledged.subject(),
        "Добавьте меня.",
    ));
    desk.step();
    let told = anna.only_mail();
    assert!(!told.text().contains("добавить"), "{}", told.text());
    anna.writes(&Letter::reply_to(&card, "добавить"));
    desk.step();
    anna.only_mail();
    mallory.got_nothing();
    olga.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn whoever_has_left_is_not_fetched_back() {
    let desk = Desk::open();
    let (acknowledged, card) = asked(&desk, Some("ivan@mail.example"));
    let (olga, anna, ivan) = people(&desk);
    anna.writes(&Letter::reply_to(&card, "Смотрю."));
    desk.step();
    olga.only_mail();
    let copy = ivan.only_mail();
    // Whoever only knows the number cannot send Ivan away.
    let forged = copy.subject().to_owned();
    ivan.writes(&Letter::to("it@uni.test", &forged, "стоп"));
    desk.step();
    anna.only_mail();
    desk.inbox("boris@uni.test");
    assert_eq!(desk.ticket(1001).collaborators.len(), 1);
    ivan.writes(&Letter::reply_to(&copy, "стоп"));
    desk.step();
    let letter = Letter::reply_to(&acknowledged, "Жду.");
    olga.writes(&letter.with("Cc", "ivan@mail.example"));
    desk.step();
    anna.inbox();
    anna.writes(&Letter::reply_to(&card, "Готов новый пароль."));
    desk.step();
    olga.only_mail();
    ivan.got_nothing();
    desk.inbox("boris@uni.test");
}

#[test]
fn a_stop_of_the_requester_stops_machines_alone() {
    let desk = Desk::open();
    let (acknowledged, card) = asked(&desk, None);
    let (olga, anna, _) = people(&desk);
    olga.writes(&Letter::reply_to(&acknowledged, "Стоп"));
    desk.step();
    anna.got_nothing();
    olga.got_nothing();
    anna.writes(&Letter::reply_to(&card, "Пароль сброшен."));
    desk.step();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    assert!(desk.ticket(1001).is_quiet);
}

#[test]
fn nobody_is_relayed_what_they_have() {
    let desk = Desk::open();
    let (_, card) = asked(&desk, Some("ivan@mail.example"));
    let (olga, anna, ivan) = people(&desk);
    let letter = Letter::reply_to(&card, "Пароль сброшен.");
    anna.writes(&letter.with("Cc", "Ольга <olga@uni.test>"));
    desk.step();
    olga.got_nothing();
    ivan.only_mail();
    // The question whether all is well she gets in any case.
    let letter = Letter::reply_to(&card, "Проверьте.\nрешено");
    anna.writes(&letter.with("Cc", "olga@uni.test, ivan@mail.example"));
    desk.step();
    olga.only_mail();
    ivan.got_nothing();
    // Nor a colleague a note.
    let letter = Letter::reply_to(&card, "заметка: записка на двери");
    anna.writes(&letter.with("Cc", "boris@uni.test"));
    desk.inbox("boris@uni.test");
    desk.step();
    desk.person("Борис", "boris@uni.test").got_nothing();
}

#[test]
fn a_blind_copy_is_told_to_nobody() {
    let desk = Desk::open();
    let (olga, anna, _) = people(&desk);
    let letter = Letter::to("it@uni.test", "Пароль", "Забыла пароль.");
    olga.writes(&letter.with("Bcc", "secret@uni.test"));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    let letter = Letter::reply_to(&card, "Пароль сброшен.");
    anna.writes(&letter.with("Bcc", "secret@uni.test"));
    desk.step();
    let answer = olga.only_mail();
    for mail in [&card, &answer] {
        let bytes = String::from_utf8_lossy(&mail.bytes);
        assert!(!bytes.contains("secret@uni.test"), "{bytes}");
    }
    assert_eq!(desk.inbox("secret@uni.test").len(), 0);
    desk.inbox("boris@uni.test");
}

#[test]
fn fifty_read_along_and_no_more() {
    let desk = Desk::open();
    let many = |from: usize| -> String {
        let all = (from..from + 40).map(|n| format!("p{n}@uni.test"));
        all.collect::<Vec<_>>().join(", ")
    };
    let (acknowledged, card) = asked(&desk, Some(&many(0)));
    let (olga, anna, _) = people(&desk);
    let letter = Letter::reply_to(&acknowledged, "И им.").with("Cc", &many(40));
    olga.writes(&letter);
    desk.step();
    anna.inbox();
    assert_eq!(desk.ticket(1001).collaborators.len(), 50);
    anna.writes(&Letter::reply_to(&card, "Пароль сброшен."));
    desk.step();
    olga.only_mail();
    let readers = (0..80).filter(|n| !desk.inbox(&format!("p{n}@uni.test")).is_empty());
    assert_eq!(readers.count(), 50);
    desk.inbox("boris@uni.test");
}

#[test]
fn a_card_says_who_else_gets_the_answer() {
    let desk = Desk::open();
    let (_, card) = asked(&desk, Some("ivan@mail.example"));
    let (_, _, ivan) = people(&desk);
    let told = "Ответ получат и: ivan@mail.example";
    assert!(card.text().contains(told), "{}", card.text());
    ivan.inbox();
}
