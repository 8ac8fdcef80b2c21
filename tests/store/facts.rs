//! Facts: exactly what was asked for, and counts that mean what they say at their limits.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use okno::{
    desk::{
        decision::{Decision, MessageRecord},
        reason::Reason,
        similarity::Sketch,
        wants::Wants,
        world::{BEGUN_KEPT, Beginning, Fuse, Numbers, OPENINGS_KEPT, OpeningRecord, Sent, World},
    },
    model::{
        address::Address,
        alarm,
        ids::{MessageId, MessageRow, PersonId, RawId, TicketNumber},
        message::{IncomingMessage, Reading},
        outgoing::{Class, OutgoingMail},
    },
    store::{Statement, apply, facts, journal},
};

use crate::{
    Base,
    story::{Story, address, after, decided, mail, ready, sends},
};

async fn load(base: &Base, wants: Wants, now: Timestamp) -> World {
    facts::load(&base.db, wants, now).await.unwrap()
}

fn numbers(world: &World) -> Vec<TicketNumber> {
    world.tickets().map(|ticket| ticket.number).collect()
}

fn met(world: &World) -> BTreeSet<Address> {
    let people = world.people();
    people.map(|person| person.address.clone()).collect()
}

fn of_mail(id: &str) -> Wants {
    let mut wants = Wants::default();
    wants.message_ids.insert(MessageId(id.to_owned()));
    wants
}

fn sent(hour: u32, day: u32, last_at: Timestamp) -> Sent {
    let last_at = Some(last_at);
    Sent {
        hour,
        day,
        last_at,
        reports: 0,
    }
}

pub(crate) async fn exactly_what_was_asked(base: &Base) {
    let empty = load(base, Wants::default(), after(0)).await;
    assert_eq!(
        empty.next,
        Numbers::default(),
        "a new house begins at the beginning"
    );
    let mut story = Story::begin(base).await;
    for (cause, local) in [("first", "anna"), ("second", "boris"), ("third", "vera")] {
        let opened = story.opens(cause, local, after(0));
        story.apply(base, after(0), vec![opened]).await.unwrap();
    }
    let nothing = load(base, Wants::default(), after(1)).await;
    assert_eq!(
        (nothing.tickets().count(), nothing.people().count()),
        (0, 0)
    );
    assert_eq!(nothing.next, story.world.next);
    // By the id of a mail: its ticket and the people of the ticket, nobody else.
    let one = load(base, of_mail("second@customers.test"), after(1)).await;
    assert_eq!(numbers(&one), [TicketNumber(1002)]);
    assert_eq!(met(&one), BTreeSet::from([address("boris")]));
    let boris = one.person_by_id(PersonId(2)).map(|person| &person.address);
    assert_eq!(boris, Some(&address("boris")));
    assert_eq!(one.known(&"second@customers.test".into()).len(), 1);
    assert_eq!(one.sent(&address("boris")), sent(1, 1, after(0)));
    assert!(!one.asked().addresses.contains(&address("anna")));
    // By number and by address; what nobody knows is simply not there.
    let mut wants = of_mail("nobody@knows.test");
    wants.tickets = BTreeSet::from([TicketNumber(1003), TicketNumber(9999)]);
    wants.addresses = BTreeSet::from([address("anna"), address("unknown")]);
    let some = load(base, wants, after(1)).await;
    assert_eq!(numbers(&some), [TicketNumber(1003)]);
    assert_eq!(
        met(&some),
        BTreeSet::from([address("anna"), address("vera")])
    );
    assert!(some.known(&"nobody@knows.test".into()).is_empty());
    assert_eq!(some.ticket(TicketNumber(9999)), None);
    assert_eq!(some.person(&address("unknown")), None);
}

