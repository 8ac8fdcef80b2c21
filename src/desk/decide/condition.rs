//! Something needs the administrator, or does not any more: whether anybody hears of it is decided here.

use jiff::SignedDuration;

use crate::{
    desk::{
        alarm::tell,
        brake,
        decision::{Decision, Given},
        draft::{Draft, Voice},
        reason::Reason,
        world::World,
    },
    model::{
        alarm::Condition,
        event::{EventData, Stream},
    },
};

/// The same alarm is told at most so often, however often its condition comes and goes.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// An alarm that stands is told again after so long.
const REMIND_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Decides on a condition: raised once, over once, and nobody is written to more than once an hour about one object.
pub(super) fn decide_condition(
    condition: &Condition,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let state = world.alarm(&condition.alarm, &condition.object);
    let is_raised = state.is_some_and(|state| state.raised_at.is_some());
    let reason = if condition.is_over {
        Reason::ConditionOver
    } else {
        Reason::ConditionSeen
    };
    let mut draft = Draft::new(given, world, Voice::okno(given.now), reason);
    let raised_at = state.and_then(|state| state.raised_at);
    let told_at = state.and_then(|state| state.told_at);
    let since_told = told_at.map(|told| given.now.duration_since(told));
    let is_told = is_raised && told_at >= raised_at;
    // What stands untold is told as soon as its hour is over; what stands told is brought to mind once a day.
    let wait = if is_told {
        REMIND_AFTER
    } else {
        TELL_AGAIN_AFTER
    };
    let tells = match condition.is_over {
        true => is_told,
        false => since_told.is_none_or(|since| since >= wait),
    };
    if is_raised && !condition.is_over && !tells || !is_raised && condition.is_over {
        draft.decision.reason = Reason::NothingToDo;
        return draft.done();
    }
    let (alarm, object) = (condition.alarm.clone(), condition.object.clone());
    let data = match condition.is_over {
        true => EventData::AlarmOver { alarm, object },
        false => EventData::AlarmRaised {
            alarm,
            object,
            is_told: tells,
        },
    };
    let why = if tells { reason } else { Reason::ToldLately };
    draft.happened_elsewhere(Stream::House, data, why, Some(condition.detail.clone()));
    if tells {
        tell(&mut draft, condition, None);
    }
    brake::finish(draft, None)
}
