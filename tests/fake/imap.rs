//! What IMAP scripts have in common.

use super::{Fake, Step, hear, say};

/// The password that no log may show.
pub(crate) const PASSWORD: &str = "пароль\"7\\";

/// Greeting and login.
pub(crate) fn login(abilities: &str) -> Vec<Step> {
    let all = format!("CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR {abilities}");
    let all = all.trim_end();
    vec![
        say(&format!("* OK [{all}] ready")),
        hear("AUTHENTICATE PLAIN "),
        say("TAG OK logged in"),
        hear("CAPABILITY"),
        say(&format!("* {all}")),
        say("TAG OK"),
    ]
}

/// Opening `INBOX` with so many mails and this UIDNEXT.
pub(crate) fn opened(exists: u32, uid_next: u32) -> Vec<Step> {
    vec![
        hear("\"INBOX\""),
        say("* FLAGS (\\Seen \\Deleted)"),
        say("* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] limited"),
        say(&format!("* {exists} EXISTS")),
        say("* OK [UIDVALIDITY 77] valid"),
        say(&format!("* OK [UIDNEXT {uid_next}] next")),
        say("TAG OK [READ-WRITE] opened"),
    ]
}

/// A server of one connection: login, `INBOX` with three mails up to UID 12, then `rest`.
pub(crate) fn server(abilities: &str, rest: Vec<Step>) -> Fake {
    Fake::start(vec![[login(abilities), opened(3, 13), rest].concat()])
}
