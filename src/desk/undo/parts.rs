//! What of a ticket an event touches.

use crate::model::{
    classification::Property,
    event::{Event, EventData, Role},
    undone::Restored,
};

/// The event is one of the decision that is taken back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own;

/// What of a ticket an event touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Place,
    Owner,
    Queue,
    Clocks,
    Class,
    Priority,
    Category,
    Cause,
    Tags,
    People,
    Links,
    Repeats,
    Answer,
    Merge,
    Snooze,
    Following,
    Article,
}

/// What an event touches. As one of the decision itself: what it changes, and so what is taken back. As one that came
/// since: what it rests on.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most of what may happen changes nothing that can be taken back"
)]
pub(super) fn touches(event: &Event, own: Option<Own>) -> Vec<Part> {
    let is_own = own.is_some();
    // Whatever is done to a ticket after it came to a queue rests on that.
    let own_or = |mut parts: Vec<Part>, queue: Part| {
        parts.extend(Some(queue).filter(|_| !is_own));
        parts
    };
    match &event.data {
        EventData::MessageJoined { .. }
            if !is_own && matches!(event.role, Role::Requester | Role::Collaborator) =>
        {
            vec![Part::Queue, Part::Answer, Part::Merge, Part::Snooze]
        }
        EventData::StateChanged { .. }
        | EventData::WaitsUntil { .. }
        | EventData::Resolved { .. }
        | EventData::Closed { .. }
        | EventData::Excluded { .. }
        | EventData::Included
        | EventData::Reopened => own_or(vec![Part::Place], Part::Queue),
        EventData::Merged { .. } => vec![Part::Merge, Part::Place],
        EventData::TookIn { .. } => vec![Part::Merge],
        EventData::Answered { .. } if is_own => vec![Part::Answer],
        EventData::Answered { .. }
        | EventData::AnsweredOutside { .. }
        | EventData::AnsweredUnseen { .. }
        | EventData::ResolvedOutside { .. }
        | EventData::AnswerUndone { .. } => {
            vec![
                Part::Place,
                Part::Owner,
                Part::Queue,
                Part::Answer,
                Part::Merge,
            ]
        }
        EventData::AnswerHeld(_) => vec![Part::Answer],
        EventData::Withdrawn | EventData::Rated { .. } if !is_own => {
            vec![Part::Place, Part::Answer]
        }
        EventData::Assigned { .. } | EventData::Unassigned { .. } => {
            own_or(vec![Part::Owner], Part::Queue)
        }
        EventData::Transferred { .. } => vec![Part::Queue, Part::Owner],
        EventData::Classified { property } => vec![of_property(property)],
        EventData::CollaboratorsAdded { .. }
        | EventData::ObserverAdded { .. }
        | EventData::ParticipantLeft { .. } => vec![Part::People],
        EventData::LinkedTo { .. } => vec![Part::Links],
        EventData::RepeatConfirmed { .. }
        | EventData::RepeatDenied { .. }
        | EventData::RepeatProposed { .. } => vec![Part::Repeats],
        // A verdict says of which class it was.
        EventData::ClockJudged(_) if !is_own => vec![Part::Clocks, Part::Class],
        EventData::ClockJudged(_)
        | EventData::ClockStarted { .. }
        | EventData::ClockChanged { .. }
        | EventData::ClockDropped { .. }
        | EventData::ClockReopened { .. }
        | EventData::ClockPaused { .. }
        | EventData::ClockResumed { .. }
        | EventData::ClockRecounted { .. }
        | EventData::VerdictCorrected(_)
        | EventData::DeadlineMoved { .. }
        | EventData::DeadlineDecided { .. } => vec![Part::Clocks],
        EventData::ArticleDrafted { .. }
        | EventData::ArticleApproved { .. }
        | EventData::ArticleDismissed { .. } => vec![Part::Article],
        EventData::Snoozed { .. } | EventData::SnoozeOver { .. } => vec![Part::Snooze],
        EventData::Followed { .. } | EventData::Unfollowed { .. } => vec![Part::Following],
        // A decision that took another back is no decision to be taken back, but what it touched it touched.
        EventData::Undone(restored) => of_restored(restored),
        _ => Vec::new(),
    }
}

const fn of_property(property: &Property) -> Part {
    match property {
        Property::Class(_) => Part::Class,
        Property::Priority(_) => Part::Priority,
        Property::Category(_) => Part::Category,
        Property::Cause(_) => Part::Cause,
        Property::Tag(_) => Part::Tags,
    }
}

fn of_restored(restored: &Restored) -> Vec<Part> {
    let classified = restored.classification.is_some();
    let touched = [
        (restored.state.is_some(), Part::Place),
        (restored.assignee.is_some(), Part::Owner),
        (restored.queue.is_some(), Part::Queue),
        (restored.clocks.is_some(), Part::Clocks),
        (classified, Part::Class),
        (classified, Part::Priority),
        (classified, Part::Category),
        (classified, Part::Cause),
        (classified, Part::Tags),
        (restored.collaborators.is_some(), Part::People),
        (restored.observers.is_some(), Part::People),
        (restored.links.is_some(), Part::Links),
        (restored.repeats.is_some(), Part::Repeats),
        (restored.merged_into.is_some(), Part::Merge),
        (restored.snoozed.is_some(), Part::Snooze),
        (restored.followers.is_some(), Part::Following),
        (restored.article.is_some(), Part::Article),
        // It is never nothing: whoever asks twice hears that it is done.
        (true, Part::Answer),
    ];
    let touched = touched.into_iter().filter(|(is, _)| *is);
    touched.map(|(_, part)| part).collect()
}
