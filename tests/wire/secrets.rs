//! No log shows a password or a mail, whatever level it is asked for.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use okno::{
    imap::{Access, Deadlines, Listed, Session},
    model::{
        account::{ImapAccount, Login, Relay, Security, SmtpAccount},
        address::Address,
    },
    smtp::{DeliveryStatus, MailObject, Transport},
    tls::client_config,
};

use crate::fake::{
    Certified, Fake, Step, certified, hear,
    imap::{PASSWORD, login, opened},
    say,
    smtp::{hello, taken},
};

/// Keeps every line that anything logs.
struct Capture(Mutex<Vec<String>>);

static CAPTURE: Capture = Capture(Mutex::new(Vec::new()));

impl Capture {
    fn lines(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.lines()
            .push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

/// As the words may appear: plain, escaped, or in the base64 of a login.
fn spellings(words: &str) -> Vec<String> {
    let coded = data_encoding::BASE64.encode(format!("\0it\0{words}").as_bytes());
    vec![
        words.to_owned(),
        words.escape_debug().to_string(),
        words.replace('\\', "\\\\").replace('"', "\\\""),
        coded,
        data_encoding::BASE64.encode(words.as_bytes()),
    ]
}

fn login_of() -> Login {
    Login {
        username: "it".to_owned(),
        password: PASSWORD.to_owned().into(),
    }
}

fn under_tls(ours: &Certified, script: Vec<Step>) -> Fake {
    Fake::start(vec![
        [vec![Step::Tls(Arc::clone(&ours.server))], script].concat(),
    ])
}

/// Fetches a mail with `body` in it.
async fn fetch(ours: &Certified, body: &str) {
    let tls = client_config(std::slice::from_ref(&ours.ca)).unwrap();
    let imap = under_tls(
        ours,
        [
            login(""),
            opened(1, 2),
            vec![
                hear("UID FETCH 1 "),
                say(&format!(
                    "* 1 FETCH (UID 1 BODY[] {{{}}}\r\n{body})",
                    body.len()
                )),
                // And one that the parser stumbles over, whose words quote it.
                say(&format!("* 1 FETCH (UID {body}")),
                Step::Hang,
            ],
        ]
        .concat(),
    );
    let account = ImapAccount {
        host: "localhost".to_owned(),
        port: imap.port,
        security: Security::Tls,
        login: login_of(),
    };
    let deadlines = Deadlines {
        quiet: Duration::from_millis(500),
        ..Deadlines::default()
    };
    let mut session = Session::connect(&account, &tls, &deadlines).await.unwrap();
    session.open("INBOX", Access::ReadOnly).await.unwrap();
    let listed = Listed {
        uid: 1,
        size: 9,
        internal_date: None,
    };
    let error = session.fetch(&[listed], 99).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(body));
    assert!(!format!("{session:?} {account:?}").contains("пароль"));
    drop(session);
    imap.finish();
}

/// Sends a mail with `body` in it.
async fn send(ours: &Certified, body: &str) {
    let tls = client_config(std::slice::from_ref(&ours.ca)).unwrap();
    let smtp = under_tls(
        ours,
        [
            hello(&["AUTH PLAIN"]),
            vec![hear("AUTH PLAIN"), say("235 ok")],
            taken(),
            vec![say("250 ok")],
        ]
        .concat(),
    );
    let relay = Relay::Smtp(SmtpAccount {
        host: "localhost".to_owned(),
        port: smtp.port,
        security: Security::Tls,
        login: Some(login_of()),
        hello: "okno.test".to_owned(),
        connections: 1,
    });
    let mut courier = Transport::open(&relay, &tls).connect().await.unwrap();
    let (sender, recipient) = (
        Address::parse("it@uni.test").unwrap(),
        Address::parse("anna@uni.test").unwrap(),
    );
    let object = MailObject {
        envelope_from: Some(&sender),
        recipient: &recipient,
        bytes: body.as_bytes(),
        envelope_id: "1",
    };
    let status = courier.send(&object).await;
    assert!(
        matches!(status, DeliveryStatus::Accepted { .. }),
        "{status:?}"
    );
    assert!(!format!("{courier:?}").contains("пароль"));
    drop(courier);
    smtp.finish();
}

#[tokio::test]
async fn no_log_line_shows_a_password_or_a_mail() {
    const BODY: &str = "tell-nobody-4711";
    log::set_logger(&CAPTURE).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let ours = certified();
    fetch(&ours, BODY).await;
    send(&ours, BODY).await;
    log::warn!("the capture works");
    let lines = CAPTURE.lines();
    assert!(lines.iter().any(|line| line.contains("the capture works")));
    for secret in spellings(PASSWORD).iter().chain(&[BODY.to_owned()]) {
        for line in lines.iter() {
            assert!(!line.contains(secret.as_str()), "{line}");
        }
    }
}
