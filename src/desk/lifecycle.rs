//! States and what moves between them: one table, every state against everything that may happen. A transition is
//! written down as an event, and the fold does what the event says.

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
    /// An agent asks the requester something: nothing goes on before the answer.
    AgentAsked,
    /// An agent waits for a third party.
    AgentWaits,
    /// An agent closed it without asking whether all is well.
    AgentClosed,
    /// The third party's time is over.
    WaitOver,
    /// The requester, or somebody in Cc, wrote.
    RequesterWrote,
    /// The requester said that all is well.
    RequesterConfirmed,
    /// The requester said that it is not.
    RequesterReturned,
    /// The requester said that it is not needed any more.
    RequesterWithdrew,
    /// The requester said that an article which they were shown was the answer.
    ArticleHelped,
    /// Nobody objected in time.
    SilencePassed,
    /// The mail that said it was done did not reach the requester.
    AnswerLost,
    /// It was registered while okno only looked on; from now on okno does everything.
    LeftBehind,
}

impl Happening {
    /// Everything that may happen.
    pub const ALL: [Self; 15] = [
        Self::AgentAnswered,
        Self::AgentTook,
        Self::AgentResolved,
        Self::AgentAsked,
        Self::AgentWaits,
        Self::AgentClosed,
        Self::WaitOver,
        Self::RequesterWrote,
        Self::RequesterConfirmed,
        Self::RequesterReturned,
        Self::RequesterWithdrew,
        Self::ArticleHelped,
        Self::SilencePassed,
        Self::AnswerLost,
        Self::LeftBehind,
    ];
}

/// What it means for the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// The state stays.
    Stay,
    /// An agent is at work.
    Open,
    /// The requester is asked.
    Pend,
    /// A third party is waited for.
    Hold,
    /// Resolved now.
    Resolve,
    /// Closed now.
    Close,
    /// Back to work, and counted as such.
    Reopen,
    /// May not be done, and why.
    Refuse(Reason),
}

impl Transition {
    /// The state after it, from that state; `None`: it does not take place.
    #[must_use]
    pub const fn target(self, from: State) -> Option<State> {
        match self {
            Self::Stay => Some(from),
            Self::Open | Self::Reopen => Some(State::Open),
            Self::Pend => Some(State::Pending),
            Self::Hold => Some(State::OnHold),
            Self::Resolve => Some(State::Resolved),
            Self::Close => Some(State::Closed),
            Self::Refuse(_) => None,
        }
    }
}

/// The table.
#[must_use]
pub const fn transition(state: State, happening: Happening) -> Transition {
    match (state, happening) {
        (State::New, Happening::AgentAnswered | Happening::AgentTook)
        | (State::Pending, Happening::RequesterWrote | Happening::AgentTook)
        | (State::OnHold, Happening::AgentTook | Happening::WaitOver)
        | (State::Resolved, Happening::AnswerLost) => Transition::Open,

        (State::New | State::Open | State::Pending | State::OnHold, Happening::AgentResolved) => {
            Transition::Resolve
        }

        (State::New | State::Open | State::Pending | State::OnHold, Happening::AgentAsked) => {
            Transition::Pend
        }

        (State::New | State::Open | State::Pending | State::OnHold, Happening::AgentWaits) => {
            Transition::Hold
        }

        (
            State::New | State::Open | State::Pending | State::OnHold | State::Resolved,
            Happening::AgentClosed,
        )
        | (State::Resolved, Happening::RequesterConfirmed | Happening::SilencePassed)
        | (
            State::New | State::Open | State::Pending | State::OnHold,
            Happening::RequesterWithdrew | Happening::ArticleHelped | Happening::LeftBehind,
        ) => Transition::Close,

        (
            State::Resolved | State::Closed,
            Happening::RequesterWrote | Happening::RequesterReturned,
        ) => Transition::Reopen,

        (
            State::Resolved | State::Closed,
            Happening::AgentTook
            | Happening::AgentResolved
            | Happening::AgentAsked
            | Happening::AgentWaits
            | Happening::RequesterWithdrew
            | Happening::ArticleHelped,
        )
        | (State::Closed, Happening::AgentClosed) => Transition::Refuse(Reason::NotLive),

        (
            State::Open | State::Pending | State::OnHold | State::Resolved | State::Closed,
            Happening::AgentAnswered,
        )
        | (State::Open, Happening::AgentTook)
        | (
            State::New | State::Open | State::Pending | State::Resolved | State::Closed,
            Happening::WaitOver,
        )
        | (State::New | State::Open | State::OnHold, Happening::RequesterWrote)
        | (
            State::New | State::Open | State::Pending | State::OnHold,
            Happening::RequesterConfirmed
            | Happening::RequesterReturned
            | Happening::SilencePassed
            | Happening::AnswerLost,
        )
        | (
            State::Closed,
            Happening::RequesterConfirmed | Happening::SilencePassed | Happening::AnswerLost,
        )
        | (State::Resolved | State::Closed, Happening::LeftBehind) => Transition::Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        desk::{
            draft::{Draft, Voice},
            fixture::{given, noon, policy},
            world::World,
        },
        model::{
            event::{ClosedBy, EventData, NewTicket, Private},
            ids::{MessageRow, PersonId},
            language::Language,
        },
    };

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

    /// The events that say a transition, as `decide` writes them.
    fn said(transition: Transition) -> Option<EventData> {
        match transition {
            Transition::Stay | Transition::Refuse(_) => None,
            Transition::Open => Some(EventData::StateChanged { state: State::Open }),
            Transition::Pend => Some(EventData::StateChanged {
                state: State::Pending,
            }),
            Transition::Hold => Some(EventData::StateChanged {
                state: State::OnHold,
            }),
            Transition::Resolve => Some(EventData::Resolved {
                message: MessageRow(1),
                agent: "anna".into(),
                chars: None,
            }),
            Transition::Close => Some(EventData::Closed {
                by: ClosedBy::Silence,
            }),
            Transition::Reopen => Some(EventData::Reopened),
        }
    }

    #[test]
    fn the_fold_ends_where_the_table_says() {
        let policy = policy();
        let (given, world) = (given(&policy), World::default());
        for (from, happening) in State::ALL
            .into_iter()
            .flat_map(|from| Happening::ALL.map(|happening| (from, happening)))
        {
            let mut draft = Draft::new(&given, &world, Voice::okno(noon()), Reason::Notice);
            let new = NewTicket {
                queue: "it".into(),
                mailbox: "it".into(),
                prefix: "IT".to_owned(),
                requester: PersonId(1),
                collaborators: Vec::new(),
                language: Language::Ru,
                message: MessageRow(1),
            };
            let subject = Private {
                person: None,
                text: String::new(),
            };
            let mut ticket = draft.open(new, subject, Reason::NewTicket);
            ticket.happened(EventData::StateChanged { state: from }, Reason::Notice);
            let transition = transition(from, happening);
            if let Some(event) = said(transition) {
                ticket.happened(event, Reason::Notice);
            }
            let expected = transition.target(from).unwrap_or(from);
            assert_eq!(ticket.snapshot().state, expected, "{from:?} {happening:?}");
        }
    }
}
