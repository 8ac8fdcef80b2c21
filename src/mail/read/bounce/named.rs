//! The addresses that a report in prose is about.

use super::address;
use crate::{
    mail::read::{addresses, bytes::starts_with_ignore_case, headers::Headers},
    model::message::IncomingMessage,
};

pub(super) fn failed_header(headers: &Headers) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in headers.values("x-failed-recipients") {
        for piece in String::from_utf8_lossy(value).split([',', ' ', ';']) {
            add(&mut found, address(piece), &[]);
        }
    }
    found
}

/// To whom the copy of the original was addressed, where the report names nobody.
pub(super) fn addressees(original: Option<&Headers>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in original.into_iter().flat_map(|o| o.values("to")) {
        for person in addresses::read(value, 50) {
            add(&mut found, person.address, &[]);
        }
    }
    found
}

/// The addresses the report names, those of the report's own sender and receivers left out.
pub(super) fn named(text: &str, message: &IncomingMessage) -> Vec<String> {
    let own: Vec<String> = message
        .from
        .iter()
        .chain(&message.to)
        .chain(&message.reply_to)
        .map(|a| a.address.to_lowercase())
        .collect();
    let mut found: Vec<String> = Vec::new();
    for line in text.lines().take(400) {
        let trimmed = line.trim_start_matches(['>', ' ', '\t', '*', '|']);
        if [
            "from:",
            "reply-to:",
            "message-id:",
            "sender:",
            "return-path:",
            "x-",
            "references:",
        ]
        .iter()
        .any(|f| starts_with_ignore_case(trimmed, f))
        {
            continue;
        }
        for word in line.split(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '<' | '>' | ',' | ';' | '(' | ')' | '"' | '[' | ']' | '\'' | '`'
                )
        }) {
            let word = word.rsplit(['=']).next().unwrap_or(word);
            let word = word.split("mailto:").last().unwrap_or(word);
            let word = word.split_once("rfc822;").map_or(word, |(_, w)| w);
            add(&mut found, address(word), &own);
        }
    }
    found
}

fn add(found: &mut Vec<String>, address: String, own: &[String]) {
    let lower = address.to_lowercase();
    let Some((local, domain)) = lower.rsplit_once('@') else {
        return;
    };
    let is_sound = !local.is_empty()
        && domain.contains('.')
        && domain.len() > 3
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
        && local.len() <= 128
        && ![
            "postmaster",
            "mailer-daemon",
            "abuse",
            "helpdesk",
            "support",
        ]
        .contains(&local);
    if is_sound && !own.contains(&lower) && !found.iter().any(|f| f.eq_ignore_ascii_case(&address))
    {
        found.push(address);
    }
}
