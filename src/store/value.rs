//! What goes into a statement ([`V`]) and what comes back ([`Row`]): four kinds of value, alike on both engines.

use sqlx::{
    Decode, Row as _, Type, TypeInfo as _, ValueRef as _,
    postgres::{PgRow, Postgres},
    sqlite::{Sqlite, SqliteRow},
};

use super::error::{StoreError, shortened};

/// One value for a statement. The `Opt` kinds exist so that a NULL, too, has a type on PostgreSQL: give a
/// nullable column always its `Opt` kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum V<'a> {
    /// INTEGER / BIGINT: numbers, ids, instants in milliseconds, 0 and 1 for no and yes.
    Int(i64),
    /// The same, or NULL.
    OptInt(Option<i64>),
    /// TEXT; without NUL characters.
    Text(&'a str),
    /// The same, or NULL.
    OptText(Option<&'a str>),
    /// BLOB / BYTEA.
    Blob(&'a [u8]),
    /// The same, or NULL.
    OptBlob(Option<&'a [u8]>),
    /// REAL / DOUBLE PRECISION.
    Real(f64),
}

impl V<'_> {
    /// How many bytes of text or blob it carries.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Int(_) | Self::OptInt(_) | Self::Real(_) => 8,
            Self::Text(text) => text.len(),
            Self::OptText(text) => text.map_or(0, str::len),
            Self::Blob(blob) => blob.len(),
            Self::OptBlob(blob) => blob.map_or(0, <[u8]>::len),
        }
    }

    /// Whether it is a text that PostgreSQL could not keep.
    pub(crate) fn has_nul(&self) -> bool {
        match self {
            Self::Text(text) | Self::OptText(Some(text)) => text.as_bytes().contains(&0),
            Self::Int(_)
            | Self::OptInt(_)
            | Self::OptText(None)
            | Self::Blob(_)
            | Self::OptBlob(_)
            | Self::Real(_) => false,
        }
    }
}

impl From<i64> for V<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<u32> for V<'_> {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<i32> for V<'_> {
    fn from(value: i32) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<bool> for V<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<Option<i64>> for V<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::OptInt(value)
    }
}
impl From<f64> for V<'_> {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}
impl<'a> From<&'a str> for V<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}
impl<'a> From<&'a String> for V<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}
impl<'a> From<Option<&'a str>> for V<'a> {
    fn from(value: Option<&'a str>) -> Self {
        Self::OptText(value)
    }
}
impl<'a> From<&'a Option<String>> for V<'a> {
    fn from(value: &'a Option<String>) -> Self {
        Self::OptText(value.as_deref())
    }
}
impl<'a> From<&'a [u8]> for V<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Blob(value)
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for V<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Blob(value)
    }
}
impl<'a> From<&'a Vec<u8>> for V<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Blob(value)
    }
}
impl<'a> From<Option<&'a [u8]>> for V<'a> {
    fn from(value: Option<&'a [u8]>) -> Self {
        Self::OptBlob(value)
    }
}

/// The engine's own row.
enum Native {
    Sqlite(SqliteRow),
    Postgres(PgRow),
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

    /// A whole number.
    ///
    /// # Errors
    /// [`StoreError::Column`]: NULL, or another kind of value. On PostgreSQL `SUM` of integers and bare
    /// literals are not BIGINT: write `CAST(... AS BIGINT)`.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.must(column, "a whole number")
    }

    /// A whole number or NULL.
    ///
    /// # Errors
    /// [`StoreError::Column`]: another kind of value.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        self.take(column, "a whole number")
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
        self.must(column, "a text")
    }

    /// A text or NULL.
    ///
    /// # Errors
    /// [`StoreError::Column`]: another kind of value.
    pub fn opt_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        self.take(column, "a text")
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
        self.opt_blob(column)?
            .ok_or_else(|| self.error(column, "bytes", "NULL".to_owned()))
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
        self.must(column, "a number with a fraction")
    }

    fn must<'r, T>(&'r self, column: usize, wanted: &'static str) -> Result<T, StoreError>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        self.take(column, wanted)?
            .ok_or_else(|| self.error(column, wanted, "NULL".to_owned()))
    }

    fn take<'r, T>(&'r self, column: usize, wanted: &'static str) -> Result<Option<T>, StoreError>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        let value = match &self.native {
            Native::Sqlite(row) => row.try_get(column),
            Native::Postgres(row) => row.try_get(column),
        };
        value.map_err(|error| self.error(column, wanted, error.to_string()))
    }

    fn error(&self, column: usize, wanted: &'static str, reason: String) -> StoreError {
        let name = match &self.native {
            Native::Sqlite(row) => row.columns().get(column).map(sqlx::Column::name),
            Native::Postgres(row) => row.columns().get(column).map(sqlx::Column::name),
        };
        StoreError::Column {
            statement: shortened(self.statement),
            column: name.map_or_else(|| column.to_string(), str::to_owned),
            wanted,
            reason,
        }
    }
}
