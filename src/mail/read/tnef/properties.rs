//! Lists of MAPI properties within a TNEF stream (MS-OXTNEF 2.1.3.4): which there are, and where their values lie.

use std::ops::Range;

use encoding_rs::{Encoding, UTF_16LE};

use super::numbers::{u16_at, u32_at, u64_at, within};

/// One property, the first of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// Its number; of one that has a name the number of the name.
    pub(super) id: u32,
    /// The set of its name (`PSETID_…`), where it has one.
    pub(super) set: Option<[u8; 16]>,
    kind: u16,
    pub(super) value: Range<usize>,
}

/// Types (MS-OXCDATA 2.11.1).
const NULL: u16 = 0x0001;
const SHORT: u16 = 0x0002;
const BOOLEAN: u16 = 0x000B;
const OBJECT: u16 = 0x000D;
const STRING_8: u16 = 0x001E;
const UNICODE: u16 = 0x001F;
const BINARY: u16 = 0x0102;
const MULTIPLE: u16 = 0x1000;

/// The identifier of an interface before an embedded message or object.
const INTERFACE: usize = 16;

/// The longest text of a property that is taken, in bytes.
const TEXT_MAX: usize = 4 << 20;

impl Property {
    /// A number or a truth.
    pub(super) fn number(&self, bytes: &[u8]) -> Option<i64> {
        match self.kind {
            SHORT | BOOLEAN => u16_at(bytes, self.value.start).map(i64::from),
            0x0003 => u32_at(bytes, self.value.start).map(i64::from),
            0x0014 | 0x0040 => u64_at(bytes, self.value.start)?.try_into().ok(),
            _ => None,
        }
    }

    /// A text; its bytes are in `page` where they are not Unicode.
    pub(super) fn text(&self, bytes: &[u8], page: &'static Encoding) -> Option<String> {
        let raw = within(bytes, &self.value);
        let raw = raw.get(..TEXT_MAX).unwrap_or(raw);
        let encoding = match self.kind {
            UNICODE => UTF_16LE,
            STRING_8 => page,
            _ => return None,
        };
        let (text, _) = encoding.decode_without_bom_handling(raw);
        let text = text.split('\0').next().unwrap_or_default();
        Some(text.to_owned())
    }

    pub(super) const fn is_binary(&self) -> bool {
        self.kind == BINARY
    }

    /// What an object holds, the identifier of its interface passed over.
    pub(super) fn object(&self) -> Range<usize> {
        let start =
            self.value
                .start
                .saturating_add(if self.kind == OBJECT { INTERFACE } else { 0 });
        start.min(self.value.end)..self.value.end
    }
}

/// The properties of the list in `range` of `bytes`, in order.
#[derive(Debug)]
pub(super) struct Properties<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
    left: u32,
    pub(super) is_broken: bool,
}

impl<'a> Properties<'a> {
    pub(super) fn new(bytes: &'a [u8], range: &Range<usize>) -> Self {
        Self {
            bytes,
            at: range.start.saturating_add(4),
            end: range.end.min(bytes.len()),
            left: u32_at(bytes, range.start).unwrap_or(0),
            is_broken: false,
        }
    }

    /// Passes over `length` bytes and what fills them up to a multiple of four.
    fn pass(&mut self, length: usize) -> Option<Range<usize>> {
        let start = self.at;
        let end = start.checked_add(length)?;
        if end > self.end {
            return None;
        }
        self.at = start.checked_add(length.checked_next_multiple_of(4)?)?;
        Some(start..end)
    }

    fn count(&mut self) -> Option<u32> {
        let range = self.pass(4)?;
        u32_at(self.bytes, range.start)
    }

    fn sized(&mut self) -> Option<Range<usize>> {
        let length = self.count()?;
        self.pass(usize::try_from(length).ok()?)
    }

    fn read(&mut self) -> Option<Property> {
        let head = self.pass(4)?;
        let kind = u16_at(self.bytes, head.start)?;
        let number = u16_at(self.bytes, head.start.saturating_add(2))?;
        let (id, set) = if number < 0x8000 {
            (u32::from(number), None)
        } else {
            self.name()?
        };
        let base = kind & !MULTIPLE;
        let is_sized = matches!(base, OBJECT | STRING_8 | UNICODE | BINARY);
        // Values without a fixed size are counted even where there is only one.
        let count = if is_sized || kind & MULTIPLE != 0 {
            self.count()?
        } else {
            1
        };
        let mut value = self.at..self.at;
        for n in 0..count {
            let next = if is_sized {
                self.sized()?
            } else {
                match base {
                    NULL => break,
                    0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => self.pass(8)?,
                    0x0048 => self.pass(16)?,
                    _ => self.pass(4)?,
                }
            };
            if n == 0 {
                value = next;
            }
        }
        Some(Property {
            id,
            set,
            kind: base,
            value,
        })
    }

    /// The name of a property: a set, and a number or a text.
    fn name(&mut self) -> Option<(u32, Option<[u8; 16]>)> {
        let set = self.pass(16)?;
        let set = within(self.bytes, &set).first_chunk::<16>().copied();
        if self.count()? == 0 {
            return Some((self.count()?, set));
        }
        self.sized()?;
        Some((u32::MAX, set))
    }
}

impl Iterator for Properties<'_> {
    type Item = Property;

    fn next(&mut self) -> Option<Property> {
        self.left = self.left.checked_sub(1)?;
        let found = self.read();
        if found.is_none() {
            self.is_broken = true;
            self.left = 0;
        }
        found
    }
}
