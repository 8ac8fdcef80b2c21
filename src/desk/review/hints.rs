//! Hints of a month (S2), and the four signs that a queue outgrows its team (S3): what a head finds below the figures.

use std::collections::BTreeMap;

use super::{forms::forms_shown, has_draft, has_month, policy_of};
use crate::{
    desk::{
        kpi::{Count, Hints, LateBy, Sheet, Tally, figure},
        policy::{Policy, QueuePolicy},
        rules::{Condition, Rule},
    },
    model::{
        clock::ClockKind,
        decimal::Decimal,
        ids::{AgentName, MailboxName, QueueName},
        language::Language,
        outgoing::{AgentShare, CauseShown, HintsShown, TrendShown},
    },
};

/// So many causes are told.
pub const CAUSES_MAX: usize = 3;

/// So many months show a trend.
const TREND_MONTHS: usize = 3;

/// What a head's hints are made of.
#[derive(Debug, Clone, Copy)]
pub struct Month<'m> {
    /// The months up to the one it is about, in order.
    pub sheets: &'m [Sheet],
    /// What was found beside the figures of each of them.
    pub hints: &'m [BTreeMap<QueueName, Hints>],
    /// Rules that fitted something in the last of them, by name.
    pub rules_hit: &'m BTreeMap<String, i64>,
}

/// The causes that come most often, and how often.
#[must_use]
pub fn top_causes<'h>(all: impl IntoIterator<Item = &'h Hints>) -> Vec<(LateBy, u64)> {
    let mut sums: BTreeMap<LateBy, u64> = BTreeMap::new();
    for (cause, many) in all.into_iter().flat_map(|hints| &hints.late) {
        let sum = sums.entry(*cause).or_default();
        *sum = sum.saturating_add(*many);
    }
    let mut causes: Vec<(LateBy, u64)> = sums.into_iter().collect();
    causes.sort_by_key(|(cause, many)| (std::cmp::Reverse(*many), *cause));
    causes.truncate(CAUSES_MAX);
    causes
}

/// The hints of these queues together.
#[must_use]
pub fn shown(
    queues: &[QueueName],
    month: Month<'_>,
    policy: &Policy,
    language: Language,
) -> HintsShown {
    let own = |month: &'_ BTreeMap<QueueName, Hints>| -> Vec<Hints> {
        let own = queues.iter().filter_map(|queue| month.get(queue));
        own.cloned().collect()
    };
    let of_months: Vec<Vec<Hints>> = month.hints.iter().map(own).collect();
    let last = of_months.last().map_or(&[][..], Vec::as_slice);
    let tallies = month.sheets.iter().map(|sheet| sheet.together(queues));
    let tallies: Vec<Tally> = tallies.collect();
    let empty = Tally::default();
    let now = tallies.last().unwrap_or(&empty);
    let late = last.iter().flat_map(|hints| hints.late.values());
    let misrouted = last.iter().map(|hints| hints.misrouted);
    let causes = top_causes(last).into_iter();
    HintsShown {
        late: late.fold(0_u64, |all, many| all.saturating_add(*many)),
        causes: causes
            .map(|(cause, count)| CauseShown {
                why: cause.code().to_owned(),
                count,
            })
            .collect(),
        repeats: now.count(Count::Repeats),
        received: now.count(Count::InScope),
        forms: forms_shown(last, policy, language),
        subjects: Vec::new(),
        misrouted: misrouted.fold(0_u64, u64::saturating_add),
        rules: idle_rules(queues, policy, month.rules_hit),
        shares: shares(queues, month.sheets, policy, language),
        trends: trends(&tallies, &of_months, language),
    }
}

/// Rules that concern these queues and fitted nothing: those that lead there, and of those that lead nowhere all that look at
/// mail of their mailboxes.
fn idle_rules(queues: &[QueueName], policy: &Policy, hit: &BTreeMap<String, i64>) -> Vec<String> {
    let is_read_here = |name: &MailboxName| {
        let mailbox = policy.mailboxes.get(name);
        mailbox.is_some_and(|own| queues.contains(&own.queue))
    };
    let concerns = |rule: &&Rule| match &rule.then.queue {
        Some(to) => queues.contains(to),
        None => {
            let mut asked = rule.when.iter().filter_map(Condition::mailboxes);
            asked.all(|names| names.iter().any(is_read_here))
        }
    };
    let idle = policy.rules.iter().filter(concerns);
    let idle = idle.map(|rule| rule.name.to_string());
    idle.filter(|name| !hit.contains_key(name)).collect()
}

