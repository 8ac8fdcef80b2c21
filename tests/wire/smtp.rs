//! SMTP: whose fault an answer is, and what is known when there is none.

use std::{sync::Arc, time::Duration};

use okno::{
    model::{
        account::{Login, Relay, Security, SmtpAccount},
        address::Address,
    },
    smtp::{Courier, Deadlines, DeliveryStatus, MailObject, Memory, RelayFault, Reply, Transport},
    tls::client_config,
};

use crate::fake::{
    Fake, Step, certified, hear, say,
    smtp::{hello, server, taken},
};

const SHORT: Deadlines = Deadlines {
    connect: Duration::from_secs(5),
    command: Duration::from_millis(400),
    after_dot: Duration::from_millis(400),
};

fn transport(port: u16, security: Security, ca: &[std::path::PathBuf]) -> Transport {
    let login = (security != Security::None).then(|| Login {
        username: "it".to_owned(),
        password: "secret".to_owned().into(),
    });
    Transport::Smtp {
        account: SmtpAccount {
            host: "localhost".to_owned(),
            port,
            security,
            login,
            hello: "okno.test".to_owned(),
            connections: 1,
        },
        tls: client_config(ca).unwrap(),
        deadlines: SHORT,
    }
}

async fn connect(fake: &Fake) -> Result<Courier, RelayFault> {
    let ca = certified();
    transport(fake.port, Security::None, std::slice::from_ref(&ca.ca))
        .connect()
        .await
}

fn address(words: &str) -> Address {
    Address::parse(words).unwrap()
}

const MAIL: &[u8] = b"Subject: hello\r\n\r\n.dot\r\nbody\r\n";

/// Sends the mail to this person, from the mailbox.
async fn send(courier: &mut Courier, recipient: &str, bytes: &[u8]) -> DeliveryStatus {
    let sender = address("it@uni.test");
    let recipient = address(recipient);
    courier
        .send(&MailObject {
            envelope_from: Some(&sender),
            recipient: &recipient,
            bytes,
            envelope_id: "D=1+a",
        })
        .await
}

async fn anna(courier: &mut Courier) -> DeliveryStatus {
    send(courier, "anna@uni.test", MAIL).await
}

const fn futures_can_be_spawned<T: Send>(_: &T) {}

#[tokio::test]
async fn mails_go_one_after_the_other_over_one_connection() {
    let fake = server(
        &["SIZE 1000", "DSN", "8BITMIME"],
        [vec![
            hear("MAIL FROM:<it@uni.test> SIZE=30 RET=HDRS ENVID=D+3D1+2Ba"),
            say("250 2.1.0 Ok"),
            hear("RCPT TO:<anna@uni.test> NOTIFY=FAILURE,DELAY"),
            say("250 2.1.5 Ok"),
            hear("DATA"),
            say("354 go on"),
            Step::HearMail,
            say("250-2.0.0 Ok:"),
            say("250 2.0.0 queued as 4F"),
            hear("MAIL FROM:<it@uni.test> SIZE=12 BODY=8BITMIME RET=HDRS"),
            say("250 Ok"),
            hear("RCPT TO:<olga@uni.test>"),
            say("250 Ok"),
            hear("DATA"),
            say("354 go on"),
            Step::HearMail,
            // A reply in KOI8-R is still a reply.
            Step::Say(b"250 2.0.0 \xd0\xd2\xc9\xce\xd1\xd4\xcf\r\n".to_vec()),
            hear("QUIT"),
            say("221 bye"),
        ]]
        .concat(),
    );
    let mut courier = connect(&fake).await.unwrap();
    futures_can_be_spawned(&anna(&mut courier));
    let DeliveryStatus::Accepted { reply } = anna(&mut courier).await else {
        panic!("not accepted")
    };
    assert_eq!((reply.code, reply.status.as_deref()), (250, Some("2.0.0")));
    assert!(reply.words.contains("queued as 4F"), "{reply}");
    let status = send(&mut courier, "olga@uni.test", "привет".as_bytes()).await;
    assert!(
        matches!(status, DeliveryStatus::Accepted { .. }),
        "{status:?}"
    );
    assert!(courier.is_usable());
    courier.quit().await;
    let heard = fake.finish();
    assert_eq!(
        heard[5].as_bytes(),
        &MAIL[..MAIL.len() - 2],
        "byte for byte"
    );
    assert_eq!(heard[9], "привет");
}

