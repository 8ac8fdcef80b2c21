//! A header block: fields in order, unfolded but not yet decoded (RFC 5322, 2.2, obsolete syntax included).

mod block;

use encoding_rs::Encoding;

use super::{bytes::cut, charset, words};
use crate::model::text::Text;
pub(super) use block::{Block, is_field, without_indent};

/// How much raw 8-bit text is looked at for its charset.
const RAW_MAX: usize = 4 << 10;

/// One field.
#[derive(Debug, Clone)]
struct Field {
    /// Lower case.
    name: String,
    /// Line ends taken out, folding white space kept.
    value: Vec<u8>,
}

/// The fields of a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Headers {
    fields: Vec<Field>,
    /// The charset that the mail declares elsewhere: a guess for raw 8-bit fields.
    near: Option<&'static Encoding>,
}

impl Headers {
    /// Says which charset raw 8-bit fields may be in.
    pub(super) const fn set_near(&mut self, near: Option<&'static Encoding>) {
        self.near = near;
    }

    /// The charset raw 8-bit fields may be in.
    pub(super) const fn near(&self) -> Option<&'static Encoding> {
        self.near
    }

    /// The charset of the first encoded word that is no UTF-8.
    pub(super) fn charset_of_words(&self) -> Option<&'static Encoding> {
        self.fields.iter().find_map(|field| {
            let start = super::bytes::find(&field.value, b"=?", 0)?.saturating_add(2);
            let label = cut(&field.value, start, start.saturating_add(40));
            let end = label.iter().position(|b| *b == b'?')?;
            charset::worth_a_guess(cut(label, 0, end))
        })
    }

    /// The beginning of all raw 8-bit text that is no UTF-8: together it says more of its charset than each field alone.
    pub(super) fn raw_text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for field in &self.fields {
            if !field.value.is_ascii() && str::from_utf8(&field.value).is_err() {
                text.extend(cut(&field.value, 0, RAW_MAX));
                text.push(b'\n');
            }
            if text.len() > RAW_MAX {
                break;
            }
        }
        text
    }

    /// Whether there are no fields at all.
    pub(super) const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// How many fields of this name (lower case) there are.
    pub(super) fn count(&self, name: &str) -> usize {
        self.values(name).count()
    }

    /// Every value of this name, as bytes, topmost first.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> + 'a {
        self.fields
            .iter()
            .filter(move |f| f.name == name)
            .map(|f| f.value.as_slice())
    }

    /// The first value of this name that says something, as bytes.
    pub(super) fn first<'a>(&'a self, name: &'a str) -> Option<&'a [u8]> {
        self.values(name)
            .find(|v| !v.is_empty())
            .or_else(|| self.values(name).next())
    }

    /// The first value as one line of plain text, encoded words left as they are.
    pub(super) fn plain(&self, name: &str) -> Option<String> {
        self.first(name)
            .map(|v| Text::line(&String::from_utf8_lossy(v)).into())
    }

    /// The first value as one line of decoded text.
    pub(super) fn decoded(&self, name: &str) -> Option<String> {
        self.first(name)
            .map(|v| Text::line(&words::decode_near(v, self.near)).into())
    }

    /// Whether there is such a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// Names of all fields, lower case.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|f| f.name.as_str())
    }
}
