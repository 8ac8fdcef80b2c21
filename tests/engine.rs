//! The store's engine: the same contract on SQLite and on PostgreSQL, with tables of its own.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stderr,
    reason = "helpers of tests: what fails here is the test's failure; one line says what a statement costs"
)]

#[path = "support/ground.rs"]
mod ground;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use ground::{Ground, Kind};
use okno::{
    clock::Stopwatch,
    store::{
        DatabaseSettings, Db, Fate, Fault, Faults, Insert, Migration, Statement, StoreError, Tx, V,
    },
};

const FIRST: Migration = Migration {
    version: 1,
    name: "things",
    sqlite: "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT, body BLOB, part REAL, rank INTEGER) STRICT;
        CREATE UNIQUE INDEX thing_name ON thing (name);
        CREATE TRIGGER thing_stays BEFORE DELETE ON thing BEGIN SELECT RAISE(ABORT, 'things stay'); END;",
    postgres: "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL, note TEXT, body BYTEA, part DOUBLE PRECISION, rank BIGINT);
        CREATE UNIQUE INDEX thing_name ON thing (name);
        CREATE FUNCTION thing_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'things stay'; END; $$;
        CREATE TRIGGER thing_stays BEFORE DELETE ON thing FOR EACH ROW EXECUTE FUNCTION thing_stays();",
};
const SECOND: Migration = Migration {
    version: 2,
    name: "marks",
    sqlite: "CREATE TABLE mark (id INTEGER PRIMARY KEY) STRICT;",
    postgres: "CREATE TABLE mark (id BIGINT PRIMARY KEY);",
};
const ADD: Statement = Statement::both("INSERT INTO thing (id, name) VALUES ($1, $2)");
const COUNT: Statement = Statement::both("SELECT COUNT(*) FROM thing");
const NAMES: Statement = Statement::both("SELECT name FROM thing ORDER BY id");
const SET_RANK: Statement = Statement::both("UPDATE thing SET rank = $2 WHERE id = $1");
const BY_NAME: Statement = Statement::both("SELECT id FROM thing WHERE name = $1");
static MANY: Insert = Insert::new(
    "thing",
    &["id", "name", "note", "body", "part", "rank"],
    "ON CONFLICT DO NOTHING",
);
static MANY_BACK: Insert = Insert::new(
    "thing",
    &["id", "name"],
    "ON CONFLICT DO NOTHING RETURNING id",
);

async fn open(settings: &DatabaseSettings, faults: Faults) -> Db {
    Db::open(settings, &[FIRST], faults).await.unwrap()
}

async fn add(db: &Db, id: i64, name: &str) -> Result<u64, StoreError> {
    db.write("add a thing", (id, name.to_owned()), |tx, (id, name)| {
        Box::pin(async move { tx.exec(&ADD, &[(*id).into(), name.into()]).await })
    })
    .await
}

async fn count(db: &Db) -> i64 {
    db.read("count", (), |tx, ()| {
        Box::pin(async move { tx.row(&COUNT, &[]).await?.int(0) })
    })
    .await
    .unwrap()
}

/// Runs a statement alone in a unit.
async fn run(db: &Db, statement: Statement) -> Result<u64, StoreError> {
    db.write("run", statement, |tx, statement| {
        Box::pin(async move { tx.exec(statement, &[]).await })
    })
    .await
}

/// The one test binary starts one server; every contract runs on both engines, by name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_keep_the_contract() {
    let ground = Ground::new(Kind::Postgres);
    for kind in [Kind::Sqlite, Kind::Postgres] {
        values_come_back(&ground, kind).await;
        wrong_kinds_are_errors(&ground, kind).await;
        many_rows(&ground, kind).await;
        many_rows_of_which_some_are_there(&ground, kind).await;
        errors_roll_back(&ground, kind).await;
        refusals_have_names(&ground, kind).await;
        reads_cannot_write(&ground, kind).await;
        a_dropped_caller_does_not_cancel(&ground, kind).await;
        a_read_sees_one_state(&ground, kind).await;
        migrations(&ground, kind).await;
        every_commit_may_fail(&ground, kind).await;
        statements_are_checked(&ground, kind).await;
        closing_waits(&ground, kind).await;
        many_writers(&ground, kind).await;
        cost_of_a_statement(&ground, kind).await;
    }
    deadlocked_units_are_run_again(&ground).await;
    a_lost_server_is_gone_and_comes_back(&ground).await;
    wrong_servers_are_told(&ground).await;
    let server = Db::open(
        &ground.empty(Kind::Postgres, "nobackup"),
        &[FIRST],
        Faults::none(),
    )
    .await
    .unwrap();
    let refused = server.backup_to(&ground.path("copy")).await.unwrap_err();
    assert!(refused.to_string().contains("pg_dump"), "{refused}");
    server.close().await;
}

