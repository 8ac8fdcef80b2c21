//! Beside a running okno: an operator's command looks into the database, or leaves a note there, and goes again.

use anyhow::Context as _;
use tokio::runtime::Builder;

use super::{ConfigFile, Ended, words::Words};
use crate::{
    config::Config,
    store::{self, Db},
};

/// An operator's command at work.
pub(super) struct Visit {
    pub(super) config: Config,
    pub(super) db: Db,
    pub(super) words: Words,
}

/// Opens the database as configured, does `work`, closes it.
pub(super) fn visit(
    file: &ConfigFile,
    work: impl AsyncFnOnce(&Visit) -> anyhow::Result<Ended>,
) -> anyhow::Result<Ended> {
    let config = file.load()?;
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .context("Cannot start threads")?;
    runtime.block_on(async {
        let db = Db::visit(&config.database, store::HOUSE)
            .await
            .context("Cannot open the database")?;
        let words = Words::of(&config);
        let visit = Visit { config, db, words };
        let done = work(&visit).await;
        visit.db.close().await;
        done
    })
}
