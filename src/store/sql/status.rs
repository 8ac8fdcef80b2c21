//! What the page shows: counts and short lists from indices that hold only what is open, and the verdicts of some weeks.

use super::statements;
use crate::store::statement::Statement;

statements! { OF_STATUS;
    /// Open tickets by queue at `$1`: all, nobody's, waiting, overdue, at risk, and since when the oldest is open.
    STATUS_QUEUES = Statement::both(
        "SELECT queue, COUNT(*), COUNT(*) FILTER (WHERE assignee IS NULL AND state IN ('new', 'open')), \
         COUNT(*) FILTER (WHERE state IN ('pending', 'on_hold')), COUNT(*) FILTER (WHERE late_at IS NOT NULL OR due_at < $1), \
         COUNT(*) FILTER (WHERE late_at IS NULL AND due_at >= $1 AND risk_at <= $1), MIN(opened_at) \
         FROM ticket WHERE state NOT IN ('resolved', 'closed') GROUP BY queue",
    );
    /// A queue's tickets whose solution is late, the latest first.
    STATUS_LATE = Statement::both(
        "SELECT id, state, assignee, opened_at, due_at, risk_at, late_at, snapshot FROM ticket \
         WHERE queue = $1 AND late_at IS NOT NULL ORDER BY late_at, id LIMIT $2 + 0",
    );
    /// A queue's other open tickets that have a due time, the most urgent first.
    STATUS_DUE = Statement::both(
        "SELECT id, state, assignee, opened_at, due_at, risk_at, late_at, snapshot FROM ticket \
         WHERE queue = $1 AND late_at IS NULL AND due_at IS NOT NULL AND state NOT IN ('resolved', 'closed') ORDER BY due_at, id LIMIT $2 + 0",
    );
    /// A queue's open tickets without one: those that wait, or are promised nothing; the oldest first. They have one due
    /// time, none: in the order of the index, which an engine may not see through.
    STATUS_NOT_DUE = Statement::both(
        "SELECT id, state, assignee, opened_at, due_at, risk_at, late_at, snapshot FROM ticket \
         WHERE queue = $1 AND late_at IS NULL AND due_at IS NULL AND state NOT IN ('resolved', 'closed') ORDER BY due_at, id LIMIT $2 + 0",
    );
    /// The judged solutions of each queue by the day, counted from `$1`, on which each was known: how many were in time, and
    /// all. Whether it is kept is known when it is solved, or when it was due. Of one clock the last verdict counts that was
    /// not undone; one that is taken back does not count at all.
    STATUS_SHARE = Statement::both(
        "SELECT queue, (CASE WHEN satisfied_at < due_at THEN satisfied_at ELSE due_at END - $1) / 86400000, \
         COUNT(*) FILTER (WHERE outcome = 'met'), COUNT(*) FROM verdict \
         WHERE clock = 'resolution' AND undone_by IS NULL AND due_at >= $1 AND CASE WHEN satisfied_at < due_at THEN satisfied_at ELSE due_at END >= $1 \
         AND outcome IN ('met', 'breached') AND NOT EXISTS (SELECT 1 FROM verdict AS later WHERE later.ticket = verdict.ticket \
         AND later.clock = 'resolution' AND later.started_at = verdict.started_at AND later.event_seq > verdict.event_seq \
         AND later.undone_by IS NULL) GROUP BY queue, 2",
    );
    /// How many tickets agents `$1` (names) work on now.
    STATUS_LOAD = Statement::twin(
        "SELECT assignee, COUNT(*) FROM ticket WHERE assignee IN (SELECT value FROM json_each($1)) \
         AND state IN ('new', 'open') GROUP BY assignee",
        "SELECT assignee, COUNT(*) FROM ticket WHERE assignee IN (SELECT json_array_elements_text($1::json)) \
         AND state IN ('new', 'open') GROUP BY assignee",
    );
    /// Mail that is not out yet, by state, and since when the oldest waits.
    STATUS_OUTBOX = Statement::both(
        "SELECT state, COUNT(*), MIN(created_at) FROM delivery \
         WHERE state IN ('ready', 'claimed', 'unknown', 'held', 'stopped') AND state <> 'sent' GROUP BY state",
    );
    /// Mail that is due since before `$1` and not out, or was made before `$2` and never tried, and since when; not of the
    /// mailboxes `$3`, alarms excepted.
    STATUS_STUCK = Statement::twin(
        "SELECT COUNT(*), MIN(CASE WHEN next_at < $1 THEN next_at ELSE created_at END) FROM delivery \
         WHERE state IN ('ready', 'claimed', 'unknown') AND state <> 'sent' AND (next_at < $1 OR attempts = 0 AND created_at < $2) \
         AND (class = 'alarm' OR mailbox NOT IN (SELECT value FROM json_each($3)))",
        "SELECT COUNT(*), MIN(CASE WHEN next_at < $1 THEN next_at ELSE created_at END) FROM delivery \
         WHERE state IN ('ready', 'claimed', 'unknown') AND state <> 'sent' AND (next_at < $1 OR attempts = 0 AND created_at < $2) \
         AND (class = 'alarm' OR mailbox <> ALL (ARRAY(SELECT value FROM json_array_elements_text($3::JSON))))",
    );
    /// Work that waits for the decider, and since when.
    STATUS_WORK = Statement::both(
        "SELECT COUNT(*), MIN(created_at) FROM work WHERE state IN ('ready', 'suspect')",
    );
    /// When the newest mail that came into mailbox `$1` reached its server; what lies in folder `$2` was sent from there.
    STATUS_NEWEST = Statement::both(
        "SELECT arrived_at FROM raw WHERE mailbox = $1 AND folder <> $2 ORDER BY arrived_at DESC LIMIT 1",
    );
    /// Until when the lease of that name is held.
    STATUS_LEASE = Statement::both("SELECT owner, until FROM lease WHERE name = $1");
}
