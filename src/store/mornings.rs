//! Work lists: what agents may have to do, and which lines stood in the lists they answer.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Db, Row, StoreError, Tx, V, facts, json_list, sql};
use crate::{
    desk::{
        decision::Decision,
        timer::TimerKind,
        worklist::{ItemKind, LOOKED_AT_MAX, ListItem},
        world::World,
    },
    model::ids::TicketNumber,
};

/// Adds what is wanted of them.
pub(super) async fn load(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    for (agent, (address, queues)) in world.asked().mornings.clone() {
        let values = [agent.as_str().into(), LOOKED_AT_MAX.into()];
        let mut tickets = numbers(&tx.rows(&sql::FACTS_OWNED, &values).await?)?;
        for queue in &queues {
            let values = [queue.as_str().into(), LOOKED_AT_MAX.into()];
            tickets.extend(numbers(&tx.rows(&sql::FACTS_FREE, &values).await?)?);
        }
        let values = [agent.as_str().into(), LOOKED_AT_MAX.into()];
        let items = tx.rows(&sql::FACTS_LIST_ITEMS, &values).await?;
        let items = items.iter().map(item).collect::<Result<Vec<_>, _>>()?;
        let of_tickets = items.iter().filter(|item| item.kind.is_of_ticket());
        tickets.extend(of_tickets.map(|item| TicketNumber(item.number)));
        world.set_list_items(agent.clone(), items);
        world.set_morning(agent, tickets);
        if let Some(reader) = world.person(&address).map(|person| person.id) {
            let withheld = facts::withheld(tx, reader).await?;
            world.withhold(reader, withheld);
        }
    }
    for (agent, minutes) in world.asked().work_lists.clone() {
        let values = [agent.as_str().into(), minutes.into()];
        if let Some(row) = tx.row_opt(&sql::FACTS_WORK_LIST, &values).await? {
            let tickets = serde_json::from_str(row.text(0)?).unwrap_or_default();
            world.set_work_list((agent, minutes), tickets);
        }
    }
    Ok(())
}

fn item(row: &Row) -> Result<ListItem, StoreError> {
    let kind = row.text(1)?;
    Ok(ListItem {
        number: row.int(0)?,
        kind: ItemKind::from_code(kind).ok_or_else(|| StoreError::Unknown {
            column: "list_item.kind",
            found: kind.to_owned(),
        })?,
        words: row.string(2)?,
    })
}

fn numbers(rows: &[Row]) -> Result<Vec<TicketNumber>, StoreError> {
    rows.iter()
        .map(|row| row.int(0).map(TicketNumber))
        .collect()
}

/// Keeps the next appointments and the lines of lists that were just written, and forgets lists that are too old to be
/// answered.
pub(super) async fn save(
    tx: &mut Tx,
    decision: &Decision,
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows: Vec<Vec<V<'_>>> = decision
        .mornings
        .iter()
        .map(|(appointment, at)| {
            let kind = TimerKind::Morning.code();
            vec![
                kind.into(),
                (*appointment).into(),
                at.as_millisecond().into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::TIMER_ADD, &rows).await?;
    let rows: Vec<Vec<V<'_>>> = decision
        .list_items
        .iter()
        .map(|(agent, item)| {
            vec![
                agent.as_str().into(),
                item.number.into(),
                item.kind.code().into(),
                (&item.words).into(),
                now.as_millisecond().into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::LIST_ITEM_ADD, &rows).await?;
    for (agent, number, kind) in &decision.list_items_done {
        let values = [agent.as_str().into(), (*number).into(), kind.code().into()];
        tx.exec(&sql::LIST_ITEM_DONE, &values).await?;
    }
    for (appointment, at) in &decision.absences {
        let kind = TimerKind::Absence.code();
        let values = [
            kind.into(),
            (*appointment).into(),
            at.as_millisecond().into(),
        ];
        tx.exec(&sql::TIMER_NOT_LATER, &values).await?;
    }
    for (agent, minutes, tickets) in &decision.work_lists {
        let values = [agent.as_str().into(), (*minutes).into()];
        tx.exec(&sql::WORK_LIST_FORGET, &values).await?;
        let tickets = json_list(tickets);
        let values = [agent.as_str().into(), (*minutes).into(), (&tickets).into()];
        tx.exec(&sql::WORK_LIST_ADD, &values).await?;
    }
    Ok(())
}

/// Sees to it that every agent's next list has its appointment; one that stands already may only become earlier.
///
/// # Errors
/// What the database says.
pub async fn plan(db: &Db, mornings: BTreeMap<i64, Timestamp>) -> Result<(), StoreError> {
    db.write("plan work lists", mornings, |tx, mornings| {
        Box::pin(async move {
            for (appointment, at) in mornings {
                let kind = TimerKind::Morning.code();
                let values = [
                    kind.into(),
                    (*appointment).into(),
                    at.as_millisecond().into(),
                ];
                tx.exec(&sql::TIMER_NOT_LATER, &values).await?;
            }
            Ok(())
        })
    })
    .await
}
