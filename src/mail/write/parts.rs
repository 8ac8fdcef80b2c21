//! MIME parts (RFC 2045, 2183, 2231): the text, the page, the files.

use lettre::message::{
    SinglePart,
    header::{ContentId, ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
};

use super::{Enclosed, words};
use crate::model::text::Text;

/// The longest file name that is kept, in bytes: percent-encoded it must fit on one line.
const NAME_BYTES_MAX: usize = 240;

/// The plain text, already wrapped.
pub(super) fn text(flowed: &str) -> SinglePart {
    SinglePart::builder()
        .header(Kind("text/plain; charset=utf-8; format=flowed".to_owned()))
        .body(flowed.to_owned())
}

/// The HTML page.
pub(super) fn html(page: &str) -> SinglePart {
    SinglePart::builder()
        .header(Kind("text/html; charset=utf-8".to_owned()))
        .body(Text::new(page).as_str().to_owned())
}

/// A file, the n-th; a picture where it stands in the page. Always base64, so that its bytes arrive as they are.
pub(super) fn file(file: &Enclosed, n: usize) -> SinglePart {
    let name = shown_name(file.shown.as_deref().unwrap_or(&file.name));
    let plain = plain_name(&shown_name(&file.name), n);
    let is_picture = file.content_id.is_some();
    let mut disposition = String::from(if is_picture { "inline" } else { "attachment" });
    if plain != name {
        // Before `filename`: readers that know both take this one, and some take the first they meet.
        disposition.push_str(&format!(";\r\n filename*=UTF-8''{}", percent(&name)));
    }
    disposition.push_str(&format!(";\r\n filename={}", words::quoted(&plain)));
    let kind = format!(
        "{};\r\n name={}",
        media_type(&file.media_type),
        words::quoted(&plain)
    );
    let mut part = SinglePart::builder()
        .header(Kind(kind))
        .header(Disposition(disposition));
    if let Some(id) = &file.content_id {
        part = part.header(ContentId::from(format!("<{id}>")));
    }
    part.header(ContentTransferEncoding::Base64)
        .body(file.bytes.clone())
}

/// The name on one line, cut between characters.
fn shown_name(name: &str) -> String {
    let line = Text::line(name);
    let mut shown = String::new();
    for c in line.as_str().chars() {
        if shown.len().saturating_add(c.len_utf8()) > NAME_BYTES_MAX {
            break;
        }
        shown.push(c);
    }
    shown
}

/// The name itself where it is plain ASCII, else `file-1.pdf`: for old programs that know no RFC 2231.
fn plain_name(name: &str, n: usize) -> String {
    let is_plain = |c: char| c.is_ascii_graphic() || c == ' ';
    if !name.is_empty() && name.len() <= 60 && name.chars().all(is_plain) {
        return name.to_owned();
    }
    let is_extension =
        |end: &&str| (1..=8).contains(&end.len()) && end.chars().all(|c| c.is_ascii_alphanumeric());
    match name
        .rsplit_once('.')
        .map(|(_, end)| end)
        .filter(is_extension)
    {
        Some(end) => format!("file-{n}.{end}"),
        None => format!("file-{n}"),
    }
}

/// RFC 5987's attr-char, everything else percent-encoded.
fn percent(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The type of a file; one that may not be base64 (RFC 2046, 5.1 and 5.2) or is none is sent as mere bytes.
fn media_type(given: &str) -> String {
    let lower = given.trim().to_ascii_lowercase();
    let is_token = |part: &str| {
        !part.is_empty()
            && part.len() <= 127
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    let is_sound = lower.split_once('/').is_some_and(|(main, sub)| {
        is_token(main) && is_token(sub) && main != "multipart" && main != "message"
    });
    if is_sound {
        lower
    } else {
        "application/octet-stream".to_owned()
    }
}

/// A `Content-Type` with parameters as we want them folded.
#[derive(Clone)]
struct Kind(String);

/// A `Content-Disposition` likewise.
#[derive(Clone)]
struct Disposition(String);

impl Header for Kind {
    fn name() -> HeaderName {
        ContentType::name()
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(value.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}

impl Header for Disposition {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Disposition")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(value.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), self.0.clone())
    }
}
