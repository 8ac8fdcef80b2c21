//! A subject as it comes: decoded, then looked through for tags and prefixes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use okno::desk::{
    subject::{bare, tags_in, words_behind_tag},
    token::Key,
};
use okno_fuzz::sound;

fuzz_target!(|bytes: &[u8]| {
    let mut raw = b"From: Anna <anna@uni.test>\nSubject: ".to_vec();
    for byte in bytes {
        raw.push(*byte);
        // The field goes on: a line end is folded.
        if *byte == b'\n' {
            raw.push(b' ');
        }
    }
    raw.extend(b"\n\ntext\n");
    let subject = sound(&raw).message.subject.unwrap_or_default();
    assert!(!subject.contains(['\n', '\r']), "{subject:?}");
    let key = Key::new([7; 32]);
    assert!(tags_in(&subject, &key).len() <= subject.len());
    let short = bare(&subject, &key);
    assert_eq!(bare(short.as_str(), &key), short, "taken off once, nothing is left to take off");
    let bare = short;
    assert!(!bare.as_str().contains('\n') && bare.as_str().len() <= subject.len());
    drop(words_behind_tag(&subject));
});