async fn values_come_back(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "back"), Faults::none()).await;
    let got = db
        .write("round trip", (), |tx, ()| {
            Box::pin(async move {
                let body = [0_u8, 255, 7];
                tx.insert_many(
                    &MANY,
                    &[
                        vec![
                            V::Int(i64::MAX),
                            "Ёлка".into(),
                            V::OptText(Some("note")),
                            V::OptBlob(Some(&body)),
                            V::Real(0.1),
                            V::OptInt(Some(i64::MIN)),
                        ],
                        vec![
                            V::Int(2),
                            "".into(),
                            V::OptText(None),
                            V::OptBlob(None),
                            V::Real(-1.0),
                            V::OptInt(None),
                        ],
                    ],
                )
                .await?;
                let all = Statement::both(
                    "SELECT id, name, note, body, part, rank FROM thing ORDER BY id DESC",
                );
                let rows = tx.rows(&all, &[]).await?;
                let full = &rows[0];
                assert_eq!(full.int(0)?, i64::MAX);
                assert_eq!(full.text(1)?, "Ёлка");
                assert_eq!(full.opt_text(2)?, Some("note"));
                assert_eq!(full.bytes::<3>(3)?, body);
                assert!((full.real(4)? - 0.1).abs() < f64::EPSILON);
                assert_eq!(full.opt_int(5)?, Some(i64::MIN));
                let bare = &rows[1];
                assert_eq!(bare.text(1)?, "");
                assert_eq!(bare.opt_string(2)?, None);
                assert_eq!(bare.opt_blob(3)?, None);
                assert_eq!(bare.opt_int(5)?, None);
                Ok(rows.len())
            })
        })
        .await
        .unwrap();
    assert_eq!(got, 2);
    db.close().await;
}

async fn wrong_kinds_are_errors(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "kinds"), Faults::none()).await;
    add(&db, 1, "one").await.unwrap();
    db.read("wrong kinds", (), |tx, ()| {
        Box::pin(async move {
            let all = Statement::both("SELECT id, name, note FROM thing");
            let row = tx.row(&all, &[]).await?;
            for (wrong, column) in [
                (row.text(0).map(drop), "id"),
                (row.blob(0).map(drop), "id"),
                (row.int(1).map(drop), "name"),
                (row.blob(1).map(drop), "name"),
                (row.real(0).map(drop), "id"),
                (row.text(2).map(drop), "note"),
                (row.int(2).map(drop), "note"),
                (row.flag(1).map(drop), "name"),
                (row.int(3).map(drop), "3"),
            ] {
                let words = wrong.unwrap_err().to_string();
                assert!(words.contains(&format!("Column {column} ")), "{words}");
                assert!(words.contains("FROM thing"), "{words}");
            }
            Ok(())
        })
    })
    .await
    .unwrap();
    let none = db
        .read("no row", (), |tx, ()| {
            Box::pin(async move { tx.row(&BY_NAME, &["nobody".into()]).await.map(drop) })
        })
        .await
        .unwrap_err();
    assert!(matches!(none, StoreError::NoRow { .. }), "{none}");
    let nul = add(&db, 2, "a\0b").await.unwrap_err();
    assert!(matches!(nul, StoreError::Nul { .. }), "{nul}");
    assert_eq!(count(&db).await, 1);
    db.close().await;
}

