//! What the site's own servers say of an author: which judgements are theirs, and what they prove.

use super::{
    Ground, TrustPolicy,
    domain::{ascii, domain_in},
    results::{Outcome, Value},
};
use crate::model::{address::Address, message::Reading};

/// What our servers say of the author.
pub(super) fn evidence(reading: &Reading, author: &Address, policy: &TrustPolicy) -> Ground {
    let domain = ascii(author.domain());
    if is_internal(reading, &domain, policy) {
        return Ground::Internal;
    }
    if policy.servers.is_empty() {
        return Ground::NoServers;
    }
    let Some(outcomes) = believed(reading, policy) else {
        return Ground::NotJudged;
    };
    if has_odd_envelope(reading) {
        return Ground::OddEnvelope;
    }
    if let Some(ground) = submission(&outcomes, author, &domain, policy) {
        return ground;
    }
    let dmarc = about(&outcomes, "dmarc", |outcome| {
        outcome
            .property("header.from")
            .is_none_or(|from| domain_in(from) == domain)
    });
    if let Some(failed) = dmarc.iter().find(|outcome| outcome.result == "fail") {
        return match (policy.is_own(&domain), failed.is_strict()) {
            (true, _) => Ground::OwnDomainForged,
            (false, true) => Ground::DmarcRefused,
            (false, false) => Ground::DmarcFailed,
        };
    }
    let is_named = |outcome: &&&Outcome| outcome.property("header.from").is_some();
    if dmarc.iter().filter(is_named).count() > 0
        && dmarc.iter().all(|outcome| outcome.result == "pass")
    {
        return Ground::Dmarc;
    }
    by_parts(&outcomes, &domain, policy)
}

/// The envelope's sender, where one of our servers has proven it by SPF. It is nobody's name, but a way by which an
/// agent's mail may come: whoever else may write from there is the author's to know.
#[must_use]
pub fn envelope_seen(reading: &Reading, policy: &TrustPolicy) -> Option<String> {
    let outcomes = believed(reading, policy)?;
    let mut spf = outcomes.iter().filter(|outcome| outcome.method == "spf");
    let first = spf.next()?;
    let is_alone = spf.next().is_none();
    let is_proven = is_alone && first.result == "pass" && !has_odd_envelope(reading);
    envelope(first)
        .filter(|seen| is_proven && !seen.is_empty())
        .map(str::to_lowercase)
}

/// DKIM and SPF, each looked at by ourselves.
fn by_parts(outcomes: &[Outcome], domain: &str, policy: &TrustPolicy) -> Ground {
    let speaks = |passed: Option<&str>| {
        passed.is_some_and(|passed| policy.may_speak(&domain_in(passed), domain))
    };
    let is_signed = |outcome: &Outcome| {
        // The identity of `header.i` lies at or below the signing domain (RFC 6376, 3.5), so it may stand in for it.
        outcome.is("dkim", "pass")
            && speaks(
                outcome
                    .property("header.d")
                    .or_else(|| outcome.property("header.i")),
            )
    };
    if outcomes.iter().any(is_signed) {
        return Ground::Dkim;
    }
    let spf = about(outcomes, "spf", |outcome| speaks(envelope(outcome)));
    if spf.iter().any(|outcome| outcome.result == "fail") {
        return match policy.is_own(domain) {
            true => Ground::OwnDomainForged,
            false => Ground::NotProven,
        };
    }
    if spf.iter().any(|outcome| outcome.result == "pass") {
        return Ground::Spf;
    }
    match policy.is_own(domain)
        && outcomes
            .iter()
            .any(|outcome| is_from_elsewhere(outcome, policy))
    {
        true => Ground::OwnDomainForged,
        false => Ground::NotProven,
    }
}

