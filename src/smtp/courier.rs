//! One connection to a relay and the mails that go over it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use lettre::transport::smtp::{client::AsyncSmtpConnection, commands::Rset};
use rustls::ClientConfig;

use super::{
    MailObject,
    connect::{Abilities, Deadlines, Trouble, connect, within},
    envelope::Envelope,
    status::{DeliveryStatus, Phase, RelayFault},
};
use crate::model::account::SmtpAccount;

/// How much of a mail is handed to the network at once.
const CHUNK: usize = 64 * 1_024;

/// A connection to a relay, logged in.
pub struct SmtpCourier {
    connection: AsyncSmtpConnection,
    abilities: Abilities,
    is_logged_in: bool,
    deadlines: Deadlines,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is begun.
    Ready,
    /// A mail was begun and not finished: RSET comes first.
    Begun,
    /// Not to be used any more: broken, or a future of it was dropped half-way.
    Gone,
}

impl std::fmt::Debug for SmtpCourier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpCourier")
            .field("abilities", &self.abilities)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl SmtpCourier {
    pub(super) async fn connect(
        account: &SmtpAccount,
        tls: &Arc<ClientConfig>,
        deadlines: &Deadlines,
    ) -> Result<Self, RelayFault> {
        let (connection, abilities) = connect(account, tls, deadlines).await?;
        Ok(Self {
            connection,
            abilities,
            is_logged_in: account.login.is_some(),
            deadlines: *deadlines,
            state: State::Ready,
        })
    }

    pub(super) fn is_usable(&self) -> bool {
        self.state != State::Gone
    }

    pub(super) async fn send(&mut self, object: &MailObject<'_>) -> DeliveryStatus {
        let envelope = Envelope::of(object);
        if let Some(reply) = envelope.unable(&self.abilities) {
            return DeliveryStatus::Refused { reply };
        }
        if self.state == State::Gone {
            return DeliveryStatus::Fault(RelayFault::Lost {
                during: "an earlier mail",
                why: "this connection is used up".to_owned(),
            });
        }
        let was = self.state;
        // Until an answer has come, this connection is of no use to anybody else.
        self.state = State::Gone;
        let (state, status) = self.attempt(was, &envelope, object.bytes).await;
        if !is_closing(&status) {
            self.state = state;
        }
        status
    }

    async fn attempt(
        &mut self,
        was: State,
        envelope: &Envelope<'_>,
        bytes: &[u8],
    ) -> (State, DeliveryStatus) {
        let limit = self.deadlines.command;
        if was == State::Begun {
            let reset = within(limit, "RSET", self.connection.command(Rset)).await;
            if let Err(trouble) = reset {
                return (State::Gone, trouble.status(Phase::Hello));
            }
        }
        let sender = if envelope.has_sender() {
            Phase::Sender
        } else {
            Phase::NullSender
        };
        let recipient = match self.is_logged_in {
            true => Phase::Recipient,
            false => Phase::OpenRecipient,
        };
        let steps = [
            (
                sender,
                envelope.mail_line(&self.abilities),
                State::Ready,
                250..=250,
            ),
            (
                recipient,
                envelope.rcpt_line(&self.abilities),
                State::Begun,
                250..=251,
            ),
            (Phase::Data, "DATA\r\n".to_owned(), State::Begun, 354..=354),
        ];
        for (phase, line, after_refusal, wished) in steps {
            let answer = within(limit, phase.name(), self.connection.command(line)).await;
            match answer {
                Ok(reply) if wished.contains(&reply.code) => (),
                Ok(_) => {
                    let during = phase.name();
                    return (
                        State::Gone,
                        DeliveryStatus::Fault(RelayFault::Garbled { during }),
                    );
                }
                Err(trouble) => return refused(trouble, phase, after_refusal),
            }
        }
        self.hand_over(bytes).await
    }

    /// The mail itself and its final dot. From the dot on, no answer means that nobody knows.
    async fn hand_over(&mut self, bytes: &[u8]) -> (State, DeliveryStatus) {
        let phase = Phase::Mail;
        // lettre adds a line end before the dot.
        let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
        let on_the_way = u64::try_from(bytes.len() / 16_384).unwrap_or(u64::MAX);
        let limit = self
            .deadlines
            .after_dot
            .saturating_add(Duration::from_secs(on_the_way));
        let is_all_written = AtomicBool::new(false);
        // lettre asks for the next chunk when the last one has been written, and after the last writes the dot.
        let end = std::iter::from_fn(|| {
            is_all_written.store(true, Ordering::Relaxed);
            None
        });
        let message = self.connection.message_iter(bytes.chunks(CHUNK).chain(end));
        match within(limit, phase.name(), message).await {
            Ok(reply) if (200..300).contains(&reply.code) => {
                (State::Ready, DeliveryStatus::Accepted { reply })
            }
            // An answer to something else: the two sides are out of step.
            Ok(reply) => {
                let words = format!("the relay's answer makes no sense: «{reply}»");
                (State::Gone, DeliveryStatus::Unknown { words })
            }
            Err(Trouble::Fault(fault)) if is_all_written.load(Ordering::Relaxed) => {
                let words = fault.to_string();
                (State::Gone, DeliveryStatus::Unknown { words })
            }
            Err(trouble) => refused(trouble, phase, State::Ready),
        }
    }

    pub(super) async fn quit(mut self) {
        if self.is_usable() {
            // The mails are the relay's already; whether it says goodbye changes nothing.
            drop(within(self.deadlines.connect, "QUIT", self.connection.quit()).await);
        }
    }
}

fn refused(trouble: Trouble, phase: Phase, after_refusal: State) -> (State, DeliveryStatus) {
    let state = match &trouble {
        Trouble::Said(_) => after_refusal,
        Trouble::Fault(_) => State::Gone,
    };
    (state, trouble.status(phase))
}

/// After 421 the server closes the connection (RFC 5321, 3.8).
const fn is_closing(status: &DeliveryStatus) -> bool {
    match status {
        DeliveryStatus::Accepted { reply }
        | DeliveryStatus::Deferred { reply }
        | DeliveryStatus::Refused { reply }
        | DeliveryStatus::Fault(
            RelayFault::Busy { reply }
            | RelayFault::Login { reply }
            | RelayFault::Refused { reply, .. },
        ) => reply.code == 421,
        DeliveryStatus::Unknown { .. } | DeliveryStatus::Fault(_) => true,
    }
}
