//! Parts that hold a mail's text or files in a form of their own: `winmail.dat`, and what S/MIME signs in one piece.

use sha2::{Digest, Sha256};

use super::{
    archive::Ends,
    attached::Attached,
    attachments,
    bodies::{self, Bodies},
    cms,
    limits::Limits,
    mime::{Part, Structure},
    security, tnef, transfer,
};
use crate::model::{
    file_name,
    message::{Attachment, Calendar, Container, Inside, Place},
};

/// Containers opened in one mail.
const CONTAINERS_MAX: usize = 10;

/// What was found in a mail's containers.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The text of `winmail.dat`: read where the mail itself has none.
    pub(super) wrapped: Option<Bodies>,
    /// The text of what is signed: it is the mail.
    pub(super) signed: Option<Bodies>,
    pub(super) files: Vec<(Attachment, Place)>,
    /// Mails attached within.
    pub(super) mails: Vec<Attached>,
    pub(super) meeting: Option<Calendar>,
    pub(super) subject: Option<String>,
    pub(super) security: Vec<&'static str>,
    pub(super) oddities: Vec<&'static str>,
}

/// Opens the containers of a mail.
pub(super) fn read(raw: &[u8], structure: &Structure, limits: &Limits) -> Contents {
    let mut contents = Contents::default();
    let leaves = structure.parts.iter().enumerate();
    let mut left = CONTAINERS_MAX;
    for (at, part) in leaves.filter(|(_, part)| !part.is_container) {
        let name = || attachments::name(part);
        let is_signed = security::may_be_cms(part, name);
        if left == 0 || !(is_signed || tnef::is_container(part, name)) {
            continue;
        }
        left = left.saturating_sub(1);
        let number = structure.number(at);
        let bytes = transfer::decode(part.content(raw), part.encoding);
        if is_signed {
            contents.signed(&bytes, (part, &number), limits);
        } else {
            contents.wrapped(&bytes, (part, &number), limits);
        }
    }
    contents
}

impl Contents {
    fn wrapped(&mut self, bytes: &[u8], (part, number): (&Part, &str), limits: &Limits) {
        let opened = tnef::open(bytes, limits);
        if opened.is_broken {
            self.oddities.push("tnef_broken");
        }
        self.oddities.extend(&opened.bodies.oddities);
        let has_text = !opened.bodies.text.trim().is_empty();
        if has_text && self.wrapped.is_none() {
            self.wrapped = Some(opened.bodies);
        }
        self.mails.extend(opened.mails);
        self.meeting = self.meeting.take().or(opened.meeting);
        self.subject = self.subject.take().or(opened.subject);
        for (at, file) in opened.files.into_iter().enumerate() {
            let content = bytes.get(file.range.clone()).unwrap_or_default();
            let mut ends = Ends::default();
            ends.push(content);
            let attachment = Attachment {
                name: file.name.as_deref().and_then(file_name::safe),
                media_type: file.media_type,
                bytes: wide(content.len()),
                sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(content)),
                archive: ends.archive(),
                inline: file.is_inline,
                content_id: file.content_id,
                part: format!("{number}.{}", at.saturating_add(1)),
            };
            let place = Place {
                inside: Some(Inside {
                    offset: wide(file.range.start),
                    length: wide(content.len()),
                    ..Inside::default()
                }),
                ..part.place()
            };
            self.files.push((attachment, place));
        }
    }

    fn signed(&mut self, bytes: &[u8], (part, number): (&Part, &str), limits: &Limits) {
        let kind = cms::kind(bytes);
        self.security.extend(security::of_cms(part, kind));
        let Some(content) = cms::signed_content(bytes) else {
            return;
        };
        let structure = Structure::read(&content, limits);
        let bodies = bodies::read(&content, &structure, limits);
        self.security
            .extend(security::codes(&structure, &bodies.text));
        self.oddities.extend(&structure.oddities);
        self.oddities.extend(&bodies.oddities);
        let (files, places) = attachments::read(&content, &structure, &bodies.used);
        for (mut file, place) in files.into_iter().zip(places) {
            file.part = format!("{number}.{}", file.part);
            let place = Place {
                inside: Some(Inside {
                    container: Container::Signed,
                    offset: place.offset,
                    length: place.length,
                    encoding: place.encoding,
                }),
                ..part.place()
            };
            self.files.push((file, place));
        }
        if self.signed.is_none() && !bodies.text.trim().is_empty() {
            self.signed = Some(bodies);
        }
    }
}

/// The bytes of a file within the decoded content of a part.
pub(super) fn within(content: &[u8], inside: &Inside) -> Vec<u8> {
    let start = usize::try_from(inside.offset).unwrap_or(usize::MAX);
    let length = usize::try_from(inside.length).unwrap_or(usize::MAX);
    let held = match inside.container {
        Container::Plain => content.into(),
        Container::Signed => cms::signed_content(content).unwrap_or_default(),
    };
    let encoded = super::bytes::cut(&held, start, start.saturating_add(length));
    transfer::decode(encoded, inside.encoding)
}

fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
