//! Inserts of many rows.

use super::inserts;
use crate::store::statement::Insert;

inserts! {
    OF_ROWS;

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
    /// Queues as they stand.
    QUEUE_SET = Insert::new("queue_state", &["queue", "state"], "ON CONFLICT (queue) DO UPDATE SET state = excluded.state");
    /// People, met or changed.
    PERSON_SET = Insert::new(
        "person",
        &["id", "address", "name", "language", "same_as", "listing", "kind", "department", "employee_number", "curator", "listed_language", "duty", "position"],
        "ON CONFLICT (id) DO UPDATE SET address = excluded.address, name = excluded.name, language = excluded.language, same_as = excluded.same_as, \
         listing = excluded.listing, kind = excluded.kind, department = excluded.department, employee_number = excluded.employee_number, \
         curator = excluded.curator, listed_language = excluded.listed_language, duty = excluded.duty, position = excluded.position",
    );
    /// Whose addresses are.
    ADDRESS_SET = Insert::new("person_address", &["address", "person"], "ON CONFLICT (address) DO UPDATE SET person = excluded.person");
    /// The words of their names.
    PERSON_WORD_ADD = Insert::new("person_word", &["word", "person"], "");
    /// Mails of conversations.
    MESSAGE_ADD = Insert::new("message", &["id", "ticket", "side", "raw_id", "person", "message_id", "content", "at"], "");
    /// Their ids.
    REF_ADD = Insert::new("ref", &["hash", "message"], "");
    /// What they name.
    LINEAGE_ADD = Insert::new("lineage", &["hash", "message"], "");
    /// Mails that opened a ticket or were gathered in one.
    BEGINNING_ADD = Insert::new("beginning", &["message", "person", "ticket", "at", "body", "is_flood", "is_reflex", "guesses"], "");
    /// What tickets were opened with.
    OPENING_ADD = Insert::new("opening", &["person", "ticket", "message", "simhash"], "ON CONFLICT (person, ticket) DO NOTHING");
    /// Text files that are sound.
    TEXT_SET = Insert::new("kb_file", &["kind", "file", "content"], "ON CONFLICT (kind, file) DO UPDATE SET content = excluded.content");
    /// Which tickets' mails say a word.
    WORD_ADD = Insert::new("ticket_word", &["word", "ticket"], "ON CONFLICT (word, ticket) DO NOTHING");
    /// Tickets as they stand now.
    TICKET_SET = Insert::new(
        "ticket",
        &["id", "queue", "state", "requester", "assignee", "opened_at", "due_at", "risk_at", "late_at", "snapshot", "last_seq", "fold_version", "merged_into", "waits", "changed_at"],
        "ON CONFLICT (id) DO UPDATE SET queue = excluded.queue, state = excluded.state, requester = excluded.requester, assignee = excluded.assignee, \
         due_at = excluded.due_at, risk_at = excluded.risk_at, late_at = excluded.late_at, snapshot = excluded.snapshot, last_seq = excluded.last_seq, fold_version = excluded.fold_version, merged_into = excluded.merged_into, \
         waits = excluded.waits, changed_at = excluded.changed_at",
    );
    /// Appointments; one that stands already stays.
    TIMER_ADD = Insert::new("timer", &["kind", "object", "at"], "ON CONFLICT (kind, object) DO NOTHING");
    /// What an agent has to decide, or to hear of: what was done is put before what was done before.
    LIST_ITEM_ADD = Insert::new(
        "list_item",
        &["agent", "number", "kind", "words", "at"],
        "ON CONFLICT (agent, number, kind) DO UPDATE SET at = excluded.at, words = CASE excluded.kind \
         WHEN 'done' THEN substr(excluded.words || '\n' || list_item.words, 1, 4000) ELSE excluded.words END",
    );
    /// Addresses that mail does not reach.
    SILENCE_SET = Insert::new("silence", &["address", "until"], "ON CONFLICT (address) DO UPDATE SET until = excluded.until");
    /// Who was asked to rate.
    SURVEY_SET = Insert::new(
        "survey",
        &["person", "ticket", "at", "nps_at", "wants_nps"],
        "ON CONFLICT (person) DO UPDATE SET ticket = excluded.ticket, at = excluded.at, nps_at = COALESCE(excluded.nps_at, survey.nps_at), \
         wants_nps = COALESCE(excluded.wants_nps, survey.wants_nps)",
    );
    /// Withheld cards.
    WITHHELD_ADD = Insert::new("withheld", &["person", "ticket"], "ON CONFLICT (person, ticket) DO NOTHING");
    /// Mails that wait for their authors' word.
    HELD_ADD = Insert::new("held", &["raw_id", "person", "ticket", "message", "at", "route", "other", "is_automatic"], "");
    /// Questions to agents.
    CHALLENGE_ADD = Insert::new("challenge", &["code", "person", "sent_at", "expires_at"], "");
    /// Ways that agents have confirmed.
    ROUTE_SET = Insert::new("route", &["person", "route", "until"], "ON CONFLICT (person, route) DO UPDATE SET until = excluded.until");
    /// Mails to be sent.
    OUTGOING_ADD = Insert::new(
        "outgoing",
        &["id", "decision_id", "dedupe_key", "message_id", "class", "template", "mailbox", "ticket", "side", "message", "envelope_from", "content", "size", "counts_for_fuse", "keep_copy", "created_at", "not_before", "expires_at"],
        "",
    );
    /// Their recipients.
    DELIVERY_ADD = Insert::new(
        "delivery",
        &["outgoing_id", "mailbox", "recipient", "person", "class", "state", "attempts", "next_at", "created_at", "reply_to"],
        "",
    );
    /// Verdicts.
    VERDICT_ADD = Insert::new("verdict", &["event_seq", "ticket", "clock", "outcome", "started_at", "target_secs", "due_at", "satisfied_at", "queue", "agent", "class", "worked_secs"], "");
    /// Alarms.
    ALARM_SET = Insert::new(
        "alarm",
        &["alarm", "object", "raised_at", "told_at", "over_at"],
        "ON CONFLICT (alarm, object) DO UPDATE SET raised_at = excluded.raised_at, told_at = COALESCE(excluded.told_at, alarm.told_at), over_at = COALESCE(excluded.over_at, alarm.over_at)",
    );
}
