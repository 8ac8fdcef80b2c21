//! The outbox: an attempt is booked before it is made, and nobody sends what another has in hand.

use std::{collections::BTreeSet, time::Duration};

use jiff::Timestamp;
use okno::{
    model::{
        ids::{DeliveryId, MailboxName},
        outgoing::{Class, OutgoingMail},
    },
    store::{
        leases,
        outbox::{self, AttemptResult, Claimed, Ending, Except},
        work,
    },
};

use crate::{
    Base,
    story::{Story, after, mail, ready, sends},
};

/// So many mails to one person each, ready at the start.
async fn fill(base: &Base, count: usize) -> Story {
    let mut story = Story::begin(base).await;
    let mails = (0..count)
        .map(|n| {
            ready(mail(
                &format!("mail {n}"),
                Class::Automatic,
                &[&format!("p{n}")],
            ))
        })
        .collect();
    story
        .apply(base, after(0), vec![sends("fill", mails)])
        .await
        .unwrap();
    story
}

async fn claim(base: &Base, run: &str, now: Timestamp) -> Vec<Claimed> {
    outbox::claim(&base.db, run, now, 100, Except::default())
        .await
        .unwrap()
}

fn ended(id: DeliveryId, ending: Ending, minute: i64) -> AttemptResult {
    AttemptResult {
        id,
        ending,
        code: Some("4.7.1".to_owned()),
        reply: "как сказал сервер".to_owned(),
        at: after(minute),
    }
}

pub(crate) async fn an_attempt_is_booked_first(base: &Base) {
    let mut story = fill(base, 3).await;
    assert_eq!(
        outbox::next_at(&base.db, Except::default()).await.unwrap(),
        Some(after(0))
    );
    let two = outbox::claim(&base.db, "one", after(0), 2, Except::default())
        .await
        .unwrap();
    assert_eq!(two.len(), 2);
    assert_eq!((two[0].attempt, two[0].is_repeat), (1, false));
    assert_eq!(two[0].size, 15);
    assert_eq!(
        base.texts("SELECT state || ' ' || CAST(attempts AS TEXT) || ' ' || claimed_by FROM delivery WHERE state = 'claimed'").await,
        ["claimed 1 one", "claimed 1 one"],
        "in the database before anything is sent"
    );
    let rest = claim(base, "one", after(0)).await;
    assert_eq!(rest.len(), 1, "nobody takes them again");
    assert_eq!(
        outbox::next_at(&base.db, Except::default()).await.unwrap(),
        None
    );
    // What was not begun goes back without a mark.
    outbox::give_back(&base.db, "two", &[rest[0].id])
        .await
        .unwrap();
    assert_eq!(
        outbox::next_at(&base.db, Except::default()).await.unwrap(),
        None,
        "only whoever claimed a mail gives it back"
    );
    outbox::give_back(&base.db, "one", &[rest[0].id])
        .await
        .unwrap();
    let again = claim(base, "two", after(0)).await;
    assert_eq!((again[0].id, again[0].attempt), (rest[0].id, 1));
    // Not before it is time.
    let later = OutgoingMail {
        not_before: Some(after(10)),
        expires_at: Some(after(20)),
        ..mail("later", Class::Report, &["anna"])
    };
    story
        .apply(base, after(1), vec![sends("later", vec![ready(later)])])
        .await
        .unwrap();
    assert_eq!(claim(base, "one", after(9)).await, []);
    assert_eq!(
        claim(base, "one", after(10)).await[0].expires_at,
        Some(after(20))
    );
}

