//! Real servers for one test, and the real program called with a configuration of its own.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use okno::{
    clock::Stopwatch,
    config,
    lab::{Behind, Door, Dovecot, DovecotOptions, MailFolder, Scratch},
    mail::read::{Limits, read},
    store::{self, Db},
};

/// The desk's address.
pub(crate) const DESK: &str = "it@uni.test";

/// A Dovecot with the desk's mailbox, a small SMTP server that puts into Maildirs, and a folder.
pub(crate) struct Ground {
    pub(crate) door: Door,
    pub(crate) dovecot: Dovecot,
    /// Last: servers end before their folder goes.
    pub(crate) scratch: Scratch,
}

impl Ground {
    pub(crate) fn new(name: &str) -> Self {
        let scratch = Scratch::new(name).unwrap();
        let place = scratch.path().join("dovecot");
        let dovecot = Dovecot::start(&place, DovecotOptions::default());
        let ground = Self {
            door: Door::open(Behind::Maildirs(scratch.path().join("sent"))).unwrap(),
            dovecot: dovecot.unwrap_or_else(|error| panic!("{error}")),
            scratch,
        };
        ground.secret("password", ground.dovecot.password());
        ground
    }

    /// A file that only we may read.
    pub(crate) fn secret(&self, name: &str, words: &str) {
        let path = self.scratch.path().join(name);
        fs::write(&path, words).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Writes a configuration.
    pub(crate) fn configure(&self, text: &str) -> PathBuf {
        let path = self.scratch.path().join("okno.toml");
        fs::write(&path, text).unwrap();
        path
    }

    /// A desk in mode "full" with one agent, Anna; the relay at `port`.
    pub(crate) fn full(&self, port: u16) -> String {
        crate::mails::config(&self.dovecot, port, DESK).replace("\"acknowledge\"", "\"full\"")
    }

    /// What the small SMTP server has taken for somebody.
    pub(crate) fn sent_to(&self, address: &str) -> Vec<String> {
        let place = self.scratch.path().join("sent").join(address);
        text(MailFolder::at(place.join("Maildir")).mails().unwrap())
    }

    /// The Message-IDs of everything that was sent, by recipient.
    pub(crate) fn all_sent(&self) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        for entry in fs::read_dir(self.scratch.path().join("sent")).unwrap() {
            let address = entry.unwrap().file_name().into_string().unwrap();
            let mails = self.sent_to(&address);
            let ids = mails
                .iter()
                .map(|mail| header(mail, "Message-ID"))
                .collect();
            all.push((address, ids));
        }
        all
    }

    /// Puts a mail into the desk's mailbox.
    pub(crate) fn receives(&self, mail: &[u8]) {
        self.dovecot.deliver(DESK, mail).unwrap();
    }
}

/// Bytes as text, whatever they are.
pub(crate) fn text(mails: Vec<Vec<u8>>) -> Vec<String> {
    let words = |mail: Vec<u8>| String::from_utf8_lossy(&mail).into_owned();
    mails.into_iter().map(words).collect()
}

/// What a mail says, decoded.
pub(crate) fn words_of(mail: &str) -> String {
    let reading = read(mail.as_bytes(), &Limits::default());
    reading.message.text.unwrap_or_default()
}

/// Its subject, decoded.
pub(crate) fn subject_of(mail: &str) -> String {
    let reading = read(mail.as_bytes(), &Limits::default());
    reading.message.subject.unwrap_or_default()
}

/// The first header of this name; Message-IDs stand on their line.
pub(crate) fn header(mail: &str, name: &str) -> String {
    let prefix = format!("{}:", name.to_lowercase());
    let line = mail
        .lines()
        .find(|line| line.to_lowercase().starts_with(&prefix));
    let (_, value) = line
        .and_then(|line| line.split_once(':'))
        .unwrap_or_else(|| panic!("no {name} in:\n{mail}"));
    value.trim().to_owned()
}

fn command(config: &Path, word: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_okno"));
    command.arg(word).arg("--config").arg(config);
    command.stdin(Stdio::null());
    command
}

/// Calls `okno WORD --config …` and waits for its end.
pub(crate) fn okno(config: &Path, word: &str) -> Output {
    command(config, word).output().unwrap()
}

/// Drains, and expects that it could.
pub(crate) fn drain(config: &Path) {
    let done = okno(config, "drain");
    assert!(done.status.success(), "{}", said(&done));
}

/// Both streams of an ended program.
pub(crate) fn said(done: &Output) -> String {
    [&done.stdout, &done.stderr]
        .map(|bytes| String::from_utf8_lossy(bytes))
        .join("\n")
}

/// A started program; dropped, it is killed.
pub(crate) struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    pub(crate) fn start(config: &Path, word: &str) -> Self {
        let log = config.with_extension("log");
        let file = fs::File::create(&log).unwrap();
        let child = command(config, word)
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .unwrap();
        Self { child, log }
    }

    /// Asks it to end, and expects that it does well.
    pub(crate) fn stop(mut self) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-s", "TERM", &id]).status();
        assert!(asked.unwrap().success());
        assert!(self.child.wait().unwrap().success(), "{}", self.log());
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already unless the test has failed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Asks until it is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let watch = Stopwatch::start();
    while !is_so() {
        assert!(
            watch.elapsed() < Duration::from_secs(120),
            "waited for: {what}"
        );
        thread::sleep(Duration::from_millis(10));
    }
}

/// Does something with the database beside the program, as an operator's command would.
pub(crate) fn with_db<T>(config: &Path, work: impl AsyncFnOnce(&Db) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let settings = config::load(config).unwrap().database;
        let db = Db::visit(&settings, store::HOUSE).await.unwrap();
        let done = work(&db).await;
        db.close().await;
        done
    })
}

/// History is whole and holds so many tickets.
pub(crate) fn proved(config: &Path, wished: u64) {
    let (faults, _, tickets) = with_db(config, async |db| store::history::prove(db).await.unwrap());
    assert_eq!(faults, []);
    assert_eq!(tickets, wished);
}
