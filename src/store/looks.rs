//! How queues stand, for the alarms of those who decide for them: an indexed question each.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Db, StoreError, Tx, duty, json_list, sql};
use crate::{
    desk::queue_alarm::{COUNTED_MAX, Months, QueueFacts},
    model::{
        address::Address,
        duty::Absence,
        ids::{QueueName, TicketNumber},
    },
};

/// So many tickets a letter lists.
const LISTED: i64 = 10;

/// How a queue stands: what was judged since an instant, what came in these months.
///
/// # Errors
/// What the database says.
pub async fn queue(
    db: &Db,
    queue: &QueueName,
    (since, months): (Timestamp, Months),
) -> Result<QueueFacts, StoreError> {
    let wanted = (queue.clone(), since, months);
    db.read("look how a queue stands", wanted, |tx, wanted| {
        Box::pin(load(tx, wanted))
    })
    .await
}

async fn load(
    tx: &mut Tx,
    (queue, since, months): &(QueueName, Timestamp, Months),
) -> Result<QueueFacts, StoreError> {
    let name = queue.as_str();
    // One more than is told as a number: then there are more.
    let most = i64::try_from(COUNTED_MAX.saturating_add(1)).unwrap_or(i64::MAX);
    let values = [name.into(), most.into()];
    let unanswered = tx.row(&sql::LOOK_UNANSWERED, &values).await?;
    let oldest = tx
        .rows(&sql::LOOK_OLDEST, &[name.into(), LISTED.into()])
        .await?;
    let since = since.as_millisecond();
    let judged = tx
        .row(&sql::LOOK_JUDGED, &[name.into(), since.into()])
        .await?;
    let mut opened = Vec::new();
    for (from, to) in months {
        let (from, to) = (from.as_millisecond(), to.as_millisecond());
        let values = [name.into(), from.into(), to.into()];
        opened.push(count(tx.row(&sql::LOOK_OPENED, &values).await?.int(0)?));
    }
    Ok(QueueFacts {
        unanswered: count(unanswered.int(0)?),
        oldest: oldest
            .iter()
            .map(|row| row.int(0).map(TicketNumber))
            .collect::<Result<_, _>>()?,
        judged: count(judged.int(0)?),
        met: count(judged.int(1)?),
        opened,
    })
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// What absences these people have announced, by the address of each.
///
/// # Errors
/// What the database says.
pub async fn absences(
    db: &Db,
    addresses: Vec<Address>,
) -> Result<BTreeMap<Address, Absence>, StoreError> {
    let list: Vec<&str> = addresses.iter().map(Address::as_str).collect();
    db.read("look who is away", json_list(&list), |tx, list| {
        Box::pin(async move {
            let mut absences = BTreeMap::new();
            for row in &tx.rows(&sql::LOOK_DUTY, &[(&*list).into()]).await? {
                let address = row.text(0)?;
                let known = Address::parse(address).map_err(|error| StoreError::Unknown {
                    column: "person.address",
                    found: error.0,
                })?;
                if let Some(absence) = duty::read(row, 1)?.absence {
                    absences.insert(known, absence);
                }
            }
            Ok(absences)
        })
    })
    .await
}
