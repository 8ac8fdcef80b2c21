//! Links made inert: in words of suspicious mail nothing is left that a mail program would make live.
//!
//! Mail programs make links by themselves, in plain text and in pages: of `https://...`, of `www.uni.test`, of bare
//! names that end like a domain (`uni.test/login`, and some without the path), of mail addresses, of
//! `\\server\share`. Escaping for HTML does not help against that. So the marks they go by are put in brackets, as is
//! the custom among those who pass on dangerous links: `https[:]//uni[.]test/login`, `anna[@]uni[.]test`. A person can
//! still read the link and, after a check, undo it; nothing is hidden. Splitting by invisible characters would be
//! undone by some programs and copied along by all. A file's name (`notes.txt`) is hit, too: there are domains that
//! end like files.

/// Schemes that programs know without `//`.
const SCHEMES: [&str; 21] = [
    "http",
    "https",
    "ftp",
    "mailto",
    "tel",
    "sms",
    "callto",
    "facetime",
    "skype",
    "sip",
    "sips",
    "xmpp",
    "tg",
    "news",
    "javascript",
    "vbscript",
    "data",
    "file",
    "cid",
    "magnet",
    "search-ms",
];

/// The words with every link in them made inert. Words without one stay as they are, and doing it twice is doing it
/// once.
#[must_use]
pub fn inert(words: &str) -> String {
    let mut made = String::with_capacity(words.len());
    let mut piece = String::new();
    for c in words.chars() {
        // What ends a link in any program.
        if c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"') {
            push_inert(&piece, &mut made);
            piece.clear();
            made.push(c);
        } else {
            piece.push(c);
        }
    }
    push_inert(&piece, &mut made);
    made
}

/// One piece without gaps.
fn push_inert(piece: &str, made: &mut String) {
    // Something says that this is a link; else only its end can.
    let is_link = piece.contains(['/', '\\', '@', '＠']);
    let mut name = String::new();
    let mut before = None;
    let mut chars = piece.chars().peekable();
    while let Some(c) = chars.next() {
        if is_in_name(c) || is_dot(c) {
            name.push(c);
            before = Some(c);
            continue;
        }
        let is_scheme = c == ':' && is_scheme(&name, chars.clone());
        push_name(&name, is_link, made);
        name.clear();
        let is_address = matches!(c, '@' | '＠')
            && before.is_some_and(|c| c != '[')
            && chars.peek().is_some_and(|c| *c != ']');
        let is_share = c == '\\' && chars.peek() == Some(&'\\');
        if is_scheme || is_address || is_share {
            made.push('[');
            made.push(c);
            made.push(']');
        } else {
            made.push(c);
        }
        before = Some(c);
    }
    push_name(&name, is_link, made);
}

/// A run of letters, digits, dashes and dots, its dots in brackets where it may be a domain.
fn push_name(name: &str, is_link: bool, made: &mut String) {
    if !is_link && !name.split(is_dot).skip(1).any(is_like_top) {
        made.push_str(name);
        return;
    }
    let mut before = None;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let is_between =
            before.is_some_and(is_in_name) && chars.peek().copied().is_some_and(is_in_name);
        if is_dot(c) && is_between {
            made.push('[');
            made.push(c);
            made.push(']');
        } else {
            made.push(c);
        }
        before = Some(c);
    }
}

/// Whether a label may be taken for a top-level domain: two letters or more and nothing that belongs to them behind.
fn is_like_top(label: &str) -> bool {
    let letters = label.chars().take_while(|c| c.is_alphabetic()).count();
    let next = label.chars().nth(letters);
    letters > 1 && next.is_none_or(|c| !c.is_alphanumeric() && c != '_')
}

/// Dots of domains, those of East Asian programs too (UTS 46).
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '．' | '｡')
}

/// What stands in a domain: letters and digits of any script, marks and joiners among them.
fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || (!c.is_ascii() && !is_dot(c) && c != '＠')
}

