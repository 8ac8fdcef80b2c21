//! Files come one after the other: who is who afterwards.

use proptest::{collection::vec, option, prelude::*};

use super::*;
use crate::{
    desk::{fixture::policy, reason::Reason},
    directory,
    model::{language::Language, person::Listing, text::Text},
};

/// The people of a file whose columns are addresses, name and employee number.
fn entries(rows: &[&str]) -> Vec<Entry> {
    let text = format!("Почта;ФИО;Таб. №\n{}\n", rows.join("\n"));
    directory::read(text.as_bytes(), "people.csv")
        .unwrap_or_else(|found| panic!("{found:?}"))
        .people
}

fn address(words: &str) -> Address {
    Address::parse(words).unwrap()
}

/// Whom a house knows who has only met these.
fn met(addresses: &[&str]) -> Roster {
    let people = (1..)
        .zip(addresses)
        .map(|(id, at)| Person::met(PersonId(id), address(at), Text::default(), Language::Ru));
    Roster {
        people: people.collect(),
        ..Roster::default()
    }
}

/// The roster once a file is taken, as the database has it: addresses are where the changes put them.
fn taken(roster: &Roster, entries: &[Entry]) -> (Roster, Changes) {
    let last = roster.people.iter().map(|person| person.id).max();
    let mut next = last.unwrap_or(PersonId(0));
    let changes = reconcile(
        roster,
        entries,
        || {
            next = next.next();
            next
        },
        Language::Ru,
    );
    let mut owners: BTreeMap<Address, PersonId> = BTreeMap::new();
    let mut people: BTreeMap<PersonId, Person> = BTreeMap::new();
    for person in &roster.people {
        if person.same_as.is_none() {
            owners.extend(own_addresses(person).map(|own| (own.clone(), person.id)));
        }
        people.insert(person.id, person.clone());
    }
    let all = changes
        .same
        .iter()
        .chain(&changes.poorer)
        .chain(&changes.gone);
    for person in all.chain(&changes.listed) {
        people.insert(person.id, person.clone());
    }
    for (address, owner) in &changes.addresses {
        match owner {
            Some(owner) => owners.insert(address.clone(), *owner),
            None => owners.remove(address),
        };
    }
    for person in people.values_mut() {
        let own = owners
            .iter()
            .filter(|(own, id)| **id == person.id && **own != person.address);
        person.further = own.map(|(own, _)| own.clone()).collect();
    }
    let roster = Roster {
        people: people.into_values().collect(),
        ..Roster::default()
    };
    (roster, changes)
}

