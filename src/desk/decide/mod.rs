//! [`decide`]: one function for each sort of cause. Each reads like a list; what it calls decides one thing each.

mod agent;
mod allowed;
mod away;
mod cards;
mod challenge;
mod comparing;
mod condition;
mod correcting;
mod deputies;
mod distribute;
mod dry_run;
mod due;
mod duty;
mod escalation;
mod everybody;
mod facts;
mod finish;
mod form_list;
mod forms;
mod fresh;
mod gathering;
mod handover;
mod heads;
mod helped;
mod joining;
mod late;
mod machine;
mod merging;
mod notices;
mod offers;
mod opening;
mod operation;
mod opinion;
mod other_matters;
mod outside;
mod own_tickets;
mod payroll;
mod people;
mod pressing;
mod quarantine;
mod queue_alarm;
mod recount;
mod report;
mod reports;
mod requester;
mod review;
mod ruled;
mod siblings;
mod splitting;
mod switching;
mod undelivered;
mod unseen;
mod urgency;
mod verdict;
mod wishes;
mod worklist;

pub(in crate::desk) use finish::finish;
pub use undelivered::is_about_failure;

use super::{
    arrival::{Again, Arrival},
    cause::Cause,
    decision::{Decision, Given},
    draft::{Draft, TicketDraft, Voice},
    flood,
    identity::{self, Speaker},
    intake,
    loops::{self, Sort},
    permission::Standing,
    policy::ListMail,
    reason::Reason,
    threading::{self, Seat},
    world::World,
};
use crate::model::{
    alarm::OF_QUEUES,
    event::{Actor, EventData, Role, Trust},
    ids::AgentName,
};
use away::Away;
use dry_run::Trial;
use facts::note_facts;
use joining::{id_of, join, join_as};

/// Decides.
#[must_use]
pub fn decide(cause: &Cause, world: &World, given: &Given<'_>) -> Decision {
    match cause {
        Cause::Mail(arrival) => decide_mail(arrival, world, given),
        Cause::Sent(arrival) => outside::decide_sent(arrival, world, given),
        Cause::Failure(failure) => undelivered::decide_failure(failure, world, given),
        Cause::Condition(condition) if OF_QUEUES.contains(&condition.alarm.as_str()) => {
            queue_alarm::decide_queue_alarm(condition, world, given)
        }
        Cause::Condition(condition) => condition::decide_condition(condition, world, given),
        Cause::Operation(operation) => operation::decide_operation(operation, world, given),
        Cause::CarriedOut(carried) => operation::decide_carried_out(carried, world, given),
        Cause::Due(due) => due::decide_due(*due, world, given),
        Cause::RulesChanged { tickets, consented } => {
            recount::recount((tickets, consented), world, given)
        }
        Cause::Recounted(kept) => recount::ask(kept, world, given),
        Cause::FileChanged(changes) => heads::file_changed(changes, world, given),
        Cause::Pressing(tickets) => pressing::tell(tickets, world, given),
        Cause::Switched(mailbox) => switching::decide_switched(mailbox, world, given),
        Cause::Report(counted) => report::tell(counted, world, given),
        Cause::Facts(read) => payroll::tell_facts(read, world, given),
        Cause::Payroll(step) => payroll::decide_payroll(step, world, given),
        Cause::Review(step) => review::decide_review(step, world, given),
        Cause::Directory(file) => people::decide_directory(file, world, given),
    }
}

/// Decides on a mail: what it is, where it belongs, who speaks, what follows, who is told.
fn decide_mail(arrival: &Arrival, world: &World, given: &Given<'_>) -> Decision {
    let trial = dry_run::trial(arrival, given.policy);
    let asked_too = trial.filter(|trial| !trial.is_only);
    let plain = asked_too.map(|trial| trial.plain(arrival));
    decide_asked(plain.as_ref().unwrap_or(arrival), trial, world, given)
}

/// The same of a mail of which this is to be tried.
fn decide_asked(
    arrival: &Arrival,
    trial: Option<Trial<'_>>,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let voice = Voice {
        actor: Actor::Okno,
        role: Role::Machine,
        trust: Trust::Claimed,
        message_id: arrival.own_id(),
        at: arrival.at,
    };
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    // What is only tried acts on nothing, whatever it answers.
    let is_tried_only = trial.is_some_and(|trial| trial.is_only);
    let place = threading::seat(arrival, world, given).filter(|_| !is_tried_only);
    let (place, too_late) = match place {
        Some(place) if !late::is_still_open_to(&place, &draft, arrival) => {
            (None, Some(place.ticket))
        }
        place => (place, None),
    };
    draft.continues = too_late;
    let place = place
        .filter(|place| place.how != Reason::ByTag || !flood::is_guessing(arrival, world, given));
    note_facts(&mut draft, arrival, place.as_ref());
    let sort = loops::sort(arrival, given);
    if !matches!(sort, Sort::Aside(_))
        && let Some((reason, by)) = intake::kept_apart(arrival, &given.policy.intake)
    {
        machine::keep_apart(&mut draft, arrival, reason, by);
        return finish_mail(draft, arrival);
    }
    match &arrival.again {
        Some(Again::Offered { agent }) => {
            offers::take(&mut draft, arrival, agent);
            return finish_mail(draft, arrival);
        }
        Some(Again::Confirmed(confirmed)) => {
            challenge::take_again(&mut draft, arrival, *confirmed);
            return finish_mail(draft, arrival);
        }
        Some(Again::Brought { place, .. }) => {
            handover::take_again(&mut draft, arrival, *place);
            return finish_mail(draft, arrival);
        }
        Some(Again::Escalated { place, queue }) => {
            escalation::take_again(&mut draft, *place, queue);
            return finish_mail(draft, arrival);
        }
        Some(Again::SentOn { to, of, agent }) => {
            escalation::send_on(&mut draft, arrival, (*to, *of), agent);
            return finish_mail(draft, arrival);
        }
        Some(Again::OwnOrder) => {
            payroll::take_again(&mut draft, arrival);
            return finish_mail(draft, arrival);
        }
        Some(Again::Released) | None => {}
    }
    let away = away::read(&draft, arrival, place.as_ref());
    match (sort, away) {
        (Sort::Aside(reason), _) => machine::put_aside(&mut draft, arrival, reason),
        (Sort::Person, _) if late::is_word_to_nobody(&draft, arrival) => {
            machine::put_aside(&mut draft, arrival, Reason::RequesterErased);
        }
        (Sort::Bounce, _) => reports::bounced(&mut draft, arrival),
        (Sort::Machine | Sort::Person, Away::Perhaps)
            if away::hold(&mut draft, arrival, place.as_ref()) => {}
        (Sort::Machine, Away::No | Away::Perhaps) => machine::file(&mut draft, arrival, place),
        (Sort::Machine, Away::Commands) | (Sort::Person, _) => {
            person_wrote(&mut draft, (arrival, trial), place);
        }
    }
    finish_mail(draft, arrival)
}