pub(crate) async fn equal_hashes_do_not_confuse(base: &Base) {
    let mut story = Story::begin(base).await;
    for (cause, local) in [("first", "anna"), ("second", "boris")] {
        let opened = story.opens(cause, local, after(0));
        story.apply(base, after(0), vec![opened]).await.unwrap();
    }
    // From now on every mail has the hash of every other.
    let collide = "INSERT INTO ref (hash, message) SELECT DISTINCT ref.hash, message.id FROM ref, message \
                   WHERE NOT EXISTS (SELECT 1 FROM ref AS own WHERE own.hash = ref.hash AND own.message = message.id)";
    assert_eq!(base.exec(Statement::both(collide)).await.unwrap(), 12);
    for (id, ticket) in [("first", 1001), ("second", 1002)] {
        let found = load(base, of_mail(&format!("{id}@customers.test")), after(1)).await;
        let id = MessageId(format!("{id}@customers.test"));
        assert_eq!(found.known(&id).len(), 1);
        assert_eq!(numbers(&found), [TicketNumber(ticket)]);
        let explained = okno::store::history::find_message(&base.db, &id)
            .await
            .unwrap();
        assert_eq!(explained, [(None, Some(TicketNumber(ticket)))]);
    }
}

pub(crate) async fn counts_at_their_limits(base: &Base) {
    let mut story = Story::begin(base).await;
    let counted = |key: &str, class, to: &[&str]| OutgoingMail {
        counts_for_fuse: true,
        ..mail(key, class, to)
    };
    let now = after(48 * 60);
    let ago = |minutes: i64, millis: i64| {
        now - SignedDuration::from_mins(minutes) - SignedDuration::from_millis(millis)
    };
    // Just inside and just outside each window: ten minutes, an hour, a day.
    for (key, at) in [
        ("day outside", ago(24 * 60, 0)),
        ("day inside", ago(24 * 60, -1)),
        ("hour outside", ago(60, 0)),
        ("hour inside", ago(60, -1)),
        ("ten outside", ago(10, 0)),
        ("ten inside", ago(10, -1)),
    ] {
        let mail = counted(key, Class::Automatic, &["anna"]);
        story
            .apply(base, at, vec![sends(key, vec![ready(mail)])])
            .await
            .unwrap();
    }
    // People's words and alarms are no automatic mail; a card of a fresh mail is none for the fuse.
    let others = vec![
        ready(mail("reply", Class::Human, &["anna"])),
        ready(mail("alarm", Class::Alarm, &["anna"])),
        ready(mail("card", Class::Automatic, &["boris"])),
    ];
    story
        .apply(base, now, vec![sends("others", others)])
        .await
        .unwrap();
    let wants = Wants {
        addresses: BTreeSet::from([address("anna"), address("boris"), address("vera")]),
        ..Wants::default()
    };
    let world = load(base, wants, now).await;
    assert_eq!(world.sent(&address("anna")), sent(3, 5, ago(10, -1)));
    assert_eq!(world.sent(&address("boris")), sent(1, 1, now));
    assert_eq!(world.sent(&address("vera")), Sent::default());
    assert_eq!(
        world.fuse,
        Fuse {
            recent: 1,
            is_blown: false
        }
    );
    assert_eq!(world.alarm(alarm::FUSE, alarm::HOUSE), None);
}

pub(crate) async fn digests(base: &Base) {
    let mut story = Story::begin(base).await;
    for (cause, local) in [("first", "anna"), ("second", "boris")] {
        let opened = story.opens(cause, local, after(0));
        story.apply(base, after(0), vec![opened]).await.unwrap();
    }
    let (anna, both) = (PersonId(1), vec![TicketNumber(1001), TicketNumber(1002)]);
    for _ in 0..2 {
        let mut decision = Decision::new(Reason::CapHour);
        decision.digest.push((anna, both.clone()));
        story
            .apply(base, after(1), vec![decided("cap", decision)])
            .await
            .unwrap();
    }
    let due = |readers| {
        let wants = Wants {
            readers,
            ..Wants::default()
        };
        facts::load(&base.db, wants, after(2))
    };
    let world = due(BTreeSet::from([anna])).await.unwrap();
    assert_eq!(world.withheld(anna), both, "each once");
    assert_eq!(world.tickets().count(), 2);
    assert!(world.person(&address("anna")).is_some());
    let mut decision = Decision::new(Reason::DigestDue);
    decision.digest_done.push(anna);
    story
        .apply(base, after(3), vec![decided("digest", decision)])
        .await
        .unwrap();
    let world = due(BTreeSet::from([anna])).await.unwrap();
    assert!(world.withheld(anna).is_empty());
}

