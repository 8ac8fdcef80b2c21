//! What of a ticket stands again as it did, once an agent's decision is taken back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    classification::Classification,
    clock::Clock,
    crossing::{HeldAnswer, LastAnswer},
    distribution::OwnerQuestion,
    following::Snooze,
    ids::{AgentName, MailboxName, MessageId, PersonId, QueueName, TicketNumber},
    kb::ArticleDraft,
    origin::UnsureOrigin,
    repeat::Repeat,
    ticket::{Exclusion, OutsideAnswer, SentAnswer, State, Thread, Ticket},
};

/// Writes each thing that may stand again, and the ways from a ticket to it and back. A list of one is a value, which may
/// itself be none.
macro_rules! restored {
    ($($(#[$doc:meta])* $field:ident: $type:ty),+ $(,)? ; never $($fixed:ident),+ $(,)?) => {
        /// What stands again, each as a list of one; what is not here stays as it is.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Restored {
            $($(#[$doc])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $field: Option<[$type; 1]>,)+
        }

        impl Restored {
            /// What differs from one state of a ticket to the one it is to have.
            #[must_use]
            pub fn between(now: &Ticket, wanted: &Ticket) -> Self {
                // Whoever gives a ticket a new field says here whether it can stand again.
                let Ticket { $($field,)+ $($fixed: _,)+ } = wanted;
                Self { $($field: (now.$field != *$field).then(|| [$field.clone()]),)+ }
            }

            /// Lets it stand so again.
            pub fn put_into(&self, ticket: &mut Ticket) {
                $(if let Some([value]) = &self.$field {
                    ticket.$field.clone_from(value);
                })+
            }
        }
    };
}

restored! {
    /// Who answers.
    queue: QueueName,
    /// The mailbox it is answered from.
    mailbox: MailboxName,
    /// In Cc.
    collaborators: Vec<PersonId>,
    /// Let in by agents.
    observers: Vec<PersonId>,
    /// Who might be.
    candidates: Vec<PersonId>,
    /// Who reads along no more.
    left: Vec<PersonId>,
    /// What it was linked with.
    links: Vec<TicketNumber>,
    /// What it was merged into.
    merged_into: Option<TicketNumber>,
    /// What it is.
    classification: Classification,
    /// Whether it cannot wait, which an agent may have said it can.
    is_urgent: bool,
    /// What it repeats.
    repeats: Option<Repeat>,
    /// Whose it is, while that is not sure.
    origin: Option<UnsureOrigin>,
    /// The head was asked who gets it.
    owner_asked: Option<OwnerQuestion>,
    /// It waits for room.
    waits_for_room: bool,
    /// Who is responsible.
    assignee: Option<AgentName>,
    /// Where it stands.
    state: State,
    /// When it was resolved.
    resolved_at: Option<Timestamp>,
    /// When it was closed.
    closed_at: Option<Timestamp>,
    /// Until when a third party is waited for.
    waits_until: Option<Timestamp>,
    /// Why it does not count.
    excluded: Option<Exclusion>,
    /// The answer without okno that is the last word.
    outside: Option<OutsideAnswer>,
    /// The mail that asked whether all is well.
    resolution: Option<MessageId>,
    /// Mails that offer words.
    offered: Vec<MessageId>,
    /// The draft article that the head is asked about.
    article: Option<ArticleDraft>,
    /// When words were relayed.
    relayed: Vec<Timestamp>,
    /// Whose words are about to be sent.
    speaking: Option<AgentName>,
    /// The answers that count.
    answers: Vec<SentAnswer>,
    /// The last answer.
    last_answer: Option<LastAnswer>,
    /// Answers that wait.
    held: Vec<HeldAnswer>,
    /// How often it came back.
    reopened: u32,
    /// Its clocks.
    clocks: Vec<Clock>,
    /// Who does not want to see it before when.
    snoozed: Vec<Snooze>,
    /// Who follows it.
    followers: Vec<AgentName>,
    /// The requester's side of the conversation.
    requester_thread: Thread;
    never article_letters, form, number, prefix, subject, language, requester, is_quiet, is_unanswerable, siblings, continues, parent, opened_at, asked_at,
    articles_in, nps, urgent_at, rating, first_message, agents_thread, last_seq, escalations, asked_for, is_needless,
    holders
}

impl Restored {
    /// Whether nothing stands otherwise.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
