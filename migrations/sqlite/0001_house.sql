-- The house: one history, and everything that is derived from it or waits to become part of it.
-- Instants are milliseconds UTC. The twin in ../postgres has the same tables and columns.

-- What this database is: its instance name.
CREATE TABLE house (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Which process may decide, or poll a mailbox; fence grows with every change of owner.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL,
    fence INTEGER NOT NULL
) STRICT;

-- The settings that decisions were made under.
CREATE TABLE policy (
    id INTEGER NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    resolved TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;

-- How far a folder has been read.
CREATE TABLE cursor (
    mailbox TEXT NOT NULL,
    folder TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    last_uid INTEGER NOT NULL,
    -- Mail that reached the server before this instant is never taken.
    since INTEGER NOT NULL,
    -- The newest arrival taken so far.
    last_at INTEGER NOT NULL,
    PRIMARY KEY (mailbox, folder)
) STRICT;

-- Until when a mailbox has been read: whatever reached it before is stored.
CREATE TABLE pass (
    mailbox TEXT NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT;

-- Every mail as it was fetched, before anything looks at it.
CREATE TABLE raw (
    id INTEGER NOT NULL PRIMARY KEY,
    mailbox TEXT NOT NULL,
    folder TEXT NOT NULL,
    -- UIDVALIDITY/UID, or the Maildir file's unique name: a repeat of the same fetch is harmless.
    source_key TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    -- Whether only the beginning was fetched, since the mail is over the limit.
    is_cut INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    -- zstd; what is longer goes on in raw_chunk.
    content BLOB NOT NULL,
    chunks INTEGER NOT NULL,
    -- What is still to be done with it on the server; NULL: nothing.
    server_action TEXT,
    action_attempts INTEGER NOT NULL DEFAULT 0,
    -- When its bytes were erased: somebody wanted to be forgotten. What it is known by stays, so that it is never taken again.
    erased_at INTEGER,
    UNIQUE (mailbox, folder, source_key)
) STRICT;
CREATE INDEX raw_sha256 ON raw (mailbox, sha256);
-- What a mailbox got on a day.
CREATE INDEX raw_arrived ON raw (mailbox, arrived_at);
CREATE INDEX raw_server_action ON raw (mailbox, folder, id) WHERE server_action IS NOT NULL;

CREATE TABLE raw_chunk (
    raw_id INTEGER NOT NULL REFERENCES raw (id),
    n INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (raw_id, n)
) STRICT;

-- What a raw mail was understood to say: zstd of JSON.
CREATE TABLE reading (
    raw_id INTEGER NOT NULL PRIMARY KEY REFERENCES raw (id),
    version INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

-- What the decider has to do, in order. A row that is done is gone; one that cannot be done is quarantined.
CREATE TABLE work (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    raw_id INTEGER REFERENCES raw (id),
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    suspected_by TEXT,
    problem TEXT
) STRICT;
CREATE INDEX work_waiting ON work (id) WHERE state IN ('ready', 'suspect');
CREATE INDEX work_no_mail ON work (id) WHERE state IN ('ready', 'suspect') AND raw_id IS NULL;
CREATE INDEX work_quarantined ON work (id) WHERE state = 'quarantined';

CREATE INDEX work_raw ON work (raw_id) WHERE raw_id IS NOT NULL;

CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY,
    cause_kind TEXT NOT NULL,
    cause_id TEXT NOT NULL,
    policy_id INTEGER NOT NULL REFERENCES policy (id),
    now INTEGER NOT NULL,
    program TEXT NOT NULL,
    reason TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE INDEX decision_cause ON decision (cause_kind, cause_id);
CREATE INDEX decision_now ON decision (now);

-- The deletable part of history: people's words, under the number of their event.
CREATE TABLE private (
    id INTEGER NOT NULL PRIMARY KEY,
    person INTEGER,
    salt TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX private_person ON private (person);

CREATE TABLE event (
    seq INTEGER NOT NULL PRIMARY KEY,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    stream_kind TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    stream_seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    trust TEXT NOT NULL,
    message_id TEXT,
    reason TEXT NOT NULL,
    data TEXT NOT NULL,
    private_id INTEGER,
    private_hash TEXT,
    undoes INTEGER,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (stream_kind, stream_id, stream_seq)
) STRICT;
CREATE INDEX event_decision ON event (decision_id);
CREATE INDEX event_kind ON event (kind, version);
-- Whoever counts a month asks who had answered earlier in its quarter.
CREATE INDEX event_nps ON event (at) WHERE kind = 'nps_answered';

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'history is never changed');
END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'history is never deleted');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM event WHERE stream_kind = NEW.stream_kind AND stream_id = NEW.stream_id AND stream_seq = NEW.stream_seq)
BEGIN
    SELECT RAISE(ABORT, 'history is never replaced');
END;

-- Somebody who wrote, was written to, or stands in the people directory.
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY,
    -- Where they are written to.
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Who this number turned out to be; NULL: itself.
    same_as INTEGER,
    -- What the people directory says: current, former; NULL: it never said anything.
    listing TEXT,
    -- person, shared
    kind TEXT NOT NULL,
    department TEXT NOT NULL,
    employee_number TEXT NOT NULL,
    curator TEXT NOT NULL,
    listed_language TEXT,
    -- JSON, of agents who have said something of themselves: an absence, how they want to be written to.
    duty TEXT,
    -- What they are at work.
    position TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX person_same_as ON person (same_as) WHERE same_as IS NOT NULL;

-- Whose mail comes from an address.
CREATE TABLE person_address (
    address TEXT NOT NULL PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX person_address_person ON person_address (person);

-- The words of the names in the people directory, folded: who may be meant by one.
CREATE TABLE person_word (
    word TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (word, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_word_person ON person_word (person);

-- What became of the people directory that was read last.
CREATE TABLE directory (
    name TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    is_refused INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- Mails of conversations, in and out.
CREATE TABLE message (
    id INTEGER NOT NULL PRIMARY KEY,
    ticket INTEGER,
    side TEXT NOT NULL,
    raw_id INTEGER,
    person INTEGER NOT NULL REFERENCES person (id),
    message_id TEXT NOT NULL,
    content INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_ticket ON message (ticket, id);
CREATE INDEX message_raw ON message (raw_id) WHERE raw_id IS NOT NULL;
-- What somebody has written, for whoever erases it.
CREATE INDEX message_person ON message (person, id);

-- Message-IDs by hash, since they may be long.
CREATE TABLE ref (
    hash INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message (id),
    PRIMARY KEY (hash, message)
) STRICT, WITHOUT ROWID;

-- What tickets' mails name without being it: ids of mails that were never sent to us, conversations of Outlook.
-- By hash, as in ref.
CREATE TABLE lineage (
    hash INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message (id),
    PRIMARY KEY (hash, message)
) STRICT, WITHOUT ROWID;

-- Mails that opened a ticket or were gathered in one: what floods and answering machines are known by.
CREATE TABLE beginning (
    message INTEGER NOT NULL PRIMARY KEY REFERENCES message (id),
    person INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body INTEGER NOT NULL,
    is_flood INTEGER NOT NULL,
    is_reflex INTEGER NOT NULL,
    guesses INTEGER NOT NULL
) STRICT;
CREATE INDEX beginning_person ON beginning (person, message);

-- Who took part in a ticket from the start, and what its author wrote, as a SimHash and never in words: what repeats are
-- known by. NULL: somebody else wrote it, or too little to be compared.
CREATE TABLE opening (
    person INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    message INTEGER NOT NULL REFERENCES message (id),
    simhash INTEGER,
    PRIMARY KEY (person, ticket)
) STRICT, WITHOUT ROWID;

-- The files of canned answers and of the knowledge base as they last were sound: they stay in force while they are not.
CREATE TABLE kb_file (
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (kind, file)
) STRICT, WITHOUT ROWID;

-- Draft articles of resolutions: asked (of the head), approved (to be written into the folder; then they are gone).
CREATE TABLE kb_draft (
    ticket INTEGER NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX kb_draft_approved ON kb_draft (ticket) WHERE state = 'approved';

-- Which tickets' mails say a word: by the number of its stem, never in words. What agents look for. How far it goes is
-- written in house.
CREATE TABLE ticket_word (
    word INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    PRIMARY KEY (word, ticket)
) STRICT, WITHOUT ROWID;

-- The fold of a ticket's events, and the columns that lists ask for.
CREATE TABLE ticket (
    id INTEGER NOT NULL PRIMARY KEY,
    queue TEXT NOT NULL,
    state TEXT NOT NULL,
    requester INTEGER NOT NULL REFERENCES person (id),
    assignee TEXT,
    opened_at INTEGER NOT NULL,
    due_at INTEGER,
    -- From when on that is in danger.
    risk_at INTEGER,
    -- Since when the solution is owed and late.
    late_at INTEGER,
    snapshot TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    fold_version INTEGER NOT NULL,
    merged_into INTEGER,
    -- Whether it is nobody's until an agent of its queue has room.
    waits INTEGER NOT NULL,
    -- When anything was last written of it.
    changed_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX ticket_queue ON ticket (queue, state, id);
CREATE INDEX ticket_free ON ticket (queue, state, id) WHERE assignee IS NULL;
CREATE INDEX ticket_waits ON ticket (queue, id) WHERE waits = 1;
-- What the page counts, and what it lists.
CREATE INDEX ticket_status ON ticket (queue, state, assignee, due_at, risk_at, late_at, opened_at) WHERE state NOT IN ('resolved', 'closed');
CREATE INDEX ticket_urgent ON ticket (queue, due_at, id) WHERE state NOT IN ('resolved', 'closed') AND late_at IS NULL;
CREATE INDEX ticket_late ON ticket (queue, late_at, id) WHERE late_at IS NOT NULL;
CREATE INDEX ticket_requester ON ticket (requester, id);
-- How many requests a queue has got in a month.
CREATE INDEX ticket_opened ON ticket (queue, opened_at) WHERE merged_into IS NULL;
-- Which tickets the figures of a time are about.
CREATE INDEX ticket_changed ON ticket (changed_at, opened_at);
-- What is counted anew when the rules of due times change.
CREATE INDEX ticket_due ON ticket (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX ticket_assignee ON ticket (assignee, state) WHERE assignee IS NOT NULL;

-- One row a live appointment: the next step only.
CREATE TABLE timer (
    kind TEXT NOT NULL,
    object INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (kind, object)
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_at ON timer (at, kind, object);

-- The lines of an agent's work list of that minute since 1970, in order: ticket numbers as a JSON array.
CREATE TABLE work_list (
    agent TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    tickets TEXT NOT NULL,
    PRIMARY KEY (agent, minutes)
) STRICT, WITHOUT ROWID;

-- What an agent finds in their next list besides their tickets, until then or until they decide. The number is a ticket's;
-- of a mail to everybody, the mail's.
CREATE TABLE list_item (
    agent TEXT NOT NULL,
    number INTEGER NOT NULL,
    -- moved, asks, owner, draft, rated, recounted, everybody, done
    kind TEXT NOT NULL,
    -- What somebody said of it.
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (agent, number, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_item_number ON list_item (number);

-- Queues as they stand: the fold of their events, as JSON.
CREATE TABLE queue_state (
    queue TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Tickets whose cards a cap withheld, until the person's next digest.
CREATE TABLE withheld (
    person INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    PRIMARY KEY (person, ticket)
) STRICT, WITHOUT ROWID;

-- Addresses that mail does not reach: they are sent nothing automatic until then.
CREATE TABLE silence (
    address TEXT NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT;

-- When a person was last asked for an opinion, after which ticket; and when whether they would recommend us.
CREATE TABLE survey (
    person INTEGER NOT NULL PRIMARY KEY,
    ticket INTEGER NOT NULL,
    at INTEGER NOT NULL,
    nps_at INTEGER,
    -- 0: they do not want to be asked whether they would recommend us; NULL: they have not said.
    wants_nps INTEGER
) STRICT;

-- Questions to agents whether mails in their names are theirs.
CREATE TABLE challenge (
    code TEXT NOT NULL PRIMARY KEY,
    person INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;
CREATE INDEX challenge_person ON challenge (person, sent_at);

-- The mails these are about; without a code the agent was not asked yet.
CREATE TABLE held (
    raw_id INTEGER NOT NULL PRIMARY KEY REFERENCES raw (id),
    person INTEGER NOT NULL,
    code TEXT,
    ticket INTEGER NOT NULL,
    message INTEGER NOT NULL,
    at INTEGER NOT NULL,
    route TEXT,
    -- Who wrote it from an address that may be another of the person's.
    other INTEGER,
    -- Whether it is surely the person's, and perhaps a program has written it.
    is_automatic INTEGER NOT NULL
) STRICT;
CREATE INDEX held_waiting ON held (person) WHERE code IS NULL;
CREATE INDEX held_code ON held (code) WHERE code IS NOT NULL;

-- Ways by which agents have said that their mail comes.
CREATE TABLE route (
    person INTEGER NOT NULL,
    route TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (person, route)
) STRICT, WITHOUT ROWID;

-- A mail to be sent: its bytes, once.
CREATE TABLE outgoing (
    id INTEGER NOT NULL PRIMARY KEY,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    dedupe_key TEXT NOT NULL UNIQUE,
    message_id TEXT NOT NULL,
    class TEXT NOT NULL,
    template TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    ticket INTEGER,
    side TEXT,
    message INTEGER,
    envelope_from TEXT,
    content BLOB NOT NULL,
    size INTEGER NOT NULL,
    counts_for_fuse INTEGER NOT NULL,
    -- Whether a copy is still to be put into the mailbox's folder of sent mail, and how often that was tried.
    keep_copy INTEGER NOT NULL DEFAULT 0,
    copy_attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    not_before INTEGER,
    expires_at INTEGER
) STRICT;
CREATE INDEX outgoing_fuse ON outgoing (created_at) WHERE counts_for_fuse = 1;
CREATE INDEX outgoing_copy ON outgoing (mailbox, id) WHERE keep_copy = 1;
CREATE INDEX outgoing_decision ON outgoing (decision_id);
CREATE INDEX outgoing_message ON outgoing (message) WHERE message IS NOT NULL;
CREATE INDEX outgoing_ticket ON outgoing (ticket, id) WHERE ticket IS NOT NULL;

-- One recipient of it.
CREATE TABLE delivery (
    id INTEGER NOT NULL PRIMARY KEY,
    outgoing_id INTEGER NOT NULL REFERENCES outgoing (id),
    mailbox TEXT NOT NULL,
    recipient TEXT NOT NULL,
    -- Where this recipient answers to: the courier writes it above the stored bytes.
    reply_to TEXT,
    person INTEGER NOT NULL,
    class TEXT NOT NULL,
    -- ready, claimed, unknown, held (by the fuse), stopped (by an order), sent, refused, expired, cancelled
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    claimed_by TEXT,
    -- Whether an attempt may have got through unnoticed: then it is made once more and never again.
    is_in_doubt INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    code TEXT,
    reply TEXT
) STRICT;
CREATE INDEX delivery_due ON delivery (next_at, id) WHERE state IN ('ready', 'unknown');
CREATE INDEX delivery_open ON delivery (state, id) WHERE state <> 'sent';
CREATE INDEX delivery_outgoing ON delivery (outgoing_id);
-- What somebody was sent, for whoever erases it.
CREATE INDEX delivery_person ON delivery (person, id);
CREATE INDEX delivery_caps ON delivery (recipient, created_at) WHERE class IN ('automatic', 'report');

-- Judged clocks, as KPI reads them: a projection of clock_judged events.
CREATE TABLE verdict (
    event_seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    ticket INTEGER NOT NULL,
    clock TEXT NOT NULL,
    outcome TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    target_secs INTEGER,
    due_at INTEGER NOT NULL,
    satisfied_at INTEGER,
    queue TEXT NOT NULL,
    agent TEXT,
    class TEXT,
    worked_secs INTEGER,
    -- The event that took the decision back which had judged; NULL: the verdict counts.
    undone_by INTEGER
) STRICT;
CREATE INDEX verdict_ticket ON verdict (ticket, clock, started_at, event_seq);
-- What the page counts as in time: nothing is known of a promise later than it was due.
CREATE INDEX verdict_due ON verdict (clock, due_at) WHERE undone_by IS NULL;
-- How much of a queue's work was done in time lately.
CREATE INDEX verdict_queue ON verdict (queue, clock, due_at);

-- Alarms that are raised, or were told lately.
CREATE TABLE alarm (
    alarm TEXT NOT NULL,
    object TEXT NOT NULL,
    raised_at INTEGER,
    told_at INTEGER,
    over_at INTEGER,
    PRIMARY KEY (alarm, object)
) STRICT, WITHOUT ROWID;
