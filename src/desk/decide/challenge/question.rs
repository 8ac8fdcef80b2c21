//! The letter that asks an agent whether mails are theirs.

use jiff::Timestamp;

use super::super::due::sender_of;
use crate::desk::{draft::Draft, world::Held};
use crate::model::{
    address::NamedAddress,
    ids::{PersonId, QueueName, RawId},
    inert::inert,
    language::Language,
    outgoing::{Body, Class, HeldMail, OutgoingMail, Recipient, Sender, When},
    ticket::Side,
};

/// A letter that asks.
pub(super) struct Question<'q> {
    pub(super) person: PersonId,
    pub(super) code: &'q str,
    pub(super) held: &'q [Held],
    pub(super) expires_at: Timestamp,
}

impl Question<'_> {
    /// The letter; `again` says in answer to which mail it is asked once more, and why.
    pub(super) fn mail(
        &self,
        draft: &mut Draft<'_>,
        again: Option<(RawId, &str)>,
    ) -> Option<OutgoingMail> {
        let (mut mails, mut sender) = (Vec::new(), None);
        for held in self.held {
            let Some(ticket) = draft.ticket(held.place.ticket) else {
                continue;
            };
            let at = ticket.when(held.at);
            let facts = ticket.facts(ticket.staff_language());
            mails.extend(facts.map(|ticket| HeldMail { ticket, at }));
            sender = sender.or_else(|| sender_of(&ticket));
        }
        let (queue, language, sender): (QueueName, Language, Sender) = sender?;
        let zone = mails.first()?.at.zone.clone();
        let other = self.held.iter().find_map(|held| held.other);
        let other = other.and_then(|other| draft.person_by_id(other));
        let other_address = other.map(|other| inert(other.address.as_str()));
        let reader = draft.person_by_id(self.person)?;
        let address = draft.address_of(reader).clone();
        let name = draft.given.policy.agent_of(&address);
        let body = Body::Challenge {
            agent: name.map_or_else(|| reader.name.to_string(), |name| draft.agent_name(name)),
            mails,
            other_address,
            is_automatic: self.held.iter().any(|held| held.is_automatic),
            code: self.code.to_owned(),
            address: sender.address.clone(),
            until: When {
                at: self.expires_at,
                zone,
            },
            again: again.map(|(_, why)| why.to_owned()),
        };
        let (key, domain) = (draft.given.key, sender.address.domain());
        let asked = key.challenge_id(self.code, domain);
        let (dedupe_key, message_id) = match again {
            None => (format!("challenge:{}", self.code), asked.clone()),
            Some((raw, _)) => {
                let dedupe_key = format!("challenge:{}:{raw}", self.code);
                let id = key.plain_message_id(&dedupe_key, domain);
                (dedupe_key, id)
            }
        };
        Some(OutgoingMail {
            side: Some(Side::Agents),
            queue: Some(queue),
            to: vec![NamedAddress::new(reader.name.as_str(), &address)],
            recipients: vec![Recipient {
                address,
                person: self.person,
                reply_to: None,
            }],
            references: again.map(|_| asked).into_iter().collect(),
            ..OutgoingMail::new(
                (dedupe_key, message_id),
                // Withheld, it would never be asked: at most one a day asks, and only what is told again is capped.
                if again.is_some() {
                    Class::Automatic
                } else {
                    Class::Report
                },
                sender,
                language,
                body,
            )
        })
    }
}
