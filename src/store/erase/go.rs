//! The stages: each takes as much at a time as a transaction may be long.

use std::collections::BTreeSet;

use super::{
    Erasure, Known, Stage,
    find::{column, left, number, numbers, raws_of, sent_of, words_of},
    person,
};
use crate::{
    desk::fold::FOLD_VERSION,
    model::{
        ids::{RawId, TicketNumber},
        person::Person,
    },
    store::{StoreError, Tx, V, as_json, history, json_list, sql},
};

/// How many tickets are done in one transaction.
const TICKETS: usize = 10;

/// How many mails are.
const MAILS: usize = 100;

/// Through how many sent mails is looked for letters that list requests.
const SENT: i64 = 5000;

/// How many entries of the index are looked for.
const ENTRIES: i64 = 50_000;

/// Nothing is left of a mail.
const NOTHING: V<'static> = V::Blob(&[]);

/// Does the next piece; whether nothing stands against it.
pub(super) async fn piece(
    tx: &mut Tx,
    erasure: &mut Erasure,
    (known, now): (&Known, i64),
) -> Result<bool, StoreError> {
    let them = numbers(tx, erasure.person).await?;
    match erasure.stage {
        Stage::Person => return person::begin(tx, erasure, &them, (known, now)).await,
        Stage::Tickets => some_tickets(tx, erasure, &them, now).await?,
        Stage::Words => {
            let words = tx.rows(&sql::ERASE_WORDS_BY, &[(&them).into()]).await?;
            forget(tx, erasure, &column(&words)?).await?;
            erasure.go_on(Stage::Written);
        }
        Stage::Written => some_written(tx, erasure, &them, now).await?,
        Stage::Sent => some_sent(tx, erasure, &them).await?,
        Stage::Lists => some_lists(tx, erasure).await?,
        Stage::Index => some_index(tx, erasure, &them).await?,
        Stage::Done => {}
    }
    Ok(true)
}

async fn some_tickets(
    tx: &mut Tx,
    erasure: &mut Erasure,
    them: &str,
    now: i64,
) -> Result<(), StoreError> {
    let own = tx.rows(&sql::ERASE_TICKETS, &[them.into()]).await?;
    let asked = erasure.asked.iter().map(|number| number.0);
    let all: BTreeSet<i64> = column(&own)?.into_iter().chain(asked).collect();
    let after = erasure.after.unwrap_or(0);
    let next: Vec<i64> = all.into_iter().filter(|one| *one > after).collect();
    for number in next.iter().take(TICKETS) {
        erase_ticket(tx, erasure, TicketNumber(*number), now).await?;
        erasure.after = Some(*number);
    }
    if next.len() <= TICKETS {
        erasure.go_on(Stage::Words);
    }
    Ok(())
}

async fn erase_ticket(
    tx: &mut Tx,
    erasure: &mut Erasure,
    ticket: TicketNumber,
    now: i64,
) -> Result<(), StoreError> {
    let raws = raws_of(tx, ticket).await?;
    empty(tx, erasure, &raws, now).await?;
    let sent = sent_of(tx, ticket).await?;
    empty_sent(tx, erasure, &sent).await?;
    let words = words_of(tx, ticket).await?;
    forget(tx, erasure, &words).await?;
    for statement in [&sql::ERASE_LIST_ITEMS, &sql::ERASE_DRAFT] {
        tx.exec(statement, &[ticket.0.into()]).await?;
    }
    fold_anew(tx, ticket).await
}

/// A ticket is what its history says, now without those words.
async fn fold_anew(tx: &mut Tx, ticket: TicketNumber) -> Result<(), StoreError> {
    let Some(folded) = history::refold(tx, ticket).await? else {
        return Ok(());
    };
    let snapshot = as_json(&folded)?;
    let values = [ticket.0.into(), (&snapshot).into(), FOLD_VERSION.into()];
    tx.exec(&sql::ERASE_SNAPSHOT, &values).await.map(drop)
}

/// What they wrote in other people's tickets, which are folded anew: words of theirs may have stood there.
async fn some_written(
    tx: &mut Tx,
    erasure: &mut Erasure,
    them: &str,
    now: i64,
) -> Result<(), StoreError> {
    let rows = tx.rows(&sql::ERASE_WRITTEN, &[them.into()]).await?;
    let after = erasure.after.unwrap_or(0);
    let mut next: Vec<(i64, Option<i64>, Option<i64>)> = Vec::new();
    for row in &rows {
        let id = row.int(0)?;
        if id > after {
            next.push((id, row.opt_int(1)?, row.opt_int(2)?));
        }
    }
    next.sort_unstable();
    let some = || next.iter().take(MAILS);
    let raws: Vec<i64> = some().filter_map(|(_, raw, _)| *raw).collect();
    empty(tx, erasure, &raws, now).await?;
    let tickets: BTreeSet<i64> = some().filter_map(|(_, _, ticket)| *ticket).collect();
    for ticket in tickets {
        fold_anew(tx, TicketNumber(ticket)).await?;
    }
    erasure.after = some().next_back().map(|(id, _, _)| *id);
    if next.len() <= MAILS {
        erasure.go_on(Stage::Sent);
    }
    Ok(())
}

