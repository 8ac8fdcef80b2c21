//! A month that people are paid by, at a desk of its own whose clock is turned by hand: a draft for the head, one word, and
//! the file that the accountants pay by.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use tokio::runtime::Handle;

use super::{
    cast::{ANNA, Client, IT, MARIA, Person},
    letter::{Incoming, Letter},
    stage::says,
    teller::Teller,
};
use crate::{
    clock::Clock,
    config,
    house::House,
    lab::MailFolder,
    mail::read::{Limits, decode_all, read},
};

/// Decides for the queue.
static DARYA: Person = Person {
    name: "Дарья Громова",
    short: "Darya",
    address: "darya@uni.test",
    client: Client::Thunderbird,
    is_russian: true,
};

/// Where the accountants read.
const ACCOUNTANTS: &str = "payroll@uni.test";

/// What stands in the file of people.
const PEOPLE: &str =
    "email;name;employee number\r\nanna@uni.test;Петрова Анна Сергеевна;УТ-00042\r\n";

/// How the institution's own mail server vouches for a mail that was written inside.
const PROVEN: &[(&str, &str)] = &[(
    "Authentication-Results",
    "mx.uni.test; dmarc=pass header.from=uni.test",
)];

const CONFIG: &str = r#"# Written by "okno demo": a queue whose people are paid by figures.
administrator = "admin@uni.test"
language = "ru"
time_zone = "Europe/Moscow"
data = "data"

[mailbox.it]
address = "it@uni.test"
mode = "full"
start_from = "beginning"
maildir = "maildirs/it@uni.test"

[queue.it]
title = "ИТ-поддержка"
agents = ["anna"]
head = "darya"
hours = "пн-пт 09:00-18:00"
target = "8 h"
reminders = []

[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"
[agent.darya]
name = "Дарья Громова"
address = "darya@uni.test"

[directory]
file = "people.csv"

# On the first working day the head gets a draft, on the third the accountants get the file.
[payroll.it]
title = "ИТ"
queues = ["it"]
to = ["payroll@uni.test"]
scores = "kpi.toml"
first = "2026-11"
working_day = 3
format = "csv-utf8"

[trust]
servers = ["mx.uni.test"]

[smtp]
maildir = "maildirs"
"#;

/// The desk of this scene.
struct Month<'a> {
    folder: PathBuf,
    house: House,
    clock: Clock,
    runtime: &'a Handle,
}

/// Plays it in a folder below the demo's.
pub(super) fn play(demo: &Path, runtime: &Handle, teller: &mut Teller<'_>) -> anyhow::Result<()> {
    teller.scene("A month that people are paid by")?;
    teller.say(
        "Another desk, with a clock that is turned by hand. It is Tuesday, 17 November 2026, noon. Maria asks, and Anna solves \
         it within the hour:",
    )?;
    let month = Month::open(demo.join("payroll"), runtime)?;
    month.work(teller)?;
    let draft = month.draft(teller)?;
    month.approval(&draft, teller)?;
    month.file(teller)
}