async fn many_rows(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "many"), Faults::none()).await;
    // 64 + 64 + 16 + 4 + 4 + 1: every size is used.
    let names: Arc<Vec<String>> = Arc::new((0..153).map(|n| format!("thing {n}")).collect());
    let written = db
        .write("many", Arc::clone(&names), |tx, names| {
            Box::pin(async move {
                let rows: Vec<Vec<V<'_>>> = (0..)
                    .zip(names.iter())
                    .map(|(id, name)| {
                        let note = (id % 2 == 0).then_some("even");
                        vec![
                            V::Int(id),
                            name.into(),
                            note.into(),
                            V::OptBlob(None),
                            V::Real(0.5),
                            V::OptInt(None),
                        ]
                    })
                    .collect();
                let first = tx.insert_many(&MANY, &rows).await?;
                let again = tx.insert_many(&MANY, &rows).await?;
                assert_eq!(again, 0);
                Ok(first)
            })
        })
        .await
        .unwrap();
    assert_eq!(written, 153);
    let kept = db
        .read("names", (), |tx, ()| {
            Box::pin(async move {
                let rows = tx.rows(&NAMES, &[]).await?;
                rows.iter()
                    .map(|row| row.string(0))
                    .collect::<Result<Vec<_>, _>>()
            })
        })
        .await
        .unwrap();
    assert_eq!(kept, *names);
    db.close().await;
}

async fn many_rows_of_which_some_are_there(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "some"), Faults::none()).await;
    add(&db, 152, "thing 152").await.unwrap();
    add(&db, 3, "thing 3").await.unwrap();
    let new = db
        .write("some are there", (), |tx, ()| {
            Box::pin(async move {
                let rows: Vec<Vec<V<'_>>> = vec![
                    vec![V::Int(152), "x".into()],
                    vec![V::Int(153), "y".into()],
                    vec![V::Int(154), "thing 3".into()],
                ];
                let back = tx.insert_many_returning(&MANY_BACK, &rows).await?;
                back.iter()
                    .map(|row| row.int(0))
                    .collect::<Result<Vec<_>, _>>()
            })
        })
        .await
        .unwrap();
    assert_eq!(new, [153]);
    let narrow = db
        .write("narrow", (), |tx, ()| {
            Box::pin(async move { tx.insert_many(&MANY, &[vec![V::Int(1)]]).await })
        })
        .await
        .unwrap_err();
    assert!(
        matches!(
            narrow,
            StoreError::Width {
                wanted: 6,
                found: 1,
                ..
            }
        ),
        "{narrow}"
    );
    let empty = db
        .write("no rows", (), |tx, ()| Box::pin(tx.insert_many(&MANY, &[])))
        .await
        .unwrap();
    assert_eq!(empty, 0);
    db.close().await;
}

async fn errors_roll_back(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "rollback"), Faults::none()).await;
    let said = db
        .write("says no", (), |tx, ()| {
            Box::pin(async move {
                tx.exec(&ADD, &[V::Int(1), "one".into()]).await?;
                Err::<(), _>(StoreError::Unknown {
                    column: "thing.name",
                    found: "one".to_owned(),
                })
            })
        })
        .await
        .unwrap_err();
    assert!(matches!(said, StoreError::Unknown { .. }), "{said}");
    let panicked = db
        .write("panics", (), |tx, ()| {
            Box::pin(async move {
                tx.exec(&ADD, &[V::Int(1), "one".into()]).await?;
                if tx.is_postgres() || !tx.is_postgres() {
                    panic!("out of cheese");
                }
                Ok(())
            })
        })
        .await
        .unwrap_err();
    assert!(panicked.to_string().contains("out of cheese"), "{panicked}");
    add(&db, 1, "one").await.unwrap();
    let hidden = db
        .write("hides an error", (), |tx, ()| {
            Box::pin(async move {
                tx.exec(&ADD, &[V::Int(2), "two".into()]).await?;
                let twice = tx.exec(&ADD, &[V::Int(1), "three".into()]).await;
                assert!(twice.is_err());
                Ok(())
            })
        })
        .await
        .unwrap_err();
    assert!(matches!(hidden, StoreError::Hidden { .. }), "{hidden}");
    assert_eq!(count(&db).await, 1);
    db.close().await;
}

