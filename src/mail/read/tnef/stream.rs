//! One stream: what its attributes and properties say of the message and of each attachment.

use std::ops::Range;

use encoding_rs::{Encoding, UTF_8};
use jiff::Timestamp;

use super::{
    File,
    attributes::{Attributes, Kind},
    meeting::Appointment,
    numbers::{u32_at, within},
    properties::Properties,
};
use crate::{
    mail::read::{charset, code_pages, media_types},
    model::address::NamedAddress,
};

/// Attachments of one stream that are looked at.
const ATTACHMENTS_MAX: usize = 500;

/// The largest text attribute taken, in bytes.
const TEXT_MAX: usize = 4 << 20;

/// What a stream says.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) class: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) sender: Sender,
    /// When it was sent, RFC 3339.
    pub(super) sent: Option<String>,
    pub(super) plain: Option<String>,
    /// The source of HTML.
    pub(super) html: Option<String>,
    /// Rich text, compressed.
    pub(super) rich: Option<Vec<u8>>,
    pub(super) appointment: Appointment,
    pub(super) attachments: Vec<Attachment>,
    pub(super) is_broken: bool,
}

/// Who sent a message.
#[derive(Debug, Default)]
pub(super) struct Sender {
    name: Option<String>,
    address: Option<String>,
}

impl Sender {
    pub(super) fn named(&self) -> Option<NamedAddress> {
        let address = self.address.clone().unwrap_or_default();
        (self.name.is_some() || !address.is_empty()).then(|| NamedAddress {
            name: self.name.clone(),
            address,
        })
    }
}

/// What a stream says of an attachment.
#[derive(Debug, Default)]
pub(super) struct Attachment {
    title: Option<String>,
    file_name: Option<String>,
    long_name: Option<String>,
    display_name: Option<String>,
    media_type: Option<String>,
    content_id: Option<String>,
    is_hidden: bool,
    method: i64,
    pub(super) content: Range<usize>,
}

/// `PR_ATTACH_METHOD` of an embedded message.
const EMBEDDED: i64 = 5;

impl Attachment {
    /// Whether it is a message, in a stream of its own.
    pub(super) fn is_embedded(&self, bytes: &[u8]) -> bool {
        self.method == EMBEDDED && Attributes::new(bytes, &self.content).is_some()
    }

    pub(super) fn file(&self) -> File {
        let named = [
            &self.long_name,
            &self.display_name,
            &self.file_name,
            &self.title,
        ];
        let mut name = named
            .into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty())
            .cloned();
        if self.method == EMBEDDED {
            // A message that stays closed is another stream.
            name = name.map(|name| format!("{name}.tnef"));
        }
        let given = self.media_type.as_deref().unwrap_or_default().trim();
        let media_type = if is_media_type(given) {
            given.to_ascii_lowercase()
        } else if self.method == EMBEDDED {
            "application/ms-tnef".to_owned()
        } else {
            media_types::of(name.as_deref().unwrap_or_default()).to_owned()
        };
        File {
            name,
            media_type,
            content_id: self.content_id.clone(),
            is_inline: self.is_hidden || self.content_id.is_some(),
            range: self.content.clone(),
        }
    }
}

fn is_media_type(text: &str) -> bool {
    let is_token = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.' | b'_'))
    };
    text.len() < 100
        && text
            .split_once('/')
            .is_some_and(|(kind, sub)| is_token(kind) && is_token(sub))
}

impl Stream {
    /// Reads the stream in `range` of `bytes`; `None` where none begins there.
    pub(super) fn read(bytes: &[u8], range: &Range<usize>) -> Option<Self> {
        let page = page(bytes, range)?;
        let mut attributes = Attributes::new(bytes, range)?;
        let mut stream = Self {
            class: None,
            subject: None,
            sender: Sender::default(),
            sent: None,
            plain: None,
            html: None,
            rich: None,
            appointment: Appointment::default(),
            attachments: Vec::new(),
            is_broken: false,
        };
        let mut open: Option<Attachment> = None;
        let text = |value: &Range<usize>| {
            let text = decoded(within(bytes, value), page);
            (!text.trim().is_empty()).then_some(text)
        };
        for attribute in &mut attributes {
            let value = &attribute.value;
            match attribute.kind {
                Kind::MessageClass => stream.class = text(value),
                Kind::Subject => stream.subject = stream.subject.take().or_else(|| text(value)),
                Kind::Body => stream.plain = stream.plain.take().or_else(|| text(value)),
                Kind::MessageProperties => stream.message(bytes, value, page),
                Kind::Rendering => {
                    // Another attachment begins. Where a stream does not say so, one begins with what is said of it.
                    stream.attachments.extend(open.take());
                    open = (stream.attachments.len() < ATTACHMENTS_MAX).then(Attachment::default);
                }
                Kind::Title => open.get_or_insert_default().title = text(value),
                Kind::Data => open.get_or_insert_default().content = value.clone(),
                Kind::AttachmentProperties => {
                    let is_broken = open.get_or_insert_default().read(bytes, value, page);
                    stream.is_broken |= is_broken;
                }
                Kind::CodePage | Kind::Other => {}
            }
        }
        stream.attachments.extend(open);
        stream.is_broken |= attributes.is_broken;
        Some(stream)
    }

