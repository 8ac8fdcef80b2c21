//! The opened database: its pools, and the two ways to work with it, [`Db::write`] and [`Db::read`].

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::future::BoxFuture;

use super::{
    connect::{self, Engine},
    error::StoreError,
    faults::{Fault, Faults},
    lock::Lock,
    migrate::{self, Migration},
    tx::Tx,
    unit::{Units, commit, roll_back},
};
use crate::model::account::DatabaseSettings;

struct Inner {
    engine: Engine,
    faults: Faults,
    units: Units,
    lock: Mutex<Option<Lock>>,
}

/// The opened database; a clone is the same database.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db")
            .field("postgres", &self.is_postgres())
            .finish_non_exhaustive()
    }
}

/// How often a unit is run again on PostgreSQL after a deadlock or a serialization failure.
const RERUNS_MAX: u32 = 5;

impl Db {
    /// Opens the database for the daemon: makes it where there is none, takes its lock (SQLite), and brings
    /// the schema up to date.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::Newer`], [`StoreError::Changed`], or why it cannot be opened.
    pub async fn open(
        settings: &DatabaseSettings,
        migrations: &[Migration],
        faults: Faults,
    ) -> Result<Self, StoreError> {
        let lock = match settings {
            DatabaseSettings::Sqlite { path } => {
                connect::make_file(path)?;
                Some(Lock::take(path)?)
            }
            DatabaseSettings::Postgres { .. } => None,
        };
        let db = Self::new(connect::engine(settings).await?, lock, faults);
        let steps = migrations.to_vec();
        let body = db.clone();
        let what = "bring the schema up to date";
        let unit = async move {
            let mut tx = body.begin_write(what).await?;
            migrate::apply(&mut tx, &steps).await?;
            commit(what, tx).await
        };
        db.inner.units.run(what, unit).await?;
        Ok(db)
    }

    /// Opens a database beside a running daemon, for an operator's command: takes no lock, makes nothing, and
    /// wants exactly the schema of this program.
    ///
    /// # Errors
    /// [`StoreError::Older`], [`StoreError::Newer`], [`StoreError::Changed`], or why it cannot be opened.
    pub async fn visit(
        settings: &DatabaseSettings,
        migrations: &[Migration],
    ) -> Result<Self, StoreError> {
        if let DatabaseSettings::Sqlite { path } = settings
            && let Err(error) = std::fs::metadata(path)
        {
            return Err(StoreError::File {
                path: path.clone(),
                reason: error.to_string(),
            });
        }
        let db = Self::new(connect::engine(settings).await?, None, Faults::none());
        db.read("look at the schema", migrations.to_vec(), |tx, steps| {
            Box::pin(migrate::verify(tx, steps))
        })
        .await?;
        Ok(db)
    }

    fn new(engine: Engine, lock: Option<Lock>, faults: Faults) -> Self {
        Self {
            inner: Arc::new(Inner {
                engine,
                faults,
                units: Units::default(),
                lock: Mutex::new(lock),
            }),
        }
    }

    /// Runs a unit of work in one write transaction: all of it is written, or nothing.
    ///
    /// The unit runs in a task of its own and is never cancelled; on PostgreSQL it is run again as a whole
    /// after a deadlock or a serialization failure, so it takes its input by reference and may be called more
    /// than once. A unit never calls `write` or `read` itself, and waits for nothing but its statements.
    ///
    /// ```no_run
    /// # use okno::store::{Db, Statement, StoreError};
    /// const RENAME: Statement = Statement::both("UPDATE queue SET name = $2 WHERE id = $1");
    /// # async fn example(db: &Db) -> Result<(), StoreError> {
    /// let input = (7_i64, "billing".to_owned());
    /// let renamed = db
    ///     .write("rename a queue", input, |tx, (id, name)| {
    ///         Box::pin(async move { tx.exec(&RENAME, &[(*id).into(), name.into()]).await })
    ///     })
    ///     .await?;
    /// # drop(renamed); Ok(()) }
    /// ```
    /// With a named `async fn save(tx: &mut Tx, batch: &Batch) -> Result<T, StoreError>` it is
    /// `db.write("save a batch", batch, |tx, batch| Box::pin(save(tx, batch)))`. An input that the caller
    /// still needs goes in as an `Arc`.
    ///
    /// # Errors
    /// What the unit says; [`StoreError::Hidden`] where it hid a failed statement; what the commit says.
    pub async fn write<I, T, F>(
        &self,
        what: &'static str,
        input: I,
        unit: F,
    ) -> Result<T, StoreError>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T, StoreError>>
            + Send
            + Sync
            + 'static,
    {
        let db = self.clone();
        let body = async move {
            let mut reruns: u32 = 0;
            loop {
                let done = db.write_once(what, &input, &unit).await;
                match done {
                    Err(error)
                        if db.is_postgres() && error.wants_rerun() && reruns < RERUNS_MAX =>
                    {
                        reruns = reruns.saturating_add(1);
                        tokio::time::sleep(Duration::from_millis(10).saturating_mul(reruns)).await;
                    }
                    other => return other,
                }
            }
        };
        self.inner.units.run(what, body).await
    }

