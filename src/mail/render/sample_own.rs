//! Samples of what an agent is told who asks for something about one ticket.

use super::{sample_codes::TICKET_STATES, sample_words::Maker};
use crate::model::outgoing::{Body, SentMail, ToldClock, UndoneLetter, UndoneLine, WhyLetter};

/// What may stand again, besides a state.
const STANDS: [&str; 12] = [
    "article",
    "joined",
    "queue",
    "kind",
    "due",
    "people",
    "links",
    "repeats",
    "answer",
    "other",
    "lists",
    "following",
];

/// The three things that an agent says of themselves and can take back.
const THEMSELVES: [&str; 3] = ["absent", "back", "settings"];

/// What stays whatever is taken back.
const STAYS: [&str; 3] = ["note", "answer", "number"];

/// Mails that may have gone or been stopped.
const MAILS: [&str; 7] = [
    "reply",
    "resolution",
    "news",
    "card",
    "follow_up",
    "acknowledgement",
    "transcript",
];

pub(super) fn undone(make: &Maker<'_>) -> Vec<Body> {
    let line = |what: &str, value: &str| UndoneLine {
        what: what.to_owned(),
        value: value.to_owned(),
        due: (what == "due").then(|| make.when(2)),
    };
    let mail = |template: &str| SentMail {
        template: template.to_owned(),
        to: vec!["m.sokolova@uni.test".to_owned(), "mary@uni.test".to_owned()],
    };
    let states = TICKET_STATES.iter().map(|state| line("state", state));
    let mut lines: Vec<UndoneLine> = states.collect();
    lines.push(line("owner", &make.agent()));
    lines.push(line("owner", ""));
    lines.extend(STANDS.map(|what| line(what, "IT-1017")));
    lines.extend(THEMSELVES.map(|what| line("self", what)));
    lines.push(line("kind", ""));
    lines.push(UndoneLine {
        due: None,
        ..line("due", "")
    });
    let full = UndoneLetter {
        ticket: make.ticket(),
        is_too_late: false,
        done_at: make.when(0),
        lines,
        stopped: MAILS.map(mail).to_vec(),
        gone: MAILS.map(mail).to_vec(),
        stays: STAYS.map(str::to_owned).to_vec(),
    };
    let bare = UndoneLetter {
        ticket: make.bare_ticket(),
        lines: Vec::new(),
        stopped: Vec::new(),
        gone: Vec::new(),
        stays: Vec::new(),
        ..full.clone()
    };
    let too_late = UndoneLetter {
        is_too_late: true,
        stopped: Vec::new(),
        ..full.clone()
    };
    [full, bare, too_late].map(Body::Undone).to_vec()
}

pub(super) fn whys(make: &Maker<'_>) -> Vec<Body> {
    let clock = ToldClock {
        title: make.say("Решение (Europe/Moscow)", "Solution (Europe/Moscow)"),
        lines: vec![
            make.say(
                "пт 13.11.2026 16:40: начато, обещано 8 ч рабочего времени",
                "Fri 2026-11-13 16:40: it began, promised 8 h of business time",
            ),
            make.say(
                "Срок: пн 16.11.2026 15:40 по рабочему времени",
                "Due: Mon 2026-11-16 15:40 by business time",
            ),
        ],
    };
    let full = WhyLetter {
        ticket: make.ticket(),
        is_own: false,
        clocks: vec![clock],
    };
    let own = WhyLetter {
        is_own: true,
        ..full.clone()
    };
    let bare = WhyLetter {
        ticket: make.bare_ticket(),
        is_own: true,
        clocks: Vec::new(),
    };
    [full, own, bare].map(Body::Why).to_vec()
}
