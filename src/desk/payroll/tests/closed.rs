//! Who pays which month of a queue, and what of closed months is still to be told.

use super::*;
use crate::model::{
    ids::{PayrollName, QueueName},
    payroll::DraftPart,
};

fn queue(name: &str) -> QueueName {
    QueueName::from(name)
}

fn named(name: &str) -> PayrollName {
    PayrollName(name.to_owned())
}

/// Lists with their first months and queues.
fn lists(all: &[(&str, &str, &[&str])]) -> Lists {
    let one = |(name, first, queues): &(&str, &str, &[&str])| {
        let policy = PayrollPolicy {
            first: (*first).to_owned(),
            queues: queues.iter().map(|own| queue(own)).collect(),
            ..list()
        };
        (named(name), policy)
    };
    all.iter().map(one).collect()
}

/// A month that a list has closed with the figures of these queues, up to an event.
fn closed(payrolls: &mut Payrolls, (by, month, upto): (&str, &str, i64), queues: &[&str]) {
    let period = Period::named(month, &zone()).unwrap();
    let part = DraftPart {
        queues: queues.iter().map(|own| queue(own)).collect(),
        ..part()
    };
    let drafted = Drafted {
        draft: PayrollDraft {
            from: period.from,
            to: period.to,
            upto: EventSeq(upto),
            parts: vec![part],
            ..draft()
        },
        file: String::new(),
        at: period.to,
    };
    let state = MonthState {
        drafted: Some(drafted),
        frozen: Some((1, period.to)),
        ..MonthState::default()
    };
    let key = (named(by), month.to_owned());
    payrolls.months.insert(key, state);
}

fn part() -> DraftPart {
    DraftPart {
        approver: "piotr".into(),
        queues: Vec::new(),
        sha256: String::new(),
        basis: String::new(),
    }
}

#[test]
fn a_month_is_paid_by_whoever_closed_it_and_else_by_the_list_that_has_the_queue() {
    let mut payrolls = Payrolls::default();
    let now = lists(&[("it", "2026-10", &["it"]), ("all", "2026-12", &["buh"])]);
    let holder = |payrolls: &Payrolls, own: &str, month: &str| {
        let found = payrolls.holder(&now, &queue(own), month);
        found.map(ToString::to_string)
    };
    assert_eq!(holder(&payrolls, "it", "2026-10").as_deref(), Some("it"));
    // Nobody's months before the first one of a list were ever another list's.
    assert_eq!(holder(&payrolls, "it", "2026-09"), None);
    assert_eq!(holder(&payrolls, "kadry", "2026-10"), None);
    // The accountants came from a list that paid them until October: it pays November, too, which no other does.
    closed(&mut payrolls, ("it", "2026-10", 7), &["it", "buh"]);
    assert_eq!(holder(&payrolls, "buh", "2026-10").as_deref(), Some("it"));
    assert_eq!(holder(&payrolls, "buh", "2026-11").as_deref(), Some("it"));
    assert_eq!(holder(&payrolls, "buh", "2026-12").as_deref(), Some("all"));
    // Once it has closed November without them, the new list pays that month: no month falls between both.
    closed(&mut payrolls, ("it", "2026-11", 9), &["it"]);
    assert_eq!(holder(&payrolls, "buh", "2026-11").as_deref(), Some("all"));
    assert_eq!(holder(&payrolls, "it", "2026-11").as_deref(), Some("it"));
}

#[test]
fn each_queue_is_looked_for_since_its_months_were_told_last() {
    let mut payrolls = Payrolls::default();
    closed(&mut payrolls, ("it", "2026-10", 70), &["it", "kadry"]);
    closed(&mut payrolls, ("buh", "2026-10", 60), &["buh"]);
    closed(&mut payrolls, ("it", "2026-11", 90), &["it", "kadry"]);
    let december = named("it");
    let queues = ["it", "kadry", "buh", "aho"].map(queue);
    let told = |queues: &[QueueName]| {
        let carries = payrolls.carries((&december, "2026-12"), queues);
        let stretches = payrolls.stretches(queues, &carries).into_iter();
        let words = stretches.map(|one| {
            let months: Vec<String> = one.periods.into_iter().map(|period| period.name).collect();
            let Whose::Only(whose) = one.whose else {
                panic!("a list looks for its own queues");
            };
            let whose: Vec<&str> = whose.iter().map(QueueName::as_str).collect();
            format!(
                "{}: {} since {}",
                whose.join(" "),
                months.join(" "),
                one.after.0
            )
        });
        words.collect::<Vec<_>>()
    };
    // Those that were told at the same event are looked for at once; of a queue of which nothing is closed nothing is.
    assert_eq!(
        told(&queues),
        [
            "it kadry: 2026-10 2026-11 since 90",
            "buh: 2026-10 since 60"
        ]
    );
    assert_eq!(told(&queues[3..]), [""; 0]);
}
