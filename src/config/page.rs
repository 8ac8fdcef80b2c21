//! `[web]`: where the page listens, and who may look.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use argon2::PasswordHash;

use super::{
    file::Reader,
    problems::{At, Notes, Spot},
    section::{Section, flag},
    values,
    written::File,
};
use crate::model::page::{PageSettings, Proof, Proxy, Viewer};

/// The page, and the queues that are named in it.
type Written = (PageSettings, Vec<At<String>>);

/// Where it listens unless the file says otherwise: this machine alone reaches it.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8025);

impl Reader<'_> {
    /// Reads `[web]`.
    pub(super) fn page(&mut self, top: &mut Section<'_>) -> Option<Written> {
        let mut section = top.section(self.notes, "web")?;
        let listen = section.parsed(self.notes, "listen", address);
        let hosts = section.list(self.notes, "hosts", values::host);
        let hosts = hosts.map(|at| at.value).unwrap_or_default();
        let names = flag(&mut section, self.notes, "names");
        let proxy = section.section(self.notes, "proxy");
        let proxy = proxy.map(|proxy| self.proxy(proxy));
        // A proxy with a fault of its own is told once, there.
        let is_proxied = proxy.as_ref().is_some_and(|proxy| {
            let proxy = proxy.as_ref();
            proxy.is_none_or(|proxy| proxy.header.is_some())
        });
        let proxy = proxy.flatten();
        let mut queues = Vec::new();
        let mut viewers = BTreeMap::new();
        for (name, section) in section.named(self.notes, "viewer") {
            if name.value.contains(':') {
                let words = "a name with a colon cannot be written in front of a password";
                self.notes.problem(&name.spot, words);
            }
            let viewer = self.viewer(section, is_proxied, &mut queues);
            viewers.insert(name.value, viewer);
        }
        let listen = listen.unwrap_or_else(|| At {
            value: LISTEN,
            spot: section.spot.clone(),
        });
        section.finish(self.notes);
        let settings = PageSettings {
            listen: listen.value,
            hosts: hosts.iter().map(|host| host.to_ascii_lowercase()).collect(),
            shows_names: names.is_some_and(|at| at.value),
            proxy,
            viewers,
        };
        guarded(&settings, &listen.spot, self.notes);
        Some((settings, queues))
    }

    fn proxy(&mut self, mut section: Section<'_>) -> Option<Proxy> {
        if !section.has("client") {
            section.need("header", "header = \"Remote-User\"");
        }
        section.need(
            "from",
            "from = [\"127.0.0.1\"]: where the proxy connects from",
        );
        let (named, placed) = (section.has("header"), section.has("client"));
        let header = section.parsed(self.notes, "header", |words| {
            header_name(words, "Remote-User")
        });
        let client = section.parsed(self.notes, "client", |words| {
            header_name(words, "X-Forwarded-For")
        });
        let trusted = section.list(self.notes, "from", |words| {
            let address: Result<IpAddr, _> = words.parse();
            address
                .map(|address| address.to_canonical())
                .map_err(|_error| {
                    "an address in numbers is expected, such as \"127.0.0.1\"".to_owned()
                })
        });
        section.finish(self.notes);
        if (named && header.is_none()) || (placed && client.is_none()) {
            return None;
        }
        Some(Proxy {
            header: header.map(|header| header.value),
            client: client.map(|client| client.value),
            trusted: trusted?.value.into_iter().collect(),
        })
    }

    fn viewer(
        &mut self,
        mut section: Section<'_>,
        is_proxied: bool,
        named: &mut Vec<At<String>>,
    ) -> Viewer {
        let has_proof = ["password", "token"].iter().any(|key| section.has(key));
        if !has_proof && !is_proxied {
            let words = "nobody can come as this viewer; write password = (\"okno viewer password\" makes it) or token = \
                         (\"okno viewer token\"), or name the proxy that knows them in [web.proxy]";
            self.notes.problem(&section.spot, words);
        }
        let password = section.parsed(self.notes, "password", |words| {
            let is_hash = PasswordHash::new(words).is_ok_and(|hash| {
                // Whatever else it may be, it is not verified here.
                hash.algorithm.as_str().starts_with("argon2") && hash.hash.is_some()
            });
            match is_hash {
                true => Ok(Proof::Password(words.to_owned())),
                false => Err(
                    "not a password but its hash is expected; \"okno viewer password\" makes one"
                        .to_owned(),
                ),
            }
        });
        let token = section.parsed(self.notes, "token", |words| {
            let is_digest = words.len() == 64 && words.chars().all(|c| c.is_ascii_hexdigit());
            match is_digest {
                true => Ok(Proof::Token(words.to_ascii_lowercase())),
                false => Err(
                    "not a token but its SHA-256 is expected; \"okno viewer token\" makes both"
                        .to_owned(),
                ),
            }
        });
        if let (Some(_), Some(token)) = (&password, &token) {
            let words = "one viewer has a password or a token, not both; write two viewers";
            self.notes.problem(&token.spot, words);
        }
        let queues = section.list(self.notes, "queues", |words| Ok(words.to_owned()));
        if let Some(queues) = &queues {
            named.extend(queues.value.iter().map(|name| At {
                value: name.clone(),
                spot: queues.spot.clone(),
            }));
        }
        section.finish(self.notes);
        let queues = queues.map(|at| at.value);
        Viewer {
            proof: password.or(token).map(|at| at.value),
            queues: queues.map(|all| all.iter().map(|name| name.as_str().into()).collect()),
        }
    }
}

