//! Whom an event names: people are shown by name where they may be.

use crate::model::{
    event::{Actor, EventData},
    ids::PersonId,
};

/// The people an event names.
#[expect(
    clippy::too_many_lines,
    reason = "a line for every kind of event there is"
)]
pub(super) fn named(data: &EventData) -> Vec<PersonId> {
    match data {
        EventData::TicketOpened(new) => std::iter::once(&new.requester)
            .chain(&new.collaborators)
            .copied()
            .collect(),
        EventData::CollaboratorsAdded { people } | EventData::MailWithheld { people, .. } => {
            people.clone()
        }
        EventData::OriginAsked(unsure) => unsure.candidates.clone(),
        EventData::RequesterNamed { person, .. }
        | EventData::DeliveryFailed { person, .. }
        | EventData::MailHeld { person, .. }
        | EventData::ChallengeSent { person, .. }
        | EventData::ChallengeAnswered { person, .. }
        | EventData::ObserverProposed { person }
        | EventData::HistoryShown { person, .. }
        | EventData::ObserverAdded { person }
        | EventData::ParticipantLeft { person } => vec![*person],
        EventData::SamePerson { person } => person.iter().copied().collect(),
        EventData::AlarmRaised { object, .. } => match Actor::from_code(object) {
            Some(Actor::Person(id)) => vec![id],
            Some(Actor::Okno | Actor::Operator) | None => Vec::new(),
        },
        EventData::MessageJoined { .. }
        | EventData::MessageSent { .. }
        | EventData::DuplicateSeen { .. }
        | EventData::Answered { .. }
        | EventData::AnsweredOutside { .. }
        | EventData::AnsweredUnseen { .. }
        | EventData::CameBy { .. }
        | EventData::ResolvedOutside { .. }
        | EventData::AnswerHeld(_)
        | EventData::NoteAdded { .. }
        | EventData::Merged { .. }
        | EventData::TookIn { .. }
        | EventData::Assigned { .. }
        | EventData::Unassigned { .. }
        | EventData::Linked { .. }
        | EventData::LinkedTo { .. }
        | EventData::Continues { .. }
        | EventData::SplitFrom { .. }
        | EventData::Undone(_)
        | EventData::Snoozed { .. }
        | EventData::SnoozeOver { .. }
        | EventData::Followed { .. }
        | EventData::Unfollowed { .. }
        | EventData::Withdrawn
        | EventData::UrgencyDenied { .. }
        | EventData::UrgencyAsked
        | EventData::LanguageChosen { .. }
        | EventData::RepeatProposed { .. }
        | EventData::RepeatConfirmed { .. }
        | EventData::RepeatDenied { .. }
        | EventData::AutomaticMailStopped
        | EventData::StateChanged { .. }
        | EventData::Resolved { .. }
        | EventData::Closed { .. }
        | EventData::Reopened
        | EventData::Rated { .. }
        | EventData::ClockStarted { .. }
        | EventData::ClockChanged { .. }
        | EventData::ClockDropped { .. }
        | EventData::ClockReopened { .. }
        | EventData::Reminded { .. }
        | EventData::ClockJudged(_)
        | EventData::EscalationAsked { .. }
        | EventData::EscalationDecided { .. }
        | EventData::EscalatedTo { .. }
        | EventData::AskedFor { .. }
        | EventData::EscalationAnswered { .. }
        | EventData::AnswerPassedOn { .. }
        | EventData::EscalationEnded { .. }
        | EventData::EscalationResumed { .. }
        | EventData::AskerDone { .. }
        | EventData::ClockPaused { .. }
        | EventData::ClockResumed { .. }
        | EventData::DeadlineMoved { .. }
        | EventData::DeadlineDecided { .. }
        | EventData::RuleApplied { .. }
        | EventData::VerdictCorrected(_)
        | EventData::KeptLate { .. }
        | EventData::PeriodClosed(_)
        | EventData::PeriodFile { .. }
        | EventData::PeriodPay { .. }
        | EventData::Exported { .. }
        | EventData::FactsImported(_)
        | EventData::EmployeeNumbered { .. }
        | EventData::Payroll(_)
        | EventData::Reviewed { .. }
        | EventData::FiguresCorrected { .. }
        | EventData::Escalated { .. }
        | EventData::ClockRecounted { .. }
        | EventData::RecountDecided { .. }
        | EventData::Classified { .. }
        | EventData::FieldsFilled { .. }
        | EventData::FieldsAsked { .. }
        | EventData::Transferred { .. }
        | EventData::WaitsUntil { .. }
        | EventData::Excluded { .. }
        | EventData::Included
        | EventData::AnswerUndone { .. }
        | EventData::AddressSilenced { .. }
        | EventData::AddressHeard
        | EventData::Searched { .. }
        | EventData::KnowledgeSearched { .. }
        | EventData::ArticlesShown { .. }
        | EventData::ArticleDrafted { .. }
        | EventData::ArticleApproved { .. }
        | EventData::ArticleDismissed { .. }
        | EventData::NpsPlanned { .. }
        | EventData::NpsAsked
        | EventData::NpsAnswered { .. }
        | EventData::NpsWanted { .. }
        | EventData::CommandRefused { .. }
        | EventData::PersonListed { .. }
        | EventData::PersonUnlisted
        | EventData::PersonErased(_)
        | EventData::AbsenceAnnounced(_)
        | EventData::AbsenceEnded
        | EventData::Preferred(_)
        | EventData::DirectoryTaken { .. }
        | EventData::DirectoryRefused { .. }
        | EventData::SetAside
        | EventData::MailOrdered { .. }
        | EventData::MailQuarantined { .. }
        | EventData::WorkReleased { .. }
        | EventData::WorkDiscarded { .. }
        | EventData::AlarmOver { .. }
        | EventData::TicketGiven { .. }
        | EventData::QueueFull { .. }
        | EventData::QueueRelieved
        | EventData::OwnerAsked(_)
        | EventData::OwnerReminded
        | EventData::OwnerQuestionOver
        | EventData::WaitsForRoom
        | EventData::WaitForRoomOver
        | EventData::QueueChanged { .. }
        | EventData::QueueChangeOver { .. } => Vec::new(),
    }
}
