//! A ticket's whole history: what happened, decision by decision, and what was written.

use super::parts::{Own, touches};
use crate::{
    desk::fold::fold,
    model::{
        event::{Event, EventData, Role},
        ids::{DecisionId, TicketNumber},
        ticket::{Side, Ticket},
    },
};

/// One event of a ticket's history, and the decision it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The decision.
    pub decision: DecisionId,
    /// What happened; words are left out.
    pub event: Event,
}

/// One recipient of a mail about a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastMail {
    /// The decision that wrote it.
    pub decision: DecisionId,
    /// Which template.
    pub template: String,
    /// On which side.
    pub side: Option<Side>,
    /// A person's words, or a machine's.
    pub is_human: bool,
    /// To which address.
    pub recipient: String,
    /// It waits still: an order may stop it.
    pub waits: bool,
    /// It has gone, or may have.
    pub has_gone: bool,
}

/// A ticket's whole history, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chronicle {
    /// What happened.
    pub events: Vec<Past>,
    /// What was written.
    pub mails: Vec<PastMail>,
}

impl Chronicle {
    /// The tickets that this one was linked or merged with: what was done to it was done to them, too.
    pub fn others(&self) -> impl Iterator<Item = TicketNumber> {
        self.events.iter().filter_map(|past| other_of(&past.event))
    }

    /// Those that one decision linked or merged it with.
    pub(super) fn others_of(&self, decision: DecisionId) -> impl Iterator<Item = TicketNumber> {
        self.of(decision).filter_map(|past| other_of(&past.event))
    }

    pub(super) fn of(&self, decision: DecisionId) -> impl Iterator<Item = &Past> {
        let events = self.events.iter();
        events.filter(move |past| past.decision == decision)
    }

    /// What came after that decision.
    pub(super) fn after(&self, decision: DecisionId) -> impl Iterator<Item = &Past> {
        let events = self.events.iter().rev();
        events.take_while(move |past| past.decision > decision)
    }

    /// The mails of a decision.
    pub fn mails_of(&self, decision: DecisionId) -> impl Iterator<Item = &PastMail> {
        let mails = self.mails.iter();
        mails.filter(move |mail| mail.decision == decision)
    }

    /// What that decision split it off from.
    pub(super) fn split_by(&self, decision: DecisionId) -> Option<TicketNumber> {
        self.of(decision).find_map(|past| {
            if let EventData::SplitFrom { ticket } = past.event.data {
                Some(ticket)
            } else {
                None
            }
        })
    }

    /// The first thing that people have done with it since: it is work of its own by then.
    pub(super) fn taken_up_since(&self, decision: DecisionId) -> Option<&Event> {
        let since = self.after(decision).map(|past| &past.event);
        let by_people = since.filter(|event| match event.role {
            Role::Requester | Role::Collaborator | Role::Stranger => true,
            // What they only said inside changes nothing.
            Role::Agent | Role::Head => !touches(event, Some(Own)).is_empty(),
            Role::House | Role::Machine => false,
        });
        by_people.last()
    }

    pub(super) fn ticket(&self, number: TicketNumber) -> Option<Ticket> {
        let events = self.events.iter().map(|past| &past.event);
        events.fold(None, |ticket, event| fold(ticket, number, event))
    }
}

const fn other_of(event: &Event) -> Option<TicketNumber> {
    if let EventData::LinkedTo { ticket }
    | EventData::TookIn { ticket }
    | EventData::Merged { into: ticket } = &event.data
    {
        Some(*ticket)
    } else {
        None
    }
}
