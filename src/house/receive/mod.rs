//! Receive: mail comes in. Each pass over a mailbox fetches what lies behind the cursor and stores it raw, together
//! with the cursor, before anything looks at it. Nothing on the server depends on us, nor we on `\Seen`.

mod actions;
mod copies;
mod count;
mod folders;
mod imap;
mod looks;
mod maildir;
mod measured;
mod troubles;

use jiff::Timestamp;

pub use self::count::count_waiting;
pub(super) use self::imap::CUT_BYTES;
use self::{looks::groups, troubles::Troubles};
use super::{House, HouseError, files::Hand};
use crate::{
    config::{MailboxSettings, StartFrom},
    imap::{Access, ImapError, Session, Woken},
    maildir::{Maildir, MaildirError},
    model::{
        account::{ServerAction, Source},
        ids::MailboxName,
    },
    store::{
        journal::{self, Cursor, Fetched, Haul},
        leases::Lease,
        passes,
    },
    tls::stream::ConnectError,
    web::status::TroubleKind,
};

/// How many bytes are fetched before they are stored.
pub(super) const FETCH_BYTES_MAX: u64 = 1 << 20;

/// Why a mailbox cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The IMAP server.
    #[error("{0}")]
    Imap(#[from] ImapError),
    /// The Maildir.
    #[error("{0}")]
    Maildir(#[from] MaildirError),
    /// The database, or the house itself.
    #[error("{0}")]
    House(#[from] HouseError),
}

impl ReceiveError {
    /// Which kind of trouble it is.
    #[must_use]
    pub const fn kind(&self) -> TroubleKind {
        match self {
            Self::Imap(error) => kind_of(error),
            Self::Maildir(_) => TroubleKind::Maildir,
            Self::House(_) => TroubleKind::Ours,
        }
    }
}

const fn kind_of(error: &ImapError) -> TroubleKind {
    match error {
        ImapError::Connect(ConnectError::Certificate { .. } | ConnectError::Tls { .. })
        | ImapError::NoStartTls => TroubleKind::Tls,
        ImapError::Connect(
            ConnectError::NoSuchHost { .. }
            | ConnectError::Unreachable { .. }
            | ConnectError::TimedOut { .. },
        ) => TroubleKind::Unreachable,
        ImapError::Silent { .. } | ImapError::Lost { .. } => TroubleKind::Silent,
        ImapError::LoginRefused { .. } | ImapError::NoLogin => TroubleKind::Login,
        ImapError::Refused { .. } => TroubleKind::Refused,
        ImapError::Garbled { .. } | ImapError::Withheld { .. } => TroubleKind::Unclear,
        ImapError::NoUidValidity { .. }
        | ImapError::NoSentFolder { .. }
        | ImapError::NoKeywords { .. }
        | ImapError::Unspeakable { .. } => TroubleKind::Settings,
    }
}

impl From<crate::store::StoreError> for ReceiveError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::House(error.into())
    }
}

impl House {
    /// Whether a folder is where people's programs keep what they send from this mailbox.
    pub(super) fn is_sent_folder(&self, mailbox: &MailboxName, folder: &str) -> bool {
        let policy = self.config.policy.mailboxes.get(mailbox);
        policy.is_some_and(|own| own.sent.as_deref() == Some(folder))
    }
}

/// One mailbox, as it is read.
#[derive(Debug)]
pub struct Receiver {
    pub(super) house: House,
    pub(super) mailbox: MailboxName,
    pub(super) settings: MailboxSettings,
    session: Option<Session>,
    /// Whether there was a connection before.
    has_connected: bool,
    /// What the server of that session calls the folder of sent mail.
    sent_name: Option<String>,
    /// Mails that could not be fetched.
    pub(super) troubles: Troubles,
    /// The way to a Maildir.
    pub(super) hand: Hand,
}

impl Receiver {
    /// A receiver for a configured mailbox; not connected yet. `None`: there is no such mailbox.
    #[must_use]
    pub fn new(house: &House, mailbox: &MailboxName) -> Option<Self> {
        let settings = house.config.mailboxes.get(mailbox)?.clone();
        Some(Self {
            house: house.clone(),
            mailbox: mailbox.clone(),
            settings,
            session: None,
            has_connected: false,
            sent_name: None,
            troubles: Troubles::default(),
            hand: Hand::default(),
        })
    }

    /// Takes everything that is new. How many mails were.
    ///
    /// # Errors
    /// Why the mailbox, or one of its folders, cannot be read; what else there is was read. The connection is dropped and
    /// the next pass makes a new one, unless only a folder could not be opened.
    pub async fn pass(&mut self, lease: &Lease) -> Result<usize, ReceiveError> {
        let began = self.house.clock.now();
        let taken = match self.settings.source.clone() {
            Source::Imap {
                account,
                folders,
                after,
            } => {
                self.pass_account(&account, (&folders, after.as_ref()), began, lease)
                    .await?
            }
            Source::Maildir { path } => {
                let inbox = (&Maildir::new(&path), "INBOX");
                let mut taken = self.pass_maildir(inbox, lease).await?;
                if let Some(sent) = self.sent() {
                    let folder = (&Maildir::new(&path.join(&sent)), sent.as_str());
                    taken = taken.saturating_add(self.pass_maildir(folder, lease).await?);
                }
                taken
            }
        };
        self.was_read(began).await?;
        Ok(taken)
    }

