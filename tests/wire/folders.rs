//! What is one folder's affair: it cannot be opened, its mails have new uids, or they cannot be moved out of it.

use std::time::Duration;

use okno::{
    clock::Clock,
    config::Config,
    house::{
        House, lease,
        receive::{ReceiveError, Receiver},
    },
    model::{
        account::{ServerAction, Source},
        ids::RawId,
    },
    store::{journal, passes, work},
};

use super::receiving::{config_of, runtime};
use crate::fake::{
    Fake, Step, hear,
    imap::{login, opened},
    say,
};

/// A house that reads one mailbox, step by step.
struct Reading {
    house: House,
    clock: Clock,
    receiver: Receiver,
}

impl Reading {
    async fn begin(config: Config) -> Self {
        let clock = Clock::manual("2026-11-17T09:00:00Z".parse().unwrap());
        let house = House::open(config, clock.clone()).await.unwrap();
        let receiver = Receiver::new(&house, &"it".into()).unwrap();
        Self {
            house,
            clock,
            receiver,
        }
    }

    async fn pass(&mut self) -> Result<usize, ReceiveError> {
        let name = lease::of_mailbox("it");
        let lease = self.house.lease(&name).await.unwrap().unwrap();
        self.receiver.pass(&lease).await
    }

    async fn is_known(&self) -> bool {
        let known = passes::known(&self.house.db, self.clock.now()).await;
        known.unwrap().until.contains_key(&"it".into())
    }

    async fn bytes(&self, raw: i64) -> Vec<u8> {
        let raw = journal::raw(&self.house.db, RawId(raw)).await;
        raw.unwrap().bytes
    }
}

/// Reads the mailbox of these scripts, one a connection.
fn read(scripts: Vec<Vec<Step>>, set: impl FnOnce(&mut Config), story: impl AsyncFnOnce(Reading)) {
    let fake = Fake::start(scripts);
    let folder = tempfile::tempdir().unwrap();
    let mut config = config_of(folder.path(), fake.port);
    set(&mut config);
    runtime().block_on(async { story(Reading::begin(config).await).await });
    fake.finish();
}

fn refused(folder: &'static str, words: &str) -> Vec<Step> {
    vec![hear(folder), say(&format!("TAG NO {words}"))]
}

/// A mail as it is listed; its uid is its place.
fn listed(uid: u32, date: &str) -> Step {
    say(&format!(
        "* {uid} FETCH (UID {uid} RFC822.SIZE 10 INTERNALDATE \"{date} 10:00:00 +0300\")"
    ))
}

fn body(uid: u32, text: &str) -> Step {
    say(&format!(
        "* {uid} FETCH (UID {uid} BODY[] {{10}}\r\n{text})"
    ))
}

fn done() -> Step {
    say("TAG OK done")
}

/// Opening `INBOX` with mails up to this uid, under another numbering than `opened`.
fn renumbered(last: u32) -> Vec<Step> {
    vec![
        hear("\"INBOX\""),
        say(&format!("* {last} EXISTS")),
        say("* OK [UIDVALIDITY 78] valid"),
        say(&format!("* OK [UIDNEXT {}] next", last + 1)),
        say("TAG OK [READ-ONLY] opened"),
    ]
}

#[test]
fn a_folder_that_cannot_be_opened_stops_no_other() {
    let date = "17-Nov-2026";
    let gone = || refused("EXAMINE \"Gone\"", "Mailbox doesn't exist: Gone");
    let taken = vec![
        hear("UID FETCH 1:1 "),
        listed(1, date),
        done(),
        hear("UID FETCH 2:* "),
        listed(1, date),
        done(),
        hear("UID FETCH 1 (UID BODY.PEEK[])"),
        body(1, "0123456789"),
        done(),
        hear("UID FETCH 2:* "),
        done(),
    ];
    let nothing = vec![hear("UID FETCH 2:* "), done()];
    let script = [
        login(""),
        gone(),
        opened(1, 2),
        taken,
        // The connection is as good as before.
        gone(),
        opened(1, 2),
        nothing,
    ];
    let set = |config: &mut Config| {
        let it = config.mailboxes.get_mut(&"it".into()).unwrap();
        let Source::Imap { folders, .. } = &mut it.source else {
            panic!("a server")
        };
        *folders = vec!["Gone".to_owned(), "INBOX".to_owned()];
    };
    read(vec![script.concat()], set, async |mut reading| {
        for _ in 0..2 {
            let error = reading.pass().await.unwrap_err().to_string();
            assert!(error.contains("Gone"), "{error}");
            assert_eq!(reading.bytes(1).await, b"0123456789");
            assert!(!reading.is_known().await, "what lies there is not known");
        }
    });
}

