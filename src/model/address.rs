//! Addresses as people write them and as okno compares them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::Text;

/// An addr-spec (`anna@uni.test`), folded for comparing: both sides lower-case, no spaces, an international domain in
/// its Unicode form (RFC 5891: `xn--80a1acny.xn--p1ai` is `почта.рф`). People who differ only in the case of a local
/// part are one person everywhere that okno serves; the mail itself goes out as folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Why some words are no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "«{0}» is not a mail address: one @ with something before it and a domain after it is expected"
)]
pub struct NotAnAddress(pub String);

impl Address {
    /// Checks and folds one addr-spec; brackets around it are tolerated.
    ///
    /// # Errors
    /// [`NotAnAddress`] where there is no local part or no domain, or white space or a control character inside.
    pub fn parse(words: &str) -> Result<Self, NotAnAddress> {
        let spec = words
            .trim()
            .trim_start_matches('<')
            .trim_end_matches('>')
            .trim();
        let refused = || NotAnAddress(Text::line(words).as_str().chars().take(80).collect());
        let (local, domain) = spec.rsplit_once('@').ok_or_else(refused)?;
        let is_sound = !local.is_empty()
            && !domain.is_empty()
            && spec.len() <= 320
            && !spec
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c));
        is_sound
            .then(|| Self(format!("{}@{}", local.to_lowercase(), folded(domain))))
            .ok_or_else(refused)
    }

    /// The whole addr-spec.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address as it stands in commands and headers: the domain in its ASCII form (RFC 5891: `почта.рф` is
    /// `xn--80a1acny.xn--p1ai`), which every server takes. A local part that is not ASCII stays as it is and needs
    /// SMTPUTF8 (RFC 6531).
    #[must_use]
    pub fn on_the_wire(&self) -> String {
        match idna::domain_to_ascii(self.domain()) {
            Ok(domain) => format!("{}@{domain}", self.local()),
            Err(_) => self.0.clone(),
        }
    }

    /// The address without a `+detail` (RFC 5233), so that `it+1042@uni.test` is known as `it@uni.test`.
    #[must_use]
    pub fn without_detail(&self) -> Self {
        match self.local().split_once('+') {
            Some((base, _)) if !base.is_empty() => Self(format!("{base}@{}", self.domain())),
            _ => self.clone(),
        }
    }
}

/// A domain for comparing: its two forms are one. A domain that RFC 5891 does not allow stays as it is.
fn folded(domain: &str) -> String {
    let lower = domain.to_lowercase();
    let is_plain = lower.is_ascii() && !lower.split('.').any(|label| label.starts_with("xn--"));
    if is_plain {
        return lower;
    }
    match idna::domain_to_unicode(&lower) {
        (unicode, Ok(())) if !unicode.is_empty() => unicode,
        _ => lower,
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;

    fn try_from(words: String) -> Result<Self, NotAnAddress> {
        Self::parse(&words)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

/// A mailbox of a header field (RFC 5322, 3.4): a display name, if any, and an address.
/// `address` is as written, since hostile mail has anything there; [`NamedAddress::parsed`] is what to compare.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedAddress {
    /// The display name, decoded; `None` where there is none.
    pub name: Option<String>,
    /// The addr-spec as written, without brackets; empty, and null in JSON, where only a name is given.
    #[serde(
        serialize_with = "null_where_empty",
        deserialize_with = "empty_where_null"
    )]
    pub address: String,
}

fn null_where_empty<S: Serializer>(address: &str, to: S) -> Result<S::Ok, S::Error> {
    (!address.is_empty()).then_some(address).serialize(to)
}

fn empty_where_null<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Option::<String>::deserialize(from).map(Option::unwrap_or_default)
}

impl NamedAddress {
    /// A named address for mail of our own.
    #[must_use]
    pub fn new(name: &str, address: &Address) -> Self {
        let name = Text::line(name);
        Self {
            name: (!name.is_blank()).then(|| name.into()),
            address: address.as_str().to_owned(),
        }
    }

    /// The address for comparing, where it is one at all.
    #[must_use]
    pub fn parsed(&self) -> Option<Address> {
        Address::parse(&self.address).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, folded: Option<&str>) {
        assert_eq!(
            Address::parse(words).ok().as_ref().map(Address::as_str),
            folded,
            "{words}"
        );
    }

    #[test]
    fn addresses_are_checked_and_folded() {
        check("Anna@Uni.TEST", Some("anna@uni.test"));
        check(" <anna@uni.test> ", Some("anna@uni.test"));
        check("анна@почта.test", Some("анна@почта.test"));
        check("anna", None);
        check("@uni.test", None);
        check("anna@", None);
        check("an na@uni.test", None);
        check("info@XN--80A1ACNY.xn--p1ai", Some("info@почта.рф"));
        check("info@ПОЧТА。рф", Some("info@почта.рф"));
        check("info@xn--a.test", Some("info@xn--a.test"));
        check("a@b@c.test", Some("a@b@c.test"));
        check("anna@uni.test, olga@uni.test", None);
    }

    #[test]
    fn a_domain_is_ascii_on_the_wire() {
        let wire = |words| Address::parse(words).unwrap().on_the_wire();
        assert_eq!(wire("info@Почта.рф"), "info@xn--80a1acny.xn--p1ai");
        assert_eq!(wire("анна@uni.test"), "анна@uni.test");
        assert_eq!(wire("it@[127.0.0.1]"), "it@[127.0.0.1]");
    }

    #[test]
    fn a_detail_is_taken_off() {
        let plain = |words| {
            Address::parse(words)
                .unwrap()
                .without_detail()
                .as_str()
                .to_owned()
        };
        assert_eq!(plain("it+1042@uni.test"), "it@uni.test");
        assert_eq!(plain("+x@uni.test"), "+x@uni.test");
    }
}
