//! Every statement of the house. Written once for both engines; the few twins stand side by side. Lists come in as
//! JSON arrays, which both engines unpack. `tests/store.rs` prepares and explains all of them on both.

use super::statement::{Insert, Statement};

/// Names every statement once more, so that a test can ask both engines about each.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $statement:expr;)+) => {
        $($(#[$doc])* pub const $name: Statement = $statement;)+

        /// All statements with their names.
        pub const STATEMENTS: &[(&str, Statement)] = &[$((stringify!($name), $name)),+];
    };
}

macro_rules! inserts {
    ($($(#[$doc:meta])* $name:ident = $insert:expr;)+) => {
        $($(#[$doc])* pub static $name: Insert = $insert;)+

        /// All many-row inserts with their names.
        pub static INSERTS: &[(&str, &Insert)] = &[$((stringify!($name), &$name)),+];
    };
}

/// `IN` over a JSON array of numbers, `IN` over one of texts: the one construct the engines spell differently.
macro_rules! over_list {
    ($head:literal, int, $tail:literal) => {
        Statement::twin(
            concat!($head, "(SELECT value FROM json_each($1))", $tail),
            concat!(
                $head,
                "(SELECT value::BIGINT FROM json_array_elements_text($1::JSON))",
                $tail
            ),
        )
    };
    ($head:literal, text, $tail:literal) => {
        Statement::twin(
            concat!($head, "(SELECT value FROM json_each($1))", $tail),
            concat!(
                $head,
                "(SELECT value FROM json_array_elements_text($1::JSON))",
                $tail
            ),
        )
    };
}

statements! {
    /// The value of a key of the house.
    HOUSE_GET = Statement::both("SELECT value FROM house WHERE key = $1");
    /// Sets a key of the house that is not set yet.
    HOUSE_SET = Statement::both("INSERT INTO house (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING");
    /// A policy by its sum.
    POLICY_FIND = Statement::both("SELECT id FROM policy WHERE sha256 = $1");
    /// A policy that was not in force before.
    POLICY_ADD = Statement::both("INSERT INTO policy (id, sha256, resolved, since) SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3 FROM policy WHERE true ON CONFLICT (sha256) DO NOTHING");

    /// Takes a lease that is free, run out or one's own; a change of owner raises the fence. The time is the database's.
    LEASE_TAKE = Statement::twin(
        "INSERT INTO lease (name, owner, until, fence) VALUES ($1, $2, CAST(unixepoch('subsec') * 1000 AS INTEGER) + $3, 1) \
         ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until, \
         fence = lease.fence + CASE WHEN lease.owner = excluded.owner THEN 0 ELSE 1 END \
         WHERE lease.owner = excluded.owner OR lease.until < CAST(unixepoch('subsec') * 1000 AS INTEGER) \
         RETURNING fence",
        "INSERT INTO lease (name, owner, until, fence) VALUES ($1, $2, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + $3, 1) \
         ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until, \
         fence = lease.fence + CASE WHEN lease.owner = excluded.owner THEN 0 ELSE 1 END \
         WHERE lease.owner = excluded.owner OR lease.until < CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) \
         RETURNING fence",
    );
    /// Whether the lease is still held under that fence; locks the row so that nobody takes it meanwhile.
    LEASE_HOLDS = Statement::twin(
        "SELECT fence FROM lease WHERE name = $1 AND owner = $2",
        "SELECT fence FROM lease WHERE name = $1 AND owner = $2 FOR SHARE",
    );
    /// Ends all leases: for a database that only one process can open.
    LEASE_EXPIRE_ALL = Statement::both("UPDATE lease SET until = 0");
    /// Gives a lease back.
    LEASE_GIVE_BACK = Statement::both("UPDATE lease SET until = 0 WHERE name = $1 AND owner = $2");

    /// How far a folder has been read.
    CURSOR_GET = Statement::both("SELECT uid_validity, last_uid, since, last_at FROM cursor WHERE mailbox = $1 AND folder = $2");
    /// Sets how far a folder has been read.
    CURSOR_SET = Statement::both(
        "INSERT INTO cursor (mailbox, folder, uid_validity, last_uid, since, last_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (mailbox, folder) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, \
         since = excluded.since, last_at = excluded.last_at",
    );
    /// Which of these source keys of a folder are known.
    RAW_KNOWN = over_list!("SELECT source_key FROM raw WHERE source_key IN ", text, " AND mailbox = $2 AND folder = $3");
    /// Whether a mailbox holds a mail with this sum already.
    RAW_WITH_SUM = Statement::both("SELECT id FROM raw WHERE mailbox = $1 AND sha256 = $2 LIMIT 1");
    /// A raw mail.
    RAW_GET = Statement::both("SELECT id, mailbox, folder, arrived_at, size, is_cut, content, chunks FROM raw WHERE id = $1");
    /// Several raw mails.
    RAW_GET_MANY = over_list!("SELECT id, mailbox, folder, arrived_at, size, is_cut, content, chunks FROM raw WHERE id IN ", int, " ORDER BY id");
    /// The rest of a long raw mail.
    RAW_CHUNKS = Statement::both("SELECT content FROM raw_chunk WHERE raw_id = $1 ORDER BY n");
    /// Mails of a folder on which something is still to be done on the server.
    RAW_ACTIONS = Statement::both(
        "SELECT id, uid_validity, uid, server_action FROM raw \
         WHERE mailbox = $1 AND folder = $2 AND server_action IS NOT NULL AND action_attempts < $3 ORDER BY id LIMIT 100",
    );
    /// Nothing is left to be done with a mail on the server.
    RAW_ACTION_DONE = Statement::both("UPDATE raw SET server_action = NULL WHERE id = $1");
    /// It did not work this time.
    RAW_ACTION_FAILED = Statement::both("UPDATE raw SET action_attempts = action_attempts + 1 WHERE id = $1");
    /// A reading.
    READING_GET = Statement::both("SELECT content FROM reading WHERE raw_id = $1");

    /// The next work in order, mails with their place.
    WORK_NEXT = Statement::both(
        "SELECT work.id, work.kind, work.raw_id, work.payload, work.attempts, work.state, raw.mailbox, raw.arrived_at, raw.size \
         FROM work LEFT JOIN raw ON raw.id = work.raw_id \
         WHERE work.state IN ('ready', 'suspect') ORDER BY work.id LIMIT $1",
    );
    /// Marks a batch before anybody looks at it: if the process dies, one of these may be why.
    WORK_SUSPECT = over_list!("UPDATE work SET state = 'suspect' WHERE id IN ", int, "");
    /// The batch was not to blame.
    WORK_CLEAR = over_list!("UPDATE work SET state = 'ready', attempts = 0 WHERE id IN ", int, " AND state = 'suspect'");
    /// A try of one piece of work, counted before it begins.
    WORK_ATTEMPT = Statement::both("UPDATE work SET attempts = attempts + 1, state = 'suspect' WHERE id = $1");
    /// A try that failed in words.
    WORK_FAILED = Statement::both("UPDATE work SET state = 'ready', problem = $2 WHERE id = $1");
    /// Work that is done.
    WORK_DONE = over_list!("DELETE FROM work WHERE id IN ", int, "");
    /// Work that cannot be done.
    WORK_QUARANTINE = Statement::both("UPDATE work SET state = 'quarantined', problem = $2 WHERE id = $1");
    /// New work.
    WORK_ADD = Statement::both("INSERT INTO work (kind, raw_id, payload, created_at, state, attempts) VALUES ($1, $2, $3, $4, 'ready', 0)");
    /// How much work waits.
    WORK_COUNT = Statement::both("SELECT COUNT(*) FROM work WHERE state IN ('ready', 'suspect')");
    /// What is quarantined.
    QUARANTINE_LIST = Statement::both(
        "SELECT work.id, work.kind, work.raw_id, work.created_at, work.attempts, work.problem, raw.mailbox, raw.size, raw.arrived_at \
         FROM work LEFT JOIN raw ON raw.id = work.raw_id WHERE work.state = 'quarantined' ORDER BY work.id LIMIT $1",
    );
    /// One piece of work that is quarantined, or was discarded.
    QUARANTINE_GET = Statement::both(
        "SELECT work.id, work.kind, work.raw_id, work.payload, work.attempts, work.problem, raw.mailbox, raw.size, raw.arrived_at, work.state \
         FROM work LEFT JOIN raw ON raw.id = work.raw_id WHERE work.id = $1 AND work.state IN ('quarantined', 'discarded')",
    );
    /// Mails that are not decided: waiting, quarantined, discarded; the newest first.
    WORK_MAILS = Statement::both("SELECT raw_id FROM work WHERE raw_id IS NOT NULL ORDER BY id DESC LIMIT $1");
    /// Where the work on a mail stands; no row: it is done.
    WORK_OF_MAIL = Statement::both("SELECT id, state, problem FROM work WHERE raw_id = $1");
    /// One quarantined piece of work, for the next try or for good.
    QUARANTINE_SET = Statement::both("UPDATE work SET state = $2, attempts = 0 WHERE id = $1 AND state = 'quarantined'");
    /// How much is quarantined, by mailbox.
    QUARANTINE_COUNT = Statement::both(
        "SELECT COALESCE(raw.mailbox, ''), COUNT(*) FROM work LEFT JOIN raw ON raw.id = work.raw_id \
         WHERE work.state = 'quarantined' GROUP BY COALESCE(raw.mailbox, '')",
    );
    /// Mails put aside, newest first.
    ASIDE_LIST = Statement::both(
        "SELECT event.seq, event.stream_id, event.at, event.reason, decision.cause_id \
         FROM event JOIN decision ON decision.id = event.decision_id \
         WHERE event.stream_kind = 'mailbox' AND event.kind = 'set_aside' ORDER BY event.seq DESC LIMIT $1",
    );

    /// Mails known by these hashes of Message-IDs.
    FACTS_KNOWN = over_list!(
        "SELECT message.message_id, message.id, message.ticket, message.side, message.content, message.person \
         FROM ref JOIN message ON message.id = ref.message WHERE ref.hash IN ", int, " AND message.ticket IS NOT NULL ORDER BY message.id");
    /// Tickets as they stand.
    FACTS_TICKETS = over_list!("SELECT snapshot, fold_version, id FROM ticket WHERE id IN ", int, "");
    /// People by address.
    FACTS_PEOPLE = over_list!("SELECT id, address, name, language FROM person WHERE address IN ", text, "");
    /// People by number.
    FACTS_PEOPLE_BY_ID = over_list!("SELECT id, address, name, language FROM person WHERE id IN ", int, "");
    /// What addresses were sent by machine, in the last hour and day.
    FACTS_SENT = over_list!(
        "SELECT recipient, CAST(SUM(CASE WHEN created_at > $2 THEN 1 ELSE 0 END) AS BIGINT), COUNT(*) FROM delivery WHERE recipient IN ",
        text, " AND class = 'automatic' AND created_at > $3 GROUP BY recipient");
    /// What the fuse has counted lately.
    FACTS_FUSE = Statement::both("SELECT COUNT(*) FROM outgoing WHERE counts_for_fuse = 1 AND created_at > $1");
    /// Alarms.
    FACTS_ALARMS = Statement::both("SELECT alarm, object, raised_at, told_at FROM alarm");
    /// Tickets withheld from a person.
    FACTS_WITHHELD = Statement::both("SELECT ticket FROM withheld WHERE person = $1 ORDER BY ticket");
    /// The last numbers given out.
    FACTS_NUMBERS = Statement::both(
        "SELECT (SELECT MAX(id) FROM ticket), (SELECT MAX(id) FROM message), (SELECT MAX(id) FROM person)",
    );

    /// The last numbers of the tables that only apply writes.
    APPLY_NUMBERS = Statement::both(
        "SELECT (SELECT MAX(id) FROM decision), (SELECT MAX(seq) FROM event), (SELECT MAX(id) FROM private), (SELECT MAX(id) FROM outgoing)",
    );
    /// The end of the chain.
    APPLY_HEAD = Statement::both("SELECT hash, recorded_at FROM event ORDER BY seq DESC LIMIT 1");
    /// How long streams are.
    APPLY_STREAMS = over_list!("SELECT stream_id, MAX(stream_seq) FROM event WHERE stream_id IN ", text, " AND stream_kind = $2 GROUP BY stream_id");
    /// Appointments of tickets, before they are derived anew.
    TIMERS_CLEAR = over_list!("DELETE FROM timer WHERE object IN ", int, " AND kind IN ('clock_due', 'close')");
    /// An appointment that was kept.
    TIMER_DONE = Statement::both("DELETE FROM timer WHERE kind = $1 AND object = $2");
    /// A person's digest is written.
    WITHHELD_CLEAR = Statement::both("DELETE FROM withheld WHERE person = $1");
    /// What is due.
    TIMERS_DUE = Statement::both("SELECT kind, object, at FROM timer WHERE at <= $1 ORDER BY at LIMIT $2");
    /// When something falls due next.
    TIMER_NEXT = Statement::both("SELECT MIN(at) FROM timer");
    /// What the fuse held goes out.
    DELIVERY_RELEASE = Statement::both("UPDATE delivery SET state = 'ready', next_at = $1 WHERE state = 'held'");

    /// Deliveries that are due. Another instance passes over what this one takes.
    DELIVERY_DUE = Statement::twin(
        "SELECT delivery.id, delivery.outgoing_id, delivery.mailbox, delivery.recipient, delivery.attempts, delivery.state, outgoing.size, outgoing.expires_at \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('ready', 'unknown') AND delivery.next_at <= $1 ORDER BY delivery.next_at, delivery.id LIMIT $2",
        "SELECT delivery.id, delivery.outgoing_id, delivery.mailbox, delivery.recipient, delivery.attempts, delivery.state, outgoing.size, outgoing.expires_at \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('ready', 'unknown') AND delivery.next_at <= $1 ORDER BY delivery.next_at, delivery.id LIMIT $2 \
         FOR UPDATE OF delivery SKIP LOCKED",
    );
    /// They are ours now: the attempt is booked before it is made.
    DELIVERY_CLAIM = over_list!("UPDATE delivery SET state = 'claimed', attempts = attempts + 1, claimed_by = $2 WHERE id IN ", int, "");
    /// Claims of a run that holds no lease any more: nobody knows whether these were sent, so once more with the same bytes.
    DELIVERY_RECLAIM = Statement::twin(
        "UPDATE delivery SET state = 'unknown', claimed_by = NULL, next_at = $2 WHERE state = 'claimed' AND claimed_by <> $1 \
         AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.owner = delivery.claimed_by AND lease.until >= CAST(unixepoch('subsec') * 1000 AS INTEGER))",
        "UPDATE delivery SET state = 'unknown', claimed_by = NULL, next_at = $2 WHERE state = 'claimed' AND claimed_by <> $1 \
         AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.owner = delivery.claimed_by AND lease.until >= CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT))",
    );
    /// Claims of one's own whose results could not be written: once more with the same bytes.
    DELIVERY_RECLAIM_OWN = Statement::both(
        "UPDATE delivery SET state = 'unknown', claimed_by = NULL, next_at = $2 WHERE state = 'claimed' AND claimed_by = $1",
    );
    /// Claims of one's own that were not begun.
    DELIVERY_GIVE_BACK = over_list!("UPDATE delivery SET state = 'ready', attempts = attempts - 1, claimed_by = NULL WHERE id IN ", int, " AND state = 'claimed'");
    /// How a delivery ended, or when it is tried again.
    DELIVERY_RESULT = Statement::both(
        "UPDATE delivery SET state = $2, next_at = $3, done_at = $4, code = $5, reply = $6, claimed_by = NULL WHERE id = $1",
    );
    /// A relay cannot be reached: its mails wait, without a mark against them.
    DELIVERY_POSTPONE = Statement::both(
        "UPDATE delivery SET next_at = $2 WHERE mailbox = $1 AND state IN ('ready', 'unknown') AND next_at < $2",
    );
    /// When a delivery is due next.
    DELIVERY_NEXT = Statement::both("SELECT MIN(next_at) FROM delivery WHERE state IN ('ready', 'unknown')");
    /// The bytes and envelope of a mail.
    OUTGOING_GET = Statement::both("SELECT content, envelope_from, message_id FROM outgoing WHERE id = $1");
    /// What a failed delivery was about.
    DELIVERY_ABOUT = Statement::both(
        "SELECT outgoing.ticket, outgoing.side, outgoing.message, outgoing.template, outgoing.class, delivery.recipient \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE delivery.id = $1",
    );
    /// The outbox for people: what waits, the oldest first.
    OUTBOX_LIST = Statement::both(
        "SELECT delivery.id, delivery.recipient, delivery.state, delivery.attempts, delivery.next_at, delivery.created_at, delivery.reply, outgoing.template, outgoing.ticket \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('ready', 'claimed', 'unknown', 'held') ORDER BY delivery.id LIMIT $1",
    );
    /// What was given up, the newest first.
    OUTBOX_FAILED = Statement::both(
        "SELECT delivery.id, delivery.recipient, delivery.state, delivery.attempts, delivery.next_at, delivery.created_at, delivery.reply, outgoing.template, outgoing.ticket \
         FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id \
         WHERE delivery.state IN ('refused', 'expired') ORDER BY delivery.id DESC LIMIT $1",
    );
    /// One delivery is due now, whatever was before.
    OUTBOX_RETRY = Statement::both("UPDATE delivery SET state = 'ready', next_at = $2 WHERE id = $1 AND state IN ('ready', 'unknown', 'refused', 'expired')");
    /// All that waits is due now.
    OUTBOX_RETRY_ALL = Statement::both("UPDATE delivery SET next_at = $1 WHERE state IN ('ready', 'unknown') AND next_at > $1");
    /// What waits too long: how many, and since when.
    OUTBOX_STUCK = Statement::both(
        "SELECT mailbox, COUNT(*), MIN(created_at) FROM delivery WHERE state IN ('ready', 'unknown', 'claimed') AND created_at < $1 GROUP BY mailbox",
    );
    /// How many are held.
    OUTBOX_HELD = Statement::both("SELECT COUNT(*) FROM delivery WHERE state = 'held'");

    /// A mail by its Message-ID's hash.
    EXPLAIN_MESSAGE = Statement::both(
        "SELECT message.id, message.ticket, message.raw_id, message.message_id FROM ref JOIN message ON message.id = ref.message WHERE ref.hash = $1 ORDER BY message.id",
    );
    /// The decisions on a cause.
    EXPLAIN_DECISIONS = Statement::both(
        "SELECT id, cause_kind, cause_id, policy_id, now, program, reason, facts FROM decision WHERE cause_kind = $1 AND cause_id = $2 ORDER BY id",
    );
    /// One decision.
    EXPLAIN_DECISION = Statement::both("SELECT id, cause_kind, cause_id, policy_id, now, program, reason, facts FROM decision WHERE id = $1");
    /// The events of a decision.
    EXPLAIN_EVENTS = Statement::both(
        "SELECT event.seq, event.decision_id, event.stream_kind, event.stream_id, event.kind, event.at, event.actor, event.role, event.trust, event.message_id, event.reason, event.data, private.text \
         FROM event LEFT JOIN private ON private.id = event.private_id WHERE event.decision_id = $1 ORDER BY event.seq",
    );
    /// The mails of ours in a ticket, with their recipients.
    EXPLAIN_MAILS = Statement::both(
        "SELECT outgoing.decision_id, outgoing.template, delivery.id, delivery.recipient, delivery.state, delivery.done_at, delivery.next_at, delivery.reply \
         FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id WHERE outgoing.ticket = $1 ORDER BY delivery.id",
    );
    /// A raw mail's message row.
    EXPLAIN_RAW = Statement::both("SELECT raw_id FROM message WHERE id = $1");
    /// The history of a stream, with the erasable words.
    HISTORY = Statement::both(
        "SELECT event.seq, event.decision_id, event.stream_kind, event.stream_id, event.kind, event.at, event.actor, event.role, event.trust, event.message_id, event.reason, event.data, private.text, private.person \
         FROM event LEFT JOIN private ON private.id = event.private_id WHERE event.stream_kind = $1 AND event.stream_id = $2 ORDER BY event.stream_seq",
    );
    /// A stretch of the chain as it was hashed.
    CHAIN = Statement::both(
        "SELECT event.seq, event.decision_id, event.stream_kind, event.stream_id, event.stream_seq, event.kind, event.version, event.at, event.recorded_at, event.actor, event.role, event.trust, \
         event.message_id, event.reason, event.data, event.private_hash, event.undoes, event.prev_hash, event.hash, private.salt, private.text \
         FROM event LEFT JOIN private ON private.id = event.private_id WHERE event.seq > $1 ORDER BY event.seq LIMIT 500",
    );
    /// All tickets' numbers, in order, from one on.
    TICKETS_AFTER = Statement::both("SELECT id, snapshot FROM ticket WHERE id > $1 ORDER BY id LIMIT 500");
    /// Kinds of events in this database.
    EVENT_KINDS = Statement::both("SELECT DISTINCT kind, version FROM event");
}

inserts! {
    /// Raw mails; known ones are passed over.
    RAW_ADD = Insert::new(
        "raw",
        &["mailbox", "folder", "source_key", "uid_validity", "uid", "arrived_at", "received_at", "size", "is_cut", "sha256", "content", "chunks", "server_action"],
        "ON CONFLICT (mailbox, folder, source_key) DO NOTHING RETURNING id, source_key",
    );
    /// The rest of long ones.
    RAW_CHUNK_ADD = Insert::new("raw_chunk", &["raw_id", "n", "content"], "");
    /// Work for the decider.
    WORK_ADD_MANY = Insert::new("work", &["kind", "raw_id", "payload", "created_at", "state", "attempts", "problem"], "");
    /// Readings; a mail that is read again replaces its reading.
    READING_ADD = Insert::new(
        "reading",
        &["raw_id", "version", "content"],
        "ON CONFLICT (raw_id) DO UPDATE SET version = excluded.version, content = excluded.content",
    );
    /// Decisions.
    DECISION_ADD = Insert::new("decision", &["id", "cause_kind", "cause_id", "policy_id", "now", "program", "reason", "facts"], "");
    /// Erasable words.
    PRIVATE_ADD = Insert::new("private", &["id", "person", "salt", "text"], "");
    /// History.
    EVENT_ADD = Insert::new(
        "event",
        &["seq", "decision_id", "stream_kind", "stream_id", "stream_seq", "kind", "version", "at", "recorded_at", "actor", "role", "trust", "message_id", "reason", "data", "private_id", "private_hash", "undoes", "prev_hash", "hash"],
        "",
    );
    /// People, met or changed.
    PERSON_SET = Insert::new(
        "person",
        &["id", "address", "name", "language"],
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language",
    );
    /// Mails of conversations.
    MESSAGE_ADD = Insert::new("message", &["id", "ticket", "side", "raw_id", "person", "message_id", "content", "at"], "");
    /// Their ids.
    REF_ADD = Insert::new("ref", &["hash", "message"], "");
    /// Tickets as they stand now.
    TICKET_SET = Insert::new(
        "ticket",
        &["id", "queue", "state", "requester", "assignee", "opened_at", "due_at", "snapshot", "last_seq", "fold_version", "merged_into"],
        "ON CONFLICT (id) DO UPDATE SET queue = excluded.queue, state = excluded.state, requester = excluded.requester, assignee = excluded.assignee, \
         due_at = excluded.due_at, snapshot = excluded.snapshot, last_seq = excluded.last_seq, fold_version = excluded.fold_version, merged_into = excluded.merged_into",
    );
    /// Appointments; one that stands already stays.
    TIMER_ADD = Insert::new("timer", &["kind", "object", "at"], "ON CONFLICT (kind, object) DO NOTHING");
    /// Withheld cards.
    WITHHELD_ADD = Insert::new("withheld", &["person", "ticket"], "ON CONFLICT (person, ticket) DO NOTHING");
    /// Mails to be sent.
    OUTGOING_ADD = Insert::new(
        "outgoing",
        &["id", "decision_id", "dedupe_key", "message_id", "class", "template", "mailbox", "ticket", "side", "message", "envelope_from", "content", "size", "counts_for_fuse", "created_at", "not_before", "expires_at"],
        "",
    );
    /// Their recipients.
    DELIVERY_ADD = Insert::new(
        "delivery",
        &["outgoing_id", "mailbox", "recipient", "person", "class", "state", "attempts", "next_at", "created_at"],
        "",
    );
    /// Verdicts.
    VERDICT_ADD = Insert::new("verdict", &["event_seq", "ticket", "clock", "outcome", "due_at", "satisfied_at", "assignee", "queue", "policy_id"], "");
    /// Alarms.
    ALARM_SET = Insert::new(
        "alarm",
        &["alarm", "object", "raised_at", "told_at"],
        "ON CONFLICT (alarm, object) DO UPDATE SET raised_at = excluded.raised_at, told_at = COALESCE(excluded.told_at, alarm.told_at)",
    );
}
