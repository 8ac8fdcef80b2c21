//! How far the sender of a mail is believed, from what our own mail servers say of it (RFC 8601, DOMAIN 4.3).
//!
//! [`judge`] answers *proven*, *claimed* or *suspicious*, with the ground for it. That somebody knows a token of ours
//! proves a conversation and no person; it is weighed where the conversation is known.
//!
//! ## Which `Authentication-Results` are our own
//!
//! Anybody can put one with our server's name into a mail. RFC 8601, 5 obliges the server to take such ones out; not
//! every server does. Header fields are added on top, so what stands above a value was added after it. A value counts
//! if
//!
//! 1. it and all values above it bear names of the site's servers: one of another server above it means that the mail
//!    went on from there, and with it anything may have been written;
//! 2. no more `Received` lines stand above it than the house itself adds ([`TrustPolicy::hops_above_max`], where
//!    given): one that came with the mail has at least the hop into the house above it;
//! 3. it is the topmost, unless the site knows that its servers take forged ones out
//!    ([`TrustPolicy::removes_forged`]): a server that judges every mail stands above all that the mail brought along,
//!    and a second value may be the sender's.
//!
//! ## Who may speak for a domain
//!
//! `dmarc=pass` counts for the domain it names, and has been aligned by a server that knows the list of public
//! suffixes. An own look at `dkim=pass` or `spf=pass` wants the very domain of From, or, within the site's own domains,
//! one above it (`uni.test` for `chem.uni.test`: who owns the first hands out the second). No list of public suffixes
//! is carried along: it ages, and a wrong *yes* of it is worse than a code by mail. A domain below From's never speaks
//! for it: `students.uni.test` is run by others than `uni.test`.

mod domain;
mod evidence;
mod ground;
mod guise;
mod policy;
mod results;

pub use self::evidence::envelope_seen;
use self::{evidence::evidence, results::Value};
pub use self::{
    ground::Ground,
    policy::{CHALLENGE_DAYS_DEFAULT, Server, Staff, Submission, TrustPolicy},
};
use crate::model::message::Reading;

/// How far the author of this mail is believed, tokens left aside. `staff` are those whose names are watched.
#[must_use]
pub fn judge(reading: &Reading, policy: &TrustPolicy, staff: &[Staff<'_>]) -> Ground {
    // An author who was made up for one that is missing is nobody's claim.
    let is_missing = reading
        .message
        .oddities
        .iter()
        .any(|code| code == "no_from");
    let from = reading.message.from.as_ref().filter(|_| !is_missing);
    let Some((from, author)) = from.and_then(|from| Some((from, from.parsed()?))) else {
        return Ground::NoAuthor;
    };
    if reading.marks.authors > 1 {
        return Ground::SeveralAuthors;
    }
    guise::guise(&author, from.name.as_deref(), policy, staff)
        .unwrap_or_else(|| evidence(reading, &author, policy))
}

/// The names of the servers that judged this mail, topmost first, whoever they are: what an administrator chooses
/// from. The empty name is that of a server that gives none; a value that cannot be read is left out.
#[must_use]
pub fn servers_of(reading: &Reading) -> Vec<String> {
    let values = reading.message.authentication.iter();
    values
        .filter_map(|written| Value::read(written))
        .map(|value| value.server.unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests;
