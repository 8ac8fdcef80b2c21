//! A queue's head changes by mail how it works: the method, who is given anything, how much, a closed day. Only a mail that
//! is proven does; each can be taken back; and the file counts again once it says something else.

use okno::{
    house::{
        decider::{Decider, Progress},
        lease::DECIDER,
    },
    store::Faults,
};

use super::{
    desk::{Desk, NOON, Person},
    distribution::{HOUR, asks, assignee, cards, goes, house, proven, requester, with_head},
    letter::{Letter, Received},
};

pub(crate) fn head(desk: &Desk) -> Person<'_> {
    desk.person("Дарья Громова", "darya@uni.test")
}

/// A mail of its own to the queue's address; what she is told.
pub(crate) fn orders(desk: &Desk, words: &str) -> String {
    let darya = head(desk);
    darya.writes(&proven(Letter::to("it@uni.test", "Очередь", words)));
    desk.step();
    darya.only_mail().text().to_owned()
}

/// Okno is started again, with this file.
pub(crate) fn restarted(mut desk: Desk, source: &str) -> Desk {
    desk.stop();
    source.clone_into(&mut desk.source);
    desk.start(Faults::none());
    desk.step();
    desk
}

fn has(history: &[String], event: &str) -> bool {
    history.iter().any(|one| one.starts_with(event))
}

fn done(desk: &Desk, words: &str) {
    let told = orders(desk, words);
    assert!(told.contains(&format!("Сделано: «{words}»")), "{told}");
}

#[test]
fn the_method_is_another_until_it_is_taken_back() {
    let desk = with_head("");
    assert_eq!(goes(&desk, 2), "anna boris");
    let told = orders(&desk, "#распределение сами");
    insta::assert_snapshot!("method_changed", told);
    let (owner, all) = asks(&desk, "Принтер");
    assert_eq!((owner, all.len()), (None, 3), "everybody's card");
    done(&desk, "#распределение отменить");
    assert_eq!(goes(&desk, 2), "galina anna");
    let history = desk.stream("queue", "it");
    for event in [
        "queue_changed (agent_command)",
        "queue_change_over (agent_command)",
    ] {
        assert!(has(&history, event), "{history:?}");
    }
    assert!(orders(&desk, "#распределение отменить").contains("так и есть"));
    assert!(orders(&desk, "#распределение по жребию").contains("по очереди / turn"));
    assert!(orders(&desk, "#распределение turn").contains("так и есть"));
}

#[test]
fn an_agent_is_taken_out_and_in_again() {
    let desk = with_head("");
    done(&desk, "#исключить @boris");
    assert_eq!(goes(&desk, 3), "anna galina anna");
    done(&desk, "#вернуть Борис");
    assert_eq!(goes(&desk, 3), "boris galina anna");
    assert!(orders(&desk, "#исключить @vera").contains("такого сотрудника в очереди нет"));
    assert!(orders(&desk, "#вернуть @anna").contains("так и есть"));
}

#[test]
fn a_limit_is_one_agents_or_everybodys() {
    let desk = with_head("");
    done(&desk, "#лимит @anna 1");
    assert_eq!(goes(&desk, 5), "anna boris galina boris galina");
    done(&desk, "#лимит @anna 9");
    // As the rest have two each she is not full, and it is hers.
    assert_eq!(goes(&desk, 1), "anna");
    // Taken back as it was taught, or with the number as it was ordered.
    done(&desk, "#лимит @anna 9 отменить");
    assert!(orders(&desk, "#лимит @anna отменить").contains("так и есть"));
    done(&desk, "#лимит 2");
    done(&desk, "#лимит 2 отменить");
    done(&desk, "#лимит 2");
    assert!(orders(&desk, "#лимит @anna много").contains("1 … 1000"));
}

#[test]
fn what_waits_is_everybodys_once_nobody_is_given_anything() {
    let desk = with_head("max_active = 1\nmax_active_is = \"hard\"");
    for _ in 0..4 {
        asks(&desk, "Принтер");
    }
    head(&desk).only_mail();
    assert!(desk.ticket(1004).waits_for_room);
    done(&desk, "#распределение сами");
    let all = cards(&desk);
    assert_eq!(all.len(), 3, "a card to each");
    assert!(!desk.ticket(1004).waits_for_room);
    let history = desk.history(1004);
    assert!(
        history.contains(&"wait_for_room_over (room_again)".to_owned()),
        "{history:?}"
    );
}

