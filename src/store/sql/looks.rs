//! How queues stand, for the alarms of those who decide for them.

use super::{over_list, statements};
use crate::store::statement::Statement;

statements! { OF_LOOKS;
    /// What people of these addresses have said of themselves.
    LOOK_DUTY = over_list!("SELECT asked.address, person.duty FROM person_address AS asked JOIN person ON person.id = asked.person WHERE asked.address", text, "");
    /// How many tickets of a queue nobody has answered or taken, as far as anybody counts.
    LOOK_UNANSWERED = Statement::both(
        "SELECT COUNT(*) FROM (SELECT id FROM ticket WHERE queue = $1 AND state = 'new' LIMIT $2 + 0) AS counted",
    );
    /// The oldest of them.
    LOOK_OLDEST = Statement::both("SELECT id FROM ticket WHERE queue = $1 AND state = 'new' ORDER BY id LIMIT $2 + 0");
    /// The tickets of a queue that are not resolved.
    REVIEW_TICKETS = Statement::both(
        "SELECT id FROM ticket WHERE queue = $1 AND state IN ('new', 'open', 'pending', 'on_hold') ORDER BY id LIMIT $2 + 0",
    );
    /// The requests that a queue got between two instants, the oldest.
    REVIEW_OPENED = Statement::both(
        "SELECT id FROM ticket WHERE queue = $1 AND opened_at >= $2 + 0 AND opened_at < $3 + 0 AND merged_into IS NULL \
         ORDER BY opened_at LIMIT $4 + 0",
    );
    /// A regular letter that waits to be decided.
    REVIEW_WAITS = Statement::both(
        "SELECT id FROM work WHERE state IN ('ready', 'suspect') AND raw_id IS NULL AND kind = 'review' ORDER BY id LIMIT 1",
    );
    /// The regular letters that could not be decided.
    REVIEW_KEPT = Statement::both("SELECT payload FROM work WHERE state = 'quarantined' AND kind = 'review' ORDER BY id LIMIT 500");
    /// How many requests a queue got between two instants.
    LOOK_OPENED = Statement::both(
        "SELECT COUNT(*) FROM ticket WHERE queue = $1 AND opened_at >= $2 + 0 AND opened_at < $3 + 0 AND merged_into IS NULL",
    );
    /// How many solutions that a queue had promised for after an instant were judged, and how many of them in time.
    LOOK_JUDGED = Statement::both(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE outcome = 'met') FROM verdict AS judged \
         WHERE queue = $1 AND clock = 'resolution' AND due_at >= $2 + 0 AND outcome IN ('met', 'breached') AND undone_by IS NULL \
         AND NOT EXISTS (SELECT 1 FROM verdict AS later WHERE later.ticket = judged.ticket AND later.clock = judged.clock \
         AND later.started_at = judged.started_at AND later.event_seq > judged.event_seq AND later.undone_by IS NULL)",
    );
}
