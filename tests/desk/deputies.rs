//! While the head of a queue is away somebody decides instead: whom the head has named, else the deputy of the file. The head
//! reads along, and finds what nobody has decided when they are back.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

/// Darya decides for ИТ and Semyon while she is away; Anna and Boris serve it and may move days.
fn desk() -> Desk {
    desk_with("")
}

/// The same with further keys of the queue.
fn desk_with(keys: &str) -> Desk {
    let keys = format!(
        "target = \"8 h\"\ncommands = [\"all\"]\nhead = \"darya\"\ndeputy = \"semyon\"\n{keys}"
    );
    let source = UNIVERSITY.replace("target = \"8 h\"", &keys);
    Desk::with(&format!(
        "{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n\
         [agent.semyon]\nname = \"Семён Лукин\"\naddress = \"semyon@uni.test\"\n\
         [trust]\nservers = [\"mx.uni.test\"]\n"
    ))
}

/// As our own mail server hands over what was written inside.
fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Дарья Громова", "darya@uni.test"),
        desk.person("Семён Лукин", "semyon@uni.test"),
    ]
}

fn all_read(desk: &Desk) {
    for name in ["anna", "boris", "darya", "semyon", "olga", "pavel"] {
        desk.inbox(&format!("{name}@uni.test"));
    }
}

/// Somebody asks, and Anna promises another day in answer to the card.
fn asks_and_is_put_off(desk: &Desk, name: &str) {
    let olga = desk.person(name, &format!("{name}@uni.test"));
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    let [anna, ..] = people(desk);
    let card = anna.inbox().pop().unwrap();
    let moved = "#срок 26.11 ждём запчасть";
    anna.writes(&proven(Letter::reply_to(&card, moved)));
    desk.step();
    all_read(desk);
}

#[test]
fn while_the_head_is_away_the_deputy_decides_and_the_head_reads_along() {
    let desk = desk();
    let [anna, darya, semyon] = people(&desk);
    // Tuesday noon: Darya is away until Friday evening.
    let away = Letter::to("it@uni.test", "", "#отсутствую до 20.11");
    darya.writes(&proven(away));
    desk.step();
    all_read(&desk);

    // An emergency does not wait for her.
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "#класс экстренное стоит корпус"));
    desk.step();
    let told = semyon.only_mail();
    let said = "Решает заместитель, пока отсутствует: Дарья Громова (получает копию)";
    assert!(told.text().contains(said), "{}", told.text());
    assert!(told.header("To").unwrap().contains("semyon@uni.test"));
    assert_eq!(darya.only_mail().text(), told.text());
    // He may act on it as she may.
    let emergency = told;
    semyon.writes(&proven(Letter::reply_to(&emergency, "#назначить boris")));
    desk.step();
    let assignee = desk.ticket(1001).assignee;
    assert_eq!(assignee.as_ref().map(|one| one.as_str()), Some("boris"));
    all_read(&desk);

    // What waits for a word stands in his list of the morning, and she gets none.
    asks_and_is_put_off(&desk, "olga");
    asks_and_is_put_off(&desk, "pavel");
    desk.until("2026-11-18T06:00:00Z");
    desk.step();
    darya.got_nothing();
    let list = semyon.only_mail();
    let instead = "Вы решаете, пока отсутствует: Дарья Громова.";
    assert!(list.text().contains(instead), "{}", list.text());
    insta::assert_snapshot!("list", list.text());
    semyon.writes(&proven(Letter::reply_to(&list, "1 утвердить")));
    desk.step();
    let decided = |number| {
        desk.history(number)
            .iter()
            .any(|one| one.starts_with("deadline_decided"))
    };
    assert_eq!([1002, 1003].map(decided), [true, false]);
    all_read(&desk);

    // On Monday she is back: what nobody has decided is hers, and what he has decided she is not asked again.
    desk.until("2026-11-23T06:00:00Z");
    desk.step();
    // He is asked nothing any more.
    let lists = semyon.inbox();
    assert!(lists.is_empty(), "{}", lists[0].text());
    let lists = darya.inbox();
    let list = lists.last().expect("her list");
    assert!(!list.text().contains("Вы решаете, пока"), "{}", list.text());
    assert_eq!(list.text().matches("Принтер").count(), 1, "{}", list.text());
    all_read(&desk);
    let pavel = desk.person("pavel", "pavel@uni.test");
    pavel.writes(&Letter::to("it@uni.test", "Пожар", "Горит щит."));
    desk.step();
    let card = anna.inbox().pop().unwrap();
    anna.writes(&Letter::reply_to(&card, "#класс экстренное горит щит"));
    desk.step();
    let told = darya.only_mail();
    assert!(!told.text().contains("заместитель"), "{}", told.text());
    semyon.got_nothing();
    // He stands in for nobody now: what he answers to an old letter decides nothing.
    semyon.writes(&proven(Letter::reply_to(&emergency, "#назначить anna")));
    desk.step();
    let assignee = desk.ticket(1001).assignee;
    assert_eq!(assignee.as_ref().map(|one| one.as_str()), Some("boris"));
    all_read(&desk);
}

