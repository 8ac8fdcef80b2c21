//! Facts for the decider: what a batch wants, loaded in a handful of statements whatever its size.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    Db, Row, StoreError, Tx, alarms, apart, asking, chronicles, conversations,
    history::{numbers_in, periods_closed},
    json_list, mornings, openings, originals, passes, payrolls, people, posted, queues, reviews,
    senders, sql, words,
};
use crate::{
    desk::{
        origin::words_of,
        wants::Wants,
        world::{BEGUN_KEPT, FUSE_WINDOW, Numbers, OPENINGS_KEPT, World},
    },
    model::ids::{DecisionId, MessageId, MessageRow, PersonId, TicketNumber},
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
    let answers = first(tx, wants, now).await?;
    let mut world = found(tx, wants, answers).await?;
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
    openings::load_urgent(tx, &mut world, &wants.urgencies).await?;
    for author in &wants.histories {
        world.set_own_tickets(author.clone(), senders::own_tickets(tx, author).await?);
    }
    if !wants.searches.is_empty() {
        words::load(tx, &mut world).await?;
    }
    posted::load(tx, &mut world).await?;
    mornings::load(tx, &mut world).await?;
    for ticket in world.asked().surveys.clone() {
        let other = tx.row_opt(&sql::FACTS_UNSOLVED, &[ticket.0.into()]).await?;
        world.set_unsolved(ticket, other.is_some());
    }
    queues::load_waiting(tx, &mut world).await?;
    conversations::tickets(tx, &mut world).await?;
    if !wants.pasts.is_empty() {
        words::load_pasts(tx, &mut world).await?;
        conversations::tickets(tx, &mut world).await?;
    }
    if wants.chronicles {
        chronicles::load(tx, &mut world).await?;
    }
    if wants.payrolls {
        payrolls::facts(tx, &mut world).await?;
    }
    second(tx, &mut world, now).await?;
    if let Some(agents) = &wants.roster {
        world.set_roster(people::roster(tx, agents.iter()).await?);
    }
    if wants.passes {
        world.set_passes(passes::load(tx, Timestamp::UNIX_EPOCH).await?);
    }
    if wants.periods {
        for (closed, _) in periods_closed(tx).await? {
            world.close_period(closed.period);
        }
    }
    if wants.reviews {
        world.set_reviews(reviews::load(tx).await?);
    }
    if wants.numbers {
        world.set_numbers(numbers_in(tx).await?);
    }
    if wants.originals {
        originals::load(tx, &mut world).await?;
    }
    if wants.answers {
        originals::load_answers(tx, &mut world, now).await?;
    }
    Ok(world)
}

/// How many questions are asked at first.
const FIRST: usize = 19;

/// Asks everything that can be asked before anything is known.
async fn first(
    tx: &mut Tx,
    wants: &Wants,
    now: Timestamp,
) -> Result<[Vec<Row>; FIRST], StoreError> {
    let list_of = |ids: &BTreeSet<MessageId>| {
        let hashes = ids.iter().map(super::hash_of_id);
        json_list(&hashes.collect::<Vec<_>>())
    };
    let (ids, lineage) = (list_of(&wants.message_ids), list_of(&wants.lineage));
    let senders = json_list(&Vec::from_iter(wants.senders.keys()));
    let openings = json_list(&Vec::from_iter(wants.openings.keys()));
    let addresses = json_list(&Vec::from_iter(&wants.addresses));
    let words = wants.names.iter().flat_map(|name| words_of(name));
    let words = json_list(&Vec::from_iter(words.collect::<BTreeSet<String>>()));
    let claimants = json_list(&Vec::from_iter(&wants.claimants));
    let claimant_ids = json_list(&Vec::from_iter(&wants.claimant_ids));
    let codes = json_list(&Vec::from_iter(&wants.codes));
    let wanted = json_list(&Vec::from_iter(&wants.tickets));
    let queues = json_list(&Vec::from_iter(&wants.queues));
    let loads = json_list(&Vec::from_iter(&wants.loads));
    let claimed = [(&claimants).into(), (&claimant_ids).into()];
    tx.ask(
        &sql::FACTS_FIRST,
        [
            &[],
            &[],
            &[since(now, FUSE_WINDOW).into()],
            &[(&senders).into(), most(BEGUN_KEPT).into()],
            &[(&openings).into(), most(OPENINGS_KEPT).into()],
            &[(&ids).into()],
            &[(&ids).into()],
            &[(&lineage).into()],
            &[(&wanted).into(), (&ids).into(), (&lineage).into()],
            &[(&addresses).into()],
            &[(&addresses).into()],
            &[(&words).into()],
            &claimed,
            &claimed,
            &[
                (&claimants).into(),
                (&claimant_ids).into(),
                now.as_millisecond().into(),
            ],
            &[(&codes).into()],
            &[(&codes).into()],
            &[(&queues).into()],
            &[(&loads).into()],
        ],
    )
    .await
}