#[test]
fn a_closed_day_is_skipped_by_what_runs_and_by_what_comes() {
    let desk = with_head("");
    asks(&desk, "Принтер");
    let due = |desk: &Desk, number| desk.ticket(number).clocks[0].due_at.to_string();
    // Eight hours from Tuesday noon: Wednesday, eleven in Moscow.
    assert_eq!(due(&desk, 1001), "2026-11-18T08:00:00Z", "{NOON}");
    done(&desk, "#выходной 18.11.2026");
    desk.step();
    assert_eq!(due(&desk, 1001), "2026-11-19T08:00:00Z");
    let history = desk.history(1001);
    assert!(
        history.contains(&"clock_recounted (policy_changed)".to_owned()),
        "{history:?}"
    );
    asks(&desk, "Сканер");
    assert_eq!(due(&desk, 1002), "2026-11-19T08:00:00Z");
    done(&desk, "#выходной 18.11.2026 отменить");
    desk.step();
    assert_eq!(due(&desk, 1001), "2026-11-18T08:00:00Z");
    assert!(orders(&desk, "#выходной 16.11.2026").contains("день не понят"));
    assert!(orders(&desk, "#выходной 21.11.2026").contains("так и есть"));
}

#[test]
fn nobody_but_the_head_and_only_proven() {
    let desk = with_head("");
    let darya = head(&desk);
    darya.writes(&Letter::to("it@uni.test", "Очередь", "#лимит 1"));
    desk.step();
    let told = darya.only_mail();
    assert!(
        told.text().contains("Отправьте его с рабочего адреса"),
        "{}",
        told.text()
    );
    // Boris may not, in answer to his card.
    asks(&desk, "Принтер");
    let (_, mut his) = asks(&desk, "Сканер");
    let boris = desk.person("Борис Ким", "boris@uni.test");
    boris.writes(&proven(Letter::reply_to(&his.remove(0).1, "#лимит 1")));
    desk.step();
    boris.only_mail();
    assert!(
        desk.stream("queue", "it")
            .iter()
            .all(|event| !event.contains("queue_changed"))
    );
}

#[test]
fn the_head_may_say_it_in_answer_to_a_card() {
    let desk = with_head("distribution = \"manual\"");
    let darya = head(&desk);
    asks(&desk, "Принтер");
    let card = darya.only_mail();
    darya.writes(&proven(Letter::reply_to(
        &card,
        "#распределение по очереди",
    )));
    desk.step();
    let told = darya.only_mail();
    insta::assert_snapshot!("said_in_a_card", told.text());
    // What she was asked of goes its way when her time is over; what comes now goes in turn.
    assert_eq!(goes(&desk, 1), "anna");
    desk.advance(2 * HOUR);
    desk.step();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("boris"));
    cards(&desk);
    darya.got_nothing();
}

#[test]
fn the_file_counts_again_once_it_says_something_else() {
    let darya = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n";
    let written = |queue: &str| house(&format!("head = \"darya\"\n{queue}"), darya);
    let desk = Desk::with(&written(""));
    done(&desk, "#распределение сами");
    done(&desk, "#исключить @galina");
    // The same file, read again: both stand.
    let desk = restarted(desk, &written(""));
    let (owner, all) = asks(&desk, "Принтер");
    assert_eq!((owner, all.len()), (None, 3));
    let desk = restarted(desk, &written("distribution = \"least\""));
    assert_eq!(goes(&desk, 3), "anna boris anna");
    let history = desk.stream("queue", "it");
    assert!(
        has(&history, "queue_change_over (file_changed)"),
        "{history:?}"
    );
    // Back as it was: what is over stays over, and what the file never changed stands.
    let desk = restarted(desk, &written(""));
    assert_eq!(goes(&desk, 2), "boris anna");
    requester(&desk, 1001).got_nothing();
}

#[test]
fn two_orders_in_one_mail_are_two_and_each_is_answered() {
    let desk = with_head("");
    let darya = head(&desk);
    darya.writes(&proven(Letter::to(
        "it@uni.test",
        "Очередь",
        "#исключить @anna\n#лимит 5\n#лимит 0\n#выходной вчера",
    )));
    desk.step();
    let told: Vec<String> = darya
        .inbox()
        .iter()
        .map(|mail| mail.text().to_owned())
        .collect();
    assert_eq!(told.len(), 4, "{told:?}");
    for done in ["Сделано: «#исключить @anna»", "Сделано: «#лимит 5»"]
    {
        assert!(told.iter().any(|one| one.contains(done)), "{told:?}");
    }
    let history = desk.stream("queue", "it");
    let changed = history
        .iter()
        .filter(|one| one.starts_with("queue_changed"));
    assert_eq!(changed.count(), 2, "{history:?}");
}

