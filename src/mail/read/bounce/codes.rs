//! Status codes (RFC 3463) of reports: as they stand, from a reply code, or from the words of a reason.

use crate::model::obstacle::Obstacle;

/// Words after which three numbers are a version, not a status: `SMTP 4.1.8`.
const VERSIONED: [&str; 11] = [
    "version", "v", "ver", "smtp", "pro", "build", "release", "released", "mailman", "server",
    "mailer",
];

/// The status of one address: the code the report states, unless the other server's own words hold a better one.
///
/// Reporting servers map what they were told to codes of their own, often to `5.0.0` or to the phase it happened in
/// (`5.1.1` for whatever was said to `RCPT TO`); the code in the words is the one the refusing server chose.
pub(super) fn status(stated: Option<&str>, said: &str) -> Option<String> {
    let stated = stated.and_then(|field| codes(field, b"245").next());
    let told = best(said);
    match (stated, told) {
        (Some(stated), Some(told)) if is_precise(told) || stated.ends_with(".0.0") => Some(told),
        (Some(stated), _) => Some(stated),
        (None, told) => told,
    }
    .map(str::to_owned)
    .or_else(|| by_reply_code(said))
}

/// A status by words alone, of class `4` where the mail is still tried.
pub(super) fn by_words(said: &str, is_delay: bool) -> String {
    let class = if is_delay { '4' } else { '5' };
    let detail = Obstacle::by_words(said).map_or("0.0", Obstacle::detail);
    format!("{class}.{detail}")
}

/// Whether a status code or a reply code stands in `text`.
pub(super) fn has_code(text: &str) -> bool {
    best(text).is_some() || reply_class(text).is_some()
}

/// The code in `text` that says most: the first that tells more than class and phase, else the first at all.
pub(super) fn best(text: &str) -> Option<&str> {
    let all: Vec<&str> = codes(text, b"45").take(20).collect();
    all.iter()
        .find(|code| is_precise(code))
        .or_else(|| all.iter().find(|code| !code.ends_with(".0.0")))
        .or_else(|| all.first())
        .copied()
}

/// Whether a code says what happened: not `5.0.0`, `5.7.0`, nor `4.4.7`, which only says that time was up.
fn is_precise(code: &str) -> bool {
    let mut numbers = code.split('.').skip(1);
    let (subject, detail) = (numbers.next(), numbers.next());
    subject != Some("0") && detail != Some("0") && code != "4.4.7"
}

/// The status codes in `text` of the given classes, in order. Addresses of machines and versions are none.
fn codes<'a>(text: &'a str, classes: &'a [u8]) -> impl Iterator<Item = &'a str> {
    let bytes = text.as_bytes();
    let starts = bytes.windows(2).enumerate().filter_map(move |(at, pair)| {
        matches!(pair, [class, b'.'] if classes.contains(class)).then_some(at)
    });
    starts.filter_map(|at| code_at(text, at))
}

fn code_at(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let is_own = match before.as_bytes() {
        // `550-5.1.1` goes on with a reply; `1-5.1.1` or `mx-5.1.1` is a name.
        [.., a, b, c, b'-'] => a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit(),
        [.., b'-'] => false,
        [.., last] => !(last.is_ascii_alphanumeric() || matches!(last, b'.' | b'_' | b'/')),
        [] => true,
    };
    if !is_own || is_versioned(before) {
        return None;
    }
    let rest = text.get(at..)?;
    let end = rest
        .bytes()
        .take(8)
        .position(|b| !(b.is_ascii_digit() || b == b'.'))
        .unwrap_or_else(|| rest.len().min(8));
    let code = rest.get(..end)?.trim_end_matches('.');
    let mut numbers = code.split('.').skip(1);
    let (subject, detail) = (numbers.next()?, numbers.next()?);
    let is_code = numbers.next().is_none()
        && matches!(subject.as_bytes(), [b'0'..=b'7'])
        && (1..=3).contains(&detail.len());
    let goes_on = rest
        .as_bytes()
        .get(end)
        .is_some_and(u8::is_ascii_alphabetic);
    (is_code && !goes_on).then_some(code)
}

