//! Leases: which process decides and which polls a mailbox. Where there is only one process they cost nothing; where
//! there are several, another takes over when this one falls silent.

use std::{pin::Pin, time::Duration};

use super::{House, HouseError};
use crate::store::leases::{self as rows, Lease};

/// How long a lease holds without being renewed. Renewed at a third of it.
pub const HOLDS_FOR: Duration = Duration::from_secs(30);

/// The lease of the one decider.
pub const DECIDER: &str = "decider";

impl House {
    /// Takes or renews a lease; `None` where another process holds it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease(&self, name: &str) -> Result<Option<Lease>, HouseError> {
        Ok(rows::take_lease(&self.db, name, &self.run, HOLDS_FOR).await?)
    }

    /// Ends the lease of this run.
    ///
    /// # Errors
    /// What the database says.
    pub(super) async fn end_run(&self, own: Lease) -> Result<(), HouseError> {
        Ok(rows::forget(&self.db, own).await?)
    }

    /// Gives a lease back at the end.
    ///
    /// # Errors
    /// What the database says.
    pub async fn give_back(&self, lease: Lease) -> Result<(), HouseError> {
        Ok(rows::give_back(&self.db, lease).await?)
    }
}

/// How often a lease is renewed: three times before it runs out.
pub const RENEW_EVERY: Duration = Duration::from_secs(10);

impl House {
    /// Does some work and renews these leases beside it, however long it takes. A lease that is lost meanwhile is no
    /// longer renewed for us, and every write asks for it anyway.
    pub(super) async fn keep<F: Future>(&self, names: &[&str], mut work: Pin<Box<F>>) -> F::Output {
        loop {
            if let Ok(done) = tokio::time::timeout(RENEW_EVERY, work.as_mut()).await {
                return done;
            }
            for name in names {
                if let Err(error) = self.lease(name).await {
                    tracing::warn!(lease = name, %error, "a lease could not be renewed");
                }
            }
        }
    }
}

/// The lease of a run: while it holds, the claims of the run are alive.
#[must_use]
pub fn of_run(run: &str) -> String {
    format!("run:{run}")
}

/// The lease of a mailbox.
#[must_use]
pub fn of_mailbox(name: &str) -> String {
    format!("mailbox:{name}")
}
