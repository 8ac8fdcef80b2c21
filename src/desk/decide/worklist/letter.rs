//! The letter that a work list is.

use super::super::due::digest_mail;
use crate::desk::{
    buttons,
    draft::{DecisionBuilder, Draft},
};
use crate::model::{
    ids::{AgentName, PersonId, QueueName, TicketNumber},
    language::Language,
    outgoing::{Body, OfferedMail, OutgoingMail, Overruled, Sender, WorkLine, WorkList},
};

/// What stands in a list.
pub(super) struct Content {
    pub(super) lines: Vec<WorkLine>,
    /// The tickets of the lines.
    pub(super) numbers: Vec<TicketNumber>,
    pub(super) mails: Vec<OfferedMail>,
    pub(super) overruled: Vec<Overruled>,
    /// How many tickets are left out.
    pub(super) more: u64,
}

pub(super) fn send(
    draft: &mut Draft<'_>,
    (agent, person): (&AgentName, PersonId),
    queue: &QueueName,
    mut content: Content,
) {
    let Some(from) = sender(draft, queue) else {
        return;
    };
    for (line, number) in content.lines.iter_mut().zip(&content.numbers) {
        if let Some(ticket) = draft.ticket(*number) {
            line.buttons = buttons::of_line(&ticket, line, person);
        }
    }
    let body = Body::WorkList(WorkList {
        instead_of: draft.decides_instead_of(agent),
        queue: from.2.name.clone(),
        lines: content.lines,
        address: from.2.address.clone(),
        mails: content.mails,
        overruled: content.overruled,
        more: content.more,
    });
    let minutes = draft.given.now.as_second().div_euclid(60);
    let key = format!("list:{agent}:{minutes}");
    let domain = from.2.address.domain().to_owned();
    let Some(mail) = digest_mail(draft, (person, key), from, body) else {
        return;
    };
    // The id is this agent's token.
    let message_id = draft.given.key.work_list_id(minutes, agent, &domain);
    draft.queue_mail(OutgoingMail { message_id, ..mail });
    let list = (agent.clone(), minutes, content.numbers);
    draft.decision.work_lists.push(list);
}

/// Who writes for a queue.
pub(in crate::desk::decide) fn sender(
    draft: &DecisionBuilder<'_>,
    name: &QueueName,
) -> Option<(QueueName, Language, Sender)> {
    let policy = draft.given.policy;
    let queue = policy.queues.get(name)?;
    let own = policy.mailboxes.get(&queue.mailbox)?;
    let sender = Sender {
        mailbox: queue.mailbox.clone(),
        name: queue.title.clone(),
        address: own.address.clone(),
    };
    Some((name.clone(), queue.language, sender))
}
