//! What the page counts is what happens at the desk.

use std::time::Duration;

use okno::{
    model::ids::{AgentName, QueueName},
    store::{shares::Share, status::QueueFigures},
    web::Status,
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

fn status(desk: &Desk) -> Status {
    desk.with_house(async |house| house.status().await.unwrap())
}

fn of_it(desk: &Desk) -> QueueFigures {
    status(desk).queues[&QueueName::from("it")].figures.clone()
}

/// Open, nobody's, waiting, in danger, late.
fn counts(desk: &Desk) -> [u64; 5] {
    let it = of_it(desk);
    [it.open, it.unassigned, it.waiting, it.at_risk, it.overdue]
}

const MINUTE: Duration = Duration::from_secs(60);

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn a_request_is_counted_where_it_stands() {
    let on = "target = \"8 h\"\ncommands = [\"all\"]";
    let page = "\n[web]\nlisten = \"127.0.0.1:0\"\nnames = true\n";
    let desk = Desk::with(&(UNIVERSITY.replace("target = \"8 h\"", on) + page));
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    assert_eq!(counts(&desk), [0; 5]);
    let (_, card) = desk.asked();
    assert_eq!(counts(&desk), [1, 1, 0, 0, 0]);
    let listed = of_it(&desk).listed;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].number.0, 1001);
    assert_eq!(
        listed[0].due_at.map(|at| at.to_string()).as_deref(),
        Some("2026-11-18T08:00:00Z")
    );

    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    assert_eq!(counts(&desk), [1, 0, 0, 0, 0]);
    let known = status(&desk);
    let load = known.agents.expect("names are shown");
    assert_eq!(load[&AgentName::from("anna")].count, 1);
    assert_eq!(load[&AgentName::from("boris")].count, 0);

    // While Olga is asked for something nothing runs.
    anna.writes(&Letter::reply_to(&card, "Какой у вас логин?\nжду"));
    desk.step();
    assert_eq!(counts(&desk), [1, 0, 1, 0, 0]);
    assert_eq!(of_it(&desk).listed[0].due_at, None);
    let olga = desk.person("Ольга", "olga@uni.test");
    let asked = olga.inbox().pop().expect("a question");
    olga.writes(&Letter::reply_to(&asked, "olga1"));
    desk.step();
    assert_eq!(counts(&desk), [1, 0, 0, 0, 0]);

    // Of eight working hours from Tuesday noon in Moscow, four fifths have passed in the evening.
    desk.advance(21 * HOUR + HOUR / 2);
    desk.step();
    assert_eq!(counts(&desk), [1, 0, 0, 1, 0]);
    desk.advance(24 * HOUR);
    desk.step();
    assert_eq!(counts(&desk), [1, 0, 0, 0, 1]);

    anna.writes(&Letter::reply_to(&card, "Готово.\n#решено"));
    desk.step();
    assert_eq!(counts(&desk), [0; 5]);
    for address in ["olga@uni.test", "anna@uni.test", "boris@uni.test"] {
        desk.inbox(address);
    }
}

/// What is late is late, whatever else falls due: it stands on top, and is not counted a second time as in danger.
#[test]
fn a_late_solution_stays_late_while_another_answer_is_owed() {
    let page = "\n[web]\nlisten = \"127.0.0.1:0\"\n";
    let promised = "classes = \"default\"\ncommands = [\"all\"]\n[queue.it.class.standard]\ntarget = \"8 h\"\nnext_response = \"4 h\"\n";
    let desk =
        Desk::with(&(UNIVERSITY.replace("target = \"8 h\"\nreminders = []\n", promised) + page));
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "Какой у вас кабинет?"));
    desk.step();
    let asked = olga.inbox().pop().expect("a question");
    // Wednesday noon in Moscow: eight hours are over for an hour.
    desk.advance(24 * HOUR);
    desk.step();
    assert_eq!(counts(&desk), [1, 0, 0, 0, 1]);
    let due = Some("2026-11-18T08:00:00Z".to_owned());
    let late = |desk: &Desk| of_it(desk).listed[0].late_at.map(|at| at.to_string());
    assert_eq!(
        (late(&desk), of_it(&desk).listed[0].due_at),
        (due.clone(), None)
    );

    // What was late is known since eleven, whatever comes of it.
    let judged = |desk: &Desk| status(desk).queues[&QueueName::from("it")].shares.month;
    assert_eq!(judged(&desk), Share { met: 0, judged: 1 });

    // She writes again: an answer is owed by four, and is in danger at half past three.
    olga.writes(&Letter::reply_to(&asked, "214, у окна"));
    desk.step();
    desk.advance(3 * HOUR + HOUR / 2);
    desk.step();
    let listed = of_it(&desk).listed;
    let (owed, risk) = (
        listed[0].due_at.expect("an answer"),
        listed[0].risk_at.expect("a risk"),
    );
    let now = status(&desk).at;
    assert!(risk <= now && now < owed, "{risk} {now} {owed}");
    assert_eq!(counts(&desk), [1, 0, 0, 0, 1]);
    assert_eq!(late(&desk), due);

    // While she is asked, nobody of us is late.
    anna.writes(&Letter::reply_to(&card, "Какой логин?\nжду"));
    desk.step();
    assert_eq!(counts(&desk), [1, 0, 1, 0, 0]);
    assert_eq!(late(&desk), None);

    // Another request is solved at once. Shares are counted every five minutes, and pass.
    for address in ["olga@uni.test", "anna@uni.test", "boris@uni.test"] {
        desk.inbox(address);
    }
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "Готово.\n#решено"));
    desk.step();
    assert_eq!(judged(&desk), Share { met: 0, judged: 1 });
    desk.advance(5 * MINUTE);
    assert_eq!(judged(&desk), Share { met: 1, judged: 2 });
    desk.advance(31 * 24 * HOUR);
    let it = status(&desk).queues[&QueueName::from("it")].clone();
    assert_eq!(it.shares.month, Share::default());
    assert_eq!(it.shares.weeks[7], Share { met: 1, judged: 2 });
    assert_eq!(it.target_percent, Some(95));
    for address in ["olga@uni.test", "anna@uni.test", "boris@uni.test"] {
        desk.inbox(address);
    }
}