#[test]
fn what_is_taken_back_and_said_anew_in_one_go_stands() {
    let desk = with_head("max_active = 7");
    let darya = head(&desk);
    let says = |mails: &[&str]| {
        for words in mails {
            darya.writes(&proven(Letter::to("it@uni.test", "Очередь", words)));
        }
        desk.step();
        // What is in force is taken anew before the next thing is done.
        desk.step();
        for told in darya.inbox() {
            assert!(told.text().contains("Сделано"), "{}", told.text());
        }
        let history = desk.stream("queue", "it");
        assert!(
            !has(&history, "queue_change_over (file_changed)"),
            "{history:?}"
        );
    };
    says(&["#выходной 31.12.2026", "#распределение вручную", "#лимит 3"]);
    says(&["#выходной 31.12.2026 отменить\n#выходной 30.12.2026"]);
    says(&["#распределение отменить", "#распределение сами"]);
    says(&["#лимит отменить\n#лимит 4"]);
    says(&["#исключить @anna"]);
    says(&["#вернуть @anna", "#исключить @anna"]);
    // Restarted with the same file, nothing of it is over.
    let source = desk.source.clone();
    let desk = restarted(desk, &source);
    let history = desk.stream("queue", "it");
    assert!(
        !has(&history, "queue_change_over (file_changed)"),
        "{history:?}"
    );
    let (owner, all) = asks(&desk, "Принтер");
    assert_eq!((owner, all.len()), (None, 3), "whoever takes it has it");
}

/// Two processes share the work. One falls silent, the other decides and hears the head; then the first goes on.
#[test]
fn a_decider_that_was_away_goes_by_what_the_head_has_said_meanwhile() {
    let desk = with_head("");
    let mut first = desk.with_house(async |house| {
        let lease = house.lease(DECIDER).await.unwrap().expect("nobody has it");
        let mut decider = Decider::new(house.clone(), lease.clone());
        while decider.step().await.unwrap() == Progress::Worked {}
        house.give_back(lease).await.unwrap();
        decider
    });
    let mut other = desk.house();
    other.run = "another".into();
    head(&desk).writes(&proven(Letter::to(
        "it@uni.test",
        "Очередь",
        "#исключить @anna",
    )));
    desk.with_house(async |_| {
        let lease = other
            .lease(DECIDER)
            .await
            .unwrap()
            .expect("it was given back");
        let mut decider = Decider::new(other.clone(), lease);
        while decider.step().await.unwrap() == Progress::Worked {}
        other.give_back(decider.into_lease()).await.unwrap();
    });
    let olga = desk.person("Ольга", "olga@customers.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.with_house(async |house| {
        let lease = house
            .lease(DECIDER)
            .await
            .unwrap()
            .expect("it was given back");
        first.renew(lease);
        while first.step().await.unwrap() == Progress::Worked {}
        house.give_back(first.into_lease()).await.unwrap();
    });
    assert_eq!(desk.ticket(1001).assignee, Some("boris".into()));
    desk.step();
    for who in ["boris", "darya"] {
        desk.inbox(&format!("{who}@uni.test"));
    }
    olga.inbox();
}

#[test]
fn nobody_gets_a_work_list_on_a_day_that_the_head_has_closed() {
    let desk = with_head("digest = \"9:00\"");
    asks(&desk, "Принтер");
    // Tomorrow's lists were planned before it was declared.
    done(&desk, "#выходной 18.11.2026");
    let staff = [
        "anna@uni.test",
        "boris@uni.test",
        "galina@uni.test",
        "darya@uni.test",
    ];
    let lists = |desk: &Desk| {
        let mails = staff.map(|address| desk.inbox(address)).concat();
        let is_list =
            |mail: &&Received| mail.header("X-Okno-Event").as_deref() == Some("work_list");
        mails.iter().filter(is_list).count()
    };
    desk.advance(22 * HOUR);
    desk.step();
    assert_eq!(lists(&desk), 0, "Wednesday is closed");
    desk.advance(24 * HOUR);
    desk.step();
    assert!(lists(&desk) > 0, "Thursday is not");
    // What is taken back in time brings the list back.
    done(&desk, "#выходной 20.11.2026");
    done(&desk, "#выходной 20.11.2026 отменить");
    desk.advance(24 * HOUR);
    desk.step();
    assert!(lists(&desk) > 0, "nor is Friday, after all");
}

/// Vera of accounting helps ИТ out, until she is not needed any more; into a confidential queue nobody is taken by mail.
#[test]
fn an_agent_of_another_queue_is_taken_in_and_out_again() {
    let desk = with_head("");
    done(&desk, "#вернуть @vera");
    assert_eq!(goes(&desk, 4), "anna boris galina vera");
    done(&desk, "#исключить @vera");
    assert_eq!(goes(&desk, 2), "anna boris");
    let history = desk.stream("queue", "it");
    for event in ["queue_changed (agent_command)", "queue_change_over"] {
        assert!(has(&history, event), "{event}: {history:?}");
    }
    let desk = with_head("confidential = true");
    let told = orders(&desk, "#вернуть @vera");
    assert!(told.contains("конфиденциальная"), "{told}");
}
