//! The administrator's hands: quarantine, outbox, the fuse, backup, verify.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt as _, time::Duration};

use jiff::{ToSpan as _, tz::TimeZone};
use okno::{
    clock::Clock,
    model::ids::MailboxName,
    store::{
        DatabaseSettings,
        journal::{self, Cursor, Fetched, Haul},
        leases, work,
    },
};

use super::house::{House, REQUEST};

/// A mail that the mail server would not hand out properly lies in quarantine.
fn quarantine_a_mail(house: &House, id: &str) {
    let now = Clock::System.now();
    let bytes = format!(
        "From: olga@uni.test\r\nTo: it@uni.test\r\nSubject: lost and found\r\nMessage-ID: <{id}>\r\n\r\ntext\r\n"
    );
    house.with_db(async |db| {
        let lease = leases::take_lease(db, "mailbox:it", "test", Duration::from_secs(30))
            .await
            .unwrap()
            .unwrap();
        let haul = Haul {
            mailbox: MailboxName::from("it"),
            folder: "Junk".to_owned(),
            lease: lease.clone(),
            mails: vec![Fetched {
                source_key: id.to_owned(),
                uid_validity: 0,
                uid: 0,
                arrived_at: now,
                size: 100,
                is_cut: false,
                bytes: bytes.into_bytes(),
                problem: Some("the server lists this mail and does not hand it out"),
            }],
            cursor: Cursor {
                uid_validity: 0,
                last_uid: 0,
                since: now,
                last_at: now,
            },
            server_action: None,
            now,
            skips_known_sums: false,
        };
        assert_eq!(journal::save(db, haul).await.unwrap().len(), 1);
        leases::give_back(db, lease).await.unwrap();
    });
}

/// The first word of each line that is not indented.
fn numbers(listed: &str) -> Vec<String> {
    let first = |line: &str| line.split(' ').next().unwrap().to_owned();
    listed
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .map(first)
        .collect()
}

/// The letters in the tag of the first ticket.
fn check_letters(words: &str) -> String {
    let (_, rest) = words.split_once("[IT-1001-").unwrap();
    rest.chars().take(4).collect()
}

#[test]
fn what_is_quarantined_is_shown_released_or_discarded() {
    let house = House::new();
    house.okno(&["drain"]).with(0);
    quarantine_a_mail(&house, "first@uni.test");
    quarantine_a_mail(&house, "second@uni.test");
    let listed = house.okno(&["quarantine", "list"]).with(0).says(&[
        "mailbox it",
        "the server lists this mail and does not hand it out",
    ]);
    let numbers = numbers(&listed.out);
    let [first, second] = numbers.as_slice() else {
        panic!("{numbers:?}")
    };
    house.okno(&["quarantine", "show", first]).with(0).says(&[
        "    Subject: lost and found",
        "    Message-ID: <first@uni.test>",
        "does not hand it out",
    ]);
    house
        .okno(&["explain", "second@uni.test"])
        .with(0)
        .says(&["In quarantine as number", "does not hand it out"]);

    house
        .okno(&["quarantine", "release", first])
        .with(0)
        .says(&["It will be processed again"]);
    house
        .okno(&["quarantine", "discard", second])
        .with(0)
        .says(&["It will be discarded"]);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["quarantine", "list"])
        .with(0)
        .says(&["The quarantine is empty."]);
    house
        .okno(&["explain", "1001"])
        .with(0)
        .says(&["lost and found"]);
    house
        .okno(&["explain", "second@uni.test"])
        .with(0)
        .says(&["was discarded"]);
    house.okno(&["explain", "1002"]).with(1);
    for action in ["show", "release", "discard"] {
        house
            .okno(&["quarantine", action, "777"])
            .with(1)
            .says(&["no number 777"]);
    }
}

