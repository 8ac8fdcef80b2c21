//! The header of a mail as facts: who, to whom, when, about what, in answer to what.

use super::{
    addresses, bytes::shorten, charset, dates, headers::Headers, ids, limits::Limits, words,
};
use crate::model::{
    address::NamedAddress,
    message::{IncomingMessage, Marks},
    text::Text,
};

/// The longest subject kept, in bytes.
const SUBJECT_MAX: usize = 4000;

/// Fills `message` from its header.
pub(super) fn read(message: &mut IncomingMessage, headers: &Headers, limits: &Limits) -> Marks {
    let mut oddities: Vec<&'static str> = Vec::new();
    let mut people = |name: &str| -> Vec<NamedAddress> {
        let mut found = Vec::new();
        for value in headers.values(name) {
            let room = limits.addresses.saturating_sub(found.len());
            let read = addresses::read_near(value, room, headers.near());
            if room > 0 && read.len() >= room {
                oddities.push("too_many_addresses");
            }
            found.extend(read);
        }
        found
    };
    let from = people("from");
    message.to = people("to");
    message.cc = people("cc");
    message.reply_to = people("reply-to");
    message.sender = people("sender").into_iter().next();
    // For trust every mailbox counts, also one without an address: it is shown, and need not be who wrote.
    let named = from.len();
    // A name without an address is nobody to speak of where another author has one.
    let has_address = |named: &&NamedAddress| named.address.contains('@');
    let authors = from
        .iter()
        .filter(has_address)
        .count()
        .max(usize::from(!from.is_empty()));
    message.from = from
        .iter()
        .find(has_address)
        .or_else(|| from.first())
        .cloned();
    if authors > 1 {
        oddities.push("multiple_from");
    }
    if !message.from.iter().any(|f| has_address(&f)) {
        oddities.push("no_from");
    }
    for name in [
        "subject",
        "date",
        "message-id",
        "to",
        "in-reply-to",
        "references",
    ] {
        if headers.count(name) > 1 {
            oddities.push("duplicate_header");
        }
    }
    message.subject = subject(headers, &mut oddities);
    message.date = headers.values("date").take(10).find_map(dates::read);
    if message.date.is_none() && headers.has("date") {
        oddities.push("bad_date");
    }
    trace(message, headers, limits, &mut oddities);
    let received = headers.count("received");
    if received > limits.received {
        oddities.push("many_received");
    }
    super::odd(message, oddities);
    Marks {
        okno_loop: headers.values("x-okno-loop").take(100).map(line).collect(),
        received: u32::try_from(received).unwrap_or(u32::MAX),
        authors: u32::try_from(named).unwrap_or(u32::MAX),
        hops_above: super::judged::hops_above(headers),
        exchange_auth_as: super::judged::exchange_auth_as(headers),
    }
}

/// The subject as one line, encoded or raw.
fn subject(headers: &Headers, oddities: &mut Vec<&'static str>) -> Option<String> {
    let value = headers.first("subject")?;
    let subject = words::decode_near(value, headers.near());
    if charset::is_encoded_twice(&subject) {
        oddities.push("double_encoded");
    }
    let line: String = Text::line(&subject).into();
    Some(shorten(&line, SUBJECT_MAX).to_owned())
}

/// Makes up for an author without an address, once it has been judged what kind of mail this is: the answer goes where
/// the mail itself says, and that is the sender as far as anybody can know.
pub(super) fn complete(message: &mut IncomingMessage) {
    let has_address = |named: &&NamedAddress| named.parsed().is_some();
    if message.from.as_ref().is_some_and(|f| !f.address.is_empty()) {
        return;
    }
    let mut said = message.sender.iter().chain(&message.reply_to);
    let Some(address) = said.find(has_address).cloned() else {
        return;
    };
    let own = message.from.take().and_then(|from| from.name);
    message.from = Some(NamedAddress {
        name: own.or(address.name),
        address: address.address,
    });
}

