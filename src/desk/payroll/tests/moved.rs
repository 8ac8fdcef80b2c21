//! Queues move between lists as they like, lists come, go and are called otherwise, drafts wait: every month of a queue is paid once
//! at most, whatever changes in it afterwards is told once, and what nobody pays is named.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "helpers of tests: what goes wrong here fails the test"
)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::model::{
    ids::{PayrollName, QueueName},
    payroll::DraftPart,
};

const QUEUES: [&str; 4] = ["aho", "buh", "it", "kadry"];
const LISTS: [&str; 3] = ["a", "b", "c"];
/// Months that end, and the instant at which each of them is drafted.
const MONTHS: [(&str, &str); 4] = [
    ("2026-10", "2026-11-02T06:00:00Z"),
    ("2026-11", "2026-12-01T06:00:00Z"),
    ("2026-12", "2027-01-11T06:00:00Z"),
    ("2027-01", "2027-02-01T06:00:00Z"),
];

/// Numbers that follow from the first one.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % many
    }
}

/// Something has changed in a month of a queue, by an event.
#[derive(Debug)]
struct Change {
    queue: QueueName,
    month: String,
    seq: i64,
    told: Vec<String>,
}

#[derive(Debug, Default)]
struct House {
    payrolls: Payrolls,
    seq: i64,
    changes: Vec<Change>,
    /// By which list a month of a queue was paid, and up to which event.
    paid: BTreeMap<(QueueName, String), Vec<(String, i64)>>,
    story: Vec<String>,
}

/// Any queue is in any list, or in none.
fn any_lists(dice: &mut Dice) -> Lists {
    let mut found = Lists::new();
    for queue in QUEUES {
        let place = usize::try_from(dice.below(4)).unwrap();
        if let Some(name) = LISTS.get(place) {
            let one = found.entry(PayrollName::from(*name)).or_insert_with(list);
            one.queues.push(QueueName::from(queue));
        }
    }
    for one in found.values_mut() {
        let first = usize::try_from(dice.below(6)).unwrap();
        one.first = MONTHS
            .get(first)
            .map_or("2026-10", |(month, _)| month)
            .to_owned();
    }
    found
}

impl House {
    fn changes(&mut self, dice: &mut Dice, months: usize) {
        for _ in 0..dice.below(4) {
            self.seq += 1;
            let month = MONTHS[usize::try_from(dice.below(4)).unwrap() % (months + 1)].0;
            let queue = QUEUES[usize::try_from(dice.below(4)).unwrap()];
            self.story
                .push(format!("{queue} {month} changes at {}", self.seq));
            self.changes.push(Change {
                queue: QueueName::from(queue),
                month: month.to_owned(),
                seq: self.seq,
                told: Vec::new(),
            });
        }
    }

    /// What a draft of a month would be now.
    fn draft(
        &self,
        lists: &Lists,
        name: &PayrollName,
        (month, own): (&Period, &[QueueName]),
    ) -> PayrollDraft {
        let gone = self.payrolls.gone(lists, name, &month.name);
        let all: Vec<QueueName> = own.iter().chain(&gone).cloned().collect();
        let key = (name, month.name.as_str());
        let mut carries = Carries {
            gone,
            ..self.payrolls.carries(key, (&all, &BTreeSet::new()))
        };
        let told = self.told(&self.payrolls.stretches(&all, &carries), self.seq);
        let changed: BTreeSet<&QueueName> =
            told.iter().map(|one| &self.changes[*one].queue).collect();
        carries.drop_unchanged_gone(|queue| changed.contains(queue));
        let queues = own.iter().chain(&carries.gone).cloned().collect();
        PayrollDraft {
            from: month.from,
            to: month.to,
            upto: EventSeq(self.seq),
            since: carries.since,
            since_of: carries.since_of.clone(),
            gone: carries.gone.clone(),
            parts: vec![DraftPart {
                approver: "piotr".into(),
                queues,
                sha256: String::new(),
                basis: String::new(),
            }],
            ..draft()
        }
    }

    /// The changes that these stretches find.
    fn told(&self, stretches: &[Stretch], upto: i64) -> Vec<usize> {
        let is_told = |one: &Change| {
            let found = |stretch: &Stretch| {
                let is_late = stretch.after.0 < one.seq && one.seq <= upto;
                let mut periods = stretch.periods.iter();
                let many = periods
                    .clone()
                    .filter(|period| period.name == one.month)
                    .count();
                assert!(many < 2, "one period twice");
                is_late
                    && stretch.whose.has(&one.queue)
                    && periods.any(|period| period.name == one.month)
            };
            stretches.iter().filter(|stretch| found(stretch)).count()
        };
        let all = self.changes.iter().enumerate();
        all.flat_map(|(place, one)| std::iter::repeat_n(place, is_told(one)))
            .collect()
    }