/// Every second is a flood, gathered in the first ticket; the others are in the second.
fn nth_beginning(n: i64, message: MessageRow) -> Beginning {
    Beginning {
        message,
        ticket: TicketNumber(if n % 2 == 0 { 1001 } else { 1002 }),
        queue: "it".into(),
        at: after(n),
        body: n,
        is_flood: n % 2 == 0,
        is_reflex: n % 3 == 0,
        guesses: 5,
    }
}

pub(crate) async fn what_senders_have_begun(base: &Base) {
    let mut story = Story::begin(base).await;
    let opened = story.opens("first", "anna", after(0));
    let first = opened.decision.messages[0].clone();
    story.apply(base, after(0), vec![opened]).await.unwrap();
    let second = story.opens("second", "boris", after(0));
    story.apply(base, after(0), vec![second]).await.unwrap();
    let many = i64::try_from(BEGUN_KEPT).unwrap() + 2;
    for n in 1..=many {
        let message = story.world.next.message;
        let beginning = nth_beginning(n, message);
        let mut decision = Decision::new(Reason::Flood);
        decision.messages.push(MessageRecord {
            row: message,
            message_id: MessageId(format!("{n}@customers.test")),
            ..first.clone()
        });
        decision.begun.push((address("anna"), beginning));
        let key = format!("notice:{n}");
        let notice = OutgoingMail {
            ticket: Some(TicketNumber(1001)),
            ..mail(&key, Class::Automatic, &["anna"])
        };
        decision.mails.push(ready(notice));
        let decided = decided(&key, decision);
        story.apply(base, after(n), vec![decided]).await.unwrap();
    }
    let wants = Wants {
        senders: BTreeMap::from([
            (address("anna"), BTreeSet::from([0, 1])),
            (address("nobody"), BTreeSet::new()),
        ]),
        addresses: BTreeSet::from([address("anna"), address("nobody")]),
        ..Wants::default()
    };
    let world = load(base, wants.clone(), after(many)).await;
    let begun = world.begun(&address("anna"));
    assert_eq!(begun.len(), BEGUN_KEPT);
    assert_eq!(begun[0], nth_beginning(many, begun[0].message));
    assert!(begun.iter().is_sorted_by_key(|one| -one.body));
    assert!(world.begun(&address("nobody")).is_empty());
    // The ticket of the floods is there, and what was sent about it is counted; the other only for the same words.
    assert_eq!(numbers(&world), [TicketNumber(1001)]);
    let mut again = wants;
    again.senders = BTreeMap::from([(address("anna"), BTreeSet::from([many - 1]))]);
    let both = [TicketNumber(1001), TicketNumber(1002)];
    assert_eq!(numbers(&load(base, again, after(many)).await), both);
    let count = |who: &str| world.sent_about(TicketNumber(1001), &address(who));
    assert_eq!(i64::from(count("anna")), many + 1);
    assert_eq!(count("nobody"), 0);
    let wants = Wants {
        tickets: BTreeSet::from([TicketNumber(1001)]),
        ..Wants::default()
    };
    let later = load(base, wants, after(24 * 60 + 2)).await;
    let left = later.sent_about(TicketNumber(1001), &address("anna"));
    assert_eq!(i64::from(left), many - 2, "of the last day");
}

