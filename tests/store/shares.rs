//! What the page counts as in time.

use jiff::{SignedDuration, Timestamp};
use okno::{
    model::ids::QueueName,
    store::{
        Statement,
        shares::{self, Share},
    },
};

use crate::{Base, story::Story};

const FILL: &[&str] = &[
    "INSERT INTO decision (id, cause_kind, cause_id, policy_id, now, program, reason, facts) VALUES (1, 'mail', '1', 1, 0, '', '', '{}')",
    "INSERT INTO event (seq, decision_id, stream_kind, stream_id, stream_seq, kind, version, at, recorded_at, actor, role, trust, reason, data, prev_hash, hash) \
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) \
     SELECT i, 1, 'mailbox', 'it', i, 'set_aside', 1, i, i, '', '', '', '', '{}', '', '' FROM n",
];

fn now() -> Timestamp {
    "2026-11-17T09:00:00Z".parse().unwrap()
}

/// A verdict on a solution: of which ticket and start, when it was due and solved (days before now), and what came out.
struct Row(i64, i64, i64, Option<i64>, &'static str);

async fn judged(base: &Base, seq: i64, Row(ticket, start, due, solved, outcome): Row) {
    let day = |days: i64| (now() - SignedDuration::from_hours(24 * days)).as_millisecond() - 1;
    let (due, solved) = (
        day(due),
        solved.map_or_else(|| "NULL".to_owned(), |days| day(days).to_string()),
    );
    let text = format!(
        "INSERT INTO verdict (event_seq, ticket, clock, outcome, started_at, due_at, satisfied_at, queue) \
         VALUES ({seq}, {ticket}, 'resolution', '{outcome}', {start}, {due}, {solved}, 'it')"
    );
    base.exec(Statement::both(text.leak())).await.unwrap();
}

async fn counted(base: &Base) -> (Share, Vec<Share>) {
    let all = shares::shares(&base.db, now()).await.unwrap();
    let it = all.get(&QueueName::from("it")).copied().unwrap_or_default();
    (it.month, it.weeks.to_vec())
}

/// Of one clock the last verdict counts, unless it was undone or taken back; at the instant at which it was known.
pub(crate) async fn of_one_clock_the_last_verdict_counts(base: &Base) {
    Story::begin(base).await;
    for fill in FILL {
        base.exec(Statement::both(fill)).await.unwrap();
    }
    assert_eq!(counted(base).await.0, Share { met: 0, judged: 0 });
    for (seq, row) in (1..).zip([
        Row(1001, 1, 2, Some(3), "met"),
        // Late, and solved much later: it counts where it was due.
        Row(1002, 1, 36, Some(1), "breached"),
        // Judged anew: found in time after all.
        Row(1003, 1, 3, None, "breached"),
        Row(1003, 1, 3, Some(4), "met"),
        // Taken back: the day was moved with consent.
        Row(1004, 1, 3, None, "breached"),
        Row(1004, 1, 3, None, "taken_back"),
        // It came back to work and was promised a second time.
        Row(1005, 1, 2, Some(2), "met"),
        Row(1005, 2, 1, None, "breached"),
        // Undone below.
        Row(1006, 1, 2, Some(2), "met"),
        // The correction is undone below: the first verdict counts again.
        Row(1007, 1, 2, None, "breached"),
        Row(1007, 1, 2, Some(2), "met"),
        // Before all of it.
        Row(1008, 1, 84, None, "breached"),
        // Met early, and due in days to come.
        Row(1009, 1, -5, Some(0), "met"),
    ]) {
        judged(base, seq, row).await;
    }
    for text in [
        "UPDATE verdict SET undone_by = 40 WHERE ticket = 1006 OR event_seq = 11",
        "INSERT INTO verdict (event_seq, ticket, clock, outcome, started_at, due_at, satisfied_at, queue) \
         SELECT 20, ticket, 'first_response', 'breached', started_at, due_at, satisfied_at, queue FROM verdict WHERE event_seq = 1",
    ] {
        base.exec(Statement::both(text)).await.unwrap();
    }
    let (month, weeks) = counted(base).await;
    // In time: 1001, 1003, 1005 at first, 1009; late: 1005 again, 1007.
    assert_eq!(month, Share { met: 4, judged: 6 });
    let mut expected = vec![Share::default(); 12];
    expected[11] = Share { met: 4, judged: 6 };
    expected[6] = Share { met: 0, judged: 1 };
    assert_eq!(weeks, expected);
}
