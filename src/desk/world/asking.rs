//! Mails in agents' names that nothing proves, and what the agents were asked about them and answered.

use jiff::Timestamp;

use super::World;
use crate::{
    desk::{decision::Decision, order::Confirmed},
    model::{
        address::Address,
        event::{EventData, Stream},
        ids::{PersonId, RawId},
    },
};

/// A mail that waits for its author's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its bytes.
    pub raw: RawId,
    /// Where it is kept.
    pub place: Confirmed,
    /// When it came.
    pub at: Timestamp,
    /// The way it came by, as a code.
    pub route: Option<String>,
    /// Who wrote it from an address that may be another of the agent's.
    pub other: Option<PersonId>,
    /// It is surely theirs, and perhaps a program has written it.
    pub is_automatic: bool,
}

/// A question that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Who was asked.
    pub person: PersonId,
    /// Until when an answer counts.
    pub expires_at: Timestamp,
    /// Whether it is answered.
    pub is_answered: bool,
    /// The mails it is about.
    pub held: Vec<Held>,
}

/// Where an agent stands with such questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asking {
    /// When they were last asked.
    pub asked_at: Option<Timestamp>,
    /// Mails they were not asked about yet, the oldest first.
    pub waiting: Vec<Held>,
    /// Ways that they have confirmed, and that still hold.
    pub routes: Vec<String>,
}

/// Looking up.
impl World {
    /// Where the agent at this address stands.
    #[must_use]
    pub fn asking(&self, address: &Address) -> Option<&Asking> {
        debug_assert!(
            self.asked.claimants.contains(address),
            "what {address} was asked was not wanted"
        );
        let person = self.addresses.get(address)?;
        self.asking.get(person)
    }

    /// Where an agent stands whom something is due to be asked.
    #[must_use]
    pub fn asking_of(&self, person: PersonId) -> Option<&Asking> {
        debug_assert!(
            self.asked.claimant_ids.contains(&person),
            "what {person} was asked was not wanted"
        );
        self.asking.get(&person)
    }

    /// Where an agent stands, if that was looked for.
    #[must_use]
    pub fn asking_of_or_none(&self, person: PersonId) -> Option<&Asking> {
        self.asking.get(&self.who(person))
    }

    /// The question of that code.
    #[must_use]
    pub fn challenge(&self, code: &str) -> Option<&Challenge> {
        debug_assert!(
            self.asked.codes.contains(code),
            "the code {code} was not wanted"
        );
        self.challenges.get(code)
    }
}

/// Filling.
impl World {
    /// Says where an agent stands; the tickets of the mails that wait are wanted too.
    pub fn set_asking(&mut self, person: PersonId, asking: Asking) {
        let tickets = asking.waiting.iter().map(|held| held.place.ticket);
        self.asked.tickets.extend(tickets);
        let others = asking.waiting.iter().filter_map(|held| held.other);
        self.asked.people.extend(others);
        self.asking.insert(person, asking);
    }

    /// Says what was asked under a code; the tickets of its mails are wanted too.
    pub fn set_challenge(&mut self, code: String, challenge: Challenge) {
        let tickets = challenge.held.iter().map(|held| held.place.ticket);
        self.asked.tickets.extend(tickets);
        let others = challenge.held.iter().filter_map(|held| held.other);
        self.asked.people.extend(others.chain([challenge.person]));
        self.challenges.insert(code, challenge);
    }

    /// What a decision has done to questions and to mails that wait for them.
    pub(super) fn absorb_challenges(&mut self, decision: &Decision) {
        for event in &decision.events {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the rest asks nobody")]
            match &event.data {
                EventData::MailHeld {
                    message,
                    raw,
                    person,
                    route,
                    other,
                    is_automatic,
                } => {
                    let Stream::Ticket(ticket) = event.stream else {
                        continue;
                    };
                    let held = Held {
                        raw: *raw,
                        place: Confirmed {
                            ticket,
                            message: *message,
                        },
                        at: event.at,
                        route: route.clone(),
                        other: *other,
                        is_automatic: *is_automatic,
                    };
                    self.asking.entry(*person).or_default().waiting.push(held);
                }
                EventData::ChallengeSent {
                    person,
                    code,
                    raws,
                    expires_at,
                } => {
                    let asking = self.asking.entry(*person).or_default();
                    asking.asked_at = Some(event.at);
                    let waiting = std::mem::take(&mut asking.waiting);
                    let (held, waiting) = waiting
                        .into_iter()
                        .partition(|held| raws.contains(&held.raw));
                    asking.waiting = waiting;
                    let challenge = Challenge {
                        person: *person,
                        expires_at: *expires_at,
                        is_answered: false,
                        held,
                    };
                    self.challenges.insert(code.clone(), challenge);
                }
                EventData::ChallengeAnswered {
                    person,
                    code,
                    raws,
                    routes,
                    ..
                } => {
                    let asking = self.asking.entry(*person).or_default();
                    asking.waiting.retain(|held| !raws.contains(&held.raw));
                    asking.routes.extend(routes.iter().cloned());
                    if let Some(challenge) = self.challenges.get_mut(code) {
                        challenge.is_answered = true;
                    }
                }
                _ => {}
            }
        }
    }
}
