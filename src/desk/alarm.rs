//! Alarms: what the administrator is told, once, and told again when it is over. The shell reports conditions; here
//! it is decided whether anybody hears of them.

use jiff::{SignedDuration, Timestamp};

use super::{
    brake,
    decision::{Decision, Draft, Given, Voice},
    policy::Mode,
    reason::Reason,
    world::World,
};
use crate::model::{
    event::{Actor, EventData, Stream},
    outgoing::{Body, Class, When},
};

/// The fuse has blown: automatic mail is held.
pub const FUSE: &str = "fuse";
/// A mailbox cannot be logged in to.
pub const LOGIN: &str = "login";
/// Mail does not leave.
pub const OUTBOX: &str = "outbox";
/// A mail could not be digested.
pub const QUARANTINE: &str = "quarantine";

/// The same alarm is told at most so often, however often its condition comes and goes.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Something the shell has noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which alarm.
    pub alarm: String,
    /// Of which mailbox or relay; `house` for the whole.
    pub object: String,
    /// What was seen, in words for a person.
    pub detail: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether it is over.
    pub is_over: bool,
}

/// Decides on a condition: raised once, over once, and nobody is written to more than once an hour about one object.
#[must_use]
pub fn decide_condition(condition: &Condition, world: &World, given: &Given<'_>) -> Decision {
    let key = (condition.alarm.clone(), condition.object.clone());
    let state = world.alarms.get(&key);
    let is_raised = state.is_some_and(|state| state.raised_at.is_some());
    let reason = if condition.is_over {
        Reason::ConditionOver
    } else {
        Reason::ConditionSeen
    };
    let mut draft = Draft::new(given, world, Voice::okno(given.now), reason);
    if is_raised != condition.is_over {
        draft.decision.reason = Reason::NothingToDo;
        return draft.decision;
    }
    let told_at = state.and_then(|state| state.told_at);
    let is_told_lately =
        told_at.is_some_and(|told| given.now.duration_since(told) < TELL_AGAIN_AFTER);
    let (alarm, object) = key;
    // "Over" belongs to the alarm that was told, however soon it comes; only a new alarm waits for its hour.
    let tells = if condition.is_over {
        told_at >= state.and_then(|state| state.raised_at)
    } else {
        !is_told_lately
    };
    let data = match condition.is_over {
        true => EventData::AlarmOver { alarm, object },
        false => EventData::AlarmRaised { alarm, object },
    };
    let why = if tells { reason } else { Reason::ToldLately };
    draft.happened_elsewhere(Stream::House, data, why, Some(condition.detail.clone()));
    if tells {
        tell(&mut draft, condition);
    }
    brake::finish(draft, Mode::Full)
}

/// The administrator releases what the fuse holds.
#[must_use]
pub fn decide_fuse_release(world: &World, given: &Given<'_>) -> Decision {
    let voice = Voice {
        actor: Actor::Operator,
        ..Voice::okno(given.now)
    };
    let mut draft = Draft::new(given, world, voice, Reason::Released);
    if world.fuse.is_blown {
        let data = EventData::AlarmOver {
            alarm: FUSE.to_owned(),
            object: HOUSE.to_owned(),
        };
        draft.happened_elsewhere(Stream::House, data, Reason::Released, None);
    } else {
        draft.decision.reason = Reason::NothingToDo;
    }
    draft.decision
}

/// The object of alarms that concern no single mailbox.
pub const HOUSE: &str = "house";

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
    };
    draft.happened_elsewhere(
        Stream::House,
        data,
        Reason::FuseBlown,
        Some(condition.detail.clone()),
    );
    tell(draft, &condition);
}

fn tell(draft: &mut Draft<'_>, condition: &Condition) {
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
