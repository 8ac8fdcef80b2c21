//! One transaction, the same to its users on both engines.

use sqlx::{
    AssertSqlSafe, Executor as _, SqlSafeStr as _, SqlStr, pool::PoolConnection,
    postgres::Postgres, sqlite::Sqlite,
};

use super::{
    error::{StoreError, shortened},
    joint,
    row::Row,
    statement::{CHUNKS, Insert, Marks, Statement},
    value::V,
};

/// The engine's own connection, lent by its pool.
pub(crate) enum Native {
    /// The embedded file.
    Sqlite(PoolConnection<Sqlite>),
    /// The server.
    Postgres(PoolConnection<Postgres>),
}

/// A running transaction. It is handed to a unit of work by [`super::Db::write`] and [`super::Db::read`],
/// which end it; an error of any statement dooms it, as PostgreSQL would: use `ON CONFLICT` where a row may
/// be there already, never catch and go on.
pub struct Tx {
    pub(crate) native: Native,
    /// The words that open it on SQLite, while nothing was asked yet: they go along with the first question.
    unsaid: Option<&'static str>,
    failed: bool,
    ended: bool,
}

impl Drop for Tx {
    /// A connection whose transaction did not end cleanly (a panic, a lost server, a rollback that SQLite
    /// had already made itself on a full disk) is closed, never lent again.
    ///
    /// sqlx's own `Transaction` counts depth beside the engine and keeps such a connection, which then
    /// refuses every later `BEGIN`; that is why the three words are sent from here.
    fn drop(&mut self) {
        if !self.ended {
            match &mut self.native {
                Native::Sqlite(connection) => connection.close_on_drop(),
                Native::Postgres(connection) => connection.close_on_drop(),
            }
        }
    }
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx")
            .field("postgres", &self.is_postgres())
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

/// The text to send, and the words that name it in an error.
pub(crate) struct Sent {
    pub(crate) text: SqlStr,
    pub(crate) name: &'static str,
}

impl Tx {
    /// Opens a transaction on SQLite that sees one unchanging state.
    pub(crate) const READ: &'static str = "BEGIN";
    /// Opens one that may write. IMMEDIATE: a lock taken later would fail at once instead of waiting its turn.
    pub(crate) const WRITE: &'static str = "BEGIN IMMEDIATE";

    /// Begins with these words.
    pub(crate) async fn begin(native: Native, words: &'static str) -> Result<Self, sqlx::Error> {
        let mut tx = Self {
            native,
            unsaid: Some(words),
            failed: false,
            ended: false,
        };
        if tx.is_postgres() {
            tx.open().await?;
        }
        Ok(tx)
    }

    /// Ends with `COMMIT` or `ROLLBACK`.
    pub(crate) async fn end(mut self, words: &'static str) -> Result<(), sqlx::Error> {
        if self.unsaid.is_none() {
            self.say(words).await?;
        }
        self.ended = true;
        Ok(())
    }

    /// Says what is still to be said to open the transaction.
    pub(super) async fn open(&mut self) -> Result<(), sqlx::Error> {
        match self.unsaid.take() {
            Some(words) => self.say(words).await,
            None => Ok(()),
        }
    }

    /// Which text a joint question has now; it opens the transaction where nobody has yet.
    pub(crate) fn kind_of_joint(&mut self) -> joint::Kind {
        match (&self.native, self.unsaid.take()) {
            (Native::Postgres(_), _) => joint::Kind::Postgres,
            (Native::Sqlite(_), None) => joint::Kind::Sqlite,
            (Native::Sqlite(_), Some(Self::WRITE)) => joint::Kind::Writing,
            (Native::Sqlite(_), Some(_)) => joint::Kind::Reading,
        }
    }

    async fn say(&mut self, words: &'static str) -> Result<(), sqlx::Error> {
        match &mut self.native {
            Native::Sqlite(connection) => connection.execute(words).await.map(drop),
            Native::Postgres(connection) => connection.execute(words).await.map(drop),
        }
    }

    /// Whether a statement of this transaction has failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Whether this is PostgreSQL; for the few places where the engines want different values.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.native, Native::Postgres(_))
    }