    /// Runs a unit that only reads, on one unchanging state of the database.
    ///
    /// # Errors
    /// What the unit says; a write is refused by the engine.
    pub async fn read<I, T, F>(
        &self,
        what: &'static str,
        input: I,
        unit: F,
    ) -> Result<T, StoreError>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T, StoreError>>
            + Send
            + Sync
            + 'static,
    {
        let db = self.clone();
        let body = async move {
            let mut tx = db.begin_read(what).await?;
            let done = unit(&mut tx, &input).await;
            roll_back(what, tx, done).await
        };
        self.inner.units.run(what, body).await
    }

    /// Waits for running units, closes the connections and lets go of the lock. Later uses fail.
    pub async fn close(&self) {
        self.inner.units.wait().await;
        self.inner.engine.close().await;
        let lock = self
            .inner
            .lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(lock);
    }

    /// Whether the database is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.inner.engine, Engine::Postgres(_))
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    pub(crate) fn units(&self) -> &Units {
        &self.inner.units
    }

    pub(crate) fn alive(&self, what: &str) -> Result<(), StoreError> {
        if self.inner.faults.is_killed() {
            return Err(StoreError::Killed {
                what: what.to_owned(),
            });
        }
        Ok(())
    }

    async fn write_once<I, T, F>(
        &self,
        what: &'static str,
        input: &I,
        unit: &F,
    ) -> Result<T, StoreError>
    where
        F: for<'t> Fn(&'t mut Tx, &'t I) -> BoxFuture<'t, Result<T, StoreError>>,
    {
        let mut tx = self.begin_write(what).await?;
        let done = unit(&mut tx, input).await;
        if done.is_err() || tx.has_failed() {
            return roll_back(what, tx, done).await;
        }
        // A process that was killed meanwhile writes nothing more.
        if let Err(killed) = self.alive(what) {
            return roll_back(what, tx, Err(killed)).await;
        }
        let what_owned = what.to_owned();
        match self.inner.faults.next_commit() {
            None => {
                commit(what, tx).await?;
                done
            }
            Some(Fault::Refused) => {
                let reason = "a planned fault".to_owned();
                roll_back(
                    what,
                    tx,
                    Err(StoreError::Gone {
                        what: what_owned,
                        reason,
                    }),
                )
                .await
            }
            Some(Fault::AnswerLost) => {
                commit(what, tx).await?;
                Err(StoreError::OutcomeUnknown { what: what_owned })
            }
            Some(Fault::KilledBefore) => {
                self.inner.faults.kill();
                roll_back(what, tx, Err(StoreError::Killed { what: what_owned })).await
            }
            Some(Fault::KilledAfter) => {
                commit(what, tx).await?;
                self.inner.faults.kill();
                Err(StoreError::Killed { what: what_owned })
            }
        }
    }

    async fn begin_write(&self, what: &'static str) -> Result<Tx, StoreError> {
        self.alive(what)?;
        let begun = self.inner.engine.begin_write().await;
        begun.map_err(|error| StoreError::from_driver(what, &error))
    }

    async fn begin_read(&self, what: &'static str) -> Result<Tx, StoreError> {
        self.alive(what)?;
        let begun = self.inner.engine.begin_read().await;
        begun.map_err(|error| StoreError::from_driver(what, &error))
    }
}
