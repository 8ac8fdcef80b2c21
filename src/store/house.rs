//! What this database is, and under which policies it decided.

use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Db, Row, StoreError, sql};
use crate::model::ids::PolicyId;

/// A lease: the right to decide, or to poll one mailbox, until it runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// What for: `decider`, `mailbox:it`.
    pub name: String,
    /// Who holds it: one name a process.
    pub owner: String,
    /// Grows with every change of owner.
    pub fence: i64,
}

/// The name of this database in `X-Okno-Loop`, made at the first start from `candidate`.
///
/// # Errors
/// What the database says.
pub async fn instance(db: &Db, candidate: &str) -> Result<String, StoreError> {
    db.write(
        "name the instance",
        candidate.to_owned(),
        |tx, candidate| {
            Box::pin(async move {
                tx.exec(&sql::HOUSE_SET, &["instance".into(), candidate.into()])
                    .await?;
                tx.row(&sql::HOUSE_GET, &["instance".into()])
                    .await?
                    .string(0)
            })
        },
    )
    .await
}

/// The row of a policy, added where it was never in force.
///
/// # Errors
/// What the database says.
pub async fn policy(db: &Db, resolved: &str, now: Timestamp) -> Result<PolicyId, StoreError> {
    let sum = HEXLOWER.encode(&Sha256::digest(resolved.as_bytes()));
    let input = (sum, resolved.to_owned(), now.as_millisecond());
    db.write("note the policy", input, |tx, (sum, resolved, now)| {
        Box::pin(async move {
            tx.exec(
                &sql::POLICY_ADD,
                &[sum.into(), resolved.into(), (*now).into()],
            )
            .await?;
            tx.row(&sql::POLICY_FIND, &[sum.into()])
                .await?
                .int(0)
                .map(PolicyId)
        })
    })
    .await
}

/// Takes or renews a lease; `None` where another process holds it.
///
/// # Errors
/// What the database says.
pub async fn take_lease(
    db: &Db,
    name: &str,
    owner: &str,
    holds_for: Duration,
) -> Result<Option<Lease>, StoreError> {
    let millis = i64::try_from(holds_for.as_millis()).unwrap_or(i64::MAX);
    let input = (name.to_owned(), owner.to_owned(), millis);
    let fence = db
        .write("take a lease", input, |tx, (name, owner, millis)| {
            Box::pin(async move {
                let row = tx
                    .row_opt(
                        &sql::LEASE_TAKE,
                        &[name.into(), owner.into(), (*millis).into()],
                    )
                    .await?;
                row.as_ref().map(|row: &Row| row.int(0)).transpose()
            })
        })
        .await?;
    Ok(fence.map(|fence| Lease {
        name: name.to_owned(),
        owner: owner.to_owned(),
        fence,
    }))
}

/// Gives a lease back, so that another process need not wait for it to run out.
///
/// # Errors
/// What the database says.
pub async fn give_back(db: &Db, lease: Lease) -> Result<(), StoreError> {
    db.write("give a lease back", lease, |tx, lease| {
        Box::pin(async move {
            tx.exec(
                &sql::LEASE_GIVE_BACK,
                &[(&lease.name).into(), (&lease.owner).into()],
            )
            .await
            .map(drop)
        })
    })
    .await
}

/// Ends all leases: for a database that only one process can open, whose other owners are dead.
///
/// # Errors
/// What the database says.
pub async fn expire_leases(db: &Db) -> Result<(), StoreError> {
    db.write("end old leases", (), |tx, ()| {
        Box::pin(async move { tx.exec(&sql::LEASE_EXPIRE_ALL, &[]).await.map(drop) })
    })
    .await
}

/// Fails where the lease is no longer held under its fence. Every write that needs the lease asks this first, in its
/// own transaction: a process that was asleep for too long writes nothing.
pub(super) async fn fence(tx: &mut super::Tx, lease: &Lease) -> Result<(), StoreError> {
    let row = tx
        .row_opt(
            &sql::LEASE_HOLDS,
            &[(&lease.name).into(), (&lease.owner).into()],
        )
        .await?;
    match row {
        Some(row) if row.int(0)? == lease.fence => Ok(()),
        Some(_) | None => Err(StoreError::Fenced {
            lease: lease.name.clone(),
        }),
    }
}
