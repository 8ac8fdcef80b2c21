//! What stands again once something is taken back, as the lines of the letter that tells of it.

use crate::desk::{draft::TicketDraft, undo::Plan};
use crate::model::{
    clock::ClockKind, ids::TicketNumber, outgoing::UndoneLine, ticket::Ticket, undone::Restored,
};

/// What stands again in the ticket at hand, in others, and of what the agent said of themselves.
pub(super) fn lines(
    ticket: &TicketDraft<'_, '_>,
    plan: &Plan,
    themselves: &[&str],
) -> Vec<UndoneLine> {
    let number = ticket.snapshot().number;
    let mut lines = Vec::new();
    for (one, restored) in &plan.tickets {
        if *one == number {
            lines.extend(own_lines(ticket, restored));
        } else if plan.split_off.contains_key(one) {
            lines.push(line("joined", label_of(ticket, *one)));
        } else if !restored.is_nothing() {
            lines.push(line("other", label_of(ticket, *one)));
        }
    }
    let themselves = themselves.iter();
    lines.extend(themselves.map(|what| line("self", (*what).to_owned())));
    lines
}

pub(super) fn label_of(ticket: &TicketDraft<'_, '_>, number: TicketNumber) -> String {
    let other = ticket.world.ticket(number);
    other.map_or_else(|| number.to_string(), Ticket::label)
}

fn line(what: &str, value: String) -> UndoneLine {
    UndoneLine {
        what: what.to_owned(),
        value,
        due: None,
    }
}

pub(super) fn own_lines(ticket: &TicketDraft<'_, '_>, restored: &Restored) -> Vec<UndoneLine> {
    let known = ticket.snapshot();
    let assignee = known.assignee.as_ref();
    let assignee = assignee.map_or_else(String::new, |agent| ticket.agent_name(agent));
    let queue = ticket.queue().map(|queue| queue.title.clone());
    let due = known.clock(ClockKind::Resolution);
    let due = due.filter(|clock| clock.left_secs.is_none());
    let due = due.map(|clock| ticket.when(clock.promised_at()));
    // Its words are the ticket's.
    let kind = match known.classification.remarkable().is_empty() {
        true => "",
        false => "remarkable",
    };
    let article = known.article.as_ref().map_or("", |_| "waits");
    let has_people = restored.collaborators.is_some() || restored.observers.is_some();
    let stands = [
        (
            restored.state.is_some(),
            "state",
            known.state.code().to_owned(),
        ),
        (restored.assignee.is_some(), "owner", assignee),
        (restored.queue.is_some(), "queue", queue.unwrap_or_default()),
        (restored.classification.is_some(), "kind", kind.to_owned()),
        (restored.clocks.is_some(), "due", String::new()),
        (has_people, "people", String::new()),
        (restored.links.is_some(), "links", String::new()),
        (restored.repeats.is_some(), "repeats", String::new()),
        (restored.held.is_some(), "answer", String::new()),
        (restored.article.is_some(), "article", article.to_owned()),
        (restored.snoozed.is_some(), "lists", String::new()),
        (restored.followers.is_some(), "following", String::new()),
    ];
    let stands = stands.into_iter().filter(|(is, ..)| *is);
    let lines = stands.map(|(_, what, value)| line(what, value));
    lines
        .map(|line| UndoneLine {
            due: due.clone().filter(|_| line.what == "due"),
            ..line
        })
        .collect()
}
