#![expect(clippy::arithmetic_side_effects, reason = "counts of a test")]

use proptest::prelude::*;

use super::*;

const FULL: Limit = Limit {
    taken: 2,
    places: 2,
};

fn names(words: &[&str]) -> Vec<AgentName> {
    words.iter().map(|word| AgentName::from(*word)).collect()
}

/// Everybody of these is here, works, and has nothing to do.
fn here(names: &[AgentName]) -> Vec<Candidate<'_>> {
    let idle = |name| Candidate {
        name,
        works_now: true,
        active: 0,
        tightest: None,
    };
    names.iter().map(idle).collect()
}

/// A queue that is asked again and again, as its events would keep it.
struct Queue {
    order: Vec<AgentName>,
    recent: Vec<AgentName>,
}

impl Queue {
    fn of(words: &[&str]) -> Self {
        Self {
            order: names(words),
            recent: Vec::new(),
        }
    }

    fn gives(&mut self, way: Way, candidates: &[Candidate<'_>]) -> Option<String> {
        let choice = choose(way, (&self.order, &self.recent), candidates, true);
        let Choice::Agent(agent, _) = choice else {
            return None;
        };
        self.recent.retain(|one| *one != agent);
        self.recent.push(agent.clone());
        Some(agent.to_string())
    }

    /// To whom the next go while these are here.
    fn goes(&mut self, here_are: &[&str], count: usize) -> String {
        let names = names(here_are);
        let given = (0..count).map(|_| self.gives(Way::Turn, &here(&names)).expect("somebody"));
        given.collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn two_agents_get_one_two_one() {
    let mut queue = Queue::of(&["anna", "boris"]);
    assert_eq!(queue.goes(&["anna", "boris"], 3), "anna boris anna");
}

#[test]
fn whoever_is_away_is_passed_over_and_the_turn_goes_on_from_there() {
    let mut queue = Queue::of(&["anna", "boris", "galina"]);
    let all = ["anna", "boris", "galina"];
    assert_eq!(queue.goes(&all, 1), "anna");
    assert_eq!(queue.goes(&["anna", "galina"], 2), "galina anna");
    assert_eq!(queue.goes(&all, 3), "boris galina anna");
}

#[test]
fn a_list_that_changes_does_not_break_the_turn() {
    let all = ["anna", "boris", "galina"];
    let mut queue = Queue::of(&all);
    assert_eq!(queue.goes(&all, 2), "anna boris");
    // Boris leaves: Galina is next all the same, since Anna is the last who was given one and is still there.
    queue.order = names(&["anna", "galina"]);
    assert_eq!(queue.goes(&["anna", "galina"], 2), "galina anna");
    // He is back, in another place.
    queue.order = names(&["boris", "anna", "galina"]);
    assert_eq!(queue.goes(&all, 4), "galina boris anna galina");
}

#[test]
fn who_has_room_stands_before_who_works_now_and_both_before_the_turn() {
    let order = names(&["anna", "boris", "galina"]);
    let states = |works: [bool; 3], full: [bool; 3]| -> Vec<(bool, bool)> {
        works.into_iter().zip(full).collect()
    };
    for (works, full, is_hard, given) in [
        ([true; 3], [false; 3], false, Some("anna")),
        ([false, true, false], [false; 3], false, Some("boris")),
        ([false; 3], [false; 3], false, Some("anna")),
        (
            [false, true, false],
            [false, true, false],
            false,
            Some("anna"),
        ),
        ([false, true, false], [true; 3], false, Some("boris")),
        ([true; 3], [true, true, false], true, Some("galina")),
        ([true; 3], [true; 3], true, None),
    ] {
        let candidates: Vec<Candidate<'_>> = order
            .iter()
            .zip(states(works, full))
            .map(|(name, (works_now, is_full))| Candidate {
                name,
                works_now,
                active: 0,
                tightest: is_full.then_some(FULL),
            })
            .collect();
        let choice = choose(Way::Turn, (&order, &[]), &candidates, is_hard);
        let expected = match given {
            Some(name) => Choice::Agent(name.into(), Chosen::Turn { after: None }),
            None => Choice::Full,
        };
        assert_eq!(choice, expected, "{works:?} {full:?} {is_hard}");
    }
    assert_eq!(choose(Way::Turn, (&order, &[]), &[], false), Choice::Nobody);
}

proptest! {
    /// With everybody here, and whatever went before, nobody is ever given more than one more than another.
    #[test]
    fn in_turn_counts_differ_by_one_at_most(agents in 1..9_usize, before in 0..20_usize, count in 0..60_usize) {
        let order: Vec<AgentName> = (0..agents).map(|n| AgentName(format!("a{n}"))).collect();
        let mut queue = Queue { order: order.clone(), recent: Vec::new() };
        for n in 0..before {
            let some: Vec<AgentName> = order.iter().filter(|name| name.0 != format!("a{}", n % agents)).cloned().collect();
            queue.gives(Way::Turn, &here(&some));
        }
        let mut counts = vec![0_i32; agents];
        for _ in 0..count {
            let given = queue.gives(Way::Turn, &here(&order)).expect("all are here");
            counts[order.iter().position(|one| one.0 == given).unwrap()] += 1;
        }
        prop_assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
    }

    /// Whoever is given a ticket by load had no more than anybody else who is here; and where nothing is finished in between,
    /// the loads come to differ by one at most.
    #[test]
    fn by_load_nobody_with_more_is_given_more(loads in prop::collection::vec(0..6_u32, 1..7), count in 40..60_usize) {
        let order: Vec<AgentName> = (0..loads.len()).map(|n| AgentName(format!("a{n}"))).collect();
        let mut queue = Queue { order: order.clone(), recent: Vec::new() };
        let mut loads = loads;
        for _ in 0..count {
            let candidates: Vec<Candidate<'_>> = order.iter().zip(&loads).map(|(name, active)| Candidate {
                name, works_now: true, active: *active, tightest: None,
            }).collect();
            let given = queue.gives(Way::Least, &candidates).expect("all are here");
            let at = order.iter().position(|one| one.0 == given).unwrap();
            prop_assert_eq!(loads[at], *loads.iter().min().unwrap());
            loads[at] += 1;
        }
        prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1, "{loads:?}");
    }

    /// Nobody who is full is given anything where the limit is hard, and somebody is as long as anybody has room.
    #[test]
    fn a_hard_limit_is_a_wall(full in prop::collection::vec(any::<bool>(), 1..7)) {
        let order: Vec<AgentName> = (0..full.len()).map(|n| AgentName(format!("a{n}"))).collect();
        let candidates: Vec<Candidate<'_>> = order.iter().zip(&full).map(|(name, is_full)| Candidate {
            name, works_now: true, active: 0, tightest: is_full.then_some(FULL),
        }).collect();
        match choose(Way::Turn, (&order, &[]), &candidates, true) {
            Choice::Agent(agent, _) => {
                prop_assert!(!full[order.iter().position(|one| *one == agent).unwrap()]);
            }
            Choice::Full => prop_assert!(full.iter().all(|full| *full)),
            Choice::Nobody => prop_assert!(false, "somebody is here"),
        }
    }
}
