//! Samples of request forms: offered, and filled in.

use super::{
    sample_cards::cards,
    sample_words::{Maker, address},
};
use crate::model::outgoing::{
    Body, FieldView, FormList, FormView, MissingField, OfferedForm, TicketFacts,
};

fn filled(make: &Maker<'_>) -> FormView {
    let field = |title: String, value: String| FieldView { title, value };
    FormView {
        title: make.say("Справка 2-НДФЛ", "Income certificate"),
        fields: vec![
            field(
                make.say("Тип запроса", "Kind"),
                make.say("справка о доходах", "certificate of income"),
            ),
            field(make.say("Период", "Period"), "2025".to_owned()),
        ],
        missing: Vec::new(),
        question: Vec::new(),
        to_fill: String::new(),
        is_asked: false,
        is_paused: false,
        is_new: true,
    }
}

/// Nothing of it is filled in as it should be, and it is asked for.
fn lacking(make: &Maker<'_>, is_paused: bool) -> FormView {
    let missing = |title: String, value: String, hint: String| MissingField { title, value, hint };
    let way = make.say("Способ получения", "How to get it");
    let ways = make.say("на почту / в печатном виде", "by mail / on paper");
    FormView {
        missing: vec![
            missing(way.clone(), make.say("голубем", "by pigeon"), ways.clone()),
            missing(
                make.say("Для чего", "What for"),
                String::new(),
                String::new(),
            ),
        ],
        question: vec![
            make.say(
                "Тип запроса (справка о доходах / иное): справка о доходах",
                "Kind (certificate of income / other): certificate of income",
            ),
            make.say("Период (год): 2025", "Period (year): 2025"),
            format!("{way} ({ways}): "),
            make.say("Для чего: ", "What for: "),
        ],
        to_fill: format!("{way}: \n{}", make.say("Для чего: ", "What for: ")),
        is_asked: true,
        is_paused,
        ..filled(make)
    }
}

fn acknowledged(ticket: TicketFacts) -> Body {
    Body::Acknowledgement {
        ticket,
        others: Vec::new(),
        continues: None,
        brought: None,
        opens: None,
        is_apart: false,
        text: String::new(),
        canned: Vec::new(),
        articles: Vec::new(),
        files: Vec::new(),
        wishes: Vec::new(),
        urgency: String::new(),
        urgency_limit: 0,
    }
}

pub(super) fn filled_acknowledgements(make: &Maker<'_>) -> Vec<Body> {
    let forms = [filled(make), lacking(make, false), lacking(make, true)];
    let of = |form| {
        acknowledged(TicketFacts {
            form: Some(form),
            ..make.ticket()
        })
    };
    forms.into_iter().map(of).collect()
}

pub(super) fn filled_cards(make: &Maker<'_>) -> Vec<Body> {
    let with = |form| {
        let mut body = cards(make).into_iter().next();
        if let Some(Body::Card { ticket, .. }) = &mut body {
            ticket.form = Some(form);
        }
        body
    };
    let forms = [filled(make), lacking(make, false), lacking(make, true)];
    forms.into_iter().filter_map(with).collect()
}

pub(super) fn form_lists(make: &Maker<'_>) -> Vec<Body> {
    let full = OfferedForm {
        title: make.say("Справка 2-НДФЛ", "Income certificate"),
        about: make.say(
            "О доходах за год; готовим за два рабочих дня.",
            "On the income of a year; ready in two working days.",
        ),
        queue: make.say("Бухгалтерия", "Accounting"),
        address: address("buh@uni.test"),
        subject: make.say(
            "Справка 2-НДФЛ [form:ndfl]",
            "Income certificate [form:ndfl]",
        ),
        lines: vec![
            make.say("Период (год): ", "Period (year): "),
            make.say(
                "Способ получения (на почту / в печатном виде): ",
                "How to get it (by mail / on paper): ",
            ),
        ],
        short: vec![
            make.say("Период: ", "Period: "),
            make.say("Способ получения: ", "How to get it: "),
        ],
        files: vec![make.say("Памятка.pdf", "Notes.pdf")],
        files_left_out: vec![make.say("Порядок.pdf", "Rules.pdf")],
    };
    let bare = OfferedForm {
        title: make.say("Пропуск", "Pass"),
        about: String::new(),
        subject: make.say("Пропуск [form:pass]", "Pass [form:pass]"),
        lines: vec![make.say("На кого: ", "For whom: ")],
        short: vec![make.say("На кого: ", "For whom: ")],
        files: Vec::new(),
        files_left_out: Vec::new(),
        ..full.clone()
    };
    let list = |forms| {
        Body::Forms(FormList {
            queue: make.say("Бухгалтерия", "Accounting"),
            address: address("buh@uni.test"),
            forms,
        })
    };
    vec![list(vec![full, bare]), list(Vec::new())]
}
