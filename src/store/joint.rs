//! Questions asked together. Each statement is a way to the engine and back, to SQLite's thread or to a server, and most
//! answers take less time than the way. Here many statements make one, whose answer is one row with the rows of each as
//! JSON: so they may give numbers and texts, no blobs.

use std::{
    fmt::{self, Write as _},
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Deserializer, de};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use super::{
    error::StoreError,
    row::Row,
    statement::Statement,
    tx::{Sent, Tx},
    value::V,
};

/// Statements that are asked together, each with how many columns it gives. Keep it in a `static`: it remembers its texts.
#[derive(Debug)]
pub struct Joint {
    name: &'static str,
    questions: &'static [(Statement, usize)],
    texts: [OnceLock<Arc<str>>; 4],
}

/// What a text is for: on SQLite it may have to open the transaction, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// SQLite, in a transaction that is open.
    Sqlite,
    /// SQLite, with the words that open a transaction that only reads.
    Reading,
    /// SQLite, with the words that open a transaction that may write.
    Writing,
    /// PostgreSQL.
    Postgres,
}

impl Joint {
    /// These statements, and how many columns each gives.
    #[must_use]
    pub const fn new(name: &'static str, questions: &'static [(Statement, usize)]) -> Self {
        Self {
            name,
            questions,
            texts: [const { OnceLock::new() }; 4],
        }
    }

    /// What is asked.
    #[must_use]
    pub const fn questions(&self) -> &'static [(Statement, usize)] {
        self.questions
    }

    /// It as one statement, for the tests that prepare and explain everything.
    #[must_use]
    pub fn statement(&self) -> Statement {
        Statement::twin(
            String::leak(self.write(Kind::Sqlite)),
            String::leak(self.write(Kind::Postgres)),
        )
    }

    fn text(&self, kind: Kind) -> Arc<str> {
        let place = match kind {
            Kind::Sqlite => 0,
            Kind::Reading => 1,
            Kind::Writing => 2,
            Kind::Postgres => 3,
        };
        self.texts.get(place).map_or_else(
            || self.write(kind).into(),
            |text| Arc::clone(text.get_or_init(|| self.write(kind).into())),
        )
    }

    fn write(&self, kind: Kind) -> String {
        let (begin, list, row, end) = match kind {
            Kind::Sqlite => ("", "json_group_array", "json_array", ""),
            Kind::Reading => (Tx::READ, "json_group_array", "json_array", ""),
            Kind::Writing => (Tx::WRITE, "json_group_array", "json_array", ""),
            Kind::Postgres => ("", "json_agg", "json_build_array", "::TEXT"),
        };
        let mut text = match begin {
            "" => "WITH ".to_owned(),
            words => format!("{words}; WITH "),
        };
        let mut asked = String::new();
        let mut values = 0;
        for (n, (statement, columns)) in self.questions.iter().enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            let columns: Vec<String> = (0..*columns).map(|column| format!("c{column}")).collect();
            let columns = columns.join(", ");
            let question = match kind {
                Kind::Sqlite | Kind::Reading | Kind::Writing => statement.sqlite(),
                Kind::Postgres => statement.postgres(),
            };
            // Writing into a String cannot fail.
            write!(text, "{comma}q{n} ({columns}) AS (").unwrap_or_default();
            values = renumber(question, values, &mut text);
            text.push(')');
            let question = format!("(SELECT {list}({row}({columns})){end} FROM q{n})");
            write!(asked, "{comma}{question}").unwrap_or_default();
        }
        format!("{text} SELECT {asked}")
    }
}

/// Adds a statement whose `$1` becomes the place after these; the last place it uses.
fn renumber(statement: &str, before: usize, into: &mut String) -> usize {
    let mut parts = statement.split('$');
    into.push_str(parts.next().unwrap_or_default());
    let mut last = before;
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = part.strip_suffix(rest).unwrap_or_default();
        let place = before.saturating_add(digits.parse().unwrap_or(0));
        last = last.max(place);
        write!(into, "${place}{rest}").unwrap_or_default();
    }
    last
}

