//! A mailbox's day on a real server is reconciled with the journal: nothing is missing, until a mail is hidden from okno.

use std::{fs, path::PathBuf, process::Command, time::Duration};

use insta::assert_snapshot;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use okno::{clock::Clock, config, house::House, store::Statement};

use crate::ground::{DESK, Ground, drain, said, subject_of, text, with_db, words_of};

const ROOT: &str = "root@uni.test";

/// As if a mail had been taken that was not.
const SKIP: Statement = Statement::both("UPDATE cursor SET last_uid = last_uid + 1");

/// A zone in which it is about noon now, so that no day ends while the story runs.
fn zone_of_noon(now: Timestamp) -> String {
    let hours = i64::from(now.to_zoned(TimeZone::UTC).hour()).saturating_sub(12);
    format!("Etc/GMT{hours:+}")
}

fn mail(id: &str, subject: &str, more: &str, words: &str) -> Vec<u8> {
    format!(
        "From: Olga <olga@uni.test>\nTo: {DESK}\nSubject: {subject}\nMessage-ID: <{id}>\n{more}\
         MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
    )
    .into_bytes()
}

/// The desk, the configuration, and the day.
struct Day {
    ground: Ground,
    config: PathBuf,
    date: Date,
}

impl Day {
    fn begin() -> Self {
        let now = Clock::System.now();
        let zone = zone_of_noon(now);
        let ground = Ground::new("reconciling");
        let desk = ground.full(ground.door.port());
        let config = ground.configure(&format!(
            "time_zone = \"{zone}\"\n{desk}\n[quarantine]\nspam = [{{ header = \"X-Spam-Flag\", value = \"YES\" }}]\n"
        ));
        let date = now.to_zoned(TimeZone::get(&zone).unwrap()).date();
        Self {
            ground,
            config,
            date,
        }
    }

    /// What `okno reconcile` says, and whether all is well.
    fn reconciled(&self) -> (String, bool) {
        let done = Command::new(env!("CARGO_BIN_EXE_okno"))
            .args(["reconcile", "--day", &self.date.to_string(), "--config"])
            .arg(&self.config)
            .output()
            .unwrap();
        let told = said(&done).trim_end().to_owned();
        let shown = self.date.strftime("%d.%m.%Y").to_string();
        let told = told.replace(&shown, "DAY");
        let clock = regex::Regex::new(r"DAY \d\d:\d\d").unwrap();
        (
            clock.replace_all(&told, "DAY hh:mm").into_owned(),
            done.status.success(),
        )
    }

    /// Somebody deletes a mail on the server.
    fn deletes(&self, id: &str) {
        let folder = self.ground.dovecot.maildir_of(DESK);
        let mut files = folder.files().unwrap().into_iter();
        let file = files.find(|file| {
            let bytes = fs::read(file).unwrap();
            String::from_utf8_lossy(&bytes).contains(id)
        });
        fs::remove_file(file.unwrap()).unwrap();
    }

    /// A mail comes, and okno's mark of how far it has read stands behind it all the same.
    fn hides(&self, hidden: &[u8]) {
        self.ground.receives(hidden);
        with_db(&self.config, async |db| {
            db.write("hide a mail", (), |tx, ()| {
                Box::pin(async move { tx.exec(&SKIP, &[]).await })
            })
            .await
            .unwrap();
        });
    }
}

#[test]
fn every_mail_of_a_day_is_accounted_for_and_a_hidden_one_is_named() {
    let day = Day::begin();
    day.ground
        .receives(&mail("q1@uni.test", "Printer", "", "It does not print."));
    day.ground
        .receives(&mail("q2@uni.test", "Password", "", "I forgot it."));
    day.ground.receives(&mail(
        "s1@uni.test",
        "You have won",
        "X-Spam-Flag: YES\n",
        "Click.",
    ));
    day.ground.receives(&mail(
        "n1@uni.test",
        "Backup done",
        "Auto-Submitted: auto-generated\n",
        "Nothing to do.",
    ));
    drain(&day.config);
    let more = "In-Reply-To: <q1@uni.test>\nReferences: <q1@uni.test>\n";
    day.ground
        .receives(&mail("q3@uni.test", "Re: Printer", more, "Room 5."));
    drain(&day.config);
    day.deletes("<q2@uni.test>");
    let (told, is_well) = day.reconciled();
    assert_snapshot!("a_day_that_agrees", told);
    assert!(is_well, "{told}");

    day.hides(&mail("h1@uni.test", "Hidden", "", "Nobody reads me."));
    drain(&day.config);
    let (told, is_well) = day.reconciled();
    assert_snapshot!("a_day_with_a_hidden_mail", told);
    assert!(!is_well, "a difference is told by how the command ends");

    // On the next day okno sees to it by itself, and tells the administrator once.
    assert_eq!(about_missing(&day.ground), Vec::<String>::new());
    for _ in 0..2 {
        drain_tomorrow(&day.config);
    }
    let letters = about_missing(&day.ground);
    assert_eq!(letters.len(), 1, "{letters:?}");
    let words = words_of(&letters[0]).replace(&day.date.to_string(), "DAY");
    assert!(words.contains("INBOX UID 6 <h1@uni.test>"), "{words}");
    assert!(!words.contains("q1@uni.test"), "{words}");
}

/// The letters to the administrator that tell of missing mail.
fn about_missing(ground: &Ground) -> Vec<String> {
    let place = ground.scratch.path().join("sent").join(ROOT);
    if !place.exists() {
        return Vec::new();
    }
    let mut letters = ground.sent_to(ROOT);
    letters.retain(|letter| subject_of(letter).contains("не учтены письма ящика it"));
    letters
}

fn drain_tomorrow(path: &std::path::Path) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let clock = Clock::manual(Clock::System.now());
        clock.advance(Duration::from_secs(86_400));
        let house = House::open(config::load(path).unwrap(), clock)
            .await
            .unwrap();
        let drained = Box::pin(house.drain()).await.unwrap();
        assert_eq!(drained.failed, []);
        house.db.close().await;
    });
}

#[test]
fn a_mailbox_that_is_not_there_and_a_day_that_has_not_come_are_refused_in_words() {
    let day = Day::begin();
    drain(&day.config);
    for (arguments, words) in [
        (["--mailbox", "buh"], "Нет ящика buh. Есть: it"),
        (
            ["--day", "2999-01-01"],
            "Этот день ещё не наступил: 2999-01-01",
        ),
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_okno"))
            .arg("reconcile")
            .args(arguments)
            .arg("--config")
            .arg(&day.config)
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(1));
        let told = text(vec![done.stderr]).concat();
        assert!(told.contains(words), "{told}");
    }
}