/// The world as the first answers have it.
async fn found(
    tx: &mut Tx,
    wants: &Wants,
    answers: [Vec<Row>; FIRST],
) -> Result<World, StoreError> {
    let [
        last,
        alarmed,
        fuse,
        begun,
        opened,
        mails,
        asides,
        kin,
        led_to,
        people,
        owned,
        namesakes,
        asked,
        waiting,
        routes,
        coded,
        held,
        queues,
        loads,
    ] = answers;
    let mut world = World::new(wants.clone(), numbers(&last)?);
    alarms::facts(&mut world, &alarmed, &fuse)?;
    queues::facts(&mut world, &queues, &loads)?;
    senders::begun(&mut world, &begun)?;
    conversations::known(&mut world, &mails)?;
    conversations::lineage(&mut world, &kin)?;
    apart::asides(&mut world, &asides)?;
    for person in people::at_addresses(&people, &owned)? {
        world.meet(person);
    }
    world.set_namesakes(numbered(&namesakes, PersonId)?);
    asking::askings(&mut world, &asked, &waiting, &routes)?;
    asking::challenges(&mut world, &coded, &held)?;
    let found = world.asked().tickets.clone();
    for row in &led_to {
        // Two ids may share a hash.
        if found.contains(&TicketNumber(row.int(2)?)) {
            let ticket = conversations::ticket(tx, row).await?;
            ticket.into_iter().for_each(|ticket| world.take_in(ticket));
        }
    }
    openings::load(tx, &mut world, &opened).await?;
    Ok(world)
}

/// Asks what is left to ask of the tickets that were found, and of their people.
async fn second(tx: &mut Tx, world: &mut World, now: Timestamp) -> Result<(), StoreError> {
    let asked = world.asked();
    let people = json_list(&Vec::from_iter(&asked.people));
    let addresses = json_list(&Vec::from_iter(&asked.addresses));
    let tickets = json_list(&Vec::from_iter(&asked.tickets));
    let hour = since(now, SignedDuration::from_hours(1));
    let day = since(now, SignedDuration::from_hours(24));
    let them = [(&addresses).into(), (&people).into()];
    let [people, owned, sent_them, silenced, surveyed, about] = tx
        .ask(
            &sql::FACTS_SECOND,
            [
                &[(&people).into()],
                &[(&people).into()],
                &[
                    (&addresses).into(),
                    (&people).into(),
                    hour.into(),
                    day.into(),
                ],
                &them,
                &[(&people).into()],
                &[(&tickets).into(), day.into()],
            ],
        )
        .await?;
    for (number, person) in people::of_numbers(&people, &owned)? {
        world.meet_as(number, person);
    }
    senders::sent(world, &sent_them)?;
    apart::silenced(world, &silenced)?;
    senders::surveyed(world, &surveyed)?;
    senders::sent_about(world, &about)
}

/// An instant so long ago, as it is stored.
fn since(now: Timestamp, time: SignedDuration) -> i64 {
    now.saturating_sub(time).unwrap_or(now).as_millisecond()
}

fn most(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The numbers in the first column.
fn numbered<T>(rows: &[Row], number: fn(i64) -> T) -> Result<Vec<T>, StoreError> {
    rows.iter().map(|row| row.int(0).map(number)).collect()
}

pub(super) async fn withheld(
    tx: &mut Tx,
    reader: PersonId,
) -> Result<Vec<TicketNumber>, StoreError> {
    let rows = tx.rows(&sql::FACTS_WITHHELD, &[reader.0.into()]).await?;
    numbered(&rows, TicketNumber)
}

fn numbers(rows: &[Row]) -> Result<Numbers, StoreError> {
    let first = Numbers::default();
    let Some(row) = rows.first() else {
        return Ok(first);
    };
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
        decision: row
            .opt_int(3)?
            .map_or(first.decision, |id| DecisionId(id).next()),
    })
}
