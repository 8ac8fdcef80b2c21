//! Somebody is erased at the terminal: first it is told what would go, then it goes, and the other commands stay sane.

use std::{fs, time::Duration};

use okno::{
    clock::Clock,
    desk::cause::Operation,
    model::{address::Address, ids::WorkId},
    store::{
        erase::{self, Erasure, Known, Piece},
        leases, people, work,
    },
};

use super::house::{House, REQUEST};

/// What must not be found anywhere afterwards.
const HERS: [&str; 3] = ["olga@uni.test", "Smirnova", "silent"];

/// The header of a mail.
fn header(mail: &str, name: &str) -> String {
    let prefix = format!("{name}: ");
    let mut lines = mail.lines();
    let first = lines.find_map(|line| line.strip_prefix(&prefix));
    let mut value = first.unwrap().trim().to_owned();
    for line in lines.take_while(|line| line.starts_with(' ')) {
        value.push_str(line.trim());
    }
    value
}

/// Anna has solved Olga's request, and Olga is content.
pub(crate) fn solved() -> House {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let id = header(&house.sent_to("anna@uni.test").remove(0), "Message-ID");
    house.receives(&format!(
        "From: Anna <anna@uni.test>\nTo: it@uni.test\nSubject: Re: it\nMessage-ID: <solved@uni.test>\nIn-Reply-To: {id}\n\n\
         It was unplugged.\nsolved\n"
    ));
    house.okno(&["drain"]).with(0);
    let sent = house.sent_to("olga@uni.test");
    let resolution = sent.iter().find(|mail| mail.contains("unplugged")).unwrap();
    let id = header(resolution, "Message-ID");
    house.receives(&format!(
        "From: Olga Smirnova <olga@uni.test>\nTo: it@uni.test\nSubject: Re: it\nMessage-ID: <five@uni.test>\nIn-Reply-To: {id}\n\n5\n"
    ));
    house.okno(&["drain"]).with(0);
    house
}

/// Which of these words lie in the data folder.
pub(crate) fn found(house: &House) -> Vec<&'static str> {
    let mut text = String::new();
    for file in fs::read_dir(house.path("data")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            text.push_str(&String::from_utf8_lossy(&fs::read(path).unwrap()));
        }
    }
    HERS.into_iter()
        .filter(|word| text.contains(word))
        .collect()
}

#[test]
fn what_would_go_is_told_and_then_it_goes() {
    let house = solved();
    house
        .okno(&["people", "erase", "Olga@uni.test"])
        .with(0)
        .says(&[
            "Olga Smirnova <olga@uni.test>",
            "Would be erased:\n  requests: 1\n  mails in: 3\n",
            "that list many people's requests",
            "Would stay:",
            "if they were an accountant",
            "erase them there",
            "Best out of hours",
            "okno people erase Olga@uni.test --yes",
        ]);
    assert_eq!(found(&house), HERS);
    let before = house.okno(&["events", "export", "--json"]).with(0).out;
    house
        .okno(&[
            "people",
            "erase",
            "olga@uni.test",
            "--yes",
            "--reason",
            "letter 17",
        ])
        .with(0)
        .says(&["It is ordered:"]);
    // It waits for okno, once.
    house
        .okno(&["people", "erase", "olga@uni.test"])
        .with(0)
        .says(&["It is ordered:"]);
    house.okno(&["drain"]).with(0);
    assert_eq!(found(&house), [""; 0]);
    house
        .okno(&["people", "erase", "olga@uni.test", "--yes"])
        .with(1)
        .says(&["knows nobody at this address"]);
    house.okno(&["verify"]).with(0);
    let after = house.okno(&["events", "export", "--json"]).with(0).out;
    assert!(
        after.len() > 100 && after.contains("person_erased"),
        "{after}"
    );
    for word in HERS {
        assert!(!after.contains(word), "{word}: {after}");
    }
    for line in before.lines().filter(|line| line.contains("\"rated\"")) {
        assert!(after.contains(line), "{line}");
    }
}

