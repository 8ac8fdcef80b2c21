//! What came into a folder on some days.

use std::collections::BTreeMap;

use async_imap::imap_proto::{MailboxDatum, Response};
use jiff::civil::Date;

use super::{
    error::ImapError,
    folder::{Listed, listed},
    session::Session,
    sets::sets,
};

impl Session {
    /// The mails of the open folder that the server got from the day `since` on and before the day `before`, by UID,
    /// ascending. Servers count days in a zone of their own (RFC 3501, 6.4.4): whoever wants exact bounds asks for a day
    /// more on both sides and looks at [`Listed::internal_date`].
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn list_days(&mut self, since: Date, before: Date) -> Result<Vec<Listed>, ImapError> {
        let (since, before) = (since.strftime("%-d-%b-%Y"), before.strftime("%-d-%b-%Y"));
        let line = format!("UID SEARCH SINCE {since} BEFORE {before}");
        let mut uids: Vec<u32> = Vec::new();
        let asked = self.talk.command("UID SEARCH", &line, |response| {
            if let Response::MailboxData(MailboxDatum::Search(found)) = response {
                uids.extend(found);
            }
        });
        asked.await?;
        let mut found = BTreeMap::new();
        for set in sets(uids) {
            let line = format!("UID FETCH {set} (UID RFC822.SIZE INTERNALDATE)");
            let asked = self.talk.command("UID FETCH", &line, |response| {
                if let Some(mail) = listed(response) {
                    found.insert(mail.uid, mail);
                }
            });
            asked.await?;
        }
        Ok(found.into_values().collect())
    }
}
