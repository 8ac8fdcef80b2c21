//! Samples of what is told of tickets that are late, or of which several are told at once.

use super::sample_reviews::causes;
use super::sample_words::Maker;
use crate::model::outgoing::{
    Body, HelpLine, LateLetter, PassportLetter, QueueLetter, TriedLetter, TriedTicket,
};

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
        instead_of: make.requester(),
        assignee: Some(make.agent()),
        last: "answered".to_owned(),
        last_at: make.when(0),
        last_by: Some(make.agent()),
        is_further: true,
        commands: [
            (
                "transfer",
                make.say("#передать бухгалтерия", "#transfer accounting"),
            ),
            ("assign", make.say("#назначить anna", "#assign anna")),
            (
                "deadline",
                make.say("#срок 15.12 18:00", "#deadline 15.12 18:00"),
            ),
        ]
        .map(|(verb, form)| HelpLine {
            form,
            verb: verb.to_owned(),
        })
        .to_vec(),
    };
    let first = LateLetter {
        ticket: make.bare_ticket(),
        clock: "first_response".to_owned(),
        length: 21,
        unit: "minute".to_owned(),
        heads: Vec::new(),
        instead_of: String::new(),
        assignee: None,
        last: "opened".to_owned(),
        last_by: None,
        is_further: false,
        commands: Vec::new(),
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

pub(super) fn queues(make: &Maker<'_>) -> Vec<Body> {
    let letter = |alarm: &str, (count, limit, of): (u64, u64, u64)| QueueLetter {
        alarm: alarm.to_owned(),
        queue: make.say("ИТ-поддержка", "IT support"),
        count,
        more_than: 0,
        decides: String::new(),
        instead_of: String::new(),
        limit,
        of,
        before: Vec::new(),
        causes: Vec::new(),
        tickets: Vec::new(),
        more: 0,
    };
    let tickets = vec![make.ticket(), make.bare_ticket()];
    let overload = QueueLetter {
        tickets,
        more: 5,
        ..letter("overload", (7, 6, 3))
    };
    let flooded = QueueLetter {
        more_than: 2000,
        decides: make.agent(),
        instead_of: make.requester(),
        more: 1991,
        tickets: vec![make.ticket()],
        ..letter("overload", (2001, 6, 3))
    };
    let near = QueueLetter {
        before: vec![250, 271, 302],
        ..letter("capacity", (321, 400, 80))
    };
    let full = letter("capacity", (400, 400, 100));
    let slow = QueueLetter {
        causes: causes(),
        ..letter("efficiency", (72, 80, 25))
    };
    let letters = [
        overload,
        flooded,
        letter("overload", (6, 5, 1)),
        slow,
        near,
        full,
        letter("nobody", (0, 0, 0)),
    ];
    letters.map(Body::Queue).to_vec()
}

pub(super) fn passports(make: &Maker<'_>) -> Vec<Body> {
    let lines = [
        ("Очередь it: «ИТ-поддержка»", "Queue it: \"IT support\""),
        (
            "  Отвечают: Анна Петрова <anna@uni.test>",
            "  Who answers: Anna Petrova <anna@uni.test>",
        ),
        (
            "  Решение: 8 ч рабочего времени",
            "  Solution: 8 h of business time",
        ),
    ];
    let letter = PassportLetter {
        queue: make.say("ИТ-поддержка", "IT support"),
        lines: lines.iter().map(|(ru, en)| make.say(ru, en)).collect(),
    };
    vec![Body::Passport(letter)]
}

pub(super) fn tried(make: &Maker<'_>) -> Vec<Body> {
    let classes = ["emergency", "urgent", "standard", "consultation", "wish"];
    let tickets = classes.map(|class| TriedTicket {
        queue: make.say("ИТ-поддержка", "IT support"),
        rules: vec![make.say("Принтеры", "Printers")],
        class: class.to_owned(),
        more: vec![make.say("Приоритет: высокий.", "Priority: high.")],
        agent: Some(make.agent()),
        agent_why: make.say("По правилу «Принтеры».", "By rule \"Printers\"."),
        first_response: Some(make.when(0)),
        due: Some(make.when(0)),
    });
    let bare = TriedTicket {
        queue: make.say("ИТ-поддержка", "IT support"),
        ..TriedTicket::default()
    };
    let letter = |outcome: &str, tickets: Vec<TriedTicket>| TriedLetter {
        about: make.say("Не работает принтер", "The printer does not work"),
        outcome: outcome.to_owned(),
        why: make.say("Новое обращение.", "A new request."),
        is_real: outcome == "quarantined",
        is_acknowledged: !tickets.is_empty(),
        tickets,
    };
    let letters = [
        letter("opened", tickets.to_vec()),
        TriedLetter {
            about: String::new(),
            is_acknowledged: false,
            ..letter("opened", vec![bare])
        },
        letter("aside", Vec::new()),
        letter("quarantined", Vec::new()),
        letter("nothing", Vec::new()),
    ];
    letters.map(Body::Tried).to_vec()
}
