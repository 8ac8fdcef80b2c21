//! How a queue stands is told to whoever decides for it, once, with what is to be decided.

use std::time::Duration;

use okno::{
    desk::cause::Operation,
    store::{Faults, work},
};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
    orders::restarted,
};

const HOUR: Duration = Duration::from_secs(3600);

/// Anna and Boris serve ИТ, Darya decides for it, Elena is the director. It is Tuesday noon.
fn university(keys: &str) -> Desk {
    let on = format!("target = \"8 h\"\ncommands = [\"all\"]\nhead = \"darya\"\n{keys}");
    let source = UNIVERSITY.replace("target = \"8 h\"", &on).replace(
        "administrator = \"root@uni.test\"",
        "administrator = \"root@uni.test\"\ndirector = \"elena\"",
    );
    Desk::with(&format!(
        "{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n\
         [agent.elena]\nname = \"Елена Ветрова\"\naddress = \"elena@uni.test\"\n"
    ))
}

fn heads(desk: &Desk) -> [Person<'_>; 2] {
    [
        desk.person("Дарья Громова", "darya@uni.test"),
        desk.person("Елена Ветрова", "elena@uni.test"),
    ]
}

/// What the requesters are called.
const REQUESTERS: [&str; 12] = [
    "olga", "pavel", "rita", "sergey", "tanya", "ulyana", "fedor", "khariton", "tsvetana", "shura",
    "emma", "yuri",
];

/// So many people ask something each; their confirmations and cards nobody reads.
fn ask(desk: &Desk, people: &[&str]) {
    for name in people {
        let address = format!("{name}@uni.test");
        let letter = Letter::to(
            "it@uni.test",
            &format!("Вопрос {name}"),
            &format!("Спрашивает {name}."),
        );
        desk.person(name, &address).writes(&letter);
    }
    desk.step();
    for name in people {
        desk.inbox(&format!("{name}@uni.test"));
    }
}

fn staff_reads(desk: &Desk) {
    for address in ["anna@uni.test", "boris@uni.test"] {
        desk.inbox(address);
    }
}

/// Anna solves what these cards are about.
fn solves(desk: &Desk, cards: &[Received]) {
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    for card in cards {
        anna.writes(&Letter::reply_to(card, "Сделано.\nрешено"));
    }
    desk.step();
    for name in REQUESTERS {
        desk.inbox(&format!("{name}@uni.test"));
    }
    staff_reads(desk);
}

/// The alarms in the house's history, as `raised overload it`.
fn raised(desk: &Desk) -> Vec<String> {
    let house = desk.stream("house", "house");
    let alarms = house
        .into_iter()
        .filter(|event| event.starts_with("alarm_"));
    alarms.map(|event| event.trim().to_owned()).collect()
}

#[test]
fn too_much_unanswered_is_told_once_and_again_only_after_relief() {
    let desk = university("");
    let [darya, elena] = heads(&desk);
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    ask(&desk, &REQUESTERS[..5]);
    desk.looks_around();
    darya.got_nothing();
    // Five for the two who are here, not six.
    ask(&desk, &REQUESTERS[5..6]);
    let cards = anna.inbox();
    for _ in 0..3 {
        desk.looks_around();
    }
    let told = darya.only_mail();
    let tag = |text: &str, number| {
        text.replace(
            &desk.tag(&desk.ticket(number)),
            &format!("[IT-{number}-....]"),
        )
    };
    let text = (1001..=1006).fold(told.text().to_owned(), |text, number| tag(&text, number));
    insta::assert_snapshot!("overload", text);
    assert_eq!(told.header("X-Okno-Event").as_deref(), Some("queue"));
    // Four left are no relief; three are, and then it is told anew.
    solves(&desk, &cards[..2]);
    desk.looks_around();
    ask(&desk, &REQUESTERS[6..8]);
    desk.looks_around();
    darya.got_nothing();
    solves(&desk, &cards[2..5]);
    desk.looks_around();
    desk.advance(HOUR);
    ask(&desk, &REQUESTERS[8..11]);
    desk.looks_around();
    assert!(darya.only_mail().subject().contains("без ответа 6"));
    elena.got_nothing();
    staff_reads(&desk);
    let history = raised(&desk);
    assert_eq!(
        history,
        [
            "alarm_raised (condition_seen) 6 > 5, 2 on duty",
            "alarm_over (condition_over)",
            "alarm_raised (condition_seen) 6 > 5, 2 on duty",
        ]
    );
}

