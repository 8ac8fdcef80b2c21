//! A mailbox with one mail that its server does not hand out, and one whose Sent folder is watched.

use std::{path::Path, time::Duration};

use okno::{
    clock::Clock,
    config::{self, Config, Found, Secrets},
    house::{House, lease, receive::Receiver},
    model::ids::RawId,
    store::{journal, work},
};

use crate::fake::{
    Fake, Step, hear,
    imap::{login, opened},
    say,
};

struct AnyPassword;

impl Secrets for AnyPassword {
    fn file(&self, _path: &Path) -> Result<Found, String> {
        Ok(Found {
            password: "secret".to_owned().into(),
            warning: None,
        })
    }
    fn credential(&self, name: &str) -> Result<Found, String> {
        Err(format!("no credential {name}"))
    }
    fn exists(&self, _path: &Path) -> bool {
        true
    }
}

/// A connection in which the folder is opened and its one mail listed, then `rest`.
fn listing(rest: Vec<Step>) -> Vec<Step> {
    let mail = "* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE \" 5-Nov-2026 09:30:00 +0300\")";
    let listed = vec![
        hear("UID FETCH 1:1 "),
        say(mail),
        say("TAG OK done"),
        hear("UID FETCH 2:* "),
        say(mail),
        say("TAG OK done"),
    ];
    [login(""), opened(1, 2), listed, rest].concat()
}

pub(super) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

pub(super) fn config_of(folder: &Path, port: u16) -> Config {
    let source = format!(
        "data = \"{}\"\nadministrator = \"root@uni.test\"\n[smtp]\nmaildir = \"/nowhere\"\n\
         [mailbox.it]\naddress = \"it@uni.test\"\nmode = \"full\"\nserver = \"localhost\"\nport = {port}\n\
         security = \"none\"\npassword = {{ file = \"/p\" }}\nstart_from = \"beginning\"\n\
         [queue.it]\ntitle = \"IT\"\nprefix = \"IT\"\nagents = [\"anna\"]\n\
         [agent.anna]\nname = \"Anna\"\naddress = \"anna@uni.test\"\n",
        folder.display(),
    );
    config::parse(&source, "okno.toml", &AnyPassword).unwrap_or_else(|why| panic!("{why}"))
}

/// Passes over the mailbox, three minutes apart, one a script. What is quarantined after each.
fn passes(scripts: Vec<Vec<Step>>) -> Vec<usize> {
    let count = scripts.len();
    let fake = Fake::start(scripts);
    let (folder, runtime) = (tempfile::tempdir().unwrap(), runtime());
    let clock = Clock::manual("2026-11-17T09:00:00Z".parse().unwrap());
    let config = config_of(folder.path(), fake.port);
    let quarantined = runtime.block_on(async {
        let house = House::open(config, clock.clone()).await.unwrap();
        let mut receiver = Receiver::new(&house, &"it".into()).unwrap();
        let mut quarantined = Vec::new();
        for _ in 0..count {
            let name = lease::of_mailbox("it");
            let lease = house.lease(&name).await.unwrap().unwrap();
            let passed = receiver.pass(&lease).await;
            let found = work::quarantined(&house.db, 10).await.unwrap();
            assert_eq!(passed.is_ok(), !found.is_empty(), "{passed:?}");
            quarantined.push(found.len());
            clock.advance(Duration::from_secs(180));
        }
        quarantined
    });
    fake.finish();
    quarantined
}

/// Nothing more is asked of the mail, and the folder goes on behind it.
fn goes_on() -> Vec<Step> {
    listing(vec![hear("UID FETCH 2:* "), say("TAG OK done")])
}

#[test]
fn a_mail_that_is_refused_again_and_again_is_quarantined() {
    let refused = listing(vec![
        hear("UID FETCH 1 (UID BODY.PEEK[])"),
        say("TAG NO [SERVERBUG] Internal error"),
        hear("UID FETCH 1 (UID BODY.PEEK[])"),
        say("TAG NO [SERVERBUG] Internal error"),
    ]);
    let mut scripts = vec![refused; 4];
    scripts.push(goes_on());
    assert_eq!(passes(scripts), [0, 0, 0, 0, 1]);
}

#[test]
fn a_mail_that_ends_the_connection_again_and_again_is_quarantined() {
    let deadly = listing(vec![
        hear("UID FETCH 1 (UID BODY.PEEK[])"),
        say("* BYE Internal error, disconnecting"),
    ]);
    let mut scripts = vec![deadly; 4];
    scripts.push(goes_on());
    assert_eq!(passes(scripts), [0, 0, 0, 0, 1]);
}

#[test]
fn a_mail_that_is_promised_and_not_handed_out_is_waited_for() {
    let mail = "* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE \" 5-Nov-2026 09:30:00 +0300\")";
    let asked = vec![
        hear("UID FETCH 1 (UID BODY.PEEK[])"),
        say("TAG OK done"),
        hear("UID FETCH 1:1 "),
        say(mail),
        say("TAG OK done"),
    ];
    let mut scripts = vec![listing([asked.clone(), asked.clone(), asked].concat()); 4];
    scripts.push(goes_on());
    assert_eq!(passes(scripts), [0, 0, 0, 0, 1]);
}

#[test]
fn a_server_that_is_down_costs_no_mail() {
    let scripts = vec![vec![say("* BYE later")]; 8];
    assert_eq!(passes(scripts), [0; 8]);
    let cut_short = [login(""), opened(1, 2), vec![hear("UID FETCH 1:1 ")]].concat();
    assert_eq!(passes(vec![cut_short; 8]), [0; 8]);
}

