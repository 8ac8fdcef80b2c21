//! What leaves the house: mails, a row a recipient, and the alarms they tell of.

use jiff::{SignedDuration, Timestamp};

use super::{Batch, seal::Written};
use crate::{
    desk::decision::Queued,
    model::{alarm::PASSING, event::EventData, outgoing::OutgoingMail},
    store::{StoreError, Tx, V, sql},
};

/// After so long nobody needs to know that an alarm of the day was told.
const PASSED: SignedDuration = SignedDuration::from_hours(25);

pub(super) async fn save_mails(
    tx: &mut Tx,
    batch: &Batch,
    written: &Written<'_>,
) -> Result<(), StoreError> {
    let now = batch.now.as_millisecond();
    let mut mails: Vec<(i64, i64, &Queued, &Vec<u8>)> = Vec::new();
    let mut next = written.outgoing;
    for (decision, decided) in (written.decision.saturating_add(1)..).zip(&batch.decided) {
        for (queued, bytes) in decided.decision.mails.iter().zip(&decided.bytes) {
            next = next.saturating_add(1);
            mails.push((next, decision, queued, bytes));
        }
    }
    let sides: Vec<Option<String>> = mails
        .iter()
        .map(|(_, _, queued, _)| queued.mail.side.map(|side| side.letter().to_string()))
        .collect();
    let rows: Vec<Vec<V<'_>>> = mails
        .iter()
        .zip(&sides)
        .map(|((id, decision, queued, bytes), side)| {
            outgoing_values((*id, *decision), &queued.mail, (bytes, side), now)
        })
        .collect();
    tx.insert_many(&sql::OUTGOING_ADD, &rows).await?;
    let mut deliveries: Vec<Vec<V<'_>>> = Vec::new();
    for (id, _, queued, _) in &mails {
        let mail = &queued.mail;
        let state = if queued.is_held { "held" } else { "ready" };
        let next_at = mail.not_before.map_or(now, Timestamp::as_millisecond);
        deliveries.extend(mail.recipients.iter().map(|to| {
            vec![
                (*id).into(),
                mail.mailbox.as_str().into(),
                to.address.as_str().into(),
                to.person.0.into(),
                mail.class.code().into(),
                state.into(),
                0_i64.into(),
                next_at.into(),
                now.into(),
                to.reply_to.as_ref().map(|address| address.as_str()).into(),
            ]
        }));
    }
    tx.insert_many(&sql::DELIVERY_ADD, &deliveries)
        .await
        .map(drop)
}

fn outgoing_values<'a>(
    (id, decision): (i64, i64),
    mail: &'a OutgoingMail,
    (bytes, side): (&'a Vec<u8>, &'a Option<String>),
    now: i64,
) -> Vec<V<'a>> {
    vec![
        id.into(),
        decision.into(),
        (&mail.dedupe_key).into(),
        mail.message_id.as_str().into(),
        mail.class.code().into(),
        mail.body.template().into(),
        mail.mailbox.as_str().into(),
        mail.ticket.map(|ticket| ticket.0).into(),
        side.into(),
        mail.message.map(|row| row.0).into(),
        mail.envelope_from
            .as_ref()
            .map(|address| address.as_str())
            .into(),
        bytes.into(),
        i64::try_from(bytes.len()).unwrap_or(i64::MAX).into(),
        mail.counts_for_fuse.into(),
        mail.keeps_copy.into(),
        now.into(),
        mail.not_before.map(Timestamp::as_millisecond).into(),
        mail.expires_at.map(Timestamp::as_millisecond).into(),
    ]
}

/// Which addresses are sent nothing automatic from now on, or again are.
pub(super) async fn save_silence(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let all = batch.decided.iter();
    for (address, until) in all.flat_map(|decided| &decided.decision.silence) {
        match until {
            Some(until) => {
                let row = vec![address.as_str().into(), until.as_millisecond().into()];
                tx.insert_many(&sql::SILENCE_SET, &[row]).await?;
            }
            None => {
                tx.exec(&sql::SILENCE_CLEAR, &[address.as_str().into()])
                    .await?;
            }
        }
    }
    Ok(())
}

pub(super) async fn save_alarms(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    for event in batch.decided.iter().flat_map(|one| &one.decision.events) {
        let at = Some(event.at.as_millisecond());
        #[expect(clippy::wildcard_enum_match_arm, reason = "only alarms are alarms")]
        let (alarm, object, [raised_at, told_at, over_at]) = match &event.data {
            EventData::AlarmRaised {
                alarm,
                object,
                is_told,
            } => (alarm, object, [at, at.filter(|_| *is_told), None]),
            EventData::AlarmOver { alarm, object } => (alarm, object, [None, None, at]),
            _ => continue,
        };
        if PASSING.contains(&alarm.as_str()) {
            let long_ago = event.at.saturating_sub(PASSED).unwrap_or(event.at);
            let values = [alarm.into(), long_ago.as_millisecond().into()];
            tx.exec(&sql::ALARM_FORGET, &values).await?;
            // Whoever writes under a thousand names leaves no thousand rows.
            if told_at.is_none() {
                continue;
            }
        }
        let row = vec![
            alarm.into(),
            object.into(),
            raised_at.into(),
            told_at.into(),
            over_at.into(),
        ];
        tx.insert_many(&sql::ALARM_SET, &[row]).await?;
    }
    Ok(())
}

/// Who was asked to rate, so that nobody is asked all the time.
pub(super) async fn save_surveys(tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
    let all = batch.decided.iter();
    for (person, survey) in all.flat_map(|decided| &decided.decision.surveyed) {
        let at = survey.at.as_millisecond();
        let nps_at = survey.nps_at.map(Timestamp::as_millisecond);
        let row = vec![
            person.0.into(),
            survey.ticket.0.into(),
            at.into(),
            nps_at.into(),
            survey.wants_nps.map(i64::from).into(),
        ];
        tx.insert_many(&sql::SURVEY_SET, &[row]).await?;
    }
    Ok(())
}
