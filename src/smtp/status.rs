//! What a server's answer means: for this mail, for this recipient, or for the relay as a whole.

use std::{fmt, path::PathBuf};

use crate::{model::text::Text, tls::stream::ConnectError};

/// A server's answer (RFC 5321, 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The code: 250, 450, 550.
    pub code: u16,
    /// The enhanced status code (RFC 3463), `5.1.1`, where there is one.
    pub status: Option<String>,
    /// The words, without the codes, on one line.
    pub words: String,
}

impl Reply {
    /// Reads the text of an answer: the enhanced status is taken off its front where it agrees with the code
    /// (RFC 2034, 4).
    #[must_use]
    pub fn new(code: u16, text: &str) -> Self {
        let text = Text::line(text);
        let text = text.as_str().trim();
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let is_status = is_enhanced_status(first, code);
        Self {
            code,
            status: is_status.then(|| first.to_owned()),
            words: if is_status { rest } else { text }
                .trim()
                .chars()
                .take(500)
                .collect(),
        }
    }

    fn has_status(&self, status: &str) -> bool {
        self.status.as_deref() == Some(status)
    }

    const fn is_transient(&self) -> bool {
        self.code >= 400 && self.code < 500
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(status) = &self.status {
            write!(f, " {status}")?;
        }
        if !self.words.is_empty() {
            write!(f, " {}", self.words)?;
        }
        Ok(())
    }
}

fn is_enhanced_status(word: &str, code: u16) -> bool {
    let mut parts = word.split('.');
    let (Some(class), Some(subject), Some(detail), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    class == (code / 100).to_string() && is_number(subject) && is_number(detail)
}

/// What became of one mail to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// The relay has it (RFC 5321, 6.1: it is the relay's now).
    Accepted {
        /// Its answer.
        reply: Reply,
    },
    /// Not now: try again later.
    Deferred {
        /// The answer.
        reply: Reply,
    },
    /// Never to this recipient: tell the author.
    Refused {
        /// The answer, or our own in the same dress where the mail needs what the relay cannot do.
        reply: Reply,
    },
    /// The whole mail was sent and no answer came: it may or may not have been accepted.
    Unknown {
        /// What happened instead.
        words: String,
    },
    /// Nothing was accepted, and it is the relay's affair and not the mail's.
    Fault(RelayFault),
}

/// Why a relay takes nothing at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RelayFault {
    /// There is no connection.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The relay stopped answering.
    #[error("the relay stopped answering during {during}")]
    Silent {
        /// What was being said.
        during: &'static str,
    },
    /// The connection ended. In the middle of a mail it may have been the mail's doing: count the attempt.
    #[error("the connection to the relay was lost during {during}: {why}")]
    Lost {
        /// What was being said.
        during: &'static str,
        /// The network's words.
        why: String,
    },
    /// The relay said something that is not SMTP.
    #[error("the relay's answer to {during} cannot be understood")]
    Garbled {
        /// What was being said.
        during: &'static str,
    },
    /// The relay has no time now.
    #[error("the relay is busy: «{reply}»")]
    Busy {
        /// Its answer.
        reply: Reply,
    },
    /// The relay does not accept name and password, or wants some.
    #[error("the relay does not accept the login: «{reply}»")]
    Login {
        /// Its answer.
        reply: Reply,
    },
    /// There is no way to log in.
    #[error("the relay offers no way to log in that okno knows (PLAIN or LOGIN)")]
    NoLogin,
    /// No STARTTLS.
    #[error("the relay does not offer STARTTLS; if it has an implicit TLS port (465), use that")]
    NoStartTls,
    /// The relay does not want us, or our sender address.
    #[error("the relay refused {during}: «{reply}»")]
    Refused {
        /// What was being said.
        during: &'static str,
        /// Its answer.
        reply: Reply,
    },
    /// A Maildir that cannot be written.
    #[error("cannot write into the Maildir {path}: {why}", path = path.display())]
    Maildir {
        /// The Maildir.
        path: PathBuf,
        /// Why not.
        why: String,
    },
}

