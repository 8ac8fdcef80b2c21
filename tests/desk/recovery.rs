//! What passes by itself leaves nothing behind: a database that fails for a moment, a relay that is slow.

use std::{sync::Arc, time::Duration};

use okno::{
    desk::cause::Operation,
    house::{decider::Progress, deliver::Deliverer},
    model::{
        account::{Relay, Security, SmtpAccount},
        ticket::State,
    },
    smtp::{DeliveryStatus, RelayFault, Sent, Transport},
    store::{Fault, Faults, Statement, outbox, work},
};
use tokio_util::sync::CancellationToken;

use super::{desk::Desk, letter::Letter, payroll::nobody_reads};

const HOUR: Duration = Duration::from_secs(3600);

/// The commits of a house that is opened with its data: those of the story begin after them.
fn commits_of_opening(desk: &Desk) -> u64 {
    let faults = Faults::none();
    desk.start(faults.clone());
    let commits = faults.commits();
    desk.stop();
    commits
}

#[test]
fn no_claim_is_stranded_while_the_process_lives() {
    for fault in [Fault::Refused, Fault::AnswerLost] {
        for n in 1.. {
            let desk = Desk::open();
            let olga = desk.person("Ольга", "olga@uni.test");
            olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
            desk.decide();
            desk.stop();
            let opened = commits_of_opening(&desk);
            let faults = Faults::at(opened + n, fault);
            desk.start(faults.clone());
            // The loop of the house keeps its deliverer over errors, and so does this.
            desk.keeps_delivering(4, HOUR);
            let copies = olga.inbox().len();
            assert!(
                (1..=2).contains(&copies),
                "{fault:?} at commit {n}: {copies} copies"
            );
            let waiting = desk.with_house(async |house| {
                let waiting = outbox::list(&house.db, false, 100).await.unwrap();
                waiting.into_iter().map(|one| one.state).collect::<Vec<_>>()
            });
            assert_eq!(waiting, [""; 0], "{fault:?} at commit {n}");
            nobody_reads(&desk, &["anna@uni.test", "boris@uni.test"]);
            if !faults.happened() {
                assert!(n > 2, "the faults have met claims and results");
                break;
            }
        }
    }
}

#[test]
fn what_fails_with_the_database_is_not_to_blame() {
    for n in 1.. {
        let desk = Desk::open();
        let olga = desk.person("Ольга", "olga@uni.test");
        olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
        desk.stop();
        let opened = commits_of_opening(&desk);
        let mut has_happened = false;
        // As often as would make two deaths, and once more.
        for _ in 0..3 {
            let faults = Faults::at(opened + n, Fault::Refused);
            desk.start(faults.clone());
            has_happened |= !desk.try_decide() && faults.happened();
            desk.stop();
        }
        desk.start(Faults::none());
        desk.step();
        assert_eq!(desk.quarantine(), [""; 0], "refused at commit {n}");
        olga.only_mail();
        nobody_reads(&desk, &["anna@uni.test", "boris@uni.test"]);
        if !has_happened {
            assert!(n > 2, "the faults have met marks and decisions");
            break;
        }
    }
}

#[test]
fn what_twice_ended_the_process_is_set_aside() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    for _ in 0..2 {
        desk.with_house(async |house| {
            let waiting = work::next(&house.db, 1).await.unwrap();
            work::attempt(&house.db, &house.run, waiting[0].id)
                .await
                .unwrap();
        });
        desk.stop();
        desk.start(Faults::none());
    }
    desk.decide();
    assert_eq!(desk.quarantine().len(), 1);
    desk.with_house(async |house| {
        let kept = work::quarantined(&house.db, 10).await.unwrap();
        let release = Operation::ReleaseWork { work: kept[0].id };
        work::order(&house.db, release, house.clock.now())
            .await
            .unwrap();
    });
    desk.step();
    let orders = desk.orders();
    let [order] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(order, "operator: work_released (released) by operator");
    olga.only_mail();
    nobody_reads(&desk, &["anna@uni.test", "boris@uni.test"]);
}

/// Changes the database behind the back of the house.
fn meddle(desk: &Desk, statement: Statement) {
    desk.with_house(async |house| {
        let changed = house.db.write("meddle", statement, |tx, statement| {
            Box::pin(async move { tx.exec(statement, &[]).await })
        });
        assert_eq!(changed.await.unwrap(), 1);
    });
}

#[test]
fn one_appointment_that_cannot_be_kept_stops_no_other() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    for subject in ["Первый", "Второй"] {
        olga.writes(&Letter::to("it@uni.test", subject, "Текст."));
        desk.step();
        anna.writes(&Letter::reply_to(
            &anna.inbox().pop().unwrap(),
            "Сделано.\nрешено",
        ));
        desk.step();
    }
    nobody_reads(&desk, &["olga@uni.test", "anna@uni.test", "boris@uni.test"]);
    meddle(
        &desk,
        Statement::both("UPDATE ticket SET snapshot = CAST(x'ff' AS TEXT) WHERE id = 1001"),
    );
    desk.advance(30 * 24 * HOUR);
    desk.step();
    assert_eq!(desk.ticket(1002).state, State::Closed);
    let told = desk.person("root", "root@uni.test").only_mail();
    assert!(told.text().contains("close 1001"), "{}", told.text());
    meddle(
        &desk,
        Statement::both("UPDATE ticket SET snapshot = '' WHERE id = 1001"),
    );
    desk.advance(HOUR);
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Closed);
    nobody_reads(
        &desk,
        &[
            "olga@uni.test",
            "anna@uni.test",
            "boris@uni.test",
            "root@uni.test",
        ],
    );
}

