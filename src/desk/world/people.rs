//! People among the facts: by any of their addresses, and by any number that turned out to be theirs.

use super::World;
use crate::{
    desk::{
        origin::is_meant,
        people::Roster,
        policy::{AgentPolicy, Policy},
    },
    model::{
        address::Address,
        ids::{AgentName, PersonId, TicketNumber},
        person::{Kind, Person},
        ticket::Ticket,
    },
};

/// Through so many tickets is looked for whose sake one department asks another.
const DEPARTMENTS_MAX: usize = 8;

/// Looking up.
impl World {
    /// Everybody who is here, in no order.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// The person at an address.
    #[must_use]
    pub fn person(&self, address: &Address) -> Option<&Person> {
        let found = self
            .addresses
            .get(address)
            .and_then(|id| self.people.get(id));
        debug_assert!(
            found.is_some() || self.asked.addresses.contains(address),
            "{address} was not wanted"
        );
        found
    }

    /// A person by any number that is theirs.
    #[must_use]
    pub fn person_by_id(&self, id: PersonId) -> Option<&Person> {
        let found = self.people.get(&self.who(id));
        debug_assert!(
            found.is_some() || self.asked.people.contains(&id),
            "person {id} was not wanted"
        );
        found
    }

    /// Who a number is: itself, or the person it turned out to be.
    #[must_use]
    pub fn who(&self, id: PersonId) -> PersonId {
        self.same.get(&id).copied().unwrap_or(id)
    }

    /// The people of the directory who may be meant by a name.
    #[must_use]
    pub fn namesakes(&self, name: &str) -> Vec<&Person> {
        debug_assert!(self.asked.names.contains(name), "{name} was not wanted");
        let people = self.namesakes.iter().filter_map(|id| self.people.get(id));
        people
            .filter(|person| {
                let listed = person.listed();
                listed.is_some_and(|listed| listed.kind == Kind::Person)
                    && is_meant(name, person.name.as_str())
            })
            .collect()
    }

    /// Whether a person asked for a ticket, under whatever number.
    #[must_use]
    pub fn is_requester(&self, person: PersonId, ticket: &Ticket) -> bool {
        self.who(ticket.requester) == self.who(person)
    }

    /// Whether whoever asked for a ticket is erased, or whoever one department asks another for by it.
    #[must_use]
    pub fn is_forgotten(&self, ticket: &Ticket) -> bool {
        let mut for_whom = Some(ticket);
        for _ in 0..DEPARTMENTS_MAX {
            let Some(ticket) = for_whom else {
                return false;
            };
            if self.is_erased(ticket.requester) {
                return true;
            }
            for_whom = ticket.asked_for.and_then(|number| self.ticket(number));
        }
        false
    }

    /// Whether this person is erased.
    #[must_use]
    pub fn is_erased(&self, person: PersonId) -> bool {
        self.person_by_id(person).is_some_and(Person::is_erased)
    }

    /// Whether this ticket was here before the decision, and is forgotten.
    #[must_use]
    pub fn was_forgotten(&self, number: TicketNumber) -> bool {
        let before = self.tickets.get(&number);
        before.is_some_and(|ticket| self.is_forgotten(ticket))
    }

    /// Whether a person takes part in a ticket: asked, was in Cc, or was let in by an agent.
    #[must_use]
    pub fn takes_part(&self, person: PersonId, ticket: &Ticket) -> bool {
        let wanted = self.who(person);
        self.is_requester(person, ticket) || ticket.readers().any(|id| self.who(id) == wanted)
    }

    /// Whether a person is among these, under whatever number.
    #[must_use]
    pub fn is_among(&self, person: PersonId, people: &[PersonId]) -> bool {
        let wanted = self.who(person);
        people.iter().any(|id| self.who(*id) == wanted)
    }

    /// Everybody, for a decision on the directory.
    #[must_use]
    pub fn roster(&self) -> Option<&Roster> {
        debug_assert!(self.asked.roster.is_some(), "the roster was not wanted");
        self.roster.as_ref()
    }

    /// The agent who writes from this address: by the configuration, or since it is known for another of theirs.
    #[must_use]
    pub fn agent_at(
        &self,
        address: &Address,
        person: Option<PersonId>,
        policy: &Policy,
    ) -> Option<AgentName> {
        let is_theirs = |agent: &AgentPolicy| {
            let known = self.person(&agent.address);
            known.is_some_and(|known| Some(known.id) == person)
        };
        let known = || policy.agents.iter().find(|(_, agent)| is_theirs(agent));
        let named = policy.agent_of(address).cloned();
        named.or_else(|| known().map(|(name, _)| name.clone()))
    }
}

/// Filling.
impl World {
    /// Adds a person under all their addresses; what they were sent is wanted too.
    pub fn meet(&mut self, person: Person) {
        self.asked.addresses.insert(person.address.clone());
        for address in person.addresses() {
            self.addresses.insert(address.clone(), person.id);
        }
        self.people.insert(person.id, person);
    }

    /// Adds a person under a number that turned out to be theirs.
    pub fn meet_as(&mut self, number: PersonId, person: Person) {
        if number != person.id {
            self.same.insert(number, person.id);
        }
        self.meet(person);
    }

    /// Says whom the directory may mean by the names looked for; they are wanted too.
    pub fn set_namesakes(&mut self, people: Vec<PersonId>) {
        self.asked.people.extend(&people);
        self.namesakes = people;
    }

    /// Adds everybody, for a decision on the directory.
    pub fn set_roster(&mut self, roster: Roster) {
        self.roster = Some(roster);
    }
}
