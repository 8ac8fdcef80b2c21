//! Which queues a new mail is for: the one that answers its form, where it is of one, else those of the mailboxes in To; and
//! then the rules have their say.

use super::{
    arrival::Arrival,
    decision::Given,
    filled,
    policy::{InCc, Policy},
    ruling::{self, Considered, Facts, Verdict},
};
use crate::model::{
    address::NamedAddress,
    ids::{MailboxName, QueueName},
};

/// A queue that a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Addressee<'a> {
    pub(super) mailbox: &'a MailboxName,
    pub(super) queue: &'a QueueName,
    /// The mail came here without naming it (Bcc): nobody else may learn of it.
    pub(super) is_hidden: bool,
}

/// A queue that a mail is for, and what the rules say of it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Routed<'a> {
    pub(super) to: Addressee<'a>,
    pub(super) verdict: Verdict<'a>,
}

impl<'a> Routed<'a> {
    /// Without any rule.
    pub(super) fn plainly(to: Addressee<'a>) -> Self {
        let verdict = Verdict::default();
        Self { to, verdict }
    }
}

/// How a mail names a mailbox of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// In To: it is asked.
    To,
    /// In Cc: it should know.
    Cc,
    /// Not itself: it is among everybody.
    Everybody,
    /// Not at all: Bcc, or mail to everybody by an address that nobody has told us.
    Nowhere,
}

/// The queues of the mailboxes in To, in order, each once: all of them are asked, whichever copy comes first. A mailbox
/// that got the mail in Bcc comes last, and a mail that names none of ours is for the mailbox it came in by. One that only
/// got a copy is asked nothing.
pub(super) fn addressees<'a>(arrival: &Arrival, given: &Given<'a>) -> Vec<Addressee<'a>> {
    let policy = given.policy;
    // A machine may ask where it is named, and nowhere else.
    if arrival.automatic.is_some() {
        return of_mailbox(arrival, policy).into_iter().collect();
    }
    let mail = &arrival.reading.message;
    let mut in_to = boxes_in(&mail.to, policy);
    // Where a copy is as good as a request, it stands behind those that are asked.
    in_to.extend(boxes_in(&mail.cc, policy).into_iter().filter(|name| {
        let mailbox = policy.mailboxes.get(name);
        mailbox.is_some_and(|mailbox| mailbox.in_cc == InCc::Ticket)
    }));
    let came_in = policy.mailboxes.get_key_value(&arrival.mailbox);
    let came_in = came_in.map(|(name, _)| name);
    let is_unnamed = named(arrival, &arrival.mailbox, policy) == Named::Nowhere;
    let is_hidden = is_unnamed && !in_to.is_empty();
    let besides = came_in.filter(|_| is_unnamed);
    let asked = in_to.into_iter().map(|name| (name, false));
    let mut found: Vec<Addressee<'a>> = Vec::new();
    for (mailbox, is_hidden) in asked.chain(besides.map(|name| (name, is_hidden))) {
        let Some(queue) = policy.mailboxes.get(mailbox).map(|mailbox| &mailbox.queue) else {
            continue;
        };
        if policy.queues.contains_key(queue) && found.iter().all(|other| other.queue != queue) {
            found.push(Addressee {
                mailbox,
                queue,
                is_hidden,
            });
        }
    }
    of_form(arrival, policy, found)
}

/// A form has one queue that answers it, whichever mailboxes of ours the mail is for.
fn of_form<'a>(
    arrival: &Arrival,
    policy: &'a Policy,
    found: Vec<Addressee<'a>>,
) -> Vec<Addressee<'a>> {
    let Some(queue) = filled::queue_of(arrival, policy).filter(|_| !found.is_empty()) else {
        return found;
    };
    let own = found.iter().find(|to| to.queue == queue);
    let to = own.or_else(|| found.first()).copied();
    to.map(|to| Addressee { queue, ..to }).into_iter().collect()
}

