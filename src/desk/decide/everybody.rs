//! Mail to everybody: it asks nobody of ours, and may be something for us after all.

use crate::desk::{
    arrival::Arrival,
    draft::Draft,
    subject::bare,
    worklist::{ItemKind, ListItem},
};
use crate::model::inert::inert;

/// The agents find it in their next work list.
pub(super) fn list_for_agents(draft: &mut Draft<'_>, arrival: &Arrival) {
    let policy = draft.given.policy;
    let here = policy.mailboxes.get(&arrival.mailbox);
    let queue = here.and_then(|here| policy.queues.get(&here.queue));
    let Some((queue, (author, _))) = queue.zip(arrival.author()) else {
        return;
    };
    if queue.digest.is_none() {
        return;
    }
    let subject = arrival.reading.message.subject.as_deref();
    let about = bare(subject.unwrap_or_default(), draft.given.key);
    for agent in &queue.agents {
        let item = ListItem {
            number: arrival.raw.0,
            kind: ItemKind::Everybody,
            words: format!("{}\n{}", inert(author.as_str()), inert(about.as_str())),
        };
        draft.decision.list_items.push((agent.clone(), item));
    }
}
