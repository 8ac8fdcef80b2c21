//! Faults on purpose: the crash test by enumeration numbers every commit of [`super::Db::write`] and lets the
//! n-th go wrong in each of the ways it can. A daemon runs with [`Faults::none`].

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// How a commit goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is rolled back and the caller is told so; the process lives on.
    Refused,
    /// It is done, but the caller is told that nobody knows; the process lives on.
    AnswerLost,
    /// The process dies before it: rolled back, and every later use of the store fails.
    KilledBefore,
    /// The process dies after it: done, the caller never hears of it, and every later use of the store fails.
    KilledAfter,
}

impl Fault {
    /// All ways, for a test that tries each.
    pub const ALL: [Self; 4] = [
        Self::Refused,
        Self::AnswerLost,
        Self::KilledBefore,
        Self::KilledAfter,
    ];
}

#[derive(Debug, Default)]
struct State {
    commits: AtomicU64,
    killed: AtomicBool,
    plan: Option<(u64, Fault)>,
}

/// The plan of faults of one opened store; clones share the count.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<State>);

impl Faults {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The `n`-th commit (from 1) goes wrong in this way; all others are done.
    #[must_use]
    pub fn at(n: u64, fault: Fault) -> Self {
        Self(Arc::new(State {
            plan: Some((n, fault)),
            ..State::default()
        }))
    }

    /// How many commits were tried so far.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.0.commits.load(Ordering::SeqCst)
    }

    /// Whether the planned fault has happened: where not, the test has tried them all.
    #[must_use]
    pub fn happened(&self) -> bool {
        self.0.plan.is_some_and(|(n, _)| self.commits() >= n)
    }

    /// Whether the process counts as dead.
    #[must_use]
    pub fn is_killed(&self) -> bool {
        self.0.killed.load(Ordering::SeqCst)
    }

    /// Counts a commit that is about to be made; what shall go wrong with it.
    pub(crate) fn next_commit(&self) -> Option<Fault> {
        let number = self
            .0
            .commits
            .fetch_add(1, Ordering::SeqCst)
            .saturating_add(1);
        self.0
            .plan
            .and_then(|(n, fault)| (n == number).then_some(fault))
    }

    /// From now on the process counts as dead.
    pub(crate) fn kill(&self) {
        self.0.killed.store(true, Ordering::SeqCst);
    }
}
