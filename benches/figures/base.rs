//! A base of ten months, made by the database itself like one ticket that was asked, answered, solved and rated: its row and
//! its whole history. Only numbers and days differ; hashes are the first ticket's, since counting does not prove them.

use std::path::Path;

use anyhow::{Context as _, ensure};
use jiff::civil::Date;
use okno::{
    clock::Clock,
    desk::{cause::Cause, decision::Decision},
    house::{House, lease::DECIDER},
    model::{account::DatabaseSettings, ids::MessageId},
    store::{Db, Statement, StoreError, V},
};

use super::{house, mails};

/// The months, all of the same number of tickets.
pub(crate) const MONTHS: [&str; 10] = [
    "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08",
    "2026-09", "2026-10",
];

/// So many days of each month have tickets.
const DAYS: i8 = 28;

/// The day of the first ticket, a Monday.
const DAY: &str = "2026-01-12";

/// Where the numbers begin that nothing else has, and how far the events of two tickets are apart.
const FIRST: i64 = 10_000;
const EVENTS: i64 = 1_000_000;

const SETTINGS: &str = r#"
administrator = "root@uni.test"

[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "/nowhere"

[queue.it]
title = "ИТ-поддержка"
agents = ["anna"]
target = "4 h"
first_response = "1 h"
reminders = [50]

[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"

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

const LAST: Statement = Statement::both("SELECT MAX(id) FROM ticket");

const LENGTH: Statement = Statement::both(
    "SELECT COUNT(*), MAX(stream_seq) FROM event WHERE stream_kind = 'ticket' AND stream_id = CAST($1 AS TEXT)",
);

const TICKET: Statement = numbers!(
    "INSERT INTO ticket (id, queue, state, requester, assignee, opened_at, due_at, snapshot, last_seq, fold_version, merged_into, waits, changed_at) \
     SELECT n.i, t.queue, t.state, t.requester, t.assignee, t.opened_at + $4, t.due_at, \
     replace(replace(t.snapshot, '\"number\":' || t.id, '\"number\":' || n.i), '2026-01-12', $5), \
     t.last_seq, t.fold_version, t.merged_into, t.waits, t.changed_at + $4 FROM n, ticket AS t WHERE t.id = $3"
);

const EVENT: Statement = numbers!(
    "INSERT INTO event (seq, decision_id, stream_kind, stream_id, stream_seq, kind, version, at, recorded_at, actor, role, trust, reason, data, prev_hash, hash) \
     SELECT $6 + n.i * 32 + e.stream_seq, e.decision_id, e.stream_kind, CAST(n.i AS TEXT), e.stream_seq, e.kind, e.version, e.at + $4, e.recorded_at + $4, e.actor, e.role, e.trust, e.reason, \
     replace(e.data, '2026-01-12', $5), e.prev_hash, e.hash \
     FROM n, event AS e WHERE e.stream_kind = 'ticket' AND e.stream_id = CAST($3 AS TEXT)"
);

const ANALYZE: Statement = Statement::both("ANALYZE");

/// Makes so many tickets; how many events each has.
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
        fill(&house.db, like, days).await?;
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

/// The tickets of some days: from one number up to another, on that day.
async fn fill(db: &Db, like: i64, days: Vec<(i64, i64, String)>) -> anyhow::Result<()> {
    let first: Date = DAY.parse()?;
    let mut rows = Vec::new();
    for (from, upto, day) in days {
        let date: Date = day.parse()?;
        let apart = i64::from(first.until(date)?.get_days()).saturating_mul(86_400_000);
        rows.push((from, upto, apart, day));
    }
    Ok(db
        .write("make a base", (like, rows), |tx, (like, rows)| {
            Box::pin(async move {
                for (from, upto, apart, day) in rows {
                    let values: [V<'_>; 6] = [
                        (*from).into(),
                        (*upto).into(),
                        (*like).into(),
                        (*apart).into(),
                        day.into(),
                        EVENTS.into(),
                    ];
                    let [from, upto, like, apart, day, events] = values;
                    tx.exec(&TICKET, &[from, upto, like, apart, day]).await?;
                    tx.exec(&EVENT, &[from, upto, like, apart, day, events])
                        .await?;
                }
                Ok::<(), StoreError>(())
            })
        })
        .await?)
}

/// The ticket that all others are like, and how many events it has.
async fn like(db: &Db) -> anyhow::Result<(i64, i64)> {
    let found = db
        .read("look at the first ticket", (), |tx, ()| {
            Box::pin(async move {
                let like = tx.row(&LAST, &[]).await?.int(0)?;
                let row = tx.row(&LENGTH, &[like.into()]).await?;
                Ok((like, row.int(0)?, row.int(1)?))
            })
        })
        .await?;
    let (like, events, longest) = found;
    ensure!(longest < 32, "a history of {longest} events is too long");
    Ok((like, events))
}

/// A ticket's life, all on one day: Olga asks, Anna has solved it half an hour later, Olga rates it.
async fn live(house: &House, clock: &Clock) -> anyhow::Result<()> {
    let asked = "Не включается компьютер, помогите, пожалуйста.";
    let olga = mails::visitor(1);
    let opened = take(house, (1, &olga), None, asked).await?;
    clock.advance(std::time::Duration::from_secs(1_800));
    let solved = "Кабель был не вставлен, теперь всё включается.\nрешено";
    let card = id_of(&opened, "card")?;
    let solved = take(house, (2, "anna@uni.test"), Some(&card), solved).await?;
    clock.advance(std::time::Duration::from_secs(3_600));
    let resolution = id_of(&solved, "resolution")?;
    take(house, (3, &olga), Some(&resolution), "5").await?;
    Ok(())
}

/// Somebody writes these words, in answer to something or to nothing.
async fn take(
    house: &House,
    (number, from): (u64, &str),
    answers: Option<&MessageId>,
    words: &str,
) -> anyhow::Result<Decision> {
    let mut cause = house::mail(house, number, from, answers);
    if let Cause::Mail(arrival) = &mut cause {
        arrival.reading.message.text = Some(format!("{words}\n"));
        arrival.reading.message.reply = None;
    }
    let lease = house.lease(DECIDER).await?;
    let lease = lease.context("Somebody else decides")?;
    let decided = house::take(house, &lease, &[cause]).await?;
    decided.into_iter().next().context("nothing was decided")
}

fn id_of(decision: &Decision, template: &str) -> anyhow::Result<MessageId> {
    let mut mails = decision.mails.iter().map(|queued| &queued.mail);
    let found = mails.find(|mail| mail.body.template() == template);
    let found = found.with_context(|| {
        let all = decision.mails.iter();
        let all: Vec<&str> = all.map(|one| one.mail.body.template()).collect();
        format!("no {template} was sent, but {all:?}: {:?}", decision.reason)
    })?;
    Ok(found.message_id.clone())
}
