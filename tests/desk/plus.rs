//! Reply addresses: one a person, a side and a ticket; it says who answers where everything else is lost.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(86_400);

fn open() -> Desk {
    let address = "address = \"it@uni.test\"\n";
    let source = UNIVERSITY.replace(address, &format!("{address}plus_addresses = true\n"));
    assert_ne!(source, UNIVERSITY);
    Desk::with(&source)
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>, Person<'_>) {
    (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
        desk.person("Борис", "boris@uni.test"),
    )
}

/// A ticket of Olga's: what she, Anna and Boris got.
fn asked(desk: &Desk) -> (Received, Received, Received) {
    let (olga, anna, boris) = people(desk);
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    (olga.only_mail(), anna.only_mail(), boris.only_mail())
}

/// Where a mail is to be answered.
fn reply_to(mail: &Received) -> String {
    let value = mail.header("Reply-To").expect("every mail has one");
    value.trim_matches(['<', '>']).to_owned()
}

#[test]
fn agents_get_one_mail_and_an_address_each() {
    let desk = open();
    let (_, anna, boris) = people(&desk);
    let (_, hers, his) = asked(&desk);
    assert_eq!(hers.mail.message_id, his.mail.message_id);
    assert_ne!(reply_to(&hers), reply_to(&his));
    assert!(
        reply_to(&hers).starts_with("it+1001-"),
        "{}",
        reply_to(&hers)
    );
    let rest = |mail: &Received| -> String {
        let text = String::from_utf8_lossy(&mail.bytes).into_owned();
        let lines = text.lines().filter(|line| !line.starts_with("Reply-To:"));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(rest(&hers), rest(&his));
    // Her program loses references and subject.
    anna.writes(&Letter::to(&reply_to(&hers), "", "взять"));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    boris.only_mail();
    anna.got_nothing();
}

#[test]
fn an_address_of_an_older_version_of_the_key_is_still_good() {
    let desk = open();
    let (olga, anna, boris) = people(&desk);
    let (acknowledged, hers, _) = asked(&desk);
    let version = |mail: &Received| reply_to(mail).split_once('-').unwrap().1.chars().next();
    assert_eq!(version(&hers), Some('0'));
    desk.stop();
    okno::house::keys::rotate(&desk.data(), desk.clock.now()).unwrap();
    desk.start(okno::store::Faults::none());
    // Their programs lose references and subject.
    anna.writes(&Letter::to(&reply_to(&hers), "", "взять"));
    olga.writes(&Letter::to(
        &reply_to(&acknowledged),
        "",
        "Ещё не работает.",
    ));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    assert_eq!(desk.tickets(), 1);
    let follow_up = anna.only_mail();
    assert_eq!(version(&follow_up), Some('1'));
    anna.writes(&Letter::to(&reply_to(&follow_up), "", "А теперь?"));
    desk.step();
    assert!(olga.only_mail().text().contains("А теперь?"));
    boris.inbox();
    // A copied signature under the other version is forged.
    let (local, domain) = reply_to(&hers)
        .split_once("-0")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    anna.writes(&Letter::to(
        &format!("{local}-1{domain}"),
        "",
        "Пароль: 12345",
    ));
    desk.step();
    olga.got_nothing();
    anna.inbox();
    boris.inbox();
}

#[test]
fn anothers_address_is_nobody_elses() {
    let desk = open();
    let (olga, anna, boris) = people(&desk);
    let (_, hers, _) = asked(&desk);
    boris.writes(&Letter::to(
        &reply_to(&hers),
        "Пароль",
        "Ваш пароль: 12345\nрешено",
    ));
    let mallory = desk.person("Mallory", "mallory@evil.example");
    mallory.writes(&Letter::reply_to(&hers, "решено"));
    desk.step();
    olga.got_nothing();
    mallory.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::New);
    let mut warned = anna.inbox();
    warned.retain(|mail| mail.subject().contains("IT-1001"));
    assert_eq!(warned.len(), 2);
    for mail in warned {
        assert!(
            mail.text().contains("посланное другому человеку"),
            "{}",
            mail.text()
        );
    }
    boris.inbox();
}

