//! The instance key in its file, with its versions: made at the first start, changed for another when somebody may have
//! seen it. An older version signs nothing any more and counts as long as what it has signed: a year.

use std::{
    fmt, fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::{Context as _, bail};
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::{
    clock,
    desk::token::Key,
    store::{Db, instance},
};

/// The instance key's file in the data folder.
pub const KEY_FILE: &str = "instance.key";

/// How long a version that was changed for another still counts: as long as an id of ours proves anything.
const COUNTS_FOR: SignedDuration = SignedDuration::from_hours(365 * 24);

/// The highest version: reply addresses have one letter for it.
const VERSION_MAX: u8 = 31;

/// One version, as it stands in the file: `1 <64 hexadecimal digits>`, and the last day of one that signs no more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: u8,
    /// The last day on which what it has signed counts; `None`: it signs.
    pub until: Option<Date>,
    bytes: [u8; 32],
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Version {} until {:?}", self.number, self.until)
    }
}

/// The key of this data folder; made at the first start, with rights for the owner only. With any other key than the one
/// that has signed here, every answer to a mail of ours would look forged.
///
/// # Errors
/// It cannot be read or written, is no key, or not this database's.
pub async fn open(data: &Path, db: &Db, now: Timestamp) -> anyhow::Result<Key> {
    let known = instance::signed_with(db).await?;
    let path = data.join(KEY_FILE);
    let key = match find(data, now)? {
        Some(key) => key,
        None if known.is_none() => first(data)?,
        None => bail!(
            "Cannot find the instance key {}, which has signed the mail of this database: put it back, from the backup \
             (FILE.key) or from another machine that runs okno on this database. If it is lost: okno key accept",
            path.display()
        ),
    };
    let Some(known) = known else {
        instance::sign_with(db, Some(key.fingerprint())).await?;
        return Ok(key);
    };
    if !key.has_fingerprint(&known) {
        bail!(
            "The instance key {} is not the one that has signed the mail of this database: it is another okno's, or older \
             than the last `okno key rotate`. Put the right one there, from the backup (FILE.key) or from another machine \
             that runs okno on this database. If it is lost: okno key accept",
            path.display()
        );
    }
    if key.fingerprint() != known {
        instance::sign_with(db, Some(key.fingerprint())).await?;
    }
    Ok(key)
}

/// The key of the first start.
fn first(data: &Path) -> anyhow::Result<Key> {
    let first = Version {
        number: 0,
        until: None,
        bytes: chance()?,
    };
    save(data, &[first])?;
    Ok(Key::new(first.bytes))
}

/// The key of this data folder; `None`: there was no first start yet.
///
/// # Errors
/// It cannot be read, or is no key.
pub fn find(data: &Path, now: Timestamp) -> anyhow::Result<Option<Key>> {
    let Some(versions) = versions(data)? else {
        return Ok(None);
    };
    let today = day(now);
    let counting = versions
        .iter()
        .filter(|one| one.until.is_none_or(|until| until >= today));
    Ok(Key::of_versions(
        counting.map(|one| (one.number, one.bytes)),
    ))
}

/// What stands in the key's file, the version that signs last; `None`: there was no first start yet.
///
/// # Errors
/// It cannot be read, or is no key.
pub fn versions(data: &Path) -> anyhow::Result<Option<Vec<Version>>> {
    let path = data.join(KEY_FILE);
    let place = || format!("Cannot use the instance key {}", path.display());
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(place),
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let read: Option<Vec<Version>> = lines.map(version_in).collect();
    let signs = |versions: &Vec<Version>| versions.last().is_some_and(|last| last.until.is_none());
    match read.filter(signs) {
        Some(versions) => Ok(Some(versions)),
        None => bail!(
            "{}: a version, 64 hexadecimal digits, and the last day of a version that signs no more are expected on \
             each line; the last line signs",
            place()
        ),
    }
}

/// A line of the file; the digits alone, as at first, are version 0.
fn version_in(line: &str) -> Option<Version> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (number, digits, until) = match words.as_slice() {
        [digits] => (0, digits, None),
        [number, digits] => (number.parse().ok()?, digits, None),
        [number, digits, until] => (number.parse().ok()?, digits, Some(until.parse().ok()?)),
        _ => return None,
    };
    let bytes = HEXLOWER.decode(digits.as_bytes()).ok()?;
    let bytes = <[u8; 32]>::try_from(bytes).ok()?;
    (number <= VERSION_MAX).then_some(Version {
        number,
        until,
        bytes,
    })
}

