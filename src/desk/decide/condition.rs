//! Something needs the administrator, or does not any more: whether anybody hears of it is decided here.

use jiff::SignedDuration;

use crate::{
    desk::{
        alarm::tell,
        brake,
        decision::{Decision, Given},
        draft::{Draft, Voice},
        policy::Mode,
        reason::Reason,
        world::World,
    },
    model::{
        alarm::{Condition, FUSE, HOUSE},
        event::{Actor, EventData, Stream},
    },
};

/// The same alarm is told at most so often, however often its condition comes and goes.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

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
