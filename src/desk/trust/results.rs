//! One `Authentication-Results` value taken apart (RFC 8601, 2.2): who judged, by which methods, with what result.
//!
//! Parts of a value are the sender's own words (an envelope address, a HELO name), and not every server quotes them
//! well. So what is not well formed is not half believed: [`Value::read`] gives nothing then.

/// The longest value that is read, in bytes: real ones stay under 4,000.
const BYTES_MAX: usize = 16_000;

/// The most results of one value that are read.
const RESULTS_MAX: usize = 100;

/// One value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Value {
    /// The authserv-id as written; Exchange Online leaves it out.
    pub(super) server: Option<String>,
    /// What it found. Empty for `none`.
    pub(super) outcomes: Vec<Outcome>,
}

/// What one method came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// `dmarc`, `dkim`, `spf`, `auth`, ... in lower case, without its version.
    pub(super) method: String,
    /// `pass`, `fail`, `none`, ... in lower case.
    pub(super) result: String,
    /// `header.from` and what it is; names in lower case, a `reason` among them.
    properties: Vec<(String, String)>,
    /// The remarks in brackets.
    comments: Vec<String>,
}

impl Outcome {
    pub(super) fn is(&self, method: &str, result: &str) -> bool {
        self.method == method && self.result == result
    }

    /// The first value of that property.
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        self.properties
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the domain's owner asks to refuse or put aside what fails, as far as the server says: in a remark
    /// (`p=reject`, rspamd's `policy=reject`), in a property, or as Exchange Online's `action`.
    pub(super) fn is_strict(&self) -> bool {
        let is_strict = |word: &str| {
            let word = word.trim_start_matches("o.").trim_start_matches('o');
            word.starts_with("reject") || word.starts_with("quarantine")
        };
        let in_remark = self.comments.iter().any(|comment| {
            comment
                .to_ascii_lowercase()
                .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
                .filter_map(|word| word.split_once('='))
                .any(|(name, value)| matches!(name, "p" | "policy") && is_strict(value))
        });
        let in_property = [
            "action",
            "policy.dmarc",
            "policy.published-domain-policy",
            "policy.p",
        ]
        .iter()
        .filter_map(|name| self.property(name))
        .any(|value| is_strict(&value.to_ascii_lowercase()));
        in_remark || in_property
    }
}

impl Value {
    /// Takes a value apart; `None` where it is not well formed or speaks another version than 1.
    pub(super) fn read(written: &str) -> Option<Self> {
        if written.len() > BYTES_MAX {
            return None;
        }
        let tokens = tokens(written)?;
        let mut segments = tokens.split(|token| *token == Token::Semicolon);
        let first = Segment::of(segments.next()?);
        let mut value = Self::default();
        if first.pairs.is_empty() {
            let mut words = first.words.into_iter();
            value.server = Some(words.next()?);
            // Absent is 1; a later version may mean something else (RFC 8601, 2.5).
            if words.next().is_some_and(|version| version != "1") {
                return None;
            }
        } else {
            value.outcomes.extend(first.outcome());
        }
        let rest = segments.filter_map(|segment| Segment::of(segment).outcome());
        value.outcomes.extend(rest.take(RESULTS_MAX));
        Some(value)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Equals,
    Semicolon,
    Comment(String),
}

/// What stands between two semicolons.
#[derive(Debug, Default)]
struct Segment {
    pairs: Vec<(String, String)>,
    /// Words that belong to no pair.
    words: Vec<String>,
    comments: Vec<String>,
}

impl Segment {
    fn of(tokens: &[Token]) -> Self {
        let mut segment = Self::default();
        // The name of the next pair; white space may stand around its dot or slash.
        let mut name = String::new();
        let mut is_value = false;
        for token in tokens {
            match token {
                Token::Comment(words) => segment.comments.push(words.clone()),
                Token::Word(word) if is_value => {
                    segment.pairs.push((take_name(&mut name), word.clone()));
                    is_value = false;
                }
                Token::Word(word) => {
                    let is_joined = name.ends_with(['.', '/']) || word.starts_with(['.', '/']);
                    if !is_joined && !name.is_empty() {
                        segment.words.push(std::mem::take(&mut name));
                    }
                    name.push_str(word);
                }
                Token::Equals => is_value = true,
                Token::Semicolon => {}
            }
        }
        if is_value {
            segment.pairs.push((take_name(&mut name), String::new()));
        } else if !name.is_empty() {
            segment.words.push(name);
        }
        segment
    }

