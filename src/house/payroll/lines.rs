//! Figures as lines of a file: taken apart, compared, told.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};

use super::super::HouseError;
use crate::{
    desk::{kpi::Sheet, policy::Policy},
    model::{
        ids::{AgentName, QueueName},
        language::Language,
        outgoing::PayrollChange,
    },
    report::names,
};

/// What figures may come to, unpacked.
const FIGURES_MAX: usize = 64_000_000;

/// So many changes a letter shows.
const CHANGES_MAX: usize = 40;

/// The figures of a sheet: whose, which, numerator and denominator; figures of nothing are left out.
pub(super) fn figures_of(sheet: &Sheet) -> String {
    let mut lines = String::from("period;queue;agent;figure;numerator;denominator\r\n");
    for (of, figures) in sheet.lines() {
        let (queue, agent) = of.columns();
        let some = figures.into_iter().filter(|figure| {
            figure.numerator != 0 || figure.denominator.is_some_and(|below| below != 0)
        });
        for figure in some {
            let below = figure.denominator.map(|below| below.to_string());
            let (period, below) = (&sheet.period.name, below.unwrap_or_default());
            lines.push_str(&format!(
                "{period};{queue};{agent};{};{};{below}\r\n",
                figure.code, figure.numerator
            ));
        }
    }
    lines
}

/// The lines that are about these queues, and the head.
pub(super) fn of_queues(file: &str, queues: &[QueueName]) -> String {
    let is_theirs = |(place, line): &(usize, &str)| {
        let queue = line.split(';').nth(1);
        *place == 0 || queues.iter().any(|own| Some(own.as_str()) == queue)
    };
    let lines = file.lines().enumerate().filter(is_theirs);
    lines.map(|(_, line)| format!("{line}\r\n")).collect()
}

pub(super) fn sha256(words: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(words.as_bytes()))
}

/// The sum of a file that is kept in base64; nothing, of nothing.
pub(super) fn sha256_of(base64: &str) -> Option<String> {
    let bytes = BASE64.decode(base64.as_bytes()).ok()?;
    (!bytes.is_empty()).then(|| HEXLOWER.encode(&Sha256::digest(&bytes)))
}

pub(super) fn pack(words: &str) -> Result<String, HouseError> {
    let packed = zstd::encode_all(words.as_bytes(), 0);
    let packed = packed.map_err(|error| HouseError::Stored(error.to_string()))?;
    Ok(BASE64.encode(&packed))
}

/// What was packed; nothing, of nothing.
pub(in crate::house) fn unpack(packed: &str) -> Result<String, HouseError> {
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

/// The lines by what they are of, with what they say: `2026-10;it;anna;solved` and `12;`.
pub(super) fn by_whose(file: &str) -> BTreeMap<String, String> {
    let line = |line: &str| {
        let mut parts = line.rsplitn(3, ';');
        let (below, above) = (parts.next()?, parts.next()?);
        // The head is no figure.
        let _: i64 = above.parse().ok()?;
        Some((parts.next()?.to_owned(), format!("{above};{below}")))
    };
    file.lines().filter_map(line).collect()
}

/// What is another now: the lines as they are, those that are gone as nought.
pub(super) fn restated(before: &str, now: &str) -> String {
    let (before, now) = (by_whose(before), by_whose(now));
    let whose: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let changed = whose
        .into_iter()
        .filter(|whose| before.get(*whose) != now.get(*whose));
    let line = |whose: &String| {
        let is = now.get(whose).map_or("0;", String::as_str);
        format!("{whose};{is}\r\n")
    };
    changed.map(line).collect()
}

/// The same, for a letter: figures of agents and of what is nobody's, since a queue's are their sums.
pub(super) fn changes(
    (before, now): (&str, &str),
    policy: &Policy,
    language: Language,
) -> Vec<PayrollChange> {
    let (before, now) = (by_whose(before), by_whose(now));
    let whose: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let changed = whose
        .into_iter()
        .filter(|whose| before.get(*whose) != now.get(*whose));
    let change = |whose: &String| {
        let mut parts = whose.splitn(4, ';');
        let (period, queue) = (parts.next()?, parts.next()?);
        let (agent, figure) = (parts.next()?, parts.next()?);
        let of = |lines: &BTreeMap<String, String>| {
            let value = lines.get(whose).map_or("0;", String::as_str);
            value.trim_end_matches(';').replace(';', "/")
        };
        (agent != "*").then(|| PayrollChange {
            whose: title(policy, queue, agent),
            period: period.to_owned(),
            figure: names::of_code(figure, language).to_owned(),
            before: of(&before),
            now: of(&now),
        })
    };
    changed.filter_map(change).take(CHANGES_MAX).collect()
}

fn title(policy: &Policy, queue: &str, agent: &str) -> String {
    let own = policy.agents.get(&AgentName::from(agent));
    own.map_or_else(
        || {
            let queue = policy.queues.get(&QueueName::from(queue));
            queue.map_or_else(|| agent.to_owned(), |queue| queue.title.clone())
        },
        |own| own.name.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "period;queue;agent;figure;numerator;denominator\r\n\
                          2026-10;it;anna;solved;12;\r\n2026-10;hr;vera;csat_mean;9;2\r\n";

    #[test]
    fn what_has_changed_is_told_and_what_is_gone_is_nought() {
        let now = "2026-10;it;anna;solved;11;\r\n2026-10;it;boris;solved;1;\r\n";
        assert_eq!(
            restated(BEFORE, now),
            "2026-10;hr;vera;csat_mean;0;\r\n2026-10;it;anna;solved;11;\r\n2026-10;it;boris;solved;1;\r\n"
        );
        assert_eq!(restated(BEFORE, BEFORE), "");
    }

    #[test]
    fn a_head_is_shown_what_is_theirs() {
        let own = of_queues(BEFORE, &[QueueName::from("it")]);
        assert_eq!(by_whose(&own).len(), 1);
        assert!(own.starts_with("period;"), "{own}");
        assert_eq!(unpack(&pack(&own).unwrap()).unwrap(), own);
    }
}
