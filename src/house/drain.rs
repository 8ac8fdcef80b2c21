//! Drain: everything that is due now is done, then it ends. For measuring, for cron, and for the end of tests.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::{
    House, HouseError,
    decider::{Decider, Progress},
    deliver::Deliverer,
    lease::{self, DECIDER},
    receive::Receiver,
};
use jiff::Timestamp;

use crate::store::{leases::Lease, work};

/// What a drain did not get done.
#[derive(Debug, Default)]
pub struct Drained {
    /// Mails received.
    pub received: usize,
    /// Mailboxes that could not be read: name and why.
    pub failed: Vec<(String, String)>,
    /// Whether mail still waits for a later try.
    pub has_waiting_mail: bool,
    /// How many mails wait for the virus scanner, which does not answer.
    pub unscanned: i64,
}

impl House {
    /// Does all that is due now. The stages run beside each other, so that mail goes out while more comes in.
    ///
    /// # Errors
    /// What stopped the decider or the deliverer. A mailbox that cannot be read stops nobody.
    pub async fn drain(&self) -> Result<Drained, HouseError> {
        let lease = self
            .lease(DECIDER)
            .await?
            .ok_or(HouseError::NotMine("the decider"))?;
        let name = lease::of_run(&self.run);
        let own = self.lease(&name).await?;
        let names = [DECIDER, name.as_str()];
        let drained = self.keep(&names, Box::pin(self.drain_under(lease))).await;
        if let Some(own) = own {
            self.end_run(own).await?;
        }
        drained
    }

    async fn drain_under(&self, lease: Lease) -> Result<Drained, HouseError> {
        // This is the one pass there is: a mailbox that it cannot read is waited for as long as since it last was read.
        let house = Self {
            opened_at: Timestamp::UNIX_EPOCH,
            ..self.clone()
        };
        let mut decider = Decider::new(house, lease);
        // Before the mails: it says who they are from.
        self.look_once().await?;
        let is_received = Arc::new(AtomicBool::new(false));
        let is_decided = Arc::new(AtomicBool::new(false));
        let receiving = async {
            let received = self.receive_all().await;
            is_received.store(true, Ordering::SeqCst);
            self.bells.work.notify_one();
            received
        };
        let deciding = async {
            let done = self.decide_until(&mut decider, &is_received).await;
            is_decided.store(true, Ordering::SeqCst);
            self.bells.outbox.notify_one();
            done
        };
        let ((received, failed), decided, delivered) =
            tokio::join!(receiving, deciding, self.deliver_until(&is_decided));
        decided?;
        delivered?;
        // Where nothing runs but drains, they tell the administrator what waits.
        let mut seen = self.standing_alarms().await?;
        self.watch(&mut seen).await?;
        // Refusals are work again, and may lead to mail.
        let mut deliverer = Deliverer::new(self.clone());
        while decider.step().await? == Progress::Worked
            || deliverer.step().await? == Progress::Worked
        {}
        self.give_back(decider.into_lease()).await?;
        let unscanned = match self.config.scanner {
            Some(_) => work::count(&self.db).await?,
            None => 0,
        };
        Ok(Drained {
            unscanned,
            received,
            failed,
            has_waiting_mail: deliverer.next_at().await?.is_some(),
        })
    }

    /// One pass over every mailbox, side by side.
    async fn receive_all(&self) -> (usize, Vec<(String, String)>) {
        let passes = self.config.mailboxes.keys().map(|name| async move {
            let passed = self.receive_one(name).await;
            (name.to_string(), passed)
        });
        let (mut received, mut failed) = (0_usize, Vec::new());
        for (name, passed) in futures_util::future::join_all(passes).await {
            match passed {
                Ok(count) => received = received.saturating_add(count),
                Err(words) => {
                    tracing::warn!(mailbox.name = %name, error = %words, "the mailbox cannot be read");
                    failed.push((name, words));
                }
            }
        }
        (received, failed)
    }

    async fn receive_one(&self, name: &crate::model::ids::MailboxName) -> Result<usize, String> {
        let lease = lease::of_mailbox(name.as_str());
        let held = self
            .lease(&lease)
            .await
            .map_err(|error| error.to_string())?;
        let (Some(held), Some(mut receiver)) = (held, Receiver::new(self, name)) else {
            return Err("another okno reads this mailbox".to_owned());
        };
        let passed = self
            .keep(&[&lease], Box::pin(receiver.pass(&held)))
            .await
            .map_err(|error| error.to_string());
        receiver.leave().await;
        if passed.is_ok()
            && let Err(error) = Box::pin(self.reconcile_days(name)).await
        {
            tracing::warn!(mailbox.name = %name, %error, "the mailbox could not be reconciled; to be tried again");
        }
        self.give_back(held)
            .await
            .map_err(|error| error.to_string())?;
        passed
    }

    async fn decide_until(
        &self,
        decider: &mut Decider,
        is_received: &AtomicBool,
    ) -> Result<(), HouseError> {
        loop {
            let is_last = is_received.load(Ordering::SeqCst);
            // What falls due waits for the mails.
            while decider.step_with(is_last).await? == Progress::Worked {}
            if is_last {
                return Ok(());
            }
            self.bells.work.notified().await;
        }
    }

    async fn deliver_until(&self, is_decided: &AtomicBool) -> Result<(), HouseError> {
        let mut deliverer = Deliverer::new(self.clone());
        loop {
            let is_last = is_decided.load(Ordering::SeqCst);
            while deliverer.step().await? == Progress::Worked {}
            if is_last {
                return Ok(());
            }
            self.bells.outbox.notified().await;
        }
    }
}
