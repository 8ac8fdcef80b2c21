//! A ticket that is nobody's is given to somebody of its queue, by the queue's method.

mod asking;
mod room;

pub(super) use asking::owner_due;
pub(super) use room::{give_out, is_shown_to_nobody};

use crate::desk::{
    distribution::{Candidate, Choice, Limit, Way, choose},
    draft::{DecisionBuilder, TicketDraft},
    policy::{Mode, QueuePolicy},
    reason::Reason,
};
use crate::model::{
    distribution::{Chosen, Method},
    event::EventData,
    ids::{AgentName, QueueName},
    outgoing::Given,
    person::Person,
};

/// Gives the ticket at hand to somebody, where it is to be given.
pub(super) fn distribute(ticket: &mut TicketDraft<'_, '_>) {
    if let Some(queue) = ticket.queue().filter(|_| is_to_be_given(ticket)) {
        by_method(ticket, queue, queue.distribution.method);
    }
}

/// Nobody's, and work. Where agents are sent no cards nobody would know of it, and whose an unsure request is only whoever
/// brought it can say.
fn is_to_be_given(ticket: &TicketDraft<'_, '_>) -> bool {
    let known = ticket.snapshot();
    let mailboxes = &ticket.given.policy.mailboxes;
    let own = ticket
        .own_mailbox()
        .and_then(|(name, _)| mailboxes.get(name));
    known.assignee.is_none()
        && known.state.is_live()
        && known.origin.is_none()
        && known.excluded.is_none()
        && own.is_some_and(|own| own.mode == Mode::Full)
}

fn by_method(ticket: &mut TicketDraft<'_, '_>, queue: &QueuePolicy, method: Method) {
    let fallback = queue.distribution.fallback;
    match method {
        Method::Own => {}
        Method::Manual => {
            if !asking::ask(ticket, queue) {
                by_itself(ticket, queue, fallback);
            }
        }
        Method::Curator => match curator(ticket, queue) {
            Some(agent) => give(ticket, agent, Chosen::Curator),
            None => by_itself(ticket, queue, fallback),
        },
        Method::Turn | Method::Least => by_itself(ticket, queue, method),
    }
}

/// In one of the ways that need nobody's word. Where all are full it waits for room.
fn by_itself(ticket: &mut TicketDraft<'_, '_>, queue: &QueuePolicy, method: Method) {
    let Some(way) = Way::of(method) else {
        return;
    };
    match chosen(ticket, queue, way) {
        Choice::Agent(agent, chosen) => give(ticket, agent, chosen),
        Choice::Full => room::wait(ticket),
        Choice::Nobody => room::wait_for_somebody(ticket, queue),
    }
}

/// How a queue's tickets are given that nobody is asked about: those of somebody who has left, and those that waited.
const fn unasked(queue: &QueuePolicy) -> Method {
    match queue.distribution.method {
        method @ (Method::Turn | Method::Least | Method::Own) => method,
        Method::Manual | Method::Curator => queue.distribution.fallback,
    }
}

/// Whoever had the ticket at hand cannot go on with it: somebody else gets it, unless the queue gives nothing to anybody.
/// The head is not asked again.
pub(super) fn pass_on(ticket: &mut TicketDraft<'_, '_>) {
    if let Some(queue) = ticket.queue().filter(|_| is_to_be_given(ticket)) {
        match queue.distribution.method {
            Method::Curator => by_method(ticket, queue, Method::Curator),
            Method::Turn | Method::Least | Method::Manual | Method::Own => {
                by_itself(ticket, queue, unasked(queue));
            }
        }
    }
}

/// A ticket comes back: it is its last owner's, unless they are away with nobody in their place, or have left.
pub(super) fn come_back(ticket: &mut TicketDraft<'_, '_>) {
    let Some(queue) = ticket.queue() else {
        return;
    };
    let owner = ticket.snapshot().assignee.clone();
    let is_here = owner.as_ref().is_some_and(|owner| {
        queue.agents.contains(owner) && ticket.here_for(owner.clone()).is_some()
    });
    if is_here || queue.distribution.method == Method::Own {
        return;
    }
    if let Some(agent) = owner {
        ticket.happened(EventData::Unassigned { agent }, Reason::AgentAway);
    }
    pass_on(ticket);
}

fn chosen(ticket: &TicketDraft<'_, '_>, queue: &QueuePolicy, way: Way) -> Choice {
    let candidates = candidates(ticket, (&ticket.snapshot().queue, queue));
    let state = ticket.queue_state(&ticket.snapshot().queue);
    let lists = (queue.agents.as_slice(), state.recent.as_slice());
    choose(way, lists, &candidates, queue.distribution.is_hard)
}

