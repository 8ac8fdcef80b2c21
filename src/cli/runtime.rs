//! The threads of the daemon: few, for it mostly waits.

use anyhow::Context as _;
use tokio::runtime::{Builder, Runtime};

/// Threads that run what does not wait.
const WORKERS: usize = 2;

/// Threads for what may block: reading mails, deciding, asking the system for a server's address.
const BLOCKING_MAX: usize = 16;

/// The stack of each, for mails that are nested deeply.
const STACK_BYTES: usize = 4 << 20;

/// Starts the threads.
pub(super) fn start() -> anyhow::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(BLOCKING_MAX)
        .thread_stack_size(STACK_BYTES)
        .thread_name("okno")
        .enable_all()
        .build()
        .context("Cannot start threads")
}
