//! All folders of an IMAP account, one after the other: where one cannot be read, the others are.

use jiff::Timestamp;

use super::{ReceiveError, Receiver, copies, imap};
use crate::{
    imap::{Deadlines, Fate, ImapError, Session},
    model::account::{ImapAccount, SENT_BY_USE, ServerAction},
    store::leases::Lease,
};

/// What went wrong in folders while the connection served on.
#[derive(Debug, Default)]
struct Faults {
    /// The first of all.
    first: Option<ReceiveError>,
    /// Whether it was never more than a folder that could not be opened: the connection is as good as before.
    are_of_opening: bool,
}

impl Faults {
    const fn none() -> Self {
        Self {
            first: None,
            are_of_opening: true,
        }
    }

    /// Remembers what is one folder's affair; anything else ends the pass.
    fn bear<T>(&mut self, done: Result<T, ReceiveError>) -> Result<Option<T>, ReceiveError> {
        let error = match done {
            Ok(done) => return Ok(Some(done)),
            Err(ReceiveError::Imap(error)) if error.is_one_folders() => error,
            Err(error) => return Err(error),
        };
        self.are_of_opening &= error.is_of_opening();
        self.first.get_or_insert_with(|| error.into());
        Ok(None)
    }
}

impl Receiver {
    /// Takes what is new in every folder. How many mails were.
    pub(super) async fn pass_account(
        &mut self,
        account: &ImapAccount,
        (folders, after): (&[String], Option<&ServerAction>),
        began: Timestamp,
        lease: &Lease,
    ) -> Result<usize, ReceiveError> {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => {
                self.sent_name = None;
                let tls = &self.house.tls;
                let made = Session::connect(account, tls, &Deadlines::default()).await?;
                self.count_connection();
                made
            }
        };
        let mut faults = Faults::none();
        let mut taken = 0_usize;
        for name in folders {
            let new = imap::pass(self, &mut session, inbox(name, after), lease).await;
            taken = taken.saturating_add(faults.bear(new)?.unwrap_or(0));
        }
        let is_all_read = faults.first.is_none();
        let sent = self.pass_sent(&mut session, folders, lease).await;
        // A folder of sent mail that is not there holds nothing that could be waited for.
        let knows_enough = sent.as_ref().err().is_none_or(is_not_there);
        taken = taken.saturating_add(faults.bear(sent)?.unwrap_or(0));
        if faults.are_of_opening {
            self.session = Some(session);
        }
        let Some(first) = faults.first else {
            return Ok(taken);
        };
        if is_all_read && knows_enough {
            self.was_read(began).await?;
        }
        Err(first)
    }

    /// The folder of what people send, if it is watched, and copies of what was sent from here.
    async fn pass_sent(
        &mut self,
        session: &mut Session,
        others: &[String],
        lease: &Lease,
    ) -> Result<usize, ReceiveError> {
        let Some(sent) = self.sent() else {
            return Ok(0);
        };
        let name = self.name_of(&sent, session, others).await?;
        let folder = imap::Folder {
            key: &sent,
            name: &name,
            after: None,
        };
        let taken = imap::pass(self, session, folder, lease).await?;
        if self.keeps_copies() {
            copies::keep(self, session, &name).await?;
        }
        Ok(taken)
    }

    /// Whether what is sent from here is put into that folder, too.
    fn keeps_copies(&self) -> bool {
        let policy = self.house.config.policy.mailboxes.get(&self.mailbox);
        policy.is_some_and(|own| own.append_sent)
    }

    /// What the server calls the folder of sent mail: it is asked once a session, where the configuration leaves it to it.
    async fn name_of(
        &mut self,
        sent: &str,
        session: &mut Session,
        others: &[String],
    ) -> Result<String, ImapError> {
        if sent != SENT_BY_USE {
            return Ok(sent.to_owned());
        }
        let name = match self.sent_name.take() {
            Some(name) => name,
            None => session.sent_folder(others).await?,
        };
        self.sent_name = Some(name.clone());
        Ok(name)
    }
}

/// Whether it says that there is no such folder.
fn is_not_there(error: &ReceiveError) -> bool {
    match error {
        ReceiveError::Imap(error) => error.is_of_opening() && error.fate() == Fate::Operator,
        ReceiveError::Maildir(_) | ReceiveError::House(_) => false,
    }
}

/// A folder that is called on the server as it is in the configuration.
const fn inbox<'f>(name: &'f str, after: Option<&'f ServerAction>) -> imap::Folder<'f> {
    imap::Folder {
        key: name,
        name,
        after,
    }
}
