//! What no figure looks at: whoever reads histories to count them need not read it.

use crate::model::event::Role;

/// Kinds that change nothing of a ticket which any figure, detail or hint is made of. That an agent or a head has done
/// anything at all counts: theirs are read.
const UNREAD: [&str; 7] = [
    "articles_shown",
    "came_by",
    "mail_withheld",
    "nps_asked",
    "nps_planned",
    "owner_reminded",
    "rule_applied",
];

/// A mail that asks whether all is well: it asks for a rating, too.
const ASKS: &str = "\"offers\":\"confirmation\"";

/// Whether an event may be left out of a history that is counted: its kind, and its data as stored.
#[must_use]
pub fn is_unread(kind: &str, role: Role, data: &str) -> bool {
    let is_work = matches!(role, Role::Agent | Role::Head);
    let changes_nothing = match kind {
        "message_sent" => !data.contains(ASKS),
        _ => UNREAD.contains(&kind),
    };
    changes_nothing && !is_work
}
