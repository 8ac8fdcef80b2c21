//! Queues as they stand, and how many active tickets their agents have.

use super::{Db, Row, StoreError, Tx, V, as_json, json_list, senders::count_in, sql};
use crate::{
    desk::{
        decision::Decision, distribution::WAITING_MAX, heads::States, timer::TimerKind,
        world::World,
    },
    model::{
        distribution::QueueState,
        ids::{AgentName, QueueName, TicketNumber},
    },
};

/// These queues as they stand.
///
/// # Errors
/// What the database says.
pub async fn states(db: &Db, queues: Vec<QueueName>) -> Result<States, StoreError> {
    let queues = json_list(&queues);
    db.read("see how queues stand", queues, |tx, queues| {
        Box::pin(async move {
            let rows = tx.rows(&sql::FACTS_QUEUES, &[(&*queues).into()]).await?;
            rows.iter().map(state).collect()
        })
    })
    .await
}

/// All queues of which it is stored how they stand.
///
/// # Errors
/// What the database says.
pub(super) async fn names(db: &Db) -> Result<Vec<QueueName>, StoreError> {
    db.read("list queues that stand somehow", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.rows(&sql::QUEUES_ALL, &[]).await?;
            let names = rows.iter().map(|row| row.string(0).map(QueueName));
            names.collect()
        })
    })
    .await
}

fn state(row: &Row) -> Result<(QueueName, QueueState), StoreError> {
    let json = row.text(1)?;
    let state = serde_json::from_str(json).map_err(|_error| StoreError::Unknown {
        column: "queue_state.state",
        found: json.to_owned(),
    })?;
    Ok((QueueName(row.string(0)?), state))
}

/// Puts both among the facts.
pub(super) fn facts(world: &mut World, states: &[Row], loads: &[Row]) -> Result<(), StoreError> {
    for row in states {
        let (queue, state) = state(row)?;
        world.set_queue_state(queue, state);
    }
    for row in loads {
        let (agent, queue) = (AgentName(row.string(0)?), QueueName(row.string(1)?));
        world.set_load(agent, queue, count_in(row, 2)?);
    }
    Ok(())
}

/// What waits for room in the queues that want to give it out.
pub(super) async fn load_waiting(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    for queue in world.asked().waiting.clone() {
        let most = i64::try_from(WAITING_MAX).unwrap_or(i64::MAX);
        let values = [queue.as_str().into(), most.into()];
        let rows = tx.rows(&sql::FACTS_WAITING, &values).await?;
        let tickets = rows.iter().map(|row| row.int(0).map(TicketNumber));
        world.set_waiting(queue, tickets.collect::<Result<_, _>>()?);
    }
    Ok(())
}

/// Keeps how the queues stand after a decision.
pub(super) async fn save(tx: &mut Tx, decision: &Decision) -> Result<(), StoreError> {
    let states = decision.queue_states.iter();
    let states: Vec<(&QueueName, String)> = states
        .map(|(queue, state)| Ok((queue, as_json(state)?)))
        .collect::<Result<_, StoreError>>()?;
    let rows: Vec<Vec<V<'_>>> = states
        .iter()
        .map(|(queue, state)| vec![queue.as_str().into(), state.into()])
        .collect();
    tx.insert_many(&sql::QUEUE_SET, &rows).await?;
    for (appointment, at) in &decision.give_outs {
        let kind = TimerKind::GiveOut.code();
        let values = [
            kind.into(),
            (*appointment).into(),
            at.as_millisecond().into(),
        ];
        tx.exec(&sql::TIMER_NOT_LATER, &values).await?;
    }
    Ok(())
}
