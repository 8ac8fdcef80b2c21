//! One part: its headers, its type, where its body lies.

use encoding_rs::Encoding as Charset;

use crate::{
    mail::read::{bytes::cut, headers::Headers, params::Parametered, transfer},
    model::message::{Encoding, Place},
};

/// One part, container or leaf.
#[derive(Debug, Default)]
pub(in crate::mail::read) struct Part {
    pub(in crate::mail::read) headers: Headers,
    pub(in crate::mail::read) content_type: Parametered,
    pub(in crate::mail::read) disposition: Parametered,
    pub(in crate::mail::read) encoding: Encoding,
    /// The container it stands in.
    pub(in crate::mail::read) parent: Option<usize>,
    /// Its number among the container's parts, from 1.
    pub(super) number: usize,
    /// Where the body lies.
    pub(in crate::mail::read) start: usize,
    pub(in crate::mail::read) end: usize,
    /// A multipart whose parts were found.
    pub(in crate::mail::read) is_container: bool,
    pub(super) children: usize,
}

impl Part {
    pub(super) fn new(headers: Headers, start: usize) -> Self {
        let parametered = |name| {
            headers
                .first(name)
                .map(Parametered::read)
                .unwrap_or_default()
        };
        let mut content_type = headers
            .values("content-type")
            .take(10)
            .map(Parametered::read)
            .find(|read| read.value.contains('/'))
            .unwrap_or_else(|| parametered("content-type"));
        if content_type.value.is_empty() || !content_type.value.contains('/') {
            content_type.value = match content_type.value.as_str() {
                "html" => "text/html",
                "multipart" => "multipart/mixed",
                "application" => "application/octet-stream",
                _ => "text/plain",
            }
            .to_owned();
        }
        Self {
            disposition: parametered("content-disposition"),
            encoding: headers
                .plain("content-transfer-encoding")
                .map(|value| transfer::named(&value))
                .unwrap_or_default(),
            content_type,
            headers,
            start,
            end: start,
            ..Self::default()
        }
    }

    /// Says which charset raw 8-bit fields and names may be in.
    pub(super) fn set_near(&mut self, near: Option<&'static Charset>) {
        self.headers.set_near(near);
        self.content_type.set_near(near);
        self.disposition.set_near(near);
    }

    /// What it says of its encoding, corrected by what it begins with: a file of another kind than text that says
    /// nothing may be base64 all the same, and a text that says base64 may be plain words.
    pub(super) fn correct_encoding(&mut self, raw: &[u8]) {
        let is_file = ["application/", "image/", "audio/", "video/"]
            .iter()
            .any(|kind| self.media_type().starts_with(kind));
        let is_text = self.media_type().starts_with("text/");
        let content = self.content(raw);
        if is_file && self.encoding == Encoding::Identity && transfer::is_hidden_base64(content) {
            self.encoding = Encoding::Base64;
        } else if is_text && self.encoding == Encoding::Base64 && transfer::is_words(content) {
            self.encoding = Encoding::Identity;
        }
    }

    /// `text/plain`, lower case.
    pub(in crate::mail::read) fn media_type(&self) -> &str {
        &self.content_type.value
    }

    /// Whether it is of this type exactly.
    pub(in crate::mail::read) fn is(&self, media_type: &str) -> bool {
        self.content_type.value == media_type
    }

    /// Whether it is the first of its container's parts.
    pub(in crate::mail::read) const fn is_first(&self) -> bool {
        self.number == 1
    }

    /// Where the encoded content lies.
    pub(in crate::mail::read) fn place(&self) -> Place {
        let wide = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        Place {
            offset: wide(self.start),
            length: wide(self.end.saturating_sub(self.start)),
            encoding: self.encoding,
            inside: None,
        }
    }

    /// The encoded content.
    pub(in crate::mail::read) fn content<'a>(&self, raw: &'a [u8]) -> &'a [u8] {
        cut(raw, self.start, self.end)
    }
}
