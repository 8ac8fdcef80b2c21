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
    Parcel,
    connect::{Abilities, Deadlines, Trouble, connect, within},
    verdict::{Phase, RelayFault, Reply, Verdict},
};
use crate::model::account::SmtpAccount;

/// How much of a mail is handed to the network at once.
const CHUNK: usize = 64 * 1_024;

/// A connection to a relay, logged in.
pub struct SmtpCourier {
    connection: AsyncSmtpConnection,
    abilities: Abilities,
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
            deadlines: *deadlines,
            state: State::Ready,
        })
    }

    pub(super) fn is_usable(&self) -> bool {
        self.state != State::Gone
    }

    pub(super) async fn send(&mut self, parcel: &Parcel<'_>) -> Verdict {
        if let Some(reply) = self.unable(parcel) {
            return Verdict::Refused { reply };
        }
        if self.state == State::Gone {
            return Verdict::Fault(RelayFault::Lost {
                during: "an earlier mail",
                why: "this connection is used up".to_owned(),
            });
        }
        let was = self.state;
        // Until an answer has come, this connection is of no use to anybody else.
        self.state = State::Gone;
        let (state, verdict) = self.attempt(was, parcel).await;
        if !is_closing(&verdict) {
            self.state = state;
        }
        verdict
    }

    async fn attempt(&mut self, was: State, parcel: &Parcel<'_>) -> (State, Verdict) {
        let limit = self.deadlines.command;
        if was == State::Begun {
            let reset = within(limit, "RSET", self.connection.command(Rset)).await;
            if let Err(trouble) = reset {
                return (State::Gone, trouble.verdict(Phase::Hello));
            }
        }
        let sender = if parcel.envelope_from.is_some() {
            Phase::Sender
        } else {
            Phase::NullSender
        };
        let steps = [
            (sender, self.mail_line(parcel), State::Ready, 250..=250),
            (
                Phase::Recipient,
                self.rcpt_line(parcel),
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
                    return (State::Gone, Verdict::Fault(RelayFault::Garbled { during }));
                }
                Err(trouble) => return refused(trouble, phase, after_refusal),
            }
        }
        self.hand_over(parcel.bytes).await
    }

    /// The mail itself and its final dot. From the dot on, no answer means that nobody knows.
    async fn hand_over(&mut self, bytes: &[u8]) -> (State, Verdict) {
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
            Ok(reply) => (State::Ready, Verdict::Accepted { reply }),
            Err(Trouble::Fault(fault)) if is_all_written.load(Ordering::Relaxed) => {
                let words = fault.to_string();
                (State::Gone, Verdict::Unknown { words })
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

    /// What this mail needs and the relay has not: our answer, in the words of RFC 6531, RFC 6152 and RFC 1870.
    fn unable(&self, parcel: &Parcel<'_>) -> Option<Reply> {
        let size = u64::try_from(parcel.bytes.len()).unwrap_or(u64::MAX);
        if needs_utf8(parcel) && !self.abilities.utf8 {
            return Some(Reply::new(
                553,
                "5.6.7 our relay takes no addresses with letters outside ASCII (SMTPUTF8)",
            ));
        }
        if self.abilities.size_max.is_some_and(|max| size > max) {
            return Some(Reply::new(
                552,
                "5.3.4 the mail is larger than our relay takes",
            ));
        }
        if !parcel.bytes.is_ascii() && !self.abilities.eight_bit {
            return Some(Reply::new(
                554,
                "5.6.3 our relay takes no 8-bit mail (8BITMIME)",
            ));
        }
        None
    }

    fn mail_line(&self, parcel: &Parcel<'_>) -> String {
        use std::fmt::Write as _;
        let sender = parcel.envelope_from.map_or("", |address| address.as_str());
        let mut line = format!("MAIL FROM:<{sender}>");
        let able = &self.abilities;
        let mut add = |parameter: &str| {
            line.push(' ');
            line.push_str(parameter);
        };
        if able.size {
            add(&format!("SIZE={}", parcel.bytes.len()));
        }
        if !parcel.bytes.is_ascii() {
            add("BODY=8BITMIME");
        }
        if needs_utf8(parcel) {
            add("SMTPUTF8");
        }
        if able.dsn {
            // RFC 3461, 4.3 and 4.4: of a mail that does not arrive, only the header comes back.
            add("RET=HDRS");
            let mut id = "ENVID=".to_owned();
            for c in parcel.envelope_id.chars().take(100) {
                // xtext (RFC 3461, 4)
                match u8::try_from(c) {
                    Ok(byte @ (b'+' | b'=' | ..=b' ' | 127..)) => {
                        // Writing into a String cannot fail.
                        write!(id, "+{byte:02X}").unwrap_or_default();
                    }
                    Ok(_) => id.push(c),
                    Err(_) => id.push('?'),
                }
            }
            add(&id);
        }
        line.push_str("\r\n");
        line
    }

    fn rcpt_line(&self, parcel: &Parcel<'_>) -> String {
        let notify = if self.abilities.dsn {
            " NOTIFY=FAILURE,DELAY"
        } else {
            ""
        };
        format!("RCPT TO:<{}>{notify}\r\n", parcel.recipient)
    }
}

fn needs_utf8(parcel: &Parcel<'_>) -> bool {
    !parcel.recipient.as_str().is_ascii()
        || parcel
            .envelope_from
            .is_some_and(|address| !address.as_str().is_ascii())
}

fn refused(trouble: Trouble, phase: Phase, after_refusal: State) -> (State, Verdict) {
    let state = match &trouble {
        Trouble::Said(_) => after_refusal,
        Trouble::Fault(_) => State::Gone,
    };
    (state, trouble.verdict(phase))
}

/// After 421 the server closes the connection (RFC 5321, 3.8).
const fn is_closing(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Accepted { reply }
        | Verdict::Deferred { reply }
        | Verdict::Refused { reply }
        | Verdict::Fault(
            RelayFault::Busy { reply }
            | RelayFault::Login { reply }
            | RelayFault::Refused { reply, .. },
        ) => reply.code == 421,
        Verdict::Unknown { .. } | Verdict::Fault(_) => true,
    }
}
