//! How queues stand: what is raised and what is over is handed to the decider, once; what stays as it is, never.

use jiff::Timestamp;

use super::{House, HouseError, StoredCondition, write};
use crate::{
    desk::queue_alarm::{
        Seen, is_left_over, is_looked_at, is_news, look as look_at, month_of, on_duty, queue_of,
        spans,
    },
    model::{
        address::Address,
        alarm::{self, CAPACITY, Figures, OF_QUEUES},
    },
    store::{alarms, looks},
};

/// Looks at every queue that somebody decides for, while it works.
pub(super) async fn look(house: &House) -> Result<(), HouseError> {
    let (policy, now) = (&house.config.policy, house.clock.now());
    let known = alarms::known(&house.db).await?;
    let standing = known.iter().filter(|(_, state)| state.raised_at.is_some());
    let standing: Vec<(&str, &str)> = standing
        .map(|((alarm, object), _)| (alarm.as_str(), object.as_str()))
        .collect();
    for over in standing.iter().filter(|one| is_left_over(**one, policy)) {
        end(house, *over, now).await;
    }
    let queues = policy.queues.iter();
    let queues: Vec<_> = queues
        .filter(|(_, queue)| is_looked_at(queue, policy, now))
        .collect();
    if queues.is_empty() {
        return Ok(());
    }
    let state = |seen: &Seen| {
        let state = known.get(&(seen.alarm.to_owned(), seen.object.clone()));
        state.copied().unwrap_or_default()
    };
    let agents = queues.iter().flat_map(|(_, queue)| &queue.agents);
    let agents = agents.filter_map(|name| policy.agents.get(name));
    let addresses: Vec<Address> = agents.map(|agent| agent.address.clone()).collect();
    let absences = looks::absences(&house.db, addresses).await?;
    for (name, queue) in queues {
        let facts = looks::queue(&house.db, name, spans(queue, now)).await?;
        let here = on_duty((queue, policy), &absences, now);
        for mut seen in look_at((name, queue), (&facts, here), now) {
            if is_news(&seen, state(&seen), now) {
                // Why, is looked up only for whoever is told.
                if let Some(figures) = &mut seen.figures
                    && seen.alarm == alarm::EFFICIENCY
                {
                    let since = spans(queue, now).0;
                    figures.causes = house.causes_since(name, since).await?;
                }
                report(house, seen, now).await;
            }
        }
        // With the month its alarms are over.
        let month = month_of(name, queue, now);
        let past = standing.iter().filter(|(alarm, object)| {
            *alarm == CAPACITY && queue_of(object) == *name && !object.starts_with(&month)
        });
        for over in past {
            end(house, *over, now).await;
        }
    }
    Ok(())
}

/// An alarm that nothing is seen of any more is over.
async fn end(house: &House, (alarm, object): (&str, &str), now: Timestamp) {
    let alarm = OF_QUEUES.into_iter().find(|known| *known == alarm);
    if let Some(alarm) = alarm {
        let (object, figures) = (object.to_owned(), None);
        let seen = Seen {
            alarm,
            object,
            figures,
        };
        report(house, seen, now).await;
    }
}

async fn report(house: &House, seen: Seen, now: Timestamp) {
    let condition = StoredCondition {
        detail: seen
            .figures
            .as_ref()
            .map_or_else(String::new, |figures| words(seen.alarm, figures)),
        alarm: seen.alarm.to_owned(),
        object: seen.object,
        since: now.as_millisecond(),
        is_over: seen.figures.is_none(),
        figures: seen.figures,
    };
    // What could not be written down is seen again at the next look.
    write(house, condition).await;
}

/// What history keeps of it: the two numbers that were compared.
fn words(alarm: &str, figures: &Figures) -> String {
    let Figures {
        count, limit, of, ..
    } = figures;
    match alarm {
        alarm::OVERLOAD => format!("{count} > {limit}, {of} on duty"),
        alarm::EFFICIENCY => format!("{count} % < {limit} % of {of}"),
        CAPACITY => format!("{count} >= {of} % of {limit}"),
        _ => String::new(),
    }
}
