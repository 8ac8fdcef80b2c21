//! History as rows: events, the erasable words beside them, and the verdicts that KPI reads.

use super::{
    Batch,
    seal::{Row, Written},
};
use crate::{
    model::event::Stream,
    store::{StoreError, Tx, V, sql, verdict},
};

pub(super) async fn save_history(tx: &mut Tx, written: &Written<'_>) -> Result<(), StoreError> {
    let private: Vec<Vec<V<'_>>> = written
        .rows
        .iter()
        .filter_map(|row| {
            let ((id, _, salt), private) = (row.private.as_ref()?, row.event.private.as_ref()?);
            Some(vec![
                (*id).into(),
                private.person.map(|id| id.0).into(),
                salt.into(),
                (&private.text).into(),
            ])
        })
        .collect();
    tx.insert_many(&sql::PRIVATE_ADD, &private).await?;
    let events: Vec<Vec<V<'_>>> = written.rows.iter().map(event_values).collect();
    tx.insert_many(&sql::EVENT_ADD, &events).await?;
    let verdicts: Vec<Vec<V<'_>>> = written
        .rows
        .iter()
        .filter_map(|row| verdict_values(row, written.batch))
        .collect();
    tx.insert_many(&sql::VERDICT_ADD, &verdicts).await.map(drop)
}

fn event_values<'a>(row: &'a Row<'_>) -> Vec<V<'a>> {
    let (kind, version) = row.event.data.kind();
    vec![
        row.seq.into(),
        row.decision.into(),
        row.stream.0.into(),
        (&row.stream.1).into(),
        row.stream_seq.into(),
        kind.into(),
        version.into(),
        row.event.at.as_millisecond().into(),
        row.recorded_at.into(),
        (&row.actor).into(),
        row.event.role.code().into(),
        row.event.trust.code().into(),
        row.event.message_id.as_ref().map(|id| id.as_str()).into(),
        (&row.event.reason).into(),
        (&row.data).into(),
        row.private.as_ref().map(|(id, _, _)| *id).into(),
        row.private
            .as_ref()
            .map(|(_, hash, _)| hash.as_str())
            .into(),
        row.event.undoes.map(|id| id.0).into(),
        (&row.prev_hash).into(),
        (&row.hash).into(),
    ]
}

fn verdict_values<'a>(row: &'a Row<'_>, batch: &'a Batch) -> Option<Vec<V<'a>>> {
    let judged = verdict::of(&row.event.data)?;
    let Stream::Ticket(number) = row.event.stream else {
        return None;
    };
    let (ticket, _) = batch
        .tickets
        .iter()
        .find(|(ticket, _)| ticket.number == number)?;
    Some(vec![
        row.seq.into(),
        number.0.into(),
        judged.clock.into(),
        judged.outcome.into(),
        judged.due_at.into(),
        judged.satisfied_at.into(),
        ticket.assignee.as_ref().map(|agent| agent.as_str()).into(),
        ticket.queue.as_str().into(),
        batch.policy.0.into(),
    ])
}
