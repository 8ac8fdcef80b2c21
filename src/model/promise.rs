//! What a queue promises, by class of request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    classification::RequestClass,
    clock::ClockKind,
    terms::{Limit, LimitMode, LimitPauses, LimitUnit, Roll, Terms},
};

/// What is promised to one class of requests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// A person's first answer.
    #[serde(default)]
    pub first_response: Terms,
    /// A person's answer to what is written later.
    #[serde(default)]
    pub next_response: Terms,
    /// The solution.
    #[serde(default)]
    pub resolution: Terms,
    /// How often a person is heard of while their request is worked on.
    #[serde(default, skip_serializing_if = "Terms::is_nothing")]
    pub update: Terms,
}

/// What a queue promises.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promises {
    /// To requests of classes that are not named.
    pub usual: Promise,
    /// To these.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub classes: BTreeMap<RequestClass, Promise>,
}

impl Promises {
    /// So much business time until a solution, and nothing else.
    #[must_use]
    pub fn target(secs: i64) -> Self {
        let resolution = Terms::target(secs);
        let usual = Promise {
            resolution,
            ..Promise::default()
        };
        Self {
            usual,
            classes: BTreeMap::new(),
        }
    }

    /// What one clock of a class promises; `None`: nothing. To a wish no solution is, unless that is said.
    #[must_use]
    pub fn terms(&self, class: RequestClass, kind: ClockKind) -> Option<&Terms> {
        let own = self.classes.get(&class);
        if own.is_none() && class == RequestClass::Wish && kind == ClockKind::Resolution {
            return None;
        }
        let promise = own.unwrap_or(&self.usual);
        let terms = match kind {
            ClockKind::FirstResponse => &promise.first_response,
            ClockKind::NextResponse => &promise.next_response,
            ClockKind::Resolution => &promise.resolution,
            ClockKind::Update => &promise.update,
        };
        Some(terms).filter(|terms| !terms.is_nothing())
    }

    /// The classes that come with okno: contact with an emergency within 15 minutes and a solution within 4 business hours; 4
    /// for what is urgent, 24 but at most 5 days for ordinary requests, 48 but at most 5 days for questions.
    #[must_use]
    pub fn shipped() -> BTreeMap<RequestClass, Promise> {
        const HOUR: i64 = 3600;
        let days = Limit {
            count: 5,
            unit: LimitUnit::Days,
            mode: LimitMode::Wall,
            roll: Roll::None,
            pauses: LimitPauses::Ignore,
        };
        let promise = |hours: i64, limit, contact: Option<i64>| Promise {
            first_response: Terms {
                target_secs: contact,
                ..Terms::default()
            },
            next_response: Terms::default(),
            update: Terms::default(),
            resolution: Terms {
                target_secs: Some(hours.saturating_mul(HOUR)),
                limit,
                ..Terms::default()
            },
        };
        BTreeMap::from([
            (RequestClass::Emergency, promise(4, None, Some(15 * 60))),
            (RequestClass::Urgent, promise(4, None, None)),
            (RequestClass::Standard, promise(24, Some(days), None)),
            (RequestClass::Consultation, promise(48, Some(days), None)),
            (RequestClass::Wish, Promise::default()),
        ])
    }
}
