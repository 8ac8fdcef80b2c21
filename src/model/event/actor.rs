//! Who did it, in which capacity, and how far they were believed.

use serde::{Deserialize, Serialize};

use crate::model::ids::PersonId;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody by mail.
    Person(PersonId),
    /// okno itself: a clock, a rule, a brake.
    Okno,
    /// The administrator at the terminal.
    Operator,
}

impl Actor {
    /// As stored: `person:12`, `okno`, `operator`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Okno => "okno".to_owned(),
            Self::Operator => "operator".to_owned(),
        }
    }

    /// The actor of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "okno" => Some(Self::Okno),
            "operator" => Some(Self::Operator),
            _ => {
                let number = code.strip_prefix("person:")?;
                number.parse().ok().map(|id| Self::Person(PersonId(id)))
            }
        }
    }
}

/// In which capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who asked.
    Requester,
    /// In Cc of who asked.
    Collaborator,
    /// Who answers.
    Agent,
    /// Who answers for those who answer.
    Head,
    /// Knows a tag or a Message-ID, but takes no part.
    Stranger,
    /// A machine that wrote to us.
    Machine,
    /// okno or its administrator.
    House,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] = [
        Self::Requester,
        Self::Collaborator,
        Self::Agent,
        Self::Head,
        Self::Stranger,
        Self::Machine,
        Self::House,
    ];

    /// The role of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether mails of this role take part in a conversation: what we send next names them in References.
    #[must_use]
    pub const fn takes_part(self) -> bool {
        match self {
            Self::Requester | Self::Collaborator | Self::Agent | Self::Head => true,
            Self::Stranger | Self::Machine | Self::House => false,
        }
    }

    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Collaborator => "collaborator",
            Self::Agent => "agent",
            Self::Head => "head",
            Self::Stranger => "stranger",
            Self::Machine => "machine",
            Self::House => "house",
        }
    }
}

/// How far the sender of a mail is believed. Ordered: more is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Something is wrong with who this claims to be.
    Suspicious,
    /// The From line says so, nothing more.
    Claimed,
    /// Names a mail of ours that was sent to this address alone.
    Token,
    /// Our own MX vouches for the sender's domain (RFC 8601), or it is okno itself.
    Proven,
}

impl Trust {
    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suspicious => "suspicious",
            Self::Claimed => "claimed",
            Self::Token => "token",
            Self::Proven => "proven",
        }
    }
}
