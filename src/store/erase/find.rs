//! What there is of somebody.

use std::collections::BTreeSet;

use super::Inventory;
use crate::{
    model::{
        address::Address,
        erasure::Erased,
        event::Actor,
        ids::{PersonId, TicketNumber},
        ticket::{State, Ticket},
    },
    store::{Db, Row, StoreError, Tx, V, conversations, json_list, sql},
};

/// What there is of somebody.
///
/// # Errors
/// What the database says.
pub async fn look(
    db: &Db,
    person: PersonId,
    addresses: Vec<Address>,
) -> Result<Inventory, StoreError> {
    db.read(
        "look through somebody's tickets",
        (person, addresses),
        |tx, (person, addresses)| Box::pin(look_in(tx, *person, addresses)),
    )
    .await
}

async fn look_in(
    tx: &mut Tx,
    person: PersonId,
    addresses: &[Address],
) -> Result<Inventory, StoreError> {
    let them = numbers(tx, person).await?;
    let (own, asked) = tickets(tx, &them).await?;
    let all = own.iter().chain(&asked);
    let (mut raws, mut sent, mut words) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for ticket in all.clone() {
        raws.extend(raws_of(tx, ticket.number).await?);
        sent.extend(sent_of(tx, ticket.number).await?);
        words.extend(words_of(tx, ticket.number).await?);
    }
    for row in tx.rows(&sql::ERASE_WRITTEN, &[(&them).into()]).await? {
        raws.extend(row.opt_int(1)?);
    }
    for row in tx.rows(&sql::ERASE_SENT_TO, &[(&them).into()]).await? {
        let has_bytes = row.int(2)? > 0;
        sent.extend(has_bytes.then_some(row.int(1)?));
    }
    words.extend(column(
        &tx.rows(&sql::ERASE_WORDS_BY, &[(&them).into()]).await?,
    )?);
    let named = json_list(addresses);
    let objects = objects(&them, addresses)?;
    let of_alarms = [(&objects).into()];
    words.extend(column(
        &tx.rows(&sql::ERASE_WORDS_OF_ALARMS, &of_alarms).await?,
    )?);
    let open = all.clone().filter(|ticket| !is_over(ticket));
    Ok(Inventory {
        open: open.map(|ticket| ticket.number).collect(),
        waiting: waiting(tx, &them, all).await?,
        naming: count(tx, &sql::ERASE_NAMING, &named).await?,
        erased: Erased {
            requests: number(own.len()),
            letters_in: number(left(tx, &Vec::from_iter(raws)).await?.len()),
            letters_out: number(sent.len()),
            lists: 0,
            words: number(words.len()),
            addresses: number(addresses.len()),
        },
    })
}

/// Whether nothing is done in it any more.
pub(super) fn is_over(ticket: &Ticket) -> bool {
    ticket.state == State::Closed || ticket.merged_into.is_some()
}

/// What alarms name somebody by: the number, and in older history the address.
pub(super) fn objects(them: &str, addresses: &[Address]) -> Result<String, StoreError> {
    let numbers: Vec<PersonId> =
        serde_json::from_str(them).map_err(|error| StoreError::Packed {
            reason: error.to_string(),
        })?;
    let numbers = numbers.into_iter().map(|id| Actor::Person(id).code());
    let addresses = addresses.iter().map(ToString::to_string);
    Ok(json_list(&Vec::from_iter(addresses.chain(numbers))))
}

/// Every number of a person, as statements take them.
pub(super) async fn numbers(tx: &mut Tx, person: PersonId) -> Result<String, StoreError> {
    let rows = tx.rows(&sql::ERASE_NUMBERS, &[person.0.into()]).await?;
    Ok(json_list(&column(&rows)?))
}