fn header_name(words: &str, example: &str) -> Result<String, String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match !words.is_empty() && words.chars().all(is_part) {
        true => Ok(words.to_ascii_lowercase()),
        false => Err(format!(
            "the name of a header is expected, such as \"{example}\""
        )),
    }
}

fn address(words: &str) -> Result<SocketAddr, String> {
    let expected = || {
        "an address in numbers and a port are expected: \"127.0.0.1:8025\", \"[::1]:8025\""
            .to_owned()
    };
    words.parse().map_err(|_error| expected())
}

/// What others than this machine reach must ask them who they are.
fn guarded(settings: &PageSettings, spot: &Spot, notes: &mut Notes) {
    let names = settings
        .proxy
        .as_ref()
        .is_some_and(|proxy| proxy.header.is_some());
    let is_guarded = names || !settings.viewers.is_empty();
    if !settings.listen.ip().is_loopback() && !is_guarded {
        notes.problem(
            spot,
            "others than this machine could reach the page there, and nothing says who may look; write a table \
             [web.viewer.NAME] with a password (\"okno viewer password\"), or [web.proxy] with header =",
        );
    }
    let is_open = !settings.listen.ip().is_loopback() && settings.proxy.is_none();
    if is_open
        && settings
            .viewers
            .values()
            .any(|viewer| viewer.proof.is_some())
    {
        notes.warning(
            spot,
            "passwords and tokens cross the network there for everybody to read: okno speaks no TLS; listen on this machine \
             alone, and put a reverse proxy with TLS in front of it",
        );
    }
    if settings.proxy.is_some() && !is_guarded {
        notes.problem(
            spot,
            "the proxy opens the page to others, and nobody asks them who they are; write a table [web.viewer.NAME] with a \
             password (\"okno viewer password\"), or say in [web.proxy] with header = which header names them",
        );
    }
}

/// The page, with its queues looked up.
pub(super) fn resolve(file: &File, notes: &mut Notes) -> Option<PageSettings> {
    let (settings, queues) = file.page.as_ref()?;
    let known: BTreeSet<&str> = file.queues.keys().map(String::as_str).collect();
    for At { value, spot } in queues {
        if !known.contains(value.as_str()) {
            notes.unknown(spot, "queue", value, known.iter().copied());
        }
    }
    Some(settings.clone())
}
