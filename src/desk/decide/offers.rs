//! Mails that ask nobody of ours: a copy for information. They open no ticket; the agents are shown them once and may
//! make a ticket of one with a word.

use super::{
    cards::deal_cards,
    opening::{open_all, withhold},
    ruled, siblings,
};
use crate::desk::{
    arrival::{Again, Arrival},
    draft::Draft,
    identity::{self, Speaker},
    loops, notify,
    order::Order,
    permission::{Act, Standing, may},
    policy::InCc,
    reason::Reason,
    routing::{self, Addressee, Named},
    showing::Showing,
    subject::{bare, offer_in},
    threading,
    world::Known,
};
use crate::model::{
    address::NamedAddress,
    event::{Role, Trust},
    ids::{AgentName, PersonId, TicketNumber},
    outgoing::{AutoSubmitted, Body, Class, OutgoingMail, Recipient, Sender, ShownCopy},
    ticket::Side,
};

/// Words that make a ticket of a mail that was offered.
const WORDS: [&str; 3] = ["обращение", "заявка", "ticket"];

/// A copy for information reached the mailbox at hand, whose agents have no ticket of it: they are shown it, once a
/// conversation. What one of them sends around needs no showing; what only bears their name does.
pub(super) fn show_copy(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) {
    if !is_copy(draft, arrival) || is_seen(draft, arrival) {
        return;
    }
    let policy = draft.given.policy;
    let queue = policy.mailboxes.get(&arrival.mailbox);
    let queue = queue.and_then(|mailbox| policy.queues.get(&mailbox.queue));
    let serves = |agent| queue.is_some_and(|queue| queue.agents.contains(agent));
    if speaker.trust >= Trust::Token && speaker.agent.as_ref().is_some_and(serves) {
        return;
    }
    if let Some((group, title)) =
        queue.and_then(|queue| Some((queue.group.as_ref()?, &queue.title)))
    {
        let person = draft.person(group, Some(title), None);
        return offer(draft, arrival, speaker, person);
    }
    for agent in queue
        .map(|queue| queue.agents.as_slice())
        .unwrap_or_default()
    {
        if let Some(person) = draft.agent_person(agent) {
            offer(draft, arrival, speaker, person);
        }
    }
}

/// Whether this mailbox only got a copy, and its agents want to see those.
pub(super) fn is_copy(draft: &Draft<'_>, arrival: &Arrival) -> bool {
    let policy = draft.given.policy;
    let here = policy.mailboxes.get(&arrival.mailbox);
    here.is_some_and(|here| here.in_cc == InCc::Note)
        && routing::named(arrival, &arrival.mailbox, policy) == Named::Cc
}

/// Whether an earlier mail of the same conversation was put aside: it was shown then.
fn is_seen(draft: &Draft<'_>, arrival: &Arrival) -> bool {
    arrival.parents().any(|id| draft.world.is_aside(id))
}

/// One agent is shown a mail, with a code that is theirs alone.
fn offer(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker, person: PersonId) {
    let mail = &arrival.reading.message;
    let showing = Showing::of(speaker, draft);
    let (enclosures, files_left_out) =
        arrival.enclosures_for_agents(draft.given.policy.relay_bytes_max);
    let files = notify::names_of(enclosures.as_ref());
    let Some(sender) = sender(draft, arrival) else {
        return;
    };
    let author = arrival.from().and_then(|from| from.name.clone());
    let author = author.filter(|name| !name.trim().is_empty());
    let to = mail.to.iter().map(|to| showing.words(&to.address));
    let subject = bare(mail.subject.as_deref().unwrap_or(""), draft.given.key);
    let body = Body::Offer(ShownCopy {
        queue: sender.name.clone(),
        code: draft.given.key.offer(arrival.raw, person),
        address: sender.address.clone(),
        about: showing.words(subject.as_str()),
        author: showing.words(author.as_deref().unwrap_or(speaker.address.as_str())),
        author_address: showing.words(speaker.address.as_str()),
        to: to.collect(),
        marks: showing.marks(),
        text: showing.words(mail.text.as_deref().unwrap_or_default()),
        warnings: showing.warnings(arrival, &files),
        files: showing.names(files),
        files_left_out: showing.names(files_left_out),
    });
    let key = format!("offer:{}:{person}", arrival.raw);
    let Some(letter) = to_agent(draft, arrival, (key, sender, body), person) else {
        return;
    };
    draft.queue_mail(OutgoingMail {
        enclosures: showing.formatted(arrival, enclosures),
        ..letter
    });
}

