//! What a site says of its mail servers, its domains and its people.

use serde::{Deserialize, Serialize};

use super::domain::{ascii, is_within};
use crate::model::address::Address;

/// A name under which a server of the site judges mail: the authserv-id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Server {
    /// This very name: `mx.uni.test`.
    Named(String),
    /// Any name below this domain, for services with many servers: `mail.test` for `mxfront7.mail.test`.
    Below(String),
    /// None at all: Exchange Online writes no name.
    Unnamed,
}

impl Server {
    pub(super) fn is(&self, server: Option<&str>) -> bool {
        match (self, server) {
            (Self::Unnamed, None) => true,
            (Self::Named(name), Some(server)) => ascii(name) == ascii(server),
            (Self::Below(parent), Some(server)) => {
                let (server, parent) = (ascii(server), ascii(parent));
                server != parent && is_within(&server, &parent)
            }
            _ => false,
        }
    }
}

/// How a site's servers mark mail that one of its own people handed in under their password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// `auth=pass smtp.auth=anna` in a value of ours (RFC 8601, 2.7.4); only where people log in under their address,
    /// or the part of it before the `@`.
    pub auth: bool,
    /// `local=pass` in a value of ours: handed in on a trusted network.
    pub local: bool,
    /// `X-MS-Exchange-Organization-AuthAs: Internal`, which the servers take out of mail from outside.
    pub exchange: bool,
}

/// What a site says of its mail servers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustPolicy {
    /// The names under which they judge. None: they judge nothing, and the site lives on tokens.
    pub servers: Vec<Server>,
    /// Whether they take out values that came with a mail and bear their names. Then all of theirs count, else only
    /// the topmost.
    pub removes_forged: bool,
    /// The most `Received` lines that stand above a value of theirs; not looked at where absent.
    pub hops_above_max: Option<u32>,
    /// The site's own domains; what lies below them belongs to the site, too.
    pub own_domains: Vec<String>,
    /// How they mark mail of their own people.
    pub submission: Submission,
    /// How many days a way holds by which an agent has said that their mail comes; 0: never longer than the mails at
    /// hand.
    #[serde(default = "challenge_days_default")]
    pub challenge_days: u32,
}

/// How long a confirmed way holds where the site says nothing, in days.
pub const CHALLENGE_DAYS_DEFAULT: u32 = 30;

const fn challenge_days_default() -> u32 {
    CHALLENGE_DAYS_DEFAULT
}

impl Default for TrustPolicy {
    fn default() -> Self {
        Self {
            servers: Vec::new(),
            removes_forged: false,
            hops_above_max: None,
            own_domains: Vec::new(),
            submission: Submission::default(),
            challenge_days: CHALLENGE_DAYS_DEFAULT,
        }
    }
}

impl TrustPolicy {
    /// Whether the site's servers can prove anything of a sender.
    #[must_use]
    pub const fn can_prove(&self) -> bool {
        !self.servers.is_empty() || self.submission.exchange
    }

    /// Whether the domain is one of the site's own, or lies below one.
    #[must_use]
    pub fn is_own(&self, domain: &str) -> bool {
        let domain = ascii(domain);
        self.own_domains
            .iter()
            .any(|own| is_within(&domain, &ascii(own)))
    }

    /// Whether a domain that passed a check may speak for an author's; both for comparing.
    pub(super) fn may_speak(&self, passed: &str, author: &str) -> bool {
        passed == author || (is_within(author, passed) && self.is_own(passed))
    }
}

/// Somebody whose name others may want to borrow: an agent, a head.
#[derive(Debug, Clone)]
pub struct Staff<'a> {
    /// The name people see.
    pub name: &'a str,
    /// The addresses they write from.
    pub addresses: Vec<&'a Address>,
}
