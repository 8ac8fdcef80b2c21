//! Beside a running okno: an operator's command looks into the database, or leaves a note there, and goes again.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::runtime::{Builder, Runtime};

use super::{ConfigFile, Ended, words::Words};
use crate::{
    config::{Config, Purpose},
    house::rules,
    model::account::DatabaseSettings,
    store::{self, Db, StoreError},
};

/// An operator's command at work.
pub(super) struct Visit {
    /// The configuration as the file has it.
    pub(super) config: Arc<Config>,
    pub(super) db: Db,
    pub(super) words: Words,
}

/// Opens the database as configured, does `work`, closes it. Passwords of mail servers are not asked for.
pub(super) fn visit(
    file: &ConfigFile,
    work: impl AsyncFnOnce(&Visit) -> anyhow::Result<Ended>,
) -> anyhow::Result<Ended> {
    visit_with(file.load(Purpose::Look)?, work)
}

/// The same, of a configuration that is read already.
pub(super) fn visit_with(
    config: Config,
    work: impl AsyncFnOnce(&Visit) -> anyhow::Result<Ended>,
) -> anyhow::Result<Ended> {
    let config = Arc::new(config);
    runtime()?.block_on(async {
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

impl Visit {
    /// The configuration with the rules in force: with what heads of queues have changed by mail.
    pub(super) async fn in_force(&self) -> anyhow::Result<Arc<Config>> {
        in_force_of(&self.db, &self.config).await
    }
}

async fn in_force_of(db: &Db, file: &Arc<Config>) -> anyhow::Result<Arc<Config>> {
    let in_force = rules::in_force(db, file).await;
    let in_force = in_force.context("Cannot read what heads of queues have changed")?;
    Ok(in_force.config)
}

/// Where commands that connect do so. What is read from the database is understood beside whoever counts it.
pub(super) fn runtime() -> anyhow::Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(2);
    builder.enable_all().build().context("Cannot start threads")
}

/// The database, where there is one already that this program knows: the first start makes or mends the schema. Where only the
/// service is handed its password, it cannot be asked here.
pub(super) async fn found(config: &Config) -> Result<Option<Db>, StoreError> {
    if let DatabaseSettings::Sqlite { path } = &config.database
        && !path.exists()
    {
        return Ok(None);
    }
    if !config.database.is_password_known() {
        return Ok(None);
    }
    match Db::visit(&config.database, store::HOUSE).await {
        Ok(db) => Ok(Some(db)),
        Err(StoreError::Older { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The configuration with the rules in force, where there is a database yet; else as the file has it.
pub(super) fn in_force(config: Config) -> anyhow::Result<Arc<Config>> {
    let file = Arc::new(config);
    runtime()?.block_on(async {
        let Some(db) = found(&file).await.context("Cannot open the database")? else {
            return Ok(file);
        };
        let in_force = in_force_of(&db, &file).await;
        db.close().await;
        in_force
    })
}
