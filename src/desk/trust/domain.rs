//! Domains compared: their ASCII form, and who may speak for whom.

/// The form in which domains are compared: ASCII (RFC 5891), lower case, no dot at the end.
pub(super) fn ascii(domain: &str) -> String {
    let domain = domain.trim().trim_end_matches('.');
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase())
}

/// The domain of `anna@uni.test`, of `@uni.test` and of `uni.test`, for comparing.
pub(super) fn domain_in(words: &str) -> String {
    let words = words.trim().trim_matches(['<', '>']);
    ascii(words.rsplit_once('@').map_or(words, |(_, domain)| domain))
}

/// Whether `domain` is `parent` or lies below it; both for comparing.
pub(super) fn is_within(domain: &str, parent: &str) -> bool {
    !parent.is_empty()
        && (domain == parent
            || domain
                .strip_suffix(parent)
                .is_some_and(|head| head.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_compared() {
        assert_eq!(ascii("Почта.Test."), "xn--80a1acny.test");
        assert_eq!(domain_in("@Uni.TEST"), "uni.test");
        assert_eq!(domain_in("<anna@uni.test>"), "uni.test");
        assert_eq!(domain_in("a@b@uni.test"), "uni.test");
        assert_eq!(domain_in(""), "");
        assert!(is_within("chem.uni.test", "uni.test"));
        assert!(is_within("uni.test", "uni.test"));
        assert!(!is_within("myuni.test", "uni.test"));
        assert!(!is_within("uni.test", "chem.uni.test"));
        assert!(!is_within("uni.test", ""));
    }
}