/// The tickets of somebody under these numbers, and the questions to other departments for the sake of them.
pub(super) async fn tickets(
    tx: &mut Tx,
    them: &str,
) -> Result<(Vec<Ticket>, Vec<Ticket>), StoreError> {
    let rows = tx.rows(&sql::ERASE_TICKETS, &[them.into()]).await?;
    let numbers: BTreeSet<TicketNumber> = column(&rows)?.into_iter().map(TicketNumber).collect();
    let own = conversations::load_tickets(tx, &numbers).await?;
    let (mut seen, mut asked) = (numbers, Vec::new());
    let mut next = questions(&own, &seen);
    while !next.is_empty() {
        let more = conversations::load_tickets(tx, &next).await?;
        seen.append(&mut next);
        next = questions(&more, &seen);
        asked.extend(more);
    }
    Ok((own, asked))
}

/// Which other tickets ask another department for the sake of these.
fn questions(tickets: &[Ticket], seen: &BTreeSet<TicketNumber>) -> BTreeSet<TicketNumber> {
    let asked = tickets.iter().flat_map(|ticket| &ticket.escalations);
    let asked = asked.filter_map(|one| one.ticket);
    asked.filter(|number| !seen.contains(number)).collect()
}

/// How much about these tickets, or to them, is still to be sent.
pub(super) async fn waiting(
    tx: &mut Tx,
    them: &str,
    tickets: impl Iterator<Item = &Ticket>,
) -> Result<i64, StoreError> {
    let tickets = json_list(&Vec::from_iter(tickets.map(|ticket| ticket.number)));
    let about = count(tx, &sql::ERASE_WAITING_OF, &tickets).await?;
    let to = count(tx, &sql::ERASE_WAITING_TO, them).await?;
    Ok(about.max(to))
}

/// The mails of a ticket: those in its conversation, and those that have written something in its history and stand in no
/// other one.
pub(super) async fn raws_of(tx: &mut Tx, ticket: TicketNumber) -> Result<Vec<i64>, StoreError> {
    let mut raws = column(&tx.rows(&sql::ERASE_RAWS, &[ticket.0.into()]).await?)?;
    let stream = ticket.to_string();
    let causes = tx.rows(&sql::ERASE_CAUSES, &[(&stream).into()]).await?;
    let causes = causes.iter().map(|row| row.text(0));
    let causes: Vec<&str> = causes.collect::<Result<_, _>>()?;
    let mut causes: Vec<i64> = causes.iter().filter_map(|one| one.parse().ok()).collect();
    let list = json_list(&causes);
    let elsewhere = [(&list).into(), ticket.0.into()];
    let elsewhere = column(&tx.rows(&sql::ERASE_ELSEWHERE, &elsewhere).await?)?;
    causes.retain(|raw| !elsewhere.contains(raw));
    raws.append(&mut causes);
    Ok(raws)
}

/// The mails that were sent about a ticket and have their bytes.
pub(super) async fn sent_of(tx: &mut Tx, ticket: TicketNumber) -> Result<Vec<i64>, StoreError> {
    column(&tx.rows(&sql::ERASE_SENT_OF, &[ticket.0.into()]).await?)
}

/// The words beside the events of a ticket.
pub(super) async fn words_of(tx: &mut Tx, ticket: TicketNumber) -> Result<Vec<i64>, StoreError> {
    let stream = ticket.to_string();
    column(&tx.rows(&sql::ERASE_WORDS_OF, &[(&stream).into()]).await?)
}

/// Which of these mails have their bytes.
pub(super) async fn left(tx: &mut Tx, raws: &[i64]) -> Result<Vec<i64>, StoreError> {
    let list = json_list(raws);
    column(&tx.rows(&sql::ERASE_LEFT, &[(&list).into()]).await?)
}

/// The numbers in the first column.
pub(super) fn column(rows: &[Row]) -> Result<Vec<i64>, StoreError> {
    rows.iter().map(|row| row.int(0)).collect()
}

async fn count(
    tx: &mut Tx,
    statement: &'static crate::store::Statement,
    list: &str,
) -> Result<i64, StoreError> {
    tx.row(statement, &[V::Text(list)]).await?.int(0)
}

pub(super) fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
