//! An emergency of the night is told of in the night, minute by minute; what is ordinary waits for the morning.

use std::time::Duration;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

const SECOND: Duration = Duration::from_secs(1);

/// Anna and Boris serve ИТ, Darya decides, Elena is the director. A stopped server is an emergency, by a rule.
fn university() -> Desk {
    let promised = "classes = \"default\"\ncommands = [\"all\"]\nhead = \"darya\"\nescalate_after = [\"0\", \"0\", \"0\"]\n\
        [queue.it.class.emergency]\nfirst_response = \"15 min 24/7\"\ntarget = \"4 h\"\n\
        [queue.it.class.standard]\nfirst_response = \"1 h\"\ntarget = \"2 h\"\n";
    let source = UNIVERSITY
        .replace("target = \"8 h\"\nreminders = []\n", promised)
        .replace(
            "administrator = \"root@uni.test\"",
            "administrator = \"root@uni.test\"\ndirector = \"elena\"",
        );
    let agent = |name: &str, full: &str| {
        format!("[agent.{name}]\nname = \"{full}\"\naddress = \"{name}@uni.test\"\n")
    };
    Desk::with(&format!(
        "{source}\n{}{}\n[[rule]]\nname = \"Сервер\"\nwhen = {{ subject = [\"сервер\"] }}\nclass = \"emergency\"\n",
        agent("darya", "Дарья Громова"),
        agent("elena", "Елена Ветрова"),
    ))
}

/// Who has been written to since, and of what kind of event, in this order: Anna, Boris, Darya, Elena.
fn heard(desk: &Desk) -> [Vec<String>; 4] {
    ["anna", "boris", "darya", "elena"].map(|name| {
        let inbox = desk.inbox(&format!("{name}@uni.test"));
        let events = inbox.iter().filter_map(|mail| mail.header("X-Okno-Event"));
        events.collect()
    })
}

#[test]
fn an_emergency_is_pressed_for_at_night_and_an_ordinary_request_is_not() {
    let desk = university();
    let olga = desk.person("Ольга", "olga@uni.test");
    // Ten in the evening.
    desk.advance(10 * HOUR);
    olga.writes(&Letter::to(
        "it@uni.test",
        "Стоит сервер",
        "Ничего не работает.",
    ));
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    desk.inbox("olga@uni.test");
    let [anna, _, darya, elena] = heard(&desk);
    assert_eq!(
        (anna.len(), darya, elena),
        (2, vec!["head".to_owned()], vec![])
    );

    // Of fifteen minutes half are over at seven and a half past, four fifths at twelve past.
    let mut told = Vec::new();
    for second in 1..=16 * 60 {
        desk.advance(SECOND);
        // Somebody looks when something is due, and not without need.
        if second % 30 == 0 || second == 15 * 60 + 1 {
            desk.step();
            let mails = heard(&desk);
            if mails.iter().any(|all| !all.is_empty()) {
                told.push((second, mails.map(|all| all.len())));
            }
        }
    }
    assert_eq!(
        told,
        [
            (450, [1, 1, 0, 0]),
            (720, [1, 1, 0, 0]),
            (901, [1, 1, 1, 1]),
        ]
    );
    let history = desk.history(1002).join(" ");
    assert!(!history.contains("reminded"), "{history}");

    // Until nine nobody hears of anything.
    for _ in 0..21 {
        desk.advance(HOUR / 2);
        desk.step();
        assert_eq!(
            heard(&desk).map(|all| all.len()),
            [0; 4],
            "{}",
            desk.clock.now()
        );
    }
    desk.inbox("olga@uni.test");
}
