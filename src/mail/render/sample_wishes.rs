//! Samples of what requesters are told at once: acknowledgements, and answers to what they ask with one word.

use super::{
    sample_codes::{BROUGHT, TICKET_STATES, TOLD, WISHES},
    sample_words::Maker,
};
use crate::model::outgoing::{Body, Canned, OwnTicket};

pub(super) fn acknowledgements(make: &Maker<'_>) -> Vec<Body> {
    let [full, closed] = full_acknowledgements(make);
    let bare = Body::Acknowledgement {
        ticket: make.bare_ticket(),
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
    };
    let several = Body::Acknowledgement {
        ticket: make.ticket(),
        others: vec![make.sibling()],
        continues: None,
        brought: None,
        opens: None,
        is_apart: false,
        text: String::new(),
        canned: Vec::new(),
        articles: Vec::new(),
        files: vec!["IMG_2041.jpg".to_owned()],
        wishes: Vec::new(),
        urgency: String::new(),
        urgency_limit: 0,
    };
    let apart = {
        let mut body = several.clone();
        if let Body::Acknowledgement { is_apart, .. } = &mut body {
            *is_apart = true;
        }
        body
    };
    let brought = |way: &str| {
        let mut body = bare.clone();
        if let Body::Acknowledgement { brought, .. } = &mut body {
            *brought = Some(make.bringer(way));
        }
        body
    };
    let all = BROUGHT.map(brought).into_iter();
    vec![full, closed, bare.clone(), several, apart]
        .into_iter()
        .chain(all)
        .chain(spoken_acknowledgements(make, &bare))
        .collect()
}

/// What rules and urgency say in them.
fn spoken_acknowledgements(make: &Maker<'_>, bare: &Body) -> [Body; 3] {
    let said = {
        let mut body = bare.clone();
        if let Body::Acknowledgement { text, canned, .. } = &mut body {
            "#справки".clone_into(text);
            *canned = vec![Canned {
                written: text.clone(),
                template: make.say(
                    "Здравствуйте{% if name %}, {{ name }}{% endif %}!\n\nСправки готовят два рабочих дня.",
                    "Hello{% if name %}, {{ name }}{% endif %}!\n\nCertificates take two working days.",
                ),
                has_variables: true,
                requester: String::new(),
            }];
        }
        body
    };
    let urgent = |code: &str| {
        let mut body = bare.clone();
        if let Body::Acknowledgement {
            urgency,
            urgency_limit,
            ..
        } = &mut body
        {
            code.clone_into(urgency);
            *urgency_limit = 3;
        }
        body
    };
    [said, urgent("granted"), urgent("limit")]
}

fn full_acknowledgements(make: &Maker<'_>) -> [Body; 2] {
    let full = Body::Acknowledgement {
        ticket: make.ticket(),
        others: Vec::new(),
        continues: None,
        brought: None,
        opens: None,
        is_apart: false,
        text: String::new(),
        canned: Vec::new(),
        articles: Vec::new(),
        files: vec![
            "IMG_2041.jpg".to_owned(),
            make.say("Пробный лист.pdf", "Test page.pdf"),
        ],
        wishes: WISHES.map(str::to_owned).to_vec(),
        urgency: String::new(),
        urgency_limit: 0,
    };
    let closed = Body::Acknowledgement {
        ticket: make.ticket(),
        others: Vec::new(),
        continues: Some(make.sibling()),
        brought: None,
        opens: Some(make.when(-6)),
        is_apart: false,
        text: String::new(),
        canned: Vec::new(),
        articles: vec![make.article(), make.bare_article()],
        files: Vec::new(),
        wishes: Vec::new(),
        urgency: String::new(),
        urgency_limit: 0,
    };
    [full, closed]
}

pub(super) fn told(make: &Maker<'_>) -> Vec<Body> {
    let own = |ticket, state: &str| OwnTicket {
        ticket,
        state: state.to_owned(),
        is_urgent: state == "open",
        opened: make.when(-75),
        agent: Some(make.agent()).filter(|_| state != "closed"),
        closes: Some(make.when(75)).filter(|_| state == "resolved"),
    };
    let all = TICKET_STATES
        .map(|state| own(make.sibling(), state))
        .to_vec();
    let full = Body::Told {
        what: "history".to_owned(),
        own: own(make.ticket(), "open"),
        others: all,
        is_more: true,
        wishes: WISHES.map(str::to_owned).to_vec(),
        why: String::new(),
        limit: 0,
    };
    let bare = |what: &str| Body::Told {
        what: what.to_owned(),
        own: own(make.bare_ticket(), "new"),
        others: Vec::new(),
        is_more: false,
        wishes: Vec::new(),
        why: make.say(
            "Можно подождать до понедельника.",
            "It can wait until Monday.",
        ),
        limit: 3,
    };
    std::iter::once(full).chain(TOLD.map(bare)).collect()
}
