//! Tickets as they stand after the batch: mails of their conversations, snapshots, appointments.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Batch, Standing};
use crate::{
    desk::{fold::FOLD_VERSION, similarity::Sketch, timer::TimerKind, world::DIGEST_AFTER},
    model::ids::{MessageId, MessageRow},
    store::{StoreError, Tx, V, as_json, hash_of_id, json_list, sql},
};

pub(super) async fn save_messages(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let all = batch
        .decided
        .iter()
        .flat_map(|decided| &decided.decision.messages);
    let sides: Vec<_> = all
        .map(|message| (message, message.side.letter().to_string()))
        .collect();
    let rows: Vec<Vec<V<'_>>> = sides
        .iter()
        .map(|(message, side)| {
            vec![
                message.row.0.into(),
                message.ticket.map(|ticket| ticket.0).into(),
                side.into(),
                message.raw.map(|raw| raw.0).into(),
                message.person.0.into(),
                message.message_id.as_str().into(),
                message.content.into(),
                batch.now.as_millisecond().into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::MESSAGE_ADD, &rows).await?;
    let refs: Vec<Vec<V<'_>>> = sides
        .iter()
        .map(|(message, _)| vec![hash_of_id(&message.message_id).into(), message.row.0.into()])
        .collect();
    tx.insert_many(&sql::REF_ADD, &refs).await?;
    let lineage = sides.iter().filter(|(message, _)| message.ticket.is_some());
    let lineage: Vec<Vec<V<'_>>> = lineage
        .flat_map(|(message, _)| hashes(&message.lineage, message.row))
        .collect();
    tx.insert_many(&sql::LINEAGE_ADD, &lineage).await.map(drop)
}

/// A row for each id a mail names, each once.
fn hashes(named: &[MessageId], row: MessageRow) -> impl Iterator<Item = Vec<V<'static>>> {
    let hashes: BTreeSet<i64> = named.iter().map(hash_of_id).collect();
    hashes
        .into_iter()
        .map(move |hash| vec![hash.into(), row.0.into()])
}

pub(super) async fn save_begun(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let mut rows: Vec<Vec<V<'_>>> = Vec::new();
    for decision in batch.decided.iter().map(|decided| &decided.decision) {
        for (_, begun) in &decision.begun {
            let mut messages = decision.messages.iter();
            let Some(mail) = messages.find(|message| message.row == begun.message) else {
                continue;
            };
            rows.push(vec![
                begun.message.0.into(),
                mail.person.0.into(),
                begun.ticket.0.into(),
                begun.at.as_millisecond().into(),
                begun.body.into(),
                begun.is_flood.into(),
                begun.is_reflex.into(),
                i64::from(begun.guesses).into(),
            ]);
        }
    }
    tx.insert_many(&sql::BEGINNING_ADD, &rows).await.map(drop)
}

pub(super) async fn save_openings(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let mut rows: Vec<Vec<V<'_>>> = Vec::new();
    let opened = batch.decided.iter().flat_map(|one| &one.decision.openings);
    for opening in opened {
        let sketch = Some(&opening.sketch).filter(|sketch| sketch.says_enough());
        let written = sketch.map(Sketch::simhash);
        for (place, person) in opening.people.iter().enumerate() {
            rows.push(vec![
                person.0.into(),
                opening.ticket.0.into(),
                opening.message.0.into(),
                // Only the author has written it.
                written.filter(|_| place == 0).into(),
            ]);
        }
    }
    tx.insert_many(&sql::OPENING_ADD, &rows).await.map(drop)
}

pub(super) async fn save_tickets(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let snapshots: Vec<(&Standing, String)> = batch
        .tickets
        .iter()
        .map(|one| Ok((one, as_json(&one.ticket)?)))
        .collect::<Result<_, StoreError>>()?;
    let rows: Vec<Vec<V<'_>>> = snapshots
        .iter()
        .map(|(standing, snapshot)| {
            let ticket = &standing.ticket;
            vec![
                ticket.number.0.into(),
                ticket.queue.as_str().into(),
                ticket.state.code().into(),
                ticket.requester.0.into(),
                ticket.assignee.as_ref().map(|agent| agent.as_str()).into(),
                ticket.opened_at.as_millisecond().into(),
                ticket
                    .next_clock()
                    .map(|clock| clock.due_at.as_millisecond())
                    .into(),
                standing.risk_at.map(Timestamp::as_millisecond).into(),
                standing.late_at.map(Timestamp::as_millisecond).into(),
                snapshot.into(),
                ticket.last_seq.into(),
                FOLD_VERSION.into(),
                ticket.merged_into.map(|into| into.0).into(),
                ticket.is_waiting_for_room().into(),
                batch.now.as_millisecond().into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::TICKET_SET, &rows).await.map(drop)
}

pub(super) async fn save_timers(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    for (kind, object) in &batch.timers_done {
        tx.exec(&sql::TIMER_DONE, &[kind.code().into(), (*object).into()])
            .await?;
    }
    let touched: Vec<i64> = batch
        .tickets
        .iter()
        .map(|one| one.ticket.number.0)
        .collect();
    if !touched.is_empty() {
        tx.exec(&sql::TIMERS_CLEAR, &[(&json_list(&touched)).into()])
            .await?;
    }
    let mut rows: Vec<Vec<V<'_>>> = Vec::new();
    for Standing { ticket, timers, .. } in &batch.tickets {
        for (kind, at) in timers {
            rows.push(vec![
                kind.code().into(),
                ticket.number.0.into(),
                at.as_millisecond().into(),
            ]);
        }
    }
    let digest_at = batch
        .now
        .saturating_add(DIGEST_AFTER)
        .unwrap_or(batch.now)
        .as_millisecond();
    let mut withheld: BTreeMap<(i64, i64), ()> = BTreeMap::new();
    for decided in &batch.decided {
        for person in &decided.decision.digest_done {
            tx.exec(&sql::WITHHELD_CLEAR, &[person.0.into()]).await?;
        }
        for (person, tickets) in &decided.decision.digest {
            withheld.extend(tickets.iter().map(|ticket| ((person.0, ticket.0), ())));
        }
    }
    let mut readers: Vec<i64> = withheld.keys().map(|(person, _)| *person).collect();
    readers.dedup();
    rows.extend(readers.iter().map(|person| {
        vec![
            TimerKind::Digest.code().into(),
            (*person).into(),
            digest_at.into(),
        ]
    }));
    let asked = batch
        .decided
        .iter()
        .flat_map(|one| &one.decision.to_be_asked);
    rows.extend(asked.map(|(person, at)| {
        vec![
            TimerKind::Challenge.code().into(),
            person.0.into(),
            at.as_millisecond().into(),
        ]
    }));
    tx.insert_many(&sql::TIMER_ADD, &rows).await?;
    let rows: Vec<Vec<V<'_>>> = withheld
        .keys()
        .map(|(person, ticket)| vec![(*person).into(), (*ticket).into()])
        .collect();
    tx.insert_many(&sql::WITHHELD_ADD, &rows).await.map(drop)
}
