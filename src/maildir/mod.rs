//! # maildir: inbound and outbound, Maildir folders
//!
//! <https://cr.yp.to/proto/maildir.html>. A mail's identity is the unique part of its file's name, which no mail reader
//! changes: not when it moves the file from `new` to `cur`, not when it writes flags behind `:2,`. Nothing here renames
//! or deletes a mail.
//!
//! All of it blocks: call it where blocking is allowed.

use std::{
    fs::{self, File, OpenOptions, ReadDir},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use data_encoding::HEXLOWER;
use jiff::Timestamp;

use crate::clock::{Clock, fill_random};

/// What can go wrong with a Maildir.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} {path}: {source}", path = path.display())]
pub struct MaildirError {
    doing: &'static str,
    path: PathBuf,
    source: io::Error,
    /// Whether the mail may lie there all the same.
    is_in_doubt: bool,
}

impl MaildirError {
    /// Whether a mail that was to be delivered may lie there all the same: it was seen in `new`, and the disk did not confirm.
    #[must_use]
    pub const fn is_in_doubt(&self) -> bool {
        self.is_in_doubt
    }

    /// Whether it is this one folder that is of no use, while others beside it may be: its name is impossible, or it is there and
    /// not ours to write into.
    #[must_use]
    pub fn is_this_folders(&self, folder: &Path) -> bool {
        let kind = self.source.kind();
        let is_refused = matches!(
            kind,
            io::ErrorKind::PermissionDenied
                | io::ErrorKind::NotADirectory
                | io::ErrorKind::AlreadyExists
        );
        kind == io::ErrorKind::InvalidFilename || is_refused && fs::symlink_metadata(folder).is_ok()
    }

    /// Whether only a person can help: the folder is not there, or not ours to use.
    #[must_use]
    pub fn needs_operator(&self) -> bool {
        let kind = self.source.kind();
        kind == io::ErrorKind::NotFound
            || kind == io::ErrorKind::PermissionDenied
            || kind == io::ErrorKind::NotADirectory
    }
}

/// A mail that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The unique part of its name: who it is, for ever.
    pub key: String,
    /// Where it is now. A mail reader may rename it at any time.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was written: when it arrived.
    pub modified: Timestamp,
}

/// A Maildir.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maildir {
    path: PathBuf,
}

impl Maildir {
    /// The Maildir whose `new` and `cur` are in `path`.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// Begins to list all mails, in `new` and in `cur`.
    ///
    /// # Errors
    /// [`MaildirError`] where one of the two folders cannot be read.
    pub fn scan(&self) -> Result<Scan, MaildirError> {
        Ok(Scan {
            under_way: Some(list_folder(self.path.join("new"))?),
            // Only then: a mail that moves to `cur` meanwhile may be seen twice, but never missed.
            next: Some(self.path.join("cur")),
        })
    }

    /// Reads a mail, at most `bytes_max` of it; `None` where it is gone. A mail that was renamed since it was listed is
    /// found again by its key.
    ///
    /// # Errors
    /// [`MaildirError`].
    pub fn read(&self, entry: &Entry, bytes_max: u64) -> Result<Option<Vec<u8>>, MaildirError> {
        match read_file(&entry.path, bytes_max) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            read => {
                return read
                    .map(Some)
                    .map_err(|source| reading(&entry.path, source));
            }
        }
        let Some(path) = self.find(&entry.key)? else {
            return Ok(None);
        };
        match read_file(&path, bytes_max) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|source| reading(&path, source)),
        }
    }

    /// Delivers a mail: into `tmp`, to the disk, then into `new`, so that nobody ever sees half of it and none is
    /// lost once this returns. Makes the Maildir where there is none. Returns the mail's key.
    ///
    /// # Errors
    /// [`MaildirError`]; nothing is in `new` then, unless it [is in doubt](MaildirError::is_in_doubt).
    pub fn deliver(&self, bytes: &[u8]) -> Result<String, MaildirError> {
        let fail = |doing, path: &Path| {
            let path = path.to_owned();
            move |source| MaildirError {
                doing,
                path,
                source,
                is_in_doubt: false,
            }
        };
        for name in ["tmp", "new", "cur"] {
            let folder = self.path.join(name);
            fs::create_dir_all(&folder).map_err(fail("make", &folder))?;
        }
        let mut chance = [0; 12];
        fill_random(&mut chance)
            .map_err(|error| fail("name a mail in", &self.path)(io::Error::other(error)))?;
        let second = Clock::System.now().as_second();
        let key = format!("{second}.R{}.okno", HEXLOWER.encode(&chance));
        let tmp = self.path.join("tmp").join(&key);
        let folder = self.path.join("new");
        let written = write_file(&tmp, bytes)
            .and_then(|()| File::open(&folder))
            .and_then(|opened| fs::rename(&tmp, folder.join(&key)).map(|()| opened));
        let delivered = match written {
            Ok(opened) => opened.sync_all(),
            Err(error) => {
                // What is left in `tmp` is nobody's mail; if it cannot be removed either, mail readers do it after 36 hours.
                drop(fs::remove_file(&tmp));
                return Err(fail("deliver into", &folder)(error));
            }
        };
        delivered.map_err(|source| MaildirError {
            is_in_doubt: true,
            ..fail("make sure of a mail in", &folder)(source)
        })?;
        Ok(key)
    }

    fn find(&self, key: &str) -> Result<Option<PathBuf>, MaildirError> {
        let mut scan = self.scan()?;
        loop {
            let batch = scan.next_batch(1_000)?;
            if batch.is_empty() {
                return Ok(None);
            }
            if let Some(found) = batch.into_iter().find(|entry| entry.key == key) {
                return Ok(Some(found.path));
            }
        }
    }
}

