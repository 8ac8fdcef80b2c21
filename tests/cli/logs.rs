//! What the log tells, and what it never tells: passwords, and above DEBUG neither addresses nor subjects.

use std::fs;

use okno::lab::{Behind, Door, Dovecot, DovecotOptions, Scratch};

use super::house::{Ended, House, REQUEST};

/// Addresses and subjects of everything that happens here.
const PRIVATE: [&str; 7] = [
    "olga@", "it@uni", "anna@", "root@", "Olga", "printer", "silent",
];

/// Libraries that print whole conversations where they may.
const LIBRARIES: [&str; 4] = ["async_imap", "imap_proto", "lettre", "sqlx"];

struct Servers {
    dovecot: Dovecot,
    door: Door,
    _folder: Scratch,
}

impl Servers {
    fn start() -> Self {
        let folder = Scratch::new("cli-logs").unwrap();
        let dovecot = Dovecot::start(folder.path(), DovecotOptions::default()).unwrap();
        let door = Door::open(Behind::Lmtp(dovecot.lmtp_port())).unwrap();
        Self {
            dovecot,
            door,
            _folder: folder,
        }
    }

    fn configure(&self, house: &House, password: &str) {
        fs::write(house.path("it.password"), password).unwrap();
        let config = format!(
            "administrator = \"root@uni.test\"\ndata = \"data\"\nextra_ca = [\"{}\"]\n\
             [mailbox.it]\naddress = \"it@uni.test\"\nmode = \"full\"\nserver = \"localhost\"\nport = {}\n\
             password = {{ file = \"it.password\" }}\nstart_from = \"beginning\"\n\
             [queue.it]\ntitle = \"IT\"\nagents = [\"anna\"]\n[agent.anna]\nname = \"Anna\"\naddress = \"anna@uni.test\"\n\
             [smtp]\nserver = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\n",
            self.dovecot.authority().display(),
            self.dovecot.imaps_port(),
            self.door.port()
        );
        fs::write(house.path("okno.toml"), config).unwrap();
    }
}

/// Every line at INFO and above is fit for everybody who may read the journal; no line holds the password.
#[track_caller]
fn check_private(ended: &Ended, password: &str) {
    assert!(!ended.err.contains(password), "{}", ended.err);
    for line in ended.err.lines() {
        let is_public = [" INFO ", " WARN ", "ERROR "]
            .iter()
            .any(|level| line.contains(level));
        for word in PRIVATE {
            assert!(!is_public || !line.contains(word), "{word}: {line}");
        }
        for library in LIBRARIES {
            let is_loud = line.contains(" TRACE ") || line.contains(" DEBUG ");
            assert!(!is_loud || !line.contains(&format!(" {library}")), "{line}");
        }
    }
}

#[test]
fn a_drain_at_trace_tells_no_secrets() {
    let servers = Servers::start();
    let house = House::new();
    let password = servers.dovecot.password().to_owned();
    servers.configure(&house, &password);
    servers
        .dovecot
        .deliver("it@uni.test", REQUEST.replace('\n', "\r\n").as_bytes())
        .unwrap();
    let ended = house.okno(&["drain", "--log", "trace"]).with(0);
    check_private(&ended, &password);
    // It was told: this log is not empty by mistake.
    ended.says(&["INFO okno::house::receive: received mailbox.name=it folder=\"INBOX\" mails=1"]);
    assert_eq!(servers.dovecot.mails("olga@uni.test").unwrap().len(), 1);

    house
        .okno(&["check"])
        .with(0)
        .says(&["INBOX, писем 1, будет взято 0", "можно отправлять"])
        .never_says(&[&password]);
}

#[test]
fn a_refused_login_tells_no_password() {
    let servers = Servers::start();
    let house = House::new();
    let wrong = "correct-horse-battery";
    servers.configure(&house, wrong);
    let ended = house.okno(&["drain", "--log", "trace"]).with(1);
    check_private(&ended, wrong);
    ended
        .says(&[
            "the mailbox cannot be read",
            "the password of *@uni.test",
            "Ящик it не прочитан",
        ])
        .never_says(&[wrong]);
    house
        .okno(&["check"])
        .with(1)
        .says(&["Ящик it: прочитать не удаётся"])
        .never_says(&[wrong]);
}
