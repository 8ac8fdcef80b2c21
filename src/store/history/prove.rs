//! The proof of history: every hash, every link, every verdict against its event, every ticket against the fold of
//! its events.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chained::{hash_of, is_private_right, is_verdict_right},
    refold,
};
use crate::{
    desk::{chain::GENESIS, fold::FOLD_VERSION},
    model::{
        clock::Clock,
        distribution::QueueState,
        event::EventData,
        ids::{DecisionId, QueueName, TicketNumber},
        ticket::Ticket,
    },
    store::{Db, Row, StoreError, Tx, instant, json_list, queues, sql, verdict},
};

/// Something wrong with history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: `event 12`, `ticket 1042`, `queue it`.
    pub place: String,
    /// What: `hash`, `link`, `gap`, `private`, `verdict`, `snapshot`, `queue`.
    pub what: &'static str,
}

/// Checks the whole chain and refolds every ticket and every queue. What is wrong, and how many events and tickets were looked at.
///
/// # Errors
/// What the database says.
pub async fn prove(db: &Db) -> Result<(Vec<Fault>, u64, u64), StoreError> {
    let mut walk = Walk::default();
    while walk.on(db).await? {}
    walk.verdicts(db).await?;
    let tickets = walk.tickets(db).await?;
    walk.queues(db).await?;
    Ok((walk.faults, walk.events, tickets))
}

/// How far the proof has come.
struct Walk {
    seq: i64,
    head: String,
    events: u64,
    faults: Vec<Fault>,
    /// Tickets that history opens.
    opened: BTreeSet<String>,
    /// Queues of which something is told.
    queues: BTreeSet<QueueName>,
    /// Decisions whose clocks were taken back, by ticket: where, and the clocks that stand again. The last time counts.
    undone: BTreeMap<(TicketNumber, DecisionId), (i64, Vec<Clock>)>,
    /// Verdicts that do not count, and which event is said to have taken them back.
    not_counted: BTreeMap<i64, i64>,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            seq: 0,
            head: GENESIS.to_owned(),
            events: 0,
            faults: Vec::new(),
            opened: BTreeSet::new(),
            queues: BTreeSet::new(),
            undone: BTreeMap::new(),
            not_counted: BTreeMap::new(),
        }
    }
}

impl Walk {
    fn fault(&mut self, place: String, what: &'static str) {
        self.faults.push(Fault { place, what });
    }

    /// Walks the next stretch of the chain; whether there was one.
    async fn on(&mut self, db: &Db) -> Result<bool, StoreError> {
        let rows = db
            .read("walk the chain", self.seq, |tx, seq| {
                Box::pin(async move { tx.rows(&sql::CHAIN, &[(*seq).into()]).await })
            })
            .await?;
        for row in &rows {
            self.event(row)?;
        }
        Ok(!rows.is_empty())
    }

    fn event(&mut self, row: &Row) -> Result<(), StoreError> {
        let (seq, hash) = (row.int(0)?, row.string(18)?);
        let is_wrong = [
            ("gap", seq != self.seq.saturating_add(1)),
            ("link", row.text(17)? != self.head),
            ("hash", hash_of(row)? != hash),
            ("private", !is_private_right(row)?),
            ("verdict", !is_verdict_right(row)?),
        ];
        for (what, _) in is_wrong.into_iter().filter(|(_, is_wrong)| *is_wrong) {
            self.fault(format!("event {seq}"), what);
        }
        if row.text(5)? == "ticket_opened" {
            self.opened.insert(row.string(3)?);
        }
        if row.text(2)? == "queue" {
            self.queues.insert(QueueName(row.string(3)?));
        }
        if row.text(5)? == "undone" {
            self.note_undone(row)?;
        }
        if let Some(undone_by) = row.opt_int(33)? {
            self.not_counted.insert(seq, undone_by);
        }
        (self.seq, self.head, self.events) = (seq, hash, self.events.saturating_add(1));
        Ok(())
    }

    fn note_undone(&mut self, row: &Row) -> Result<(), StoreError> {
        let ticket = row.text(3)?.parse().map(TicketNumber).ok();
        let decision = row.opt_int(16)?.map(DecisionId);
        let data = serde_json::from_str::<EventData>(row.text(14)?).ok();
        let clocks = match data {
            Some(EventData::Undone(restored)) => restored.clocks,
            _ => None,
        };
        if let Some((key, [clocks])) = ticket.zip(decision).zip(clocks) {
            self.undone.insert(key, (row.int(0)?, clocks));
        }
        Ok(())
    }

