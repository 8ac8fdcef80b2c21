//! A queue that is open to some people only.

use std::time::Duration;

use okno::{desk::cause::Operation, store::work};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

/// The IT queue takes requests of its own domain and of Petr, and our mail server judges.
fn university(others: &str) -> Desk {
    let allow = format!(
        "target = \"8 h\"\nallow = [\"uni.test\", \"list:friends\"]\nothers = \"{others}\""
    );
    let source = UNIVERSITY.replace("target = \"8 h\"", &allow);
    Desk::with(&format!(
        "{source}\n[trust]\nservers = [\"mx.uni.test\"]\n[list.friends]\nmembers = [\"petr@mail.example\"]\n"
    ))
}

fn proven(letter: Letter, domain: &str) -> Letter {
    let results = format!("mx.uni.test; dmarc=pass header.from={domain}");
    letter.with("Authentication-Results", &results)
}

fn question() -> Letter {
    Letter::to("it@uni.test", "Сеть", "Как подключиться?")
}

fn agents_got(desk: &Desk) -> usize {
    desk.inbox("anna@uni.test").len() + desk.inbox("boris@uni.test").len()
}

fn asks(desk: &Desk, who: &Person<'_>, letter: &Letter) {
    who.writes(letter);
    desk.step();
}

/// The administrator says at the terminal what becomes of what is quarantined.
fn ends_quarantine(desk: &Desk, order: impl Fn(okno::model::ids::WorkId) -> Operation) {
    desk.with_house(async |house| {
        for one in work::quarantined(&house.db, 10).await.unwrap() {
            let now = house.clock.now();
            work::order(&house.db, order(one.id), now).await.unwrap();
        }
    });
    desk.step();
    desk.inbox("root@uni.test");
    desk.advance(HOUR);
    desk.step();
    desk.inbox("root@uni.test");
}

fn throws_away(desk: &Desk) {
    ends_quarantine(desk, |work| Operation::DiscardWork { work });
}

#[test]
fn whoever_is_on_the_list_and_proven_writes_as_ever() {
    let desk = university("refuse");
    let olga = desk.person("Ольга", "olga@uni.test");
    let petr = desk.person("Пётр", "petr@mail.example");
    asks(&desk, &olga, &proven(question(), "uni.test"));
    asks(&desk, &petr, &proven(question(), "mail.example"));
    olga.only_mail();
    petr.only_mail();
    assert_eq!((desk.tickets(), agents_got(&desk)), (2, 4));
}

#[test]
fn others_get_a_polite_no_and_no_ticket() {
    let desk = university("refuse");
    let guest = desk.person("Гость", "guest@mail.example");
    asks(&desk, &guest, &proven(question(), "mail.example"));
    let told = guest.only_mail();
    assert!(
        told.text().contains("принимает обращения не от всех"),
        "{}",
        told.text()
    );
    assert_eq!(told.subject(), "Re: Сеть");
    assert_eq!(
        told.header("Auto-Submitted").as_deref(),
        Some("auto-replied")
    );
    assert_eq!((desk.tickets(), agents_got(&desk)), (0, 0));

    // Whatever answers at once is a machine, as far as anybody knows.
    desk.advance(Duration::from_secs(60));
    asks(
        &desk,
        &guest,
        &proven(
            Letter::reply_to(&told, "Автоответ без примет"),
            "mail.example",
        ),
    );
    guest.got_nothing();
    desk.advance(HOUR);
    asks(&desk, &guest, &proven(question(), "mail.example"));
    guest.only_mail();
    assert_eq!(desk.tickets(), 0);
}

#[test]
fn who_is_not_proven_waits_for_the_administrator() {
    let desk = university("refuse");
    let olga = desk.person("Ольга", "olga@uni.test");
    let root = desk.person("root", "root@uni.test");
    // On the list, as the From line says, and nothing proves it: nobody is told, for it may not be hers.
    asks(&desk, &olga, &question());
    olga.got_nothing();
    root.inbox();
    assert_eq!((desk.tickets(), agents_got(&desk)), (0, 0));
    let waits = desk.quarantine().join("\n");
    assert!(
        waits.contains("not_proven_here: olga@uni.test → it"),
        "{waits}"
    );
    throws_away(&desk);
}

#[test]
fn a_forged_sender_is_never_told() {
    let desk = university("refuse");
    let guest = desk.person("Гость", "guest@mail.example");
    let failed = "mx.uni.test; dmarc=fail (p=reject) header.from=mail.example";
    asks(
        &desk,
        &guest,
        &question().with("Authentication-Results", failed),
    );
    guest.got_nothing();
    desk.inbox("root@uni.test");
    let waits = desk.quarantine().join("\n");
    assert!(
        waits.contains("not_allowed: guest@mail.example → it"),
        "{waits}"
    );
    throws_away(&desk);
}

#[test]
fn what_the_administrator_lets_in_is_a_request() {
    let desk = university("quarantine");
    let guest = desk.person("Гость", "guest@mail.example");
    asks(&desk, &guest, &proven(question(), "mail.example"));
    guest.got_nothing();
    desk.inbox("root@uni.test");
    assert_eq!(desk.quarantine().len(), 1);
    ends_quarantine(&desk, |work| Operation::ReleaseWork { work });
    guest.only_mail();
    desk.inbox("root@uni.test");
    assert_eq!((desk.tickets(), agents_got(&desk)), (1, 2));
}

#[test]
fn whoever_takes_part_goes_on() {
    let desk = university("refuse");
    let olga = desk.person("Ольга", "olga@uni.test");
    let guest = desk.person("Гость", "guest@mail.example");
    let letter = question().with("Cc", "Гость <guest@mail.example>");
    asks(&desk, &olga, &proven(letter, "uni.test"));
    olga.only_mail();
    let cards = desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    asks(
        &desk,
        &anna,
        &Letter::reply_to(&cards[0], "Пароль на двери."),
    );
    desk.inbox("olga@uni.test");
    desk.inbox("boris@uni.test");
    let answer = guest.only_mail();
    asks(
        &desk,
        &guest,
        &proven(Letter::reply_to(&answer, "А где дверь?"), "mail.example"),
    );
    guest.got_nothing();
    assert_eq!((desk.tickets(), agents_got(&desk)), (1, 1));
    desk.inbox("olga@uni.test");
}

#[test]
fn the_directory_and_its_departments_are_a_list_too() {
    let source = UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\nallow = [\"department:Деканат\"]\nothers = \"refuse\"",
    );
    let desk = Desk::with(&format!(
        "directory = {{ file = \"DATA/people.csv\" }}\n{source}"
    ));
    desk.brings_people(&[
        "ФИО,Почта,Отдел",
        "Ольга Седова,olga@uni.test,деканат",
        "Пётр Ли,petr@uni.test,Склад",
    ]);
    for (address, tickets) in [
        ("olga@uni.test", 1),
        ("petr@uni.test", 1),
        ("x@uni.test", 1),
    ] {
        let who = desk.person("Кто-то", address);
        asks(&desk, &who, &question());
        who.only_mail();
        assert_eq!(desk.tickets(), tickets, "{address}");
        agents_got(&desk);
    }
}
