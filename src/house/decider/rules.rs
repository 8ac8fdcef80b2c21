//! The decider's rules: those in force. Nobody but the decider changes them; so it has them anew when it begins, and after
//! every change.

use std::sync::atomic::Ordering;

use super::{
    super::rules::{InForce, in_force},
    Decider, HouseError,
};
use crate::{
    desk::{cause::Cause, heads, sla},
    store::{instance, sweep},
};

impl Decider {
    /// Takes the rules in force, where they may be others than before. What runs is counted anew by other hours.
    pub(super) async fn take_rules(&mut self) -> Result<(), HouseError> {
        if !self.is_changed.load(Ordering::SeqCst) {
            return Ok(());
        }
        let (db, file) = (&self.house.db, &self.house.file);
        let InForce {
            config,
            is_changed,
            states,
        } = in_force(db, file).await?;
        let now = self.house.clock.now();
        let policy = match is_changed {
            false => self.of_file,
            true => {
                let resolved = serde_json::to_string(&config.policy);
                let resolved = resolved.map_err(|error| HouseError::Stored(error.to_string()))?;
                instance::policy(db, &resolved, now).await?
            }
        };
        let over = heads::over(&file.policy, &states);
        sweep::note_rules(db, sla::rules_sums(&config.policy)).await?;
        (self.house.config, self.house.policy) = (config, policy);
        self.is_swept.store(false, Ordering::SeqCst);
        if !over.is_empty() {
            tracing::info!(
                changes = over.len(),
                "the configuration says something else now of what heads of queues had changed; it counts"
            );
            let cause = Cause::FileChanged(over);
            let decided = self.decide_one("rules".to_owned(), cause).await?;
            self.apply(decided, Vec::new(), now).await?;
        }
        // Only now: what could not be written down is looked at again.
        self.is_changed.store(false, Ordering::SeqCst);
        Ok(())
    }
}
