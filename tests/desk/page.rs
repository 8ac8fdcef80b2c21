//! What the page counts is what happens at the desk.

use std::time::Duration;

use okno::{
    desk::cause::Operation,
    model::ids::{AgentName, QueueName},
    smtp::{DeliveryStatus, RelayFault, Reply},
    store::{Faults, shares::Share, status::QueueFigures, work},
    web::{Status, status::DeciderPresence},
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

/// An answer that is late and owed is as late as a solution; once it has been given it is not.
#[test]
fn an_answer_that_is_late_is_overdue_until_it_is_given() {
    let page = "\n[web]\nlisten = \"127.0.0.1:0\"\n";
    let promised = "classes = \"default\"\n[queue.it.class.standard]\ntarget = \"24 h\"\nfirst_response = \"1 h\"\nnext_response = \"1 h\"\n";
    let desk =
        Desk::with(&(UNIVERSITY.replace("target = \"8 h\"\nreminders = []\n", promised) + page));
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let (_, card) = desk.asked();
    assert_eq!(counts(&desk), [1, 1, 0, 0, 0]);
    desk.advance(HOUR + MINUTE);
    desk.step();
    assert_eq!(counts(&desk), [1, 1, 0, 0, 1]);
    let late = |desk: &Desk| of_it(desk).listed[0].late_at.map(|at| at.to_string());
    assert_eq!(late(&desk).as_deref(), Some("2026-11-17T10:00:00Z"));
    anna.writes(&Letter::reply_to(&card, "Какой у вас кабинет?"));
    desk.step();
    assert_eq!(counts(&desk)[4], 0);

    let asked = olga.inbox().pop().expect("a question");
    olga.writes(&Letter::reply_to(&asked, "214, у окна"));
    desk.step();
    desk.advance(HOUR + MINUTE);
    desk.step();
    assert_eq!(counts(&desk)[4], 1);
    anna.writes(&Letter::reply_to(&card, "Зайду сегодня."));
    desk.step();
    assert_eq!((counts(&desk)[4], late(&desk)), (0, None));
    drop_mail(&desk);
}

/// A mailbox that never got a mail has no newest one, and what people send from it is none.
#[test]
fn the_newest_mail_is_one_that_came_in() {
    let desk = Desk::open();
    let newest = |desk: &Desk, name: &str| status(desk).mailboxes[&name.into()].newest_at;
    desk.step();
    assert_eq!((newest(&desk, "it"), newest(&desk, "buh")), (None, None));
    let at = status(&desk).at;
    desk.asked();
    let came = newest(&desk, "it").expect("a mail has come");
    assert!(came.duration_since(at).as_secs().abs() < 2, "{came} {at}");
    assert_eq!(newest(&desk, "buh"), None);
    drop_mail(&desk);
}

fn drop_mail(desk: &Desk) {
    for name in ["olga", "anna", "boris", "vera", "root"] {
        desk.inbox(&format!("{name}@uni.test"));
    }
}

/// A full mailbox is tried for days. A relay that takes nothing is another matter: nothing was ever tried there.
#[test]
fn mail_is_stuck_where_it_is_not_tried_and_not_where_one_recipient_does_not_take_it() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.decide();
    let waits = |desk: &Desk| (status(desk).outbox.count, status(desk).stuck.count);
    for _ in 0..8 {
        desk.post.answer_next(DeliveryStatus::Deferred {
            reply: Reply::new(452, "4.2.2 mailbox full"),
        });
        desk.step();
        assert_eq!(waits(&desk), (1, 0));
        desk.advance(HOUR);
    }
    let since = status(&desk).outbox.since.expect("something waits");
    assert!(status(&desk).at.duration_since(since).as_hours() >= 8);
    // Nobody tries it any more, though it is due.
    desk.advance(4 * HOUR);
    assert_eq!(waits(&desk), (1, 1));
    // One day there is room for it.
    for _ in 0..8 {
        desk.step();
        desk.advance(5 * HOUR);
    }
    desk.step();
    assert_eq!(waits(&desk), (0, 0));

    desk.post.set_down(Some(RelayFault::NoLogin));
    olga.writes(&Letter::to("it@uni.test", "Ещё вопрос", "Текст."));
    desk.step();
    assert_eq!(waits(&desk).1, 0);
    for _ in 0..3 {
        desk.advance(11 * MINUTE);
        desk.step();
    }
    let (outbox, stuck) = waits(&desk);
    assert!(stuck >= 3 && stuck <= outbox, "{stuck} of {outbox}");
    desk.post.set_down(None);
    desk.advance(15 * MINUTE);
    desk.step();
    assert_eq!(waits(&desk), (0, 0));
    drop_mail(&desk);
}

/// Somebody has renamed a queue in the file and forgotten its tickets: they are somewhere.
#[test]
fn tickets_of_a_queue_that_the_file_has_lost_are_counted_among_the_others() {
    let mut desk = Desk::open();
    desk.asked();
    desk.stop();
    let renamed = UNIVERSITY
        .replace("[queue.it]", "[queue.support]")
        .replace("[mailbox.it]", "[mailbox.it]\nqueue = \"support\"");
    desk.source = renamed.replace("prefix = \"BUH\"", "prefix = \"BUH\"\nconfidential = true");
    desk.start(Faults::none());
    let known = status(&desk);
    assert_eq!((known.other.open, known.other.unassigned), (1, 1));
    assert_eq!(known.queues[&QueueName::from("support")].figures.open, 0);
    assert!(known.queues[&QueueName::from("buh")].is_confidential);
    drop_mail(&desk);
}

#[test]
fn a_house_that_has_just_started_need_not_decide_yet() {
    let desk = Desk::open();
    assert_eq!(status(&desk).decider, DeciderPresence::Starting);
    desk.advance(MINUTE / 2);
    assert_eq!(status(&desk).decider, DeciderPresence::Nobody);
    desk.step();
    assert_eq!(status(&desk).decider, DeciderPresence::Here);
}

/// What the monitoring is told has happened.
#[test]
fn everything_that_happens_turns_its_counter() {
    let caps = "\n[caps]\nrequester_hour = 1\nfuse = 3\n";
    let commands = "commands = [\"all\"]\ntarget = \"8 h\"";
    let desk = Desk::with(&(UNIVERSITY.replace("target = \"8 h\"", commands) + caps));
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let (_, card) = desk.asked();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    anna.writes(&Letter::reply_to(&card, "Готово.\n#решено"));
    desk.step();
    for n in 0..6 {
        let person = desk.person("Некто", &format!("p{n}@uni.test"));
        let subject = format!("Объявление {n}");
        person.writes(&Letter::to("all@uni.test", &subject, "Текст."));
    }
    desk.step();
    let written = desk.with_house(async |house| house.meters.written());
    desk.with_house(async |house| {
        let now = house.clock.now();
        let ordered = work::order(&house.db, Operation::ReleaseFuse, now).await;
        ordered.unwrap();
    });
    desk.step();
    drop_mail(&desk);
    for line in [
        "okno_mails_withheld_total{reason=\"cap_hour\"} 1\n",
        "okno_mails_withheld_total{reason=\"fuse_blown\"} ",
        "okno_verdicts_total{queue=\"it\",clock=\"resolution\",outcome=\"met\"} 1\n",
        "okno_decisions_total{reason=\"new_ticket\"} ",
        "okno_send_attempts_total{ending=\"sent\"} ",
        // Each mail that was read, for itself.
        "okno_mail_reading_seconds_count 9\n",
    ] {
        assert!(written.contains(line), "{line}: {written}");
    }
}
