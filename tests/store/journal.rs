//! The journal: mail and cursor in one transaction, byte for byte.

use std::time::Duration;

use okno::{
    clock,
    model::{
        ids::{MailboxName, RawId},
        message::{IncomingMessage, Reading},
    },
    store::{
        StoreError,
        journal::{self, Cursor, Fetched, Haul},
        leases::{self, Lease},
        passes, work,
    },
};

use crate::{
    Base,
    story::{Story, after},
};

async fn lease(base: &Base) -> Lease {
    let held = leases::take_lease(&base.db, "mailbox:it", "run", Duration::from_secs(600)).await;
    held.unwrap().unwrap()
}

fn fetched(uid: i64, bytes: &[u8]) -> Fetched {
    Fetched {
        source_key: format!("7/{uid}"),
        uid_validity: 7,
        uid,
        arrived_at: after(uid),
        size: u64::try_from(bytes.len()).unwrap(),
        is_cut: false,
        bytes: bytes.to_vec(),
        problem: None,
    }
}

fn haul(lease: &Lease, mails: Vec<Fetched>) -> Haul {
    let last_uid = mails.iter().map(|mail| mail.uid).max().unwrap_or(0);
    Haul {
        mailbox: "it".into(),
        folder: "INBOX".to_owned(),
        lease: lease.clone(),
        mails,
        cursor: Cursor {
            uid_validity: 7,
            last_uid,
            since: after(0),
            last_at: after(last_uid),
        },
        server_action: None,
        now: after(100),
        skips_known_sums: false,
    }
}

pub(crate) async fn mail_and_cursor_come_in_together(base: &Base) {
    let db = &base.db;
    let lease = lease(base).await;
    assert_eq!(
        journal::cursor(db, &"it".into(), "INBOX").await.unwrap(),
        None
    );
    let mut broken = fetched(3, b"");
    broken.problem = Some("not fetched");
    let mails = vec![fetched(1, b"one"), fetched(2, b"two"), broken];
    let first = haul(&lease, mails.clone());
    let cursor = first.cursor;
    assert_eq!(journal::save(db, first).await.unwrap().len(), 3);
    assert_eq!(
        journal::cursor(db, &"it".into(), "INBOX").await.unwrap(),
        Some(cursor)
    );
    assert_eq!(
        journal::cursor(db, &"it".into(), "Junk").await.unwrap(),
        None
    );
    let waiting = work::next(db, 10).await.unwrap();
    let of_mails: Vec<i64> = waiting
        .iter()
        .map(|piece| piece.mail.as_ref().unwrap().raw.0)
        .collect();
    assert_eq!(of_mails, [1, 2], "in order, the broken one is quarantined");
    assert_eq!(
        work::quarantined(db, 10).await.unwrap()[0].problem,
        "not fetched"
    );
    // The same fetch once more: a repeat is harmless, and one new mail among known ones is found.
    assert_eq!(
        journal::save(db, haul(&lease, mails.clone()))
            .await
            .unwrap()
            .len(),
        0
    );
    let mut again = mails;
    again.push(fetched(4, b"four"));
    again.push(fetched(4, b"four"));
    assert_eq!(
        journal::save(db, haul(&lease, again)).await.unwrap().len(),
        1
    );
    assert_eq!(base.number("SELECT COUNT(*) FROM raw").await, 4);
    assert_eq!(base.number("SELECT COUNT(*) FROM work").await, 4);
    let known = journal::known_keys(db, &"it".into(), "INBOX", &["7/4", "7/5", "7/1"]).await;
    let mut known = known.unwrap();
    known.sort();
    assert_eq!(known, ["7/1", "7/4"]);
    let elsewhere = journal::known_keys(db, &"it".into(), "Junk", &["7/1"]).await;
    assert_eq!(elsewhere.unwrap(), Vec::<String>::new());
    // A folder that was found empty: the cursor alone moves.
    let mut empty = haul(&lease, Vec::new());
    empty.cursor.last_uid = 9;
    assert_eq!(journal::save(db, empty).await.unwrap().len(), 0);
    let moved = journal::cursor(db, &"it".into(), "INBOX")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(moved.last_uid, 9);
}