/// Makes a new version, which signs from the next start on; which. Those before count for a year from now, or as long as
/// they did already.
///
/// # Errors
/// There is no key yet, or too many versions; it cannot be read or written.
pub fn rotate(data: &Path, now: Timestamp) -> anyhow::Result<Version> {
    let Some(mut versions) = versions(data)? else {
        bail!("There is no instance key yet: okno makes it at its first start");
    };
    let number = versions.iter().map(|one| one.number).max();
    let number = number.unwrap_or(0).saturating_add(1);
    if number > VERSION_MAX {
        bail!(
            "The instance key has had {VERSION_MAX} versions, and there is no number for another"
        );
    }
    let (today, last) = (day(now), day(now.checked_add(COUNTS_FOR).unwrap_or(now)));
    versions.retain(|one| one.until.is_none_or(|until| until >= today));
    for one in &mut versions {
        one.until = one.until.or(Some(last));
    }
    let new = Version {
        number,
        until: None,
        bytes: chance()?,
    };
    versions.push(new);
    save(data, &versions)?;
    Ok(new)
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn chance() -> anyhow::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    clock::fill_random(&mut bytes).context("The system gives no random numbers")?;
    Ok(bytes)
}

/// Writes the file anew beside the old one, and then in its place: there is never half a key.
fn save(data: &Path, versions: &[Version]) -> anyhow::Result<()> {
    let path = data.join(KEY_FILE);
    let new = data.join(format!("{KEY_FILE}.new"));
    let write = || -> io::Result<()> {
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        for one in versions {
            let until = one.until.map(|until| format!(" {until}"));
            let digits = HEXLOWER.encode(&one.bytes);
            writeln!(file, "{} {digits}{}", one.number, until.unwrap_or_default())?;
        }
        file.sync_all()?;
        fs::rename(&new, &path)?;
        fs::File::open(data)?.sync_all()
    };
    write().with_context(|| format!("Cannot write the instance key {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ids::TicketNumber, ticket::Side};

    fn at(words: &str) -> Timestamp {
        words.parse().unwrap()
    }

    #[test]
    fn a_key_of_the_first_form_is_version_0_and_rotates() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let now = at("2026-11-17T09:00:00Z");
        assert!(rotate(data, now).is_err(), "there is none yet");
        fs::write(data.join(KEY_FILE), format!("{}\n", "07".repeat(32))).unwrap();
        let old = find(data, now).unwrap().unwrap();
        let place = crate::desk::token::Signed {
            ticket: TicketNumber(1042),
            side: Side::Requester,
        };
        let id = old.message_id(place, "ack:1042", "uni.test");
        let new = rotate(data, now).unwrap();
        assert_eq!((new.number, new.until), (1, None));
        let key = find(data, now).unwrap().unwrap();
        assert_eq!((key.version(), key.verify(&id)), (1, Some(place)));
        // A year later only the new one counts.
        let later = find(data, at("2027-11-17T09:00:00Z")).unwrap().unwrap();
        assert_eq!(later.verify(&id), Some(place));
        let later = find(data, at("2027-11-18T09:00:00Z")).unwrap().unwrap();
        assert_eq!((later.version(), later.verify(&id)), (1, None));
        rotate(data, at("2027-11-18T09:00:00Z")).unwrap();
        let numbers: Vec<u8> = versions(data)
            .unwrap()
            .unwrap()
            .iter()
            .map(|one| one.number)
            .collect();
        assert_eq!(numbers, [1, 2], "what counts no more is gone");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let digits = "07".repeat(32);
        for text in [
            String::new(),
            "0707".to_owned(),
            format!("32 {digits}"),
            format!("0 {digits} 2027-11-17"),
            format!("0 {digits} soon\n1 {digits}"),
            format!("0 {digits} 2027-11-17 x\n1 {digits}"),
        ] {
            fs::write(folder.path().join(KEY_FILE), &text).unwrap();
            assert!(versions(folder.path()).is_err(), "{text}");
        }
    }
}
