//! Samples of letters to one agent about their own mail: whose request they bring, and that their answer waits.

use super::{
    sample_codes::{UNSURE, UNSURE_STILL},
    sample_words::Maker,
};
use crate::model::outgoing::{Body, Candidate, CrossedAnswers, OriginQuestion};

pub(super) fn whose(make: &Maker<'_>) -> Vec<Body> {
    let candidate = |number, name: String, address: &str, department: String| Candidate {
        number,
        name,
        address: address.to_owned(),
        department,
    };
    let chemistry = make.say("Кафедра химии", "Chemistry");
    let several = vec![
        candidate(1, make.requester(), "m.sokolova@uni.test", chemistry),
        candidate(2, String::new(), "sokolova@firm[.]example", String::new()),
    ];
    let question = |ticket, why: &str, candidates: &[Candidate]| OriginQuestion {
        ticket,
        agent: make.agent(),
        why: why.to_owned(),
        candidates: candidates.to_vec(),
        until: make.when(4),
        again: None,
    };
    let full = question(make.ticket(), "several", &several);
    let bare = UNSURE.map(|why| question(make.bare_ticket(), why, &[]));
    let again = UNSURE_STILL.map(|why| OriginQuestion {
        again: Some(why.to_owned()),
        ..question(make.ticket(), "several", &several)
    });
    let all = std::iter::once(full).chain(bare).chain(again);
    all.map(Body::Whose).collect()
}

pub(super) fn crossed(make: &Maker<'_>) -> Vec<Body> {
    let full = CrossedAnswers {
        ticket: make.ticket(),
        colleague: Some(make.say("Борис Ким", "Boris Kim")),
        at: make.when(0),
        theirs: make.say(
            "Картридж заменим до полудня.",
            "A new cartridge comes before noon.",
        ),
        yours: make.answer(),
    };
    let bare = CrossedAnswers {
        ticket: make.bare_ticket(),
        colleague: None,
        theirs: String::new(),
        yours: String::new(),
        ..full.clone()
    };
    vec![Body::Crossed(full), Body::Crossed(bare)]
}