pub(crate) async fn bytes_come_back(base: &Base) {
    let db = &base.db;
    let lease = lease(base).await;
    let mut chance = vec![0; 3 << 20];
    clock::fill_random(&mut chance).unwrap();
    let zeros = vec![0; 5 << 20];
    let contents: Vec<Vec<u8>> = vec![
        Vec::new(),
        vec![0],
        chance,
        zeros,
        b"Subject: \xff\x00\r\n\r\n".to_vec(),
    ];
    let mails = (1..).zip(&contents).map(|(uid, bytes)| fetched(uid, bytes));
    let mut hauled = haul(&lease, mails.collect());
    hauled.mails[1].is_cut = true;
    journal::save(db, hauled).await.unwrap();
    assert!(
        base.number("SELECT COUNT(*) FROM raw_chunk WHERE raw_id = 3")
            .await
            >= 2,
        "chance cannot be packed, so it needs chunks"
    );
    assert_eq!(
        base.number("SELECT COUNT(*) FROM raw_chunk WHERE raw_id <> 3")
            .await,
        0
    );
    for (id, bytes) in (1..).zip(&contents) {
        let raw = journal::raw(db, RawId(id)).await.unwrap();
        assert!(raw.bytes == *bytes, "mail {id} came back changed");
        assert_eq!(raw.size, i64::try_from(bytes.len()).unwrap());
        assert_eq!(raw.is_cut, id == 2);
        assert_eq!(raw.arrived_at, after(id));
        assert_eq!((raw.mailbox.as_str(), raw.folder.as_str()), ("it", "INBOX"));
    }
    let some = journal::raws(db, vec![RawId(5), RawId(3)]).await.unwrap();
    let ids: Vec<RawId> = some.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, [RawId(3), RawId(5)], "each says which it is");
    assert!(some[0].1.bytes == contents[2] && some[1].1.bytes == contents[4]);
    let missing = journal::raws(db, vec![RawId(1), RawId(99)])
        .await
        .unwrap_err();
    assert!(matches!(missing, StoreError::NoRow { .. }), "{missing}");
    let missing = journal::raw(db, RawId(99)).await.unwrap_err();
    assert!(matches!(missing, StoreError::NoRow { .. }), "{missing}");
}

pub(crate) async fn known_sums_are_passed_over(base: &Base) {
    let db = &base.db;
    let lease = lease(base).await;
    journal::save(db, haul(&lease, vec![fetched(1, b"one")]))
        .await
        .unwrap();
    // After a changed UIDVALIDITY everything has a new key.
    let mut mails = vec![
        fetched(11, b"one"),
        fetched(12, b"two"),
        fetched(13, b"two"),
    ];
    for mail in &mut mails {
        mail.source_key = format!("8/{}", mail.uid);
    }
    let mut renumbered = haul(&lease, mails.clone());
    renumbered.skips_known_sums = true;
    assert_eq!(
        journal::save(db, renumbered).await.unwrap().len(),
        2,
        "what is known is passed over; two new mails alike are two mails"
    );
    // What could not be fetched is known by nothing, and is not passed over.
    for uid in [14, 15] {
        let mut unread = fetched(uid, b"");
        unread.source_key = format!("8/{uid}");
        unread.problem = Some("the server does not hand it out");
        let mut renumbered = haul(&lease, vec![unread]);
        renumbered.skips_known_sums = true;
        assert_eq!(journal::save(db, renumbered).await.unwrap().len(), 1);
    }
    // Another mailbox has its own copies.
    let mut other = haul(&lease, mails);
    other.mailbox = "hr".into();
    other.skips_known_sums = true;
    assert_eq!(journal::save(db, other).await.unwrap().len(), 3);
}

pub(crate) async fn without_the_lease_nothing_is_written(base: &Base) {
    let db = &base.db;
    let lease = lease(base).await;
    leases::expire_leases(db).await.unwrap();
    let taken = leases::take_lease(db, "mailbox:it", "other", Duration::from_secs(600)).await;
    assert!(taken.unwrap().is_some());
    let late = journal::save(db, haul(&lease, vec![fetched(1, b"one")])).await;
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
    assert_eq!(base.number("SELECT COUNT(*) FROM raw").await, 0);
    assert_eq!(base.number("SELECT COUNT(*) FROM cursor").await, 0);
    assert_eq!(base.number("SELECT COUNT(*) FROM work").await, 0);
}

