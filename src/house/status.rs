//! The house as it is now, for the page and the monitoring: taken from the database and from what this process knows of its
//! mailboxes, by the rules in force.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::{
    House, HouseError,
    lease::DECIDER,
    page_cache::{AllShares, Plans},
};
use crate::{
    model::ids::{MailboxName, QueueName},
    store::{
        shares,
        status::{self, Asked, Figures, QueueFigures},
    },
    web::{
        Status,
        status::{AgentLoad, DeciderPresence, MailboxStatus, QueueStatus, Zone},
    },
};

/// So long after its start nobody need have taken the decider's lease.
const START_WITHIN: SignedDuration = SignedDuration::from_secs(30);

/// A decider that has nothing to do renews its lease only when it looks again.
const DECIDER_WITHIN: SignedDuration = SignedDuration::from_mins(2);

impl House {
    /// The house as it is now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn status(&self) -> Result<Status, HouseError> {
        let now = self.clock.now();
        let house = self.by_rules_in_force().await?;
        let policy = &house.config.policy;
        let asked = Asked {
            queues: policy.queues.keys().cloned().collect(),
            agents: policy.agents.keys().cloned().collect(),
            mailboxes: policy
                .mailboxes
                .iter()
                .map(|(name, own)| (name.clone(), own.sent.clone().unwrap_or_default()))
                .collect(),
            quiet: self.quiet(),
            decider: DECIDER,
        };
        let figures = status::figures(&self.db, asked, now).await?;
        let plans = self.plans(&house, now).await?;
        Ok(house.status_of(&(figures, self.shares(now).await?, plans), now))
    }

    async fn shares(&self, now: Timestamp) -> Result<(Timestamp, AllShares), HouseError> {
        if let Some(shares) = self.page_cache.shares(now) {
            return Ok(shares);
        }
        let shares = Arc::new(shares::shares(&self.db, now).await?);
        self.page_cache.keep_shares(now, &shares);
        Ok((now, shares))
    }

    /// Whether people may be named on the page.
    pub(super) fn shows_names(&self) -> bool {
        let page = self.config.page.as_ref();
        page.is_some_and(|page| page.shows_names)
    }

    fn status_of(
        &self,
        (figures, (shares_at, shares), plans): &(Figures, (Timestamp, AllShares), Plans),
        now: Timestamp,
    ) -> Status {
        let policy = &self.config.policy;
        let agents = policy.agents.iter().map(|(name, agent)| {
            let count = figures.load.get(name).copied().unwrap_or(0);
            let name_shown = agent.name.clone();
            (
                name.clone(),
                AgentLoad {
                    name: name_shown,
                    count,
                },
            )
        });
        let zone = self.config.zones.get(&policy.zone);
        Status {
            at: now,
            started_at: self.opened_at,
            shares_at: *shares_at,
            language: policy.language,
            zone: Zone {
                name: policy.zone.clone(),
                zone: zone.cloned().unwrap_or(jiff::tz::TimeZone::UTC),
            },
            queues: self.queues(figures, shares, now),
            agents: self.shows_names().then(|| agents.collect()),
            other: self.other(figures),
            mailboxes: self.mailboxes(figures),
            outbox: figures.outbox,
            stuck: figures.stuck,
            held: figures.held,
            stopped: figures.stopped,
            work: figures.work,
            quarantine: figures.quarantine.clone(),
            recomputing: figures.recomputing,
            decider: self.decider(figures, now),
            reports: plans.to_vec(),
        }
    }

    /// Who decides. The lease of a process that has ended may have run out before this one takes it.
    fn decider(&self, figures: &Figures, now: Timestamp) -> DeciderPresence {
        let held = figures.decider.as_ref();
        match held.filter(|(_, until)| now.duration_since(*until) <= DECIDER_WITHIN) {
            Some((owner, _)) if **owner == *self.run => DeciderPresence::Here,
            Some(_) => DeciderPresence::Elsewhere,
            None if now.duration_since(self.opened_at) < START_WITHIN => DeciderPresence::Starting,
            None => DeciderPresence::Nobody,
        }
    }

    /// What is in queues that the configuration has lost, together.
    fn other(&self, figures: &Figures) -> QueueFigures {
        let known = &self.config.policy.queues;
        let lost = figures
            .queues
            .iter()
            .filter(|(name, _)| !known.contains_key(*name));
        lost.fold(QueueFigures::default(), |sum, (_, one)| sum.and(one))
    }

    fn queues(
        &self,
        figures: &Figures,
        shares: &AllShares,
        now: Timestamp,
    ) -> BTreeMap<QueueName, QueueStatus> {
        let queues = self.config.policy.queues.iter().map(|(name, queue)| {
            let status = QueueStatus {
                title: queue.title.clone(),
                zone: Zone {
                    name: queue.calendar.zone_name.clone(),
                    zone: queue.calendar.zone().clone(),
                },
                is_confidential: queue.confidential,
                is_open: queue.calendar.is_open(now),
                figures: figures.queues.get(name).cloned().unwrap_or_default(),
                shares: shares.get(name).copied().unwrap_or_default(),
                target_percent: Some(self.config.policy.targets_of(queue).in_time),
                months: self.page_cache.months(name),
            };
            (name.clone(), status)
        });
        queues.collect()
    }

    fn mailboxes(&self, figures: &Figures) -> BTreeMap<MailboxName, MailboxStatus> {
        let mailboxes = self.config.policy.mailboxes.iter();
        let told = mailboxes.map(|(name, mailbox)| {
            let seen = self.mailbox_health.of(name);
            let is_ours = seen.is_some();
            let seen = seen.unwrap_or_default();
            let read = [seen.read_at, figures.read.get(name).copied()];
            let settings = self.config.mailboxes.get(name);
            let status = MailboxStatus {
                address: mailbox.address.to_string(),
                mode: mailbox.mode,
                poll: settings.map_or(Duration::ZERO, |settings| settings.poll),
                is_ours,
                read_at: read.into_iter().flatten().max(),
                newest_at: figures.newest.get(name).copied(),
                lag_millis: seen.lag_millis,
                trouble: seen.trouble,
            };
            (name.clone(), status)
        });
        told.collect()
    }
}
