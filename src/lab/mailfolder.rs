//! One person's Maildir: mails put in by an atomic rename, and read out in the order they came.

use std::{
    fs,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    error::LabError,
    place::{User, make_folder, make_folder_of, secret},
};
use crate::clock::Clock;

/// Counts what this process has put anywhere, so that no two names are the same and names sort as mails came.
static PUT: AtomicU64 = AtomicU64::new(0);

/// A Maildir (`cur`, `new`, `tmp`).
#[derive(Debug, Clone)]
pub struct MailFolder {
    path: PathBuf,
    owner: Option<User>,
}

impl MailFolder {
    /// The Maildir at `path`, made when the first mail is put into it.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            owner: None,
        }
    }

    /// A Maildir whose files another user must be able to read.
    pub(super) fn of(path: PathBuf, owner: Option<User>) -> Self {
        Self { path, owner }
    }

    /// A folder below this one, as Dovecot lays it out (Maildir++).
    #[must_use]
    pub fn below(&self, name: &str) -> Self {
        Self {
            path: self.path.join(format!(".{name}")),
            owner: self.owner,
        }
    }

    /// The folder that holds `cur`, `new` and `tmp`.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a mail in: written whole under `tmp`, then renamed into `new`, so that no reader sees half of it.
    ///
    /// # Errors
    /// Where a file or folder refuses.
    pub fn put(&self, mail: &[u8]) -> Result<PathBuf, LabError> {
        // The person's own folder above the Maildir belongs to the same owner: Dovecot keeps a file there too.
        if let Some(person) = self.path.parent() {
            self.make(person)?;
        }
        for folder in [
            self.path.clone(),
            self.path.join("tmp"),
            self.path.join("cur"),
            self.path.join("new"),
        ] {
            self.make(&folder)?;
        }
        let now = Clock::System.now();
        let name = format!(
            "{}.M{:06}P{}Q{:08}R{}.localhost",
            now.as_second(),
            now.subsec_microsecond(),
            std::process::id(),
            PUT.fetch_add(1, Ordering::Relaxed),
            secret()?,
        );
        let tmp = self.path.join("tmp").join(&name);
        let new = self.path.join("new").join(&name);
        fs::write(&tmp, mail).map_err(LabError::file("write", &tmp))?;
        if let Some(owner) = self.owner {
            chown(&tmp, Some(owner.uid), Some(owner.gid))
                .map_err(LabError::file("give away", &tmp))?;
        }
        fs::rename(&tmp, &new).map_err(LabError::file("rename", &tmp))?;
        Ok(new)
    }

    fn make(&self, folder: &Path) -> Result<(), LabError> {
        if folder.is_dir() {
            return Ok(());
        }
        match self.owner {
            Some(owner) => make_folder_of(folder, 0o700, owner),
            None => make_folder(folder, 0o700),
        }
    }

    /// The files of all mails, new and seen, oldest first.
    ///
    /// # Errors
    /// Where a folder that is there cannot be read.
    pub fn files(&self) -> Result<Vec<PathBuf>, LabError> {
        let mut files = Vec::new();
        for part in ["cur", "new"] {
            let folder = self.path.join(part);
            if !folder.is_dir() {
                continue;
            }
            for entry in fs::read_dir(&folder).map_err(LabError::file("read", &folder))? {
                files.push(entry.map_err(LabError::file("read", &folder))?.path());
            }
        }
        files.sort_by_cached_key(|file| {
            let name = file.file_name().map(|name| name.to_string_lossy());
            arrival(name.as_deref().unwrap_or_default())
        });
        Ok(files)
    }

    /// All mails, oldest first.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn mails(&self) -> Result<Vec<Vec<u8>>, LabError> {
        self.files()?
            .into_iter()
            .map(|file| fs::read(&file).map_err(LabError::file("read", file)))
            .collect()
    }
}

/// What a Maildir name says about the moment: the seconds, and the microseconds after the `M`.
fn arrival(name: &str) -> (u64, u64, String) {
    let mut parts = name.splitn(3, '.');
    let secs = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let micros = parts
        .next()
        .and_then(|part| part.strip_prefix('M'))
        .map(|part| {
            part.chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
        })
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0);
    (secs, micros, name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::arrival;

    #[test]
    fn names_sort_as_mails_came() {
        let mut names = [
            "1700000001.M000002P1Q00000001R0.localhost",
            "999999999.M999999P2.host",
            "1700000001.M000001P9.host:2,S",
        ];
        names.sort_by_key(|name| arrival(name));
        assert!(names[0].starts_with("999999999."), "{names:?}");
        assert!(names[1].contains("M000001"), "{names:?}");
    }
}
