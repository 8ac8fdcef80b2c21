//! Hours and promises change: what runs is counted anew, what was judged stays until the administrator says otherwise.

use std::time::Duration;

use okno::{
    desk::cause::Operation,
    model::{
        clock::{ClockKind, Outcome},
        ids::TicketNumber,
        ticket::State,
    },
    store::{Faults, Statement, sweep, work},
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

/// Olga has asked at noon of Tuesday: eight hours are promised, until eleven of Wednesday.
fn asked() -> Desk {
    let desk = Desk::with(UNIVERSITY);
    desk.asked();
    desk
}

/// From now on the department works other hours, or promises something else.
fn with(mut desk: Desk, before: &str, after: &str) -> Desk {
    desk.stop();
    assert!(desk.source.contains(before), "{before}");
    desk.source = desk.source.replacen(before, after, 1);
    desk.start(Faults::none());
    desk.step();
    desk
}

fn due(desk: &Desk) -> Option<String> {
    let ticket = desk.ticket(1001);
    let clock = ticket.clock(ClockKind::Resolution);
    clock.map(|clock| clock.due_at.to_string())
}

fn swept(desk: &Desk) -> Option<sweep::Sweep> {
    desk.with_house(async |house| sweep::state(&house.db).await.unwrap())
}

/// The administrator wants the ticket judged by the rules of today.
fn rejudges(desk: &Desk) {
    let operation = Operation::Rejudge {
        tickets: vec![TicketNumber(1001)],
        reason: "часы работы были записаны неверно".to_owned(),
    };
    desk.with_house(async |house| {
        let now = house.clock.now();
        work::order(&house.db, operation, now).await.unwrap();
    });
    desk.step();
}

/// Nobody looks at what all of them were sent.
fn reads(desk: &Desk, addresses: &[&str]) {
    for address in addresses {
        desk.inbox(address);
    }
}

const ALL: [&str; 4] = [
    "anna@uni.test",
    "boris@uni.test",
    "olga@uni.test",
    "vera@uni.test",
];

#[test]
fn other_hours_count_for_what_runs() {
    let desk = with(asked(), "09:00-18:00", "10:00-18:00");
    assert_eq!(due(&desk).as_deref(), Some("2026-11-18T09:00:00Z"));
    assert!(
        desk.history(1001)
            .contains(&"clock_recounted (policy_changed)".to_owned())
    );
    let state = swept(&desk).expect("the rules have changed");
    assert!(state.is_done && state.left == 0, "{state:?}");
    // The same rules again: nothing happens.
    let events = desk.history(1001).len();
    desk.stop();
    desk.start(Faults::none());
    desk.step();
    assert_eq!(desk.history(1001).len(), events);
}

#[test]
fn another_promise_counts_for_what_runs_as_fairly_as_another_class() {
    let desk = asked();
    desk.advance(HOUR * 2);
    // Shorter: a whole target from now on, or what was promised; longer: as if it always had been.
    let desk = with(desk, "target = \"8 h\"", "target = \"3 h\"");
    assert_eq!(due(&desk).as_deref(), Some("2026-11-17T14:00:00Z"));
    let desk = with(desk, "target = \"3 h\"", "target = \"16 h\"");
    assert_eq!(due(&desk).as_deref(), Some("2026-11-19T07:00:00Z"));
    let desk = with(desk, "target = \"16 h\"\n", "");
    assert_eq!(due(&desk), None);
}

#[test]
fn nobody_is_late_by_a_line_in_a_file() {
    let desk = asked();
    desk.advance(HOUR * 22);
    desk.step();
    // By these hours it would have been due on Tuesday at eight in the evening.
    let desk = with(desk, "09:00-18:00", "09:00-21:00");
    assert_eq!(due(&desk).as_deref(), Some("2026-11-18T08:00:00Z"));
    let kept = swept(&desk).map(|state| state.kept.len());
    assert_eq!(kept, Some(1));
    assert_eq!(desk.ticket(1001).clocks[0].outcome, None);
}

#[test]
fn a_verdict_stays_until_the_administrator_wants_it_judged_anew() {
    let desk = Desk::with(UNIVERSITY);
    let (_, card) = desk.asked();
    desk.advance(HOUR * 23 + Duration::from_secs(1800));
    desk.step();
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Breached));
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(&card, "решено"));
    desk.step();
    // Work began at ten that week, which the file did not say.
    let desk = with(desk, "09:00-18:00", "10:00-18:00");
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Breached));
    for _ in 0..2 {
        rejudges(&desk);
    }
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Met));
    // The second time there was nothing to correct.
    let history = desk.stream("ticket", "1001");
    let corrected: Vec<_> = history
        .iter()
        .filter(|event| event.starts_with("verdict_corrected"))
        .collect();
    assert_eq!(
        corrected,
        ["verdict_corrected (rejudged) часы работы были записаны неверно"]
    );
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }
}

