//! The schema: the same on both engines, and guarded where it must not change.

use okno::store::{Fate, HOUSE, Statement, StoreError, history};

use crate::{
    Base, Kind,
    story::{Story, after},
};

/// What the migrations say, in the words of PostgreSQL: each table with its columns, `?` where NULL may stand.
fn written() -> Vec<String> {
    let mut columns = Vec::new();
    for step in HOUSE {
        let mut table = None;
        for line in step.postgres.lines() {
            let words: Vec<&str> = line.trim().trim_end_matches(',').split(' ').collect();
            match (table, words.as_slice()) {
                (None, ["CREATE", "TABLE", name, "("]) => table = Some(*name),
                (Some(_), [")" | ");"]) => table = None,
                (Some(_), ["PRIMARY" | "UNIQUE" | "--", ..]) | (None, _) => {}
                (Some(table), [name, kind, rest @ ..]) => {
                    let rest = rest.join(" ");
                    let is_filled = rest.contains("NOT NULL") || rest.contains("AS IDENTITY");
                    let mark = if is_filled { "" } else { "?" };
                    columns.push(format!("{table}.{name} {kind}{mark}"));
                }
                (Some(_), other) => panic!("{other:?}"),
            }
        }
    }
    columns.sort();
    columns
}

const COLUMNS_SQLITE: &str = "SELECT m.name || '.' || p.name || ' ' || \
    CASE p.type WHEN 'INTEGER' THEN 'BIGINT' WHEN 'BLOB' THEN 'BYTEA' WHEN 'REAL' THEN 'DOUBLE' ELSE p.type END || \
    CASE p.\"notnull\" WHEN 1 THEN '' ELSE '?' END FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS p \
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migration'";
const COLUMNS_POSTGRES: &str = "SELECT table_name || '.' || column_name || ' ' || upper(data_type) || \
    CASE is_nullable WHEN 'NO' THEN '' ELSE '?' END FROM information_schema.columns \
    WHERE table_schema = current_schema() AND table_name <> 'schema_migration'";
const ORDER_SQLITE: &str = "SELECT m.name || ':' || group_concat(p.name, ',') FROM sqlite_schema AS m \
    JOIN pragma_table_info(m.name) AS p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' \
    AND m.name <> 'schema_migration' GROUP BY m.name";
const ORDER_POSTGRES: &str = "SELECT table_name || ':' || string_agg(CAST(column_name AS TEXT), ',' ORDER BY ordinal_position) \
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'schema_migration' GROUP BY table_name";
const INDICES_SQLITE: &str = "SELECT m.name || ' ' || m.tbl_name || '(' || \
    (SELECT group_concat(i.name, ',') FROM pragma_index_info(m.name) AS i) || ')' \
    FROM sqlite_schema AS m WHERE m.type = 'index' AND m.sql IS NOT NULL";
const INDICES_POSTGRES: &str = "SELECT c.relname || ' ' || t.relname || '(' || \
    (SELECT string_agg(CAST(a.attname AS TEXT), ',' ORDER BY k.n) FROM unnest(x.indkey) WITH ORDINALITY AS k (number, n) \
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number) || ')' \
    FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indexrelid JOIN pg_class AS t ON t.oid = x.indrelid \
    JOIN pg_namespace AS s ON s.oid = t.relnamespace WHERE s.nspname = current_schema() \
    AND NOT EXISTS (SELECT 1 FROM pg_constraint AS g WHERE g.conindid = x.indexrelid)";

pub(crate) async fn columns_are_those_of_the_files(base: &Base) {
    let (columns, order, indices) = match base.kind {
        Kind::Sqlite => (COLUMNS_SQLITE, ORDER_SQLITE, INDICES_SQLITE),
        Kind::Postgres => (COLUMNS_POSTGRES, ORDER_POSTGRES, INDICES_POSTGRES),
    };
    let mut found = base.texts(columns).await;
    found.sort();
    let wanted = written();
    assert!(wanted.len() > 100, "{wanted:?}");
    assert_eq!(found, wanted);
    // The order of columns, by the file of the other engine.
    let mut found = base.texts(order).await;
    found.sort();
    for (table, names) in found.iter().map(|line| line.split_once(':').unwrap()) {
        assert_eq!(names, columns_in_order(table), "{table}");
    }
    let mut found = base.texts(indices).await;
    found.sort();
    let lines = |text: &'static str| -> Vec<&'static str> {
        text.lines()
            .filter(|line| line.starts_with("CREATE INDEX") || line.starts_with("CREATE UNIQUE"))
            .collect()
    };
    let mut wanted: Vec<String> = Vec::new();
    for step in HOUSE {
        assert_eq!(lines(step.sqlite), lines(step.postgres));
        wanted.extend(lines(step.postgres).iter().map(|line| {
            let said = line
                .trim_start_matches("CREATE INDEX ")
                .replace(" ON ", " ")
                .replace(", ", ",");
            let (head, _) = said.split_once(')').unwrap();
            format!("{})", head.replace(" (", "("))
        }));
    }
    wanted.sort();
    assert!(wanted.len() > 15, "{wanted:?}");
    assert_eq!(found, wanted);
}