#[tokio::test]
async fn a_refusal_stops_nobody_else() {
    let fake = server(
        &[],
        [
            vec![
                hear("MAIL"),
                say("250 Ok"),
                hear("RCPT TO:<nobody@uni.test>"),
                say("550-5.1.1 <nobody@uni.test>: Recipient address rejected:"),
                say("550 5.1.1 User unknown"),
                hear("RSET"),
                say("250 Ok"),
                hear("MAIL"),
                say("250 Ok"),
                hear("RCPT TO:<grey@uni.test>"),
                say("450 4.2.0 Greylisted"),
                hear("RSET"),
                say("250 Ok"),
            ],
            taken(),
            vec![say("550 5.5.0 Service unavailable")],
            taken(),
            vec![say("250 Ok")],
        ]
        .concat(),
    );
    let mut courier = connect(&fake).await.unwrap();
    let DeliveryStatus::Refused { reply } = send(&mut courier, "nobody@uni.test", MAIL).await
    else {
        panic!("not refused")
    };
    assert_eq!((reply.code, reply.status.as_deref()), (550, Some("5.1.1")));
    assert!(reply.words.ends_with("User unknown"), "{reply}");
    let status = send(&mut courier, "grey@uni.test", MAIL).await;
    assert!(
        matches!(status, DeliveryStatus::Deferred { .. }),
        "{status:?}"
    );
    let status = anna(&mut courier).await;
    assert!(
        matches!(status, DeliveryStatus::Deferred { .. }),
        "{status:?}"
    );
    let status = anna(&mut courier).await;
    assert!(
        matches!(status, DeliveryStatus::Accepted { .. }),
        "{status:?}"
    );
    drop(courier);
    fake.finish();
}

/// A server that takes the mail up to here and then does this.
async fn ends(before: Vec<Step>, end: Step) -> (DeliveryStatus, bool) {
    let fake = server(&[], [before, vec![end]].concat());
    let mut courier = connect(&fake).await.unwrap();
    let status = anna(&mut courier).await;
    let is_usable = courier.is_usable();
    drop(courier);
    fake.finish();
    (status, is_usable)
}

fn up_to(steps: usize) -> Vec<Step> {
    taken().into_iter().take(steps).collect()
}

#[tokio::test]
async fn before_the_dot_nothing_is_lost_and_after_it_nobody_knows() {
    let hang_up = || Step::Say(Vec::new());
    // After MAIL, after RCPT, after DATA.
    for heard in [1, 3, 5] {
        let (status, is_usable) = ends(up_to(heard), hang_up()).await;
        assert!(
            matches!(status, DeliveryStatus::Fault(RelayFault::Lost { .. })),
            "{status:?}"
        );
        assert!(!is_usable);
        let (status, is_usable) = ends(up_to(heard), Step::Hang).await;
        assert!(
            matches!(status, DeliveryStatus::Fault(RelayFault::Silent { .. })),
            "{status:?}"
        );
        assert!(!is_usable);
    }
    // After the dot.
    for end in [hang_up(), Step::Hang, say("rubbish"), say("354 more?")] {
        let (status, is_usable) = ends(taken(), end).await;
        assert!(
            matches!(status, DeliveryStatus::Unknown { .. }),
            "{status:?}"
        );
        assert!(!is_usable);
    }
}

#[tokio::test]
async fn a_mail_cut_off_in_its_body_is_not_unknown() {
    // The server hangs up in the middle of a mail larger than all buffers on the way.
    let fake = server(&[], up_to(6));
    let mut courier = connect(&fake).await.unwrap();
    let large = b"0123456789abcdef\r\n".repeat(2_000_000);
    let status = send(&mut courier, "anna@uni.test", &large).await;
    assert!(
        matches!(status, DeliveryStatus::Fault(RelayFault::Lost { .. })),
        "{status:?}"
    );
    fake.finish();
}