#[test]
fn whoever_decides_says_whether_what_would_be_late_is() {
    let head = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n[trust]\nservers = [\"mx.uni.test\"]\n";
    let source = UNIVERSITY.replace("target = \"8 h\"", "target = \"8 h\"\nhead = \"darya\"");
    for (word, outcome) in [("утвердить", Some(Outcome::Breached)), ("отклонить", None)]
    {
        let desk = Desk::with(&format!("{source}\n{head}"));
        let olga = desk.person("О", "olga@uni.test");
        for what in ["Принтер", "Проектор"] {
            olga.writes(&Letter::to("it@uni.test", what, what));
        }
        desk.step();
        // It is due on Wednesday at eleven; at half past eight other hours are in force, and at nine Darya gets her list.
        desk.advance(HOUR * 20 + Duration::from_secs(1800));
        desk.step();
        let desk = with(desk, "09:00-18:00", "09:00-21:00");
        desk.advance(Duration::from_secs(1860));
        desk.step();
        let darya = desk.person("Д", "darya@uni.test");
        let list = darya.only_mail();
        if outcome.is_some() {
            insta::assert_snapshot!("list", list.text());
        }
        let answer = Letter::reply_to(&list, &format!("1 {word}"));
        let results = "mx.uni.test; dmarc=pass header.from=uni.test";
        desk.person("Дарья Громова", "darya@uni.test")
            .writes(&answer.with("Authentication-Results", results));
        desk.step();
        for number in [1001, 1002] {
            assert_eq!(desk.ticket(number).clocks[0].outcome, outcome, "{word}");
        }
        for address in [
            "anna@uni.test",
            "boris@uni.test",
            "olga@uni.test",
            "darya@uni.test",
        ] {
            desk.inbox(address);
        }
    }
}

#[test]
fn a_kept_promise_is_theirs_who_kept_it_whoever_answered_last() {
    let desk = Desk::with(UNIVERSITY);
    let (_, card) = desk.asked();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let boris = desk.person("Борис Ким", "boris@uni.test");
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    // It is due at eleven of Wednesday; she has done it at half past.
    desk.advance(HOUR * 23 + Duration::from_secs(1800));
    desk.step();
    assert_eq!(desk.ticket(1001).clocks[0].done_by, None);
    anna.writes(&Letter::reply_to(&card, "Готово.\nрешено"));
    desk.step();
    let card = boris.inbox().pop().expect("he hears of it");
    boris.writes(&Letter::reply_to(&card, "Ещё одно: новый пароль короче."));
    desk.step();
    let desk = with(desk, "09:00-18:00", "10:00-18:00");
    rejudges(&desk);
    let clock = &desk.ticket(1001).clocks[0];
    assert_eq!(clock.outcome, Some(Outcome::Met));
    let by = clock.done_by.as_ref().map(|agent| agent.as_str());
    assert_eq!(by, Some("anna"), "not who answered last");
    let history = desk.stream("ticket", "1001").join("\n");
    assert!(
        history.contains("verdict_corrected (rejudged)"),
        "{history}"
    );
    // By the hours of before it was late, and she who held it when it was due was late with it.
    let desk = with(desk, "10:00-18:00", "09:00-18:00");
    rejudges(&desk);
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.clocks[0].outcome, Some(Outcome::Breached));
    let held = ticket.holder_at(ticket.clocks[0].due_at);
    assert_eq!(held.map(|agent| agent.as_str()), Some("anna"));
    reads(&desk, &ALL);
}

