//! Names and numbers of things. A number is never used for two things, so each has a type of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The number after this one. Numbers end at `i64::MAX`, which is never reached.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

numbers! {
    /// The row of a raw mail as it was fetched.
    RawId,
    /// A row of work for the decider.
    WorkId,
    /// A ticket's number: the one people see, and its key. Never used twice.
    TicketNumber,
    /// An event's place in the one gap-free history.
    EventSeq,
    /// A decision: the events and mails that one piece of work led to.
    DecisionId,
    /// A mail of a ticket's conversation, in or out.
    MessageRow,
    /// A person known by an address.
    PersonId,
    /// Text of history that may be erased.
    PrivateId,
    /// The settings in force when a decision was made.
    PolicyId,
    /// A mail to be sent: its bytes, once.
    OutgoingId,
    /// One recipient of a mail to be sent.
    DeliveryId,
    /// An appointment: a ticket's clock or a notice that falls due.
    TimerId,
}

names! {
    /// A mailbox's name in the configuration: an account that is polled.
    MailboxName,
    /// A queue's name in the configuration: the team's heap of tickets.
    QueueName,
    /// A department's name in the configuration: queues under one head.
    DepartmentName,
    /// An agent's name in the configuration.
    AgentName,
    /// A payroll list's name in the configuration: queues whose agents are paid by one file.
    PayrollName,
    /// A request form's name in the configuration.
    FormName,
    /// The name of a form's field in the configuration, by which history and reports know it.
    FieldName,
    /// A Message-ID without its brackets (RFC 5322, 3.6.4), compared case-sensitively.
    MessageId,
}
