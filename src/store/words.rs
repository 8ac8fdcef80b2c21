//! The index of words: which tickets' mails say a word, by the number of its stem. It is derived from what is kept
//! anyway, in the decider's idle time and before it looks for something, as far as mails have a reading.

use std::collections::BTreeSet;

use super::{
    Db, StoreError, Tx, V, conversations, json_list, leases, leases::Lease, originals, sql,
};
use crate::{
    desk::{
        search::{Hit, Placed, STEMS_VERSION, stems_of},
        stems::stems,
        world::World,
    },
    model::{
        ids::{PersonId, QueueName, RawId, TicketNumber},
        ticket::{Side, Ticket},
    },
};

/// How many mails are looked at in one transaction.
const PAGE: i64 = 64;

/// How many words of an old index go in one transaction.
const CLEARED: i64 = 20_000;

/// Where it is written how far the index goes, with the version of its stems.
const UPTO: &str = "words";

/// How many hits are loaded: some may turn out to be nothing to show.
const HITS_LOADED: i64 = 24;

/// How many tickets of a requester's are loaded.
const PAST_LOADED: i64 = 40;

/// Takes the next mails into the index; whether there may be more.
///
/// # Errors
/// [`StoreError::Fenced`] where the lease is lost; what the database says.
pub async fn index_page(db: &Db, lease: Lease) -> Result<bool, StoreError> {
    db.write("index words", lease, |tx, lease| {
        Box::pin(async move {
            let Some(after) = reached(tx).await? else {
                leases::fence(tx, lease).await?;
                return clear_some(tx).await.map(|()| true);
            };
            let rows = tx
                .rows(&sql::WORDS_NEXT, &[after.into(), PAGE.into()])
                .await?;
            let Some(last) = rows.last() else {
                return Ok(false);
            };
            leases::fence(tx, lease).await?;
            let last = last.int(0)?;
            let mut words: BTreeSet<(i64, i64)> = BTreeSet::new();
            for row in &rows {
                let (Some(ticket), Some(raw)) = (row.opt_int(1)?, row.opt_int(3)?) else {
                    continue;
                };
                let placed = Placed {
                    side: match row.text(2)? {
                        "a" => Side::Agents,
                        _ => Side::Requester,
                    },
                    is_first: row.opt_int(4)? == Some(row.int(0)?),
                    is_elsewhere: row.int(5)? > 1,
                };
                let stems = match part(tx, ticket, placed).await? {
                    Some(part) => stems([part.subject.as_str()]),
                    None => originals::arrival(tx, RawId(raw))
                        .await?
                        .map_or_else(BTreeSet::new, |arrival| stems_of(&arrival, placed)),
                };
                words.extend(stems.into_iter().map(|stem| (stem, ticket)));
            }
            let rows: Vec<Vec<V<'_>>> = words
                .iter()
                .map(|(word, ticket)| vec![(*word).into(), (*ticket).into()])
                .collect();
            tx.insert_many(&sql::WORD_ADD, &rows).await?;
            let upto = format!("{STEMS_VERSION}:{last}");
            tx.exec(&sql::HOUSE_PUT, &[UPTO.into(), (&upto).into()])
                .await?;
            Ok(true)
        })
    })
    .await
}

/// The ticket that a mail has opened, where that was split off from another by it: of the mail nothing but its subject is
/// about it, and the other lines may be about anything.
async fn part(tx: &mut Tx, ticket: i64, placed: Placed) -> Result<Option<Ticket>, StoreError> {
    if placed.side != Side::Agents || !placed.is_first || !placed.is_elsewhere {
        return Ok(None);
    }
    let list = json_list(&[ticket]);
    let row = tx.row_opt(&sql::FACTS_TICKETS, &[(&list).into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let ticket = conversations::ticket(tx, &row).await?;
    Ok(ticket.filter(|ticket| ticket.parent.is_some()))
}

/// The last mail in the index; `None` where it is of other stems.
async fn reached(tx: &mut Tx) -> Result<Option<i64>, StoreError> {
    let row = tx.row_opt(&sql::HOUSE_GET, &[UPTO.into()]).await?;
    let Some(row) = row else { return Ok(Some(0)) };
    let (version, last) = row.text(0)?.split_once(':').unwrap_or_default();
    let is_ours = version == STEMS_VERSION.to_string();
    Ok(is_ours.then(|| last.parse().unwrap_or(0)))
}

/// Throws away some of an index of other stems. When nothing of it is left the new one begins.
async fn clear_some(tx: &mut Tx) -> Result<(), StoreError> {
    let values = [i64::MIN.into(), CLEARED.into()];
    if tx.exec(&sql::INDEX_CLEAR, &values).await? > 0 {
        return Ok(());
    }
    let begun = format!("{STEMS_VERSION}:0");
    let values = [UPTO.into(), (&begun).into()];
    tx.exec(&sql::HOUSE_PUT, &values).await.map(drop)
}

/// Adds what agents look for.
pub(super) async fn load(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let searches = world.asked().searches.clone();
    if searches.is_empty() {
        return Ok(());
    }
    let is_whole = match reached(tx).await? {
        Some(after) => {
            let next = [after.into(), 1_i64.into()];
            tx.row_opt(&sql::WORDS_NEXT, &next).await?.is_none()
        }
        None => false,
    };
    world.set_index_whole(is_whole);
    for search in searches {
        let stems = json_list(&Vec::from_iter(&search.stems));
        let queues = json_list(&Vec::from_iter(&search.queues));
        let values = [(&stems).into(), (&queues).into(), HITS_LOADED.into()];
        let mut hits = Vec::new();
        for row in tx.rows(&sql::WORDS_FIND, &values).await? {
            hits.push(Hit {
                ticket: TicketNumber(row.int(0)?),
                matched: usize::try_from(row.int(1)?).unwrap_or(usize::MAX),
            });
        }
        world.set_found(search, hits);
    }
    Ok(())
}

/// Adds what else the requesters of the tickets at hand have asked.
pub(super) async fn load_pasts(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let queues: Vec<&QueueName> = world.asked().pasts.iter().collect();
    let queues = json_list(&queues);
    let requesters: BTreeSet<PersonId> = world
        .tickets()
        .map(|ticket| world.who(ticket.requester))
        .collect();
    for person in requesters {
        let values = [person.0.into(), (&queues).into(), PAST_LOADED.into()];
        let rows = tx.rows(&sql::FACTS_PAST, &values).await?;
        let tickets: Result<Vec<TicketNumber>, StoreError> = rows
            .iter()
            .map(|row| row.int(0).map(TicketNumber))
            .collect();
        world.set_past(person, tickets?);
    }
    Ok(())
}