async fn refusals_have_names(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "names"), Faults::none()).await;
    add(&db, 1, "one").await.unwrap();
    let twice = add(&db, 2, "one").await.unwrap_err();
    assert_eq!(twice.fate(), Fate::GiveUp);
    let name = match kind {
        Kind::Sqlite => "rule thing.name ",
        Kind::Postgres => "rule thing_name ",
    };
    assert!(twice.to_string().contains(name), "{twice}");
    assert!(twice.to_string().contains("INSERT INTO thing"), "{twice}");
    let stays = run(&db, Statement::both("DELETE FROM thing"))
        .await
        .unwrap_err();
    assert!(
        matches!(&stays, StoreError::Constraint { name, .. } if name == "things stay"),
        "{stays}"
    );
    let wrong = run(&db, Statement::both("UPDATE nothing SET x = 1"))
        .await
        .unwrap_err();
    assert!(matches!(wrong, StoreError::Statement { .. }), "{wrong}");
    db.close().await;
}

async fn reads_cannot_write(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "readonly"), Faults::none()).await;
    let refused = db
        .read("write in a read", (), |tx, ()| {
            Box::pin(async move { tx.exec(&ADD, &[V::Int(1), "one".into()]).await })
        })
        .await
        .unwrap_err();
    assert!(matches!(refused, StoreError::Denied { .. }), "{refused}");
    assert_eq!(count(&db).await, 0);
    db.close().await;
}

async fn a_dropped_caller_does_not_cancel(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "dropped"), Faults::none()).await;
    let (begun, has_begun) = tokio::sync::watch::channel(false);
    let go = Arc::new(tokio::sync::Notify::new());
    {
        let unit = db.write("slow", (begun, Arc::clone(&go)), |tx, (begun, go)| {
            Box::pin(async move {
                tx.exec(&ADD, &[V::Int(1), "one".into()]).await?;
                begun.send_replace(true);
                go.notified().await;
                tx.exec(&ADD, &[V::Int(2), "two".into()]).await
            })
        });
        let mut seen = has_begun.clone();
        tokio::select! {
            done = unit => panic!("the unit cannot be over: {done:?}"),
            seen = seen.wait_for(|begun| *begun) => assert!(seen.is_ok()),
        }
    }
    go.notify_one();
    // The next writer stands behind the forgotten one on SQLite; on PostgreSQL, on the row it inserts.
    let late = add(&db, 1, "late").await.unwrap_err();
    assert!(matches!(late, StoreError::Constraint { .. }), "{late}");
    assert_eq!(count(&db).await, 2);
    db.close().await;
}

async fn a_read_sees_one_state(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "snapshot"), Faults::none()).await;
    let seen = db
        .read("two looks", db.clone(), |tx, outside| {
            Box::pin(async move {
                let before = tx.row(&COUNT, &[]).await?.int(0)?;
                add(outside, 1, "one").await?;
                let after = tx.row(&COUNT, &[]).await?.int(0)?;
                Ok((before, after))
            })
        })
        .await
        .unwrap();
    assert_eq!(seen, (0, 0));
    assert_eq!(count(&db).await, 1);
    db.close().await;
}

async fn migrations(ground: &Ground, kind: Kind) {
    let settings = ground.empty(kind, "steps");
    let db = open(&settings, Faults::none()).await;
    add(&db, 1, "one").await.unwrap();
    db.close().await;

    let broken = Migration {
        sqlite: "CREATE TABLE mark (id INTEGER PRIMARY KEY) STRICT; CREATE TABEL",
        postgres: "CREATE TABLE mark (id BIGINT PRIMARY KEY); CREATE TABEL",
        ..SECOND
    };
    let failed = Db::open(&settings, &[FIRST, broken], Faults::none())
        .await
        .unwrap_err();
    assert!(matches!(failed, StoreError::Statement { .. }), "{failed}");
    let older = Db::visit(&settings, &[FIRST, SECOND]).await.unwrap_err();
    assert!(
        matches!(older, StoreError::Older { found: 1, known: 2 }),
        "{older}"
    );

    // Nothing of the broken step was left: the right one goes in, and only once.
    for _ in 0..2 {
        let db = Db::open(&settings, &[FIRST, SECOND], Faults::none())
            .await
            .unwrap();
        assert_eq!(count(&db).await, 1);
        let guest = Db::visit(&settings, &[FIRST, SECOND]).await.unwrap();
        assert_eq!(
            add(&guest, 1, "two").await.unwrap_err().fate(),
            Fate::GiveUp
        );
        assert_eq!(count(&guest).await, 1);
        guest.close().await;
        db.close().await;
    }
    for (steps, words) in [
        (vec![FIRST], "its schema is 2, this program knows 1"),
        (
            vec![
                SECOND,
                Migration {
                    postgres: "SELECT 1",
                    sqlite: "SELECT 1",
                    ..FIRST
                },
            ],
            "Migration 1 (things)",
        ),
        (vec![SECOND], "Migration 1 (things)"),
    ] {
        let refused = Db::open(&settings, &steps, Faults::none())
            .await
            .unwrap_err();
        assert_eq!(refused.fate(), Fate::Operator);
        assert!(refused.to_string().contains(words), "{refused}");
    }
}

