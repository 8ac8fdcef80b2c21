//! Orders: what waits is released, stopped, cancelled or tried again; what is being sent is left alone and told of.

use std::collections::BTreeSet;

use okno::{
    desk::{
        decision::Decision,
        order::{CarriedOut, MailOrder, Order, OrderedBy, Which},
        reason::Reason,
        wants::Wants,
    },
    model::{
        event::{Actor, Role, Trust},
        ids::{DecisionId, DeliveryId, TicketNumber, WorkId},
        outgoing::{Class, MailAct},
    },
    store::{
        apply::Decided,
        facts,
        outbox::{self, AttemptResult, Ending, Except},
        work,
    },
};

use crate::{
    Base,
    story::{Story, after, decided, mail, ready, sends},
};

pub(crate) fn orders(act: MailAct, which: Which) -> Decided {
    let mut decision = Decision::new(Reason::Released);
    let by = OrderedBy {
        actor: Actor::Operator,
        role: Role::House,
        trust: Trust::Proven,
        ticket: Some(TicketNumber(1001)),
        reason: Reason::Released.code().to_owned(),
    };
    decision
        .orders
        .push(Order::Mail(MailOrder { act, which, by }));
    decided("order", decision)
}

/// A house with these mails of one decision to one person each, of which the last is held by the fuse.
async fn fill(base: &Base, keys: &[&str]) -> Story {
    let mut story = Story::begin(base).await;
    let mails = keys
        .iter()
        .map(|key| ready(mail(key, Class::Automatic, &[key])));
    let mut all = sends("fill", mails.collect());
    if let Some(last) = all.decision.mails.last_mut() {
        last.is_held = true;
    }
    story.apply(base, after(0), vec![all]).await.unwrap();
    story
}

async fn states(base: &Base) -> Vec<String> {
    base.texts("SELECT recipient || ' ' || state FROM delivery ORDER BY id")
        .await
        .iter()
        .map(|line| line.replace("@customers.test", ""))
        .collect()
}

/// What the decider is told of the order last carried out.
async fn told(base: &Base) -> Option<(MailAct, u64, Vec<i64>)> {
    let waiting = work::next(&base.db, 10).await.unwrap();
    let told = waiting.last().filter(|work| work.kind == "carried_out")?;
    let told: CarriedOut = serde_json::from_str(&told.payload).unwrap();
    assert_eq!(told.by.ticket, Some(TicketNumber(1001)));
    assert_eq!(told.by.actor, Actor::Operator);
    let too_late = told.too_late.iter().map(|id| id.0).collect();
    Some((told.act, told.count, too_late))
}

pub(crate) async fn what_is_taken_is_not_cancelled(base: &Base) {
    let mut story = fill(base, &["anna", "boris", "vera", "held"]).await;
    let claimed = outbox::claim(&base.db, "run", after(0), 2, Except::default()).await;
    let ids: Vec<DeliveryId> = claimed.unwrap().iter().map(|one| one.id).collect();
    let unknown = AttemptResult {
        id: ids[1],
        ending: Ending::Unknown(after(60)),
        code: None,
        reply: String::new(),
        at: after(0),
    };
    outbox::settle(&base.db, "run", vec![unknown])
        .await
        .unwrap();
    let cancel = orders(MailAct::Cancel, Which::Decision(DecisionId(1)));
    story.apply(base, after(1), vec![cancel]).await.unwrap();
    assert_eq!(
        states(base).await,
        [
            "anna claimed",
            "boris unknown",
            "vera cancelled",
            "held cancelled"
        ]
    );
    assert_eq!(
        told(base).await,
        Some((MailAct::Cancel, 2, vec![ids[0].0, ids[1].0]))
    );
    // What is cancelled never goes out, whatever is ordered afterwards.
    for act in [MailAct::Release, MailAct::Retry, MailAct::Hold] {
        let again = orders(act, Which::Mail("vera".to_owned()));
        story.apply(base, after(2), vec![again]).await.unwrap();
    }
    assert_eq!(states(base).await[2], "vera cancelled");
    assert_eq!(work::count(&base.db).await.unwrap(), 1, "nothing to tell");
}

pub(crate) async fn held_stopped_and_let_go(base: &Base) {
    let mut story = fill(base, &["anna", "boris", "held"]).await;
    let hold = orders(MailAct::Hold, Which::Mail("anna".to_owned()));
    story.apply(base, after(1), vec![hold]).await.unwrap();
    assert_eq!(
        states(base).await,
        ["anna stopped", "boris ready", "held held"]
    );
    // The fuse lets go what it holds itself, and nothing that is decided after its release.
    let mut later = sends(
        "later",
        vec![ready(mail("later", Class::Automatic, &["later"]))],
    );
    later.decision.mails[0].is_held = true;
    let release = orders(MailAct::Release, Which::HeldByFuse);
    story
        .apply(base, after(2), vec![release, later])
        .await
        .unwrap();
    assert_eq!(
        states(base).await,
        ["anna stopped", "boris ready", "held ready", "later held"]
    );
    assert_eq!(told(base).await, Some((MailAct::Release, 1, Vec::new())));
    let release = orders(MailAct::Release, Which::Mail("anna".to_owned()));
    story.apply(base, after(3), vec![release]).await.unwrap();
    let due = outbox::claim(&base.db, "run", after(3), 10, Except::default()).await;
    assert_eq!(due.unwrap().len(), 3);
}

