//! Opening the house: key, database, policy, templates, transports. Nothing is half opened: any problem ends the start.

use std::{collections::BTreeMap, fs, sync::Arc};

use anyhow::Context as _;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use rustls::ClientConfig;

use super::{
    HouseError, bells::Bells, keys, mailbox_health::MailboxHealth, page_cache::PageCache,
    reader::Reader, templates, texts::Shelf,
};
use crate::{
    clock::{self, Clock},
    config::Config,
    desk::{decision::Given, kb::Kb, policy::Mode, token::Key, worklist},
    mail::render::Letters,
    model::ids::{MailboxName, PolicyId},
    smtp::Transport,
    store::{self, Db, Faults},
    tls,
    web::Meters,
};

/// The opened house: everything the stages work with. A clone is the same house.
#[derive(Debug, Clone)]
pub struct House {
    /// The database.
    pub db: Db,
    /// The configuration: the decider's own, and that of whoever asks ([`House::by_rules_in_force`]), has the rules in
    /// force; else it is as the file has it.
    pub config: Arc<Config>,
    /// The configuration as the file has it, with the decider too.
    pub file: Arc<Config>,
    /// Its row.
    pub policy: PolicyId,
    /// The name of this database in `X-Okno-Loop`.
    pub instance: Arc<str>,
    /// The name of this process in claims and leases.
    pub run: Arc<str>,
    /// The time.
    pub clock: Clock,
    /// When it was opened: before, nobody could read mail. Long ago, where nobody goes on reading.
    pub opened_at: Timestamp,
    /// The words of letters.
    pub letters: Arc<Letters>,
    /// How mails are read.
    pub reader: Reader,
    /// What servers' certificates are checked against.
    pub tls: Arc<ClientConfig>,
    /// Where mail goes, by the mailbox it is sent from.
    pub transports: Arc<BTreeMap<MailboxName, Transport>>,
    /// The texts in force.
    pub shelf: Shelf,
    /// What the monitoring asks for.
    pub meters: Meters,
    pub(super) mailbox_health: MailboxHealth,
    pub(super) page_cache: PageCache,
    pub(super) key: Key,
    pub(super) bells: Bells,
}

impl House {
    /// Opens the house as configured.
    ///
    /// # Errors
    /// The first thing that is not in order, in words that name it.
    pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Self> {
        let tls = tls::client_config(&config.extra_ca).context("Cannot load certificates")?;
        let transports = config
            .relays
            .iter()
            .map(|(name, relay)| (name.clone(), Transport::open(relay, &tls)))
            .collect();
        Self::open_with(config, clock, (tls, transports), Faults::none()).await
    }

    /// Opens the house with transports and faults of a test's own.
    ///
    /// # Errors
    /// The first thing that is not in order.
    pub async fn open_with(
        config: Config,
        clock: Clock,
        (tls, transports): (Arc<ClientConfig>, BTreeMap<MailboxName, Transport>),
        faults: Faults,
    ) -> anyhow::Result<Self> {
        fs::create_dir_all(&config.data)
            .with_context(|| format!("Cannot make the data folder {}", config.data.display()))?;
        let overrides = templates::of_letters(config.templates.as_deref())?;
        let letters =
            Letters::new(&overrides, config.zones.clone()).context("Cannot use the templates")?;
        let db = Db::open(&config.database, store::HOUSE, faults)
            .await
            .context("Cannot open the database")?;
        store::history::check_kinds(&db)
            .await
            .context("Cannot use the database")?;
        let key = keys::open(&config.data, &db, clock.now()).await?;
        let instance = store::instance::name(&db, &chance_name()?).await?;
        let resolved =
            serde_json::to_string(&config.policy).context("Cannot write the policy down")?;
        let policy = store::instance::policy(&db, &resolved, clock.now()).await?;
        let mornings = worklist::mornings(&config.policy, clock.now());
        store::mornings::plan(&db, mornings).await?;
        store::modes::remember(&db, config.policy.mailboxes.clone(), clock.now()).await?;
        let config = Arc::new(config);
        let house = Self {
            db,
            file: Arc::clone(&config),
            config,
            policy,
            instance: instance.into(),
            run: chance_name()?.into(),
            opened_at: clock.now(),
            clock,
            letters: Arc::new(letters),
            reader: Reader::default(),
            tls,
            transports: Arc::new(transports),
            shelf: Shelf::default(),
            meters: Meters::default(),
            mailbox_health: MailboxHealth::default(),
            page_cache: PageCache::default(),
            key,
            bells: Bells::default(),
        };
        if !house.db.is_postgres() {
            // The lock file says that nobody else lives: whatever a lease says, its owner is dead.
            store::leases::expire_leases(&house.db).await?;
        }
        house.free_what_the_dead_held().await?;
        house.load_texts().await?;
        Ok(house)
    }

    /// What decisions at this instant are made under, with these texts at hand ([`Shelf::kb`]).
    #[must_use]
    pub fn given<'g>(&'g self, now: Timestamp, kb: &'g Kb) -> Given<'g> {
        Given {
            policy: &self.config.policy,
            file: &self.file.policy,
            key: &self.key,
            kb,
            now,
            instance: &self.instance,
        }
    }

    /// The mailboxes that only observe: what an earlier mode has left in the outbox waits too, except alarms.
    pub(super) fn quiet(&self) -> Vec<MailboxName> {
        let mailboxes = self.config.policy.mailboxes.iter();
        mailboxes
            .filter(|(_, mailbox)| mailbox.mode == Mode::Observe)
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// The key that signs Message-IDs and tags.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// A run that was killed has left claims behind. Nobody knows whether those mails were sent, so they are sent once
    /// more with the same bytes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn free_what_the_dead_held(&self) -> Result<(), HouseError> {
        let freed = store::outbox::reclaim(&self.db, &self.run, self.clock.now()).await?;
        if freed > 0 {
            tracing::warn!(
                deliveries = freed,
                "an earlier run was interrupted while sending; these are sent again with the same bytes"
            );
        }
        Ok(())
    }
}

/// A short name that nobody else has.
fn chance_name() -> anyhow::Result<String> {
    let mut bytes = [0; 8];
    clock::fill_random(&mut bytes).context("The system gives no random numbers")?;
    Ok(HEXLOWER.encode(&bytes))
}
