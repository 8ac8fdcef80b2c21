//! The processor's time that all threads of this program have spent, from the kernel.

use std::{fs, time::Duration};

use anyhow::Context as _;

/// `man 5 proc`, `schedstat`: nanoseconds on a processor come first. What ended threads have had is not in it.
pub(crate) fn spent_so_far() -> anyhow::Result<Duration> {
    let mut nanos = 0_u64;
    for thread in fs::read_dir("/proc/self/task").context("Cannot list the threads")? {
        let stat = fs::read_to_string(thread?.path().join("schedstat"))
            .context("Cannot read the time a thread has had")?;
        let first = stat.split_whitespace().next().context("it is empty")?;
        nanos = nanos.saturating_add(first.parse()?);
    }
    Ok(Duration::from_nanos(nanos))
}
