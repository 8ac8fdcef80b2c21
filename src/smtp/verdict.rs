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
pub enum Verdict {
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
    /// RCPT TO.
    Recipient,
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
            Self::Recipient => "RCPT TO",
            Self::Data => "DATA",
            Self::Mail => "the mail",
        }
    }
}

/// Judges a refusal (4xx or 5xx). The table of its tests gives the servers that say such things.
///
/// * The login is the relay's affair whenever it comes up: with a password that has expired every mail of the outbox
///   would be refused for ever, when all it needs is a new password.
/// * So is a refused sender, since that is always the mailbox itself; but not a refused null path, which concerns only
///   the few mails that have it, nor a size.
/// * 4xx is believed, also with a status such as 4.1.2: servers with a broken name server say so of good addresses.
/// * 5xx is believed with two exceptions. `5.5.0` is what Postfix says for a milter that is down. `5.2.2`, a full
///   mailbox, is emptied by its owner most days, and the person waits for this answer; RFC 3463 calls it persistent
///   but transient. Both are tried again until the outbox gives up.
/// * "Relay access denied" stays with the recipient: where only strangers are refused, a stranger must not be able to
///   stop the whole outbox.
#[must_use]
pub fn judge(phase: Phase, reply: Reply) -> Verdict {
    let during = phase.name();
    if matches!(reply.code, 530 | 534 | 535 | 538) {
        return Verdict::Fault(RelayFault::Login { reply });
    }
    match phase {
        Phase::Hello | Phase::Login if reply.is_transient() => {
            Verdict::Fault(RelayFault::Busy { reply })
        }
        Phase::Hello => Verdict::Fault(RelayFault::Refused { during, reply }),
        Phase::Login => Verdict::Fault(RelayFault::Login { reply }),
        Phase::Sender | Phase::NullSender if reply.code == 421 => {
            Verdict::Fault(RelayFault::Busy { reply })
        }
        Phase::Sender if is_relays_refusal(&reply) => {
            Verdict::Fault(RelayFault::Refused { during, reply })
        }
        Phase::Recipient | Phase::Data if matches!(reply.code, 502 | 503) => {
            Verdict::Fault(RelayFault::Refused { during, reply })
        }
        Phase::Sender | Phase::NullSender | Phase::Recipient | Phase::Data | Phase::Mail => {
            if reply.is_transient() || reply.has_status("5.5.0") || reply.has_status("5.2.2") {
                Verdict::Deferred { reply }
            } else {
                Verdict::Refused { reply }
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
mod tests {
    use super::*;

    /// The verdict in one word, and `!` where it is the operator's.
    fn word(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Accepted { .. } => "accepted",
            Verdict::Deferred { .. } => "deferred",
            Verdict::Refused { .. } => "refused",
            Verdict::Unknown { .. } => "unknown",
            Verdict::Fault(fault) if fault.needs_operator() => "fault!",
            Verdict::Fault(_) => "fault",
        }
    }

    #[track_caller]
    fn check(phase: Phase, code: u16, text: &str, expected: &str) {
        assert_eq!(
            word(&judge(phase, Reply::new(code, text))),
            expected,
            "{code} {text}"
        );
    }

    #[test]
    fn what_concerns_one_recipient() {
        use Phase::{Data, Mail, Recipient};
        // Postfix, unknown user: https://www.postfix.org/postconf.5.html#unknown_local_recipient_reject_code
        check(
            Recipient,
            550,
            "5.1.1 <nobody@uni.test>: Recipient address rejected: User unknown in virtual mailbox table",
            "refused",
        );
        // Postfix, a name server that does not answer; chatmail/core src/smtp.rs tells why it is believed.
        check(
            Recipient,
            450,
            "4.1.2 <anna@uni.test>: Recipient address rejected: Domain not found",
            "deferred",
        );
        // Postfix, address verification under way: https://www.postfix.org/postconf.5.html#unverified_recipient_reject_code
        check(
            Recipient,
            450,
            "4.1.1 <anna@uni.test>: Recipient address rejected: unverified address: Address verification in progress",
            "deferred",
        );
        // Greylisting: https://postgrey.schweikert.ch
        check(
            Recipient,
            450,
            "4.2.0 <anna@uni.test>: Recipient address rejected: Greylisted",
            "deferred",
        );
        check(
            Recipient,
            451,
            "4.7.1 Greylisting in action, please come back later",
            "deferred",
        );
        // RFC 5321, 4.5.3.1.10; RFC 3463, X.5.3
        check(Recipient, 452, "4.5.3 Too many recipients", "deferred");
        check(
            Recipient,
            421,
            "4.3.2 The server is shutting down",
            "deferred",
        );
        // A full mailbox: Dovecot over LMTP (552 5.2.2), Gmail (452-4.2.2).
        check(
            Recipient,
            552,
            "5.2.2 <anna@uni.test> Quota exceeded (mailbox for user is full)",
            "deferred",
        );
        check(
            Recipient,
            452,
            "4.2.2 The email account that you tried to reach is over quota",
            "deferred",
        );
        // Postfix, relaying: https://www.postfix.org/SMTPD_ACCESS_README.html
        check(
            Recipient,
            554,
            "5.7.1 <anna@far.test>: Relay access denied",
            "refused",
        );
        check(
            Recipient,
            501,
            "5.1.3 Bad recipient address syntax",
            "refused",
        );
        // Yandex and Mail.ru, spam; chatmail/core src/smtp.rs
        check(
            Mail,
            554,
            "5.7.1 [2] Message rejected under suspicion of SPAM",
            "refused",
        );
        check(
            Mail,
            550,
            "spam message rejected. Please visit http://help.test/notspam-support",
            "refused",
        );
        // Postfix with a milter that is down: https://support.delta.chat/t/every-other-message-gets-stuck/877/2
        check(Mail, 550, "5.5.0 Service unavailable", "deferred");
        check(Recipient, 550, "5.5.0 Service unavailable", "deferred");
        check(Mail, 451, "4.3.0 Error: queue file write error", "deferred");
        check(Mail, 452, "4.3.1 Insufficient system storage", "deferred");
        check(Mail, 552, "5.3.4 Error: message file too big", "refused");
        // A loop: RFC 3463, X.4.6
        check(Mail, 554, "5.4.6 Too many hops", "refused");
        check(Data, 554, "5.5.1 Error: no valid recipients", "refused");
        // Without enhanced codes.
        check(Recipient, 550, "No such user here", "refused");
        check(Recipient, 550, "", "refused");
    }

    #[test]
    fn what_concerns_the_relay() {
        use Phase::{Data, Hello, Login, Mail, NullSender, Recipient, Sender};
        // RFC 4954, 6
        check(
            Login,
            535,
            "5.7.8 Error: authentication failed: UGFzc3dvcmQ6",
            "fault!",
        );
        check(
            Login,
            534,
            "5.7.9 Application-specific password required",
            "fault!",
        );
        check(
            Login,
            454,
            "4.7.0 Temporary authentication failure",
            "fault",
        );
        check(
            Login,
            504,
            "5.5.4 Unrecognized authentication type",
            "fault!",
        );
        check(Sender, 530, "5.7.0 Authentication required", "fault!");
        check(
            Recipient,
            530,
            "5.7.0 Must issue a STARTTLS command first",
            "fault!",
        );
        check(Mail, 535, "5.7.3 Authentication unsuccessful", "fault!");
        // RFC 5321, 3.8 and 4.2.3
        check(
            Hello,
            421,
            "4.7.0 too many connections from 192.0.2.7",
            "fault",
        );
        check(
            Hello,
            554,
            "5.7.1 Service unavailable; client host blocked",
            "fault!",
        );
        check(Sender, 421, "4.4.2 timeout exceeded", "fault");
        // Postfix, reject_sender_login_mismatch; Exchange, SendAsDenied
        check(
            Sender,
            553,
            "5.7.1 <it@uni.test>: Sender address rejected: not owned by user hr@uni.test",
            "fault!",
        );
        check(
            Sender,
            550,
            "5.7.60 SMTP; Client does not have permissions to send as this sender",
            "fault!",
        );
        check(
            NullSender,
            550,
            "5.7.1 null sender is not allowed here",
            "refused",
        );
        check(
            Sender,
            552,
            "5.3.4 Message size exceeds fixed limit",
            "refused",
        );
        check(
            Sender,
            552,
            "Message size exceeds fixed maximum message size",
            "refused",
        );
        check(Sender, 451, "4.3.0 Try again later", "deferred");
        check(Sender, 550, "5.5.0 Service unavailable", "deferred");
        check(Recipient, 503, "5.5.1 Error: need MAIL command", "fault!");
        check(Data, 502, "5.5.2 Error: command not recognized", "fault!");
    }

    #[test]
    fn replies_are_taken_apart() {
        let reply = Reply::new(550, "5.1.1 <a@b.test>: User\tunknown");
        assert_eq!(reply.status.as_deref(), Some("5.1.1"));
        assert_eq!(reply.words, "<a@b.test>: User unknown");
        assert_eq!(reply.to_string(), "550 5.1.1 <a@b.test>: User unknown");
        // RFC 2034, 4: a status of another class is a part of the words.
        assert_eq!(Reply::new(450, "5.1.1 odd").status, None);
        assert_eq!(Reply::new(250, "2.0.0").status.as_deref(), Some("2.0.0"));
        assert_eq!(Reply::new(250, "10.0.0.1 ok").status, None);
        assert_eq!(Reply::new(550, "Нет такого").to_string(), "550 Нет такого");
        assert_eq!(Reply::new(550, "").to_string(), "550");
    }
}
