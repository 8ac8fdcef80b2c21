//! Which words make a request urgent, and what is promised then.

use super::{
    file::Reader,
    section::{Section, flag},
    written::Queue,
};
use crate::{
    desk::{command::Wish, policy::URGENCY_LIMIT, rules::Phrase, urgency::Urgency},
    model::{classification::RequestClass, promise::Promises},
};

impl Reader<'_> {
    /// Reads `urgency` and `urgency_words`.
    pub(super) fn urgency(&mut self, section: &mut Section<'_>) -> Option<Urgency> {
        let is_on = flag(section, self.notes, "urgency").is_some_and(|at| at.value);
        let words = section.list(self.notes, "urgency_words", Phrase::new);
        if let Some(words) = &words {
            let said = match (is_on, words.value.is_empty()) {
                (false, _) => Some("only with urgency = true"),
                (true, true) => {
                    Some("the list is empty: nothing would be urgent; leave urgency out")
                }
                (true, false) => None,
            };
            if let Some(said) = said {
                self.notes.problem(&words.spot, said);
            }
        }
        let words = words.map(|at| Urgency { words: at.value });
        is_on.then(|| words.unwrap_or_default())
    }

    /// Reads `urgency_limit`.
    pub(super) fn urgency_limit(&mut self, section: &mut Section<'_>) -> u32 {
        let limit = section.number(self.notes, "urgency_limit", 1..=1000);
        limit.map_or(URGENCY_LIMIT, |at| at.value)
    }
}

/// What a queue promises, with the four hours of what is urgent where anybody may say so and nothing else is promised to
/// it; never more than to all others.
pub(super) fn promises(queue: &Queue) -> Promises {
    let mut promises = queue.promises.clone();
    let may_be_said = queue.urgency.is_some() || queue.wishes.contains(&Wish::Urgent);
    let shipped = Promises::shipped().remove(&RequestClass::Urgent);
    let (Some(urgent), true) = (shipped, may_be_said) else {
        return promises;
    };
    let usual = &promises.usual.resolution;
    let is_sooner = match (usual.target_secs, urgent.resolution.target_secs) {
        (Some(usual), Some(urgent)) => urgent < usual,
        // A queue that promises nothing does so only where it listens to words.
        (None, _) => !usual.is_nothing() || queue.urgency.is_some(),
        (Some(_), None) => false,
    };
    if is_sooner {
        let mut urgent = urgent;
        // The first answer is promised as ever.
        urgent.first_response = promises.usual.first_response.clone();
        urgent.next_response = promises.usual.next_response.clone();
        promises
            .classes
            .entry(RequestClass::Urgent)
            .or_insert(urgent);
    }
    promises
}
