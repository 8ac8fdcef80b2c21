//! `[trust]`: what the site says of its mail servers and its domains.

use std::collections::BTreeSet;

use super::{
    file::Reader,
    problems::{At, Notes, Spot},
    section::{Section, flag},
    values,
    written::File,
};
use crate::desk::trust::{CHALLENGE_DAYS_DEFAULT, Server, Submission, TrustPolicy};

/// The table as written.
#[derive(Debug)]
pub(super) struct Trust {
    spot: Spot,
    servers: Vec<Server>,
    removes_forged: bool,
    hops_above_max: Option<u32>,
    domains: Option<At<Vec<String>>>,
    submission: Submission,
    only_tokens: Option<At<bool>>,
    challenge_days: u32,
}

/// The most `Received` lines that a site's own servers may add; more than a hundred is a loop (RFC 5321, 6.3).
const HOPS_MAX: u32 = 100;

impl Reader<'_> {
    /// Reads `[trust]`.
    pub(super) fn trust(&mut self, top: &mut Section<'_>) -> Option<Trust> {
        let mut section = top.section(self.notes, "trust")?;
        let servers = section.list(self.notes, "servers", server);
        let is_unnamed = flag(&mut section, self.notes, "unnamed");
        let removes_forged = flag(&mut section, self.notes, "removes_forged");
        let hops = section.number(self.notes, "hops_above_max", 0..=HOPS_MAX);
        let domains = section.list(self.notes, "domains", values::host);
        let submission = section.list(self.notes, "submission", submitted);
        let only_tokens = flag(&mut section, self.notes, "only_tokens");
        let challenge_days = section.number(self.notes, "challenge_days", 0..=365);
        let mut trust = Trust {
            spot: section.spot.clone(),
            servers: servers.map(|at| at.value).unwrap_or_default(),
            removes_forged: removes_forged.is_some_and(|at| at.value),
            hops_above_max: hops.map(|at| at.value),
            domains,
            submission: Submission::default(),
            only_tokens,
            challenge_days: challenge_days.map_or(CHALLENGE_DAYS_DEFAULT, |at| at.value),
        };
        if is_unnamed.is_some_and(|at| at.value) {
            trust.servers.push(Server::Unnamed);
        }
        for way in submission.map(|at| at.value).unwrap_or_default() {
            match way {
                Way::Auth => trust.submission.auth = true,
                Way::Local => trust.submission.local = true,
                Way::Exchange => trust.submission.exchange = true,
            }
        }
        section.finish(self.notes);
        Some(trust)
    }
}

/// A word of `submission`.
#[derive(Debug, Clone, Copy)]
enum Way {
    Auth,
    Local,
    Exchange,
}

fn submitted(words: &str) -> Result<Way, String> {
    match words {
        "auth" => Ok(Way::Auth),
        "local" => Ok(Way::Local),
        "exchange" => Ok(Way::Exchange),
        _ => Err("\"auth\", \"local\" or \"exchange\" is expected".to_owned()),
    }
}

/// A name as it stands first in `Authentication-Results`, or a domain behind `*.`.
fn server(words: &str) -> Result<Server, String> {
    let (is_below, name) = match words.strip_prefix("*.") {
        Some(parent) => (true, parent),
        None => (false, words),
    };
    let is_name = !name.is_empty()
        && !name.contains('*')
        && name
            .chars()
            .all(|c| !c.is_whitespace() && !";\"()<>,".contains(c));
    if !is_name {
        return Err(
            "a server's name is expected as it stands first in Authentication-Results, \"mx.uni.test\", or \
             \"*.mail.test\" for every name below a domain"
                .to_owned(),
        );
    }
    if !is_below {
        return Ok(Server::Named(name.to_owned()));
    }
    // Everybody can have a name below "ru".
    if !name.trim_matches('.').contains('.') {
        return Err(format!(
            "\"*.{name}\" is too wide: anybody may have a server there"
        ));
    }
    Ok(Server::Below(name.to_owned()))
}

/// What decisions go by. Without the table servers judge nothing, and the site lives on tokens.
pub(super) fn resolve(file: &File, notes: &mut Notes) -> TrustPolicy {
    let Some(trust) = &file.trust else {
        return TrustPolicy {
            own_domains: domains_in_use(file),
            ..TrustPolicy::default()
        };
    };
    let only_tokens = trust.only_tokens.as_ref().filter(|at| at.value);
    let submission = trust.submission;
    let is_judged = !trust.servers.is_empty();
    match only_tokens {
        Some(only) if is_judged || submission != Submission::default() => notes.problem(
            &only.spot,
            "says that no server of yours judges mail; leave it out, or `servers`, `unnamed` and `submission`",
        ),
        None if !is_judged && !submission.exchange => notes.problem(
            &trust.spot.below("servers"),
            "is missing; write servers = [\"mx.uni.test\"], the name that your mail server writes first in \
             Authentication-Results, or only_tokens = true where it writes none",
        ),
        None if !is_judged && (submission.auth || submission.local) => notes.problem(
            &trust.spot.below("servers"),
            "is missing; \"auth\" and \"local\" stand in what your mail servers write; write servers = [\"mx.uni.test\"]",
        ),
        Some(_) | None => {}
    }
    let domains = trust.domains.as_ref().map(|at| at.value.clone());
    TrustPolicy {
        servers: trust.servers.clone(),
        removes_forged: trust.removes_forged,
        hops_above_max: trust.hops_above_max,
        own_domains: domains.unwrap_or_else(|| domains_in_use(file)),
        submission,
        challenge_days: trust.challenge_days,
    }
}

/// Whoever tries something out is answered only where it is proven who writes.
pub(super) fn trials_are_answered(file: &File, policy: &TrustPolicy, notes: &mut Notes) {
    let tried = file
        .mailboxes
        .values()
        .filter_map(|own| own.dry_run.as_ref());
    for address in tried.filter(|_| !policy.can_prove()) {
        notes.warning(
            &address.spot,
            "nobody would be answered: only proven mail of agents is, and without servers in [trust] none is",
        );
    }
}

/// The domains of mailboxes and agents, each once.
fn domains_in_use(file: &File) -> Vec<String> {
    let mailboxes = file.mailboxes.values().map(|mailbox| &mailbox.address);
    let agents = file.agents.values().map(|agent| &agent.address);
    let domains: BTreeSet<String> = mailboxes
        .chain(agents)
        .flatten()
        .map(|at| at.value.domain().to_owned())
        .collect();
    domains.into_iter().collect()
}