    /// `None` for `none`, for an empty segment, and for a method of an unknown version.
    fn outcome(self) -> Option<Outcome> {
        let mut pairs = self.pairs.into_iter();
        let (method, result) = pairs.next()?;
        let (method, version) = method.split_once('/').unwrap_or((&method, "1"));
        (version == "1").then(|| Outcome {
            method: method.to_owned(),
            result: result.to_ascii_lowercase(),
            properties: pairs.collect(),
            comments: self.comments,
        })
    }
}

fn take_name(name: &mut String) -> String {
    std::mem::take(name).to_ascii_lowercase()
}

/// Words (quoted ones without their quotes), marks and remarks; `None` where a quote or a bracket is never closed, or
/// where a remark holds half a quote: then a bracket of the sender's own address has closed it.
fn tokens(written: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.peek().copied() {
        match c {
            '(' => found.push(Token::Comment(comment(&mut chars)?)),
            ')' => return None,
            ';' | '=' => {
                chars.next();
                found.push(if c == ';' {
                    Token::Semicolon
                } else {
                    Token::Equals
                });
            }
            _ if c.is_whitespace() => {
                chars.next();
            }
            _ => {
                // What `=` means within a value (`header.b=Ab+/=`) is the value's own affair.
                let is_value = last_mark(&found) == Some(&Token::Equals);
                found.push(Token::Word(word(&mut chars, is_value)?));
            }
        }
    }
    Some(found)
}

/// The last token that is no remark.
fn last_mark(found: &[Token]) -> Option<&Token> {
    found
        .iter()
        .rev()
        .find(|token| !matches!(token, Token::Comment(_)))
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// From an opening bracket to the one that closes it, nested ones within.
fn comment(chars: &mut Chars<'_>) -> Option<String> {
    let mut words = String::new();
    let mut depth = 0_usize;
    let mut quotes = 0_usize;
    while let Some(c) = chars.next() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            '"' => quotes = quotes.saturating_add(1),
            '\\' => words.extend(chars.next()),
            _ => words.push(c),
        }
        if depth == 0 {
            return quotes.is_multiple_of(2).then_some(words);
        }
    }
    None
}

/// A word, quoted pieces within it (`"anna b"@uni.test`).
fn word(chars: &mut Chars<'_>, is_value: bool) -> Option<String> {
    let mut words = String::new();
    while let Some(c) = chars.peek().copied() {
        match c {
            '"' => {
                chars.next();
                quoted(chars, &mut words)?;
            }
            ';' | '(' | ')' => break,
            '=' if !is_value => break,
            _ if c.is_whitespace() => break,
            _ => {
                chars.next();
                words.push(c);
            }
        }
    }
    Some(words)
}

