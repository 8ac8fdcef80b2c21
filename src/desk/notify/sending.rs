//! A mail about a ticket, as it is asked for.

use crate::{
    desk::{arrival::Arrival, loops},
    model::{
        ids::{AgentName, PersonId},
        outgoing::{AutoSubmitted, Body, Class, Enclosures, Offer},
        ticket::Side,
    },
};

/// A mail about the ticket at hand, before it has headers.
#[derive(Debug)]
pub(in crate::desk) struct Sending {
    /// Unique: a second mail with this key is never stored.
    pub(in crate::desk) key: String,
    pub(in crate::desk) class: Class,
    pub(in crate::desk) auto_submitted: AutoSubmitted,
    pub(in crate::desk) side: Side,
    pub(in crate::desk) to: Vec<PersonId>,
    pub(in crate::desk) cc: Vec<PersonId>,
    /// Whose name stands before the queue's in From.
    pub(in crate::desk) from_agent: Option<AgentName>,
    pub(in crate::desk) body: Body,
    /// The words it offers as whole answers.
    pub(in crate::desk) offers: Option<Offer>,
    pub(in crate::desk) enclosures: Option<Enclosures>,
    /// `X-Okno-Loop` hops of the mail that caused this.
    pub(in crate::desk) hop: u32,
}

impl Sending {
    /// What one agent alone is told about a mail of theirs.
    pub(in crate::desk) fn to_author(
        (arrival, author): (&Arrival, PersonId),
        key: String,
        class: Class,
        body: Body,
    ) -> Self {
        Self {
            key,
            class,
            auto_submitted: AutoSubmitted::Replied,
            side: Side::Agents,
            to: vec![author],
            cc: Vec::new(),
            from_agent: None,
            body,
            offers: None,
            enclosures: None,
            hop: loops::hop(arrival),
        }
    }
}
