//! Samples of letters about a payroll month.

use super::{
    sample_drafts::{drafts, to_director},
    sample_words::{Maker, address},
};
use crate::model::outgoing::{
    Body, PayrollChange, PayrollElsewhere, PayrollLetter, PayrollLine, PayrollNotDone,
    PayrollReplaced,
};

use crate::model::payroll::LetterReplaced;

/// Why a line may not be carried out.
const WHYS: [&str; 20] = [
    "no_code",
    "only_reasons",
    "no_ticket",
    "not_yours",
    "which_part",
    "no_reason",
    "no_agent",
    "no_class",
    "too_early",
    "outdated",
    "nameless",
    "with_corrections",
    "closed",
    "not_sent",
    "two_tickets",
    "two_tables",
    "pressed",
    "with_facts",
    "not_head",
    "unclear",
];

pub(super) fn change(make: &Maker<'_>) -> PayrollChange {
    PayrollChange {
        whose: make.agent(),
        period: "2026-09".to_owned(),
        figure: make.say("решено", "solved"),
        before: "12".to_owned(),
        now: "11".to_owned(),
    }
}

pub(super) fn replaced(file: &str) -> PayrollReplaced {
    let letter = |letter: &str, by: &str, times: u32| LetterReplaced {
        letter: letter.to_owned(),
        by: by.to_owned(),
        times,
        line: 3,
    };
    PayrollReplaced {
        file: file.to_owned(),
        count: 3,
        letters: vec![letter("ғ", "г", 1), letter("Қ", "К", 2)],
    }
}

pub(super) fn lines(make: &Maker<'_>) -> Vec<PayrollLine> {
    let line = PayrollLine {
        name: make.agent(),
        number: "0042".to_owned(),
        solved: 31,
        judged: 30,
        met: 29,
        rating: make.say("4,75", "4.75"),
        rated: 8,
        score: make.say("0,97", "0.97"),
        lacks: Vec::new(),
    };
    let partly = PayrollLine {
        lacks: vec!["CSAT".to_owned(), "FRT".to_owned()],
        ..line.clone()
    };
    let bare = PayrollLine {
        number: String::new(),
        rating: String::new(),
        rated: 0,
        score: String::new(),
        ..line.clone()
    };
    vec![line, partly, bare]
}

pub(super) fn of(make: &Maker<'_>, what: &str) -> PayrollLetter {
    PayrollLetter {
        what: what.to_owned(),
        list: make.say("ИТ-поддержка", "IT support"),
        period: "2026-10".to_owned(),
        number: 2,
        code: "[kpi:it/2026-10/2:k7q4m2p9s1]".to_owned(),
        address: Some(address("it@uni.test")),
        day: Some(make.when(0)),
        ..PayrollLetter::default()
    }
}

pub(super) fn payrolls(make: &Maker<'_>) -> Vec<Body> {
    let sent = PayrollLetter {
        upto: 1234,
        head_hash: "9f86d081884c7d65".to_owned(),
        lines: lines(make),
        closed_at: Some(make.when(0)),
        sent: "pay_2026-10_it_v1.xlsx".to_owned(),
        sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
        files: vec!["detail_2026-10_it_v1.xlsx".to_owned()],
        ..of(make, "sent")
    };
    let asked = PayrollLetter {
        asker: Some(address("payroll@uni.test")),
        asked: make.say("Почему у Кима ноль?", "Why has Kim nought?"),
        files: vec!["pay.xlsx".to_owned()],
        files_left_out: vec!["scan.pdf".to_owned()],
        ..of(make, "asked")
    };
    let confirm = PayrollLetter {
        asked: make.say("утвердить", "approve"),
        ..of(make, "confirm")
    };
    let with_file = PayrollLetter {
        asked: make.say("Спасибо, посмотрите", "Thanks, have a look"),
        came_with: vec!["facts.csv".to_owned(), "logo.png".to_owned()],
        tables: vec!["facts.csv".to_owned()],
        ..of(make, "confirm")
    };
    let many = PayrollLetter {
        asked: make.say("утвердить", "approve"),
        ..of(make, "confirm_many")
    };
    let by_other = |what: &str| PayrollLetter {
        written_by: Some(address("olga@uni.test")),
        asked: make.say("А где мой файл?", "Where is my file?"),
        ..of(make, what)
    };
    let of_member = PayrollLetter {
        asker: Some(address("payroll@uni.test")),
        ..by_other("asked")
    };
    let over = of(make, "confirm_over");
    let told = [
        of(make, "reminder"),
        sent,
        asked,
        of_member,
        by_other("asked"),
        by_other("foreign"),
        confirm,
        with_file,
        many,
        over,
    ];
    let letters = drafts(make)
        .into_iter()
        .chain(told)
        .chain(to_director(make));
    letters.chain(answers(make)).map(Body::Payroll).collect()
}