/// Rules that fitted nothing, and of which no head reads: neither in the letter of a queue's month nor in the draft of a payroll
/// list, which has the same hints.
#[must_use]
pub fn untold_rules(policy: &Policy, month: &str, hit: &BTreeMap<String, i64>) -> Vec<String> {
    let is_told = |(name, queue): &(&QueueName, &QueuePolicy)| {
        let is_sent = has_month((name, queue), policy, month);
        let has_letter = policy_of(queue, policy).is_some() && is_sent;
        // Where a draft takes the letter's place there is a head and no letter.
        has_letter || has_draft(name, policy, month)
    };
    let (told, rest): (Vec<_>, Vec<_>) = policy.queues.iter().partition(is_told);
    let names = |of: Vec<(&QueueName, &QueuePolicy)>| -> Vec<QueueName> {
        of.into_iter().map(|(name, _)| name.clone()).collect()
    };
    let told = idle_rules(&names(told), policy, hit);
    let mut rules = idle_rules(&names(rest), policy, hit);
    rules.retain(|rule| !told.contains(rule));
    rules
}

fn shares(
    queues: &[QueueName],
    sheets: &[Sheet],
    policy: &Policy,
    language: Language,
) -> Vec<AgentShare> {
    let mut solved: BTreeMap<&AgentName, i64> = BTreeMap::new();
    for queue in queues {
        let own = policy.queues.get(queue);
        for agent in own.into_iter().flat_map(|own| &own.agents) {
            solved.entry(agent).or_default();
        }
        let counted = sheets.last().into_iter();
        for (agent, tally) in counted.flat_map(|sheet| sheet.agents_of(queue)) {
            let sum = solved.entry(agent).or_default();
            *sum = sum.saturating_add(tally.count(Count::Solved));
        }
    }
    let all = solved
        .values()
        .fold(0_i64, |all, one| all.saturating_add(*one));
    let mut shares: Vec<(&AgentName, i64)> = solved.into_iter().collect();
    shares.sort_by_key(|(agent, many)| (std::cmp::Reverse(*many), *agent));
    let share = |(agent, many): (&AgentName, i64)| AgentShare {
        name: name_of(agent, policy),
        solved: many,
        percent: words(Decimal::percent(many, all, 0), language),
    };
    shares.into_iter().map(share).collect()
}

fn name_of(agent: &AgentName, policy: &Policy) -> String {
    let own = policy.agents.get(agent);
    own.map_or_else(|| agent.to_string(), |own| own.name.clone())
}

/// The signs of growth: slower answers, worse ratings, more people who are not content, more that is late.
fn trends(tallies: &[Tally], hints: &[Vec<Hints>], language: Language) -> Vec<TrendShown> {
    let skipped = tallies.len().saturating_sub(TREND_MONTHS);
    let tallies: Vec<&Tally> = tallies.iter().skip(skipped).collect();
    let hints = hints.iter().skip(hints.len().saturating_sub(TREND_MONTHS));
    let of = |code: &'static str| {
        let pair = |tally: &&Tally| {
            let found = figure(tally, code)?;
            Some((found.numerator, found.denominator.unwrap_or(1)))
        };
        tallies.iter().map(pair).collect::<Vec<_>>()
    };
    let late = tallies.iter().map(|tally| {
        let judged = tally.judged(ClockKind::Resolution, None);
        Some((judged.breached.saturating_mul(100), judged.all()))
    });
    let low = hints.map(|own| {
        let low = own.iter().map(|hints| hints.low);
        let low = low.fold(0_u64, u64::saturating_add);
        Some((i64::try_from(low).unwrap_or(i64::MAX), 1))
    });
    vec![
        trend("response", of("frt_median"), (0, false), language),
        trend("quality", of("csat_mean"), (2, true), language),
        trend("complaints", low.collect(), (0, false), language),
        trend("late", late.collect(), (1, false), language),
    ]
}

fn trend(
    what: &str,
    values: Vec<Option<(i64, i64)>>,
    (places, more_is_better): (u8, bool),
    language: Language,
) -> TrendShown {
    let numbers = values.iter().map(|pair| {
        let (above, below) = (*pair)?;
        Decimal::ratio(above, below, places)
    });
    let exact = |pair: &Option<(i64, i64)>| pair.filter(|(_, below)| *below > 0);
    let way = match values.as_slice() {
        [.., before, now] => exact(before).zip(exact(now)).map(|(before, now)| {
            let then = i128::from(before.0).saturating_mul(i128::from(now.1));
            let now = i128::from(now.0).saturating_mul(i128::from(before.1));
            match now.cmp(&then) {
                std::cmp::Ordering::Equal => "same",
                std::cmp::Ordering::Greater if more_is_better => "better",
                std::cmp::Ordering::Less if !more_is_better => "better",
                std::cmp::Ordering::Greater | std::cmp::Ordering::Less => "worse",
            }
        }),
        _ => None,
    };
    TrendShown {
        what: what.to_owned(),
        values: numbers.map(|number| words(number, language)).collect(),
        way: way.unwrap_or_default().to_owned(),
    }
}

fn words(number: Option<Decimal>, language: Language) -> String {
    number.map_or_else(String::new, |number| number.in_words_of(language))
}
