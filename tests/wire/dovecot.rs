//! IMAP against a real Dovecot, started for the test. A missing one is a failure that names the package.

use std::{sync::Arc, time::Duration};

use okno::{
    clock::Clock,
    imap::{Access, Deadlines, Fate, ImapError, Listed, Moved, Session, SpecialUse, Woken},
    lab::{Dovecot, DovecotOptions, Scratch},
    model::account::{ImapAccount, Login, Security},
    tls::client_config,
};
use rustls::ClientConfig;

const ANNA: &str = "anna@uni.test";

/// A running Dovecot and what is needed to reach it. The server ends before its folder goes.
struct Server {
    dovecot: Dovecot,
    tls: Arc<ClientConfig>,
    _folder: Scratch,
}

impl Server {
    fn start() -> Self {
        let folder = Scratch::new("wire").unwrap();
        let dovecot = Dovecot::start(folder.path(), DovecotOptions::default()).unwrap();
        let tls = client_config(&[dovecot.authority().to_owned()]).unwrap();
        Self {
            dovecot,
            tls,
            _folder: folder,
        }
    }

    fn account(&self, security: Security) -> ImapAccount {
        let port = match security {
            Security::Tls => self.dovecot.imaps_port(),
            Security::StartTls | Security::None => self.dovecot.imap_port(),
        };
        ImapAccount {
            host: "localhost".to_owned(),
            port,
            security,
            login: Login {
                username: ANNA.to_owned(),
                password: self.dovecot.password().to_owned().into(),
            },
        }
    }

    fn deliver(&self, mails: std::ops::Range<usize>) {
        for n in mails {
            let mail = format!("Subject: mail {n}\r\n\r\n{}\r\n", "x".repeat(n % 3_000));
            self.dovecot.deliver(ANNA, mail.as_bytes()).unwrap();
        }
    }

