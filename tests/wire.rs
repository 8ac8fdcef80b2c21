//! `imap` and `smtp` against servers that misbehave, and against a real one.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "test code throughout: to panic is its way to fail"
)]

mod fake;

#[path = "wire/dovecot.rs"]
mod dovecot;
#[path = "wire/folders.rs"]
mod folders;
#[path = "wire/imap.rs"]
mod imap;
#[path = "wire/receiving.rs"]
mod receiving;
#[path = "wire/secrets.rs"]
mod secrets;
#[path = "wire/smtp.rs"]
mod smtp;