#[test]
fn an_alarm_that_could_not_be_written_down_is_told_later() {
    for n in 1..=3 {
        let desk = Desk::open();
        let olga = desk.person("Ольга", "olga@uni.test");
        olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
        let work = desk.with_house(async |house| {
            let waiting = work::next(&house.db, 1).await.unwrap();
            work::quarantine(&house.db, waiting[0].id, "for a test")
                .await
                .unwrap();
            waiting[0].id
        });
        desk.stop();
        let opened = commits_of_opening(&desk);
        desk.start(Faults::at(opened + n, Fault::Refused));
        let mut seen = okno::house::watch::Standing::default();
        for _ in 0..3 {
            desk.with_house(async |house| house.watch(&mut seen).await.unwrap());
            desk.try_decide();
            desk.advance(HOUR);
        }
        desk.deliver();
        assert!(
            !desk.inbox("root@uni.test").is_empty(),
            "refused at commit {n}"
        );
        desk.with_house(async |house| {
            let release = Operation::ReleaseWork { work };
            work::order(&house.db, release, house.clock.now())
                .await
                .unwrap()
        });
        desk.step();
        nobody_reads(
            &desk,
            &[
                "olga@uni.test",
                "anna@uni.test",
                "boris@uni.test",
                "root@uni.test",
            ],
        );
    }
}

/// Six requests, decided, with nothing sent yet.
fn six_requests(desk: &Desk) {
    for n in 0..6 {
        desk.person("Ольга", &format!("olga{n}@uni.test"))
            .writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    }
    desk.decide();
}

/// How many attempts were made, of all that waits.
fn attempts(desk: &Desk) -> i64 {
    desk.with_house(async |house| {
        let waiting = outbox::list(&house.db, false, 100).await.unwrap();
        assert!(
            waiting.iter().all(|one| one.state == "ready"),
            "{waiting:?}"
        );
        waiting.iter().map(|one| one.attempts).sum()
    })
}

/// In the end everybody has got their answer once.
fn all_are_answered(desk: &Desk) {
    desk.advance(HOUR);
    desk.step();
    for n in 0..6 {
        desk.person("Ольга", &format!("olga{n}@uni.test"))
            .only_mail();
    }
    nobody_reads(desk, &["anna@uni.test", "boris@uni.test", "root@uni.test"]);
}

#[test]
fn a_relay_that_falls_silent_twice_rests_with_all_its_mail() {
    let desk = Desk::open();
    six_requests(&desk);
    for _ in 0..10 {
        desk.post
            .answer_next(DeliveryStatus::Fault(RelayFault::Silent { during: "DATA" }));
    }
    desk.deliver();
    assert_eq!(attempts(&desk), 2, "the others were not begun");
    // The other eight faults are met two an hour at most.
    for _ in 0..5 {
        desk.advance(HOUR);
        desk.deliver();
    }
    all_are_answered(&desk);
}

#[test]
fn a_relay_that_hangs_with_a_backlog_holds_up_no_other() {
    let desk = Desk::open();
    for n in 0..50 {
        desk.person("Ольга", &format!("olga{n}@uni.test"))
            .writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
        desk.decide();
    }
    let galina = desk.person("Галина", "galina@uni.test");
    galina.writes(&Letter::to("buh@uni.test", "Справка", "Нужна справка."));
    desk.decide();
    desk.with_house(async |mut house| {
        // It takes a connection and never says a word.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let account = SmtpAccount {
            host: "localhost".to_owned(),
            port: silent.local_addr().unwrap().port(),
            security: Security::None,
            login: None,
            hello: "uni.test".to_owned(),
            connections: 1,
        };
        let mut transports = (*house.transports).clone();
        transports.insert(
            "it".into(),
            Transport::open(&Relay::Smtp(account), &house.tls),
        );
        house.transports = Arc::new(transports);
        let mut deliverer = Deliverer::new(house);
        assert_eq!(deliverer.begin().await.unwrap(), Progress::Worked);
        assert_eq!(
            deliverer.begin().await.unwrap(),
            Progress::Worked,
            "the first claim was the backlog's alone"
        );
        let arrived = async {
            let is_hers = |sent: &Sent| sent.recipient == "galina@uni.test";
            while !desk.post.sent().iter().any(is_hers) {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(15), arrived).await;
        assert!(waited.is_ok(), "the other relay has sent its mail");
        assert_eq!(deliverer.begin().await.unwrap(), Progress::Idle);
    });
    // Whoever comes after it sends what it had in hand.
    desk.deliver();
    // Perhaps once more, with the same bytes: nobody has waited for what the other relay wrote down.
    assert!(!galina.inbox().is_empty());
    desk.everything();
}

#[test]
fn a_stop_begins_no_mail_and_gives_back_what_was_claimed() {
    let desk = Desk::open();
    six_requests(&desk);
    let stop = CancellationToken::new();
    stop.cancel();
    desk.with_house(async |house| {
        let mut deliverer = Deliverer::new(house).until(stop);
        deliverer.step().await.unwrap();
    });
    assert_eq!(attempts(&desk), 0);
    all_are_answered(&desk);
}

#[test]
fn what_waits_when_a_mailbox_turns_to_observing_goes_to_nobody() {
    let mut desk = Desk::open();
    six_requests(&desk);
    desk.stop();
    let full = desk.source.clone();
    desk.source = full.replacen("mode = \"full\"", "mode = \"observe\"", 1);
    desk.start(Faults::none());
    desk.deliver();
    assert_eq!(attempts(&desk), 0);
    desk.stop();
    desk.source = full;
    desk.start(Faults::none());
    all_are_answered(&desk);
}
