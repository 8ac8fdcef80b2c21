//! Who may look: decided from what a request brings, and nothing else.

use std::{
    collections::BTreeSet,
    net::{IpAddr, SocketAddr},
};

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::model::{
    ids::QueueName,
    page::{PageSettings, Proof, Proxy, Viewer},
};

/// The longest header that says who somebody is, in bytes.
const CREDENTIALS_MAX: usize = 1024;

/// What a request brings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'r> {
    /// Where it comes from.
    pub peer: Option<IpAddr>,
    /// `Host`, as sent.
    pub host: Option<&'r str>,
    /// `Authorization`, as sent.
    pub authorization: Option<&'r str>,
    /// The proxy's header, as sent.
    pub named: Option<&'r str>,
    /// Whether one of these was sent more than once: a browser may have smuggled its own past the proxy.
    pub is_twofold: bool,
    /// Whether somebody has passed it on: a proxy, as far as its headers or its old HTTP tell.
    pub is_passed_on: bool,
}

/// What somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sees {
    /// Everything.
    All,
    /// The pages of these queues, and no mailboxes.
    Queues(BTreeSet<QueueName>),
}

/// Why nothing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// A header that says who or where was sent twice.
    Twofold,
    /// The page is not called so: a stranger's page may have sent a browser here (DNS rebinding).
    Host,
    /// A proxy that the configuration does not know opens the page to others, and nothing says who may look.
    PassedOn,
    /// Nobody has said who they are.
    Unnamed,
    /// What they said is not true.
    Wrong,
    /// They are known, and nothing is open to them.
    Unknown,
}

impl PageSettings {
    /// Whether the page is called so.
    #[must_use]
    pub fn is_called(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            // An IPv6 address, with a port behind the bracket.
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        name == "localhost" || name.parse::<IpAddr>().is_ok() || self.hosts.contains(&name)
    }
}

/// What a request comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'s> {
    /// It may see so much.
    Sees(Sees),
    /// It may if the password it brings is the one of this PHC string, which takes long to find out.
    IfProven {
        /// The PHC string.
        hash: &'s str,
        /// What was sent.
        password: String,
        /// What it would see; `None`: nothing, whatever is proven. Who is unknown waits as long as who is known, and cannot tell.
        sees: Option<Sees>,
    },
}

/// What somebody sees, or what must be proven first.
///
/// # Errors
/// Why nothing.
pub fn judge<'s>(settings: &'s PageSettings, asked: Asked<'_>) -> Result<Verdict<'s>, Denied> {
    if asked.is_twofold {
        return Err(Denied::Twofold);
    }
    if !asked.host.is_some_and(|host| settings.is_called(host)) {
        return Err(Denied::Host);
    }
    if let Some(name) = named_by_proxy(settings, asked) {
        return match settings.viewers.get(name) {
            Some(viewer) => Ok(Verdict::Sees(sees(viewer))),
            None if settings.viewers.is_empty() => Ok(Verdict::Sees(Sees::All)),
            None => Err(Denied::Unknown),
        };
    }
    if let Some(credentials) = asked.authorization.filter(|_| has_proofs(settings)) {
        return claimed(settings, credentials).ok_or(Denied::Wrong);
    }
    let proxy = settings.proxy.as_ref();
    let names = proxy.is_some_and(|proxy| proxy.header.is_some());
    match !names && settings.viewers.is_empty() {
        true if asked.is_passed_on => Err(Denied::PassedOn),
        true => Ok(Verdict::Sees(Sees::All)),
        false => Err(Denied::Unnamed),
    }
}

/// Whom the proxy names. Its header counts from the proxy alone: anybody else could write it.
#[must_use]
pub fn named_by_proxy<'r>(settings: &PageSettings, asked: Asked<'r>) -> Option<&'r str> {
    let is_proxy = |peer| proxy_at(settings, peer).is_some();
    let named = asked.named.filter(|_| asked.peer.is_some_and(is_proxy));
    named.map(str::trim).filter(|name| !name.is_empty())
}

/// Where a request comes from: what the proxy says of it, if it came through the proxy, or else who sent it. `path` is the
/// proxy's header with the way the request took; each proxy adds at the end whom it has seen, so that the last address that is
/// no proxy of ours is the one to believe, and what stands before it may be anybody's invention.
#[must_use]
pub fn origin(settings: &PageSettings, peer: IpAddr, path: Option<&str>) -> IpAddr {
    if proxy_at(settings, peer).is_none() {
        return peer;
    }
    let mut nearest_first = path.unwrap_or_default().rsplit(',');
    nearest_first
        .find_map(|hop| match address_of(hop.trim()) {
            Some(hop) if proxy_at(settings, hop).is_some() => None,
            hop => Some(hop.unwrap_or(peer)),
        })
        .unwrap_or(peer)
}

