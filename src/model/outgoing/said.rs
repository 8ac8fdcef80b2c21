//! Whose words mails bear.

use super::{Body, EscalationLetter, ShownCopy};

impl Body {
    /// The words in it that are somebody's, passed on as they are.
    #[must_use]
    pub const fn words(&self) -> Option<&str> {
        match self {
            Self::Card { text, .. }
            | Self::FollowUp { text, .. }
            | Self::Reply { text, .. }
            | Self::Resolution { text, .. }
            | Self::Original { text, .. }
            | Self::Escalation(EscalationLetter { text, .. })
            | Self::Offer(ShownCopy { text, .. }) => Some(text.as_str()),
            Self::Acknowledgement { .. }
            | Self::News { .. }
            | Self::Nps { .. }
            | Self::Transcript { .. }
            | Self::Told { .. }
            | Self::Forms(_)
            | Self::Help(_)
            | Self::Found(_)
            | Self::FoundArticles(_)
            | Self::Undone(_)
            | Self::Why(_)
            | Self::ArticleDraft(_)
            | Self::Head(_)
            | Self::Challenge { .. }
            | Self::EscalationQuestion(_)
            | Self::Whose(_)
            | Self::Crossed(_)
            | Self::Undelivered { .. }
            | Self::Refusal(_)
            | Self::OfferAnswer { .. }
            | Self::Digest { .. }
            | Self::Late(_)
            | Self::Queue(_)
            | Self::Passport(_)
            | Self::Payroll(_)
            | Self::PayFile(_)
            | Self::Report(_)
            | Self::Weekly(_)
            | Self::Monthly(_)
            | Self::Director(_)
            | Self::IdleRules(_)
            | Self::Tried(_)
            | Self::WorkList(_)
            | Self::WorkListAnswer(_)
            | Self::Duty(_)
            | Self::Quarantine(_)
            | Self::QuarantineAnswer(_)
            | Self::Alarm { .. } => None,
        }
    }
}
