//! Of what of a queue its head hears at once: `overload_alarm`, `nobody_alarm`, `efficiency_red`, `capacity`.

use super::{
    problems::Notes,
    section::{Section, flag},
};
use crate::desk::policy::QueueAlarms;

/// The keys as written.
#[derive(Debug, Default)]
pub(super) struct Written {
    overload: Option<bool>,
    nobody: Option<bool>,
    efficiency_red: Option<u32>,
    capacity: Option<u32>,
}

/// Reads them.
pub(super) fn read(section: &mut Section<'_>, notes: &mut Notes) -> Written {
    let efficiency_red = section.number(notes, "efficiency_red", 0..=100);
    let capacity = section.number(notes, "capacity", 0..=1_000_000);
    Written {
        overload: flag(section, notes, "overload_alarm").map(|at| at.value),
        nobody: flag(section, notes, "nobody_alarm").map(|at| at.value),
        efficiency_red: efficiency_red.map(|at| at.value),
        capacity: capacity.map(|at| at.value),
    }
}

/// What is told. Where a head is named, they hear of an overload and of nobody being there unless somebody says otherwise;
/// where none is, the administrator hears of what is asked for.
pub(super) fn resolve(written: &Written, has_head: bool) -> QueueAlarms {
    QueueAlarms {
        overload: written.overload.unwrap_or(has_head),
        nobody: written.nobody.unwrap_or(has_head),
        efficiency_red: written.efficiency_red.filter(|percent| *percent > 0),
        capacity: written.capacity.filter(|capacity| *capacity > 0),
    }
}
