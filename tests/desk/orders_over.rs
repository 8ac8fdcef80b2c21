//! What a head has ordered is taken back, by the head or by the file: what the letters say of it, and to whom.

use okno::{
    house::House,
    model::ids::QueueName,
    store::{Statement, history, queues},
};

use super::{
    desk::Desk,
    distribution::{HOUR, asks, cards, goes, house, proven, with_head},
    letter::Letter,
    orders::{head, orders, restarted},
};

const DARYA: &str = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n";

fn changed(desk: &Desk) -> Vec<String> {
    let history = desk.stream("queue", "it");
    let changed = history.into_iter();
    let changed = changed.filter(|event| event.starts_with("queue_change"));
    changed.map(|event| event.trim().to_owned()).collect()
}

#[test]
fn a_letter_teaches_the_very_words_that_take_it_back_and_then_no_more() {
    let desk = with_head("");
    for (order, back) in [
        ("#лимит @anna 8", "«#лимит @anna отменить»"),
        ("#лимит 8", "«#лимит отменить»"),
        ("#исключить Борис", "«#вернуть @boris»"),
        ("#распределение сами", "«#распределение отменить»"),
        ("#выходной 31.12.2026", "«#выходной 31.12.2026 отменить»"),
    ] {
        let told = orders(&desk, order);
        assert!(
            told.contains(&format!("пришлите на адрес очереди {back}")),
            "{told}"
        );
        let told = orders(&desk, back.trim_matches(['«', '»']));
        assert!(told.contains("больше не действует"), "{told}");
        assert!(!told.contains("Отменить"), "{told}");
    }
    insta::assert_snapshot!("taken_back", orders_and_back(&desk));
}

fn orders_and_back(desk: &Desk) -> String {
    orders(desk, "#исключить @boris");
    orders(desk, "#вернуть @boris")
}

#[test]
fn a_closed_day_that_has_passed_is_taken_back_and_counts_for_what_is_open() {
    let desk = with_head("");
    asks(&desk, "Принтер");
    let due = |desk: &Desk| desk.ticket(1001).clocks[0].due_at.to_string();
    orders(&desk, "#выходной 18.11.2026");
    desk.step();
    assert_eq!(due(&desk), "2026-11-19T08:00:00Z");
    // Thursday, ten: they had worked on Wednesday after all. It would have been due then: that stays, and she is asked.
    desk.advance(HOUR * 46);
    desk.step();
    cards(&desk);
    head(&desk).inbox();
    let told = orders(&desk, "#выходной 18.11 отменить");
    insta::assert_snapshot!("passed_day", told);
    desk.step();
    assert_eq!(due(&desk), "2026-11-19T08:00:00Z", "nobody is late by that");
    asks(&desk, "Сканер");
    let again = orders(&desk, "#выходной 18.11 отменить");
    assert!(again.contains("так и есть"), "{again}");
}

#[test]
fn what_the_file_says_of_other_days_leaves_a_closed_day_alone_and_of_that_day_does_not() {
    let written = |queue: &str| house(&format!("head = \"darya\"\n{queue}"), DARYA);
    let desk = Desk::with(&written(""));
    orders(&desk, "#выходной 31.12.2026");
    orders(&desk, "#лимит 7");
    let other = |hours: &str| written("").replacen("пн-пт 09:00-18:00", hours, 1);
    // Saturdays are new: the thirty-first is a Thursday.
    let desk = restarted(desk, &other("пн-пт 09:00-18:00, сб 10:00-14:00"));
    assert_eq!(changed(&desk).len(), 2, "{:?}", changed(&desk));
    // Other hours of that day: the file counts, and Darya finds so in her list.
    let desk = restarted(desk, &other("пн-пт 08:00-17:00"));
    assert!(changed(&desk).contains(&"queue_change_over (file_changed)".to_owned()));
    assert_eq!(changed(&desk).len(), 3, "her limit stands");
    head(&desk).got_nothing();
    desk.advance(HOUR * 22);
    desk.step();
    let list = head(&desk).only_mail();
    insta::assert_snapshot!("overruled", list.text());
    assert!(
        list.subject().contains("что изменил файл"),
        "{}",
        list.subject()
    );
    desk.advance(HOUR * 24);
    desk.step();
    head(&desk).got_nothing();
}

#[test]
fn the_letter_comes_from_the_queue_that_it_is_about_and_names_it() {
    let source = house("head = \"darya\"", DARYA)
        .replace("[queue.buh]\n", "[queue.buh]\nhead = \"darya\"\n");
    let desk = Desk::with(&source);
    let darya = head(&desk);
    for (address, title) in [
        ("it@uni.test", "ИТ-поддержка"),
        ("buh@uni.test", "Бухгалтерия"),
    ] {
        darya.writes(&proven(Letter::to(address, "Очередь", "#лимит 5")));
        desk.step();
        let told = darya.only_mail();
        assert!(
            told.header("From").unwrap().contains(address),
            "{:?}",
            told.header("From")
        );
        assert!(
            told.text().contains(&format!("очередь «{title}»")),
            "{}",
            told.text()
        );
        assert!(
            told.subject().contains("работает иначе"),
            "{}",
            told.subject()
        );
    }
}

#[test]
fn an_order_whose_program_wants_no_answer_is_done_without_one() {
    let desk = with_head("");
    let darya = head(&desk);
    let order = Letter::to("it@uni.test", "Очередь", "#исключить @boris");
    darya.writes(&proven(order.with("X-Auto-Response-Suppress", "All")));
    desk.step();
    darya.got_nothing();
    assert_eq!(goes(&desk, 3), "anna galina anna");
}

