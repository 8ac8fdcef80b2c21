//! A part of the town in a database: what okno counts there is what it counts of the bare histories, and what the real export says
//! is what `lines` writes by itself, line by line; and Python counts the same of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use okno::{
    desk::{decision::Decision, reason::Reason, undo::Past, world::World},
    model::{
        account::DatabaseSettings,
        address::Address,
        event::{EventData, NewTicket},
        ids::{DecisionId, PersonId, TicketNumber},
        language::Language,
        person::Person,
        text::Text,
        ticket::Ticket,
    },
    store::{
        Db, Faults, HOUSE,
        apply::{self, Batch, Decided, Standing},
        history::{self, Export, Stretch},
        instance, leases,
    },
};
use serde_json::Value;

use super::{ZONE, lines, sheets, town, twin, whole_year};

/// How many tickets are stored.
const MANY: i64 = 1_500;

/// So many tickets are stored at once.
const BATCH: usize = 50;

/// What is stored numbers its decisions without gaps, from 1.
fn numbered(histories: Vec<(TicketNumber, Vec<Past>)>) -> Vec<(TicketNumber, Vec<Past>)> {
    let mut known: BTreeMap<DecisionId, DecisionId> = BTreeMap::new();
    let mut renumbered = histories;
    for past in renumbered.iter_mut().flat_map(|(_, history)| history) {
        let next = DecisionId(i64::try_from(known.len()).unwrap() + 1);
        past.decision = *known.entry(past.decision).or_insert(next);
        past.event.undoes = past.event.undoes.map(|undone| known[&undone]);
    }
    renumbered
}

/// The decisions of a ticket, in order; whoever asks for the first time is met.
fn decisions(history: &[Past], met: &mut BTreeSet<PersonId>) -> Vec<Decision> {
    let mut found: Vec<Decision> = Vec::new();
    let mut last = None;
    for past in history {
        if last != Some(past.decision) {
            found.push(Decision::new(Reason::NewTicket));
            last = Some(past.decision);
        }
        let decision = found.last_mut().unwrap();
        if let EventData::TicketOpened(NewTicket { requester, .. }) = &past.event.data
            && met.insert(*requester)
        {
            let address = Address::parse(&format!("p{}@town.test", requester.0)).unwrap();
            let name = Text::line("Житель");
            let person = Person::met(*requester, address.clone(), name, Language::Ru);
            decision.people.push(person);
            decision.addresses.push((address, Some(*requester)));
        }
        decision.events.push(past.event.clone());
    }
    found
}

/// Stores them as the decider would have, one ticket after the other.
async fn store(db: &Db, histories: &[(TicketNumber, Vec<Past>)]) {
    let mut now: Timestamp = "2027-02-01T00:00:00Z".parse().unwrap();
    let lease = leases::take_lease(db, "decider", "run", Duration::from_secs(6_000)).await;
    let lease = lease.unwrap().unwrap();
    let policy = instance::policy(db, "{}", now).await.unwrap();
    let (mut world, mut met) = (World::default(), BTreeSet::new());
    for some in histories.chunks(BATCH) {
        now += SignedDuration::from_secs(1);
        let mut decided = Vec::new();
        let mut tickets: BTreeMap<TicketNumber, Ticket> = BTreeMap::new();
        for (number, history) in some {
            for decision in decisions(history, &mut met) {
                world.absorb(&decision);
                decided.push(Decided {
                    work: None,
                    cause_kind: "mail",
                    cause_id: format!("{number}-{}", decided.len()),
                    decision,
                    bytes: Vec::new(),
                });
            }
            tickets.insert(*number, world.ticket(*number).unwrap().clone());
        }
        let standing = |ticket: Ticket| Standing {
            ticket,
            timers: Vec::new(),
            risk_at: None,
            late_at: None,
        };
        let batch = Batch {
            lease: lease.clone(),
            policy,
            now,
            decided,
            tickets: tickets.into_values().map(standing).collect(),
            timers_done: Vec::new(),
            readings: Vec::new(),
            seed: [7; 32],
        };
        apply::apply(db, batch).await.unwrap();
    }
}

/// Writes the real export.
async fn export(db: &Db, path: &Path) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let mut export = Export::begin(db, Stretch::default(), None).await.unwrap();
    loop {
        let events = export.next().await.unwrap();
        if events.is_empty() {
            return out.flush().unwrap();
        }
        for event in events {
            writeln!(out, "{}", serde_json::to_string(&event).unwrap()).unwrap();
        }
    }
}

/// The lines without what a bare history does not have: when they were written, and the chain.
fn compared(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        for part in ["recorded_at", "prev_hash", "hash"] {
            line.as_object_mut().unwrap().remove(part).unwrap();
        }
        line
    });
    lines.collect()
}

#[tokio::test]
async fn a_stored_town_is_counted_and_exported_as_it_was_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let histories = numbered(town(2028, MANY));
    let path = folder.path().join("okno.sqlite");
    let settings = DatabaseSettings::Sqlite { path };
    let db = Db::open(&settings, HOUSE, Faults::none()).await.unwrap();
    store(&db, &histories).await;
    // Counted where it lies, it is what it is anywhere; and its open tickets are those of the table.
    let question = whole_year();
    let (stored, _) = history::figures(&db, &question, None).await.unwrap();
    assert_eq!(stored, sheets(&question, &histories));
    let (faults, events, _) = history::prove(&db).await.unwrap();
    assert_eq!(faults, [], "of {events} events");
    let (real, own) = (folder.path().join("real"), folder.path().join("own"));
    export(&db, &real).await;
    db.close().await;
    let mut out = BufWriter::new(File::create(&own).unwrap());
    let mut seq = 0;
    for (number, history) in &histories {
        lines::export(*number, history, &mut seq, &mut out);
    }
    out.flush().unwrap();
    drop(out);
    let (real_lines, own_lines) = (compared(&real), compared(&own));
    assert_eq!(real_lines.len(), own_lines.len());
    for (real, own) in real_lines.iter().zip(&own_lines) {
        assert_eq!(real, own);
    }
    let told = (stored.as_slice(), &twin::Capacities::new());
    if let Some(again) = twin::counted_again(&real, ZONE, told) {
        twin::are_the_same(&twin::counted(told), &again);
    }
}