#[test]
fn what_is_taken_back_goes_on_by_the_promise_of_today() {
    let desk = Desk::with(UNIVERSITY);
    desk.asked();
    desk.advance(HOUR * 24);
    desk.step();
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Breached));
    let desk = with(desk, "target = \"8 h\"", "target = \"16 h\"");
    rejudges(&desk);
    assert_eq!(due(&desk).as_deref(), Some("2026-11-19T07:00:00Z"));
    let clock = &desk.ticket(1001).clocks[0];
    assert_eq!(clock.target_secs(), Some(16 * 3600), "and no other");
    // Its time passes once more: at ten of Thursday, and not before.
    desk.advance(HOUR * 21);
    desk.step();
    assert_eq!(desk.ticket(1001).clocks[0].outcome, None);
    desk.advance(HOUR * 2);
    desk.step();
    assert_eq!(desk.ticket(1001).clocks[0].outcome, Some(Outcome::Breached));
    reads(&desk, &ALL);
}

#[test]
fn what_another_department_was_promised_is_counted_by_that() {
    let source = UNIVERSITY
        .replace(
            "\"Бухгалтерия\"",
            "\"Разработка\"\ntarget = \"40 h\"\nola = \"48 h\"",
        )
        .replace("target = \"8 h\"", "target = \"8 h\"\ncommands = [\"all\"]");
    let desk = Desk::with(&source);
    let (_, card) = desk.asked();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(
        &card,
        "#эскалация разработка: не работает импорт",
    ));
    desk.step();
    let promised = |desk: &Desk| {
        let child = desk.ticket(1002);
        child.clock(ClockKind::Resolution).unwrap().target_secs()
    };
    assert_eq!(promised(&desk), Some(48 * 3600));
    // What everybody is promised changes, and is nothing to it; then what was agreed.
    let desk = with(desk, "target = \"40 h\"", "target = \"20 h\"");
    assert_eq!(promised(&desk), Some(48 * 3600));
    let desk = with(desk, "ola = \"48 h\"", "ola = \"24 h\"");
    assert_eq!(promised(&desk), Some(24 * 3600));
    reads(&desk, &ALL);
}

#[test]
fn an_appointment_that_comes_too_early_is_made_anew() {
    let desk = Desk::with(&UNIVERSITY.replacen(
        "target = \"8 h\"",
        "target = \"8 h\"\nconfirm_days = 1",
        1,
    ));
    let (_, card) = desk.asked();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(&card, "Сделано.\nрешено"));
    desk.step();
    // Silence would close it at the end of Wednesday; by the file of today it is Friday.
    let desk = with(desk, "confirm_days = 1", "confirm_days = 3");
    desk.advance(HOUR * 36);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    desk.advance(HOUR * 48);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    reads(&desk, &ALL);
}

#[test]
fn one_ticket_that_cannot_be_counted_stops_no_other() {
    let desk = asked();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    meddles(
        &desk,
        Statement::both("UPDATE ticket SET snapshot = CAST(x'ff' AS TEXT) WHERE id = 1001"),
    );
    let desk = with(desk, "09:00-18:00", "10:00-18:00");
    let second = desk.ticket(1002);
    let due = second
        .clock(ClockKind::Resolution)
        .map(|clock| clock.due_at.to_string());
    assert_eq!(due.as_deref(), Some("2026-11-18T09:00:00Z"));
    assert!(swept(&desk).is_some_and(|state| state.is_done));
    // The administrator is told which one it is, once.
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(told.subject().contains("1001"), "{}", told.subject());
    assert!(told.text().contains("okno explain 1001"), "{}", told.text());
    desk.advance(HOUR);
    desk.step();
    meddles(
        &desk,
        Statement::both("UPDATE ticket SET snapshot = '' WHERE id = 1001"),
    );
    desk.advance(HOUR * 24);
    desk.step();
    reads(&desk, &ALL);
}

