//! Units of work: everything that touches a connection runs in a task of its own, which nobody cancels.
//!
//! A future may be dropped at any await (a timeout, a `select!`, a stop). Dropped inside sqlx 0.9's `begin` on
//! PostgreSQL it leaves a poisoned connection in the pool (sqlx#4393), and dropped inside a commit nobody
//! knows what happened. So the caller's future only waits for the task; the task always ends.

use tokio_util::task::TaskTracker;

use super::{error::StoreError, tx::Tx};

/// The running units of one store.
#[derive(Debug, Default)]
pub(crate) struct Units(TaskTracker);

impl Units {
    /// Runs a unit to its end, even where the caller goes away.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        what: &'static str,
        unit: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        match self.0.spawn(unit).await {
            Ok(done) => done,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => Err(StoreError::Panicked {
                    what: what.to_owned(),
                    reason: words_of(panic.as_ref()),
                }),
                // The runtime itself is going down.
                Err(_) => Err(StoreError::Killed {
                    what: what.to_owned(),
                }),
            },
        }
    }

    /// Waits until no unit runs.
    pub(crate) async fn wait(&self) {
        self.0.close();
        self.0.wait().await;
    }
}

/// A panic's message, where it has one.
fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no words".to_owned())
}

/// Ends a transaction whose rows shall stay. A connection that is lost in a commit leaves its outcome open.
pub(super) async fn commit(what: &str, tx: Tx) -> Result<(), StoreError> {
    tx.end("COMMIT").await.map_err(|error| {
        let error = StoreError::from_driver(what, &error);
        if let StoreError::Gone { what, .. } = error {
            StoreError::OutcomeUnknown { what }
        } else {
            error
        }
    })
}

/// Ends a transaction that shall leave nothing; the unit's own result stands, unless it hid an error.
pub(super) async fn roll_back<T>(
    what: &str,
    tx: Tx,
    done: Result<T, StoreError>,
) -> Result<T, StoreError> {
    let hidden = tx.has_failed();
    let ended = tx.end("ROLLBACK").await;
    match done {
        Ok(_) if hidden => Err(StoreError::Hidden {
            what: what.to_owned(),
        }),
        // A connection that cannot even roll back is closed (see `Tx`); the first error says why.
        Err(error) => Err(error),
        Ok(value) => {
            ended.map_err(|error| StoreError::from_driver(what, &error))?;
            Ok(value)
        }
    }
}
