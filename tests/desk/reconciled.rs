//! Every day of a mailbox is compared with the journal, and no day is passed over in silence: not when the alarm about it
//! cannot be written down, and not when okno did not run for long.

use std::{
    fs::{self, File},
    path::PathBuf,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;
use okno::model::ids::MailboxName;
use okno::store::{Fault, Faults, reconciliation};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Received,
    payroll::root,
    payroll::says,
};

/// The mailbox of IT is a folder, read from its beginning.
fn desk() -> Desk {
    let place = "maildir = \"/nowhere/it\"";
    let here = "maildir = \"DATA/mail\"\nstart_from = \"beginning\"";
    let desk = Desk::with(&UNIVERSITY.replace(place, here));
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(folder(&desk).join(part)).unwrap();
    }
    desk
}

fn folder(desk: &Desk) -> PathBuf {
    desk.data().join("mail")
}

/// A mail comes that okno does not see.
fn is_hidden(desk: &Desk, name: &str, at: &str) {
    let place = folder(desk).join("cur").join(format!("{name}:2,S"));
    let mail =
        format!("From: olga@uni.test\nMessage-ID: <{name}@uni.test>\nSubject: {name}\n\nHelp!\n");
    fs::write(&place, mail).unwrap();
    let at: Timestamp = at.parse().unwrap();
    let since = Duration::from_millis(at.as_millisecond().unsigned_abs());
    let file = File::options().write(true).open(&place).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + since).unwrap();
}

/// The mailbox has just been read, and its days are looked at; whether that went well.
fn reconciles(desk: &Desk) -> bool {
    let done = desk.with_house(async |house| house.reconcile_days(&"it".into()).await.is_ok());
    if !desk.is_closed() {
        desk.step();
    }
    done
}

fn last_day(desk: &Desk) -> Option<String> {
    let mailbox = MailboxName::from("it");
    desk.with_house(async |house| reconciliation::last_day(&house.db, &mailbox).await.unwrap())
}

/// Two days are over: on the first one a mail was missed, on the second one none.
fn two_days() -> Desk {
    let desk = desk();
    desk.until("2026-11-18T06:00:00Z");
    assert!(reconciles(&desk));
    assert_eq!(last_day(&desk).as_deref(), Some("2026-11-17"));
    is_hidden(&desk, "printer", "2026-11-18T10:00:00Z");
    desk.until("2026-11-20T06:00:00Z");
    desk.reads_everything();
    desk
}

fn is_told(mail: &Received) {
    says(mail, &["2026-11-18: INBOX printer <printer@uni.test>"]);
}

#[test]
fn a_day_whose_alarm_cannot_be_written_down_is_looked_at_again() {
    let desk = two_days();
    desk.stop();
    let faults = Faults::none();
    desk.start(faults.clone());
    let before = faults.commits();
    let done = desk.with_house(async |house| house.reconcile_days(&"it".into()).await);
    done.unwrap();
    let commits = faults.commits();
    assert!(commits > before);
    desk.step();
    is_told(&root(&desk).only_mail());
    for n in before + 1..=commits {
        let desk = two_days();
        desk.stop();
        desk.start(Faults::at(n, Fault::Refused));
        let failed = desk.with_house(async |house| house.reconcile_days(&"it".into()).await);
        assert!(failed.is_err(), "commit {n}");
        assert_eq!(last_day(&desk).as_deref(), Some("2026-11-17"));
        desk.step();
        assert!(reconciles(&desk));
        assert_eq!(last_day(&desk).as_deref(), Some("2026-11-19"));
        is_told(&root(&desk).only_mail());
    }
}

#[test]
fn each_day_is_told_however_soon_it_follows() {
    let desk = two_days();
    assert!(reconciles(&desk));
    is_told(&root(&desk).only_mail());
    is_hidden(&desk, "password", "2026-11-20T10:00:00Z");
    // The next look comes a little earlier than a day later.
    desk.until("2026-11-21T05:50:00Z");
    desk.reads_everything();
    assert!(reconciles(&desk));
    let told = root(&desk).only_mail();
    says(
        &told,
        &[
            "2026-11-20: INBOX password <password@uni.test>",
            "О каждом дне okno пишет один раз.",
        ],
    );
    assert!(!told.text().contains("printer"), "{}", told.text());
    assert!(reconciles(&desk));
    root(&desk).got_nothing();
}

#[test]
fn after_a_long_rest_the_days_that_were_not_compared_are_named() {
    let desk = two_days();
    assert!(reconciles(&desk));
    root(&desk).inbox();
    desk.until("2026-12-01T06:00:00Z");
    desk.reads_everything();
    assert!(reconciles(&desk));
    let told = root(&desk).only_mail();
    assert!(
        told.subject().contains("дни ящика it не сверены"),
        "{}",
        told.subject()
    );
    says(
        &told,
        &[
            "Почта ящика it за эти дни не сверена с журналом okno",
            "2026-11-20 – 2026-11-23",
            "okno reconcile --day ДЕНЬ --mailbox it",
        ],
    );
    assert_eq!(last_day(&desk).as_deref(), Some("2026-11-30"));
    assert!(reconciles(&desk));
    root(&desk).got_nothing();
}
