//! Questions about statements, for the tests that ask them of every statement on both engines.

use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _, SqlStr};

use super::{
    error::StoreError,
    statement::{Insert, Statement},
    tx::{Native, Sent, Tx},
    value::V,
};

impl Tx {
    /// Asks the engine whether it understands the statement, without running it; for the test that asks this
    /// of every statement.
    ///
    /// # Errors
    /// [`StoreError::Statement`] with the engine's words.
    pub async fn check_statement(&mut self, statement: &Statement) -> Result<(), StoreError> {
        let sent = self.choose(statement);
        self.prepare(sent.text, sent.name).await
    }

    /// [`Tx::check_statement`] for all sizes of an insert.
    ///
    /// # Errors
    /// [`StoreError::Statement`] with the engine's words.
    pub async fn check_insert(&mut self, insert: &'static Insert) -> Result<(), StoreError> {
        for text in insert.all_texts(self.marks()) {
            self.prepare(AssertSqlSafe(text).into_sql_str(), insert.table())
                .await?;
        }
        Ok(())
    }

    /// How the engine would run the statement, a line a step: for the tests that want an index used.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn explain(
        &mut self,
        statement: &Statement,
        values: &[V<'_>],
    ) -> Result<Vec<String>, StoreError> {
        let name = self.choose(statement).name;
        let (verb, column) = match self.native {
            Native::Sqlite(_) => ("EXPLAIN QUERY PLAN", 3),
            Native::Postgres(_) => ("EXPLAIN", 0),
        };
        let text = AssertSqlSafe(format!("{verb} {name}")).into_sql_str();
        let mut rows = Vec::new();
        self.fetch(Sent { text, name }, &[values], &mut rows)
            .await?;
        rows.iter().map(|row| row.string(column)).collect()
    }

    async fn prepare(&mut self, text: SqlStr, name: &'static str) -> Result<(), StoreError> {
        let opened = self.open().await;
        self.note(name, opened)?;
        let done = match &mut self.native {
            Native::Sqlite(tx) => (&mut **tx).prepare(text).await.map(drop),
            Native::Postgres(tx) => (&mut **tx).prepare(text).await.map(drop),
        };
        self.note(name, done)
    }
}
