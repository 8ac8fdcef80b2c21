//! The template that says a body.

use super::Body;

impl Body {
    /// The template's name: `templates/mail/<language>/<name>.{subject,txt,html}`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self {
            Self::Acknowledgement { .. } => "acknowledgement",
            Self::Card { .. } => "card",
            Self::FollowUp { .. } => "follow_up",
            Self::Reply { .. } => "reply",
            Self::News { .. } => "news",
            Self::Resolution { .. } => "resolution",
            Self::Nps { .. } => "nps",
            Self::Told { .. } => "told",
            Self::Transcript { .. } => "transcript",
            Self::Forms(_) => "forms",
            Self::Help(_) => "help",
            Self::Found(_) => "found",
            Self::ArticleDraft(_) => "article_draft",
            Self::Head(_) => "head",
            Self::FoundArticles(_) => "found_articles",
            Self::Undone(_) => "undone",
            Self::Why(_) => "why",
            Self::Challenge { .. } => "challenge",
            Self::Crossed(_) => "crossed",
            Self::EscalationQuestion(_) => "escalation_question",
            Self::Escalation(_) => "escalation",
            Self::Whose(_) => "whose",
            Self::Original { .. } => "original",
            Self::Undelivered { .. } => "undelivered",
            Self::Refusal(_) => "refusal",
            Self::Offer(_) => "offer",
            Self::OfferAnswer { .. } => "offer_answer",
            Self::Digest { .. } => "digest",
            Self::Late(_) => "late",
            Self::Queue(_) => "queue",
            Self::Passport(_) => "passport",
            Self::Payroll(_) => "payroll",
            Self::Report(_) => "report",
            Self::Weekly(_) => "weekly",
            Self::Monthly(_) => "monthly",
            Self::Director(_) => "director",
            Self::IdleRules(_) => "idle_rules",
            Self::PayFile(_) => "pay_file",
            Self::Tried(_) => "tried",
            Self::WorkList(_) => "work_list",
            Self::WorkListAnswer(_) => "work_list_answer",
            Self::Duty(_) => "duty",
            Self::Quarantine(_) => "quarantine",
            Self::QuarantineAnswer(_) => "quarantine_answer",
            Self::Alarm { .. } => "alarm",
        }
    }
}
