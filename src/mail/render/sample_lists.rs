//! Samples of work lists and of what is said of their answers.

use super::sample_words::Maker;
use crate::model::outgoing::{Body, WorkLine, WorkList, WorkListAnswer};

/// Headings, as codes.
const SECTIONS: [&str; 5] = ["due", "free", "own", "waiting", "withheld"];

pub(super) fn work_lists(make: &Maker<'_>) -> Vec<Body> {
    let line = |(number, section): (u64, &str)| WorkLine {
        number,
        section: section.to_owned(),
        opens_section: true,
        ticket: make.ticket(),
        is_free: matches!(section, "due" | "free"),
        is_late: section == "due",
        until: (section == "waiting").then(|| make.when(3)),
    };
    let full = WorkList {
        queue: make.ticket().queue,
        lines: (1..).zip(SECTIONS).map(line).collect(),
        more: 7,
    };
    let bare = WorkLine {
        ticket: make.bare_ticket(),
        is_late: false,
        ..line((1, "free"))
    };
    let sparse = WorkList {
        queue: make.ticket().queue,
        lines: vec![bare],
        more: 0,
    };
    let answer = |why: &str, lines: &[&str]| {
        Body::WorkListAnswer(WorkListAnswer {
            about: "Re: okno".to_owned(),
            why: why.to_owned(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        })
    };
    vec![
        Body::WorkList(full),
        Body::WorkList(sparse),
        answer("", &["9 решено", "2 позвонить"]),
        answer("not_trusted", &[]),
        answer("gone", &[]),
        answer("no_lines", &[]),
    ]
}
