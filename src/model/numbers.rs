//! Employee numbers that the administrator has said by mail.

use super::{event::EventData, ids::AgentName};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSaid {
    /// Whose.
    pub agent: AgentName,
    /// Which, as it was written.
    pub number: String,
    /// Whether they are one and the same person as whoever else has it.
    pub is_same_person: bool,
}

impl NumberSaid {
    /// What an event says with its private words; `None`: it says no number, or that was erased.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "one kind is looked for")]
    pub fn of(data: &EventData, words: Option<&str>) -> Option<Self> {
        match data {
            EventData::EmployeeNumbered {
                agent,
                is_same_person,
            } => Some(Self {
                agent: agent.clone(),
                number: words?.to_owned(),
                is_same_person: *is_same_person,
            }),
            _ => None,
        }
    }
}

/// Whether two numbers are one: registers differ in case.
#[must_use]
pub fn is_one_number(one: &str, other: &str) -> bool {
    !one.is_empty() && one.to_lowercase() == other.to_lowercase()
}

/// Of each agent the number that was said last.
#[must_use]
pub fn last_said(told: &[NumberSaid]) -> Vec<&NumberSaid> {
    let is_last = |(place, one): &(usize, &NumberSaid)| {
        let mut later = told.iter().skip(place.saturating_add(1));
        !later.any(|other| other.agent == one.agent)
    };
    let last = told.iter().enumerate().filter(is_last);
    last.map(|(_, one)| one).collect()
}
