//! People: by any of their addresses and numbers, and everybody at once.

use std::collections::BTreeSet;

use okno::{
    desk::{
        decision::Decision,
        people::{LastRead, Roster},
        reason::Reason,
        wants::Wants,
    },
    model::{
        event::{EventData, Stream},
        ids::{PersonId, TicketNumber},
        language::Language,
        person::{Kind, Listing, Person},
        text::Text,
    },
    store::{facts, history, people},
};

use crate::{
    Base,
    story::{Story, address, after, decided, event},
};

fn anna() -> Person {
    Person {
        further: vec![address("a.petrova"), address("anna.home")],
        listing: Some(Listing {
            is_current: true,
            kind: Kind::Shared,
            department: Text::line("ИТ-отдел"),
            employee_number: Text::line("000123"),
            curator: Text::line("olga"),
            language: Some(Language::En),
            position: Text::line("старший инженер"),
        }),
        ..Person::met(
            PersonId(1),
            address("anna"),
            Text::line("Анна"),
            Language::En,
        )
    }
}

fn boris() -> Person {
    Person::met(PersonId(2), address("boris"), Text::default(), Language::Ru)
}

/// These people, each at all addresses of theirs.
fn meets(people: Vec<Person>) -> Decision {
    let mut decision = Decision::new(Reason::DirectoryTaken);
    for person in &people {
        let own = person.addresses().map(|own| (own.clone(), Some(person.id)));
        decision.addresses.extend(own);
    }
    decision.people = people;
    decision
}

async fn apply(base: &Base, story: &mut Story, decision: Decision) {
    story
        .apply(base, after(1), vec![decided("directory", decision)])
        .await
        .unwrap();
}

async fn at(base: &Base, local: &str) -> Option<Person> {
    people::at(&base.db, &address(local)).await.unwrap()
}

async fn roster(base: &Base, agents: &[&str]) -> Roster {
    let wants = Wants {
        roster: Some(agents.iter().map(|name| (*name).into()).collect()),
        ..Wants::default()
    };
    let world = facts::load(&base.db, wants, after(2)).await.unwrap();
    world.roster().unwrap().clone()
}

pub(crate) async fn every_address_leads_to_its_person(base: &Base) {
    let mut story = Story::begin(base).await;
    apply(base, &mut story, meets(vec![anna(), boris()])).await;
    for local in ["anna", "a.petrova", "anna.home"] {
        assert_eq!(at(base, local).await, Some(anna()), "{local}");
    }
    assert_eq!(at(base, "vera").await, None);
    // A decision sees the same, from any address, once.
    let wants = Wants {
        addresses: BTreeSet::from([address("anna.home"), address("a.petrova"), address("boris")]),
        ..Wants::default()
    };
    let world = facts::load(&base.db, wants, after(2)).await.unwrap();
    assert_eq!(world.people().count(), 2);
    assert_eq!(world.person(&address("anna.home")), Some(&anna()));
    assert_eq!(world.person(&address("anna")), Some(&anna()));
    // No longer listed, and one address taken away, one given to Boris.
    let mut former = anna();
    former.further.clear();
    if let Some(listing) = &mut former.listing {
        listing.is_current = false;
        listing.language = None;
    }
    let mut decision = Decision::new(Reason::DirectoryTaken);
    decision.people.push(former.clone());
    decision.addresses = vec![
        (address("a.petrova"), None),
        (address("anna.home"), Some(PersonId(2))),
    ];
    apply(base, &mut story, decision).await;
    assert_eq!(at(base, "anna").await, Some(former));
    assert_eq!(at(base, "a.petrova").await, None);
    let further = vec![address("anna.home")];
    assert_eq!(
        at(base, "anna.home").await,
        Some(Person { further, ..boris() })
    );
}