impl RelayFault {
    /// Whether only a person can help: nothing gets better by waiting.
    #[must_use]
    pub const fn needs_operator(&self) -> bool {
        match self {
            Self::Connect(error) => error.needs_operator(),
            Self::Silent { .. } | Self::Lost { .. } | Self::Garbled { .. } | Self::Busy { .. } => {
                false
            }
            Self::Login { .. }
            | Self::NoLogin
            | Self::NoStartTls
            | Self::Refused { .. }
            | Self::Maildir { .. } => true,
        }
    }
}

/// What was being said when the answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The greeting, EHLO, STARTTLS, RSET.
    Hello,
    /// AUTH.
    Login,
    /// MAIL FROM with an address.
    Sender,
    /// MAIL FROM with the null path.
    NullSender,
    /// RCPT TO, where somebody has logged in.
    Recipient,
    /// RCPT TO, where nobody has.
    OpenRecipient,
    /// DATA.
    Data,
    /// The whole mail, after its final dot.
    Mail,
}

impl Phase {
    /// How people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hello => "the greeting",
            Self::Login => "the login",
            Self::Sender | Self::NullSender => "MAIL FROM",
            Self::Recipient | Self::OpenRecipient => "RCPT TO",
            Self::Data => "DATA",
            Self::Mail => "the mail",
        }
    }
}

/// Judges a refusal (4xx or 5xx). The table of its tests gives the servers that say such things.
///
/// * The login is the relay's affair whenever it comes up: with a password that has expired every mail of the outbox
///   would be refused for ever, when all it needs is a new password.
///   But where nobody logs in anyway, 530 at a recipient says that strangers are not taken here (see the last point).
/// * So is a refused sender, since that is always the mailbox itself; but not a refused null path, which concerns only
///   the few mails that have it, nor a size.
/// * 4xx is believed, also with a status such as 4.1.2: servers with a broken name server say so of good addresses.
/// * 5xx is believed with two exceptions. `5.5.0` is what Postfix says for a milter that is down. `5.2.2`, a full
///   mailbox, is emptied by its owner most days, and the person waits for this answer; RFC 3463 calls it persistent
///   but transient. Both are tried again until the outbox gives up.
/// * "Relay access denied" stays with the recipient: where only strangers are refused, a stranger must not be able to
///   stop the whole outbox.
#[must_use]
pub fn judge(phase: Phase, reply: Reply) -> DeliveryStatus {
    let during = phase.name();
    let is_recipients = phase == Phase::OpenRecipient && reply.code == 530;
    if matches!(reply.code, 530 | 534 | 535 | 538) && !is_recipients {
        return DeliveryStatus::Fault(RelayFault::Login { reply });
    }
    match phase {
        Phase::Hello | Phase::Login if reply.is_transient() => {
            DeliveryStatus::Fault(RelayFault::Busy { reply })
        }
        Phase::Hello => DeliveryStatus::Fault(RelayFault::Refused { during, reply }),
        Phase::Login => DeliveryStatus::Fault(RelayFault::Login { reply }),
        Phase::Sender | Phase::NullSender if reply.code == 421 => {
            DeliveryStatus::Fault(RelayFault::Busy { reply })
        }
        Phase::Sender if is_relays_refusal(&reply) => {
            DeliveryStatus::Fault(RelayFault::Refused { during, reply })
        }
        Phase::Recipient | Phase::OpenRecipient | Phase::Data
            if matches!(reply.code, 502 | 503) =>
        {
            DeliveryStatus::Fault(RelayFault::Refused { during, reply })
        }
        Phase::Sender
        | Phase::NullSender
        | Phase::Recipient
        | Phase::OpenRecipient
        | Phase::Data
        | Phase::Mail => {
            if reply.is_transient() || reply.has_status("5.5.0") || reply.has_status("5.2.2") {
                DeliveryStatus::Deferred { reply }
            } else {
                DeliveryStatus::Refused { reply }
            }
        }
    }
}

/// A 5xx to MAIL FROM that is not about this mail's size or letters.
fn is_relays_refusal(reply: &Reply) -> bool {
    let is_mails = reply.code == 552
        || reply.status.as_deref().is_some_and(|status| {
            matches!(status, "5.3.4" | "5.2.3" | "5.5.0") || status.starts_with("5.6.")
        });
    !reply.is_transient() && !is_mails
}

#[cfg(test)]
mod tests;
