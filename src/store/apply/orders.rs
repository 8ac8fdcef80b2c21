//! Orders of decisions, carried out. Mails that somebody is sending at this moment are left alone: their rows are locked
//! and looked at here, in the same transaction, so that a claim comes either before an order or after it. What an order
//! about mails came to is told the decider as work, in this transaction too.

use super::Batch;
use crate::{
    desk::{
        arrival::Again,
        order::{CarriedOut, MailOrder, Order, Which},
    },
    model::{
        ids::{DeliveryId, RawId, WorkId},
        outgoing::MailAct,
    },
    store::{Row, StoreError, Tx, as_json, erase, json_list, sql},
};

/// Carries out all orders of a batch. `last` is the last mail before it.
pub(super) async fn carry_out(tx: &mut Tx, batch: &Batch, mut last: i64) -> Result<(), StoreError> {
    let now = batch.now.as_millisecond();
    for decided in &batch.decided {
        let mails = decided.decision.mails.len();
        last = last.saturating_add(i64::try_from(mails).unwrap_or(i64::MAX));
        for order in &decided.decision.orders {
            match order {
                Order::Mail(order) => carry_out_on_mails(tx, order, (last, now)).await?,
                Order::ReleaseWork(work) => end_quarantine(tx, *work, "ready").await?,
                Order::DiscardWork(work) => end_quarantine(tx, *work, "discarded").await?,
                Order::TakeAgain { raw, again } => take_again(tx, *raw, again, now).await?,
                Order::ForgetMail(raw) => erase::forget_mail(tx, *raw, now).await?,
                Order::Report(asked) => add(tx, "report", &as_json(asked)?, now).await?,
                Order::ReadFacts(asked) => add(tx, "facts", &as_json(asked)?, now).await?,
                Order::KeepArticle {
                    ticket,
                    file,
                    content,
                } => {
                    let values = [ticket.0.into(), file.into(), content.into()];
                    tx.exec(&sql::ARTICLE_KEEP, &values).await?;
                }
                Order::ApproveArticle { ticket } => {
                    tx.exec(&sql::ARTICLE_APPROVE, &[ticket.0.into()]).await?;
                }
            }
        }
    }
    Ok(())
}

/// Work on mails that are kept apart waits. Once it is released it is decided as such.
pub(super) async fn keep_apart(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let payload = as_json(&Again::Released)?;
    for decided in &batch.decided {
        if let (Some(work), Some(problem)) = (decided.work, &decided.decision.quarantine) {
            let values = [work.0.into(), problem.into(), (&payload).into()];
            tx.exec(&sql::WORK_KEEP_APART, &values).await?;
        }
    }
    Ok(())
}

async fn end_quarantine(tx: &mut Tx, work: WorkId, state: &str) -> Result<(), StoreError> {
    tx.exec(&sql::QUARANTINE_SET, &[work.0.into(), state.into()])
        .await
        .map(drop)
}

/// Figures are work of their own: they are counted, or read, before they are told.
async fn add(tx: &mut Tx, kind: &str, payload: &str, now: i64) -> Result<(), StoreError> {
    let values = [kind.into(), None::<i64>.into(), payload.into(), now.into()];
    tx.exec(&sql::WORK_ADD, &values).await.map(drop)
}

/// The mail stands behind everything that waits. One that is not there any more is not taken.
async fn take_again(tx: &mut Tx, raw: RawId, again: &Again, now: i64) -> Result<(), StoreError> {
    let found = tx.row_opt(&sql::RAW_EXISTS, &[raw.0.into()]).await?;
    if found.is_none() {
        return Ok(());
    }
    let payload = as_json(again)?;
    let values = [
        "mail".into(),
        Some(raw.0).into(),
        (&payload).into(),
        now.into(),
    ];
    tx.exec(&sql::WORK_ADD, &values).await.map(drop)
}

