//! Samples of the letter that asks an agent whose request they bring.

use super::{
    sample_codes::{UNSURE, UNSURE_STILL},
    sample_words::Maker,
};
use crate::model::outgoing::{Body, Candidate, OriginQuestion};

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