#[test]
fn nobody_waits_for_a_folder_of_sent_mail_that_is_not_there() {
    for (words, is_known) in [
        ("[NONEXISTENT] no such folder", true),
        ("[UNAVAILABLE] in a minute", false),
    ] {
        let script = [login(""), opened(0, 1), refused("EXAMINE \"Sent\"", words)];
        let set = |config: &mut Config| {
            let it = config.policy.mailboxes.get_mut(&"it".into()).unwrap();
            it.sent = Some("Sent".to_owned());
        };
        read(vec![script.concat()], set, async |mut reading| {
            let error = reading.pass().await.unwrap_err().to_string();
            assert!(error.contains("EXAMINE"), "the administrator is told");
            assert_eq!(reading.is_known().await, is_known, "{words}");
        });
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a script of a server")]
fn no_mail_is_lost_or_taken_twice_when_all_get_new_uids() {
    let first = vec![
        hear("UID FETCH 1:1 "),
        listed(1, "17-Nov-2026"),
        done(),
        hear("UID FETCH 2:* "),
        listed(1, "17-Nov-2026"),
        done(),
        hear("UID FETCH 1 (UID BODY.PEEK[])"),
        body(1, "0123456789"),
        done(),
        hear("UID FETCH 2:* "),
        done(),
    ];
    // The second was moved in yesterday and is unread; the third is of last month.
    let list = || {
        vec![
            hear("UID FETCH 1:3 "),
            listed(1, "17-Nov-2026"),
            listed(2, "16-Nov-2026"),
            listed(3, "10-Oct-2026"),
            done(),
            hear("UID FETCH 4:* "),
            listed(3, "10-Oct-2026"),
            done(),
        ]
    };
    let broken = vec![hear("UID FETCH 1:2 (UID BODY.PEEK[])")];
    let again = vec![
        hear("UID FETCH 1 (UID BODY.PEEK[])"),
        body(1, "0123456789"),
        done(),
        hear("UID FETCH 2 (UID BODY.PEEK[])"),
        body(2, "abcdefghij"),
        done(),
        hear("UID FETCH 4:* "),
        done(),
    ];
    // What is moved in once all is read again may be of any age.
    let old = vec![
        hear("UID FETCH 4:4 "),
        listed(4, " 1-Jan-2026"),
        done(),
        hear("UID FETCH 5:* "),
        listed(4, " 1-Jan-2026"),
        done(),
        hear("UID FETCH 4 (UID BODY.PEEK[])"),
        body(4, "ABCDEFGHIJ"),
        done(),
        hear("UID FETCH 5:* "),
        done(),
    ];
    let one = [
        login(""),
        opened(1, 2),
        first,
        renumbered(3),
        list(),
        broken,
    ];
    let two = [login(""), renumbered(3), list(), again, renumbered(4), old];
    let scripts = vec![one.concat(), two.concat()];
    read(
        scripts,
        |_| {},
        async |mut reading| {
            assert_eq!(reading.pass().await.unwrap(), 1);
            reading.pass().await.unwrap_err();
            assert_eq!(reading.pass().await.unwrap(), 1, "the second alone is new");
            assert_eq!(reading.bytes(2).await, b"abcdefghij");
            assert_eq!(reading.pass().await.unwrap(), 1);
            assert_eq!(reading.bytes(3).await, b"ABCDEFGHIJ");
        },
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a script of a server")]
fn mails_that_cannot_be_moved_are_tried_again_in_time_and_given_up_aloud() {
    let date = "17-Nov-2026";
    let taken = vec![
        hear("UID FETCH 1:2 "),
        listed(1, date),
        listed(2, date),
        done(),
        hear("UID FETCH 3:* "),
        listed(2, date),
        done(),
        hear("UID FETCH 1:2 (UID BODY.PEEK[])"),
        body(1, "0123456789"),
        body(2, "abcdefghij"),
        done(),
        hear("UID FETCH 3:* "),
        done(),
    ];
    let nothing = || vec![hear("UID FETCH 3:* "), done()];
    let full = |command| refused(command, "[OVERQUOTA] the folder is full");
    let one = [
        login("MOVE"),
        opened(2, 3),
        taken,
        full("UID MOVE 1 \"Done\""),
        full("UID MOVE 2 \"Done\""),
        // In the same minute nothing is tried.
        opened(2, 3),
        nothing(),
        // The connection is lost with the first.
        opened(2, 3),
        nothing(),
        vec![hear("UID MOVE 1 \"Done\"")],
    ];
    let two = [
        login("MOVE"),
        opened(2, 3),
        nothing(),
        full("UID MOVE 1 \"Done\""),
        vec![hear("UID MOVE 2 \"Done\""), done()],
    ];
    let set = |config: &mut Config| {
        let it = config.mailboxes.get_mut(&"it".into()).unwrap();
        let Source::Imap { after, .. } = &mut it.source else {
            panic!("a server")
        };
        *after = Some(ServerAction::Move("Done".to_owned()));
    };
    read(
        vec![one.concat(), two.concat()],
        set,
        async |mut reading| {
            assert_eq!(reading.pass().await.unwrap(), 2);
            assert_eq!(reading.pass().await.unwrap(), 0);
            reading.clock.advance(Duration::from_secs(60));
            reading.pass().await.unwrap_err();
            let db = reading.house.db.clone();
            let far = "2027-01-01T00:00:00Z".parse().unwrap();
            let once = journal::server_actions(&db, &"it".into(), "INBOX", (2, far)).await;
            let once: Vec<RawId> = once.unwrap().into_iter().map(|(raw, ..)| raw).collect();
            assert_eq!(once, [RawId(2)], "the second was not to blame");
            for _ in 2..19 {
                journal::server_action_ended(&db, RawId(1), false)
                    .await
                    .unwrap();
            }
            reading.clock.advance(Duration::from_secs(6 * 86_400));
            assert_eq!(reading.pass().await.unwrap(), 0);
            let left = journal::server_actions(&db, &"it".into(), "INBOX", (99, far)).await;
            assert_eq!(left.unwrap(), []);
            let waiting = work::next(&db, 10).await.unwrap();
            let told = waiting.iter().find(|work| work.kind == "condition");
            let told = &told.unwrap().payload;
            assert!(
                told.contains("unfiled") && told.contains("OVERQUOTA"),
                "{told}"
            );
        },
    );
}
