//! IMAP: nothing is believed before its tagged OK, and nothing waits for ever.

use std::{sync::Arc, time::Duration};

use okno::{
    imap::{
        Access, Deadlines, Fate, Fetched, ImapError, Listed, Moved, Session, SpecialUse, Woken,
    },
    model::account::{ImapAccount, Login, Security},
    tls::client_config,
};

use crate::fake::{
    Fake, Step, certified, hear,
    imap::{PASSWORD, login, opened, server},
    say,
};

const SHORT: Deadlines = Deadlines {
    connect: Duration::from_secs(5),
    quiet: Duration::from_millis(300),
    command: Duration::from_secs(5),
};

fn account(port: u16, security: Security) -> ImapAccount {
    ImapAccount {
        host: "localhost".to_owned(),
        port,
        security,
        login: Login {
            username: "DOMAIN\\it\\shared".to_owned(),
            password: PASSWORD.to_owned().into(),
        },
    }
}

async fn connect(fake: &Fake) -> Result<Session, ImapError> {
    let tls = Arc::new(rustls_nothing());
    Session::connect(&account(fake.port, Security::None), &tls, &SHORT).await
}

/// TLS settings that trust nobody.
fn rustls_nothing() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

async fn inbox(fake: &Fake) -> Session {
    let mut session = connect(fake).await.unwrap();
    let folder = session.open("INBOX", Access::ReadWrite).await.unwrap();
    assert_eq!(
        (folder.uid_validity, folder.uid_next, folder.exists),
        (77, Some(13), 3)
    );
    session
}

fn listed(uid: u32, size: u64) -> Listed {
    Listed {
        uid,
        size,
        internal_date: None,
    }
}

fn literal(before: &str, bytes: &[u8], after: &str) -> Step {
    let head = format!("{before}{{{}}}\r\n", bytes.len());
    Step::Say([head.as_bytes(), bytes, after.as_bytes(), b"\r\n"].concat())
}

fn uids(mails: &[Fetched]) -> Vec<u32> {
    mails.iter().map(|mail| mail.uid).collect()
}

#[tokio::test]
async fn a_folder_is_opened_listed_and_fetched() {
    let fake = server(
        "",
        vec![
            hear("UID FETCH 11:12 (UID RFC822.SIZE INTERNALDATE)"),
            say("* 3 FETCH (UID 12 RFC822.SIZE 4 INTERNALDATE \" 5-Nov-2026 09:30:00 +0300\")"),
            say("* 2 FETCH (FLAGS (\\Seen) UID 9)"),
            say("* 2 FETCH (INTERNALDATE \"nonsense\" RFC822.SIZE 100 UID 11)"),
            say("TAG OK done"),
            hear("UID FETCH 13:* "),
            say("* 3 FETCH (UID 12 RFC822.SIZE 4 INTERNALDATE \" 5-Nov-2026 09:30:00 +0300\")"),
            say("TAG OK done"),
            hear("UID FETCH 12 (UID BODY.PEEK[])"),
            literal("* 3 FETCH (UID 12 BODY[] ", b"h\0\xff\n", ")"),
            say("TAG OK done"),
            hear("UID FETCH 11 (UID BODY.PEEK[]<0.50>)"),
            literal("* 2 FETCH (BODY[]<0> ", &[b'x'; 50], " UID 11)"),
            say("TAG OK done"),
            hear("LOGOUT"),
            say("* BYE bye"),
            say("TAG OK done"),
        ],
    );
    let mut session = inbox(&fake).await;
    let new = session.list_after(10, 100).await.unwrap();
    assert_eq!(
        new.iter().map(|mail| mail.uid).collect::<Vec<_>>(),
        [11, 12]
    );
    assert_eq!(new[0].internal_date, None);
    assert_eq!(
        new[1].internal_date.unwrap().to_string(),
        "2026-11-05T06:30:00Z"
    );
    let mails = session.fetch(&new, 50).await.unwrap();
    assert_eq!(uids(&mails), [11, 12]);
    assert!(mails[0].cut && mails[0].raw.len() == 50 && mails[0].size == 100);
    assert!(!mails[1].cut);
    assert_eq!(mails[1].raw, b"h\0\xff\n");
    session.logout().await.unwrap();
    let heard = fake.finish();
    assert!(
        heard.iter().all(|line| !line.contains("BODY[")),
        "only PEEK: {heard:?}"
    );
}

