//! The attributes of a TNEF stream (MS-OXTNEF 2.1): where each lies. Checksums are not looked at.

use std::ops::Range;

use super::numbers::u32_at;

/// What a stream begins with.
const SIGNATURE: u32 = 0x223E_9F78;

/// Signature and key.
const HEADER: usize = 6;

/// What an attribute is (MS-OXTNEF 2.1.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    CodePage,
    MessageClass,
    Subject,
    Body,
    MessageProperties,
    /// An attachment begins.
    Rendering,
    Title,
    Data,
    AttachmentProperties,
    Other,
}

/// One attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) kind: Kind,
    pub(super) value: Range<usize>,
}

/// The attributes of the stream in `range` of `bytes`, in order.
#[derive(Debug)]
pub(super) struct Attributes<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
    pub(super) is_broken: bool,
}

impl<'a> Attributes<'a> {
    /// `None` where no stream begins there.
    pub(super) fn new(bytes: &'a [u8], range: &Range<usize>) -> Option<Self> {
        let starts = u32_at(bytes, range.start)? == SIGNATURE;
        starts.then(|| Self {
            bytes,
            at: range.start.saturating_add(HEADER),
            end: range.end.min(bytes.len()),
            is_broken: false,
        })
    }
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        // Level, type and number, length; value; checksum.
        let start = self.at.saturating_add(9);
        if start > self.end {
            // A few bytes of padding are no loss.
            self.is_broken |= self.end.saturating_sub(self.at) > 3;
            return None;
        }
        let name = u32_at(self.bytes, self.at.saturating_add(1))?;
        let length = u32_at(self.bytes, self.at.saturating_add(5))?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let end = start.saturating_add(length);
        if end > self.end {
            self.is_broken = true;
        }
        self.at = end.saturating_add(2);
        Some(Attribute {
            kind: kind(name),
            value: start..end.min(self.end),
        })
    }
}

/// The upper half is the type of the value, which some programs leave out; the lower half alone tells what it is.
const fn kind(name: u32) -> Kind {
    match name & 0xFFFF {
        0x9007 => Kind::CodePage,
        0x8008 => Kind::MessageClass,
        0x8004 => Kind::Subject,
        0x800C => Kind::Body,
        0x9003 => Kind::MessageProperties,
        0x9002 => Kind::Rendering,
        0x8010 => Kind::Title,
        0x800F => Kind::Data,
        0x9005 => Kind::AttachmentProperties,
        _ => Kind::Other,
    }
}
