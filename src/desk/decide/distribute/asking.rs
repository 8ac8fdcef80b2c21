//! The queue's head is asked who gets a ticket, by a card with a button for each agent; where they say nothing in time the
//! queue's fallback stands in.

use super::{super::cards::deal_again, by_itself, room::is_shown_to_nobody, unasked};
use crate::desk::{
    command::Verb,
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, TicketDraft, Voice},
    policy::{QueuePolicy, assign_within},
    reason::Reason,
    timer::{owner_at, owner_question},
    worklist::{ItemKind, ListItem},
    world::World,
};
use crate::model::{
    distribution::{Method, OwnerQuestion},
    event::EventData,
    ids::{PersonId, TicketNumber},
    outgoing::{AgentLoad, Whom},
};

/// Asks the head, whose card follows; `false` where nobody can be asked.
pub(super) fn ask(ticket: &mut TicketDraft<'_, '_>, queue: &QueuePolicy) -> bool {
    let now = ticket.given.now;
    let Some((remind_at, until)) = assign_within(&queue.distribution, &queue.calendar, now) else {
        return false;
    };
    if head(ticket, queue).is_none() {
        return false;
    }
    let item = ListItem {
        number: ticket.snapshot().number.0,
        kind: ItemKind::Owner,
        words: String::new(),
    };
    ticket.list_for_head(item);
    let question = OwnerQuestion {
        asked_at: Some(now),
        remind_at,
        until,
        is_reminded: false,
    };
    ticket.happened(EventData::OwnerAsked(question), Reason::HeadDecides);
    true
}

/// The head, or who stands in for them, where they are here.
fn head(ticket: &mut TicketDraft<'_, '_>, queue: &QueuePolicy) -> Option<PersonId> {
    let head = ticket.deciding(queue)?;
    let is_here = ticket.absence_of(&head).is_none();
    is_here.then(|| ticket.agent_person(&head)).flatten()
}

impl<'a> TicketDraft<'_, 'a> {
    /// What the head is asked, where the queue is one whose head says who: it may not be any more.
    fn open_question(&self) -> Option<(&'a QueuePolicy, OwnerQuestion)> {
        let asked = owner_question(self.snapshot(), self.given.policy)?;
        let queue = self.queue()?;
        let is_theirs = queue.distribution.method == Method::Manual;
        is_theirs.then_some((queue, asked))
    }

    /// Who is asked now who gets the ticket at hand.
    pub(in crate::desk::decide) fn asked_head(&mut self) -> Option<PersonId> {
        let (queue, _) = self.open_question()?;
        head(self, queue)
    }

    /// Whom they may give it to.
    pub(in crate::desk::decide) fn whom(&self) -> Option<Box<Whom>> {
        let (queue, asked) = self.open_question()?;
        let word = Verb::Assign.word(self.staff_language());
        let out = &queue.distribution.out;
        let agents = queue.agents.iter().filter(|name| !out.contains(*name));
        let agents = agents.map(|name| AgentLoad {
            name: self.agent_name(name),
            active: self.load(name, None),
            is_away: self.absence_of(name).is_some(),
            word: format!("#{word} {name}"),
        });
        Some(Box::new(Whom {
            agents: agents.collect(),
            until: self.when(asked.until),
            fallback: queue.distribution.fallback.code().to_owned(),
            is_reminder: asked.is_reminded,
        }))
    }
}

/// The head has not said who in the time they had, or soon will not have.
pub(in crate::desk::decide) fn owner_due(
    number: TicketNumber,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let due = world.ticket(number);
    let due = due.and_then(|ticket| owner_at(ticket, given.policy));
    if due.is_none_or(|due| due > given.now) {
        return Decision::new(Reason::NothingToDo);
    }
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::HeadSilent);
    if let Some(mut ticket) = draft.ticket(number) {
        let asked = owner_question(ticket.snapshot(), given.policy);
        let is_over = asked.is_some_and(|asked| asked.until <= given.now);
        match ticket.queue().filter(|_| is_over) {
            Some(queue) => fall_back(&mut ticket, queue),
            None => remind(&mut ticket),
        }
    }
    finish(draft, None)
}

fn remind(ticket: &mut TicketDraft<'_, '_>) {
    ticket.happened(EventData::OwnerReminded, Reason::HeadSilent);
    if let Some(head) = ticket.asked_head() {
        let key = format!("owner_soon:{}", ticket.given.now.as_millisecond());
        deal_again(ticket, vec![head], key);
    }
}

fn fall_back(ticket: &mut TicketDraft<'_, '_>, queue: &QueuePolicy) {
    ticket.happened(EventData::OwnerQuestionOver, Reason::HeadSilent);
    by_itself(ticket, queue, unasked(queue));
    if is_shown_to_nobody(ticket) {
        return;
    }
    // Nobody's: then everybody may take it.
    let to = ticket.agents_to_tell();
    let key = format!("owner_over:{}", ticket.given.now.as_millisecond());
    deal_again(ticket, to, key);
}
