//! What can go wrong with an IMAP server, in words for a person.

use std::io;

use crate::{model::text::Text, tls::stream::ConnectError};

/// What becomes of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Trying again may help.
    Retry,
    /// A person has to do something first; trying again later is still harmless.
    Operator,
}

/// What went wrong. The words never hold a password or anything of a mail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImapError {
    /// There is no connection.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The server stopped answering.
    #[error("the server stopped answering during {during}")]
    Silent {
        /// The command.
        during: &'static str,
    },
    /// The connection ended.
    #[error("the connection was lost during {during}: {why}")]
    Lost {
        /// The command.
        during: &'static str,
        /// The server's goodbye, or the network's words.
        why: String,
    },
    /// The server said something that is not IMAP.
    #[error("the server's answer to {during} cannot be understood")]
    Garbled {
        /// The command.
        during: &'static str,
    },
    /// The server said NO or BAD.
    #[error("the server refused {command}: «{words}»")]
    Refused {
        /// The command.
        command: &'static str,
        /// The server's words.
        words: String,
    },
    /// The server does not accept name and password.
    #[error("the server does not accept the password of {user}: «{words}»")]
    LoginRefused {
        /// The name.
        user: String,
        /// The server's words.
        words: String,
    },
    /// There is no way to log in.
    #[error("the server offers no way to log in that okno knows (PLAIN or LOGIN over TLS)")]
    NoLogin,
    /// No STARTTLS.
    #[error("the server does not offer STARTTLS; if it has an implicit TLS port (993), use that")]
    NoStartTls,
    /// A folder without UIDVALIDITY cannot be followed.
    #[error(
        "the server names no UIDVALIDITY for the folder {folder}, so its mails cannot be told apart"
    )]
    NoUidValidity {
        /// The folder.
        folder: String,
    },
    /// Nobody knows which folder is for sent mail.
    #[error(
        "the server marks no folder as the one for sent mail; name it in `sent`. There are: {folders}"
    )]
    NoSentFolder {
        /// The names of all folders.
        folders: String,
    },
    /// The server lists a mail and says OK to the question for it, without handing it out.
    #[error("the server lists the mail with UID {uid} and does not hand it out")]
    Withheld {
        /// The first of them.
        uid: u32,
    },
    /// The folder keeps no keywords.
    #[error("the server does not keep the keyword {keyword} in this folder")]
    NoKeywords {
        /// The keyword.
        keyword: String,
    },
    /// A name, password or keyword that cannot be said in IMAP.
    #[error("{what} holds a character that IMAP cannot carry")]
    Unspeakable {
        /// Which.
        what: &'static str,
    },
}

impl ImapError {
    /// What becomes of it.
    #[must_use]
    pub fn fate(&self) -> Fate {
        let needs_operator = match self {
            Self::Connect(error) => error.needs_operator(),
            // A folder that cannot be opened is most likely misspelt, and few servers say so by a code.
            Self::Refused { command, words } => {
                let is_name = matches!(*command, "SELECT" | "EXAMINE" | "CREATE");
                let says_so = ["[NONEXISTENT]", "[NOPERM]", "[CANNOT]", "[TRYCREATE]"];
                !is_servers_affair(words)
                    && (is_name || says_so.iter().any(|code| has_code(words, code)))
            }
            Self::Silent { .. }
            | Self::Lost { .. }
            | Self::Garbled { .. }
            | Self::Withheld { .. } => false,
            Self::LoginRefused { .. }
            | Self::NoLogin
            | Self::NoStartTls
            | Self::NoUidValidity { .. }
            | Self::NoSentFolder { .. }
            | Self::NoKeywords { .. }
            | Self::Unspeakable { .. } => true,
        };
        if needs_operator {
            Fate::Operator
        } else {
            Fate::Retry
        }
    }

