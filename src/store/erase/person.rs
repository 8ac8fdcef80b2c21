//! The first stage: the person goes, so that whoever writes from the address from then on is somebody new.

use jiff::SignedDuration;

use super::{
    Erasure, Known, Stage,
    find::{column, is_over, number, objects, tickets, waiting},
    go::{empty, forget},
};
use crate::{
    model::{address::Address, ticket::Ticket},
    store::{StoreError, Tx, json_list, sql},
};

/// So long after a request somebody may still have been told of it in a list: the letter of its month.
const LISTED_FOR: SignedDuration = SignedDuration::from_hours(45 * 24);

/// The person goes, if nothing stands against it.
pub(super) async fn begin(
    tx: &mut Tx,
    erasure: &mut Erasure,
    them: &str,
    (known, now): (&Known, i64),
) -> Result<bool, StoreError> {
    let (own, asked) = tickets(tx, them).await?;
    let all = own.iter().chain(&asked);
    let is_open = all.clone().any(|ticket| !is_over(ticket));
    if is_open || waiting(tx, them, all.clone()).await? > 0 {
        return Ok(false);
    }
    erasure.asked = asked.iter().map(|ticket| ticket.number).collect();
    erasure.erased.requests = number(own.len());
    erasure.lists = lists(tx, all).await?;
    let undecided: Vec<i64> = known.undecided.iter().map(|raw| raw.0).collect();
    empty(tx, erasure, &undecided, now).await?;
    forget_person(tx, erasure, (them, &known.addresses)).await?;
    erasure.go_on(Stage::Tickets);
    Ok(true)
}

/// From which sent mail on letters may list these tickets, and until when.
async fn lists(
    tx: &mut Tx,
    tickets: impl Iterator<Item = &Ticket> + Clone,
) -> Result<Option<(i64, i64)>, StoreError> {
    let ends = tickets.clone().map(|ticket| {
        let times = [ticket.closed_at, ticket.resolved_at, ticket.asked_at];
        times
            .into_iter()
            .flatten()
            .max()
            .unwrap_or(ticket.opened_at)
    });
    let Some(last) = ends.max() else {
        return Ok(None);
    };
    let numbers = json_list(&Vec::from_iter(tickets.map(|ticket| ticket.number)));
    let first = tx.row(&sql::ERASE_FIRST_SENT, &[(&numbers).into()]).await?;
    let until = last.saturating_add(LISTED_FOR).unwrap_or(last);
    let first = first.opt_int(0)?;
    Ok(first.map(|first| (first.saturating_sub(1), until.as_millisecond())))
}

/// Everything that is kept of a person besides mails and words.
async fn forget_person(
    tx: &mut Tx,
    erasure: &mut Erasure,
    (them, addresses): (&str, &[Address]),
) -> Result<(), StoreError> {
    let named = objects(them, addresses)?;
    let of_alarms = [(&named).into()];
    let alarms = column(&tx.rows(&sql::ERASE_WORDS_OF_ALARMS, &of_alarms).await?)?;
    forget(tx, erasure, &alarms).await?;
    for statement in [&sql::ERASE_SILENCE, &sql::ERASE_ALARMS] {
        tx.exec(statement, &[(&named).into()]).await?;
    }
    let gone = tx.exec(&sql::ERASE_ADDRESSES, &[them.into()]).await?;
    erasure.erased.addresses = gone;
    for statement in [
        &sql::WORDS_CLEAR,
        &sql::ERASE_SURVEYS,
        &sql::ERASE_CHALLENGES,
        &sql::ERASE_ROUTES,
        &sql::ERASE_WITHHELD,
        &sql::ERASE_OPENINGS,
        &sql::ERASE_BEGINNINGS,
        &sql::ERASE_TIMERS,
        &sql::ERASE_PERSON,
    ] {
        tx.exec(statement, &[them.into()]).await?;
    }
    Ok(())
}
