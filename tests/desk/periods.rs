//! A month is closed: its file is what it was for ever, what comes later is an adjustment, and all of it can be proved.

use std::{collections::BTreeMap, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use okno::{
    desk::{cause::Operation, kpi::Period},
    house::periods::{self, Adjustment, NotClosed, Wrong},
    model::{ids::EventSeq, period::ClosedPeriod},
    store::{history, work},
};

use super::{desk::Desk, letter::Letter};

const HOUR: Duration = Duration::from_secs(3600);

fn zone() -> TimeZone {
    TimeZone::get("Europe/Moscow").unwrap()
}

fn november() -> Period {
    Period::named("2026-11", &zone()).unwrap()
}

fn prepare(desk: &Desk) -> Result<ClosedPeriod, NotClosed> {
    let now = desk.clock.now();
    desk.with_house(async |house| {
        let prepared = periods::prepare(&house.db, &november(), &zone(), now).await;
        prepared.unwrap()
    })
}

fn is_ordered(desk: &Desk, closed: &ClosedPeriod) {
    let now = desk.clock.now();
    desk.with_house(async |house| {
        let operation = Operation::ClosePeriod {
            closed: Box::new(closed.clone()),
            files: BTreeMap::new(),
            reason: "утвердила Анна Петрова, 01.12.2026".to_owned(),
        };
        work::order(&house.db, operation, now).await.unwrap();
    });
    desk.step();
}

/// What has changed in a closed period since.
fn changed_since(desk: &Desk, closed: &ClosedPeriod) -> Vec<Adjustment> {
    desk.with_house(async |house| {
        let changed = periods::changed_since(&house.db, closed, &zone()).await;
        changed.unwrap()
    })
}

fn told(one: &Adjustment) -> String {
    let agent = one.whose.agent.as_ref().map_or("", |agent| agent.as_str());
    let below = one.below.map(|below| format!("/{below}"));
    let (period, ticket, queue) = (&one.period, one.ticket, &one.whose.queue);
    let (figure, above, below) = (one.figure.as_str(), one.above, below.unwrap_or_default());
    format!("{period} {ticket} {queue} {agent} {figure} {above}{below}")
}

fn faults(desk: &Desk) -> Vec<(String, Wrong)> {
    desk.with_house(async |house| periods::prove(&house.db, &zone()).await.unwrap().faults)
}

/// Olga's password is solved in November, and she is content; then it is the first of December.
fn a_month_is_over(desk: &Desk) -> super::letter::Received {
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    let (_, card) = desk.asked();
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Новый пароль в конверте.\nрешено"));
    desk.step();
    let resolution = olga.only_mail();
    olga.writes(&Letter::reply_to(&resolution, "5"));
    desk.step();
    assert_eq!(prepare(desk), Err(NotClosed::NotOver));
    // Ten in the morning, on the last day on which a rating may be changed.
    let until: Timestamp = "2026-12-01T07:00:00Z".parse().unwrap();
    let left = until.duration_since(desk.clock.now());
    desk.advance(left.unsigned_abs());
    desk.step();
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }
    resolution
}

