//! Many open tickets, made by the database itself like the last one that was opened: its row, appointments, people, mails
//! and their ids, and the beginning of its history. Only numbers and times differ.

use anyhow::Context as _;
use okno::store::{Db, Statement, StoreError};

/// How many of them have the same requester.
const PER_PERSON: i64 = 20;

/// Appointments are so many milliseconds apart.
const APART: i64 = 2_500;

/// Where the numbers begin that nothing else has.
const MESSAGES: i64 = 1_000_000_000;
const EVENTS: i64 = 1_000_000_000;
const PEOPLE: i64 = 1_000_000;

macro_rules! numbers {
    ($rest:literal) => {
        Statement::both(concat!(
            "WITH RECURSIVE n (i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $2 + 0) ",
            $rest
        ))
    };
}

const LAST: Statement = Statement::both("SELECT MAX(id) FROM ticket");

const PERSON: Statement = numbers!(
    "INSERT INTO person (id, address, name, language, kind, department, employee_number, curator) \
     SELECT n.i, 'crowd' || n.i || '@customers.test', p.name, p.language, p.kind, p.department, p.employee_number, p.curator \
     FROM n, ticket AS t JOIN person AS p ON p.id = t.requester WHERE t.id = $3"
);

const ADDRESS: Statement = numbers!(
    "INSERT INTO person_address (address, person) SELECT 'crowd' || n.i || '@customers.test', n.i FROM n"
);

const TICKET: Statement = numbers!(
    "INSERT INTO ticket (id, queue, state, requester, assignee, opened_at, due_at, snapshot, last_seq, fold_version, merged_into, waits) \
     SELECT n.i, t.queue, t.state, $4 + n.i / $5, t.assignee, t.opened_at, t.due_at, \
     replace(replace(t.snapshot, '\"number\":' || t.id, '\"number\":' || n.i), '\"requester\":' || t.requester, '\"requester\":' || ($4 + n.i / $5)), \
     t.last_seq, t.fold_version, t.merged_into, t.waits FROM n, ticket AS t WHERE t.id = $3"
);

const TIMER: Statement = numbers!(
    "INSERT INTO timer (kind, object, at) SELECT t.kind, n.i, t.at + (n.i - $1) * $4 FROM n, timer AS t WHERE t.object = $3"
);

const MESSAGE: Statement = numbers!(
    "INSERT INTO message (id, ticket, side, raw_id, person, message_id, content, at) \
     SELECT $4 + n.i * 16 + m.id - (SELECT MIN(id) FROM message WHERE ticket = $3), n.i, m.side, NULL, m.person, m.message_id || n.i, m.content, m.at \
     FROM n, message AS m WHERE m.ticket = $3"
);

const REF: Statement = Statement::both(
    "INSERT INTO ref (hash, message) SELECT (id % 2147483647) * 1103515245 % 2147483647, id FROM message WHERE id >= $1 + 0",
);

const EVENT: Statement = numbers!(
    "INSERT INTO event (seq, decision_id, stream_kind, stream_id, stream_seq, kind, version, at, recorded_at, actor, role, trust, reason, data, prev_hash, hash) \
     SELECT $4 + n.i * 16 + e.stream_seq, e.decision_id, e.stream_kind, CAST(n.i AS TEXT), e.stream_seq, e.kind, e.version, e.at, e.recorded_at, e.actor, e.role, e.trust, e.reason, e.data, e.prev_hash, e.hash \
     FROM n, event AS e WHERE e.stream_kind = 'ticket' AND e.stream_id = CAST($3 AS TEXT) AND e.stream_seq <= 2"
);

const ANALYZE: Statement = Statement::both("ANALYZE");

/// How many open tickets the command line asks for.
pub(crate) fn asked(usual: i64) -> anyhow::Result<i64> {
    // cargo adds words of its own, as `--bench`.
    let count = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    count.map_or(Ok(usual), |word| {
        word.parse()
            .with_context(|| format!("«{word}»: how many open tickets? A number is expected"))
    })
}

/// Two cores are what is promised to do.
pub(crate) fn on_two_cores(bench: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(bench)
}

/// Makes so many.
pub(crate) async fn fill(db: &Db, count: i64) -> anyhow::Result<()> {
    Ok(db
        .write("make a crowd", count, |tx, count| {
            Box::pin(async move {
                let like = tx.row(&LAST, &[]).await?.int(0)?;
                let (first, last) = (like.saturating_add(1), like.saturating_add(*count));
                let people = PEOPLE.saturating_add(first / PER_PERSON);
                let most = PEOPLE.saturating_add(last / PER_PERSON);
                let all = [first.into(), last.into(), like.into()];
                let [first, last, like] = all;
                tx.exec(&PERSON, &[people.into(), most.into(), like])
                    .await?;
                tx.exec(&ADDRESS, &[people.into(), most.into()]).await?;
                tx.exec(
                    &TICKET,
                    &[first, last, like, PEOPLE.into(), PER_PERSON.into()],
                )
                .await?;
                tx.exec(&TIMER, &[first, last, like, APART.into()]).await?;
                tx.exec(&MESSAGE, &[first, last, like, MESSAGES.into()])
                    .await?;
                tx.exec(&REF, &[MESSAGES.into()]).await?;
                tx.exec(&EVENT, &[first, last, like, EVENTS.into()]).await?;
                tx.exec(&ANALYZE, &[]).await?;
                Ok::<(), StoreError>(())
            })
        })
        .await?)
}
