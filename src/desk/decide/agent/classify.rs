//! An agent says what a request is.

use super::NotDone;
use crate::desk::{
    arrival::Arrival, command::folded, decide::wishes, draft::TicketDraft, reason::Reason, sla,
};
use crate::model::{
    classification::{Priority, Property, RequestClass},
    event::{EventData, Private},
};

/// How each class is written.
const CLASSES: &[(RequestClass, &[&str])] = &[
    (
        RequestClass::Emergency,
        &["экстренное", "экстренный", "авария", "emergency"],
    ),
    (RequestClass::Urgent, &["срочное", "срочный", "urgent"]),
    (
        RequestClass::Standard,
        &["стандартное", "стандартный", "обычное", "standard"],
    ),
    (
        RequestClass::Consultation,
        &["консультация", "вопрос", "consultation"],
    ),
    (RequestClass::Wish, &["пожелание", "wish"]),
];

const PRIORITIES: &[(Priority, &[&str])] = &[
    (Priority::High, &["высокий", "high"]),
    (Priority::Normal, &["обычный", "normal"]),
    (Priority::Low, &["низкий", "low"]),
];

/// The class that somebody means.
pub(in crate::desk::decide) fn class_named(word: &str) -> Option<RequestClass> {
    let word = folded(word);
    let mut known = CLASSES.iter();
    let own = known.find(|(_, words)| words.contains(&word.as_str()));
    own.map(|(class, _)| *class)
}

/// How urgent it is by its nature, and why.
pub(super) fn class(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    words: &str,
) -> Result<(), NotDone> {
    let (word, why) = first_word(words);
    let class = choice(CLASSES, &word)?;
    let before = ticket.snapshot().classification.class;
    let promises = ticket.queue().map(|queue| &queue.promises);
    // What is promised later than before is never done without a word (DOMAIN 2.2).
    let is_less = class > before && promises.is_some_and(|known| !known.classes.is_empty());
    let was_urgent = ticket.snapshot().is_urgent;
    let is_less = is_less || was_urgent && class > before;
    if is_less && why.is_empty() {
        return Err(Reason::NoCause.into());
    }
    let reason = match was_urgent && class > before {
        true => Reason::UrgencyLowered,
        false => Reason::AgentCommand,
    };
    classify(ticket, Property::Class(class), (why, reason))?;
    let (policy, at) = (ticket.given.policy, ticket.voice.at);
    let queue = ticket.queue().filter(|_| class != before);
    let changes = queue.map(|queue| sla::drop_or_change(ticket.snapshot(), (policy, queue), at));
    for clock in changes.into_iter().flatten() {
        ticket.happened(clock, Reason::ClassChanged);
    }
    // A promise that begins while somebody is waited for stands still like the others.
    let state = ticket.snapshot().state;
    ticket.enters(state, Reason::ClassChanged);
    // Whoever has asked for it hears that it was not to be.
    if was_urgent && !ticket.snapshot().is_urgent {
        wishes::tell_lowered(ticket, arrival, why);
    }
    Ok(())
}

/// What comes first, and why.
pub(super) fn priority(ticket: &mut TicketDraft<'_, '_>, words: &str) -> Result<(), NotDone> {
    let (word, why) = first_word(words);
    let priority = choice(PRIORITIES, &word)?;
    classify(
        ticket,
        Property::Priority(priority),
        (why, Reason::AgentCommand),
    )
}

/// What it is about: the words are a category of the queue.
pub(super) fn category(ticket: &mut TicketDraft<'_, '_>, words: &str) -> Result<(), NotDone> {
    let queue = ticket.queue().ok_or(Reason::NoQueue)?;
    let category = listed(&queue.categories, words)?;
    classify(
        ticket,
        Property::Category(category),
        ("", Reason::AgentCommand),
    )
}

/// Why it came: the words are a cause of the queue.
pub(super) fn cause(ticket: &mut TicketDraft<'_, '_>, words: &str) -> Result<(), NotDone> {
    let queue = ticket.queue().ok_or(Reason::NoQueue)?;
    let cause = listed(&queue.causes, words)?;
    classify(ticket, Property::Cause(cause), ("", Reason::AgentCommand))
}

fn classify(
    ticket: &mut TicketDraft<'_, '_>,
    property: Property,
    (why, reason): (&str, Reason),
) -> Result<(), NotDone> {
    if !ticket.snapshot().state.is_live() {
        return Err(Reason::NotLive.into());
    }
    if ticket.snapshot().classification.has(&property) {
        return Ok(());
    }
    let why = (!why.is_empty()).then(|| Private {
        person: None,
        text: why.to_owned(),
    });
    if matches!(property, Property::Class(_)) {
        ticket.judges_passed();
    }
    let data = EventData::Classified { property };
    ticket.happened_privately(data, reason, why);
    Ok(())
}

/// The first word, folded, and the reason that follows it.
fn first_word(words: &str) -> (String, &str) {
    let (word, why) = words.split_once(' ').unwrap_or((words, ""));
    (folded(word.trim_end_matches([',', ':', ';'])), why.trim())
}

fn choice<T: Copy>(known: &[(T, &[&str])], word: &str) -> Result<T, NotDone> {
    let found = known.iter().find(|(_, words)| words.contains(&word));
    found.map(|(choice, _)| *choice).ok_or_else(|| {
        let first = known.iter().filter_map(|(_, words)| words.first());
        no_such_choice(&mut first.map(|word| (*word).to_owned()))
    })
}

pub(super) fn listed(known: &[String], word: &str) -> Result<String, NotDone> {
    let word = folded(word);
    let found = known.iter().find(|known| folded(known) == word);
    found
        .cloned()
        .ok_or_else(|| no_such_choice(&mut known.iter().cloned()))
}

fn no_such_choice(known: &mut dyn Iterator<Item = String>) -> NotDone {
    NotDone {
        reason: Reason::NoSuchChoice,
        detail: known.collect::<Vec<_>>().join(", "),
    }
}
