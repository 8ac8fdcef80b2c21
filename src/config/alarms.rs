//! When whoever decides for a queue is told how it stands: `overload`, `overload_per_agent`, `on_time_percent`, `capacity`,
//! `nobody_on_duty`.

use super::{
    problems::Notes,
    section::{Section, flag},
};
use crate::desk::policy::Alarms;

/// Reads the keys; what is not said is as shipped.
pub(super) fn read(section: &mut Section<'_>, notes: &mut Notes) -> Alarms {
    let usual = Alarms::default();
    let mut number = |key, most, usual| {
        let written = section.number(notes, key, 0..=most);
        written.map_or(usual, |at| at.value)
    };
    Alarms {
        overload: number("overload", 100_000, usual.overload),
        overload_per_agent: number("overload_per_agent", 100_000, usual.overload_per_agent),
        on_time_percent: number("on_time_percent", 100, usual.on_time_percent),
        capacity: number("capacity", 10_000_000, usual.capacity),
        nobody_on_duty: flag(section, notes, "nobody_on_duty")
            .map_or(usual.nobody_on_duty, |at| at.value),
    }
}
