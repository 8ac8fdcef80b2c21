//! A desk where mails are weighed: what it takes to decide each, and to write it.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, ensure};
use okno::{
    clock::{Clock, Stopwatch},
    desk::{cause::Cause, decide::decide, decision::Decision, wants::Wants, world::World},
    house::{House, lease::DECIDER},
    model::{
        account::DatabaseSettings,
        ids::{MessageId, TicketNumber},
    },
    store::{facts, leases::Lease},
};

use super::{
    house,
    mails::{self, Chance},
    threads,
};

/// One department whose agent is never held back for having had too many mails.
const SETTINGS: &str = r#"
administrator = "root@uni.test"

[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "/nowhere"

[queue.it]
title = "ИТ-поддержка"
agents = ["anna"]

[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"

[caps]
staff_hour = 100000
staff_day = 100000

[smtp]
maildir = "/nowhere"
"#;

/// The first mail comes on a Monday.
const BEGINNING: &str = "2025-01-06T09:00:00Z";

/// How many mails are stored at once while tickets are made, and how much later the next so many come: all of them within
/// a year, for so long a card is a token of whoever it was sent to.
const BATCH: u64 = 64;
const BATCH_EVERY: Duration = Duration::from_secs(5 * 3_600);

/// How much later the next mail comes while mails are weighed.
const MAIL_EVERY: Duration = Duration::from_secs(60);

/// The agent who answers.
const AGENT: &str = "anna@uni.test";

/// A ticket that mails may answer.
struct Opened {
    number: TicketNumber,
    visitor: u64,
    acknowledgement: MessageId,
    card: MessageId,
}

/// A mail, and the ticket it belongs to if it is an answer.
struct Mail {
    cause: Cause,
    ticket: Option<TicketNumber>,
}

/// A house at work.
pub(crate) struct Desk {
    house: House,
    lease: Lease,
    opened: Vec<Opened>,
    mails: u64,
}

impl Desk {
    /// Opens a house of this database, its key in this folder.
    pub(crate) async fn open(data: &Path, database: DatabaseSettings) -> anyhow::Result<Self> {
        let clock = Clock::manual(BEGINNING.parse()?);
        let house = house::open(SETTINGS, (data, &database), clock).await?;
        let lease = house.lease(DECIDER).await?;
        Ok(Self {
            lease: lease.context("Somebody else decides")?,
            house,
            opened: Vec::new(),
            mails: 0,
        })
    }

    pub(crate) async fn close(self) {
        self.house.db.close().await;
    }

    /// Opens tickets until there are so many.
    pub(crate) async fn fill(&mut self, tickets: u64) -> anyhow::Result<()> {
        let mut missing = tickets.saturating_sub(u64::try_from(self.opened.len())?);
        while missing > 0 {
            let count = missing.min(BATCH);
            let batch: Vec<Cause> = (0..count).map(|_| self.new_mail().cause).collect();
            self.take(batch).await?;
            self.house.clock.advance(BATCH_EVERY);
            missing = missing.saturating_sub(count);
        }
        Ok(())
    }

    /// Decides so many mails, each alone, and then writes each alone: a third opens a ticket, a third is a visitor's
    /// answer, a third the agent's.
    pub(crate) async fn weigh(&mut self, count: u64) -> anyhow::Result<Weighed> {
        let mut chance = Chance(count);
        let mut weighed = Weighed::default();
        let mails: Vec<Mail> = (0..count)
            .map(|n| self.any_mail(n, &mut chance))
            .collect::<anyhow::Result<_>>()?;
        let before = threads::spent_so_far()?;
        for mail in &mails {
            let time = Stopwatch::start();
            let (decision, _) = self.decide(&mail.cause).await?;
            weighed.decided.push(time.elapsed());
            let is_right = match mail.ticket {
                Some(ticket) => decision.tickets() == [ticket],
                None => decision.begun.len() == 1,
            };
            ensure!(
                is_right && !decision.mails.is_empty(),
                "a mail came to nothing: {decision:?}"
            );
        }
        weighed.processor = threads::spent_so_far()?.saturating_sub(before);
        for mail in mails {
            let time = Stopwatch::start();
            self.take(vec![mail.cause]).await?;
            weighed.written.push(time.elapsed());
            self.house.clock.advance(MAIL_EVERY);
        }
        Ok(weighed)
    }

    async fn decide(&self, cause: &Cause) -> anyhow::Result<(Decision, World)> {
        let now = self.house.clock.now();
        let kb = self.house.shelf.kb();
        let given = self.house.given(now, &kb);
        let wants = Wants::of([cause], &given);
        let world = facts::load(&self.house.db, wants, now).await?;
        Ok((decide(cause, &world, &given), world))
    }

    /// Decides and writes a batch as the decider does.
    async fn take(&mut self, batch: Vec<Cause>) -> anyhow::Result<()> {
        let decisions = house::take(&self.house, &self.lease, &batch).await?;
        for (cause, decision) in batch.iter().zip(&decisions) {
            self.opened.extend(opened(cause, decision));
        }
        Ok(())
    }

    fn any_mail(&mut self, n: u64, chance: &mut Chance) -> anyhow::Result<Mail> {
        if n.is_multiple_of(3) {
            return Ok(self.new_mail());
        }
        let which = chance.below(u64::try_from(self.opened.len())?);
        let which = self.opened.get(usize::try_from(which)?);
        let opened = which.context("There is no ticket yet")?;
        let (from, answers) = match n % 3 {
            1 => (mails::visitor(opened.visitor), &opened.acknowledgement),
            _ => (AGENT.to_owned(), &opened.card),
        };
        let (ticket, answers) = (Some(opened.number), Some(answers.clone()));
        let cause = self.mail(&from, answers.as_ref());
        Ok(Mail { cause, ticket })
    }

    fn new_mail(&mut self) -> Mail {
        let from = mails::visitor(self.mails.saturating_add(1));
        Mail {
            cause: self.mail(&from, None),
            ticket: None,
        }
    }

    fn mail(&mut self, from: &str, answers: Option<&MessageId>) -> Cause {
        self.mails = self.mails.saturating_add(1);
        house::mail(&self.house, self.mails, from, answers)
    }
}

/// The ticket a mail has opened.
fn opened(cause: &Cause, decision: &Decision) -> Option<Opened> {
    let (Cause::Mail(arrival), [(_, begun)]) = (cause, decision.begun.as_slice()) else {
        return None;
    };
    let sent = |template: &str| {
        let mut mails = decision.mails.iter().map(|queued| &queued.mail);
        let found = mails.find(|mail| mail.body.template() == template)?;
        Some(found.message_id.clone())
    };
    Some(Opened {
        number: begun.ticket,
        visitor: u64::try_from(arrival.raw.0).ok()?,
        acknowledgement: sent("acknowledgement")?,
        card: sent("card")?,
    })
}

/// What mails took, each alone.
#[derive(Debug, Default)]
pub(crate) struct Weighed {
    processor: Duration,
    decided: Vec<Duration>,
    written: Vec<Duration>,
}

impl Weighed {
    /// The processor's time a mail for facts and decision, in milliseconds.
    pub(crate) fn processor_millis(&self) -> f64 {
        let mails = u32::try_from(self.decided.len()).unwrap_or(u32::MAX);
        self.processor.as_secs_f64() * 1_000.0 / f64::from(mails)
    }

    /// Facts and decision: so long in one half of the cases.
    pub(crate) fn median(&self) -> Duration {
        at(&self.decided, 50)
    }

    /// So long in all but one of a hundred.
    pub(crate) fn worst(&self) -> Duration {
        at(&self.decided, 99)
    }

    /// Facts and decision once more, and the transaction that writes it: the median.
    pub(crate) fn written(&self) -> Duration {
        at(&self.written, 50)
    }
}

fn at(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let place = sorted.len().saturating_mul(percent) / 100;
    sorted.get(place).copied().unwrap_or_default()
}
