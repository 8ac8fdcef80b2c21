//! The chain: whoever changes history behind the guards' back is found out, whatever he changes.

use okno::{
    model::ids::TicketNumber,
    store::{Statement, history},
};

use crate::{
    Base,
    story::{Story, after},
};

const FIRST: TicketNumber = TicketNumber(1001);

async fn two_tickets(base: &Base) -> Story {
    let mut story = Story::begin(base).await;
    for (cause, now) in [("first", 0), ("second", 1)] {
        let opened = story.opens(cause, cause, after(now));
        story.apply(base, after(now), vec![opened]).await.unwrap();
    }
    assert_eq!(faults(base).await, Vec::<String>::new());
    story
}

async fn faults(base: &Base) -> Vec<String> {
    let (faults, _, _) = history::prove(&base.db).await.unwrap();
    faults
        .into_iter()
        .map(|fault| format!("{} {}", fault.place, fault.what))
        .collect()
}

async fn exec(base: &Base, text: String) {
    let leaked: &'static str = text.leak();
    base.exec(Statement::both(leaked)).await.unwrap();
}

/// Every column of an event, a value it does not have, and the fault that must be found there.
const TAMPERED: &[(&str, &str, &str)] = &[
    ("seq", "50", "gap"),
    ("decision_id", "2", "hash"),
    ("stream_kind", "'mailbox'", "hash"),
    ("stream_id", "'1002x'", "hash"),
    ("stream_seq", "50", "hash"),
    ("kind", "'reopened'", "hash"),
    ("version", "2", "hash"),
    ("at", "at + 1", "hash"),
    ("recorded_at", "recorded_at + 1", "hash"),
    ("actor", "'person:2'", "hash"),
    ("role", "'agent'", "hash"),
    ("trust", "'proven'", "hash"),
    ("message_id", "'other@customers.test'", "hash"),
    ("message_id", "NULL", "hash"),
    ("reason", "'other'", "hash"),
    ("data", "data || ' '", "hash"),
    ("private_id", "5", "private"),
    ("private_id", "NULL", "private"),
    ("private_hash", "NULL", "private"),
    ("private_hash", "'00'", "hash"),
    ("undoes", "1", "hash"),
    ("prev_hash", "hash", "link"),
    ("hash", "prev_hash", "hash"),
];

pub(crate) async fn every_column_is_proved(base: &Base) {
    two_tickets(base).await;
    let columns = base
        .rows(Statement::both("SELECT * FROM event WHERE seq = 1"))
        .await;
    assert_eq!(columns.len(), 1);
    base.open_history().await;
    exec(base, "CREATE TABLE kept AS SELECT * FROM event".to_owned()).await;
    for (column, value, fault) in TAMPERED {
        exec(
            base,
            format!("UPDATE event SET {column} = {value} WHERE seq = 1"),
        )
        .await;
        let found = faults(base).await;
        assert!(
            found
                .iter()
                .any(|found| found.starts_with("event ") && found.ends_with(fault)),
            "{column} = {value}: {found:?}"
        );
        exec(base, "DELETE FROM event WHERE seq IN (1, 50)".to_owned()).await;
        exec(
            base,
            "INSERT INTO event SELECT * FROM kept WHERE seq = 1".to_owned(),
        )
        .await;
        assert_eq!(
            faults(base).await,
            Vec::<String>::new(),
            "{column} is mended"
        );
    }
    // The words beside the event, and the salt.
    for (column, value) in [("text", "'Сканер'"), ("salt", "'00'")] {
        exec(
            base,
            format!("UPDATE private SET {column} = {value} WHERE id = 1"),
        )
        .await;
        let found = faults(base).await;
        assert!(
            found.contains(&"event 1 private".to_owned()),
            "{column}: {found:?}"
        );
    }
}

/// A column that is not in [`TAMPERED`] is one nobody has thought of.
#[test]
fn no_column_is_forgotten() {
    let file = okno::store::HOUSE[0].sqlite;
    let (_, table) = file.split_once("CREATE TABLE event (").unwrap();
    let (table, _) = table.split_once(") STRICT").unwrap();
    let columns: Vec<&str> = table
        .lines()
        .filter_map(|line| line.trim().split(' ').next())
        .filter(|word| !word.is_empty() && *word != "UNIQUE")
        .collect();
    assert_eq!(columns.len(), 20);
    for column in columns {
        assert!(
            TAMPERED.iter().any(|(known, _, _)| *known == column),
            "{column}"
        );
    }
}

pub(crate) async fn lost_rows_are_missed(base: &Base) {
    two_tickets(base).await;
    base.open_history().await;
    exec(base, "CREATE TABLE kept AS SELECT * FROM event".to_owned()).await;
    exec(base, "DELETE FROM event WHERE seq = 6".to_owned()).await;
    let found = faults(base).await;
    assert!(found.contains(&"event 7 gap".to_owned()), "{found:?}");
    assert!(found.contains(&"event 7 link".to_owned()), "{found:?}");
    exec(
        base,
        "INSERT INTO event SELECT * FROM kept WHERE seq = 6".to_owned(),
    )
    .await;
    // The end of the chain hangs free; the ticket remembers how long its history was.
    exec(base, "DELETE FROM event WHERE seq = 8".to_owned()).await;
    assert_eq!(faults(base).await, ["ticket 1002 snapshot"]);
    exec(
        base,
        "INSERT INTO event SELECT * FROM kept WHERE seq = 8".to_owned(),
    )
    .await;
    assert_eq!(faults(base).await, Vec::<String>::new());
    // And history remembers its tickets.
    exec(base, "DELETE FROM ticket WHERE id = 1001".to_owned()).await;
    assert_eq!(faults(base).await, ["ticket 1001 snapshot"]);
    exec(
        base,
        "UPDATE ticket SET snapshot = '{}' WHERE id = 1002".to_owned(),
    )
    .await;
    assert_eq!(
        faults(base).await,
        ["ticket 1002 snapshot", "ticket 1001 snapshot"]
    );
}

pub(crate) async fn erased_words_leave_the_chain_whole(base: &Base) {
    two_tickets(base).await;
    exec(base, "DELETE FROM private WHERE id = 1".to_owned()).await;
    // The chain stands; only the snapshot still tells the subject, until it is folded anew.
    assert_eq!(faults(base).await, ["ticket 1001 snapshot"]);
    exec(
        base,
        "UPDATE ticket SET fold_version = 0 WHERE id = 1001".to_owned(),
    )
    .await;
    let folded = history::ticket(&base.db, FIRST).await.unwrap().unwrap();
    assert!(folded.subject.is_blank());
    assert_eq!(folded.last_seq, 4);
}

pub(crate) async fn old_snapshots_are_folded_anew(base: &Base) {
    let story = two_tickets(base).await;
    let wanted = Some(story.world.ticket(FIRST).unwrap().clone());
    for spoil in [
        "UPDATE ticket SET fold_version = 0, snapshot = '{\"number\":1001}' WHERE id = 1001",
        "UPDATE ticket SET snapshot = 'not even JSON' WHERE id = 1001",
    ] {
        exec(base, spoil.to_owned()).await;
        assert_eq!(history::ticket(&base.db, FIRST).await.unwrap(), wanted);
    }
}
