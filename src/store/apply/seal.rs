//! Sealing: each event gets its place in history and in its stream, the instant it is recorded at, and its hash.

use std::collections::{BTreeMap, HashMap};

use data_encoding::HEXLOWER;

use super::Batch;
use crate::{
    desk::chain::{self, GENESIS, Link},
    model::{
        event::{Event, Stream},
        ids::TicketNumber,
    },
    store::{StoreError, Tx, as_json, json_list, sql},
};

/// An event with everything that is given out when it is written.
pub(super) struct Row<'a> {
    pub(super) event: &'a Event,
    pub(super) seq: i64,
    pub(super) decision: i64,
    pub(super) stream: (&'static str, String),
    pub(super) stream_seq: i64,
    pub(super) recorded_at: i64,
    pub(super) data: String,
    pub(super) actor: String,
    pub(super) private: Option<(i64, String, String)>,
    pub(super) prev_hash: String,
    pub(super) hash: String,
}

/// The numbers before this batch, and its events sealed.
pub(super) struct Written<'a> {
    pub(super) decision: i64,
    pub(super) outgoing: i64,
    pub(super) rows: Vec<Row<'a>>,
}

impl<'a> Written<'a> {
    pub(super) async fn new(tx: &mut Tx, batch: &'a Batch) -> Result<Self, StoreError> {
        let last = tx.row(&sql::APPLY_NUMBERS, &[]).await?;
        let number = |column| Ok::<i64, StoreError>(last.opt_int(column)?.unwrap_or(0));
        let head = tx.row_opt(&sql::APPLY_HEAD, &[]).await?;
        let (prev_hash, recorded) = match &head {
            Some(row) => (row.string(0)?, row.int(1)?),
            None => (GENESIS.to_owned(), 0),
        };
        let mut sealer = Sealer {
            seq: number(1)?,
            prev_hash,
            recorded_at: batch.now.as_millisecond().max(recorded),
            streams: stream_lengths(tx, batch).await?,
            seed: &batch.seed,
        };
        let decision = number(0)?;
        let mut rows = Vec::new();
        for (id, decided) in (decision.saturating_add(1)..).zip(&batch.decided) {
            for event in &decided.decision.events {
                rows.push(sealer.seal(event, id)?);
            }
        }
        Ok(Self {
            decision,
            outgoing: number(2)?,
            rows,
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
            Stream::Mailbox(_)
            | Stream::Queue(_)
            | Stream::Person(_)
            | Stream::Directory
            | Stream::House => {
                let (kind, id) = event.stream.key();
                others.entry(kind).or_default().push(id);
            }
        }
    }
    let mut lengths = HashMap::new();
    for ticket in batch.tickets.iter().map(|one| &one.ticket) {
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
            lengths.insert((kind, row.string(0)?), row.opt_int(1)?.unwrap_or(0));
        }
    }
    Ok(lengths)
}

/// Gives out places in history and hashes them into the chain.
struct Sealer<'s> {
    seq: i64,
    prev_hash: String,
    recorded_at: i64,
    streams: HashMap<(&'static str, String), i64>,
    seed: &'s [u8; 32],
}

impl Sealer<'_> {
    fn seal<'a>(&mut self, event: &'a Event, decision: i64) -> Result<Row<'a>, StoreError> {
        self.seq = self.seq.saturating_add(1);
        let stream = event.stream.key();
        let length = self.streams.entry(stream.clone()).or_default();
        *length = length.saturating_add(1);
        let stream_seq = *length;
        let private = event.private.as_ref().map(|private| {
            // The number of its event, which nothing else ever has: words may be erased, and a number that is free again would
            // lend these to another event.
            let salt = salt(self.seed, self.seq);
            (self.seq, chain::private_hash(&salt, &private.text), salt)
        });
        let (kind, version) = event.data.kind();
        let data = as_json(&event.data)?;
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
        Ok(Row {
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
        })
    }
}

/// A salt of its own for each erasable text.
fn salt(seed: &[u8; 32], id: i64) -> String {
    let mut salt = chain::private_hash(&HEXLOWER.encode(seed), &id.to_string());
    salt.truncate(32);
    salt
}
