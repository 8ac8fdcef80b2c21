//! Bells: one stage rings when there is something for the next. A bell is a hint; every loop also looks by itself.

use std::sync::Arc;

use tokio::sync::Notify;

/// The bells of the house. A clone rings the same bells.
#[derive(Debug, Clone, Default)]
pub(super) struct Bells {
    /// There is work for the decider.
    pub(super) work: Arc<Notify>,
    /// There is mail to be sent.
    pub(super) outbox: Arc<Notify>,
}