pub(crate) async fn claimers_never_meet(base: &Base) {
    fill(base, 120).await;
    let mut hands = tokio::task::JoinSet::new();
    for hand in 0..4 {
        let db = base.db.clone();
        hands.spawn(async move {
            let run = format!("run {hand}");
            let mut taken = Vec::new();
            loop {
                let some = outbox::claim(&db, &run, after(0), 7, Except::default())
                    .await
                    .unwrap();
                if some.is_empty() {
                    return taken;
                }
                taken.extend(some.into_iter().map(|one| one.id));
            }
        });
    }
    let mut all: Vec<DeliveryId> = hands.join_all().await.into_iter().flatten().collect();
    // One more look: a claimer that met only locked rows goes away, and they are done by whoever locked them.
    all.extend(
        claim(base, "last", after(0))
            .await
            .into_iter()
            .map(|one| one.id),
    );
    let once: BTreeSet<DeliveryId> = all.iter().copied().collect();
    assert_eq!((all.len(), once.len()), (120, 120));
    assert_eq!(base.number("SELECT MAX(attempts) FROM delivery").await, 1);
}

pub(crate) async fn only_the_dead_are_reclaimed(base: &Base) {
    fill(base, 3).await;
    let held = leases::take_lease(&base.db, "mailbox:it", "alive", Duration::from_secs(600)).await;
    assert!(held.unwrap().is_some());
    let of_living = outbox::claim(&base.db, "alive", after(0), 1, Except::default())
        .await
        .unwrap();
    let of_dead = outbox::claim(&base.db, "dead", after(0), 1, Except::default())
        .await
        .unwrap();
    let own = outbox::claim(&base.db, "mine", after(0), 1, Except::default())
        .await
        .unwrap();
    assert_eq!(
        outbox::reclaim(&base.db, "mine", after(1)).await.unwrap(),
        1
    );
    let again = claim(base, "mine", after(1)).await;
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].id, of_dead[0].id);
    assert!(again[0].is_repeat, "it may have got through");
    assert_eq!(again[0].attempt, 2);
    // A lease that has only just run out may be renewed yet: the process is slow, or the database was away.
    let late = leases::take_lease(&base.db, "mailbox:it", "alive", Duration::ZERO).await;
    assert!(late.unwrap().is_some());
    assert_eq!(
        outbox::reclaim(&base.db, "mine", after(2)).await.unwrap(),
        0
    );
    // When the living one's lease is over, its claims are free too; one's own never are.
    leases::expire_leases(&base.db).await.unwrap();
    assert_eq!(
        outbox::reclaim(&base.db, "mine", after(2)).await.unwrap(),
        1
    );
    let again = claim(base, "mine", after(2)).await;
    assert_eq!(again[0].id, of_living[0].id);
    assert_ne!(own[0].id, of_living[0].id);
}

pub(crate) async fn every_ending(base: &Base) {
    fill(base, 5).await;
    let ids: Vec<DeliveryId> = claim(base, "run", after(0))
        .await
        .iter()
        .map(|one| one.id)
        .collect();
    let results = vec![
        ended(ids[0], Ending::Sent, 1),
        ended(ids[1], Ending::Later(after(30)), 1),
        ended(ids[2], Ending::Unknown(after(40)), 1),
        ended(ids[3], Ending::Refused, 1),
        ended(ids[4], Ending::Expired, 1),
    ];
    outbox::settle(&base.db, "run", results).await.unwrap();
    let states = base
        .texts("SELECT state || ' ' || CASE WHEN done_at IS NULL THEN 'waits' ELSE 'done' END || ' ' || code || ' ' || reply FROM delivery ORDER BY id")
        .await;
    let reply = "4.7.1 как сказал сервер";
    assert_eq!(
        states,
        [
            format!("sent done {reply}"),
            format!("ready waits {reply}"),
            format!("unknown waits {reply}"),
            format!("refused done {reply}"),
            format!("expired done {reply}")
        ]
    );
    assert_eq!(
        base.number("SELECT COUNT(*) FROM delivery WHERE claimed_by IS NOT NULL")
            .await,
        0
    );
    // The refusal is the decider's next work.
    let waiting = work::next(&base.db, 10).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].kind, "failure");
    let payload: serde_json::Value = serde_json::from_str(&waiting[0].payload).unwrap();
    assert_eq!(
        payload,
        serde_json::json!({"delivery": ids[3].0, "status": "4.7.1", "reply": "как сказал сервер"})
    );
    assert_eq!(
        outbox::next_at(&base.db, Except::default()).await.unwrap(),
        Some(after(30))
    );
    assert_eq!(claim(base, "run", after(29)).await, []);
    let later = claim(base, "run", after(40)).await;
    let marks: Vec<(DeliveryId, bool, u32)> = later
        .iter()
        .map(|one| (one.id, one.is_repeat, one.attempt))
        .collect();
    assert_eq!(marks, [(ids[1], false, 2), (ids[2], true, 2)]);
    // People see everything that is not sent.
    let mut listed = outbox::list(&base.db, false, 10).await.unwrap();
    listed.extend(outbox::list(&base.db, true, 10).await.unwrap());
    listed.sort_by_key(|one| one.id);
    let listed: Vec<(DeliveryId, &str)> = listed
        .iter()
        .map(|one| (one.id, one.state.as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            (ids[1], "claimed"),
            (ids[2], "claimed"),
            (ids[3], "refused"),
            (ids[4], "expired")
        ]
    );
}

