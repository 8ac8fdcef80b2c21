//! What the page and the monitoring are shown: counts and short lists. Read in one go, so that they belong together.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Db, Row, StoreError, Tx, instant, json_list, opt_instant, sql, sweep};
use crate::model::{
    ids::{AgentName, MailboxName, QueueName, TicketNumber},
    ticket::{State, Ticket},
};

/// How many open tickets of a queue are listed; the rest is counted.
pub const LISTED_MAX: i64 = 100;

/// A queue's open tickets, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFigures {
    /// Neither resolved nor closed.
    pub open: u64,
    /// Of these, to be worked on and nobody's.
    pub unassigned: u64,
    /// Of these, waiting for the requester or a third party.
    pub waiting: u64,
    /// Of these, past what was promised.
    pub overdue: u64,
    /// Of these, past their last reminder and not overdue yet.
    pub at_risk: u64,
    /// Since when the oldest is open.
    pub oldest_at: Option<Timestamp>,
    /// The most urgent of them, at most [`LISTED_MAX`].
    pub listed: Vec<OpenTicket>,
}

impl QueueFigures {
    /// Both counted together; nothing is listed.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self {
            open: self.open.saturating_add(other.open),
            unassigned: self.unassigned.saturating_add(other.unassigned),
            waiting: self.waiting.saturating_add(other.waiting),
            overdue: self.overdue.saturating_add(other.overdue),
            at_risk: self.at_risk.saturating_add(other.at_risk),
            ..Self::default()
        }
    }
}

/// An open ticket, as much as a stranger may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTicket {
    /// Its number.
    pub number: TicketNumber,
    /// Where it stands.
    pub state: State,
    /// Whose it is.
    pub assignee: Option<AgentName>,
    /// Since when.
    pub opened_at: Timestamp,
    /// By when something is promised; `None` while its clocks stand still, or nothing is.
    pub due_at: Option<Timestamp>,
    /// From when on that is in danger.
    pub risk_at: Option<Timestamp>,
    /// Since when its solution is owed and late.
    pub late_at: Option<Timestamp>,
    /// By when the requester has been told since that it will be solved, where an agent has moved the day and nobody has
    /// approved that.
    pub promised_at: Option<Timestamp>,
}

/// A heap of something that waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heap {
    /// How much.
    pub count: u64,
    /// Since when the oldest waits.
    pub since: Option<Timestamp>,
}

/// Everything that is counted in the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// The queues.
    pub queues: BTreeMap<QueueName, QueueFigures>,
    /// What agents work on now; who has nothing is not there.
    pub load: BTreeMap<AgentName, u64>,
    /// Mail on its way: ready, being sent, or of unknown fate.
    pub outbox: Heap,
    /// Of these, mail that ought to be out and is not, and since when it ought to be.
    pub stuck: Heap,
    /// Mail that the fuse holds.
    pub held: Heap,
    /// Mail that the administrator has told to wait.
    pub stopped: Heap,
    /// Work that waits for the decider.
    pub work: Heap,
    /// Mail put apart, by mailbox; of none, under the empty name.
    pub quarantine: BTreeMap<String, u64>,
    /// When each mailbox was read to the end last, by whichever process.
    pub read: BTreeMap<MailboxName, Timestamp>,
    /// When the newest mail that came into each mailbox reached its server; of one that never got any there is none.
    pub newest: BTreeMap<MailboxName, Timestamp>,
    /// Open tickets whose due times are still to be counted anew, about.
    pub recomputing: u64,
    /// Who decides, and until when that holds.
    pub decider: Option<(String, Timestamp)>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked<'n> {
    /// The queues whose tickets are listed.
    pub queues: Vec<QueueName>,
    /// The agents whose load is counted.
    pub agents: Vec<AgentName>,
    /// The mailboxes, each with its folder of sent mail; empty where none is read.
    pub mailboxes: Vec<(MailboxName, String)>,
    /// Mailboxes whose mail waits as it should, alarms excepted.
    pub quiet: Vec<MailboxName>,
    /// The name of the decider's lease.
    pub decider: &'n str,
}

/// Mail that is due for so long and was not tried is stuck, and so is mail of a relay that takes nothing: it is put off again
/// and again and has never been tried for [`UNTRIED_AFTER`]. One recipient that cannot be reached is tried for days, as
/// it should be.
const STUCK_AFTER: SignedDuration = SignedDuration::from_mins(10);
const UNTRIED_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// Counts and lists as they are at `now`.
///
/// # Errors
/// What the database says.
pub async fn figures(db: &Db, asked: Asked<'_>, now: Timestamp) -> Result<Figures, StoreError> {
    let decider = asked.decider.to_owned();
    let names = (asked.queues, asked.agents, asked.mailboxes);
    let asked = (names, json_list(&asked.quiet), decider);
    db.read("look at the house", asked, move |tx, asked| {
        Box::pin(async move {
            let ((queues, agents, mailboxes), quiet, decider) = asked;
            let mut figures = Figures {
                queues: counts(tx, now).await?,
                load: load(tx, agents).await?,
                ..Figures::default()
            };
            for queue in queues.iter() {
                let listed = listed(tx, queue).await?;
                figures.queues.entry(queue.clone()).or_default().listed = listed;
            }
            heaps(tx, &mut figures).await?;
            figures.newest = newest(tx, mailboxes).await?;
            figures.stuck = stuck(tx, quiet, now).await?;
            let lease = tx
                .row_opt(&sql::STATUS_LEASE, &[decider.as_str().into()])
                .await?;
            if let Some(row) = lease {
                figures.decider = Some((row.string(0)?, instant(&row, 1)?));
            }
            Ok(figures)
        })
    })
    .await
}