/// Who of the queue is here and not taken out.
fn candidates<'q>(
    ticket: &DecisionBuilder<'_>,
    (own, queue): (&QueueName, &'q QueuePolicy),
) -> Vec<Candidate<'q>> {
    let policy = ticket.given.policy;
    let counts = policy.counts_active(queue);
    let here = queue.agents.iter().filter_map(|name| {
        let agent = policy.agents.get(name)?;
        let is_out = queue.distribution.out.contains(name);
        if is_out || ticket.absence_of(name).is_some() {
            return None;
        }
        let hours = agent.hours.as_ref().unwrap_or(&queue.calendar);
        Some(Candidate {
            name,
            works_now: hours.is_open(ticket.given.now),
            active: if counts { ticket.load(name, None) } else { 0 },
            tightest: limits(ticket, (own, queue), name),
        })
    });
    here.collect()
}

/// The limit that keeps an agent from one more ticket of its queue, where that is a wall and they have reached it.
pub(super) fn wall(ticket: &TicketDraft<'_, '_>, agent: &AgentName) -> Option<Limit> {
    let queue = ticket.queue().filter(|queue| queue.distribution.is_hard)?;
    limits(ticket, (&ticket.snapshot().queue, queue), agent).filter(|limit| limit.left() == 0)
}

/// Of the limits on what an agent may have the one that leaves the least.
fn limits(
    ticket: &DecisionBuilder<'_>,
    (own, queue): (&QueueName, &QueuePolicy),
    name: &AgentName,
) -> Option<Limit> {
    let policy = ticket.given.policy;
    let counts = policy.counts_active(queue);
    let active = |of: Option<&QueueName>| match counts {
        true => ticket.load(name, of),
        false => 0,
    };
    let limit = |places: Option<u32>, taken: u32| places.map(|places| Limit { taken, places });
    let of_queue = limit(queue.distribution.limit_of(name), active(Some(own)));
    let of_agent = limit(policy.agents.get(name)?.max_active, active(None));
    of_queue.into_iter().chain(of_agent).min_by_key(Limit::left)
}

/// Why an agent of the ticket's queue is given nothing of it though a rule names them; `None`: they may be given it.
pub(super) fn hindrance(ticket: &TicketDraft<'_, '_>, agent: &AgentName) -> Option<&'static str> {
    let Some(queue) = ticket.queue().filter(|queue| queue.agents.contains(agent)) else {
        return Some("not_of_queue");
    };
    if ticket.absence_of(agent).is_some() {
        return Some("absent");
    }
    let candidates = candidates(ticket, (&ticket.snapshot().queue, queue));
    let Some(own) = candidates.iter().find(|one| one.name == agent) else {
        return Some("taken_out");
    };
    if queue.distribution.is_hard && own.is_full() {
        return Some("full");
    }
    // As with curators: while others work and they do not, somebody else takes it.
    is_off(own, &candidates).then_some("off_hours")
}

/// The agent of the queue whom the people directory names as the requester's curator, if they are here. While others work and
/// they do not, somebody else takes it; a soft limit does not part them.
fn curator(ticket: &TicketDraft<'_, '_>, queue: &QueuePolicy) -> Option<AgentName> {
    let requester = ticket.person_by_id(ticket.snapshot().requester);
    let listed = requester.and_then(Person::listed)?;
    let named = ticket.given.policy.agent_named(listed.curator.as_str())?;
    let candidates = candidates(ticket, (&ticket.snapshot().queue, queue));
    let is_hard = queue.distribution.is_hard;
    let own = candidates.iter().find(|one| one.name == named)?;
    let is_passed_over = is_off(own, &candidates) || is_hard && own.is_full();
    (!is_passed_over).then(|| named.clone())
}

/// Whether they do not work at present, and others do.
fn is_off(own: &Candidate<'_>, candidates: &[Candidate<'_>]) -> bool {
    !own.works_now && candidates.iter().any(|one| one.works_now)
}

fn give(ticket: &mut TicketDraft<'_, '_>, agent: AgentName, chosen: Chosen) {
    let reason = match &chosen {
        Chosen::Turn { .. } => Reason::InTurn,
        Chosen::Fewest { .. } => Reason::FewestActive,
        Chosen::Curator => Reason::ByCurator,
    };
    let (number, queue) = (ticket.snapshot().number, ticket.snapshot().queue.clone());
    let assigned = EventData::Assigned {
        agent: agent.clone(),
    };
    ticket.happened(assigned, reason);
    let given = EventData::TicketGiven {
        ticket: number,
        agent,
        chosen,
    };
    ticket.happened_to_queue(&queue, given, reason);
}

impl TicketDraft<'_, '_> {
    /// How this decision has given the ticket at hand to whoever is responsible.
    pub(super) fn given_as(&self) -> Option<Given> {
        let own = self.snapshot().number;
        let events = self.decision.events.iter().rev();
        #[expect(clippy::wildcard_enum_match_arm, reason = "the rest gives nothing")]
        let mut given = events.filter_map(|event| match &event.data {
            EventData::TicketGiven { ticket, chosen, .. } if *ticket == own => Some(chosen.code()),
            _ => None,
        });
        let is_somebodys = self.snapshot().assignee.is_some()
            && self
                .queue()
                .is_some_and(|queue| queue.distribution.method != Method::Own);
        // By a rule, or by whoever brings it.
        let how = given.next().or_else(|| is_somebodys.then_some("person"))?;
        Some(Given {
            how: how.to_owned(),
            by: String::new(),
        })
    }
}
