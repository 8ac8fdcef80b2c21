//! Whole histories of tickets as facts: what an agent wants taken back is found in them.

use std::collections::BTreeSet;

use super::{Row, StoreError, Tx, conversations, history, sql};
use crate::{
    desk::{
        undo::{Chronicle, Past, PastMail},
        world::World,
    },
    model::{
        ids::{DecisionId, TicketNumber},
        outgoing::Class,
        ticket::Side,
    },
};

/// Adds the histories of the tickets of this world, then of those that they were linked or merged with.
pub(super) async fn load(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    for _ in 0..2 {
        let tickets = world.tickets().map(|ticket| ticket.number);
        let new: BTreeSet<TicketNumber> =
            tickets.filter(|one| !world.has_chronicle(*one)).collect();
        for number in new {
            let chronicle = chronicle(tx, number).await?;
            world.set_chronicle(number, chronicle);
        }
        conversations::tickets(tx, world).await?;
    }
    Ok(())
}

async fn chronicle(tx: &mut Tx, number: TicketNumber) -> Result<Chronicle, StoreError> {
    let key = number.to_string();
    let events = tx
        .rows(&sql::HISTORY, &["ticket".into(), (&key).into()])
        .await?;
    let mails = tx.rows(&sql::EXPLAIN_MAILS, &[number.0.into()]).await?;
    let past = |row: &Row| {
        Ok::<_, StoreError>(Past {
            decision: DecisionId(row.int(1)?),
            event: history::event(row, number)?,
        })
    };
    Ok(Chronicle {
        events: events.iter().map(past).collect::<Result<_, _>>()?,
        mails: mails.iter().map(mail).collect::<Result<_, _>>()?,
    })
}

fn mail(row: &Row) -> Result<PastMail, StoreError> {
    let state = row.text(4)?;
    let side = row.opt_text(8)?.and_then(|side| side.chars().next());
    Ok(PastMail {
        decision: DecisionId(row.int(0)?),
        template: row.string(1)?,
        side: side.and_then(Side::from_letter),
        is_human: row.text(9)? == Class::Human.code(),
        recipient: row.string(3)?,
        waits: matches!(state, "ready" | "held" | "stopped"),
        has_gone: matches!(state, "claimed" | "unknown" | "sent"),
    })
}
