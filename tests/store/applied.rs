//! Apply: a batch is written whole or not at all, and all of it can be read back.

use std::time::Duration;

use jiff::SignedDuration;
use okno::{
    desk::{decision::Decision, order::Which, reason::Reason, timer::TimerKind, wants::Wants},
    model::{
        alarm,
        event::{EventData, Private, Stream},
        ids::{MessageId, PersonId, TicketNumber, WorkId},
        outgoing::{Class, MailAct},
    },
    store::{
        Statement, StoreError, alarms,
        apply::{self, Decided},
        facts, history, leases,
        outbox::{self, Except},
        timers, work,
    },
};

use crate::{
    Base,
    orders::orders,
    story::{Story, address, after, decided, event, mail, ready, sends, start},
};

const FIRST: TicketNumber = TicketNumber(1001);
const SECOND: TicketNumber = TicketNumber(1002);

/// Three decisions in one batch: a ticket opens, a mail is put aside, the ticket is resolved.
async fn a_day(base: &Base) -> Story {
    let mut story = Story::begin(base).await;
    work::add(&base.db, "condition", "{}", start())
        .await
        .unwrap();
    let mut opened = story.opens("first", "anna", after(0));
    opened.work = Some(WorkId(1));
    let mut world = story.world.clone();
    world.absorb(&opened.decision);
    let mut aside = Decision::new(Reason::MassMail);
    aside.events.push(event(
        Stream::Mailbox("it".into()),
        EventData::SetAside,
        after(1),
    ));
    let later = Story {
        lease: story.lease.clone(),
        policy: story.policy,
        world,
    };
    let resolved = later.resolves("second", FIRST, after(30));
    let batch = vec![opened, decided("aside", aside), resolved];
    story.apply(base, after(31), batch).await.unwrap();
    story
}

pub(crate) async fn everything_can_be_read_back(base: &Base) {
    let story = a_day(base).await;
    let db = &base.db;
    assert_eq!(work::count(db).await.unwrap(), 0, "its work is done");
    // The ticket, and everything the next mail of the conversation will ask for.
    let ticket = story.world.ticket(FIRST).unwrap().clone();
    assert_eq!(
        history::ticket(db, FIRST).await.unwrap(),
        Some(ticket.clone())
    );
    let mut wants = Wants::default();
    wants
        .message_ids
        .insert(MessageId("first@customers.test".to_owned()));
    wants.addresses.insert(address("anna"));
    let loaded = facts::load(db, wants, after(32)).await.unwrap();
    assert_eq!(loaded.ticket(FIRST), Some(&ticket));
    assert_eq!(
        loaded.person(&address("anna")),
        story.world.person(&address("anna"))
    );
    assert_eq!(loaded.next, story.world.next);
    let known = &loaded.known(&"first@customers.test".into())[0];
    assert_eq!(
        (known.ticket, known.content, known.person),
        (FIRST, 42, PersonId(1))
    );
    why_it_is_as_it_is(base).await;
    what_will_be_sent(base).await;
    let (faults, events, tickets) = history::prove(db).await.unwrap();
    assert_eq!((faults, events, tickets), (Vec::new(), 8, 1));
}

async fn why_it_is_as_it_is(base: &Base) {
    let db = &base.db;
    let told = history::decisions_of(db, FIRST).await.unwrap();
    let reasons: Vec<&str> = told.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(reasons, ["new_ticket", "agent_reply"]);
    assert_eq!(told[0].facts, "{\"from\":1}");
    assert_eq!(told[0].now, after(31));
    assert!(told[0].program.starts_with("okno "));
    let kinds: Vec<&str> = told[0].events.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "ticket_opened",
            "message_joined",
            "clock_started",
            "message_sent"
        ]
    );
    assert_eq!(told[0].events[0].stream, "ticket/1001");
    let opened = &told[0].events[0];
    assert_eq!(
        (
            opened.actor.as_str(),
            opened.role.as_str(),
            opened.trust.as_str()
        ),
        ("person:1", "requester", "claimed")
    );
    let aside = history::decisions_on(db, "mail", "aside").await.unwrap();
    assert_eq!(
        (aside.len(), aside[0].events[0].kind.as_str()),
        (1, "set_aside")
    );
    let found = history::find_message(db, &MessageId("ack-first@desk.test".to_owned())).await;
    assert_eq!(found.unwrap(), [(None, Some(FIRST))]);
}

