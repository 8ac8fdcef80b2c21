//! How connections are made: the settings of both engines, with their reasons.

use std::{
    fs::OpenOptions, os::unix::fs::OpenOptionsExt as _, path::Path, str::FromStr as _,
    time::Duration,
};

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
    },
};

use super::{
    error::StoreError,
    tx::{Native, Tx},
};
use crate::model::account::DatabaseSettings;

/// The pools of connections.
pub(crate) enum Engine {
    Sqlite {
        writer: SqlitePool,
        reader: SqlitePool,
    },
    Postgres(PgPool),
}

impl Engine {
    /// Begins a transaction that may write.
    pub(crate) async fn begin_write(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Self::Sqlite { writer, .. } => begin_sqlite(writer, Tx::WRITE).await,
            Self::Postgres(pool) => {
                begin_postgres(pool, "BEGIN ISOLATION LEVEL READ COMMITTED").await
            }
        }
    }

    /// Begins a transaction that sees one unchanging state.
    pub(crate) async fn begin_read(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Self::Sqlite { reader, .. } => begin_sqlite(reader, Tx::READ).await,
            Self::Postgres(pool) => {
                begin_postgres(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
            }
        }
    }

    /// Closes all connections.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, reader } => {
                reader.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

async fn begin_sqlite(pool: &SqlitePool, words: &'static str) -> Result<Tx, sqlx::Error> {
    Tx::begin(Native::Sqlite(pool.acquire().await?), words).await
}

async fn begin_postgres(pool: &PgPool, words: &'static str) -> Result<Tx, sqlx::Error> {
    Tx::begin(Native::Postgres(pool.acquire().await?), words).await
}

/// Prepared statements kept a connection: more than `store::sql` has, with all sizes of its inserts.
const STATEMENTS_KEPT: usize = 512;
/// How long SQLite waits for a lock held by another process (an operator's command).
const BUSY_FOR: Duration = Duration::from_secs(10);
/// How long a unit waits for the one writing connection: longer than a lock may take.
const WRITER_WAIT_FOR: Duration = Duration::from_secs(15);
/// How long a unit waits for any other connection.
const WAIT_FOR: Duration = Duration::from_secs(5);
const READERS: u32 = 2;
const SERVER_CONNECTIONS: u32 = 10;
/// Limits that the server itself watches, in milliseconds: it outlives us when we hang. And a statement is planned once: to
/// plan the many questions of a batch anew costs ten times as much as to answer them, and no plan depends on their values.
const SERVER_LIMITS: &str = "SET statement_timeout = 60000; SET lock_timeout = 10000; \
     SET idle_in_transaction_session_timeout = 60000; SET plan_cache_mode = force_generic_plan; SET jit = off";

/// Opens the pools.
pub(crate) async fn engine(settings: &DatabaseSettings) -> Result<Engine, StoreError> {
    match settings {
        DatabaseSettings::Sqlite { path } => sqlite(path).await,
        DatabaseSettings::Postgres { url, password } => postgres(url, password.as_ref()).await,
    }
}

async fn sqlite(path: &Path) -> Result<Engine, StoreError> {
    let what = format!("open {}", path.display());
    let common = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .busy_timeout(BUSY_FOR)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS_KEPT)
        .disable_statement_logging();
    // FULL: a mail is acknowledged to its server after the commit, so the commit must survive a power cut.
    let write = common
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-4000")
        .pragma("mmap_size", "0")
        .pragma("journal_size_limit", "67108864")
        .optimize_on_close(true, Some(400));
    let read = common
        .read_only(true)
        .pragma("cache_size", "-500")
        .pragma("mmap_size", "0");
    let failed = |error: sqlx::Error| StoreError::from_driver(&what, &error);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .acquire_timeout(WRITER_WAIT_FOR)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(write)
        .await
        .map_err(failed)?;
    let reader = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(WAIT_FOR)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(read)
        .await
        .map_err(failed)?;
    Ok(Engine::Sqlite { writer, reader })
}

async fn postgres(url: &str, password: Option<&SecretString>) -> Result<Engine, StoreError> {
    let what = "connect to PostgreSQL";
    let failed = |error: sqlx::Error| StoreError::from_driver(what, &error);
    let mut options = PgConnectOptions::from_str(url)
        .map_err(failed)?
        .application_name("okno")
        .disable_statement_logging();
    if let Some(password) = password {
        options = options.password(password.expose_secret());
    }
    // Whoever writes this option (0 for an old PgBouncer) knows why.
    if !url.contains("statement-cache-capacity") {
        options = options.statement_cache_capacity(STATEMENTS_KEPT);
    }
    // Once without the pool: the pool hides why a first connection fails behind "timed out".
    let first = tokio::time::timeout(WAIT_FOR, sqlx::PgConnection::connect_with(&options)).await;
    match first {
        Ok(first) => first.map_err(failed)?.close().await.map_err(failed)?,
        Err(_) => {
            return Err(StoreError::Gone {
                what: what.to_owned(),
                reason: "no answer within 5 seconds".to_owned(),
            });
        }
    }
    let pool = PgPoolOptions::new()
        .max_connections(SERVER_CONNECTIONS)
        .acquire_timeout(WAIT_FOR)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(SERVER_LIMITS).await.map(drop) })
        })
        .connect_with(options)
        .await
        .map_err(failed)?;
    Ok(Engine::Postgres(pool))
}

/// Makes the file with rights for its owner only: it holds people's mail. Its companions inherit them.
pub(crate) fn make_file(path: &Path) -> Result<(), StoreError> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map(drop)
        .map_err(|error| StoreError::File {
            path: path.to_path_buf(),
            reason: error.to_string(),
        })
}
