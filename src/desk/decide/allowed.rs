//! Who may write where: a queue may be open to some people only. Whoever takes part in a ticket goes on in it, whoever
//! they are; this is asked of new requests alone.

use super::machine;
use crate::desk::{
    arrival::{Again, Arrival},
    draft::Draft,
    flood,
    identity::Speaker,
    loops,
    policy::{Allow, Others, QueuePolicy},
    reason::Reason,
    routing::Routed,
    subject::bare,
};
use crate::model::{
    address::NamedAddress,
    event::Trust,
    outgoing::{AutoSubmitted, Body, Class, OutgoingMail, Recipient, RefusalLetter, Sender},
    person::Person,
};

/// Takes out the queues that are not open to whoever asks, and gives those back.
pub(super) fn sift<'a>(
    draft: &Draft<'a>,
    (arrival, speaker): (&Arrival, &Speaker),
    asked: &mut Vec<Routed<'a>>,
) -> Vec<Routed<'a>> {
    // Whom the site names itself, or lets in, need not be on a list.
    let is_let_in = arrival.again == Some(Again::Released) || arrival.automatic.is_some();
    if is_let_in || goes_on(draft, speaker) {
        return Vec::new();
    }
    let is_open = |one: &Routed<'_>| {
        let queue = draft.given.policy.queues.get(one.to.queue);
        let allow = queue.and_then(|queue| queue.allow.as_ref());
        allow.is_none_or(|allow| is_named(draft, speaker, allow) && is_believed(draft, speaker))
    };
    let (open, closed) = std::mem::take(asked).into_iter().partition(is_open);
    *asked = open;
    closed
}

/// Whether the mail answers a ticket, closed too long ago, of whoever writes.
fn goes_on(draft: &Draft<'_>, speaker: &Speaker) -> bool {
    let before = draft
        .continues
        .and_then(|number| draft.world.ticket(number));
    let takes_part = before.is_some_and(|before| draft.world.takes_part(speaker.person, before));
    takes_part && speaker.trust > Trust::Suspicious
}

/// Whether a list names them; the site's own agents are on every list.
fn is_named(draft: &Draft<'_>, speaker: &Speaker, allow: &Allow) -> bool {
    let person = draft.person_by_id(speaker.person);
    let is_staff = speaker.agent.is_some() || draft.given.policy.is_staff(&speaker.address);
    is_staff || allow.names(&speaker.address, person.and_then(Person::listed))
}

/// Whether they are who they say they are: where servers can prove that, it is to be proven.
fn is_believed(draft: &Draft<'_>, speaker: &Speaker) -> bool {
    match draft.given.policy.trust.can_prove() {
        true => speaker.trust >= Trust::Token,
        false => speaker.trust >= Trust::Claimed,
    }
}

/// A mail that none of the queues it is for is open to. Its author is told only where every one of these wants that, and
/// where it may well be their own mail: else it waits for the administrator.
pub(super) fn turn_away(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
    closed: &[Routed<'_>],
) {
    let policy = draft.given.policy;
    let queues: Vec<&QueuePolicy> = closed
        .iter()
        .filter_map(|one| policy.queues.get(one.to.queue))
        .collect();
    let lists = queues.iter().filter_map(|queue| queue.allow.as_ref());
    let is_refused = lists
        .clone()
        .all(|allow| allow.others == Others::Refuse && !is_named(draft, speaker, allow));
    let is_listed = lists.clone().any(|allow| is_named(draft, speaker, allow));
    let reason = match is_listed {
        true => Reason::NotProvenHere,
        false => Reason::NotAllowed,
    };
    if !is_refused || speaker.trust == Trust::Suspicious {
        let names: Vec<&str> = closed.iter().map(|one| one.to.queue.as_str()).collect();
        let by = format!("{} → {}", speaker.address, names.join(", "));
        return machine::keep_apart(draft, arrival, reason, by);
    }
    machine::put_aside(draft, arrival, reason);
    if let Some(queue) = queues.first()
        && may_be_told(draft, arrival, speaker)
    {
        tell(draft, arrival, speaker, queue);
    }
}

/// A machine that answers whatever it gets would be told again and again.
fn may_be_told(draft: &Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    loops::answer_forbidden(arrival, draft.given).is_none()
        && draft.unanswered.is_none()
        && !flood::is_reflex(arrival, &speaker.address, draft.world)
}

/// The polite refusal.
fn tell(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker, queue: &QueuePolicy) {
    let mail = &arrival.reading.message;
    let policy = draft.given.policy;
    let Some(own) = policy.mailboxes.get(&queue.mailbox) else {
        return;
    };
    let sender = Sender {
        mailbox: queue.mailbox.clone(),
        name: queue.title.clone(),
        address: own.address.clone(),
    };
    let about = bare(mail.subject.as_deref().unwrap_or(""), draft.given.key);
    let body = Body::Refusal(RefusalLetter {
        queue: queue.title.clone(),
        address: own.address.clone(),
        about: about.as_str().to_owned(),
    });
    let key = format!("refusal:{}", arrival.raw);
    let domain = sender.address.domain();
    let message_id = draft.given.key.plain_message_id(&key, domain);
    let language = mail.language.unwrap_or(queue.language);
    let letter = OutgoingMail::new((key, message_id), Class::Automatic, sender, language, body);
    let proven = speaker.trust >= Trust::Token;
    let name = draft
        .person_by_id(speaker.person)
        .map(|one| one.name.clone());
    let name = name.unwrap_or_default();
    draft.queue_mail(OutgoingMail {
        to: vec![NamedAddress::new(name.as_str(), &speaker.address)],
        recipients: vec![Recipient {
            address: speaker.address.clone(),
            person: speaker.person,
            reply_to: None,
        }],
        // What nobody has proven may be somebody else's: nothing of it comes back as a bounce to us either.
        envelope_from: letter.envelope_from.clone().filter(|_| proven),
        in_reply_to: arrival.own_id(),
        references: arrival.own_id().into_iter().collect(),
        auto_submitted: AutoSubmitted::Replied,
        hop: loops::hop(arrival).saturating_add(1),
        ..letter
    });
}
