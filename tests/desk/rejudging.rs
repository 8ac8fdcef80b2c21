//! A calendar was written down wrongly: the administrator has verdicts judged anew. What was kept is broken by that, and what
//! was broken kept; history says who wanted it and why, figures follow, and nobody who asked is bothered.

use std::time::Duration;

use okno::{
    desk::{cause::Operation, kpi::Judged},
    model::{
        clock::{ClockKind, Outcome},
        ids::TicketNumber,
    },
    store::{Faults, history, work},
};

use super::{
    desk::{Desk, UNIVERSITY},
    figures::are_counted_twice,
    letter::Letter,
};

const HOUR: Duration = Duration::from_secs(3600);

/// The file has other hours from now on, and the administrator wants Olga's request judged by them.
fn rejudged(mut desk: Desk, (before, after): (&str, &str), why: &str) -> Desk {
    desk.stop();
    assert!(desk.source.contains(before), "{before}");
    desk.source = desk.source.replacen(before, after, 1);
    desk.start(Faults::none());
    desk.step();
    let operation = Operation::Rejudge {
        tickets: vec![TicketNumber(1001)],
        reason: why.to_owned(),
    };
    desk.with_house(async |house| {
        let now = house.clock.now();
        work::order(&house.db, operation, now).await.unwrap();
    });
    desk.step();
    desk
}

/// How the promise of a solution was kept, by its verdict, and by the figures of the month.
fn kept(desk: &Desk) -> (Option<Outcome>, (i64, i64)) {
    let ticket = desk.ticket(1001);
    let clock = ticket
        .clocks
        .iter()
        .find(|clock| clock.kind == ClockKind::Resolution);
    let sheets = are_counted_twice(desk, &["2026-11"]);
    let tally = sheets[0].together(sheets[0].queues());
    let Judged { met, breached } = tally.judged(ClockKind::Resolution, None);
    (clock.unwrap().outcome, (met, breached))
}

#[test]
fn a_mistake_in_the_calendar_makes_a_kept_promise_a_broken_one_and_back() {
    let desk = Desk::open();
    let (_, card) = desk.asked();
    // It is due on Wednesday at eleven, by hours until six in the evening. Anna has done it an hour before.
    desk.advance(HOUR * 22);
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(&card, "Готово.\nрешено"));
    desk.step();
    assert_eq!(kept(&desk), (Some(Outcome::Met), (1, 0)));
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }

    // They had worked until nine, so that it was due on Tuesday evening.
    let desk = rejudged(
        desk,
        ("09:00-18:00", "09:00-21:00"),
        "в файле не было вечерних часов",
    );
    assert_eq!(kept(&desk), (Some(Outcome::Breached), (0, 1)));
    // That was not so after all.
    let desk = rejudged(
        desk,
        ("09:00-21:00", "09:00-18:00"),
        "вечером работала другая служба",
    );
    assert_eq!(kept(&desk), (Some(Outcome::Met), (1, 0)));

    let events = desk.with_house(async |house| {
        history::events_of(&house.db, "ticket", "1001")
            .await
            .unwrap()
    });
    let corrections = events
        .into_iter()
        .filter(|event| event.kind == "verdict_corrected");
    let corrections: Vec<_> = corrections
        .map(|event| (event.actor, event.reason, event.words.unwrap_or_default()))
        .collect();
    let by_administrator =
        |why: &str| ("operator".to_owned(), "rejudged".to_owned(), why.to_owned());
    assert_eq!(
        corrections,
        [
            by_administrator("в файле не было вечерних часов"),
            by_administrator("вечером работала другая служба"),
        ]
    );
    // Olga knows nothing of it, and has nothing to do with it; nor is anybody of the staff written to.
    for address in ["olga@uni.test", "anna@uni.test", "boris@uni.test"] {
        desk.person("", address).got_nothing();
    }
}

/// What the last correction says: how it ended, in which queue, whose it is.
fn corrected(desk: &Desk) -> [String; 3] {
    desk.with_house(async |house| {
        let events = history::events_of(&house.db, "ticket", "1001").await;
        let mut events = events.unwrap().into_iter().rev();
        let last = events.find(|event| event.kind == "verdict_corrected");
        let data: serde_json::Value = serde_json::from_str(&last.unwrap().data).unwrap();
        ["outcome", "queue", "agent"].map(|key| data[key].as_str().unwrap_or("-").to_owned())
    })
}

/// Anna had it when it was due by the hours that are right; that it lay with the accountants when it was done is nothing to
/// Vera, who is paid by what she keeps and breaks.
#[test]
fn a_promise_that_broke_before_it_was_handed_over_is_the_first_queues() {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\n";
    let desk = Desk::with(&UNIVERSITY.replace("target = \"8 h\"\n", on));
    let (_, card) = desk.asked();
    let [anna, vera] = ["anna@uni.test", "vera@uni.test"].map(|one| desk.person("", one));
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    // It is due on Wednesday at eleven. At nine Anna hands it over, at ten it is done.
    desk.advance(HOUR * 21);
    anna.writes(&Letter::reply_to(&card, "#передать Бухгалтерия"));
    desk.step();
    // She gets a card, and what has been written before.
    let card = vera.inbox().remove(0);
    desk.advance(HOUR);
    vera.writes(&Letter::reply_to(&card, "Готово.\nрешено"));
    desk.step();
    assert_eq!(kept(&desk).0, Some(Outcome::Met));
    let everybody = [
        "olga@uni.test",
        "anna@uni.test",
        "boris@uni.test",
        "vera@uni.test",
    ];
    for address in everybody {
        desk.inbox(address);
    }
    // They had worked until nine: it was due on Tuesday evening.
    let right = ("09:00-18:00", "09:00-21:00");
    let desk = rejudged(desk, right, "в файле не было вечерних часов");
    assert_eq!(corrected(&desk), ["breached", "it", "anna"]);
    // It was not so after all, and whoever kept the promise has kept it.
    let desk = rejudged(desk, (right.1, right.0), "вечером работала другая служба");
    assert_eq!(corrected(&desk), ["met", "buh", "vera"]);
    // Nobody is written to for that.
    for address in everybody {
        desk.person("", address).got_nothing();
    }
}
