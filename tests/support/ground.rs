//! Databases for tests: SQLite files in a temporary folder, and a PostgreSQL of the test's own beside them.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper of tests: what fails here is the test's failure, told at once"
)]

use std::path::PathBuf;

use okno::{
    lab::{Postgres, Scratch},
    store::DatabaseSettings,
};

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// Where databases are made. Dropped, the server ends and the folder is gone.
pub(crate) struct Ground {
    server: Option<Postgres>,
    scratch: Scratch,
}

impl Ground {
    /// For SQLite a folder only, for PostgreSQL a server too. Where PostgreSQL is missing the test fails and names
    /// the package.
    pub(crate) fn new(kind: Kind) -> Self {
        let scratch = Scratch::new("store").unwrap();
        let server = (kind == Kind::Postgres).then(|| {
            Postgres::start(&scratch.path().join("postgres"), false)
                .unwrap_or_else(|error| panic!("{error}"))
        });
        Self { server, scratch }
    }

    /// An empty database of this name.
    pub(crate) fn empty(&self, kind: Kind, name: &str) -> DatabaseSettings {
        match kind {
            Kind::Sqlite => DatabaseSettings::Sqlite {
                path: self.path(name),
            },
            Kind::Postgres => DatabaseSettings::Postgres {
                url: self
                    .server()
                    .create_database(name)
                    .unwrap_or_else(|error| panic!("{error}")),
                password: None,
            },
        }
    }

    /// The file of a SQLite database.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(format!("{name}.db"))
    }

    /// The server.
    pub(crate) fn server(&self) -> &Postgres {
        self.server.as_ref().unwrap()
    }
}
