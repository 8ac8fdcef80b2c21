//! Somebody is erased, alike on both engines: what is theirs goes, what is others' stays, history proves.

use okno::{
    desk::{decision::Decision, reason::Reason},
    model::{
        erasure::Erased,
        event::{ClosedBy, EventData, Stream},
        ids::{PersonId, RawId, TicketNumber, WorkId},
        message::Reading,
        person::Person,
    },
    store::{
        Statement, apply,
        erase::{self, Erasure, Inventory, Known, Piece},
        history, journal, people,
    },
};

use crate::{
    Base,
    story::{Story, address, after, decided, event},
};

const FIRST: PersonId = PersonId(1);

async fn exec(base: &Base, text: String) {
    base.exec(Statement::both(text.leak())).await.unwrap();
}

/// What else is kept of a person and a ticket.
async fn is_kept(base: &Base, n: i64, ticket: TicketNumber) {
    for (table, columns, values) in [
        ("ticket_word", "word, ticket", format!("{}, {ticket}", -n)),
        ("ticket_word", "word, ticket", format!("7, {ticket}")),
        ("survey", "person, ticket, at", format!("{n}, {ticket}, 1")),
        (
            "silence",
            "address, until",
            format!("'anna{n}@customers.test', 1"),
        ),
        ("person_word", "word, person", format!("'anna{n}', {n}")),
        (
            "opening",
            "person, ticket, message, simhash",
            format!("{n}, {ticket}, {n}, 5"),
        ),
        (
            "kb_draft",
            "ticket, file, content, state",
            format!("{ticket}, 'a', 'b', 'asked'"),
        ),
        (
            "list_item",
            "agent, number, kind, words, at",
            format!("'olga', {ticket}, 'done', 'x', 1"),
        ),
        (
            "alarm",
            "alarm, object, told_at",
            format!("'flood', 'anna{n}@customers.test', 1"),
        ),
    ] {
        exec(
            base,
            format!("INSERT INTO {table} ({columns}) VALUES ({values})"),
        )
        .await;
    }
}

/// Two people with a ticket each, a mail, an entry of the index, and what else is kept of people.
async fn two_people(base: &Base) -> Story {
    let mut story = Story::begin(base).await;
    let bytes = match base.kind {
        crate::Kind::Sqlite => "x'28b52ffd'",
        crate::Kind::Postgres => "'\\x28b52ffd'::BYTEA",
    };
    for n in [1_i64, 2] {
        exec(
            base,
            format!(
                "INSERT INTO raw (id, mailbox, folder, source_key, uid_validity, uid, arrived_at, received_at, size, is_cut, sha256, content, chunks) \
                 VALUES ({n}, 'it', 'INBOX', '{n}', 1, {n}, 1, 1, 9, 0, 'sum {n}', {bytes}, 1)"
            ),
        )
        .await;
        exec(
            base,
            format!("INSERT INTO raw_chunk (raw_id, n, content) VALUES ({n}, 0, {bytes})"),
        )
        .await;
        let ticket = story.world.next.ticket;
        let mut opened = story.opens(&format!("mail{n}"), &format!("anna{n}"), after(n));
        opened.decision.messages[0].raw = Some(RawId(n));
        let mut batch = story.batch(after(n), vec![opened]);
        let packed = journal::Packer::new().unwrap();
        let packed = { packed }.reading(&Reading::default()).unwrap();
        batch.readings = vec![(RawId(n), packed)];
        apply::apply(&base.db, batch).await.unwrap();
        // The mails of stories all name the first person as their reader.
        exec(
            base,
            format!("UPDATE delivery SET person = {n} WHERE recipient = 'anna{n}@customers.test'"),
        )
        .await;
        is_kept(base, n, ticket).await;
    }
    story
}

fn closes(story: &Story, number: TicketNumber) -> apply::Decided {
    let mut decision = Decision::new(Reason::AgentReply);
    let closed = EventData::Closed {
        by: ClosedBy::Agent,
    };
    let at = story.world.ticket(number).unwrap().opened_at;
    decision.events = vec![event(Stream::Ticket(number), closed, at)];
    decided("closed", decision)
}

async fn inventory(base: &Base) -> Inventory {
    let addresses = vec![address("anna1")];
    erase::look(&base.db, FIRST, addresses).await.unwrap()
}

