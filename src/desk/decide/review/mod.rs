//! Regular letters about how a queue works: each is written once, to whoever it is for.

mod director;
mod late;
mod monthly;
mod weekly;

use super::{due::digest_mail, worklist::sender};
use crate::desk::{
    alarm::About,
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    policy::QueuePolicy,
    reason::Reason,
    review::ReviewStep,
    world::World,
};
use crate::model::{
    event::{EventData, Stream},
    ids::{EventSeq, MessageId, PersonId, QueueName},
    outgoing::{
        Body, ChartShown, Class, DirectorLetter, DrawnChart, IdleRulesLetter, OutgoingMail,
        WeeklyLetter, placed,
    },
    review::ReviewKind,
};

/// Decides on a letter that is due.
pub(super) fn decide_review(step: &ReviewStep, world: &World, given: &Given<'_>) -> Decision {
    let voice = Voice::okno(given.now);
    let mut draft = Draft::new(given, world, voice, Reason::Reviewed);
    let (kind, queue, period, upto) = about(step);
    let last = world.last_review(kind, queue);
    // A look sees again what waits to be decided.
    let is_written = last.is_some_and(|last| last >= period);
    let is_told = !is_written
        && match step {
            ReviewStep::Weekly { queue, .. } => weekly(&mut draft, queue, step),
            ReviewStep::Monthly { queue, .. } => monthly::send_month(&mut draft, queue, step),
            ReviewStep::Director { .. } => director_page(&mut draft, step),
            ReviewStep::Rules { period, rules, .. } => idle_rules(&mut draft, period, rules),
        };
    if !is_told {
        return Decision::new(Reason::NothingToDo);
    }
    written(&mut draft, (kind, queue), period, upto);
    finish(draft, None)
}

/// Which letter, about which queue and time, from history up to which event.
fn about(step: &ReviewStep) -> (ReviewKind, Option<&QueueName>, &str, EventSeq) {
    match step {
        ReviewStep::Weekly {
            queue,
            period,
            upto,
            ..
        } => (ReviewKind::Weekly, Some(queue), period, *upto),
        ReviewStep::Monthly {
            queue,
            period,
            upto,
            ..
        } => (ReviewKind::Monthly, Some(queue), period, *upto),
        ReviewStep::Director { period, upto, .. } => (ReviewKind::Director, None, period, *upto),
        ReviewStep::Rules { period, upto, .. } => (ReviewKind::Rules, None, period, *upto),
    }
}

/// A queue's week goes to its people; whether there is such a queue.
fn weekly(draft: &mut Draft<'_>, name: &QueueName, step: &ReviewStep) -> bool {
    let (kind, _, period, _) = about(step);
    let (Some(queue), ReviewStep::Weekly { charts, .. }) =
        (draft.given.policy.queues.get(name), step)
    else {
        return false;
    };
    for reader in readers(draft, queue) {
        let letter = weekly::letter(draft, step, (queue, reader));
        let key = format!("{}:{name}:{period}:{reader}", kind.code());
        send(draft, name, (reader, key), charts, |charts| {
            Body::Weekly(WeeklyLetter { charts, ..letter })
        });
    }
    true
}

