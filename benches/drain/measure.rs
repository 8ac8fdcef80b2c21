//! One run of a program, measured from outside: its time, its processor time, its memory.

use std::{fs, process::Child, thread, time::Duration};

use anyhow::Context as _;
use okno::clock::Stopwatch;

/// How often the process is looked at. The kernel keeps the peak, so only the very last moments can be missed.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Ticks of processor time in a second, as `/proc` counts them on every Linux there is.
const TICKS: f64 = 100.0;

/// What one run took.
#[derive(Debug)]
pub(crate) struct Taken {
    /// From start to end.
    pub(crate) wall: Duration,
    /// Processor time in the program.
    pub(crate) user_secs: f64,
    /// Processor time in the system for it.
    pub(crate) system_secs: f64,
    /// Peak resident memory, in kB of 1024 bytes.
    pub(crate) peak_kb: u64,
}

/// Waits until the process has ended. How it took, and whether it ended well.
pub(crate) fn watch(mut child: Child) -> anyhow::Result<(Taken, bool)> {
    let time = Stopwatch::start();
    let folder = format!("/proc/{}", child.id());
    let mut peak_kb = 0;
    loop {
        let stat = fs::read_to_string(format!("{folder}/stat"))
            .with_context(|| format!("Cannot read {folder}/stat"))?;
        let stat = Stat::read(&stat).with_context(|| format!("Cannot understand {folder}/stat"))?;
        // A process that has ended keeps its processor time until it is waited for, but no memory.
        if stat.has_ended {
            let wall = time.elapsed();
            let is_good = child.wait()?.success();
            let taken = Taken {
                wall,
                user_secs: stat.user_ticks / TICKS,
                system_secs: stat.system_ticks / TICKS,
                peak_kb,
            };
            return Ok((taken, is_good));
        }
        let status = fs::read_to_string(format!("{folder}/status")).unwrap_or_default();
        peak_kb = peak(&status).unwrap_or(peak_kb).max(peak_kb);
        thread::sleep(LOOK_EVERY);
    }
}

/// What `/proc/<pid>/stat` says: `man 5 proc_pid_stat`.
struct Stat {
    has_ended: bool,
    user_ticks: f64,
    system_ticks: f64,
}

impl Stat {
    fn read(line: &str) -> Option<Self> {
        // The name of the program stands in brackets and may hold anything.
        let (_, rest) = line.rsplit_once(") ")?;
        let mut fields = rest.split(' ');
        let has_ended = matches!(fields.next()?, "Z" | "X");
        Some(Self {
            has_ended,
            user_ticks: fields.nth(10)?.parse().ok()?,
            system_ticks: fields.next()?.parse().ok()?,
        })
    }
}

fn peak(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
