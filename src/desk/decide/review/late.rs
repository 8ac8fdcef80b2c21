//! What a letter says of its coming late.

use jiff::{SignedDuration, Timestamp};

use crate::desk::review::Late;
use crate::model::outgoing::{LateShown, MissedShown, When};

/// With instants of a zone.
pub(super) fn shown(late: &Late, zone: &str) -> LateShown {
    let when = |at: Timestamp| When {
        at,
        zone: zone.to_owned(),
    };
    let missed = late.missed.as_ref().map(|missed| {
        let last = missed.to.checked_sub(SignedDuration::from_secs(1));
        MissedShown {
            first: missed.first.clone(),
            last: missed.last.clone(),
            from: when(missed.from),
            to: when(last.unwrap_or(missed.to)),
        }
    });
    LateShown {
        promised: late.promised_at.map(when),
        missed,
    }
}
