//! Names of files that other people chose, made safe.

use super::{lookalike::is_invisible, text::Text};

/// The longest name kept, in bytes: what file systems and mail programs take.
const BYTES_MAX: usize = 200;

/// The longest ending that is kept where a name is cut, in bytes.
const ENDING_MAX: usize = 16;

/// A name that is safe to show and to store: the last piece of a path, no control or bidi characters and nothing that
/// cannot be seen (`invoice.pdf`, much of it, `.exe`), none of the names that are devices in Windows, no dot or space
/// at the end, at most 200 bytes with the ending kept. `None` where nothing is left. Marks such as `?` and `:` stay:
/// they name mails, and the program that saves a file replaces what its system does not take.
#[must_use]
pub fn safe(written: &str) -> Option<String> {
    let line: String = Text::line(written).into();
    let seen: String = line.chars().filter(|c| !is_invisible(*c)).collect();
    let last = seen
        .rsplit(['/', '\\'])
        .find(|piece| !piece.trim().is_empty())
        .unwrap_or_default();
    let kept = Text::line(last);
    let kept = without_end(kept.as_str());
    if kept.is_empty() {
        return None;
    }
    Some(if is_device(kept) {
        short(&format!("_{kept}"))
    } else {
        short(kept)
    })
}

/// Whether Windows takes it for a device, whatever the ending.
fn is_device(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_uppercase();
    let port = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    let is_port = port.is_some_and(|number| {
        let mut digits = number.chars();
        let digit = digits.next();
        digits.next().is_none() && digit.is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c))
    });
    is_port
        || matches!(
            stem.as_str(),
            "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
        )
}

fn short(name: &str) -> String {
    if name.len() <= BYTES_MAX {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= ENDING_MAX => {
            let room = BYTES_MAX.saturating_sub(ending.len()).saturating_sub(1);
            format!("{}.{ending}", without_end(cut(stem, room)))
        }
        _ => without_end(cut(name, BYTES_MAX)).to_owned(),
    }
}

/// What Windows takes off the end by itself.
fn without_end(name: &str) -> &str {
    name.trim_end_matches(|c: char| c == '.' || c.is_whitespace())
}

/// At most so many bytes, cut between characters.
fn cut(words: &str, bytes_max: usize) -> &str {
    let end = words.floor_char_boundary(bytes_max);
    words.get(..end).unwrap_or(words)
}

/// Whether a file is called as okno calls those of a month that people are paid by: `kpi_2026-10_it_v0.csv`.
#[must_use]
pub fn is_about_month(name: &str) -> bool {
    let name = name.to_lowercase();
    let sorts = ["kpi_score_", "kpi_", "detail_", "pay_", "changes_"];
    let behind = sorts.iter().find_map(|sort| name.strip_prefix(sort));
    let is_month = |month: &str| {
        let is_in_place = |(place, byte): (usize, u8)| match place {
            4 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        month.len() == 7 && month.bytes().enumerate().all(is_in_place)
    };
    behind.is_some_and(|behind| {
        let month = behind.split_once('_').map(|(month, _)| month);
        month.is_some_and(is_month) && behind.contains("_v")
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, proptest};

    use super::*;

    #[track_caller]
    fn check(written: &str, name: Option<&str>) {
        assert_eq!(safe(written).as_deref(), name, "{written}");
    }

    #[test]
    fn names_are_made_safe() {
        check("Отчёт за ноябрь.pdf", Some("Отчёт за ноябрь.pdf"));
        check("Re: what?.eml", Some("Re: what?.eml"));
        check(".htaccess", Some(".htaccess"));
        check("../../etc/passwd", Some("passwd"));
        check("C:\\Users\\anna\\x.doc", Some("x.doc"));
        check("\\\\evil.test\\share\\x.doc", Some("x.doc"));
        check("a/b/", Some("b"));
        check("a\r\nb.txt", Some("a b.txt"));
        check("a.txt\0.exe", Some("a.txt.exe"));
        check("x.txt. . .", Some("x.txt"));
        for nothing in ["", "  ", "..", "...", "/", ". .", "\u{200B}"] {
            check(nothing, None);
        }
    }

    #[test]
    fn an_ending_does_not_hide() {
        check("invoice\u{202E}fdp.exe", Some("invoicefdp.exe"));
        check(
            "a.pdf\u{2800}\u{3164}\u{200B}\u{A0}\u{A0} .exe",
            Some("a.pdf .exe"),
        );
        let long = safe(&format!("{}.pdf", "ы".repeat(300))).unwrap();
        assert!(long.len() <= 200 && long.ends_with(".pdf"), "{long}");
        let long = safe(&"ы".repeat(300)).unwrap();
        assert_eq!(long, "ы".repeat(100));
    }

    #[test]
    fn devices_are_no_files() {
        check("con.txt", Some("_con.txt"));
        check("CON .txt", Some("_CON .txt"));
        check("nul", Some("_nul"));
        check("com1.tar.gz", Some("_com1.tar.gz"));
        check("com¹.txt", Some("_com¹.txt"));
        check("conout$", Some("_conout$"));
        check("aux:x", Some("_aux:x"));
        check("comб.txt", Some("comб.txt"));
        check("com10.txt", Some("com10.txt"));
        check("contract.txt", Some("contract.txt"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_written(written in "([./\\\\ \u{202E}\u{2800}a-cы:]|con|\\PC){0,300}") {
            if let Some(name) = safe(&written) {
                let is_bad = |c: char| c == '/' || c == '\\' || c.is_control() || is_invisible(c);
                proptest::prop_assert!(!name.contains(is_bad), "{name}");
                proptest::prop_assert!(!name.is_empty() && name.len() <= BYTES_MAX);
                proptest::prop_assert!(!name.ends_with(['.', ' ']) && !is_device(&name), "{name}");
                proptest::prop_assert_eq!(safe(&name), Some(name.clone()));
            }
        }
    }
}
