//! What an agent's own commands have done since their last list: told once, beside the tickets that stand in it anyway and
//! below them. It is no reason for a letter.

use std::collections::BTreeMap;

use super::line;
use crate::desk::{
    draft::{DecisionBuilder, Draft, TicketDraft},
    worklist::{self, DONE_MAX, ItemKind, LINES_MAX, ListItem, Section},
};
use crate::model::{
    duty::ListTime,
    ids::{AgentName, DecisionId, TicketNumber},
    outgoing::WorkLine,
    ticket::Ticket,
};

/// How many letters of what one mail has done are kept.
const KEPT_MAX: usize = 300;

/// How many letters of what was done with a ticket a list tells.
const TOLD_MAX: usize = 500;

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
    let number = ticket.snapshot().number;
    let decision = ticket.world.next.decision;
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = shortened(&words.join(" "), KEPT_MAX);
    note(ticket, (agent, number), format!("+{decision} {words}"));
}

/// What a decision has done with a ticket is taken back, and nothing to be told of as done; what others have done stays.
pub(in crate::desk::decide) fn forget(
    draft: &mut DecisionBuilder<'_>,
    (agent, ticket): (&AgentName, TicketNumber),
    decision: DecisionId,
) {
    note(draft, (agent, ticket), format!("-{decision}"));
}

/// One more line, the newest first: the store cuts off the oldest.
fn note(
    draft: &mut DecisionBuilder<'_>,
    (agent, ticket): (&AgentName, TicketNumber),
    line: String,
) {
    let number = ticket.0;
    let is_same = |(whose, item): &&mut (AgentName, ListItem)| {
        whose == agent && (item.number, item.kind) == (number, ItemKind::Done)
    };
    match draft.decision.list_items.iter_mut().find(is_same) {
        Some((_, known)) => known.words = format!("{line}\n{}", known.words),
        None => {
            let item = ListItem {
                number,
                kind: ItemKind::Done,
                words: line,
            };
            draft.decision.list_items.push((agent.clone(), item));
        }
    }
}

/// What stands of such lines, the oldest first; empty: all of it was taken back.
fn standing(lines: &str) -> String {
    let undone: Vec<&str> = lines
        .lines()
        .filter_map(|line| line.strip_prefix('-'))
        .collect();
    let done = lines.lines().rev();
    let done = done.filter_map(|line| line.strip_prefix('+')?.split_once(' '));
    let done = done.filter(|(decision, _)| !undone.contains(decision));
    let words: Vec<&str> = done.map(|(_, words)| words).collect();
    shortened(&words.join("; "), TOLD_MAX)
}

fn shortened(words: &str, most: usize) -> String {
    let mut shown: String = words.chars().take(most).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    shown
}

/// What was done, by ticket.
pub(super) fn since_last_list(
    draft: &Draft<'_>,
    agent: &AgentName,
) -> BTreeMap<TicketNumber, String> {
    let items = draft.world.list_items(agent).iter();
    let done = items.filter(|item| item.kind == ItemKind::Done);
    let done = done.map(|item| (TicketNumber(item.number), standing(&item.words)));
    done.filter(|(_, words)| !words.is_empty()).collect()
}

/// A list is written: of what was done it tells now, or none ever does.
pub(super) fn is_told(draft: &mut Draft<'_>, agent: &AgentName) {
    let items = draft.world.list_items(agent).iter();
    let done = items.filter(|item| item.kind == ItemKind::Done);
    let told = done.map(|item| (agent.clone(), item.number, ItemKind::Done));
    draft.decision.list_items_done.extend(told);
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
    queue.is_some_and(|queue| queue.agents.contains(agent) || draft.is_decider(agent, queue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_back_was_not_done() {
        for (lines, told) in [
            ("+7 взять", "взять"),
            ("+9 решено\n+7 взять", "взять; решено"),
            ("-9\n+9 решено\n+7 взять", "взять"),
            // Taken back, and done anew.
            ("+12 решено\n-9\n+9 решено", "решено"),
            ("-7\n+7 взять", ""),
            ("-7", ""),
            // Cut off by the store.
            ("+9 решено\n+", "решено"),
        ] {
            assert_eq!(standing(lines), told, "{lines}");
        }
        assert_eq!(shortened("много", 3), "мно…");
    }
}
