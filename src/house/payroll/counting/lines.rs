//! Figures as lines of a file: taken apart, compared, told.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};

use super::{
    super::super::{
        HouseError,
        periods::{Lines, Pair, lines_of, read},
    },
    again::no_data,
};
use crate::{
    desk::{
        payroll::{Carries, Closing, Payrolls},
        policy::Policy,
    },
    model::{
        figures,
        ids::{AgentName, QueueName},
        language::Language,
        outgoing::PayrollChange,
        outside::OUTSIDE,
        payroll::PayrollDraft,
    },
};

/// What figures may come to, unpacked.
const FIGURES_MAX: usize = 64_000_000;

/// Whose figure it is: period, queue, agent (empty: nobody's), the figure's code.
type Whose = (String, String, String, String);

/// The lines that are about these queues, and the head.
pub(in crate::house::payroll) fn of_queues(file: &str, queues: &[QueueName]) -> String {
    let is_theirs = |(place, line): &(usize, &str)| {
        let queue = line.split(';').nth(1);
        *place == 0 || queues.iter().any(|own| Some(own.as_str()) == queue)
    };
    let lines = file.lines().enumerate().filter(is_theirs);
    lines.map(|(_, line)| format!("{line}\r\n")).collect()
}

/// The lines that are about these queues, what is carried of those that are gone, and the head.
pub(in crate::house::payroll) fn of_month(
    file: &str,
    queues: &[QueueName],
    gone: &[QueueName],
) -> String {
    let is_theirs = |(place, line): &(usize, &str)| {
        let mut cells = line.split(';');
        let queue = cells.nth(1).unwrap_or_default();
        let is_carried = cells.next_back().is_some_and(|ticket| !ticket.is_empty());
        let among = |queues: &[QueueName]| queues.iter().any(|own| own.as_str() == queue);
        *place == 0 || among(queues) || is_carried && among(gone)
    };
    let lines = file.lines().enumerate().filter(is_theirs);
    lines.map(|(_, line)| format!("{line}\r\n")).collect()
}

pub(in crate::house::payroll) fn sha256(words: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(words.as_bytes()))
}

/// SHA-256 of a file that is kept in base64, in hexadecimal; `None` where it is empty or damaged.
pub(in crate::house::payroll) fn sha256_of(base64: &str) -> Option<String> {
    let bytes = BASE64.decode(base64.as_bytes()).ok()?;
    (!bytes.is_empty()).then(|| HEXLOWER.encode(&Sha256::digest(&bytes)))
}

pub(in crate::house::payroll) fn pack(words: &str) -> Result<String, HouseError> {
    let packed = zstd::encode_all(words.as_bytes(), 0);
    let packed = packed.map_err(|error| HouseError::Stored(error.to_string()))?;
    Ok(BASE64.encode(&packed))
}