/// Changes the database behind the back of the house.
fn meddles(desk: &Desk, statement: Statement) {
    desk.with_house(async |house| {
        let changed = house.db.write("meddle", statement, |tx, statement| {
            Box::pin(async move { tx.exec(statement, &[]).await })
        });
        assert_eq!(changed.await.unwrap(), 1);
    });
}

#[test]
fn what_was_said_of_one_queue_stands_while_the_rules_of_another_change() {
    let head = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n[trust]\nservers = [\"mx.uni.test\"]\n";
    let source = UNIVERSITY.replace("target = \"8 h\"", "target = \"8 h\"\nhead = \"darya\"");
    let desk = Desk::with(&format!("{source}\n{head}"));
    let olga = desk.person("О", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Принтер"));
    desk.step();
    desk.advance(HOUR * 20 + Duration::from_secs(1800));
    desk.step();
    let desk = with(desk, "09:00-18:00", "09:00-21:00");
    assert_eq!(
        swept(&desk).map(|sweep| sweep.left_out),
        Some(vec!["buh".into()])
    );
    // Darya says that what would be late is; then the other department's hours change.
    desk.advance(Duration::from_secs(1860));
    desk.step();
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let list = darya.only_mail();
    let answer = Letter::reply_to(&list, "1 утвердить");
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    darya.writes(&answer.with("Authentication-Results", results));
    desk.step();
    let events = desk.history(1001).len();
    let after = "title = \"Бухгалтерия\"\nhours = \"пн-пт 10:00-16:00\"";
    let desk = with(desk, "title = \"Бухгалтерия\"", after);
    let sweep = swept(&desk).unwrap();
    assert_eq!(
        sweep.left_out,
        ["it".into()],
        "of IT nothing is counted anew"
    );
    assert_eq!(sweep.consented, ["it".into()]);
    assert!(sweep.is_done);
    assert_eq!(desk.history(1001).len(), events);
    reads(&desk, &ALL);
    desk.inbox("darya@uni.test");
}

/// Piece by piece, the earliest due first; the page says how many are left, and nobody is late in between.
#[test]
fn many_are_counted_anew_in_pieces_and_the_page_says_how_many_are_left() {
    const MANY: i64 = 70;
    let mut desk = Desk::with(&format!("{UNIVERSITY}\n[web]\nlisten = \"127.0.0.1:0\"\n"));
    for n in 0..MANY {
        let address = format!("p{n}@uni.test");
        let text = format!("Вопрос {n}.");
        desk.person("Некто", &address).writes(&Letter::to(
            "it@uni.test",
            &format!("Тема {n}"),
            &text,
        ));
        desk.advance(Duration::from_secs(10));
        desk.step();
        desk.inbox(&address);
    }
    reads(&desk, &ALL);
    desk.stop();
    desk.source = desk.source.replacen("09:00-18:00", "10:00-18:00", 1);
    desk.start(Faults::none());
    let left =
        |desk: &Desk| desk.with_house(async |house| house.status().await.unwrap().recomputing);
    let is_counted = |desk: &Desk, number: i64| {
        desk.ticket(number).clocks[0].due_at.to_string().as_str() >= "2026-11-18T09:00:00Z"
    };
    let mut seen = Vec::new();
    while desk.decides_a_piece() {
        let now = left(&desk);
        if seen.last() != Some(&now) {
            seen.push(now);
        }
        if now > 0 {
            assert!(is_counted(&desk, 1001) && !is_counted(&desk, 1000 + MANY));
        }
    }
    // The first piece is what one look into the database gives.
    assert_eq!(seen, [6, 0]);
    assert!(is_counted(&desk, 1000 + MANY));
    desk.step();
    reads(&desk, &ALL);
}