/// Opening `Sent` with so many mails and this UIDNEXT.
fn sent_opened(exists: u32, uid_next: u32) -> Vec<Step> {
    vec![
        hear("EXAMINE \"Sent\""),
        say(&format!("* {exists} EXISTS")),
        say("* OK [UIDVALIDITY 9] valid"),
        say(&format!("* OK [UIDNEXT {uid_next}] next")),
        say("TAG OK [READ-ONLY] opened"),
    ]
}

#[test]
fn what_people_send_is_read_from_now_on_whatever_the_inbox_starts_from() {
    let mail = "* 3 FETCH (UID 6 RFC822.SIZE 10 INTERNALDATE \"17-Nov-2026 11:00:00 +0300\")";
    let empty = || vec![hear("UID FETCH 6:* "), say("TAG OK done")];
    let taken = vec![
        hear("UID FETCH 6:6 "),
        say(mail),
        say("TAG OK done"),
        hear("UID FETCH 7:* "),
        say(mail),
        say("TAG OK done"),
        hear("UID FETCH 6 (UID BODY.PEEK[])"),
        Step::Say(b"* 3 FETCH (UID 6 BODY[] {10}\r\n0123456789)\r\n".to_vec()),
        say("TAG OK done"),
        hear("UID FETCH 7:* "),
        say(mail),
        say("TAG OK done"),
    ];
    let script = [
        login(""),
        opened(0, 1),
        sent_opened(2, 6),
        empty(),
        opened(0, 1),
        sent_opened(3, 7),
        taken,
    ];
    let fake = Fake::start(vec![script.concat()]);
    let folder = tempfile::tempdir().unwrap();
    let mut config = config_of(folder.path(), fake.port);
    let it = config.policy.mailboxes.get_mut(&"it".into()).unwrap();
    it.sent = Some("Sent".to_owned());
    let clock = Clock::manual("2026-11-17T09:00:00Z".parse().unwrap());
    runtime().block_on(async {
        let house = House::open(config, clock).await.unwrap();
        let mut receiver = Receiver::new(&house, &"it".into()).unwrap();
        let lease = house
            .lease(&lease::of_mailbox("it"))
            .await
            .unwrap()
            .unwrap();
        for expected in [0, 1] {
            assert_eq!(receiver.pass(&lease).await.unwrap(), expected);
        }
        let raw = journal::raw(&house.db, RawId(1)).await.unwrap();
        assert_eq!(
            (raw.folder.as_str(), raw.bytes.as_slice()),
            ("Sent", &b"0123456789"[..])
        );
        // What people send has not come in, and how fast they do says nothing of how fast questions come.
        let told = house.meters.written();
        assert!(
            told.contains("okno_mails_received_total{mailbox=\"it\"} 0\n"),
            "{told}"
        );
        assert!(told.contains("okno_mail_lag_seconds_count 0\n"), "{told}");
    });
    fake.finish();
}

/// Of two mails one had lain there before the start. The connection is lost later, and made anew.
#[test]
fn the_monitoring_is_told_how_long_mail_takes_that_comes_while_okno_runs() {
    let before = "* 1 FETCH (UID 1 RFC822.SIZE 10 INTERNALDATE \"17-Nov-2026 11:59:00 +0300\")";
    let after = "* 2 FETCH (UID 2 RFC822.SIZE 10 INTERNALDATE \"17-Nov-2026 12:00:00 +0300\")";
    let body = |uid: u32| {
        format!("* {uid} FETCH (UID {uid} BODY[] {{10}}\r\n0123456789)\r\n").into_bytes()
    };
    let taken = vec![
        hear("UID FETCH 1:2 "),
        say(before),
        say(after),
        say("TAG OK done"),
        hear("UID FETCH 3:* "),
        say(after),
        say("TAG OK done"),
        hear("UID FETCH 1:2 (UID BODY.PEEK[])"),
        Step::Say(body(1)),
        Step::Say(body(2)),
        say("TAG OK done"),
        hear("UID FETCH 3:* "),
        say(after),
        say("TAG OK done"),
    ];
    let nothing = vec![hear("UID FETCH 3:* "), say("TAG OK done")];
    let scripts = [taken, nothing].map(|rest| [login(""), opened(2, 3), rest].concat());
    let fake = Fake::start(scripts.to_vec());
    let folder = tempfile::tempdir().unwrap();
    let config = config_of(folder.path(), fake.port);
    let clock = Clock::manual("2026-11-17T09:00:00.4Z".parse().unwrap());
    runtime().block_on(async {
        let house = House::open(config, clock.clone()).await.unwrap();
        let mut receiver = Receiver::new(&house, &"it".into()).unwrap();
        let name = lease::of_mailbox("it");
        let lease = house.lease(&name).await.unwrap().unwrap();
        clock.advance(Duration::from_millis(1_600));
        assert_eq!(receiver.pass(&lease).await.unwrap(), 2);
        assert!(receiver.pass(&lease).await.is_err(), "it was lost");
        assert_eq!(receiver.pass(&lease).await.unwrap(), 0);
        let told = house.meters.written();
        for line in [
            "okno_mails_received_total{mailbox=\"it\"} 2\n",
            "okno_mail_lag_seconds_count 1\n",
            "okno_mail_lag_seconds_sum 2.0\n",
            "okno_mailbox_reconnects_total{mailbox=\"it\"} 1\n",
        ] {
            assert!(told.contains(line), "{line}: {told}");
        }
    });
    fake.finish();
}
