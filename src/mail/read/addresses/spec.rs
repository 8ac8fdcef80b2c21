//! The address itself, tidied: obsolete comments, spaces and routes taken out, and what programs put around it.

use crate::{
    mail::read::{bytes::starts_with_ignore_case, words},
    model::text::Text,
};

/// An address from what stood in brackets or in its place.
pub(super) fn tidy(inside: &str) -> String {
    let decoded = words::decode_str(&without_comments(inside));
    let line: String = Text::line(&decoded).into();
    if let Some((local, domain)) = line.rsplit_once("\"@")
        && line.starts_with('"')
    {
        // A quoted local part keeps its spaces.
        let domain: String = domain.chars().filter(|c| !c.is_whitespace()).collect();
        return format!("{local}\"@{}", domain.trim_end_matches('.'));
    }
    let tight = tighten(&line);
    let word = tight
        .split_whitespace()
        .rfind(|word| word.contains('@'))
        .map_or_else(|| tight.replace(' ', ""), str::to_owned);
    let word = match word.strip_prefix('@').and_then(|r| r.split_once(':')) {
        Some((_, after)) => after.to_owned(),
        None => word,
    };
    unwrapped(&word).to_owned()
}

/// `text` without white space around `@`, and around the dots of what follows one.
pub(super) fn tighten(text: &str) -> String {
    let mut tight = String::with_capacity(text.len());
    // White space waits until it is known what follows.
    let mut has_space = false;
    let mut is_domain = false;
    let mut is_literal = false;
    let mut has_dot = false;
    for c in text.chars() {
        if c.is_whitespace() {
            has_space = !tight.is_empty();
            continue;
        }
        let follows_sign = tight.ends_with('@') || (is_domain && !has_dot && tight.ends_with('.'));
        let is_sign = c == '@' || is_literal || (is_domain && c == '.');
        if has_space && !follows_sign && !is_sign {
            tight.push(' ');
            (is_domain, has_dot) = (false, false);
        } else if tight.ends_with('.') && has_space && is_domain {
            has_dot = true;
        }
        if c == '@' {
            (is_domain, has_dot) = (true, false);
        } else if c != '.' && is_domain && tight.ends_with('.') && !has_space {
            has_dot = true;
        }
        // `[some host]` is one word.
        is_literal = (is_literal || (c == '[' && tight.ends_with('@'))) && c != ']';
        has_space = false;
        tight.push(c);
    }
    tight
}

/// `text` without `(comments)`, nested ones too, where each is closed.
fn without_comments(text: &str) -> String {
    if !text.contains('(') {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut is_escaped = false;
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if depth > 0 => is_escaped = true,
            '"' if depth == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => depth = depth.saturating_add(1),
            ')' if depth > 0 => {
                depth = depth.saturating_sub(1);
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            kept.push(c);
        }
    }
    if depth == 0 { kept } else { text.to_owned() }
}

/// `'a@b'`, `[mailto:a@b]`, `SMTP:a@b`, `a@b.`: the address alone.
fn unwrapped(word: &str) -> &str {
    let mut word = word.trim_matches(['<', '>', '\'', '"', ',', ';']);
    let inside = word.strip_prefix('[').and_then(|w| w.strip_suffix(']'));
    word = inside.filter(|w| !w.contains(['[', ']'])).unwrap_or(word);
    for scheme in ["mailto:", "smtp:"] {
        if starts_with_ignore_case(word, scheme) {
            word = word.get(scheme.len()..).unwrap_or_default();
        }
    }
    if word.contains('@') {
        word.trim_end_matches('.')
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(inside: &str, address: &str) {
        assert_eq!(tidy(inside), address, "{inside}");
    }

    #[test]
    fn obsolete_forms_are_read() {
        check("anna@uni.test", "anna@uni.test");
        check(" anna @ uni . test ", "anna@uni.test");
        check("anna(her account)@uni.test(her host)", "anna@uni.test");
        check(
            "anna@machine(comment (nested)).  example",
            "anna@machine.example",
        );
        check("@relay.test,@other.test:anna@uni.test", "anna@uni.test");
        check("\"anna b\"@uni.test", "\"anna b\"@uni.test");
        check("\"a(b\"@uni.test", "\"a(b\"@uni.test");
    }

    #[test]
    fn what_programs_put_around_is_taken_off() {
        check("'anna@uni.test'", "anna@uni.test");
        check("mailto:anna@uni.test", "anna@uni.test");
        check("[mailto:anna@uni.test]", "anna@uni.test");
        check("SMTP:anna@uni.test", "anna@uni.test");
        check("anna@uni.test.", "anna@uni.test");
        check("[user:a]@[domain]", "[user:a]@[domain]");
        check("anna@[ some host ]", "anna@[somehost]");
        check("anna@[192.0.2.1]", "anna@[192.0.2.1]");
        check("uni.test anna@uni.test", "anna@uni.test");
        check("=?utf-8?q?anna=40uni.test?=", "anna@uni.test");
        check("анна@почта.test", "анна@почта.test");
        check("anna@xn--80a1acny.test", "anna@xn--80a1acny.test");
        check("a@b@uni.test", "a@b@uni.test");
        check("MAILER DAEMON", "MAILERDAEMON");
        check("(anna@uni.test", "(anna@uni.test");
    }
}