#[test]
fn what_comes_again_within_the_hour_is_told_when_the_hour_is_over() {
    let desk = university("overload = 1\noverload_per_agent = 0");
    let [darya, _] = heads(&desk);
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    ask(&desk, &REQUESTERS[..2]);
    desk.looks_around();
    darya.only_mail();
    solves(&desk, &anna.inbox());
    desk.looks_around();
    // Ten minutes later there is too much again, and it stays so.
    desk.advance(HOUR / 6);
    ask(&desk, &REQUESTERS[2..4]);
    desk.looks_around();
    darya.got_nothing();
    assert_eq!(raised(&desk).len(), 2, "it waits until it may be told");
    desk.advance(HOUR);
    desk.looks_around();
    darya.only_mail();
    desk.looks_around();
    darya.got_nothing();
    assert_eq!(raised(&desk).len(), 3);
    staff_reads(&desk);
}

#[test]
fn at_night_nobody_is_told_and_in_the_morning_somebody_is() {
    let desk = university("overload = 1\noverload_per_agent = 0");
    let [darya, _] = heads(&desk);
    desk.advance(HOUR * 8);
    ask(&desk, &REQUESTERS[..2]);
    desk.looks_around();
    darya.got_nothing();
    desk.advance(HOUR * 13);
    desk.looks_around();
    darya.only_mail();
    staff_reads(&desk);
}

#[test]
fn nobody_here_is_told_when_work_begins() {
    let desk = university("");
    let [darya, _] = heads(&desk);
    let (anna, boris) = (
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    );
    ask(&desk, &REQUESTERS[..1]);
    let cards = [anna.inbox().remove(0), boris.inbox().remove(0)];
    for (agent, card) in [&anna, &boris].into_iter().zip(&cards) {
        agent.writes(&Letter::reply_to(card, "#отсутствую с 18 по 19 ноября"));
        desk.step();
        staff_reads(&desk);
        desk.looks_around();
    }
    darya.got_nothing();
    // It is nine on Wednesday.
    desk.advance(HOUR * 21);
    desk.step();
    darya.inbox();
    desk.looks_around();
    desk.looks_around();
    let told = darya.only_mail();
    insta::assert_snapshot!("nobody", told.text());
    // They are back on Friday, and nothing is said of that.
    desk.advance(HOUR * 48);
    desk.step();
    desk.looks_around();
    assert_eq!(
        raised(&desk).last().map(String::as_str),
        Some("alarm_over (condition_over)")
    );
    staff_reads(&desk);
    darya.inbox();
}

#[test]
fn what_a_queue_can_take_a_month_is_told_at_80_and_at_100_per_cent_to_the_director_too() {
    let desk = university("capacity = 5\noverload = 0");
    let [darya, elena] = heads(&desk);
    ask(&desk, &REQUESTERS[..3]);
    desk.looks_around();
    darya.got_nothing();
    ask(&desk, &REQUESTERS[3..4]);
    desk.looks_around();
    desk.looks_around();
    let told = elena.only_mail();
    insta::assert_snapshot!("capacity", told.text());
    assert!(darya.only_mail().text().contains("рассчитана на 5"));
    ask(&desk, &REQUESTERS[4..6]);
    desk.looks_around();
    desk.looks_around();
    assert!(elena.only_mail().text().contains("кто возьмёт остальные"));
    darya.only_mail();
    // The next month begins anew.
    desk.advance(HOUR * 24 * 14);
    desk.step();
    desk.looks_around();
    for _ in 0..2 {
        desk.looks_around();
    }
    elena.inbox();
    let history = raised(&desk);
    let over = history
        .iter()
        .filter(|event| event.starts_with("alarm_over"));
    assert_eq!(over.count(), 2, "{history:?}");
    staff_reads(&desk);
    darya.inbox();
}

#[test]
fn too_little_in_time_is_told_once_there_is_enough_to_judge_by() {
    let desk = university("overload = 0\nescalate_after = []");
    let [darya, elena] = heads(&desk);
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    ask(&desk, &REQUESTERS[..10]);
    let cards = anna.inbox();
    solves(&desk, &cards[..7]);
    desk.looks_around();
    darya.got_nothing();
    // Three of ten are late: 70 of a hundred in time, and 80 are wanted.
    desk.advance(HOUR * 24);
    desk.step();
    darya.inbox();
    desk.looks_around();
    desk.looks_around();
    let told = darya.only_mail();
    insta::assert_snapshot!("efficiency", told.text());
    elena.got_nothing();
    staff_reads(&desk);
}

