//! Figures as lines of a file: packed, taken apart, added up.

use std::collections::BTreeMap;

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};

use super::super::super::{
    HouseError,
    periods::{Lines, Pair, lines_of, read},
};
use crate::{
    desk::payroll::{Carries, Closing},
    model::ids::QueueName,
};

/// What figures may come to, unpacked.
const FIGURES_MAX: usize = 64_000_000;

/// Whose figure it is: period, queue, agent (empty: nobody's), the figure's code.
pub(super) type Whose = (String, String, String, String);

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

pub(super) fn add_figures(all: &mut BTreeMap<Whose, Pair>, lines: &Lines, period: &str) {
    let own = lines.figures.iter().filter(|((_, agent), _)| agent != "*");
    for ((queue, agent), figures) in own {
        for (figure, pair) in figures {
            let whose = (period, queue, agent, figure);
            add(all, whose, *pair);
        }
    }
}

pub(super) fn add_adjusted(all: &mut BTreeMap<Whose, Pair>, lines: &Lines) {
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

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "period;queue;agent;figure;numerator;denominator;ticket\r\n\
                          2026-10;it;anna;solved;12;;\r\n2026-10;hr;vera;csat_mean;9;2;\r\n\
                          2026-09;it;anna;solved;-1;;1001\r\n";

    #[test]
    fn a_head_is_shown_what_is_theirs() {
        let own = of_queues(BEFORE, &[QueueName::from("it")]);
        let lines = read(&own);
        assert_eq!((lines.figures.len(), lines.adjusted.len()), (1, 1));
        assert!(own.starts_with("period;"), "{own}");
        assert_eq!(unpack(&pack(&own).unwrap()).unwrap(), own);
    }
}