fn columns_in_order(table: &str) -> String {
    let mut names = Vec::new();
    for step in HOUSE {
        let head = format!("CREATE TABLE {table} (");
        let mut lines = step.sqlite.lines().skip_while(|line| *line != head);
        lines.next();
        names.extend(
            lines
                .take_while(|line| !line.starts_with(')'))
                .filter_map(|line| line.trim().split(' ').next())
                .filter(|word| !["--", "PRIMARY", "UNIQUE"].contains(word)),
        );
    }
    names.join(",")
}

pub(crate) async fn history_refuses_changes(base: &Base) {
    let mut story = Story::begin(base).await;
    let opened = story.opens("first", "anna", after(0));
    story.apply(base, after(0), vec![opened]).await.unwrap();
    let events = base.number("SELECT COUNT(*) FROM event").await;
    assert_eq!(events, 4);
    let mut attacks = vec![
        Statement::both("UPDATE event SET reason = 'other' WHERE seq = 1"),
        Statement::both("UPDATE event SET seq = 99 WHERE seq = 4"),
        Statement::both("DELETE FROM event WHERE seq = 4"),
        Statement::both("DELETE FROM event"),
    ];
    if base.kind == Kind::Postgres {
        attacks.push(Statement::both("TRUNCATE event CASCADE"));
    }
    for attack in attacks {
        let refused = base.exec(attack).await.unwrap_err();
        assert!(
            matches!(&refused, StoreError::Constraint { name, .. } if name.starts_with("history is never")),
            "{refused}"
        );
    }
    // Replacing a row by its number is a deletion too.
    if base.kind == Kind::Sqlite {
        let replaced = Statement::both(
            "REPLACE INTO event SELECT seq, decision_id, stream_kind, stream_id, stream_seq, kind, version, at, recorded_at, actor, \
             role, trust, message_id, 'other', data, private_id, private_hash, undoes, prev_hash, hash FROM event WHERE seq = 2",
        );
        let refused = base.exec(replaced).await.unwrap_err();
        assert!(
            refused.to_string().contains("history is never replaced"),
            "{refused}"
        );
    }
    assert_eq!(base.number("SELECT COUNT(*) FROM event").await, events);
    assert_eq!(history::prove(&base.db).await.unwrap().0, []);
}

pub(crate) async fn unknown_events_refuse_the_start(base: &Base) {
    let mut story = Story::begin(base).await;
    let opened = story.opens("first", "anna", after(0));
    story.apply(base, after(0), vec![opened]).await.unwrap();
    history::check_kinds(&base.db).await.unwrap();
    base.open_history().await;
    // Among them words before and after everything known, so that no place is looked over.
    for (kind, version, place) in [
        ("teleported", 1, "'teleported', 1"),
        ("reopened", 2, "'reopened', 2"),
        ("AAA", 1, "'AAA', 1"),
        ("zzz", 7, "'zzz', 7"),
    ] {
        let text = format!(
            "INSERT INTO event SELECT 90, decision_id, stream_kind, stream_id, 90, {place}, at, recorded_at, \
             actor, role, trust, message_id, reason, data, private_id, private_hash, undoes, prev_hash, hash FROM event WHERE seq = 1"
        );
        base.exec(Statement::both(text.leak())).await.unwrap();
        let refused = history::check_kinds(&base.db).await.unwrap_err();
        assert_eq!(refused.fate(), Fate::Operator);
        let words = format!("holds {kind:?} in version {version}");
        assert!(refused.to_string().contains(&words), "{refused}");
        base.exec(Statement::both("DELETE FROM event WHERE seq = 90"))
            .await
            .unwrap();
    }
    history::check_kinds(&base.db).await.unwrap();
}

#[test]
fn steps_are_numbered_without_gaps() {
    let numbers: Vec<i64> = HOUSE.iter().map(|step| step.version).collect();
    let wanted: Vec<i64> = (1..).take(HOUSE.len()).collect();
    assert_eq!(numbers, wanted);
}
