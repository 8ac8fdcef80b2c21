//! Units of work: everything that touches a connection runs in a task of its own, which nobody cancels.
//!
//! A future may be dropped at any await (a timeout, a `select!`, a stop). Dropped inside sqlx 0.9's `begin` on
//! PostgreSQL it leaves a poisoned connection in the pool (sqlx#4393), and dropped inside a commit nobody
//! knows what happened. So the caller's future only waits for the task; the task always ends.

use tokio_util::task::TaskTracker;

use super::error::StoreError;

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
