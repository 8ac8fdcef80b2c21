//! What is in a zip archive, by the list at its end (APPNOTE.TXT, 4.3.12): names only, nothing is unpacked. An archive
//! is known by that list, whatever its name and whatever stands before it, as programs that unpack it know it.

use std::collections::HashSet;

use encoding_rs::IBM866;

use super::bytes::find;
use crate::model::{file_name, message::Archive};

/// How much of a file's end is looked at: a list of some thousand files.
const TAIL: usize = 256 << 10;

/// How many sorts of files are told apart.
const SORTS_MAX: usize = 200;

/// What stands before each file, before each entry of the list, and at the end of the list.
const FILE: &[u8] = b"PK\x03\x04";
const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// How long an entry is before its name, and the end before its comment.
const ENTRY_HEAD: usize = 46;
const END_HEAD: usize = 22;

/// The flags of an entry: the file is encrypted; so is the list, its names are masked; names are UTF-8.
const LOCKED: u16 = 1;
const MASKED: u16 = 1 << 13;
const UTF_8: u16 = 1 << 11;

/// What whoever opens it should know: it is encrypted, so that no scanner sees into it; its list is damaged or too long.
pub(super) fn oddities(archive: &Archive) -> impl Iterator<Item = &'static str> + use<> {
    let locked = archive.is_locked.then_some("archive_locked");
    let unread = (!archive.is_whole).then_some("archive_unread");
    locked.into_iter().chain(unread)
}

/// The beginning and the end of a file that is seen in pieces.
#[derive(Debug, Default)]
pub(super) struct Ends {
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Ends {
    /// One more piece.
    pub(super) fn push(&mut self, piece: &[u8]) {
        let missing = FILE.len().saturating_sub(self.head.len());
        self.head.extend(piece.iter().take(missing));
        let last = piece.len().saturating_sub(TAIL);
        self.tail.extend(piece.get(last..).unwrap_or_default());
        if self.tail.len() > TAIL.saturating_mul(2) {
            self.tail.drain(..self.tail.len().saturating_sub(TAIL));
        }
    }

    /// What is in it, where it is an archive.
    pub(super) fn archive(&self) -> Option<Archive> {
        let mut list = List::default();
        let end = rfind(&self.tail, END);
        let listed = end.and_then(|end| self.tail.get(..end)).unwrap_or_default();
        let mut at = 0;
        while let Some(entry) = find(listed, ENTRY, at) {
            at = list.take(listed, entry);
        }
        let claimed = end.and_then(|end| number(&self.tail, end.saturating_add(10)));
        let is_archive = list.count > 0 || self.head == FILE;
        is_archive.then(|| Archive {
            is_whole: !list.is_full && claimed.is_some_and(|claimed| list.count >= claimed.into()),
            is_locked: list.is_locked,
            names: list.names,
        })
    }
}

/// The list as far as it is read.
#[derive(Debug, Default)]
struct List {
    names: Vec<String>,
    sorts: HashSet<String>,
    count: usize,
    is_locked: bool,
    is_full: bool,
}

impl List {
    /// Takes the entry that begins here; where the next may. What an entry says of further fields behind its name is not
    /// believed: it could hide the next.
    fn take(&mut self, listed: &[u8], entry: usize) -> usize {
        let begin = entry.saturating_add(ENTRY_HEAD);
        let flags = number(listed, entry.saturating_add(8));
        let length = number(listed, entry.saturating_add(28)).map(usize::from);
        let name = length.and_then(|length| listed.get(begin..begin.saturating_add(length)));
        let (Some(flags), Some(name)) = (flags, name) else {
            return entry.saturating_add(ENTRY.len());
        };
        self.count = self.count.saturating_add(1);
        self.is_locked |= flags & (LOCKED | MASKED) != 0;
        let is_folder = name.ends_with(b"/");
        if let Some(name) = file_name::safe(&words(name, flags)).filter(|_| !is_folder) {
            self.keep(name);
        }
        begin.saturating_add(name.len())
    }

    /// One name for each ending, together with the one before: `exe`, `exe.gz`.
    fn keep(&mut self, name: String) {
        let mut pieces = name.rsplit('.').map(str::to_lowercase);
        let (last, before) = (pieces.next(), pieces.next());
        let has_stem = pieces.next().is_some();
        let is_ending = |piece: &String| has_stem && piece.chars().count() <= 4;
        let before = before.filter(is_ending).unwrap_or_default();
        let sort = format!("{before}.{}", last.unwrap_or_default());
        if self.sorts.contains(&sort) {
            return;
        }
        self.is_full |= self.names.len() >= SORTS_MAX;
        if !self.is_full {
            self.sorts.insert(sort);
            self.names.push(name);
        }
    }
}

/// A name in an archive: UTF-8, or what Windows uses in Russia where it does not say.
fn words(name: &[u8], flags: u16) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) if flags & UTF_8 != 0 => String::from_utf8_lossy(name).into_owned(),
        Err(_) => IBM866.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// A number of two bytes, the lower first.