/// Where the rules send a mail that is for these queues; two that they send to one are one.
pub(super) fn routed<'a, 'f>(
    asked: Vec<Addressee<'a>>,
    mail: impl FnOnce() -> Considered<'f>,
    policy: &'a Policy,
) -> Vec<Routed<'a>> {
    if policy.rules.is_empty() {
        return asked.into_iter().map(Routed::plainly).collect();
    }
    let mail = &mail();
    let mut found: Vec<Routed<'a>> = Vec::new();
    for to in asked {
        let mut one = judged(to, mail, policy);
        let wanted = one.verdict.queue.as_ref();
        let wanted = wanted.and_then(|by| policy.queues.get_key_value(by.value));
        if let Some((queue, _)) = wanted {
            one.to.queue = queue;
        }
        if found.iter().all(|other| other.to.queue != one.to.queue) {
            found.push(one);
        }
    }
    found
}

/// What the rules say of a mail whose queue somebody has chosen: it stays there.
pub(super) fn kept<'a>(to: Addressee<'a>, mail: &Considered<'_>, policy: &'a Policy) -> Routed<'a> {
    judged(to, mail, policy)
}

fn judged<'a>(to: Addressee<'a>, mail: &Considered<'_>, policy: &'a Policy) -> Routed<'a> {
    let asked = policy.queues.get(to.queue);
    let verdict = asked.map(|queue| {
        let facts = Facts {
            mail,
            mailbox: to.mailbox,
            calendar: &queue.calendar,
        };
        ruling::judge(&policy.rules, &facts)
    });
    let verdict = verdict.unwrap_or_default();
    Routed { to, verdict }
}

/// The queue of the mailbox that a mail came in by.
pub(super) fn of_mailbox<'a>(arrival: &Arrival, policy: &'a Policy) -> Option<Addressee<'a>> {
    let (mailbox, own) = policy.mailboxes.get_key_value(&arrival.mailbox)?;
    let (queue, _) = policy.queues.get_key_value(&own.queue)?;
    Some(Addressee {
        mailbox,
        queue,
        is_hidden: false,
    })
}

/// Whether a mailbox of ours stands in To: whoever writes asks its department for something, whichever copy comes first.
pub(super) fn is_any_asked(arrival: &Arrival, policy: &Policy) -> bool {
    !boxes_in(&arrival.reading.message.to, policy).is_empty()
}

/// How a mail names this mailbox.
pub(super) fn named(arrival: &Arrival, mailbox: &MailboxName, policy: &Policy) -> Named {
    let mail = &arrival.reading.message;
    if boxes_in(&mail.to, policy).contains(&mailbox) {
        Named::To
    } else if boxes_in(&mail.cc, policy).contains(&mailbox) {
        Named::Cc
    } else if policy.intake.everybody.iter().any(|all| arrival.names(all)) {
        Named::Everybody
    } else {
        Named::Nowhere
    }
}

fn boxes_in<'a>(people: &[NamedAddress], policy: &'a Policy) -> Vec<&'a MailboxName> {
    let addresses = people.iter().filter_map(NamedAddress::parsed);
    addresses
        .filter_map(|address| policy.mailbox_of(&address))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixture::{address, given, mail, policy};

    fn named_addresses(words: &str) -> Vec<NamedAddress> {
        let words = words.split_whitespace();
        words
            .map(|one| NamedAddress::new("", &address(&format!("{one}@uni.test"))))
            .collect()
    }

    #[track_caller]
    fn check((to, cc, came_in): (&str, &str, &str), expected: &str) {
        let policy = policy();
        let mut arrival = mail(1, "olga@customers.test", "It smokes.");
        arrival.mailbox = came_in.into();
        arrival.reading.message.to = named_addresses(to);
        arrival.reading.message.cc = named_addresses(cc);
        let found: Vec<String> = addressees(&arrival, &given(&policy))
            .iter()
            .map(|one| format!("{}{}", one.queue, if one.is_hidden { "?" } else { "" }))
            .collect();
        assert_eq!(found.join(" "), expected, "to {to}, cc {cc}, in {came_in}");
    }

    #[test]
    fn whom_a_mail_is_for() {
        check(("it", "", "it"), "it");
        check(("buh it", "", "it"), "buh it");
        check(("it it+printer", "", "it"), "it");
        check(("it", "buh", "buh"), "it");
        check(("it", "", "buh"), "it buh?");
        check(("all", "", "buh"), "buh");
        check(("dean", "it", "it"), "");
        check(("it", "", "gone"), "it");
        check(("all", "", "gone"), "");
    }
}