/// A little story of three commits, each of which may be repeated.
async fn story(db: &Db) -> Result<(), StoreError> {
    const ONCE: Statement =
        Statement::both("INSERT INTO thing (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    for (id, name) in [(1, "one"), (2, "two"), (3, "three")] {
        db.write("a step", (id, name), |tx, (id, name)| {
            Box::pin(async move { tx.exec(&ONCE, &[V::Int(*id), V::Text(name)]).await })
        })
        .await?;
    }
    Ok(())
}

async fn every_commit_may_fail(ground: &Ground, kind: Kind) {
    for fault in Fault::ALL {
        let mut tried: u64 = 0;
        for n in 1.. {
            let name = format!("fault{n}{fault:?}").to_lowercase();
            let settings = ground.empty(kind, &name);
            let faults = Faults::at(n, fault);
            let db = open(&settings, faults.clone()).await;
            let told = story(&db).await;
            if !faults.happened() {
                told.unwrap();
                db.close().await;
                break;
            }
            tried = n;
            let told = told.unwrap_err();
            let dead = matches!(fault, Fault::KilledBefore | Fault::KilledAfter);
            assert_eq!(matches!(told, StoreError::Killed { .. }), dead, "{told}");
            assert_eq!(faults.is_killed(), dead);
            if dead {
                let later = add(&db, 9, "nine").await.unwrap_err();
                assert!(matches!(later, StoreError::Killed { .. }), "{later}");
            }
            db.close().await;
            // After a restart: what was done is there, what was not is not, and the story ends well.
            let db = open(&settings, Faults::none()).await;
            let done = matches!(fault, Fault::AnswerLost | Fault::KilledAfter);
            let expected = if done { n } else { n - 1 };
            assert_eq!(
                u64::try_from(count(&db).await).unwrap(),
                expected,
                "{fault:?} {n}"
            );
            story(&db).await.unwrap();
            assert_eq!(count(&db).await, 3);
            db.close().await;
        }
        assert_eq!(tried, 3);
    }
}

async fn statements_are_checked(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "checked"), Faults::none()).await;
    let plan = db
        .read("check", (), |tx, ()| {
            Box::pin(async move {
                for statement in [ADD, COUNT, NAMES, SET_RANK, BY_NAME] {
                    tx.check_statement(&statement).await?;
                }
                tx.check_insert(&MANY).await?;
                tx.check_insert(&MANY_BACK).await?;
                tx.explain(&BY_NAME, &["one".into()]).await
            })
        })
        .await
        .unwrap();
    assert!(
        plan.iter().any(|line| line.contains("thing_name")),
        "{plan:?}"
    );
    for wrong in [
        Statement::both("SELECT nothing FROM thing"),
        Statement::twin("SELECT id FROM thing WHERE", "SELECT id FROM thing WHERE"),
    ] {
        let refused = db
            .read("check", wrong, |tx, wrong| {
                Box::pin(tx.check_statement(wrong))
            })
            .await
            .unwrap_err();
        assert!(matches!(refused, StoreError::Statement { .. }), "{refused}");
    }
    db.close().await;
}

async fn closing_waits(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "closing"), Faults::none()).await;
    let (begun, mut has_begun) = tokio::sync::watch::channel(false);
    let go = Arc::new(tokio::sync::Notify::new());
    let writer = db.write("slow", (begun, Arc::clone(&go)), |tx, (begun, go)| {
        Box::pin(async move {
            begun.send_replace(true);
            go.notified().await;
            tx.exec(&ADD, &[V::Int(1), "one".into()]).await
        })
    });
    let closer = async {
        has_begun.wait_for(|begun| *begun).await.unwrap();
        let closing = db.close();
        tokio::pin!(closing);
        assert!(futures_util::poll!(&mut closing).is_pending());
        go.notify_one();
        closing.await;
    };
    let (written, ()) = tokio::join!(writer, closer);
    assert_eq!(written.unwrap(), 1);
    let later = add(&db, 2, "two").await.unwrap_err();
    assert!(matches!(later, StoreError::Killed { .. }), "{later}");
}

