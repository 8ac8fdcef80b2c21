//! States and what moves between them: one table, every state against everything that may happen.

use super::reason::Reason;
use crate::model::ticket::State;

/// What may happen to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// An agent answered the requester.
    AgentAnswered,
    /// An agent said `взять`.
    AgentTook,
    /// An agent said `решено`.
    AgentResolved,
    /// The requester, or somebody in Cc, wrote.
    RequesterWrote,
    /// The requester said that all is well.
    RequesterConfirmed,
    /// The requester said that it is not.
    RequesterReturned,
    /// Nobody objected in time.
    SilencePassed,
}

impl Happening {
    /// Everything that may happen.
    pub const ALL: [Self; 7] = [
        Self::AgentAnswered,
        Self::AgentTook,
        Self::AgentResolved,
        Self::RequesterWrote,
        Self::RequesterConfirmed,
        Self::RequesterReturned,
        Self::SilencePassed,
    ];
}

/// What it means for the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// The state stays.
    Stay,
    /// An agent is at work.
    Open,
    /// Resolved now.
    Resolve,
    /// Closed now.
    Close,
    /// Back to work, and counted as such.
    Reopen,
    /// May not be done, and why.
    Refuse(Reason),
}

/// The table.
#[must_use]
pub const fn transition(state: State, happening: Happening) -> Transition {
    match (state, happening) {
        (State::New, Happening::AgentAnswered | Happening::AgentTook)
        | (State::Pending, Happening::RequesterWrote | Happening::AgentTook)
        | (State::OnHold, Happening::AgentTook) => Transition::Open,

        (State::New | State::Open | State::Pending | State::OnHold, Happening::AgentResolved) => {
            Transition::Resolve
        }

        (State::Resolved, Happening::RequesterConfirmed | Happening::SilencePassed) => {
            Transition::Close
        }

        (
            State::Resolved | State::Closed,
            Happening::RequesterWrote | Happening::RequesterReturned,
        ) => Transition::Reopen,

        (State::Resolved | State::Closed, Happening::AgentTook | Happening::AgentResolved) => {
            Transition::Refuse(Reason::NotLive)
        }

        (
            State::Open | State::Pending | State::OnHold | State::Resolved | State::Closed,
            Happening::AgentAnswered,
        )
        | (State::Open, Happening::AgentTook)
        | (State::New | State::Open | State::OnHold, Happening::RequesterWrote)
        | (
            State::New | State::Open | State::Pending | State::OnHold,
            Happening::RequesterConfirmed | Happening::RequesterReturned | Happening::SilencePassed,
        )
        | (State::Closed, Happening::RequesterConfirmed | Happening::SilencePassed) => {
            Transition::Stay
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        let mut table = String::new();
        for state in State::ALL {
            for happening in Happening::ALL {
                table.push_str(&format!(
                    "{:<9} {happening:<18?} {:?}\n",
                    state.code(),
                    transition(state, happening)
                ));
            }
        }
        insta::assert_snapshot!(table);
    }
}
