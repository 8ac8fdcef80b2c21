//! What agents have looked for.

use super::World;
use crate::{
    desk::search::{Hit, Search},
    model::ids::{PersonId, TicketNumber},
};

/// Looking up.
impl World {
    /// Where it was found, the best first; `None` where nobody has looked: in a mail that is taken for another's sake.
    #[must_use]
    pub fn found(&self, search: &Search) -> Option<&[Hit]> {
        self.found.get(search).map(Vec::as_slice)
    }

    /// Whether all mail was looked at. An index that has just begun still lacks some.
    #[must_use]
    pub const fn is_index_whole(&self) -> bool {
        self.is_index_whole
    }

    /// What a person has asked in the queues of those who wanted to know, the newest first; `None` where nobody has looked.
    #[must_use]
    pub fn past(&self, person: PersonId) -> Option<&[TicketNumber]> {
        self.pasts.get(&self.who(person)).map(Vec::as_slice)
    }
}

/// Filling.
impl World {
    /// Says where it was found; the tickets are wanted, too.
    pub fn set_found(&mut self, search: Search, hits: Vec<Hit>) {
        let tickets = hits.iter().map(|hit| hit.ticket);
        self.asked.tickets.extend(tickets);
        self.found.insert(search, hits);
    }

    /// Says whether all mail is in the index.
    pub const fn set_index_whole(&mut self, is_whole: bool) {
        self.is_index_whole = is_whole;
    }

    /// Says what a person has asked; the tickets are wanted, too.
    pub fn set_past(&mut self, person: PersonId, tickets: Vec<TicketNumber>) {
        self.asked.tickets.extend(&tickets);
        self.pasts.insert(person, tickets);
    }
}
