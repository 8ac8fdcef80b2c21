//! Whether all that a month comes to is known: mail read and decided, promises judged, requests ended.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::{
    super::{House, HouseError},
    Month, Trouble,
    counting::counted::Counted,
};
use crate::{
    desk::{
        calendar::Calendar,
        kpi::{Period, Question},
        payroll::{eve, promised, remind_at},
        policy::{PayrollPolicy, Policy},
        readiness::{Passes, Readiness, patience},
    },
    model::{
        alarm,
        ids::{MailboxName, QueueName, TicketNumber},
        language::Language,
        payroll::Unsettled,
    },
    store::{history, passes},
};

/// So long after its day has come a draft waits in silence: nights are long, and mailboxes slow.
pub(super) const SILENT_FOR: SignedDuration = SignedDuration::from_hours(3);

/// So many tickets of a queue are named.
const NAMED_MAX: usize = 20;

impl House {
    /// What of a month is not known, as far as that is found without counting it.
    pub(super) async fn unsettled(&self, month: &Month<'_>) -> Result<Vec<Unsettled>, HouseError> {
        self.unsettled_of(month.list, month.period.to).await
    }

    /// Whether something of a list's month is not known, as far as that is found without counting it.
    pub(in crate::house) async fn is_unsettled(
        &self,
        list: &PayrollPolicy,
        period: &str,
    ) -> Result<bool, HouseError> {
        let period = Period::named(period, &self.payroll_zone());
        Ok(match period {
            Some(period) => !self.unsettled_of(list, period.to).await?.is_empty(),
            None => false,
        })
    }

    /// Whether what a head has answered before a month's day, or before this process could read anything, may not be known yet.
    /// A mailbox that cannot be read for too long holds nothing up.
    pub(super) async fn may_be_unread(
        &self,
        month: &Month<'_>,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<bool, HouseError> {
        let policy = &self.config.policy;
        let passes = passes::known(&self.db, self.opened_at).await?;
        let drafted = month.state.drafted.as_ref();
        let late = drafted.and_then(|one| remind_at(calendar, one.at));
        let promised = promised(month.list.day, calendar, month.period);
        let before = promised.and_then(|at| eve(calendar, at));
        let days = [promised, before, late, Some(self.opened_at)];
        let days = days.into_iter().flatten();
        let at = days.filter(|at| *at <= now).max().unwrap_or(now);
        let passes = Passes {
            // What came after the day is no answer before it.
            waits_since: passes.waits_since.filter(|since| *since <= at),
            ..passes
        };
        // Answers come to the first queue's address; a head may write to any.
        let mailboxes = policy.mailboxes.keys();
        let ready = passes.readiness(at, mailboxes, (now, patience(policy)));
        Ok(matches!(ready, Readiness::Waits(_)))
    }

    async fn unsettled_of(
        &self,
        list: &PayrollPolicy,
        end: Timestamp,
    ) -> Result<Vec<Unsettled>, HouseError> {
        let policy = &self.config.policy;
        let mut found = Vec::new();
        let passes = passes::known(&self.db, Timestamp::UNIX_EPOCH).await?;
        if passes.waits_since.is_some_and(|since| since < end) {
            found.push(Unsettled::MailWaits);
        }
        let queues = list.queues.iter();
        let queues = queues.filter_map(|name| policy.queues.get(name));
        let mut mailboxes: Vec<MailboxName> = queues
            .map(|queue| queue.mailbox.clone())
            .filter(|mailbox| !passes.is_read(mailbox, end))
            .collect();
        mailboxes.sort();
        mailboxes.dedup();
        if !mailboxes.is_empty() {
            found.push(Unsettled::Unread { mailboxes });
        }
        let mut ending = BTreeMap::<QueueName, BTreeSet<TicketNumber>>::new();
        for (queue, ticket) in history::still_to_end(&self.db, end).await? {
            ending.entry(queue).or_default().insert(ticket);
        }
        let ending = of_queues(&ending, &list.queues);
        found.extend(ending.map(|(count, tickets)| Unsettled::Ending { count, tickets }));
        Ok(found)
    }

    /// Whether what was not settled of a draft that waits is by now.
    pub(super) async fn is_settled_now(&self, month: &Month<'_>) -> Result<bool, HouseError> {
        let drafted = month.state.drafted.as_ref();
        let drafted = drafted.filter(|_| month.state.frozen.is_none());
        let was_unsettled = drafted.is_some_and(|one| !one.draft.unsettled.is_empty());
        if !was_unsettled || !self.unsettled(month).await?.is_empty() {
            return Ok(false);
        }
        let question = Question::about(vec![month.period.clone()], self.payroll_zone());
        let (sheets, _) = history::figures(&self.db, &question, None).await?;
        let queues = &month.list.queues;
        let mut left = sheets
            .iter()
            .map(|sheet| of_queues(&sheet.unsettled, queues));
        Ok(left.all(|left| left.is_none()))
    }
}

