//! A payroll month: its drafts go to the heads who approve them, its file to the accountants. What a head answers:
//! [`answer`].

mod accountant;
mod answer;
mod approving;
mod closing;
mod columns;
mod corrections;
mod facts;
mod foreign;
mod gone;
mod letters;
mod numbers;
mod post;
mod proof;
mod reasons;
mod resend;
mod rights;
mod terminal;

pub(super) use answer::{take_again, was_answered};
pub(super) use facts::{tell as tell_facts, were_brought};
pub(super) use numbers::were_said;
pub(super) use resend::{resend, was_asked};
pub(super) use terminal::approve_at_terminal;

use std::{borrow::Cow, collections::BTreeMap};

use crate::desk::{
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    payroll::{
        Due, MonthState, PartLetter, PayrollStep, Seen, Told, calendar_of, director_of, due,
        list_of, promised, readers,
    },
    reason::Reason,
    world::World,
};
use crate::model::{
    event::{EventData, Stream},
    ids::{AgentName, PayrollName},
    outgoing::{PayrollLetter, When},
    payroll::{DraftPart, PayrollDraft, PayrollEvent, PayrollFact},
};
use letters::{How, Month, send_file, send_head, why_missing};

/// Decides on a step that is due.
pub(super) fn decide_payroll(step: &PayrollStep, world: &World, given: &Given<'_>) -> Decision {
    let (name, period) = step.of();
    let state = world.payroll(&name, &period);
    let list = match step {
        // A draft takes the place of what was not approved, also where the list of that name was another one.
        PayrollStep::Draft { .. } => given.policy.payrolls.get(&name).map(Cow::Borrowed),
        PayrollStep::Tell { .. } => list_of(given.policy, &name, &state),
    };
    let Some(list) = list else {
        return Decision::new(Reason::NothingToDo);
    };
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::NothingToDo);
    let month = Month {
        name: &name,
        list: &list,
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
            why,
            is_file,
            told,
            letters,
            ..
        } => {
            let how = match why.as_str() {
                "" => How::First(told),
                why => How::Missing(why),
            };
            let is_due = due_now(&draft, (month, &state), how);
            // Approved since somebody looked: the next look makes what goes along with the file.
            let is_due = is_due.filter(|due| *due != Due::Send || *is_file);
            tell(&mut draft, (month, &state), (how, is_due), letters);
        }
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
    if closing::is_closed_at_once(draft, (month, before), made) {
        return;
    }
    let old = before.drafted.as_ref().map(|old| &old.draft);
    // Who had no number has one, or another month was closed: what could not be approved can be. Or all of the month is known.
    let is_open = old.is_some_and(|old| {
        let is_known = old.unsettled != made.unsettled;
        old.nameless != made.nameless || old.since != made.since || is_known
    });
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

/// Whatever is due besides drafts.
fn tell(
    draft: &mut Draft<'_>,
    (month, state): (Month<'_>, &MonthState),
    (how, is_due): (How<'_>, Option<Due>),
    letters: &BTreeMap<AgentName, PartLetter>,
) {
    // What is closed at the terminal nobody is asked for any more.
    if state.frozen.is_none() && draft.world.is_closed(month.period) {
        return;
    }
    let mut words = None;
    let fact = match is_due {
        Some(Due::Send) => {
            send_file(draft, month, state, how);
            show_closed(draft, month, state, letters);
            let version = state.frozen.map_or(1, |(version, _)| version);
            // Whoever gets it once more is told the same.
            if let How::First(told) = how {
                words = serde_json::to_string(&told.people).ok();
            }
            PayrollFact::Sent { version }
        }
        Some(Due::Await) => {
            send_file(draft, month, state, how);
            let why = why_missing(state, how).to_owned();
            tell_director(draft, (month, state), "overdue", why);
            PayrollFact::Awaited
        }
        Some(Due::Remind) => {
            remind(draft, month, state);
            tell_director(draft, (month, state), "silence", String::new());
            PayrollFact::Reminded
        }
        Some(Due::Draft) | None => return,
    };
    draft.decision.reason = Reason::PayrollTold;
    happened(draft, month, fact, (Reason::PayrollTold, words.as_deref()));
}

/// What is due of a month, as it stands by now.
fn due_now(
    draft: &Draft<'_>,
    (month, state): (Month<'_>, &MonthState),
    how: How<'_>,
) -> Option<Due> {
    let calendar = calendar_of(month.list, draft.given.policy)?;
    let now = draft.given.now;
    let period = state.period(month.period, calendar.zone())?;
    if matches!(how, How::Missing(_)) {
        let promised = promised(month.list.day, calendar, &period)?;
        let is_told = state.told.contains(&Told::Missing) || state.frozen.is_some();
        return (promised <= now && !is_told).then_some(Due::Await);
    }
    let drafted = state.drafted.as_ref()?;
    let world = draft.world;
    let seen = Seen {
        is_overtaken: world.is_payroll_overtaken(month.name, month.period, &drafted.draft),
        ..Seen::default()
    };
    due((month.list, calendar), (&period, state), seen, now)
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
    let calendar = calendar_of(month.list, draft.given.policy);
    let zone = calendar.map(|calendar| calendar.zone_name.clone());
    let closed_at = state.frozen.zip(zone);
    let closed_at = closed_at.map(|((_, at), zone)| When { at, zone });
    for (approver, own) in letters {
        let letter = PayrollLetter {
            closed_at: closed_at.clone(),
            sent: pay
                .as_ref()
                .map(|pay| pay.called().to_owned())
                .unwrap_or_default(),
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

/// The director hears of it as well, where there is one who is not asked anyway.
fn tell_director(
    draft: &mut Draft<'_>,
    (month, state): (Month<'_>, &MonthState),
    what: &str,
    why: String,
) {
    let waits_for = state.waits_for();
    let Some(director) = director_of(month.list, draft.given.policy, &waits_for) else {
        return;
    };
    let number = state.drafted.as_ref().map_or(1, |one| one.draft.number);
    let letter = PayrollLetter {
        what: what.to_owned(),
        waits_for: waits_for.iter().map(|one| draft.agent_name(one)).collect(),
        why,
        ..PayrollLetter::default()
    };
    let key = format!("{what}:director");
    send_head(draft, (month, number), (director, &key), (letter, &[]));
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
