//! The contract of the room `store`: the same functions against SQLite and against PostgreSQL.
//!
//! On SQLite each is a test of its own; on PostgreSQL one test runs all, since all share its one server.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests: what goes wrong here fails the test"
)]

#[path = "store/applied.rs"]
mod applied;
#[path = "store/chained.rs"]
mod chained;
#[path = "store/erasing.rs"]
mod erasing;
#[path = "store/facts.rs"]
mod facts;
#[path = "store/golden.rs"]
mod golden;
#[path = "support/ground.rs"]
mod ground;
#[path = "store/journal.rs"]
mod journal;
#[path = "store/leases.rs"]
mod leases;
#[path = "store/orders.rs"]
mod orders;
#[path = "store/outbox.rs"]
mod outbox;
#[path = "store/people.rs"]
mod people;
#[path = "store/plans.rs"]
mod plans;
#[path = "store/schema.rs"]
mod schema;
#[path = "store/shares.rs"]
mod shares;
#[path = "store/story.rs"]
mod story;
#[path = "store/words.rs"]
mod words;
#[path = "store/work.rs"]
mod work;

use futures_util::future::BoxFuture;
use ground::{Ground, Kind};
use okno::store::{DatabaseSettings, Db, Faults, HOUSE, Row, Statement, StoreError};
use tokio::task::JoinSet;

/// An open, empty house.
struct Base {
    db: Db,
    kind: Kind,
}

impl Base {
    async fn open(settings: &DatabaseSettings, kind: Kind) -> Self {
        let db = Db::open(settings, HOUSE, Faults::none()).await.unwrap();
        Self { db, kind }
    }

    /// Runs a statement of the test's own; how many rows it changed.
    async fn exec(&self, statement: Statement) -> Result<u64, StoreError> {
        self.db
            .write("a statement of a test", statement, |tx, statement| {
                Box::pin(async move { tx.exec(statement, &[]).await })
            })
            .await
    }

    /// Takes the guards off history, as somebody with the database's password could.
    async fn open_history(&self) {
        let guards: &[Statement] = match self.kind {
            Kind::Sqlite => &[
                Statement::both("DROP TRIGGER event_is_never_changed"),
                Statement::both("DROP TRIGGER event_is_never_deleted"),
                Statement::both("DROP TRIGGER event_is_never_replaced"),
            ],
            Kind::Postgres => &[Statement::both(
                "DROP TRIGGER event_is_never_changed ON event",
            )],
        };
        for guard in guards {
            self.exec(*guard).await.unwrap();
        }
    }

    /// The rows of a question of the test's own.
    async fn rows(&self, statement: Statement) -> Vec<Row> {
        self.db
            .read("a question of a test", statement, |tx, statement| {
                Box::pin(async move { tx.rows(statement, &[]).await })
            })
            .await
            .unwrap()
    }

    /// The number that answers a question.
    async fn number(&self, text: &'static str) -> i64 {
        self.rows(Statement::both(text)).await[0].int(0).unwrap()
    }

    /// The texts in the first column of the answer.
    async fn texts(&self, text: &'static str) -> Vec<String> {
        let rows = self.rows(Statement::both(text)).await;
        rows.iter().map(|row| row.string(0).unwrap()).collect()
    }
}

type Contract = for<'a> fn(&'a Base) -> BoxFuture<'a, ()>;

/// Makes a test on SQLite of each function, and the list that the test on PostgreSQL works through.
macro_rules! contract {
    ($($module:ident: $($name:ident),+;)+) => {
        const CONTRACT: &[(&str, Contract)] = &[$($(
            (concat!(stringify!($module), "_", stringify!($name)), |base| Box::pin($module::$name(base))),
        )+)+];

        mod on_sqlite {$(
            mod $module {$(
                #[tokio::test]
                async fn $name() {
                    let ground = crate::Ground::new(crate::Kind::Sqlite);
                    let base = crate::Base::open(&ground.empty(crate::Kind::Sqlite, "okno"), crate::Kind::Sqlite).await;
                    crate::$module::$name(&base).await;
                    base.db.close().await;
                }
            )+}
        )+}
    };
}

contract! {
    plans: every_statement_is_understood, every_statement_uses_an_index, a_full_house_goes_by_its_indices,
        without_statistics_appointments_go_by_their_time;
    schema: columns_are_those_of_the_files, history_refuses_changes, unknown_events_refuse_the_start;
    shares: of_one_clock_the_last_verdict_counts;
    journal: mail_and_cursor_come_in_together, bytes_come_back, known_sums_are_passed_over, without_the_lease_nothing_is_written,
        server_actions_wait, readings_come_back, what_waits_is_as_old_as_its_oldest_mail,
        a_clock_that_is_put_right_takes_back_what_was_read_by_it;
    leases: one_holds_it, it_runs_out, the_fence_grows, of_a_run_that_has_ended_nothing_is_left, all_can_be_ended;
    work: it_waits_in_order, a_try_is_counted, quarantine_keeps_it;
    applied: everything_can_be_read_back, numbers_have_no_gaps, time_never_goes_back, a_key_is_used_once, without_the_lease_nothing_is_applied,
        verdicts_are_their_events, a_snapshot_of_another_version_is_no_forgery, timers_follow_their_tickets, a_released_fuse_lets_mail_go;
    chained: every_column_is_proved, lost_rows_are_missed, erased_words_leave_the_chain_whole, old_snapshots_are_folded_anew;
    outbox: an_attempt_is_booked_first, claimers_never_meet, only_the_dead_are_reclaimed, every_ending, doubt_is_never_forgotten, a_late_result_changes_nothing, a_resting_relay, a_relay_at_work, what_is_stuck;
    orders: what_is_taken_is_not_cancelled, held_stopped_and_let_go, a_new_try, a_claim_comes_before_or_after, quarantine_ends;
    people: every_address_leads_to_its_person, a_number_that_is_somebody_elses_leads_to_them, the_roster_is_everybody,
        what_became_of_the_directory_is_known;
    facts: exactly_what_was_asked, equal_hashes_do_not_confuse, counts_at_their_limits, digests, what_senders_have_begun, what_people_took_part_in;
    words: the_best_come_first, what_people_have_asked;
    erasing: what_is_theirs_goes_and_nothing_else;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    let ground = Ground::new(Kind::Postgres);
    let whole = ground.empty(Kind::Postgres, "contract");
    let whole = Db::open(&whole, &[], Faults::none()).await.unwrap();
    let whole = Base {
        db: whole,
        kind: Kind::Postgres,
    };
    let mut broken = Vec::new();
    for (name, contract) in CONTRACT {
        // A schema each: a database each would take the server ten times as long.
        let schema = format!("CREATE SCHEMA {name}").leak();
        whole.exec(Statement::both(schema)).await.unwrap();
        let url = ground.server().url("contract");
        let settings = DatabaseSettings::Postgres {
            url: format!("{url}?options[search_path]={name}"),
            password: None,
        };
        let base = Base::open(&settings, Kind::Postgres).await;
        let db = base.db.clone();
        // A task, so that one broken promise does not hide the next.
        let mut task = JoinSet::new();
        task.spawn(async move { contract(&base).await });
        if task.join_next().await.is_none_or(|done| done.is_err()) {
            broken.push(*name);
        }
        db.close().await;
    }
    whole.db.close().await;
    assert!(broken.is_empty(), "broken on PostgreSQL: {broken:?}");
}
