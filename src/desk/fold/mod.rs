//! A ticket is the fold of its events. The same pure function serves the decider, the snapshot and its proof. It knows
//! no rules: which state follows is decided by `lifecycle`, and an event says it.

mod answers;
mod articles;
mod clocks;
mod escalations;
mod following;
mod forms;
mod mails;
mod nps;
mod owners;
mod people;
mod states;

use jiff::Timestamp;

use super::reason::Reason;
use crate::model::{
    classification::{Classification, Property, RequestClass},
    event::{Event, EventData, NewTicket, Role},
    ids::{MailboxName, QueueName, TicketNumber},
    outgoing::Class,
    text::Text,
    ticket::{LINKS_KEPT, OutsideAnswer, Repeat, Side, State, Thread, Ticket},
};

/// The version of this function. A snapshot folded by another version is folded anew.
pub const FOLD_VERSION: i64 = 22;

/// The ticket after one more event. `None` stays `None` until the event that opens it.
#[must_use]
pub fn fold(ticket: Option<Ticket>, number: TicketNumber, event: &Event) -> Option<Ticket> {
    let Some(mut ticket) = ticket else {
        let EventData::TicketOpened(new) = &event.data else {
            return None;
        };
        let subject = event.private.as_ref().map(|private| private.text.as_str());
        return Some(opened((number, event.at), new, subject));
    };
    apply(&mut ticket, event);
    Some(ticket)
}

/// A ticket as it is born. Its subject may have been erased.
#[must_use]
pub fn opened(
    (number, at): (TicketNumber, Timestamp),
    new: &NewTicket,
    subject: Option<&str>,
) -> Ticket {
    Ticket {
        number,
        queue: new.queue.clone(),
        mailbox: new.mailbox.clone(),
        prefix: new.prefix.clone(),
        subject: subject.map_or_else(Text::default, Text::line),
        language: new.language,
        requester: new.requester,
        collaborators: new.collaborators.clone(),
        observers: Vec::new(),
        candidates: Vec::new(),
        left: Vec::new(),
        is_quiet: false,
        is_unanswerable: false,
        siblings: Vec::new(),
        links: Vec::new(),
        classification: Classification::default(),
        escalations: Vec::new(),
        asked_for: None,
        is_needless: false,
        form: None,
        merged_into: None,
        continues: None,
        parent: None,
        owner_asked: None,
        waits_for_room: false,
        repeats: None,
        origin: None,
        assignee: None,
        holders: Vec::new(),
        state: State::New,
        opened_at: at,
        resolved_at: None,
        closed_at: None,
        waits_until: None,
        excluded: None,
        asked_at: Some(at),
        outside: None,
        resolution: None,
        offered: Vec::new(),
        articles_in: None,
        nps: None,
        article: None,
        article_letters: Vec::new(),
        is_urgent: false,
        urgent_at: None,
        relayed: Vec::new(),
        speaking: None,
        answers: Vec::new(),
        last_answer: None,
        held: Vec::new(),
        snoozed: Vec::new(),
        followers: Vec::new(),
        reopened: 0,
        rating: None,
        clocks: Vec::new(),
        first_message: new.message,
        requester_thread: Thread::default(),
        agents_thread: Thread::default(),
        last_seq: 1,
    }
}

/// One more event of a ticket that is open.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most of what may happen changes nothing of a ticket"
)]
pub fn apply(ticket: &mut Ticket, event: &Event) {
    apply_apart(ticket, event);
    match &event.data {
        // A stranger's or a machine's id is nothing to tell the requester.
        EventData::MessageJoined {
            side, message_id, ..
        } if event.role.takes_part() => mails::follow(ticket, *side, message_id),
        EventData::MessageSent { .. } => was_sent(ticket, event),
        EventData::Assigned { .. }
        | EventData::Unassigned { .. }
        | EventData::OwnerAsked(_)
        | EventData::OwnerReminded
        | EventData::OwnerQuestionOver
        | EventData::WaitsForRoom
        | EventData::WaitForRoomOver => owners::apply(ticket, &event.data),
        EventData::Answered { agent, .. } => ticket.speaking = Some(agent.clone()),
        EventData::AnswerUndone { message, .. } => {
            ticket.answers.retain(|answer| answer.message != *message);
        }
        EventData::OriginAsked(_)
        | EventData::RequesterNamed { .. }
        | EventData::CollaboratorsAdded { .. }
        | EventData::ObserverProposed { .. }
        | EventData::ObserverAdded { .. }
        | EventData::ParticipantLeft { .. } => people::apply(ticket, &event.data),
        EventData::AutomaticMailStopped => ticket.is_quiet = true,
        EventData::MailWithheld { template, .. } => {
            ticket.is_unanswerable |= template == "acknowledgement" && is_forbidden(&event.reason);
        }
        EventData::Linked { tickets } => ticket.siblings.extend(tickets),
        EventData::Continues { ticket: before } => ticket.continues = Some(*before),
        EventData::LinkedTo { ticket: other } => linked(ticket, *other),
        EventData::SplitFrom { ticket: parent } => ticket.parent = Some(*parent),
        EventData::Undone(restored) => restored.put_into(ticket),
        EventData::RepeatProposed { of, .. } => ticket.repeats = Some(Repeat::proposed(*of)),
        EventData::RepeatConfirmed { of, .. } => ticket.repeats = Some(Repeat::confirmed(*of)),
        EventData::RepeatDenied { .. } => ticket.repeats = None,
        EventData::StateChanged { .. }
        | EventData::WaitsUntil { .. }
        | EventData::Resolved { .. }
        | EventData::ResolvedOutside { .. }
        | EventData::Closed { .. }
        | EventData::Withdrawn
        | EventData::Reopened
        | EventData::Merged { .. }
        | EventData::Excluded { .. }
        | EventData::Included => states::apply(ticket, event),
        EventData::UrgencyAsked => urged(ticket, event.at),
        EventData::LanguageChosen { language } => ticket.language = *language,
        EventData::Classified { property } => classified(ticket, property),
        EventData::Transferred { queue, mailbox } => {
            clocks::transferred(ticket, queue, event.at);
            transferred(ticket, (queue, mailbox));
        }
        EventData::Rated { score } => ticket.rating = Some(*score),
        // Whatever else is not of a clock leaves the ticket as it stands.
        _ => clocks::apply(ticket, event),
    }
    clocks::note_idle(ticket, event.at);
    owners::remember(ticket, event.at);
    ticket.last_seq = ticket.last_seq.saturating_add(1);
}

