//! Worked cases of promises, each derived by somebody else in three ways: `../shared/sla-vectors.json`, or the file that
//! `OKNO_SLA_CASES` names. Its conventions are inside it. And laws that hold for all of them (DOMAIN 2.5).
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test may stop at once and say why"
)]

#[path = "sla/cases.rs"]
mod cases;
#[path = "sla/laws.rs"]
mod laws;

use std::{fs, path::Path};

use cases::File;

#[test]
fn sla_cases() {
    let named = std::env::var("OKNO_SLA_CASES").ok();
    let path = named
        .clone()
        .unwrap_or_else(|| "../shared/sla-vectors.json".to_owned());
    if named.is_none() && !Path::new(&path).exists() {
        eprintln!("SKIPPED: there is no {path}; OKNO_SLA_CASES may name another file of cases");
        return;
    }
    let file: File = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let wrong: Vec<String> = file
        .cases
        .iter()
        .flat_map(|case| case.differences(&file))
        .collect();
    eprintln!("{} cases of {path}", file.cases.len());
    assert!(!file.cases.is_empty(), "{path} has no cases");
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What the shared sample leaves out, derived by hand.
#[test]
fn our_own_cases() {
    let file: File = serde_json::from_str(include_str!("sla/more.json")).unwrap();
    let wrong: Vec<String> = file
        .cases
        .iter()
        .flat_map(|case| case.differences(&file))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
