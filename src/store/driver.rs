//! The drivers' errors in our words.

use super::error::{StoreError, shortened};

impl StoreError {
    /// The driver's error in our words; `what` is the statement or the thing being done.
    pub(crate) fn from_driver(what: &str, error: &sqlx::Error) -> Self {
        let what = shortened(what);
        let reason = error.to_string();
        match error {
            sqlx::Error::Database(inner) => {
                let code = inner.code().unwrap_or_default();
                let sqlite = inner
                    .try_downcast_ref::<sqlx::sqlite::SqliteError>()
                    .is_some();
                let words = inner.message().to_owned();
                if sqlite {
                    Self::from_sqlite(what, &code, words)
                } else {
                    let name = inner.constraint().map(str::to_owned);
                    Self::from_postgres(what, &code, name, words)
                }
            }
            sqlx::Error::PoolTimedOut => Self::Gone {
                what,
                reason: "no connection became free, or could be made, in time".to_owned(),
            },
            sqlx::Error::Io(_)
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed
            | sqlx::Error::Protocol(_) => Self::Gone { what, reason },
            sqlx::Error::PoolClosed => Self::Killed { what },
            sqlx::Error::Tls(_) | sqlx::Error::Configuration(_) => Self::Denied { what, reason },
            sqlx::Error::InvalidArgument(_)
            | sqlx::Error::RowNotFound
            | sqlx::Error::TypeNotFound { .. }
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Encode(_)
            | sqlx::Error::Decode(_)
            | sqlx::Error::AnyDriverError(_)
            | sqlx::Error::Migrate(_)
            | sqlx::Error::InvalidSavePointStatement
            | _ => Self::Statement {
                statement: what,
                reason,
            },
        }
    }

    /// SQLite's result codes: <https://www.sqlite.org/rescode.html>; the low byte is the primary code.
    fn from_sqlite(what: String, code: &str, reason: String) -> Self {
        let primary = code.parse::<i64>().map_or(1, |code| code & 0xff);
        match primary {
            5 | 6 => Self::Busy { what, reason },
            10 | 7 => Self::Gone { what, reason },
            11 | 26 => Self::Corrupt { what, reason },
            13 => Self::DiskFull { what, reason },
            3 | 8 | 14 | 23 => Self::Denied { what, reason },
            19 => Self::Constraint {
                name: reason
                    .rsplit_once("failed: ")
                    .map_or_else(|| reason.clone(), |(_, name)| name.to_owned()),
                statement: what,
            },
            _ => Self::Statement {
                statement: what,
                reason,
            },
        }
    }

    /// SQLSTATE classes: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn from_postgres(what: String, code: &str, name: Option<String>, reason: String) -> Self {
        match code {
            "53100" => Self::DiskFull { what, reason },
            "40001" | "40P01" | "55P03" => Self::Busy { what, reason },
            // It took longer than we let it: it will the next time, too.
            "57014" => Self::Statement {
                statement: what,
                reason,
            },
            // A trigger's RAISE EXCEPTION: the refusal of a rule, as RAISE(ABORT) is on SQLite.
            "P0001" => Self::Constraint {
                name: reason,
                statement: what,
            },
            "3D000" | "42501" | "25006" => Self::Denied { what, reason },
            "XX001" | "XX002" => Self::Corrupt { what, reason },
            _ if code.starts_with("23") => Self::Constraint {
                name: name.unwrap_or(reason),
                statement: what,
            },
            _ if code.starts_with("28") => Self::Denied { what, reason },
            _ if code.starts_with("08") || code.starts_with("53") || code.starts_with("57") => {
                Self::Gone { what, reason }
            }
            _ => Self::Statement {
                statement: what,
                reason,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Fate;

    #[test]
    fn what_takes_too_long_is_its_own_fault_and_what_is_shut_down_is_nobodys() {
        for (code, expected) in [
            ("57014", Fate::GiveUp),
            ("57P01", Fate::Retry),
            ("08006", Fate::Retry),
            ("40001", Fate::Retry),
            ("55P03", Fate::Retry),
        ] {
            let error = StoreError::from_postgres("decide".to_owned(), code, None, String::new());
            assert_eq!(error.fate(), expected, "{code}: {error}");
        }
    }
}