#[test]
fn what_is_late_is_told_to_who_decides_now_with_a_copy_to_the_head_who_is_away() {
    let desk = desk_with("escalate_after = [\"0\"]");
    let [_, darya, semyon] = people(&desk);
    desk.asked();
    darya.writes(&proven(Letter::to(
        "it@uni.test",
        "",
        "#отсутствую до 27.11",
    )));
    desk.step();
    all_read(&desk);
    // Eight hours from Tuesday noon: Wednesday at eleven.
    desk.advance(HOUR * 23 + Duration::from_secs(1));
    desk.step();
    let told = semyon.only_mail();
    for said in [
        "Кто решает: Семён Лукин",
        "Сейчас отсутствует: Дарья Громова (получает копию)",
    ] {
        assert!(told.text().contains(said), "{}", told.text());
    }
    assert!(told.header("Cc").unwrap().contains("darya@uni.test"));
    darya.only_mail();
    all_read(&desk);
}

#[test]
fn where_nobody_stands_in_it_waits_for_the_head() {
    let desk = desk();
    let [anna, darya, semyon] = people(&desk);
    for who in [&darya, &semyon] {
        who.writes(&proven(Letter::to(
            "it@uni.test",
            "",
            "#отсутствую до 27.11",
        )));
    }
    desk.step();
    let (_, card) = desk.asked();
    all_read(&desk);
    anna.writes(&Letter::reply_to(&card, "#класс экстренное стоит корпус"));
    desk.step();
    assert!(darya.only_mail().text().contains("очередью руководите вы"));
    semyon.got_nothing();
    all_read(&desk);
}

/// Boris gets no work list: ИТ sends none.
#[test]
fn whom_the_head_has_named_gets_a_list_while_they_stand_in_and_none_afterwards() {
    let desk = desk();
    let [_, darya, semyon] = people(&desk);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let away = "#отсутствую до 20.11 замещает Борис";
    darya.writes(&proven(Letter::to("it@uni.test", "", away)));
    desk.step();
    all_read(&desk);
    asks_and_is_put_off(&desk, "olga");
    asks_and_is_put_off(&desk, "pavel");
    desk.until("2026-11-18T06:00:00Z");
    desk.step();
    let list = boris.only_mail();
    let instead = "Вы решаете, пока отсутствует: Дарья Громова.";
    assert!(list.text().contains(instead), "{}", list.text());
    boris.writes(&proven(Letter::reply_to(&list, "1 утвердить")));
    desk.step();
    let decided = |number| {
        let history = desk.history(number);
        history
            .iter()
            .any(|one| one.starts_with("deadline_decided"))
    };
    assert_eq!([1001, 1002].map(decided), [true, false]);
    all_read(&desk);
    // What is left is hers from Monday on, and nobody asks him again.
    desk.until("2026-11-23T06:00:00Z");
    boris.inbox();
    desk.step();
    let is_list = |mail: &super::letter::Received| {
        mail.header("X-Okno-Event").as_deref() == Some("work_list")
    };
    assert!(!boris.inbox().iter().any(is_list));
    assert!(darya.inbox().iter().any(is_list));
    semyon.got_nothing();
    all_read(&desk);
}

#[test]
fn whoever_is_away_in_the_chain_of_a_class_has_somebody_told_in_their_place() {
    let desk = desk_with(
        "class.emergency = { target = \"4 h\" }\n\
         chain.emergency = [{ to = \"head\" }, { to = \"semyon\", after = \"30 min\" }]",
    );
    let [anna, darya, semyon] = people(&desk);
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let away = "#отсутствую до 20.11 замещает Борис";
    semyon.writes(&proven(Letter::to("it@uni.test", "", away)));
    desk.step();
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "#класс экстренное стоит корпус"));
    desk.step();
    desk.advance(4 * HOUR + Duration::from_secs(60));
    desk.step();
    all_read(&desk);
    desk.advance(HOUR / 2);
    desk.step();
    let told = boris.inbox().pop().expect("told instead of Semyon");
    let said = ["Кто решает: Борис Ким", "Семён Лукин (получает копию)"];
    for words in said {
        assert!(told.text().contains(words), "{words}: {}", told.text());
    }
    assert_eq!(semyon.only_mail().text(), told.text());
    darya.got_nothing();
    all_read(&desk);
}
