//! Apply: a batch of decisions becomes history in one transaction. Nobody else writes events or tickets.

use std::collections::{BTreeMap, HashMap};

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};

use super::{Db, StoreError, Tx, V, house, house::Lease, journal, json_list, sql};
use crate::{
    desk::{
        chain::{self, GENESIS, Link},
        decision::{Decision, Queued},
        fold::FOLD_VERSION,
        timer::TimerKind,
    },
    model::{
        event::{Event, EventData, Stream},
        ids::{PersonId, PolicyId, RawId, TicketNumber, WorkId},
        outgoing::OutgoingMail,
        ticket::Ticket,
    },
};

/// How long a digest of withheld cards waits for more.
const DIGEST_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// A decision with what the shell made of it.
#[derive(Debug)]
pub struct Decided {
    /// The work row that is done with it, if it came from one.
    pub work: Option<WorkId>,
    /// What caused it: `mail`, `timer`, `failure`, `condition`, `operator`.
    pub cause_kind: &'static str,
    /// Which: the raw mail, the timer's object, ...
    pub cause_id: String,
    /// The decision.
    pub decision: Decision,
    /// The bytes of each of its mails.
    pub bytes: Vec<Vec<u8>>,
}

/// A batch to apply.
#[derive(Debug)]
pub struct Batch {
    /// The right to decide.
    pub lease: Lease,
    /// The policy they were made under.
    pub policy: PolicyId,
    /// When they were made.
    pub now: Timestamp,
    /// The decisions, in order.
    pub decided: Vec<Decided>,
    /// The touched tickets as they stand after all of them, with their appointments.
    pub tickets: Vec<(Ticket, Vec<(TimerKind, Timestamp)>)>,
    /// Appointments that were kept.
    pub timers_done: Vec<(TimerKind, i64)>,
    /// Readings of the mails, packed.
    pub readings: Vec<(RawId, Vec<u8>)>,
    /// Chance for the salts of erasable words.
    pub seed: [u8; 32],
}

/// The program's name and version, stored with every decision.
const PROGRAM: &str = concat!("okno ", env!("CARGO_PKG_VERSION"));

/// Writes a batch whole, or nothing of it.
///
/// # Errors
/// [`StoreError::Fenced`] where the lease is lost; what the database says.
pub async fn apply(db: &Db, batch: Batch) -> Result<(), StoreError> {
    db.write("apply decisions", batch, |tx, batch| {
        Box::pin(apply_in(tx, batch))
    })
    .await
}

async fn apply_in(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    house::fence(tx, &batch.lease).await?;
    let written = Written::new(tx, batch).await?;
    save_people(tx, batch).await?;
    save_decisions(tx, batch, written.decision).await?;
    save_history(tx, &written).await?;
    save_messages(tx, batch).await?;
    save_tickets(tx, batch).await?;
    save_timers(tx, batch).await?;
    save_mails(tx, batch, &written).await?;
    save_alarms(tx, batch).await?;
    journal::save_readings(tx, &batch.readings).await?;
    let done: Vec<i64> = batch
        .decided
        .iter()
        .filter_map(|decided| decided.work)
        .map(|id| id.0)
        .collect();
    tx.exec(&sql::WORK_DONE, &[(&json_list(&done)).into()])
        .await
        .map(drop)
}

/// An event with everything that is given out when it is written.
struct Row<'a> {
    event: &'a Event,
    seq: i64,
    decision: i64,
    stream: (&'static str, String),
    stream_seq: i64,
    recorded_at: i64,
    data: String,
    actor: String,
    private: Option<(i64, String, String)>,
    prev_hash: String,
    hash: String,
}

/// The numbers before this batch, and its events sealed.
struct Written<'a> {
    decision: i64,
    outgoing: i64,
    rows: Vec<Row<'a>>,
    batch: &'a Batch,
}

