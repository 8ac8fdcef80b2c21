//! What people's tickets were opened with. Words are not kept for it: a `SimHash` says which earlier mails are worth
//! reading again, and these are read as they are stored.

use super::{StoreError, Tx, originals, sql};
use crate::{
    desk::{
        similarity::{Sketch, distance, may_be_similar},
        world::{OPENINGS_KEPT, Opening, READ_AGAIN_MAX, World},
    },
    model::{
        address::Address,
        ids::{PersonId, RawId, TicketNumber},
    },
};

/// A row of the table.
struct Kept {
    ticket: TicketNumber,
    /// Of what the person wrote; `None` where somebody else did, or nothing that could be compared.
    simhash: Option<i64>,
    raw: Option<RawId>,
}

/// Adds what the people at the addresses asked for took part in from the start.
pub(super) async fn load(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let asked = world.asked().openings.clone();
    for (address, texts) in asked {
        let Some((person, kept)) = kept(tx, &address).await? else {
            continue;
        };
        // Only now: most people have asked nothing before.
        let sketches = texts.iter().map(|text| Sketch::of(text));
        let hashes: Vec<i64> = sketches
            .filter(Sketch::says_enough)
            .map(|sketch| sketch.simhash())
            .collect();
        let mut near: Vec<(u32, RawId)> = Vec::new();
        for hash in &hashes {
            let similar = kept.iter().filter_map(|one| one.simhash.zip(one.raw));
            let similar = similar.filter(|(other, _)| may_be_similar(*hash, *other));
            near.extend(similar.map(|(other, raw)| (distance(*hash, other), raw)));
            // Each mail of a batch finds its own.
            near.sort_unstable();
            near.truncate(READ_AGAIN_MAX);
        }
        let mut openings = Vec::new();
        for one in kept {
            let is_near = |raw: &RawId| near.iter().any(|(_, near)| near == raw);
            let sketch = match one.raw.filter(is_near) {
                Some(raw) => read_again(tx, raw).await?,
                None => None,
            };
            let ticket = one.ticket;
            openings.push(Opening { ticket, sketch });
        }
        world.set_openings(person, openings);
    }
    Ok(())
}

/// The newest openings of the person at an address, and who that is; `None` where there are none.
async fn kept(tx: &mut Tx, address: &Address) -> Result<Option<(PersonId, Vec<Kept>)>, StoreError> {
    let most = i64::try_from(OPENINGS_KEPT).unwrap_or(i64::MAX);
    let values = [address.as_str().into(), most.into()];
    let rows = tx.rows(&sql::FACTS_OPENINGS, &values).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let person = PersonId(first.int(0)?);
    let kept: Result<Vec<Kept>, StoreError> = rows
        .iter()
        .map(|row| {
            Ok(Kept {
                ticket: TicketNumber(row.int(1)?),
                simhash: row.opt_int(2)?,
                raw: row.opt_int(3)?.map(RawId),
            })
        })
        .collect();
    Ok(Some((person, kept?)))
}

/// What a mail said; `None` where its reading is gone.
async fn read_again(tx: &mut Tx, raw: RawId) -> Result<Option<Sketch>, StoreError> {
    let arrival = originals::arrival(tx, raw).await?;
    Ok(arrival.map(|arrival| Sketch::of(arrival.new_text())))
}
