//! Where outgoing mail goes: to a server, into Maildirs, or into memory.

use std::{path::PathBuf, sync::Arc};

use rustls::ClientConfig;

use super::{
    Deadlines, MailObject, Memory,
    courier::SmtpCourier,
    status::{DeliveryStatus, RelayFault, Reply},
};
use crate::{
    maildir::Maildir,
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
    /// [`DeliveryStatus::Fault`] from a courier that has rested says only that a new one is needed. Dropping this future half-way uses the courier up; nobody knows then what
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
    let written = tokio::task::spawn_blocking(move || maildir.deliver(&bytes)).await;
    let why = match written {
        Ok(Ok(name)) => {
            return DeliveryStatus::Accepted {
                reply: Reply::new(250, &format!("2.0.0 {name}")),
            };
        }
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    DeliveryStatus::Fault(RelayFault::Maildir { path, why })
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

    #[test]
    fn an_address_is_one_folder() {
        let name = |address| folder_name(&Address::parse(address).unwrap());
        assert_eq!(name("anna@uni.test"), "anna@uni.test");
        assert_eq!(name("../../etc/x@uni.test"), "_._.._etc_x@uni.test");
    }
}
