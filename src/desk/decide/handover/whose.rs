//! Whose request it is that an agent brings, as far as that is sure.

use crate::desk::{
    arrival::Arrival,
    draft::{DecisionBuilder, Draft},
    origin::{self, Said, Way},
    routing::Addressee,
};
use crate::model::{
    address::{Address, NamedAddress},
    ids::PersonId,
    person::Person,
};

/// How many people a question lists.
const CANDIDATES_MAX: usize = 9;

/// Whose it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Theirs.
    Sure(PersonId),
    /// Perhaps theirs; why that is not sure, as a code.
    Unsure(&'static str, Vec<PersonId>),
}

/// Somebody who was named, or why nobody can be found by that, with those who may be meant.
type Found = Result<PersonId, (&'static str, Vec<PersonId>)>;

pub(super) fn whose(
    draft: &mut Draft<'_>,
    said: &Said,
    (arrival, to): (&Arrival, Addressee<'_>),
) -> Whose {
    let Some(named) = &said.from else {
        return Whose::Unsure("nobody", Vec::new());
    };
    let person = match look_up(draft, named) {
        Ok(person) => person,
        Err((why, candidates)) => return Whose::Unsure(why, candidates),
    };
    if said.is_explicit {
        return Whose::Sure(person);
    }
    let doubt = [
        (is_staff(draft, person), "staff"),
        (is_machine(draft, said, person), "automatic"),
        (is_old(draft, said, (arrival, to)), "old"),
    ];
    let doubt = doubt.into_iter().find(|(holds, _)| *holds);
    match doubt {
        Some((_, why)) => Whose::Unsure(why, vec![person]),
        None => Whose::Sure(person),
    }
}

/// Who is named: by an address, or by a name of the directory.
pub(super) fn look_up(draft: &mut DecisionBuilder<'_>, named: &NamedAddress) -> Found {
    match origin::written_address(named) {
        Some(Ok(address)) => at(draft, &address, named.name.as_deref()),
        Some(Err(())) => Err(("no_address", Vec::new())),
        None => match &named.name {
            Some(name) => by_name(draft, name),
            None => Err(("nobody", Vec::new())),
        },
    }
}

fn at(draft: &mut DecisionBuilder<'_>, address: &Address, name: Option<&str>) -> Found {
    if draft.given.policy.mailbox_of(address).is_some() {
        return Err(("ours", Vec::new()));
    }
    // What somebody else calls them does not rename whom we know.
    let known = draft.world.person(address).map(|known| known.id);
    Ok(known.unwrap_or_else(|| draft.person(address, name, None)))
}

fn by_name(draft: &DecisionBuilder<'_>, name: &str) -> Found {
    let found = draft.world.namesakes(name);
    let ids = found.iter().map(|person| person.id);
    let ids: Vec<PersonId> = ids.take(CANDIDATES_MAX).collect();
    match ids.as_slice() {
        [only] => Ok(*only),
        [] => Err(("unknown", ids)),
        [..] => Err(("several", ids)),
    }
}

fn is_staff(draft: &Draft<'_>, person: PersonId) -> bool {
    let policy = draft.given.policy;
    let addresses = draft.person_by_id(person).into_iter();
    let mut addresses = addresses.flat_map(Person::addresses);
    addresses.any(|own| policy.agent_of(own).is_some())
}

fn is_machine(draft: &Draft<'_>, said: &Said, person: PersonId) -> bool {
    let person = draft.person_by_id(person);
    said.is_automatic || person.is_some_and(|person| origin::is_machine(&person.address))
}

fn is_old(draft: &Draft<'_>, said: &Said, (arrival, to): (&Arrival, Addressee<'_>)) -> bool {
    let Some(queue) = draft.given.policy.queues.get(to.queue) else {
        return false;
    };
    let today = queue.calendar.zone().to_datetime(arrival.at).date();
    let date = said.date.as_deref().filter(|_| said.way == Way::Forwarded);
    let days = Some(queue.handover_days).filter(|days| *days > 0);
    date.zip(days)
        .is_some_and(|(date, days)| origin::is_older(date, today, days))
}
