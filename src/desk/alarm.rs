//! Letters to the administrator: the fuse has blown, or a condition is told.

use super::{decision::Queued, draft::Draft, reason::Reason};
use crate::model::{
    address::NamedAddress,
    alarm::{Condition, FUSE, HOUSE},
    event::{EventData, Stream},
    outgoing::{Body, Class, OutgoingMail, Recipient, Sender, When},
};

/// The fuse blows within a decision: the event, and the one mail that is not held.
pub(super) fn raise_fuse(draft: &mut Draft<'_>) {
    let condition = Condition {
        alarm: FUSE.to_owned(),
        object: HOUSE.to_owned(),
        detail: draft.given.policy.caps.fuse.to_string(),
        since: draft.given.now,
        is_over: false,
    };
    let data = EventData::AlarmRaised {
        alarm: condition.alarm.clone(),
        object: condition.object.clone(),
        is_told: true,
    };
    draft.happened_elsewhere(
        Stream::House,
        data,
        Reason::FuseBlown,
        Some(condition.detail.clone()),
    );
    tell(draft, &condition);
}

/// Tells the administrator of a condition.
pub(super) fn tell(draft: &mut Draft<'_>, condition: &Condition) {
    let (policy, now) = (draft.given.policy, draft.given.now);
    let body = Body::Alarm {
        alarm: condition.alarm.clone(),
        object: condition.object.clone(),
        detail: condition.detail.clone(),
        since: When {
            at: condition.since,
            zone: policy.zone.clone(),
        },
        over: condition.is_over,
    };
    let word = if condition.is_over { "over" } else { "raised" };
    let key = format!(
        "alarm:{}:{}:{word}:{}",
        condition.alarm,
        condition.object,
        now.as_millisecond()
    );
    draft.send_to_administrator(key, Class::Alarm, body, Some(&condition.object));
}

impl Draft<'_> {
    /// Queues a mail to the administrator, in no conversation.
    pub(super) fn send_to_administrator(
        &mut self,
        key: String,
        class: Class,
        body: Body,
        avoid: Option<&str>,
    ) {
        let policy = self.given.policy;
        let Some(sender) = sender_of_alarms(self, avoid) else {
            return;
        };
        let person = self.person(&policy.administrator, None, None);
        let message_id = self
            .given
            .key
            .plain_message_id(&key, sender.address.domain());
        let mail = OutgoingMail {
            ticket: self.ticket().map(|ticket| ticket.number),
            to: vec![NamedAddress::new("", &policy.administrator)],
            recipients: vec![Recipient {
                address: policy.administrator.clone(),
                person,
            }],
            ..OutgoingMail::new((key, message_id), class, sender, policy.language, body)
        };
        self.decision.mails.push(Queued {
            mail,
            is_held: false,
        });
    }
}

/// The mailbox that tells the administrator: not the one in trouble, if there is another.
fn sender_of_alarms(draft: &Draft<'_>, avoid: Option<&str>) -> Option<Sender> {
    let all = &draft.given.policy.mailboxes;
    let healthy = all.iter().find(|(name, _)| avoid != Some(name.as_str()));
    let (name, mailbox) = healthy.or_else(|| all.iter().next())?;
    Some(Sender {
        mailbox: name.clone(),
        name: "okno".to_owned(),
        address: mailbox.address.clone(),
    })
}
