//! What an agent's own commands have done since their last list: told once, beside the tickets that stand in it anyway and
//! below them. It is no reason for a letter.

use std::collections::BTreeMap;

use super::line;
use crate::desk::{
    draft::{Draft, TicketDraft},
    worklist::{self, DONE_MAX, ItemKind, LINES_MAX, ListItem, Section},
};
use crate::model::{
    duty::ListTime,
    ids::{AgentName, TicketNumber},
    outgoing::WorkLine,
    ticket::Ticket,
};

/// Keeps in mind for the author's next list what they have done; where they get none nobody would ever read it.
pub(in crate::desk::decide) fn keep(
    ticket: &mut TicketDraft<'_, '_>,
    agent: &AgentName,
    words: &str,
) {
    let policy = ticket.given.policy;
    let has_lists = worklist::queues_of(agent, policy).next().is_some()
        && ticket.preferences_of(agent).list != ListTime::Never;
    if words.is_empty() || !has_lists {
        return;
    }
    let number = ticket.snapshot().number.0;
    let is_same = |(whose, item): &&mut (AgentName, ListItem)| {
        whose == agent && (item.number, item.kind) == (number, ItemKind::Done)
    };
    match ticket.decision.list_items.iter_mut().find(is_same) {
        Some((_, known)) => {
            known.words.push_str("; ");
            known.words.push_str(words);
        }
        None => {
            let item = ListItem {
                number,
                kind: ItemKind::Done,
                words: words.to_owned(),
            };
            ticket.decision.list_items.push((agent.clone(), item));
        }
    }
}

/// What was done, by ticket; it is told now or never.
pub(super) fn since_last_list(
    draft: &mut Draft<'_>,
    agent: &AgentName,
) -> BTreeMap<TicketNumber, String> {
    let items = draft.world.list_items(agent).iter();
    let done = items.filter(|item| item.kind == ItemKind::Done);
    let done: BTreeMap<TicketNumber, String> = done
        .map(|item| (TicketNumber(item.number), item.words.clone()))
        .collect();
    let told = done
        .keys()
        .map(|number| (agent.clone(), number.0, ItemKind::Done));
    draft.decision.list_items_done.extend(told);
    done
}

/// Adds lines for what stands in the list nowhere else, as far as the agent still serves its queue; their tickets.
pub(super) fn tell(
    draft: &mut Draft<'_>,
    agent: &AgentName,
    (lines, done): (&mut Vec<WorkLine>, BTreeMap<TicketNumber, String>),
) -> Vec<TicketNumber> {
    let mut told = Vec::new();
    for (number, words) in done {
        if told.len() >= DONE_MAX || lines.len() >= LINES_MAX {
            break;
        }
        let known = draft.world.ticket(number);
        let serves = known.is_some_and(|known| serves(draft, agent, known));
        let plain = line(draft, lines, (Section::Done, number));
        if let Some(plain) = plain.filter(|_| serves) {
            lines.push(WorkLine {
                done: words,
                ..plain
            });
            told.push(number);
        }
    }
    told
}

/// Whether the agent serves the queue of a ticket, or decides for it.
pub(super) fn serves(draft: &Draft<'_>, agent: &AgentName, ticket: &Ticket) -> bool {
    let queue = draft.given.policy.queue_of(ticket);
    queue.is_some_and(|queue| queue.agents.contains(agent) || queue.head.as_ref() == Some(agent))
}
