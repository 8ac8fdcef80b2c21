//! Letters to the administrator: the fuse has blown, or a condition is told.

use jiff::{SignedDuration, Timestamp};

use super::{draft::DecisionBuilder, reason::Reason, world::Listed};
use crate::model::{
    address::{Address, NamedAddress},
    alarm::{Condition, FUSE, HOUSE, QUARANTINE},
    event::{Actor, EventData, Stream},
    ids::TicketNumber,
    inert::inert,
    outgoing::{
        Body, Class, OutgoingMail, QuarantineLetter, QuarantinedItem, Recipient, Sender, When,
    },
};

/// The fuse blows at a mail of this ticket: the event, and the one mail that is not held.
pub(super) fn raise_fuse(draft: &mut DecisionBuilder<'_>, ticket: Option<TicketNumber>) {
    let condition = Condition {
        alarm: FUSE.to_owned(),
        object: HOUSE.to_owned(),
        detail: draft.given.policy.caps.fuse.to_string(),
        since: draft.given.now,
        is_over: false,
        figures: None,
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
    tell(draft, &condition, ticket);
}

/// Tells the administrator of a condition, perhaps one of a ticket's.
pub(super) fn tell(
    draft: &mut DecisionBuilder<'_>,
    condition: &Condition,
    ticket: Option<TicketNumber>,
) {
    let (policy, now) = (draft.given.policy, draft.given.now);
    let lists = condition.alarm == QUARANTINE && !condition.is_over;
    let listed = lists.then(|| quarantine(draft, condition)).flatten();
    let body = listed.unwrap_or_else(|| Body::Alarm {
        alarm: condition.alarm.clone(),
        object: condition.object.clone(),
        detail: condition.detail.clone(),
        since: When {
            at: condition.since,
            zone: policy.zone.clone(),
        },
        over: condition.is_over,
    });
    let word = if condition.is_over { "over" } else { "raised" };
    let key = format!(
        "alarm:{}:{}:{word}:{}",
        condition.alarm,
        condition.object,
        now.as_millisecond()
    );
    let about = About {
        ticket,
        avoid: Some(&condition.object),
    };
    draft.send_to_administrator(key, Class::Alarm, body, about);
}

/// How much of the quarantine one letter lists.
const LISTED_MAX: usize = 30;

/// The letter that lists what is quarantined of this mailbox, and can be answered.
fn quarantine(draft: &DecisionBuilder<'_>, condition: &Condition) -> Option<Body> {
    let (policy, now) = (draft.given.policy, draft.given.now);
    let is_here = |listed: &&Listed| match &listed.mailbox {
        Some(mailbox) => mailbox.as_str() == condition.object,
        None => condition.object == HOUSE,
    };
    let all: Vec<&Listed> = draft.world.quarantine().iter().filter(is_here).collect();
    let item = |listed: &&Listed| QuarantinedItem {
        work: listed.work.0,
        at: listed.at.map(|at| When {
            at,
            zone: policy.zone.clone(),
        }),
        author: inert(&listed.author),
        subject: inert(&listed.subject),
        problem: inert(&listed.problem),
    };
    let items: Vec<QuarantinedItem> = all.iter().take(LISTED_MAX).map(item).collect();
    let sender = sender_of_alarms(draft, None)?;
    (!items.is_empty()).then(|| {
        Body::Quarantine(QuarantineLetter {
            object: condition.object.clone(),
            code: draft.given.key.quarantine(now.as_second().div_euclid(60)),
            address: sender.address,
            more: u64::try_from(all.len().saturating_sub(items.len())).unwrap_or(0),
            items,
        })
    })
}

/// An object is told of at most so often.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// So many objects of one sort within an hour are told of: who writes under a thousand names causes no thousand letters.
const TOLD_HOUR_MAX: usize = 5;

/// Tells the administrator of something that passes by itself, once a day an object.
pub(super) fn tell_for_the_day(
    draft: &mut DecisionBuilder<'_>,
    alarm: &str,
    (object, detail): (String, String),
    ticket: Option<TicketNumber>,
) {
    let now = draft.given.now;
    let named = named_in_history(draft, &object);
    let told_at = draft.told_at(alarm, &named);
    if told_at.is_some_and(|told| now.duration_since(told) < TELL_AGAIN_AFTER) {
        return;
    }
    let hour_ago = now
        .saturating_sub(SignedDuration::from_hours(1))
        .unwrap_or(now);
    let is_told = draft.world.told_since(alarm, hour_ago) < TOLD_HOUR_MAX;
    let data = EventData::AlarmRaised {
        alarm: alarm.to_owned(),
        object: named,
        is_told,
    };
    let condition = Condition {
        alarm: alarm.to_owned(),
        object,
        detail,
        since: now,
        is_over: false,
        figures: None,
    };
    let words = Some(condition.detail.clone());
    // It is told now, however long the mail has waited to be looked at: else a backlog would tell it with every mail.
    let arrived_at = std::mem::replace(&mut draft.voice.at, now);
    draft.happened_elsewhere(Stream::House, data, Reason::ConditionSeen, words);
    draft.voice.at = arrived_at;
    if is_told {
        tell(draft, &condition, ticket);
    }
}

/// Somebody's address would stand in history for ever, whoever asks to be forgotten: there they are a number.
pub(super) fn named_in_history(draft: &mut DecisionBuilder<'_>, object: &str) -> String {
    let policy = draft.given.policy;
    match Address::parse(object) {
        Ok(address) if policy.mailbox_of(&address).is_none() => {
            Actor::Person(draft.person(&address, None, None)).code()
        }
        Ok(_) | Err(_) => object.to_owned(),
    }
}

/// What a letter to the administrator is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct About<'a> {
    pub(super) ticket: Option<TicketNumber>,
    /// The mailbox in trouble: another sends the letter, if there is one.
    pub(super) avoid: Option<&'a str>,
}