pub(crate) async fn server_actions_wait(base: &Base) {
    let db = &base.db;
    let lease = lease(base).await;
    let mut hauled = haul(&lease, vec![fetched(1, b"one"), fetched(2, b"two")]);
    hauled.server_action = Some("move:Done".to_owned());
    let mailbox = "it".into();
    journal::save(db, hauled).await.unwrap();
    let left = || async {
        let limits = (2, after(100));
        journal::server_actions(db, &"it".into(), "INBOX", limits)
            .await
            .unwrap()
    };
    let give_up = || journal::give_up_server_actions(db, &mailbox, "INBOX", 2);
    assert_eq!(
        left().await,
        [
            (RawId(1), 7, 1, "move:Done".to_owned()),
            (RawId(2), 7, 2, "move:Done".to_owned())
        ]
    );
    journal::server_action_ended(db, RawId(1), true)
        .await
        .unwrap();
    journal::server_action_ended(db, RawId(2), false)
        .await
        .unwrap();
    assert_eq!(left().await, [], "tried once: not again in the same minute");
    let later = (2, after(101));
    let later = journal::server_actions(db, &mailbox, "INBOX", later).await;
    assert_eq!(later.unwrap().len(), 1);
    assert_eq!(give_up().await.unwrap(), 0);
    journal::server_action_ended(db, RawId(2), false)
        .await
        .unwrap();
    let late = (2, after(9_000));
    let late = journal::server_actions(db, &mailbox, "INBOX", late).await;
    assert_eq!(late.unwrap(), [], "tried often enough");
    assert_eq!(give_up().await.unwrap(), 1);
    assert_eq!(give_up().await.unwrap(), 0, "and told once");
}

pub(crate) async fn readings_come_back(base: &Base) {
    let db = &base.db;
    let lease = lease(base).await;
    journal::save(db, haul(&lease, vec![fetched(1, b"one")]))
        .await
        .unwrap();
    assert_eq!(journal::reading(db, RawId(1)).await.unwrap(), None);
    let mut story = Story::begin(base).await;
    for subject in ["Принтер", "Принтер, прочитан ещё раз"] {
        let reading = Reading {
            message: IncomingMessage {
                subject: Some(subject.to_owned()),
                ..IncomingMessage::default()
            },
            ..Reading::default()
        };
        let mut batch = story.batch(after(0), Vec::new());
        batch.readings = vec![(
            RawId(1),
            journal::Packer::new().unwrap().reading(&reading).unwrap(),
        )];
        okno::store::apply::apply(db, batch).await.unwrap();
        assert_eq!(journal::reading(db, RawId(1)).await.unwrap(), Some(reading));
    }
}

/// The mail of November was fetched after that of December, which came into another mailbox, and waits behind it.
pub(crate) async fn what_waits_is_as_old_as_its_oldest_mail(base: &Base) {
    let db = &base.db;
    let known = || async { passes::known(db, after(0)).await.unwrap() };
    assert_eq!(known().await.waits_since, None);
    let lease = lease(base).await;
    // One reached its server by a clock that is ahead of ours.
    let mails = vec![
        fetched(150, b"ahead"),
        fetched(40, b"old"),
        fetched(60, b"new"),
    ];
    journal::save(db, haul(&lease, mails)).await.unwrap();
    assert_eq!(known().await.waits_since, Some(after(40)));
}

pub(crate) async fn a_clock_that_is_put_right_takes_back_what_was_read_by_it(base: &Base) {
    let db = &base.db;
    let it = MailboxName::from("it");
    for (minutes, is_until) in [(60, 60), (40, 60), (90, 90), (50_000, 50_000), (91, 91)] {
        passes::passed(db, &it, after(minutes)).await.unwrap();
        let known = passes::known(db, after(0)).await.unwrap();
        assert_eq!(known.until[&it], after(is_until));
    }
}
