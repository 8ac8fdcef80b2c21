//! The daemon as a process: it starts, serves, lets nobody else in, and stops when told.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::net::UnixDatagram,
    process::{Child, ChildStderr, Command, Stdio},
    time::Duration,
};

use okno::clock::Stopwatch;

use super::{
    erasing::{found, solved},
    house::{House, REQUEST},
    period,
};

/// `okno run`, ended with the test.
struct Daemon {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Daemon {
    /// Starts it and waits until it says that it has started.
    fn start(house: &House) -> Self {
        Self::start_under(house, "")
    }

    /// The same, with a service manager that listens on this socket.
    fn start_under(house: &House, socket: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_okno"))
            .args(["run", "--config", "okno.toml"])
            .env("NOTIFY_SOCKET", socket)
            .current_dir(house.path(""))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut daemon = Self { child, log };
        daemon.waits_for("okno has started");
        daemon
    }

    fn waits_for(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            let length = self.log.read_line(&mut line).unwrap();
            assert!(length > 0, "the log ended before: {words}");
        }
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end: the exit code, and how long it took.
    fn ends(mut self) -> (Option<i32>, Duration) {
        let watch = Stopwatch::start();
        let status = self.child.wait().unwrap();
        (status.code(), watch.elapsed())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Where the test has failed it is still there.
        self.child.kill().unwrap_or_default();
        self.child.wait().unwrap();
    }
}

/// Asks again until it is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let watch = Stopwatch::start();
    while !is_so() {
        assert!(watch.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn it_serves_and_stops_when_told() {
    let house = House::new();
    for signal in ["TERM", "INT"] {
        let before = house.sent_to("olga@uni.test").len();
        let daemon = Daemon::start(&house);
        house.receives(&REQUEST.replace("request@", &format!("{signal}@")));
        until("the request is acknowledged", || {
            house.sent_to("olga@uni.test").len() > before
        });
        daemon.signal(signal);
        let (code, took) = daemon.ends();
        assert_eq!(code, Some(0), "{signal}");
        assert!(took < Duration::from_secs(10), "{signal}: {took:?}");
    }
    house.okno(&["verify"]).with(0).says(&["tickets: 2"]);
}

#[test]
fn it_reads_the_people_directory_by_itself() {
    let house = House::with("[smtp]\nmaildir = \"out\"\n[directory]\nfile = \"people.csv\"\n");
    let people = "mail;name\nolga@uni.test;Olga Smirnova\n";
    std::fs::write(house.path("people.csv"), people).unwrap();
    let daemon = Daemon::start(&house);
    until("the directory is taken", || {
        let told = house.okno(&["explain", "directory"]).with(0);
        told.out.contains("directory taken: people 1")
    });
    daemon.signal("TERM");
    assert_eq!(daemon.ends().0, Some(0));
}

#[test]
fn nobody_else_gets_in_but_the_administrator_may_look() {
    let house = House::new();
    house.receives(REQUEST);
    let daemon = Daemon::start(&house);
    until("the card is sent", || {
        !house.sent_to("anna@uni.test").is_empty()
    });
    let process = daemon.child.id().to_string();
    for command in ["run", "drain"] {
        house
            .okno(&[command])
            .with(1)
            .says(&["another okno", &process]);
    }
    house.okno(&["explain", "1001"]).with(0);
    house.okno(&["outbox", "list"]).with(0);
    house.okno(&["backup", "saved"]).with(0);
    house.okno(&["check"]).with(0).says(&["to be taken 0"]);
    daemon.signal("TERM");
    assert_eq!(daemon.ends().0, Some(0));
    house.okno(&["drain"]).with(0);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    // A server that takes the connection and never speaks keeps the daemon busy.
    let silent = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = silent.local_addr().unwrap().port();
    let house = House::with(&format!(
        "[smtp]\nserver = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n"
    ));
    house.receives(REQUEST);
    let mut daemon = Daemon::start(&house);
    silent.set_nonblocking(true).unwrap();
    let mut held = Vec::new();
    until("the daemon connects", || {
        held.extend(silent.accept());
        !held.is_empty()
    });
    daemon.signal("TERM");
    daemon.waits_for("stopping");
    daemon.signal("TERM");
    let (code, took) = daemon.ends();
    assert_eq!(code, Some(1));
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn systemd_is_told_when_it_serves_and_when_it_stops() {
    let house = House::new();
    let socket = house.path("notify");
    let manager = UnixDatagram::bind(&socket).unwrap();
    manager
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    let hears = |words: &str| {
        let mut bytes = [0; 512];
        loop {
            let length = manager.recv(&mut bytes).unwrap();
            let said = String::from_utf8_lossy(&bytes[..length]).into_owned();
            if said.contains(words) {
                return said;
            }
        }
    };
    let daemon = Daemon::start_under(&house, socket.to_str().unwrap());
    assert!(hears("READY=1").contains("STATUS=serving; mailboxes: 1"));
    // Ten seconds later at most; the unit's `WatchdogSec` allows for more.
    hears("WATCHDOG=1");
    daemon.signal("TERM");
    hears("STOPPING=1");
    assert_eq!(daemon.ends().0, Some(0));
}

/// The most memory a process has had, in kB.
fn peak_of(daemon: &Daemon) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", daemon.child.id())).unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB"));
    peak.unwrap().parse().unwrap()
}

#[test]
fn large_mails_leave_no_large_daemon() {
    let house = House::new();
    let daemon = Daemon::start(&house);
    let receives = |n: u64, body: &str| {
        house.receives(&format!(
            "From: p{n}@uni.test\nTo: it@uni.test\nSubject: large {n}\nMessage-ID: <l{n}@uni.test>\nContent-Type: application/x-scan\n\n{body}"
        ));
    };
    let are_acknowledged = |numbers: std::ops::RangeInclusive<u64>| {
        until("the last is acknowledged", || {
            let mut numbers = numbers.clone();
            numbers.all(|n| !house.sent_to(&format!("p{n}@uni.test")).is_empty())
        });
    };
    receives(1, "small");
    are_acknowledged(1..=1);
    // The program itself, as a test builds it, is not what this is about.
    let before = peak_of(&daemon);
    let line = "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789\n";
    for n in 2..=41 {
        receives(n, &line.repeat(13_000));
    }
    are_acknowledged(2..=41);
    let more = peak_of(&daemon).saturating_sub(before);
    assert!(more < 25_000, "{before} kB and {more} kB for large mails");
}

#[test]
fn a_running_okno_erases_and_the_command_says_how_much() {
    let house = solved();
    let daemon = Daemon::start(&house);
    house
        .okno(&["people", "erase", "olga@uni.test", "--yes"])
        .with(0)
        .says(&["Erased:\n  requests: 1\n  mails in: 3\n"]);
    assert_eq!(found(&house), [""; 0], "while it runs");
    daemon.signal("TERM");
    assert_eq!(daemon.ends().0, Some(0));
    house.okno(&["verify"]).with(0);
}

#[test]
fn a_running_okno_closes_a_month_and_the_command_says_so() {
    let house = period::house();
    let month = period::last_month(&house);
    let daemon = Daemon::start(&house);
    let reason = "approved by Anna";
    let close = [
        "period",
        "close",
        &month,
        "--reason",
        reason,
        "--without-scores",
    ];
    house.okno(&close).with(0).says(&[
        "To be closed",
        "The period is closed: its figures do not change any more.",
    ]);
    daemon.signal("TERM");
    assert_eq!(daemon.ends().0, Some(0));
}
