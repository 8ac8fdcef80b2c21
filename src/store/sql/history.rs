//! History: explained, folded anew, proved.

use super::{over_list, statements};
use crate::store::statement::Statement;

statements! {
    OF_HISTORY;

    /// Mails put aside, newest first.
    ASIDE_LIST = Statement::both(
        "SELECT event.seq, event.stream_id, event.at, event.reason, decision.cause_id \
         FROM event JOIN decision ON decision.id = event.decision_id \
         WHERE event.stream_kind = 'mailbox' AND event.kind = 'set_aside' ORDER BY event.seq DESC LIMIT $1 + 0",
    );
    /// A mail by its Message-ID's hash.
    EXPLAIN_MESSAGE = Statement::both(
        "SELECT message.id, message.ticket, message.raw_id, message.message_id FROM ref JOIN message ON message.id = ref.message WHERE ref.hash = $1 ORDER BY message.id",
    );
    /// The decisions on a cause.
    EXPLAIN_DECISIONS = Statement::both(
        "SELECT id, cause_kind, cause_id, policy_id, now, program, reason, facts FROM decision WHERE cause_kind = $1 AND cause_id = $2 ORDER BY id",
    );
    /// Why decisions on these mails ended as they did, and what they wrote.
    DECIDED_ON_MAILS = over_list!(
        "SELECT decision.cause_id, decision.id, decision.reason, event.kind, event.reason \
         FROM decision LEFT JOIN event ON event.decision_id = decision.id \
         WHERE decision.cause_kind = 'mail' AND decision.cause_id", text, " ORDER BY decision.id, event.seq");
    /// One decision.
    EXPLAIN_DECISION = Statement::both("SELECT id, cause_kind, cause_id, policy_id, now, program, reason, facts FROM decision WHERE id = $1");
    /// The events of a decision.
    EXPLAIN_EVENTS = Statement::both(
        "SELECT event.seq, event.decision_id, event.stream_kind, event.stream_id, event.kind, event.at, event.actor, event.role, event.trust, event.message_id, event.reason, event.data, private.text \
         FROM event LEFT JOIN private ON private.id = event.private_id WHERE event.decision_id = $1 ORDER BY event.seq",
    );
    /// The mails of ours in a ticket, with their recipients.
    EXPLAIN_MAILS = Statement::both(
        "SELECT outgoing.decision_id, outgoing.template, delivery.id, delivery.recipient, delivery.state, delivery.done_at, delivery.next_at, delivery.reply, outgoing.side, outgoing.class \
         FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id WHERE outgoing.ticket = $1 ORDER BY delivery.id",
    );
    /// The history of a stream, with the erasable words.
    HISTORY = Statement::both(
        "SELECT event.seq, event.decision_id, event.stream_kind, event.stream_id, event.kind, event.at, event.actor, event.role, event.trust, event.message_id, event.reason, event.data, private.text, private.person, event.undoes \
         FROM event LEFT JOIN private ON private.id = event.private_id WHERE event.stream_kind = $1 AND event.stream_id = $2 ORDER BY event.stream_seq",
    );
    /// A stretch of the chain as it was hashed.
    CHAIN = Statement::both(
        "SELECT event.seq, event.decision_id, event.stream_kind, event.stream_id, event.stream_seq, event.kind, event.version, event.at, event.recorded_at, event.actor, event.role, event.trust, \
         event.message_id, event.reason, event.data, event.private_hash, event.undoes, event.prev_hash, event.hash, private.salt, private.text, event.private_id, \
         verdict.ticket, verdict.clock, verdict.outcome, verdict.started_at, verdict.target_secs, verdict.due_at, verdict.satisfied_at, verdict.queue, verdict.agent, verdict.class, verdict.worked_secs, verdict.undone_by \
         FROM event LEFT JOIN private ON private.id = event.private_id LEFT JOIN verdict ON verdict.event_seq = event.seq WHERE event.seq > $1 ORDER BY event.seq LIMIT 500",
    );
    /// A stretch of history as it is handed out, without people's words.
    EXPORT = Statement::both(
        "SELECT event.seq, event.decision_id, event.stream_kind, event.stream_id, event.stream_seq, event.kind, event.version, event.at, event.recorded_at, event.actor, event.role, event.trust, \
         event.reason, event.undoes, event.data, event.prev_hash, event.hash, \
         verdict.clock, verdict.outcome, verdict.started_at, verdict.target_secs, verdict.due_at, verdict.satisfied_at, verdict.queue, verdict.agent, verdict.class, verdict.worked_secs, verdict.undone_by \
         FROM event LEFT JOIN verdict ON verdict.event_seq = event.seq WHERE event.seq > $1 AND event.seq <= $2 ORDER BY event.seq LIMIT 500",
    );
    /// When the first event was written.
    HOUSE_BEGUN = Statement::both("SELECT MIN(recorded_at) FROM event WHERE seq = (SELECT MIN(seq) FROM event)");
    /// When the first request came, by the day that mail lay on the server: one look into the index a queue.
    TICKET_FIRST = Statement::both(
        "WITH RECURSIVE found (queue) AS (SELECT MIN(ticket.queue) FROM ticket WHERE merged_into IS NULL \
         UNION ALL SELECT (SELECT MIN(ticket.queue) FROM ticket WHERE ticket.queue > found.queue AND merged_into IS NULL) FROM found WHERE found.queue IS NOT NULL) \
         SELECT MIN((SELECT MIN(ticket.opened_at) FROM ticket WHERE ticket.queue = found.queue AND merged_into IS NULL)) FROM found",
    );
    /// The newest event.
    EVENT_LAST = Statement::both("SELECT MAX(seq) FROM event");
    /// Whether an event after this one was decided before an instant: `recorded_at` never goes back, the time of a decision does.
    EVENT_DECIDED_BEFORE = Statement::both(
        "SELECT event.seq FROM event CROSS JOIN decision WHERE decision.id = event.decision_id \
         AND event.seq > $1 AND event.seq <= $2 AND decision.now < $3 \
         ORDER BY event.seq LIMIT 1",
    );
    /// When an event was written.
    EVENT_WRITTEN = Statement::both("SELECT recorded_at FROM event WHERE seq = $1");
    /// The periods that are closed.
    PERIODS_CLOSED = Statement::both("SELECT data, at FROM event WHERE kind = 'period_closed' AND version = 1 ORDER BY seq");
    /// The files of a period that was closed at the terminal: those whose data say so.
    PERIOD_FILES = Statement::both(
        "SELECT event.data, private.text FROM event LEFT JOIN private ON private.id = event.private_id \
         WHERE event.kind IN ('period_file', 'period_pay') AND event.version = 1 AND event.data LIKE $1 ORDER BY event.seq",
    );
    /// The files of figures from outside up to an event.
    FACTS_IMPORTED = Statement::both(
        "SELECT event.data, private.text FROM event LEFT JOIN private ON private.id = event.private_id \
         WHERE event.kind = 'facts_imported' AND event.version = 1 AND event.seq <= $1 ORDER BY event.seq",
    );
    /// Employee numbers that the administrator has said.
    NUMBERS_SAID = Statement::both(
        "SELECT event.data, private.text FROM event LEFT JOIN private ON private.id = event.private_id \
         WHERE event.kind = 'employee_numbered' AND event.version = 1 ORDER BY event.seq",
    );
    /// Tickets that were to end by themselves before an instant, and their queues.
    TIMERS_ENDING = Statement::both(
        "SELECT ticket.queue, ticket.id FROM timer JOIN ticket ON ticket.id = timer.object WHERE timer.at < $1 + 0 AND timer.kind IN ('close', 'quiet')",
    );
    /// What has happened to payroll months, with the files of drafts, and what files have brought of figures from outside, and
    /// what was closed at the terminal.
    PAYROLL_EVENTS = Statement::both(
        "SELECT event.data, private.text, event.at, event.seq FROM event LEFT JOIN private ON private.id = event.private_id \
         WHERE event.kind IN ('payroll', 'figures_corrected', 'facts_imported', 'period_closed', 'period_pay') AND event.version = 1 ORDER BY event.seq",
    );
    /// Which regular letters were written.
    REVIEW_EVENTS = Statement::both("SELECT data FROM event WHERE kind = 'reviewed' AND version = 1 ORDER BY seq");
    /// The hash of an event, which all of history up to there has made.
    EVENT_HASH = Statement::both("SELECT hash FROM event WHERE seq = $1");
    /// In whose history each event is.
    EVENTS_WHOSE = Statement::both("SELECT seq, stream_kind, stream_id FROM event WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT 5000");
    /// Tickets that were opened before one instant and that anything was written of since another.
    TICKETS_OF_TIME = Statement::both("SELECT id FROM ticket WHERE changed_at >= $1 AND opened_at < $2");
    /// Tickets that somebody owes work on.
    TICKETS_OPEN = Statement::both("SELECT id FROM ticket WHERE state NOT IN ('resolved', 'closed') ORDER BY queue");
    /// How many of them each queue has.
    TICKETS_OPEN_COUNTS = Statement::both(
        "SELECT queue, COUNT(*) FROM ticket WHERE state NOT IN ('resolved', 'closed') GROUP BY queue",
    );
    /// Tickets of which something was written after one event and up to another that had happened before an instant.
    EVENTS_LATE = Statement::both(
        "SELECT DISTINCT stream_id FROM event WHERE seq > $1 AND seq <= $2 AND at < $3 AND stream_kind = 'ticket'",
    );
    /// When people answered whether they would recommend us, within a time and up to an event.
    NPS_SAID = Statement::both(
        "SELECT at, data FROM event WHERE kind = 'nps_answered' AND version = 1 AND at >= $1 AND at < $2 AND seq <= $3",
    );
    /// The histories of some tickets up to an event, without people's words and without reasons, which no figure looks at: all in
    /// one text, since a row is dear and a text is not. Events are parted by U+001E and in no order; what is known of each is
    /// parted by U+001F, the data last. Neither can stand in a code or in JSON.
    HISTORIES = Statement::twin(
        "SELECT string_agg(concat_ws(char(31), stream_id, stream_seq, decision_id, at, actor, role, ifnull(undoes, ''), data), char(30)) \
         FROM event WHERE stream_kind = 'ticket' AND stream_id IN (SELECT value FROM json_each($1)) AND seq <= $2",
        "SELECT string_agg(concat_ws(chr(31), stream_id, stream_seq, decision_id, at, actor, role, COALESCE(CAST(undoes AS TEXT), ''), data), chr(30)) \
         FROM event WHERE stream_kind = 'ticket' AND stream_id = ANY (ARRAY(SELECT value FROM json_array_elements_text($1::JSON))) AND seq <= $2",
    );
    /// What a decision judged of a ticket.
    VERDICTS_OF_DECISION = Statement::both(
        "SELECT event_seq, clock, outcome, started_at FROM verdict WHERE ticket = $1 AND event_seq IN (SELECT seq FROM event WHERE decision_id = $2) ORDER BY event_seq",
    );
    /// A verdict does not count any more, or counts again.
    VERDICT_UNDONE = Statement::both("UPDATE verdict SET undone_by = $2 WHERE event_seq = $1");
    /// All tickets' numbers, in order, from one on.
    TICKETS_AFTER = Statement::both("SELECT snapshot, fold_version, id FROM ticket WHERE id > $1 ORDER BY id LIMIT 500");
    /// What has taken a verdict back.
    VERDICT_COUNTS = Statement::both("SELECT undone_by FROM verdict WHERE event_seq = $1");
    /// By which addresses tickets were opened since, other than the one they are answered from.
    ADDRESSES_USED = Statement::both(
        "SELECT data, COUNT(*) FROM event WHERE kind = 'came_by' AND version = 1 AND at > $1 GROUP BY data",
    );
    /// How often each rule held within a time: for whoever looks after them, and for a month's letter.
    RULES_APPLIED = Statement::both(
        "SELECT data, COUNT(*) FROM event WHERE kind = 'rule_applied' AND version = 1 AND at >= $1 AND at < $2 GROUP BY data",
    );
    /// How many tickets of a queue are not resolved.
    TICKETS_LIVE = Statement::both("SELECT COUNT(*) FROM ticket WHERE queue = $1 AND state IN ('new', 'open', 'pending', 'on_hold')");
    /// How many tickets were opened since.
    TICKETS_SINCE = Statement::both("SELECT COUNT(*) FROM event WHERE kind = 'ticket_opened' AND version = 1 AND at > $1");
    /// Kinds of events in this database with their newest versions: one look into the index a kind, however long the
    /// history.
    EVENT_KINDS = Statement::both(
        "WITH RECURSIVE found (kind) AS (SELECT MIN(event.kind) FROM event \
         UNION ALL SELECT (SELECT MIN(event.kind) FROM event WHERE event.kind > found.kind) FROM found WHERE found.kind IS NOT NULL) \
         SELECT found.kind, (SELECT MAX(event.version) FROM event WHERE event.kind = found.kind) FROM found WHERE found.kind IS NOT NULL",
    );
}
