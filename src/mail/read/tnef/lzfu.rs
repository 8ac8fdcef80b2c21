//! Compressed rich text (MS-OXRTFCP): LZ77 over a ring of 4096 bytes that begins with what rich text often holds.

use crate::mail::read::bytes::cut;

/// The longest rich text taken, in bytes. A reference of two bytes may stand for 17.
const WRITTEN_MAX: usize = 8 << 20;

/// What the ring holds at first.
const BEGINNING: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

const RING: usize = 4096;

/// Header: the compressed size, the size, the kind, a checksum that is not looked at.
const HEADER: usize = 16;

/// The rich text, as far as it goes; `None` where the bytes are none.
pub(super) fn decompressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let kind = bytes.get(8..12)?;
    let body = bytes.get(HEADER..)?;
    match kind {
        b"MELA" => {
            let size = usize::try_from(super::numbers::u32_at(bytes, 4)?).ok()?;
            Some(cut(body, 0, size.min(WRITTEN_MAX)).to_vec())
        }
        b"LZFu" => {
            let mut ring = Ring::new();
            // Breaking off is one way to end.
            ring.read(body);
            Some(ring.out)
        }
        _ => None,
    }
}

struct Ring {
    ring: [u8; RING],
    at: usize,
    out: Vec<u8>,
}

impl Ring {
    fn new() -> Self {
        let mut ring = [b' '; RING];
        for (to, from) in ring.iter_mut().zip(BEGINNING) {
            *to = *from;
        }
        Self {
            ring,
            at: BEGINNING.len(),
            out: Vec::new(),
        }
    }

    fn put(&mut self, byte: u8) {
        self.out.push(byte);
        if let Some(place) = self.ring.get_mut(self.at) {
            *place = byte;
        }
        self.at = self.at.saturating_add(1) % RING;
    }

    /// Reads groups of eight bytes or references; `None` at the end.
    fn read(&mut self, body: &[u8]) -> Option<()> {
        let mut rest = body.iter().copied();
        while self.out.len() < WRITTEN_MAX {
            let kinds = rest.next()?;
            for bit in 0..8 {
                if kinds >> bit & 1 == 0 {
                    self.put(rest.next()?);
                    continue;
                }
                let reference = u16::from_be_bytes([rest.next()?, rest.next()?]);
                let from = usize::from(reference >> 4);
                if from == self.at {
                    return None;
                }
                let length = usize::from(reference & 0xF).saturating_add(2);
                for step in 0..length {
                    let byte = self.ring.get(from.saturating_add(step) % RING).copied();
                    self.put(byte.unwrap_or_default());
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of MS-OXRTFCP, 4.1.1.
    const HELLO: [u8; 49] = [
        0x2D, 0, 0, 0, 0x2B, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xF1, 0xC5, 0xC7, 0xA7, 0x03, 0,
        0x0A, 0, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0A, 0xF3, 0x20, 0x68,
        0x65, 0x6C, 0x09, 0, 0x20, 0x62, 0x77, 0x05, 0xB0, 0x6C, 0x64, 0x7D, 0x0A, 0x80, 0x0F,
        0xA0,
    ];

    /// The example of MS-OXRTFCP, 4.1.2: a reference that reaches into what it writes.
    const CROSSING: [u8; 30] = [
        0x1A, 0, 0, 0, 0x1C, 0, 0, 0, 0x4C, 0x5A, 0x46, 0x75, 0xE2, 0xD4, 0x4B, 0x51, 0x41, 0,
        0x04, 0x20, 0x57, 0x58, 0x59, 0x5A, 0x0D, 0x6E, 0x7D, 0x01, 0x0E, 0xB0,
    ];

    #[test]
    fn the_examples_of_the_standard_are_read() {
        assert_eq!(
            decompressed(&HELLO).unwrap(),
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
        );
        assert_eq!(
            decompressed(&CROSSING).unwrap(),
            b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
        );
        assert_eq!(
            decompressed(b"\x10\0\0\0\x03\0\0\0MELA\0\0\0\0abcd").unwrap(),
            b"abc"
        );
    }

    #[test]
    fn broken_text_goes_as_far_as_it_goes() {
        assert_eq!(decompressed(b""), None);
        assert_eq!(
            decompressed(&HELLO[..30]).unwrap(),
            b"{\\rtf1\\ansi\\ansicpg1252"
        );
        assert_eq!(decompressed(&[b'x'; 40]), None);
        let mut endless = HELLO.get(..16).unwrap().to_vec();
        endless.extend([0xFF, 0, 0xF].repeat(1 << 20));
        assert!(decompressed(&endless).is_none_or(|out| out.len() <= WRITTEN_MAX + 200));
    }
}
