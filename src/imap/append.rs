//! Putting a mail into a folder (RFC 3501, 6.3.11), and looking whether it lies there.

use async_imap::imap_proto::{MailboxDatum, Response};
use jiff::{Timestamp, tz::TimeZone};

use super::{
    error::ImapError,
    names::{folder_on_wire, quoted},
    session::Session,
    talk::Step,
};

impl Session {
    /// Whether a mail of this Message-ID (without angle brackets) lies in the open folder. Only what came there on the day
    /// of `since` (UTC) or later is looked at, so that a folder of any size answers soon.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn holds(&mut self, message_id: &str, since: Timestamp) -> Result<bool, ImapError> {
        let id = quoted(&format!("<{message_id}>"), "the Message-ID")?;
        let day = since.to_zoned(TimeZone::UTC).strftime("%-d-%b-%Y");
        let line = format!("UID SEARCH SINCE {day} HEADER Message-ID {id}");
        let mut is_there = false;
        let asked = self.talk.command("UID SEARCH", &line, |response| {
            if let Response::MailboxData(MailboxDatum::Search(uids)) = response {
                is_there |= !uids.is_empty();
            }
        });
        asked.await?;
        Ok(is_there)
    }

    /// Puts a mail into a folder, as one that has been read.
    ///
    /// # Errors
    /// [`ImapError::Refused`] where the server does not take it; and others, after which it may lie there or not.
    pub async fn append(&mut self, folder: &str, mail: &[u8]) -> Result<(), ImapError> {
        const NAME: &str = "APPEND";
        let folder = folder_on_wire(folder)?;
        let line = format!("APPEND {folder} (\\Seen) {{{}}}", mail.len());
        self.talk.send(NAME, &line).await?;
        if self.talk.answer(NAME, |_| ()).await? == Step::Done {
            return Err(ImapError::Garbled { during: NAME });
        }
        self.talk.send_literal(NAME, mail).await?;
        match self.talk.answer(NAME, |_| ()).await? {
            Step::Done => Ok(()),
            Step::GoOn => Err(ImapError::Garbled { during: NAME }),
        }
    }
}
