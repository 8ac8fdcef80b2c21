//! What is sent to the database: statements written once, with twins where the engines differ, and
//! many-row inserts in a few fixed sizes, so that every text is prepared once a connection.

use std::{
    fmt::Write as _,
    sync::{Arc, OnceLock},
};

/// A statement with `$1` placeholders, which both engines understand.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Statement {
    /// The same text for both engines.
    #[must_use]
    pub const fn both(text: &'static str) -> Self {
        Self {
            sqlite: text,
            postgres: text,
        }
    }

    /// Two texts that do the same.
    #[must_use]
    pub const fn twin(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }

    /// The text for SQLite.
    #[must_use]
    pub const fn sqlite(&self) -> &'static str {
        self.sqlite
    }

    /// The text for PostgreSQL.
    #[must_use]
    pub const fn postgres(&self) -> &'static str {
        self.postgres
    }
}

/// How many rows one prepared text inserts, greatest first; the last must be 1.
pub(crate) const CHUNKS: [usize; 4] = [64, 16, 4, 1];
/// SQLite's limit of parameters a statement (32766) is below PostgreSQL's (65535): it counts for both.
const PARAMETERS_MAX: usize = 32_766;
/// A chunk carries no more than this many bytes of text and blobs, unless a single row is larger.
const CHUNK_BYTES_MAX: usize = 1 << 20;

/// How places for values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// `?`, for SQLite. It takes `$1` too, but as a name, and the driver asks for the name of every place before it fills
    /// it: each answer is a walk through all names, so that a text of a thousand places takes a million steps.
    Plain,
    /// `$1`, for PostgreSQL.
    Numbered,
}

/// An insert of many rows; keep it in a `static` (not a `const`): it remembers its texts.
#[derive(Debug)]
pub struct Insert {
    table: &'static str,
    columns: &'static [&'static str],
    tail: &'static str,
    plain: [OnceLock<Arc<str>>; 4],
    numbered: [OnceLock<Arc<str>>; 4],
}

impl Insert {
    /// `INSERT INTO table (columns) VALUES ... tail`; the tail is for example `ON CONFLICT DO NOTHING`, with
    /// or without `RETURNING`.
    #[must_use]
    pub const fn new(
        table: &'static str,
        columns: &'static [&'static str],
        tail: &'static str,
    ) -> Self {
        Self {
            table,
            columns,
            tail,
            plain: [const { OnceLock::new() }; 4],
            numbered: [const { OnceLock::new() }; 4],
        }
    }

    /// The table's name.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.table
    }

    /// How many values a row has.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.columns.len()
    }

    /// The place in [`CHUNKS`] of the greatest chunk for rows of these sizes (bytes of text and blobs each).
    pub(crate) fn chunk_for(&self, sizes: impl Iterator<Item = usize> + Clone) -> usize {
        let rows = sizes.clone().count();
        let last = CHUNKS.len().saturating_sub(1);
        CHUNKS
            .iter()
            .position(|&chunk| {
                chunk == 1
                    || (chunk <= rows
                        && chunk.saturating_mul(self.width()) <= PARAMETERS_MAX
                        && sizes.clone().take(chunk).fold(0, usize::saturating_add)
                            <= CHUNK_BYTES_MAX)
            })
            .unwrap_or(last)
    }

    /// The text for the chunk at this place in [`CHUNKS`].
    pub(crate) fn text(&self, place: usize, marks: Marks) -> Arc<str> {
        let rows = CHUNKS.get(place).copied().unwrap_or(1);
        let texts = match marks {
            Marks::Plain => &self.plain,
            Marks::Numbered => &self.numbered,
        };
        texts.get(place).map_or_else(
            || self.write(rows, marks),
            |text| Arc::clone(text.get_or_init(|| self.write(rows, marks))),
        )
    }

    /// The texts of all chunks, for the test that prepares everything.
    pub(crate) fn all_texts(&self, marks: Marks) -> impl Iterator<Item = Arc<str>> + '_ {
        (0..CHUNKS.len()).map(move |place| self.text(place, marks))
    }

    fn write(&self, rows: usize, marks: Marks) -> Arc<str> {
        let mut text = format!(
            "INSERT INTO {} ({}) VALUES ",
            self.table,
            self.columns.join(", ")
        );
        let mut number: usize = 0;
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..self.columns.len() {
                number = number.saturating_add(1);
                let comma = if column == 0 { "" } else { ", " };
                // Writing into a String cannot fail.
                match marks {
                    Marks::Plain => write!(text, "{comma}?"),
                    Marks::Numbered => write!(text, "{comma}${number}"),
                }
                .unwrap_or_default();
            }
            text.push(')');
        }
        if !self.tail.is_empty() {
            text.push(' ');
            text.push_str(self.tail);
        }
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static NARROW: Insert = Insert::new("t", &["a", "b"], "ON CONFLICT DO NOTHING");

    #[test]
    fn the_text_counts_on_through_the_rows() {
        assert_eq!(
            &*NARROW.text(2, Marks::Numbered),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4), ($5, $6), ($7, $8) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            &*NARROW.text(2, Marks::Plain),
            "INSERT INTO t (a, b) VALUES (?, ?), (?, ?), (?, ?), (?, ?) ON CONFLICT DO NOTHING"
        );
        let bare = Insert::new("t", &["a"], "");
        assert_eq!(
            &*bare.text(3, Marks::Numbered),
            "INSERT INTO t (a) VALUES ($1)"
        );
    }

    #[test]
    fn chunks_follow_rows_bytes_and_parameters() {
        let chunk = |insert: &Insert, rows: usize, bytes: usize| {
            CHUNKS[insert.chunk_for(std::iter::repeat_n(bytes, rows))]
        };
        assert_eq!(chunk(&NARROW, 200, 8), 64);
        assert_eq!(chunk(&NARROW, 63, 8), 16);
        assert_eq!(chunk(&NARROW, 3, 8), 1);
        // 64 rows of 16 KiB are just one MiB; a byte more is too much.
        assert_eq!(chunk(&NARROW, 64, 16 * 1024), 64);
        assert_eq!(chunk(&NARROW, 64, 16 * 1024 + 1), 16);
        assert_eq!(chunk(&NARROW, 64, 30 << 20), 1);
        static WIDE: Insert = Insert::new("t", &["c"; 600], "");
        assert_eq!(chunk(&WIDE, 64, 8), 16);
    }
}
