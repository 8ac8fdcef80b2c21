//! Samples of what is counted besides figures: what came by forms, rules that fitted nothing.

use super::sample_words::Maker;
use crate::model::outgoing::{Body, ChoiceShown, FormFieldShown, FormShown, IdleRulesLetter};

pub(super) fn forms(make: &Maker<'_>) -> Vec<FormShown> {
    let choice = |ru: &str, en: &str, count: u64| ChoiceShown {
        words: make.say(ru, en),
        count,
    };
    let field = FormFieldShown {
        title: make.say("Способ получения", "How to get it"),
        choices: vec![
            choice("на почту", "by mail", 6),
            choice("в печатном виде", "on paper", 1),
        ],
    };
    vec![
        FormShown {
            form: "ndfl".to_owned(),
            title: make.say("Справка 2-НДФЛ", "Income certificate"),
            count: 7,
            fields: vec![field],
        },
        FormShown {
            form: "trouble".to_owned(),
            title: make.say("Поломка", "Trouble"),
            count: 1,
            fields: Vec::new(),
        },
    ]
}

pub(super) fn idle_rules(make: &Maker<'_>) -> Vec<Body> {
    let two = vec![
        make.say("Справки 2-НДФЛ", "Certificates"),
        make.say("Пропуска", "Passes"),
    ];
    let letter = |rules: Vec<String>| {
        Body::IdleRules(IdleRulesLetter {
            period: "2026-10".to_owned(),
            rules,
        })
    };
    vec![
        letter(two.clone()),
        letter(two.into_iter().take(1).collect()),
    ]
}