pub(crate) async fn doubt_is_never_forgotten(base: &Base) {
    fill(base, 2).await;
    let ids: Vec<DeliveryId> = claim(base, "dead", after(0))
        .await
        .iter()
        .map(|one| one.id)
        .collect();
    outbox::settle(
        &base.db,
        "dead",
        vec![ended(ids[0], Ending::Unknown(after(10)), 1)],
    )
    .await
    .unwrap();
    outbox::reclaim(&base.db, "other", after(10)).await.unwrap();
    // Taken once more, but the relay is down: given back unsent, or told to come later. Still nobody knows.
    let again = claim(base, "run", after(10)).await;
    assert_eq!(again.iter().map(|one| one.id).collect::<Vec<_>>(), ids);
    outbox::give_back(&base.db, "run", &[ids[0]]).await.unwrap();
    outbox::settle(
        &base.db,
        "run",
        vec![ended(ids[1], Ending::Later(after(20)), 11)],
    )
    .await
    .unwrap();
    let third = claim(base, "run", after(20)).await;
    let marks: Vec<(DeliveryId, bool)> = third.iter().map(|one| (one.id, one.is_repeat)).collect();
    assert_eq!(marks, [(ids[0], true), (ids[1], true)]);
}

pub(crate) async fn a_late_result_changes_nothing(base: &Base) {
    fill(base, 2).await;
    let ids: Vec<DeliveryId> = claim(base, "slow", after(0))
        .await
        .iter()
        .map(|one| one.id)
        .collect();
    outbox::reclaim(&base.db, "quick", after(1)).await.unwrap();
    // The slow one was taken for dead, but its answer comes before anybody has sent again: it is welcome.
    outbox::settle(&base.db, "slow", vec![ended(ids[0], Ending::Sent, 2)])
        .await
        .unwrap();
    let again = claim(base, "quick", after(2)).await;
    assert_eq!(again.iter().map(|one| one.id).collect::<Vec<_>>(), [ids[1]]);
    // While somebody else sends it, what the slow one says of its own attempt is nothing to go by.
    let slow = vec![ended(ids[1], Ending::Later(after(2)), 3)];
    outbox::settle(&base.db, "slow", slow).await.unwrap();
    assert_eq!(claim(base, "third", after(3)).await, []);
    outbox::settle(&base.db, "quick", vec![ended(ids[1], Ending::Sent, 3)])
        .await
        .unwrap();
    // After that it is not: what is sent is not sent again, and nobody is told that it was refused.
    let late = vec![
        ended(ids[0], Ending::Later(after(4)), 4),
        ended(ids[1], Ending::Refused, 4),
    ];
    outbox::settle(&base.db, "slow", late).await.unwrap();
    assert_eq!(
        base.number("SELECT COUNT(*) FROM delivery WHERE state = 'sent'")
            .await,
        2
    );
    assert_eq!(work::count(&base.db).await.unwrap(), 0);
}

