//! The processor's time that this thread has spent, from the kernel: what others do on the machine is not in it.

use std::{fs, time::Duration};

use anyhow::Context as _;

/// How long the processor worked for `work` in this thread.
pub(crate) fn spent(work: impl FnOnce()) -> anyhow::Result<Duration> {
    let before = so_far()?;
    work();
    Ok(so_far()?.saturating_sub(before))
}

/// `man 5 proc`, `schedstat`: nanoseconds on a processor, nanoseconds waiting for one, how often.
fn so_far() -> anyhow::Result<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat")
        .context("Cannot read the time this thread has had")?;
    let first = stat.split_whitespace().next().context("it is empty")?;
    Ok(Duration::from_nanos(first.parse()?))
}