fn was_sent(ticket: &mut Ticket, event: &Event) {
    let EventData::MessageSent {
        side,
        message_id,
        class,
        offers,
        is_copy,
        message,
        ..
    } = &event.data
    else {
        return;
    };
    mails::follow(ticket, *side, message_id);
    mails::sent(ticket, *side, message_id, *offers);
    // Copies for several people are one relay.
    if !is_copy {
        mails::relayed(ticket, *class, event.at);
    }
    if *class == Class::Human && *side == Side::Requester {
        mails::answered(ticket, *message, offers.is_some());
    }
}

/// Whether the reason not to acknowledge lies in the mail, and not in the moment.
fn is_forbidden(reason: &str) -> bool {
    let forbids = [
        Reason::NoAddress,
        Reason::AutomaticAnswerUnwanted,
        Reason::OwnAddress,
        Reason::NotAddressed,
        Reason::Offered,
    ];
    forbids.iter().any(|one| one.code() == reason)
}

fn urged(ticket: &mut Ticket, at: Timestamp) {
    ticket.is_urgent = true;
    ticket.urgent_at.get_or_insert(at);
}

/// What is kept apart of each other, whatever else an event changes.
fn apply_apart(ticket: &mut Ticket, event: &Event) {
    keep_last_word(ticket, event);
    answers::apply(ticket, event);
    articles::apply(ticket, event);
    clocks::note_done(ticket, event);
    escalations::apply(ticket, event);
    following::apply(ticket, event);
    forms::apply(ticket, event);
    nps::apply(ticket, event);
}

/// Whoever says that it can wait says that it is not urgent.
fn classified(ticket: &mut Ticket, property: &Property) {
    ticket.classification.set(property);
    if matches!(property, Property::Class(class) if *class > RequestClass::Urgent) {
        ticket.is_urgent = false;
    }
}

fn linked(ticket: &mut Ticket, other: TicketNumber) {
    ticket.links.push(other);
    let surplus = ticket.links.len().saturating_sub(LINKS_KEPT);
    ticket.links.drain(..surplus);
}

/// Who had the last word, as far as answers without okno go.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others are no words to the requester"
)]
fn keep_last_word(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::MessageJoined { .. }
            if matches!(event.role, Role::Requester | Role::Collaborator) =>
        {
            asked(ticket, event.at);
        }
        EventData::AnsweredOutside { message, agent } => {
            let answer = OutsideAnswer {
                message: *message,
                at: event.at,
                agent: agent.clone(),
            };
            // It may be seen later than what was written after it.
            let is_last = ticket.asked_at.is_none_or(|asked| asked <= event.at);
            ticket.outside = Some(answer).filter(|_| is_last);
        }
        EventData::Answered { .. }
        | EventData::Resolved { .. }
        | EventData::ResolvedOutside { .. } => ticket.outside = None,
        _ => {}
    }
}

/// Whoever writes again was not content with what they were answered.
fn asked(ticket: &mut Ticket, at: Timestamp) {
    ticket.asked_at = ticket.asked_at.max(Some(at));
    let is_older = |answer: &OutsideAnswer| answer.at < at;
    ticket.outside.take_if(|answer| is_older(answer));
}

fn transferred(ticket: &mut Ticket, (queue, mailbox): (&QueueName, &MailboxName)) {
    ticket.queue = queue.clone();
    ticket.mailbox = mailbox.clone();
    ticket.assignee = None;
    ticket.owner_asked = None;
    ticket.waits_for_room = false;
    // The other department has not been told what was proposed.
    ticket.repeats.take_if(|repeat| !repeat.is_confirmed);
}