pub(crate) async fn a_new_try(base: &Base) {
    let mut story = fill(base, &["p0", "p1", "p2", "p3", "held"]).await;
    let claimed = outbox::claim(&base.db, "run", after(0), 10, Except::default()).await;
    let ids: Vec<DeliveryId> = claimed.unwrap().iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), 4, "what is held is not due");
    let endings = [Ending::Sent, Ending::Refused, Ending::Later(after(60))];
    let results = ids.iter().zip(endings).map(|(id, ending)| AttemptResult {
        id: *id,
        ending,
        code: None,
        reply: String::new(),
        at: after(1),
    });
    outbox::settle(&base.db, "run", results.collect())
        .await
        .unwrap();
    let retriable = |id| outbox::retriable(&base.db, id, after(5));
    for (id, expected) in ids.iter().zip([0, 1, 1, 0]) {
        assert_eq!(retriable(Some(*id)).await.unwrap(), expected);
    }
    assert_eq!(retriable(None).await.unwrap(), 1, "one waits for its time");
    for which in ids.iter().map(|id| Which::Delivery(*id)) {
        let retry = orders(MailAct::Retry, which);
        story.apply(base, after(5), vec![retry]).await.unwrap();
    }
    assert_eq!(
        states(base).await,
        ["p0 sent", "p1 ready", "p2 ready", "p3 claimed", "held held"]
    );
    let due = outbox::claim(&base.db, "run", after(5), 10, Except::default())
        .await
        .unwrap();
    let due: Vec<DeliveryId> = due.iter().map(|one| one.id).collect();
    assert_eq!(due, [ids[1], ids[2]]);
}

/// Somebody claims while somebody cancels: each mail is sent or cancelled, none is both, and the decider knows which.
pub(crate) async fn a_claim_comes_before_or_after(base: &Base) {
    let names: Vec<String> = (0..40).map(|n| format!("p{n}")).collect();
    let mut story = fill(base, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let cancel = orders(MailAct::Cancel, Which::Decision(DecisionId(1)));
    let claims = async {
        let mut claimed = BTreeSet::new();
        for _ in 0..10 {
            let some = outbox::claim(&base.db, "run", after(0), 4, Except::default()).await;
            claimed.extend(some.unwrap().iter().map(|one| one.id.0));
        }
        claimed
    };
    let (claimed, applied) = tokio::join!(claims, story.apply(base, after(1), vec![cancel]));
    applied.unwrap();
    let cancelled = base
        .number("SELECT COUNT(*) FROM delivery WHERE state = 'cancelled'")
        .await;
    let cancelled = u64::try_from(cancelled).unwrap();
    assert_eq!(claimed.len() as u64 + cancelled, 40);
    let (_, count, too_late) = told(base).await.unwrap();
    assert_eq!(count, cancelled);
    assert!(too_late.iter().all(|id| claimed.contains(id)));
    let still = outbox::claim(&base.db, "run", after(2), 100, Except::default()).await;
    assert!(still.unwrap().is_empty());
}

pub(crate) async fn quarantine_ends(base: &Base) {
    let mut story = Story::begin(base).await;
    for n in 1..=3 {
        work::add(&base.db, "condition", "{}", after(n))
            .await
            .unwrap();
    }
    let quarantine = |problem| work::quarantine(&base.db, WorkId(2), problem);
    let waiting = async || {
        let next = work::next(&base.db, 10).await.unwrap();
        next.iter()
            .map(|work| (work.id.0, work.attempts))
            .collect::<Vec<_>>()
    };
    let is_known = async |id| {
        let wants = Wants {
            quarantined: BTreeSet::from([WorkId(id)]),
            ..Wants::default()
        };
        let world = facts::load(&base.db, wants, after(9)).await.unwrap();
        world.quarantined(WorkId(id)).is_some()
    };
    let ends = |order| {
        let mut decision = Decision::new(Reason::Released);
        decision.orders.push(order);
        vec![decided("order", decision)]
    };
    work::attempt(&base.db, "run", WorkId(2)).await.unwrap();
    quarantine("it kills the process").await.unwrap();
    assert!(is_known(2).await && !is_known(1).await && !is_known(77).await);
    // Released it waits again at its old place, with a clean sheet.
    let release = ends(Order::ReleaseWork(WorkId(2)));
    story.apply(base, after(4), release).await.unwrap();
    assert_eq!(waiting().await, [(1, 0), (2, 0), (3, 0)]);
    assert!(!is_known(2).await);
    // Discarded it is neither work nor in quarantine, and its row stays.
    quarantine("again").await.unwrap();
    let discard = ends(Order::DiscardWork(WorkId(2)));
    story.apply(base, after(5), discard).await.unwrap();
    assert_eq!(waiting().await, [(1, 0), (3, 0)]);
    assert!(!is_known(2).await);
    assert!(work::quarantined(&base.db, 10).await.unwrap().is_empty());
    let state = base.texts("SELECT state FROM work WHERE id = 2").await;
    assert_eq!(state, ["discarded"]);
}