/// A listing under way. It holds no more than a batch at a time, whatever the number of mails.
#[derive(Debug)]
pub struct Scan {
    under_way: Option<(PathBuf, ReadDir)>,
    next: Option<PathBuf>,
}

impl Scan {
    /// The next mails, at most `most`, oldest first within the batch; the order of batches is the disk's. Empty: that
    /// was all.
    ///
    /// # Errors
    /// [`MaildirError`].
    pub fn next_batch(&mut self, most: usize) -> Result<Vec<Entry>, MaildirError> {
        let mut batch = Vec::new();
        while batch.len() < most
            && let Some((path, folder)) = self.under_way.as_mut()
        {
            let Some(file) = folder.next() else {
                self.under_way = self.next.take().map(list_folder).transpose()?;
                continue;
            };
            let entry = file.and_then(|file| entry(&file));
            match entry {
                Ok(Some(entry)) => batch.push(entry),
                Ok(None) => (),
                // Renamed or deleted under our hands; a renamed one is seen in its new place or next time.
                Err(error) if error.kind() == io::ErrorKind::NotFound => (),
                Err(source) => {
                    return Err(MaildirError {
                        doing: "list",
                        path: path.clone(),
                        source,
                        is_in_doubt: false,
                    });
                }
            }
        }
        batch.sort_by(|one, other| (one.modified, &one.key).cmp(&(other.modified, &other.key)));
        Ok(batch)
    }
}

fn list_folder(path: PathBuf) -> Result<(PathBuf, ReadDir), MaildirError> {
    match fs::read_dir(&path) {
        Ok(folder) => Ok((path, folder)),
        Err(source) => Err(MaildirError {
            doing: "list",
            path,
            source,
            is_in_doubt: false,
        }),
    }
}

/// What a file is as a mail; `None`: hidden, or no file.
fn entry(file: &fs::DirEntry) -> io::Result<Option<Entry>> {
    let name = file.file_name();
    let name = name.to_string_lossy();
    if name.starts_with('.') {
        return Ok(None);
    }
    let about = file.metadata()?;
    if !about.is_file() {
        return Ok(None);
    }
    let since = about.modified()?.duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |since| since.as_millis());
    let modified = i64::try_from(millis)
        .ok()
        .and_then(|millis| Timestamp::from_millisecond(millis).ok());
    Ok(Some(Entry {
        key: key(&name).to_owned(),
        path: file.path(),
        size: about.len(),
        modified: modified.unwrap_or(Timestamp::UNIX_EPOCH),
    }))
}

/// The unique part of a name. Some servers, where a colon is not allowed, write `;2,` or `!2,`.
fn key(name: &str) -> &str {
    [":2,", ";2,", "!2,"]
        .iter()
        .find_map(|mark| name.rsplit_once(mark))
        .map_or(name, |(unique, _)| unique)
}

fn read_file(path: &Path, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(bytes_max).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn reading(path: &Path, source: io::Error) -> MaildirError {
    MaildirError {
        doing: "read",
        path: path.to_owned(),
        source,
        is_in_doubt: false,
    }
}

#[cfg(test)]
impl MaildirError {
    /// One after which nobody knows.
    pub(crate) fn doubtful(path: &Path) -> Self {
        Self {
            is_in_doubt: true,
            ..reading(path, io::Error::other("the disk is gone"))
        }
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
