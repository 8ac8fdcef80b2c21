//! What the fuzz targets share: how bytes become a mail, and what must hold of whatever is read of it.
//!
//! A target never calls a parser by itself: it wraps the fuzzer's bytes into a mail and reads that, as the house does.

/// What must hold of every mail; the same file that the property tests use.
#[path = "../../tests/read/sound.rs"]
mod sound;

use okno::model::message::Reading;

/// Reads a mail and checks what must hold of every one.
pub fn sound(raw: &[u8]) -> Reading {
    sound::sound(raw)
}

/// A mail with this header (each line with its end) and this body.
pub fn mail(header: &str, body: &[u8]) -> Vec<u8> {
    let mut raw = b"From: Anna <anna@uni.test>\nTo: it@uni.test\nMessage-ID: <f@uni.test>\n".to_vec();
    raw.extend(header.as_bytes());
    raw.push(b'\n');
    raw.extend(body);
    raw
}

/// The first byte chooses the form, the rest is what it holds.
pub fn choice(bytes: &[u8]) -> (u8, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (*first, rest))
}