/// Writes the n-th opening of these people, with a mail that can be read again.
async fn keep_opening(
    base: &Base,
    story: &mut Story,
    (n, text): (i64, &str),
    (like, people): (&MessageRecord, &[PersonId]),
) {
    let insert = format!(
        "INSERT INTO raw (id, mailbox, folder, source_key, uid_validity, uid, arrived_at, received_at, size, is_cut, sha256, content, chunks) \
         SELECT {n}, 'it', 'INBOX', '{n}', 1, {n}, 1, 1, 1, 0, '', content, 0 FROM outgoing WHERE id = 1"
    );
    base.exec(Statement::both(insert.leak())).await.unwrap();
    let message = story.world.next.message;
    let mut decision = Decision::new(Reason::NewTicket);
    decision.messages.push(MessageRecord {
        row: message,
        raw: Some(RawId(n)),
        message_id: MessageId(format!("{n}@customers.test")),
        ..like.clone()
    });
    decision.openings.push(OpeningRecord {
        ticket: TicketNumber(2000 + n),
        message,
        people: people.to_vec(),
        sketch: Sketch::of(text),
    });
    let cause = format!("opening:{n}");
    let mut batch = story.batch(after(n), vec![decided(&cause, decision)]);
    let reading = Reading {
        message: IncomingMessage {
            text: Some(text.to_owned()),
            ..IncomingMessage::default()
        },
        ..Reading::default()
    };
    batch.readings = vec![(
        RawId(n),
        journal::Packer::new().unwrap().reading(&reading).unwrap(),
    )];
    apply::apply(&base.db, batch).await.unwrap();
}

pub(crate) async fn what_people_took_part_in(base: &Base) {
    let (words, other) = (
        "Принтер в аудитории 214 с утра печатает пустые листы.",
        "Проектор в зале 12 не включается, пульт не отвечает.",
    );
    let mut story = Story::begin(base).await;
    let boris = story.opens("boris", "boris", after(0));
    let boris_is = boris.decision.people[0].id;
    story.apply(base, after(0), vec![boris]).await.unwrap();
    let opened = story.opens("anna", "anna", after(1));
    let (anna_is, first) = (
        opened.decision.people[0].id,
        opened.decision.messages[0].clone(),
    );
    story.apply(base, after(1), vec![opened]).await.unwrap();
    let many = i64::try_from(OPENINGS_KEPT).unwrap() + 2;
    for n in 1..=many {
        let text = if n == many { words } else { other };
        keep_opening(base, &mut story, (n, text), (&first, &[anna_is, boris_is])).await;
    }
    let said = BTreeSet::from([words.into()]);
    let wants = Wants {
        addresses: ["anna", "boris", "nobody"].map(address).into(),
        openings: BTreeMap::from([
            (address("anna"), said.clone()),
            (address("boris"), said),
            (address("nobody"), BTreeSet::new()),
        ]),
        ..Wants::default()
    };
    let world = load(base, wants, after(many)).await;
    let annas = world.openings(&address("anna"));
    let numbers: Vec<i64> = annas.iter().map(|one| one.ticket.0).collect();
    let newest: Vec<i64> = (2003..=2000 + many).rev().collect();
    assert_eq!(numbers, newest, "the newest, the newest first");
    // Only what may be similar was read again, and only of whoever wrote it.
    let read: Vec<i64> = annas
        .iter()
        .filter(|one| one.sketch.is_some())
        .map(|one| one.ticket.0)
        .collect();
    assert_eq!(read, [2000 + many]);
    assert_eq!(annas[0].sketch, Some(Sketch::of(words)));
    let of_boris = world.openings(&address("boris"));
    assert_eq!(of_boris.len(), OPENINGS_KEPT);
    assert!(of_boris.iter().all(|one| one.sketch.is_none()));
    assert!(world.openings(&address("nobody")).is_empty());
}
