//! Figures counted a second time by tests/oracle/kpi.py, which knows nothing but the export and the definitions.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a helper of tests: what goes wrong here fails the test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

use jiff::tz::TimeZone;
use okno::{
    desk::kpi::{Beside, Sheet},
    model::ids::QueueName,
};

/// How many requests a month queues can take.
pub(crate) type Capacities = BTreeMap<QueueName, i64>;

/// What the other program makes of an export; `None`: see [`python`].
pub(crate) fn counted_again(
    export: &Path,
    zone: &str,
    (sheets, capacities): (&[Sheet], &Capacities),
) -> Option<BTreeSet<String>> {
    let mut words = vec![export.display().to_string(), zone.to_owned()];
    words.extend(sheets.iter().map(|sheet| sheet.period.name.clone()));
    let limits = capacities.iter();
    words.extend(limits.map(|(queue, limit)| format!("{queue}={limit}")));
    let lines = python("kpi.py", &words)?;
    let lines = lines.lines().filter(|line| says_anything(line));
    Some(lines.map(str::to_owned).collect())
}

/// What a program of tests/oracle prints; `None`, said aloud, where there is no Python. Under `CI` there has to be.
pub(crate) fn python(program: &str, words: &[String]) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
    let program = folder.join(program).display().to_string();
    let mut all = vec![program.as_str()];
    all.extend(words.iter().map(String::as_str));
    python_words(&all).map(Result::unwrap)
}

/// What Python prints, or what it says is wrong.
#[expect(
    clippy::disallowed_methods,
    reason = "whether anything may be skipped is said by the environment"
)]
pub(crate) fn python_words(words: &[&str]) -> Option<Result<String, String>> {
    let output = Command::new("python3")
        .arg("-B")
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let Ok(output) = output else {
        let may_skip = std::env::var_os("CI").is_none();
        assert!(
            may_skip,
            "the figures are counted twice by python3, which is missing: install it"
        );
        eprintln!("SKIPPED: THE FIGURES ARE NOT COUNTED TWICE, there is no python3 here");
        return None;
    };
    let said = String::from_utf8(output.stderr).unwrap();
    Some(match output.status.success() {
        true => Ok(String::from_utf8(output.stdout).unwrap()),
        false => Err(said.trim().to_owned()),
    })
}

/// The same lines of what okno has counted. A quarter is held against the one before it, where that is among them.
pub(crate) fn counted((sheets, capacities): (&[Sheet], &Capacities)) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for sheet in sheets {
        let before = sheet.period.quarter_before(&TimeZone::UTC);
        let before = before.and_then(|before| {
            let mut known = sheets.iter();
            known.find(|known| known.period.name == before.name)
        });
        let beside = Beside {
            before,
            capacities: capacities.clone(),
        };
        for (of, figures) in sheet.lines_beside(&beside) {
            let (queue, agent) = of.columns();
            for figure in figures {
                let below = figure.denominator.map(|below| below.to_string());
                lines.insert(format!(
                    "{};{queue};{agent};{};{};{}",
                    sheet.period.name,
                    figure.code,
                    figure.numerator,
                    below.unwrap_or_default()
                ));
            }
        }
    }
    lines.retain(|line| says_anything(line));
    lines
}

/// Whose there is nothing, one program may leave out and the other not.
fn says_anything(line: &str) -> bool {
    !line.ends_with(";0;") && !line.ends_with(";0;0")
}

/// Nothing may differ, not in the last digit.
#[track_caller]
pub(crate) fn are_the_same(counted: &BTreeSet<String>, again: &BTreeSet<String>) {
    let differ = differing(counted, again);
    let shown: Vec<&str> = differ.iter().take(40).map(String::as_str).collect();
    assert!(
        differ.is_empty(),
        "{} lines of {} differ:\n{}",
        differ.len(),
        counted.len(),
        shown.join("\n")
    );
}

/// The lines that only one of both has, and which.
pub(crate) fn differing(counted: &BTreeSet<String>, again: &BTreeSet<String>) -> Vec<String> {
    let differ = counted.symmetric_difference(again);
    differ
        .map(|line| match counted.contains(line) {
            true => format!("okno   {line}"),
            false => format!("oracle {line}"),
        })
        .collect()
}
