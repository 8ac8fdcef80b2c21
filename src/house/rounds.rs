//! Rounds: each relay works off its share of a claim in a task of its own, so that a slow one holds up nobody else.

use std::{collections::VecDeque, time::Duration};

use futures_util::future::join_all;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::{
    House, HouseError,
    round::{self, Heap, Load, Stopped},
    settle::Settler,
};
use crate::{
    clock::Stopwatch,
    model::{
        account::Relay,
        ids::{DeliveryId, MailboxName},
    },
    smtp::{RelayFault, Transport},
    store::{StoreError, outbox::AttemptResult},
};

/// No round takes so long: a large mail to a slow server has some forty minutes at most.
const LONGEST: Duration = Duration::from_secs(90 * 60);

/// The relays at work, at most one round a mailbox. Dropped, they stop where they are.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    tasks: JoinSet<RelayEnd>,
    under_way: Vec<(Id, MailboxName, Stopwatch)>,
}

impl Rounds {
    /// A relay begins its round.
    pub(super) fn begin(
        &mut self,
        house: House,
        mailbox: MailboxName,
        (mails, stop): (VecDeque<Load>, CancellationToken),
    ) {
        let name = mailbox.clone();
        let task = self.tasks.spawn(send_all(house, mailbox, (mails, stop)));
        self.under_way.push((task.id(), name, Stopwatch::start()));
    }

    /// The mailboxes whose relays are at work.
    pub(super) fn busy(&self) -> Vec<MailboxName> {
        let names = self.under_way.iter().map(|(_, name, _)| name.clone());
        names.collect()
    }

    /// Whether none takes longer than any can.
    pub(super) fn are_moving(&self) -> bool {
        let mut all = self.under_way.iter();
        all.all(|(_, _, since)| since.elapsed() < LONGEST)
    }

    /// Waits for the next to end; `None`: none is under way. Nothing is lost where nobody waits to the end.
    pub(super) async fn ended(&mut self) -> Option<Result<RelayEnd, HouseError>> {
        let ended = self.tasks.join_next_with_id().await?;
        let id = match &ended {
            Ok((id, _)) => *id,
            Err(error) => error.id(),
        };
        self.under_way.retain(|(other, ..)| *other != id);
        let ended = ended.map(|(_, end)| end);
        Some(ended.map_err(|error| HouseError::Panicked(error.to_string())))
    }
}

/// How a round ended.
#[derive(Debug)]
pub(super) struct RelayEnd {
    pub(super) mailbox: MailboxName,
    /// Claimed and not begun.
    pub(super) left: Vec<DeliveryId>,
    pub(super) fault: Option<RelayFault>,
    /// What the database said, where it stopped a courier or took no result.
    pub(super) problem: Option<StoreError>,
    /// Results that could not be written.
    pub(super) unwritten: Vec<AttemptResult>,
}

async fn send_all(
    house: House,
    mailbox: MailboxName,
    (mails, stop): (VecDeque<Load>, CancellationToken),
) -> RelayEnd {
    let mut end = RelayEnd {
        mailbox,
        left: Vec::new(),
        fault: None,
        problem: None,
        unwritten: Vec::new(),
    };
    let Some(transport) = house.transports.get(&end.mailbox) else {
        end.left = mails.iter().map(|load| load.claimed.id).collect();
        end.fault = Some(no_relay(&end.mailbox));
        return end;
    };
    let couriers = connections(&house, &end.mailbox, transport).min(mails.len());
    let heap = Heap::new(mails, stop);
    let (settler, settling) = Settler::new(house.clone());
    let sending = async {
        let work = (0..couriers).map(|_| round::work(&house, transport, &heap, &settler));
        let ended = join_all(work).await;
        drop(settler);
        ended
    };
    let (ended, settled) = tokio::join!(sending, settling);
    end.problem = settled.problem;
    end.unwritten = settled.unwritten;
    for stopped in ended.into_iter().filter_map(Result::err) {
        match stopped {
            Stopped::Relay(why) => end.fault = Some(why),
            Stopped::Database(why) => end.problem = Some(why),
        }
    }
    end.left = heap.left();
    end
}

fn connections(house: &House, mailbox: &MailboxName, transport: &Transport) -> usize {
    match (house.config.relays.get(mailbox), transport) {
        (Some(Relay::Smtp(account)), Transport::Smtp { .. }) => {
            usize::try_from(account.connections).unwrap_or(1).max(1)
        }
        (_, Transport::Smtp { .. } | Transport::Maildir(_) | Transport::Memory(_)) => 1,
    }
}

/// A mailbox that the configuration has lost: its mails wait for its return.
fn no_relay(mailbox: &MailboxName) -> RelayFault {
    RelayFault::Maildir {
        path: mailbox.as_str().into(),
        why: "this mailbox is not configured any more".to_owned(),
    }
}
