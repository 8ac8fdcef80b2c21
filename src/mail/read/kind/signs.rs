//! What is looked at: the message as read, and headers nobody else needs.

use crate::{
    mail::read::{bytes::shorten, headers::Headers},
    model::message::IncomingMessage,
};

/// What is looked at.
pub(super) struct Signs<'a> {
    pub(super) message: &'a IncomingMessage,
    pub(super) headers: &'a Headers,
}

impl Signs<'_> {
    /// A header's first value, lower case, empty where there is none.
    pub(super) fn value(&self, name: &str) -> String {
        self.headers.plain(name).unwrap_or_default().to_lowercase()
    }

    pub(super) fn subject(&self) -> String {
        self.message
            .subject
            .as_deref()
            .unwrap_or_default()
            .to_lowercase()
    }

    /// The beginning of the text, lower case.
    pub(super) fn text(&self, max: usize) -> String {
        let text = self.message.text.as_deref().unwrap_or_default();
        shorten(text, max).to_lowercase()
    }

    /// The beginning of the new text, lower case: what is quoted was said by somebody else.
    pub(super) fn reply(&self, max: usize) -> String {
        let reply = self.message.reply.as_deref().unwrap_or_default();
        shorten(reply, max).to_lowercase()
    }

    /// Whether the mail answers another one.
    pub(super) fn is_answer(&self) -> bool {
        !self.message.in_reply_to.is_empty()
            || !self.message.references.is_empty()
            || self.subject().split(' ').any(|word| word == "re:")
    }

    pub(super) fn senders(&self) -> impl Iterator<Item = String> {
        self.message
            .from
            .iter()
            .chain(&self.message.sender)
            .map(|a| a.address.to_lowercase())
            .chain(self.message.return_path.iter().map(|p| p.to_lowercase()))
    }
}
