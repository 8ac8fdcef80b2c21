//! What can go wrong in the store, in words for the person who must act, and what to do about it.

use std::path::PathBuf;

/// What a caller should do with an operating error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Try the same again later: it may well succeed.
    Retry,
    /// The same will fail again: count the attempt, set the work aside.
    GiveUp,
    /// Nothing gets better until a person acts: tell the administrator, keep trying slowly.
    Operator,
}

/// An operating error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database does not answer, or the connection broke; nothing of this unit was written.
    #[error("Cannot reach the database ({what}): {reason}")]
    Gone {
        /// The unit of work, or what was being done.
        what: String,
        /// The driver's words.
        reason: String,
    },
    /// The connection broke while committing: the unit is written or it is not. Ask before repeating.
    #[error(
        "The database stopped answering while committing ({what}): the change may be there or not"
    )]
    OutcomeUnknown {
        /// The unit of work.
        what: String,
    },
    /// Somebody else held the rows (or the whole file) for longer than we wait; nothing was written.
    #[error("The database is busy ({what}): {reason}")]
    Busy {
        /// The unit of work, or the statement.
        what: String,
        /// The driver's words.
        reason: String,
    },
    /// No room left for the database.
    #[error("The disk that holds the database is full ({what}): {reason}")]
    DiskFull {
        /// The unit of work, or the statement.
        what: String,
        /// The driver's words.
        reason: String,
    },
    /// The database cannot be opened, read or written: a path, a right, a password.
    #[error("Cannot use the database ({what}): {reason}")]
    Denied {
        /// What was being done.
        what: String,
        /// The driver's words.
        reason: String,
    },
    /// The file is damaged, or is not a database.
    #[error("The database is damaged ({what}): {reason}. Stop okno and restore a backup")]
    Corrupt {
        /// The unit of work, or the statement.
        what: String,
        /// The driver's words.
        reason: String,
    },
    /// A newer okno has written this database.
    #[error(
        "The database was made by a newer okno: its schema is {found}, this program knows {known}. Start the newer program, or restore the backup made before it"
    )]
    Newer {
        /// The schema number in the database.
        found: i64,
        /// The newest number this program knows.
        known: i64,
    },
    /// A database that the daemon of this version has not opened yet.
    #[error(
        "The database has schema {found}, this program needs {known}: start `okno run` once, it brings the database up to date"
    )]
    Older {
        /// The schema number in the database.
        found: i64,
        /// The number this program needs.
        known: i64,
    },
    /// A migration that was applied long ago is not the one this program carries.
    #[error(
        "Migration {version} ({name}) in the database is not the one of this program: the schema cannot be trusted"
    )]
    Changed {
        /// The migration's number.
        version: i64,
        /// The migration's name in this program, or in the database where the program has none.
        name: String,
    },
    /// Another process has the database.
    #[error("another okno (process {process}) uses this database: {}", path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
        /// The process number written in it, or "unknown".
        process: String,
    },
    /// A rule of the schema refused the row.
    #[error("The database refused a row, rule {name} ({statement})")]
    Constraint {
        /// The constraint's name on PostgreSQL; table and columns on SQLite; a trigger's words.
        name: String,
        /// The statement.
        statement: String,
    },
    /// The engine refused the statement itself: a defect of okno.
    #[error("The database refused a statement: {reason} ({statement})")]
    Statement {
        /// The statement.
        statement: String,
        /// The driver's words.
        reason: String,
    },
    /// A column does not hold what the code expects: a defect of okno, or a foreign hand.
    #[error("Column {column} of a row does not hold {wanted}: {reason} ({statement})")]
    Column {
        /// The statement.
        statement: String,
        /// The column's name, or its place where it has none.
        column: String,
        /// What the code asked for.
        wanted: &'static str,
        /// What was found.
        reason: String,
    },
    /// Another process has taken over what this one was entitled to do; nothing was written.
    #[error(
        "Another okno has taken over ({lease}); this one writes no more until it has the lease again"
    )]
    Fenced {
        /// The lease.
        lease: String,
    },
    /// Packed bytes could not be unpacked, or the other way round.
    #[error("Cannot pack or unpack stored bytes: {reason}")]
    Packed {
        /// The library's words.
        reason: String,
    },
    /// A word or number in the database that this program does not know.
    #[error("The database holds a value that this program does not know: {column} = {found:?}")]
    Unknown {
        /// Table and column.
        column: &'static str,
        /// The value.
        found: String,
    },
    /// History holds a kind of event that this program cannot read: a newer one wrote it.
    #[error(
        "The history holds {kind:?} in version {version}, which this okno cannot read: a newer okno has written it; start that one"
    )]
    UnknownEvent {
        /// The kind.
        kind: String,
        /// Its version.
        version: i64,
    },
    /// A statement that must give a row gave none.
    #[error("A row that must be there is missing ({statement})")]
    NoRow {
        /// The statement.
        statement: String,
    },
    /// A NUL character in a text: PostgreSQL cannot keep it, so neither engine does.
    #[error("A text for the database contains a NUL character ({statement})")]
    Nul {
        /// The statement.
        statement: String,
    },
    /// A row for `insert_many` that has not as many values as there are columns: a defect of okno.
    #[error("A row has {found} values for {wanted} columns ({table})")]
    Width {
        /// The table.
        table: &'static str,
        /// Columns of the statement.
        wanted: usize,
        /// Values given.
        found: usize,
    },
    /// A unit of work went on after an error of one of its statements; it was rolled back.
    #[error("A unit of work hid an error and was rolled back ({what})")]
    Hidden {
        /// The unit of work.
        what: String,
    },
    /// A unit of work panicked and was rolled back.
    #[error("A unit of work panicked and was rolled back ({what}): {reason}")]
    Panicked {
        /// The unit of work.
        what: String,
        /// The panic's words.
        reason: String,
    },
    /// The store was closed, or killed by an injected fault: this process writes no more.
    #[error("The store is closed ({what})")]
    Killed {
        /// The unit of work.
        what: String,
    },
    /// A backup is never written over something.
    #[error("Cannot write the backup: {} exists already", .0.display())]
    Exists(PathBuf),
    /// PostgreSQL has its own tool for backups.
    #[error(
        "A PostgreSQL database is saved with its own tool: run `pg_dump --format=custom --file=okno.dump DATABASE`"
    )]
    UsePgDump,
    /// A file beside the database could not be used.
    #[error("Cannot use {}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
}