#[tokio::test]
async fn refusals_are_refusals() {
    let fake = Fake::start(vec![
        [
            login("IDLE"),
            vec![hear("SELECT"), say("TAG NO [NONEXISTENT] no such folder")],
            opened(3, 13),
            vec![
                hear("UID FETCH"),
                say("TAG NO [UNAVAILABLE] disk"),
                hear("UID FETCH 11:12 "),
                say("TAG BAD what?"),
                hear("UID FETCH 11 "),
                say("TAG NO disk"),
                hear("UID FETCH 12 "),
                say("TAG NO disk"),
                hear("UID STORE"),
                say("TAG NO read-only"),
                hear("IDLE"),
                say("TAG BAD"),
                hear("NOOP"),
                say("TAG NO"),
            ],
        ]
        .concat(),
    ]);
    let mut session = connect(&fake).await.unwrap();
    let error = session.open("INBOX", Access::ReadWrite).await.unwrap_err();
    assert_eq!(error.fate(), Fate::Operator);
    assert!(error.to_string().contains("no such folder"), "{error}");
    session.open("INBOX", Access::ReadWrite).await.unwrap();
    let error = session.list_after(0, 10).await.unwrap_err();
    assert_eq!(error.fate(), Fate::Retry);
    let error = session.fetch(&[listed(11, 1), listed(12, 1)], 9).await;
    assert!(matches!(error, Err(ImapError::Refused { .. })), "{error:?}");
    let refused = [
        session.store_keyword(&[11], "$Done").await.unwrap_err(),
        session.idle(Duration::from_secs(1)).await.unwrap_err(),
        session.noop().await.unwrap_err(),
    ];
    for error in refused {
        assert!(matches!(error, ImapError::Refused { .. }), "{error}");
    }
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn one_mail_the_server_cannot_read_does_not_hide_the_others() {
    let fake = server(
        "",
        vec![
            hear("UID FETCH 10:12 "),
            literal("* 1 FETCH (UID 10 BODY[] ", b"ten", ")"),
            say("TAG NO cannot read 11"),
            hear("UID FETCH 11 "),
            say("TAG NO cannot read 11"),
            hear("UID FETCH 12 "),
            literal("* 3 FETCH (UID 12 BODY[] ", b"twelve", ")"),
            say("TAG OK"),
        ],
    );
    let mut session = inbox(&fake).await;
    let wanted = [listed(10, 3), listed(11, 3), listed(12, 6)];
    let mails = session.fetch(&wanted, 99).await.unwrap();
    assert_eq!(uids(&mails), [10, 12]);
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn what_is_unasked_for_missing_or_out_of_order_is_sorted_out() {
    let fake = server(
        "",
        vec![
            hear("UID FETCH 10:13 "),
            literal("* 3 FETCH (UID 12 BODY[] ", b"twelve", ")"),
            say("* 1 FETCH (UID 10 FLAGS (\\Seen))"),
            say("* 2 FETCH (UID 11 BODY[] NIL)"),
            literal("* 9 FETCH (UID 99 BODY[] ", b"a stranger", ")"),
            literal("* 1 FETCH (BODY[] ", b"nobody's", ")"),
            literal("* 1 FETCH (UID 10 BODY[TEXT] ", b"a part", ")"),
            literal("* 1 FETCH (FLAGS (\\Seen) UID 10 BODY[] ", b"ten", ")"),
            say("* 4 EXPUNGE"),
            say("TAG OK"),
        ],
    );
    let mut session = inbox(&fake).await;
    let wanted = [listed(10, 3), listed(11, 3), listed(12, 6), listed(13, 1)];
    let mails = session.fetch(&wanted, 99).await.unwrap();
    assert_eq!(uids(&mails), [10, 12]);
    assert_eq!(mails[0].raw, b"ten");
    drop(session);
    fake.finish();
}

/// Whatever the end, it is an end and never an empty success.
#[track_caller]
fn check_lost<T: std::fmt::Debug>(outcome: Result<T, ImapError>, words: &str) {
    let error = outcome.unwrap_err();
    assert_eq!(error.fate(), Fate::Retry);
    assert!(error.to_string().contains(words), "{error}");
}

#[tokio::test]
async fn a_lost_connection_is_no_empty_answer() {
    let ends: [(Vec<Step>, &str); 5] = [
        (vec![], "the server closed it"),
        (vec![say("* BYE going down")], "going down"),
        (
            vec![Step::Say(
                b"* 3 FETCH (UID 12 BODY[] {500}\r\nhalf".to_vec(),
            )],
            "lost",
        ),
        (vec![Step::Hang], "stopped answering"),
        (
            vec![Step::Say(b"\xff\xfe\0 rubbish\r\n".to_vec()), Step::Hang],
            "cannot be understood",
        ),
    ];
    for (end, words) in ends {
        let script = |command| server("IDLE", [vec![hear(command)], end.clone()].concat());

        let fake = script("UID FETCH 11:12 ");
        check_lost(inbox(&fake).await.list_after(10, 10).await, words);
        fake.finish();

        let fake = script("UID FETCH 12 ");
        check_lost(
            inbox(&fake).await.fetch(&[listed(12, 500)], 999).await,
            words,
        );
        fake.finish();

        let fake = script("NOOP");
        check_lost(inbox(&fake).await.noop().await, words);
        fake.finish();

        let fake = script("IDLE");
        check_lost(inbox(&fake).await.idle(Duration::from_secs(1)).await, words);
        fake.finish();

        let fake = script("EXAMINE");
        let mut session = inbox(&fake).await;
        check_lost(session.open("INBOX", Access::ReadOnly).await, words);
        drop(session);
        fake.finish();
    }
}

#[tokio::test]
async fn a_missing_uidvalidity_is_never_a_new_one() {
    let fake = Fake::start(vec![
        [
            login(""),
            vec![
                hear("EXAMINE"),
                say("* 3 EXISTS"),
                say("TAG OK"),
                hear("EXAMINE \"&BCEEPwQwBDw-\""),
                say("* 3 EXISTS"),
                say("* OK [UIDVALIDITY 78]"),
                say("TAG OK"),
                hear("FETCH * (UID)"),
                say("* 3 FETCH (UID 40)"),
                say("TAG OK"),
                hear("UID FETCH 1:40 "),
                say("* 1 FETCH (UID 40 RFC822.SIZE 4)"),
                say("TAG OK"),
                hear("UID FETCH 41:* "),
                say("TAG OK"),
            ],
        ]
        .concat(),
    ]);
    let mut session = connect(&fake).await.unwrap();
    let error = session.open("INBOX", Access::ReadOnly).await.unwrap_err();
    assert!(matches!(error, ImapError::NoUidValidity { .. }), "{error}");
    let spam = session.open("Спам", Access::ReadOnly).await.unwrap();
    assert_eq!((spam.uid_validity, spam.uid_next), (78, None));
    assert_eq!(session.list_after(0, 10).await.unwrap().len(), 1);
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn a_large_folder_is_asked_in_windows() {
    let window = |from: u32, to: u32| {
        (from..=to)
            .map(|uid| say(&format!("* 1 FETCH (UID {uid} RFC822.SIZE 1)")))
            .chain([say("TAG OK")])
            .collect::<Vec<_>>()
    };
    let fake = Fake::start(vec![
        [
            login(""),
            opened(500_000, 4_000_000_000),
            vec![hear("UID FETCH 6:205 ")],
            window(6, 205),
            // Nothing for a while: the windows widen.
            vec![hear("UID FETCH 3000000:3000199 "), say("TAG OK")],
            vec![hear("UID FETCH 3000200:3000999 "), say("TAG OK")],
            vec![hear("UID FETCH 3001000:3004199 ")],
            window(3_002_000, 3_002_900),
        ]
        .concat(),
    ]);
    let mut session = connect(&fake).await.unwrap();
    session.open("INBOX", Access::ReadOnly).await.unwrap();
    let first = session.list_after(5, 100).await.unwrap();
    assert_eq!(first.len(), 100, "never more than asked");
    assert_eq!((first[0].uid, first[99].uid), (6, 105), "and the oldest");
    let next = session.list_after(2_999_999, 100).await.unwrap();
    assert_eq!((next[0].uid, next[99].uid), (3_002_000, 3_002_099));
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn idle_wakes_for_mail_and_for_nothing_else() {
    let fake = server(
        "IDLE",
        vec![
            hear("IDLE"),
            say("+ idling"),
            say("* OK Still here"),
            say("* 1 FETCH (FLAGS (\\Seen))"),
            say("* 3 EXPUNGE"),
            say("* 2 EXISTS"),
            say("* 3 EXISTS"),
            hear("DONE"),
            say("TAG OK"),
            hear("UID FETCH"),
            say("TAG OK"),
            hear("UID FETCH"),
            say("TAG OK"),
            // Nothing but keepalives: they do not prolong the wait.
            hear("IDLE"),
            say("+ idling"),
            say("* OK Still here"),
            say("* OK Still here"),
            hear("DONE"),
            say("* 4 EXISTS"),
            say("TAG OK"),
        ],
    );
    let mut session = inbox(&fake).await;
    assert!(session.can_idle());
    assert_eq!(
        session.idle(Duration::from_secs(9)).await.unwrap(),
        Woken::News
    );
    session.list_after(10, 10).await.unwrap();
    let woken = session.idle(Duration::from_millis(200)).await.unwrap();
    assert_eq!(
        woken,
        Woken::News,
        "what came with the last line is not lost"
    );
    assert_eq!(
        session.idle(Duration::from_secs(9)).await.unwrap(),
        Woken::News
    );
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn idle_that_lies_is_found_out() {
    let fake = server(
        "IDLE",
        vec![
            hear("IDLE"),
            say("TAG OK thank you"),
            hear("IDLE"),
            say("+ idling"),
            say("TAG OK enough"),
            hear("IDLE"),
            say("+ idling"),
            hear("DONE"),
            say("TAG OK"),
            // And one that never ends.
            hear("IDLE"),
            say("+ idling"),
            hear("DONE"),
            Step::Hang,
        ],
    );
    let mut session = inbox(&fake).await;
    let soon = Duration::from_millis(100);
    assert_eq!(session.idle(soon).await.unwrap(), Woken::NoUse);
    assert_eq!(session.idle(soon).await.unwrap(), Woken::NoUse);
    assert_eq!(session.idle(soon).await.unwrap(), Woken::TimeUp);
    check_lost(session.idle(soon).await, "stopped answering");
    check_lost(session.noop().await, "lost");
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn a_dropped_command_uses_the_session_up() {
    let fake = server("", vec![hear("NOOP"), Step::Hang]);
    let mut session = inbox(&fake).await;
    tokio::time::timeout(Duration::from_millis(50), session.noop())
        .await
        .unwrap_err();
    let error = session.list_after(0, 1).await.unwrap_err();
    assert!(matches!(error, ImapError::Lost { .. }), "{error}");
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn moving_finds_its_way() {
    let fake = Fake::start(vec![
        [
            login("MOVE"),
            opened(3, 13),
            vec![
                hear("UID MOVE 10:12 \"Done\""),
                say("TAG NO [TRYCREATE] no such folder"),
                hear("CREATE \"Done\""),
                say("TAG OK"),
                hear("UID MOVE 10:12 \"Done\""),
                say("* OK [COPYUID 1 10:12 1:3] moved"),
                say("TAG OK"),
            ],
        ]
        .concat(),
        [
            login("UIDPLUS"),
            opened(3, 13),
            vec![
                hear("UID COPY 12 \"Done\""),
                say("TAG OK"),
                hear("UID STORE 12 +FLAGS.SILENT (\\Deleted)"),
                say("TAG OK"),
                hear("UID EXPUNGE 12"),
                say("* 3 EXPUNGE"),
                say("TAG OK"),
            ],
        ]
        .concat(),
        [
            login(""),
            opened(3, 13),
            vec![
                hear("UID STORE 12 +FLAGS.SILENT ($OknoDone)"),
                say("TAG OK"),
            ],
        ]
        .concat(),
    ]);
    let mut session = inbox(&fake).await;
    assert_eq!(
        session.move_to(&[12, 10, 11], "Done").await.unwrap(),
        Moved::Moved
    );
    drop(session);
    let mut session = inbox(&fake).await;
    assert_eq!(session.move_to(&[12], "Done").await.unwrap(), Moved::Moved);
    drop(session);
    let mut session = inbox(&fake).await;
    assert_eq!(session.move_to(&[12], "Done").await.unwrap(), Moved::Marked);
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn folders_are_told_by_their_use() {
    let fake = server(
        "SPECIAL-USE LIST-EXTENDED",
        vec![
            hear("LIST \"\" \"*\" RETURN (SPECIAL-USE)"),
            say("* LIST (\\HasNoChildren \\Junk) \"/\" \"&BCEEPwQwBDw-\""),
            say("* LIST (\\Noselect) \"/\" \"a \\\"b\\\"\""),
            say("* LIST () NIL INBOX"),
            say("TAG OK"),
        ],
    );
    let mut session = inbox(&fake).await;
    let folders = session.folders().await.unwrap();
    assert_eq!(folders.len(), 3);
    assert_eq!(
        (folders[0].name.as_str(), folders[0].special_use),
        ("Спам", Some(SpecialUse::Junk))
    );
    assert_eq!(
        (folders[1].name.as_str(), folders[1].selectable),
        ("a \"b\"", false)
    );
    assert!(folders[2].selectable);
    drop(session);
    fake.finish();
}

#[tokio::test]
async fn a_refused_login_says_whose_affair_it_is() {
    let refused = |words: &'static str| {
        Fake::start(vec![vec![
            say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready"),
            hear("AUTHENTICATE PLAIN"),
            say("+ "),
            hear("AERPTUFJT"),
            Step::Say(format!("o1 NO {words}\r\n").into_bytes()),
        ]])
    };
    let fake = refused("[AUTHENTICATIONFAILED] Invalid credentials");
    let error = connect(&fake).await.unwrap_err();
    assert_eq!(error.fate(), Fate::Operator);
    let words = error.to_string();
    assert!(
        words.contains("does not accept the password of DOMAIN\\it\\shared"),
        "{words}"
    );
    assert!(!words.contains(PASSWORD));
    fake.finish();
    let fake = refused("[UNAVAILABLE] try later");
    assert_eq!(connect(&fake).await.unwrap_err().fate(), Fate::Retry);
    fake.finish();
}

#[tokio::test]
async fn login_is_the_second_choice() {
    let fake = Fake::start(vec![vec![
        say("* OK hello"),
        hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1"),
        say("TAG OK"),
        hear("LOGIN \"DOMAIN\\\\it\\\\shared\" \"пароль\\\"7\\\\\""),
        say("TAG OK"),
        hear("CAPABILITY"),
        say("* CAPABILITY imap4rev1 idle"),
        say("TAG OK"),
    ]]);
    assert!(connect(&fake).await.unwrap().can_idle());
    fake.finish();
    let fake = Fake::start(vec![vec![say(
        "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello",
    )]]);
    assert_eq!(connect(&fake).await.unwrap_err(), ImapError::NoLogin);
    fake.finish();
}

#[tokio::test]
async fn a_server_that_greets_badly_is_left() {
    for (greeting, words) in [
        ("* BYE too busy", "too busy"),
        ("* PREAUTH you again", "you again"),
        ("220 mail.test ESMTP", "cannot be understood"),
    ] {
        let fake = Fake::start(vec![vec![say(greeting)]]);
        check_lost(connect(&fake).await, words);
        fake.finish();
    }
    let fake = Fake::start(vec![vec![Step::Hang]]);
    check_lost(connect(&fake).await, "stopped answering");
    fake.finish();
}

#[tokio::test]
async fn tls_is_checked_whichever_way_it_begins() {
    let ours = certified();
    let session = || {
        vec![
            hear("AUTHENTICATE PLAIN "),
            say("TAG OK"),
            hear("CAPABILITY"),
            say("* CAPABILITY IMAP4rev1"),
            say("TAG OK"),
        ]
    };
    let tls = || Step::Tls(Arc::clone(&ours.server));
    let greeting = || say("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR] hi");
    let implicit = || [vec![tls(), greeting()], session()].concat();
    let starttls = || {
        [
            vec![
                greeting(),
                hear("CAPABILITY"),
                say("* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED"),
                say("TAG OK"),
                hear("STARTTLS"),
                // What a stranger slips in before TLS is not heard.
                Step::Say(b"TAG OK go\r\n* OK [CAPABILITY IMAP4rev1 X-EVIL] hi\r\n".to_vec()),
                tls(),
                hear("CAPABILITY"),
                say("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR"),
                say("TAG OK"),
            ],
            session(),
        ]
        .concat()
    };
    let trusting = client_config(std::slice::from_ref(&ours.ca)).unwrap();
    let distrusting = Arc::new(rustls_nothing());
    for (security, script) in [
        (Security::Tls, implicit()),
        (Security::StartTls, starttls()),
    ] {
        let fake = Fake::start(vec![script]);
        Session::connect(&account(fake.port, security), &trusting, &SHORT)
            .await
            .unwrap();
        fake.finish();
    }
    // Not ours to trust, and not for this name.
    let refusing = || Fake::start(vec![vec![tls(), Step::Hang]]);
    let fake = refusing();
    let error = Session::connect(&account(fake.port, Security::Tls), &distrusting, &SHORT)
        .await
        .unwrap_err();
    assert_eq!(error.fate(), Fate::Operator);
    assert!(
        error.to_string().contains("nobody this machine trusts"),
        "{error}"
    );
    fake.finish();
    let fake = refusing();
    let mut by_number = account(fake.port, Security::Tls);
    by_number.host = "127.0.0.1".to_owned();
    let error = Session::connect(&by_number, &trusting, &SHORT)
        .await
        .unwrap_err();
    assert_eq!(error.fate(), Fate::Operator, "{error}");
    fake.finish();
}

#[tokio::test]
async fn no_password_is_said_where_starttls_is_missing() {
    let fake = Fake::start(vec![vec![
        say("* OK hi"),
        hear("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1 AUTH=PLAIN"),
        say("TAG OK"),
        Step::Hang,
    ]]);
    let tls = Arc::new(rustls_nothing());
    let error = Session::connect(&account(fake.port, Security::StartTls), &tls, &SHORT)
        .await
        .unwrap_err();
    assert_eq!(error, ImapError::NoStartTls);
    assert_eq!(fake.finish().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_said_so() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let tls = Arc::new(rustls_nothing());
    let error = Session::connect(&account(port, Security::None), &tls, &SHORT)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("does not accept connections on port"),
        "{error}"
    );
    let mut nowhere = account(port, Security::None);
    nowhere.host = "no-such-host.invalid".to_owned();
    let error = Session::connect(&nowhere, &tls, &SHORT).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no-such-host.invalid is not found"),
        "{error}"
    );
}
