//! Who is given a new ticket. Pure arithmetic over who is here: the turn is kept as the agent who was given the last one,
//! and moves only when somebody is given one, so that two agents get exactly 1, 2, 1, whoever is away in between, and an
//! agent who is taken out of the list and put back breaks nothing.

#[cfg(test)]
mod tests;

use crate::model::{
    distribution::{Chosen, Method},
    ids::AgentName,
};

/// How many tickets that wait a queue looks at in one go: the oldest.
pub const WAITING_MAX: usize = 50;

/// An agent who may be given a ticket: here, and not taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Who.
    pub name: &'a AgentName,
    /// Whether it is in their hours now.
    pub works_now: bool,
    /// How many active tickets they have, in all queues.
    pub active: u32,
    /// Of the limits on what they have, of this queue and of all, the one that leaves the least room.
    pub tightest: Option<Limit>,
}

impl Candidate<'_> {
    /// Whether they have as many as they may have.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.tightest.is_some_and(|limit| limit.left() == 0)
    }
}

/// A limit on active tickets, and how far it is used up. What counts towards it is counted by it: a limit of one queue is
/// not used up by tickets of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many there are.
    pub taken: u32,
    /// How many there may be.
    pub places: u32,
}

impl Limit {
    /// How many more there may be.
    #[must_use]
    pub const fn left(&self) -> u32 {
        self.places.saturating_sub(self.taken)
    }
}

/// What comes of choosing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// This agent, for that reason.
    Agent(AgentName, Chosen),
    /// All who are here have as many as they may have, and that is a wall.
    Full,
    /// Nobody is here.
    Nobody,
}

/// How the two ways that need nobody's word choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Each in turn.
    Turn,
    /// The fewest active tickets, then in turn.
    Least,
}

impl Way {
    /// In which of these ways a ticket is given by a method; `None`: by this one it is not.
    #[must_use]
    pub const fn of(method: Method) -> Option<Self> {
        match method {
            Method::Turn => Some(Self::Turn),
            Method::Least => Some(Self::Least),
            Method::Manual | Method::Own | Method::Curator => None,
        }
    }
}

/// Chooses among the candidates. `order` is the queue's whole list, `recent` who was given tickets, the last one last.
///
/// Whoever has room stands before whoever has not, then whoever works now before whoever does not: a ticket of the evening
/// goes to who works in the evening, and where nobody does, to the next in turn at once, so that it lies ready. Where the
/// limit is hard, whoever is full is given nothing.
#[must_use]
pub fn choose(
    way: Way,
    (order, recent): (&[AgentName], &[AgentName]),
    candidates: &[Candidate<'_>],
    is_hard: bool,
) -> Choice {
    let last = recent.iter().rev().find(|one| order.contains(one));
    let has_room = candidates.iter().filter(|one| !(is_hard && one.is_full()));
    let best = has_room.min_by_key(|one| {
        let active = match way {
            Way::Turn => 0,
            Way::Least => one.active,
        };
        let rank = rank(order, last, one.name);
        (one.is_full(), !one.works_now, active, rank)
    });
    let Some(best) = best else {
        return match candidates {
            [] => Choice::Nobody,
            [..] => Choice::Full,
        };
    };
    let chosen = match way {
        Way::Turn => Chosen::Turn {
            after: last.cloned(),
        },
        Way::Least => Chosen::Fewest {
            active: best.active,
        },
    };
    Choice::Agent(best.name.clone(), chosen)
}

/// How many others come before an agent, counted from behind whoever was last.
fn rank(order: &[AgentName], last: Option<&AgentName>, agent: &AgentName) -> usize {
    let place = |name: &AgentName| order.iter().position(|one| one == name);
    let first = last.and_then(place).map_or(0, |at| at.saturating_add(1));
    let own = place(agent).unwrap_or(order.len());
    match own.checked_sub(first) {
        Some(behind) => behind,
        None => own.saturating_add(order.len().saturating_sub(first)),
    }
}
