//! Every statement of the house is understood by the engine, and none walks through a table that grows.

use okno::store::{Statement, V, sql};

use crate::{Base, Kind};

/// Tables that stay small, whatever happens: one row a setting, a lease, a policy, an alarm.
const SMALL: &[&str] = &["house", "lease", "policy", "alarm"];

/// Indices that hold only rows that wait: to walk through one of them is to do what is due.
const WAITING: &[&str] = &[
    "work_waiting",
    "work_quarantined",
    "delivery_due",
    "delivery_open",
];

/// SQLite plans to look for children that wait for a new policy, and does so only while a foreign key is broken.
const NEVER_TAKEN: (&str, &str) = ("POLICY_ADD", "SCAN decision");

/// The values of each statement: `i` a number, `n` a number or NULL, `t` a text, `o` a text or NULL, `l` a list of
/// numbers, `m` a list of texts.
const VALUES: &[(&str, &str)] = &[
    ("HOUSE_GET", "t"),
    ("HOUSE_SET", "tt"),
    ("POLICY_FIND", "t"),
    ("POLICY_ADD", "tti"),
    ("LEASE_TAKE", "tti"),
    ("LEASE_HOLDS", "tt"),
    ("LEASE_EXPIRE_ALL", ""),
    ("LEASE_GIVE_BACK", "tt"),
    ("CURSOR_GET", "tt"),
    ("CURSOR_SET", "ttiiii"),
    ("RAW_KNOWN", "mtt"),
    ("RAW_WITH_SUM", "tt"),
    ("RAW_GET", "i"),
    ("RAW_GET_MANY", "l"),
    ("RAW_CHUNKS", "i"),
    ("RAW_ACTIONS", "tti"),
    ("RAW_ACTION_DONE", "i"),
    ("RAW_ACTION_FAILED", "i"),
    ("READING_GET", "i"),
    ("WORK_NEXT", "i"),
    ("WORK_SUSPECT", "l"),
    ("WORK_CLEAR", "l"),
    ("WORK_ATTEMPT", "i"),
    ("WORK_FAILED", "it"),
    ("WORK_DONE", "l"),
    ("WORK_QUARANTINE", "it"),
    ("WORK_ADD", "tnti"),
    ("WORK_COUNT", ""),
    ("QUARANTINE_LIST", "i"),
    ("QUARANTINE_SET", "it"),
    ("QUARANTINE_COUNT", ""),
    ("ASIDE_LIST", "i"),
    ("FACTS_KNOWN", "l"),
    ("FACTS_TICKETS", "l"),
    ("FACTS_PEOPLE", "m"),
    ("FACTS_PEOPLE_BY_ID", "l"),
    ("FACTS_SENT", "mii"),
    ("FACTS_FUSE", "i"),
    ("FACTS_ALARMS", ""),
    ("FACTS_WITHHELD", "i"),
    ("FACTS_NUMBERS", ""),
    ("APPLY_NUMBERS", ""),
    ("APPLY_HEAD", ""),
    ("APPLY_STREAMS", "mt"),
    ("TIMERS_CLEAR", "l"),
    ("TIMER_DONE", "ti"),
    ("WITHHELD_CLEAR", "i"),
    ("TIMERS_DUE", "ii"),
    ("TIMER_NEXT", ""),
    ("DELIVERY_RELEASE", "i"),
    ("DELIVERY_DUE", "ii"),
    ("DELIVERY_CLAIM", "lt"),
    ("DELIVERY_RECLAIM", "ti"),
    ("DELIVERY_GIVE_BACK", "l"),
    ("DELIVERY_RESULT", "itinoo"),
    ("DELIVERY_POSTPONE", "ti"),
    ("DELIVERY_NEXT", ""),
    ("OUTGOING_GET", "i"),
    ("DELIVERY_ABOUT", "i"),
    ("OUTBOX_LIST", "i"),
    ("OUTBOX_RETRY", "ii"),
    ("OUTBOX_RETRY_ALL", "i"),
    ("OUTBOX_STUCK", "i"),
    ("OUTBOX_HELD", ""),
    ("EXPLAIN_MESSAGE", "i"),
    ("EXPLAIN_DECISIONS", "tt"),
    ("EXPLAIN_DECISION", "i"),
    ("EXPLAIN_EVENTS", "i"),
    ("EXPLAIN_RAW", "i"),
    ("HISTORY", "tt"),
    ("CHAIN", "i"),
    ("TICKETS_AFTER", "i"),
    ("EVENT_KINDS", ""),
];