    /// Whatever reached the mailbox before `began` is stored.
    async fn was_read(&self, began: Timestamp) -> Result<(), ReceiveError> {
        passes::passed(&self.house.db, &self.mailbox, began).await?;
        let now = self.house.clock.now();
        self.house.mailbox_health.was_read(&self.mailbox, now);
        Ok(())
    }

    /// Whether the connection outlived the last pass: what went wrong, if anything, was one folder's affair.
    pub(super) const fn is_connected(&self) -> bool {
        self.session.is_some()
    }

    /// The folder of what people send from this mailbox, if it is watched.
    fn sent(&self) -> Option<String> {
        let policy = self.house.config.policy.mailboxes.get(&self.mailbox)?;
        policy.sent.clone()
    }

    /// From when on a folder is read: what people sent before is nobody's business.
    pub(super) fn start_from(&self, folder: &str) -> StartFrom {
        match self.house.is_sent_folder(&self.mailbox, folder) {
            true => StartFrom::Now,
            false => self.settings.start_from,
        }
    }

    /// Waits for news, at most until the next poll. Without IDLE it waits the time out.
    ///
    /// # Errors
    /// Why the connection is of no use any more.
    pub async fn wait(&mut self) -> Result<(), ReceiveError> {
        let poll = self.until_next_look().await?;
        let Some(mut session) = self.session.take() else {
            tokio::time::sleep(poll).await;
            return Ok(());
        };
        let first = match &self.settings.source {
            Source::Imap { folders, .. } => folders.first().cloned(),
            Source::Maildir { .. } => None,
        };
        let (Some(first), true) = (first, session.can_idle()) else {
            tokio::time::sleep(poll).await;
            self.session = Some(session);
            return Ok(());
        };
        session.open(&first, Access::ReadOnly).await?;
        // IDLE tells only what comes after the folder was opened: what came since the pass is asked for.
        let cursor = journal::cursor(&self.house.db, &self.mailbox, &first).await?;
        let last = cursor.map_or(0, |cursor| {
            u32::try_from(cursor.last_uid).unwrap_or(u32::MAX)
        });
        if !session.list_after(last, 1).await?.is_empty() {
            self.session = Some(session);
            return Ok(());
        }
        if session.idle(poll).await? == Woken::NoUse {
            tokio::time::sleep(poll).await;
        }
        self.session = Some(session);
        Ok(())
    }

    /// Says goodbye to the server.
    pub async fn leave(&mut self) {
        if let Some(session) = self.session.take()
            && let Err(error) = session.logout().await
        {
            tracing::debug!(mailbox.name = %self.mailbox, %error, "the server did not say goodbye");
        }
    }

    /// Where a folder is read from: the cursor, or where it starts when it is seen for the first time.
    pub(super) async fn start(&self, folder: &str) -> Result<(Cursor, bool), ReceiveError> {
        if let Some(cursor) = journal::cursor(&self.house.db, &self.mailbox, folder).await? {
            return Ok((cursor, false));
        }
        // Servers give arrival times in whole seconds.
        let now = Timestamp::from_second(self.house.clock.now().as_second()).unwrap_or_default();
        let since = match self.start_from(folder) {
            StartFrom::Now => now,
            StartFrom::Beginning => Timestamp::UNIX_EPOCH,
            StartFrom::At(at) => at,
        };
        let cursor = Cursor {
            uid_validity: 0,
            last_uid: 0,
            since,
            last_at: since,
        };
        Ok((cursor, true))
    }

    /// Stores what was fetched with how far that was.
    pub(super) async fn save(&self, folder: &str, haul: Stored<'_>) -> Result<usize, ReceiveError> {
        let haul = Haul {
            mailbox: self.mailbox.clone(),
            folder: folder.to_owned(),
            lease: haul.lease.clone(),
            mails: haul.mails,
            cursor: haul.cursor,
            server_action: haul.after.map(action_code),
            now: self.house.clock.now(),
            skips_known_sums: haul.skips_known_sums,
        };
        let saved = journal::save(&self.house.db, haul).await?;
        self.measure(folder, &saved);
        if !saved.is_empty() {
            self.house.bells.work.notify_one();
            tracing::info!(mailbox.name = %self.mailbox, folder, mails = saved.len(), "received");
        }
        Ok(saved.len())
    }
}

/// What a fetch brought, to be stored.
pub(super) struct Stored<'a> {
    pub(super) mails: Vec<Fetched>,
    pub(super) cursor: Cursor,
    pub(super) lease: &'a Lease,
    pub(super) after: Option<&'a ServerAction>,
    pub(super) skips_known_sums: bool,
}

impl<'a> Stored<'a> {
    /// Only the cursor.
    pub(super) const fn nothing(cursor: Cursor, lease: &'a Lease) -> Self {
        Self {
            mails: Vec::new(),
            cursor,
            lease,
            after: None,
            skips_known_sums: false,
        }
    }
}

/// A server action as it is stored beside the raw mail.
fn action_code(action: &ServerAction) -> String {
    match action {
        ServerAction::Move(folder) => format!("move:{folder}"),
        ServerAction::Keyword(keyword) => format!("keyword:{keyword}"),
    }
}