impl DecisionBuilder<'_> {
    /// When the administrator was last told of an alarm, this decision included.
    fn told_at(&self, alarm: &str, object: &str) -> Option<Timestamp> {
        let state = self.world.alarm(alarm, object);
        #[expect(clippy::wildcard_enum_match_arm, reason = "one kind is looked for")]
        let is_it = |data: &EventData| match data {
            EventData::AlarmRaised {
                alarm: name,
                object: of,
                ..
            } => name == alarm && of == object,
            _ => false,
        };
        let mut here = self.decision.events.iter();
        let here = here.find(|event| is_it(&event.data)).map(|event| event.at);
        here.max(state.and_then(|state| state.told_at.or(state.raised_at)))
    }

    /// Queues a mail to the administrator, in no conversation.
    pub(super) fn send_to_administrator(
        &mut self,
        key: String,
        class: Class,
        body: Body,
        about: About<'_>,
    ) {
        let policy = self.given.policy;
        let Some(sender) = sender_of_alarms(self, about.avoid) else {
            return;
        };
        let person = self.person(&policy.administrator, None, None);
        let domain = sender.address.domain();
        let minutes = self.given.now.as_second().div_euclid(60);
        let message_id = match matches!(body, Body::Quarantine(_)) {
            true => self.given.key.quarantine_id(minutes, &key, domain),
            false => self.given.key.plain_message_id(&key, domain),
        };
        let mail = OutgoingMail {
            ticket: about.ticket,
            to: vec![NamedAddress::new("", &policy.administrator)],
            recipients: vec![Recipient {
                address: policy.administrator.clone(),
                person,
                reply_to: None,
            }],
            ..OutgoingMail::new((key, message_id), class, sender, policy.language, body)
        };
        self.queue_mail(mail);
    }
}

/// The mailbox that tells the administrator: not the one in trouble, if there is another.
fn sender_of_alarms(draft: &DecisionBuilder<'_>, avoid: Option<&str>) -> Option<Sender> {
    let all = &draft.given.policy.mailboxes;
    let healthy = all.iter().find(|(name, _)| avoid != Some(name.as_str()));
    let (name, mailbox) = healthy.or_else(|| all.iter().next())?;
    Some(Sender {
        mailbox: name.clone(),
        name: "okno".to_owned(),
        address: mailbox.address.clone(),
    })
}
