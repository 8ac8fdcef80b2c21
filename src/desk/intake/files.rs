//! Files that nobody is to be sent: by the names they have, and by the names in archives.

use crate::model::message::Attachment;

/// Endings of programs that hold one packed file: `setup.exe.gz` unpacks to `setup.exe`.
const PACKED: [&str; 8] = ["gz", "bz2", "xz", "zst", "lzma", "lz4", "br", "z"];

/// Endings that Windows runs.
const RUN: [&str; 20] = [
    "exe", "com", "scr", "pif", "bat", "cmd", "js", "jse", "vbs", "vbe", "wsf", "wsh", "hta",
    "lnk", "msi", "ps1", "cpl", "jar", "reg", "url",
];

/// Endings of what people send each other.
const READ: [&str; 18] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "txt", "csv", "jpg",
    "jpeg", "png", "gif", "mp4", "zip",
];

/// The name of this file, or of one in it, where it is of a refused sort: `архив.zip: setup.exe`.
pub(super) fn refused(file: &Attachment, endings: &[String]) -> Option<String> {
    let name = file.name.as_deref();
    if let Some(name) = name.filter(|name| is_refused(name, endings)) {
        return Some(name.to_owned());
    }
    let mut within = file.archive.iter().flat_map(|archive| &archive.names);
    let within = within.find(|name| is_refused(name, endings))?;
    Some(format!("{}: {within}", name.unwrap_or("zip")))
}

/// Whether a file of this name is refused: by its last ending, as Windows takes it, which does not see dots and blanks
/// behind it; by the ending that is left once it is unpacked; or because it is something to run that calls itself
/// something to read (`счёт.pdf.scr`), whichever endings are named.
fn is_refused(name: &str, endings: &[String]) -> bool {
    if endings.is_empty() {
        return false;
    }
    let name = name.to_lowercase();
    let mut rest = name.as_str();
    while let Some((stem, ending)) = last_ending(rest) {
        if endings.iter().any(|one| one == ending) {
            return true;
        }
        if !PACKED.contains(&ending) {
            let seems = last_ending(stem).map(|(_, ending)| ending);
            return RUN.contains(&ending) && seems.is_some_and(|seems| READ.contains(&seems));
        }
        rest = stem;
    }
    false
}

fn last_ending(name: &str) -> Option<(&str, &str)> {
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = name.rsplit_once('.')?;
    Some((stem, ending.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::message::Archive;

    #[test]
    fn names_of_files() {
        for (name, expected) in [
            ("setup.exe", true),
            ("Отчёт.pdf.EXE", true),
            ("setup.exe. ", true),
            ("setup. exe", true),
            ("exe", false),
            ("notes.exe.txt", false),
            ("setup.exe.gz", true),
            ("setup.exe.GZ.xz", true),
            ("notes.tar.gz", false),
            ("gz", false),
            (".exe", true),
            // Not named, and yet no document.
            ("счёт.pdf.scr", true),
            ("photo.jpg .com", true),
            ("example.com", false),
            ("счёт.scr", false),
            ("script.min.vbs", false),
        ] {
            let endings = ["exe".to_owned(), "js".to_owned()];
            assert_eq!(is_refused(name, &endings), expected, "{name}");
            assert!(!is_refused(name, &[]), "{name}: nothing is refused");
        }
    }

    #[test]
    fn names_in_archives() {
        let file = |name: Option<&str>, names: &[&str]| Attachment {
            name: name.map(str::to_owned),
            archive: Some(Archive {
                names: names.iter().map(|name| (*name).to_owned()).collect(),
                ..Archive::default()
            }),
            ..Attachment::default()
        };
        let refused = |file: &Attachment| refused(file, &["exe".to_owned()]);
        let found = refused(&file(Some("счета.zip"), &["a.txt", "setup.EXE"]));
        assert_eq!(found.as_deref(), Some("счета.zip: setup.EXE"));
        let found = refused(&file(None, &["setup.exe"]));
        assert_eq!(found.as_deref(), Some("zip: setup.exe"));
        assert_eq!(refused(&file(Some("a.zip"), &["inner.zip"])), None);
        assert_eq!(refused(&Attachment::default()), None);
    }
}