/// The director's page goes to whoever reads it; whether anybody does.
fn director_page(draft: &mut Draft<'_>, step: &ReviewStep) -> bool {
    let (kind, _, period, upto) = about(step);
    let (
        Some(review),
        ReviewStep::Director {
            departments,
            is_aim_unknown,
            late,
            charts,
            head_hash,
            ..
        },
    ) = (&draft.given.policy.director_review, step)
    else {
        return false;
    };
    let queue = draft.given.policy.queues.get(&review.queue);
    let language = queue.map_or(draft.given.policy.language, |queue| queue.language);
    let zone = queue.map_or(&draft.given.policy.zone, |queue| &queue.calendar.zone_name);
    let mut letter = DirectorLetter {
        late: late::shown(late, zone),
        is_aim_unknown: *is_aim_unknown,
        head_hash: head_hash.clone(),
        ..director::letter((period, upto.0), departments, language)
    };
    let shown = (departments.as_slice(), letter.departments.as_mut_slice());
    letter.reasons = director::beside(draft, period, shown);
    // Whoever reads this page is not asked for reasons.
    let figures = letter
        .departments
        .iter_mut()
        .flat_map(|one| &mut one.figures);
    figures.for_each(|figure| figure.code.clear());
    for address in &review.to {
        let reader = draft.person(address, None, None);
        let key = format!("{}:{period}:{address}", kind.code());
        let letter = letter.clone();
        send(draft, &review.queue, (reader, key), charts, |charts| {
            Body::Director(DirectorLetter { charts, ..letter })
        });
    }
    true
}

/// Rules that no head is told of the administrator is; that they were looked at is noted in any case.
fn idle_rules(draft: &mut Draft<'_>, period: &str, rules: &[String]) -> bool {
    if !rules.is_empty() {
        let body = Body::IdleRules(IdleRulesLetter {
            period: period.to_owned(),
            rules: rules.to_vec(),
        });
        let key = format!("{}:{period}", ReviewKind::Rules.code());
        draft.send_to_administrator(key, Class::Report, body, About::default());
    }
    true
}

/// The team of a queue, by the address that all of it read where there is one, and whoever decides for it. What is about
/// several people goes to nobody else, whatever else they serve.
fn readers(draft: &mut Draft<'_>, queue: &QueuePolicy) -> Vec<PersonId> {
    let mut readers = Vec::new();
    match &queue.group {
        Some(group) => readers.push(draft.person(group, Some(&queue.title), None)),
        None => {
            for agent in &queue.agents {
                // Whoever is away has other things to read when they are back.
                if draft.absence_of(agent).is_none() {
                    readers.extend(draft.agent_person(agent));
                }
            }
        }
    }
    let stand_in = draft.stand_in(queue);
    for head in queue.head.iter().cloned().chain(stand_in) {
        let head = draft.agent_person(&head);
        readers.extend(head.filter(|head| !readers.contains(head)));
    }
    readers
}

/// Sends a letter with its charts, which are named by the mail they are in.
fn send(
    draft: &mut Draft<'_>,
    name: &QueueName,
    (reader, key): (PersonId, String),
    charts: &[DrawnChart],
    body: impl FnOnce(Vec<ChartShown>) -> Body,
) {
    let plain = |draft: &Draft<'_>, key: &str, domain: &str| {
        let key_of_house = draft.given.key;
        key_of_house.plain_message_id(key, domain)
    };
    send_named(draft, name, ((reader, key), plain), charts, body);
}

/// The same under an id of its own, by which answers are known.
fn send_named(
    draft: &mut Draft<'_>,
    name: &QueueName,
    ((reader, key), id): (
        (PersonId, String),
        impl FnOnce(&Draft<'_>, &str, &str) -> MessageId,
    ),
    charts: &[DrawnChart],
    body: impl FnOnce(Vec<ChartShown>) -> Body,
) {
    let Some(from) = sender(draft, name) else {
        return;
    };
    let message_id = id(draft, &key, from.2.address.domain());
    let (charts, made_files) = placed(charts, message_id.as_str());
    if let Some(mail) = digest_mail(draft, (reader, key), from, body(charts)) {
        draft.queue_mail(OutgoingMail {
            message_id,
            made_files,
            ..mail
        });
    }
}

/// That a letter was written is on record, so that it is written once.
fn written(
    draft: &mut Draft<'_>,
    (review, queue): (ReviewKind, Option<&QueueName>),
    period: &str,
    upto: EventSeq,
) {
    let data = EventData::Reviewed {
        review,
        queue: queue.cloned(),
        period: period.to_owned(),
        upto,
    };
    draft.happened_elsewhere(Stream::House, data, Reason::Reviewed, None);
}
