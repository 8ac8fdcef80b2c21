//! Somebody asks which forms there are, and gets the list: one mail, whatever they asked by, and no ticket.

use super::machine;
use crate::desk::{
    arrival::Arrival,
    draft::{DecisionBuilder, Draft},
    filled,
    forms::{self, FormPolicy},
    identity::Speaker,
    loops,
    policy::Mode,
    reason::Reason,
    subject::bare,
    token::SEPARATOR,
};
use crate::model::{
    address::{Address, NamedAddress},
    event::Trust,
    ids::FormName,
    language::Language,
    outgoing::{
        AutoSubmitted, Body, Class, FormList, OfferedForm, OutgoingMail, Recipient, Sender,
    },
    person::Person,
    ticket::Side,
};

/// How many forms one letter lists.
const FORMS_MAX: usize = 20;

/// A text of more words than that is a request, wherever it went.
const WORDS_MAX: usize = 20;

/// How many bytes of files go where somebody from outside only claims to write from: forged requests must not make a
/// load of them.
const OUTSIDE_BYTES_MAX: u64 = 1_000_000;

/// A mail that belongs nowhere may ask for the list; whether it does, and then it has been answered.
pub(super) fn was_asked(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    let policy = draft.given.policy;
    let speaks = policy.mailboxes.get(&arrival.mailbox);
    let speaks = speaks.is_some_and(|own| own.mode > Mode::Observe);
    if policy.forms.is_empty()
        || !speaks
        || loops::answer_forbidden(arrival, draft.given).is_some()
        || !is_asked(draft, arrival)
        || filled::of_arrival(arrival, policy).is_some()
    {
        return false;
    }
    machine::put_aside(draft, arrival, Reason::FormsAsked);
    send(draft, arrival, speaker);
    true
}

fn is_asked(draft: &DecisionBuilder<'_>, arrival: &Arrival) -> bool {
    let mail = &arrival.reading.message;
    let subject = mail.subject.as_deref().unwrap_or_default();
    let subject = bare(subject, draft.given.key);
    let text = match mail.signature.as_deref() {
        // Where nothing but a signature is left it stands for the text.
        Some(signature) if signature.trim() == arrival.new_text().trim() => "",
        Some(_) | None => arrival.new_text(),
    };
    let went_to = arrival.went_to();
    let details = went_to.iter().filter_map(|address| {
        draft.given.policy.mailbox_of(address)?;
        let local = address.as_str().rsplit_once('@')?.0;
        local.split_once(SEPARATOR).map(|(_, detail)| detail)
    });
    text.split_whitespace().nth(WORDS_MAX).is_none()
        && forms::is_list_asked(details, subject.as_str(), text)
}

/// The list, to whoever wrote this mail.
pub(super) fn send(draft: &mut DecisionBuilder<'_>, arrival: &Arrival, speaker: &Speaker) {
    let policy = draft.given.policy;
    let Some((sender, language)) = sender(draft, arrival, speaker) else {
        return;
    };
    let mut room = match speaker.trust {
        Trust::Suspicious => 0,
        Trust::Claimed if !policy.trust.is_own(speaker.address.domain()) => OUTSIDE_BYTES_MAX,
        Trust::Claimed | Trust::Token | Trust::Proven => policy.relay_bytes_max,
    };
    let mut all: Vec<(&FormName, &FormPolicy)> = policy.forms.iter().collect();
    let is_own = |form: &FormPolicy| {
        let queue = policy.queues.get(&form.queue);
        queue.is_some_and(|queue| queue.mailbox == sender.mailbox)
    };
    all.sort_by_key(|(_, form)| !is_own(form));
    let (mut listed, mut form_files) = (Vec::new(), Vec::new());
    for (name, form) in all.into_iter().take(FORMS_MAX) {
        let Some(mut offered) = offer(draft, (name, form), language) else {
            continue;
        };
        let bytes = form.files.iter().map(|file| file.bytes);
        let bytes = bytes.fold(0, u64::saturating_add);
        if bytes > room {
            offered.files_left_out = std::mem::take(&mut offered.files);
        } else if bytes > 0 {
            room = room.saturating_sub(bytes);
            form_files.push(name.clone());
        }
        listed.push(offered);
    }
    let Some(person) = draft.person_by_id(speaker.person) else {
        return;
    };
    let address = draft.address_of(person).clone();
    let key = format!("forms:{}", arrival.raw);
    let own = &sender.address;
    let message_id = draft.given.key.plain_message_id(&key, own.domain());
    let body = Body::Forms(FormList {
        queue: sender.name.clone(),
        address: own.clone(),
        forms: listed,
    });
    let mailbox = policy.mailboxes.get(&arrival.mailbox);
    let letter = OutgoingMail {
        side: Some(Side::Requester),
        queue: mailbox.map(|mailbox| mailbox.queue.clone()),
        to: vec![NamedAddress::new(person.name.as_str(), &address)],
        recipients: vec![Recipient {
            address,
            person: speaker.person,
            reply_to: None,
        }],
        in_reply_to: arrival.own_id(),
        references: arrival.own_id().into_iter().collect(),
        auto_submitted: AutoSubmitted::Replied,
        hop: loops::hop(arrival).saturating_add(1),
        form_files,
        ..OutgoingMail::new((key, message_id), Class::Automatic, sender, language, body)
    };
    draft.queue_mail(letter);
}

fn offer(
    draft: &DecisionBuilder<'_>,
    (name, form): (&FormName, &FormPolicy),
    language: Language,
) -> Option<OfferedForm> {
    let policy = draft.given.policy;
    let queue = policy.queues.get(&form.queue)?;
    let address: &Address = &policy.mailboxes.get(&queue.mailbox)?.address;
    Some(forms::offered(
        (name, form),
        (&queue.title, address),
        language,
    ))
}

/// The queue of the mailbox at hand, and the language it answers in.
fn sender(
    draft: &DecisionBuilder<'_>,
    arrival: &Arrival,
    speaker: &Speaker,
) -> Option<(Sender, Language)> {
    let policy = draft.given.policy;
    let queue = policy
        .queues
        .get(&policy.mailboxes.get(&arrival.mailbox)?.queue)?;
    let own = policy.mailboxes.get(&queue.mailbox)?;
    let sender = Sender {
        mailbox: queue.mailbox.clone(),
        name: queue.title.clone(),
        address: own.address.clone(),
    };
    let listed = draft.person_by_id(speaker.person).and_then(Person::listed);
    let listed = listed.and_then(|listed| listed.language);
    let mail = &arrival.reading.message;
    let of_subject = mail.subject.as_deref().and_then(language_of);
    let language = listed.or(mail.language).or(of_subject);
    Some((sender, language.unwrap_or(queue.language)))
}

/// The language of one word.
fn language_of(word: &str) -> Option<Language> {
    let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
    if word.chars().any(is_cyrillic) {
        return Some(Language::Ru);
    }
    word.chars()
        .any(|c| c.is_ascii_alphabetic())
        .then_some(Language::En)
}
