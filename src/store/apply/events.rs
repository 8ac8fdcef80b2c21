//! History as rows: events, the erasable words beside them, and the verdicts that KPI reads.

use super::seal::{Row, Written};
use crate::{
    model::event::{EventData, Stream},
    store::{
        StoreError, Tx, V, sql,
        verdict::{self, Judged},
    },
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
    let judged: Vec<(i64, i64, Judged)> = written.rows.iter().filter_map(judged).collect();
    let verdicts: Vec<Vec<V<'_>>> = judged.iter().map(verdict_values).collect();
    tx.insert_many(&sql::VERDICT_ADD, &verdicts).await?;
    take_back_verdicts(tx, written).await
}

/// What a decision had judged that is taken back does not count, unless what stands again says the same. Where the same
/// decision is looked at a second time, since its answer had gone, the last word counts.
async fn take_back_verdicts(tx: &mut Tx, written: &Written<'_>) -> Result<(), StoreError> {
    for row in &written.rows {
        let (EventData::Undone(restored), Stream::Ticket(number), Some(decision)) =
            (&row.event.data, &row.event.stream, row.event.undoes)
        else {
            continue;
        };
        let Some([clocks]) = &restored.clocks else {
            continue;
        };
        for (judged, doubted) in verdict::of_decision(tx, *number, decision).await? {
            let undone_by = (!doubted.stands(clocks)).then_some(row.seq);
            let values = [judged.into(), undone_by.into()];
            tx.exec(&sql::VERDICT_UNDONE, &values).await?;
        }
    }
    Ok(())
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

fn judged(row: &Row<'_>) -> Option<(i64, i64, Judged)> {
    let judged = verdict::of(&row.event.data)?;
    let Stream::Ticket(number) = row.event.stream else {
        return None;
    };
    Some((row.seq, number.0, judged))
}

fn verdict_values((seq, ticket, judged): &(i64, i64, Judged)) -> Vec<V<'_>> {
    vec![
        (*seq).into(),
        (*ticket).into(),
        (&judged.clock).into(),
        (&judged.outcome).into(),
        judged.started_at.into(),
        judged.target_secs.into(),
        judged.due_at.into(),
        judged.satisfied_at.into(),
        (&judged.queue).into(),
        (&judged.agent).into(),
        (&judged.class).into(),
        judged.worked_secs.into(),
    ]
}