#[test]
fn answers_to_orders_that_nothing_proves_are_under_the_caps() {
    let desk = Desk::with(&format!(
        "{}\n[caps]\nstaff_hour = 2\n",
        house("head = \"darya\"", DARYA)
    ));
    let darya = head(&desk);
    for number in 1..6 {
        let subject = format!("Очередь {number}");
        darya.writes(&Letter::to("it@uni.test", &subject, "#лимит 1"));
        desk.step();
    }
    assert_eq!(darya.inbox().len(), 2);
    assert_eq!(changed(&desk), [""; 0]);
}

#[test]
fn whoever_bears_the_name_of_another_is_not_meant_by_it() {
    let second = "[agent.vera2]\nname = \"Борис Ким\"\naddress = \"vera2@uni.test\"\n";
    let source = house("head = \"darya\"", &format!("{DARYA}{second}"))
        .replace("\"galina\"]", "\"galina\", \"vera2\"]");
    let desk = Desk::with(&source);
    let told = orders(&desk, "#исключить Борис Ким");
    assert!(
        told.contains("Борис Ким (@boris), Борис Ким (@vera2)"),
        "{told}"
    );
    assert!(orders(&desk, "#исключить @vera2").contains("Сделано"));
    // Galina's deputy is one of the two, and her letter says which.
    let galina = desk.person("Галина Орлова", "galina@uni.test");
    galina.writes(&proven(Letter::to(
        "it@uni.test",
        "",
        "#отсутствую до 20.11 замещает Борис Ким",
    )));
    desk.step();
    let told = galina.only_mail();
    assert!(told.text().contains("@boris"), "{}", told.text());
    assert!(
        told.text().contains("Ничего не изменено"),
        "{}",
        told.text()
    );
    galina.writes(&proven(Letter::to(
        "it@uni.test",
        "",
        "#отсутствую до 20.11 замещает @boris",
    )));
    desk.step();
    let told = galina.only_mail();
    assert!(
        told.text().contains("к заместителю: Борис Ким (@boris)"),
        "{}",
        told.text()
    );
}

#[test]
fn the_heads_time_to_say_who_skips_a_day_that_is_declared_closed_meanwhile() {
    let desk = with_head("distribution = \"manual\"\nassign_within = \"8 h\"");
    asks(&desk, "Принтер");
    head(&desk).only_mail();
    // Noon of Tuesday and eight hours: eleven of Wednesday, which is closed now.
    orders(&desk, "#выходной 18.11.2026");
    desk.advance(HOUR * 24);
    desk.step();
    assert_eq!(desk.ticket(1001).assignee, None, "she has not had her time");
    desk.advance(HOUR * 24);
    desk.step();
    assert!(desk.ticket(1001).assignee.is_some());
    cards(&desk);
    head(&desk).inbox();
}

#[test]
fn all_who_wait_are_given_out_however_many_they_are() {
    let desk = with_head("max_active = 1\nmax_active_is = \"hard\"");
    for number in 1..=60 {
        let person = format!("p{number}@uni.test");
        desk.person("П", &person).writes(&Letter::to(
            "it@uni.test",
            "Принтер",
            &format!("№ {number}"),
        ));
    }
    desk.step();
    let waits = |desk: &Desk| {
        (1001..=1060)
            .filter(|number| desk.ticket(*number).waits_for_room)
            .count()
    };
    assert_eq!(waits(&desk), 57);
    head(&desk).inbox();
    orders(&desk, "#лимит 100");
    desk.step();
    assert_eq!(waits(&desk), 0);
    for number in 1..=60 {
        desk.inbox(&format!("p{number}@uni.test"));
    }
    cards(&desk);
}

#[test]
fn a_queue_that_does_not_stand_as_its_history_says_is_told() {
    let desk = with_head("");
    orders(&desk, "#лимит 5");
    let stored = |desk: &Desk| desk.with_house(async |house| states(&house).await);
    let faults =
        |desk: &Desk| desk.with_house(async |house| history::prove(&house.db).await.unwrap().0);
    let right = stored(&desk);
    assert!(right.contains("\"max_active\":5"), "{right}");
    assert_eq!(faults(&desk), []);
    for wrong in [right.replace(":5", ":50"), "{}".to_owned(), "?".to_owned()] {
        meddles(&desk, &format!("UPDATE queue_state SET state = '{wrong}'"));
        let found = faults(&desk);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].place.as_str(), found[0].what),
            ("queue it", "queue")
        );
    }
    meddles(&desk, "DELETE FROM queue_state");
    assert_eq!(faults(&desk).len(), 1, "a row that is gone is told, too");
    meddles(
        &desk,
        "INSERT INTO queue_state (queue, state) VALUES ('none', '{\"recent\":[\"anna\"]}')",
    );
    assert_eq!(faults(&desk).len(), 2, "and one that nothing has led to");
    meddles(&desk, "DELETE FROM queue_state");
    meddles(
        &desk,
        &format!("INSERT INTO queue_state (queue, state) VALUES ('it', '{right}')"),
    );
    assert_eq!(faults(&desk), []);
}

async fn states(house: &House) -> String {
    let states = queues::states(&house.db, vec!["it".into()]).await.unwrap();
    serde_json::to_string(&states[&QueueName::from("it")]).unwrap()
}

/// Somebody besides okno changes the database.
fn meddles(desk: &Desk, sql: &str) {
    let statement = Statement::both(String::leak(sql.to_owned()));
    desk.with_house(async |house| {
        let done = house.db.write("meddle", statement, |tx, statement| {
            Box::pin(async move { tx.exec(statement, &[]).await.map(drop) })
        });
        done.await.unwrap();
    });
}
