//! The administrator's orders, and what became of orders about mails.

use std::collections::BTreeMap;

use super::{agent, payroll, queue_alarm, recount::rejudge};
use crate::{
    desk::{
        cause::Operation,
        decide::finish,
        decision::{Decision, Given},
        draft::{DecisionBuilder, Draft, Voice},
        kpi::Period,
        order::{CarriedOut, Order, Which},
        reason::Reason,
        world::World,
    },
    model::{
        alarm::{FUSE, HOUSE},
        erasure::Erased,
        event::{Actor, EventData, Stream},
        ids::{PersonId, WorkId},
        outgoing::MailAct,
        period::ClosedPeriod,
    },
};

/// Decides on what the administrator orders at the terminal.
pub(super) fn decide_operation(
    operation: &Operation,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let voice = Voice {
        actor: Actor::Operator,
        ..Voice::okno(given.now)
    };
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    match operation {
        Operation::ReleaseFuse => release_fuse(&mut draft),
        Operation::Retry { delivery } => {
            draft.decision.reason = Reason::RetryOrdered;
            let which = delivery.map_or(Which::Waiting, Which::Delivery);
            draft.order_mail(None, (MailAct::Retry, which), Reason::RetryOrdered);
        }
        Operation::ReleaseWork { work } => {
            end_quarantine(&mut draft, *work, Reason::Released);
        }
        Operation::DiscardWork { work } => {
            end_quarantine(&mut draft, *work, Reason::Discarded);
        }
        Operation::ClosePeriod {
            closed,
            files,
            reason,
        } => close(&mut draft, (closed, files), reason),
        Operation::Exported { what, of, who } => {
            draft.decision.reason = Reason::Exported;
            let (what, of) = (what.clone(), of.clone());
            let data = EventData::Exported { what, of };
            draft.happened_elsewhere(Stream::House, data, Reason::Exported, Some(who.clone()));
        }
        Operation::ImportFacts { facts, words } => {
            draft.decision.reason = Reason::FactsImported;
            let data = EventData::FactsImported(facts.clone());
            let words = Some(words.clone());
            draft.happened_elsewhere(Stream::House, data, Reason::FactsImported, words);
        }
        Operation::ApproveMonth {
            list,
            period,
            draft: number,
            reason,
        } => {
            payroll::approve_at_terminal(&mut draft, (list, period), (*number, reason));
            return finish(draft, None);
        }
        Operation::ResendFile { list, period, to } => {
            payroll::resend(&mut draft, (list, period), to.as_ref());
            return finish(draft, None);
        }
        Operation::Rejudge { tickets, reason } => rejudge(&mut draft, tickets, reason),
        Operation::Erase {
            person,
            erased,
            words,
        } => write_down_erased(&mut draft, *person, (*erased, words)),
        Operation::Passport { queue, lines } => {
            queue_alarm::send_passport(&mut draft, queue, lines);
            return finish(draft, None);
        }
    }
    draft.done()
}

/// A period is closed with its files. Two may have been prepared at once: what is closed stays as it is.
fn close(
    draft: &mut DecisionBuilder<'_>,
    (closed, files): (&ClosedPeriod, &BTreeMap<String, String>),
    reason: &str,
) {
    let world = draft.world;
    draft.decision.reason = Reason::PeriodClosedAlready;
    if world.is_closed(&closed.period) || world.is_closed_by_mail(&closed.period) {
        return;
    }
    let period = Period {
        name: closed.period.clone(),
        from: closed.from,
        to: closed.to,
    };
    let pay = closed.files.as_ref().and_then(|files| files.pay.as_ref());
    let is_overtaken = world.is_closed_by_mail_after(closed.upto)
        || world.is_closed_at_terminal_after(&closed.period, closed.upto)
        || pay.is_some() && world.is_paid_across(&period);
    if is_overtaken {
        // What has changed in that month would be carried twice, or never; or people would be paid twice for the same days.
        draft.decision.reason = Reason::PeriodOvertaken;
        return;
    }
    draft.decision.reason = Reason::PeriodClosed;
    let mut happened = |data, words: &str| {
        let words = Some(words.to_owned());
        draft.happened_elsewhere(Stream::House, data, Reason::PeriodClosed, words);
    };
    happened(EventData::PeriodClosed(Box::new(closed.clone())), reason);
    for (name, bytes) in files {
        let (period, name) = (closed.period.clone(), name.clone());
        let data = match pay.is_some_and(|pay| pay.name == name) {
            true => EventData::PeriodPay { period, name },
            false => EventData::PeriodFile { period, name },
        };
        happened(data, bytes);
    }
}

