//! A decision being written. It may touch any number of tickets, each through a [`TicketDraft`]: what happens to a
//! ticket is said to that ticket, and later steps see what earlier ones did to it.

mod agents;
mod builder;
mod loads;
mod split;
mod ticket;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    ops::{Deref, DerefMut},
};

pub(super) use builder::{DecisionBuilder, Voice};
pub(super) use split::{SPLITS_MAX, Split};
pub(super) use ticket::{ANSWERS, TicketDraft};

use super::{
    decision::{Decision, Given},
    fold,
    reason::Reason,
    world::World,
};
use crate::model::{
    event::{EventData, NewTicket, Private, Stream},
    ids::TicketNumber,
    ticket::Ticket,
};

/// A decision being written, with every ticket it has touched as it stands after the events so far.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    builder: DecisionBuilder<'a>,
    tickets: BTreeMap<TicketNumber, Ticket>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        given: &'a Given<'a>,
        world: &'a World,
        voice: Voice,
        reason: Reason,
    ) -> Self {
        Self {
            builder: DecisionBuilder::new(given, world, voice, reason),
            tickets: BTreeMap::new(),
        }
    }

    /// A ticket to work on; `None` where there is no such ticket.
    pub(super) fn ticket(&mut self, number: TicketNumber) -> Option<TicketDraft<'_, 'a>> {
        let Self { builder, tickets } = self;
        let ticket = match tickets.entry(number) {
            Entry::Occupied(in_hand) => in_hand.into_mut(),
            Entry::Vacant(new) => new.insert(builder.world.ticket(number)?.clone()),
        };
        Some(TicketDraft::new(builder, ticket))
    }

    /// Opens a ticket under the next number. Its subject is erasable: `subject`.
    pub(super) fn open(
        &mut self,
        new: NewTicket,
        subject: Private,
        reason: Reason,
    ) -> TicketDraft<'_, 'a> {
        let Self { builder, tickets } = self;
        let number = builder.next_ticket();
        let ticket = fold::opened(
            (number, builder.voice.at),
            &new,
            Some(subject.text.as_str()),
        );
        let data = EventData::TicketOpened(new);
        let event = builder.event(Stream::Ticket(number), data, reason, Some(subject));
        builder.decision.events.push(event);
        TicketDraft::new(builder, tickets.entry(number).or_insert(ticket))
    }

    /// Every ticket it has touched, and how it stood before; `None`: it is new.
    pub(super) fn touched(&self) -> Vec<(TicketNumber, Option<&'a Ticket>)> {
        let world = self.builder.world;
        let is_old = |number: &TicketNumber| *number < world.next.ticket;
        let before = |number: TicketNumber| {
            let old = Some(number).filter(is_old);
            (number, old.and_then(|number| world.ticket(number)))
        };
        self.tickets.keys().copied().map(before).collect()
    }

    /// Lets happen what was left for other tickets, in the voice that has spoken.
    pub(super) fn settle(&mut self) {
        for (number, data, reason) in std::mem::take(&mut self.builder.elsewhere) {
            if let Some(mut ticket) = self.ticket(number) {
                ticket.happened(data, reason);
            }
        }
    }

    /// The decision as it is. What may send mail goes by way of the brake instead.
    pub(super) fn done(self) -> Decision {
        self.builder.decision
    }
}

impl<'a> Deref for Draft<'a> {
    type Target = DecisionBuilder<'a>;

    fn deref(&self) -> &Self::Target {
        &self.builder
    }
}

