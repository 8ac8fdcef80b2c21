//! Mails that came in before, as they were read then.

use jiff::{SignedDuration, Timestamp};

use super::{StoreError, Tx, instant, journal, sql};
use crate::{
    desk::{arrival::Arrival, world::World},
    model::{
        ids::{MailboxName, MessageRow, PersonId, QueueName, RawId, TicketNumber},
        ticket::Side,
    },
};

/// How many mails of a side are looked at: the limit of `FACTS_CAME_IN`.
const CAME_IN_MAX: usize = 20;

/// Adds the last mail of a participant of every ticket in this world.
pub(super) async fn load(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let numbers: Vec<TicketNumber> = world.tickets().map(|ticket| ticket.number).collect();
    for number in numbers {
        let requesters = came_in(tx, (number, Side::Requester), None).await?;
        let part = world.ticket(number);
        let part = part.and_then(|part| Some((part.parent?, part.first_message)));
        let newest = match (world.newest_of_participant(number, &requesters), part) {
            (Some(newest), _) => Some(newest),
            // It was part of that one: there the requester has asked for it, and what they wrote later is not about it.
            (None, Some((whole, split))) => {
                let row = tx.row_opt(&sql::FACTS_QUEUE_OF, &[whole.0.into()]).await?;
                let Some(row) = row else { continue };
                world.set_whole(number, QueueName::from(row.string(0)?.as_str()));
                let of_whole = came_in(tx, (whole, Side::Requester), Some(split)).await?;
                world.newest_of_participant(number, &of_whole)
            }
            // An agent brought it: that mail is all there is of the requester's.
            (None, None) => opening(&came_in(tx, (number, Side::Agents), None).await?),
        };
        if let Some(raw) = newest
            && let Some(arrival) = arrival(tx, raw).await?
        {
            world.set_original(number, arrival);
        }
    }
    Ok(())
}

/// Answers of longer ago cross nothing.
const ANSWERED_LATELY: SignedDuration = SignedDuration::from_hours(24);

/// Adds the mails in which the tickets of this world were answered lately.
pub(super) async fn load_answers(
    tx: &mut Tx,
    world: &mut World,
    now: Timestamp,
) -> Result<(), StoreError> {
    let answered = world.tickets().filter_map(|ticket| {
        let last = ticket.last_answer.as_ref()?;
        let is_late = now.duration_since(last.at) > ANSWERED_LATELY;
        (!is_late).then_some((ticket.number, last.message))
    });
    let answered: Vec<(TicketNumber, MessageRow)> = answered.collect();
    for (number, message) in answered {
        let row = tx.row_opt(&sql::FACTS_RAW_OF, &[message.0.into()]).await?;
        let Some(row) = row else { continue };
        if let Some(arrival) = arrival(tx, RawId(row.int(0)?)).await? {
            world.set_last_answer(number, arrival);
        }
    }
    Ok(())
}

/// The last mails that came in on a side, before that one where it is said, the newest first.
async fn came_in(
    tx: &mut Tx,
    (number, side): (TicketNumber, Side),
    before: Option<MessageRow>,
) -> Result<Vec<(RawId, PersonId)>, StoreError> {
    let side = side.letter().to_string();
    let before = before.map_or(i64::MAX, |message| message.0);
    let of = [number.0.into(), (&side).into(), before.into()];
    let rows = tx.rows(&sql::FACTS_CAME_IN, &of).await?;
    rows.iter()
        .map(|row| Ok((RawId(row.int(0)?), PersonId(row.int(1)?))))
        .collect()
}

/// The first of all mails of a side, where these are all there are.
fn opening(mails: &[(RawId, PersonId)]) -> Option<RawId> {
    let are_all = mails.len() < CAME_IN_MAX;
    mails.last().filter(|_| are_all).map(|(raw, _)| *raw)
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
        is_line: false,
    }))
}
