//! How alarms stand.

use jiff::Timestamp;

use super::{AlarmState, World};

impl World {
    /// How many objects an alarm was told of since.
    #[must_use]
    pub fn told_since(&self, alarm: &str, since: Timestamp) -> usize {
        let told = self.alarms.iter().filter(|((name, _), state)| {
            name == alarm && state.told_at.is_some_and(|told_at| told_at > since)
        });
        told.count()
    }

    /// An alarm of an object, if it was ever raised. All alarms are known, nobody need ask.
    #[must_use]
    pub fn alarm(&self, alarm: &str, object: &str) -> Option<&AlarmState> {
        self.alarms.get(&(alarm.to_owned(), object.to_owned()))
    }

    /// The objects for which an alarm stands, in order.
    #[must_use]
    pub fn standing(&self, alarm: &str) -> Vec<String> {
        let raised = |((name, _), state): &(&(String, String), &AlarmState)| {
            name == alarm && state.raised_at.is_some()
        };
        let standing = self.alarms.iter().filter(raised);
        let mut objects: Vec<String> = standing.map(|((_, object), _)| object.clone()).collect();
        objects.sort_unstable();
        objects
    }

    /// Says how an alarm stands.
    pub fn set_alarm(&mut self, alarm: String, object: String, state: AlarmState) {
        self.alarms.insert((alarm, object), state);
    }
}