fn explained(make: &Maker<'_>) -> PayrollLetter {
    PayrollLetter {
        done: vec![make.say(
            "причина SLA_STD стоял сервер",
            "reason SLA_STD a server was down",
        )],
        is_explained: true,
        has_page: true,
        ..of(make, "answer")
    }
}

/// The same where no director has a page.
fn explained_alone(make: &Maker<'_>) -> PayrollLetter {
    PayrollLetter {
        has_page: false,
        ..explained(make)
    }
}

/// The same about the month of a queue that no list pays by.
fn of_month(letter: PayrollLetter) -> PayrollLetter {
    PayrollLetter {
        is_month: true,
        ..letter
    }
}

/// Of months that are closed.
fn closings(make: &Maker<'_>, approved: &PayrollLetter) -> [PayrollLetter; 3] {
    let closed = PayrollLetter {
        is_closed: true,
        ..approved.clone()
    };
    let at_terminal = PayrollLetter {
        at_terminal: make.say(
            "подписано на бумаге 3 декабря",
            "signed on paper on 3 December",
        ),
        ..closed.clone()
    };
    let closed_soon = PayrollLetter {
        day: None,
        ..closed.clone()
    };
    [closed, at_terminal, closed_soon]
}

/// A line that was not carried out.
fn not_done(make: &Maker<'_>, written: String, why: &str) -> PayrollNotDone {
    PayrollNotDone {
        written,
        why: why.to_owned(),
        elsewhere: match why {
            "not_yours" | "" => vec![PayrollElsewhere {
                queue: make.say("Бухгалтерия", "Accounts"),
                head: make.agent(),
            }],
            _ => Vec::new(),
        },
    }
}

fn answers(make: &Maker<'_>) -> Vec<PayrollLetter> {
    let not_done = |written: String, why: &str| not_done(make, written, why);
    let partly = PayrollLetter {
        done: vec![make.say("исключить 1042 учения", "exclude 1042 a drill")],
        partly: vec![not_done(
            make.say("исключить 1042 учения", "exclude 1042 a drill"),
            "",
        )],
        ..of(make, "answer")
    };
    let answer = PayrollLetter {
        done: vec![make.say("исключить 1042 учения", "exclude 1042 a drill")],
        not_done: WHYS
            .map(|why| not_done(make.say("исключить 1043", "exclude 1043"), why))
            .to_vec(),
        codes: vec!["SLA_STD".to_owned(), "NPS".to_owned()],
        waits_for: vec![make.agent()],
        ..of(make, "answer")
    };
    let nothing = PayrollLetter {
        not_done: vec![not_done(String::new(), "unclear")],
        ..of(make, "answer")
    };
    let approved = PayrollLetter {
        is_approved: true,
        ..of(make, "answer")
    };
    let [closed, at_terminal, closed_soon] = closings(make, &approved);
    let too_late = PayrollLetter {
        done: answer.done.clone(),
        is_closed: true,
        ..of(make, "answer")
    };
    let resent = PayrollLetter {
        done: vec![make.say("прислать", "resend")],
        is_resent: true,
        ..of(make, "answer")
    };
    let month_over = of_month(of(make, "confirm_over"));
    vec![
        month_over,
        of_month(explained(make)),
        of_month(explained_alone(make)),
        of_month(answer.clone()),
        partly,
        explained(make),
        explained_alone(make),
        answer,
        nothing,
        approved,
        closed,
        at_terminal,
        closed_soon,
        too_late,
        resent,
    ]
}
