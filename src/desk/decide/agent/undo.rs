//! What the agent's last mail did to the ticket is taken back, and they are told what stands again and which mail had gone.

use super::{
    NotDone, Said, article,
    mails::tell_owners,
    since::since,
    undone_lines::{label_of, lines},
};
use crate::desk::{
    arrival::Arrival,
    command::Verb,
    decide::{
        duty::{self, StandsAgain},
        notices::notify_agents,
        worklist,
    },
    draft::TicketDraft,
    notify::Sending,
    order::Which,
    reason::Reason,
    undo::{self, Chronicle, PastMail, Plan, Refused},
    worklist::ItemKind,
};
use crate::model::{
    event::EventData,
    ids::{DecisionId, PersonId},
    outgoing::{Body, Class, MailAct, SentMail, UndoneLetter},
    undone::Restored,
};

pub(super) fn undo(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
) -> Result<(), NotDone> {
    let (number, world) = (ticket.snapshot().number, ticket.world);
    let themselves = said_of_themselves(ticket, said);
    if themselves == Some(Extent::All) {
        let taken_back = duty::take_back(ticket, (&said.agent, Some(arrival.raw)));
        return taken_back.map_err(|(reason, detail)| NotDone { reason, detail });
    }
    // Half of it taken back would be worse than nothing: first it is seen whether all of it can be.
    let plan = plan(ticket, said).map_err(|refused| not_undone(ticket, &refused))?;
    let themselves = themselves.and_then(|_| duty::restore(ticket, &said.agent));
    let chronicle = world.chronicle(number).ok_or(Reason::NothingToUndo)?;
    let before = ticket.snapshot().assignee.clone();
    let own = plan.tickets.iter().find(|(one, _)| *one == number);
    if own.is_some_and(|(_, restored)| restored.queue.is_some()) {
        // The department that it had come to.
        notify_agents(
            ticket,
            format!("called_back:{}", arrival.raw),
            "called_back",
        );
    }
    take_back(ticket, &plan);
    // What is taken back is nothing to be told of as done.
    for (one, _) in &plan.tickets {
        worklist::forget(ticket, (&said.agent, *one), plan.decision);
    }
    let after = ticket.snapshot().assignee.clone();
    if before != after {
        tell_owners(ticket, arrival, said, [after, before]);
    }
    if plan.moved_deadline {
        ticket.unlist_for_head(ItemKind::Moved);
    }
    let own = plan.tickets.iter().find(|(one, _)| *one == number);
    if own.is_some_and(|(_, restored)| restored.article.is_some()) {
        let author = (arrival, said.speaker.person);
        article::ask_again(ticket, author, draft_before(chronicle, plan.decision));
    }
    let themselves: Vec<&str> = themselves.iter().flatten().map(StandsAgain::code).collect();
    tell(ticket, (arrival, said), chronicle, (&plan, &themselves));
    Ok(())
}

/// How much of a mail about a ticket its author said of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Part,
    All,
}