impl<'a> Month<'a> {
    fn open(folder: PathBuf, runtime: &'a Handle) -> anyhow::Result<Self> {
        let path = |name: &str| folder.join(name);
        fs::create_dir_all(path("maildirs")).context("Cannot make a folder")?;
        for (name, text) in [
            ("okno.toml", CONFIG),
            ("people.csv", PEOPLE),
            ("kpi.toml", include_str!("../../../kpi.example.toml")),
        ] {
            super::write(&path(name), text)?;
        }
        let mailbox = MailFolder::at(path("maildirs").join(IT));
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(mailbox.path().join(part)).context("Cannot make a folder")?;
        }
        let noon: Timestamp = "2026-11-17T09:00:00Z".parse()?;
        let clock = Clock::manual(noon);
        let loaded = config::load(&path("okno.toml"))?;
        let house = runtime.block_on(House::open(loaded, clock.clone()))?;
        Ok(Self {
            folder,
            house,
            clock,
            runtime,
        })
    }

    /// The desk does all that is due at its time.
    fn goes_on(&self) -> anyhow::Result<()> {
        // What one look leaves is done at the next.
        for _ in 0..2 {
            self.runtime.block_on(self.house.drain())?;
        }
        Ok(())
    }

    fn until(&self, instant: &str) -> anyhow::Result<()> {
        let until: Timestamp = instant.parse()?;
        let span = until.duration_since(self.clock.now());
        self.clock.advance(span.unsigned_abs());
        self.goes_on()
    }

    /// Somebody's mail lies in the desk's mailbox, as of its time.
    fn writes(&self, letter: &Letter<'_>, teller: &mut Teller<'_>) -> anyhow::Result<()> {
        teller.writes(&letter.subject, letter.text)?;
        let mailbox = MailFolder::at(self.folder.join("maildirs").join(IT));
        let path = mailbox.put(&letter.build()?.bytes)?;
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        let at = SystemTime::UNIX_EPOCH
            .checked_add(Duration::from_millis(millis))
            .context("A time out of all bounds")?;
        File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(at))
            .with_context(|| format!("Cannot date {}", path.display()))?;
        self.goes_on()
    }

    /// The last mail that somebody got.
    fn last(&self, address: &str) -> anyhow::Result<Incoming> {
        let mails = MailFolder::at(self.folder.join("maildirs").join(address)).mails()?;
        let last = mails.into_iter().next_back();
        last.map(Incoming::of)
            .with_context(|| format!("The story did not go as told: {address} has no mail"))
    }

    fn work(&self, teller: &mut Teller<'_>) -> anyhow::Result<()> {
        let subject = "Не печатает принтер в 214";
        self.writes(
            &Letter::new(&MARIA, IT, subject, "На панели мигает красная лампа."),
            teller,
        )?;
        let card = self.last(ANNA.address)?;
        self.clock.advance(Duration::from_secs(3600));
        let words = "Заменён ролик подачи, печатает.\nрешено";
        self.writes(&Letter::reply(&ANNA, &card, words), teller)
    }

    fn draft(&self, teller: &mut Teller<'_>) -> anyhow::Result<Incoming> {
        self.until("2026-12-01T06:05:00Z")?;
        teller.say(
            "On 1 December, a working day, Darya, who decides for the queue, finds the draft of November:",
        )?;
        let draft = self.last(DARYA.address)?;
        teller.gets(&draft)?;
        says(&draft, &["Петрова Анна Сергеевна"])?;
        Ok(draft)
    }

    fn approval(&self, draft: &Incoming, teller: &mut Teller<'_>) -> anyhow::Result<()> {
        teller.say("She answers with one word, and the month is closed:")?;
        let word = Letter::reply(&DARYA, draft, "утвердить").marked(PROVEN);
        self.writes(&word, teller)
    }

    fn file(&self, teller: &mut Teller<'_>) -> anyhow::Result<()> {
        self.until("2026-12-03T06:05:00Z")?;
        teller.say("On the third working day, as promised, the accountants have the file:")?;
        let mail = self.last(ACCOUNTANTS)?;
        teller.gets(&mail)?;
        let reading = read(&mail.bytes, &Limits::default());
        let files = decode_all(&mail.bytes, reading.places.iter());
        let named = reading.message.attachments.iter().zip(files);
        let mut has_file = false;
        for (facts, bytes) in named {
            let name = facts.name.as_deref().unwrap_or("file");
            let is_whole = String::from_utf8_lossy(&bytes).contains("УТ-00042");
            has_file |= is_whole;
            fs::write(self.folder.join(name), &bytes)
                .with_context(|| format!("Cannot write {name}"))?;
        }
        ensure!(
            has_file,
            "The story did not go as told: the accountants' file does not name Anna's number"
        );
        Ok(())
    }
}