    async fn connect(&self, security: Security) -> Session {
        Session::connect(&self.account(security), &self.tls, &Deadlines::default())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn every_way_in_reads_the_same_and_changes_nothing() {
    let server = Server::start();
    server.deliver(0..3);
    let mut seen = Vec::new();
    for security in [Security::Tls, Security::StartTls, Security::None] {
        let mut session = server.connect(security).await;
        let inbox = session.open("INBOX", Access::ReadOnly).await.unwrap();
        assert_eq!(inbox.exists, 3);
        let listed = session.list_after(0, 10).await.unwrap();
        assert!(listed.iter().all(|mail| mail.internal_date.is_some()));
        let mails = session.fetch(&listed, 10_000).await.unwrap();
        assert!(mails.iter().all(|mail| mail.raw.len() as u64 == mail.size));
        session.logout().await.unwrap();
        seen.push((inbox.uid_validity, mails));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
    // `\Seen` would be a letter in the name of the file.
    let cur = server.dovecot.maildir_of(ANNA).path().join("cur");
    for file in std::fs::read_dir(cur).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(name.ends_with(":2,"), "{name}");
    }
    let mut wrong = server.account(Security::Tls);
    wrong.login.password = "guess".to_owned().into();
    let error = Session::connect(&wrong, &server.tls, &Deadlines::default())
        .await
        .unwrap_err();
    assert_eq!(error.fate(), Fate::Operator, "{error}");
}

#[tokio::test]
async fn all_of_a_large_folder_comes_once_and_in_order() {
    const MAILS: usize = 2_000;
    let server = Server::start();
    server.deliver(0..MAILS);
    let mut session = server.connect(Security::Tls).await;
    session.open("INBOX", Access::ReadOnly).await.unwrap();
    let mut last = 0;
    let mut count = 0;
    loop {
        let listed = session.list_after(last, 300).await.unwrap();
        assert!(listed.len() <= 300);
        let mails = session.fetch(&listed, 1_000).await.unwrap();
        assert_eq!(mails.len(), listed.len());
        for mail in &mails {
            assert!(mail.uid > last, "ascending");
            last = mail.uid;
            assert_eq!(mail.cut, mail.size > 1_000);
            assert_eq!(mail.raw.len() as u64, mail.size.min(1_000));
        }
        count += mails.len();
        if listed.is_empty() {
            break;
        }
    }
    assert_eq!(count, MAILS);
}

#[tokio::test]
async fn idle_hears_new_mail() {
    let server = Server::start();
    server.deliver(0..1);
    let mut session = server.connect(Security::Tls).await;
    session.open("INBOX", Access::ReadOnly).await.unwrap();
    let soon = Duration::from_millis(200);
    assert_eq!(session.idle(soon).await.unwrap(), Woken::TimeUp);
    let (woken, ()) = tokio::join!(session.idle(Duration::from_secs(60)), async {
        // Whether it comes before IDLE or in it: it is heard.
        server.deliver(1..2);
    });
    assert_eq!(woken.unwrap(), Woken::News);
    assert_eq!(session.list_after(1, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn mails_are_moved_and_marked() {
    let server = Server::start();
    server.deliver(0..3);
    let mut session = server.connect(Security::StartTls).await;
    session.open("INBOX", Access::ReadWrite).await.unwrap();
    let all = session.list_after(0, 10).await.unwrap();
    let uids: Vec<u32> = all.iter().map(|mail| mail.uid).collect();
    session
        .store_keyword(&uids[..1], "$OknoDone")
        .await
        .unwrap();
    let moved = session.move_to(&uids[1..], "Готово").await.unwrap();
    assert_eq!(moved, Moved::Moved);
    session.move_to(&uids[1..], "Готово").await.unwrap();
    let left: Vec<Listed> = session.list_after(0, 10).await.unwrap();
    assert_eq!(left, all[..1]);
    assert_eq!(session.fetch(&all, 10_000).await.unwrap().len(), 1);
    let folders = session.folders().await.unwrap();
    assert!(folders.iter().any(|folder| folder.name == "Готово"));
    assert!(
        folders
            .iter()
            .all(|folder| folder.special_use != Some(SpecialUse::All))
    );
    let there = session.open("Готово", Access::ReadOnly).await.unwrap();
    assert_eq!(there.exists, 2);
    let error = session.store_keyword(&[1], "$X").await.unwrap_err();
    assert_eq!(error.fate(), Fate::Operator, "{error}");
    let error = session
        .open("Нет такой", Access::ReadOnly)
        .await
        .unwrap_err();
    assert_eq!(error.fate(), Fate::Operator, "{error}");
}

#[tokio::test]
async fn a_mail_is_put_into_a_folder_and_found_there() {
    let server = Server::start();
    let mut session = server.connect(Security::Tls).await;
    let folder = session.sent_folder(&[]).await.unwrap();
    assert_eq!(folder, "Sent");
    session.open(&folder, Access::ReadOnly).await.unwrap();
    assert_eq!(session.newest().await.unwrap(), None);
    let now = Clock::System.now();
    let mail = "From: it@uni.test\r\nMessage-ID: <c1@uni.test>\r\n\r\nПечатает.\r\n";
    assert!(!session.holds("c1@uni.test", now).await.unwrap());
    session.append(&folder, mail.as_bytes()).await.unwrap();
    assert!(session.holds("c1@uni.test", now).await.unwrap());
    assert!(!session.holds("c2@uni.test", now).await.unwrap());
    let newest = session.newest().await.unwrap().unwrap();
    let fetched = session.fetch(&[newest], 10_000).await.unwrap();
    assert_eq!(fetched[0].raw, mail.as_bytes());
    let refused = session
        .append("Нет такой", mail.as_bytes())
        .await
        .unwrap_err();
    assert!(matches!(refused, ImapError::Refused { .. }), "{refused}");
    session.noop().await.unwrap();
    let only = [folder];
    let none = session.sent_folder(&only).await.unwrap_err();
    assert_eq!(none.fate(), Fate::Operator, "{none}");
}
