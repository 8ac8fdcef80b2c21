//! The schema's steps. Each has a number, a name and a text an engine; what was applied is kept in the table
//! `schema_migration` with a sum of the text, so that a changed or a newer schema is noticed, not guessed.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Statement, StoreError, Tx};

/// One step of the schema, the same number and name on both engines.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3 and so on, without gaps.
    pub version: i64,
    /// A word for it, as in the file's name.
    pub name: &'static str,
    /// The script for SQLite.
    pub sqlite: &'static str,
    /// The script for PostgreSQL.
    pub postgres: &'static str,
}

impl Migration {
    fn text(&self, tx: &Tx) -> &'static str {
        if tx.is_postgres() {
            self.postgres
        } else {
            self.sqlite
        }
    }

    fn sum(&self, tx: &Tx) -> String {
        HEXLOWER.encode(&Sha256::digest(self.text(tx)))
    }
}

/// Two daemons that start at once on PostgreSQL go one after the other; the number is "okno" in ASCII.
const TAKE_TURN: Statement = Statement::twin(
    "SELECT CAST(0 AS INTEGER)",
    "SELECT 1 FROM (SELECT pg_advisory_xact_lock(1869311599)) AS turn",
);
/// A step over a large database takes as long as it takes: the limits of everyday work are not for it.
const TAKE_TIME: Statement = Statement::twin(
    "SELECT CAST(0 AS INTEGER)",
    "SELECT 1 FROM (SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)) AS patience",
);
const EXISTS: Statement = Statement::twin(
    "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'",
    "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration'",
);
const CREATE: Statement = Statement::twin(
    "CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT",
    "CREATE TABLE schema_migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL)",
);
const APPLIED: Statement =
    Statement::both("SELECT version, name, sha256 FROM schema_migration ORDER BY version");
const NOTE: Statement =
    Statement::both("INSERT INTO schema_migration (version, name, sha256) VALUES ($1, $2, $3)");

/// Brings the schema up to date, all missing steps in the given transaction.
pub(crate) async fn apply(tx: &mut Tx, migrations: &[Migration]) -> Result<(), StoreError> {
    tx.rows(&TAKE_TIME, &[]).await?;
    tx.rows(&TAKE_TURN, &[]).await?;
    if !exists(tx).await? {
        tx.exec(&CREATE, &[]).await?;
    }
    let found = compare(tx, migrations).await?;
    for step in migrations.iter().filter(|step| step.version > found) {
        tx.script(step.text(tx)).await?;
        let sum = step.sum(tx);
        tx.exec(
            &NOTE,
            &[step.version.into(), step.name.into(), (&sum).into()],
        )
        .await?;
    }
    Ok(())
}

/// Refuses a schema that is not exactly the one of this program; changes nothing.
pub(crate) async fn verify(tx: &mut Tx, migrations: &[Migration]) -> Result<(), StoreError> {
    let found = if exists(tx).await? {
        compare(tx, migrations).await?
    } else {
        0
    };
    let known = newest(migrations);
    if found < known {
        return Err(StoreError::Older { found, known });
    }
    Ok(())
}

fn newest(migrations: &[Migration]) -> i64 {
    migrations
        .iter()
        .map(|step| step.version)
        .max()
        .unwrap_or(0)
}

async fn exists(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.row(&EXISTS, &[]).await?.int(0)? > 0)
}

/// The newest applied step, after comparing every applied step with ours.
async fn compare(tx: &mut Tx, migrations: &[Migration]) -> Result<i64, StoreError> {
    let known = newest(migrations);
    let applied = tx.rows(&APPLIED, &[]).await?;
    let mut found = 0;
    for row in &applied {
        found = row.int(0)?;
    }
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for row in &applied {
        let version = row.int(0)?;
        let same = migrations
            .iter()
            .find(|step| step.version == version)
            .map(|step| step.sum(tx))
            .is_some_and(|sum| row.text(2).is_ok_and(|kept| kept == sum));
        if !same {
            return Err(StoreError::Changed {
                version,
                name: row.string(1)?,
            });
        }
    }
    Ok(found)
}