/// What a mail has asked of other departments is asked once everything else is decided, and what it has split off is
/// opened.
fn finish_mail(mut draft: Draft<'_>, arrival: &Arrival) -> Decision {
    escalation::ask_questions(&mut draft, arrival);
    splitting::open_all(&mut draft, arrival);
    late::keep_no_words(&mut draft, arrival);
    finish(draft, Some(&arrival.mailbox))
}

fn person_wrote(
    draft: &mut Draft<'_>,
    (arrival, trial): (&Arrival, Option<Trial<'_>>),
    place: Option<Seat>,
) {
    let copies = threading::copies_of(arrival, draft.world);
    if !copies.is_empty() {
        return siblings::came_again(draft, arrival, &copies);
    }
    if let Some(trial) = trial {
        dry_run::try_out(draft, arrival, &trial);
        if trial.is_only {
            return;
        }
    }
    if other_matters::was_answered(draft, arrival) {
        return;
    }
    draft.decision.is_fresh_human = fresh::is_fresh(draft, arrival);
    if challenge::answered(draft, arrival) || outside::wrote_to_itself(draft, arrival) {
        return;
    }
    let Some(speaker) = identity::recognise(arrival, place.as_ref(), draft) else {
        return;
    };
    undelivered::heard_of(draft, &speaker);
    duty::note_return(draft, arrival, &speaker);
    if outside::wrote_directly(draft, arrival, &speaker, place.as_ref()) {
        return;
    }
    let place = place.map(|place| merging::merge_bridged(draft, arrival, place));
    let found = place.and_then(|place| Some((draft.ticket(place.ticket)?, place)));
    let Some((mut ticket, place)) = found else {
        if let Some((incoming, asked)) = wishes::at_large(draft, arrival, &speaker) {
            return wishes::grant(draft, &incoming, asked);
        }
        if other_matters::are_meant(draft, arrival, &speaker) {
            return;
        }
        draft.voice.role = Role::Requester;
        return gathering::begin(draft, arrival, &speaker);
    };
    let mut standing = identity::standing(&speaker, place.side, &ticket);
    if standing.role == Role::Stranger && is_read_by_all(&ticket, arrival) {
        // One voice among others: it brings nobody else in, whatever a server has proven of it.
        standing.role = Role::Collaborator;
        standing.trust = standing.trust.min(Trust::Claimed);
    }
    standing.has_our_mail = threading::has_had_our_mail(arrival, &place, speaker.person, &ticket);
    ticket.voice.role = standing.role;
    let incoming = Incoming {
        arrival,
        speaker,
        place,
        standing,
    };
    match standing.role {
        Role::Requester | Role::Collaborator => {
            if let Some(asked) = wishes::read(&ticket, &incoming) {
                return wishes::grant(draft, &incoming, asked);
            }
            if helped::is_said(&ticket, &incoming) {
                return helped::close(draft, &incoming);
            }
            if requester::wrote(&mut ticket, &incoming) == Reach::All {
                siblings::hear_too(draft, &incoming);
            }
        }
        Role::Agent | Role::Head => agent::wrote(&mut ticket, &incoming),
        Role::Stranger | Role::Machine | Role::House => {
            machine::stranger_wrote(&mut ticket, &incoming)
        }
    }
}

/// Whether a ticket is a mailing list's, all of which everybody on the list has read, and this mail comes by it.
fn is_read_by_all(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> bool {
    let mailboxes = &ticket.given.policy.mailboxes;
    let own = mailboxes.get(&ticket.snapshot().mailbox);
    own.is_some_and(|own| own.list_mail == ListMail::Ticket)
        && threading::is_open_to_all(arrival, ticket.given)
}

/// A person's mail into a ticket: who writes, in answer to what, as whom.
struct Incoming<'m> {
    arrival: &'m Arrival,
    speaker: Speaker,
    place: Seat,
    standing: Standing,
}

/// Whom a participant's mail concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// This ticket alone: a word about its resolution.
    One,
    /// Its siblings too.
    All,
}

/// The agent who first answers is responsible, so that the others know that somebody is.
fn become_responsible(ticket: &mut TicketDraft<'_, '_>, agent: &AgentName) {
    if ticket.snapshot().assignee.is_none() {
        let agent = agent.clone();
        ticket.happened(EventData::Assigned { agent }, Reason::FirstAnswer);
    }
}