async fn carry_out_on_mails(
    tx: &mut Tx,
    order: &MailOrder,
    (last, now): (i64, i64),
) -> Result<(), StoreError> {
    let (mut changed, mut too_late) = (Vec::new(), Vec::new());
    for row in find(tx, &order.which, (last, now)).await? {
        match effect(order.act, row.text(1)?) {
            Effect::Done => changed.push(row.int(0)?),
            Effect::TooLate => too_late.push(DeliveryId(row.int(0)?)),
            Effect::None => {}
        }
    }
    if changed.is_empty() && too_late.is_empty() {
        return Ok(());
    }
    let state = match order.act {
        MailAct::Release | MailAct::Retry => "ready",
        MailAct::Hold => "stopped",
        MailAct::Cancel => "cancelled",
    };
    let done_at = (order.act == MailAct::Cancel).then_some(now);
    let changed_list = json_list(&changed);
    let values = [
        (&changed_list).into(),
        state.into(),
        now.into(),
        done_at.into(),
    ];
    tx.exec(&sql::ORDER_CARRY_OUT, &values).await?;
    let carried = CarriedOut {
        act: order.act,
        by: order.by.clone(),
        of_ticket: match order.which {
            Which::OfTicket(decision, ticket) => Some((decision, ticket)),
            Which::HeldByFuse
            | Which::Waiting
            | Which::Delivery(_)
            | Which::Mail(_)
            | Which::Decision(_) => None,
        },
        count: u64::try_from(changed.len()).unwrap_or(u64::MAX),
        too_late,
    };
    let payload = as_json(&carried)?;
    let values = [
        "carried_out".into(),
        Option::<i64>::None.into(),
        (&payload).into(),
        now.into(),
    ];
    tx.exec(&sql::WORK_ADD, &values).await.map(drop)
}

/// The deliveries an order is about, `(id, state)`, locked. What the fuse holds of later decisions of the batch it
/// does not know.
async fn find(tx: &mut Tx, which: &Which, (last, now): (i64, i64)) -> Result<Vec<Row>, StoreError> {
    match which {
        Which::HeldByFuse => tx.rows(&sql::ORDER_HELD, &[last.into()]).await,
        Which::Waiting => tx.rows(&sql::ORDER_WAITING, &[now.into()]).await,
        Which::Delivery(id) => tx.rows(&sql::ORDER_DELIVERY, &[id.0.into()]).await,
        Which::Mail(key) => tx.rows(&sql::ORDER_MAIL, &[key.into()]).await,
        Which::Decision(id) => tx.rows(&sql::ORDER_DECISION, &[id.0.into()]).await,
        Which::OfTicket(id, ticket) => {
            let values = [id.0.into(), ticket.0.into()];
            tx.rows(&sql::ORDER_DECISION_TICKET, &values).await
        }
    }
}

/// What an order does to one delivery.
#[derive(Debug, PartialEq, Eq)]
enum Effect {
    /// It is carried out.
    Done,
    /// It has gone, is going, or may have gone: an attempt nobody knows the end of is made once more with the same
    /// bytes, for the sake of the one who may not have got it.
    TooLate,
    /// There is nothing to do.
    None,
}

fn effect(act: MailAct, state: &str) -> Effect {
    match (act, state) {
        (MailAct::Release, "held" | "stopped")
        | (MailAct::Hold, "ready")
        | (MailAct::Cancel, "ready" | "held" | "stopped")
        | (MailAct::Retry, "ready" | "unknown" | "refused" | "expired") => Effect::Done,
        (MailAct::Hold | MailAct::Cancel, "claimed" | "unknown" | "sent") => Effect::TooLate,
        (MailAct::Release | MailAct::Hold | MailAct::Cancel | MailAct::Retry, _) => Effect::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_on_every_state() {
        const STATES: [&str; 9] = [
            "ready",
            "claimed",
            "unknown",
            "held",
            "stopped",
            "sent",
            "refused",
            "expired",
            "cancelled",
        ];
        let mut table = String::new();
        for act in MailAct::ALL {
            for state in STATES {
                let effect = effect(act, state);
                let act = format!("{act:?}");
                table.push_str(&format!("{act:<8}{state:<10}{effect:?}\n"));
            }
        }
        insta::assert_snapshot!(table);
    }
}