#[test]
fn a_closed_month_is_what_it_was_and_what_comes_later_is_an_adjustment() {
    let desk = Desk::open();
    let resolution = a_month_is_over(&desk);
    let closed = prepare(&desk).unwrap();
    is_ordered(&desk, &closed);
    let kept = desk.with_house(async |house| {
        let (kept, _) = periods::closed(&house.db, "2026-11")
            .await
            .unwrap()
            .unwrap();
        kept
    });
    assert_eq!(kept, closed);
    let file = String::from_utf8(periods::bytes_of(&kept).unwrap()).unwrap();
    assert!(file.contains("2026-11;it;anna;solved;1;;\r\n"), "{file}");
    assert!(
        file.contains("2026-11;it;anna;csat_mean;5;1;\r\n"),
        "{file}"
    );
    assert_eq!(prepare(&desk), Err(NotClosed::Already));
    let adjustments = || changed_since(&desk, &kept);
    assert_eq!(adjustments(), []);
    // In December she thinks better of it.
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::reply_to(&resolution, "2"));
    desk.step();
    let changed = adjustments();
    let told: Vec<String> = changed.iter().map(told).collect();
    let of_anna = [
        "2026-11 1001 it anna csat_mean -5/-1",
        "2026-11 1001 it anna csat_response_pct -1/0",
        "2026-11 1001 it anna csat_top2_pct -1/-1",
    ];
    assert_eq!(told, of_anna);
    // The file is the same to the byte, and everything proves.
    let again = desk.with_house(async |house| {
        let (kept, _) = periods::closed(&house.db, "2026-11")
            .await
            .unwrap()
            .unwrap();
        periods::bytes_of(&kept).unwrap()
    });
    assert_eq!(again, file.as_bytes());
    assert_eq!(faults(&desk), []);
    desk.check_proof();
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }
}

#[test]
fn a_ticket_that_lay_idle_over_a_closed_month_is_known_when_it_is_proved() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    let (_, card) = desk.asked();
    let until = |instant: &str| {
        let until: Timestamp = instant.parse().unwrap();
        desk.advance(until.duration_since(desk.clock.now()).unsigned_abs());
        desk.step();
    };
    // Nothing happens in December, and the ticket stays open.
    until("2026-11-30T12:00:00Z");
    until("2027-01-01T12:00:00Z");
    let december = Period::named("2026-12", &zone()).unwrap();
    let now = desk.clock.now();
    let closed = desk.with_house(async |house| {
        let prepared = periods::prepare(&house.db, &december, &zone(), now).await;
        prepared.unwrap().unwrap()
    });
    is_ordered(&desk, &closed);
    let file = String::from_utf8(periods::bytes_of(&closed).unwrap()).unwrap();
    assert!(file.contains("2026-12;it;*;open_at_end;1;;\r\n"), "{file}");
    assert_eq!(faults(&desk), []);
    anna.writes(&Letter::reply_to(&card, "Новый пароль в конверте.\nрешено"));
    desk.step();
    olga.writes(&Letter::reply_to(&olga.inbox().pop().unwrap(), "Спасибо!"));
    desk.step();
    assert_eq!(faults(&desk), []);
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }
}

/// What a proof says of November, once somebody has changed what was prepared of it.
fn faults_after(change: impl Fn(&Desk, ClosedPeriod) -> ClosedPeriod) -> Vec<(String, Wrong)> {
    let desk = Desk::open();
    a_month_is_over(&desk);
    let right = prepare(&desk).unwrap();
    is_ordered(&desk, &change(&desk, right));
    faults(&desk)
}

#[test]
fn what_is_wrong_with_a_closed_month_is_named() {
    let of = |name: &str, what| (name.to_owned(), what);
    let damaged = faults_after(|_, right| ClosedPeriod {
        period: "2026-09".to_owned(),
        sha256: "0".repeat(64),
        ..right
    });
    assert_eq!(damaged, [of("2026-09", Wrong::File)]);
    let elsewhere = faults_after(|_, right| ClosedPeriod {
        period: "2026-10".to_owned(),
        head_hash: "0".repeat(64),
        ..right
    });
    assert_eq!(
        elsewhere,
        [of("2026-10", Wrong::Head), of("2026-10", Wrong::Figures)]
    );
    // As if nothing had happened yet.
    let too_early = faults_after(|desk, right| ClosedPeriod {
        upto: EventSeq(1),
        head_hash: desk
            .with_house(async |house| history::hash_at(&house.db, 1).await.unwrap().unwrap()),
        ..right
    });
    assert_eq!(too_early, [of("2026-11", Wrong::Figures)]);
}

