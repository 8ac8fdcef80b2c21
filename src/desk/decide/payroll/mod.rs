//! A payroll month: its drafts go to the heads who approve them, its file to the accountants. What a head answers:
//! [`answer`].

mod accountant;
mod answer;
mod corrections;
mod letters;
mod proof;
mod resend;

pub(super) use answer::{take_again, was_answered};
pub(super) use resend::{resend, was_asked};

use std::collections::BTreeMap;

use crate::desk::{
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    kpi::Period,
    payroll::{Due, MonthState, PartLetter, PayrollStep, calendar_of, due},
    policy::PayrollPolicy,
    reason::Reason,
    world::World,
};
use crate::model::{
    event::{EventData, Stream},
    ids::{AgentName, PayrollName},
    outgoing::{PayrollChange, PayrollLetter, PayrollLine},
    payroll::{DraftPart, PayrollDraft, PayrollEvent, PayrollFact},
};
use letters::{How, Month, send_file, send_head};

/// Decides on a step that is due.
pub(super) fn decide_payroll(step: &PayrollStep, world: &World, given: &Given<'_>) -> Decision {
    let (name, period) = step.of();
    let Some(list) = given.policy.payrolls.get(&name) else {
        return Decision::new(Reason::NothingToDo);
    };
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    let state = world.payroll(&name, &period);
    let month = Month {
        name: &name,
        list,
        period: &period,
    };
    match step {
        PayrollStep::Draft {
            draft: made,
            file,
            letters,
            ..
        } => drafted(&mut draft, (month, &state), (made, file), letters),
        PayrollStep::Tell {
            restated,
            people,
            letters,
            ..
        } => tell(&mut draft, (month, &state), (restated, people), letters),
    }
    finish(draft, None)
}

/// A draft is written down, and each head whose part is another than before, or can be approved only now, is sent it.
fn drafted(
    draft: &mut Draft<'_>,
    (month, before): (Month<'_>, &MonthState),
    (made, file): (&PayrollDraft, &str),
    letters: &BTreeMap<AgentName, PartLetter>,
) {
    // A look sees again what waits to be decided.
    let is_closed = before.frozen.is_some() || draft.world.is_closed(month.period);
    if is_closed || before.next_draft() != made.number {
        return;
    }
    let fact = PayrollFact::Drafted(Box::new(made.clone()));
    happened(draft, month, fact, (Reason::PayrollDrafted, Some(file)));
    draft.decision.reason = Reason::PayrollDrafted;
    let old = before.drafted.as_ref().map(|old| &old.draft);
    // Who had no number has one, or another month was closed: what could not be approved can be.
    let is_open = old.is_some_and(|old| old.nameless != made.nameless || old.since != made.since);
    let old: Vec<_> = old.iter().flat_map(|old| &old.parts).collect();
    let is_news = |part: &&DraftPart| is_open || !old.contains(part);
    for part in made.parts.iter().filter(is_news) {
        let Some(own) = letters.get(&part.approver) else {
            continue;
        };
        for reader in readers(month.list, &part.approver) {
            let key = format!("draft:{}:{}", made.number, part.approver);
            let letter = own.letter.clone();
            send_head(
                draft,
                (month, made.number),
                (reader, &key),
                (letter, &own.files),
            );
        }
    }
}

/// Whoever decides on a part, and whoever may in their place.
fn readers<'l>(
    list: &'l PayrollPolicy,
    approver: &'l AgentName,
) -> impl Iterator<Item = &'l AgentName> {
    let deputy = list.deputy.iter().filter(move |one| *one != approver);
    std::iter::once(approver).chain(deputy)
}

/// Whatever is due besides drafts.
fn tell(
    draft: &mut Draft<'_>,
    (month, state): (Month<'_>, &MonthState),
    (restated, people): (&[PayrollChange], &[PayrollLine]),
    letters: &BTreeMap<AgentName, PartLetter>,
) {
    let (Some(drafted), Some(calendar)) =
        (&state.drafted, calendar_of(month.list, draft.given.policy))
    else {
        return;
    };
    // What is closed at the terminal nobody is asked for any more.
    if state.frozen.is_none() && draft.world.is_closed(month.period) {
        return;
    }
    let period = Period {
        name: month.period.to_owned(),
        from: drafted.draft.from,
        to: drafted.draft.to,
    };
    let now = draft.given.now;
    let told = draft.world.payroll_told(month.name, month.period);
    let fact = match due((month.list, calendar), (&period, state), (false, told), now) {
        Some(Due::Send) => {
            send_file(draft, month, state, How::First(restated, people));
            show_closed(draft, month, state, letters);
            let version = state.frozen.map_or(1, |(version, _)| version);
            PayrollFact::Sent { version }
        }
        Some(Due::Await) => {
            send_file(draft, month, state, How::First(restated, people));
            PayrollFact::Awaited
        }
        Some(Due::Remind) => {
            remind(draft, month, state);
            PayrollFact::Reminded
        }
        Some(Due::Draft) | None => return,
    };
    draft.decision.reason = Reason::PayrollTold;
    happened(draft, month, fact, (Reason::PayrollTold, None));
}

/// Heads have what was approved, too: their own part of it, with every judged promise.
fn show_closed(
    draft: &mut Draft<'_>,
    month: Month<'_>,
    state: &MonthState,
    letters: &BTreeMap<AgentName, PartLetter>,
) {
    let number = state.drafted.as_ref().map_or(1, |one| one.draft.number);
    let pay = state.drafted.as_ref().and_then(|one| one.draft.pay.clone());
    for (approver, own) in letters {
        let letter = PayrollLetter {
            sent: pay.as_ref().map(|pay| pay.name.clone()).unwrap_or_default(),
            sha256: pay
                .as_ref()
                .map(|pay| pay.sha256.clone())
                .unwrap_or_default(),
            ..own.letter.clone()
        };
        let key = format!("sent:{approver}");
        send_head(
            draft,
            (month, number),
            (approver, &key),
            (letter, &own.files),
        );
    }
}

fn remind(draft: &mut Draft<'_>, month: Month<'_>, state: &MonthState) {
    let number = state.drafted.as_ref().map_or(1, |one| one.draft.number);
    for approver in state.waits_for() {
        for reader in readers(month.list, &approver) {
            let letter = PayrollLetter {
                what: "reminder".to_owned(),
                ..PayrollLetter::default()
            };
            let key = format!("reminder:{approver}");
            send_head(draft, (month, number), (reader, &key), (letter, &[]));
        }
    }
}

/// Something has happened to a month.
fn happened(
    draft: &mut Draft<'_>,
    month: Month<'_>,
    fact: PayrollFact,
    (reason, words): (Reason, Option<&str>),
) {
    let event = PayrollEvent {
        list: PayrollName::clone(month.name),
        period: month.period.to_owned(),
        fact,
    };
    let data = EventData::Payroll(Box::new(event));
    let words = words.filter(|words| !words.is_empty()).map(str::to_owned);
    draft.happened_elsewhere(Stream::House, data, reason, words);
}
