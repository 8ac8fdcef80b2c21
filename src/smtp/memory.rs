//! A relay in memory, for tests: it keeps what it gets and says what it is told to say.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    MailObject,
    status::{DeliveryStatus, RelayFault, Reply},
};

/// A mail that the relay in memory has got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// `MAIL FROM`.
    pub envelope_from: Option<String>,
    /// `RCPT TO`.
    pub recipient: String,
    /// The mail.
    pub bytes: Vec<u8>,
    /// `ENVID`.
    pub envelope_id: String,
}

#[derive(Debug, Default)]
struct State {
    sent: Vec<Sent>,
    answers: VecDeque<DeliveryStatus>,
    down: Option<RelayFault>,
}

/// A relay in memory; its clones are one relay.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<State>>);

impl Memory {
    /// What it has got so far, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// What it has got since this was last asked.
    #[must_use]
    pub fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut self.state().sent)
    }

    /// What the next mail that has no answer yet will meet; without, all are accepted. The relay keeps a mail exactly
    /// where it says [`DeliveryStatus::Accepted`] or, having got it and fallen silent, [`DeliveryStatus::Unknown`].
    pub fn answer_next(&self, status: DeliveryStatus) {
        self.state().answers.push_back(status);
    }

    /// From now on nobody gets a connection, or everybody again.
    pub fn set_down(&self, fault: Option<RelayFault>) {
        self.state().down = fault;
    }

    pub(super) fn connect(&self) -> Result<(), RelayFault> {
        self.state().down.clone().map_or(Ok(()), Err)
    }

    pub(super) fn send(&self, object: &MailObject<'_>) -> DeliveryStatus {
        let mut state = self.state();
        if let Some(fault) = &state.down {
            return DeliveryStatus::Fault(fault.clone());
        }
        let status = state
            .answers
            .pop_front()
            .unwrap_or_else(|| DeliveryStatus::Accepted {
                reply: Reply::new(250, "2.0.0 Ok"),
            });
        if matches!(
            status,
            DeliveryStatus::Accepted { .. } | DeliveryStatus::Unknown { .. }
        ) {
            state.sent.push(Sent {
                envelope_from: object.envelope_from.map(ToString::to_string),
                recipient: object.recipient.to_string(),
                bytes: object.bytes.to_vec(),
                envelope_id: object.envelope_id.to_owned(),
            });
        }
        status
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