/// Whoever prepares a month while another one is being closed does not know what it has to carry.
#[test]
fn a_month_that_another_one_has_overtaken_is_not_closed() {
    let desk = Desk::open();
    a_month_is_over(&desk);
    let november = prepare(&desk).unwrap();
    let october = ClosedPeriod {
        period: "2026-10".to_owned(),
        ..november.clone()
    };
    let quarter = ClosedPeriod {
        period: "2026-q3".to_owned(),
        ..november.clone()
    };
    let names = || {
        let all = desk.with_house(async |house| history::closed_periods(&house.db).await.unwrap());
        let names = all.into_iter().map(|(closed, _)| closed.period);
        names.collect::<Vec<String>>()
    };
    for closed in [&quarter, &october, &november] {
        is_ordered(&desk, closed);
    }
    assert_eq!(names(), ["2026-q3", "2026-10"]);
    is_ordered(&desk, &prepare(&desk).unwrap());
    assert_eq!(names(), ["2026-q3", "2026-10", "2026-11"]);
}

#[test]
fn two_who_close_a_month_at_once_close_it_once() {
    let desk = Desk::open();
    a_month_is_over(&desk);
    let closed = prepare(&desk).unwrap();
    let now = desk.clock.now();
    desk.with_house(async |house| {
        for who in ["утвердила Анна Петрова", "утвердил Борис Иванов"]
        {
            let operation = Operation::ClosePeriod {
                closed: Box::new(closed.clone()),
                files: BTreeMap::new(),
                reason: who.to_owned(),
            };
            work::order(&house.db, operation, now).await.unwrap();
        }
    });
    desk.step();
    is_ordered(&desk, &closed);
    let all = desk.with_house(async |house| history::closed_periods(&house.db).await.unwrap());
    assert_eq!(all.len(), 1);
    assert_eq!(faults(&desk), []);
}

#[test]
fn a_month_is_not_closed_before_what_fell_due_in_it_is_judged() {
    let desk = Desk::open();
    desk.asked();
    let until: Timestamp = "2026-12-01T07:00:00Z".parse().unwrap();
    desk.advance(until.duration_since(desk.clock.now()).unsigned_abs());
    // The daemon has slept over the end of the month.
    assert_eq!(prepare(&desk), Err(NotClosed::Unsettled(1)));
    desk.step();
    let closed = prepare(&desk).unwrap();
    let file = String::from_utf8(periods::bytes_of(&closed).unwrap()).unwrap();
    let is_broken = |line: &&str| line.starts_with("2026-11;it;*;sla_resolution_pct;0;1;");
    assert!(file.lines().any(|line| is_broken(&line)), "{file}");
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }
}

#[test]
fn what_changes_in_a_closed_month_is_carried_by_the_next_one_and_by_no_other() {
    let desk = Desk::open();
    let resolution = a_month_is_over(&desk);
    is_ordered(&desk, &prepare(&desk).unwrap());
    // It comes back in December, within the fortnight: November's solution was none.
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::reply_to(
        &resolution,
        "Не работает: пароль не подходит.",
    ));
    desk.step();
    let close = |name: &str, at: &str| {
        let until: Timestamp = at.parse().unwrap();
        desk.advance(until.duration_since(desk.clock.now()).unsigned_abs());
        desk.step();
        let period = Period::named(name, &zone()).unwrap();
        let now = desk.clock.now();
        let closed = desk.with_house(async |house| {
            let prepared = periods::prepare(&house.db, &period, &zone(), now).await;
            prepared.unwrap().unwrap()
        });
        is_ordered(&desk, &closed);
        periods::lines_of(&closed).unwrap()
    };
    let december = close("2026-12", "2027-01-02T12:00:00Z");
    let carried = december.adjusted.iter().map(|one| {
        let (above, below) = one.by;
        format!(
            "{} {} {} {above} {below:?}",
            one.period, one.ticket, one.figure
        )
    });
    let carried: Vec<String> = carried.collect();
    let came_back = "2026-11 1001 reopen_pct 1 Some(0)".to_owned();
    assert!(carried.contains(&came_back), "{carried:?}");
    let january = close("2027-01", "2027-02-02T12:00:00Z");
    assert_eq!(january.adjusted, []);
    assert_eq!(faults(&desk), []);
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }
}
