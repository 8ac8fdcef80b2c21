//! Passwords: from a file or a systemd credential, never from the configuration itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

use secrecy::SecretString;

use super::{
    problems::Notes,
    section::{Section, Value, text},
};

/// A password that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The password.
    pub password: SecretString,
    /// What is odd about where it was kept, for a person.
    pub warning: Option<String>,
}

/// Where a password is kept.
#[derive(Debug, Clone, Copy)]
pub enum Kept<'k> {
    /// In a file of one line.
    File(&'k Path),
    /// As a systemd credential of that name.
    Credential(&'k str),
}

/// What somebody reads a configuration for: of passwords not everybody needs the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To work as it says: every password must be there.
    #[default]
    Serve,
    /// To try what it says: a credential that only the service is handed is a warning, and what needs it is not tried.
    Try,
    /// To look into the database, or leave a note there: passwords of mail servers are not asked for at all, so that whoever
    /// runs the command need not be able to read them.
    Look,
}

/// What reading a configuration asks of the machine. Tests answer from memory.
pub trait Secrets {
    /// The password kept in a file.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    fn file(&self, path: &Path) -> Result<Found, String>;

    /// The password kept as a systemd credential of that name.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    fn credential(&self, name: &str) -> Result<Found, String>;

    /// The password of the database. An empty one stands for one that is known to the service alone.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    fn of_database(&self, kept: Kept<'_>) -> Result<Found, String> {
        match kept {
            Kept::File(path) => self.file(path),
            Kept::Credential(name) => self.credential(name),
        }
    }

    /// The password of a mail server. An empty one stands for one that nobody here needs or knows.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    fn of_mail_server(&self, kept: Kept<'_>) -> Result<Found, String> {
        match kept {
            Kept::File(path) => self.file(path),
            Kept::Credential(name) => self.credential(name),
        }
    }

    /// Whether a file or folder that the configuration names is there.
    fn exists(&self, path: &Path) -> bool;

    /// A file that the configuration names.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    fn text(&self, path: &Path) -> Result<String, String> {
        Err(format!("there is no {}", path.display()))
    }

    /// A file that the configuration names, as it is, of at most so many bytes.
    ///
    /// # Errors
    /// A sentence that says why there is none, or that it is larger.
    fn bytes(&self, path: &Path, bytes_max: u64) -> Result<Vec<u8>, String> {
        let _ = bytes_max;
        Err(format!("there is no file {}", path.display()))
    }
}

/// The machine's own files and credentials.
#[derive(Debug, Clone, Default)]
pub struct SystemSecrets {
    /// Where systemd put this unit's credentials (systemd.exec(5), `CREDENTIALS_DIRECTORY`).
    credentials: Option<PathBuf>,
    purpose: Purpose,
}

impl SystemSecrets {
    /// Takes the folder of credentials from the environment. What is missing there counts as `purpose` has it.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "config is the room that reads the environment"
    )]
    pub fn from_environment(purpose: Purpose) -> Self {
        Self {
            credentials: std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from),
            purpose,
        }
    }

    /// Stands for a credential where nobody is handed any, and the rest is to be tried all the same.
    fn untried(&self, kept: Kept<'_>) -> Option<Found> {
        let Kept::Credential(name) = kept else {
            return None;
        };
        let is_untried = self.purpose == Purpose::Try && self.credentials.is_none();
        (is_untried && !name.contains('/')).then(|| Found {
            password: SecretString::default(),
            warning: Some(format!(
                "cannot be tried here: only the service is handed this credential, by LoadCredential={name}:… in its unit"
            )),
        })
    }
}

impl Secrets for SystemSecrets {
    fn file(&self, path: &Path) -> Result<Found, String> {
        let words = fs::read_to_string(path).map_err(|error| {
            format!(
                "the password file {} cannot be read: {error}",
                path.display()
            )
        })?;
        Ok(Found {
            password: first_line(&words).ok_or_else(|| {
                format!(
                    "the password file {} must hold one line, the password",
                    path.display()
                )
            })?,
            warning: open_to_others(path),
        })
    }

