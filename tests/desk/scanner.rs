//! clamd looks at mail before anybody reads it; where it is silent mail waits for a while, and then goes on with a warning.

use std::time::Duration;

use super::{
    clamd::{FakeClamd, POISON, eicar},
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const MINUTE: Duration = Duration::from_secs(60);

/// The warning on cards, and the administrator's.
const UNCHECKED: &str = "не проверено на вирусы";
const ALARM: &str = "письма не проверяются на вирусы";

fn scanned() -> Desk {
    scanned_up_to("25 MB")
}

fn scanned_up_to(most: &str) -> Desk {
    let rules = format!(
        "[quarantine]\nclamd = \"unix:DATA/clamd.ctl\"\nclamd_wait = \"10 min\"\nclamd_max = \"{most}\"\n\n[smtp]"
    );
    Desk::with(&UNIVERSITY.replacen("[smtp]", &rules, 1))
}

fn infected() -> Letter {
    Letter::to("it@uni.test", "Счёт", &eicar())
}

#[test]
fn what_clamd_finds_waits_for_the_administrator() {
    let desk = scanned();
    let clamd = FakeClamd::start(&desk.data());
    let (mallory, olga) = (
        desk.person("Mallory", "mallory@prizes.example"),
        desk.person("Ольга", "olga@uni.test"),
    );
    mallory.writes(&Letter::to("it@uni.test", "Счёт", &eicar()));
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    assert_eq!(desk.quarantine(), ["virus: Eicar-Test-Signature"]);
    mallory.got_nothing();
    olga.only_mail();
    let card = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(!card.text().contains(UNCHECKED), "{}", card.text());
    desk.inbox("boris@uni.test");
    let events = desk.stream("mailbox", "it").join("\n");
    assert!(
        events.contains("mail_quarantined (virus) Eicar-Test-Signature"),
        "{events}"
    );
    // Who releases it has the last word: nobody asks again.
    let asked = clamd.asked();
    desk.with_house(async |house| {
        house
            .watch(&mut okno::house::watch::Standing::default())
            .await
            .unwrap()
    });
    desk.step();
    let root = desk.person("root", "root@uni.test");
    let list = root.only_mail();
    assert!(
        list.text().contains("проверка нашла в нём вирус"),
        "{}",
        list.text()
    );
    root.writes(&Letter::reply_to(&list, "выпустить 1"));
    desk.step();
    root.inbox();
    assert_eq!(clamd.asked(), asked + 1, "the administrator's answer alone");
    assert_eq!(desk.tickets(), 2);
    mallory.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn mail_waits_for_a_silent_clamd_in_its_order_and_everything_else_goes_on() {
    let desk = scanned();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.arrives(
        "it",
        &desk
            .person("Mallory", "mallory@prizes.example")
            .bytes(&infected()),
    );
    desk.step();
    assert_eq!(desk.tickets(), 0, "the mail waits");
    olga.got_nothing();
    // Something that is no mail is not kept waiting.
    let order = okno::desk::cause::Operation::ReleaseFuse;
    let now = desk.clock.now();
    desk.with_house(async |house| {
        okno::store::work::order(&house.db, order, now)
            .await
            .unwrap()
    });
    desk.decide();
    let left = desk.with_house(async |house| okno::store::work::count(&house.db).await.unwrap());
    assert_eq!(left, 2, "the two mails");
    // After a restart the time goes on, it does not begin anew.
    desk.advance(9 * MINUTE);
    desk.stop();
    desk.start(okno::store::Faults::none());
    desk.step();
    assert_eq!(desk.tickets(), 0);
    let clamd = FakeClamd::start(&desk.data());
    desk.step();
    assert_eq!(clamd.asked(), 2);
    olga.only_mail();
    let card = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(!card.text().contains(UNCHECKED), "{}", card.text());
    desk.inbox("boris@uni.test");
    assert_eq!(desk.quarantine().len(), 1);
    desk.person("root", "root@uni.test").got_nothing();
    throw_away(&desk, 2);
}

/// That work is left in quarantine no more.
fn throw_away(desk: &Desk, work: i64) {
    let order = okno::desk::cause::Operation::DiscardWork {
        work: okno::model::ids::WorkId(work),
    };
    let now = desk.clock.now();
    desk.with_house(async |house| {
        okno::store::work::order(&house.db, order, now)
            .await
            .unwrap()
    });
    desk.step();
}

#[test]
fn after_a_while_mail_goes_on_with_a_warning_and_the_administrator_hears_of_it_once() {
    let desk = scanned();
    let (olga, root) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("root", "root@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    root.got_nothing();
    desk.advance(10 * MINUTE);
    desk.step();
    olga.only_mail();
    let card = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(card.text().contains(UNCHECKED), "{}", card.text());
    let told = root.only_mail();
    assert!(told.subject().contains(ALARM), "{}", told.subject());
    // The next does not wait, and is not told again.
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    root.got_nothing();
    let card = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(card.text().contains(UNCHECKED), "{}", card.text());
    // It is back.
    let _clamd = FakeClamd::start(&desk.data());
    desk.advance(MINUTE);
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Не видит."));
    desk.step();
    olga.only_mail();
    let card = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(!card.text().contains(UNCHECKED), "{}", card.text());
    let over = root.only_mail();
    assert!(
        over.subject().contains("снова отвечает"),
        "{}",
        over.subject()
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn a_mail_that_breaks_its_scanner_keeps_nobody_waiting() {
    let desk = scanned();
    let _clamd = FakeClamd::start(&desk.data());
    let (olga, root) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("root", "root@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Пароль", POISON));
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.arrives(
        "it",
        &desk
            .person("Mallory", "mallory@prizes.example")
            .bytes(&infected()),
    );
    desk.step();
    assert_eq!(desk.tickets(), 2);
    assert_eq!(
        desk.quarantine().len(),
        1,
        "the others were looked at all the same"
    );
    let cards = desk.inbox("anna@uni.test");
    let warned: Vec<bool> = cards
        .iter()
        .map(|card| card.text().contains(UNCHECKED))
        .collect();
    assert_eq!(warned, [true, false]);
    assert!(root.only_mail().subject().contains(ALARM));
    assert_eq!(olga.inbox().len(), 2);
    desk.inbox("boris@uni.test");
    throw_away(&desk, 3);
    root.inbox();
}

#[test]
fn of_a_mail_larger_than_clamd_takes_the_beginning_is_looked_at() {
    let desk = scanned_up_to("2 kB");
    let _clamd = FakeClamd::start(&desk.data());
    let olga = desk.person("Ольга", "olga@uni.test");
    let long = format!("{}{}", "Не печатает. ".repeat(400), eicar());
    olga.writes(&Letter::to("it@uni.test", "Принтер", &long));
    desk.step();
    olga.only_mail();
    let card = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(
        card.text().contains("только начало письма"),
        "{}",
        card.text()
    );
    desk.inbox("boris@uni.test");
}
