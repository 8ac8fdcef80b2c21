//! One command of an agent's mail is carried out, or it is said why not.

use super::{
    NotDone, Said, article, canned, classify, closing, crossing, deadline, escalate, field, find,
    following, help, knowledge, mails::show_original, observers, others, owner, repeats,
    resolve::resolve, split, transfer, undo, waiting, why,
};
use crate::desk::{
    arrival::Arrival,
    command::{Command, Verb},
    decide::{duty, heads},
    draft::TicketDraft,
    reason::Reason,
};
use crate::model::ticket::Side;

/// Carries out a command of this mail. What the others of the mail have done so far has happened already.
pub(super) fn carry_out(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    command: &Command,
) -> Result<(), NotDone> {
    is_on(ticket, command.verb)?;
    is_the_only_one(said, command)?;
    if command.verb.form().governs_text {
        canned::check(ticket, said)?;
    }
    match command.verb {
        Verb::Take => owner::take(ticket, said),
        Verb::Assign => owner::assign(ticket, (arrival, said), &command.argument),
        Verb::Done => resolve(ticket, said),
        Verb::Wait => waiting::wait(ticket, (arrival, said), &command.argument),
        Verb::Close => closing::close(ticket, said),
        Verb::Spam => closing::exclude(ticket),
        Verb::NotSpam => closing::include(ticket),
        Verb::Transfer => transfer::transfer(ticket, (arrival, said), &command.argument),
        Verb::Escalate => escalate::escalate(ticket, (arrival, said), &command.argument),
        Verb::Deadline => deadline::move_deadline(ticket, (arrival, said), &command.argument),
        Verb::Class => classify::class(ticket, arrival, &command.argument),
        Verb::Priority => classify::priority(ticket, &command.argument),
        Verb::Category => classify::category(ticket, &command.argument),
        Verb::Cause => classify::cause(ticket, &command.argument),
        Verb::Field => field::set(ticket, arrival, &command.argument),
        Verb::Merge => others::merge(ticket, said, &command.argument),
        Verb::Link => others::link(ticket, said, &command.argument),
        Verb::Split => split::split(ticket, said, &command.argument),
        Verb::Add => observers::add(ticket, &command.argument),
        Verb::Remove => observers::remove(ticket, &command.argument),
        Verb::Full => show_original(ticket, arrival, said),
        Verb::Repeat => repeats::confirm(ticket, said, &command.argument),
        Verb::NotRepeat => repeats::deny(ticket, said),
        Verb::Answer => Ok(()),
        Verb::Knowledge if command.argument.is_empty() => article::propose(ticket, (arrival, said)),
        Verb::Knowledge => knowledge::look(ticket, (arrival, said), &command.argument),
        Verb::History => find::history(ticket, arrival, said),
        Verb::Find => find::find(ticket, (arrival, said), &command.argument),
        Verb::Send => crossing::send(ticket, said),
        Verb::Approve => deadline::approve(ticket, said, true),
        Verb::Reject => deadline::approve(ticket, said, false),
        Verb::Publish => article::publish_listed(ticket, said),
        Verb::Discard => article::discard_listed(ticket, said),
        Verb::Absent | Verb::Back | Verb::Settings => {
            let author = (&said.agent, Some(arrival.raw));
            duty::carry_out(ticket, author, command)?;
            let number = ticket.snapshot().number;
            duty::said_about(ticket, &said.agent, number);
            Ok(())
        }
        Verb::Distribution | Verb::Exclude | Verb::Include | Verb::Limit | Verb::DayOff => {
            let queue = ticket.snapshot().queue.clone();
            Ok(heads::carry_out_by(ticket, &said.agent, &queue, command)?)
        }
        Verb::Snooze => following::snooze(ticket, said, &command.argument),
        Verb::Subscribe => following::follow(ticket, said),
        Verb::Unsubscribe => following::leave(ticket, said),
        Verb::Why => tell_why(ticket, (arrival, said)),
        Verb::Undo => undo::undo(ticket, (arrival, said)),
        Verb::Help => help::tell(ticket, arrival, said),
    }
}

/// What goes beyond the smallest desk is a queue's own choice.
fn is_on(ticket: &TicketDraft<'_, '_>, verb: Verb) -> Result<(), NotDone> {
    let is_on = ticket.queue().is_some_and(|queue| queue.is_on(verb));
    is_on
        .then_some(())
        .ok_or_else(|| Reason::SwitchedOff.into())
}

/// Of commands that contradict each other none is carried out.
fn is_the_only_one(said: &Said<'_>, command: &Command) -> Result<(), NotDone> {
    let others: Vec<&str> = said
        .mail
        .against(command)
        .map(|other| other.written.as_str())
        .collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(NotDone {
        reason: Reason::Contradiction,
        detail: others.join(", "),
    })
}

/// By when it is due, and why, to the agent who asks.
fn tell_why(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
) -> Result<(), NotDone> {
    let is_told = why::tell(ticket, arrival, said.speaker.person, Side::Agents);
    is_told.then_some(()).ok_or_else(|| Reason::NoQueue.into())
}
