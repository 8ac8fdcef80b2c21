//! The rules in force: the file's, and what queues' heads have changed by mail. Nobody but the decider goes by them, and
//! nobody but the decider changes them; so it has them anew when it begins, and after every change.

use std::sync::{Arc, atomic::Ordering};

use super::{Decider, HouseError};
use crate::{
    config::Config,
    desk::{cause::Cause, heads, sla},
    store::{instance, queues, sweep},
};

impl Decider {
    /// Takes the rules in force, where they may be others than before. What runs is counted anew by other hours.
    pub(super) async fn take_rules(&mut self) -> Result<(), HouseError> {
        if !self.is_changed.load(Ordering::SeqCst) {
            return Ok(());
        }
        let (db, file) = (&self.house.db, &self.house.file.policy);
        let names = file.queues.keys().cloned().collect();
        let states = queues::states(db, names).await?;
        let now = self.house.clock.now();
        let (config, policy) = match heads::in_force(file, &states) {
            None => (Arc::clone(&self.house.file), self.of_file),
            Some(policy) => {
                let resolved = serde_json::to_string(&policy);
                let resolved = resolved.map_err(|error| HouseError::Stored(error.to_string()))?;
                let row = instance::policy(db, &resolved, now).await?;
                let config = Config {
                    policy,
                    ..Config::clone(&self.house.file)
                };
                (Arc::new(config), row)
            }
        };
        sweep::note_rules(db, &sla::rules_sum(&config.policy)).await?;
        (self.house.config, self.house.policy) = (config, policy);
        self.is_swept.store(false, Ordering::SeqCst);
        let over = heads::over(file, &states);
        self.is_changed.store(false, Ordering::SeqCst);
        if over.is_empty() {
            return Ok(());
        }
        tracing::info!(
            changes = over.len(),
            "the configuration says something else now of what heads of queues had changed; it counts"
        );
        let cause = Cause::FileChanged(over);
        let decided = self.decide_one("rules".to_owned(), cause).await?;
        self.apply(decided, Vec::new(), now).await
    }
}