    fn credential(&self, name: &str) -> Result<Found, String> {
        let folder = self.credentials.as_ref().ok_or_else(|| {
            format!(
                "there are no systemd credentials here (CREDENTIALS_DIRECTORY is not set): okno must be started by a \
                 unit with LoadCredential={name}:…, a command at the terminal by systemd-run --pipe \
                 --property=LoadCredential={name}:…"
            )
        })?;
        if name.contains('/') {
            return Err(format!(
                "\"{name}\" is no name of a credential; for a path write {{ file = \"…\" }}"
            ));
        }
        let words = fs::read_to_string(folder.join(name)).map_err(|error| {
            format!("the systemd credential \"{name}\" cannot be read: {error}; does the unit have LoadCredential={name}:…?")
        })?;
        let password = first_line(&words).ok_or_else(|| {
            format!("the systemd credential \"{name}\" must hold one line, the password")
        })?;
        Ok(Found {
            password,
            warning: None,
        })
    }

    fn of_database(&self, kept: Kept<'_>) -> Result<Found, String> {
        match (self.untried(kept), kept) {
            (Some(untried), _) => Ok(untried),
            (None, Kept::File(path)) => self.file(path),
            (None, Kept::Credential(name)) => self.credential(name),
        }
    }

    fn of_mail_server(&self, kept: Kept<'_>) -> Result<Found, String> {
        if self.purpose == Purpose::Look {
            return Ok(Found {
                password: SecretString::default(),
                warning: None,
            });
        }
        self.of_database(kept)
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn bytes(&self, path: &Path, bytes_max: u64) -> Result<Vec<u8>, String> {
        let unread = |error| format!("the file {} cannot be read: {error}", path.display());
        let size = fs::metadata(path).map_err(unread)?.len();
        if size > bytes_max {
            return Err(format!(
                "the file {} has {size} bytes; at most {bytes_max} can go with a form",
                path.display()
            ));
        }
        fs::read(path).map_err(unread)
    }

    fn text(&self, path: &Path) -> Result<String, String> {
        fs::read_to_string(path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))
    }
}

/// The password without the line end that editors add; `None` where that is empty or more than a line.
fn first_line(words: &str) -> Option<SecretString> {
    let line = words.strip_suffix('\n').unwrap_or(words);
    let line = line.strip_suffix('\r').unwrap_or(line);
    let is_one_line = !line.is_empty() && !line.chars().any(|c| matches!(c, '\n' | '\r' | '\0'));
    is_one_line.then(|| SecretString::from(line))
}

fn open_to_others(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o007 != 0).then(|| {
        format!(
            "everybody on this machine can read the password file {0}: chmod o= {0}",
            path.display()
        )
    })
}

/// How a password is written, for messages.
const RIGHT_FORM: &str =
    "password = { file = \"/etc/okno/it.password\" } or { credential = \"it-password\" }";

