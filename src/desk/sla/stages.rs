//! A clock whose promise has changed: the promises that still hold, each with its own beginning.

use jiff::{SignedDuration, Timestamp};

use super::{
    ALWAYS,
    course::{Course, Due, Impossible, Reached},
};
use crate::{
    desk::calendar::Calendar,
    model::terms::{ChangeMode, Terms},
};

/// One promise on a clock's way.
pub(super) struct Stage {
    /// Since when its limit counts.
    pub(super) start: Timestamp,
    /// Its targets, and since when each counts.
    targets: Vec<(Timestamp, SignedDuration)>,
    pub(super) terms: Terms,
}

impl Stage {
    fn new(start: Timestamp, terms: Terms) -> Result<Self, Impossible> {
        Ok(Self {
            start,
            targets: origin(start, terms.target_secs)?.into_iter().collect(),
            terms,
        })
    }
}

/// A target and since when it counts.
fn origin(
    from: Timestamp,
    secs: Option<i64>,
) -> Result<Option<(Timestamp, SignedDuration)>, Impossible> {
    match secs {
        Some(secs) if secs < 0 => Err(Impossible::InvalidTarget),
        Some(secs) => Ok(Some((from, SignedDuration::from_secs(secs)))),
        None => Ok(None),
    }
}

impl Course<'_> {
    /// What was promised and still holds, in order.
    pub(super) fn stages(&self, first: &Terms) -> Result<Vec<Stage>, Impossible> {
        let mut stages = vec![Stage::new(self.start, first.clone())?];
        for change in &self.changes {
            let from = match change.mode {
                ChangeMode::FromStart => self.start,
                ChangeMode::FromChange | ChangeMode::FairMin => change.at.max(self.start),
            };
            let joins = change.mode == ChangeMode::FairMin;
            match (&change.whole, stages.last_mut()) {
                (Some(whole), _) => {
                    if !joins {
                        stages.clear();
                    }
                    stages.push(Stage::new(from, whole.clone())?);
                }
                (None, Some(last)) => {
                    if !joins {
                        last.targets.clear();
                    }
                    last.targets.extend(origin(from, change.target_secs)?);
                }
                (None, None) => {}
            }
        }
        Ok(stages)
    }

    /// When the target of a promise is reached; the earliest of several.
    pub(super) fn target(&self, stage: &Stage) -> Result<Option<Reached>, Impossible> {
        let always: Option<&Calendar> = stage.terms.is_round_the_clock.then(|| &*ALWAYS);
        let mut best: Option<Reached> = None;
        for (from, target) in &stage.targets {
            let reached = self.reach((*from, always), *target)?;
            best = Some(match (best, reached) {
                (Some(Reached::At(one)), Reached::At(other)) => Reached::At(one.min(other)),
                (Some(Reached::Left(one)), Reached::Left(other)) => Reached::Left(one.min(other)),
                (Some(Reached::At(at)), Reached::Left(_)) | (_, Reached::At(at)) => Reached::At(at),
                (None, Reached::Left(left)) => Reached::Left(left),
            });
        }
        Ok(best)
    }
}

impl Due {
    /// Whichever of two promises comes first: what stands still does not.
    pub(super) fn or_earlier(self, other: Self) -> Self {
        let first = match (self.at, other.at) {
            (Some(own), Some(at)) if at < own => other,
            (None, Some(_)) => other,
            (Some(_) | None, _) => self,
        };
        let earlier = |one: Option<_>, other: Option<_>| one.into_iter().chain(other).min();
        let target_at = earlier(self.target_at, other.target_at);
        let left = match target_at {
            Some(_) => None,
            None => self.left.into_iter().chain(other.left).min(),
        };
        Self {
            target_at,
            limit_at: earlier(self.limit_at, other.limit_at),
            left,
            ..first
        }
    }
}
