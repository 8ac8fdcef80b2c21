//! A mail inside a mail: forwarded within the text or attached whole.

mod inline;
mod people;
#[cfg(test)]
mod tests;

use super::{
    attached::Attached,
    reply::{Prefix, apart, prefix, without_forward_prefixes},
};
use crate::model::message::{Forwarded, IncomingMessage, Kind};

/// What was forwarded, if anything: within `text`, or one mail attached whole.
pub(super) fn read(message: &IncomingMessage, text: &str, mails: &[Attached]) -> Option<Forwarded> {
    let mut forwarded = inline::read(text, message).or_else(|| attached(mails, text))?;
    let subject = message.subject.as_deref().unwrap_or_default();
    if forwarded.subject.is_none() && prefix(subject) == Some(Prefix::Forward) {
        // Programs that write no header block keep the subject behind their prefix.
        let own = without_forward_prefixes(subject);
        forwarded.subject = Some(own.to_owned()).filter(|s| !s.is_empty());
    }
    Some(forwarded)
}

/// A whole mail attached to a mail that says little itself.
fn attached(mails: &[Attached], text: &str) -> Option<Forwarded> {
    let mut own = mails.iter().filter(|mail| mail.depth == 0);
    let (Some(mail), None) = (own.next(), own.next()) else {
        return None;
    };
    let shown = if mail.text.is_empty() {
        mail.names.join(", ")
    } else {
        mail.text.clone()
    };
    let original = &mail.message;
    let lines: Vec<&str> = text.lines().collect();
    let (note, _) = apart(&lines);
    Some(Forwarded {
        from: original.from.clone(),
        to: original.to.clone(),
        cc: original.cc.clone(),
        subject: original.subject.clone(),
        date: original.date.clone(),
        text: (!shown.is_empty()).then_some(shown),
        note: (!note.is_empty()).then_some(note),
        is_automatic: !matches!(original.kind, Kind::Human | Kind::Calendar),
    })
}
