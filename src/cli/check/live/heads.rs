//! What queues' heads have changed by mail, and what the file would say.

use super::Found;
use crate::{
    cli::{queue_change::queue_change, words::Words},
    config::Config,
    desk::heads,
    model::ids::AgentName,
    store::{Db, StoreError, queues},
};

/// A line for each change that stands.
pub(super) async fn changes(
    words: &Words,
    (config, db): (&Config, &Db),
) -> Result<Vec<Found>, StoreError> {
    let policy = &config.policy;
    let states = queues::states(db, policy.queues.keys().cloned().collect()).await?;
    let named = |agent: &AgentName| {
        let known = policy.agents.get(agent);
        known.map_or_else(|| agent.to_string(), |known| known.name.clone())
    };
    let lines = heads::standing(policy, &states).map(|(queue, changed)| {
        let what = queue_change(words, &changed.change, named);
        let since = words.time(changed.at);
        let said = words.pick(
            "руководитель изменил письмом",
            "its head has changed by mail",
        );
        let title = words.pick("Очередь", "Queue");
        Found {
            words: format!("{title} {queue}: {said} {since}: {what}"),
            is_well: true,
        }
    });
    Ok(lines.collect())
}
