//! Something needs the administrator, or does not any more: whether anybody hears of it is decided here.

use jiff::SignedDuration;

use crate::{
    desk::{
        alarm::tell,
        decide::finish,
        decision::{Decision, Given},
        draft::{Draft, Voice},
        reason::Reason,
        world::World,
    },
    model::{
        alarm::{Condition, EACH_TOLD},
        event::{EventData, Stream},
    },
};

/// The same alarm is told at most so often, however often its condition comes and goes.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// An alarm that stands is told again after so long.
const REMIND_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// How long the administrator is left in peace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Since the last letter, while something stands of which nobody was told.
    pub(super) untold: SignedDuration,
    /// Whether this is another trouble than the one that stands.
    pub(super) is_news: bool,
}

/// Decides on a condition: raised once, over once, and nobody is written to more than once an hour about one object.
pub(super) fn decide_condition(
    condition: &Condition,
    world: &World,
    given: &Given<'_>,
) -> Decision {
    let reason = if condition.is_over {
        Reason::ConditionOver
    } else {
        Reason::ConditionSeen
    };
    let mut draft = Draft::new(given, world, Voice::okno(given.now), reason);
    let is_news = EACH_TOLD.contains(&condition.alarm.as_str());
    let patience = Patience {
        untold: match is_news {
            true => SignedDuration::ZERO,
            false => TELL_AGAIN_AFTER,
        },
        is_news,
    };
    if !note(&mut draft, condition, patience) {
        draft.decision.reason = Reason::NothingToDo;
    }
    finish(draft, None)
}

/// Notes a condition, and tells the administrator where it is time to. Whether there was anything to note.
pub(super) fn note(draft: &mut Draft<'_>, condition: &Condition, patience: Patience) -> bool {
    let state = draft.world.alarm(&condition.alarm, &condition.object);
    let raised_at = state.and_then(|state| state.raised_at);
    let told_at = state.and_then(|state| state.told_at);
    let is_raised = raised_at.is_some();
    let since_told = told_at.map(|told| draft.given.now.duration_since(told));
    let is_told = is_raised && told_at >= raised_at;
    // What stands untold is told as soon as its time has come; what stands told is brought to mind once a day.
    let wait = if is_told && !patience.is_news {
        REMIND_AFTER
    } else {
        patience.untold
    };
    let tells = match condition.is_over {
        true => is_told,
        false => since_told.is_none_or(|since| since >= wait),
    };
    let is_known = is_raised && !tells && !patience.is_news;
    if is_known && !condition.is_over || !is_raised && condition.is_over {
        return false;
    }
    let (alarm, object) = (condition.alarm.clone(), condition.object.clone());
    let (data, reason) = match condition.is_over {
        true => (
            EventData::AlarmOver { alarm, object },
            Reason::ConditionOver,
        ),
        false => (
            EventData::AlarmRaised {
                alarm,
                object,
                is_told: tells,
            },
            Reason::ConditionSeen,
        ),
    };
    let why = if tells { reason } else { Reason::ToldLately };
    draft.happened_elsewhere(Stream::House, data, why, Some(condition.detail.clone()));
    if tells {
        tell(draft, condition, None);
    }
    true
}