/// Whether what ends `before` a colon is a scheme with something behind it.
fn is_scheme(before: &str, mut after: impl Iterator<Item = char>) -> bool {
    let scheme = before
        .rsplit(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-'))
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let Some(next) = after.next() else {
        return false;
    };
    let has_slashes = matches!(next, '/' | '\\') && matches!(after.next(), Some('/' | '\\'));
    // A program may begin a link in the middle of a word: `x-http:`.
    let end = scheme.rsplit(['+', '-']).next().unwrap_or_default();
    let is_known = [scheme.as_str(), end]
        .iter()
        .any(|scheme| SCHEMES.contains(scheme))
        || scheme.contains("ms-");
    is_known || (has_slashes && scheme.len() > 1)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
    use regex::Regex;

    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        assert_eq!(inert(words), expected, "{words}");
        assert_eq!(inert(expected), expected, "twice: {words}");
    }

    #[test]
    fn links_die() {
        check("https://evil.test/login", "https[:]//evil[.]test/login");
        check(
            "HTTP://Evil.TEST:8080/a.php?x=1.2&y=a@b#z",
            "HTTP[:]//Evil[.]TEST:8080/a[.]php?x=1[.]2&y=a[@]b#z",
        );
        check("http://192.0.2.7/x", "http[:]//192[.]0[.]2[.]7/x");
        check("http://intranet/x", "http[:]//intranet/x");
        check("www.evil.test", "www[.]evil[.]test");
        check("see evil.test/login.", "see evil[.]test/login.");
        check("(evil.test)", "(evil[.]test)");
        check("evil.test", "evil[.]test");
        check("192.0.2.7/login", "192[.]0[.]2[.]7/login");
        check("почта.рф", "почта[.]рф");
        check("xn--80a1acny.xn--p1ai", "xn--80a1acny[.]xn--p1ai");
        check("evil。test", "evil[。]test");
        check("//evil.test", "//evil[.]test");
    }

    #[test]
    fn addresses_and_other_schemes_die() {
        check("anna@evil.test", "anna[@]evil[.]test");
        check("<anna@evil.test>", "<anna[@]evil[.]test>");
        check("mailto:anna@evil.test", "mailto[:]anna[@]evil[.]test");
        check("tel:+74950000000", "tel[:]+74950000000");
        check("javascript:alert(1)", "javascript[:]alert(1)");
        check("data:text/html,x", "data[:]text/html,x");
        check("ftp://evil.test", "ftp[:]//evil[.]test");
        check("foo+bar://x", "foo+bar[:]//x");
        check(
            "ms-word:ofe|u|https://evil.test/x.doc",
            "ms-word[:]ofe|u|https[:]//evil[.]test/x[.]doc",
        );
        check("\\\\evil.test\\share", "[\\]\\evil[.]test\\share");
        check("file:///C:/x", "file[:]///C:/x");
        check(
            "<a href=\"https://evil.test\">",
            "<a href=\"https[:]//evil[.]test\">",
        );
        check("[text](https://evil.test)", "[text](https[:]//evil[.]test)");
    }

    #[test]
    fn words_stay() {
        for words in [
            "",
            "Здравствуйте! Принтер не печатает.",
            "Встреча 17.11.2026 в 10:30, ауд. 214.",
            "и т.д., и т.п.",
            "1.5 или 2,5",
            "Re: вопрос",
            "и/или",
            "C:\\Users",
            "цена @ 5",
            "...",
            "video.mp4",
        ] {
            check(words, words);
        }
    }

    /// What a greedy mail program takes for a link: anything with a scheme, a domain, an address.
    static LIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?i)([a-z][a-z0-9+-]+:(//|\\\\)|\b(https?|ftp|mailto|tel|javascript|data|file):[^\s<>"\p{Cc}]|[^\s<>\[\p{Cc}"]@[^\s<>\]\p{Cc}"]|[\p{L}\p{N}_-]+[.。．｡]\p{L}{2,}([^\p{L}\p{N}_]|$)|\\\\[^\s<>\]\p{Cc}"])"#,
        )
        .unwrap()
    });

    fn pieces() -> impl Strategy<Value = String> {
        let known = [
            "http", "https", ":", "//", "/", "\\\\", "www", ".", "evil", "test", "рф", "@",
            "mailto", " ", "[", "]", "<", ">", "\"", "1", "-", "\u{200B}", "é", "。",
        ];
        prop::collection::vec(
            proptest::prop_oneof![
                6 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..30,
        )
        .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn nothing_lives(words in pieces()) {
            let made = inert(&words);
            proptest::prop_assert!(!LIVE.is_match(&made), "{} -> {}", words, made);
            proptest::prop_assert_eq!(inert(&made), made);
        }
    }
}