impl Tx {
    /// Asks together; the rows of each question, in their order. `values` are those of each question.
    ///
    /// # Errors
    /// [`StoreError::Width`], or what the engine says.
    pub async fn ask<const N: usize>(
        &mut self,
        joint: &'static Joint,
        values: [&[V<'_>]; N],
    ) -> Result<[Vec<Row>; N], StoreError> {
        if joint.questions.len() != N {
            return Err(StoreError::Width {
                table: joint.name,
                wanted: joint.questions.len(),
                found: N,
            });
        }
        let text = joint.text(self.kind_of_joint());
        let sent = Sent {
            text: AssertSqlSafe(text).into_sql_str(),
            name: joint.name,
        };
        let mut answers = Vec::new();
        self.fetch_one(sent, &values, &mut answers).await?;
        let answer = answers.first().ok_or_else(|| StoreError::NoRow {
            statement: joint.name.to_owned(),
        })?;
        let mut told = [const { Vec::new() }; N];
        for (column, rows) in told.iter_mut().enumerate() {
            // PostgreSQL makes no list of no rows.
            if let Some(list) = answer.opt_text(column)? {
                *rows = rows_in(list, joint.name)?;
            }
        }
        Ok(told)
    }
}

fn rows_in(list: &str, name: &'static str) -> Result<Vec<Row>, StoreError> {
    let rows: Vec<Vec<Told>> = serde_json::from_str(list).map_err(|error| StoreError::Packed {
        reason: format!("{name}: {error}"),
    })?;
    let rows = rows.into_iter();
    Ok(rows.map(|cells| Row::told(cells, name)).collect())
}

/// A value in such an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    Null,
    Int(i64),
    Text(String),
}

impl Told {
    pub(crate) fn int(cell: Option<&Self>) -> Result<Option<i64>, String> {
        match cell {
            Some(Self::Int(value)) => Ok(Some(*value)),
            Some(Self::Null) => Ok(None),
            Some(Self::Text(_)) | None => Err(format!("{cell:?}")),
        }
    }

    pub(crate) fn text(cell: Option<&Self>) -> Result<Option<&str>, String> {
        match cell {
            Some(Self::Text(value)) => Ok(Some(value)),
            Some(Self::Null) => Ok(None),
            Some(Self::Int(_)) | None => Err(format!("{cell:?}")),
        }
    }
}

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Telling)
    }
}

struct Telling;

impl de::Visitor<'_> for Telling {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, a text or NULL")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Told, E> {
        Ok(Told::Null)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Told, E> {
        Ok(Told::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Told, E> {
        let value = i64::try_from(value);
        value.map(Told::Int).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Told, E> {
        Ok(Told::Text(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Told, E> {
        Ok(Told::Text(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static TWO: Joint = Joint::new(
        "TWO",
        &[
            (
                Statement::both("SELECT a, b FROM t WHERE a = $2 OR b = $1 OR c = $2"),
                2,
            ),
            (Statement::both("SELECT d FROM u WHERE d = $1"), 1),
        ],
    );

    #[test]
    fn each_question_keeps_its_own_places() {
        assert_eq!(
            &*TWO.text(Kind::Reading),
            "BEGIN; WITH q0 (c0, c1) AS (SELECT a, b FROM t WHERE a = $2 OR b = $1 OR c = $2), \
             q1 (c0) AS (SELECT d FROM u WHERE d = $3) \
             SELECT (SELECT json_group_array(json_array(c0, c1)) FROM q0), (SELECT json_group_array(json_array(c0)) FROM q1)"
        );
        assert!(
            TWO.text(Kind::Postgres)
                .contains("(SELECT json_agg(json_build_array(c0))::TEXT FROM q1)")
        );
    }

    #[test]
    fn values_come_back_as_they_are() {
        let rows = rows_in(
            r#"[[null, -9223372036854775808, "a\u0007\"ж"], [0, 9223372036854775807, ""]]"#,
            "x",
        )
        .unwrap();
        assert_eq!(rows[0].opt_int(0).unwrap(), None);
        assert_eq!(rows[0].opt_text(0).unwrap(), None);
        assert_eq!(rows[0].int(1).unwrap(), i64::MIN);
        assert_eq!(rows[0].text(2).unwrap(), "a\u{7}\"ж");
        assert_eq!(rows[1].int(1).unwrap(), i64::MAX);
        assert!(rows[0].int(2).is_err() && rows[0].text(1).is_err() && rows[0].int(0).is_err());
        assert!(rows[0].int(3).is_err() && rows[0].blob(2).is_err() && rows[0].real(1).is_err());
        assert!(rows_in("[[1.5]]", "x").is_err() && rows_in("[[true]]", "x").is_err());
    }
}