impl DerefMut for Draft<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.builder
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        desk::{
            decide::finish,
            fixture::{address, given, noon, policy},
            notify::Sending,
            policy::Mode,
            wants::Wants,
            world::Numbers,
        },
        model::{
            ids::PersonId,
            language::Language,
            outgoing::{AutoSubmitted, Body, Class},
            ticket::{Side, State},
        },
    };

    /// Opens a ticket in that queue.
    fn open<'d, 'a>(draft: &'d mut Draft<'a>, queue: &str, who: PersonId) -> TicketDraft<'d, 'a> {
        let new = NewTicket {
            queue: queue.into(),
            mailbox: queue.into(),
            prefix: queue.to_uppercase(),
            requester: who,
            collaborators: Vec::new(),
            language: Language::Ru,
            message: draft.next_message(),
        };
        let subject = Private {
            person: Some(who),
            text: "Printer".to_owned(),
        };
        draft.open(new, subject, Reason::NewTicket)
    }

    fn acknowledge(ticket: &mut TicketDraft<'_, '_>, who: PersonId) {
        let number = ticket.snapshot().number;
        let facts = ticket.facts(Language::Ru).expect("its queue is configured");
        ticket.send(Sending {
            key: format!("ack:{number}"),
            class: Class::Automatic,
            auto_submitted: AutoSubmitted::Replied,
            side: Side::Requester,
            to: vec![who],
            cc: Vec::new(),
            from_agent: None,
            body: Body::Acknowledgement {
                ticket: facts,
                others: Vec::new(),
                continues: None,
                brought: None,
                opens: None,
                is_apart: false,
                text: String::new(),
                canned: Vec::new(),
                articles: Vec::new(),
                files: Vec::new(),
                wishes: Vec::new(),
                urgency: String::new(),
                urgency_limit: 0,
            },
            offers: None,
            enclosures: None,
            hop: 0,
        });
    }

    fn kinds(decision: &Decision, number: TicketNumber) -> Vec<&'static str> {
        let of = decision
            .events
            .iter()
            .filter(|event| event.stream == Stream::Ticket(number));
        of.map(|event| event.data.kind().0).collect()
    }

    #[test]
    fn one_decision_works_on_several_tickets() {
        let mut policy = policy();
        if let Some(buh) = policy.mailboxes.get_mut(&"buh".into()) {
            buh.mode = Mode::Observe;
        }
        let asked = Wants {
            addresses: BTreeSet::from([address("olga@uni.test")]),
            tickets: BTreeSet::from([TicketNumber(1003)]),
            ..Wants::default()
        };
        let (given, mut world) = (given(&policy), World::new(asked, Numbers::default()));
        let mut draft = Draft::new(&given, &world, Voice::okno(noon()), Reason::NewTicket);
        let who = draft.person(&address("olga@uni.test"), None, None);
        let first = open(&mut draft, "it", who).snapshot().number;
        let second = open(&mut draft, "buh", who).snapshot().number;
        assert_eq!(second, first.next());
        // What happens to one in hand happens to that one, whichever was in hand before.
        for number in [first, second] {
            let mut ticket = draft.ticket(number).expect("just opened");
            acknowledge(&mut ticket, who);
        }
        let resolved = EventData::Resolved {
            message: draft.next_message(),
            agent: "anna".into(),
            chars: None,
        };
        draft
            .ticket(first)
            .expect("just opened")
            .happened(resolved, Reason::AgentCommand);
        assert_eq!(
            draft.ticket(second).map(|one| one.snapshot().state),
            Some(State::New)
        );
        assert!(draft.ticket(second.next()).is_none());

        // The brake goes by the mailbox of each mail, and its events go to each mail's ticket.
        let decision = finish(draft, Some(&"it".into()));
        assert_eq!(
            kinds(&decision, first),
            ["ticket_opened", "resolved", "message_sent"]
        );
        assert_eq!(kinds(&decision, second), ["ticket_opened", "mail_withheld"]);
        assert_eq!(decision.mails.len(), 1);
        assert_eq!(decision.tickets(), [first, second]);
        world.absorb(&decision);
        let states: Vec<_> = world
            .tickets()
            .map(|ticket| (ticket.state, ticket.last_seq))
            .collect();
        assert_eq!(states, [(State::Resolved, 3), (State::New, 2)]);
        assert_eq!(world.next.ticket, second.next());
    }
}