    /// Runs a statement; how many rows it changed.
    ///
    /// # Errors
    /// What the engine says, in our words.
    pub async fn exec(
        &mut self,
        statement: &Statement,
        values: &[V<'_>],
    ) -> Result<u64, StoreError> {
        let sent = self.choose(statement);
        self.run(sent, &[values]).await
    }

    /// Runs a statement; all rows it gives.
    ///
    /// # Errors
    /// What the engine says, in our words.
    pub async fn rows(
        &mut self,
        statement: &Statement,
        values: &[V<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        let sent = self.choose(statement);
        let mut rows = Vec::new();
        self.fetch(sent, &[values], &mut rows).await?;
        Ok(rows)
    }

    /// Runs a statement; the first row it gives, if any.
    ///
    /// # Errors
    /// What the engine says, in our words.
    pub async fn row_opt(
        &mut self,
        statement: &Statement,
        values: &[V<'_>],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// Runs a statement that always gives a row.
    ///
    /// # Errors
    /// [`StoreError::NoRow`], or what the engine says.
    pub async fn row(
        &mut self,
        statement: &Statement,
        values: &[V<'_>],
    ) -> Result<Row, StoreError> {
        let name = self.choose(statement).name;
        self.row_opt(statement, values)
            .await?
            .ok_or_else(|| StoreError::NoRow {
                statement: shortened(name),
            })
    }

    /// Inserts many rows in few statements; how many rows were written. Each row has one value a column, of
    /// the same kinds in every row (a nullable column always its `Opt` kind).
    ///
    /// # Errors
    /// [`StoreError::Width`], or what the engine says.
    pub async fn insert_many(
        &mut self,
        insert: &'static Insert,
        rows: &[Vec<V<'_>>],
    ) -> Result<u64, StoreError> {
        let mut written: u64 = 0;
        let mut rest = rows;
        while let Some((sent, chunk, tail)) = next_chunk((insert, self.marks()), rest)? {
            written = written.saturating_add(self.run(sent, chunk).await?);
            rest = tail;
        }
        Ok(written)
    }

    /// [`Tx::insert_many`] whose tail ends in `RETURNING`: the rows it gives.
    ///
    /// # Errors
    /// [`StoreError::Width`], or what the engine says.
    pub async fn insert_many_returning(
        &mut self,
        insert: &'static Insert,
        rows: &[Vec<V<'_>>],
    ) -> Result<Vec<Row>, StoreError> {
        let mut given = Vec::new();
        let mut rest = rows;
        while let Some((sent, chunk, tail)) = next_chunk((insert, self.marks()), rest)? {
            self.fetch(sent, chunk, &mut given).await?;
            rest = tail;
        }
        Ok(given)
    }

    /// How this engine wants places for values in an insert.
    pub(crate) const fn marks(&self) -> Marks {
        match self.native {
            Native::Sqlite(_) => Marks::Plain,
            Native::Postgres(_) => Marks::Numbered,
        }
    }

    pub(crate) fn choose(&self, statement: &Statement) -> Sent {
        let name = match self.native {
            Native::Sqlite(_) => statement.sqlite(),
            Native::Postgres(_) => statement.postgres(),
        };
        Sent {
            text: name.into_sql_str(),
            name,
        }
    }

    /// Turns the driver's error into ours, and remembers that there was one.
    pub(crate) fn note<T>(
        &mut self,
        name: &str,
        done: Result<T, sqlx::Error>,
    ) -> Result<T, StoreError> {
        done.map_err(|error| {
            self.failed = true;
            StoreError::from_driver(name, &error)
        })
    }
}

type Chunk<'r, 'v> = (Sent, &'r [Vec<V<'v>>], &'r [Vec<V<'v>>]);

/// The next rows to insert, the text for them, and the rows after them.
fn next_chunk<'r, 'v>(
    (insert, marks): (&'static Insert, Marks),
    rows: &'r [Vec<V<'v>>],
) -> Result<Option<Chunk<'r, 'v>>, StoreError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let place = insert.chunk_for(rows.iter().map(|row| row.iter().map(V::bytes).sum()));
    let count = CHUNKS.get(place).copied().unwrap_or(1).min(rows.len());
    let (chunk, rest) = rows.split_at(count);
    if let Some(row) = chunk.iter().find(|row| row.len() != insert.width()) {
        return Err(StoreError::Width {
            table: insert.table(),
            wanted: insert.width(),
            found: row.len(),
        });
    }
    let sent = Sent {
        text: AssertSqlSafe(insert.text(place, marks)).into_sql_str(),
        name: insert.table(),
    };
    Ok(Some((sent, chunk, rest)))
}
