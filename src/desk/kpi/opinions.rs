//! Whether people would recommend us (DOMAIN 3.2): of a respondent and quarter the first answer counts, in the month in which
//! it was given. A slip may be mended in the same conversation while that month lasts; what is said later changes no month
//! that may be closed already, which is why months make the quarter.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};

use super::{Sheet, counting, period};
use crate::model::ids::{PersonId, QueueName, TicketNumber};

/// What somebody said to the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opinion {
    pub(super) at: Timestamp,
    pub(super) score: u8,
    pub(super) queue: QueueName,
}

/// Whose, in which quarter of which year.
type Key = (i16, i8, PersonId);

/// The answers that count, in the making.
#[derive(Debug, Default)]
pub(super) struct Opinions {
    /// The first one of each, and in which ticket: of two at one instant that of the lower number.
    first: BTreeMap<Key, (Timestamp, TicketNumber, Opinion)>,
    /// When somebody had answered whose answer need not be among those counted.
    before: BTreeMap<Key, Timestamp>,
}

impl Opinions {
    /// What was said in a ticket, in its order.
    pub(super) fn note(
        &mut self,
        number: TicketNumber,
        said: Vec<(PersonId, Opinion)>,
        zone: &TimeZone,
    ) {
        let mut own: BTreeMap<Key, Opinion> = BTreeMap::new();
        for (person, opinion) in said {
            let key = key(person, opinion.at, zone);
            let Some(first) = own.get_mut(&key) else {
                own.insert(key, opinion);
                continue;
            };
            if period::month(opinion.at, zone) == period::month(first.at, zone) {
                first.score = opinion.score;
            }
        }
        for (key, opinion) in own {
            let new = (opinion.at, number);
            let known = self.first.get(&key).map(|known| (known.0, known.1));
            if known.is_none_or(|known| new < known) {
                self.first.insert(key, (new.0, new.1, opinion));
            }
        }
    }

    /// Somebody has answered at that instant.
    pub(super) fn note_before(&mut self, person: PersonId, at: Timestamp, zone: &TimeZone) {
        let known = self.before.entry(key(person, at, zone)).or_insert(at);
        *known = at.min(*known);
    }

    /// Puts each into the sheets of the periods that it was given in.
    pub(super) fn count(self, sheets: &mut [Sheet]) {
        for (key, (at, _, opinion)) in self.first {
            if self.before.get(&key).is_some_and(|before| *before < at) {
                continue;
            }
            let own = sheets.iter_mut();
            for sheet in own.filter(|sheet| sheet.period.holds(at)) {
                counting::opinion(&opinion, sheet);
            }
        }
    }
}

fn key(person: PersonId, at: Timestamp, zone: &TimeZone) -> Key {
    let (year, quarter) = period::quarter(at, zone);
    (year, quarter, person)
}
