//! A power cut, five times in one drain: the program is killed in the middle of its work, at other work each time, and
//! then let run to its end. Nothing may be missing, nothing may be there twice that was not in the air at a kill.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test: what goes wrong here fails the test"
)]

#[path = "../benches/drain/department.rs"]
mod department;
#[path = "../benches/drain/ledger.rs"]
mod ledger;
#[path = "../benches/drain/mails.rs"]
mod mails;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use department::{ADDRESS, Department};
use ledger::Ledger;
use okno::{
    lab::{Behind, Door, MailFolder, Scratch},
    store::{self, DatabaseSettings, Db, history},
};
use tokio::runtime::Runtime;

const MAILS: u64 = 2_000;

/// What a relay is given where the configuration says nothing else.
const CONNECTIONS: usize = 4;

/// What the program is at when it is killed, and how far it then is.
const KILLS: [(Mark, u64); 5] = [
    (Mark::Stored, 300),
    (Mark::Tickets, 500),
    (Mark::Delivered, 700),
    (Mark::Tickets, 1_300),
    (Mark::Delivered, 1_700),
];

#[derive(Debug, Clone, Copy)]
enum Mark {
    /// Raw mails in the journal.
    Stored,
    /// Tickets.
    Tickets,
    /// Mails the relay has taken.
    Delivered,
}

/// How far things are, asked from outside.
struct Progress<'a> {
    runtime: &'a Runtime,
    data: PathBuf,
    ledger: Option<Ledger>,
    door: &'a Door,
}

impl Progress<'_> {
    fn of(&mut self, mark: Mark) -> u64 {
        let question = match mark {
            Mark::Stored => "SELECT COUNT(*) FROM raw",
            Mark::Tickets => "SELECT COUNT(*) FROM ticket",
            Mark::Delivered => return self.door.taken(),
        };
        self.number(question).unwrap_or(0)
    }

    /// `None` before the program has made its tables.
    fn number(&mut self, question: &'static str) -> Option<u64> {
        let found = self.runtime.block_on(async {
            if self.ledger.is_none() {
                self.ledger = Ledger::open(&self.data).await.ok();
            }
            self.ledger.as_mut()?.number(question).await.ok()
        });
        found.map(|found| u64::try_from(found).unwrap())
    }

    fn close(&mut self) {
        if let Some(ledger) = self.ledger.take() {
            self.runtime.block_on(ledger.close()).unwrap();
        }
    }
}

fn start(department: &Department) -> Child {
    let mut command = department.drain();
    command.stdout(Stdio::null()).spawn().unwrap()
}

/// Kills the program as soon as the mark is passed; that it still runs then is a part of the test.
fn kill_at(mark: Mark, count: u64, mut child: Child, progress: &mut Progress<'_>) {
    while progress.of(mark) < count {
        let ended = child.try_wait().unwrap();
        assert_eq!(ended, None, "it ended before {mark:?} came to {count}");
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    let ended = child.wait().unwrap();
    let words = format!("at {mark:?} {count} it was killed, not at its end");
    assert_eq!(ended.signal(), Some(9), "{words}: {ended}");
}

/// The files of the department's INBOX, with their flags, and what is in them.
fn inbox(department: &Department) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = department.dovecot.maildir_of(ADDRESS).files().unwrap();
    let read = |file: PathBuf| {
        let bytes = fs::read(&file).unwrap();
        (file, bytes)
    };
    files.into_iter().map(read).collect()
}

/// The Message-IDs of the mails somebody has got.
fn ids_of(out: &Path, address: &str) -> Vec<String> {
    let mails = MailFolder::at(out.join(address).join("Maildir")).mails();
    mails.unwrap().iter().map(|mail| id_of(mail)).collect()
}

fn id_of(mail: &[u8]) -> String {
    let words = String::from_utf8_lossy(mail);
    let ids: Vec<&str> = words
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("Message-ID: "))
        .collect();
    let [id] = ids.as_slice() else {
        panic!("one Message-ID, not {ids:?}:\n{words}")
    };
    (*id).to_owned()
}

/// Every requester has one acknowledgement, of one Message-ID; copies are few.
fn check_letters(out: &Path) {
    let mut copies = 0;
    let mut all = BTreeSet::new();
    for n in 0..MAILS {
        let address = mails::sender(n);
        let got = ids_of(out, &address);
        let distinct: BTreeSet<&String> = got.iter().collect();
        assert_eq!(distinct.len(), 1, "{address} got {got:?}");
        copies += got.len() - 1;
        all.extend(got);
    }
    assert_eq!(all.len(), usize::try_from(MAILS).unwrap());
    let staff = ids_of(out, "anna@uni.test");
    copies += staff.len() - staff.iter().collect::<BTreeSet<_>>().len();
    let most = CONNECTIONS * KILLS.len();
    assert!(
        copies <= most,
        "{copies} mails came twice, and only {most} connections were open at the kills"
    );
}

fn check_ledger(progress: &mut Progress<'_>) {
    for (question, expected) in [
        ("SELECT COUNT(*) FROM raw", MAILS),
        ("SELECT COUNT(*) FROM ticket", MAILS),
        ("SELECT COUNT(DISTINCT requester) FROM ticket", MAILS),
        (
            "SELECT COUNT(*) FROM outgoing WHERE template = 'acknowledgement'",
            MAILS,
        ),
        (
            "SELECT COUNT(DISTINCT ticket) FROM outgoing WHERE template = 'acknowledgement'",
            MAILS,
        ),
        ("SELECT COUNT(*) FROM work", 0),
        ("SELECT COUNT(*) FROM delivery WHERE state <> 'sent'", 0),
    ] {
        assert_eq!(progress.number(question), Some(expected), "{question}");
    }
}

fn check_history(runtime: &Runtime, data: &Path) {
    let settings = DatabaseSettings::Sqlite {
        path: data.join("okno.sqlite"),
    };
    let (faults, _, tickets) = runtime.block_on(async {
        let db = Db::visit(&settings, store::HOUSE).await.unwrap();
        let proved = history::prove(&db).await.unwrap();
        db.close().await;
        proved
    });
    assert_eq!(faults, []);
    assert_eq!(tickets, MAILS);
}

#[test]
fn killed_five_times_nothing_is_lost_and_nothing_is_there_twice() {
    let runtime = Runtime::new().unwrap();
    let scratch = Scratch::new("kill").unwrap();
    let out = scratch.path().join("out");
    let door = Door::open(Behind::Maildirs(out.clone())).unwrap_or_else(|error| panic!("{error}"));
    let department =
        Department::new(&scratch, MAILS, 0, door.port()).unwrap_or_else(|error| panic!("{error}"));
    let before = inbox(&department);
    let mut progress = Progress {
        runtime: &runtime,
        data: department.data(),
        ledger: None,
        door: &door,
    };
    for (mark, count) in KILLS {
        kill_at(mark, count, start(&department), &mut progress);
    }
    let ended = start(&department).wait().unwrap();
    assert!(ended.success(), "{ended}");

    check_ledger(&mut progress);
    progress.close();
    check_letters(&out);
    check_history(&runtime, &department.data());
    assert!(
        inbox(&department) == before,
        "the department's own mailbox was changed"
    );
}