async fn counts(
    tx: &mut Tx,
    now: Timestamp,
) -> Result<BTreeMap<QueueName, QueueFigures>, StoreError> {
    let rows = tx
        .rows(&sql::STATUS_QUEUES, &[now.as_millisecond().into()])
        .await?;
    rows.iter()
        .map(|row| {
            let figures = QueueFigures {
                open: count(row, 1)?,
                unassigned: count(row, 2)?,
                waiting: count(row, 3)?,
                overdue: count(row, 4)?,
                at_risk: count(row, 5)?,
                oldest_at: opt_instant(row, 6)?,
                listed: Vec::new(),
            };
            Ok((QueueName(row.string(0)?), figures))
        })
        .collect()
}

async fn listed(tx: &mut Tx, queue: &QueueName) -> Result<Vec<OpenTicket>, StoreError> {
    let mut listed = Vec::new();
    for statement in [&sql::STATUS_LATE, &sql::STATUS_DUE, &sql::STATUS_NOT_DUE] {
        let so_far = i64::try_from(listed.len()).unwrap_or(LISTED_MAX);
        let values = [
            queue.as_str().into(),
            LISTED_MAX.saturating_sub(so_far).into(),
        ];
        for row in tx.rows(statement, &values).await? {
            listed.push(OpenTicket {
                number: TicketNumber(row.int(0)?),
                state: state(row.text(1)?)?,
                assignee: row.opt_string(2)?.map(AgentName),
                opened_at: instant(&row, 3)?,
                due_at: opt_instant(&row, 4)?,
                risk_at: opt_instant(&row, 5)?,
                late_at: opt_instant(&row, 6)?,
                promised_at: promised(row.text(7)?),
            });
        }
    }
    Ok(listed)
}

/// The day that a ticket's solution was moved to. Few were: of the others nothing is read.
fn promised(snapshot: &str) -> Option<Timestamp> {
    let is_moved = snapshot.contains("\"moved_to\"");
    let ticket: Ticket = is_moved.then(|| serde_json::from_str(snapshot).ok())??;
    ticket.moved_clock()?.moved_to
}

async fn load(tx: &mut Tx, agents: &[AgentName]) -> Result<BTreeMap<AgentName, u64>, StoreError> {
    let rows = tx
        .rows(&sql::STATUS_LOAD, &[(&json_list(agents)).into()])
        .await?;
    rows.iter()
        .map(|row| Ok((AgentName(row.string(0)?), count(row, 1)?)))
        .collect()
}

async fn heaps(tx: &mut Tx, figures: &mut Figures) -> Result<(), StoreError> {
    for row in tx.rows(&sql::STATUS_OUTBOX, &[]).await? {
        let heap = match row.text(0)? {
            "held" => &mut figures.held,
            "stopped" => &mut figures.stopped,
            _ => &mut figures.outbox,
        };
        heap.count = heap.count.saturating_add(count(&row, 1)?);
        let since = opt_instant(&row, 2)?;
        heap.since = [heap.since, since].into_iter().flatten().min();
    }
    let sweep = sweep::state_in(tx).await?;
    figures.recomputing = sweep
        .filter(|sweep| !sweep.is_done)
        .map_or(0, |sweep| sweep.left);
    let work = tx.row(&sql::STATUS_WORK, &[]).await?;
    figures.work = Heap {
        count: count(&work, 0)?,
        since: opt_instant(&work, 1)?,
    };
    for row in tx.rows(&sql::QUARANTINE_COUNT, &[]).await? {
        figures.quarantine.insert(row.string(0)?, count(&row, 1)?);
    }
    for row in tx.rows(&sql::PASSES, &[]).await? {
        let until = instant(&row, 1)?;
        figures.read.insert(MailboxName(row.string(0)?), until);
    }
    Ok(())
}

async fn newest(
    tx: &mut Tx,
    mailboxes: &[(MailboxName, String)],
) -> Result<BTreeMap<MailboxName, Timestamp>, StoreError> {
    let mut newest = BTreeMap::new();
    for (mailbox, sent) in mailboxes {
        let values = [mailbox.as_str().into(), sent.as_str().into()];
        if let Some(row) = tx.row_opt(&sql::STATUS_NEWEST, &values).await? {
            newest.insert(mailbox.clone(), instant(&row, 0)?);
        }
    }
    Ok(newest)
}

async fn stuck(tx: &mut Tx, quiet: &str, now: Timestamp) -> Result<Heap, StoreError> {
    let before = |long| now.saturating_sub(long).unwrap_or(now).as_millisecond();
    let values = [
        before(STUCK_AFTER).into(),
        before(UNTRIED_AFTER).into(),
        quiet.into(),
    ];
    let row = tx.row(&sql::STATUS_STUCK, &values).await?;
    Ok(Heap {
        count: count(&row, 0)?,
        since: opt_instant(&row, 1)?,
    })
}

fn count(row: &Row, column: usize) -> Result<u64, StoreError> {
    Ok(u64::try_from(row.int(column)?).unwrap_or(0))
}

fn state(code: &str) -> Result<State, StoreError> {
    let all = State::ALL.into_iter();
    let known = all.into_iter().find(|state| state.code() == code);
    known.ok_or_else(|| StoreError::Unknown {
        column: "ticket.state",
        found: code.to_owned(),
    })
}
