//! Who or what ended a ticket, in words.

use crate::model::event::ClosedBy;

/// In both languages.
pub(super) const fn closed(by: ClosedBy) -> (&'static str, &'static str) {
    match by {
        ClosedBy::Agent => ("закрыто сотрудником", "closed by the agent"),
        ClosedBy::Requester => ("закрыто заявителем", "closed by the requester"),
        ClosedBy::KbHit => (
            "закрыто: помогла статья базы знаний",
            "closed: an article of the knowledge base was the answer",
        ),
        ClosedBy::Silence => ("закрыто по молчанию", "closed by silence"),
        ClosedBy::Switch => (
            "закрыто при переходе на режим full",
            "closed when the mode became full",
        ),
    }
}
