//! Samples of cards.

use super::{
    sample_codes::{BROUGHT, GIVEN, WARNINGS},
    sample_words::Maker,
};
use crate::model::{
    message::WORTH_TELLING,
    outgoing::{AskedBy, Body, Button, Given, HandOver},
};

pub(super) fn cards(make: &Maker<'_>) -> Vec<Body> {
    let full = Body::Card {
        ticket: make.ticket(),
        asked_by: None,
        handed_over: None,
        requester: make.requester(),
        requester_address: "m.sokolova@uni.test".to_owned(),
        marks: vec!["outside".to_owned(), "unproven".to_owned()],
        also: vec![make.sibling()],
        continues: Some(make.sibling()),
        repeats: Some(Box::new(make.earlier())),
        may_belong: vec![make.earlier_of_nobody()],
        earlier: make.past(),
        given: None,
        whom: None,
        brought: None,
        note: String::new(),
        text: make.request(),
        files: vec!["IMG_2041.jpg".to_owned()],
        files_left_out: vec!["video.mp4".to_owned()],
        warnings: vec!["reply_to_differs".to_owned()],
    };
    let bare = |warning: &str| Body::Card {
        ticket: make.bare_ticket(),
        asked_by: None,
        handed_over: None,
        requester: "m.sokolova@uni.test".to_owned(),
        requester_address: "m.sokolova@uni.test".to_owned(),
        marks: Vec::new(),
        also: Vec::new(),
        continues: None,
        repeats: None,
        may_belong: Vec::new(),
        earlier: Vec::new(),
        given: None,
        whom: None,
        brought: None,
        note: String::new(),
        text: String::new(),
        files: Vec::new(),
        files_left_out: Vec::new(),
        warnings: vec![warning.to_owned()],
    };
    let mut come = bare("other");
    if let Body::Card { handed_over, .. } = &mut come {
        *handed_over = Some(HandOver {
            by: make.agent(),
            why: make.say("это к вам", "this is yours"),
        });
    }
    let warnings = WARNINGS.into_iter().chain(WORTH_TELLING);
    let brought = |way: &str| {
        let mut body = full.clone();
        if let Body::Card { brought, note, .. } = &mut body {
            *brought = Some(make.bringer(way));
            *note = make.say("Она звонила дважды.", "She has called twice.");
        }
        body
    };
    let brought = BROUGHT.map(brought).into_iter();
    let all = [full.clone(), come]
        .into_iter()
        .chain(questions(make, &full))
        .chain(warnings.map(bare));
    all.chain(brought).chain(shared(make, &full)).collect()
}

/// The same card as it is given to somebody, and as the head is asked who gets it.
fn shared(make: &Maker<'_>, full: &Body) -> Vec<Body> {
    let given = GIVEN.map(|how| {
        let mut body = full.clone();
        if let Body::Card { given, .. } = &mut body {
            *given = Some(Given {
                how: how.to_owned(),
                by: match how {
                    "person" => make.agent(),
                    _ => String::new(),
                },
            });
        }
        body
    });
    let asked = [false, true].map(|is_reminder| {
        let mut body = full.clone();
        if let Body::Card { whom, .. } = &mut body {
            *whom = Some(Box::new(make.whom(is_reminder)));
        }
        body
    });
    given.into_iter().chain(asked).collect()
}

/// Cards of what agents of another queue ask.
fn questions(make: &Maker<'_>, full: &Body) -> [Body; 2] {
    let asked = |label: Option<&str>, words: String| {
        let mut body = full.clone();
        if let Body::Card {
            ticket,
            asked_by,
            text,
            ..
        } = &mut body
        {
            ticket.is_question = true;
            *asked_by = Some(AskedBy {
                department: make.say("Бухгалтерия", "Accounting"),
                label: label.map(str::to_owned),
                why: make.say("Почему падает импорт?", "Why does the import fail?"),
            });
            *text = words;
        }
        body
    };
    [
        asked(Some("BUH-1043"), make.request()),
        asked(None, String::new()),
    ]
}

/// Every button there is.
pub(super) fn buttons() -> Vec<Button> {
    let button = |what: &str| Button {
        what: what.to_owned(),
        word: what.to_owned(),
        subject: format!("Re: [IT-1042-K7Q4] [do:1042:0a0mq51h123456789] {what}"),
    };
    [
        "take", "done", "spam", "send", "approve", "reject", "cancel", "urgent", "yes", "no",
        "rate_5", "rate_4", "rate_3", "rate_2", "rate_1", "other",
    ]
    .map(button)
    .to_vec()
}