/// The mail, byte for byte.
async fn what_will_be_sent(base: &Base) {
    let db = &base.db;
    let waiting = outbox::list(db, false, 10).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].recipient, "anna@customers.test");
    assert_eq!(
        (waiting[0].ticket, waiting[0].state.as_str()),
        (Some(FIRST), "ready")
    );
    let about = outbox::about(db, waiting[0].id).await.unwrap();
    assert_eq!(
        (about.ticket, about.class.as_str()),
        (Some(FIRST), "automatic")
    );
    let claimed = outbox::claim(db, "run", after(31), 10, Except::default())
        .await
        .unwrap();
    let stored = outbox::mail(db, claimed[0].outgoing).await.unwrap();
    assert_eq!(stored.bytes, b"bytes of ack first");
    assert_eq!(stored.envelope_from, Some(address("desk")));
    assert_eq!(stored.message_id.as_str(), "ack-first@desk.test");
    assert_eq!(
        base.texts("SELECT text FROM private").await,
        ["Принтер (first)"]
    );
}

pub(crate) async fn numbers_have_no_gaps(base: &Base) {
    let mut story = a_day(base).await;
    let second = story.opens("third", "boris", after(40));
    let mut aside = Decision::new(Reason::MassMail);
    for n in 0..3 {
        aside.events.push(event(
            Stream::Mailbox("it".into()),
            EventData::SetAside,
            after(40 + n),
        ));
    }
    story
        .apply(base, after(41), vec![second, decided("more", aside)])
        .await
        .unwrap();
    let gaps = base
        .texts(
            "SELECT stream_kind || '/' || stream_id FROM event GROUP BY stream_kind, stream_id \
             HAVING MIN(stream_seq) <> 1 OR MAX(stream_seq) <> COUNT(*)",
        )
        .await;
    assert_eq!(gaps, Vec::<String>::new());
    let streams = base
        .texts(
            "SELECT stream_kind || '/' || stream_id || ' ' || CAST(COUNT(*) AS TEXT) FROM event \
             GROUP BY stream_kind, stream_id ORDER BY stream_kind, stream_id",
        )
        .await;
    assert_eq!(streams, ["mailbox/it 4", "ticket/1001 7", "ticket/1002 4"]);
    let events = base.number("SELECT COUNT(*) FROM event").await;
    assert_eq!(base.number("SELECT MAX(seq) FROM event").await, events);
    assert_eq!(base.number("SELECT MIN(seq) FROM event").await, 1);
    assert_eq!(
        base.number("SELECT last_seq FROM ticket WHERE id = 1001")
            .await,
        7
    );
}

pub(crate) async fn time_never_goes_back(base: &Base) {
    let mut story = Story::begin(base).await;
    // The clock of the machine is set back between two batches.
    for (cause, now) in [("first", 60), ("second", 10), ("third", 61)] {
        let opened = story.opens(cause, cause, after(now));
        story.apply(base, after(now), vec![opened]).await.unwrap();
    }
    let backwards = base
        .number(
            "SELECT COUNT(*) FROM event JOIN event AS next ON next.seq = event.seq + 1 \
             WHERE next.recorded_at < event.recorded_at",
        )
        .await;
    assert_eq!(backwards, 0);
    let of_second = base
        .number("SELECT recorded_at FROM event WHERE stream_id = '1002' AND stream_seq = 1")
        .await;
    assert_eq!(of_second, after(60).as_millisecond());
    let at = base
        .number("SELECT at FROM event WHERE stream_id = '1002' AND stream_seq = 1")
        .await;
    assert_eq!(
        at,
        after(10).as_millisecond(),
        "the instant that counts is as told"
    );
    // Whoever knows of the first alone may have taken for past what was not.
    let of_first = base
        .number("SELECT MAX(seq) FROM event WHERE stream_id = '1001'")
        .await;
    let last = history::last(&base.db).await.unwrap();
    for (seq, upto, instant, expected) in [
        (of_first, last, after(30), true),
        (of_first, of_first, after(30), false),
        (of_first, last, after(5), false),
        (last, i64::MAX, after(30), false),
    ] {
        let found = history::is_decided_before(&base.db, (seq, upto), instant).await;
        assert_eq!(found.unwrap(), expected);
    }
    assert_eq!(history::prove(&base.db).await.unwrap().0, []);
}

