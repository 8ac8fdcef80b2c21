//! Facts for the decider: what a batch wants, loaded in a handful of statements whatever its size.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::{
    Db, Row, StoreError, Tx, apart, asking, history, instant, json_list, mornings, names, openings,
    opt_instant, originals, people, senders, sql, words,
};
use crate::{
    desk::{
        fold::FOLD_VERSION,
        origin::words_of,
        wants::Wants,
        world::{AlarmState, FUSE_WINDOW, Fuse, Known, MERGES_MAX, Numbers, Sent, World},
    },
    model::{
        address::Address,
        alarm,
        ids::{MessageId, MessageRow, PersonId, TicketNumber},
        ticket::{Side, Ticket},
    },
};

/// Loads what a batch wants.
///
/// # Errors
/// What the database says.
pub async fn load(db: &Db, wants: Wants, now: Timestamp) -> Result<World, StoreError> {
    db.read("load facts", (wants, now), |tx, (wants, now)| {
        Box::pin(load_in(tx, wants, *now))
    })
    .await
}

async fn load_in(tx: &mut Tx, wants: &Wants, now: Timestamp) -> Result<World, StoreError> {
    let mut world = World::new(wants.clone(), numbers(tx).await?);
    for reader in &wants.readers {
        world.withhold(*reader, withheld(tx, *reader).await?);
    }
    for work in &wants.quarantined {
        if let Some(quarantined) = apart::quarantined(tx, *work).await? {
            world.set_quarantined(*work, quarantined);
        }
    }
    if wants.quarantine {
        apart::list_quarantine(tx, &mut world).await?;
    }
    for sender in wants.senders.keys() {
        world.set_begun(sender.clone(), senders::begun(tx, sender).await?);
    }
    for author in &wants.histories {
        world.set_own_tickets(author.clone(), senders::own_tickets(tx, author).await?);
    }
    if !wants.searches.is_empty() {
        words::load(tx, &mut world).await?;
    }
    openings::load(tx, &mut world).await?;
    for (id, known) in known(tx, &wants.message_ids).await? {
        world.know(id, known);
    }
    lineage(tx, &mut world).await?;
    for id in apart::asides(tx, &wants.message_ids).await? {
        world.set_aside(id);
    }
    let addresses: Vec<&Address> = wants.addresses.iter().collect();
    for person in people::by_address(tx, &json_list(&addresses)).await? {
        world.meet(person);
    }
    if !wants.names.is_empty() {
        let words = wants.names.iter().flat_map(|name| words_of(name));
        let words: BTreeSet<String> = words.collect();
        world.set_namesakes(names::by_words(tx, &json_list(&Vec::from_iter(&words))).await?);
    }
    mornings::load(tx, &mut world).await?;
    asking::load(tx, &mut world, now).await?;
    tickets(tx, &mut world).await?;
    if !wants.pasts.is_empty() {
        words::load_pasts(tx, &mut world).await?;
        tickets(tx, &mut world).await?;
    }
    let members = json_list(&Vec::from_iter(&world.asked().people));
    for (number, person) in people::by_number(tx, &members).await? {
        world.meet_as(number, person);
    }
    if let Some(agents) = &wants.roster {
        world.set_roster(people::roster(tx, agents.iter()).await?);
    }
    if wants.originals {
        originals::load(tx, &mut world).await?;
    }
    if wants.answers {
        originals::load_answers(tx, &mut world, now).await?;
    }
    sent(tx, &mut world, now).await?;
    apart::silenced(tx, &mut world).await?;
    senders::surveyed(tx, &mut world).await?;
    sent_about(tx, &mut world, now).await?;
    alarms(tx, &mut world, now).await?;
    Ok(world)
}

pub(super) async fn withheld(
    tx: &mut Tx,
    reader: PersonId,
) -> Result<Vec<TicketNumber>, StoreError> {
    let rows = tx.rows(&sql::FACTS_WITHHELD, &[reader.0.into()]).await?;
    rows.iter()
        .map(|row| row.int(0).map(TicketNumber))
        .collect()
}

async fn numbers(tx: &mut Tx) -> Result<Numbers, StoreError> {
    let row = tx.row(&sql::FACTS_NUMBERS, &[]).await?;
    let first = Numbers::default();
    Ok(Numbers {
        ticket: row
            .opt_int(0)?
            .map_or(first.ticket, |id| TicketNumber(id).next()),
        message: row
            .opt_int(1)?
            .map_or(first.message, |id| MessageRow(id).next()),
        person: row
            .opt_int(2)?
            .map_or(first.person, |id| PersonId(id).next()),
    })
}

async fn known(
    tx: &mut Tx,
    ids: &BTreeSet<MessageId>,
) -> Result<Vec<(MessageId, Known)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let hashes: Vec<i64> = ids.iter().map(super::hash_of_id).collect();
    let rows = tx
        .rows(&sql::FACTS_KNOWN, &[(&json_list(&hashes)).into()])
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        let id = MessageId(row.string(0)?);
        // Two ids may share a hash; only the id itself counts.
        if ids.contains(&id) {
            found.push((
                id,
                Known {
                    message: MessageRow(row.int(1)?),
                    ticket: TicketNumber(row.int(2)?),
                    side: side(row, 3)?,
                    content: row.int(4)?,
                    person: PersonId(row.int(5)?),
                    at: opt_instant(row, 6)?.unwrap_or(Timestamp::MIN),
                    is_personal: row.int(7)? == 1,
                },
            ));
        }
    }
    Ok(found)
}