/// What was packed; nothing, of nothing.
///
/// # Errors
/// It is damaged.
pub fn unpack(packed: &str) -> Result<String, HouseError> {
    if packed.is_empty() {
        return Ok(String::new());
    }
    let damaged = |words: String| HouseError::Stored(format!("figures are damaged: {words}"));
    let bytes = BASE64.decode(packed.as_bytes());
    let bytes = bytes.map_err(|error| damaged(error.to_string()))?;
    let bytes = zstd::bulk::decompress(&bytes, FIGURES_MAX);
    let bytes = bytes.map_err(|error| damaged(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| damaged(error.to_string()))
}

/// What of a month's own figures is another in the newer draft, for a letter: figures of agents and of what is nobody's, since
/// a queue's are their sums.
pub(in crate::house::payroll) fn changes(
    lines: (&Lines, &Lines),
    period: &str,
    policy: &Policy,
    language: Language,
) -> Vec<PayrollChange> {
    let changed = changed(lines, period).into_iter();
    let told = changed.map(|(whose, was, is)| change(&whose, (was, is), policy, language));
    told.collect()
}

fn changed(
    (before, now): (&Lines, &Lines),
    period: &str,
) -> Vec<(Whose, Option<Pair>, Option<Pair>)> {
    let of = |lines: &Lines| -> BTreeMap<Whose, Pair> {
        let mut found = BTreeMap::new();
        add_figures(&mut found, lines, period);
        found
    };
    let (before, now) = (of(before), of(now));
    let whose: BTreeSet<&Whose> = before.keys().chain(now.keys()).collect();
    let pairs = whose.into_iter().map(|whose| {
        let (was, is) = (before.get(whose), now.get(whose));
        (whose.clone(), was.copied(), is.copied())
    });
    pairs.filter(|(_, was, is)| was != is).collect()
}

/// What a draft carries of closed months of its list, for a letter: each figure as it was told last, and as it is with that.
pub(in crate::house::payroll) fn restated(
    all: &Payrolls,
    draft: &PayrollDraft,
    queues: &[QueueName],
    (policy, language): (&Policy, Language),
) -> Result<Vec<PayrollChange>, HouseError> {
    let mut more: BTreeMap<Whose, Pair> = BTreeMap::new();
    add_adjusted(&mut more, &read(&unpack(&draft.figures)?));
    more.retain(|(_, queue, ..), _| queues.iter().any(|own| own.as_str() == queue));
    if more.is_empty() {
        return Ok(Vec::new());
    }
    let mut told: BTreeMap<Whose, Pair> = BTreeMap::new();
    for (closing, own) in all.earlier(queues, &Carries::of(draft)) {
        let lines = closed_lines(&closing, &own)?;
        add_figures(&mut told, &lines, closing.name());
        add_adjusted(&mut told, &lines);
    }
    let changed = more.iter().map(|(whose, by)| {
        let known = told.get(whose).copied();
        let before = known.unwrap_or_else(|| (0, by.1.map(|_| 0)));
        let now = plus(before, *by);
        // What nobody had brought was no nought.
        let was = known.or_else(|| (!is_outside(whose)).then_some(before));
        change(whose, (was, Some(now)), policy, language)
    });
    Ok(changed.collect())
}

/// What a closed month says of these queues.
pub(in crate::house::payroll) fn closed_lines(
    closing: &Closing<'_>,
    queues: &[QueueName],
) -> Result<Lines, HouseError> {
    let mut lines = whole_lines(closing)?;
    let among = |queue: &str| queues.iter().any(|own| own.as_str() == queue);
    lines.figures.retain(|(queue, _), _| among(queue));
    lines.adjusted.retain(|one| among(&one.queue));
    Ok(lines)
}

/// What a closed month tells, of all the queues of which a draft that carries this holds it for told.
pub(in crate::house::payroll) fn told_lines(
    closing: &Closing<'_>,
    carries: &Carries,
) -> Result<Lines, HouseError> {
    let mut lines = whole_lines(closing)?;
    let is_told = |queue: &str| {
        let queue = QueueName::from(queue);
        closing.tells(&queue) && Some(closing.upto()) <= carries.since(&queue)
    };
    lines.figures.retain(|(queue, _), _| is_told(queue));
    lines.adjusted.retain(|one| is_told(&one.queue));
    Ok(lines)
}

pub(in crate::house::payroll) fn whole_lines(closing: &Closing<'_>) -> Result<Lines, HouseError> {
    match closing {
        Closing::ByMail { drafted, .. } => Ok(read(&unpack(&drafted.draft.figures)?)),
        Closing::AtTerminal { closed, .. } => {
            let lines = lines_of(closed);
            lines.map_err(|error| HouseError::Stored(error.to_string()))
        }
    }
}

fn add_figures(all: &mut BTreeMap<Whose, Pair>, lines: &Lines, period: &str) {
    let own = lines.figures.iter().filter(|((_, agent), _)| agent != "*");
    for ((queue, agent), figures) in own {
        for (figure, pair) in figures {
            let whose = (period, queue, agent, figure);
            add(all, whose, *pair);
        }
    }
}

fn add_adjusted(all: &mut BTreeMap<Whose, Pair>, lines: &Lines) {
    for one in &lines.adjusted {
        let whose = (one.period.as_str(), &one.queue, &one.agent, &one.figure);
        add(all, whose, one.by);
    }
}

fn add(
    all: &mut BTreeMap<Whose, Pair>,
    (period, queue, agent, figure): (&str, &String, &String, &String),
    by: Pair,
) {
    let whose = (
        period.to_owned(),
        queue.clone(),
        agent.clone(),
        figure.clone(),
    );
    let own = all.entry(whose).or_insert_with(|| (0, by.1.map(|_| 0)));
    *own = plus(*own, by);
}

pub(in crate::house::payroll) fn plus(one: Pair, other: Pair) -> Pair {
    let below = match (one.1, other.1) {
        (None, None) => None,
        (one, other) => Some(one.unwrap_or(0).saturating_add(other.unwrap_or(0))),
    };
    (one.0.saturating_add(other.0), below)
}

/// What comes from outside is not there as long as nobody has brought it; what is counted is nought.
fn is_outside((.., figure): &Whose) -> bool {
    figure.starts_with(OUTSIDE)
}

fn change(
    whose: &Whose,
    (was, is): (Option<Pair>, Option<Pair>),
    policy: &Policy,
    language: Language,
) -> PayrollChange {
    let (period, queue, agent, figure) = whose;
    let shown = |pair: Option<Pair>| match pair {
        None | Some((0, Some(0))) if is_outside(whose) => no_data(language).to_owned(),
        None => "0".to_owned(),
        Some((above, None)) => above.to_string(),
        Some((above, Some(below))) => format!("{above}/{below}"),
    };
    PayrollChange {
        whose: title(policy, queue, agent),
        period: period.clone(),
        figure: figures::of_code(figure, language).to_owned(),
        before: shown(was),
        now: shown(is),
    }
}

fn title(policy: &Policy, queue: &str, agent: &str) -> String {
    let own = policy.agents.get(&AgentName::from(agent));
    own.map_or_else(
        || {
            let queue = policy.queues.get(&QueueName::from(queue));
            let title = queue.map_or_else(|| agent.to_owned(), |queue| queue.title.clone());
            if agent.is_empty() {
                title
            } else {
                agent.to_owned()
            }
        },
        |own| own.name.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "period;queue;agent;figure;numerator;denominator;ticket\r\n\
                          2026-10;it;anna;solved;12;;\r\n2026-10;hr;vera;csat_mean;9;2;\r\n\
                          2026-09;it;anna;solved;-1;;1001\r\n";

    #[test]
    fn what_has_changed_is_told_and_what_is_gone_is_nought() {
        let now = "period;queue;agent;figure;numerator;denominator;ticket\r\n\
                   2026-10;it;anna;solved;11;;\r\n2026-10;it;boris;solved;1;;\r\n";
        let told = |before: &str, now: &str| {
            let changed = changed((&read(before), &read(now)), "2026-10").into_iter();
            let told = changed.map(|((_, queue, agent, figure), was, is)| {
                (queue + "/" + &agent, figure, was, is)
            });
            told.collect::<Vec<_>>()
        };
        let of = |whose: &str, figure: &str| (whose.to_owned(), figure.to_owned());
        let told_now: Vec<_> = told(BEFORE, now)
            .into_iter()
            .map(|(whose, figure, was, is)| ((whose, figure), was, is))
            .collect();
        assert_eq!(
            told_now,
            [
                (of("hr/vera", "csat_mean"), Some((9, Some(2))), None),
                (of("it/anna", "solved"), Some((12, None)), Some((11, None))),
                (of("it/boris", "solved"), None, Some((1, None))),
            ]
        );
        assert_eq!(told(BEFORE, BEFORE), []);
    }

    #[test]
    fn a_head_is_shown_what_is_theirs() {
        let own = of_queues(BEFORE, &[QueueName::from("it")]);
        let lines = read(&own);
        assert_eq!((lines.figures.len(), lines.adjusted.len()), (1, 1));
        assert!(own.starts_with("period;"), "{own}");
        assert_eq!(unpack(&pack(&own).unwrap()).unwrap(), own);
    }
}