pub(crate) async fn a_number_that_is_somebody_elses_leads_to_them(base: &Base) {
    let mut story = Story::begin(base).await;
    let opened = story.opens("first", "boris", after(0));
    story.apply(base, after(0), vec![opened]).await.unwrap();
    // Who opened the ticket was person 1; now that is person 2, who has his address.
    let owner = Person {
        further: vec![address("boris")],
        ..Person::met(
            PersonId(2),
            address("anna"),
            Text::line("Анна"),
            Language::Ru,
        )
    };
    let mut decision = meets(vec![owner.clone()]);
    decision.people.push(Person {
        id: PersonId(1),
        same_as: Some(PersonId(2)),
        ..boris()
    });
    apply(base, &mut story, decision).await;
    let named = people::named(&base.db, &[PersonId(1), PersonId(2)])
        .await
        .unwrap();
    assert_eq!(
        named,
        [(PersonId(1), owner.clone()), (PersonId(2), owner.clone())]
    );
    let wants = Wants {
        tickets: BTreeSet::from([TicketNumber(1001)]),
        ..Wants::default()
    };
    let world = facts::load(&base.db, wants, after(2)).await.unwrap();
    let ticket = world.ticket(TicketNumber(1001)).unwrap();
    assert_eq!(ticket.requester, PersonId(1), "history says what it said");
    assert_eq!(world.person_by_id(PersonId(1)), Some(&owner));
    assert!(world.is_requester(PersonId(2), ticket));
    assert!(!world.takes_part(PersonId(3), ticket));
    assert_eq!(history::prove(&base.db).await.unwrap().0, []);
}

pub(crate) async fn the_roster_is_everybody(base: &Base) {
    let mut story = Story::begin(base).await;
    assert_eq!(roster(base, &[]).await, Roster::default());
    let everybody: Vec<Person> = (1..=10_003)
        .map(|id| Person {
            further: vec![address(&format!("q{id:05}"))],
            ..Person::met(
                PersonId(id),
                address(&format!("p{id:05}")),
                Text::line("Кто-то"),
                Language::Ru,
            )
        })
        .collect();
    apply(base, &mut story, meets(everybody.clone())).await;
    assert_eq!(roster(base, &[]).await.people, everybody);
    // Live tickets, of those agents who are asked about.
    for (cause, agent) in [("first", "olga"), ("second", "olga"), ("third", "vera")] {
        let mut opened = story.opens(cause, cause, after(1));
        let assigned = EventData::Assigned {
            agent: agent.into(),
        };
        let stream = Stream::Ticket(story.world.next.ticket);
        opened
            .decision
            .events
            .push(event(stream, assigned, after(1)));
        story.apply(base, after(1), vec![opened]).await.unwrap();
    }
    let resolved = story.resolves("done", TicketNumber(1002), after(1));
    story.apply(base, after(1), vec![resolved]).await.unwrap();
    let live = roster(base, &["olga", "boris"]).await.live;
    assert_eq!(Vec::from_iter(live), [("olga".into(), 1)]);
}

pub(crate) async fn what_became_of_the_directory_is_known(base: &Base) {
    let mut story = Story::begin(base).await;
    assert_eq!(people::last_read(&base.db).await.unwrap(), None);
    let refused = |sha256: &str| EventData::DirectoryRefused {
        sha256: sha256.to_owned(),
    };
    let taken = EventData::DirectoryTaken {
        sha256: "ab".to_owned(),
        people: 1,
        shared: 0,
        changed: 1,
        gone: 0,
    };
    for (data, sha256, is_refused) in [
        (refused(""), "", true),
        (taken, "ab", false),
        (refused("cd"), "cd", true),
    ] {
        let mut decision = Decision::new(Reason::DirectoryTaken);
        decision
            .events
            .push(event(Stream::Directory, data, after(1)));
        apply(base, &mut story, decision).await;
        let last = LastRead {
            sha256: sha256.to_owned(),
            is_refused,
        };
        assert_eq!(
            people::last_read(&base.db).await.unwrap(),
            Some(last.clone())
        );
        assert_eq!(roster(base, &[]).await.last, Some(last));
    }
    let events = history::events_of(&base.db, "configuration", "directory")
        .await
        .unwrap();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["directory_refused", "directory_taken", "directory_refused"]
    );
}
