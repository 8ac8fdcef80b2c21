//! What the page and the monitoring hear of mail that was stored.

use jiff::{SignedDuration, Timestamp};

use super::Receiver;
use crate::web::meters::OfMailbox;

impl Receiver {
    /// How many mails were stored, and how long they took from the server's receipt.
    pub(super) fn measure(&self, arrived: &[Timestamp], saved: usize) {
        let (house, now) = (&self.house, self.house.clock.now());
        let of = OfMailbox {
            mailbox: self.mailbox.to_string(),
        };
        let saved = u64::try_from(saved).unwrap_or(0);
        house.meters.received.get_or_create(&of).inc_by(saved);
        for at in arrived {
            let lag = now.duration_since(*at).max(SignedDuration::ZERO);
            house.meters.lag.observe(lag.as_secs_f64());
            if let Ok(millis) = u64::try_from(lag.as_millis()) {
                house.health.took(&self.mailbox, millis);
            }
        }
    }
}
