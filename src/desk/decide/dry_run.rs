//! A mail to a dry-run address: an agent wants to know what would become of it. It is decided on as if it had come to the
//! mailbox itself, nothing of that happens, and the agent is told what would have, and why.

mod told;

use self::told::tickets;
use super::{decide, machine};
use crate::desk::{
    arrival::Arrival,
    cause::Cause,
    decision::Decision,
    draft::Draft,
    identity::{self, Speaker},
    loops,
    policy::{MailboxPolicy, Policy, QueuePolicy},
    reason::Reason,
};
use crate::model::{
    address::{Address, NamedAddress},
    event::{EventData, Trust},
    ids::AgentName,
    inert::inert,
    outgoing::{AutoSubmitted, Body, Class, OutgoingMail, Recipient, Sender, TriedLetter},
    ticket::Side,
};

/// A dry-run address that a mail names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trial<'p> {
    /// The address.
    dry: &'p Address,
    /// The mailbox that is tried.
    own: &'p MailboxPolicy,
    /// Nothing else is asked: where the mailbox itself is named, too, the mail is decided on as ever besides.
    pub(super) is_only: bool,
}

/// What a mail wants tried; `None`: nothing, as almost always.
pub(super) fn trial<'p>(arrival: &Arrival, policy: &'p Policy) -> Option<Trial<'p>> {
    let went_to = arrival.went_to();
    let mut all = policy
        .mailboxes
        .values()
        .filter_map(|own| Some((own.dry_run.as_ref()?, own)));
    let (dry, own) = all.find(|(dry, _)| went_to.contains(dry))?;
    let mail = &arrival.reading.message;
    let named = mail.to.iter().chain(&mail.cc);
    let mut named = named.filter_map(NamedAddress::parsed);
    let is_dry = |address: &Address| {
        let mut mailboxes = policy.mailboxes.values();
        mailboxes.any(|own| own.dry_run.as_ref() == Some(address))
    };
    let is_only = !named
        .any(|address| !is_dry(&address) && policy.mailbox_of(&address) == Some(&arrival.mailbox));
    Some(Trial { dry, own, is_only })
}

impl Trial<'_> {
    /// The mail as it is without the dry-run address; where nothing else was named, as if it had been sent to the mailbox
    /// itself.
    pub(super) fn plain(&self, arrival: &Arrival) -> Arrival {
        let mut plain = arrival.clone();
        let mail = &mut plain.reading.message;
        let is_dry = |named: &NamedAddress| named.parsed().as_ref() == Some(self.dry);
        let is_dry_too = |address: &String| Address::parse(address).ok().as_ref() == Some(self.dry);
        if !self.is_only {
            mail.to.retain(|named| !is_dry(named));
            mail.cc.retain(|named| !is_dry(named));
            mail.delivered_to.retain(|address| !is_dry_too(address));
            return plain;
        }
        let own = &self.own.address;
        let named = mail.to.iter_mut().chain(&mut mail.cc);
        for named in named.filter(|named| is_dry(named)) {
            *named = NamedAddress::new(named.name.as_deref().unwrap_or_default(), own);
        }
        let delivered = mail.delivered_to.iter_mut();
        for address in delivered.filter(|address| is_dry_too(address)) {
            own.as_str().clone_into(address);
        }
        plain
    }

    /// Whether an agent may know by which rules the mailbox goes: those of a confidential queue are its own agents'.
    fn may_be_seen_by(&self, agent: &AgentName, policy: &Policy) -> bool {
        let queue = policy.queues.get(&self.own.queue);
        queue.is_some_and(|queue| may_see(agent, queue, policy))
    }
}

fn may_see(agent: &AgentName, queue: &QueuePolicy, policy: &Policy) -> bool {
    !queue.confidential || queue.agents.contains(agent) || policy.decides_for(agent, queue)
}

/// Answers what was tried. Who is not surely an agent gets no answer: what the rules are is nobody else's business.
pub(super) fn try_out(draft: &mut Draft<'_>, arrival: &Arrival, trial: &Trial<'_>) {
    let policy = draft.given.policy;
    let speaker = identity::recognise(arrival, None, draft);
    let speaker = speaker.filter(|speaker| speaker.trust == Trust::Proven);
    let agent = speaker.as_ref().and_then(|speaker| speaker.agent.clone());
    let agent = agent.filter(|agent| trial.may_be_seen_by(agent, policy));
    let may_answer = loops::answer_forbidden(arrival, draft.given).is_none();
    let Some((speaker, agent)) = speaker.zip(agent).filter(|_| may_answer) else {
        if trial.is_only {
            machine::put_aside(draft, arrival, Reason::TriedByNobody);
        }
        return;
    };
    let plain = trial.plain(arrival);
    let decision = decide(&Cause::Mail(Box::new(plain)), draft.world, draft.given);
    if trial.is_only {
        machine::put_aside(draft, arrival, Reason::Tried);
        draft.decision.is_fresh_human = super::fresh::is_fresh(draft, arrival);
    }
    answer(draft, arrival, (&speaker, &agent), (&decision, trial));
}

fn answer(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (speaker, agent): (&Speaker, &AgentName),
    (decision, trial): (&Decision, &Trial<'_>),
) {
    let policy = draft.given.policy;
    let Some(mailbox) = policy.mailboxes.get(&arrival.mailbox) else {
        return;
    };
    let Some(queue) = policy.queues.get(&mailbox.queue) else {
        return;
    };
    let Some(own) = policy.mailboxes.get(&queue.mailbox) else {
        return;
    };
    let Some(person) = draft.person_by_id(speaker.person) else {
        return;
    };
    let address = draft.address_of(person).clone();
    let to = vec![NamedAddress::new(person.name.as_str(), &address)];
    let sender = Sender {
        mailbox: queue.mailbox.clone(),
        name: queue.title.clone(),
        address: own.address.clone(),
    };
    let key = format!("tried:{}", arrival.raw);
    let message_id = draft
        .given
        .key
        .plain_message_id(&key, sender.address.domain());
    let subject = arrival.reading.message.subject.as_deref();
    let body = Body::Tried(TriedLetter {
        about: inert(subject.unwrap_or_default()),
        outcome: outcome(decision).to_owned(),
        why: decision.reason.words(queue.language).to_owned(),
        tickets: tickets((decision, agent), policy, queue.language),
        is_real: !trial.is_only,
        is_acknowledged: decision
            .mails
            .iter()
            .any(|queued| queued.mail.body.template() == "acknowledgement"),
    });
    let letter = OutgoingMail {
        side: Some(Side::Agents),
        queue: Some(mailbox.queue.clone()),
        to,
        recipients: vec![Recipient {
            address,
            person: speaker.person,
            reply_to: None,
        }],
        in_reply_to: arrival.own_id(),
        references: arrival.own_id().into_iter().collect(),
        auto_submitted: AutoSubmitted::Replied,
        hop: loops::hop(arrival).saturating_add(1),
        ..OutgoingMail::new(
            (key, message_id),
            Class::Automatic,
            sender,
            queue.language,
            body,
        )
    };
    draft.queue_mail(letter);
}

/// What would become of it, as a code.
fn outcome(decision: &Decision) -> &'static str {
    let has = |is: fn(&EventData) -> bool| decision.events.iter().any(|event| is(&event.data));
    if decision.quarantine.is_some() {
        "quarantined"
    } else if has(|data| matches!(data, EventData::TicketOpened(_))) {
        "opened"
    } else if has(|data| matches!(data, EventData::SetAside)) {
        "aside"
    } else {
        "nothing"
    }
}
