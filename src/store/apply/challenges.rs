//! Questions to agents: asked, answered, and the mails that wait for them, as events tell.

use super::Batch;
use crate::{
    model::event::{Event, EventData, Stream},
    store::{StoreError, Tx, json_list, sql},
};

pub(super) async fn save_challenges(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let decisions = batch.decided.iter().map(|one| &one.decision);
    for event in decisions.flat_map(|decision| &decision.events) {
        save(tx, event).await?;
    }
    Ok(())
}

async fn save(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    let at = event.at.as_millisecond();
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest asks nobody")]
    match &event.data {
        EventData::MailHeld {
            message,
            raw,
            person,
            route,
            other,
            is_automatic,
        } => {
            let Stream::Ticket(ticket) = event.stream else {
                return Ok(());
            };
            let row = vec![
                raw.0.into(),
                person.0.into(),
                ticket.0.into(),
                message.0.into(),
                at.into(),
                route.into(),
                other.map(|person| person.0).into(),
                (*is_automatic).into(),
            ];
            tx.insert_many(&sql::HELD_ADD, &[row]).await.map(drop)
        }
        EventData::ChallengeSent {
            person,
            code,
            raws,
            expires_at,
        } => {
            let expires_at = expires_at.as_millisecond();
            let row = vec![code.into(), person.0.into(), at.into(), expires_at.into()];
            tx.insert_many(&sql::CHALLENGE_ADD, &[row]).await?;
            let list = json_list(raws);
            let values = [(&list).into(), code.into()];
            tx.exec(&sql::HELD_ASK, &values).await.map(drop)
        }
        EventData::ChallengeAnswered {
            person,
            code,
            raws,
            routes,
            until,
            ..
        } => {
            tx.exec(&sql::CHALLENGE_DONE, &[code.into(), at.into()])
                .await?;
            let list = json_list(raws);
            tx.exec(&sql::HELD_DONE, &[(&list).into()]).await?;
            tx.exec(&sql::HELD_DROP, &[code.into()]).await?;
            let until = until.as_millisecond();
            let rows: Vec<_> = routes
                .iter()
                .map(|route| vec![person.0.into(), route.into(), until.into()])
                .collect();
            tx.insert_many(&sql::ROUTE_SET, &rows).await.map(drop)
        }
        _ => Ok(()),
    }
}
