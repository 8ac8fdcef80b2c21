//! A closed month, by whichever list or at the terminal: what it has, what it tells, what people are paid by.

use super::{Drafted, Period};
use crate::model::{
    ids::{EventSeq, PayrollName, QueueName},
    period::ClosedPeriod,
};

/// A closed period.
#[derive(Debug, Clone, Copy)]
pub enum Closing<'p> {
    /// Approved by mail.
    ByMail {
        /// By which list.
        list: &'p PayrollName,
        /// Which month.
        period: &'p str,
        /// The draft that people are paid by.
        drafted: &'p Drafted,
    },
    /// At the terminal, with the figures of all queues.
    AtTerminal {
        /// The period.
        closed: &'p ClosedPeriod,
        /// What people are paid by; `None`: there is no file for accountants, or it was closed before files were kept.
        paid: Option<&'p Drafted>,
    },
}

impl<'p> Closing<'p> {
    /// Which period, with its bounds.
    #[must_use]
    pub fn period(&self) -> Period {
        let (name, from, to) = match self {
            Self::ByMail {
                period, drafted, ..
            } => (*period, drafted.draft.from, drafted.draft.to),
            Self::AtTerminal { closed, .. } => (closed.period.as_str(), closed.from, closed.to),
        };
        let name = name.to_owned();
        Period { name, from, to }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'p str {
        match self {
            Self::ByMail { period, .. } => period,
            Self::AtTerminal { closed, .. } => &closed.period,
        }
    }

    /// The list; `None`: it was closed at the terminal.
    #[must_use]
    pub const fn list(&self) -> Option<&'p PayrollName> {
        match self {
            Self::ByMail { list, .. } => Some(list),
            Self::AtTerminal { .. } => None,
        }
    }

    /// What people are paid by: the draft that was approved, or what was closed at the terminal with a file for accountants.
    #[must_use]
    pub const fn paid(&self) -> Option<&'p Drafted> {
        match self {
            Self::ByMail { drafted, .. } => Some(drafted),
            Self::AtTerminal { paid, .. } => *paid,
        }
    }

    /// Whether nobody was paid by it, so that nobody is owed what changes in it: it was closed at the terminal with its files,
    /// and none was for accountants. Of what was closed before files were kept nobody knows.
    #[must_use]
    pub fn is_unpaid(&self) -> bool {
        match self {
            Self::ByMail { .. } => false,
            Self::AtTerminal { closed, .. } => {
                let files = closed.files.as_ref();
                files.is_some_and(|files| files.pay.is_none())
            }
        }
    }

    /// By which definitions it was counted.
    #[must_use]
    pub const fn definitions(&self) -> u32 {
        match self {
            Self::ByMail { drafted, .. } => drafted.draft.definitions,
            Self::AtTerminal { closed, .. } => closed.definitions,
        }
    }

    /// The last event that it knows of.
    #[must_use]
    pub const fn upto(&self) -> EventSeq {
        match self {
            Self::ByMail { drafted, .. } => drafted.draft.upto,
            Self::AtTerminal { closed, .. } => closed.upto,
        }
    }

    /// Whether people of that queue are paid by its figures.
    #[must_use]
    pub fn has(&self, queue: &QueueName) -> bool {
        self.tells(queue)
            && match self {
                Self::ByMail { drafted, .. } => !drafted.draft.gone.contains(queue),
                Self::AtTerminal { .. } => true,
            }
    }

    /// Whether it tells what has changed in earlier months of that queue.
    #[must_use]
    pub fn tells(&self, queue: &QueueName) -> bool {
        match self {
            Self::ByMail { drafted, .. } => {
                let mut parts = drafted.draft.parts.iter();
                parts.any(|part| part.queues.contains(queue))
            }
            Self::AtTerminal { .. } => true,
        }
    }
}
