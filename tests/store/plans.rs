//! Every statement of the house is understood by the engine, and none walks through a table that grows.

use okno::store::{Statement, V, sql};

use crate::{Base, Kind};

/// Tables that stay small, whatever happens: one row a setting, a lease, a policy, a mailbox, an alarm, a directory, a file of texts.
const SMALL: &[&str] = &[
    "house",
    "lease",
    "policy",
    "pass",
    "alarm",
    "directory",
    "kb_file",
    "queue_state",
    "cursor",
];

/// Indices that hold only rows that wait: to walk through one of them is to do what is due.
const WAITING: &[&str] = &[
    "work_waiting",
    "work_no_mail",
    "work_quarantined",
    "delivery_due",
    "delivery_open",
    "held_waiting",
    "kb_draft_approved",
    "ticket_status",
    "outgoing_copy",
];

/// SQLite plans to look for children that wait for a new policy, and does so only while a foreign key is broken.
const NEVER_TAKEN: (&str, &str) = ("POLICY_ADD", "SCAN decision");

/// The values of each statement: `i` a number, `n` a number or NULL, `t` a text, `o` a text or NULL, `l` a list of
/// numbers, `m` a list of texts, `b` bytes.
const VALUES: &[(&str, &str)] = &[
    ("HOUSE_GET", "t"),
    ("HOUSE_GET_LOCKED", "t"),
    ("VERDICT_COUNTS", "i"),
    ("WORK_MAILS", "i"),
    ("STATUS_QUEUES", "i"),
    ("STATUS_LATE", "ti"),
    ("STATUS_DUE", "ti"),
    ("STATUS_NOT_DUE", "ti"),
    ("STATUS_SHARE", "i"),
    ("STATUS_LOAD", "m"),
    ("STATUS_OUTBOX", ""),
    ("STATUS_STUCK", "iim"),
    ("STATUS_WORK", ""),
    ("STATUS_NEWEST", "tt"),
    ("STATUS_LEASE", "t"),
    ("LOOK_UNANSWERED", "ti"),
    ("LOOK_DUTY", "m"),
    ("LOOK_OLDEST", "ti"),
    ("REVIEW_TICKETS", "ti"),
    ("REVIEW_OPENED", "tiii"),
    ("REVIEW_EVENTS", ""),
    ("REVIEW_WAITS", ""),
    ("REVIEW_KEPT", ""),
    ("LOOK_OPENED", "tii"),
    ("LOOK_JUDGED", "ti"),
    ("WORK_OF_MAIL", "i"),
    ("OUTBOX_FAILED", "i"),
    ("TICKETS_LIVE", "t"),
    ("RULES_APPLIED", "ii"),
    ("NPS_SAID", "iii"),
    ("COPY_DUE", "ti"),
    ("COPY_TRIED", "i"),
    ("COPY_KEPT", "i"),
    ("COPY_FORGET", "tii"),
    ("EXPLAIN_MAILS", "i"),
    ("HOUSE_SET", "tt"),
    ("HOUSE_CLEAR", "t"),
    ("WORK_NEXT_NO_MAIL", "i"),
    ("HOUSE_PUT", "tt"),
    ("FACTS_OWNED", "ti"),
    ("FACTS_UNSOLVED", "i"),
    ("FACTS_POSTED", "l"),
    ("FACTS_POSTED_BY", "l"),
    ("FACTS_FREE", "ti"),
    ("FACTS_WAITING", "ti"),
    ("FACTS_LOADS", "m"),
    ("FACTS_QUEUES", "m"),
    ("QUEUES_ALL", ""),
    ("FACTS_WORK_LIST", "ti"),
    ("FACTS_LIST_ITEMS", "ti"),
    ("LIST_ITEM_DONE", "tit"),
    ("WORK_LIST_FORGET", "ti"),
    ("WORK_LIST_ADD", "tit"),
    ("TIMER_NOT_LATER", "tii"),
    ("BACKLOG_PAGE", "tii"),
    ("SWEEP_COUNT", "m"),
    ("SWEEP_PAGE", "iim"),
    ("PASS_SET", "ti"),
    ("PASS_GET", "t"),
    ("FACTS_IMPORTED", "i"),
    ("NUMBERS_SAID", ""),
    ("TICKETS_OF_TIME", "ii"),
    ("RAW_OF_DAY", "tii"),
    ("RAW_BEFORE_UID", "ttii"),
    ("DECIDED_ON_MAILS", "m"),
    ("PASSES", ""),
    ("WORK_FIRST_MAIL", ""),
    ("EVENT_DECIDED_BEFORE", "iii"),
    ("TIMER_NEXT_AFTER", "i"),
    ("POLICY_BEFORE", "i"),
    ("POLICY_FIND", "t"),
    ("POLICY_ADD", "tti"),
    ("LEASE_TAKE", "tti"),
    ("LEASE_HOLDS", "tt"),
    ("LEASE_EXPIRE_ALL", ""),
    ("LEASE_GIVE_BACK", "tt"),
    ("LEASE_FORGET", "tt"),
    ("LEASE_FORGET_DEAD", "i"),
    ("CURSOR_GET", "tt"),
    ("CURSOR_SET", "ttiiii"),
    ("RAW_KNOWN", "mtt"),
    ("RAW_WITH_SUM", "tt"),
    ("RAW_GET", "i"),
    ("RAW_GET_MANY", "l"),
    ("RAW_CHUNKS", "i"),
    ("RAW_OLDEST", "tt"),
    ("RAW_ACTIONS", "ttii"),
    ("RAW_ACTION_GIVE_UP", "tti"),
    ("RAW_ACTION_DONE", "i"),
    ("RAW_ACTION_FAILED", "i"),
    ("READING_GET", "i"),
    ("READING_WITH_PLACE", "i"),
    ("WORK_NEXT", "i"),
    ("WORK_SUSPECT", "lt"),
    ("WORK_CLEAR", "lt"),
    ("WORK_ATTEMPT", "it"),
    ("WORK_FAILED", "it"),
    ("WORK_DONE", "l"),
    ("WORK_QUARANTINE", "it"),
    ("WORK_KEEP_APART", "itt"),
    ("WORK_ADD", "tnti"),
    ("WORK_COUNT", ""),
    ("QUARANTINE_LIST", "i"),
    ("QUARANTINE_GET", "i"),
    ("QUARANTINE_SET", "it"),
    ("QUARANTINE_COUNT", ""),
    ("ASIDE_LIST", "i"),
    ("CHALLENGE_GET", "m"),
    ("CHALLENGE_LAST", "ml"),
    ("HELD_WAITING", "ml"),
    ("HELD_ASKED", "m"),
    ("ROUTE_LIST", "mli"),
    ("HELD_ASK", "lt"),
    ("HELD_DONE", "l"),
    ("HELD_DROP", "t"),
    ("CHALLENGE_DONE", "ti"),
    ("FACTS_KNOWN", "l"),
    ("FACTS_LINEAGE", "l"),
    ("FACTS_ASIDES", "l"),
    ("FACTS_TICKETS", "l"),
    ("FACTS_TICKETS_LED_TO", "lll"),
    ("FACTS_RAW_OF", "i"),
    ("PEOPLE_BY_WORD", "m"),
    ("WORDS_CLEAR", "l"),
    ("PEOPLE_BY_ADDRESS", "m"),
    ("PEOPLE_BY_NUMBER", "l"),
    ("ADDRESSES_OF", "l"),
    ("ADDRESSES_OF_OWNERS", "m"),
    ("PEOPLE_AFTER", "i"),
    ("ADDRESSES_AFTER", "t"),
    ("ADDRESSES_CLEAR", "m"),
    ("LIVE_TICKETS", "m"),
    ("DIRECTORY_GET", ""),
    ("DIRECTORY_SET", "tii"),
    ("FACTS_SENT", "mlii"),
    ("FACTS_SILENCED", "ml"),
    ("FACTS_SURVEYED", "l"),
    ("SILENCE_CLEAR", "t"),
    ("FACTS_SENT_ABOUT", "li"),
    ("FACTS_BEGUN", "mi"),
    ("FACTS_OWN_TICKETS", "ti"),
    ("FACTS_OPENINGS", "mi"),
    ("FACTS_URGENT", "ti"),
    ("ARTICLE_KEEP", "itt"),
    ("ARTICLE_APPROVE", "i"),
    ("ARTICLES_APPROVED", ""),
    ("ARTICLE_WRITTEN", "i"),
    ("TEXTS_ALL", ""),
    ("TEXTS_GONE", "mt"),
    ("WORDS_NEXT", "ii"),
    ("INDEX_CLEAR", "ii"),
    ("WORDS_FIND", "lmi"),
    ("FACTS_PAST", "imi"),
    ("FACTS_FUSE", "i"),
    ("FACTS_ALARMS", ""),
    ("ALARM_FORGET", "ti"),
    ("FACTS_WITHHELD", "i"),
    ("FACTS_CAME_IN", "iti"),
    ("FACTS_QUEUE_OF", "i"),
    ("FACTS_NUMBERS", ""),
    ("APPLY_NUMBERS", ""),
    ("APPLY_HEAD", ""),
    ("APPLY_STREAMS", "mt"),
    ("TIMERS_CLEAR", "l"),
    ("TIMER_DONE", "ti"),
    ("TIMER_POSTPONE", "tii"),
    ("WITHHELD_CLEAR", "i"),
    ("TIMERS_DUE", "ii"),
    ("TIMER_NEXT", ""),
    ("ORDER_HELD", "i"),
    ("ORDER_WAITING", "i"),
    ("ORDER_DELIVERY", "i"),
    ("ORDER_MAIL", "t"),
    ("ORDER_DECISION", "i"),
    ("ORDER_DECISION_TICKET", "ii"),
    ("ORDER_CARRY_OUT", "ltin"),
    ("DELIVERY_DUE", "iimm"),
    ("DELIVERY_CLAIM", "lt"),
    ("DELIVERY_RECLAIM", "ti"),
    ("DELIVERY_FREE_OWN", "tim"),
    ("DELIVERY_GIVE_BACK", "lt"),
    ("DELIVERY_RESULTS", "lt"),
    ("DELIVERY_POSTPONE", "ti"),
    ("DELIVERY_NEXT", "mm"),
    ("OUTGOING_GET", "i"),
    ("OUTGOING_GET_MANY", "l"),
    ("DELIVERY_ABOUT", "i"),
    ("OUTBOX_LIST", "i"),
    ("OUTBOX_RETRIABLE", "i"),
    ("OUTBOX_WAITING", "i"),
    ("OUTBOX_STUCK", "i"),
    ("OUTBOX_HELD", ""),
    ("EXPLAIN_MESSAGE", "i"),
    ("EXPLAIN_DECISIONS", "tt"),
    ("EXPLAIN_DECISION", "i"),
    ("EXPLAIN_EVENTS", "i"),
    ("RAW_EXISTS", "i"),
    ("HISTORY", "tt"),
    ("CHAIN", "i"),
    ("VERDICTS_OF_DECISION", "ii"),
    ("VERDICT_UNDONE", "in"),
    ("EXPORT", "ii"),
    ("EVENT_LAST", ""),
    ("EVENTS_WHOSE", "ii"),
    ("PERIODS_CLOSED", ""),
    ("PERIOD_FILES", "t"),
    ("TIMERS_ENDING", "i"),
    ("HOUSE_BEGUN", ""),
    ("TICKET_FIRST", ""),
    ("PAYROLL_EVENTS", ""),
    ("EVENT_HASH", "i"),
    ("TICKETS_OPEN", ""),
    ("TICKETS_OPEN_COUNTS", ""),
    ("EVENTS_LATE", "iii"),
    ("HISTORIES", "mi"),
    ("EVENT_WRITTEN", "i"),
    ("TICKETS_AFTER", "i"),
    ("EVENT_KINDS", ""),
    ("ADDRESSES_USED", "i"),
    ("TICKETS_SINCE", "i"),
    ("ERASE_NUMBERS", "i"),
    ("ERASE_TICKETS", "l"),
    ("ERASE_RAWS", "i"),
    ("ERASE_CAUSES", "t"),
    ("ERASE_ELSEWHERE", "li"),
    ("ERASE_WRITTEN", "l"),
    ("ERASE_LEFT", "l"),
    ("ERASE_WORDS_OF", "t"),
    ("ERASE_WORDS_BY", "l"),
    ("ERASE_WORDS_OF_ALARMS", "m"),
    ("ERASE_NAMING", "m"),
    ("ERASE_SENT_OF", "i"),
    ("ERASE_SENT_TO", "l"),
    ("ERASE_FIRST_SENT", "l"),
    ("ERASE_WAITING_OF", "l"),
    ("ERASE_WAITING_TO", "l"),
    ("ERASE_RAW", "lbi"),
    ("ERASE_CHUNKS", "l"),
    ("ERASE_READINGS", "l"),
    ("ERASE_WORK", "l"),
    ("ERASE_WORDS", "l"),
    ("ERASE_SENT", "lb"),
    ("ERASE_REPLIES", "l"),
    ("ERASE_RECIPIENTS", "lt"),
    ("ERASE_LISTS", "iii"),
    ("ERASE_LIST_ITEMS", "i"),
    ("ERASE_DRAFT", "i"),
    ("ERASE_SNAPSHOT", "iti"),
    ("ERASE_PERSON", "l"),
    ("ERASE_ADDRESSES", "l"),
    ("ERASE_SILENCE", "m"),
    ("ERASE_ALARMS", "m"),
    ("ERASE_SURVEYS", "l"),
    ("ERASE_CHALLENGES", "l"),
    ("ERASE_ROUTES", "l"),
    ("ERASE_WITHHELD", "l"),
    ("ERASE_OPENINGS", "l"),
    ("ERASE_BEGINNINGS", "l"),
    ("ERASE_TIMERS", "l"),
    ("ERASE_NEXT_WORDS", "ii"),
    ("ERASE_INDEX", "ll"),
    ("ERASE_GET", "i"),
    ("ERASE_KEEP", "it"),
    ("ERASE_ADD", "ti"),
    ("ERASE_PENDING", ""),
];

