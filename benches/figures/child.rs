//! The counting, in a process of its own.

use std::{fs, path::Path, process::Command};

use anyhow::{Context as _, ensure};
use jiff::tz::TimeZone;
use okno::{
    clock::Stopwatch,
    desk::kpi::{Count, Period},
    house::periods,
    model::account::DatabaseSettings,
    store::{self, Db},
};

/// How the bench calls itself to count one month.
pub(crate) const CHILD: &str = "count";

/// The zone of the payroll.
const ZONE: &str = "Europe/Moscow";

/// What counting a month took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    pub(crate) tickets: i64,
    pub(crate) seconds: f64,
    pub(crate) megabytes: f64,
}

/// Counts a month so often; the median of the times, and the most memory.
pub(crate) fn measured(file: &Path, month: &str, times: usize) -> anyhow::Result<Counted> {
    let mut all = Vec::new();
    for _ in 0..times {
        let told = Command::new(std::env::current_exe()?)
            .arg(CHILD)
            .arg(file)
            .arg(month)
            .output()?;
        let said = String::from_utf8_lossy(&told.stderr);
        ensure!(told.status.success(), "{month} was not counted: {said}");
        let words = String::from_utf8(told.stdout)?;
        let mut words = words.split_whitespace();
        let mut next = || words.next().context("a figure is missing");
        all.push(Counted {
            tickets: next()?.parse()?,
            seconds: next()?.parse()?,
            megabytes: next()?.parse()?,
        });
    }
    let most = all.iter().map(|one| one.megabytes).fold(0.0, f64::max);
    all.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    let median = all.get(all.len() / 2).context("nothing was measured")?;
    Ok(Counted {
        megabytes: most,
        ..*median
    })
}

/// The child: counts a month as it would be closed, and prints how many tickets, seconds and megabytes.
pub(crate) async fn count(file: &Path, month: &str) -> anyhow::Result<()> {
    let zone = TimeZone::get(ZONE)?;
    let period = Period::named(month, &zone).context("a month is expected")?;
    let settings = DatabaseSettings::Sqlite {
        path: file.to_owned(),
    };
    let time = Stopwatch::start();
    let db = Db::visit(&settings, store::HOUSE).await?;
    let draft = periods::draft(&db, &period, &zone).await?;
    let file = draft.file();
    let seconds = time.elapsed().as_secs_f64();
    let most = peak()?;
    db.close().await;
    let sheet = &draft.sheet;
    let tally = sheet.together(sheet.queues());
    let (received, solved) = (tally.count(Count::Received), tally.count(Count::Solved));
    ensure!(
        received > 0 && received == solved,
        "{received} received, {solved} solved"
    );
    ensure!(sheet.unbalanced().is_empty(), "the sums do not close");
    let agents = sheet.tallies.keys().filter(|whose| whose.agent.is_some());
    let (queues, agents) = (sheet.queues().count(), agents.count());
    ensure!(
        queues > 2 && agents > 4 && tally.solved.len() > 2 && tally.count(Count::Reopened) > 0,
        "{queues} queues, {agents} agents, {} classes: the base is too plain",
        tally.solved.len()
    );
    ensure!(file.lines().count() > 10, "the file is empty");
    println!("{received} {seconds} {most}");
    Ok(())
}

/// The most memory this process has had, in MB (`man 5 proc`).
fn peak() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .context("no VmHWM")?;
    let kilobytes = line.trim().strip_suffix(" kB").context("no kB")?;
    let kilobytes: f64 = kilobytes.trim().parse()?;
    Ok(kilobytes * 1_024.0 / 1_000_000.0)
}