    fn message(&mut self, bytes: &[u8], value: &Range<usize>, page: &'static Encoding) {
        let mut properties = Properties::new(bytes, value);
        let mut html: Option<Vec<u8>> = None;
        let mut html_page = None;
        for property in &mut properties {
            let text = || {
                property
                    .text(bytes, page)
                    .filter(|text| !text.trim().is_empty())
            };
            match (property.set, property.id) {
                (None, 0x001A) => self.class = text().or_else(|| self.class.take()),
                // The whole subject; the attribute may have been cut to 255 letters of one code page.
                (None, 0x0037) => self.subject = text().or_else(|| self.subject.take()),
                (None, 0x1000) => self.plain = text().or_else(|| self.plain.take()),
                (None, 0x1009) => self.rich = Some(within(bytes, &property.value).to_vec()),
                (None, 0x1013) if property.is_binary() => {
                    html = Some(within(bytes, &property.value).to_vec());
                }
                (None, 0x1013) => self.html = text(),
                (None, 0x3FDE) => html_page = property.number(bytes),
                (None, 0x0C1A) => self.sender.name = text(),
                (None, 0x0C1F | 0x5D01) => {
                    let address = text().filter(|address| address.contains('@'));
                    self.sender.address = address.or_else(|| self.sender.address.take());
                }
                (None, 0x0039) => self.sent = property.number(bytes).and_then(moment),
                (set, id) => self.appointment.note(set, id, &property, (bytes, page)),
            }
        }
        self.is_broken |= properties.is_broken;
        if let Some(source) = html {
            let page = html_page
                .and_then(|page| u32::try_from(page).ok())
                .map_or(UTF_8, code_pages::encoding);
            self.html = Some(charset::decode(&source, Some(page.name())).text);
        }
    }
}

impl Attachment {
    /// Reads its properties; true where they break off.
    fn read(&mut self, bytes: &[u8], value: &Range<usize>, page: &'static Encoding) -> bool {
        let mut properties = Properties::new(bytes, value);
        for property in &mut properties {
            let text = || {
                property
                    .text(bytes, page)
                    .filter(|text| !text.trim().is_empty())
            };
            match (property.set, property.id) {
                (None, 0x3001) => self.display_name = text(),
                (None, 0x3701) if !property.object().is_empty() => {
                    self.content = property.object();
                }
                (None, 0x3704) => self.file_name = text(),
                (None, 0x3705) => self.method = property.number(bytes).unwrap_or(0),
                (None, 0x3707) => self.long_name = text(),
                (None, 0x370E) => self.media_type = text(),
                (None, 0x3712) => self.content_id = text(),
                (None, 0x7FFE) => self.is_hidden = property.number(bytes) == Some(1),
                _ => {}
            }
        }
        properties.is_broken
    }
}

/// The code page of the texts that are not Unicode.
fn page(bytes: &[u8], range: &Range<usize>) -> Option<&'static Encoding> {
    let found = Attributes::new(bytes, range)?.find(|a| a.kind == Kind::CodePage);
    let number = found.and_then(|attribute| u32_at(bytes, attribute.value.start));
    Some(code_pages::encoding(number.unwrap_or(1252)))
}

fn decoded(raw: &[u8], page: &'static Encoding) -> String {
    let raw = raw.get(..TEXT_MAX).unwrap_or(raw);
    let (text, _) = page.decode_without_bom_handling(raw);
    text.trim_end_matches('\0').to_owned()
}

/// A time of Windows: hundreds of nanoseconds since 1601, UTC.
pub(super) fn moment(ticks: i64) -> Option<String> {
    let seconds = (ticks / 10_000_000).checked_sub(11_644_473_600)?;
    let at = Timestamp::from_second(seconds).ok()?;
    // No date at all is the year 1601 or 4501.
    (seconds > 0 && seconds < 32_503_680_000).then(|| at.to_string())
}