/// An agent answers a mail of that sort: whether this is one, and then all that follows.
pub(super) fn was_answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let subject = arrival.reading.message.subject.as_deref().unwrap_or("");
    let Some((raw, code, behind)) = offer_in(subject) else {
        return false;
    };
    let policy = draft.given.policy;
    let agent = arrival.author().and_then(|(from, _)| {
        let known = draft.world.person(&from).map(|person| person.id);
        draft.world.agent_at(&from, known, policy)
    });
    let Some(agent) = agent else {
        return false;
    };
    let is_of = |draft: &mut Draft<'_>, name: &AgentName| {
        let person = draft.agent_person(name);
        person.is_some_and(|person| draft.given.key.is_offer(raw, person, code))
    };
    let is_own = is_of(draft, &agent);
    let groups = policy
        .queues
        .values()
        .filter_map(|queue| queue.group.as_ref());
    let mut groups = groups.filter_map(|group| draft.world.person(group));
    let is_groups = groups.any(|group| draft.given.key.offer(raw, group.id) == code);
    if !is_own && !is_groups && !policy.agents.keys().any(|name| is_of(draft, name)) {
        return false;
    }
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    // The code was sent to this agent alone.
    let trust = match (speaker.trust, is_own) {
        (Trust::Claimed, true) => Trust::Token,
        (trust, _) => trust,
    };
    (draft.voice.role, draft.voice.trust) = (Role::Agent, trust);
    let standing = Standing {
        role: Role::Agent,
        trust,
        side: Side::Agents,
        serves_queue: true,
        has_our_mail: false,
    };
    let words = match behind.trim() {
        "" => arrival.new_text(),
        behind => behind,
    };
    let word = words
        .trim()
        .trim_matches(['#', '.', '!', '«', '»', '"'])
        .to_lowercase();
    let (reason, outcome) = match may(Act::MakeTicket, standing) {
        Err(refusal) => (refusal.reason(), Some("not_trusted")),
        Ok(()) if WORDS.contains(&word.as_str()) => (Reason::OfferTaken, None),
        Ok(()) => (Reason::HeldUnclear, Some("unclear")),
    };
    super::machine::put_aside(draft, arrival, reason);
    match outcome {
        Some(outcome) => tell(draft, arrival, &agent, (outcome, None)),
        None => {
            let again = Again::Offered { agent };
            draft.decision.orders.push(Order::TakeAgain { raw, again });
        }
    }
    true
}

