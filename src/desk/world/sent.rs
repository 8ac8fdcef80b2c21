//! What addresses were sent by machine, among the facts, and whether mail reaches them at all.

use jiff::Timestamp;

use super::World;
use crate::{
    desk::decision::Survey,
    model::{
        address::Address,
        ids::{PersonId, TicketNumber},
        outgoing::ReportAsked,
    },
};

/// How many of their tickets a requester is told of who asks for them: the newest.
pub const HISTORY_MAX: usize = 20;

/// How many automatic mails an address was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// In the last hour.
    pub hour: u32,
    /// Reports in the last hour: letters that are due by the day, and answers to orders and questions.
    pub reports: u32,
    /// In the last 24 hours.
    pub day: u32,
    /// When the last of them was written.
    pub last_at: Option<Timestamp>,
}

impl World {
    /// How many automatic mails an address was sent lately.
    #[must_use]
    pub fn sent(&self, address: &Address) -> Sent {
        debug_assert!(
            self.asked.addresses.contains(address),
            "what {address} was sent was not wanted"
        );
        self.sent.get(address).copied().unwrap_or_default()
    }

    /// What figures somebody has asked for just now, and is not answered yet.
    pub fn reports_asked(&self, reader: &Address) -> impl Iterator<Item = &ReportAsked> {
        let asked = self.reports_asked.iter();
        asked.filter(move |one| one.reader == *reader)
    }

    /// Until when an address is sent nothing automatic, since mail does not reach it.
    #[must_use]
    pub fn silenced(&self, address: &Address) -> Option<Timestamp> {
        debug_assert!(
            self.asked.addresses.contains(address),
            "whether {address} is silenced was not wanted"
        );
        self.silenced.get(address).copied()
    }

    /// How many automatic mails about a ticket an address was sent in the last 24 hours.
    #[must_use]
    pub fn sent_about(&self, ticket: TicketNumber, address: &Address) -> u32 {
        let key = (ticket, address.clone());
        self.sent_about.get(&key).copied().unwrap_or_default()
    }

    /// The tickets of the person at an address, the newest first: one more than a history lists, where there are more.
    #[must_use]
    pub fn own_tickets(&self, address: &Address) -> &[TicketNumber] {
        debug_assert!(
            self.asked.histories.contains(address),
            "the history of {address} was not wanted"
        );
        self.own.get(address).map_or(&[], Vec::as_slice)
    }

    /// Says which tickets are of the person at an address; they are wanted too.
    pub fn set_own_tickets(&mut self, address: Address, tickets: Vec<TicketNumber>) {
        self.asked.tickets.extend(&tickets);
        self.own.insert(address, tickets);
    }

    /// When a person was last asked to rate the work on a ticket.
    #[must_use]
    pub fn surveyed(&self, person: PersonId) -> Option<Survey> {
        // Whoever is met in this very decision was never asked.
        let is_new = person >= self.next.person;
        debug_assert!(
            is_new || self.asked.people.contains(&person) || self.people.contains_key(&person),
            "what {person} was asked was not wanted"
        );
        self.surveyed.get(&self.who(person)).copied()
    }

    /// Whether whoever opened this ticket has another that is not closed.
    #[must_use]
    pub fn has_unsolved(&self, ticket: TicketNumber) -> bool {
        debug_assert!(
            self.asked.surveys.contains(&ticket),
            "what else is open of {ticket}'s requester was not wanted"
        );
        self.unsolved.contains(&ticket)
    }

    /// Says so.
    pub fn set_unsolved(&mut self, ticket: TicketNumber, has_unsolved: bool) {
        if has_unsolved {
            self.unsolved.insert(ticket);
        }
    }

    /// Says when a person was last asked to rate.
    pub fn set_surveyed(&mut self, person: PersonId, survey: Survey) {
        let person = self.who(person);
        self.surveyed.insert(person, survey);
    }

    /// Says what an address was sent.
    pub fn set_sent(&mut self, address: Address, sent: Sent) {
        self.sent.insert(address, sent);
    }

    /// Says until when an address is sent nothing automatic; `None`: it is.
    pub fn set_silenced(&mut self, address: Address, until: Option<Timestamp>) {
        match until {
            Some(until) => self.silenced.insert(address, until),
            None => self.silenced.remove(&address),
        };
    }

    /// Says how many automatic mails about a ticket an address was sent.
    pub fn set_sent_about(&mut self, (ticket, address): (TicketNumber, Address), count: u32) {
        self.sent_about.insert((ticket, address), count);
    }
}
