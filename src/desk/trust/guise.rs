//! Who a From line wants to be taken for: display names with another's address or an agent's name, domains that look
//! like our own.

use super::{Ground, Staff, TrustPolicy, domain::ascii};
use crate::model::{
    address::Address,
    lookalike::{is_invisible, skeleton},
};

/// The longest display name that is looked at, in characters.
const NAME_MAX: usize = 1000;

/// What is wrong with the way an author presents themselves, if anything is.
pub(super) fn guise(
    author: &Address,
    name: Option<&str>,
    policy: &TrustPolicy,
    staff: &[Staff<'_>],
) -> Option<Ground> {
    let name: String = name
        .unwrap_or_default()
        .chars()
        .filter(|c| !is_invisible(*c))
        .take(NAME_MAX)
        .collect();
    if author.local().contains('@') || shows_other_address(&name, author, staff) {
        return Some(Ground::OtherAddressInName);
    }
    if policy.is_own(author.domain()) {
        return None;
    }
    if is_staff_name(&name, author, staff) {
        return Some(Ground::StaffNameOutside);
    }
    looks_like_own(author.domain(), policy)
        .then_some(Ground::LookAlikeDomain)
        .or_else(|| mixes_scripts(author.domain()).then_some(Ground::MixedScripts))
}

/// Whether a display name shows an address that is not the author's. Its own, with or without a detail, is common, and
/// so is an older one of an agent's.
fn shows_other_address(name: &str, author: &Address, staff: &[Staff<'_>]) -> bool {
    let is_same_agent = |shown: &Address| {
        let known = staff.iter().map(|one| &one.addresses);
        known
            .into_iter()
            .any(|known| known.contains(&author) && known.contains(&shown))
    };
    name.replace('＠', "@")
        .split(|c: char| c.is_whitespace() || "<>()[]{}\"',;:|«»“”".contains(c))
        .map(|word| word.trim_matches(['.', '!', '?', '-', '/']))
        .filter(|word| word.contains('@'))
        .filter_map(|word| Address::parse(word).ok())
        .filter(|shown| shown.domain().contains('.'))
        .any(|shown| {
            let is_author = shown.without_detail().local() == author.without_detail().local()
                && ascii(shown.domain()) == ascii(author.domain());
            !is_author && !is_same_agent(&shown)
        })
}

/// Whether a display name holds all the words of an agent's name, look-alike letters or not, and the address is none
/// of that agent's. A name of one word is everybody's.
fn is_staff_name(name: &str, author: &Address, staff: &[Staff<'_>]) -> bool {
    let shown = words(name);
    staff.iter().any(|one| {
        let known = words(one.name);
        known.len() > 1
            && known.iter().all(|word| shown.contains(word))
            && !one.addresses.contains(&author)
    })
}

fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(skeleton)
        .collect()
}

/// Whether a foreign domain, or what ends it, passes for one of ours, or carries one of ours in front
/// (`uni.test.evil.example`).
fn looks_like_own(domain: &str, policy: &TrustPolicy) -> bool {
    let shown = skeleton(&shown(domain));
    policy.own_domains.iter().any(|own| {
        let own = skeleton(&shown_own(own));
        !own.is_empty()
            && (shown == own
                || shown.ends_with(&format!(".{own}"))
                || shown.starts_with(&format!("{own}."))
                || shown.contains(&format!(".{own}.")))
    })
}

/// Whether one label mixes Latin letters with Cyrillic or Greek ones: no honest domain does.
fn mixes_scripts(domain: &str) -> bool {
    shown(domain).split('.').any(|label| {
        let is_latin = label.chars().any(|c| c.is_ascii_alphabetic());
        let is_other = label
            .chars()
            .any(|c| matches!(c, '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{52F}'));
        is_latin && is_other
    })
}

/// The domain as programs show it: `xn--` labels in letters.
fn shown(domain: &str) -> String {
    idna::domain_to_unicode(domain).0
}

fn shown_own(domain: &str) -> String {
    shown(domain.trim().trim_end_matches('.'))
}