/// Reads a key `password` and has what it points at fetched; a file's path is relative to `base`. `Err` means it was written
/// but could not be had.
pub(super) fn password(
    section: &mut Section<'_>,
    notes: &mut Notes,
    base: &Path,
    fetched: impl Fn(Kept<'_>) -> Result<Found, String>,
) -> Result<Option<SecretString>, ()> {
    let Some(written) = section.value("password") else {
        return Ok(None);
    };
    if written.value.as_table().is_none() {
        notes.problem(
            &written.spot,
            format!("a password is never written into this file; write {RIGHT_FORM}"),
        );
        return Err(());
    }
    fetch(section, notes, &written, |place, words| match place {
        "file" => fetched(Kept::File(&base.join(words))),
        _ => fetched(Kept::Credential(words)),
    })
    .map(Some)
    .ok_or(())
}

fn fetch(
    section: &Section<'_>,
    notes: &mut Notes,
    written: &Value<'_>,
    find: impl Fn(&str, &str) -> Result<Found, String>,
) -> Option<SecretString> {
    let mut place = section.below(notes, written)?;
    let file = place.value("file");
    let credential = place.value("credential");
    place.finish(notes);
    let (kind, value) = match (file, credential) {
        (Some(file), None) => ("file", file),
        (None, Some(credential)) => ("credential", credential),
        (Some(_), Some(_)) | (None, None) => {
            notes.problem(
                &written.spot,
                format!("one place is expected; write {RIGHT_FORM}"),
            );
            return None;
        }
    };
    match text(value.value).and_then(|words| find(kind, words)) {
        Ok(found) => {
            if let Some(warning) = found.warning {
                notes.warning(&value.spot, warning);
            }
            Some(found.password)
        }
        Err(words) => {
            notes.problem(&value.spot, words);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use secrecy::ExposeSecret as _;

    use super::*;

    fn kept(words: &str, mode: u32) -> Result<(String, bool), String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it.password");
        fs::write(&path, words).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let found = SystemSecrets::default().file(&path)?;
        let password = found.password.expose_secret().to_owned();
        Ok((password, found.warning.is_some()))
    }

    #[test]
    fn a_file_holds_one_line() {
        assert_eq!(kept("hunter2", 0o600), Ok(("hunter2".to_owned(), false)));
        assert_eq!(
            kept(" hunter 2 \n", 0o600),
            Ok((" hunter 2 ".to_owned(), false))
        );
        assert_eq!(
            kept("hunter2\r\n", 0o640),
            Ok(("hunter2".to_owned(), false))
        );
        assert_eq!(kept("hunter2\n", 0o644), Ok(("hunter2".to_owned(), true)));
        for words in ["", "\n", "two\nlines\n", "nul\0"] {
            let said = kept(words, 0o600).unwrap_err();
            assert!(said.ends_with("must hold one line, the password"), "{said}");
        }
    }

    #[test]
    fn a_missing_file_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let said = SystemSecrets::default()
            .file(&folder.path().join("none"))
            .unwrap_err();
        assert!(said.contains("cannot be read: No such file"), "{said}");
    }

    #[test]
    fn credentials_come_from_their_folder_only() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("it-password"), "hunter2\n").unwrap();
        let secrets = SystemSecrets {
            credentials: Some(folder.path().to_owned()),
            ..SystemSecrets::default()
        };
        let found = secrets.credential("it-password").unwrap();
        assert_eq!(found.password.expose_secret(), "hunter2");
        let said = secrets.credential("hr-password").unwrap_err();
        assert!(said.contains("LoadCredential=hr-password:"), "{said}");
        let said = secrets.credential("../it-password").unwrap_err();
        assert!(said.contains("is no name of a credential"), "{said}");
        let said = SystemSecrets::default()
            .credential("it-password")
            .unwrap_err();
        assert!(said.contains("CREDENTIALS_DIRECTORY is not set"), "{said}");
    }
    #[test]
    fn passwords_are_asked_of_whoever_needs_them() {
        let asked = |purpose, kept| {
            let secrets = SystemSecrets {
                purpose,
                ..SystemSecrets::default()
            };
            let said = |found: Result<Found, String>| {
                found.map(|found| {
                    (
                        found.password.expose_secret().len(),
                        found.warning.is_some(),
                    )
                })
            };
            let database = said(secrets.of_database(kept));
            (said(secrets.of_mail_server(kept)).ok(), database.ok())
        };
        let credential = Kept::Credential("it-password");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none");
        let missing = Kept::File(&path);
        for kept in [credential, missing] {
            assert_eq!(asked(Purpose::Serve, kept), (None, None), "{kept:?}");
            assert_eq!(asked(Purpose::Look, kept), (Some((0, false)), None));
        }
        // The service would miss a file as well; a credential it is handed.
        assert_eq!(asked(Purpose::Try, missing), (None, None));
        let untried = Some((0, true));
        assert_eq!(asked(Purpose::Try, credential), (untried, untried));
        let path = Kept::Credential("/etc/okno/it.password");
        assert_eq!(asked(Purpose::Try, path), (None, None));
    }
}