/// The tickets asked for, and those that they lead to. Siblings know all the others, so for them one look further is
/// enough; a merge may lead to another.
async fn tickets(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let mut loaded: BTreeSet<TicketNumber> = BTreeSet::new();
    for _ in 0..=MERGES_MAX {
        let asked = world.asked().tickets.difference(&loaded);
        let more: BTreeSet<TicketNumber> = asked.copied().collect();
        if more.is_empty() {
            break;
        }
        for ticket in load_tickets(tx, &more).await? {
            world.take_in(ticket);
        }
        loaded.extend(more);
    }
    Ok(())
}

/// Who names an id is known by its hash alone: whoever is found so proves nothing anyway.
async fn lineage(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let asked = world.asked().lineage.iter().cloned();
    let asked: BTreeMap<i64, MessageId> = asked.map(|id| (super::hash_of_id(&id), id)).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let hashes = json_list(&Vec::from_iter(asked.keys()));
    for row in tx.rows(&sql::FACTS_LINEAGE, &[(&hashes).into()]).await? {
        let kin = Known {
            message: MessageRow(row.int(4)?),
            ticket: TicketNumber(row.int(1)?),
            side: side(&row, 2)?,
            content: row.int(3)?,
            person: PersonId(row.int(5)?),
            // Only an id of ours says whose a mail is.
            is_personal: false,
            at: instant(&row, 6)?,
        };
        if let Some(id) = asked.get(&row.int(0)?) {
            world.add_kin(id.clone(), kin);
        }
    }
    Ok(())
}

fn side(row: &Row, column: usize) -> Result<Side, StoreError> {
    let letter = row.text(column)?;
    let side = letter.chars().next().and_then(Side::from_letter);
    side.ok_or_else(|| StoreError::Unknown {
        column: "message.side",
        found: letter.to_owned(),
    })
}

/// Tickets as they stand; one whose snapshot another version folded is folded anew.
pub(super) async fn load_tickets(
    tx: &mut Tx,
    numbers: &BTreeSet<TicketNumber>,
) -> Result<Vec<Ticket>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let list = json_list(&numbers.iter().map(|number| number.0).collect::<Vec<_>>());
    let mut tickets = Vec::new();
    for row in tx.rows(&sql::FACTS_TICKETS, &[(&list).into()]).await? {
        let number = TicketNumber(row.int(2)?);
        let snapshot = serde_json::from_str(row.text(0)?)
            .ok()
            .filter(|_| row.int(1).is_ok_and(|v| v == FOLD_VERSION));
        let ticket = match snapshot {
            Some(ticket) => Some(ticket),
            None => history::refold(tx, number).await?,
        };
        tickets.extend(ticket);
    }
    Ok(tickets)
}

async fn sent(tx: &mut Tx, world: &mut World, now: Timestamp) -> Result<(), StoreError> {
    let asked = world.asked().addresses.iter().map(Address::as_str);
    let addresses = json_list(&asked.collect::<Vec<_>>());
    let hour = now
        .saturating_sub(SignedDuration::from_hours(1))
        .unwrap_or(now)
        .as_millisecond();
    let day = now
        .saturating_sub(SignedDuration::from_hours(24))
        .unwrap_or(now)
        .as_millisecond();
    for row in tx
        .rows(
            &sql::FACTS_SENT,
            &[(&addresses).into(), hour.into(), day.into()],
        )
        .await?
    {
        let Ok(address) = Address::parse(row.text(0)?) else {
            continue;
        };
        let count =
            |column| Ok::<u32, StoreError>(u32::try_from(row.int(column)?).unwrap_or(u32::MAX));
        let (hour, day, last_at) = (count(1)?, count(2)?, opt_instant(&row, 3)?);
        world.set_sent(address, Sent { hour, day, last_at });
    }
    Ok(())
}

async fn sent_about(tx: &mut Tx, world: &mut World, now: Timestamp) -> Result<(), StoreError> {
    let tickets = json_list(&Vec::from_iter(&world.asked().tickets));
    let day = now
        .saturating_sub(SignedDuration::from_hours(24))
        .unwrap_or(now)
        .as_millisecond();
    let values = [(&tickets).into(), day.into()];
    for row in tx.rows(&sql::FACTS_SENT_ABOUT, &values).await? {
        let Ok(address) = Address::parse(row.text(1)?) else {
            continue;
        };
        let count = u32::try_from(row.int(2)?).unwrap_or(u32::MAX);
        world.set_sent_about((TicketNumber(row.int(0)?), address), count);
    }
    Ok(())
}

async fn alarms(tx: &mut Tx, world: &mut World, now: Timestamp) -> Result<(), StoreError> {
    for row in tx.rows(&sql::FACTS_ALARMS, &[]).await? {
        let state = AlarmState {
            raised_at: opt_instant(&row, 2)?,
            told_at: opt_instant(&row, 3)?,
            over_at: opt_instant(&row, 4)?,
        };
        world.set_alarm(row.string(0)?, row.string(1)?, state);
    }
    let fuse = world.alarm(alarm::FUSE, alarm::HOUSE);
    let is_blown = fuse.is_some_and(|state| state.raised_at.is_some());
    let released_at = fuse.and_then(|state| state.over_at);
    let from = now.saturating_sub(FUSE_WINDOW).unwrap_or(now);
    let from = released_at.map_or(from, |at| from.max(at)).as_millisecond();
    let recent = tx.row(&sql::FACTS_FUSE, &[from.into()]).await?.int(0)?;
    world.fuse = Fuse {
        recent: u32::try_from(recent).unwrap_or(u32::MAX),
        is_blown,
    };
    Ok(())
}