/// An address as proxies write it: bare, in brackets, with a port.
fn address_of(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address: Option<IpAddr> = bare.parse().ok();
    let address = address.or_else(|| hop.parse().ok().map(|socket: SocketAddr| socket.ip()));
    address.map(|address| address.to_canonical())
}

fn proxy_at(settings: &PageSettings, peer: IpAddr) -> Option<&Proxy> {
    let proxy = settings.proxy.as_ref();
    proxy.filter(|proxy| proxy.trusted.contains(&peer.to_canonical()))
}

/// Whether anybody may prove themselves here, so that a browser should ask for a password.
#[must_use]
pub fn has_proofs(settings: &PageSettings) -> bool {
    settings
        .viewers
        .values()
        .any(|viewer| viewer.proof.is_some())
}

fn claimed<'s>(settings: &'s PageSettings, credentials: &str) -> Option<Verdict<'s>> {
    if credentials.len() > CREDENTIALS_MAX {
        return None;
    }
    let (scheme, value) = credentials.split_once(' ')?;
    let value = value.trim();
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => {
            let decoded = String::from_utf8(BASE64.decode(value.as_bytes()).ok()?).ok()?;
            let (name, password) = decoded.split_once(':')?;
            let known = settings.viewers.get(name);
            let own = known.and_then(|viewer| Some((hash_of(viewer)?, Some(sees(viewer)))));
            let decoy = || Some((settings.viewers.values().find_map(hash_of)?, None));
            let (hash, sees) = own.or_else(decoy)?;
            Some(Verdict::IfProven {
                hash,
                password: password.to_owned(),
                sees,
            })
        }
        "bearer" => {
            let digest = HEXLOWER.encode(&Sha256::digest(value.as_bytes()));
            let mut viewers = settings.viewers.values();
            // Digests may be compared as they come: whoever could guess them bit by bit would have to guess what they are of.
            viewers
                .find(|viewer| viewer.proof.as_ref() == Some(&Proof::Token(digest.clone())))
                .map(|viewer| Verdict::Sees(sees(viewer)))
        }
        _ => None,
    }
}

/// The PHC string of whoever has a password.
fn hash_of(viewer: &Viewer) -> Option<&str> {
    match &viewer.proof {
        Some(Proof::Password(hash)) => Some(hash),
        Some(Proof::Token(_)) | None => None,
    }
}

fn sees(viewer: &Viewer) -> Sees {
    match &viewer.queues {
        Some(queues) => Sees::Queues(queues.clone()),
        None => Sees::All,
    }
}

impl Sees {
    /// Whether mailboxes and everybody's load are shown: they are nobody's queue.
    #[must_use]
    pub const fn house(&self) -> bool {
        matches!(self, Self::All)
    }

    /// Whether the page of that queue is open to them.
    #[must_use]
    pub fn queue(&self, name: &QueueName) -> bool {
        match self {
            Self::All => true,
            Self::Queues(queues) => queues.contains(name),
        }
    }

