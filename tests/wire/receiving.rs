//! A mailbox with one mail that its server does not hand out.

use std::{path::Path, time::Duration};

use okno::{
    clock::Clock,
    config::{self, Found, Secrets},
    house::{House, lease, receive::Receiver},
    store::work,
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

/// Passes over the mailbox, three minutes apart, one a script. What is quarantined after each.
fn passes(scripts: Vec<Vec<Step>>) -> Vec<usize> {
    let count = scripts.len();
    let fake = Fake::start(scripts);
    let folder = tempfile::tempdir().unwrap();
    let source = format!(
        "data = \"{}\"\nadministrator = \"root@uni.test\"\n[smtp]\nmaildir = \"/nowhere\"\n\
         [mailbox.it]\naddress = \"it@uni.test\"\nmode = \"full\"\nserver = \"localhost\"\nport = {}\n\
         security = \"none\"\npassword = {{ file = \"/p\" }}\nstart_from = \"beginning\"\n\
         [queue.it]\ntitle = \"IT\"\nprefix = \"IT\"\nagents = [\"anna\"]\n\
         [agent.anna]\nname = \"Anna\"\naddress = \"anna@uni.test\"\n",
        folder.path().display(),
        fake.port
    );
    let config =
        config::parse(&source, "okno.toml", &AnyPassword).unwrap_or_else(|why| panic!("{why}"));
    let clock = Clock::manual("2026-11-17T09:00:00Z".parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
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
fn a_server_that_is_down_costs_no_mail() {
    let scripts = vec![vec![say("* BYE later")]; 8];
    assert_eq!(passes(scripts), [0; 8]);
    let cut_short = [login(""), opened(1, 2), vec![hear("UID FETCH 1:1 ")]].concat();
    assert_eq!(passes(vec![cut_short; 8]), [0; 8]);
}
