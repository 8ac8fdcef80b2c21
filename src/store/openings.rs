//! What people's tickets were opened with. Words are not kept for it: a `SimHash` says which earlier mails are worth
//! reading again, and these are read as they are stored.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Row, StoreError, Tx, originals, sql};
use crate::{
    desk::{
        similarity::{Sketch, distance, may_be_similar},
        world::{OPENINGS_KEPT, Opening, READ_AGAIN_MAX, URGENT_LOOKED_AT, World},
    },
    model::{
        address::Address,
        ids::{PersonId, RawId, TicketNumber},
    },
};

/// A row of the table.
struct Kept {
    /// Of what the person wrote; `None` where somebody else did, or nothing that could be compared.
    simhash: Option<i64>,
    raw: Option<RawId>,
}

/// Adds what the people at the addresses asked for took part in from the start: rows with the address, the newest first.
pub(super) async fn load(tx: &mut Tx, world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    for (person, (texts, kept)) in by_person(world, rows)? {
        // Only now: most people have asked nothing before.
        let sketches = texts.iter().map(|text| Sketch::of(text));
        let hashes: Vec<i64> = sketches
            .filter(Sketch::says_enough)
            .map(|sketch| sketch.simhash())
            .collect();
        let mut near: Vec<(u32, RawId)> = Vec::new();
        for hash in &hashes {
            let similar = kept.values().filter_map(|one| one.simhash.zip(one.raw));
            let similar = similar.filter(|(other, _)| may_be_similar(*hash, *other));
            near.extend(similar.map(|(other, raw)| (distance(*hash, other), raw)));
            // Each mail of a batch finds its own.
            near.sort_unstable();
            near.truncate(READ_AGAIN_MAX);
        }
        let mut openings = Vec::new();
        for (ticket, one) in kept.into_iter().rev() {
            let is_near = |raw: &RawId| near.iter().any(|(_, near)| near == raw);
            let sketch = match one.raw.filter(is_near) {
                Some(raw) => read_again(tx, raw).await?,
                None => None,
            };
            openings.push(Opening { ticket, sketch });
        }
        world.set_openings(person, openings);
    }
    Ok(())
}

/// Adds the tickets that these people have said are urgent, where they have more tickets than are looked at.
pub(super) async fn load_urgent(
    tx: &mut Tx,
    world: &mut World,
    authors: &BTreeSet<Address>,
) -> Result<(), StoreError> {
    for author in authors {
        if world.openings(author).len() < OPENINGS_KEPT {
            continue;
        }
        let values = [author.as_str().into(), URGENT_LOOKED_AT.into()];
        let rows = tx.rows(&sql::FACTS_URGENT, &values).await?;
        let tickets = rows.iter().map(|row| row.int(0).map(TicketNumber));
        let tickets: Vec<TicketNumber> = tickets.collect::<Result<_, _>>()?;
        world.want_urgent(tickets);
    }
    Ok(())
}

/// What people wrote now, from any of their addresses, and what they have opened.
type OfOne = (BTreeSet<Arc<str>>, BTreeMap<TicketNumber, Kept>);

fn by_person(world: &World, rows: &[Row]) -> Result<BTreeMap<PersonId, OfOne>, StoreError> {
    let mut all: BTreeMap<PersonId, OfOne> = BTreeMap::new();
    let asked = &world.asked().openings;
    for row in rows {
        let of = row.text(0)?;
        let (texts, kept) = all.entry(PersonId(row.int(1)?)).or_default();
        let written = asked.iter().find(|(address, _)| address.as_str() == of);
        texts.extend(written.iter().flat_map(|(_, texts)| texts.iter().cloned()));
        let one = Kept {
            simhash: row.opt_int(3)?,
            raw: row.opt_int(4)?.map(RawId),
        };
        kept.insert(TicketNumber(row.int(2)?), one);
    }
    Ok(all)
}

/// What a mail said; `None` where its reading is gone.
async fn read_again(tx: &mut Tx, raw: RawId) -> Result<Option<Sketch>, StoreError> {
    let arrival = originals::arrival(tx, raw).await?;
    Ok(arrival.map(|arrival| Sketch::of(arrival.new_text())))
}
