//! `okno run`: the daemon, from its start to its graceful end.

use anyhow::{Context as _, bail};
use sd_notify::NotifyState;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::{ConfigFile, Ended, logs, runtime};
use crate::{
    clock::Clock,
    config::{Config, Purpose},
    house::{House, run::notify},
};

/// What `okno run` is told.
#[derive(Debug, clap::Args)]
pub struct RunArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// What to log: a level (error, warn, info, debug), or `target=level,...`
    #[arg(long, value_name = "FILTER", default_value = "info")]
    log: String,
}

/// Serves until SIGTERM or SIGINT; a second signal ends it at once.
///
/// # Errors
/// Why it cannot start; or that it was ended before its work was.
pub fn run(args: &RunArgs) -> anyhow::Result<Ended> {
    runtime::keep_memory_small();
    logs::start(&args.log)?;
    let config = args.file.load(Purpose::Serve)?;
    let runtime = runtime::start()?;
    let ended = runtime.block_on(serve(config));
    // Whatever still runs after the time given to it is safe to leave: the database knows what was begun.
    runtime.shutdown_background();
    ended.map(|()| Ended::Done)
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let mut asked = Asked::new()?;
    let stop = CancellationToken::new();
    let told = async {
        asked.next().await;
        tracing::info!("stopping: what is under way is finished first");
        notify(&[
            NotifyState::Stopping,
            NotifyState::Status("finishing what is under way"),
        ]);
        stop.cancel();
        asked.next().await;
    };
    let work = async {
        let opened = stop
            .run_until_cancelled(Box::pin(House::open(config, Clock::System)))
            .await;
        let Some(house) = opened.transpose()? else {
            return Ok(());
        };
        let mailboxes = house.config.mailboxes.len();
        let page = house.open_page().await?;
        if let Some(page) = &page {
            let address = page.address().context("Cannot serve the page")?;
            tracing::info!(%address, "the page is served");
        }
        house.run(page, stop.clone(), || ready(mailboxes)).await;
        tracing::info!("stopped");
        Ok(())
    };
    tokio::select! {
        done = work => done,
        () = told => bail!("Told twice to stop: ended at once. What was under way goes on at the next start"),
    }
}

fn ready(mailboxes: usize) {
    tracing::info!(
        mailboxes,
        version = env!("CARGO_PKG_VERSION"),
        "okno has started"
    );
    let status = format!("serving; mailboxes: {mailboxes}");
    notify(&[NotifyState::Ready, NotifyState::Status(&status)]);
}

/// The two ways to be asked to stop.
struct Asked {
    term: Signal,
    interrupt: Signal,
}

impl Asked {
    fn new() -> anyhow::Result<Self> {
        let listen = |kind| signal(kind).context("Cannot listen for signals");
        Ok(Self {
            term: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
