//! A request that was asked by a form: its fields are noted, what is missing is asked for once, and answers are filled in.

use super::Incoming;
use crate::desk::{
    arrival::Arrival,
    draft::{DecisionBuilder, TicketDraft},
    filled,
    forms::{self, FormPolicy},
    identity::Speaker,
    origin::Brought,
    policy::Mode,
    reason::Reason,
    showing::Showing,
    subject::bare,
};
use crate::model::{
    event::{EventData, Private, Trust},
    form::{FilledForm, written},
    ids::{FieldName, FormName},
    outgoing::TicketFacts,
    text::Text,
    ticket::State,
};

/// The mail that has just opened a ticket is of a form: what it says is noted.
pub(super) fn note(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, speaker: &Speaker) {
    let Some(filled) = of_mail(ticket, arrival) else {
        return;
    };
    // Nothing in the words of a suspicious sender can be followed by a careless click.
    let showing = Showing::of(speaker, ticket);
    let said = filled.fields.into_iter();
    let said = said.filter(|(_, value)| !value.is_blank());
    let said = said.map(|(name, value)| (name, Text::new(&showing.words(value.as_str()))));
    fill(ticket, filled.form, said.collect(), Reason::FormFilled);
}

/// The form of the mail at hand, where the mail is the request.
fn of_mail(draft: &DecisionBuilder<'_>, arrival: &Arrival) -> Option<forms::Filled> {
    let brought = draft.brought.as_ref();
    let is_request = brought.is_none_or(Brought::is_whole_mail);
    filled::of_arrival(arrival, draft.given.policy).filter(|_| is_request)
}

/// What the matter is called: without the code of a form, and by the form's title where nothing is left.
pub(super) fn subject(
    draft: &DecisionBuilder<'_>,
    (arrival, speaker): (&Arrival, &Speaker),
    written: &str,
) -> Private {
    let text = title(draft, arrival, written);
    Private {
        person: Some(speaker.person),
        text: Showing::of(speaker, draft).words(&text),
    }
}

fn title(draft: &DecisionBuilder<'_>, arrival: &Arrival, written: &str) -> String {
    let bare = bare(written, draft.given.key);
    let policy = draft.given.policy;
    let filled = of_mail(draft, arrival);
    let Some(form) = filled.and_then(|filled| policy.forms.get(&filled.form)) else {
        return bare.into();
    };
    let rest = forms::without_code(bare.as_str());
    match (rest.is_empty(), arrival.reading.message.language) {
        (false, _) => rest,
        (true, language) => form.title.of(language.unwrap_or_default()).to_owned(),
    }
}

/// Fields are filled in. The words are the requester's and may be erased.
pub(super) fn fill(
    ticket: &mut TicketDraft<'_, '_>,
    form: FormName,
    said: Vec<(FieldName, Text)>,
    reason: Reason,
) {
    let words = (!said.is_empty()).then(|| Private {
        person: Some(ticket.snapshot().requester),
        text: written(&said),
    });
    let known = ticket.given.policy.forms.get(&form);
    // An event outlives the words of whoever is erased: of what is confidential nothing that was chosen stands in it.
    let is_open = ticket.queue().is_some_and(|queue| !queue.confidential);
    let choices = known.filter(|_| is_open);
    let choices = choices.map(|known| forms::chosen(known, &said));
    let data = EventData::FieldsFilled {
        form,
        fields: said.into_iter().map(|(name, _)| name).collect(),
        choices: choices.unwrap_or_default(),
    };
    ticket.happened_privately(data, reason, words);
}

/// The form of the ticket at hand, as it is filled in and as it is configured.
pub(super) fn of_ticket<'a>(ticket: &TicketDraft<'_, 'a>) -> Option<(FilledForm, &'a FormPolicy)> {
    let filled = ticket.snapshot().form.clone()?;
    let form = ticket.given.policy.forms.get(&filled.form)?;
    Some((filled, form))
}

/// What an acknowledgement tells of its ticket; where obligatory fields are missing it asks for them, with the form to be
/// filled in: once, and only where the letter will surely go out.
pub(super) fn facts_that_ask(ticket: &mut TicketDraft<'_, '_>) -> Option<TicketFacts> {
    let language = ticket.snapshot().language;
    let Some((filled, form)) = of_ticket(ticket) else {
        return ticket.facts(language);
    };
    let lacking: Vec<FieldName> = forms::missing(form, &filled)
        .map(|field| field.name.clone())
        .collect();
    if lacking.is_empty() || filled.is_asked || !will_be_sent(ticket) {
        return ticket.facts(language);
    }
    let data = EventData::FieldsAsked {
        form: filled.form.clone(),
        fields: lacking,
    };
    ticket.happened(data, Reason::FieldsMissing);
    if form.pauses && ticket.snapshot().state == State::New {
        ticket.enters(State::Pending, Reason::FieldsMissing);
    }
    let mut facts = ticket.facts(language)?;
    if let Some(view) = &mut facts.form {
        view.question = forms::lines(form, Some(&filled), (language, true));
        let titles = view.missing.iter().map(|one| format!("{}: ", one.title));
        view.to_fill = titles.collect::<Vec<_>>().join("\n");
    }
    Some(facts)
}

/// Whether an automatic mail to the requester will pass the brake, as far as is known before: a clock must not stand still
/// for a question that nobody was asked.
fn will_be_sent(ticket: &TicketDraft<'_, '_>) -> bool {
    let known = ticket.snapshot();
    let mailboxes = &ticket.given.policy.mailboxes;
    let speaks = |name| {
        mailboxes
            .get(name)
            .is_some_and(|own| own.mode > Mode::Observe)
    };
    let came_in = ticket.came_in_by(known.number);
    let Some(person) = ticket.person_by_id(known.requester) else {
        return false;
    };
    let address = ticket.address_of(person);
    let (hour, day) = ticket.given.policy.caps_of(address);
    let sent = ticket.world.sent(address);
    speaks(&known.mailbox)
        && came_in.is_none_or(speaks)
        && !ticket.is_silenced(address)
        && sent.hour < hour
        && sent.day < day
}

/// A participant writes again: what it says of the form is filled in.
pub(super) fn answered(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>) {
    let Some((filled, form)) = of_ticket(ticket) else {
        return;
    };
    if incoming.standing.trust == Trust::Suspicious {
        return;
    }
    let arrival = incoming.arrival;
    let whole = arrival.reading.message.text.as_deref().unwrap_or_default();
    let now = filled::wall_time(arrival, ticket.given.policy);
    let said = forms::answer(form, &filled, (arrival.new_text(), whole), now);
    if !said.is_empty() {
        fill(ticket, filled.form, said, Reason::FieldsAnswered);
    }
}
