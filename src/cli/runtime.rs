//! The threads and the memory of the daemon: few and little, for it mostly waits.

use std::{env, os::unix::process::CommandExt as _, process::Command};

use anyhow::Context as _;
use tokio::runtime::{Builder, Runtime};

/// Threads that run what does not wait.
const WORKERS: usize = 2;

/// Threads for what may block: waiting for readers of mail, deciding, asking the system for a server's address.
const BLOCKING_MAX: usize = 16;

/// The stack of each. Mails are read on threads of their own (`house::reader`).
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

/// glibc's setting for from which size on memory goes back to the system as soon as it is free.
const THRESHOLD: &str = "MALLOC_MMAP_THRESHOLD_";

/// The value glibc begins with. Set, it stays; left alone, it grows with every large mail, until what mails of a
/// megabyte once needed is kept for ever: 74 MB instead of 46 after sixty of them.
const THRESHOLD_BYTES: &str = "131072";

/// glibc's setting for how many heaps there are. Left alone it gives nearly every thread its own, and each keeps what its
/// thread once needed: 66 MB instead of 50 where a full mailbox is drained, and no faster.
const HEAPS: &str = "MALLOC_ARENA_MAX";

/// Enough for threads that mostly wait for each other.
const HEAPS_MAX: &str = "2";

/// Starts this program once more in its own place, with memory that is given back: the only way to say so that needs
/// no unsafe code. Whoever has set a value is left in peace; where it does not work the program just goes on.
#[expect(
    clippy::disallowed_methods,
    reason = "a setting of the C library, not of okno"
)]
pub(super) fn keep_memory_small() {
    if !cfg!(target_env = "gnu") || env::var_os(THRESHOLD).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else {
        return;
    };
    let mut arguments = env::args_os();
    let mut again = Command::new(program);
    again.env(THRESHOLD, THRESHOLD_BYTES);
    if env::var_os(HEAPS).is_none() {
        again.env(HEAPS, HEAPS_MAX);
    }
    again.arg0(arguments.next().unwrap_or_default());
    // It returns only where it failed.
    drop(again.args(arguments).exec());
}
