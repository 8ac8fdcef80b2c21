//! What holds of every mail, whatever it is.

use okno::{
    mail::read::{Limits, decode, read, read_plainly},
    model::message::Reading,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What is read of a mail is at most so many times the mail, and a little more.
const OUTPUT_TIMES: usize = 20;
const OUTPUT_MORE: usize = 16_000;

/// Reads a mail and checks.
pub(crate) fn sound(raw: &[u8]) -> Reading {
    let limits = Limits::default();
    let reading = read(raw, &limits);
    check(&reading, raw);
    let message = &reading.message;
    let text = message.text.as_deref().unwrap_or_default();
    assert!(text.len() <= limits.text);
    assert!(message.attachments.len() <= limits.parts);
    assert!(message.references.len() <= limits.references);
    assert_eq!(message.attachments.len(), reading.places.len());
    assert_eq!(
        message.answer_automatically,
        message.auto_reasons.is_empty()
    );
    for (attachment, place) in message.attachments.iter().zip(&reading.places) {
        let bytes = decode(raw, place);
        assert_eq!(bytes.len() as u64, attachment.bytes);
        assert_eq!(
            data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)),
            attachment.sha256
        );
    }
    check(&read_plainly(raw, &limits), raw);
    reading
}

fn check(reading: &Reading, raw: &[u8]) {
    assert_eq!(reading.size, raw.len() as u64);
    let whole = serde_json::to_value(&reading.message).unwrap();
    check_words(&whole, "");
    let size = size_of(&whole);
    assert!(
        size <= raw.len() * OUTPUT_TIMES + OUTPUT_MORE,
        "{size} bytes of words were read out of {} bytes of mail",
        raw.len()
    );
}

/// No text that no store or screen should get: NUL, controls, bidi overrides.
fn check_words(value: &Value, name: &str) {
    match value {
        Value::String(words) => {
            let bad = words.chars().find(|c| {
                (c.is_control() && *c != '\n' && *c != '\t')
                    || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            });
            assert_eq!(bad, None, "in {name}: {words:?}");
        }
        Value::Array(all) => all.iter().for_each(|one| check_words(one, name)),
        Value::Object(fields) => fields.iter().for_each(|(name, one)| check_words(one, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn size_of(value: &Value) -> usize {
    match value {
        Value::String(words) => words.len(),
        Value::Array(all) => all.iter().map(size_of).sum(),
        Value::Object(fields) => fields.values().map(size_of).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}
