//! The people directory: it arrives, changes, is refused, and somebody writes from a second address.

use std::time::Duration;

use okno::{
    house::people::{find, hand_over},
    model::{
        language::Language,
        person::{Kind, Person},
        ticket::State,
    },
    store::{Faults, people},
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

const HEADER: &str = "Почта;ФИО;Отдел;Таб. №;Куратор;Язык;Тип;Должность";
const OLGA: &str =
    "olga@uni.test, olga@home.test;Смирнова Ольга;Кафедра химии;000123;anna;;;доцент";
const BORIS: &str = "b.kim@uni.test boris@uni.test;Ким Борис;ИТ-отдел;000124;;;";
const VERA: &str = "vera@uni.test;Орлова Вера;Бухгалтерия;000125;;;";
const DEAN: &str = "dekanat@uni.test;Деканат;;;;;общий ящик";

/// The university with a people directory.
fn university() -> Desk {
    Desk::with(&format!(
        "{UNIVERSITY}\n[directory]\nfile = \"DATA/people.csv\"\n"
    ))
}

fn known(desk: &Desk, address: &str) -> Option<Person> {
    let address = okno::model::address::Address::parse(address).unwrap();
    desk.with_house(async |house| people::at(&house.db, &address).await.unwrap())
}

fn directory(desk: &Desk) -> Vec<String> {
    desk.stream("configuration", "directory")
}

#[test]
fn a_directory_arrives_and_the_house_knows_its_people() {
    let desk = university();
    let olga = desk.person("оля", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    assert_eq!(known(&desk, "olga@uni.test").unwrap().name.as_str(), "оля");
    desk.brings_people(&[HEADER, OLGA, DEAN]);

    let person = known(&desk, "olga@home.test").unwrap();
    assert_eq!(
        person.id,
        desk.ticket(1001).requester,
        "whoever wrote before is the same person"
    );
    assert_eq!(person.name.as_str(), "Смирнова Ольга");
    assert_eq!(person.address.as_str(), "olga@uni.test");
    let listed = person.listed().unwrap();
    assert_eq!(listed.department.as_str(), "Кафедра химии");
    assert_eq!(listed.employee_number.as_str(), "000123", "with its zeros");
    assert_eq!(listed.curator.as_str(), "anna");
    assert_eq!(listed.position.as_str(), "доцент");
    assert_eq!(listed.kind, Kind::Person);
    let dean = known(&desk, "dekanat@uni.test").unwrap();
    assert_eq!(dean.listed().unwrap().kind, Kind::Shared);
    assert_eq!(directory(&desk), ["directory_taken (directory_taken) "]);
    assert_eq!(
        desk.stream("person", &person.id.to_string()),
        [
            "person_listed (listed) {\"name\":\"Смирнова Ольга\",\"addresses\":[\"olga@uni.test\",\"olga@home.test\"],\
          \"department\":\"Кафедра химии\",\"employee_number\":\"000123\",\"curator\":\"anna\",\"position\":\"доцент\"}"
        ]
    );
    // What a mail calls itself does not change what the directory says.
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Не сканирует."));
    desk.step();
    olga.only_mail();
    let card = &desk.inbox("anna@uni.test")[0];
    assert!(
        card.text().contains("Смирнова Ольга <olga@uni.test>"),
        "{}",
        card.text()
    );
    desk.inbox("boris@uni.test");
}

#[test]
fn a_second_address_is_the_same_requester_and_still_a_claim() {
    let desk = university();
    desk.brings_people(&[HEADER, OLGA]);
    let (olga, home, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Olga", "olga@home.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    // Her own second address in Cc is nobody who reads along.
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает.").with("Cc", "olga@home.test"));
    desk.step();
    let acknowledged = olga.only_mail();
    home.got_nothing();
    let card = anna.only_mail();
    desk.inbox("boris@uni.test");
    assert_eq!(desk.ticket(1001).collaborators, []);

    home.writes(&Letter::to(
        "it@uni.test",
        acknowledged.subject(),
        "И ещё он шумит.",
    ));
    desk.step();
    home.got_nothing();
    olga.got_nothing();
    let told = anna.only_mail();
    assert!(told.text().contains("И ещё он шумит."));
    assert!(
        told.text().contains("Смирнова Ольга <olga@home.test>"),
        "the agents see where it came from: {}",
        told.text()
    );
    desk.inbox("boris@uni.test");
    let trust = desk.with_house(async |house| {
        let decisions =
            okno::store::history::decisions_of(&house.db, okno::model::ids::TicketNumber(1001))
                .await
                .unwrap();
        let last = decisions.last().unwrap();
        assert_eq!(last.reason, "follow_up", "no stranger's");
        last.events[0].trust.clone()
    });
    assert_eq!(trust, "claimed");

    // A ticket from there is answered where the directory says, and confirmed from anywhere.
    anna.writes(&Letter::reply_to(&card, "Картридж заменён.\n\nрешено"));
    desk.step();
    let solved = olga.only_mail();
    home.got_nothing();
    desk.inbox("boris@uni.test");
    home.writes(&Letter::reply_to(&solved, "да"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
}

#[test]
fn who_was_met_twice_is_one_with_both_histories() {
    let desk = university();
    let (olga, home, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Olga", "olga@home.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    home.writes(&Letter::to("it@uni.test", "Сканер", "Не сканирует."));
    desk.step();
    olga.only_mail();
    let second = home.only_mail();
    let cards = anna.inbox();
    desk.inbox("boris@uni.test");
    let (one, other) = (desk.ticket(1001).requester, desk.ticket(1002).requester);
    assert_ne!(one, other);
    desk.brings_people(&[HEADER, OLGA]);
    assert_eq!(
        desk.stream("person", &other.to_string()),
        ["same_person (same_by_directory) "]
    );
    // From either address she is the requester of both, and the answer goes where the directory says.
    olga.writes(&Letter::to(
        "it@uni.test",
        second.subject(),
        "Уже сканирует.",
    ));
    desk.step();
    assert!(
        desk.history(1002)
            .contains(&"message_joined (by_tag)".to_owned())
    );
    assert_eq!(anna.inbox().len(), 1);
    anna.writes(&Letter::reply_to(&cards[1], "Отлично."));
    desk.step();
    home.got_nothing();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    // It was a mistake: the other address is another person's again.
    desk.brings_people(&[
        HEADER,
        "olga@uni.test;Смирнова Ольга;Кафедра химии;000123;anna;;",
    ]);
    assert_eq!(known(&desk, "olga@home.test").unwrap().id, other);
    assert_eq!(
        desk.stream("person", &other.to_string()).last().unwrap(),
        "same_person (own_by_directory) "
    );
}

#[test]
fn a_changed_file_is_read_when_it_rests_and_only_once() {
    let desk = university();
    desk.brings_people(&[HEADER, OLGA, VERA]);
    desk.saves_people(&[HEADER, "olga@uni.test;"]);
    desk.looks_at_people();
    desk.saves_people(&[
        HEADER,
        "olga@uni.test;Кузнецова Ольга;Кафедра физики;000123;;en;",
        VERA,
    ]);
    desk.looks_at_people();
    desk.step();
    assert_eq!(directory(&desk).len(), 1, "it may not be whole yet");
    desk.looks_at_people();
    desk.step();
    assert_eq!(directory(&desk).len(), 2);
    let person = known(&desk, "olga@uni.test").unwrap();
    assert_eq!(person.name.as_str(), "Кузнецова Ольга");
    assert_eq!(person.language, Language::En);
    let listed = desk.stream("person", &person.id.to_string());
    assert_eq!(listed.len(), 2);
    let vera = known(&desk, "vera@uni.test").unwrap();
    assert_eq!(
        desk.stream("person", &vera.id.to_string()).len(),
        1,
        "nothing is new of Vera"
    );
    // The same file, touched; an hour later; after a restart.
    desk.saves_people(&[
        HEADER,
        "olga@uni.test;Кузнецова Ольга;Кафедра физики;000123;;en;",
        VERA,
    ]);
    desk.looks_at_people();
    desk.looks_at_people();
    desk.advance(HOUR);
    desk.looks_at_people();
    desk.stop();
    desk.start(Faults::none());
    desk.looks_at_people();
    desk.step();
    assert_eq!(directory(&desk).len(), 2);
    // She writes in Russian, and is answered as the directory says.
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        "it@uni.test",
        "Принтер",
        "Принтер не печатает, помогите.",
    ));
    desk.step();
    let answer = olga.only_mail();
    assert_eq!(answer.header("Content-Language").as_deref(), Some("en"));
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_file_with_mistakes_is_refused_whole_and_told() {
    let desk = university();
    desk.brings_people(&[HEADER, OLGA]);
    desk.brings_people(&[
        HEADER,
        "olga@uni.test;Кузнецова Ольга;;000123;;;",
        "boris;Борис;;000123;;;",
    ]);
    assert_eq!(
        known(&desk, "olga@uni.test").unwrap().name.as_str(),
        "Смирнова Ольга"
    );
    let told = desk.person("root", "root@uni.test").only_mail();
    assert_eq!(
        told.subject(),
        "okno: справочник людей people.csv не принят"
    );
    let lines = "Что видно:\npeople.csv:3: «boris» — не адрес почты, он выглядит как anna@uni.test\n\
                 people.csv:3: табельный номер 000123 уже стоит в строке 2\n";
    assert!(told.text().contains(lines), "{}", told.text());
    assert!(
        directory(&desk)[1]
            .starts_with("directory_refused (directory_faulty) people.csv:3: «boris»")
    );
    // It stands so: a reminder a day, no more.
    for _ in 0..47 {
        desk.advance(30 * MINUTE);
        desk.looks_at_people();
        desk.step();
    }
    assert_eq!(desk.unread(), [""; 0]);
    desk.advance(30 * MINUTE);
    desk.looks_at_people();
    desk.step();
    assert_eq!(desk.inbox("root@uni.test").len(), 1);
    assert_eq!(directory(&desk).len(), 2);
    // Another mistake is told at once.
    desk.advance(HOUR);
    desk.brings_people(&[
        HEADER,
        "olga@uni.test;Кузнецова Ольга;;000123;;;",
        "boris;Борис;;;;;",
    ]);
    let told = desk.inbox("root@uni.test");
    assert_eq!(told.len(), 1);
    assert!(!told[0].text().contains("000123"), "{}", told[0].text());
    // Mended: it is over, and the administrator hears that too.
    desk.brings_people(&[HEADER, "olga@uni.test;Кузнецова Ольга;;000123;;;", BORIS]);
    let told = desk.inbox("root@uni.test");
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].subject(),
        "okno: всё в порядке. Справочник людей people.csv принят"
    );
    assert_eq!(
        known(&desk, "olga@uni.test").unwrap().name.as_str(),
        "Кузнецова Ольга"
    );
}

#[test]
fn a_file_written_anew_every_minute_is_not_answered_every_minute() {
    let desk = university();
    for n in 0..30 {
        desk.brings_people(&[HEADER, &format!("olga{n};Ольга;;;;;")]);
        desk.advance(MINUTE);
    }
    assert_eq!(desk.inbox("root@uni.test").len(), 3);
    desk.advance(HOUR);
    desk.looks_at_people();
    desk.step();
    let told = desk.inbox("root@uni.test");
    assert_eq!(told.len(), 1, "the last one is told in the end");
    assert!(told[0].text().contains("olga29"));
}

#[test]
fn half_a_file_is_taken_for_half_a_file_until_the_administrator_says_otherwise() {
    let desk = university();
    desk.brings_people(&[HEADER, OLGA, BORIS, VERA, DEAN]);
    desk.brings_people(&[HEADER, BORIS, VERA]);
    let told = desk.person("root", "root@uni.test").only_mail();
    let lines = "people.csv: пропала бы больше чем пятая часть людей, 2 из 4:\n  Смирнова Ольга <olga@uni.test>\n  \
                 Деканат <dekanat@uni.test>\n";
    assert!(told.text().contains(lines), "{}", told.text());
    assert!(known(&desk, "olga@uni.test").unwrap().listed().is_some());
    // The administrator: they have really left.
    let path = desk.data().join("people.csv");
    desk.with_house(async |house| {
        let now = house.clock.now();
        hand_over(&house.db, find(&path), (Language::Ru, true), now)
            .await
            .unwrap();
    });
    desk.step();
    assert_eq!(desk.inbox("root@uni.test").len(), 1, "it is over");
    let olga = known(&desk, "olga@home.test").unwrap();
    assert!(olga.listed().is_none(), "kept, and marked");
    assert_eq!(olga.name.as_str(), "Смирнова Ольга");
    assert_eq!(
        desk.stream("person", &olga.id.to_string()).last().unwrap(),
        "person_unlisted (unlisted) "
    );
    assert_eq!(
        directory(&desk).last().unwrap(),
        "directory_taken (directory_confirmed) "
    );
    desk.looks_at_people();
    desk.step();
    assert_eq!(directory(&desk).len(), 3);
    // She may write all the same, and is still herself.
    let home = desk.person("Ольга", "olga@home.test");
    home.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    assert_eq!(desk.ticket(1001).requester, olga.id);
    assert_eq!(desk.inbox("olga@uni.test").len(), 1);
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn an_agent_with_open_tickets_does_not_vanish() {
    let desk = university();
    let people: Vec<String> = (0..9).map(|n| format!("p{n}@uni.test;;;;;;")).collect();
    let mut rows: Vec<&str> = people.iter().map(String::as_str).collect();
    rows.insert(0, HEADER);
    rows.push(BORIS);
    desk.brings_people(&rows);
    let (olga, boris) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Борис", "boris@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    // The directory writes to b.kim, the desk to where it was told that answers come from.
    let card = boris.only_mail();
    boris.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, Some("boris".into()));
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    rows.pop();
    desk.brings_people(&rows);
    let told = desk.person("root", "root@uni.test").only_mail();
    let line =
        "people.csv: нет сотрудника Ким Борис <b.kim@uni.test>, а открытых обращений у него: 1;";
    assert!(
        told.text().replace('\n', " ").contains(line),
        "{}",
        told.text()
    );
    assert!(known(&desk, "boris@uni.test").unwrap().listed().is_some());
    // Once they are done, he may.
    boris.writes(&Letter::reply_to(&card, "Картридж заменён.\n\nрешено"));
    desk.step();
    desk.inbox("olga@uni.test");
    desk.inbox("anna@uni.test");
    desk.advance(HOUR);
    desk.looks_at_people();
    desk.step();
    assert!(known(&desk, "boris@uni.test").unwrap().listed().is_none());
    assert_eq!(desk.inbox("root@uni.test").len(), 1);
}

#[test]
fn a_file_that_is_not_there_is_told_and_stops_nobody() {
    let desk = university();
    desk.looks_at_people();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    olga.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(
        told.text().contains("people.csv: файл не читается: "),
        "{}",
        told.text()
    );
    desk.brings_people(&[HEADER, OLGA]);
    assert_eq!(desk.inbox("root@uni.test").len(), 1, "it is over");
    // It goes away again while somebody replaces it: one look is no reason to tell.
    std::fs::remove_file(desk.data().join("people.csv")).unwrap();
    desk.looks_at_people();
    desk.step();
    desk.brings_people(&[HEADER, OLGA]);
    assert_eq!(directory(&desk).len(), 2);
    // Whoever takes it out of the configuration hears no more of it.
    desk.saves_people(&[HEADER, "olga"]);
    desk.looks_at_people();
    desk.looks_at_people();
    desk.advance(HOUR);
    desk.step();
    assert_eq!(desk.inbox("root@uni.test").len(), 1);
}
