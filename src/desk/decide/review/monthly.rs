//! The month of a queue: to its head, who may answer why figures are what they are.

use super::{about, late, send_named, weekly};
use crate::desk::{
    draft::Draft,
    payroll::{MONTH_NUMBER, list_of_queue},
    review::{ReviewStep, figures_shown, month_before, put_beside},
    token::PayrollMark,
};
use crate::model::{
    decimal::Decimal,
    ids::QueueName,
    language::Language,
    outgoing::{Body, FigureShown, HintsShown, MonthlyLetter, ReasonShown, When},
};

/// A code to show how a reason is written, where no figure asks for one.
const EXAMPLE: &str = "SLA_STD";

/// A queue's month goes to its head, and to whoever stands in for them; whether there is one.
pub(super) fn send_month(draft: &mut Draft<'_>, name: &QueueName, step: &ReviewStep) -> bool {
    let policy = draft.given.policy;
    let queue = policy.queues.get(name).filter(|queue| queue.head.is_some());
    let (Some(queue), ReviewStep::Monthly { charts, .. }) = (queue, step) else {
        return false;
    };
    let (kind, _, period, _) = about(step);
    let zone = &queue.calendar.zone_name;
    let letter = letter(draft, step, ((name, &queue.title), zone), queue.language);
    let mark = PayrollMark {
        list: list_of_queue(name),
        period: period.to_owned(),
        draft: MONTH_NUMBER,
        confirms: None,
    };
    // Who stands in for the head reads it, and the head when they are back.
    let stand_in = draft.stand_in(queue);
    for agent in queue.head.iter().cloned().chain(stand_in) {
        let known = policy.agents.get(&agent);
        let Some((reader, known)) = draft.agent_person(&agent).zip(known) else {
            continue;
        };
        let own = MonthlyLetter {
            code: draft.given.key.payroll_code(&mark, &known.address),
            ..letter.clone()
        };
        let key = format!("{}:{name}:{period}:{reader}", kind.code());
        let id = |draft: &Draft<'_>, key: &str, domain: &str| {
            let to = (&mark, &known.address);
            draft.given.key.payroll_id(to, key, domain)
        };
        send_named(draft, name, ((reader, key), id), charts, |charts| {
            Body::Monthly(MonthlyLetter { charts, ..own })
        });
    }
    true
}

/// The letter, but for what is its reader's alone.
fn letter(
    draft: &Draft<'_>,
    step: &ReviewStep,
    ((name, title), zone): ((&QueueName, &str), &str),
    language: Language,
) -> MonthlyLetter {
    let ReviewStep::Monthly {
        period,
        upto,
        figures,
        capacity,
        aims,
        is_aim_unknown,
        late,
        hints,
        stands,
        ..
    } = step
    else {
        return MonthlyLetter::default();
    };
    let mut shown = figures_shown(aims, language);
    let reasons = beside(draft, (name, title, period), &mut shown);
    let asks = |one: &&FigureShown| one.asks_reason();
    let when = |at| When {
        at,
        zone: draft.given.policy.zone.clone(),
    };
    let used = Decimal::percent(figures.received.0, *capacity, 0);
    let example = shown.iter().find(asks).map(|one| one.code.clone());
    MonthlyLetter {
        queue: title.to_owned(),
        period: period.clone(),
        late: late::shown(late, zone),
        figures: weekly::shown(figures, language),
        capacity: *capacity,
        capacity_percent: used.map_or_else(String::new, |used| used.in_words_of(language)),
        unexplained: u64::try_from(shown.iter().filter(asks).count()).unwrap_or(u64::MAX),
        example: example.unwrap_or_else(|| EXAMPLE.to_owned()),
        aims: shown,
        is_aim_unknown: *is_aim_unknown,
        reasons,
        has_page: draft.given.policy.director_review.is_some(),
        code: String::new(),
        hints: HintsShown::clone(hints),
        charts: Vec::new(),
        upto: upto.0,
        head_hash: stands.head_hash.clone(),
        closed_at: stands.closed.map(|(_, at)| when(at)),
        version: stands.closed.map_or(0, |(version, _)| version),
        is_recounted: stands.is_recounted,
        final_on: stands.final_from.map(when),
    }
}

/// Puts beside the figures what was said of the queue, of the month and of the one before; what stands beside none is left.
fn beside(
    draft: &Draft<'_>,
    (name, title, period): (&QueueName, &str, &str),
    shown: &mut [FigureShown],
) -> Vec<ReasonShown> {
    let (own, before) = (list_of_queue(name), month_before(period));
    let said = draft.world.payroll_reasons(&[period, &before]);
    let said = said.into_iter().filter(|(list, ..)| *list == own);
    let mut rest = Vec::new();
    for (_, of, figure, why) in said {
        if !put_beside(shown, (&figure, of != period), &why) {
            rest.push(ReasonShown {
                list: title.to_owned(),
                period: of,
                figure,
                why,
            });
        }
    }
    rest
}
