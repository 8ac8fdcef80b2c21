//! What a request is: how it is classed, what it is about, where it came from.

use serde::{Deserialize, Serialize};

use super::outgoing::KindPart;

/// How urgent a request is by its nature (DOMAIN 1.1, 1.3).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum RequestClass {
    /// Work stands still for many: contact at once.
    Emergency,
    /// It is needed today.
    Urgent,
    /// Something does not work, or is needed.
    #[default]
    Standard,
    /// Somebody wants to know how.
    Consultation,
    /// Somebody wishes for something; nothing is promised.
    Wish,
}

impl RequestClass {
    /// Every class.
    pub const ALL: [Self; 5] = [
        Self::Emergency,
        Self::Urgent,
        Self::Standard,
        Self::Consultation,
        Self::Wish,
    ];

    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Urgent => "urgent",
            Self::Standard => "standard",
            Self::Consultation => "consultation",
            Self::Wish => "wish",
        }
    }
}

/// Which of several requests comes first.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Before others.
    High,
    /// As it comes.
    #[default]
    Normal,
    /// After others.
    Low,
}

impl Priority {
    /// Every priority.
    pub const ALL: [Self; 3] = [Self::High, Self::Normal, Self::Low];

    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }
}

/// One thing that an agent says of what a request is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "property", content = "value", rename_all = "snake_case")]
pub enum Property {
    /// Its class.
    Class(RequestClass),
    /// What comes first.
    Priority(Priority),
    /// What it is about: a word of the queue's list.
    Category(String),
    /// Why it came: a word of the queue's list.
    Cause(String),
    /// A word that a rule has put on it; since version 2.
    Tag(String),
}

/// What a request is, as far as anybody has said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// Its class.
    #[serde(default)]
    pub class: RequestClass,
    /// What comes first.
    #[serde(default)]
    pub priority: Priority,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What it was first said to be about: a right diagnosis needs no second word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_initial: Option<String>,
    /// Why it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Words that rules have put on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

impl Classification {
    /// With one thing said.
    pub fn set(&mut self, property: &Property) {
        match property {
            Property::Class(class) => self.class = *class,
            Property::Priority(priority) => self.priority = *priority,
            Property::Category(category) => {
                self.category = Some(category.clone());
                self.category_initial
                    .get_or_insert_with(|| category.clone());
            }
            Property::Cause(cause) => self.cause = Some(cause.clone()),
            Property::Tag(tag) => self.tags.push(tag.clone()),
        }
    }

    /// What of it is out of the ordinary.
    #[must_use]
    pub fn remarkable(&self) -> Vec<KindPart> {
        let class = (self.class != RequestClass::default()).then(|| self.class.code());
        let priority = (self.priority != Priority::default()).then(|| self.priority.code());
        let class = class.map(|class| ("class", class));
        let priority = priority.map(|priority| ("priority", priority));
        let category = self.category.as_deref().map(|words| ("category", words));
        let tags = self.tags.iter().map(|tag| ("tag", tag.as_str()));
        let all = class.into_iter().chain(priority).chain(category);
        let all = all.chain(tags);
        all.map(|(what, word)| KindPart {
            what: what.to_owned(),
            word: word.to_owned(),
        })
        .collect()
    }

    /// Whether this is said already.
    #[must_use]
    pub fn has(&self, property: &Property) -> bool {
        match property {
            Property::Class(class) => self.class == *class,
            Property::Priority(priority) => self.priority == *priority,
            Property::Category(category) => self.category.as_ref() == Some(category),
            Property::Cause(cause) => self.cause.as_ref() == Some(cause),
            Property::Tag(tag) => self.tags.contains(tag),
        }
    }
}
