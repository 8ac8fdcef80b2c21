//! What comes back of a statement, alike on both engines.

use sqlx::{
    Decode, Row as _, Type, TypeInfo as _, ValueRef as _,
    postgres::{PgRow, Postgres},
    sqlite::{Sqlite, SqliteRow},
};

use super::{
    error::{StoreError, shortened},
    joint::Told,
};

/// The engine's own row.
enum Native {
    Sqlite(SqliteRow),
    Postgres(PgRow),
    /// Of an answer to several questions.
    Told(Vec<Told>),
}

/// One row of an answer; columns by their place, from 0. Texts and blobs are lent, not copied.
pub struct Row {
    native: Native,
    statement: &'static str,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row")
            .field("statement", &self.statement)
            .finish_non_exhaustive()
    }
}

impl Row {
    pub(crate) fn from_sqlite(row: SqliteRow, statement: &'static str) -> Self {
        Self {
            native: Native::Sqlite(row),
            statement,
        }
    }

    pub(crate) fn from_postgres(row: PgRow, statement: &'static str) -> Self {
        Self {
            native: Native::Postgres(row),
            statement,
        }
    }

    pub(crate) const fn told(cells: Vec<Told>, statement: &'static str) -> Self {
        Self {
            native: Native::Told(cells),
            statement,
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`StoreError::Column`]: NULL, or another kind of value. On PostgreSQL `SUM` of integers and bare
    /// literals are not BIGINT: write `CAST(... AS BIGINT)`.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.must(self.opt_int(column)?, column, "a whole number")
    }

    /// A whole number or NULL.
    ///
    /// # Errors
    /// [`StoreError::Column`]: another kind of value.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match &self.native {
            Native::Told(cells) => Told::int(cells.get(column))
                .map_err(|found| self.error(column, "a whole number", found)),
            Native::Sqlite(_) | Native::Postgres(_) => self.take(column, "a whole number"),
        }
    }

    /// Yes or no, kept as 1 or 0.
    ///
    /// # Errors
    /// [`StoreError::Column`]: NULL, or anything but 0 and 1.
    pub fn flag(&self, column: usize) -> Result<bool, StoreError> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(self.error(column, "0 or 1", other.to_string())),
        }
    }

    /// A text.
    ///
    /// # Errors
    /// [`StoreError::Column`]: NULL, or another kind of value.
    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.must(self.opt_text(column)?, column, "a text")
    }

    /// A text or NULL.
    ///
    /// # Errors
    /// [`StoreError::Column`]: another kind of value.
    pub fn opt_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match &self.native {
            Native::Told(cells) => {
                Told::text(cells.get(column)).map_err(|found| self.error(column, "a text", found))
            }
            Native::Sqlite(_) | Native::Postgres(_) => self.take(column, "a text"),
        }
    }

    /// A text of one's own.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn string(&self, column: usize) -> Result<String, StoreError> {
        self.text(column).map(str::to_owned)
    }

    /// A text of one's own, or NULL.
    ///
    /// # Errors
    /// As [`Row::opt_text`].
    pub fn opt_string(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(self.opt_text(column)?.map(str::to_owned))
    }

    /// Bytes.
    ///
    /// # Errors
    /// [`StoreError::Column`]: NULL, or another kind of value.
    pub fn blob(&self, column: usize) -> Result<&[u8], StoreError> {
        self.must(self.opt_blob(column)?, column, "bytes")
    }

    /// Bytes or NULL.
    ///
    /// # Errors
    /// [`StoreError::Column`]: another kind of value.
    pub fn opt_blob(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        // The driver lends a text of SQLite as bytes, too; PostgreSQL's it does not.
        if let Native::Sqlite(row) = &self.native
            && row
                .try_get_raw(column)
                .is_ok_and(|value| value.type_info().name() == "TEXT")
        {
            return Err(self.error(column, "bytes", "a text".to_owned()));
        }
        self.take(column, "bytes")
    }

    /// Exactly `N` bytes: a hash, a key.
    ///
    /// # Errors
    /// [`StoreError::Column`]: NULL, another kind of value, or another length.
    pub fn bytes<const N: usize>(&self, column: usize) -> Result<[u8; N], StoreError> {
        let blob = self.blob(column)?;
        blob.try_into()
            .map_err(|_wrong: std::array::TryFromSliceError| {
                self.error(
                    column,
                    "bytes of the right length",
                    format!("{} bytes", blob.len()),
                )
            })
    }

    /// A number with a fraction.
    ///
    /// # Errors
    /// [`StoreError::Column`]: NULL, or another kind of value.
    pub fn real(&self, column: usize) -> Result<f64, StoreError> {
        let wanted = "a number with a fraction";
        self.must(self.take(column, wanted)?, column, wanted)
    }

    fn must<T>(
        &self,
        found: Option<T>,
        column: usize,
        wanted: &'static str,
    ) -> Result<T, StoreError> {
        found.ok_or_else(|| self.error(column, wanted, "NULL".to_owned()))
    }

    fn take<'r, T>(&'r self, column: usize, wanted: &'static str) -> Result<Option<T>, StoreError>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        let value = match &self.native {
            Native::Sqlite(row) => row.try_get(column),
            Native::Postgres(row) => row.try_get(column),
            Native::Told(_) => {
                return Err(self.error(
                    column,
                    wanted,
                    "only numbers and texts are told".to_owned(),
                ));
            }
        };
        value.map_err(|error| self.error(column, wanted, error.to_string()))
    }

    fn error(&self, column: usize, wanted: &'static str, reason: String) -> StoreError {
        let name = match &self.native {
            Native::Sqlite(row) => row.columns().get(column).map(sqlx::Column::name),
            Native::Postgres(row) => row.columns().get(column).map(sqlx::Column::name),
            Native::Told(_) => None,
        };
        StoreError::Column {
            statement: shortened(self.statement),
            column: name.map_or_else(|| column.to_string(), str::to_owned),
            wanted,
            reason,
        }
    }
}