#[test]
fn work_that_nobody_understands_is_quarantined_and_shown() {
    let house = House::new();
    house.okno(&["drain"]).with(0);
    house.with_db(async |db| {
        work::add(db, "mystery", "{\"a\":1}", Clock::System.now())
            .await
            .unwrap();
    });
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let listed = house
        .okno(&["quarantine", "list"])
        .with(0)
        .says(&["mystery"]);
    house
        .okno(&["quarantine", "show", &numbers(&listed.out)[0]])
        .with(0)
        .says(&["mystery", "{\"a\":1}"]);
    house.okno(&["explain", "1001"]).with(0);
}

#[test]
fn the_outbox_says_what_waits_and_goes_on_when_told() {
    let port = TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let house = House::with(&format!(
        "[smtp]\nserver = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n"
    ));
    house.receives(REQUEST);
    house
        .okno(&["drain"])
        .with(0)
        .says(&["waits for its next try: okno outbox list"]);
    let listed = house.okno(&["outbox", "list"]).with(0).says(&[
        "olga@uni.test  acknowledgement, ticket 1001",
        "anna@uni.test  card, ticket 1001",
        "waits to be sent",
    ]);
    assert_eq!(numbers(&listed.out).len(), 2);
    house
        .okno(&["outbox", "list", "--limit", "1"])
        .with(0)
        .says(&["see --limit"]);
    house
        .okno(&["outbox", "list", "--failed"])
        .with(0)
        .says(&["No mail was given up."]);

    // The server is mended; without the command both would still rest.
    house.configure("[smtp]\nmaildir = \"out\"\n");
    house.okno(&["drain"]).with(0);
    assert_eq!(house.sent_to("olga@uni.test").len(), 0);
    house
        .okno(&["outbox", "retry", &numbers(&listed.out)[0]])
        .with(0)
        .says(&["to be tried again: 1"]);
    // Nobody has carried that out yet: no okno is running.
    house
        .okno(&["outbox", "retry"])
        .with(0)
        .says(&["to be tried again: 2"]);
    house.okno(&["drain"]).with(0).never_says(&["outbox list"]);
    assert_eq!(house.sent_to("olga@uni.test").len(), 1);
    assert_eq!(house.sent_to("anna@uni.test").len(), 1);
    house
        .okno(&["outbox", "list"])
        .with(0)
        .says(&["Nothing waits to be sent."]);
    house
        .okno(&["outbox", "retry", "777"])
        .with(1)
        .says(&["no mail 777"]);
}

#[test]
fn the_fuse_holds_until_the_command_its_letter_names() {
    let house = House::with("[smtp]\nmaildir = \"out\"\n[caps]\nfuse = 1\n");
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let card = house.sent_to("anna@uni.test").pop().unwrap();
    let tag = check_letters(&card);
    for n in 1..=3 {
        house.receives(&format!(
            "From: mallory@evil.example\nTo: it@uni.test\nSubject: Re: [IT-1001-{tag}]\nMessage-ID: <m{n}@evil.example>\n\nLet me in {n}.\n"
        ));
    }
    house.okno(&["drain"]).with(0);
    assert_eq!(
        house.sent_to("anna@uni.test").len(),
        2,
        "one card, one warning"
    );
    let alarm = house.sent_to("root@uni.test").pop().unwrap();
    assert!(alarm.contains("okno outbox release"), "{alarm}");
    house.okno(&["outbox", "list"]).with(0).says(&[
        "held by the fuse",
        "Held by the fuse: 2",
        "okno outbox release",
    ]);
    house.okno(&["outbox", "retry"]).with(0);
    house.okno(&["drain"]).with(0);
    assert_eq!(
        house.sent_to("anna@uni.test").len(),
        2,
        "a retry is no release"
    );

    house
        .okno(&["outbox", "release"])
        .with(0)
        .says(&["Mails held: 2"]);
    house.okno(&["drain"]).with(0);
    assert_eq!(house.sent_to("anna@uni.test").len(), 4);
    house
        .okno(&["outbox", "list"])
        .with(0)
        .says(&["Nothing waits to be sent."]);
}

