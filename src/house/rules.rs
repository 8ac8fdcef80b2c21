//! The rules in force: the file's, and what queues' heads have changed by mail. Here is the one way to them, for everybody
//! who goes by rules: the decider, who alone changes them, has them anew after every change; whoever looks asks each time.

use std::sync::Arc;

use super::House;
use crate::{
    config::Config,
    desk::heads::{self, States},
    store::{Db, StoreError, queues},
};

/// What is in force.
#[derive(Debug)]
pub struct InForce {
    /// The configuration with these rules; the file's own where nothing stands beside it.
    pub config: Arc<Config>,
    /// Something stands beside the file.
    pub is_changed: bool,
    /// How the queues stand by which it is so.
    pub states: States,
}

/// The rules in force, of this file and this database.
///
/// # Errors
/// What the database says.
pub async fn in_force(db: &Db, file: &Arc<Config>) -> Result<InForce, StoreError> {
    let names = file.policy.queues.keys().cloned().collect();
    let states = queues::states(db, names).await?;
    let changed = heads::in_force(&file.policy, &states);
    let is_changed = changed.is_some();
    let config = match changed {
        None => Arc::clone(file),
        Some(policy) => Arc::new(Config {
            policy,
            ..Config::clone(file)
        }),
    };
    Ok(InForce {
        config,
        is_changed,
        states,
    })
}

impl House {
    /// The same house, by the rules in force now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_rules_in_force(&self) -> Result<Self, StoreError> {
        let config = in_force(&self.db, &self.file).await?.config;
        Ok(Self {
            config,
            ..self.clone()
        })
    }
}
