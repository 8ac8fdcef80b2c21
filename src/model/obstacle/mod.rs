//! What kept a mail from its reader, as far as its author is concerned: told from the status and the words of the
//! server that refused it, and said again in plain words.
//!
//! Status codes are chosen by programs: many servers answer `5.7.1` or `5.0.0` to everything. So a precise code decides
//! alone, a vague one only where the words say nothing.

mod codes;
mod sentences;
mod words;

use super::language::Language;

/// Why a mail was not delivered. What the author can do about it differs from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// The domain is right, the name before the `@` is not.
    NoSuchMailbox,
    /// The address was given up for another one.
    Moved,
    /// Not an address at all.
    BadAddress,
    /// There is no mail server of that name.
    NoSuchDomain,
    /// The domain or the address is there and takes no mail (RFC 7505).
    TakesNoMail,
    /// The mailbox is switched off, locked or suspended.
    SwitchedOff,
    /// The mailbox is full.
    Full,
    /// The other server has no room left, for anybody.
    ServerFull,
    /// The mail is too large.
    TooLarge,
    /// The other server does not answer.
    Unreachable,
    /// Tried for as long as mail is tried.
    Expired,
    /// The mail went round in a circle.
    Loop,
    /// The other server does not understand how the mail is made.
    BadForm,
    /// An attachment is not let through.
    BadFile,
    /// Taken for advertising.
    Spam,
    /// SPF, DKIM or DMARC: nothing proves that the mail is ours.
    Unproven,
    /// The address takes mail from some senders only.
    Closed,
    /// The server that was asked is not responsible for that domain.
    NotResponsible,
    /// Our address is not accepted as a sender.
    SenderUnwanted,
    /// Our server is not accepted: its address is on a list, or has a bad name.
    ServerUnwanted,
    /// Too many mails in too short a time.
    TooMany,
    /// Some rule of the other server, none of those above.
    Rules,
    /// A passing trouble of the other server, none of those above.
    Busy,
    /// Refused, and nothing says why.
    Refused,
    /// Nothing was said at all.
    Unsaid,
}

/// How much of what a server said is looked at.
const SAID_MAX: usize = 2000;

impl Obstacle {
    /// Tells the obstacle from a status code (RFC 3463) and the other server's words, either of which may be missing.
    #[must_use]
    pub fn of(status: Option<&str>, said: &str) -> Self {
        let status = status.map(str::trim).filter(|status| !status.is_empty());
        if status.is_none() && said.trim().is_empty() {
            return Self::Unsaid;
        }
        status
            .and_then(codes::precise)
            .or_else(|| Self::by_words(said))
            .or_else(|| status.and_then(codes::vague))
            .unwrap_or(Self::Refused)
    }

    /// Tells the obstacle from words alone; `None` where they say nothing known.
    #[must_use]
    pub fn by_words(said: &str) -> Option<Self> {
        let mut end = SAID_MAX.min(said.len());
        while !said.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        words::find(said.get(..end).unwrap_or_default())
    }

    /// Whether nobody reads mail at that address, today or in a month: it is of no use to go on sending.
    #[must_use]
    pub const fn is_dead_address(self) -> bool {
        matches!(
            self,
            Self::NoSuchMailbox
                | Self::Moved
                | Self::BadAddress
                | Self::NoSuchDomain
                | Self::TakesNoMail
                | Self::SwitchedOff
        )
    }

    /// What follows the class in a status code: `1.1` of `5.1.1` (RFC 3463, section 3).
    #[must_use]
    pub const fn detail(self) -> &'static str {
        match self {
            Self::NoSuchMailbox => "1.1",
            Self::Moved => "1.6",
            Self::BadAddress => "1.3",
            Self::NoSuchDomain => "1.2",
            Self::TakesNoMail => "1.10",
            Self::SwitchedOff => "2.1",
            Self::Full => "2.2",
            Self::ServerFull => "3.1",
            Self::TooLarge => "3.4",
            Self::Unreachable => "4.1",
            Self::Expired => "4.7",
            Self::Loop => "4.6",
            Self::BadForm => "6.0",
            Self::Unproven => "7.26",
            Self::SenderUnwanted => "1.8",
            Self::TooMany => "7.0",
            Self::BadFile
            | Self::Spam
            | Self::Closed
            | Self::NotResponsible
            | Self::ServerUnwanted
            | Self::Rules => "7.1",
            Self::Busy => "3.2",
            Self::Refused | Self::Unsaid => "0.0",
        }
    }

    /// The name templates choose by: `no_such_mailbox`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSuchMailbox => "no_such_mailbox",
            Self::Moved => "moved",
            Self::BadAddress => "bad_address",
            Self::NoSuchDomain => "no_such_domain",
            Self::TakesNoMail => "takes_no_mail",
            Self::SwitchedOff => "switched_off",
            Self::Full => "full",
            Self::ServerFull => "server_full",
            Self::TooLarge => "too_large",
            Self::Unreachable => "unreachable",
            Self::Expired => "expired",
            Self::Loop => "loop",
            Self::BadForm => "bad_form",
            Self::BadFile => "bad_file",
            Self::Spam => "spam",
            Self::Unproven => "unproven",
            Self::Closed => "closed",
            Self::NotResponsible => "not_responsible",
            Self::SenderUnwanted => "sender_unwanted",
            Self::ServerUnwanted => "server_unwanted",
            Self::TooMany => "too_many",
            Self::Rules => "rules",
            Self::Busy => "busy",
            Self::Refused => "refused",
            Self::Unsaid => "unsaid",
        }
    }

    /// What happened and what to do, in two sentences without jargon, for the author of the mail.
    #[must_use]
    pub const fn sentence(self, language: Language) -> &'static str {
        match language {
            Language::Ru => sentences::of(self).ru,
            Language::En => sentences::of(self).en,
        }
    }
}

#[cfg(test)]
mod tests;