/// A person in a line: number, addresses, name, employee number; `-` who is no longer in the directory, `?` who never
/// was, `=` whose number it is.
fn line(person: &Person) -> String {
    if let Some(owner) = person.same_as {
        return format!("{}={owner}", person.id);
    }
    let mark = match &person.listing {
        None => "?",
        Some(Listing {
            is_current: true, ..
        }) => "",
        Some(_) => "-",
    };
    let addresses: Vec<&str> = person.addresses().map(Address::as_str).collect();
    let number = person
        .listing
        .as_ref()
        .map_or("", |listing| listing.employee_number.as_str());
    let (id, name) = (person.id, &person.name);
    let words = format!("{id}{mark} {} {name} {number}", addresses.join(","));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes file after file, and compares who is who at the end.
#[track_caller]
fn check(known: &[&str], files: &[&[&str]], expected: &[&str]) {
    let mut roster = met(known);
    for rows in files {
        let entries = entries(rows);
        roster = taken(&roster, &entries).0;
        let (_, again) = taken(&roster, &entries);
        assert_eq!(
            again,
            Changes::default(),
            "the same file once more changes nothing"
        );
    }
    let lines: Vec<String> = roster.people.iter().map(line).collect();
    assert_eq!(lines, expected);
}

#[test]
fn a_directory_is_taken_as_it_stands() {
    check(
        &["olga@u.test", "guest@x.test"],
        &[&["olga@u.test;Ольга;007", "boris@u.test;Борис;"]],
        &[
            "1 olga@u.test Ольга 007",
            "2? guest@x.test",
            "3 boris@u.test Борис",
        ],
    );
}

#[test]
fn who_wrote_from_two_addresses_was_one_person() {
    let file: &[&str] = &["olga@u.test olga@h.test;Ольга;"];
    check(
        &["olga@h.test"],
        &[file],
        &["1 olga@u.test,olga@h.test Ольга"],
    );
    check(
        &["olga@u.test", "olga@h.test"],
        &[file],
        &["1 olga@u.test,olga@h.test Ольга", "2=1"],
    );
    // It was a mistake: the other is somebody of their own again, with their tickets.
    check(
        &["olga@u.test", "olga@h.test"],
        &[file, &["olga@u.test;Ольга;"]],
        &["1 olga@u.test Ольга", "2? olga@h.test"],
    );
    check(
        &["olga@u.test", "boris@h.test"],
        &[
            &["olga@u.test boris@h.test;Ольга;"],
            &["olga@u.test;Ольга;", "boris@h.test;Борис;"],
        ],
        &["1 olga@u.test Ольга", "2 boris@h.test Борис"],
    );
    // An address nobody had before is nobody's again.
    check(
        &[],
        &[file, &["olga@u.test;Ольга;"]],
        &["1 olga@u.test Ольга"],
    );
}

#[test]
fn the_employee_number_outlives_names_and_addresses() {
    check(
        &[],
        &[
            &["olga.s@u.test;Ольга С;007"],
            &["olga.k@u.test;Ольга К;007"],
        ],
        &["1 olga.k@u.test Ольга К 007"],
    );
    // Two people change their addresses with each other.
    check(
        &[],
        &[
            &["a@u.test;Анна;1", "b@u.test;Борис;2"],
            &["b@u.test;Анна;1", "a@u.test;Борис;2"],
        ],
        &["1 b@u.test Анна 1", "2 a@u.test Борис 2"],
    );
    // An address is given to a new person: the old one is written to nowhere, rather than to the new one.
    check(
        &[],
        &[&["dean@u.test;Анна;1"], &["dean@u.test;Борис;2"]],
        &[
            "1- nobody-1@missing.invalid Анна 1",
            "2 dean@u.test Борис 2",
        ],
    );
    // Without numbers it is the address that counts.
    check(
        &[],
        &[&["dean@u.test;Анна;"], &["dean@u.test;Борис;"]],
        &["1 dean@u.test Борис"],
    );
}

#[test]
fn who_vanishes_is_kept_and_comes_back() {
    let both: &[&str] = &["a@u.test a@h.test;Анна;1", "b@u.test;Борис;2"];
    let one: &[&str] = &["b@u.test;Борис;2"];
    check(
        &[],
        &[both, one],
        &["1- a@u.test,a@h.test Анна 1", "2 b@u.test Борис 2"],
    );
    check(
        &[],
        &[both, one, both],
        &["1 a@u.test,a@h.test Анна 1", "2 b@u.test Борис 2"],
    );
    // One of her addresses belongs to somebody else now; she keeps the other.
    check(
        &[],
        &[both, &["b@u.test a@u.test;Борис;2"]],
        &["1- a@h.test Анна 1", "2 b@u.test,a@u.test Борис 2"],
    );
}

#[test]
fn nobody_loses_their_history_to_a_second_address() {
    // Ольга is in the directory; her new first address has written before.
    check(
        &["olga@u.test", "olga@new.test"],
        &[
            &["olga@u.test;Ольга;"],
            &["olga@new.test olga@u.test;Ольга;"],
        ],
        &["1 olga@new.test,olga@u.test Ольга", "2=1"],
    );
}

fn refused(
    before: &[&str],
    now: &[&str],
    live: &[(&str, u64)],
    is_confirmed: bool,
) -> Option<(Reason, Vec<String>)> {
    let known = if before.is_empty() {
        Vec::new()
    } else {
        entries(before)
    };
    let (mut roster, _) = taken(&Roster::default(), &known);
    roster.live = live
        .iter()
        .map(|(agent, count)| ((*agent).into(), *count))
        .collect();
    let entries = entries(now);
    let (_, changes) = taken(&roster, &entries);
    let file = DirectoryFile {
        file: "people.csv".to_owned(),
        sha256: "00".to_owned(),
        found: Ok(entries),
        is_confirmed,
    };
    objections(&file, &roster, &changes.gone, &policy())
}

#[test]
fn more_than_a_fifth_may_not_vanish() {
    let five = [
        "a@u.test",
        "b@u.test",
        "c@u.test",
        "d@u.test",
        "e@u.test;Елена",
    ];
    assert_eq!(refused(&five, &five[..4], &[], false), None, "a fifth may");
    let (reason, lines) = refused(&five, &five[..3], &[], false).unwrap();
    assert_eq!(reason, Reason::DirectoryShrunk);
    assert_eq!(
        lines,
        [
            "people.csv: пропала бы больше чем пятая часть людей, 2 из 5:",
            "  d@u.test",
            "  Елена <e@u.test>",
        ]
    );
    assert_eq!(
        refused(&five, &five[..1], &[], true),
        None,
        "the administrator has confirmed it"
    );
    assert_eq!(refused(&[], &five[..1], &[], false), None);
    let many: Vec<String> = (0..50).map(|n| format!("p{n}@u.test")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let (_, lines) = refused(&many, &many[..20], &[], false).unwrap();
    assert_eq!((lines.len(), lines[21].as_str()), (22, "  и ещё 10"));
}

#[test]
fn an_agent_with_open_tickets_may_not_vanish() {
    let people = [
        "anna@uni.test;Анна;1",
        "b@u.test",
        "c@u.test",
        "d@u.test",
        "e@u.test",
    ];
    let left = &people[1..];
    assert_eq!(
        refused(&people, left, &[("anna", 0), ("vera", 5)], false),
        None
    );
    let told = refused(&people, left, &[("anna", 3)], true).unwrap();
    assert_eq!(told, (Reason::DirectoryLosesAgent, vec![
        "people.csv: нет сотрудника Анна <anna@uni.test>, а открытых обращений у него: 3; сначала пусть их возьмут другие".to_owned(),
    ]));
}

prop_compose! {
    /// A file over a handful of addresses and numbers, none twice.
    fn file()(rows in vec((vec(0..8_usize, 1..4), option::of(1..5_u32)), 1..5)) -> Vec<Entry> {
        let (mut used, mut numbers) = (Vec::new(), Vec::new());
        let mut lines = Vec::new();
        for (addresses, number) in rows {
            let fresh: Vec<String> = addresses
                .into_iter()
                .filter(|address| {
                    let is_new = !used.contains(address);
                    used.push(*address);
                    is_new
                })
                .map(|address| format!("p{address}@u.test"))
                .collect();
            let number = number.filter(|number| !numbers.contains(number));
            numbers.extend(number);
            if !fresh.is_empty() {
                lines.push(format!("{};;{}", fresh.join(","), number.map_or_else(String::new, |n| n.to_string())));
            }
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        entries(&lines)
    }
}

proptest! {
    #[test]
    fn whatever_comes_every_address_is_one_persons(files in vec(file(), 1..6), known in vec(0..8_usize, 0..5)) {
        let mut known: Vec<String> = known.iter().map(|n| format!("p{n}@u.test")).collect();
        known.sort();
        known.dedup();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let mut roster = met(&known);
        for entries in files {
            let before: Vec<PersonId> = roster.people.iter().map(|person| person.id).collect();
            (roster, _) = taken(&roster, &entries);
            let after: Vec<PersonId> = roster.people.iter().map(|person| person.id).collect();
            prop_assert!(before.iter().all(|id| after.contains(id)), "nobody is lost");
            // What the file says is so.
            for entry in &entries {
                let owner = roster.people.iter().find(|person| person.same_as.is_none() && person.address == entry.addresses[0]);
                let owner = owner.unwrap();
                let mut own: Vec<&Address> = owner.addresses().collect();
                let mut said: Vec<&Address> = entry.addresses.iter().collect();
                own.sort();
                said.sort();
                prop_assert_eq!(own, said);
                prop_assert!(owner.listed().is_some());
            }
            let listed = roster.people.iter().filter(|person| person.listed().is_some()).count();
            prop_assert_eq!(listed, entries.len());
            // An address is one person's, and a number that is somebody else's is so at once.
            let canonical: Vec<&Person> = roster.people.iter().filter(|person| person.same_as.is_none()).collect();
            let mut all: Vec<&Address> = canonical.iter().flat_map(|person| person.addresses()).collect();
            let count = all.len();
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), count);
            for other in roster.people.iter().filter_map(|person| person.same_as) {
                prop_assert!(canonical.iter().any(|person| person.id == other));
            }
            prop_assert_eq!(taken(&roster, &entries).1, Changes::default());
        }
    }
}
