//! What waits in queues whose agents are sent nothing yet: whoever lets okno do everything should know of it before.

use std::collections::BTreeSet;

use super::Found;
use crate::{
    cli::words::Words,
    config::Config,
    desk::policy::Mode,
    model::language::Language,
    store::{Db, StoreError, lookup},
};

/// The queues whose mailboxes are not in mode `full` and that hold tickets nobody has solved.
pub(super) async fn of_queues(
    words: &Words,
    config: &Config,
    db: &Db,
) -> Result<Vec<Found>, StoreError> {
    let policy = &config.policy;
    let mailboxes = policy.mailboxes.values();
    let quiet = mailboxes.filter(|mailbox| mailbox.mode < Mode::Full);
    let queues: BTreeSet<_> = quiet.map(|mailbox| &mailbox.queue).collect();
    let mut found = Vec::new();
    for (name, queue) in queues
        .into_iter()
        .filter_map(|name| policy.queues.get_key_value(name))
    {
        let count = lookup::live_tickets(db, name).await?;
        let title = &queue.title;
        let words = match words.language {
            Language::Ru => format!(
                "Очередь «{title}»: нерешённых обращений {count}; карточек о них сотрудники не получали"
            ),
            Language::En => format!(
                "Queue \"{title}\": unsolved tickets {count}; agents were sent no cards of them"
            ),
        };
        if count > 0 {
            found.push(Found {
                words,
                is_well: true,
            });
        }
    }
    Ok(found)
}