#[test]
fn who_goes_home_first_is_still_on_duty() {
    let mut desk = university("");
    desk.stop();
    let hours = "hours = \"пн-пт 07:00-11:00\"\n";
    for name in ["anna", "boris"] {
        let own = format!("address = \"{name}@uni.test\"\n");
        desk.source = desk.source.replace(&own, &format!("{own}{hours}"));
    }
    desk.start(Faults::none());
    let [darya, _] = heads(&desk);
    // Noon: their own hours are over, those of the queue are not.
    desk.looks_around();
    darya.got_nothing();
    // Six are too many for two, and would be for nobody.
    ask(&desk, &REQUESTERS[..6]);
    desk.looks_around();
    assert!(darya.only_mail().text().contains("сотрудников на месте: 2"));
    staff_reads(&desk);
}

#[test]
fn an_alarm_of_a_queue_that_nobody_decides_for_any_more_is_over() {
    let mut desk = university("overload = 1\noverload_per_agent = 0");
    let [darya, _] = heads(&desk);
    ask(&desk, &REQUESTERS[..2]);
    desk.looks_around();
    darya.only_mail();
    desk.stop();
    desk.source = desk.source.replace("head = \"darya\"\n", "");
    desk.start(Faults::none());
    desk.looks_around();
    desk.looks_around();
    let history = raised(&desk);
    assert_eq!(
        history.last().map(String::as_str),
        Some("alarm_over (condition_over)"),
        "{history:?}"
    );
    assert_eq!(history.len(), 2);
    staff_reads(&desk);
}

#[test]
fn a_passport_goes_to_whoever_decides() {
    let desk = university("");
    let [darya, elena] = heads(&desk);
    desk.with_house(async |house| {
        for queue in ["it", "buh"] {
            let operation = Operation::Passport {
                queue: queue.into(),
                lines: vec![format!("Очередь {queue}"), "  Отвечают: Анна".to_owned()],
            };
            let now = house.clock.now();
            work::order(&house.db, operation, now).await.unwrap();
        }
    });
    desk.step();
    let told = darya.only_mail();
    assert!(told.text().contains("Очередь it"), "{}", told.text());
    assert!(
        told.subject().contains("Паспорт очереди"),
        "{}",
        told.subject()
    );
    // Бухгалтерия has no head.
    elena.got_nothing();
    assert_eq!(desk.unread(), [""; 0]);
}

/// In November the administrator is told that next year's holidays are not certain: once, and that it is over once they are.
#[test]
fn a_calendar_that_runs_out_is_told_of_once_until_the_next_year_is_there() {
    let calendar = "[calendar.office]\nhours = \"пн-пт 09:00-18:00\"\nholidays = \"ru\"\n[queue.it]\ncalendar = \"office\"\n";
    let source = UNIVERSITY
        .replace("hours = \"пн-пт 09:00-18:00\"\n", "")
        .replace("[queue.it]\n", calendar);
    let desk = Desk::with(&source);
    desk.looks_around();
    let root = |desk: &Desk| -> Vec<String> {
        let inbox = desk.inbox("root@uni.test");
        inbox.iter().map(|mail| mail.text().to_owned()).collect()
    };
    let told = root(&desk);
    assert_eq!(told.len(), 1, "{told:?}");
    let day = "Что видно: четверг, 31 декабря 2026";
    assert!(told[0].contains(day), "{}", told[0]);
    desk.looks_around();
    assert_eq!(root(&desk), [""; 0]);

    let known = source.replace(
        "holidays = \"ru\"",
        "holidays = \"ru\"\nfiles = [\"2027.txt\"]",
    );
    let desk = restarted(desk, &known);
    desk.with_house(async |house| {
        let mut seen = house.standing_alarms().await.unwrap();
        house.watch(&mut seen).await.unwrap();
    });
    desk.step();
    let told = root(&desk);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(!told[0].contains("31 декабря"), "{}", told[0]);
    desk.looks_around();
    assert_eq!(root(&desk), [""; 0]);
}
