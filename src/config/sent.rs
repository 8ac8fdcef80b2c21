//! The folder of sent mail, against the mailbox it belongs to.

use super::{file::Reader, problems::At, written::Place};
use crate::model::account::SENT_BY_USE;

impl Reader<'_> {
    /// What of `sent` and `append_sent` does not go with the mailbox.
    pub(super) fn check_sent(
        &mut self,
        (sent, append): (Option<&At<String>>, Option<&At<bool>>),
        source: Option<&Place>,
    ) {
        if let Some(append) = append
            && (sent.is_none() || matches!(source, Some(Place::Maildir(_))))
        {
            let words = "needs a mailbox on a server, and `sent`: the folder to put copies in";
            self.notes.problem(&append.spot, words);
        }
        let (Some(sent), Some(source)) = (sent, source) else {
            return;
        };
        let words = match source {
            Place::Server(server) if server.folders.contains(&sent.value) => {
                "stands in `folders` too: what people send would be taken for what is sent to them"
            }
            Place::Maildir(_) if sent.value == SENT_BY_USE => {
                "a maildir does not say which folder is for sent mail; name it, as in \".Sent\""
            }
            Place::Server(_) | Place::Maildir(_) => return,
        };
        self.notes.problem(&sent.spot, words);
    }
}
