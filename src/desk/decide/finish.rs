//! The end of every decision that may send: what else follows from it is added, then it passes the brake.

use super::escalation;
use crate::{
    desk::{
        brake,
        decision::Decision,
        draft::{Draft, Voice},
        emergency, nps,
    },
    model::ids::MailboxName,
};

/// Adds what follows, passes the mails through the brake and closes the draft. `came_in` is the mailbox of the mail that
/// caused it.
pub(in crate::desk) fn finish(mut draft: Draft<'_>, came_in: Option<&MailboxName>) -> Decision {
    draft.settle();
    escalation::follow(&mut draft);
    emergency::tell_heads(&mut draft);
    draft.look_where_full();
    draft.voice = Voice {
        message_id: draft.voice.message_id.clone(),
        ..Voice::okno(draft.given.now)
    };
    nps::plan(&mut draft);
    brake::pass(draft, came_in)
}
