//! What is fetched and what is to be done: house, leases, cursors, raw mails, work.

use super::{over_list, statements};
use crate::store::statement::Statement;

statements! {
    OF_JOURNAL;

    /// The value of a key of the house.
    HOUSE_GET = Statement::both("SELECT value FROM house WHERE key = $1");
    /// The same for whoever will change it: another instance waits.
    HOUSE_GET_LOCKED = Statement::twin(
        "SELECT value FROM house WHERE key = $1",
        "SELECT value FROM house WHERE key = $1 FOR UPDATE",
    );
    /// Sets a key of the house.
    HOUSE_PUT = Statement::both("INSERT INTO house (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    /// Sets a key of the house that is not set yet.
    HOUSE_SET = Statement::both("INSERT INTO house (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING");
    /// Forgets a key of the house.
    HOUSE_CLEAR = Statement::both("DELETE FROM house WHERE key = $1");
    /// The policy of the last decision before an instant.
    POLICY_BEFORE = Statement::both(
        "SELECT resolved FROM policy WHERE id = (SELECT policy_id FROM decision WHERE now < $1 ORDER BY now DESC, id DESC LIMIT 1)",
    );
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
    /// The lease of a run that has ended: no other will ever take it.
    LEASE_FORGET = Statement::both("DELETE FROM lease WHERE name = $1 AND owner = $2");
    /// The leases of runs that ended long ago without a word: nothing of theirs is claimed any more.
    LEASE_FORGET_DEAD = Statement::twin(
        "DELETE FROM lease WHERE name LIKE 'run:%' AND until < CAST(unixepoch('subsec') * 1000 AS INTEGER) - $1",
        "DELETE FROM lease WHERE name LIKE 'run:%' AND until < CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) - $1",
    );
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
    /// Until when a mailbox has been read. It goes back by more than an hour only where a clock that was ahead is put right: what
    /// was said of that time is not known any more.
    PASS_SET = Statement::both(
        "INSERT INTO pass (mailbox, until) VALUES ($1, $2) ON CONFLICT (mailbox) DO UPDATE SET until = excluded.until \
         WHERE excluded.until > pass.until OR excluded.until < pass.until - 3600000",
    );
    /// Until when each was.
    PASSES = Statement::both("SELECT mailbox, until FROM pass");
    /// Until when this one was.
    PASS_GET = Statement::both("SELECT until FROM pass WHERE mailbox = $1");
    /// When the oldest of the mail that waits reached its server, or us where that server's clock is ahead.
    WORK_FIRST_MAIL = Statement::both(
        "SELECT MIN(CASE WHEN raw.arrived_at < raw.received_at THEN raw.arrived_at ELSE raw.received_at END) \
         FROM work JOIN raw ON raw.id = work.raw_id WHERE work.state IN ('ready', 'suspect')",
    );
    /// Which of these source keys of a folder are known.
    RAW_KNOWN = over_list!("SELECT source_key FROM raw WHERE source_key", text, " AND mailbox = $2 AND folder = $3");
    /// Whether a mailbox holds a mail with this sum already.
    RAW_WITH_SUM = Statement::both("SELECT id FROM raw WHERE mailbox = $1 AND sha256 = $2 LIMIT 1");
    /// The mails of a mailbox that reached the server within a time, and how the work on each stands.
    RAW_OF_DAY = Statement::both(
        "SELECT raw.id, raw.folder, raw.source_key, raw.arrived_at, raw.sha256, work.state \
         FROM raw LEFT JOIN work ON work.raw_id = raw.id \
         WHERE raw.mailbox = $1 AND raw.arrived_at >= $2 AND raw.arrived_at < $3 ORDER BY raw.arrived_at, raw.id",
    );
    /// Whether a mail was taken from a folder that lies before this one.
    RAW_BEFORE_UID = Statement::both("SELECT id FROM raw WHERE mailbox = $1 AND folder = $2 AND uid_validity = $3 AND uid < $4 LIMIT 1");
    /// Whether a raw mail is there, with its bytes.
    RAW_EXISTS = Statement::both("SELECT id FROM raw WHERE id = $1 AND erased_at IS NULL");
    /// A raw mail.
    RAW_GET = Statement::both("SELECT id, mailbox, folder, arrived_at, size, is_cut, content, chunks, erased_at FROM raw WHERE id = $1");
    /// Several raw mails.
    RAW_GET_MANY = over_list!("SELECT id, mailbox, folder, arrived_at, size, is_cut, content, chunks, erased_at FROM raw WHERE id", int, " ORDER BY id");
    /// The rest of a long raw mail.
    RAW_CHUNKS = Statement::both("SELECT content FROM raw_chunk WHERE raw_id = $1 ORDER BY n");
    /// When the oldest mail that was ever taken from a folder had arrived.
    RAW_OLDEST = Statement::both("SELECT MIN(arrived_at) FROM raw WHERE mailbox = $1 AND folder = $2");
    /// Mails of a folder on which something is to be done on the server now: after n tries, n * n * n minutes after they came in.
    RAW_ACTIONS = Statement::both(
        "SELECT id, uid_validity, uid, server_action FROM raw \
         WHERE mailbox = $1 AND folder = $2 AND server_action IS NOT NULL AND action_attempts < $3 \
         AND received_at + action_attempts * action_attempts * action_attempts * 60000 <= $4 ORDER BY id LIMIT 100",
    );
    /// What was tried too often is given up.
    RAW_ACTION_GIVE_UP = Statement::both(
        "UPDATE raw SET server_action = NULL WHERE mailbox = $1 AND folder = $2 AND server_action IS NOT NULL AND action_attempts >= $3",
    );
    /// Nothing is left to be done with a mail on the server.
    RAW_ACTION_DONE = Statement::both("UPDATE raw SET server_action = NULL WHERE id = $1");
    /// It did not work this time.
    RAW_ACTION_FAILED = Statement::both("UPDATE raw SET action_attempts = action_attempts + 1 WHERE id = $1");
    /// A reading.
    READING_GET = Statement::both("SELECT content FROM reading WHERE raw_id = $1");
    /// A reading with where and when its mail came in.
    READING_WITH_PLACE = Statement::both(
        "SELECT raw.mailbox, raw.arrived_at, reading.content FROM reading JOIN raw ON raw.id = reading.raw_id WHERE reading.raw_id = $1",
    );
    /// The next work in order, mails with their place.
    WORK_NEXT = Statement::both(
        "SELECT work.id, work.kind, work.raw_id, work.payload, work.attempts, work.state, raw.mailbox, raw.arrived_at, raw.size, work.suspected_by, raw.folder \
         FROM work LEFT JOIN raw ON raw.id = work.raw_id \
         WHERE work.state IN ('ready', 'suspect') ORDER BY work.id LIMIT $1 + 0",
    );
    /// The next work in order that is no mail.
    WORK_NEXT_NO_MAIL = Statement::both(
        "SELECT work.id, work.kind, work.raw_id, work.payload, work.attempts, work.state, NULL, NULL, NULL, work.suspected_by, NULL \
         FROM work WHERE work.state IN ('ready', 'suspect') AND work.raw_id IS NULL ORDER BY work.id LIMIT $1 + 0",
    );
    /// Marks a batch before anybody looks at it: if this run dies, one of these may be why.
    WORK_SUSPECT = over_list!("UPDATE work SET state = 'suspect', suspected_by = $2 WHERE id", int, "");
    /// The batch was not to blame.
    WORK_CLEAR = over_list!("UPDATE work SET state = 'ready', suspected_by = NULL, attempts = 0 WHERE id", int, " AND state = 'suspect' AND suspected_by = $2");
    /// A try of one piece of work, counted before it begins.
    WORK_ATTEMPT = Statement::both("UPDATE work SET attempts = attempts + 1, state = 'suspect', suspected_by = $2 WHERE id = $1");
    /// A try that failed in words.
    WORK_FAILED = Statement::both("UPDATE work SET state = 'ready', suspected_by = NULL, problem = $2 WHERE id = $1");
    /// Work that is done.
    WORK_DONE = over_list!("DELETE FROM work WHERE id", int, "");
    /// Work that cannot be done.
    WORK_QUARANTINE = Statement::both("UPDATE work SET state = 'quarantined', problem = $2 WHERE id = $1");
    /// Work that is kept apart, with what it is once it is released.
    WORK_KEEP_APART = Statement::both(
        "UPDATE work SET state = 'quarantined', problem = $2, payload = $3, attempts = 0, suspected_by = NULL WHERE id = $1");
    /// New work.
    WORK_ADD = Statement::both("INSERT INTO work (kind, raw_id, payload, created_at, state, attempts) VALUES ($1, $2, $3, $4, 'ready', 0) RETURNING id");
    /// How much work waits.
    WORK_COUNT = Statement::both("SELECT COUNT(*) FROM work WHERE state IN ('ready', 'suspect')");
    /// What is quarantined.
    QUARANTINE_LIST = Statement::both(
        "SELECT work.id, work.kind, work.raw_id, work.created_at, work.attempts, work.problem, raw.mailbox, raw.size, raw.arrived_at \
         FROM work LEFT JOIN raw ON raw.id = work.raw_id WHERE work.state = 'quarantined' ORDER BY work.id LIMIT $1 + 0",
    );
    /// One piece of work that is quarantined, or was discarded.
    QUARANTINE_GET = Statement::both(
        "SELECT work.id, work.kind, work.raw_id, work.payload, work.attempts, work.problem, raw.mailbox, raw.size, raw.arrived_at, work.state \
         FROM work LEFT JOIN raw ON raw.id = work.raw_id WHERE work.id = $1 AND work.state IN ('quarantined', 'discarded')",
    );
    /// Mails that are not decided: waiting, quarantined, discarded; the newest first.
    WORK_MAILS = Statement::both("SELECT raw_id FROM work WHERE raw_id IS NOT NULL ORDER BY raw_id DESC LIMIT $1 + 0");
    /// Where the work on a mail stands; no row: it is done.
    WORK_OF_MAIL = Statement::both("SELECT id, state, problem FROM work WHERE raw_id = $1");
    /// One quarantined piece of work, for the next try or for good.
    QUARANTINE_SET = Statement::both("UPDATE work SET state = $2, attempts = 0 WHERE id = $1 AND state = 'quarantined'");
    /// How much is quarantined, by mailbox.
    QUARANTINE_COUNT = Statement::both(
        "SELECT COALESCE(raw.mailbox, ''), COUNT(*) FROM work LEFT JOIN raw ON raw.id = work.raw_id \
         WHERE work.state = 'quarantined' GROUP BY COALESCE(raw.mailbox, '')",
    );
}