impl StoreError {
    /// What to do about it.
    #[must_use]
    pub fn fate(&self) -> Fate {
        match self {
            Self::Gone { .. }
            | Self::OutcomeUnknown { .. }
            | Self::Busy { .. }
            | Self::Fenced { .. } => Fate::Retry,
            Self::DiskFull { .. }
            | Self::Denied { .. }
            | Self::Corrupt { .. }
            | Self::Newer { .. }
            | Self::Older { .. }
            | Self::Changed { .. }
            | Self::UnknownEvent { .. }
            | Self::InUse { .. }
            | Self::Exists(_)
            | Self::UsePgDump
            | Self::File { .. } => Fate::Operator,
            Self::Constraint { .. }
            | Self::Statement { .. }
            | Self::Column { .. }
            | Self::Unknown { .. }
            | Self::NoRow { .. }
            | Self::Nul { .. }
            | Self::Width { .. }
            | Self::Hidden { .. }
            | Self::Panicked { .. }
            | Self::Packed { .. }
            | Self::Killed { .. } => Fate::GiveUp,
        }
    }

    /// Whether PostgreSQL asks for the whole unit once more: serialization failure, deadlock, lock timeout.
    pub(crate) fn wants_rerun(&self) -> bool {
        matches!(self, Self::Busy { .. })
    }
}

/// A statement on one line, short enough for a log.
pub(crate) fn shortened(statement: &str) -> String {
    const CHARS_MAX: usize = 160;
    let mut short = String::new();
    for (count, word) in statement.split_whitespace().enumerate() {
        if count > 0 {
            short.push(' ');
        }
        short.push_str(word);
        if short.chars().count() > CHARS_MAX {
            short = short.chars().take(CHARS_MAX).collect();
            short.push('…');
            break;
        }
    }
    short
}