    /// Whether those verdicts count, and no others, that nobody has taken back.
    async fn verdicts(&mut self, db: &Db) -> Result<(), StoreError> {
        let mut told = BTreeMap::new();
        for (key, (seq, clocks)) in std::mem::take(&mut self.undone) {
            let judged = db
                .read("find what was judged", key, |tx, (ticket, decision)| {
                    Box::pin(verdict::of_decision(tx, *ticket, *decision))
                })
                .await?;
            let fallen = judged.iter().filter(|(_, one)| !one.stands(&clocks));
            told.extend(fallen.map(|(event, _)| (*event, seq)));
        }
        let found = std::mem::take(&mut self.not_counted);
        let events: BTreeSet<&i64> = told.keys().chain(found.keys()).collect();
        for event in events {
            let (told, found) = (told.get(event), found.get(event));
            if told != found && !self.was_undone_meanwhile(db, *event, told).await? {
                self.fault(format!("event {event}"), "verdict");
            }
        }
        Ok(())
    }

    /// The house goes on while it is proved: what took this verdict back may have happened since the walk came by.
    async fn was_undone_meanwhile(
        &self,
        db: &Db,
        event: i64,
        told: Option<&i64>,
    ) -> Result<bool, StoreError> {
        let row = db
            .read("see whether a verdict counts", event, |tx, event| {
                Box::pin(async move { tx.row_opt(&sql::VERDICT_COUNTS, &[(*event).into()]).await })
            })
            .await?;
        let undone_by = row.map(|row| row.opt_int(0)).transpose()?.flatten();
        let is_later = undone_by.is_some_and(|by| by > self.seq);
        Ok(undone_by.as_ref() == told || is_later)
    }

    /// Compares every queue with what its events make of it.
    async fn queues(&mut self, db: &Db) -> Result<(), StoreError> {
        // One that no event speaks of is wrong as well.
        let mut names = std::mem::take(&mut self.queues);
        names.extend(queues::names(db).await?);
        for name in names {
            let is_right = db
                .read("fold a queue anew", name.clone(), |tx, name| {
                    Box::pin(is_queue_right(tx, name))
                })
                .await?;
            if !is_right {
                self.fault(format!("queue {name}"), "queue");
            }
        }
        Ok(())
    }

    /// Folds every ticket anew. How many there are.
    async fn tickets(&mut self, db: &Db) -> Result<u64, StoreError> {
        let (mut after, mut count) = (0_i64, 0_u64);
        loop {
            let rows = db
                .read("list tickets", after, |tx, after| {
                    Box::pin(async move { tx.rows(&sql::TICKETS_AFTER, &[(*after).into()]).await })
                })
                .await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                after = row.int(2)?;
                count = count.saturating_add(1);
                self.opened.remove(&after.to_string());
                if !is_ticket_right(db, TicketNumber(after)).await? {
                    self.fault(format!("ticket {after}"), "snapshot");
                }
            }
        }
        for lost in std::mem::take(&mut self.opened) {
            self.fault(format!("ticket {lost}"), "snapshot");
        }
        Ok(count)
    }
}

/// Whether a ticket is what its events make of it. Both are read at one instant: the house goes on while it is proved.
async fn is_ticket_right(db: &Db, number: TicketNumber) -> Result<bool, StoreError> {
    let compared = db
        .read("fold a ticket anew", number, |tx, number| {
            Box::pin(async move {
                let list = json_list(&[number.0]);
                let row = tx.row_opt(&sql::FACTS_TICKETS, &[(&list).into()]).await?;
                let folded = refold(tx, *number).await?;
                row.map_or(Ok(false), |row| is_fold_of(&row, folded))
            })
        })
        .await;
    match compared {
        // An event that says nothing readable: there is no ticket to compare with.
        Err(StoreError::Unknown { .. }) => Ok(false),
        compared => compared,
    }
}

/// Of a snapshot that another version has folded nobody makes use: it is folded anew when the ticket is looked at.
fn is_fold_of(row: &Row, folded: Option<Ticket>) -> Result<bool, StoreError> {
    if row.int(1)? != FOLD_VERSION {
        return Ok(folded.is_some());
    }
    let snapshot = serde_json::from_str::<Ticket>(row.text(0)?).ok();
    Ok(snapshot.is_some() && snapshot == folded)
}

async fn is_queue_right(tx: &mut Tx, name: &QueueName) -> Result<bool, StoreError> {
    let events = ["queue".into(), name.as_str().into()];
    let mut folded = QueueState::default();
    for row in tx.rows(&sql::HISTORY, &events).await? {
        // One that says nothing readable makes no state.
        if let Ok(data) = serde_json::from_str::<EventData>(row.text(11)?) {
            folded.apply(&data, instant(&row, 5)?);
        }
    }
    let list = json_list(&[name.as_str()]);
    let row = tx.row_opt(&sql::FACTS_QUEUES, &[(&list).into()]).await?;
    let known = row.map(|row| row.string(1)).transpose()?;
    let known = known.and_then(|state| serde_json::from_str::<QueueState>(&state).ok());
    Ok(known == Some(folded))
}
