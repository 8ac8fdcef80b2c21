//! What the page and the monitoring hear of mail that was stored.

use jiff::{SignedDuration, Timestamp};

use super::Receiver;
use crate::web::meters::OfMailbox;

impl Receiver {
    /// How many mails came in, and how long they took from the server's receipt: those that came since this process runs.
    /// What waited for its start says nothing of it; what people have put into their Sent folder has not come in at all.
    pub(super) fn measure(&self, folder: &str, arrived: &[Timestamp]) {
        let (house, now) = (&self.house, self.house.clock.now());
        if house.is_sent_folder(&self.mailbox, folder) {
            return;
        }
        let saved = u64::try_from(arrived.len()).unwrap_or(0);
        let received = house.meters.received.get_or_create(&self.label());
        received.inc_by(saved);
        // Servers give arrival times in whole seconds.
        let since = house.opened_at.as_second();
        for at in arrived.iter().filter(|at| at.as_second() >= since) {
            let lag = now.duration_since(*at).max(SignedDuration::ZERO);
            house.meters.lag.observe(lag.as_secs_f64());
            if let Ok(millis) = u64::try_from(lag.as_millis()) {
                house.mailbox_health.took(&self.mailbox, millis);
            }
        }
    }

    /// A connection was made; all but the first stand for one that was lost.
    pub(super) fn count_connection(&mut self) {
        if std::mem::replace(&mut self.has_connected, true) {
            let reconnects = &self.house.meters.reconnects;
            reconnects.get_or_create(&self.label()).inc();
        }
    }

    fn label(&self) -> OfMailbox {
        OfMailbox {
            mailbox: self.mailbox.to_string(),
        }
    }
}