async fn many_writers(ground: &Ground, kind: Kind) {
    let db = open(&ground.empty(kind, "writers"), Faults::none()).await;
    let all = (0..50_i64).map(|id| {
        let db = db.clone();
        async move { add(&db, id, &format!("thing {id}")).await }
    });
    for done in futures_util::future::join_all(all).await {
        done.unwrap();
    }
    assert_eq!(count(&db).await, 50);
    db.close().await;
}

/// Says what a statement costs (`--nocapture`); fails only where it is absurd.
async fn cost_of_a_statement(ground: &Ground, kind: Kind) {
    const ROUNDS: u32 = 1000;
    let db = open(&ground.empty(kind, "cost"), Faults::none()).await;
    add(&db, 1, "one").await.unwrap();
    let (exec, one_row) = db
        .write("cost", (), |tx, ()| {
            Box::pin(async move {
                let watch = Stopwatch::start();
                for round in 0..ROUNDS {
                    tx.exec(&SET_RANK, &[V::Int(1), V::OptInt(Some(round.into()))])
                        .await?;
                }
                let exec = watch.elapsed() / ROUNDS;
                let watch = Stopwatch::start();
                for _ in 0..ROUNDS {
                    tx.row(&BY_NAME, &["one".into()]).await?.int(0)?;
                }
                Ok((exec, watch.elapsed() / ROUNDS))
            })
        })
        .await
        .unwrap();
    let per_row = bulk_cost(&db).await;
    eprintln!("{kind:?}: exec {exec:?}, row {one_row:?}, insert_many {per_row:?} a row");
    assert!(exec < Duration::from_millis(10), "{exec:?}");
    db.close().await;
}

async fn bulk_cost(db: &Db) -> Duration {
    const ROWS: u32 = 6400;
    db.write("bulk", (), |tx: &mut Tx, ()| {
        Box::pin(async move {
            let names: Vec<String> = (0..ROWS).map(|n| format!("bulk {n}")).collect();
            let rows: Vec<Vec<V<'_>>> = (100..)
                .zip(&names)
                .map(|(id, name)| vec![V::Int(id), name.into()])
                .collect();
            let watch = Stopwatch::start();
            tx.insert_many(&MANY_BACK, &rows).await?;
            Ok(watch.elapsed() / ROWS)
        })
    })
    .await
    .unwrap()
}

async fn deadlocked_units_are_run_again(ground: &Ground) {
    let db = open(&ground.empty(Kind::Postgres, "deadlock"), Faults::none()).await;
    add(&db, 1, "one").await.unwrap();
    add(&db, 2, "two").await.unwrap();
    let runs = Arc::new(AtomicU32::new(0));
    let meet = Arc::new(tokio::sync::Barrier::new(2));
    let crossing = |first: i64, second: i64| {
        let input = (first, second, Arc::clone(&runs), Arc::clone(&meet));
        db.write("cross", input, |tx, (first, second, runs, meet)| {
            Box::pin(async move {
                let run = runs.fetch_add(1, Ordering::SeqCst);
                tx.exec(&SET_RANK, &[V::Int(*first), V::OptInt(Some(1))])
                    .await?;
                if run < 2 {
                    meet.wait().await;
                }
                tx.exec(&SET_RANK, &[V::Int(*second), V::OptInt(Some(2))])
                    .await
            })
        })
    };
    let (one, other) = tokio::join!(crossing(1, 2), crossing(2, 1));
    assert_eq!((one.unwrap(), other.unwrap()), (1, 1));
    assert_eq!(runs.load(Ordering::SeqCst), 3);
    db.close().await;
}

async fn a_lost_server_is_gone_and_comes_back(ground: &Ground) {
    let db = open(&ground.empty(Kind::Postgres, "lost"), Faults::none()).await;
    let cut = run(
        &db,
        Statement::both("SELECT pg_terminate_backend(pg_backend_pid())"),
    )
    .await
    .unwrap_err();
    assert!(matches!(cut, StoreError::Gone { .. }), "{cut}");
    assert_eq!(cut.fate(), Fate::Retry);
    add(&db, 1, "one").await.unwrap();
    db.close().await;
}