fn quoted(chars: &mut Chars<'_>, words: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '"' => return Some(()),
            '\\' => words.push(chars.next()?),
            c => words.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `server | method=result name=value ... | ...`
    fn shown(written: &str) -> String {
        let Some(value) = Value::read(written) else {
            return "?".to_owned();
        };
        let mut shown = value.server.unwrap_or_else(|| "-".to_owned());
        for outcome in value.outcomes {
            shown.push_str(&format!(" | {}={}", outcome.method, outcome.result));
            for (name, value) in &outcome.properties {
                shown.push_str(&format!(" {name}={value}"));
            }
        }
        shown
    }

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(shown(written), expected, "{written}");
    }

    #[test]
    fn the_examples_of_the_standard() {
        // RFC 8601, appendix B.
        check("example.test 1; none", "example.test");
        check("example.test 1 ; none", "example.test");
        check(
            "example.test; spf=pass smtp.mailfrom=example.example",
            "example.test | spf=pass smtp.mailfrom=example.example",
        );
        check(
            "example.test; auth=pass (cram-md5) smtp.auth=sender@example.example; \
             spf=pass smtp.mailfrom=example.example",
            "example.test | auth=pass smtp.auth=sender@example.example | spf=pass smtp.mailfrom=example.example",
        );
        check(
            "foo.example.test (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail \
             policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
            "foo.example.test | dkim=fail policy.expired=1362471462",
        );
    }

    #[test]
    fn what_servers_write() {
        check(
            "mx.uni.test; dkim=pass (2048-bit key; unprotected) header.d=work.test header.i=@work.test \
             header.a=rsa-sha256 header.s=mail header.b=AbCd+/E=; dkim-atps=neutral",
            "mx.uni.test | dkim=pass header.d=work.test header.i=@work.test header.a=rsa-sha256 header.s=mail \
             header.b=AbCd+/E= | dkim-atps=neutral",
        );
        check(
            "mx.uni.test; dmarc=fail reason=\"No valid SPF, No valid DKIM\" header.from=work.test (policy=none)",
            "mx.uni.test | dmarc=fail reason=No valid SPF, No valid DKIM header.from=work.test",
        );
        check(
            "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=work.test; dkim=none (message not signed) \
             header.d=none;dmarc=pass action=none header.from=work.test;compauth=pass reason=100",
            "- | spf=pass smtp.mailfrom=work.test | dkim=none header.d=none | dmarc=pass action=none \
             header.from=work.test | compauth=pass reason=100",
        );
        check(
            "\"mx uni\"; SPF=Pass SMTP.MailFrom=\"anna b\"@work.test",
            "mx uni | spf=pass smtp.mailfrom=anna b@work.test",
        );
        check("mx.uni.test;", "mx.uni.test");
        check("mx.uni.test", "mx.uni.test");
        check("mx.uni.test; dkim/2=pass header.d=work.test", "mx.uni.test");
        check("mx.uni.test; spf=", "mx.uni.test | spf=");
        check(
            "mx.uni.test; spf=pass some words smtp.mailfrom=work.test and more",
            "mx.uni.test | spf=pass smtp.mailfrom=work.test",
        );
    }

    #[test]
    fn what_is_not_well_formed_is_nothing() {
        check("", "?");
        check(";", "?");
        check("mx.uni.test 2; dmarc=pass header.from=work.test", "?");
        check("mx.uni.test; spf=pass (never closed", "?");
        check("mx.uni.test; spf=pass closed) twice", "?");
        check("mx.uni.test; spf=pass reason=\"never closed", "?");
        // The envelope address "x) ; dmarc=pass header.from=uni.test ("@evil.test, in a server's own remark.
        check(
            "mx.uni.test; spf=pass (domain of \"x) ; dmarc=pass header.from=uni.test (\"@evil.test is right)",
            "?",
        );
        check(&"x".repeat(BYTES_MAX + 1), "?");
    }

    #[test]
    fn strict_domains_are_known() {
        let is_strict = |written: &str| Value::read(written).unwrap().outcomes[0].is_strict();
        assert!(is_strict(
            "mx.test; dmarc=fail (p=reject dis=none) header.from=work.test"
        ));
        assert!(is_strict(
            "mx.test; dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=work.test"
        ));
        assert!(is_strict(
            "mx.test; dmarc=fail header.from=work.test (policy=quarantine)"
        ));
        assert!(is_strict(
            "dmarc=fail action=oreject header.from=work.test;compauth=fail"
        ));
        assert!(is_strict(
            "mx.test; dmarc=fail header.from=work.test policy.published-domain-policy=reject"
        ));
        assert!(!is_strict(
            "mx.test; dmarc=fail (p=none sp=reject dis=none) header.from=work.test"
        ));
        assert!(!is_strict(
            "dmarc=fail action=none header.from=work.test;compauth=none"
        ));
        assert!(!is_strict("mx.test; dmarc=fail header.from=work.test"));
    }

    #[test]
    fn deep_remarks_take_no_stack() {
        let deep = format!("mx.test; spf=pass {}", "(".repeat(15_000));
        assert!(Value::read(&deep).is_none());
    }
}
