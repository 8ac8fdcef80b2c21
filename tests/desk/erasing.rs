//! Somebody asks to be forgotten: their words go, wherever they lie, and no figure changes; whoever writes from that address
//! later is somebody new.

use std::{fs, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use okno::{
    desk::{cause::Operation, kpi::Period},
    house::{lease, periods},
    mail::read::{Limits, read},
    model::{
        erasure::Erased,
        event::EventData,
        ids::{OutgoingId, PersonId, RawId, WorkId},
        ticket::State,
    },
    store::{
        Fault, Faults,
        erase::{self, Erasure, Inventory, Known, Piece},
        history,
        journal::{self, Cursor, Fetched, Haul},
        outbox, people, work,
    },
};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

/// What must not be found anywhere afterwards.
const HERS: [&str; 5] = ["olga@uni.test", "Смирнов", "Сканер", "сканер", "благодарна"];

/// Which of them lie open in the file of the database before; the others stand in bodies of mails, which are packed there.
const OPEN: [&str; 3] = ["olga@uni.test", "Смирнов", "Сканер"];

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Смирнова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    )
}

/// The number of whoever writes from an address.
fn number(desk: &Desk, address: &str) -> Option<PersonId> {
    let address = okno::model::address::Address::parse(address).unwrap();
    let found = desk.with_house(async |house| people::at(&house.db, &address).await.unwrap());
    found.map(|person| person.id)
}

/// What there is of them.
fn inventory(desk: &Desk, address: &str) -> Inventory {
    let address = okno::model::address::Address::parse(address).unwrap();
    desk.with_house(async |house| {
        let person = people::at(&house.db, &address).await.unwrap().unwrap();
        let addresses = person.addresses().cloned().collect();
        erase::look(&house.db, person.id, addresses).await.unwrap()
    })
}

/// The administrator orders it.
fn orders(desk: &Desk, person: PersonId) {
    let now = desk.clock.now();
    desk.with_house(async |house| {
        let erasure = Erasure::new(person, "root: письмо 17".to_owned());
        erase::order(&house.db, erasure, now).await.unwrap();
    });
}

/// The administrator orders it, and it is done.
fn erases(desk: &Desk, address: &str) -> PersonId {
    let person = number(desk, address).unwrap();
    orders(desk, person);
    desk.step();
    person
}

/// What history says was erased of somebody.
fn erased(desk: &Desk, person: PersonId) -> Option<Erased> {
    let stream = person.to_string();
    let events = desk.with_house(async |house| {
        let events = history::events_of(&house.db, "person", &stream);
        events.await.unwrap()
    });
    let mut erased = events.iter().filter(|event| event.kind == "person_erased");
    let event = erased.next()?;
    assert_eq!(event.words.as_deref(), Some("root: письмо 17"));
    assert_eq!((event.actor.as_str(), erased.next()), ("operator", None));
    let EventData::PersonErased(erased) = serde_json::from_str(&event.data).unwrap() else {
        panic!("{}", event.data);
    };
    Some(erased)
}

