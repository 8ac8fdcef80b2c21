//! What people's tickets were opened with: what a repeat is known by, and the hint where a mail may belong.

use super::World;
use crate::{
    desk::{decision::Decision, similarity::Sketch},
    model::{
        address::Address,
        ids::{PersonId, TicketNumber},
    },
};

/// How many tickets of a person are looked at, the newest.
pub const OPENINGS_KEPT: usize = 24;

/// How many tickets of a person are asked whether they were urgent, the newest: nobody writes more in a month.
pub const URGENT_LOOKED_AT: i64 = 1000;

/// How many earlier texts are read again for one mail: those whose `SimHashes` are nearest.
pub const READ_AGAIN_MAX: usize = 4;

/// A ticket that somebody took part in from the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The ticket.
    pub ticket: TicketNumber,
    /// What they opened it with, where it was worth reading again; `None` where somebody else opened it, too.
    pub sketch: Option<Sketch>,
}

/// Looking up.
impl World {
    /// The tickets that the person at an address took part in from the start, the newest first; at most
    /// [`OPENINGS_KEPT`].
    #[must_use]
    pub fn openings(&self, address: &Address) -> &[Opening] {
        debug_assert!(
            self.asked.openings.contains_key(address),
            "the tickets of {address} were not wanted"
        );
        let person = self.addresses.get(address);
        let openings = person.and_then(|person| self.openings.get(person));
        openings.map_or(&[], Vec::as_slice)
    }
}

/// Filling.
impl World {
    /// Says what a person took part in, the newest first; the tickets are wanted too.
    pub fn set_openings(&mut self, person: PersonId, openings: Vec<Opening>) {
        let tickets = openings.iter().map(|one| one.ticket);
        self.asked.tickets.extend(tickets);
        self.openings.insert(person, openings);
    }

    /// Wants further tickets of somebody who has more than are looked at: those that they have said are urgent, which are
    /// counted.
    pub fn want_urgent(&mut self, tickets: impl IntoIterator<Item = TicketNumber>) {
        self.asked.tickets.extend(tickets);
    }

    /// What a decision has opened.
    pub(super) fn absorb_openings(&mut self, decision: &Decision) {
        for opened in &decision.openings {
            for (place, person) in opened.people.iter().enumerate() {
                let opening = Opening {
                    ticket: opened.ticket,
                    sketch: (place == 0).then(|| opened.sketch.clone()),
                };
                let openings = self.openings.entry(*person).or_default();
                openings.insert(0, opening);
                openings.truncate(OPENINGS_KEPT);
            }
        }
    }
}