/// Whether their last mail about this ticket said something of themselves that may be taken back, and nothing else.
fn said_of_themselves(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> Option<Extent> {
    let number = ticket.snapshot().number;
    let before = duty::was_said_about(ticket, &said.agent, number)?;
    let own = ticket.world.chronicle(number);
    let last = own.and_then(|own| undo::last_at(own, is_them(ticket, said)));
    match last {
        Some(last) if last > before.at => None,
        Some(last) if last == before.at => Some(Extent::Part),
        _ => Some(Extent::All),
    }
}

/// Whether this mail calls a ticket back that its author has passed on: they may, though it is another department's by now.
pub(super) fn calls_back(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> bool {
    let Said { mail, agent, .. } = said;
    let is_all = matches!(mail.commands.as_slice(), [only] if only.verb == Verb::Undo);
    if !is_all || mail.note.is_some() || !mail.answer.trim().is_empty() {
        return false;
    }
    let serves = |restored: &Restored| {
        let queue = restored.queue.as_ref().map(|[queue]| queue);
        let queue = queue.and_then(|queue| ticket.given.policy.queues.get(queue));
        queue.is_some_and(|queue| queue.agents.contains(agent))
    };
    let plan = plan(ticket, said).ok();
    let own = plan.as_ref().and_then(|plan| plan.tickets.first());
    own.is_some_and(|(_, restored)| serves(restored))
}

/// Whether this mail would take back what its author has decided for the queue: whether a deadline counts.
pub(super) fn takes_decision_back(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> bool {
    let mut commands = said.mail.commands.iter();
    if !commands.any(|command| command.verb == Verb::Undo) {
        return false;
    }
    let (world, plan) = (ticket.world, plan(ticket, said).ok());
    let chronicle = world.chronicle(ticket.snapshot().number);
    let decides = |event: &EventData| matches!(event, EventData::DeadlineDecided { .. });
    plan.zip(chronicle).is_some_and(|(plan, chronicle)| {
        let mut events = chronicle.events.iter();
        events.any(|past| past.decision == plan.decision && decides(&past.event.data))
    })
}

fn plan(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> Result<Plan, Refused> {
    let world = ticket.world;
    let number = ticket.snapshot().number;
    undo::plan(number, |one| world.chronicle(one), is_them(ticket, said))
}

fn is_them<'t>(
    ticket: &TicketDraft<'_, 't>,
    said: &Said<'_>,
) -> impl Fn(PersonId) -> bool + use<'t> {
    let (world, person) = (ticket.world, said.speaker.person);
    move |id| world.who(id) == world.who(person)
}

/// The draft article that stands again, as it was written; `None`: none does, or its words were erased.
fn draft_before(chronicle: &Chronicle, decision: DecisionId) -> Option<String> {
    let mut events = chronicle.events.iter().rev();
    let drafted = events.find(|past| {
        past.decision != decision && matches!(past.event.data, EventData::ArticleDrafted { .. })
    });
    drafted.and_then(|past| Some(past.event.private.as_ref()?.text.clone()))
}

/// It stands again, here and where the same was done; what waits goes to nobody.
fn take_back(ticket: &mut TicketDraft<'_, '_>, plan: &Plan) {
    let own = ticket.snapshot().number;
    ticket.undoing = Some(plan.decision);
    for (number, restored) in &plan.tickets {
        let data = EventData::Undone(Box::new(restored.clone()));
        if *number == own {
            ticket.happened(data, Reason::TakenBack);
        } else if !restored.is_nothing() {
            ticket.happens_to(*number, data, Reason::TakenBack);
        }
        let which = Which::OfTicket(plan.decision, *number);
        ticket.order_mail(Some(own), (MailAct::Cancel, which), Reason::TakenBack);
    }
    for (part, whole) in &plan.split_off {
        let merged = (*part, EventData::Merged { into: *whole });
        let took_in = (*whole, EventData::TookIn { ticket: *part });
        for (number, data) in [merged, took_in] {
            match number == own {
                true => ticket.happened(data, Reason::TakenBack),
                false => ticket.happens_to(number, data, Reason::TakenBack),
            }
        }
    }
}

fn not_undone(ticket: &TicketDraft<'_, '_>, refused: &Refused) -> NotDone {
    match refused {
        Refused::Nothing => Reason::NothingToUndo.into(),
        Refused::Already => Reason::UndoneAlready.into(),
        Refused::Published(file) => NotDone {
            reason: Reason::Published,
            detail: file.clone(),
        },
        Refused::Since(event) => NotDone {
            reason: Reason::CameSince,
            detail: since(ticket, event),
        },
        Refused::OutOfSight(number) => NotDone {
            reason: Reason::HistoryUnread,
            detail: label_of(ticket, *number),
        },
        Refused::Gone(decision) => {
            let chronicle = ticket.world.chronicle(ticket.snapshot().number);
            let gone = chronicle.map_or_else(Vec::new, |own| mails(&[own], *decision, has_gone));
            let to = gone.into_iter().flat_map(|mail| mail.to);
            NotDone {
                reason: Reason::GoneOut,
                detail: to.collect::<Vec<_>>().join(", "),
            }
        }
    }
}

const fn waits(mail: &PastMail) -> bool {
    mail.waits
}

pub(super) const fn has_gone(mail: &PastMail) -> bool {
    mail.has_gone
}

/// The mails of a decision that are so, one entry a template.
pub(super) fn mails(
    chronicles: &[&Chronicle],
    decision: DecisionId,
    are: fn(&PastMail) -> bool,
) -> Vec<SentMail> {
    let mut found: Vec<SentMail> = Vec::new();
    let of_decision = chronicles.iter().flat_map(|one| one.mails_of(decision));
    for mail in of_decision.filter(|mail| are(mail)) {
        match found.iter_mut().find(|one| one.template == mail.template) {
            Some(known) => known.to.push(mail.recipient.clone()),
            None => found.push(SentMail {
                template: mail.template.clone(),
                to: vec![mail.recipient.clone()],
            }),
        }
    }
    found
}

fn tell(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    chronicle: &Chronicle,
    (plan, themselves): (&Plan, &[&str]),
) {
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let world = ticket.world;
    let all = plan.tickets.iter();
    let all: Vec<&Chronicle> = all.filter_map(|(one, _)| world.chronicle(*one)).collect();
    let gone = mails(&all, plan.decision, has_gone);
    let bears_words = |mail: &SentMail| ["reply", "resolution"].contains(&mail.template.as_str());
    let numbers = |mail: &SentMail| mail.template == "acknowledgement";
    let stays = [
        (plan.has_note, "note"),
        (gone.iter().any(bears_words), "answer"),
        // They know of a ticket that is none any more.
        (
            !plan.split_off.is_empty() && gone.iter().any(numbers),
            "number",
        ),
    ];
    let stays = stays.into_iter().filter(|(stays, _)| *stays);
    let done = chronicle.events.iter();
    let mut done = done.filter(|past| past.decision == plan.decision);
    let done_at = done.next().map_or(arrival.at, |past| past.event.at);
    let body = Body::Undone(UndoneLetter {
        ticket: facts,
        is_too_late: false,
        done_at: ticket.when(done_at),
        lines: lines(ticket, plan, themselves),
        stopped: mails(&all, plan.decision, waits),
        gone,
        stays: stays.map(|(_, what)| what.to_owned()).collect(),
    });
    let key = format!("undone:{}", arrival.raw);
    // An agent has just asked for it: no cap may swallow it.
    let class = Class::Human;
    let author = (arrival, said.speaker.person);
    ticket.send(Sending::to_author(author, key, class, body));
}