/// A mail that an agent makes a ticket of is taken once more. Its author is not told: nobody there had asked us.
pub(super) fn take(draft: &mut Draft<'_>, arrival: &Arrival, agent: &AgentName) {
    let copies = threading::copies_of(arrival, draft.world);
    let here = copies
        .iter()
        .find(|known| siblings::is_answered_here(draft, arrival, known));
    if let Some(Known { ticket, .. }) = here {
        draft.decision.reason = Reason::SameMail;
        return tell(draft, arrival, agent, ("already", Some(*ticket)));
    }
    let policy = draft.given.policy;
    let mailbox = policy.mailboxes.get_key_value(&arrival.mailbox);
    let queue = mailbox.and_then(|(_, mailbox)| policy.queues.get_key_value(&mailbox.queue));
    let (Some((mailbox, _)), Some((name, queue))) = (mailbox, queue) else {
        return super::machine::put_aside(draft, arrival, Reason::NoQueue);
    };
    if !queue.agents.contains(agent) {
        draft.decision.reason = Reason::NotOfQueue;
        return tell(draft, arrival, agent, ("not_of_queue", None));
    }
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return;
    };
    draft.note_fact("offered_to", serde_json::json!(agent));
    draft.decision.reason = Reason::Offered;
    draft.voice.role = Role::Requester;
    // Nothing was promised before.
    draft.voice.at = draft.given.now;
    let to = Addressee {
        mailbox,
        queue: name,
        is_hidden: routing::named(arrival, mailbox, policy) == Named::Nowhere,
    };
    let mut before: Vec<TicketNumber> = copies.iter().map(|known| known.ticket).collect();
    before.dedup();
    let to = ruled::keep(draft, (arrival, &speaker), to);
    let opened = open_all(draft, arrival, &speaker, &[to], &before);
    withhold(draft, speaker.person, (&opened, Reason::Offered));
    deal_cards(draft, arrival, &speaker, &opened);
}

/// What came of an agent's answer to such a mail, where it is not a ticket.
fn tell(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    agent: &AgentName,
    (outcome, ticket): (&str, Option<TicketNumber>),
) {
    let facts = ticket.and_then(|number| {
        let ticket = draft.ticket(number)?;
        ticket.facts(ticket.staff_language())
    });
    let (Some(person), Some(sender)) = (draft.agent_person(agent), sender(draft, arrival)) else {
        return;
    };
    let subject = bare(
        arrival.reading.message.subject.as_deref().unwrap_or(""),
        draft.given.key,
    );
    let body = Body::OfferAnswer {
        outcome: outcome.to_owned(),
        about: subject.as_str().to_owned(),
        ticket: facts,
    };
    let key = format!(
        "offer_answer:{}:{outcome}:{}",
        arrival.raw,
        draft.given.now.as_millisecond()
    );
    if let Some(letter) = to_agent(draft, arrival, (key, sender, body), person) {
        draft.queue_mail(letter);
    }
}

/// The queue of the mailbox at hand, as it signs its letters.
fn sender(draft: &Draft<'_>, arrival: &Arrival) -> Option<Sender> {
    let policy = draft.given.policy;
    let queue = policy
        .queues
        .get(&policy.mailboxes.get(&arrival.mailbox)?.queue)?;
    let own = policy.mailboxes.get(&queue.mailbox)?;
    Some(Sender {
        mailbox: queue.mailbox.clone(),
        name: queue.title.clone(),
        address: own.address.clone(),
    })
}

/// A letter to one agent that belongs to no ticket.
fn to_agent(
    draft: &Draft<'_>,
    arrival: &Arrival,
    (key, sender, body): (String, Sender, Body),
    person: PersonId,
) -> Option<OutgoingMail> {
    let policy = draft.given.policy;
    let queue = &policy.mailboxes.get(&arrival.mailbox)?.queue;
    let own = policy.queues.get(queue)?;
    let language = own.language;
    let reader = draft.person_by_id(person)?;
    let address = draft.address_of(reader).clone();
    let message_id = draft
        .given
        .key
        .plain_message_id(&key, sender.address.domain());
    let is_group = policy.is_group(&address);
    Some(OutgoingMail {
        side: Some(Side::Agents),
        queue: Some(queue.clone()),
        list_id: is_group.then(|| own.list_id(sender.address.domain())),
        to: vec![NamedAddress::new(reader.name.as_str(), &address)],
        recipients: vec![Recipient {
            address,
            person,
            reply_to: None,
        }],
        auto_submitted: AutoSubmitted::Generated,
        hop: loops::hop(arrival).saturating_add(1),
        ..OutgoingMail::new((key, message_id), Class::Automatic, sender, language, body)
    })
}