    /// Every list drafts what is due, and most of it is approved.
    fn looks(&mut self, dice: &mut Dice, lists: &Lists, (now, approves): (&str, u64)) {
        let mut names: Vec<&PayrollName> = lists.keys().collect();
        if dice.below(2) == 0 {
            names.reverse();
        }
        for name in names {
            for (month, own) in months_of(&self.payrolls, (lists, name), &zone(), at(now)) {
                let key = (name.clone(), month.name.clone());
                let state = self.payrolls.months.get(&key).cloned().unwrap_or_default();
                if state.frozen.is_some() {
                    continue;
                }
                let drafted = self.draft(lists, name, (&month, &own));
                let closes = dice.below(100) < approves;
                self.story.push(format!(
                    "{name} {} {}: {:?} gone {:?} upto {}",
                    month.name,
                    if closes { "closes" } else { "drafts" },
                    drafted.parts[0].queues,
                    drafted.gone,
                    self.seq
                ));
                if closes {
                    self.closes(name, &month, &drafted);
                }
                let state = MonthState {
                    drafted: Some(Drafted {
                        draft: drafted,
                        file: String::new(),
                        at: at(now),
                    }),
                    frozen: closes.then(|| (1, at(now))),
                    kept: closes.then(|| (kept(&list()), Vec::new())),
                    ..MonthState::default()
                };
                self.payrolls.months.insert(key, state);
                self.seq += 1;
            }
        }
    }

    fn closes(&mut self, name: &PayrollName, month: &Period, draft: &PayrollDraft) {
        assert!(!self.payrolls.is_overtaken((name, &month.name), draft));
        let queues = draft.parts[0].queues.clone();
        let stretches = self.payrolls.stretches(&queues, &Carries::of(draft));
        for place in self.told(&stretches, draft.upto.0) {
            self.changes[place]
                .told
                .push(format!("{name} {}", month.name));
        }
        for queue in queues.iter().filter(|queue| !draft.gone.contains(queue)) {
            let whose = (queue.clone(), month.name.clone());
            let paid = self.paid.entry(whose).or_default();
            paid.push((name.to_string(), draft.upto.0));
        }
    }

    fn is_right(&self, lists: &Lists, now: &str) -> Result<(), TestCaseError> {
        let story = || self.story.join("\n");
        for (whose, paid) in &self.paid {
            prop_assert!(
                paid.len() == 1,
                "{whose:?} is paid by {paid:?}\n{}",
                story()
            );
        }
        for one in &self.changes {
            let paid = self.paid.get(&(one.queue.clone(), one.month.clone()));
            let expected = paid.map_or(0, |paid| usize::from(one.seq > paid[0].1));
            prop_assert!(
                one.told.len() == expected,
                "{one:?} of {paid:?}\n{}",
                story()
            );
        }
        for (queue, month) in QUEUES
            .iter()
            .flat_map(|queue| MONTHS.map(|(month, _)| (queue, month)))
        {
            let queue = QueueName::from(*queue);
            let is_paid = |month: &str| self.paid.contains_key(&(queue.clone(), month.to_owned()));
            let was_paid = MONTHS
                .iter()
                .any(|(before, _)| *before < month && is_paid(before));
            if is_paid(month) || !was_paid {
                continue;
            }
            let is_named = lists.keys().any(|name| {
                let behind = months_behind(&self.payrolls, (lists, name), &zone(), at(now));
                behind
                    .iter()
                    .any(|(other, queues)| other == month && queues.contains(&queue))
            });
            prop_assert!(is_named, "nobody hears of {queue} {month}\n{}", story());
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn wherever_queues_go_each_month_is_paid_once_and_each_change_is_told_once(seed in 1_u64..) {
        let mut dice = Dice(seed);
        let mut house = House {
            seq: 1,
            payrolls: Payrolls {
                begun: Some(at("2026-10-01T06:00:00Z")),
                ..Payrolls::default()
            },
            ..House::default()
        };
        let mut lists = any_lists(&mut dice);
        for (place, (_, now)) in MONTHS.iter().enumerate() {
            for _ in 0..3 {
                if dice.below(3) == 0 {
                    lists = any_lists(&mut dice);
                    house.story.push(format!("{:?}", lists.iter().map(|(name, one)| (name.as_str(), one.first.as_str(), &one.queues)).collect::<Vec<_>>()));
                }
                house.changes(&mut dice, place);
                house.looks(&mut dice, &lists, (now, 60));
            }
        }
        // In the end every queue has a list that is about all of it, and everything that waits is approved.
        while lists.values().map(|one| one.queues.len()).sum::<usize>() < QUEUES.len() {
            lists = any_lists(&mut dice);
        }
        lists.values_mut().for_each(|one| "2026-10".clone_into(&mut one.first));
        house.story.push(format!("at last {:?}", lists.iter().map(|(name, one)| (name.as_str(), &one.queues)).collect::<Vec<_>>()));
        for now in [MONTHS[3].1, "2027-03-01T06:00:00Z", "2027-04-01T06:00:00Z"] {
            house.looks(&mut dice, &lists, (now, 100));
        }
        house.is_right(&lists, MONTHS[3].1)?;
    }
}
