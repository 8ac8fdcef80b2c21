//! Where a server's files lie, its ports, and its small secrets.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use super::error::LabError;
use crate::clock;

/// A system user, as `/etc/passwd` knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct User {
    /// Its number.
    pub(super) uid: u32,
    /// The number of its group.
    pub(super) gid: u32,
}

impl User {
    /// Looks a user up by name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let passwd = fs::read_to_string("/etc/passwd").ok()?;
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            (fields.next() == Some(name)).then_some(())?;
            let uid = fields.nth(1)?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            Some(Self { uid, gid })
        })
    }

    /// Who runs this program.
    pub(super) fn me() -> Result<Self, LabError> {
        let itself = Path::new("/proc/self");
        let meta = fs::metadata(itself).map_err(LabError::file("read", itself))?;
        Ok(Self {
            uid: meta.uid(),
            gid: meta.gid(),
        })
    }

    /// True for root.
    pub(super) fn is_root(self) -> bool {
        self.uid == 0
    }
}

/// The names of the user and the group that run this program, from `id`, which also knows those that are not in
/// `/etc/passwd`.
pub(super) fn my_names() -> Result<(String, String), LabError> {
    let ask = |option: &str| {
        let answer = Command::new("id").arg(option).output();
        let answer = answer.map_err(LabError::file("run", "id"))?;
        Ok::<_, LabError>(String::from_utf8_lossy(&answer.stdout).trim().to_owned())
    };
    Ok((ask("-un")?, ask("-gn")?))
}

/// Makes a folder, with its parents, and gives it these rights.
pub(super) fn make_folder(path: &Path, mode: u32) -> Result<(), LabError> {
    fs::create_dir_all(path).map_err(LabError::file("create", path))?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(LabError::file("set the rights of", path))
}

/// Makes a folder and gives it away.
pub(super) fn make_folder_of(path: &Path, mode: u32, owner: User) -> Result<(), LabError> {
    make_folder(path, mode)?;
    chown(path, Some(owner.uid), Some(owner.gid)).map_err(LabError::file("give away", path))
}

/// Writes a file with these rights, in place of a former one.
pub(super) fn write_file(path: &Path, mode: u32, words: &str) -> Result<(), LabError> {
    fs::write(path, words).map_err(LabError::file("write", path))?;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(LabError::file("set the rights of", path))
}

/// The longest folder for servers, in bytes: Dovecot puts Unix sockets below it, whose names end at 107.
const LENGTH_MAX: usize = 70;

/// Opens `folder` for servers that run under another user than ours, and returns its real path.
///
/// Started by root, Dovecot, Postfix and PostgreSQL give root's rights up and must still reach their files, which
/// below a closed folder (a clone in `/root`) they cannot. Nor do they bear every path: spaces break their settings,
/// and a long one their sockets. In such a place the files lie in a new folder under the system's temporary one, and
/// `folder` becomes a link to it.
pub(super) fn open_for_servers(folder: &Path) -> Result<PathBuf, LabError> {
    let parent = folder.parent().unwrap_or_else(|| Path::new("/"));
    fs::create_dir_all(parent).map_err(LabError::file("create", parent))?;
    let whole = parent
        .canonicalize()
        .map_err(LabError::file("find", parent))?
        .join(folder.file_name().unwrap_or_default());
    if whole.is_symlink() && !whole.exists() {
        // A link to a folder that the system has tidied away since.
        fs::remove_file(&whole).map_err(LabError::file("remove", &whole))?;
    }
    let is_new = !whole.exists();
    let is_reachable = !User::me()?.is_root() || is_passable(&whole)?;
    if is_new && !(is_reachable && is_bearable(&whole)) {
        let elsewhere = new_scratch("server")?;
        symlink(&elsewhere, &whole).map_err(LabError::file("link", &whole))?;
        return Ok(elsewhere);
    }
    make_folder(&whole, 0o711)?;
    whole.canonicalize().map_err(LabError::file("find", &whole))
}

/// Whether this path can stand in everybody's settings.
fn is_bearable(path: &Path) -> bool {
    path.as_os_str().len() <= LENGTH_MAX
        && path.to_str().is_some_and(|words| {
            words
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c))
        })
}

/// Whether everybody may pass through all folders above this path.
fn is_passable(path: &Path) -> Result<bool, LabError> {
    for step in path.ancestors().skip(1) {
        let meta = fs::metadata(step).map_err(LabError::file("read", step))?;
        if meta.permissions().mode() & 0o001 == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

fn new_scratch(name: &str) -> Result<PathBuf, LabError> {
    let path = std::env::temp_dir().join(format!("okno-{name}-{}", secret()?));
    make_folder(&path, 0o711)?;
    Ok(path)
}

/// A folder under the system's temporary one that servers of another user can reach; gone when dropped.
///
/// Declare it before the servers that live in it, so that they end first.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes one; `name` becomes a part of the folder's name.
    ///
    /// # Errors
    /// Where the temporary folder refuses.
    pub fn new(name: &str) -> Result<Self, LabError> {
        new_scratch(name).map(Self)
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            super::complain(&format!("Cannot remove {}: {error}", self.0.display()));
        }
    }
}

/// Sixteen hexadecimal digits nobody can guess: passwords and names.
pub(super) fn secret() -> Result<String, LabError> {
    let mut bytes = [0_u8; 8];
    clock::fill_random(&mut bytes)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

/// A port on loopback that nobody holds now, below the range from which the system takes ports for outgoing
/// connections, so that none of those can take it before its server does.
pub(super) fn free_port() -> Result<u16, LabError> {
    let mut refused = std::io::Error::other("no attempt was made");
    for _ in 0..100 {
        let mut bytes = [0_u8; 2];
        clock::fill_random(&mut bytes)?;
        let port = 10_000_u16.saturating_add(u16::from_le_bytes(bytes) % 22_000);
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(_) => return Ok(port),
            Err(error) => refused = error,
        }
    }
    Err(LabError::Port(refused))
}