async fn some_sent(tx: &mut Tx, erasure: &mut Erasure, them: &str) -> Result<(), StoreError> {
    let rows = tx.rows(&sql::ERASE_SENT_TO, &[them.into()]).await?;
    let after = erasure.after.unwrap_or(0);
    let mut next: Vec<(i64, i64)> = Vec::new();
    for row in &rows {
        let id = row.int(0)?;
        if id > after {
            next.push((id, row.int(1)?));
        }
    }
    next.sort_unstable();
    let some = || next.iter().take(MAILS);
    let deliveries = json_list(&Vec::from_iter(some().map(|(id, _)| *id)));
    let nowhere = Person::erased_address(erasure.person);
    let values = [(&deliveries).into(), (&nowhere).into()];
    tx.exec(&sql::ERASE_RECIPIENTS, &values).await?;
    let mails: Vec<i64> = some().map(|(_, mail)| *mail).collect();
    empty_sent(tx, erasure, &mails).await?;
    erasure.after = some().next_back().map(|(id, _)| *id);
    if next.len() <= MAILS {
        erasure.go_on(Stage::Lists);
    }
    Ok(())
}

async fn some_lists(tx: &mut Tx, erasure: &mut Erasure) -> Result<(), StoreError> {
    let Some((first, until)) = erasure.lists else {
        erasure.go_on(Stage::Index);
        return Ok(());
    };
    let last = tx.row(&sql::APPLY_NUMBERS, &[]).await?.opt_int(2)?;
    let after = erasure.after.unwrap_or(first);
    let upto = after.saturating_add(SENT);
    let values = [after.into(), upto.into(), until.into()];
    let lists = column(&tx.rows(&sql::ERASE_LISTS, &values).await?)?;
    let gone = without_bytes(tx, &lists).await?;
    erasure.erased.lists = erasure.erased.lists.saturating_add(gone);
    erasure.after = Some(upto);
    if last.is_none_or(|last| upto >= last) {
        erasure.go_on(Stage::Index);
    }
    Ok(())
}

/// A ticket's words are found in the index by going through all words there are: it is looked into by words alone.
async fn some_index(tx: &mut Tx, erasure: &mut Erasure, them: &str) -> Result<(), StoreError> {
    let own = tx.rows(&sql::ERASE_TICKETS, &[them.into()]).await?;
    let asked = erasure.asked.iter().map(|number| number.0);
    let tickets: Vec<i64> = column(&own)?.into_iter().chain(asked).collect();
    let count = i64::try_from(tickets.len()).unwrap_or(i64::MAX);
    let most = ENTRIES.checked_div(count).unwrap_or(ENTRIES).max(1);
    let values = [erasure.after.unwrap_or(i64::MIN).into(), most.into()];
    let words = column(&tx.rows(&sql::ERASE_NEXT_WORDS, &values).await?)?;
    let (list, tickets) = (json_list(&words), json_list(&tickets));
    tx.exec(&sql::ERASE_INDEX, &[(&list).into(), (&tickets).into()])
        .await?;
    match words.last() {
        Some(last) => erasure.after = Some(*last),
        None => erasure.go_on(Stage::Done),
    }
    Ok(())
}

/// Mails that came in lose their bytes, what they were read as, and whatever was still to be done with them.
pub(super) async fn empty(
    tx: &mut Tx,
    erasure: &mut Erasure,
    raws: &[i64],
    now: i64,
) -> Result<(), StoreError> {
    let raws = left(tx, raws).await?;
    empty_these(tx, &raws, now).await?;
    let count = &mut erasure.erased.letters_in;
    *count = count.saturating_add(number(raws.len()));
    Ok(())
}

/// A mail of somebody's who is erased has come once more, or one to their request: it loses its bytes at once.
pub(in crate::store) async fn forget_mail(
    tx: &mut Tx,
    raw: RawId,
    now: i64,
) -> Result<(), StoreError> {
    empty_these(tx, &[raw.0], now).await
}

async fn empty_these(tx: &mut Tx, raws: &[i64], now: i64) -> Result<(), StoreError> {
    let list = json_list(raws);
    let values = [(&list).into(), NOTHING, now.into()];
    tx.exec(&sql::ERASE_RAW, &values).await?;
    for statement in [
        &sql::ERASE_CHUNKS,
        &sql::ERASE_READINGS,
        &sql::HELD_DONE,
        &sql::ERASE_WORK,
    ] {
        tx.exec(statement, &[(&list).into()]).await?;
    }
    Ok(())
}

async fn empty_sent(tx: &mut Tx, erasure: &mut Erasure, mails: &[i64]) -> Result<(), StoreError> {
    let gone = without_bytes(tx, mails).await?;
    let count = &mut erasure.erased.letters_out;
    *count = count.saturating_add(gone);
    Ok(())
}

/// Mails that were sent lose their bytes; how many did.
async fn without_bytes(tx: &mut Tx, mails: &[i64]) -> Result<u64, StoreError> {
    let list = json_list(mails);
    let gone = tx
        .exec(&sql::ERASE_SENT, &[(&list).into(), NOTHING])
        .await?;
    tx.exec(&sql::ERASE_REPLIES, &[(&list).into()]).await?;
    Ok(gone)
}

pub(super) async fn forget(
    tx: &mut Tx,
    erasure: &mut Erasure,
    words: &[i64],
) -> Result<(), StoreError> {
    let list = json_list(words);
    let gone = tx.exec(&sql::ERASE_WORDS, &[(&list).into()]).await?;
    let count = &mut erasure.erased.words;
    *count = count.saturating_add(gone);
    Ok(())
}