fn values(name: &str) -> Vec<V<'static>> {
    let (_, kinds) = VALUES
        .iter()
        .find(|(known, _)| *known == name)
        .unwrap_or_else(|| panic!("the values of {name} are missing in VALUES"));
    kinds
        .chars()
        .map(|kind| match kind {
            'i' => V::Int(1),
            'n' => V::OptInt(Some(1)),
            't' => V::Text("it"),
            'o' => V::OptText(Some("x")),
            'b' => V::Blob(b""),
            'l' => V::Text("[1, 2]"),
            'm' => V::Text("[\"x\"]"),
            other => panic!("{other}"),
        })
        .collect()
}

pub(crate) async fn every_statement_is_understood(base: &Base) {
    base.db
        .read("prepare everything", (), |tx, ()| {
            Box::pin(async move {
                for family in sql::STATEMENTS {
                    for (name, statement) in *family {
                        let done = tx.check_statement(statement).await;
                        assert!(done.is_ok(), "{name}: {done:?}");
                    }
                }
                for (name, joint, _) in sql::JOINTS {
                    let done = tx.check_statement(&joint.statement()).await;
                    assert!(done.is_ok(), "{name}: {done:?}");
                }
                for (name, insert) in sql::INSERTS {
                    let done = tx.check_insert(insert).await;
                    assert!(done.is_ok(), "{name}: {done:?}");
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

/// SQLite would plan a statement anew for every value of a bare limit.
#[test]
fn no_limit_is_bare() {
    let texts = sql::STATEMENTS.iter().flat_map(|family| family.iter());
    for (name, statement) in texts {
        for limit in statement.sqlite().split("LIMIT $").skip(1) {
            let rest = limit.trim_start_matches(|c: char| c.is_ascii_digit());
            assert!(rest.starts_with(" + 0"), "{name}");
        }
    }
}

pub(crate) async fn every_statement_uses_an_index(base: &Base) {
    let tables = match base.kind {
        Kind::Sqlite => {
            base.texts("SELECT name FROM sqlite_schema WHERE type = 'table'")
                .await
        }
        Kind::Postgres => {
            base.texts(
                "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()",
            )
            .await
        }
    };
    assert!(tables.len() > 20, "{tables:?}");
    let mut wrong = Vec::new();
    let mut all: Vec<(&str, Statement, Vec<V<'static>>)> = Vec::new();
    for (name, statement) in sql::STATEMENTS.iter().flat_map(|family| family.iter()) {
        all.push((name, *statement, values(name)));
    }
    for (name, joint, asked) in sql::JOINTS {
        let values = asked.iter().flat_map(|asked| values(asked)).collect();
        all.push((name, joint.statement(), values));
    }
    {
        for (name, statement, values) in all {
            let plan = plan_with(base, statement, values).await;
            // SQLite has nothing to say about a plain INSERT.
            let is_insert = statement.sqlite().starts_with("INSERT");
            assert!(is_insert || !plan.is_empty(), "{name}");
            wrong.extend(
                plan.iter()
                    .filter(|line| walks_through(line, &tables))
                    .filter(|line| (name, line.as_str()) != NEVER_TAKEN)
                    .map(|line| format!("{name}: {line}")),
            );
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    // The eye of this test must be able to see a walk.
    let walk = Statement::both("SELECT id FROM delivery WHERE reply = 'x'");
    let seen = plan_with(base, walk, Vec::new()).await;
    assert!(
        seen.iter().any(|line| walks_through(line, &tables)),
        "{seen:?}"
    );
}

async fn plan_with(base: &Base, statement: Statement, values: Vec<V<'static>>) -> Vec<String> {
    base.db
        .write("explain", (statement, values), |tx, (statement, values)| {
            Box::pin(async move {
                if tx.is_postgres() {
                    // Empty tables are quicker to walk through; what counts is whether there is another way.
                    let off = Statement::both("SET LOCAL enable_seqscan = off");
                    tx.exec(&off, &[]).await?;
                }
                tx.explain(statement, values).await
            })
        })
        .await
        .unwrap()
}

fn walks_through(line: &str, tables: &[String]) -> bool {
    let line = line.trim().trim_start_matches("-> ").trim();
    let walked = line
        .strip_prefix("SCAN ")
        .or_else(|| line.split_once("Seq Scan on ").map(|(_, rest)| rest));
    let Some(walked) = walked else {
        return false;
    };
    let mut words = walked.split_whitespace();
    let table = words.next().unwrap();
    let is_waiting = WAITING
        .iter()
        .any(|index| words.clone().any(|word| word == *index));
    tables.iter().any(|known| known == table) && !SMALL.contains(&table) && !is_waiting
}

/// A house that has worked for a while: what is done is many, what waits is little.
const FULL: &[&str] = &[
    "INSERT INTO decision (id, cause_kind, cause_id, policy_id, now, program, reason, facts) VALUES (1, 'mail', '1', 1, 0, '', '', '{}')",
    "INSERT INTO raw (mailbox, folder, source_key, uid_validity, uid, arrived_at, received_at, size, is_cut, sha256, content, chunks) \
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) \
     SELECT 'it', 'it', 'key ' || CAST(i AS TEXT), 7, i, i, i, 1, 0, 'sum ' || CAST(i AS TEXT), EMPTY, 0 FROM n",
    "INSERT INTO work (kind, raw_id, payload, created_at, state, attempts) \
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) \
     SELECT 'mail', i, '', i, CASE WHEN i > 3950 THEN 'ready' WHEN i > 3900 THEN 'quarantined' ELSE 'discarded' END, 0 FROM n",
    "INSERT INTO person (id, address, name, language, kind, department, employee_number, curator) \
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) \
     SELECT i, 'p' || CAST(i AS TEXT) || '@customers.test', '', 'ru', 'person', '', '', '' FROM n",
    "INSERT INTO person_address (address, person) SELECT address, id FROM person",
    "INSERT INTO person_word (word, person) SELECT 'w' || CAST(id AS TEXT), id FROM person",
    "INSERT INTO ticket (id, queue, state, requester, assignee, opened_at, snapshot, last_seq, fold_version, waits) \
     SELECT id, 'it', CASE WHEN id > 19900 THEN 'open' ELSE 'closed' END, id, 'agent ' || CAST(id % 50 AS TEXT), id, '', 1, 1, 0 FROM person",
    "INSERT INTO message (id, ticket, side, person, message_id, content, at) \
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i, i, 'r', 1, 'id ' || CAST(i AS TEXT), 0, i FROM n",
    "INSERT INTO beginning (message, person, ticket, at, body, is_flood, is_reflex, guesses) SELECT id, id, id, id, 0, 0, 0, 0 FROM message",
    "INSERT INTO opening (person, ticket, message, simhash) SELECT 1 + id % 4000, id, id, id FROM message",
    "INSERT INTO ref (hash, message) SELECT id * 1000003, id FROM message",
    "INSERT INTO lineage (hash, message) SELECT CASE WHEN id > 10000 THEN 1 ELSE id * 1000003 END, id FROM message",
    "INSERT INTO timer (kind, object, at) SELECT 'close', id, id FROM message",
    "INSERT INTO outgoing (id, decision_id, dedupe_key, message_id, class, template, mailbox, ticket, content, size, counts_for_fuse, created_at) \
     SELECT id, 1, 'key ' || CAST(id AS TEXT), '', 'automatic', '', 'it', id, EMPTY, 0, CASE WHEN id > 19900 THEN 1 ELSE 0 END, id FROM message",
    "INSERT INTO delivery (outgoing_id, mailbox, recipient, person, class, state, attempts, next_at, created_at) \
     SELECT id, 'it', 'p' || CAST(id AS TEXT) || '@customers.test', 1, 'automatic', CASE WHEN id > 19900 THEN 'ready' ELSE 'sent' END, 0, id, id FROM message",
    "INSERT INTO event (seq, decision_id, stream_kind, stream_id, stream_seq, kind, version, at, recorded_at, actor, role, trust, reason, data, prev_hash, hash) \
     SELECT id, 1, 'mailbox', 'it', id, 'set_aside', 1, id, id, '', '', '', '', '{}', '', '' FROM message",
    "INSERT INTO verdict (event_seq, ticket, clock, outcome, started_at, due_at, satisfied_at, queue) \
     SELECT id, id, CASE id % 2 WHEN 0 THEN 'resolution' ELSE 'first_response' END, 'met', id, id - 19900, id - 19901, 'it' FROM message",
    "ANALYZE",
];

/// What is asked for every batch of mail, and the index it must go by; SQLite's name where they differ.
const HOT: &[(&str, &str, &str)] = &[
    ("WORK_NEXT", "work_waiting", "work_waiting"),
    ("QUARANTINE_LIST", "work_quarantined", "work_quarantined"),
    (
        "RAW_KNOWN",
        "sqlite_autoindex_raw_1",
        "raw_mailbox_folder_source_key_key",
    ),
    ("FACTS_KNOWN", "SEARCH ref USING PRIMARY KEY", "ref_pkey"),
    (
        "FACTS_LINEAGE",
        "SEARCH lineage USING PRIMARY KEY",
        "lineage_pkey",
    ),
    (
        "PEOPLE_BY_ADDRESS",
        "sqlite_autoindex_person_address_1",
        "person_address_pkey",
    ),
    (
        "PEOPLE_BY_NUMBER",
        "SEARCH asked USING INTEGER PRIMARY KEY",
        "person_pkey",
    ),
    (
        "ADDRESSES_OF",
        "person_address_person",
        "person_address_person",
    ),
    (
        "PEOPLE_BY_WORD",
        "SEARCH person_word USING PRIMARY KEY",
        "person_word_pkey",
    ),
    ("WORDS_CLEAR", "person_word_person", "person_word_person"),
    ("STATUS_QUEUES", "ticket_status", "ticket_status"),
    ("STATUS_LATE", "ticket_late", "ticket_late"),
    ("STATUS_SHARE", "verdict_due", "verdict_due"),
    ("STATUS_DUE", "ticket_urgent", "ticket_urgent"),
    ("STATUS_NOT_DUE", "ticket_urgent", "ticket_urgent"),
    ("LIVE_TICKETS", "ticket_assignee", "ticket_status"),
    ("FACTS_SENT", "delivery_caps", "delivery_caps"),
    ("FACTS_SENT_ABOUT", "outgoing_ticket", "outgoing_ticket"),
    ("FACTS_BEGUN", "beginning_person", "beginning_person"),
    ("FACTS_OWN_TICKETS", "ticket_requester", "ticket_requester"),
    (
        "FACTS_OPENINGS",
        "SEARCH opening USING PRIMARY KEY",
        "opening_pkey",
    ),
    (
        "FACTS_URGENT",
        "sqlite_autoindex_event_1",
        "event_stream_kind_stream_id_stream_seq_key",
    ),
    ("FACTS_FUSE", "outgoing_fuse", "outgoing_fuse"),
    ("NPS_SAID", "event_nps", "event_nps"),
    (
        "APPLY_HEAD",
        "SEARCH event USING INTEGER PRIMARY KEY",
        "event_pkey",
    ),
    (
        "APPLY_STREAMS",
        "sqlite_autoindex_event_1",
        "event_stream_kind_stream_id_stream_seq_key",
    ),
    ("TIMERS_DUE", "timer_at", "timer_at"),
    ("TIMER_NEXT", "timer_at", "timer_at"),
    ("TIMER_NEXT_AFTER", "timer_at", "timer_at"),
    ("SWEEP_PAGE", "ticket_due", "ticket_due"),
    ("WORK_FIRST_MAIL", "work_waiting", "work_waiting"),
    (
        "EVENT_DECIDED_BEFORE",
        "SEARCH event USING INTEGER PRIMARY KEY",
        "event_pkey",
    ),
    ("DELIVERY_DUE", "delivery_due", "delivery_due"),
    ("DELIVERY_NEXT", "delivery_due", "delivery_due"),
    ("OUTBOX_STUCK", "delivery_open", "delivery_open"),
    ("OUTBOX_HELD", "delivery_open", "delivery_open"),
];

/// With statistics, and with the planner free to choose.
pub(crate) async fn a_full_house_goes_by_its_indices(base: &Base) {
    fill(base, FULL).await;
    goes_by(base, HOT).await;
}

/// A new house has no statistics before its first stop. What every look at a mailbox asks must not depend on them.
pub(crate) async fn without_statistics_appointments_go_by_their_time(base: &Base) {
    let (_, fills) = FULL.split_last().unwrap();
    fill(base, fills).await;
    let asked: Vec<_> = HOT
        .iter()
        .filter(|(name, ..)| name.starts_with("TIMER"))
        .copied()
        .collect();
    assert_eq!(asked.len(), 3);
    goes_by(base, &asked).await;
}

async fn fill(base: &Base, fills: &[&str]) {
    crate::story::Story::begin(base).await;
    for fill in fills {
        // The one word the engines spell differently.
        let empty = match base.kind {
            Kind::Sqlite => "x''",
            Kind::Postgres => "''",
        };
        let text = fill.replace("EMPTY", empty).leak();
        base.exec(Statement::both(text)).await.unwrap();
    }
}

async fn goes_by(base: &Base, hot: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (name, sqlite, postgres) in hot {
        let statement = sql::STATEMENTS
            .iter()
            .flat_map(|family| family.iter())
            .find(|(known, _)| known == name)
            .map(|(_, statement)| *statement)
            .unwrap();
        let input = (statement, values(name));
        let plan = base
            .db
            .read("explain", input, |tx, (statement, values)| {
                Box::pin(async move { tx.explain(statement, values).await })
            })
            .await
            .unwrap();
        let index = match base.kind {
            Kind::Sqlite => sqlite,
            Kind::Postgres => postgres,
        };
        if !plan.iter().any(|line| line.contains(index)) {
            wrong.push(format!("{name} without {index}:\n  {}", plan.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
