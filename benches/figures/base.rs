//! A base of ten months, made by the database itself like a few tickets that were really decided, of three queues, five agents and
//! three classes, one of them reopened, one late, one passed on: their rows and whole histories. Only numbers and days differ;
//! hashes are the first tickets', since counting does not prove them.

use std::path::Path;

use anyhow::ensure;
use jiff::civil::Date;
use okno::{
    clock::Clock,
    model::account::DatabaseSettings,
    store::{Db, Statement, StoreError, V},
};

use super::{
    house,
    lives::{LIVES, live},
};

/// The months, all of the same number of tickets.
pub(crate) const MONTHS: [&str; 10] = [
    "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08",
    "2026-09", "2026-10",
];

/// So many days of each month have tickets.
const DAYS: i8 = 28;

/// The day of the first ticket, a Monday.
const DAY: &str = "2026-01-12";

/// Where the numbers begin that nothing else has, and those of their events; a history has fewer than sixty-four.
const FIRST: i64 = 10_000;
const EVENTS: i64 = 1_000_000;
const EVENTS_MOST: i64 = 64;

const SETTINGS: &str = r#"
administrator = "root@uni.test"

[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "/nowhere/it"

[mailbox.buh]
address = "buh@uni.test"
mode = "full"
maildir = "/nowhere/buh"

[mailbox.hr]
address = "hr@uni.test"
mode = "full"
maildir = "/nowhere/hr"

[queue.it]
title = "ИТ-поддержка"
agents = ["anna", "boris"]
target = "4 h"
first_response = "1 h"
reminders = [50]
commands = ["all"]

[queue.buh]
title = "Бухгалтерия"
agents = ["vera"]
target = "8 h"
commands = ["all"]

[queue.hr]
title = "Кадры"
agents = ["gleb", "dina"]
target = "8 h"
first_response = "2 h"
commands = ["all"]

[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"

[agent.boris]
name = "Борис Ким"
address = "boris@uni.test"

[agent.vera]
name = "Вера Орлова"
address = "vera@uni.test"

[agent.gleb]
name = "Глеб Серов"
address = "gleb@uni.test"

[agent.dina]
name = "Дина Юсупова"
address = "dina@uni.test"

[smtp]
maildir = "/nowhere"
"#;

macro_rules! numbers {
    ($rest:literal) => {
        Statement::both(concat!(
            "WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $2 + 0) ",
            $rest
        ))
    };
}

const LIKE: Statement = Statement::both("SELECT id FROM ticket ORDER BY id");

const LENGTH: Statement =
    Statement::both("SELECT MAX(stream_seq) FROM event WHERE stream_kind = 'ticket'");

const TICKET: Statement = numbers!(
    "INSERT INTO ticket (id, queue, state, requester, assignee, opened_at, due_at, snapshot, last_seq, fold_version, merged_into, waits, changed_at) \
     SELECT n.i, t.queue, t.state, t.requester, t.assignee, t.opened_at + $4, t.due_at, \
     replace(replace(t.snapshot, '\"number\":' || t.id, '\"number\":' || n.i), '2026-01-12', $5), \
     t.last_seq, t.fold_version, t.merged_into, t.waits, t.changed_at + $4 FROM n, ticket AS t \
     WHERE t.id = $3 AND n.i % ($6 + 0) = $7 + 0"
);

const EVENT: Statement = numbers!(
    "INSERT INTO event (seq, decision_id, stream_kind, stream_id, stream_seq, kind, version, at, recorded_at, actor, role, trust, reason, data, prev_hash, hash) \
     SELECT $8 + n.i * 64 + e.stream_seq, e.decision_id, e.stream_kind, CAST(n.i AS TEXT), e.stream_seq, e.kind, e.version, e.at + $4, e.recorded_at + $4, e.actor, e.role, e.trust, e.reason, \
     replace(e.data, '2026-01-12', $5), e.prev_hash, e.hash \
     FROM n, event AS e WHERE e.stream_kind = 'ticket' AND e.stream_id = CAST($3 AS TEXT) AND n.i % ($6 + 0) = $7 + 0"
);

const ANALYZE: Statement = Statement::both("ANALYZE");

/// Makes so many tickets; how many events the longest history has.
pub(crate) async fn make(data: &Path, file: &Path, tickets: i64) -> anyhow::Result<i64> {
    let path = file.to_owned();
    let database = DatabaseSettings::Sqlite { path };
    let clock = Clock::manual(format!("{DAY}T06:00:00Z").parse()?);
    let house = house::open(SETTINGS, (data, &database), clock.clone()).await?;
    live(&house, &clock).await?;
    let (like, events) = like(&house.db).await?;
    let months = i64::try_from(MONTHS.len())?;
    let (mut next, mut made) = (FIRST, 0_i64);
    for (month, place) in MONTHS.iter().zip(1_i64..) {
        let until = part_of(tickets, place, months);
        let mut days = Vec::new();
        for day in 1..=DAYS {
            let more = part_of(until.saturating_sub(made), day.into(), DAYS.into());
            let last = FIRST
                .saturating_add(made)
                .saturating_add(more)
                .saturating_sub(1);
            if last >= next {
                days.push((next, last, format!("{month}-{day:02}")));
                next = last.saturating_add(1);
            }
        }
        made = until;
        fill(&house.db, &like, days).await?;
    }
    house
        .db
        .write("count what is there", (), |tx, ()| {
            Box::pin(async move { tx.exec(&ANALYZE, &[]).await.map(drop) })
        })
        .await?;
    house.db.close().await;
    Ok(events)
}

/// So many parts of a whole.
fn part_of(whole: i64, parts: i64, of: i64) -> i64 {
    whole.saturating_mul(parts).checked_div(of).unwrap_or(0)
}

/// The tickets of some days: from one number up to another, on that day, each like one of these in turn.
async fn fill(db: &Db, like: &[i64], days: Vec<(i64, i64, String)>) -> anyhow::Result<()> {
    let first: Date = DAY.parse()?;
    let mut rows = Vec::new();
    let of = i64::try_from(like.len())?;
    for (from, upto, day) in days {
        let date: Date = day.parse()?;
        let apart = i64::from(first.until(date)?.get_days()).saturating_mul(86_400_000);
        for (like, part) in like.iter().zip(0_i64..) {
            rows.push(([from, upto, *like, apart, of, part], day.clone()));
        }
    }
    Ok(db
        .write("make a base", rows, |tx, rows| {
            Box::pin(async move {
                for (numbers, day) in rows {
                    let [from, upto, like, apart, of, part] = numbers.map(V::from);
                    let day = V::from(day.as_str());
                    let own = [from, upto, like, apart, day, of, part];
                    tx.exec(&TICKET, &own).await?;
                    let [from, upto, like, apart, day, of, part] = own;
                    let events = V::from(EVENTS);
                    let own = [from, upto, like, apart, day, of, part, events];
                    tx.exec(&EVENT, &own).await?;
                }
                Ok::<(), StoreError>(())
            })
        })
        .await?)
}

/// The tickets that all others are like, and how many events the longest of them has.
async fn like(db: &Db) -> anyhow::Result<(Vec<i64>, i64)> {
    let (like, longest) = db
        .read("look at the first tickets", (), |tx, ()| {
            Box::pin(async move {
                let rows = tx.rows(&LIKE, &[]).await?;
                let like = rows.iter().map(|row| row.int(0));
                let like: Vec<i64> = like.collect::<Result<_, StoreError>>()?;
                let longest = tx.row(&LENGTH, &[]).await?.int(0)?;
                Ok::<_, StoreError>((like, longest))
            })
        })
        .await?;
    ensure!(
        like.len() == LIVES.len(),
        "{} tickets were made",
        like.len()
    );
    ensure!(
        longest < EVENTS_MOST,
        "a history of {longest} events is too long"
    );
    Ok((like, longest))
}