#[tokio::test]
async fn a_closing_server_is_left() {
    let (status, is_usable) = ends(up_to(3), say("421 4.3.2 shutting down")).await;
    assert!(
        matches!(status, DeliveryStatus::Deferred { .. }),
        "{status:?}"
    );
    assert!(!is_usable);
    let (status, is_usable) = ends(up_to(1), say("421 4.3.2 shutting down")).await;
    assert!(
        matches!(status, DeliveryStatus::Fault(RelayFault::Busy { .. })),
        "{status:?}"
    );
    assert!(!is_usable);
    let (status, _) = ends(up_to(5), say("250 what?")).await;
    assert!(
        matches!(status, DeliveryStatus::Fault(RelayFault::Garbled { .. })),
        "{status:?}"
    );
}

#[tokio::test]
async fn a_server_that_answers_twice_confuses_nobody_for_long() {
    let fake = server(
        &[],
        [
            taken(),
            vec![
                Step::Say(b"250 2.0.0 Ok\r\n250 2.0.0 Ok again\r\n".to_vec()),
                hear("MAIL"),
                say("250 Ok"),
                Step::Hang,
            ],
        ]
        .concat(),
    );
    let mut courier = connect(&fake).await.unwrap();
    let status = anna(&mut courier).await;
    assert!(
        matches!(status, DeliveryStatus::Accepted { .. }),
        "{status:?}"
    );
    // Every answer now is one too early; DATA's is not 354, so no mail is handed over.
    let status = anna(&mut courier).await;
    assert!(matches!(status, DeliveryStatus::Fault(_)), "{status:?}");
    assert!(!courier.is_usable());
    drop(courier);
    fake.finish();
}

#[tokio::test]
async fn what_a_mail_needs_and_the_relay_has_not_is_refused_here() {
    let fake = server(&["SIZE 20"], vec![Step::Hang]);
    let mut courier = connect(&fake).await.unwrap();
    for (recipient, bytes, status) in [
        ("анна@почта.test", &b"short"[..], "5.6.7"),
        ("anna@uni.test", MAIL, "5.3.4"),
        ("anna@uni.test", "привет".as_bytes(), "5.6.3"),
    ] {
        let DeliveryStatus::Refused { reply } = send(&mut courier, recipient, bytes).await else {
            panic!("not refused")
        };
        assert_eq!(reply.status.as_deref(), Some(status), "{reply}");
    }
    assert!(courier.is_usable());
    drop(courier);
    assert_eq!(fake.finish().len(), 2, "nothing but EHLO was said");
}

#[tokio::test]
async fn a_relay_that_does_not_want_us_says_why() {
    for (greeting, words, is_operators) in [
        ("554 5.7.1 blocked", "blocked", true),
        ("421 4.7.0 too many", "too many", false),
    ] {
        let fake = Fake::start(vec![vec![say(greeting)]]);
        let fault = connect(&fake).await.unwrap_err();
        assert_eq!(fault.needs_operator(), is_operators, "{fault}");
        assert!(fault.to_string().contains(words), "{fault}");
        fake.finish();
    }
    let fake = Fake::start(vec![vec![Step::Hang]]);
    let fault = connect(&fake).await.unwrap_err();
    assert!(matches!(fault, RelayFault::Silent { .. }), "{fault}");
    fake.finish();
}

/// Over TLS, with the abilities and the answers to the login given.
async fn log_in(abilities: &[&str], answers: Vec<Step>) -> (Result<(), RelayFault>, Vec<String>) {
    let ours = certified();
    let script = [
        vec![Step::Tls(Arc::clone(&ours.server))],
        hello(abilities),
        answers,
    ]
    .concat();
    let fake = Fake::start(vec![script]);
    let transport = transport(fake.port, Security::Tls, std::slice::from_ref(&ours.ca));
    let outcome = transport.connect().await.map(drop);
    (outcome, fake.finish())
}

#[tokio::test]
async fn a_login_goes_well_or_is_the_relays_affair() {
    let plain = "AUTH PLAIN AGl0AHNlY3JldA==";
    let (outcome, _) = log_in(
        &["AUTH PLAIN LOGIN"],
        vec![hear(plain), say("235 2.7.0 ok")],
    )
    .await;
    outcome.unwrap();
    let by_login = vec![
        hear("AUTH LOGIN"),
        say("334 VXNlcm5hbWU6"),
        hear("aXQ="),
        say("334 whatever"),
        hear("c2VjcmV0"),
        say("235 ok"),
    ];
    let (outcome, _) = log_in(&["AUTH=LOGIN"], by_login).await;
    outcome.unwrap();
    let (outcome, _) = log_in(
        &["AUTH PLAIN"],
        vec![hear(plain), say("535 5.7.8 authentication failed")],
    )
    .await;
    let fault = outcome.unwrap_err();
    assert!(
        matches!(fault, RelayFault::Login { .. }) && fault.needs_operator(),
        "{fault}"
    );
    let (outcome, _) = log_in(&["AUTH PLAIN"], vec![hear(plain), say("454 4.7.0 later")]).await;
    assert!(!outcome.unwrap_err().needs_operator());
    let (outcome, heard) = log_in(&["AUTH GSSAPI"], Vec::new()).await;
    assert_eq!(outcome.unwrap_err(), RelayFault::NoLogin);
    assert_eq!(heard.len(), 2);
}

