//! Leases: one holder at a time, and a fence that tells a late one that its time is over.

use std::time::Duration;

use okno::{
    clock::Stopwatch,
    store::{
        Db,
        leases::{self, Lease},
    },
};

use crate::Base;

const LONG: Duration = Duration::from_secs(600);

async fn take(db: &Db, owner: &str, holds_for: Duration) -> Option<Lease> {
    leases::take_lease(db, "decider", owner, holds_for)
        .await
        .unwrap()
}

pub(crate) async fn one_holds_it(base: &Base) {
    let held = take(&base.db, "anna", LONG).await.unwrap();
    assert_eq!((held.owner.as_str(), held.fence), ("anna", 1));
    assert_eq!(take(&base.db, "boris", LONG).await, None);
    let renewed = take(&base.db, "anna", LONG).await.unwrap();
    assert_eq!(renewed, held, "renewing changes nothing but the time");
    let other = leases::take_lease(&base.db, "mailbox:it", "boris", LONG).await;
    assert!(other.unwrap().is_some(), "another lease is another matter");
}

pub(crate) async fn it_runs_out(base: &Base) {
    take(&base.db, "anna", Duration::from_millis(1))
        .await
        .unwrap();
    let watch = Stopwatch::start();
    let taken = loop {
        if let Some(taken) = take(&base.db, "boris", LONG).await {
            break taken;
        }
        assert!(
            watch.elapsed() < Duration::from_secs(10),
            "it never runs out"
        );
    };
    assert_eq!(taken.fence, 2);
    assert_eq!(take(&base.db, "anna", LONG).await, None);
}

pub(crate) async fn of_a_run_that_has_ended_nothing_is_left(base: &Base) {
    let own = leases::take_lease(&base.db, "run:1", "1", LONG).await;
    let decider = take(&base.db, "1", LONG).await.unwrap();
    leases::forget(&base.db, own.unwrap().unwrap())
        .await
        .unwrap();
    leases::give_back(&base.db, decider).await.unwrap();
    let left = base.texts("SELECT name FROM lease ORDER BY name").await;
    assert_eq!(left, ["decider"], "the decider's fence goes on growing");
}

pub(crate) async fn the_fence_grows(base: &Base) {
    for (fence, owner) in (1..).zip(["anna", "boris", "anna", "anna"].iter().take(3)) {
        let held = take(&base.db, owner, LONG).await.unwrap();
        assert_eq!(held.fence, fence);
        leases::give_back(&base.db, held).await.unwrap();
    }
    // Giving back what somebody else holds by now takes nothing from him.
    let late = Lease {
        name: "decider".to_owned(),
        owner: "anna".to_owned(),
        fence: 1,
    };
    let held = take(&base.db, "boris", LONG).await.unwrap();
    assert_eq!(held.fence, 4);
    leases::give_back(&base.db, late).await.unwrap();
    assert_eq!(take(&base.db, "anna", LONG).await, None);
}

pub(crate) async fn all_can_be_ended(base: &Base) {
    take(&base.db, "anna", LONG).await.unwrap();
    leases::expire_leases(&base.db).await.unwrap();
    assert_eq!(take(&base.db, "boris", LONG).await.unwrap().fence, 2);
}
