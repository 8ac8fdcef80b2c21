//! Samples of what is told of tickets that are late, or of which several are told at once.

use super::sample_words::Maker;
use crate::model::outgoing::{Body, LateLetter};

pub(super) fn digests(make: &Maker<'_>) -> Vec<Body> {
    let tickets = vec![make.ticket(), make.bare_ticket()];
    [
        ("caps", 0),
        ("caps", 7),
        ("switched", 7),
        ("late", 7),
        ("due_soon", 0),
    ]
    .map(|(why, more)| Body::Digest {
        why: why.to_owned(),
        tickets: tickets.clone(),
        more,
    })
    .to_vec()
}

pub(super) fn late(make: &Maker<'_>) -> Vec<Body> {
    let letter = LateLetter {
        ticket: make.ticket(),
        clock: "resolution".to_owned(),
        due: make.when(0),
        length: 3,
        unit: "hour".to_owned(),
        heads: vec![make.agent()],
        assignee: Some(make.agent()),
        last: "answered".to_owned(),
        last_at: make.when(0),
        last_by: Some(make.agent()),
        is_further: true,
    };
    let first = LateLetter {
        ticket: make.bare_ticket(),
        clock: "first_response".to_owned(),
        length: 21,
        unit: "minute".to_owned(),
        heads: Vec::new(),
        assignee: None,
        last: "opened".to_owned(),
        last_by: None,
        is_further: false,
        ..letter.clone()
    };
    let asked = LateLetter {
        length: 0,
        unit: "day".to_owned(),
        last: "asked".to_owned(),
        last_by: None,
        ..letter.clone()
    };
    vec![Body::Late(letter), Body::Late(first), Body::Late(asked)]
}
