//! What it takes to say that an order came too late.

use super::Wants;
use crate::{desk::order::CarriedOut, model::event::Actor};

impl Wants {
    /// What it takes to say so where an order came too late.
    pub(super) fn add_carried_out(&mut self, carried: &CarriedOut) {
        self.tickets.extend(carried.by.ticket);
        if let Some((_, ticket)) = carried.overtaken() {
            self.chronicles = true;
            self.tickets.insert(ticket);
            if let Actor::Person(person) = carried.by.actor {
                self.people.insert(person);
            }
        }
    }
}