#[test]
fn the_other_commands_stay_sane() {
    let house = solved();
    house
        .okno(&["people", "erase", "olga@uni.test", "--yes"])
        .with(0);
    house.okno(&["drain"]).with(0);
    house.okno(&["explain", "1001"]).with(0).says(&[
        "Requester: person:1",
        "The requester's data were erased, as they asked",
        "rated",
    ]);
    house
        .okno(&["explain", "mail:1"])
        .with(0)
        .says(&["Erased, since somebody has asked for it."])
        .never_says(&HERS);
    house
        .okno(&["explain", "<request@uni.test>"])
        .with(0)
        .never_says(&HERS);
    house.okno(&["explain", "olga@uni.test"]).with(1);
    house.okno(&["why", "1001"]).with(0);
    house.okno(&["outbox", "list"]).with(0).never_says(&HERS);
    house.okno(&["quarantine", "list"]).with(0);
    house.okno(&["verify"]).with(0);
    // From the same address comes somebody new.
    house.receives(&REQUEST.replace("request@", "again@"));
    house.okno(&["drain"]).with(0);
    house
        .okno(&["explain", "1002"])
        .with(0)
        .says(&["Requester: Olga Smirnova <olga@uni.test>"]);
}

#[test]
fn nobody_is_erased_who_is_needed() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["people", "erase", "olga@uni.test", "--yes"])
        .with(1)
        .says(&["requests that are not closed", "1001"]);
    house
        .okno(&["people", "erase", "anna@uni.test", "--yes"])
        .with(1)
        .says(&["stands in the configuration"]);
    house
        .okno(&["people", "erase", "nobody", "--yes"])
        .with(1)
        .says(&["knows nobody at this address"]);
    house.configure("[smtp]\nmaildir = \"out\"\n[directory]\nfile = \"people.csv\"\n");
    fs::write(
        house.path("people.csv"),
        "e-mail;name\nolga@uni.test;Olga\n",
    )
    .unwrap();
    house.okno(&["drain"]).with(0);
    house
        .okno(&["people", "erase", "olga@uni.test", "--yes"])
        .with(1)
        .says(&["stand in the people directory"]);
}

/// The addresses of Olga are gone, then the disk was full; the number of the work.
fn half_erased(house: &House) -> WorkId {
    house.with_db(async |db| {
        let now = Clock::System.now();
        let olga = Address::parse("olga@uni.test").unwrap();
        let person = people::at(db, &olga).await.unwrap().unwrap().id;
        let erasure = Erasure::new(person, "root".to_owned());
        let work = erase::order(db, erasure, now).await.unwrap();
        let lease = leases::take_lease(db, "decider", "test", Duration::from_secs(30));
        let lease = lease.await.unwrap().unwrap();
        let known = Known {
            addresses: vec![olga],
            undecided: Vec::new(),
        };
        let piece = erase::piece(db, lease.clone(), work, (known, now)).await;
        assert_eq!(piece.unwrap(), Piece::More);
        leases::give_back(db, lease).await.unwrap();
        work::quarantine(db, work, "the disk is full")
            .await
            .unwrap();
        work
    })
}

#[test]
fn whoever_is_half_erased_is_named_and_nobody_can_leave_it_at_that() {
    let house = solved();
    let work = half_erased(&house).to_string();
    assert_eq!(found(&house), HERS);
    let release = format!("okno quarantine release {work}");
    house
        .okno(&["people", "erase", "olga@uni.test"])
        .with(1)
        .says(&["begun and not done: person 1", &format!("(work {work})")])
        .never_says(&["nothing but numbers"]);
    house
        .okno(&["quarantine", "discard", &work])
        .with(1)
        .says(&["half erased", &release]);
    // Nor by an order that was given otherwise.
    house.with_db(async |db| {
        let work = WorkId(work.parse().unwrap());
        let discard = Operation::DiscardWork { work };
        work::order(db, discard, Clock::System.now()).await.unwrap();
    });
    house.okno(&["drain"]).with(0);
    house
        .okno(&["quarantine", "list"])
        .with(0)
        .says(&["the disk is full"]);
    house.okno(&["quarantine", "release", &work]).with(0);
    house.okno(&["drain"]).with(0);
    assert_eq!(found(&house), [""; 0]);
    house
        .okno(&["people", "erase", "olga@uni.test"])
        .with(1)
        .says(&["nothing but numbers"]);
}