    /// Whether they are shown its single tickets: those of a confidential queue only if it is opened to them by name.
    #[must_use]
    pub fn tickets(&self, name: &QueueName, is_confidential: bool) -> bool {
        match self {
            Self::All => !is_confidential,
            Self::Queues(queues) => queues.contains(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::page::Proxy;

    fn settings() -> PageSettings {
        PageSettings {
            listen: "127.0.0.1:8025".parse().expect("an address"),
            hosts: BTreeSet::from(["desk.uni.test".to_owned()]),
            shows_names: false,
            proxy: None,
            viewers: BTreeMap::new(),
        }
    }

    fn viewer(proof: Option<Proof>, queues: &[&str]) -> Viewer {
        let queues = queues.iter().map(|name| QueueName::from(*name));
        let queues: BTreeSet<QueueName> = queues.collect();
        Viewer {
            proof,
            queues: (!queues.is_empty()).then_some(queues),
        }
    }

    fn with_viewers() -> PageSettings {
        let token = HEXLOWER.encode(&Sha256::digest(b"long-and-random"));
        PageSettings {
            viewers: BTreeMap::from([
                (
                    "darya".to_owned(),
                    viewer(Some(Proof::Password("hash of сова".to_owned())), &["it"]),
                ),
                ("monitor".to_owned(), viewer(Some(Proof::Token(token)), &[])),
                ("rector".to_owned(), viewer(None, &[])),
            ]),
            ..settings()
        }
    }

    fn with_proxy() -> PageSettings {
        PageSettings {
            proxy: Some(Proxy {
                header: Some("remote-user".to_owned()),
                client: None,
                trusted: BTreeSet::from([IpAddr::from([127, 0, 0, 1])]),
            }),
            ..with_viewers()
        }
    }

    /// What comes out where a password is right that the hash is called after.
    fn judged(settings: &PageSettings, asked: Asked<'_>) -> Result<Sees, Denied> {
        let asked = Asked {
            peer: asked.peer.or_else(|| Some(IpAddr::from([127, 0, 0, 1]))),
            host: asked.host.or(Some("127.0.0.1:8025")),
            ..asked
        };
        match judge(settings, asked)? {
            Verdict::Sees(sees) => Ok(sees),
            Verdict::IfProven {
                hash,
                password,
                sees,
            } => {
                let sees = sees.filter(|_| hash == format!("hash of {password}"));
                sees.ok_or(Denied::Wrong)
            }
        }
    }

    fn basic(words: &str) -> String {
        format!("Basic {}", BASE64.encode(words.as_bytes()))
    }

    #[test]
    fn a_page_that_only_this_machine_reaches_is_open() {
        assert_eq!(judged(&settings(), Asked::default()), Ok(Sees::All));
    }

    #[test]
    fn a_stranger_may_not_send_a_browser_here_under_a_name_of_its_own() {
        for (host, is_ours) in [
            ("127.0.0.1:8025", true),
            ("[::1]:8025", true),
            ("localhost", true),
            ("LocalHost:8025", true),
            ("desk.uni.test", true),
            ("Desk.Uni.Test.:443", true),
            ("evil.example", false),
            ("desk.uni.test.evil.example", false),
            ("", false),
        ] {
            let asked = Asked {
                host: Some(host),
                ..Asked::default()
            };
            let seen = judged(&settings(), asked);
            assert_eq!(seen.is_ok(), is_ours, "{host}");
        }
    }

    #[test]
    fn whoever_must_prove_themselves_is_asked_also_on_this_machine() {
        let settings = with_viewers();
        assert_eq!(judged(&settings, Asked::default()), Err(Denied::Unnamed));
        let proven = |credentials: &str| {
            let asked = Asked {
                authorization: Some(credentials),
                ..Asked::default()
            };
            judged(&settings, asked)
        };
        let it = Sees::Queues(BTreeSet::from(["it".into()]));
        assert_eq!(proven(&basic("darya:сова")), Ok(it));
        assert_eq!(proven("Bearer long-and-random"), Ok(Sees::All));
        for wrong in [
            basic("darya:филин"),
            basic("darya:"),
            basic("nobody:сова"),
            // A token is no password, and who has none cannot prove anything.
            basic("monitor:long-and-random"),
            basic("rector:"),
            "Bearer ".to_owned(),
            "Bearer long-and-randoM".to_owned(),
            "Basic %%%".to_owned(),
            "Digest x".to_owned(),
            format!("Basic {}", "A".repeat(5000)),
        ] {
            assert_eq!(proven(&wrong), Err(Denied::Wrong), "{wrong:.40}");
        }
    }

    /// Whoever tries names is not told by the clock which of them are known: there is a password to be proven for each.
    #[test]
    fn an_unknown_name_takes_as_long_as_a_known_one() {
        let settings = with_viewers();
        for name in ["nobody", "monitor", "rector"] {
            let credentials = basic(&format!("{name}:сова"));
            let asked = Asked {
                host: Some("127.0.0.1:8025"),
                authorization: Some(&credentials),
                ..Asked::default()
            };
            let verdict = judge(&settings, asked);
            let expected = Verdict::IfProven {
                hash: "hash of сова",
                password: "сова".to_owned(),
                sees: None,
            };
            assert_eq!(verdict, Ok(expected), "{name}");
        }
    }

    #[test]
    fn of_a_confidential_queue_tickets_are_shown_to_whom_it_is_opened_by_name() {
        let (hr, it) = (QueueName::from("hr"), QueueName::from("it"));
        let hers = Sees::Queues(BTreeSet::from([hr.clone()]));
        assert!(hers.tickets(&hr, true) && !hers.tickets(&it, false));
        assert!(Sees::All.tickets(&it, false) && !Sees::All.tickets(&hr, true));
    }

    #[test]
    fn the_proxys_word_counts_from_the_proxy_alone() {
        let settings = with_proxy();
        let named = |name, peer: [u8; 4]| {
            let asked = Asked {
                named: Some(name),
                peer: Some(peer.into()),
                ..Asked::default()
            };
            judged(&settings, asked)
        };
        assert_eq!(named("rector", [127, 0, 0, 1]), Ok(Sees::All));
        assert_eq!(named("ivan", [127, 0, 0, 1]), Err(Denied::Unknown));
        assert_eq!(named(" ", [127, 0, 0, 1]), Err(Denied::Unnamed));
        assert_eq!(named("rector", [192, 0, 2, 7]), Err(Denied::Unnamed));
    }

    #[test]
    fn what_is_said_twice_is_not_believed_once() {
        let asked = Asked {
            named: Some("rector"),
            is_twofold: true,
            ..Asked::default()
        };
        assert_eq!(judged(&with_proxy(), asked), Err(Denied::Twofold));
        assert_eq!(judged(&settings(), asked), Err(Denied::Twofold));
    }
}
