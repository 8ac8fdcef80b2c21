//! Agents who follow a ticket that is somebody else's: what is news for those who answer it is news for them.

use super::{Sending, TicketDraft};
use crate::model::{
    event::Actor,
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, Class},
    ticket::Side,
};

impl TicketDraft<'_, '_> {
    /// The same news for those who follow the ticket at hand, but for whoever has caused it or gets it anyway. It may be
    /// capped: nobody waits for their answer.
    pub(super) fn for_followers(&mut self, news: &Sending) -> Option<Sending> {
        let Body::FollowUp { ticket, .. } = &news.body else {
            return None;
        };
        if news.side != Side::Agents || ticket.is_followed || self.snapshot().followers.is_empty() {
            return None;
        }
        let served = self.queue().map_or(&[][..], |queue| &queue.agents);
        let head = self.queue().and_then(|queue| queue.head.as_ref());
        let followers = self.snapshot().followers.iter();
        let followers = followers.filter(|one| served.contains(one) || head == Some(*one));
        let followers: Vec<_> = followers.cloned().collect();
        let author = match self.voice.actor {
            Actor::Person(person) => Some(self.world.who(person)),
            Actor::Okno | Actor::Operator => None,
        };
        let people = followers.iter().filter_map(|one| self.agent_person(one));
        let people: Vec<PersonId> = people.collect();
        let told = |one: &PersonId| news.to.contains(one) || Some(*one) == author;
        let to: Vec<PersonId> = people.into_iter().filter(|one| !told(one)).collect();
        let mut body = news.body.clone();
        if let Body::FollowUp { ticket, .. } = &mut body {
            ticket.is_followed = true;
        }
        (!to.is_empty()).then(|| Sending {
            key: format!("{}:followers", news.key),
            class: Class::Automatic,
            auto_submitted: AutoSubmitted::Generated,
            side: Side::Agents,
            to,
            cc: Vec::new(),
            from_agent: news.from_agent.clone(),
            body,
            offers: None,
            enclosures: news.enclosures.clone(),
            hop: news.hop,
        })
    }
}
