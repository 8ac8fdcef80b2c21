//! The file of the database: a copy of it while it is in use; written anew, without what was deleted.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use super::{connect::Engine, db::Db, error::StoreError};

const WHAT: &str = "write a backup";

impl Db {
    /// Writes a whole copy of the SQLite database, as of one instant, into a new file that only its owner may
    /// read. The copy is made beside (`NAME.part`), brought to the disk, and only then gets its name.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where the file, or a `.part` of an interrupted backup, is there;
    /// [`StoreError::UsePgDump`] on PostgreSQL; [`StoreError::File`], [`StoreError::DiskFull`].
    pub async fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        self.alive(WHAT)?;
        let Engine::Sqlite { reader, .. } = self.engine() else {
            return Err(StoreError::UsePgDump);
        };
        let reader = reader.clone();
        let path = path.to_path_buf();
        self.units()
            .run(WHAT, async move {
                if path.exists() {
                    return Err(StoreError::Exists(path));
                }
                let mut part = path.as_os_str().to_owned();
                part.push(".part");
                let part = PathBuf::from(part);
                claim(&part)?;
                let done = copy(&reader, &part, &path).await;
                if done.is_err() {
                    // The first error says why; a copy left behind is named by the next attempt.
                    std::fs::remove_file(&part).unwrap_or_default();
                }
                done
            })
            .await
    }
}

/// What is wrong where the file cannot be written anew.
const ANEW: &str = "write the file of the database anew";

impl Db {
    /// Writes the file of a SQLite database anew, so that nothing of what was deleted or changed is left in its free pages or in
    /// its log. Nothing else is written meanwhile, and there must be room for the file twice more. PostgreSQL does that itself, in
    /// its time.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], or what else the engine says; then the file is as it was.
    pub async fn write_anew(&self) -> Result<(), StoreError> {
        self.alive(ANEW)?;
        let Engine::Sqlite { writer, .. } = self.engine() else {
            return Ok(());
        };
        let writer = writer.clone();
        let failed = |error: sqlx::Error| StoreError::from_driver(ANEW, &error);
        self.units()
            .run(ANEW, async move {
                let mut connection = writer.acquire().await.map_err(failed)?;
                sqlx::query("VACUUM")
                    .execute(&mut *connection)
                    .await
                    .map_err(failed)?;
                let row = sqlx::query_as::<_, (i64, i64, i64)>("PRAGMA wal_checkpoint(TRUNCATE)")
                    .fetch_one(&mut *connection)
                    .await
                    .map_err(failed)?;
                match row.0 {
                    0 => Ok(()),
                    _ => Err(StoreError::Gone {
                        what: ANEW.to_owned(),
                        reason: "somebody reads in it".to_owned(),
                    }),
                }
            })
            .await
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> StoreError + '_ {
    |error| StoreError::File {
        path: path.to_path_buf(),
        reason: error.to_string(),
    }
}

/// Makes the empty file, with its owner's rights only: SQLite writes into an empty file.
fn claim(part: &Path) -> Result<(), StoreError> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(part);
    match made {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists(part.to_path_buf()))
        }
        Err(error) => Err(failed(part)(error)),
    }
}

async fn copy(reader: &sqlx::SqlitePool, part: &Path, path: &Path) -> Result<(), StoreError> {
    let name = part.to_str().ok_or_else(|| StoreError::File {
        path: part.to_path_buf(),
        reason: "the name is not UTF-8".to_owned(),
    })?;
    sqlx::query("VACUUM INTO $1")
        .bind(name)
        .execute(reader)
        .await
        .map_err(|error| StoreError::from_driver(WHAT, &error))?;
    // SQLite does not bring a copy made this way to the disk itself: https://www.sqlite.org/lang_vacuum.html
    File::open(part)
        .and_then(|file| file.sync_all())
        .map_err(failed(part))?;
    std::fs::rename(part, path).map_err(failed(path))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed(folder))
}
