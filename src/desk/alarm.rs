//! Letters to the administrator: the fuse has blown, or a condition is told.

use super::{draft::Draft, reason::Reason};
use crate::model::{
    alarm::{Condition, FUSE, HOUSE},
    event::{EventData, Stream},
    outgoing::{Body, Class, When},
};

/// The fuse blows within a decision: the event, and the one mail that is not held.
pub(super) fn raise_fuse(draft: &mut Draft<'_>) {
    let condition = Condition {
        alarm: FUSE.to_owned(),
        object: HOUSE.to_owned(),
        detail: draft.given.policy.caps.fuse.to_string(),
        since: draft.given.now,
        is_over: false,
    };
    let data = EventData::AlarmRaised {
        alarm: condition.alarm.clone(),
        object: condition.object.clone(),
        is_told: true,
    };
    draft.happened_elsewhere(
        Stream::House,
        data,
        Reason::FuseBlown,
        Some(condition.detail.clone()),
    );
    tell(draft, &condition);
}

/// Tells the administrator of a condition.
pub(super) fn tell(draft: &mut Draft<'_>, condition: &Condition) {
    let (policy, now) = (draft.given.policy, draft.given.now);
    let body = Body::Alarm {
        alarm: condition.alarm.clone(),
        object: condition.object.clone(),
        detail: condition.detail.clone(),
        since: When {
            at: condition.since,
            zone: policy.zone.clone(),
        },
        over: condition.is_over,
    };
    let word = if condition.is_over { "over" } else { "raised" };
    let key = format!(
        "alarm:{}:{}:{word}:{}",
        condition.alarm,
        condition.object,
        now.as_millisecond()
    );
    draft.send_to_administrator(key, Class::Alarm, body, Some(&condition.object));
}
