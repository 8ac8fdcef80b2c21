//! The people directory: looked at again and again, read when it has changed, and handed to the decider whole.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
    time::{Duration, SystemTime},
};

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

use super::{House, HouseError, files, watch};
use crate::{
    desk::people::DirectoryFile,
    directory::{self, Directory, FILE_BYTES_MAX, Finding},
    model::{alarm, language::Language, person::Entry},
    store::{Db, alarms, people, work},
};

/// How often it is looked at: often enough to keep the lease.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// While it stands refused, it is handed to the decider again so often, who knows when the administrator is told again.
const AGAIN_EVERY: SignedDuration = SignedDuration::from_mins(30);

/// The lease of whoever looks at it.
const LEASE: &str = "directory";

/// The kind of its work.
pub(in crate::house) const WORK: &str = "directory";

/// A directory that was read, as it waits for the decider.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::house) struct StoredDirectory {
    file: String,
    sha256: String,
    people: Vec<Entry>,
    problems: Vec<String>,
    is_confirmed: bool,
}

impl StoredDirectory {
    /// What the desk decides on.
    pub(in crate::house) fn into_file(self) -> DirectoryFile {
        DirectoryFile {
            file: self.file,
            sha256: self.sha256,
            found: if self.problems.is_empty() {
                Ok(self.people)
            } else {
                Err(self.problems)
            },
            is_confirmed: self.is_confirmed,
        }
    }
}

/// A directory's file as it lies there.
#[derive(Debug)]
pub struct Found {
    /// Its name, as messages call it.
    pub file: String,
    /// The SHA-256 of its bytes; empty where they cannot be read.
    pub sha256: String,
    /// What is in it: people, or everything that is wrong.
    pub directory: Result<Directory, Unread>,
}

/// Why there are no people.
#[derive(Debug)]
pub enum Unread {
    /// The file cannot be read.
    File(io::Error),
    /// What is wrong in it.
    Findings(Vec<Finding>),
}

impl Unread {
    /// A line for each thing that is wrong.
    #[must_use]
    pub fn lines(&self, file: &str, language: Language) -> Vec<String> {
        match self {
            Self::File(error) => vec![match language {
                Language::Ru => format!("{file}: файл не читается: {error}"),
                Language::En => format!("{file}: the file cannot be read: {error}"),
            }],
            Self::Findings(findings) => {
                let words = findings.iter().map(|finding| finding.words(language));
                words.collect()
            }
        }
    }
}

/// Reads a directory. It is never read further than it may be long.
#[must_use]
pub fn find(path: &Path) -> Found {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let file = name.to_string_lossy().into_owned();
    match bytes_of(path) {
        Ok(bytes) => Found {
            sha256: HEXLOWER.encode(&Sha256::digest(&bytes)),
            directory: directory::read(&bytes, &file).map_err(Unread::Findings),
            file,
        },
        Err(error) => Found {
            file,
            sha256: String::new(),
            directory: Err(Unread::File(error)),
        },
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let longest = FILE_BYTES_MAX.saturating_add(1);
    File::open(path)?.take(longest).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Leaves a directory with the decider.
///
/// # Errors
/// It could not be written down.
pub async fn hand_over(
    db: &Db,
    found: Found,
    (language, is_confirmed): (Language, bool),
    now: Timestamp,
) -> Result<(), HouseError> {
    let (people, problems) = match found.directory {
        Ok(directory) => (directory.people, Vec::new()),
        Err(unread) => (Vec::new(), unread.lines(&found.file, language)),
    };
    let stored = StoredDirectory {
        file: found.file,
        sha256: found.sha256,
        people,
        problems,
        is_confirmed,
    };
    let payload =
        serde_json::to_string(&stored).map_err(|error| HouseError::Stored(error.to_string()))?;
    work::add(db, WORK, &payload, now).await?;
    Ok(())
}

/// What a file looks like from outside: `None` where it is not there.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// What is known of the file between two looks.
#[derive(Debug, Default)]
pub struct Watched {
    /// How it looked the last time.
    seen: Option<Stamp>,
    /// How it looked when it was read.
    read: Option<Stamp>,
    /// When it was last compared with what the decider has made of it.
    compared_at: Option<Timestamp>,
}

impl House {
    /// Looks once at the people directory, and hands it to the decider if it has changed. A file that changes is read
    /// when it looks the same twice: whoever writes it may not be done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn look_at_people(&self, watched: &mut Watched) -> Result<(), HouseError> {
        let Some(path) = self.config.directory.clone() else {
            return self.forget_directory().await;
        };
        let (looked_at, now) = (path.clone(), self.clock.now());
        let stamp = files::apart(move || stamp(&looked_at)).await?;
        let is_settled = watched.seen.is_none_or(|seen| seen == stamp);
        let is_read = watched.read == Some(stamp);
        let since = watched.compared_at.map(|at| now.duration_since(at));
        let is_long_ago = since.is_none_or(|since| since >= AGAIN_EVERY);
        watched.seen = Some(stamp);
        if !is_settled || is_read && !is_long_ago {
            return Ok(());
        }
        let last = people::last_read(&self.db).await?;
        let stands_refused = last.as_ref().is_some_and(|last| last.is_refused);
        if !is_read || stands_refused {
            let found = files::apart(move || find(&path)).await?;
            if stands_refused || last.is_none_or(|last| last.sha256 != found.sha256) {
                let language = self.config.policy.language;
                tracing::info!(file = found.file, "the people directory has changed");
                hand_over(&self.db, found, (language, false), now).await?;
                self.bells.work.notify_one();
            }
        }
        (watched.read, watched.compared_at) = (Some(stamp), Some(now));
        Ok(())
    }

    /// There is none any more: what was wrong with it is over.
    async fn forget_directory(&self) -> Result<(), HouseError> {
        for (name, object) in alarms::standing(&self.db).await? {
            if name == alarm::DIRECTORY {
                watch::report(self, alarm::DIRECTORY, &object, None).await;
            }
        }
        Ok(())
    }

    /// Looks once, where no other process does: for a drain.
    ///
    /// # Errors
    /// What the database says.
    pub(super) async fn look_once(&self) -> Result<(), HouseError> {
        if let Some(lease) = self.lease(LEASE).await? {
            self.look_at_people(&mut Watched::default()).await?;
            self.give_back(lease).await?;
        }
        Ok(())
    }
}

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

/// Looks until told to stop, where no other process does.
pub(super) async fn look(house: House, stop: CancellationToken) {
    let mut watched = Watched::default();
    let mut held = None;
    let mut is_over = false;
    while !is_over {
        let looked = match house.lease(LEASE).await {
            Ok(Some(lease)) => {
                held = Some(lease);
                house.look_at_people(&mut watched).await
            }
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = looked {
            tracing::error!(%error, "the people directory could not be looked at");
        }
        let rest = tokio::time::sleep(LOOK_EVERY);
        is_over =
            house.config.directory.is_none() || stop.run_until_cancelled(rest).await.is_none();
    }
    if let Some(lease) = held
        && let Err(error) = house.give_back(lease).await
    {
        tracing::warn!(%error, "the lease of the people directory runs out by itself");
    }
}
