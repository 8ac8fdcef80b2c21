//! People and domains that a rule or a list of a queue may name.

use serde::{Deserialize, Serialize};

use crate::model::address::Address;

/// One address, or everybody of a domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// This address; of its `+details`, any.
    Address(Address),
    /// Everybody of this very domain, in its Unicode form.
    Domain(String),
    /// Everybody of the domains below this one.
    Below(String),
}

impl Who {
    /// Reads `olga@uni.test`, `uni.test` (or `@uni.test`), `*.uni.test`.
    ///
    /// # Errors
    /// What was expected.
    pub fn parse(words: &str) -> Result<Self, String> {
        let words = words.trim();
        let refused = || {
            format!(
                "\"{words}\" is neither an address nor a domain: \"olga@uni.test\", \"uni.test\" or \"*.uni.test\" is \
                 expected"
            )
        };
        let domain = |name: &str| {
            let named = Address::parse(&format!("x@{name}")).map_err(|_no_domain| refused())?;
            let domain = named.domain().to_owned();
            let is_sound = domain.contains('.') && !name.contains(['*', '@', '/']);
            is_sound.then_some(domain).ok_or_else(refused)
        };
        match words.strip_prefix("*.") {
            Some(parent) => domain(parent).map(Self::Below),
            None => match words.strip_prefix('@').unwrap_or(words) {
                name if !name.contains('@') => domain(name).map(Self::Domain),
                _ => Address::parse(words)
                    .map(|address| Self::Address(address.without_detail()))
                    .map_err(|_no_address| refused()),
            },
        }
    }

    /// Whether it means this address.
    #[must_use]
    pub fn is(&self, address: &Address) -> bool {
        match self {
            Self::Address(own) => *own == address.without_detail(),
            Self::Domain(domain) => address.domain() == domain,
            Self::Below(parent) => is_below(address.domain(), parent),
        }
    }

    /// Whether whoever `other` means, this means, too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (_, Self::Address(address)) => self.is(address),
            (Self::Below(parent), Self::Domain(domain) | Self::Below(domain)) => {
                is_below(domain, parent) || matches!(other, Self::Below(own) if own == parent)
            }
            (Self::Domain(own), Self::Domain(domain)) => own == domain,
            (Self::Address(_), Self::Domain(_) | Self::Below(_))
            | (Self::Domain(_), Self::Below(_)) => false,
        }
    }

    /// As it is written.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Address(address) => address.to_string(),
            Self::Domain(domain) => domain.clone(),
            Self::Below(parent) => format!("*.{parent}"),
        }
    }
}

fn is_below(domain: &str, parent: &str) -> bool {
    let head = domain.strip_suffix(parent);
    head.is_some_and(|head| head.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(who: &str, address: &str, expected: bool) {
        let address = Address::parse(address).unwrap();
        assert_eq!(
            Who::parse(who).unwrap().is(&address),
            expected,
            "{who} {address}"
        );
    }

    #[test]
    fn who_is_meant() {
        check("olga@uni.test", "Olga@UNI.test", true);
        check("olga@uni.test", "olga+x@uni.test", true);
        check("uni.test", "olga@uni.test", true);
        check("@uni.test", "olga@uni.test", true);
        check("uni.test", "olga@chem.uni.test", false);
        check("*.uni.test", "olga@chem.uni.test", true);
        check("*.uni.test", "olga@uni.test", false);
        check("*.uni.test", "olga@myuni.test", false);
        check("xn--80a1acny.test", "olga@почта.test", true);
        for broken in ["", "olga", "*.x@uni.test", "a b@uni.test", "*"] {
            assert!(Who::parse(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn who_covers_whom() {
        let who = |words| Who::parse(words).unwrap();
        for (wide, narrow, expected) in [
            ("uni.test", "olga@uni.test", true),
            ("*.uni.test", "olga@chem.uni.test", true),
            ("*.uni.test", "chem.uni.test", true),
            ("*.uni.test", "*.chem.uni.test", true),
            ("*.uni.test", "*.uni.test", true),
            ("*.uni.test", "uni.test", false),
            ("olga@uni.test", "uni.test", false),
            ("uni.test", "*.uni.test", false),
        ] {
            assert_eq!(who(wide).covers(&who(narrow)), expected, "{wide} {narrow}");
        }
    }
}
