//! What came with the text: names made safe, sizes and sums of the decoded content, and where it lies.

mod name;

pub(super) use name::given as name;

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{
    archive::Ends,
    bytes::cut,
    charset,
    mime::{Part, Structure},
    transfer, uuencode,
};
use crate::model::{
    file_name,
    message::{Attachment, Encoding, Place},
};

/// Everything that is not in `used`, and the files between the lines of what is.
pub(super) fn read(
    raw: &[u8],
    structure: &Structure,
    used: &[usize],
) -> (Vec<Attachment>, Vec<Place>) {
    let mut found = Vec::new();
    let mut places = Vec::new();
    let mut made_up = HashMap::new();
    for (at, part) in structure.parts.iter().enumerate() {
        let content = part.content(raw);
        if part.is_container || (at == 0 && content.trim_ascii().is_empty()) {
            continue;
        }
        let number = structure.number(at);
        if used.contains(&at) {
            between_lines(part, content, &number, &mut (&mut found, &mut places));
            continue;
        }
        let name = name::of(part, content, &mut made_up);
        let content_id = content_id(part);
        let is_referred = match part.disposition.value.as_str() {
            "inline" => true,
            "attachment" => false,
            _ => content_id.is_some(),
        };
        found.push(Attachment {
            media_type: part.media_type().to_owned(),
            inline: is_referred && is_picture(part, name.as_deref()),
            name,
            content_id,
            part: number,
            ..measured(content, part.encoding)
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
        .filter_map(|(_, part)| name::given(part))
        .collect()
}

/// The files that stand uuencoded in a text.
fn between_lines(
    part: &Part,
    content: &[u8],
    number: &str,
    (found, places): &mut (&mut Vec<Attachment>, &mut Vec<Place>),
) {
    if part.encoding != Encoding::Identity || !part.is("text/plain") {
        return;
    }
    let wide = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    for file in uuencode::find(content) {
        let written = charset::guess_near(file.name, part.headers.near()).text;
        found.push(Attachment {
            name: file_name::safe(&written),
            media_type: "application/octet-stream".to_owned(),
            part: number.to_owned(),
            ..measured(cut(content, file.at.start, file.at.end), Encoding::Uuencode)
        });
        places.push(Place {
            offset: wide(part.start.saturating_add(file.at.start)),
            length: wide(file.at.len()),
            encoding: Encoding::Uuencode,
            inside: None,
        });
    }
}

/// Size, sum and, of an archive, the names in the decoded content.
fn measured(content: &[u8], encoding: Encoding) -> Attachment {
    let mut sum = Sha256::new();
    let mut bytes = 0_u64;
    let mut ends = Ends::default();
    transfer::each_piece(content, encoding, &mut |piece| {
        sum.update(piece);
        ends.push(piece);
        bytes = bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
    });
    Attachment {
        bytes,
        sha256: data_encoding::HEXLOWER.encode(&sum.finalize()),
        archive: ends.archive(),
        ..Attachment::default()
    }
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

/// Whether mail programs show such a part where the text refers to it: a picture, or text without a name. A document
/// that calls itself inline, as Apple's program has them all, is a file.
fn is_picture(part: &Part, name: Option<&str>) -> bool {
    const ENDINGS: [&str; 10] = [
        "jpg", "jpeg", "png", "gif", "bmp", "svg", "webp", "tif", "tiff", "emf",
    ];
    let ending = name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending.to_ascii_lowercase());
    part.media_type().starts_with("image/")
        || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
        || (part.media_type().starts_with("text/") && name::given(part).is_none())
}

#[cfg(test)]
mod tests {
    use crate::mail::read::{Limits, decode, read as read_mail};

    #[test]
    fn files_between_the_lines_of_a_text_are_found() {
        let raw = b"Subject: a\n\nsee\nbegin 644 \xCF\xF0\xE8\xE2\xE5\xF2.txt\n#0V%T\n`\nend\nand\nbegin 644 b.txt\n#0V%T\n`\nend\nbye";
        let reading = read_mail(raw, &Limits::default());
        assert_eq!(reading.message.text.as_deref(), Some("see\nand\nbye"));
        let names: Vec<&str> = reading
            .message
            .attachments
            .iter()
            .filter_map(|f| f.name.as_deref())
            .collect();
        assert_eq!(names, ["Привет.txt", "b.txt"]);
        for place in &reading.places {
            assert_eq!(decode(raw, place), b"Cat");
        }
    }

    #[track_caller]
    fn check_inline(headers: &str, is_inline: bool) {
        let raw = format!(
            "Content-Type: multipart/mixed; boundary=B\n\n--B\n\ntext\n--B\n{headers}\n\nx\n--B--"
        );
        let reading = read_mail(raw.as_bytes(), &Limits::default());
        assert_eq!(
            reading.message.attachments[0].inline, is_inline,
            "{headers}"
        );
    }

    #[test]
    fn pictures_are_inline_and_documents_are_files() {
        check_inline("Content-Type: image/png\nContent-ID: <a>", true);
        check_inline("Content-Type: image/png\nContent-Disposition: inline", true);
        check_inline(
            "Content-Type: image/png\nContent-ID: <a>\nContent-Disposition: attachment",
            false,
        );
        check_inline("Content-Type: image/png", false);
        check_inline(
            "Content-Type: application/octet-stream; name=a.jpg\nContent-ID: <a>",
            true,
        );
        check_inline(
            "Content-Type: application/pdf; name=a.pdf\nContent-ID: <a>",
            false,
        );
        check_inline(
            "Content-Type: application/pdf\nContent-Disposition: inline; filename=a.pdf",
            false,
        );
    }
}
