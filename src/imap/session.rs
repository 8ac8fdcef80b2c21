//! Connecting and logging in.

use std::sync::Arc;

use data_encoding::BASE64;
use rustls::ClientConfig;
use secrecy::ExposeSecret as _;

use super::{
    error::{ImapError, is_servers_affair},
    names::quoted,
    talk::{Deadlines, Step, Talk},
};
use crate::{
    model::account::{ImapAccount, Login, Security},
    tls::stream::Wire,
};

/// A connection to an IMAP server, logged in. After any error but [`ImapError::Refused`] it is of no more use:
/// drop it and connect anew. So it is after a future of it was dropped half-way; it notices that itself.
#[derive(Debug)]
pub struct Session {
    pub(super) talk: Talk,
    /// What is open, as the server told at that time.
    pub(super) open: Option<super::folder::Open>,
}

impl Session {
    /// Connects, puts TLS around as the account says, checks the greeting and logs in.
    ///
    /// # Errors
    /// [`ImapError`]: among others a refused certificate, a wrong password, a server that does not answer.
    pub async fn connect(
        account: &ImapAccount,
        tls: &Arc<ClientConfig>,
        deadlines: &Deadlines,
    ) -> Result<Self, ImapError> {
        let host = &account.host;
        let wire = Wire::dial(host, account.port, deadlines.connect).await?;
        let mut talk = match account.security {
            Security::Tls => {
                let wire = wire.secure(host, tls, deadlines.connect).await?;
                greeted(wire, deadlines).await?
            }
            Security::StartTls => {
                let mut talk = greeted(wire, deadlines).await?;
                talk.ask_capabilities().await?;
                if !talk.can("STARTTLS") {
                    return Err(ImapError::NoStartTls);
                }
                talk.command("STARTTLS", "STARTTLS", |_| ()).await?;
                let wire = talk
                    .into_wire()
                    .secure(host, tls, deadlines.connect)
                    .await?;
                // There is no second greeting (RFC 3501, 6.2.1).
                let mut talk = Talk::new(wire, *deadlines);
                talk.ask_capabilities().await?;
                talk
            }
            Security::None => greeted(wire, deadlines).await?,
        };
        if !talk.can("IMAP4REV1") {
            talk.ask_capabilities().await?;
        }
        log_in(&mut talk, &account.login).await?;
        talk.ask_capabilities().await?;
        Ok(Self { talk, open: None })
    }

    /// Whether the server can tell of new mail by itself (RFC 2177).
    #[must_use]
    pub fn can_idle(&self) -> bool {
        self.talk.can("IDLE")
    }

    /// Asks nothing, so that the server may tell what is new (RFC 3501, 6.1.2), and whether the connection lives.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn noop(&mut self) -> Result<(), ImapError> {
        self.talk.command("NOOP", "NOOP", |_| ()).await
    }

    /// Says goodbye. An error here loses nothing.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn logout(mut self) -> Result<(), ImapError> {
        self.talk.command("LOGOUT", "LOGOUT", |_| ()).await
    }
}

async fn greeted(wire: Wire, deadlines: &Deadlines) -> Result<Talk, ImapError> {
    let mut talk = Talk::new(wire, *deadlines);
    talk.greeting().await?;
    Ok(talk)
}

/// AUTHENTICATE PLAIN (RFC 4616) where it is offered, since it carries any character; else LOGIN.
async fn log_in(talk: &mut Talk, login: &Login) -> Result<(), ImapError> {
    let outcome = if talk.can("AUTH=PLAIN") {
        authenticate_plain(talk, login).await
    } else if talk.can("LOGINDISABLED") {
        Err(ImapError::NoLogin)
    } else {
        plain_login(talk, login).await
    };
    outcome.map_err(|error| as_login_error(error, &login.username))
}

async fn authenticate_plain(talk: &mut Talk, login: &Login) -> Result<(), ImapError> {
    const NAME: &str = "AUTHENTICATE";
    let (user, password) = (&login.username, login.password.expose_secret());
    if user.contains('\0') || password.contains('\0') {
        return Err(ImapError::Unspeakable {
            what: "the name or the password",
        });
    }
    let response = BASE64.encode(format!("\0{user}\0{password}").as_bytes());
    if talk.can("SASL-IR") {
        talk.send(NAME, &format!("AUTHENTICATE PLAIN {response}"))
            .await?;
    } else {
        talk.send(NAME, "AUTHENTICATE PLAIN").await?;
        if talk.answer(NAME, |_| ()).await? == Step::Done {
            return Err(ImapError::Garbled { during: NAME });
        }
        talk.send_more(NAME, &response).await?;
    }
    match talk.answer(NAME, |_| ()).await? {
        Step::Done => Ok(()),
        Step::GoOn => Err(ImapError::Garbled { during: NAME }),
    }
}

async fn plain_login(talk: &mut Talk, login: &Login) -> Result<(), ImapError> {
    let user = quoted(&login.username, "the name")?;
    let password = quoted(login.password.expose_secret(), "the password")?;
    talk.command("LOGIN", &format!("LOGIN {user} {password}"), |_| ())
        .await
}

/// A refused login is the person's affair, except where the server says that it is its own (RFC 5530).
fn as_login_error(error: ImapError, user: &str) -> ImapError {
    let ImapError::Refused { command, words } = error else {
        return error;
    };
    if is_servers_affair(&words) {
        return ImapError::Refused { command, words };
    }
    ImapError::LoginRefused {
        user: user.to_owned(),
        words,
    }
}