#[test]
fn a_backup_is_a_whole_house() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["backup", "saved"])
        .with(0)
        .says(&["saved", "saved.key"]);
    for name in ["saved", "saved.key"] {
        let mode = fs::metadata(house.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    house
        .okno(&["backup", "saved"])
        .with(1)
        .says(&["saved exists already"]);
    fs::remove_file(house.path("saved.key")).unwrap();
    let explained = house.okno(&["explain", "1001"]).with(0).out;
    // A half backup is no backup: where the database cannot be written, no key is left.
    house.okno(&["backup", "nowhere/saved"]).with(1);
    house.okno(&["backup", "again"]).with(0);

    let other = House::new();
    fs::create_dir(other.path("data")).unwrap();
    fs::copy(house.path("again"), other.path("data/okno.sqlite")).unwrap();
    fs::copy(house.path("again.key"), other.path("data/instance.key")).unwrap();
    assert_eq!(other.okno(&["explain", "1001"]).with(0).out, explained);
    other.okno(&["verify"]).with(0);
    // Old tags are still known: this joins.
    let tag = check_letters(&explained);
    other.receives(&format!(
        "From: olga@uni.test\nTo: it@uni.test\nSubject: Re: [IT-1001-{tag}] x\nMessage-ID: <more@uni.test>\n\nAnd it smells.\n"
    ));
    other.okno(&["drain"]).with(0);
    other
        .okno(&["explain", "more@uni.test"])
        .with(0)
        .says(&["points to ticket 1001"]);
}

#[test]
fn a_changed_history_is_found() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    house
        .okno(&["verify"])
        .with(0)
        .says(&["tickets: 1, faults: 0"]);
    let DatabaseSettings::Sqlite { path } = house.config().database else {
        panic!("the house is on SQLite")
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        use sqlx::ConnectOptions as _;
        let mut direct = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(path)
            .connect()
            .await
            .unwrap();
        sqlx::query("UPDATE private SET text = 'The printer is fine'")
            .execute(&mut direct)
            .await
            .unwrap();
    });
    house.okno(&["verify"]).with(1).says(&[
        "people's words were changed",
        "the ticket is not what its history makes it",
        "faults: 2",
    ]);
}

#[test]
fn commands_beside_nothing_say_so() {
    let house = House::new();
    for words in [&["verify"][..], &["outbox", "list"], &["backup", "saved"]] {
        house
            .okno(words)
            .with(1)
            .says(&["Cannot open the database", "okno.sqlite"]);
    }
    assert!(!house.path("saved.key").exists());
    assert!(!house.path("data").exists(), "looking makes nothing");
}

#[test]
fn what_a_head_has_changed_by_mail_counts_for_every_command() {
    let house = House::with("[smtp]\nmaildir = \"out\"\n[trust]\nservers = [\"mx.uni.test\"]\n");
    let file = house.path("okno.toml");
    let plain = fs::read_to_string(&file).unwrap();
    let with_head = "agents = [\"anna\"]\nhead = \"anna\"\ncommands = [\"all\"]\nhours = \"mon-sun 00:00-24:00\"\ntarget = \"24 h\"";
    let source = plain.replace("agents = [\"anna\"]", with_head);
    fs::write(&file, source).unwrap();
    // The day after tomorrow, or a day more: no midnight makes another day of it.
    let now = Clock::System.now().to_zoned(TimeZone::UTC);
    let day = now.date().checked_add(2.days()).unwrap();
    let at = format!("{day}T12:00");
    let asked = ["due", "it", "--at", &at];
    let before = house.okno(&asked).with(0).out;
    house.receives(&format!(
        "Authentication-Results: mx.uni.test; dmarc=pass header.from=uni.test\nFrom: Anna Petrova <anna@uni.test>\n\
         To: it@uni.test\nSubject: The queue\nMessage-ID: <order@uni.test>\n\n#dayoff {day}\n#limit 7\n"
    ));
    house.okno(&["drain"]).with(0);
    let told = house.sent_to("anna@uni.test").concat();
    assert!(told.contains("Done"), "{told}");
    let after = house.okno(&asked).with(0).out;
    assert_ne!(before, after, "{after}");
    house.okno(&["check"]).says(&["at most 7"]);
    house
        .okno(&["check", "--offline"])
        .never_says(&["at most 7"]);
}