/// That somebody was erased is on record with numbers alone. The words beside it are the administrator's, so that they stay.
fn write_down_erased(
    draft: &mut DecisionBuilder<'_>,
    person: PersonId,
    (erased, words): (Option<Erased>, &str),
) {
    draft.decision.reason = Reason::NotErased;
    if let Some(erased) = erased {
        draft.decision.reason = Reason::Erased;
        let (stream, data) = (Stream::Person(person), EventData::PersonErased(erased));
        draft.happened_elsewhere(stream, data, Reason::Erased, Some(words.to_owned()));
    }
}

/// What the fuse holds goes out, and it may blow again.
fn release_fuse(draft: &mut DecisionBuilder<'_>) {
    if draft.world.fuse.is_blown {
        draft.decision.reason = Reason::Released;
        let over = EventData::AlarmOver {
            alarm: FUSE.to_owned(),
            object: HOUSE.to_owned(),
        };
        draft.happened_elsewhere(Stream::House, over, Reason::Released, None);
    }
    // In any case: nothing may stay held that nobody can release any more.
    let held = (MailAct::Release, Which::HeldByFuse);
    draft.order_mail(None, held, Reason::Released);
}

/// Quarantined work is tried once more, or never again: whoever orders it, the voice that speaks says so.
/// Whether there was such work, and it may end so: an erasure that is begun is done to its end.
pub(super) fn end_quarantine(
    draft: &mut DecisionBuilder<'_>,
    work: WorkId,
    reason: Reason,
) -> bool {
    let Some(quarantined) = draft.world.quarantined(work) else {
        return false;
    };
    if quarantined.is_begun_erasure && reason != Reason::Released {
        return false;
    }
    let raw = quarantined.raw;
    let stream = match &quarantined.mailbox {
        Some(mailbox) => Stream::Mailbox(mailbox.clone()),
        None => Stream::House,
    };
    let (data, order) = if reason == Reason::Released {
        (
            EventData::WorkReleased { work, raw },
            Order::ReleaseWork(work),
        )
    } else {
        (
            EventData::WorkDiscarded { work, raw },
            Order::DiscardWork(work),
        )
    };
    draft.decision.reason = reason;
    draft.happened_elsewhere(stream, data, reason, None);
    draft.decision.orders.push(order);
    true
}

/// Writes down what an order came to, in the name of whoever gave it.
pub(super) fn decide_carried_out(
    carried: &CarriedOut,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let by = &carried.by;
    let voice = Voice {
        actor: by.actor.clone(),
        role: by.role,
        trust: by.trust,
        ..Voice::okno(given.now)
    };
    let reason = Reason::from_code(&by.reason).unwrap_or(Reason::Notice);
    let mut draft = Draft::new(given, world, voice, reason);
    let data = EventData::MailOrdered {
        act: carried.act,
        count: carried.count,
        too_late: carried.too_late.clone(),
    };
    match by.ticket.and_then(|number| draft.ticket(number)) {
        Some(mut ticket) => ticket.happened(data, reason),
        None => draft.happened_elsewhere(Stream::House, data, reason, None),
    }
    if let Some(which) = carried.overtaken() {
        agent::overtaken(&mut draft, which);
    }
    finish(draft, None)
}
