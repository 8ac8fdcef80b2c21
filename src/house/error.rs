//! What can go wrong in the shell.

use crate::{mail::render::TemplateError, store::StoreError};

/// Why a stage could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A template of the administrator's.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A stored row that this program cannot understand.
    #[error("Cannot understand stored work: {0}")]
    Stored(String),
    /// A task ended by a panic: a defect of okno. The work at hand is tried again alone.
    #[error("A task panicked: {0}")]
    Panicked(String),
    /// The system gives no thread to read mails on.
    #[error("Cannot start a thread to read mails: {0}")]
    NoThread(#[from] std::io::Error),
    /// A disk does not answer.
    #[error("The disk does not answer")]
    DiskAway,
    /// The scanner that looks for viruses does not answer, and mail waits for it.
    #[error("The virus scanner does not answer: {0}")]
    ScannerAway(String),
    /// Another process holds the lease.
    #[error("Another okno works on this database ({0})")]
    NotMine(&'static str),
}

impl From<anyhow::Error> for HouseError {
    /// What the database says stays what it is; all else is something stored that cannot be understood.
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<StoreError>() {
            Ok(error) => Self::Store(error),
            Err(error) => Self::Stored(format!("{error:#}")),
        }
    }
}

impl HouseError {
    /// Whether it passes by itself, so that the work at hand is not to blame.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Store(error) => match error.fate() {
                crate::store::Fate::Retry | crate::store::Fate::Operator => true,
                crate::store::Fate::GiveUp => matches!(error, StoreError::Killed { .. }),
            },
            Self::NotMine(_) | Self::NoThread(_) | Self::ScannerAway(_) | Self::DiskAway => true,
            Self::Template(_) | Self::Stored(_) | Self::Panicked(_) => false,
        }
    }
}
