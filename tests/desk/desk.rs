//! The harness: a whole house on a temporary SQLite file, with a manual clock and mail in memory.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use okno::{
    clock::Clock,
    config::{self, Config, Found, Secrets},
    house::{
        House,
        decider::{Decider, Progress},
        deliver::Deliverer,
        lease,
        people::Watched,
        reader::Reader,
        texts::WatchedTexts,
    },
    model::{
        ids::{MailboxName, TicketNumber},
        ticket::Ticket,
    },
    smtp::{Memory, Transport},
    store::{
        Faults, history,
        journal::{self, Cursor, Fetched, Haul},
        outbox, passes, timers, work,
    },
};
use tokio::runtime::Runtime;

use super::letter::{Letter, Received};

/// Two departments, three agents, everything at its plainest.
pub(crate) const UNIVERSITY: &str = r#"
administrator = "root@uni.test"
time_zone = "Europe/Moscow"

[smtp]
maildir = "/nowhere"

[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "/nowhere/it"
[mailbox.buh]
address = "buh@uni.test"
mode = "full"
maildir = "/nowhere/buh"

[queue.it]
title = "ИТ-поддержка"
prefix = "IT"
agents = ["anna", "boris"]
distribution = "self"
hours = "пн-пт 09:00-18:00"
target = "8 h"
reminders = []
[queue.buh]
title = "Бухгалтерия"
prefix = "BUH"
agents = ["vera"]
distribution = "self"

[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"
[agent.boris]
name = "Борис Ким"
address = "boris@uni.test"
[agent.vera]
name = "Вера Орлова"
address = "vera@uni.test"
"#;

/// A mail server judges what comes in, and proves everybody whose letter says nothing else of it.
pub(crate) const ALL_PROVEN: &str = "\n[trust]\nservers = [\"mx.uni.test\"]\n# all are proven\n";

struct NoSecrets;

impl Secrets for NoSecrets {
    fn file(&self, path: &Path) -> Result<Found, String> {
        Err(format!("no secret in {}", path.display()))
    }
    fn credential(&self, name: &str) -> Result<Found, String> {
        Err(format!("no credential {name}"))
    }
    fn exists(&self, _path: &Path) -> bool {
        true
    }
    fn text(&self, path: &Path) -> Result<String, String> {
        let example = include_str!("../../kpi.example.toml");
        if path.ends_with("kpi.toml") {
            return Ok(example.to_owned());
        }
        // Another order: answers weigh what solutions in time have weighed.
        if path.ends_with("kpi-13.toml") {
            let other = example.replace("приказ № 12 от 01.10.2026", "приказ № 13 от 30.11.2026");
            let other = other.replace("weight = 0.4\n", "weight = @\n");
            let other = other.replace("weight = 0.2\n", "weight = 0.4\n");
            return Ok(other.replace("weight = @\n", "weight = 0.2\n"));
        }
        // A figure that a file brings.
        if path.ends_with("kpi-payments.toml") {
            let (own, outside) = example.split_once("#[fact").unwrap();
            let outside = format!("[fact{outside}").replace("\n#", "\n");
            let own = own.replace("weight = 0.3\n", "weight = 0.1\n");
            return Ok(own + &outside);
        }
        if path.ends_with("facts.toml") {
            return Ok(super::payroll_sent::SETTINGS.to_owned());
        }
        if path.ends_with("volume.toml") {
            return Ok(super::adjusted::SETTINGS.to_owned());
        }
        // The year as its decree has it, once that is published.
        if path.ends_with("2027.txt") {
            return Ok(include_str!("../../calendars/ru-2027.txt").replace("\nprovisional\n", "\n"));
        }
        Err(format!("there is no {}", path.display()))
    }
    fn bytes(&self, path: &Path, _bytes_max: u64) -> Result<Vec<u8>, String> {
        Ok(format!("%PDF {}", path.display()).into_bytes())
    }
}

/// A Tuesday at noon in Moscow.
pub(crate) const NOON: &str = "2026-11-17T09:00:00Z";

/// A house under test.
pub(crate) struct Desk {
    runtime: Runtime,
    folder: PathBuf,
    /// Removes the folder, where it is this desk's own.
    temporary: Option<tempfile::TempDir>,
    pub(crate) source: String,
    pub(crate) clock: Clock,
    pub(crate) post: Memory,
    house: RefCell<Option<House>>,
    inboxes: RefCell<Vec<Received>>,
    kept: RefCell<Option<Vec<Received>>>,
    uid: Cell<i64>,
    watched: RefCell<Watched>,
    watched_texts: RefCell<WatchedTexts>,
    written: Cell<u64>,
    /// What arrives now has reached the server then.
    reached: Cell<Option<Timestamp>>,
    /// Mailboxes that nobody can read now.
    unreachable: RefCell<Vec<String>>,
}

/// Somebody who writes.
pub(crate) struct Person<'d> {
    desk: &'d Desk,
    /// `Имя <address>`.
    pub(crate) author: String,
    /// The address.
    pub(crate) address: String,
}

impl Desk {
    /// The university's desk, open.
    pub(crate) fn open() -> Self {
        Self::with(UNIVERSITY)
    }

    /// A desk of this configuration.
    pub(crate) fn with(source: &str) -> Self {
        let desk = Self::closed(source);
        desk.start(Faults::none());
        desk
    }

    /// A desk that is not started yet.
    pub(crate) fn closed(source: &str) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let mut desk = Self::closed_in(source, temporary.path());
        desk.temporary = Some(temporary);
        desk
    }

    /// A desk that is not started yet, with its data in this folder.
    pub(crate) fn closed_in(source: &str, folder: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        Self {
            runtime,
            folder: folder.to_owned(),
            temporary: None,
            source: source.to_owned(),
            clock: Clock::manual(NOON.parse().unwrap()),
            post: Memory::default(),
            house: RefCell::new(None),
            inboxes: RefCell::default(),
            kept: RefCell::default(),
            uid: Cell::new(1),
            watched: RefCell::default(),
            watched_texts: RefCell::default(),
            written: Cell::new(0),
            reached: Cell::default(),
            unreachable: RefCell::default(),
        }
    }

    /// Starts the house, as after a crash or for the first time.
    pub(crate) fn start(&self, faults: Faults) {
        let config = self.config();
        let transports: BTreeMap<MailboxName, Transport> = config
            .mailboxes
            .keys()
            .map(|name| (name.clone(), Transport::Memory(self.post.clone())))
            .collect();
        let tls = okno::tls::client_config(&[]).unwrap();
        let opened = self.runtime.block_on(House::open_with(
            config,
            self.clock.clone(),
            (tls, transports),
            faults,
        ));
        *self.house.borrow_mut() = opened.ok();
        *self.watched.borrow_mut() = Watched::default();
        *self.watched_texts.borrow_mut() = WatchedTexts::default();
    }

    /// Somebody saves the people directory, and nothing has looked at it yet.
    pub(crate) fn saves_people(&self, rows: &[&str]) {
        let path = self.data().join("people.csv");
        let file = std::fs::File::create(&path).unwrap();
        std::fs::write(&path, rows.join("\r\n")).unwrap();
        // So that no two files look the same, however fast a test is.
        let count = self.written.get() + 1;
        self.written.set(count);
        let at = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(count);
        file.set_modified(at).unwrap();
    }

    /// Somebody saves a text below the data folder, and the house finds it, as it does again and again.
    pub(crate) fn saves_text(&self, file: &str, text: &str) {
        self.saves_text_unseen(file, text);
        self.looks_at_texts();
    }

    /// The same, and nothing has looked at it yet.
    pub(crate) fn saves_text_unseen(&self, file: &str, text: &str) {
        let path = self.data().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        let count = self.written.get() + 1;
        self.written.set(count);
        let at = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(count);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(at).unwrap();
    }

    /// The house looks at the texts until they stand still.
    pub(crate) fn looks_at_texts(&self) {
        let house = self.house();
        let mut watched = self.watched_texts.borrow_mut();
        for _ in 0..2 {
            let looked = self.runtime.block_on(house.look_at_texts(&mut watched));
            assert!(looked.is_ok(), "the texts are looked at");
        }
    }

    /// The house looks at the people directory, as it does again and again.
    pub(crate) fn looks_at_people(&self) {
        assert!(self.try_looks_at_people(), "the directory is handed over");
    }

    /// The same; whether it could.
    pub(crate) fn try_looks_at_people(&self) -> bool {
        let house = self.house();
        let mut watched = self.watched.borrow_mut();
        let looked = self.runtime.block_on(house.look_at_people(&mut watched));
        looked.is_ok()
    }

    /// A people directory is saved, found, and decided on.
    pub(crate) fn brings_people(&self, rows: &[&str]) {
        self.saves_people(rows);
        self.looks_at_people();
        self.looks_at_people();
        self.step();
    }

    /// What happened in a stream, in order: kinds, reasons and words.
    pub(crate) fn stream(&self, kind: &'static str, id: &str) -> Vec<String> {
        let house = self.house();
        let events = self
            .runtime
            .block_on(history::events_of(&house.db, kind, id))
            .unwrap();
        let line = |event: history::StoredEvent| {
            let words = event.words.unwrap_or_default();
            format!("{} ({}) {words}", event.kind, event.reason)
        };
        events.into_iter().map(line).collect()
    }

    fn config(&self) -> Config {
        let data = self.folder.display();
        let source = self.source.replace("DATA", &data.to_string());
        let source = format!("data = \"{data}\"\n{source}");
        config::parse(&source, "okno.toml", &NoSecrets)
            .unwrap_or_else(|problems| panic!("{problems}"))
    }

    /// Closes the house, as at a stop or after a kill.
    pub(crate) fn stop(&self) {
        if let Some(house) = self.house.borrow_mut().take() {
            self.runtime.block_on(house.db.close());
        }
    }

    /// The opened house.
    pub(crate) fn house(&self) -> House {
        self.house.borrow().clone().expect("the house is open")
    }

    /// From now on mails are read this way, until the next start.
    pub(crate) fn reads_with(&self, reader: Reader) {
        let mut house = self.house.borrow_mut();
        house.as_mut().expect("the house is open").reader = reader;
    }

    /// Somebody by name and address.
    pub(crate) fn person(&self, name: &str, address: &str) -> Person<'_> {
        Person {
            desk: self,
            author: format!("{name} <{address}>"),
            address: address.to_owned(),
        }
    }

    /// A mail arrives in a mailbox, now: the receive stage with the server taken away.
    pub(crate) fn arrives(&self, mailbox: &str, bytes: &[u8]) {
        assert!(self.try_arrives(mailbox, bytes), "the mail is stored");
    }

    /// The same; whether it was stored.
    pub(crate) fn try_arrives(&self, mailbox: &str, bytes: &[u8]) -> bool {
        let uid = self.uid.get();
        self.uid.set(uid + 1);
        self.try_arrives_as(mailbox, uid, bytes)
    }

    /// The same, under a uid: what is stored already is passed over.
    pub(crate) fn try_arrives_as(&self, mailbox: &str, uid: i64, bytes: &[u8]) -> bool {
        self.try_store((mailbox, "INBOX"), self.fetched(uid, bytes))
    }

    /// The beginning of a mail too large to be fetched arrives.
    pub(crate) fn arrives_in_part(&self, mailbox: &str, bytes: &[u8]) {
        let mail = Fetched {
            size: 1 << 30,
            is_cut: true,
            ..self.fetched(self.uid.get(), bytes)
        };
        self.uid.set(self.uid.get() + 1);
        assert!(
            self.try_store((mailbox, "INBOX"), mail),
            "the mail is stored"
        );
    }

    /// A mail is found in the Sent folder of a mailbox.
    pub(crate) fn is_sent_from(&self, mailbox: &str, bytes: &[u8]) {
        let mail = self.fetched(self.uid.get(), bytes);
        self.uid.set(self.uid.get() + 1);
        assert!(
            self.try_store((mailbox, "Sent"), mail),
            "the mail is stored"
        );
    }

    fn fetched(&self, uid: i64, bytes: &[u8]) -> Fetched {
        Fetched {
            source_key: format!("1/{uid}"),
            uid_validity: 1,
            uid,
            arrived_at: self.reached.get().unwrap_or_else(|| self.clock.now()),
            size: bytes.len() as u64,
            is_cut: false,
            bytes: bytes.to_vec(),
            problem: None,
        }
    }

    fn try_store(&self, (mailbox, folder): (&str, &str), mail: Fetched) -> bool {
        let house = self.house();
        let now = self.clock.now();
        let uid = mail.uid;
        self.runtime.block_on(async {
            let Ok(Some(lease)) = house.lease(&lease::of_mailbox(mailbox)).await else {
                return false;
            };
            let haul = Haul {
                mailbox: mailbox.into(),
                folder: folder.to_owned(),
                lease,
                mails: vec![mail],
                cursor: Cursor {
                    uid_validity: 1,
                    last_uid: uid,
                    since: Timestamp::UNIX_EPOCH,
                    last_at: now,
                },
                server_action: None,
                now,
                skips_known_sums: false,
            };
            journal::save(&house.db, haul).await.is_ok()
        })
    }

    /// Lets the decider do all that waits and is due.
    pub(crate) fn decide(&self) {
        assert!(self.try_decide(), "the decider goes on");
    }

    /// What arrives from now on has lain on the server since then; `None`: it comes when it arrives.
    pub(crate) fn was_reached(&self, at: Option<Timestamp>) {
        self.reached.set(at);
    }

    /// Every mailbox has been read until now.
    pub(crate) fn reads_everything(&self) {
        let house = self.house();
        self.runtime.block_on(async {
            for name in house.config.mailboxes.keys() {
                let now = house.clock.now();
                passes::passed(&house.db, name, now).await.unwrap();
            }
        });
    }

    /// From now on nobody can read these mailboxes; the others are read whenever something is due.
    pub(crate) fn cannot_read(&self, mailboxes: &[&str]) {
        let names = mailboxes.iter().map(|name| (*name).to_owned());
        *self.unreachable.borrow_mut() = names.collect();
    }

    /// The same; whether it got to the end.
    pub(crate) fn try_decide(&self) -> bool {
        self.decides().is_some()
    }

    /// The same; whether there was anything to do, and `None` where it did not get to the end.
    fn decides(&self) -> Option<bool> {
        let house = self.house();
        let unreachable = self.unreachable.borrow().clone();
        self.runtime.block_on(async {
            let now = house.clock.now();
            let next = timers::next_at(&house.db).await.ok().flatten();
            let falls_due = next.is_some_and(|next| next <= now);
            for name in house.config.mailboxes.keys() {
                if falls_due && !unreachable.contains(&name.to_string()) {
                    // Where the database fails on purpose the decider will say so.
                    drop(passes::passed(&house.db, name, now).await);
                }
            }
            let lease = house.lease(lease::DECIDER).await.ok().flatten()?;
            let mut decider = Decider::new(house.clone(), lease);
            let mut has_worked = false;
            loop {
                match decider.step().await {
                    Ok(Progress::Worked) => has_worked = true,
                    Ok(Progress::Idle) => return Some(has_worked),
                    Err(_) => return None,
                }
            }
        })
    }

    /// Time passes until this instant, and everything that is due then happens.
    pub(crate) fn until(&self, instant: &str) {
        let until: Timestamp = instant.parse().unwrap();
        self.advance(until.duration_since(self.clock.now()).unsigned_abs());
        self.step();
    }

    /// The house looks around, as it does every minute.
    pub(crate) fn looks_around(&self) {
        let unreachable = self.unreachable.borrow().clone();
        self.with_house(async |house| {
            // Mailboxes are read all the time.
            let readable = house.config.mailboxes.keys();
            for name in readable.filter(|name| !unreachable.contains(&name.to_string())) {
                let now = house.clock.now();
                passes::passed(&house.db, name, now).await.unwrap();
            }
            house
                .watch(&mut okno::house::watch::Standing::default())
                .await
                .unwrap()
        });
        self.step();
    }

    /// Looks as after a start: alarms that stand are known, and what is over of them is told.
    pub(crate) fn looks_at_alarms(&self) {
        self.with_house(async |house| {
            let mut standing = house.standing_alarms().await.unwrap();
            house.watch(&mut standing).await.unwrap();
        });
        self.step();
    }

    /// Lets the decider do one piece of its work; whether there was any.
    pub(crate) fn decides_a_piece(&self) -> bool {
        let house = self.house();
        self.runtime.block_on(async {
            let lease = house.lease(lease::DECIDER).await.unwrap().unwrap();
            Decider::new(house.clone(), lease).step().await.unwrap() == Progress::Worked
        })
    }

    /// Sends all that is due.
    pub(crate) fn deliver(&self) {
        assert!(self.try_deliver(), "the outbox goes on");
    }

    /// The same; whether it got to the end.
    pub(crate) fn try_deliver(&self) -> bool {
        self.delivers().is_some()
    }

    /// The same; whether there was anything to do, and `None` where it did not get to the end.
    fn delivers(&self) -> Option<bool> {
        let house = self.house();
        let done = self.runtime.block_on(async {
            let mut deliverer = Deliverer::new(house.clone());
            let mut has_worked = false;
            loop {
                match deliverer.step().await {
                    Ok(Progress::Worked) => has_worked = true,
                    Ok(Progress::Idle) => return Some(has_worked),
                    Err(_) => return None,
                }
            }
        });
        self.collect();
        done
    }

    /// Lets one deliverer go on over errors, as the house does, so many times with so much time between.
    pub(crate) fn keeps_delivering(&self, times: usize, pause: Duration) {
        let house = self.house();
        self.runtime.block_on(async {
            let mut deliverer = Deliverer::new(house.clone());
            for _ in 0..times {
                while deliverer.step().await.unwrap_or(Progress::Idle) == Progress::Worked {}
                house.clock.advance(pause);
            }
        });
        self.collect();
    }

    fn collect(&self) {
        let got = self.post.take().into_iter().map(|sent| Received {
            envelope_id: sent.envelope_id,
            ..Received::new(sent.recipient, sent.envelope_from, sent.bytes)
        });
        let got: Vec<Received> = got.collect();
        if let Some(kept) = self.kept.borrow_mut().as_mut() {
            kept.extend(got.iter().cloned());
        }
        self.inboxes.borrow_mut().extend(got);
    }

    /// From now on a copy of everything that is sent is kept; nobody need look at their mail.
    pub(crate) fn keeps_everything(&self) {
        *self.kept.borrow_mut() = Some(Vec::new());
    }

    /// Everything that was sent since.
    pub(crate) fn everything(&self) -> Vec<Received> {
        self.inboxes.borrow_mut().clear();
        self.kept.borrow_mut().take().unwrap_or_default()
    }

    /// Whether the house did not open.
    pub(crate) fn is_closed(&self) -> bool {
        self.house.borrow().is_none()
    }

    /// Everything that is to be done now, in order, until nothing is.
    pub(crate) fn step(&self) {
        for _ in 0..10 {
            let has_decided = self.decides().expect("the decider goes on");
            let has_sent = self.delivers().expect("the outbox goes on");
            // What neither has to do at this instant they would not have a second time.
            if !has_decided && !has_sent {
                break;
            }
        }
    }

    /// Olga has forgotten her password: her acknowledgement, and Anna's card. Boris has read his.
    pub(crate) fn asked(&self) -> (Received, Received) {
        let olga = self.person("Ольга", "olga@uni.test");
        olga.writes(&Letter::to("it@uni.test", "Пароль", "Забыла пароль."));
        self.step();
        self.inbox("boris@uni.test");
        (
            olga.only_mail(),
            self.person("Анна", "anna@uni.test").only_mail(),
        )
    }

    /// Turns the clock.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// What has come for somebody since this was last asked.
    pub(crate) fn inbox(&self, address: &str) -> Vec<Received> {
        let mut all = self.inboxes.borrow_mut();
        let (theirs, others) = all.drain(..).partition(|mail| mail.recipient == address);
        *all = others;
        theirs
    }

    /// Everything that has come for anybody and was not looked at.
    pub(crate) fn unread(&self) -> Vec<String> {
        self.inboxes
            .borrow()
            .iter()
            .map(|mail| format!("{}: {}", mail.recipient, mail.subject()))
            .collect()
    }

    /// A ticket as it stands.
    pub(crate) fn ticket(&self, number: i64) -> Ticket {
        let house = self.house();
        let found = self
            .runtime
            .block_on(history::ticket(&house.db, TicketNumber(number)))
            .unwrap();
        found.unwrap_or_else(|| panic!("there is no ticket {number}"))
    }

    /// The tag of a ticket, as it stands in the subject of every mail about it.
    pub(crate) fn tag(&self, ticket: &Ticket) -> String {
        self.house().key().tag(&ticket.prefix, ticket.number)
    }

    /// How many tickets there are.
    pub(crate) fn tickets(&self) -> usize {
        let house = self.house();
        self.runtime
            .block_on(history::tickets_after(&house.db, TicketNumber(0)))
            .unwrap()
            .len()
    }

    /// What happened in a ticket: kinds and reasons, in order.
    pub(crate) fn history(&self, number: i64) -> Vec<String> {
        let house = self.house();
        let decisions = self
            .runtime
            .block_on(history::decisions_of(&house.db, TicketNumber(number)))
            .unwrap();
        let events = decisions.iter().flat_map(|decision| &decision.events);
        events
            .map(|event| format!("{} ({})", event.kind, event.reason))
            .collect()
    }

    /// What the administrator's orders and their carrying out have left in history.
    pub(crate) fn orders(&self) -> Vec<String> {
        let house = self.house();
        let mut told = Vec::new();
        for (id, kind) in (0..100).flat_map(|id| [(id, "operator"), (id, "order")]) {
            let id = id.to_string();
            let decisions = history::decisions_on(&house.db, kind, &id);
            for decision in self.runtime.block_on(decisions).unwrap() {
                told.extend(decision.events.iter().map(|event| {
                    let (what, why, who) = (&event.kind, &event.reason, &event.actor);
                    let data = match what.as_str() {
                        "mail_ordered" => format!(" {}", event.data),
                        _ => String::new(),
                    };
                    format!("{kind}: {what} ({why}) by {who}{data}")
                }));
            }
        }
        told
    }

    /// What is quarantined: why.
    pub(crate) fn quarantine(&self) -> Vec<String> {
        let house = self.house();
        let found = self
            .runtime
            .block_on(work::quarantined(&house.db, 100))
            .unwrap();
        found.into_iter().map(|one| one.problem).collect()
    }

    /// Runs something asynchronous with the house.
    pub(crate) fn with_house<T>(&self, work: impl AsyncFnOnce(House) -> T) -> T {
        self.runtime.block_on(work(self.house()))
    }

    /// Checks that everything was done and that history proves.
    pub(crate) fn check_clean(&self) {
        let house = self.house();
        assert_eq!(self.unread(), [""; 0], "mail that nobody looked at");
        self.runtime.block_on(async {
            assert_eq!(work::count(&house.db).await.unwrap(), 0, "work is left");
            assert_eq!(
                outbox::list(&house.db, false, 10).await.unwrap(),
                [],
                "the outbox is not empty"
            );
            assert_eq!(
                work::quarantined(&house.db, 10).await.unwrap(),
                [],
                "something is quarantined"
            );
        });
        self.check_proof();
    }

    /// Checks that history proves.
    pub(crate) fn check_proof(&self) {
        let house = self.house();
        let (faults, events, _) = self.runtime.block_on(history::prove(&house.db)).unwrap();
        assert_eq!(faults, [], "of {events} events");
    }

    /// Where the data lies.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.clone()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let is_open = self.house.borrow().is_some();
        if is_open && !std::thread::panicking() {
            self.check_clean();
            self.stop();
        }
    }
}

