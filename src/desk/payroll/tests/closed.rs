//! Who pays which month of a queue, and what of closed months is still to be told.

use std::collections::BTreeSet;

use super::*;
use crate::model::{
    ids::{PayrollName, QueueName},
    payroll::{DraftPart, PayrollEvent, PayrollFact, Unsettled},
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

/// The accountants were paid by `all` in October and are in `it` now.
#[test]
fn a_queue_that_comes_to_a_list_which_has_closed_the_month_without_it_is_not_forgotten() {
    let mut payrolls = Payrolls::default();
    closed(&mut payrolls, ("it", "2026-10", 7), &["it"]);
    closed(&mut payrolls, ("all", "2026-10", 7), &["buh"]);
    closed(&mut payrolls, ("it", "2026-11", 9), &["it"]);
    let it: (&str, &str, &[&str]) = ("it", "2026-10", &["it", "buh", "kadry"]);
    let both = lists(&[it, ("all", "2026-10", &["aho"])]);
    let behind = |payrolls: &Payrolls, now: &Lists, list: &str| {
        let now_at = at("2026-12-02T06:00:00Z");
        let found = months_behind(payrolls, (now, &named(list)), &zone(), now_at).into_iter();
        let told = found.map(|(month, queues)| {
            let queues: Vec<&str> = queues.iter().map(QueueName::as_str).collect();
            format!("{month}: {}", queues.join(" "))
        });
        told.collect::<Vec<_>>()
    };
    // The list that had them pays November, as long as it is there and has it open.
    let held = payrolls.holder(&both, &queue("buh"), "2026-11");
    assert_eq!(held, Some(&named("all")));
    assert_eq!(
        payrolls.queues(&both, &named("all"), "2026-11"),
        ["aho", "buh"].map(queue)
    );
    assert_eq!(behind(&payrolls, &both, "it"), [""; 0]);
    // Where it is gone they wait, and that is told; of the personnel office nobody was ever paid.
    let alone = lists(&[it]);
    let held = payrolls.holder(&alone, &queue("buh"), "2026-11");
    assert_eq!(held, Some(&named("it")));
    assert_eq!(behind(&payrolls, &alone, "it"), ["2026-11: buh"]);
    // A name that is given to a list of others: all that it says it is about.
    let other = lists(&[("it", "2026-11", &["kadry"])]);
    let closed_as = payrolls
        .months
        .get_mut(&(named("it"), "2026-11".to_owned()))
        .unwrap();
    closed_as.kept = Some((kept(&list()), Vec::new()));
    assert_eq!(behind(&payrolls, &other, "it"), ["2026-11: kadry"]);
    // A later first month says that nobody is to be paid for it.
    let later = lists(&[("it", "2026-12", &["kadry"])]);
    assert_eq!(behind(&payrolls, &later, "it"), [""; 0]);
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
        let carries = payrolls.carries((&december, "2026-12"), (queues, &BTreeSet::new()));
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

#[test]
fn a_month_that_was_drafted_with_a_queue_stays_with_its_list_when_no_list_has_the_queue() {
    let mut payrolls = Payrolls::default();
    closed(&mut payrolls, ("it", "2026-10", 7), &["it", "buh"]);
    closed(&mut payrolls, ("it", "2026-11", 9), &["it", "buh"]);
    let november = (named("it"), "2026-11".to_owned());
    payrolls.months.get_mut(&november).unwrap().frozen = None;
    let now = lists(&[("it", "2026-10", &["it"])]);
    let it = named("it");
    let holder = |payrolls: &Payrolls, month: &str| {
        let found = payrolls.holder(&now, &queue("buh"), month);
        found.map(ToString::to_string)
    };
    assert_eq!(holder(&payrolls, "2026-11").as_deref(), Some("it"));
    let queues = payrolls.queues(&now, &it, "2026-11");
    assert_eq!(queues, [queue("it"), queue("buh")]);
    // Its people are paid by that draft, and do not stand there for the changes of their October alone.
    assert_eq!(payrolls.gone(&now, &it, "2026-11"), []);
    assert_eq!(payrolls.gone(&now, &it, "2026-12"), [queue("buh")]);
    // Nobody pays for December, and that is said once, in the first draft without them.
    assert_eq!(holder(&payrolls, "2026-12"), None);
    payrolls.months.get_mut(&november).unwrap().frozen = Some((1, at("2026-12-01T06:00:00Z")));
    let left = |month: &str| payrolls.left(&now, &it, month);
    assert_eq!(left("2026-12"), [queue("buh")]);
    assert_eq!((left("2026-11"), left("2027-01")), (Vec::new(), Vec::new()));
    // Another list has taken it over, or the one that has drafted it is gone.
    let moved = lists(&[("it", "2026-10", &["it"]), ("all", "2026-12", &["buh"])]);
    assert_eq!(payrolls.left(&moved, &it, "2026-12"), []);
    payrolls.months.get_mut(&november).unwrap().frozen = None;
    // It is the first month that was ever drafted.
    let mut fresh = Payrolls::default();
    closed(&mut fresh, ("it", "2026-11", 9), &["it", "buh"]);
    fresh.months.get_mut(&november).unwrap().frozen = None;
    let held = fresh.holder(&moved, &queue("buh"), "2026-11");
    assert_eq!(held, Some(&it));
    let renamed = lists(&[("support", "2026-10", &["it"])]);
    assert_eq!(payrolls.holder(&renamed, &queue("buh"), "2026-11"), None);
}

/// Piotr has approved all of a draft; whoever drafts next has nothing to ask him.
#[test]
fn what_is_all_approved_and_was_not_closed_is_drafted_once_more() {
    let mut payrolls = Payrolls::default();
    closed(&mut payrolls, ("it", "2026-10", 7), &["it"]);
    let mut state = payrolls
        .months
        .remove(&(named("it"), "2026-10".to_owned()))
        .unwrap();
    state.frozen = None;
    assert!(!state.is_left_open());
    state
        .approvals
        .insert(("piotr".into(), String::new()), "piotr".into());
    assert!(state.is_left_open());
    is_due(&state, "2026-11-03T06:00:00Z", Some(Due::Draft));
    // What is not known nobody has agreed to close so.
    let drafted = state.drafted.as_mut().unwrap();
    drafted.draft.unsettled = vec![Unsettled::MailWaits];
    is_due(&state, "2026-11-03T06:00:00Z", None);
}

/// What was told by a clock that was ahead is told again on its day.
#[test]
fn a_draft_that_is_dated_before_the_last_one_takes_back_what_was_told() {
    let mut payrolls = Payrolls::default();
    closed(&mut payrolls, ("it", "2026-10", 7), &["it"]);
    let mut state = payrolls
        .months
        .remove(&(named("it"), "2026-10".to_owned()))
        .unwrap();
    state.told = BTreeSet::from([Told::Reminder, Told::Missing]);
    let again = |draft: PayrollDraft| PayrollEvent {
        list: named("it"),
        period: "2026-10".to_owned(),
        fact: PayrollFact::Drafted(Box::new(draft)),
    };
    let drafted = state.drafted.clone().unwrap();
    let noted = |at| Noted {
        at,
        seq: EventSeq(9),
    };
    state.note(&again(drafted.draft.clone()), None, noted(drafted.at));
    assert_eq!(state.told.len(), 2);
    let before = at("2026-10-20T06:00:00Z");
    state.note(&again(drafted.draft), None, noted(before));
    assert_eq!(state.told.len(), 0);
}
