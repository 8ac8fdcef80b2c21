//! Leases: who may decide and who may poll a mailbox, with the fence that keeps out whoever was asleep.

use std::time::Duration;

use jiff::Timestamp;

use super::{Db, Row, StoreError, sql};

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

/// Whether somebody holds a lease at that instant.
///
/// # Errors
/// What the database says.
pub async fn is_held(db: &Db, name: &str, now: Timestamp) -> Result<bool, StoreError> {
    db.read("look at a lease", name.to_owned(), move |tx, name| {
        Box::pin(async move {
            let row = tx.row_opt(&sql::STATUS_LEASE, &[name.into()]).await?;
            let until = row.map(|row| row.int(1)).transpose()?;
            Ok(until.is_some_and(|until| until > now.as_millisecond()))
        })
    })
    .await
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

/// Ends the lease of a run, whose name no other run will ever have.
///
/// # Errors
/// What the database says.
pub async fn forget(db: &Db, lease: Lease) -> Result<(), StoreError> {
    db.write("end the lease of a run", lease, |tx, lease| {
        Box::pin(async move {
            let values = [(&lease.name).into(), (&lease.owner).into()];
            tx.exec(&sql::LEASE_FORGET, &values).await.map(drop)
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
