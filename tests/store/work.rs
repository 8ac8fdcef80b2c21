//! The decider's work: its order, its tries, its quarantine.

use okno::{
    model::ids::WorkId,
    store::work::{self, Work},
};

use crate::{Base, story::after};

async fn fill(base: &Base, count: i64) {
    for n in 1..=count {
        work::add(&base.db, "condition", &format!("{{\"n\":{n}}}"), after(n))
            .await
            .unwrap();
    }
}

async fn next(base: &Base) -> Vec<Work> {
    work::next(&base.db, 10).await.unwrap()
}

async fn ids(base: &Base) -> Vec<i64> {
    next(base).await.iter().map(|piece| piece.id.0).collect()
}

pub(crate) async fn it_waits_in_order(base: &Base) {
    fill(base, 4).await;
    assert_eq!(ids(base).await, [1, 2, 3, 4]);
    let first = &next(base).await[0];
    assert_eq!(
        (
            first.kind.as_str(),
            first.payload.as_str(),
            first.attempts,
            first.suspected_by.is_some()
        ),
        ("condition", "{\"n\":1}", 0, false)
    );
    assert!(first.mail.is_none());
    let two = work::next(&base.db, 2).await.unwrap();
    assert_eq!(two.len(), 2);
    assert_eq!(work::count(&base.db).await.unwrap(), 4);
    // Marked, cleared: the order stays.
    let batch = [WorkId(1), WorkId(3)];
    work::suspect(&base.db, "run", &batch).await.unwrap();
    let marks: Vec<bool> = next(base)
        .await
        .iter()
        .map(|piece| piece.suspected_by.is_some())
        .collect();
    assert_eq!(marks, [true, false, true, false]);
    assert_eq!(work::count(&base.db).await.unwrap(), 4, "suspects wait too");
    work::clear(&base.db, "run", &batch).await.unwrap();
    assert!(
        next(base)
            .await
            .iter()
            .all(|piece| piece.suspected_by.is_none())
    );
}

pub(crate) async fn a_try_is_counted(base: &Base) {
    fill(base, 2).await;
    for tried in 1..=2 {
        work::attempt(&base.db, "run", WorkId(1)).await.unwrap();
        let piece = &next(base).await[0];
        assert_eq!(
            (piece.attempts, piece.suspected_by.as_deref()),
            (tried, Some("run"))
        );
    }
    work::failed(&base.db, WorkId(1), "no such charset")
        .await
        .unwrap();
    let pieces = next(base).await;
    assert_eq!(
        (pieces[0].attempts, pieces[0].suspected_by.is_some()),
        (2, false)
    );
    assert_eq!(pieces[1].attempts, 0, "the neighbour is not to blame");
    assert_eq!(
        base.texts("SELECT problem FROM work WHERE id = 1").await,
        ["no such charset"]
    );
}

pub(crate) async fn quarantine_keeps_it(base: &Base) {
    fill(base, 3).await;
    work::attempt(&base.db, "run", WorkId(2)).await.unwrap();
    work::quarantine(&base.db, WorkId(2), "it kills the process")
        .await
        .unwrap();
    assert_eq!(ids(base).await, [1, 3], "the others go on");
    assert_eq!(work::count(&base.db).await.unwrap(), 2);
    let kept = work::quarantined(&base.db, 10).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].id, kept[0].attempts), (WorkId(2), 1));
    assert_eq!(kept[0].problem, "it kills the process");
    assert_eq!((kept[0].raw, &kept[0].mailbox), (None, &None));
    let counts = work::quarantine_counts(&base.db).await.unwrap();
    assert_eq!(counts, [(String::new(), 1)]);
}
