//! Samples of what agents of two departments write each other.

use super::{sample_words::Maker, sample_words::address};
use crate::model::outgoing::{Body, EscalationLetter};

/// What a letter may be about, besides the question to whoever decides.
const WHATS: [&str; 6] = [
    "opened",
    "refused",
    "answered",
    "asked_back",
    "solved",
    "ended",
];

pub(super) fn escalations(make: &Maker<'_>) -> Vec<Body> {
    let full = |what: &str| EscalationLetter {
        what: what.to_owned(),
        ticket: make.ticket(),
        other: Some(make.sibling()),
        department: make.sibling().queue,
        agent: make.agent(),
        why: match what {
            "opened" | "refused" | "asked" => make.say(
                "Счёт оплачен? В письме номер 214.",
                "Is the bill paid? Its number is 214.",
            ),
            _ => String::new(),
        },
        text: match what {
            "opened" | "ended" => String::new(),
            "asked" => make.request(),
            _ => make.answer(),
        },
        canned: Vec::new(),
        files: vec!["IMG_2041.jpg".to_owned()],
        files_left_out: vec!["video.mp4".to_owned()],
        write_to: matches!(what, "answered" | "asked_back" | "solved")
            .then(|| address("buh@uni.test")),
    };
    let bare = |what: &str| EscalationLetter {
        ticket: make.bare_ticket(),
        other: None,
        text: String::new(),
        files: Vec::new(),
        files_left_out: Vec::new(),
        ..full(what)
    };
    let questions = [full("asked"), bare("asked")].map(Body::EscalationQuestion);
    let others = WHATS.iter().flat_map(|what| [full(what), bare(what)]);
    questions
        .into_iter()
        .chain(others.map(Body::Escalation))
        .collect()
}