async fn wrong_servers_are_told(ground: &Ground) {
    let server = ground.server();
    let url = server.url("postgres");
    // Nobody listens at port 1.
    let (before, _) = url.rsplit_once(':').unwrap();
    let elsewhere = format!("{before}:1/postgres");
    for (url, fate) in [
        (server.url("nosuchdatabase"), Fate::Operator),
        (elsewhere, Fate::Retry),
        ("postgres://[".to_owned(), Fate::Operator),
    ] {
        let settings = DatabaseSettings::Postgres {
            url,
            password: None,
        };
        let told = Db::open(&settings, &[FIRST], Faults::none())
            .await
            .unwrap_err();
        assert_eq!(told.fate(), fate, "{told}");
    }
}

fn sqlite_at(path: PathBuf) -> DatabaseSettings {
    DatabaseSettings::Sqlite { path }
}

#[tokio::test]
async fn one_daemon_a_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("okno.db");
    let settings = sqlite_at(path.clone());
    let db = open(&settings, Faults::none()).await;
    let refused = Db::open(&settings, &[FIRST], Faults::none())
        .await
        .unwrap_err();
    let words = format!(
        "another okno (process {}) uses this database",
        std::process::id()
    );
    assert!(refused.to_string().starts_with(&words), "{refused}");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    db.close().await;
    open(&settings, Faults::none()).await.close().await;
}

#[tokio::test]
async fn a_backup_is_whole_and_never_covers_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&sqlite_at(folder.path().join("okno.db")), Faults::none()).await;
    add(&db, 1, "one").await.unwrap();
    let copy = folder.path().join("copy.db");
    db.backup_to(&copy).await.unwrap();
    add(&db, 2, "two").await.unwrap();
    let again = db.backup_to(&copy).await.unwrap_err();
    assert!(
        matches!(&again, StoreError::Exists(path) if *path == copy),
        "{again}"
    );
    let nowhere = db
        .backup_to(&folder.path().join("no/copy.db"))
        .await
        .unwrap_err();
    assert!(matches!(nowhere, StoreError::File { .. }), "{nowhere}");
    db.close().await;
    let saved = open(&sqlite_at(copy), Faults::none()).await;
    assert_eq!(count(&saved).await, 1);
    saved.close().await;
}

#[tokio::test]
async fn bad_files_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Db::visit(&sqlite_at(folder.path().join("none.db")), &[FIRST])
        .await
        .unwrap_err();
    assert!(matches!(missing, StoreError::File { .. }), "{missing}");
    assert!(!folder.path().join("none.db").exists());
    let settings = sqlite_at(folder.path().join("no/okno.db"));
    let nowhere = Db::open(&settings, &[FIRST], Faults::none())
        .await
        .unwrap_err();
    assert!(nowhere.to_string().contains("no/okno.db"), "{nowhere}");
    let rubbish = folder.path().join("rubbish.db");
    std::fs::write(&rubbish, "Dear Sir or Madam, ".repeat(500)).unwrap();
    let damaged = Db::open(&sqlite_at(rubbish), &[FIRST], Faults::none())
        .await
        .unwrap_err();
    assert!(matches!(damaged, StoreError::Corrupt { .. }), "{damaged}");
    assert_eq!(damaged.fate(), Fate::Operator);
}

#[tokio::test]
async fn a_full_disk_is_told_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&sqlite_at(folder.path().join("okno.db")), Faults::none()).await;
    // SQLite's own limit of pages answers exactly as a full disk does.
    run(&db, Statement::both("PRAGMA max_page_count = 20"))
        .await
        .unwrap();
    let big = "x".repeat(200_000);
    let full = add(&db, 1, &big).await.unwrap_err();
    assert!(matches!(full, StoreError::DiskFull { .. }), "{full}");
    assert_eq!(full.fate(), Fate::Operator);
    run(&db, Statement::both("PRAGMA max_page_count = 100000"))
        .await
        .unwrap();
    add(&db, 1, &big).await.unwrap();
    assert_eq!(count(&db).await, 1);
    db.close().await;
}
