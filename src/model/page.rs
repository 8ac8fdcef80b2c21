//! The page: where it listens, and who may look.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, SocketAddr},
};

use super::ids::QueueName;

/// How the page is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSettings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The names by which people call it, besides `localhost` and addresses in numbers.
    pub hosts: BTreeSet<String>,
    /// Whether agents' names are shown.
    pub shows_names: bool,
    /// The reverse proxy in front of it, if it says who looks or where from.
    pub proxy: Option<Proxy>,
    /// Who may look, by name; empty: whoever reaches it.
    pub viewers: BTreeMap<String, Viewer>,
}

/// A reverse proxy that has asked people who they are, or knows where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// The header that names whoever looks, in lower case; `None`: the proxy asks nobody.
    pub header: Option<String>,
    /// The header that says where they come from (`x-forwarded-for`), in lower case: the last address in it is the one that
    /// the proxy has seen. `None`: all that come through it are counted as one.
    pub client: Option<String>,
    /// Where the proxy connects from.
    pub trusted: BTreeSet<IpAddr>,
}

/// Somebody who may look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// How they prove it; `None`: only the proxy can name them.
    pub proof: Option<Proof>,
    /// The queues they see; `None`: everything.
    pub queues: Option<BTreeSet<QueueName>>,
}

/// What somebody proves their name with. None of it lets anybody find out the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A password (HTTP Basic, RFC 7617), as a PHC string of argon2id.
    Password(String),
    /// A long random token (Bearer, RFC 6750), as its SHA-256 in lower-case hexadecimal.
    Token(String),
}
