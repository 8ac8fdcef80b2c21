//! The index of words: alike on both engines, of one's own queues, the best first.

use std::collections::BTreeSet;

use okno::{
    desk::{search::Search, stems::stems, wants::Wants},
    model::ids::{PersonId, QueueName, RawId, TicketNumber},
    model::message::{IncomingMessage, Reading},
    store::{Statement, apply, facts, journal, words},
};

use crate::{
    Base,
    story::{Story, after},
};

/// A ticket of anna's in queue `it` that was opened with these words.
async fn asked(base: &Base, story: &mut Story, (n, text): (i64, &str)) -> TicketNumber {
    let insert = format!(
        "INSERT INTO raw (id, mailbox, folder, source_key, uid_validity, uid, arrived_at, received_at, size, is_cut, sha256, content, chunks) \
         VALUES ({n}, 'it', 'INBOX', '{n}', 1, {n}, 1, 1, 1, 0, '', {}, 0)",
        match base.kind {
            crate::Kind::Sqlite => "x'00'",
            crate::Kind::Postgres => "'\\x00'::BYTEA",
        }
    );
    base.exec(Statement::both(insert.leak())).await.unwrap();
    let number = story.world.next.ticket;
    let mut opened = story.opens(&format!("mail{n}"), &format!("anna{n}"), after(n));
    opened.decision.messages[0].raw = Some(RawId(n));
    let mut batch = story.batch(after(n), vec![opened]);
    let reading = Reading {
        message: IncomingMessage {
            text: Some(text.to_owned()),
            ..IncomingMessage::default()
        },
        ..Reading::default()
    };
    let packed = journal::Packer::new().unwrap().reading(&reading).unwrap();
    batch.readings = vec![(RawId(n), packed)];
    apply::apply(&base.db, batch).await.unwrap();
    number
}

async fn found(base: &Base, words: &str, queue: &str) -> Vec<(i64, usize)> {
    let search = Search {
        stems: stems([words]),
        queues: BTreeSet::from([QueueName::from(queue)]),
    };
    let wants = Wants {
        searches: BTreeSet::from([search.clone()]),
        ..Wants::default()
    };
    let world = facts::load(&base.db, wants, after(100)).await.unwrap();
    let hits = world.found(&search).unwrap().iter();
    hits.map(|hit| (hit.ticket.0, hit.matched)).collect()
}

pub(crate) async fn the_best_come_first(base: &Base) {
    let mut story = Story::begin(base).await;
    for (n, text) in [
        (1, "Принтер в аудитории 214 печатает пустые листы."),
        (2, "Printers are down, принтеры не печатают."),
        (3, "Почта не приходит."),
    ] {
        asked(base, &mut story, (n, text)).await;
    }
    assert_eq!(found(base, "принтером", "it").await, [], "not indexed yet");
    while words::index_page(&base.db, story.lease.clone())
        .await
        .unwrap()
    {}
    let rows = base.number("SELECT COUNT(*) FROM ticket_word").await;
    assert_eq!(
        found(base, "принтером печатать листы", "it").await,
        [(1001, 3), (1002, 2)]
    );
    assert_eq!(
        found(base, "принтер", "it").await,
        [(1002, 1), (1001, 1)],
        "the newest first"
    );
    assert_eq!(found(base, "PRINTER", "it").await, [(1002, 1)]);
    assert_eq!(found(base, "сканер", "it").await, []);
    assert_eq!(found(base, "принтер", "buh").await, []);
    // What stands still is not gone over again; stems of before are thrown away.
    assert!(
        !words::index_page(&base.db, story.lease.clone())
            .await
            .unwrap()
    );
    let before = "UPDATE house SET value = '0:999' WHERE key = 'words'";
    base.exec(Statement::both(before)).await.unwrap();
    while words::index_page(&base.db, story.lease.clone())
        .await
        .unwrap()
    {}
    assert_eq!(base.number("SELECT COUNT(*) FROM ticket_word").await, rows);
    assert_eq!(found(base, "почты", "it").await, [(1003, 1)]);
}

pub(crate) async fn what_people_have_asked(base: &Base) {
    let mut story = Story::begin(base).await;
    for n in 1..=3 {
        asked(base, &mut story, (n, "Почта.")).await;
    }
    // The third turns out to be the first under another number.
    let same = "UPDATE person SET same_as = 1 WHERE id = 3";
    base.exec(Statement::both(same)).await.unwrap();
    let past = async |queue: &str| {
        let wants = Wants {
            tickets: BTreeSet::from([TicketNumber(1001)]),
            pasts: BTreeSet::from([QueueName::from(queue)]),
            ..Wants::default()
        };
        let world = facts::load(&base.db, wants, after(100)).await.unwrap();
        let past = world.past(PersonId(1)).unwrap();
        past.iter().map(|number| number.0).collect::<Vec<i64>>()
    };
    assert_eq!(past("it").await, [1003, 1001]);
    assert_eq!(past("buh").await, [0; 0]);
}