/// Does it to the end; what it came to, and in how many pieces.
async fn erased(base: &Base, story: &Story, work: WorkId) -> (Option<Erased>, u32) {
    let known = Known {
        addresses: vec![address("anna1")],
        undecided: Vec::new(),
    };
    for pieces in 1.. {
        let lease = story.lease.clone();
        let piece = erase::piece(&base.db, lease, work, (known.clone(), after(9)));
        match piece.await.unwrap() {
            Piece::More => {}
            Piece::Refused => return (None, pieces),
            Piece::Done(erased) => return (Some(erased), pieces),
        }
    }
    unreachable!()
}

/// The numbers of people, tickets or mails that are left in a column.
async fn left(base: &Base, question: &'static str) -> Vec<i64> {
    let rows = base.rows(Statement::both(question)).await;
    rows.iter().map(|row| row.int(0).unwrap()).collect()
}

async fn only_the_others_is_left(base: &Base) {
    for (question, others) in [
        ("SELECT person FROM person_address", 2),
        ("SELECT person FROM person_word WHERE word LIKE 'anna%'", 2),
        ("SELECT person FROM survey", 2),
        ("SELECT person FROM opening", 2),
        ("SELECT person FROM private", 2),
        ("SELECT raw_id FROM reading", 2),
        ("SELECT raw_id FROM raw_chunk", 2),
        ("SELECT id FROM raw WHERE erased_at IS NULL", 2),
        ("SELECT ticket FROM kb_draft", 1002),
        ("SELECT number FROM list_item", 1002),
        ("SELECT DISTINCT ticket FROM ticket_word", 1002),
        ("SELECT COUNT(*) + 1 FROM alarm", 2),
        ("SELECT COUNT(*) + 1 FROM silence", 2),
        ("SELECT person FROM delivery WHERE reply IS NOT NULL", 2),
        (
            "SELECT ticket FROM outgoing WHERE length(content) > 0",
            1002,
        ),
    ] {
        assert_eq!(left(base, question).await, [others], "{question}");
    }
}

pub(crate) async fn what_is_theirs_goes_and_nothing_else(base: &Base) {
    let mut story = two_people(base).await;
    let order = || Erasure::new(FIRST, "root".to_owned());
    let work = erase::order(&base.db, order(), after(5)).await.unwrap();
    assert_eq!(
        erase::order(&base.db, order(), after(5)).await.unwrap(),
        work,
        "once is enough"
    );
    // It is open, and a mail waits.
    let first = TicketNumber(1001);
    let there = inventory(base).await;
    assert_eq!((there.open, there.waiting), (vec![first], 1));
    assert_eq!(erased(base, &story, work).await, (None, 1));
    let closed = closes(&story, first);
    story.apply(base, after(6), vec![closed]).await.unwrap();
    assert_eq!(erased(base, &story, work).await, (None, 1));
    exec(
        base,
        "UPDATE delivery SET state = 'sent', reply = '250 anna1'".to_owned(),
    )
    .await;
    let there = inventory(base).await;
    assert_eq!((there.open.len(), there.waiting, there.naming), (0, 0, 0));

    let (done, pieces) = erased(base, &story, work).await;
    assert_eq!(done, Some(there.erased));
    assert!(pieces > 6, "{pieces}");
    let expected = Erased {
        requests: 1,
        letters_in: 1,
        letters_out: 1,
        lists: 0,
        words: 1,
        addresses: 1,
    };
    assert_eq!(done, Some(expected));
    only_the_others_is_left(base).await;
    let known = people::named(&base.db, &[FIRST]).await.unwrap();
    assert!(known[0].1.is_erased());
    assert_eq!(
        base.texts("SELECT recipient FROM delivery ORDER BY person")
            .await[0],
        Person::erased_address(FIRST)
    );
    // What it is known by is there, and reads as nothing.
    let raw = journal::raw(&base.db, RawId(1)).await.unwrap();
    assert_eq!((raw.bytes.len(), raw.erased_at), (0, Some(after(9))));
    assert_eq!(
        base.texts("SELECT sha256 FROM raw ORDER BY id").await,
        ["sum 1", "sum 2"]
    );
    let (faults, _, _) = history::prove(&base.db).await.unwrap();
    assert_eq!(faults, []);
    // Once more changes nothing.
    assert_eq!(erased(base, &story, work).await, (done, 1));
    base.db.write_anew().await.unwrap();
}
