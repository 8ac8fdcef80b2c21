//! Samples of the letter that brings accountants their file.

use super::{
    sample_drafts::note,
    sample_payroll::{change, lines, replaced},
    sample_words::Maker,
};
use crate::model::outgoing::{Body, PayFileLetter};

/// The letter with everything in it.
fn pay_file(make: &Maker<'_>) -> PayFileLetter {
    PayFileLetter {
        list: make.say("ИТ-поддержка", "IT support"),
        period: "2026-10".to_owned(),
        code: "[kpi:it/2026-10/0:k7q4m2p9s1]".to_owned(),
        is_missing: false,
        why: String::new(),
        waits_for: Vec::new(),
        file: "pay_2026-10_it_v1.xlsx".to_owned(),
        version: 1,
        people: lines(make),
        scores: make.say("приказ № 12", "order 12"),
        rows: 18,
        replaced: vec![replaced("pay_2026-10_it_v1.csv")],
        sums: vec![
            ("SLA_STD".to_owned(), make.say("190,48", "190.48")),
            ("VOLUME".to_owned(), "61".to_owned()),
        ],
        sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
        head_hash: "9f86d081884c7d65".to_owned(),
        approved_by: vec![make.agent()],
        approved_at: Some(make.when(0)),
        is_again: false,
        restated: vec![change(make)],
        restated_more: 2,
        notes: ["other_rules", "number", "early"]
            .map(|what| note(make, what))
            .to_vec(),
        lacking: vec!["SLA_EXTR".to_owned(), "PAYMENTS".to_owned()],
        spread: 3,
    }
}

pub(super) fn pay_files(make: &Maker<'_>) -> Vec<Body> {
    let file = pay_file(make);
    let again = PayFileLetter {
        is_again: true,
        restated: Vec::new(),
        restated_more: 0,
        notes: Vec::new(),
        lacking: Vec::new(),
        spread: 0,
        ..file.clone()
    };
    let plain = PayFileLetter {
        sums: Vec::new(),
        replaced: Vec::new(),
        people: Vec::new(),
        scores: String::new(),
        approved_at: None,
        restated: Vec::new(),
        restated_more: 0,
        notes: Vec::new(),
        lacking: Vec::new(),
        ..file.clone()
    };
    let missing = PayFileLetter {
        is_missing: true,
        waits_for: vec![make.agent()],
        ..plain.clone()
    };
    let nameless = PayFileLetter {
        why: "nameless".to_owned(),
        ..missing.clone()
    };
    let unbalanced = PayFileLetter {
        why: "balance".to_owned(),
        waits_for: Vec::new(),
        ..missing.clone()
    };
    let unapproved = PayFileLetter {
        why: "no_approver".to_owned(),
        ..unbalanced.clone()
    };
    let all = [
        file, again, plain, missing, nameless, unbalanced, unapproved,
    ];
    all.map(Body::PayFile).to_vec()
}
