//! Figures from outside as history keeps them: of each key the last file counts.

use std::collections::BTreeMap;

use crate::{
    model::{
        event::EventData,
        ids::AgentName,
        numbers::NumberSaid,
        outside::{OutsideFact, OutsideFacts},
    },
    store::{Db, StoreError, sql, tx::Tx},
};

/// The figures from outside of a period, as they were at an event, in order of queue, agent and figure.
///
/// # Errors
/// What the database says.
pub async fn outside(db: &Db, period: &str, upto: i64) -> Result<Vec<OutsideFact>, StoreError> {
    let mut found = BTreeMap::new();
    for (file, _) in outside_files(db, upto).await? {
        if file.period == period {
            found.extend(file.facts.into_iter().map(|fact| (fact.key(), fact)));
        }
    }
    found.retain(|_, fact: &mut OutsideFact| !fact.is_withdrawn);
    Ok(found.into_values().collect())
}

/// Employee numbers that the administrator has said, of each agent the last one.
///
/// # Errors
/// What the database says.
pub async fn numbers_said(db: &Db) -> Result<BTreeMap<AgentName, String>, StoreError> {
    let all = numbers_told(db).await?.into_iter();
    Ok(all.map(|one| (one.agent, one.number)).collect())
}

/// The same, all of them, in the order in which they were said.
///
/// # Errors
/// What the database says.
pub async fn numbers_told(db: &Db) -> Result<Vec<NumberSaid>, StoreError> {
    db.read("read employee numbers", (), |tx, ()| {
        Box::pin(async move { numbers_in(tx).await })
    })
    .await
}

pub(in crate::store) async fn numbers_in(tx: &mut Tx) -> Result<Vec<NumberSaid>, StoreError> {
    let mut found = Vec::new();
    for row in tx.rows(&sql::NUMBERS_SAID, &[]).await? {
        let data = serde_json::from_str(row.text(0)?);
        let data: EventData = data.map_err(|error| StoreError::Unknown {
            column: "event.data",
            found: error.to_string(),
        })?;
        found.extend(NumberSaid::of(&data, row.opt_string(1)?.as_deref()));
    }
    Ok(found)
}

/// Every file of them up to an event, in the order in which they came, with who brought it and why.
///
/// # Errors
/// What the database says.
pub async fn outside_files(
    db: &Db,
    upto: i64,
) -> Result<Vec<(OutsideFacts, Option<String>)>, StoreError> {
    db.read("read figures from outside", upto, |tx, upto| {
        Box::pin(async move {
            let mut found = Vec::new();
            for row in tx.rows(&sql::FACTS_IMPORTED, &[(*upto).into()]).await? {
                let data = serde_json::from_str(row.text(0)?);
                let data: EventData = data.map_err(|error| StoreError::Unknown {
                    column: "event.data",
                    found: error.to_string(),
                })?;
                if let EventData::FactsImported(file) = data {
                    found.push((*file, row.opt_string(1)?));
                }
            }
            Ok(found)
        })
    })
    .await
}
