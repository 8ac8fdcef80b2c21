//! Status codes (RFC 3463) of reports: as they stand, from a reply code, or from the words of a reason.

/// The first enhanced status code (RFC 3463) in `text`: `5.1.1`.
pub(super) fn enhanced(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .find_map(|word| {
            let word = word.trim_matches('.');
            let mut numbers = word.split('.');
            let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
            let is_code = matches!(class, "2" | "4" | "5")
                && (1..=3).contains(&subject.len())
                && (1..=3).contains(&detail.len())
                && numbers.next().is_none();
            is_code.then(|| word.to_owned())
        })
}

/// A status from an SMTP reply code (RFC 5321): only its class is known.
pub(super) fn by_reply_code(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '(' | ')' | '<' | '>' | ';' | '"' | '\'')
        })
        .collect();
    words.iter().find_map(|word| {
        let code = word
            .split('-')
            .next()
            .unwrap_or(word)
            .trim_matches(['#', ',', '.', '[', ']']);
        let is_code = code.len() == 3
            && (code.starts_with("55")
                || code.starts_with("45")
                || code.starts_with("42")
                || code.starts_with("50")
                || code == "521"
                || code == "571")
            && code.bytes().all(|b| b.is_ascii_digit());
        is_code.then(|| format!("{}.0.0", code.get(..1).unwrap_or("5")))
    })
}

/// A status from the words of a reason.
pub(super) fn by_words(text: &str) -> Option<String> {
    const REASONS: [(&str, &[&str]); 4] = [
        (
            "5.2.2",
            &[
                "quota",
                "mailbox full",
                "mailbox is full",
                "переполнен",
                "storage",
            ],
        ),
        (
            "5.1.2",
            &[
                "host unknown",
                "host not found",
                "unknown host",
                "domain not found",
                "no such domain",
                "unrouteable",
                "unroutable",
            ],
        ),
        (
            "5.1.1",
            &[
                "user unknown",
                "unknown user",
                "no such user",
                "not listed in",
                "no mailbox",
                "does not exist",
                "не существует",
                "invalid recipient",
            ],
        ),
        ("5.7.1", &["spam", "blocked", "refused", "relay", "denied"]),
    ];
    let known = REASONS
        .iter()
        .find(|(_, words)| words.iter().any(|w| text.contains(w)));
    Some(known.map_or("5.0.0", |(status, _)| *status).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found() {
        assert_eq!(
            enhanced("550 5.1.1 <a@b.test> unknown"),
            Some("5.1.1".to_owned())
        );
        assert_eq!(
            enhanced("host 10.1.1.1 said 4.2.2"),
            Some("4.2.2".to_owned())
        );
        assert_eq!(enhanced("nothing"), None);
        assert_eq!(
            by_reply_code("said: 550 no such user"),
            Some("5.0.0".to_owned())
        );
        assert_eq!(by_reply_code("room 123"), None);
    }
}