/// Where it went and what it answers.
fn trace(
    message: &mut IncomingMessage,
    headers: &Headers,
    limits: &Limits,
    oddities: &mut Vec<&'static str>,
) {
    message.return_path = headers.values("return-path").next().map(|value| {
        let value = line(value);
        let inside = value
            .split_once('<')
            .and_then(|(_, r)| r.split_once('>'))
            .map_or(value.as_str(), |(p, _)| p);
        inside.trim().to_owned()
    });
    for name in ["delivered-to", "x-original-to", "envelope-to", "resent-to"] {
        for address in headers
            .values(name)
            .take(20)
            .flat_map(|v| addresses::read(v, 20))
        {
            let is_known = message.delivered_to.contains(&address.address);
            if address.address.contains('@') && !is_known {
                message.delivered_to.push(address.address);
            }
        }
    }
    message.message_id = headers.plain("message-id").and_then(|v| ids::first(&v));
    message.in_reply_to = all_ids(headers, "in-reply-to");
    message.references = all_ids(headers, "references");
    let is_trimmed = ids::trim_middle(&mut message.in_reply_to, limits.references);
    if ids::trim_middle(&mut message.references, limits.references) || is_trimmed {
        oddities.push("too_many_references");
    }
    message.thread_index = headers
        .plain("thread-index")
        .map(|v| v.split_whitespace().collect())
        .filter(|v: &String| !v.is_empty());
    message.list_id = headers.decoded("list-id").and_then(|value| {
        let inside = value.rsplit_once('<').map_or(value.as_str(), |(_, r)| r);
        let id = inside.trim_end_matches('>').trim().to_owned();
        (!id.is_empty()).then_some(id)
    });
    message.authentication = super::judged::authentication(headers);
}

fn all_ids(headers: &Headers, name: &str) -> Vec<crate::model::ids::MessageId> {
    let joined: Vec<String> = headers.values(name).map(line).collect();
    ids::all(&joined.join(" "))
}

fn line(value: &[u8]) -> String {
    Text::line(&String::from_utf8_lossy(value)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::read::{bytes::LineEnds, headers::Block};

    fn read_of(header: &str) -> IncomingMessage {
        let raw = format!("{header}\n\n");
        let block = Block::read(raw.as_bytes(), 0, LineEnds::of(raw.as_bytes()), 1 << 16);
        let mut message = IncomingMessage::default();
        read(&mut message, &block.headers, &Limits::default());
        complete(&mut message);
        message
    }

    #[track_caller]
    fn check_from(header: &str, name: Option<&str>, address: &str, oddities: &[&str]) {
        let message = read_of(header);
        let from = message.from.unwrap();
        assert_eq!(
            (from.name.as_deref(), from.address.as_str()),
            (name, address)
        );
        assert_eq!(message.oddities, oddities);
    }

    #[test]
    fn the_first_useful_author_is_taken() {
        check_from("From: Anna <a@uni.test>", Some("Anna"), "a@uni.test", &[]);
        check_from(
            "From: \"Shop \" <>, \"Anna\" <a@uni.test>",
            Some("Anna"),
            "a@uni.test",
            &[],
        );
        check_from(
            "From:\nFrom: Anna <a@uni.test>",
            Some("Anna"),
            "a@uni.test",
            &[],
        );
        check_from(
            "From: a@uni.test, o@uni.test",
            None,
            "a@uni.test",
            &["multiple_from"],
        );
        check_from(
            "From: Team: Anna <a@uni.test>, o@uni.test;",
            Some("Anna"),
            "a@uni.test",
            &["multiple_from"],
        );
        check_from(
            "From: MAILER-DAEMON\nReply-To: o@uni.test",
            None,
            "MAILER-DAEMON",
            &["no_from"],
        );
    }

    #[test]
    fn without_one_the_mail_itself_says_who_to_answer() {
        check_from(
            "From: \"Anna\" <>\nReply-To: <a@uni.test>",
            Some("Anna"),
            "a@uni.test",
            &["no_from"],
        );
        check_from(
            "Sender: Olga <o@uni.test>\nReply-To: a@uni.test",
            Some("Olga"),
            "o@uni.test",
            &["no_from"],
        );
        assert_eq!(read_of("Subject: x").from, None);
    }

    #[test]
    fn doubled_fields_are_read() {
        let message = read_of(
            "Subject:\nSubject: a\nSubject: b\nTo: a@uni.test\nTo: o@uni.test\nDate: never\nDate: 1 Jan 2026 10:00 GMT",
        );
        assert_eq!(message.subject.as_deref(), Some("a"));
        assert_eq!(message.to.len(), 2);
        assert!(message.oddities.contains(&"duplicate_header".to_owned()));
        assert_eq!(message.date.as_deref(), Some("2026-01-01T10:00:00+00:00"));
    }

    #[test]
    fn a_subject_encoded_twice_is_left_and_named() {
        let message = read_of("Subject: =?utf-8?B?w5DCn8ORwoDDkMK4?=");
        assert_eq!(message.oddities, ["no_from", "double_encoded"]);
    }
}
