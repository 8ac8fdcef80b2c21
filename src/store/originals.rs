//! Mails that came in before, as they were read then.

use super::{StoreError, Tx, instant, journal, sql};
use crate::{
    desk::{arrival::Arrival, world::World},
    model::{
        ids::{MailboxName, PersonId, RawId, TicketNumber},
        ticket::Side,
    },
};

/// Adds the last mail of a participant of every ticket in this world.
pub(super) async fn load(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let numbers: Vec<TicketNumber> = world.tickets().map(|ticket| ticket.number).collect();
    for number in numbers {
        let side = Side::Requester.letter().to_string();
        let rows = tx
            .rows(&sql::FACTS_CAME_IN, &[number.0.into(), (&side).into()])
            .await?;
        let came_in: Vec<(RawId, PersonId)> = rows
            .iter()
            .map(|row| Ok((RawId(row.int(0)?), PersonId(row.int(1)?))))
            .collect::<Result<_, StoreError>>()?;
        let newest = world.newest_of_participant(number, &came_in);
        if let Some(raw) = newest
            && let Some(arrival) = arrival(tx, raw).await?
        {
            world.set_original(number, arrival);
        }
    }
    Ok(())
}

/// A mail that came in, as it was read; `None` where no reading of today's version is kept.
pub(super) async fn arrival(tx: &mut Tx, raw: RawId) -> Result<Option<Arrival>, StoreError> {
    let row = tx
        .row_opt(&sql::READING_WITH_PLACE, &[raw.0.into()])
        .await?;
    let Some(row) = row else { return Ok(None) };
    let reading = journal::unpack_reading(row.blob(2)?)?;
    let (mailbox, at) = (MailboxName(row.string(0)?), instant(&row, 1)?);
    Ok(reading.map(|reading| Arrival {
        raw,
        mailbox,
        at,
        reading,
        again: None,
        automatic: None,
        spam_mark: None,
        virus: None,
    }))
}
