//! Where outgoing mail goes: to a server, into Maildirs, or into memory.

use std::{path::PathBuf, sync::Arc};

use rustls::ClientConfig;

use super::{
    Deadlines, MailObject, Memory,
    courier::SmtpCourier,
    status::{DeliveryStatus, RelayFault, Reply},
};
use crate::{
    maildir::{Maildir, MaildirError},
    model::{
        account::{Relay, SmtpAccount},
        address::Address,
    },
};

/// Where outgoing mail goes.
#[derive(Debug, Clone)]
pub enum Transport {
    /// To a server.
    Smtp {
        /// The account.
        account: SmtpAccount,
        /// What its certificate is checked against.
        tls: Arc<ClientConfig>,
        /// How long to wait, for what.
        deadlines: Deadlines,
    },
    /// Into `<path>/<recipient>/new`.
    Maildir(PathBuf),
    /// Into memory.
    Memory(Memory),
}

/// Somebody who takes mails there, one after the other.
#[derive(Debug)]
pub enum Courier {
    /// Over a connection.
    Smtp(Box<SmtpCourier>),
    /// Into `<path>/<recipient>/new`.
    Maildir(PathBuf),
    /// Into memory.
    Memory(Memory),
}

impl Transport {
    /// The transport of a relay.
    #[must_use]
    pub fn open(relay: &Relay, tls: &Arc<ClientConfig>) -> Self {
        match relay {
            Relay::Smtp(account) => Self::Smtp {
                account: account.clone(),
                tls: Arc::clone(tls),
                deadlines: Deadlines::default(),
            },
            Relay::Maildir(path) => Self::Maildir(path.clone()),
        }
    }

    /// Connects and logs in.
    ///
    /// # Errors
    /// [`RelayFault`].
    pub async fn connect(&self) -> Result<Courier, RelayFault> {
        match self {
            Self::Smtp {
                account,
                tls,
                deadlines,
            } => {
                let courier = SmtpCourier::connect(account, tls, deadlines).await?;
                Ok(Courier::Smtp(Box::new(courier)))
            }
            Self::Maildir(path) => Ok(Courier::Maildir(path.clone())),
            Self::Memory(memory) => {
                memory.connect()?;
                Ok(Courier::Memory(memory.clone()))
            }
        }
    }
}

impl Courier {
    /// Sends one mail to one recipient. Relays hang up on those who are silent for some minutes: a
    /// [`DeliveryStatus::Fault`] from a courier that has rested says only that a new one is needed. Dropping this future
    /// half-way uses the courier up; nobody knows then what
    /// became of the mail.
    pub async fn send(&mut self, object: &MailObject<'_>) -> DeliveryStatus {
        match self {
            Self::Smtp(courier) => courier.send(object).await,
            Self::Maildir(path) => deliver(path.clone(), object).await,
            Self::Memory(memory) => memory.send(object),
        }
    }

    /// Whether another mail can be sent with this courier; if not, connect anew.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        match self {
            Self::Smtp(courier) => courier.is_usable(),
            Self::Maildir(_) | Self::Memory(_) => true,
        }
    }

    /// Says goodbye.
    pub async fn quit(self) {
        match self {
            Self::Smtp(courier) => courier.quit().await,
            Self::Maildir(_) | Self::Memory(_) => (),
        }
    }
}

/// As a delivery agent does it: with the envelope written on top.
async fn deliver(base: PathBuf, object: &MailObject<'_>) -> DeliveryStatus {
    let path = base.join(folder_name(object.recipient));
    let sender = object.envelope_from.map_or("", Address::as_str);
    let mut bytes = format!(
        "Return-Path: <{sender}>\r\nDelivered-To: {}\r\n",
        object.recipient
    )
    .into_bytes();
    bytes.extend_from_slice(object.bytes);
    let maildir = Maildir::new(&path);
    let judging = path.clone();
    let written =
        tokio::task::spawn_blocking(move || judge(maildir.deliver(&bytes), judging)).await;
    written.unwrap_or_else(|error| {
        let why = error.to_string();
        DeliveryStatus::Fault(RelayFault::Maildir { path, why })
    })
}

/// What a delivery came to: one recipient's folder holds up nobody else.
fn judge(delivered: Result<String, MaildirError>, path: PathBuf) -> DeliveryStatus {
    match delivered {
        Ok(name) => DeliveryStatus::Accepted {
            reply: Reply::new(250, &format!("2.0.0 {name}")),
        },
        Err(error) if error.is_in_doubt() => DeliveryStatus::Unknown {
            words: error.to_string(),
        },
        Err(error) if error.is_this_folders(&path) => DeliveryStatus::Deferred {
            reply: Reply::new(450, &format!("4.2.0 {error}")),
        },
        Err(error) => DeliveryStatus::Fault(RelayFault::Maildir {
            path,
            why: error.to_string(),
        }),
    }
}

/// The address as the name of one folder, wherever its letters would lead.
fn folder_name(address: &Address) -> String {
    let name = address.as_str().replace(['/', '\\'], "_");
    match name.strip_prefix('.') {
        Some(rest) => format!("_{rest}"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered(base: &std::path::Path, folder: &str) -> DeliveryStatus {
        let path = base.join(folder);
        judge(Maildir::new(&path).deliver(b"hello"), path)
    }

    #[test]
    fn one_recipients_folder_holds_up_nobody_else() {
        let base = tempfile::tempdir().unwrap();
        let base = base.path();
        let sound = delivered(base, "anna@uni.test");
        assert!(
            matches!(sound, DeliveryStatus::Accepted { .. }),
            "{sound:?}"
        );
        let long = delivered(base, &"x".repeat(300));
        assert!(matches!(long, DeliveryStatus::Deferred { .. }), "{long:?}");
        std::fs::write(base.join("boris@uni.test"), "a file in the way").unwrap();
        let taken = delivered(base, "boris@uni.test");
        assert!(
            matches!(taken, DeliveryStatus::Deferred { .. }),
            "{taken:?}"
        );
        // Where nobody's folder can be, it is the relay's affair.
        let nowhere = delivered(&base.join("boris@uni.test/mail"), "anna@uni.test");
        assert!(
            matches!(nowhere, DeliveryStatus::Fault(RelayFault::Maildir { .. })),
            "{nowhere:?}"
        );
    }

    #[test]
    fn a_mail_of_which_the_disk_says_nothing_is_of_unknown_fate() {
        let path = PathBuf::from("/nowhere");
        let status = judge(Err(MaildirError::doubtful(&path)), path);
        assert!(
            matches!(status, DeliveryStatus::Unknown { .. }),
            "{status:?}"
        );
    }

    #[test]
    fn an_address_is_one_folder() {
        let name = |address| folder_name(&Address::parse(address).unwrap());
        assert_eq!(name("anna@uni.test"), "anna@uni.test");
        assert_eq!(name("../../etc/x@uni.test"), "_._.._etc_x@uni.test");
    }
}
