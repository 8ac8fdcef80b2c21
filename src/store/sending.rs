//! How a text goes to the engine, and what comes back of it.

use futures_util::TryStreamExt as _;
use sqlx::{Either, Executor as _};

use super::{
    arguments::{for_postgres, for_sqlite},
    error::StoreError,
    row::Row,
    tx::{Native, Sent, Tx},
    value::V,
};

impl Tx {
    /// Runs a statement that gives no rows; how many it changed.
    pub(super) async fn run<'a, R: AsRef<[V<'a>]>>(
        &mut self,
        sent: Sent,
        rows: &[R],
    ) -> Result<u64, StoreError> {
        self.begun(sent.name).await?;
        let done = match &mut self.native {
            Native::Sqlite(tx) => {
                let values = for_sqlite(sent.name, rows)?;
                let mut stream = (&mut **tx).fetch_many(sqlx::query_with(sent.text, values));
                // Its thread has one thing to say; who waits for the end of it is woken twice.
                loop {
                    match stream.try_next().await {
                        Ok(Some(Either::Left(done))) => break Ok(done.rows_affected()),
                        Ok(Some(Either::Right(_))) => {}
                        Ok(None) => break Ok(0),
                        Err(error) => break Err(error),
                    }
                }
            }
            Native::Postgres(tx) => {
                let values = for_postgres(sent.name, rows)?;
                sqlx::query_with(sent.text, values)
                    .execute(&mut **tx)
                    .await
                    .map(|done| done.rows_affected())
            }
        };
        self.note(sent.name, done)
    }

    /// Adds the rows that a statement gives.
    pub(super) async fn fetch<'a, R: AsRef<[V<'a>]>>(
        &mut self,
        sent: Sent,
        rows: &[R],
        into: &mut Vec<Row>,
    ) -> Result<(), StoreError> {
        let name = sent.name;
        self.begun(name).await?;
        let done = match &mut self.native {
            Native::Sqlite(tx) => {
                let values = for_sqlite(name, rows)?;
                let mut stream = (&mut **tx).fetch_many(sqlx::query_with(sent.text, values));
                loop {
                    match stream.try_next().await {
                        Ok(Some(Either::Right(row))) => into.push(Row::from_sqlite(row, name)),
                        Ok(Some(Either::Left(_)) | None) => break Ok(()),
                        Err(error) => break Err(error),
                    }
                }
            }
            Native::Postgres(tx) => {
                let values = for_postgres(name, rows)?;
                let mut stream = sqlx::query_with(sent.text, values).fetch(&mut **tx);
                loop {
                    match stream.try_next().await {
                        Ok(Some(row)) => into.push(Row::from_postgres(row, name)),
                        Ok(None) => break Ok(()),
                        Err(error) => break Err(error),
                    }
                }
            }
        };
        self.note(name, done)
    }

    /// Adds the one row that a text gives, which may open the transaction itself.
    pub(super) async fn fetch_one<'a, R: AsRef<[V<'a>]>>(
        &mut self,
        sent: Sent,
        rows: &[R],
        into: &mut Vec<Row>,
    ) -> Result<(), StoreError> {
        let name = sent.name;
        let done = match &mut self.native {
            Native::Sqlite(tx) => {
                let values = for_sqlite(name, rows)?;
                let asked = sqlx::query_with(sent.text, values);
                let row = asked.fetch_one(&mut **tx).await;
                row.map(|row| into.push(Row::from_sqlite(row, name)))
            }
            Native::Postgres(tx) => {
                let values = for_postgres(name, rows)?;
                let asked = sqlx::query_with(sent.text, values);
                let row = asked.fetch_one(&mut **tx).await;
                row.map(|row| into.push(Row::from_postgres(row, name)))
            }
        };
        self.note(name, done)
    }

    /// Runs a script of several statements without values: migrations only.
    pub(crate) async fn script(&mut self, script: &'static str) -> Result<(), StoreError> {
        self.begun(script).await?;
        let done = match &mut self.native {
            Native::Sqlite(tx) => sqlx::raw_sql(script).execute(&mut **tx).await.map(drop),
            Native::Postgres(tx) => sqlx::raw_sql(script).execute(&mut **tx).await.map(drop),
        };
        self.note(script, done)
    }

    async fn begun(&mut self, name: &'static str) -> Result<(), StoreError> {
        let done = self.open().await;
        self.note(name, done)
    }
}