#[test]
fn an_address_whose_time_is_over_proves_nothing() {
    let desk = open();
    let (olga, anna, boris) = people(&desk);
    let (_, hers, _) = asked(&desk);
    desk.advance(DAY * 364);
    desk.step();
    anna.writes(&Letter::to(&reply_to(&hers), "", "взять"));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("anna".into()));
    desk.advance(DAY * 2);
    anna.writes(&Letter::to(&reply_to(&hers), "", "Пароль сброшен.\nрешено"));
    desk.step();
    olga.got_nothing();
    assert_eq!(desk.ticket(1001).state, State::Open);
    let question = anna.only_mail();
    anna.writes(&Letter::reply_to(&question, "да"));
    desk.step();
    olga.only_mail();
    boris.inbox();
}

#[test]
fn a_guessed_address_joins_nothing() {
    let desk = open();
    let (olga, anna, boris) = people(&desk);
    let (hers, _, _) = asked(&desk);
    let before = desk.history(1001);
    let right = reply_to(&hers);
    let (local, domain) = right.split_once('@').expect("an address");
    let mut letters: Vec<char> = local.chars().collect();
    let last = letters.last_mut().expect("letters");
    *last = if *last == '0' { '1' } else { '0' };
    let guessed: String = letters.into_iter().collect();
    olga.writes(&Letter::to(
        &format!("{guessed}@{domain}"),
        "",
        "Где мой пароль?",
    ));
    desk.step();
    assert_eq!(desk.history(1001), before);
    olga.only_mail();
    anna.only_mail();
    boris.only_mail();
}

#[test]
fn the_envelope_tells_where_it_went() {
    let desk = open();
    let (olga, anna, boris) = people(&desk);
    let (hers, _, _) = asked(&desk);
    let letter = Letter::to("it@uni.test", "", "Ещё и почта не открывается.");
    olga.writes(&letter.with("X-Original-To", &reply_to(&hers)));
    desk.step();
    let told = anna.only_mail();
    assert!(told.subject().contains("IT-1001"), "{}", told.subject());
    boris.only_mail();
    olga.got_nothing();
}

#[test]
fn a_requesters_mail_is_one_with_all_names_and_an_address_each() {
    let desk = open();
    let (olga, anna, boris) = people(&desk);
    let (ivan, petr) = (
        desk.person("Иван", "ivan@uni.test"),
        desk.person("Пётр", "petr@uni.test"),
    );
    let letter = Letter::to("it@uni.test", "Пароль", "Забыли пароль.");
    olga.writes(&letter.with("Cc", "Иван <ivan@uni.test>"));
    desk.step();
    olga.only_mail();
    boris.only_mail();
    anna.writes(&Letter::reply_to(&anna.only_mail(), "Чей?"));
    desk.step();
    boris.inbox();
    let (hers, his) = (olga.only_mail(), ivan.only_mail());
    assert_eq!(hers.mail.message_id, his.mail.message_id);
    assert_eq!(hers.header("Cc"), his.header("Cc"));
    assert_ne!(reply_to(&hers), reply_to(&his));
    // Who answers to an address that is theirs may let others read along; who answers to another's may not.
    olga.writes(&Letter::reply_to(&his, "Мой.").with("Cc", "mallory@evil.example"));
    desk.step();
    assert_eq!(desk.ticket(1001).collaborators.len(), 1);
    olga.writes(&Letter::reply_to(&hers, "И Петра.").with("Cc", "petr@uni.test"));
    desk.step();
    assert_eq!(desk.ticket(1001).collaborators.len(), 2);
    let told = anna.inbox();
    anna.writes(&Letter::reply_to(&told[0], "Готово."));
    desk.step();
    for who in [&olga, &ivan, &petr] {
        who.only_mail();
    }
    boris.inbox();
}

#[test]
fn forged_reply_addresses_are_guesses() {
    let desk = open();
    let (acknowledged, _, _) = asked(&desk);
    let (olga, mallory) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Mallory", "mallory@evil.example"),
    );
    let real = reply_to(&acknowledged);
    let (local, domain) = real.split_once('@').unwrap();
    let start = local.get(..local.len() - 3).unwrap();
    for end in ["aaa", "bbb", "ccc", "ddd", "eee"] {
        let forged = format!("{start}{end}@{domain}");
        mallory.writes(&Letter::to(
            &forged,
            "Пароль",
            &format!("Пришлите мне: {end}"),
        ));
        desk.step();
    }
    olga.got_nothing();
    let told = desk.inbox("root@uni.test");
    let told: Vec<&str> = told.iter().map(Received::subject).collect();
    let expected = "okno: подбирают номера обращений: mallory@evil.example";
    assert!(told.contains(&expected), "{told:?}");
    for address in ["mallory@evil.example", "anna@uni.test", "boris@uni.test"] {
        desk.inbox(address);
    }
}