    /// Whether it concerns the folder at hand alone, or something in it: the connection serves other folders on.
    #[must_use]
    pub const fn is_one_folders(&self) -> bool {
        match self {
            Self::Refused { .. }
            | Self::NoUidValidity { .. }
            | Self::NoSentFolder { .. }
            | Self::NoKeywords { .. }
            | Self::Unspeakable { .. }
            | Self::Withheld { .. } => true,
            Self::Connect(_)
            | Self::Silent { .. }
            | Self::Lost { .. }
            | Self::Garbled { .. }
            | Self::LoginRefused { .. }
            | Self::NoLogin
            | Self::NoStartTls => false,
        }
    }

    /// Whether a folder could not be opened, or not be found.
    #[must_use]
    pub fn is_of_opening(&self) -> bool {
        match self {
            Self::Refused { command, .. } => matches!(*command, "SELECT" | "EXAMINE"),
            Self::NoUidValidity { .. } | Self::NoSentFolder { .. } => true,
            Self::Connect(_)
            | Self::Silent { .. }
            | Self::Lost { .. }
            | Self::Garbled { .. }
            | Self::LoginRefused { .. }
            | Self::NoLogin
            | Self::NoStartTls
            | Self::NoKeywords { .. }
            | Self::Unspeakable { .. }
            | Self::Withheld { .. } => false,
        }
    }

    /// What the network or the parser said during a command. The parser's words quote the mail, so they are dropped.
    pub(super) fn reading(error: &io::Error, during: &'static str) -> Self {
        let kind = error.kind();
        if kind == io::ErrorKind::TimedOut {
            Self::Silent { during }
        } else if kind == io::ErrorKind::Other {
            Self::Garbled { during }
        } else {
            Self::Lost {
                during,
                why: words(&error.to_string()),
            }
        }
    }
}

/// Whether the server says that the trouble is its own and will pass (RFC 5530).
pub(super) fn is_servers_affair(words: &str) -> bool {
    ["[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]"]
        .iter()
        .any(|code| has_code(words, code))
}

/// Whether a server's words begin with a response code (RFC 5530).
pub(super) fn has_code(words: &str, code: &str) -> bool {
    words
        .get(..code.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(code))
}

/// A server's words, on one line and not too many.
pub(super) fn words(text: &str) -> String {
    Text::line(text).as_str().chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_short_and_clean() {
        assert_eq!(words("no\r\n way\u{0}"), "no way");
        assert_eq!(words(&"x".repeat(1_000)).len(), 300);
    }

    #[track_caller]
    fn check(error: &ImapError, fate: Fate) {
        assert_eq!(error.fate(), fate, "{error}");
    }

    #[test]
    fn who_can_help() {
        let refused = |command, words: &str| ImapError::Refused {
            command,
            words: words.to_owned(),
        };
        // Dovecot 2.3 gives no code.
        check(
            &refused("SELECT", "Mailbox doesn't exist: INBOX.x"),
            Fate::Operator,
        );
        check(&refused("SELECT", "[UNAVAILABLE] later"), Fate::Retry);
        check(&refused("UID MOVE", "[NoPerm] no"), Fate::Operator);
        check(&refused("UID FETCH", "нет"), Fate::Retry);
        check(&ImapError::Silent { during: "NOOP" }, Fate::Retry);
        check(&ImapError::NoLogin, Fate::Operator);
        let host = "imap.uni.test".to_owned();
        check(
            &ConnectError::Certificate {
                host: host.clone(),
                why: String::new(),
            }
            .into(),
            Fate::Operator,
        );
        check(
            &ConnectError::NoSuchHost {
                host,
                why: String::new(),
            }
            .into(),
            Fate::Retry,
        );
    }

    #[test]
    fn the_parsers_words_quote_the_mail_and_are_dropped() {
        let error = io::Error::other("parsing of \"Subject: secret\"");
        assert_eq!(
            ImapError::reading(&error, "FETCH").to_string(),
            "the server's answer to FETCH cannot be understood"
        );
    }
}
