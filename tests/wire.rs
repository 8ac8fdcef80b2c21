//! `imap` and `smtp` against servers that misbehave.

mod fake;

#[path = "wire/imap.rs"]
mod imap;
#[path = "wire/secrets.rs"]
mod secrets;
#[path = "wire/smtp.rs"]
mod smtp;