fn number(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*two))
}

/// Where the list ends, for the last time.
fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_HEAD)?;
    (0..=last).rev().find(|at| {
        bytes
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(needle))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of empty files with these names and flags.
    fn zip(files: &[(&[u8], u16)]) -> Vec<u8> {
        let (mut bytes, mut list) = (Vec::new(), Vec::new());
        for (name, flags) in files {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            let head = |size: usize, signature: &[u8], flags_at: usize, length_at: usize| {
                let mut head = vec![0; size];
                head[..4].copy_from_slice(signature);
                head[flags_at..][..2].copy_from_slice(&flags.to_le_bytes());
                head[length_at..][..2].copy_from_slice(&length);
                head
            };
            bytes.extend(head(30, FILE, 6, 26));
            bytes.extend(*name);
            list.extend(head(ENTRY_HEAD, ENTRY, 8, 28));
            list.extend(*name);
        }
        bytes.extend(list);
        let mut end = vec![0; END_HEAD];
        end[..4].copy_from_slice(END);
        end[10..12].copy_from_slice(&u16::try_from(files.len()).unwrap().to_le_bytes());
        bytes.extend(end);
        bytes
    }

    fn archive(bytes: &[u8], piece: usize) -> Option<Archive> {
        let mut ends = Ends::default();
        bytes.chunks(piece).for_each(|piece| ends.push(piece));
        ends.archive()
    }

    #[track_caller]
    fn check(files: &[(&[u8], u16)], names: &[&str], is_locked: bool) {
        let found = archive(&zip(files), 7).unwrap();
        assert_eq!(found.names, names);
        assert_eq!((found.is_locked, found.is_whole), (is_locked, true));
    }

    #[test]
    fn what_is_in_an_archive() {
        check(
            &[
                (b"a.txt", 0),
                (b"b.TXT", 0),
                (b"dir/", 0),
                (b"dir/setup.exe", 0),
            ],
            &["a.txt", "setup.exe"],
            false,
        );
        check(
            &[("счёт.pdf.exe".as_bytes(), UTF_8)],
            &["счёт.pdf.exe"],
            false,
        );
        // "счет.js" as Windows has it in Russia.
        check(&[(b"\xE1\xE7\xA5\xE2.js", 0)], &["счет.js"], false);
        check(&[(b"..\\..\\setup.exe", 0)], &["setup.exe"], false);
        check(&[(b"a.exe", LOCKED)], &["a.exe"], true);
        check(&[(b"1", MASKED)], &["1"], true);
        // One of each sort, so that few names say all.
        check(
            &[(b"a.gz", 0), (b"b.exe.gz", 0)],
            &["a.gz", "b.exe.gz"],
            false,
        );
    }

    #[test]
    fn an_archive_is_known_by_its_list_alone() {
        let bytes = [b"MZ stub".as_slice(), &zip(&[(b"setup.exe", 0)]), b"PK"].concat();
        let found = archive(&bytes, 1000).unwrap();
        assert_eq!(found.names, ["setup.exe"]);
        assert!(found.is_whole);
    }

    #[test]
    fn what_cannot_be_read_to_its_end_says_so() {
        let whole = zip(&[(b"a.txt", 0), (b"setup.exe", 0)]);
        let broken = archive(&whole[..whole.len() - 30], 1000).unwrap();
        assert!(!broken.is_whole, "{broken:?}");
        let mut lying = whole;
        let end = lying.len() - END_HEAD;
        lying[end + 10] = 9;
        let found = archive(&lying, 1000).unwrap();
        assert!(!found.is_whole && found.names.len() == 2, "{found:?}");
        let many: Vec<String> = (0..300).map(|n| format!("a.x{n}")).collect();
        let many: Vec<(&[u8], u16)> = many.iter().map(|name| (name.as_bytes(), 0)).collect();
        let found = archive(&zip(&many), 1000).unwrap();
        assert!(!found.is_whole && found.names.len() == SORTS_MAX);
    }

    #[test]
    fn everything_else_is_none() {
        for bytes in [
            b"".as_slice(),
            b"PK",
            b"words PK\x05\x06 and nothing behind that is a list",
            b"%PDF-1.7",
        ] {
            assert_eq!(archive(bytes, 3), None, "{bytes:?}");
        }
        // The list lies at the end of a large file.
        let large = [vec![0; TAIL * 3], zip(&[(b"a.js", 0)])].concat();
        assert_eq!(archive(&large, 5000).unwrap().names, ["a.js"]);
    }
}