fn is_versioned(before: &str) -> bool {
    let Some(before) = before.strip_suffix(' ') else {
        return false;
    };
    let start = before
        .bytes()
        .rev()
        .take(12)
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let word = before
        .get(before.len().saturating_sub(start)..)
        .unwrap_or_default();
    VERSIONED
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// A status from an SMTP reply code (RFC 5321): its class, and what the words tell.
fn by_reply_code(text: &str) -> Option<String> {
    let class = reply_class(text)?;
    let detail = Obstacle::by_words(text).map_or("0.0", Obstacle::detail);
    Some(format!("{class}.{detail}"))
}

/// The class of the first reply code of a refusal.
fn reply_class(text: &str) -> Option<char> {
    let is_between = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '(' | ')' | '<' | '>' | ';' | '"' | '\'' | '[' | ']' | ',' | '=' | '#'
            )
    };
    text.split(is_between).find_map(|word| {
        let code = word.split('-').next()?.trim_matches('.');
        let is_code = code.len() == 3
            && code.bytes().all(|b| b.is_ascii_digit())
            && matches!(
                code.as_bytes(),
                [b'4', b'2' | b'5', _]
                    | [b'5', b'0' | b'4' | b'5', _]
                    | [b'5', b'2' | b'7', b'1'..=b'5']
                    | [b'5', b'3', b'0' | b'4' | b'5' | b'8']
                    | [b'4', b'3', b'1' | b'2']
            );
        is_code.then(|| code.chars().next()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stated: &str, said: &str, code: &str) {
        let stated = (!stated.is_empty()).then_some(stated);
        let code = (!code.is_empty()).then(|| code.to_owned());
        assert_eq!(status(stated, said), code, "{stated:?} {said}");
    }

    #[test]
    fn the_better_code_is_taken() {
        check("5.1.1", "", "5.1.1");
        check("5.1.1 (bad address)", "550 no", "5.1.1");
        check("", "550 5.1.1 <a@b.test> unknown", "5.1.1");
        check("5.0.0", "553 no (#5.7.1)", "5.7.1");
        check("5.0.0", "554 5.6.0 scored as spam", "5.6.0");
        check("5.1.1", "550 5.7.1 on a block list", "5.7.1");
        check("5.1.1", "550 5.0.0 no", "5.1.1");
        check("5.1.1", "550 5.1.0 no", "5.1.1");
        check("4.4.7", "450 4.7.1 rejected", "4.7.1");
        check("4.4.7", "554 4.4.7 expired <421 4.4.2 timed out>", "4.4.2");
        check(
            "5.0.0",
            "5.1.0 - Unknown address error 550-'5.7.1 denied'",
            "5.7.1",
        );
        check("4.0.0", "550 blocked", "4.0.0");
        check("2.1.5", "250 2.1.5 Ok", "2.1.5");
        check("", "nothing", "");
    }

    #[test]
    fn what_looks_like_a_code_is_none() {
        check("", "host 10.1.1.1 said 4.2.2", "4.2.2");
        check("", "host 5.1.1.7 said", "");
        check("", "CommuniGate Pro SMTP 4.1.8 said no", "");
        check("", "version 5.1.1", "");
        check("", "mx-5.1.1.test", "");
        check("", "5.1.1rc2", "");
        check("", "5.9.1", "");
        check("", "Mailman 2.0.12", "");
        check("", "550-5.1.1 who? 550 5.1.1 nobody", "5.1.1");
        check("", "Rejected (5.1.1).", "5.1.1");
        check("", "5.1.1.", "5.1.1");
        check("", "5.1.", "");
        check("", "5.", "");
    }

    #[test]
    fn reply_codes_and_words_make_one() {
        check("", "said: 550 no such user", "5.1.1");
        check("", "552 Error: disk quota exceeded", "5.2.2");
        check("", "450 mailbox full", "4.2.2");
        check("", "554: Relay access denied", "5.7.1");
        check("", "ERROR_CODE :421, host not reachable", "4.4.1");
        check("", "550-REJECTED", "5.7.1");
        check("", "554 no", "5.0.0");
        check("", "room 123, 432000 seconds", "");
        assert_eq!(by_words("mailbox is full", true), "4.2.2");
        assert_eq!(by_words("mailbox is full", false), "5.2.2");
        assert_eq!(by_words("retry timeout exceeded", false), "5.4.7");
        assert_eq!(by_words("hm", true), "4.0.0");
    }
}