pub(crate) async fn a_key_is_used_once(base: &Base) {
    let mut story = a_day(base).await;
    let before = base.number("SELECT COUNT(*) FROM event").await;
    let fresh = story.opens("third", "boris", after(40));
    let twice = sends(
        "again",
        vec![ready(mail("ack first", Class::Automatic, &["anna"]))],
    );
    let refused = story
        .apply(base, after(41), vec![fresh, twice])
        .await
        .unwrap_err();
    assert!(
        matches!(&refused, StoreError::Constraint { .. }),
        "{refused}"
    );
    assert_eq!(base.number("SELECT COUNT(*) FROM event").await, before);
    for empty in [
        "SELECT COUNT(*) FROM ticket WHERE id = 1002",
        "SELECT COUNT(*) FROM person WHERE address LIKE 'boris%'",
        "SELECT COUNT(*) FROM decision WHERE cause_id IN ('third', 'again')",
        "SELECT COUNT(*) FROM message WHERE message_id = 'third@customers.test'",
        "SELECT COUNT(*) FROM timer WHERE object = 1002",
        "SELECT COUNT(*) FROM outgoing WHERE dedupe_key <> 'ack first'",
    ] {
        assert_eq!(base.number(empty).await, 0, "{empty}");
    }
    assert_eq!(history::prove(&base.db).await.unwrap().0, []);
}

pub(crate) async fn without_the_lease_nothing_is_applied(base: &Base) {
    let mut story = a_day(base).await;
    leases::expire_leases(&base.db).await.unwrap();
    let other = leases::take_lease(&base.db, "decider", "other", Duration::from_secs(600)).await;
    assert!(other.unwrap().is_some());
    let fresh = story.opens("third", "boris", after(40));
    let late = story.apply(base, after(41), vec![fresh]).await;
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
    assert_eq!(base.number("SELECT COUNT(*) FROM decision").await, 3);
    // The same owner under a new fence is not the one it was.
    leases::expire_leases(&base.db).await.unwrap();
    let again = leases::take_lease(&base.db, "decider", "run", Duration::from_secs(600)).await;
    assert!(again.unwrap().unwrap().fence > story.lease.fence);
    let late = story.apply(base, after(41), Vec::new()).await;
    assert!(matches!(late, Err(StoreError::Fenced { .. })), "{late:?}");
}

/// After an upgrade tickets are folded anew when somebody looks at them, and until then nobody goes by the old snapshot.
pub(crate) async fn a_snapshot_of_another_version_is_no_forgery(base: &Base) {
    a_day(base).await;
    let tamper =
        "UPDATE ticket SET snapshot = '{}', fold_version = fold_version - 1 WHERE id = 1001";
    base.exec(Statement::both(tamper)).await.unwrap();
    assert_eq!(history::prove(&base.db).await.unwrap().0, []);
    let wrong = "UPDATE ticket SET fold_version = fold_version + 1 WHERE id = 1001";
    base.exec(Statement::both(wrong)).await.unwrap();
    assert_eq!(history::prove(&base.db).await.unwrap().0.len(), 1);
    let all = history::tickets_after(&base.db, TicketNumber(0)).await;
    assert_eq!(all.unwrap().len(), 1, "it is folded anew");
}

pub(crate) async fn verdicts_are_their_events(base: &Base) {
    let mut story = a_day(base).await;
    let second = story.opens("third", "boris", after(40));
    story.apply(base, after(40), vec![second]).await.unwrap();
    let late = story.resolves("fourth", SECOND, after(40 + 61));
    story.apply(base, after(101), vec![late]).await.unwrap();
    let verdicts = base
        .texts(
            "SELECT CAST(ticket AS TEXT) || ' ' || clock || ' ' || outcome || ' ' || agent || ' ' || queue || ' ' || \
             CAST(due_at - satisfied_at AS TEXT) || ' ' || event.kind \
             FROM verdict JOIN event ON event.seq = verdict.event_seq ORDER BY event_seq",
        )
        .await;
    assert_eq!(
        verdicts,
        [
            "1001 resolution met olga it 1800000 clock_judged",
            "1002 resolution breached olga it -60000 clock_judged"
        ]
    );
    assert_eq!(history::prove(&base.db).await.unwrap().0, []);
    for (tamper, mend) in [
        (
            "UPDATE verdict SET outcome = 'met' WHERE ticket = 1002",
            "UPDATE verdict SET outcome = 'breached' WHERE ticket = 1002",
        ),
        (
            "UPDATE verdict SET agent = 'anna' WHERE ticket = 1002",
            "UPDATE verdict SET agent = 'olga' WHERE ticket = 1002",
        ),
        (
            "UPDATE verdict SET due_at = due_at + 1 WHERE ticket = 1002",
            "UPDATE verdict SET due_at = due_at - 1 WHERE ticket = 1002",
        ),
        (
            "UPDATE verdict SET ticket = 1003 WHERE ticket = 1002",
            "UPDATE verdict SET ticket = 1002 WHERE ticket = 1003",
        ),
        ("DELETE FROM verdict WHERE ticket = 1002", "SELECT 1"),
    ] {
        base.exec(Statement::both(tamper)).await.unwrap();
        let (faults, _, _) = history::prove(&base.db).await.unwrap();
        assert!(
            faults.len() == 1 && faults[0].what == "verdict",
            "{tamper}: {faults:?}"
        );
        base.exec(Statement::both(mend)).await.unwrap();
    }
}