/// What of a month's queues is not judged, once it is counted.
pub(super) fn unjudged(counted: &Counted, queues: &[QueueName]) -> Option<Unsettled> {
    let unsettled = &counted.sheet.as_ref()?.unsettled;
    let (count, tickets) = of_queues(unsettled, queues)?;
    Some(Unsettled::Unjudged { count, tickets })
}

/// Those of a list's queues: how many, and the first of each queue; nothing where there are none. What other departments have
/// still to do holds up nobody else.
fn of_queues(
    all: &BTreeMap<QueueName, BTreeSet<TicketNumber>>,
    queues: &[QueueName],
) -> Option<(i64, BTreeMap<QueueName, Vec<TicketNumber>>)> {
    let own = all.iter().filter(|(queue, _)| queues.contains(queue));
    let own: Vec<_> = own.collect();
    let count = own.iter().map(|(_, tickets)| tickets.len()).sum::<usize>();
    let named = own.into_iter().map(|(queue, tickets)| {
        let first = tickets.iter().take(NAMED_MAX).copied();
        (queue.clone(), first.collect())
    });
    (count > 0).then(|| (i64::try_from(count).unwrap_or(i64::MAX), named.collect()))
}

/// Whether a first draft waits for what is not settled: until the eve of the promised day, and not for ever.
pub(super) fn may_wait(month: &Month<'_>, calendar: &Calendar, now: Timestamp) -> bool {
    let promised = promised(month.list.day, calendar, month.period);
    let eve = promised.and_then(|at| eve(calendar, at));
    month.state.drafted.is_none() && eve.is_some_and(|eve| now < eve)
}

/// What the administrator is told of a month that is not settled, once its draft is late for that.
pub(super) fn trouble(
    month: &Month<'_>,
    (unsettled, policy): (&[Unsettled], &Policy),
    calendar: &Calendar,
    now: Timestamp,
) -> Option<Trouble> {
    let first = calendar.next_open(month.period.to)?;
    let is_late = now.duration_since(first) >= SILENT_FOR;
    let object = format!("{}/{}", month.name, month.period.name);
    let told = told(unsettled, (policy, policy.language)).join("; ");
    (is_late && !unsettled.is_empty()).then_some((alarm::UNSETTLED, object, told))
}

/// The same in words, one each.
#[must_use]
pub fn told(unsettled: &[Unsettled], (policy, language): (&Policy, Language)) -> Vec<String> {
    let which = |tickets: &BTreeMap<QueueName, Vec<TicketNumber>>| {
        listed_by_queue(tickets, (policy, language))
    };
    let told = unsettled.iter().map(|one| match (one, language) {
        (Unsettled::MailWaits, Language::Ru) => {
            "почта, пришедшая в этом месяце, разобрана не вся".to_owned()
        }
        (Unsettled::MailWaits, Language::En) => {
            "not all mail that came in the month is decided".to_owned()
        }
        (Unsettled::Unread { mailboxes }, Language::Ru) => {
            format!("до конца месяца не прочитаны ящики: {}", listed(mailboxes))
        }
        (Unsettled::Unread { mailboxes }, Language::En) => format!(
            "mailboxes that are not read up to the end of the month: {}",
            listed(mailboxes)
        ),
        (Unsettled::Ending { count, tickets }, Language::Ru) => format!(
            "обращений, которые должны были закрыться и ещё не закрыты: {count}{}",
            which(tickets)
        ),
        (Unsettled::Ending { count, tickets }, Language::En) => format!(
            "requests that were to be closed and are not yet: {count}{}",
            which(tickets)
        ),
        (Unsettled::Unjudged { count, tickets }, Language::Ru) => format!(
            "обращений, срок которых прошёл в этом месяце и ещё не оценён: {count}{}",
            which(tickets)
        ),
        (Unsettled::Unjudged { count, tickets }, Language::En) => format!(
            "requests whose promise fell due in the month and is not judged yet: {count}{}",
            which(tickets)
        ),
    });
    told.collect()
}

/// ` («ИТ-поддержка»: 1001, 1002; «Кадры»: 1003)`; nothing where it is not known which.
fn listed_by_queue(
    tickets: &BTreeMap<QueueName, Vec<TicketNumber>>,
    (policy, language): (&Policy, Language),
) -> String {
    let (open, close) = match language {
        Language::Ru => ('«', '»'),
        Language::En => ('"', '"'),
    };
    let of = |(queue, tickets): (&QueueName, &Vec<TicketNumber>)| {
        let known = policy.queues.get(queue).map(|queue| queue.title.as_str());
        let numbers: Vec<String> = tickets.iter().map(ToString::to_string).collect();
        let title = known.unwrap_or(queue.as_str());
        format!("{open}{title}{close}: {}", numbers.join(", "))
    };
    let all: Vec<String> = tickets.iter().map(of).collect();
    match all.is_empty() {
        true => String::new(),
        false => format!(" ({})", all.join("; ")),
    }
}

fn listed(mailboxes: &[MailboxName]) -> String {
    let names: Vec<&str> = mailboxes.iter().map(MailboxName::as_str).collect();
    names.join(", ")
}