impl<'a> Written<'a> {
    async fn new(tx: &mut Tx, batch: &'a Batch) -> Result<Self, StoreError> {
        let last = tx.row(&sql::APPLY_NUMBERS, &[]).await?;
        let number = |column| Ok::<i64, StoreError>(last.opt_int(column)?.unwrap_or(0));
        let head = tx.row_opt(&sql::APPLY_HEAD, &[]).await?;
        let (prev_hash, recorded) = match &head {
            Some(row) => (row.string(0)?, row.int(1)?),
            None => (GENESIS.to_owned(), 0),
        };
        let mut sealer = Sealer {
            seq: number(1)?,
            private: number(2)?,
            prev_hash,
            recorded_at: batch.now.as_millisecond().max(recorded),
            streams: stream_lengths(tx, batch).await?,
            seed: &batch.seed,
        };
        let decision = number(0)?;
        let mut rows = Vec::new();
        for (id, decided) in (decision.saturating_add(1)..).zip(&batch.decided) {
            rows.extend(
                decided
                    .decision
                    .events
                    .iter()
                    .map(|event| sealer.seal(event, id)),
            );
        }
        Ok(Self {
            decision,
            outgoing: number(3)?,
            rows,
            batch,
        })
    }
}

/// How many events each touched stream has before this batch. Tickets know it themselves.
async fn stream_lengths(
    tx: &mut Tx,
    batch: &Batch,
) -> Result<HashMap<(&'static str, String), i64>, StoreError> {
    let mut new: HashMap<TicketNumber, i64> = HashMap::new();
    let mut others: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for event in batch
        .decided
        .iter()
        .flat_map(|decided| &decided.decision.events)
    {
        match &event.stream {
            Stream::Ticket(number) => {
                let count = new.entry(*number).or_default();
                *count = count.saturating_add(1);
            }
            Stream::Mailbox(_) | Stream::House => {
                let (kind, id) = event.stream.key();
                others.entry(kind).or_default().push(id);
            }
        }
    }
    let mut lengths = HashMap::new();
    for (ticket, _) in &batch.tickets {
        let added = new.get(&ticket.number).copied().unwrap_or(0);
        lengths.insert(
            Stream::Ticket(ticket.number).key(),
            ticket.last_seq.saturating_sub(added),
        );
    }
    for (kind, ids) in others {
        for row in tx
            .rows(
                &sql::APPLY_STREAMS,
                &[(&json_list(&ids)).into(), kind.into()],
            )
            .await?
        {
            lengths.insert((kind, row.string(0)?), row.int(1)?);
        }
    }
    Ok(lengths)
}

/// Gives out places in history and hashes them into the chain.
struct Sealer<'s> {
    seq: i64,
    private: i64,
    prev_hash: String,
    recorded_at: i64,
    streams: HashMap<(&'static str, String), i64>,
    seed: &'s [u8; 32],
}

impl Sealer<'_> {
    fn seal<'a>(&mut self, event: &'a Event, decision: i64) -> Row<'a> {
        self.seq = self.seq.saturating_add(1);
        let stream = event.stream.key();
        let length = self.streams.entry(stream.clone()).or_default();
        *length = length.saturating_add(1);
        let stream_seq = *length;
        let private = event.private.as_ref().map(|private| {
            self.private = self.private.saturating_add(1);
            let salt = salt(self.seed, self.private);
            (
                self.private,
                chain::private_hash(&salt, &private.text),
                salt,
            )
        });
        let (kind, version) = event.data.kind();
        let data = serde_json::to_string(&event.data).unwrap_or_default();
        let actor = event.actor.code();
        let undoes = event.undoes.map(|id| id.to_string());
        let hash = chain::hash(
            &self.prev_hash,
            &Link {
                seq: self.seq,
                decision,
                stream: &format!("{}/{}/{stream_seq}", stream.0, stream.1),
                kind: &format!("{kind}/{version}"),
                at: &format!("{}/{}", event.at.as_millisecond(), self.recorded_at),
                who: &format!("{actor}/{}/{}", event.role.code(), event.trust.code()),
                message_id: event.message_id.as_ref().map_or("", |id| id.as_str()),
                reason: &event.reason,
                data: &data,
                private_hash: private.as_ref().map_or("", |(_, hash, _)| hash),
                undoes: undoes.as_deref().unwrap_or(""),
            },
        );
        let prev_hash = std::mem::replace(&mut self.prev_hash, hash.clone());
        let (seq, recorded_at) = (self.seq, self.recorded_at);
        Row {
            event,
            seq,
            decision,
            stream,
            stream_seq,
            recorded_at,
            data,
            actor,
            private,
            prev_hash,
            hash,
        }
    }
}

