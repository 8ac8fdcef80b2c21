//! What okno's database says after a run, asked with plain SQL and not through okno.

use std::path::Path;

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

/// An opened ledger.
#[derive(Debug)]
pub(crate) struct Ledger(SqliteConnection);

impl Ledger {
    /// Opens the database in this data folder, to be read only.
    pub(crate) async fn open(data: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(data.join("okno.sqlite"))
            .read_only(true);
        Ok(Self(options.connect().await?))
    }

    /// The one number a question has for an answer.
    pub(crate) async fn number(&mut self, question: &'static str) -> anyhow::Result<i64> {
        Ok(sqlx::query_scalar(question).fetch_one(&mut self.0).await?)
    }

    /// Closes it.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        Ok(self.0.close().await?)
    }
}