pub(crate) async fn timers_follow_their_tickets(base: &Base) {
    let mut story = Story::begin(base).await;
    let db = &base.db;
    assert_eq!(timers::next_at(db).await.unwrap(), None);
    let opened = story.opens("first", "anna", after(0));
    story.apply(base, after(0), vec![opened]).await.unwrap();
    assert_eq!(timers::next_at(db).await.unwrap(), Some(after(60)));
    let just_before = after(60) - SignedDuration::from_millis(1);
    assert_eq!(timers::due(db, just_before, 10).await.unwrap(), []);
    assert_eq!(
        timers::due(db, after(60), 10).await.unwrap(),
        [(TimerKind::ClockDue, 1001)]
    );
    let resolved = story.resolves("second", FIRST, after(30));
    story.apply(base, after(30), vec![resolved]).await.unwrap();
    let closes = after(30 + 72 * 60);
    assert_eq!(
        timers::next_at(db).await.unwrap(),
        Some(closes),
        "the clock's row is gone"
    );
    // A digest: the first withheld card sets the appointment, later ones keep it.
    for now in [40, 50] {
        let mut decision = Decision::new(Reason::CapHour);
        decision.digest.push((PersonId(1), vec![FIRST]));
        story
            .apply(base, after(now), vec![decided("cap", decision)])
            .await
            .unwrap();
    }
    assert_eq!(timers::next_at(db).await.unwrap(), Some(after(100)));
    let mut batch = story.batch(after(100), Vec::new());
    batch.timers_done.push((TimerKind::Digest, 1));
    apply::apply(db, batch).await.unwrap();
    assert_eq!(timers::next_at(db).await.unwrap(), Some(closes));
}

pub(crate) async fn a_released_fuse_lets_mail_go(base: &Base) {
    let mut story = Story::begin(base).await;
    let db = &base.db;
    let fuse = |data, words: &str| -> Decided {
        let mut decision = Decision::new(Reason::FuseBlown);
        let mut event = event(Stream::House, data, after(1));
        event.private = Some(Private {
            person: None,
            text: words.to_owned(),
        });
        decision.events.push(event);
        decided("fuse", decision)
    };
    let (name, house) = (alarm::FUSE.to_owned(), alarm::HOUSE.to_owned());
    let raised = EventData::AlarmRaised {
        alarm: name.clone(),
        object: house.clone(),
        is_told: true,
    };
    let mut held = sends(
        "held",
        vec![ready(mail("card", Class::Automatic, &["anna", "boris"]))],
    );
    held.decision.mails[0].is_held = true;
    story
        .apply(base, after(1), vec![fuse(raised, "101 за 10 минут"), held])
        .await
        .unwrap();
    assert_eq!(
        alarms::standing(db).await.unwrap(),
        [(name.clone(), house.clone())]
    );
    assert_eq!(outbox::held(db).await.unwrap(), 2);
    assert_eq!(
        outbox::claim(db, "run", after(5), 10, Except::default())
            .await
            .unwrap(),
        []
    );
    let loaded = facts::load(db, Wants::default(), after(2)).await.unwrap();
    assert!(loaded.fuse.is_blown);
    let over = EventData::AlarmOver {
        alarm: name,
        object: house,
    };
    let mut released = fuse(over, "");
    let order = orders(MailAct::Release, Which::HeldByFuse);
    released.decision.orders = order.decision.orders;
    story.apply(base, after(9), vec![released]).await.unwrap();
    assert_eq!(alarms::standing(db).await.unwrap(), []);
    assert_eq!(outbox::held(db).await.unwrap(), 0);
    assert_eq!(
        outbox::claim(db, "run", after(9), 10, Except::default())
            .await
            .unwrap()
            .len(),
        2
    );
    let loaded = facts::load(db, Wants::default(), after(10)).await.unwrap();
    assert!(!loaded.fuse.is_blown);
}
