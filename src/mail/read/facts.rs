//! The header of a mail as facts: who, to whom, when, about what, in answer to what.

use super::{addresses, bytes::shorten, dates, headers::Headers, ids, limits::Limits};
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
            let read = addresses::read(value, room);
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
    let authors = from.len();
    message.from = from.into_iter().next();
    if authors > 1 {
        oddities.push("multiple_from");
    }
    if message.from.is_none() {
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
    message.subject = headers
        .decoded("subject")
        .map(|s| shorten(&s, SUBJECT_MAX).to_owned());
    message.date = headers.first("date").and_then(dates::read);
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
        authors: u32::try_from(authors).unwrap_or(u32::MAX),
        hops_above: super::judged::hops_above(headers),
        exchange_auth_as: super::judged::exchange_auth_as(headers),
    }
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