fn values(name: &str) -> Vec<V<'static>> {
    let (_, kinds) = VALUES
        .iter()
        .find(|(known, _)| *known == name)
        .unwrap_or_else(|| panic!("the values of {name} are missing in VALUES"));
    kinds
        .chars()
        .map(|kind| match kind {
            'i' => V::Int(1),
            'n' => V::OptInt(Some(1)),
            't' => V::Text("x"),
            'o' => V::OptText(Some("x")),
            'l' => V::Text("[1, 2]"),
            'm' => V::Text("[\"x\"]"),
            other => panic!("{other}"),
        })
        .collect()
}

pub(crate) async fn every_statement_is_understood(base: &Base) {
    base.db
        .read("prepare everything", (), |tx, ()| {
            Box::pin(async move {
                for family in sql::STATEMENTS {
                    for (name, statement) in *family {
                        let done = tx.check_statement(statement).await;
                        assert!(done.is_ok(), "{name}: {done:?}");
                    }
                }
                for (name, insert) in sql::INSERTS {
                    let done = tx.check_insert(insert).await;
                    assert!(done.is_ok(), "{name}: {done:?}");
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

pub(crate) async fn every_statement_uses_an_index(base: &Base) {
    let tables = match base.kind {
        Kind::Sqlite => {
            base.texts("SELECT name FROM sqlite_schema WHERE type = 'table'")
                .await
        }
        Kind::Postgres => {
            base.texts("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'")
                .await
        }
    };
    assert!(tables.len() > 20, "{tables:?}");
    let mut wrong = Vec::new();
    for family in sql::STATEMENTS {
        for (name, statement) in *family {
            let plan = plan_with(base, *statement, values(name)).await;
            // SQLite has nothing to say about a plain INSERT.
            let is_insert = statement.sqlite().starts_with("INSERT");
            assert!(is_insert || !plan.is_empty(), "{name}");
            wrong.extend(
                plan.iter()
                    .filter(|line| walks_through(line, &tables))
                    .filter(|line| (*name, line.as_str()) != NEVER_TAKEN)
                    .map(|line| format!("{name}: {line}")),
            );
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    // The eye of this test must be able to see a walk.
    let walk = Statement::both("SELECT id FROM delivery WHERE reply = 'x'");
    let seen = plan_with(base, walk, Vec::new()).await;
    assert!(
        seen.iter().any(|line| walks_through(line, &tables)),
        "{seen:?}"
    );
}

async fn plan_with(base: &Base, statement: Statement, values: Vec<V<'static>>) -> Vec<String> {
    base.db
        .write("explain", (statement, values), |tx, (statement, values)| {
            Box::pin(async move {
                if tx.is_postgres() {
                    // Empty tables are quicker to walk through; what counts is whether there is another way.
                    let off = Statement::both("SET LOCAL enable_seqscan = off");
                    tx.exec(&off, &[]).await?;
                }
                tx.explain(statement, values).await
            })
        })
        .await
        .unwrap()
}

fn walks_through(line: &str, tables: &[String]) -> bool {
    let line = line.trim().trim_start_matches("-> ").trim();
    let walked = line
        .strip_prefix("SCAN ")
        .or_else(|| line.split_once("Seq Scan on ").map(|(_, rest)| rest));
    let Some(walked) = walked else {
        return false;
    };
    let mut words = walked.split_whitespace();
    let table = words.next().unwrap();
    let is_waiting = WAITING
        .iter()
        .any(|index| words.clone().any(|word| word == *index));
    tables.iter().any(|known| known == table) && !SMALL.contains(&table) && !is_waiting
}