pub(crate) async fn a_resting_relay(base: &Base) {
    let mut story = fill(base, 2).await;
    let other = OutgoingMail {
        mailbox: "hr".into(),
        ..mail("of hr", Class::Automatic, &["anna"])
    };
    story
        .apply(base, after(0), vec![sends("hr", vec![ready(other)])])
        .await
        .unwrap();
    let late = claim(base, "run", after(0)).await;
    let of_it: Vec<DeliveryId> = late
        .iter()
        .filter(|one| one.mailbox.as_str() == "it")
        .map(|one| one.id)
        .collect();
    outbox::settle(
        &base.db,
        "run",
        vec![ended(of_it[0], Ending::Later(after(50)), 1)],
    )
    .await
    .unwrap();
    let rest: Vec<DeliveryId> = late
        .iter()
        .map(|one| one.id)
        .filter(|id| *id != of_it[0])
        .collect();
    outbox::give_back(&base.db, "run", &rest).await.unwrap();
    outbox::postpone(&base.db, &MailboxName::from("it"), after(20))
        .await
        .unwrap();
    let next = base.texts("SELECT mailbox || ' ' || CAST((next_at - created_at) / 60000 AS TEXT) FROM delivery ORDER BY next_at").await;
    assert_eq!(
        next,
        ["hr 0", "it 20", "it 50"],
        "nobody else waits, and nothing comes earlier than it would"
    );
    let attempts = base
        .number("SELECT attempts FROM delivery WHERE mailbox = 'it' AND code IS NULL")
        .await;
    assert_eq!(attempts, 0, "without a mark against it");
}

pub(crate) async fn a_relay_at_work(base: &Base) {
    let mut story = fill(base, 3).await;
    let other = OutgoingMail {
        mailbox: "hr".into(),
        ..mail("of hr", Class::Automatic, &["anna"])
    };
    story
        .apply(base, after(2), vec![sends("hr", vec![ready(other)])])
        .await
        .unwrap();
    let it = [MailboxName::from("it")];
    let beside = Except {
        quiet: &[],
        busy: &it,
    };
    // A backlog of one mailbox comes before all others, and its relay is at work.
    let first = outbox::claim(&base.db, "run", after(1), 2, Except::default()).await;
    assert_eq!(first.unwrap().len(), 2);
    assert_eq!(
        outbox::next_at(&base.db, beside).await.unwrap(),
        Some(after(2))
    );
    let of_others = outbox::claim(&base.db, "run", after(2), 2, beside).await;
    let of_others: Vec<String> = of_others
        .unwrap()
        .into_iter()
        .map(|one| one.mailbox.to_string())
        .collect();
    assert_eq!(of_others, ["hr"]);
    assert_eq!(outbox::next_at(&base.db, beside).await.unwrap(), None);
    // What the relay at work has in hand is nobody else's.
    let freed = outbox::free_own(&base.db, "run", after(3), &it).await;
    assert_eq!(freed.unwrap(), 1, "of hr");
    let freed = outbox::free_own(&base.db, "run", after(3), &[]).await;
    assert_eq!(freed.unwrap(), 2);
}

pub(crate) async fn what_is_stuck(base: &Base) {
    let mut story = fill(base, 3).await;
    let late = sends("late", vec![ready(mail("late", Class::Human, &["anna"]))]);
    story.apply(base, after(30), vec![late]).await.unwrap();
    assert_eq!(outbox::stuck(&base.db, after(0)).await.unwrap(), []);
    let stuck = outbox::stuck(&base.db, after(15)).await.unwrap();
    assert_eq!(stuck, [(MailboxName::from("it"), 3, after(0))]);
    let ids: Vec<DeliveryId> = claim(base, "run", after(1))
        .await
        .iter()
        .map(|one| one.id)
        .collect();
    outbox::settle(
        &base.db,
        "run",
        vec![
            ended(ids[0], Ending::Sent, 1),
            ended(ids[1], Ending::Expired, 1),
        ],
    )
    .await
    .unwrap();
    let stuck = outbox::stuck(&base.db, after(31)).await.unwrap();
    assert_eq!(
        stuck,
        [(MailboxName::from("it"), 2, after(0))],
        "claimed for long is stuck too"
    );
}
