//! Samples of drafts of payroll months, and of what a director hears of them.

use super::{
    sample_directors::figures,
    sample_payroll::{change, lines, of, replaced},
    sample_reviews::hints,
    sample_words::Maker,
};
use crate::model::outgoing::{
    PayrollLacking, PayrollLetter, PayrollNote, PayrollSpread, SettingsShown,
};

pub(super) fn drafts(make: &Maker<'_>) -> Vec<PayrollLetter> {
    let draft = PayrollLetter {
        cut_at: Some(make.when(0)),
        upto: 1234,
        head_hash: "9f86d081884c7d65".to_owned(),
        lines: lines(make),
        hints: Some(hints(make)),
        aims: figures(make),
        lacking: [true, false]
            .map(|is_outside| lacking(make, is_outside))
            .to_vec(),
        spread: vec![
            PayrollSpread {
                whose: make.agent(),
                indicators: vec![make.say("средняя оценка", "mean rating")],
            },
            PayrollSpread {
                whose: make.agent(),
                indicators: Vec::new(),
            },
        ],
        unsettled: vec![make.say(
            "до конца месяца не прочитаны ящики: it",
            "mailboxes that are not read up to the end of the month: it",
        )],
        unjudged: 3,
        final_on: Some(make.when(0)),
        nameless: vec![make.agent()],
        files: vec!["kpi_2026-10_it_v0.xlsx".to_owned()],
        replaced: vec![replaced("kpi_2026-10_it_v0.csv")],
        reasons: vec![(
            "SLA_STD".to_owned(),
            make.say("два дня стоял сервер", "a server was down for two days"),
        )],
        has_page: true,
        ..of(make, "draft")
    };
    let redraft = PayrollLetter {
        changed: vec![change(make)],
        settings: Some(settings(make)),
        paid: vec![change(make)],
        changed_more: 3,
        files: vec!["changes_2026-10_it_v0.xlsx".to_owned()],
        ..of(make, "redraft")
    };
    let others = others(make, &redraft);
    [draft, redraft].into_iter().chain(others).collect()
}

/// New drafts of which the figures are not what has changed, or not all.
fn others(make: &Maker<'_>, redraft: &PayrollLetter) -> Vec<PayrollLetter> {
    let people = PayrollLetter {
        changed: Vec::new(),
        settings: Some(SettingsShown {
            is_other: false,
            ..settings(make)
        }),
        changed_more: 0,
        files: Vec::new(),
        why: "people".to_owned(),
        ..redraft.clone()
    };
    let shared = PayrollLetter {
        changed: vec![change(make)],
        why: "shared".to_owned(),
        ..people.clone()
    };
    let same = PayrollLetter {
        changed: Vec::new(),
        settings: Some(SettingsShown {
            version_before: String::new(),
            sha256_before: String::new(),
            ..settings(make)
        }),
        restated: vec![change(make)],
        restated_more: 2,
        notes: notes(make),
        ..redraft.clone()
    };
    vec![people, shared, same]
}

fn notes(make: &Maker<'_>) -> Vec<PayrollNote> {
    let whats = [
        "omitted",
        "gone",
        "left",
        "not_scored",
        "other_rules",
        "number",
        "early",
        "bounds",
    ];
    whats.map(|what| note(make, what)).to_vec()
}

pub(super) fn note(make: &Maker<'_>, what: &str) -> PayrollNote {
    PayrollNote {
        what: what.to_owned(),
        queue: make.say("Кадры", "Human resources"),
        list: make.say("Управление", "Administration"),
        period: "2026-10".to_owned(),
        from: Some(make.when(0)),
        to: Some(make.when(0)),
        whose: make.agent(),
        before: "00123".to_owned(),
        now: "00456".to_owned(),
    }
}

fn lacking(make: &Maker<'_>, is_outside: bool) -> PayrollLacking {
    PayrollLacking {
        code: "PAYMENTS".to_owned(),
        name: make.say("Платежи в срок", "Payments in time"),
        weight: "20".to_owned(),
        is_outside,
    }
}

fn settings(make: &Maker<'_>) -> SettingsShown {
    SettingsShown {
        version: make.say("приказ № 13", "order 13"),
        sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
        is_other: true,
        version_before: make.say("приказ № 12", "order 12"),
        sha256_before: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            .to_owned(),
    }
}

pub(super) fn to_director(make: &Maker<'_>) -> Vec<PayrollLetter> {
    let silence = PayrollLetter {
        waits_for: vec![make.agent()],
        ..of(make, "silence")
    };
    let soon = PayrollLetter {
        day: None,
        ..silence.clone()
    };
    let overdue = |why: &str| PayrollLetter {
        waits_for: vec![make.agent()],
        why: why.to_owned(),
        ..of(make, "overdue")
    };
    let whys = ["", "nameless", "balance", "no_approver"].map(overdue);
    [silence, soon].into_iter().chain(whys).collect()
}