impl Person<'_> {
    /// Writes a mail, which arrives in the mailbox it is addressed to.
    pub(crate) fn writes(&self, letter: &Letter) {
        let bytes = self.bytes(letter);
        let mailbox = if String::from_utf8_lossy(&bytes).contains("To: buh@uni.test") {
            "buh"
        } else {
            "it"
        };
        self.desk.arrives(mailbox, &bytes);
    }

    /// The bytes of a mail of this person's, with an id of its own.
    pub(crate) fn bytes(&self, letter: &Letter) -> Vec<u8> {
        let id = format!(
            "m{}@{}",
            self.desk.uid.get(),
            self.address.rsplit('@').next().unwrap()
        );
        let domain = self.address.rsplit('@').next().unwrap();
        let is_judged = letter.has("Authentication-Results");
        if is_judged || !self.desk.source.contains("# all are proven") {
            return letter.bytes(&self.author, &id);
        }
        let results = format!("mx.uni.test; dmarc=pass header.from={domain}");
        let letter = letter.clone().with("Authentication-Results", &results);
        letter.bytes(&self.author, &id)
    }

    /// What has come for this person.
    pub(crate) fn inbox(&self) -> Vec<Received> {
        self.desk.inbox(&self.address)
    }

    /// The one mail that has come for this person.
    #[track_caller]
    pub(crate) fn only_mail(&self) -> Received {
        let mut mails = self.inbox();
        let subjects: Vec<&str> = mails.iter().map(Received::subject).collect();
        assert_eq!(mails.len(), 1, "{} got {subjects:?}", self.address);
        mails.remove(0)
    }

    /// Nothing has come for this person.
    #[track_caller]
    pub(crate) fn got_nothing(&self) {
        let mails = self.inbox();
        assert!(
            mails.is_empty(),
            "{} got «{}»",
            self.address,
            mails[0].subject()
        );
    }
}
