//! What the decider decides on: everything that may happen takes this one road.

use super::{arrival::Arrival, decide::Failure, people::DirectoryFile, timer::Due};
use crate::model::alarm::Condition;

/// A piece of work for the decider.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// A mail has arrived.
    Mail(Box<Arrival>),
    /// A delivery was refused for good.
    Failure(Failure),
    /// Something needs the administrator, or does not any more.
    Condition(Condition),
    /// The administrator releases what the fuse holds.
    ReleaseFuse,
    /// Something has fallen due.
    Due(Due),
    /// The people directory was read.
    Directory(Box<DirectoryFile>),
}

impl Cause {
    /// The name stored with the decision.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::Failure(_) => "failure",
            Self::Condition(_) => "condition",
            Self::ReleaseFuse => "operator",
            Self::Due(_) => "timer",
            Self::Directory(_) => "directory",
        }
    }
}
