//! What came with the text: names made safe, sizes and sums of the decoded content, and where it lies.

use sha2::{Digest, Sha256};

use super::{
    bytes::shorten,
    mime::{Part, Structure},
    transfer, words,
};
use crate::model::{
    message::{Attachment, Place},
    text::Text,
};

/// The longest name kept, in bytes: what file systems and mail programs take.
const NAME_MAX: usize = 200;

/// Everything that is not in `used`.
pub(super) fn read(
    raw: &[u8],
    structure: &Structure,
    used: &[usize],
) -> (Vec<Attachment>, Vec<Place>) {
    let mut found = Vec::new();
    let mut places = Vec::new();
    for (at, part) in structure.parts.iter().enumerate() {
        if part.is_container || used.contains(&at) {
            continue;
        }
        let content = part.content(raw);
        if at == 0 && content.trim_ascii().is_empty() {
            continue;
        }
        let (bytes, sha256) = sum(content, part);
        let content_id = content_id(part);
        found.push(Attachment {
            name: name(part),
            media_type: part.media_type().to_owned(),
            bytes,
            sha256,
            inline: part.disposition.value == "inline"
                || (content_id.is_some() && part.disposition.value != "attachment"),
            content_id,
            part: structure.number(at),
        });
        places.push(part.place());
    }
    (found, places)
}

/// The names of everything that is not in `used`.
pub(super) fn names(structure: &Structure, used: &[usize]) -> Vec<String> {
    structure
        .parts
        .iter()
        .enumerate()
        .filter(|(at, part)| !part.is_container && !used.contains(at))
        .filter_map(|(_, part)| name(part))
        .collect()
}

fn sum(content: &[u8], part: &Part) -> (u64, String) {
    let mut sum = Sha256::new();
    let mut bytes = 0_u64;
    transfer::each_piece(content, part.encoding, &mut |piece| {
        sum.update(piece);
        bytes = bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
    });
    (bytes, data_encoding::HEXLOWER.encode(&sum.finalize()))
}

fn content_id(part: &Part) -> Option<String> {
    let id = part.headers.plain("content-id")?;
    let id = id
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim()
        .to_owned();
    (!id.is_empty()).then_some(id)
}

/// The part's file name, made safe.
pub(super) fn name(part: &Part) -> Option<String> {
    let written = part
        .disposition
        .text("filename")
        .filter(|n| !n.trim().is_empty())
        .or_else(|| part.content_type.text("name"))
        .or_else(|| part.disposition.text("name"))
        .or_else(|| part.content_type.text("filename"))
        .or_else(|| {
            part.headers
                .first("content-location")
                .map(words::decode)
                .filter(|l| !l.contains("://"))
        })?;
    let written = if written.contains("=?") {
        words::decode_str(&written)
    } else {
        written
    };
    safe_name(&written)
}

/// A name that is safe to show and to store: the last piece of a path, no control or bidi characters, none of the
/// characters and names that Windows refuses, at most 200 bytes with the extension kept.
pub(super) fn safe_name(written: &str) -> Option<String> {
    let line: String = Text::line(written).into();
    let last = line
        .rsplit(['/', '\\'])
        .find(|piece| !piece.trim().is_empty())
        .unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
        .map(|c| {
            if matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') {
                '_'
            } else {
                c
            }
        })
        .collect();
    let kept = kept.trim().trim_end_matches('.').trim();
    let kept = if kept.chars().all(|c| c == '.') {
        ""
    } else {
        kept
    };
    if kept.is_empty() {
        return None;
    }
    let stem = kept.split('.').next().unwrap_or(kept).to_ascii_uppercase();
    let is_device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    let kept = if is_device {
        format!("_{kept}")
    } else {
        kept.to_owned()
    };
    Some(short_name(&kept))
}

fn short_name(name: &str) -> String {
    if name.len() <= NAME_MAX {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 16 => {
            let room = NAME_MAX.saturating_sub(extension.len()).saturating_sub(1);
            format!("{}.{extension}", shorten(stem, room).trim_end())
        }
        _ => shorten(name, NAME_MAX).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, safe: Option<&str>) {
        assert_eq!(safe_name(written).as_deref(), safe, "{written}");
    }

    #[test]
    fn names_are_made_safe() {
        check("Отчёт за ноябрь.pdf", Some("Отчёт за ноябрь.pdf"));
        check("../../etc/passwd", Some("passwd"));
        check("C:\\Users\\anna\\x.doc", Some("x.doc"));
        check("invoice\u{202E}fdp.exe", Some("invoicefdp.exe"));
        check("a\r\nb.txt", Some("a b.txt"));
        check("con.txt", Some("_con.txt"));
        check("what?.txt", Some("what_.txt"));
        check("..", None);
        check("  ", None);
        let long = format!("{}.pdf", "ы".repeat(300));
        let safe = safe_name(&long).unwrap();
        assert!(safe.len() <= 200 && safe.ends_with(".pdf"));
    }
}