/// Which of these words lie in the file of the database, or in its log.
fn found_in_files(desk: &Desk, words: &[&'static str]) -> Vec<&'static str> {
    let mut bytes = Vec::new();
    for file in fs::read_dir(desk.data()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            bytes.extend(fs::read(path).unwrap());
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let words = words.iter().filter(|word| text.contains(**word));
    words.copied().collect()
}

/// Which of these words stand in stored mails, in and out, or in what they were read as.
fn found_in_mails(desk: &Desk, words: &[&'static str]) -> Vec<&'static str> {
    let mut text = String::new();
    desk.with_house(async |house| {
        for id in 1.. {
            let Ok(raw) = journal::raw(&house.db, RawId(id)).await else {
                break;
            };
            let reading = journal::reading(&house.db, RawId(id)).await.unwrap();
            let own = read(&raw.bytes, &Limits::default());
            text.push_str(&format!("{own:?} {reading:?}"));
        }
        for id in 1.. {
            let Ok(mail) = outbox::mail(&house.db, OutgoingId(id)).await else {
                break;
            };
            text.push_str(&format!("{:?}", read(&mail.bytes, &Limits::default())));
        }
    });
    let words = words.iter().filter(|word| text.contains(**word));
    words.copied().collect()
}

/// In which mailbox a mail lay, how many of its bytes are kept, and whether what it was read as is.
fn kept(desk: &Desk, id: RawId) -> (String, usize, bool) {
    desk.with_house(async |house| {
        let raw = journal::raw(&house.db, id).await.unwrap();
        let reading = journal::reading(&house.db, id).await.unwrap();
        (raw.mailbox.to_string(), raw.bytes.len(), reading.is_some())
    })
}

/// All of history as it is handed out.
fn handed_out(desk: &Desk) -> String {
    desk.with_house(async |house| {
        let mut told = String::new();
        for number in 1001..1010 {
            let stream = number.to_string();
            for event in history::events_of(&house.db, "ticket", &stream)
                .await
                .unwrap()
            {
                told.push_str(&format!(
                    "{} {} {:?}\n",
                    event.kind, event.data, event.words
                ));
            }
        }
        told
    })
}

/// Olga's scanner is mended, and she is content; her letters as they were, and Anna's card.
fn solved(desk: &Desk) -> (Vec<Vec<u8>>, [Received; 2]) {
    let (olga, anna) = people(desk);
    let letter = Letter::to("it@uni.test", "Сканер", "Не работает сканер у Смирновой.");
    let mut letters = vec![olga.bytes(&letter)];
    olga.writes(&letter);
    desk.step();
    let card = anna.only_mail();
    olga.only_mail();
    desk.inbox("boris@uni.test");
    desk.advance(HOUR);
    anna.writes(&Letter::reply_to(&card, "Ольга, готово.\nрешено"));
    desk.step();
    let resolution = olga.only_mail();
    let rating = Letter::reply_to(&resolution, "5\nОчень благодарна!");
    letters.push(olga.bytes(&rating));
    olga.writes(&rating);
    desk.step();
    for address in ["anna@uni.test", "boris@uni.test", "olga@uni.test"] {
        desk.inbox(address);
    }
    assert_eq!(desk.ticket(1001).rating, Some(5));
    (letters, [card, resolution])
}

/// It is December, and November is closed with its figures.
fn november_is_closed(desk: &Desk) -> (TimeZone, Vec<u8>) {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    desk.until("2026-12-01T07:00:00Z");
    desk.step();
    for address in [
        "anna@uni.test",
        "boris@uni.test",
        "vera@uni.test",
        "olga@uni.test",
    ] {
        desk.inbox(address);
    }
    let november = Period::named("2026-11", &zone).unwrap();
    let now = desk.clock.now();
    let file = desk.with_house(async |house| {
        let prepared = periods::prepare(&house.db, &november, &zone, now).await;
        let closed = prepared.unwrap().unwrap();
        let file = periods::bytes_of(&closed).unwrap();
        let operation = Operation::ClosePeriod {
            closed: Box::new(closed),
            files: std::collections::BTreeMap::new(),
            reason: "утвердила Анна Петрова".to_owned(),
        };
        work::order(&house.db, operation, now).await.unwrap();
        file
    });
    desk.step();
    (zone, file)
}

#[test]
fn nothing_is_left_but_numbers() {
    let desk = Desk::open();
    let (_, [card, _]) = solved(&desk);
    let (zone, file) = november_is_closed(&desk);
    let before = inventory(&desk, "olga@uni.test");
    assert_eq!((before.open.len(), before.waiting), (0, 0));
    assert_eq!(found_in_files(&desk, &HERS), OPEN);
    assert_eq!(found_in_mails(&desk, &HERS), HERS);
    let history = desk.history(1001);

    let person = erases(&desk, "olga@uni.test");

    let erased = erased(&desk, person).expect("it is on record");
    assert_eq!(
        erased,
        Erased {
            lists: erased.lists,
            ..before.erased
        }
    );
    assert_eq!((erased.requests, erased.letters_in), (1, 3));
    assert!(erased.letters_out >= 4 && erased.words >= 1, "{erased:?}");
    let ticket = desk.ticket(1001);
    assert!(ticket.subject.is_blank());
    assert_eq!((ticket.state, ticket.rating), (State::Closed, Some(5)));
    assert_eq!(desk.history(1001), history);
    assert_eq!(number(&desk, "olga@uni.test"), None);
    let told = handed_out(&desk);
    assert!(!HERS.iter().any(|word| told.contains(word)), "{told}");
    assert_eq!(found_in_files(&desk, &OPEN), [""; 0]);
    assert_eq!(found_in_mails(&desk, &HERS), [""; 0]);
    desk.check_proof();
    // The month is what it was, and comes to the same.
    let proof = desk.with_house(async |house| periods::prove(&house.db, &zone).await.unwrap());
    assert_eq!((proof.periods, proof.faults), (1, Vec::new()));
    let kept = desk.with_house(async |house| {
        let closed = periods::closed(&house.db, "2026-11").await.unwrap();
        periods::bytes_of(&closed.unwrap().0).unwrap()
    });
    assert_eq!(kept, file);
    answers_late(&desk, &card);
}

/// Anna has her card still: what she answers goes to nobody, and she hears why. Her program quotes the whole card below it, and
/// nothing of that is kept.
fn answers_late(desk: &Desk, card: &Received) {
    let (_, anna) = people(desk);
    let reply = Letter::reply_to(card, "Всё ли хорошо?");
    let bytes = String::from_utf8(anna.bytes(&reply)).unwrap();
    let quoted = read(bytes.as_bytes(), &Limits::default());
    assert!(format!("{quoted:?}").contains("сканер"), "{bytes}");
    anna.writes(&reply);
    desk.step();
    let told = anna.only_mail();
    assert!(
        told.text().contains("данные заявителя стёрты"),
        "{}",
        told.text()
    );
    // Her program answers by itself, too, and quotes as much.
    let away = Letter::reply_to(card, "Меня нет на месте.");
    anna.writes(&away.with("Auto-Submitted", "auto-replied"));
    desk.step();
    anna.got_nothing();
    assert_eq!(found_in_mails(desk, &HERS), [""; 0]);
    assert_eq!(found_in_files(desk, &OPEN), [""; 0]);
    desk.check_proof();
}

#[test]
fn whoever_writes_from_that_address_is_somebody_new_and_old_mail_is_not_read_again() {
    let desk = Desk::open();
    let (letters, [_, resolution]) = solved(&desk);
    desk.advance(DAY);
    let before = erases(&desk, "olga@uni.test");
    // The server numbers its mails anew, and all of hers are still there.
    assert_eq!(are_renumbered(&desk, &letters), 0);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    // The first of them lies in another mailbox, too, that was not read before: it is known, and nothing of it is kept.
    desk.arrives("buh", &letters[0]);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert_eq!(kept(&desk, RawId(4)), ("buh".to_owned(), 0, false));
    let (olga, anna) = people(&desk);
    // A word about what was solved says nothing any more, and the rating stays.
    olga.writes(&Letter::reply_to(&resolution, "1"));
    desk.step();
    assert_eq!((desk.tickets(), desk.ticket(1001).rating), (1, Some(5)));
    // A late answer is a request of its own, and so is a new one.
    olga.writes(&Letter::reply_to(&resolution, "Опять не сканирует."));
    olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
    desk.step();
    assert_eq!(desk.tickets(), 3);
    let after = number(&desk, "olga@uni.test").unwrap();
    assert_ne!(before, after);
    for ticket in [1002, 1003] {
        assert_eq!(desk.ticket(ticket).requester, after);
    }
    // Nothing ties it to whoever is forgotten.
    assert_eq!(desk.ticket(1002).continues, None);
    assert_eq!((olga.inbox().len(), anna.inbox().len()), (2, 2));
    desk.inbox("boris@uni.test");
}

/// The same mails come under other numbers; how many of them were taken.
fn are_renumbered(desk: &Desk, letters: &[Vec<u8>]) -> usize {
    let now = desk.clock.now();
    let mails = (1..).zip(letters).map(|(uid, bytes)| Fetched {
        source_key: format!("2/{uid}"),
        uid_validity: 2,
        uid,
        arrived_at: now,
        size: bytes.len() as u64,
        is_cut: false,
        bytes: bytes.clone(),
        problem: None,
    });
    let mails: Vec<Fetched> = mails.collect();
    desk.with_house(async |house| {
        let lease = house
            .lease(&lease::of_mailbox("it"))
            .await
            .unwrap()
            .unwrap();
        let haul = Haul {
            mailbox: "it".into(),
            folder: "INBOX".to_owned(),
            lease,
            mails,
            cursor: Cursor {
                uid_validity: 2,
                last_uid: 10,
                since: Timestamp::UNIX_EPOCH,
                last_at: now,
            },
            server_action: None,
            now,
            skips_known_sums: true,
        };
        journal::save(&house.db, haul).await.unwrap().len()
    })
}

#[test]
fn nobody_is_erased_who_is_waited_for_or_named_in_the_files() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (_, card) = desk.asked();
    assert_eq!(inventory(&desk, "olga@uni.test").open.len(), 1);
    for address in ["olga@uni.test", "anna@uni.test"] {
        let person = erases(&desk, address);
        assert_eq!(erased(&desk, person), None);
        assert_eq!(number(&desk, address), Some(person));
    }
    assert_eq!(desk.ticket(1001).subject.as_str(), "Пароль");
    anna.writes(&Letter::reply_to(&card, "Сброшен.\nрешено"));
    desk.step();
    olga.writes(&Letter::reply_to(&olga.inbox().pop().unwrap(), "да"));
    desk.step();
    olga.inbox();
    anna.inbox();
    desk.inbox("boris@uni.test");
    assert_eq!(desk.ticket(1001).state, State::Closed);
    let person = erases(&desk, "olga@uni.test");
    assert_eq!(erased(&desk, person).unwrap().requests, 1);
    // Once more: there is nobody, and nothing happens.
    orders(&desk, person);
    desk.step();
}

#[test]
fn other_peoples_requests_keep_their_words() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let petr = desk.person("Пётр Ильин", "petr@uni.test");
    let letter = Letter::to("it@uni.test", "Проектор", "Нужен проектор.");
    petr.writes(&letter.with("Cc", "Ольга Смирнова <olga@uni.test>"));
    desk.step();
    let acknowledged = petr.only_mail();
    let too = Letter::reply_to(&acknowledged, "Мне тоже, пишет Смирнова.");
    let hers = olga.bytes(&too);
    olga.writes(&too);
    desk.step();
    anna.inbox();
    petr.inbox();
    olga.inbox();
    desk.inbox("boris@uni.test");
    let person = erases(&desk, "olga@uni.test");
    let erased = erased(&desk, person).unwrap();
    assert_eq!((erased.requests, erased.letters_in), (0, 1));
    assert_eq!(desk.ticket(1001).subject.as_str(), "Проектор");
    assert_eq!(found_in_files(&desk, &["Проектор"]), ["Проектор"]);
    desk.check_proof();
    // The same mail lies in another mailbox, too, that is read only now: nothing of it is kept.
    desk.arrives("buh", &hers);
    desk.step();
    assert_eq!(desk.tickets(), 1);
    assert_eq!(kept(&desk, RawId(3)), ("buh".to_owned(), 0, false));
    // The request goes on without her.
    petr.writes(&Letter::reply_to(&acknowledged, "Ещё нужен экран."));
    desk.step();
    olga.got_nothing();
    for mail in anna.inbox() {
        assert!(!mail.text().contains("Смирнова"), "{}", mail.text());
    }
    desk.inbox("boris@uni.test");
}

#[test]
fn unwanted_mail_of_theirs_and_the_index_go_too() {
    let rules = "[quarantine]\nspam = [{ header = \"X-Spam-Flag\", value = \"YES\" }]\n\n[smtp]";
    let source = UNIVERSITY.replacen("[smtp]", rules, 1);
    let find = "target = \"8 h\"\ncommands = [\"find\"]";
    let desk = Desk::with(&source.replace("target = \"8 h\"", find));
    solved(&desk);
    let (olga, anna) = people(&desk);
    let petr = desk.person("Пётр Ильин", "petr@uni.test");
    petr.writes(&Letter::to("it@uni.test", "Проектор", "Нужен проектор."));
    let spam = Letter::to("it@uni.test", "Скидки", "Смирнова продаёт.");
    olga.writes(&spam.with("X-Spam-Flag", "YES"));
    desk.step();
    let card = anna.only_mail();
    anna.writes(&Letter::reply_to(&card, "#найти сканер"));
    desk.step();
    let text = anna.only_mail().text().to_owned();
    assert!(text.contains("IT-1001"), "{text}");
    assert_eq!(desk.quarantine().len(), 1);
    let person = erases(&desk, "olga@uni.test");
    assert_eq!(erased(&desk, person).unwrap().letters_in, 4);
    assert_eq!(desk.quarantine(), [""; 0]);
    anna.writes(&Letter::reply_to(&card, "#найти сканер проектор"));
    desk.step();
    let text = anna.only_mail().text().to_owned();
    assert!(
        text.contains("IT-1002") && !text.contains("IT-1001"),
        "{text}"
    );
    desk.inbox("petr@uni.test");
    desk.inbox("boris@uni.test");
    desk.inbox("root@uni.test");
}

#[test]
fn an_erasure_that_is_interrupted_goes_on_and_ends_the_same() {
    let whole = {
        let desk = Desk::open();
        solved(&desk);
        let person = erases(&desk, "olga@uni.test");
        erased(&desk, person)
    };
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        for n in 1..40 {
            let desk = Desk::open();
            solved(&desk);
            let person = number(&desk, "olga@uni.test").unwrap();
            orders(&desk, person);
            desk.stop();
            let faults = Faults::at(n, fault);
            desk.start(faults.clone());
            let is_whole = !desk.is_closed() && desk.try_decide();
            desk.stop();
            desk.start(Faults::none());
            desk.step();
            assert_eq!(erased(&desk, person), whole, "{fault:?} at {n}");
            assert_eq!(found_in_files(&desk, &OPEN), [""; 0]);
            assert_eq!(found_in_mails(&desk, &HERS), [""; 0]);
            desk.check_proof();
            if !faults.happened() {
                assert!(is_whole);
                break;
            }
            assert!(n < 39, "it takes more commits than that");
        }
    }
}

/// Olga's addresses are gone, then the disk was full; the number of the work.
fn half_erased(desk: &Desk) -> WorkId {
    let olga = okno::model::address::Address::parse("olga@uni.test").unwrap();
    let person = number(desk, "olga@uni.test").unwrap();
    let now = desk.clock.now();
    desk.with_house(async |house| {
        let erasure = Erasure::new(person, "root: письмо 17".to_owned());
        let work = erase::order(&house.db, erasure, now).await.unwrap();
        let lease = house.lease(lease::DECIDER).await.unwrap().unwrap();
        let known = Known {
            addresses: vec![olga],
            undecided: Vec::new(),
        };
        let piece = erase::piece(&house.db, lease, work, (known, now)).await;
        assert_eq!(piece.unwrap(), Piece::More);
        work::quarantine(&house.db, work, "the disk is full")
            .await
            .unwrap();
        work
    })
}

#[test]
fn the_administrator_cannot_leave_somebody_half_erased() {
    let desk = Desk::open();
    solved(&desk);
    let person = number(&desk, "olga@uni.test").unwrap();
    let work = half_erased(&desk);
    desk.looks_around();
    let root = desk.person("root", "root@uni.test");
    let list = root.only_mail();
    root.writes(&Letter::reply_to(&list, "выбросить все"));
    desk.step();
    let told = root.only_mail();
    let begun = format!("уже начато, его нельзя выбросить, только выпустить: {work}.");
    assert!(told.text().contains(&begun), "{}", told.text());
    assert_eq!(desk.quarantine(), ["the disk is full"]);
    assert_eq!(erased(&desk, person), None);
    root.writes(&Letter::reply_to(&list, &format!("выпустить {work}")));
    desk.step();
    root.only_mail();
    assert_eq!(erased(&desk, person).unwrap().requests, 1);
    assert_eq!(found_in_files(&desk, &OPEN), [""; 0]);
    assert_eq!(found_in_mails(&desk, &HERS), [""; 0]);
    desk.looks_around();
    root.inbox();
}
