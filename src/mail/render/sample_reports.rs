//! Samples of letters with figures that somebody has asked for, and of answers to what they have sent.

use super::sample_words::Maker;
use crate::model::outgoing::{
    Body, PayrollElsewhere, PayrollNotDone, ReportClosed, ReportLetter, ReportLine,
};

pub(super) fn reports(make: &Maker<'_>) -> Vec<Body> {
    let why = |why: &str| ReportLetter {
        why: why.to_owned(),
        queues: vec!["it".to_owned()],
        ..ReportLetter::default()
    };
    let nothing = ReportLetter {
        what: "sla".to_owned(),
        period: "2026-q4".to_owned(),
        is_over: true,
        upto: 1234,
        ..ReportLetter::default()
    };
    let told = ReportLetter {
        period: "2026-10".to_owned(),
        lines: vec![ReportLine {
            whose: make.agent(),
            figure: make.say("решено в срок", "solved in time"),
            value: make.say("95,24 % (20/21)", "95.24 % (20/21)"),
        }],
        is_over: false,
        ..nothing.clone()
    };
    let closed = |changed: u64| ReportClosed {
        queues: vec![make.say("ИТ-поддержка", "IT support")],
        at: make.when(0),
        version: 1,
        upto: 1200,
        changed,
    };
    let of_closed = ReportLetter {
        is_over: true,
        upto: 0,
        closed: vec![closed(0), closed(2)],
        ..told.clone()
    };
    let of_quarter = ReportLetter {
        period: "2026-q4".to_owned(),
        more: 12,
        within: vec!["2026-10".to_owned(), "2026-11".to_owned()],
        ..told.clone()
    };
    let whys = [
        "no_right",
        "no_what",
        "no_period",
        "no_queue",
        "no_file",
        "too_many",
        "unbalanced",
    ]
    .map(why);
    let gone = ReportLetter {
        period: "2026-10".to_owned(),
        queues: Vec::new(),
        ..why("list_gone")
    };
    let not_begun = ReportLetter {
        period: "2027-03".to_owned(),
        queues: Vec::new(),
        ..why("not_begun")
    };
    let whys = whys.into_iter().chain([gone, not_begun]);
    let all = [told, of_closed, of_quarter, nothing];
    let all = all.into_iter().chain(whys).chain(sent_in(make));
    all.map(Body::Report).collect()
}

/// What somebody has sent us: employee numbers, a file of figures.
fn sent_in(make: &Maker<'_>) -> Vec<ReportLetter> {
    let of = |what: &str, why: &str| ReportLetter {
        what: what.to_owned(),
        why: why.to_owned(),
        queues: vec!["it".to_owned()],
        ..ReportLetter::default()
    };
    let not_done = |why: &str| PayrollNotDone {
        written: "@boris 000042".to_owned(),
        why: why.to_owned(),
        elsewhere: match why {
            "taken" => vec![PayrollElsewhere {
                queue: String::new(),
                head: make.agent(),
            }],
            _ => Vec::new(),
        },
    };
    let numbers = ReportLetter {
        done: vec!["@anna 000123".to_owned()],
        not_done: ["no_agent", "taken", "no_number"].map(not_done).to_vec(),
        ..of("numbers", "")
    };
    let none = ReportLetter {
        done: Vec::new(),
        ..numbers.clone()
    };
    let line = make.say(
        "Анна Петрова (it), PAYMENTS: 38/40",
        "Anna Petrova (it), PAYMENTS: 38/40",
    );
    let taken = ReportLetter {
        period: "2026-10".to_owned(),
        done: vec![line],
        ..of("facts", "")
    };
    let late = ReportLetter {
        replaced: 1,
        is_over: true,
        ..taken.clone()
    };
    let wrong = ReportLetter {
        period: "2026-10".to_owned(),
        faults: vec![make.say(
            "строка 2, столбец период: это другой период: «2026-09»",
            "line 2, column period: this is another period: \"2026-09\"",
        )],
        ..of("facts", "wrong")
    };
    let all_written = ReportLetter {
        not_done: Vec::new(),
        ..numbers.clone()
    };
    let facts = ["not_proven", "no_right", "no_table", "two_tables"].map(|why| of("facts", why));
    let sent = [numbers, none, all_written, of("numbers", "not_proven")];
    let sent = sent.into_iter().chain([taken, late, wrong]);
    sent.chain(facts).collect()
}
