//! Our values as the drivers' argument lists.

use sqlx::{postgres::PgArguments, sqlite::SqliteArguments};

use super::{
    error::{StoreError, shortened},
    value::V,
};

/// Both engines' argument lists are filled alike; only their types differ.
macro_rules! arguments {
    ($name:ident, $kind:ty) => {
        pub(crate) fn $name<'a, R: AsRef<[V<'a>]>>(
            statement: &str,
            rows: &[R],
        ) -> Result<$kind, StoreError> {
            use sqlx::Arguments as _;
            let mut arguments = <$kind>::default();
            let (count, bytes) = rows.iter().flat_map(AsRef::as_ref).fold(
                (0_usize, 0_usize),
                |(count, bytes), value| {
                    (count.saturating_add(1), bytes.saturating_add(value.bytes()))
                },
            );
            arguments.reserve(count, bytes);
            for value in rows.iter().flat_map(AsRef::as_ref) {
                if value.has_nul() {
                    return Err(StoreError::Nul {
                        statement: shortened(statement),
                    });
                }
                match *value {
                    V::Int(value) => arguments.add(value),
                    V::OptInt(value) => arguments.add(value),
                    V::Text(value) => arguments.add(value),
                    V::OptText(value) => arguments.add(value),
                    V::Blob(value) => arguments.add(value),
                    V::OptBlob(value) => arguments.add(value),
                    V::Real(value) => arguments.add(value),
                }
                .map_err(|error| StoreError::Statement {
                    statement: shortened(statement),
                    reason: error.to_string(),
                })?;
            }
            Ok(arguments)
        }
    };
}
arguments!(for_sqlite, SqliteArguments);
arguments!(for_postgres, PgArguments);
