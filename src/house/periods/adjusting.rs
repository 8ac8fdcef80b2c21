//! What has changed in closed periods: ticket by ticket, and only what adds up. Whoever was paid by a month is paid the
//! difference with the next one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use crate::{
    desk::{
        kpi::{Counting, Period, Question, Sheet, Whose, additive},
        payroll::Stretch,
        undo::Past,
    },
    model::{ids::TicketNumber, outside::OutsideFact},
    store::{
        Db, StoreError,
        history::{self, Histories},
    },
};

/// A figure of a closed period that a ticket has changed since.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Adjustment {
    /// The closed period.
    pub period: String,
    /// The ticket; 0: a file has brought other figures from outside.
    pub ticket: TicketNumber,
    /// Whose figure.
    pub whose: Whose,
    /// Which.
    pub figure: String,
    /// By how much its numerator is more now.
    pub above: i64,
    /// By how much its denominator; `None`: it is a count.
    pub below: Option<i64>,
}

/// What has changed in closed periods up to an event, each stretch with its own queues, in order.
///
/// # Errors
/// What the database says.
pub async fn changed_by(
    db: &Db,
    stretches: Vec<Stretch>,
    zone: TimeZone,
    upto: i64,
) -> Result<Vec<Adjustment>, StoreError> {
    let mut found = Vec::new();
    for one in stretches {
        let (after, whose) = (one.after.0, one.whose);
        let changed = changed_in(db, one.periods, zone.clone(), (after, upto)).await?;
        let own = changed.into_iter();
        found.extend(own.filter(|one| whose.has(&one.whose.queue)));
    }
    found.sort();
    Ok(found)
}

/// What the events after the first place in history and up to the second have changed in these closed periods, in order.
/// What does not add up, such as a median, is not told: nobody can be paid a part of it.
///
/// # Errors
/// What the database says.
pub async fn changed_in(
    db: &Db,
    periods: Vec<Period>,
    zone: TimeZone,
    (after, upto): (i64, i64),
) -> Result<Vec<Adjustment>, StoreError> {
    let mut found = Vec::new();
    let Some(last) = periods.iter().map(|one| one.to).max() else {
        return Ok(found);
    };
    for period in &periods {
        let name = &period.name;
        let before = history::outside(db, name, after).await?;
        let now = history::outside(db, name, upto).await?;
        found.extend(changed_outside(name, &before, &now));
    }
    let question = Question::about(periods, zone);
    let mut now = Histories::changed(db, (after, upto)).await?;
    let mut before = now.as_of(after);
    while let Some(told) = now.next().await? {
        let known = before.next().await?.unwrap_or_default();
        let known: BTreeMap<TicketNumber, Vec<Past>> = known.into_iter().collect();
        for (number, history) in told {
            // What came later than all of them is in none.
            if history.first().is_none_or(|first| first.event.at >= last) {
                continue;
            }
            let was = known.get(&number).map_or(&[] as &[Past], Vec::as_slice);
            let (was, is) = (
                alone(&question, number, was),
                alone(&question, number, &history),
            );
            for (was, is) in was.iter().zip(&is) {
                found.extend(changed(number, was, is));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// One ticket counted alone.
fn alone(question: &Question, number: TicketNumber, history: &[Past]) -> Vec<Sheet> {
    let mut counting = Counting::of(question);
    counting.add(number, history);
    counting.done()
}

/// What later files say otherwise of a closed period.
fn changed_outside(period: &str, before: &[OutsideFact], now: &[OutsideFact]) -> Vec<Adjustment> {
    let mut found = Vec::new();
    // What was withdrawn is nothing now.
    let is_gone = |was: &&OutsideFact| !now.iter().any(|is| is.key() == was.key());
    let gone = before.iter().filter(is_gone).map(|was| OutsideFact {
        numerator: 0,
        denominator: was.denominator.map(|_| 0),
        ..was.clone()
    });
    let gone: Vec<OutsideFact> = gone.collect();
    for is in now.iter().chain(&gone) {
        let was = before.iter().find(|was| was.key() == is.key());
        let above = was.map_or(0, |was| was.numerator);
        let below = was.and_then(|was| was.denominator).unwrap_or(0);
        let above = is.numerator.saturating_sub(above);
        let below = is.denominator.map(|own| own.saturating_sub(below));
        if !was.is_some_and(|was| was.says(is)) {
            found.push(Adjustment {
                period: period.to_owned(),
                ticket: TicketNumber(0),
                whose: Whose {
                    queue: is.queue.clone(),
                    agent: Some(is.agent.clone()),
                },
                figure: is.figure.clone(),
                above,
                below,
            });
        }
    }
    found
}

fn changed(number: TicketNumber, was: &Sheet, is: &Sheet) -> Vec<Adjustment> {
    let mut found = Vec::new();
    let name = &is.period.name;
    let whose: BTreeSet<&Whose> = was.tallies.keys().chain(is.tallies.keys()).collect();
    for whose in whose {
        let of = |sheet: &Sheet| additive(&sheet.tallies.get(whose).cloned().unwrap_or_default());
        for (was, is) in of(was).into_iter().zip(of(is)) {
            let above = is.numerator.saturating_sub(was.numerator);
            let below = is.denominator.map(|below| {
                let before = was.denominator.unwrap_or(0);
                below.saturating_sub(before)
            });
            if above != 0 || below.is_some_and(|below| below != 0) {
                found.push(Adjustment {
                    period: name.clone(),
                    ticket: number,
                    whose: whose.clone(),
                    figure: is.code.to_owned(),
                    above,
                    below,
                });
            }
        }
    }
    found
}