/// Whether the envelope, whatever SPF found, names a domain that is not the site's: a letter that bears one of the
/// site's own and was posted under another's.
fn is_from_elsewhere(outcome: &Outcome, policy: &TrustPolicy) -> bool {
    let posted = envelope(outcome).filter(|_| outcome.method == "spf");
    let domain = posted.map(domain_in).unwrap_or_default();
    !domain.is_empty() && !policy.is_own(&domain)
}

/// The outcomes of a method that are about what `is_meant` says.
fn about<'o>(
    outcomes: &'o [Outcome],
    method: &str,
    is_meant: impl Fn(&Outcome) -> bool,
) -> Vec<&'o Outcome> {
    let all = outcomes.iter().filter(|outcome| outcome.method == method);
    all.filter(|outcome| is_meant(outcome)).collect()
}

/// The envelope's sender that SPF is about; Yandex calls it `smtp.mail`.
fn envelope(outcome: &Outcome) -> Option<&str> {
    outcome
        .property("smtp.mailfrom")
        .or_else(|| outcome.property("smtp.mail"))
}

/// Whether one of the site's own people handed it in, and who. It weighs more than all that follows: the site's own
/// signature and servers speak for whatever any of its people sends, whoever they write as.
fn submission(
    outcomes: &[Outcome],
    author: &Address,
    domain: &str,
    policy: &TrustPolicy,
) -> Option<Ground> {
    let handed_in = outcomes
        .iter()
        .filter(|outcome| policy.submission.auth && outcome.is("auth", "pass"));
    let mut logins = handed_in
        .filter_map(|outcome| outcome.property("smtp.auth"))
        .map(str::to_lowercase)
        .peekable();
    if !policy.is_own(domain) {
        return None;
    }
    if logins.peek().is_some() {
        let is_author = logins.all(|login| match login.rsplit_once('@') {
            Some((local, at)) => local == author.local() && ascii(at) == domain,
            None => login == author.local(),
        });
        return Some(match is_author {
            true => Ground::Submission,
            false => Ground::OtherPassword,
        });
    }
    let is_local = |outcome: &Outcome| policy.submission.local && outcome.is("local", "pass");
    outcomes.iter().any(is_local).then_some(Ground::Submission)
}

/// Exchange's own word for mail of its own people. It writes the field once; twice means that one came along.
fn is_internal(reading: &Reading, domain: &str, policy: &TrustPolicy) -> bool {
    let [auth_as] = reading.marks.exchange_auth_as.as_slice() else {
        return false;
    };
    policy.submission.exchange && policy.is_own(domain) && auth_as.eq_ignore_ascii_case("internal")
}

/// What the site's own servers found; `None` where they judged nothing.
fn believed(reading: &Reading, policy: &TrustPolicy) -> Option<Vec<Outcome>> {
    let hops = reading.marks.hops_above.iter().copied().map(Some);
    let values = reading.message.authentication.iter();
    let mut own = values
        .zip(hops.chain(std::iter::repeat(None)))
        .map_while(|(written, hops)| {
            let is_near = match (policy.hops_above_max, hops) {
                (Some(max), Some(hops)) => hops <= max,
                // Where the site counts hops, one that nobody has counted is not believed.
                (Some(_), None) => false,
                (None, _) => true,
            };
            // What cannot be read may be ours or not: nothing below it is believed.
            let value = Value::read(written).filter(|_| is_near)?;
            let server = value.server.as_deref();
            let is_own = policy.servers.iter().any(|own| own.is(server));
            is_own.then_some(value.outcomes)
        });
    let first = own.next()?;
    Some(match policy.removes_forged {
        true => first.into_iter().chain(own.flatten()).collect(),
        false => first,
    })
}

/// Whether the envelope's sender holds what closes a remark or ends a result: a server that writes it into its
/// judgement unquoted writes what the sender wants.
fn has_odd_envelope(reading: &Reading) -> bool {
    let path = reading.message.return_path.as_deref().unwrap_or_default();
    path.contains(|c: char| c.is_whitespace() || c.is_control() || "\"();<>,\\".contains(c))
}