/// A salt of its own for each erasable text.
fn salt(seed: &[u8; 32], id: i64) -> String {
    let mut salt = chain::private_hash(&HEXLOWER.encode(seed), &id.to_string());
    salt.truncate(32);
    salt
}

async fn save_people(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    // Only the last state of each: one statement may not touch a row twice.
    let people: BTreeMap<PersonId, _> = batch
        .decided
        .iter()
        .flat_map(|decided| &decided.decision.people)
        .map(|person| (person.id, person))
        .collect();
    let rows: Vec<Vec<V<'_>>> = people
        .values()
        .map(|person| {
            let (address, name) = (person.address.as_str(), person.name.as_str());
            vec![
                person.id.0.into(),
                address.into(),
                name.into(),
                person.language.code().into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::PERSON_SET, &rows).await.map(drop)
}

async fn save_decisions(tx: &mut Tx, batch: &Batch, last: i64) -> Result<(), StoreError> {
    let facts: Vec<String> = batch
        .decided
        .iter()
        .map(|decided| decided.decision.facts.to_string())
        .collect();
    let rows: Vec<Vec<V<'_>>> = (last.saturating_add(1)..)
        .zip(batch.decided.iter().zip(&facts))
        .map(|(id, (decided, facts))| {
            vec![
                id.into(),
                decided.cause_kind.into(),
                (&decided.cause_id).into(),
                batch.policy.0.into(),
                batch.now.as_millisecond().into(),
                PROGRAM.into(),
                decided.decision.reason.code().into(),
                facts.into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::DECISION_ADD, &rows).await.map(drop)
}

async fn save_history(tx: &mut Tx, written: &Written<'_>) -> Result<(), StoreError> {
    let private: Vec<Vec<V<'_>>> = written
        .rows
        .iter()
        .filter_map(|row| {
            let ((id, _, salt), private) = (row.private.as_ref()?, row.event.private.as_ref()?);
            Some(vec![
                (*id).into(),
                private.person.map(|id| id.0).into(),
                salt.into(),
                (&private.text).into(),
            ])
        })
        .collect();
    tx.insert_many(&sql::PRIVATE_ADD, &private).await?;
    let events: Vec<Vec<V<'_>>> = written.rows.iter().map(event_values).collect();
    tx.insert_many(&sql::EVENT_ADD, &events).await?;
    let verdicts: Vec<Vec<V<'_>>> = written
        .rows
        .iter()
        .filter_map(|row| verdict_values(row, written.batch))
        .collect();
    tx.insert_many(&sql::VERDICT_ADD, &verdicts).await.map(drop)
}

fn event_values<'a>(row: &'a Row<'_>) -> Vec<V<'a>> {
    let (kind, version) = row.event.data.kind();
    vec![
        row.seq.into(),
        row.decision.into(),
        row.stream.0.into(),
        (&row.stream.1).into(),
        row.stream_seq.into(),
        kind.into(),
        version.into(),
        row.event.at.as_millisecond().into(),
        row.recorded_at.into(),
        (&row.actor).into(),
        row.event.role.code().into(),
        row.event.trust.code().into(),
        row.event.message_id.as_ref().map(|id| id.as_str()).into(),
        (&row.event.reason).into(),
        (&row.data).into(),
        row.private.as_ref().map(|(id, _, _)| *id).into(),
        row.private
            .as_ref()
            .map(|(_, hash, _)| hash.as_str())
            .into(),
        row.event.undoes.map(|id| id.0).into(),
        (&row.prev_hash).into(),
        (&row.hash).into(),
    ]
}

fn verdict_values<'a>(row: &'a Row<'_>, batch: &'a Batch) -> Option<Vec<V<'a>>> {
    let EventData::ClockJudged {
        clock,
        outcome,
        due_at,
        satisfied_at,
    } = &row.event.data
    else {
        return None;
    };
    let Stream::Ticket(number) = row.event.stream else {
        return None;
    };
    let (ticket, _) = batch
        .tickets
        .iter()
        .find(|(ticket, _)| ticket.number == number)?;
    let outcome = match outcome {
        crate::model::ticket::Outcome::Met => "met",
        crate::model::ticket::Outcome::Breached => "breached",
    };
    Some(vec![
        row.seq.into(),
        number.0.into(),
        clock.code().into(),
        outcome.into(),
        due_at.as_millisecond().into(),
        satisfied_at.map(Timestamp::as_millisecond).into(),
        ticket.assignee.as_ref().map(|agent| agent.as_str()).into(),
        ticket.queue.as_str().into(),
        batch.policy.0.into(),
    ])
}

async fn save_messages(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let all = batch
        .decided
        .iter()
        .flat_map(|decided| &decided.decision.messages);
    let sides: Vec<_> = all
        .map(|message| (message, message.side.letter().to_string()))
        .collect();
    let rows: Vec<Vec<V<'_>>> = sides
        .iter()
        .map(|(message, side)| {
            vec![
                message.row.0.into(),
                message.ticket.map(|ticket| ticket.0).into(),
                side.into(),
                message.raw.map(|raw| raw.0).into(),
                message.person.0.into(),
                message.message_id.as_str().into(),
                message.content.into(),
                batch.now.as_millisecond().into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::MESSAGE_ADD, &rows).await?;
    let refs: Vec<Vec<V<'_>>> = sides
        .iter()
        .map(|(message, _)| {
            vec![
                super::hash_of_id(&message.message_id).into(),
                message.row.0.into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::REF_ADD, &refs).await.map(drop)
}

async fn save_tickets(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let snapshots: Vec<(&Ticket, String)> = batch
        .tickets
        .iter()
        .map(|(ticket, _)| (ticket, serde_json::to_string(ticket).unwrap_or_default()))
        .collect();
    let rows: Vec<Vec<V<'_>>> = snapshots
        .iter()
        .map(|(ticket, snapshot)| {
            vec![
                ticket.number.0.into(),
                ticket.queue.as_str().into(),
                ticket.state.code().into(),
                ticket.requester.0.into(),
                ticket.assignee.as_ref().map(|agent| agent.as_str()).into(),
                ticket.opened_at.as_millisecond().into(),
                ticket
                    .next_clock()
                    .map(|clock| clock.due_at.as_millisecond())
                    .into(),
                snapshot.into(),
                ticket.last_seq.into(),
                FOLD_VERSION.into(),
                Option::<i64>::None.into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::TICKET_SET, &rows).await.map(drop)
}

async fn save_timers(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    for (kind, object) in &batch.timers_done {
        tx.exec(&sql::TIMER_DONE, &[kind.code().into(), (*object).into()])
            .await?;
    }
    let touched: Vec<i64> = batch
        .tickets
        .iter()
        .map(|(ticket, _)| ticket.number.0)
        .collect();
    if !touched.is_empty() {
        tx.exec(&sql::TIMERS_CLEAR, &[(&json_list(&touched)).into()])
            .await?;
    }
    let mut rows: Vec<Vec<V<'_>>> = Vec::new();
    for (ticket, timers) in &batch.tickets {
        for (kind, at) in timers {
            rows.push(vec![
                kind.code().into(),
                ticket.number.0.into(),
                at.as_millisecond().into(),
            ]);
        }
    }
    let digest_at = batch
        .now
        .saturating_add(DIGEST_AFTER)
        .unwrap_or(batch.now)
        .as_millisecond();
    let mut withheld: BTreeMap<(i64, i64), ()> = BTreeMap::new();
    for decided in &batch.decided {
        for person in &decided.decision.digest_done {
            tx.exec(&sql::WITHHELD_CLEAR, &[person.0.into()]).await?;
        }
        for (person, tickets) in &decided.decision.digest {
            withheld.extend(tickets.iter().map(|ticket| ((person.0, ticket.0), ())));
        }
    }
    let mut readers: Vec<i64> = withheld.keys().map(|(person, _)| *person).collect();
    readers.dedup();
    rows.extend(readers.iter().map(|person| {
        vec![
            TimerKind::Digest.code().into(),
            (*person).into(),
            digest_at.into(),
        ]
    }));
    tx.insert_many(&sql::TIMER_ADD, &rows).await?;
    let rows: Vec<Vec<V<'_>>> = withheld
        .keys()
        .map(|(person, ticket)| vec![(*person).into(), (*ticket).into()])
        .collect();
    tx.insert_many(&sql::WITHHELD_ADD, &rows).await.map(drop)
}

async fn save_mails(tx: &mut Tx, batch: &Batch, written: &Written<'_>) -> Result<(), StoreError> {
    let now = batch.now.as_millisecond();
    let mut mails: Vec<(i64, i64, &Queued, &Vec<u8>)> = Vec::new();
    let mut next = written.outgoing;
    for (decision, decided) in (written.decision.saturating_add(1)..).zip(&batch.decided) {
        for (queued, bytes) in decided.decision.mails.iter().zip(&decided.bytes) {
            next = next.saturating_add(1);
            mails.push((next, decision, queued, bytes));
        }
    }
    let sides: Vec<Option<String>> = mails
        .iter()
        .map(|(_, _, queued, _)| queued.mail.side.map(|side| side.letter().to_string()))
        .collect();
    let rows: Vec<Vec<V<'_>>> = mails
        .iter()
        .zip(&sides)
        .map(|((id, decision, queued, bytes), side)| {
            outgoing_values((*id, *decision), &queued.mail, (bytes, side), now)
        })
        .collect();
    tx.insert_many(&sql::OUTGOING_ADD, &rows).await?;
    let mut deliveries: Vec<Vec<V<'_>>> = Vec::new();
    for (id, _, queued, _) in &mails {
        let mail = &queued.mail;
        let state = if queued.is_held { "held" } else { "ready" };
        let next_at = mail.not_before.map_or(now, Timestamp::as_millisecond);
        deliveries.extend(mail.recipients.iter().map(|to| {
            vec![
                (*id).into(),
                mail.mailbox.as_str().into(),
                to.address.as_str().into(),
                to.person.0.into(),
                mail.class.code().into(),
                state.into(),
                0_i64.into(),
                next_at.into(),
                now.into(),
            ]
        }));
    }
    tx.insert_many(&sql::DELIVERY_ADD, &deliveries)
        .await
        .map(drop)
}

fn outgoing_values<'a>(
    (id, decision): (i64, i64),
    mail: &'a OutgoingMail,
    (bytes, side): (&'a Vec<u8>, &'a Option<String>),
    now: i64,
) -> Vec<V<'a>> {
    vec![
        id.into(),
        decision.into(),
        (&mail.dedupe_key).into(),
        mail.message_id.as_str().into(),
        mail.class.code().into(),
        mail.body.template().into(),
        mail.mailbox.as_str().into(),
        mail.ticket.map(|ticket| ticket.0).into(),
        side.into(),
        mail.message.map(|row| row.0).into(),
        mail.envelope_from
            .as_ref()
            .map(|address| address.as_str())
            .into(),
        bytes.into(),
        i64::try_from(bytes.len()).unwrap_or(i64::MAX).into(),
        mail.counts_for_fuse.into(),
        now.into(),
        mail.not_before.map(Timestamp::as_millisecond).into(),
        mail.expires_at.map(Timestamp::as_millisecond).into(),
    ]
}

async fn save_alarms(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    for decided in &batch.decided {
        let told_at = (!decided.decision.mails.is_empty()).then(|| batch.now.as_millisecond());
        for event in &decided.decision.events {
            #[expect(clippy::wildcard_enum_match_arm, reason = "only alarms are alarms")]
            let (alarm, object, raised_at) = match &event.data {
                EventData::AlarmRaised { alarm, object } => {
                    (alarm, object, Some(event.at.as_millisecond()))
                }
                EventData::AlarmOver { alarm, object } => (alarm, object, None),
                _ => continue,
            };
            tx.insert_many(
                &sql::ALARM_SET,
                &[vec![
                    alarm.into(),
                    object.into(),
                    raised_at.into(),
                    told_at.into(),
                ]],
            )
            .await?;
            if alarm == crate::desk::alarm::FUSE && raised_at.is_none() {
                tx.exec(&sql::DELIVERY_RELEASE, &[batch.now.as_millisecond().into()])
                    .await?;
            }
        }
    }
    Ok(())
}