#[tokio::test]
async fn starttls_comes_before_the_login() {
    let ours = certified();
    let opening = vec![
        say("220-mail.test"),
        say("220 ESMTP"),
        hear("EHLO okno.test"),
        say("250-mail.test"),
        say("250 STARTTLS"),
        hear("STARTTLS"),
        // What a stranger slips in before TLS spoils the handshake and is never an answer.
        say("220 go"),
        Step::Tls(Arc::clone(&ours.server)),
    ];
    let after = [
        hello(&["AUTH PLAIN"])[1..].to_vec(),
        vec![hear("AUTH PLAIN"), say("235 ok")],
        taken(),
        vec![say("250 Ok")],
    ]
    .concat();
    let fake = Fake::start(vec![[opening, after].concat()]);
    let transport = transport(
        fake.port,
        Security::StartTls,
        std::slice::from_ref(&ours.ca),
    );
    let mut courier = transport.connect().await.unwrap();
    let status = anna(&mut courier).await;
    assert!(
        matches!(status, DeliveryStatus::Accepted { .. }),
        "{status:?}"
    );
    fake.finish();
}

#[tokio::test]
async fn without_starttls_no_password_is_said() {
    let ours = certified();
    let fake = Fake::start(vec![vec![
        say("220 mail.test"),
        hear("EHLO"),
        say("250 mail.test"),
        Step::Hang,
    ]]);
    let transport = transport(
        fake.port,
        Security::StartTls,
        std::slice::from_ref(&ours.ca),
    );
    assert_eq!(
        transport.connect().await.unwrap_err(),
        RelayFault::NoStartTls
    );
    assert_eq!(fake.finish().len(), 1);
}

#[tokio::test]
async fn maildirs_take_mail_with_its_envelope() {
    let folder = tempfile::tempdir().unwrap();
    let ours = certified();
    let tls = client_config(std::slice::from_ref(&ours.ca)).unwrap();
    let transport = Transport::open(&Relay::Maildir(folder.path().to_owned()), &tls);
    let mut courier = transport.connect().await.unwrap();
    let status = anna(&mut courier).await;
    assert!(
        matches!(status, DeliveryStatus::Accepted { .. }),
        "{status:?}"
    );
    let new = folder.path().join("anna@uni.test/new");
    let file = std::fs::read_dir(new).unwrap().next().unwrap().unwrap();
    let bytes = std::fs::read(file.path()).unwrap();
    let envelope = b"Return-Path: <it@uni.test>\r\nDelivered-To: anna@uni.test\r\n";
    assert_eq!(bytes, [&envelope[..], MAIL].concat());
}

#[tokio::test]
async fn memory_says_what_it_is_told() {
    let memory = Memory::default();
    let transport = Transport::Memory(memory.clone());
    let mut courier = transport.connect().await.unwrap();
    let refused = DeliveryStatus::Refused {
        reply: Reply::new(550, "5.1.1 no"),
    };
    memory.answer_next(refused.clone());
    memory.answer_next(DeliveryStatus::Unknown {
        words: "lost".to_owned(),
    });
    assert_eq!(anna(&mut courier).await, refused);
    assert!(memory.sent().is_empty());
    anna(&mut courier).await;
    anna(&mut courier).await;
    assert_eq!(memory.take().len(), 2, "an unknown mail has arrived");
    memory.set_down(Some(RelayFault::NoLogin));
    assert_eq!(transport.connect().await.unwrap_err(), RelayFault::NoLogin);
    assert_eq!(
        anna(&mut courier).await,
        DeliveryStatus::Fault(RelayFault::NoLogin)
    );
    assert!(memory.sent().is_empty());
}
