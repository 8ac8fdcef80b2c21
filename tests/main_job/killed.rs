//! kill -9 at several moments of a drain of 2,000 mails: nothing is lost, nothing is doubled.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use okno::store::{outbox, work};

use crate::{
    ground::{DESK, Ground, Running, drain, proved, until, with_db},
    mails,
};

const MAILS: usize = 2_000;

/// The default of `smtp.connections`.
const CONNECTIONS: usize = 4;

#[test]
fn killed_several_times_nothing_is_lost_and_nothing_doubled() {
    let ground = Ground::new("killed");
    for number in 0..MAILS {
        ground.receives(&mails::generated(number, DESK, 0));
    }
    let before = untouched(&ground);
    let config = ground.configure(&mails::config(&ground.dovecot, ground.door.port(), DESK));

    // Once while mails are fetched and decided on, then whenever so many acknowledgements are out.
    let mut kills = 0;
    let running = Running::start(&config, "drain");
    until("work for the decider", || {
        let is_there = config.with_file_name("data/okno.sqlite").exists();
        is_there && has_work(&config)
    });
    kills += usize::from(running.kill());
    for wished in [1, 300, 700, 1_100, 1_500, 1_900] {
        let mut running = Running::start(&config, "drain");
        until("acknowledgements", || {
            ground.door.taken() >= wished || running.is_over()
        });
        assert!(!running.is_over(), "it ended by itself: {}", running.log());
        kills += usize::from(running.kill());
    }
    assert!(
        kills >= 6,
        "only {kills} of the kills met a running program"
    );
    drain(&config);

    proved(&config, MAILS as u64);
    let waiting = with_db(&config, async |db| {
        (
            outbox::next_at(db).await.unwrap(),
            work::quarantined(db, 10).await.unwrap().len(),
        )
    });
    assert_eq!(waiting, (None, 0));
    let sent = ground.all_sent();
    assert_eq!(sent.len(), MAILS, "everybody was answered, and nobody else");
    let mut ids = BTreeSet::new();
    let mut copies = 0;
    for (address, mut theirs) in sent {
        copies += theirs.len() - 1;
        theirs.dedup();
        assert_eq!(
            theirs.len(),
            1,
            "{address} has two different acknowledgements"
        );
        assert!(
            ids.insert(theirs.remove(0)),
            "two people have one Message-ID"
        );
    }
    assert!(
        copies <= kills * CONNECTIONS,
        "{copies} second copies after {kills} kills with {CONNECTIONS} connections"
    );
    assert_eq!(untouched(&ground), before, "the mailbox was touched");
}

/// Whether a first haul has been stored. The schema may not be there yet.
fn has_work(config: &Path) -> bool {
    let done = crate::ground::okno(config, "verify");
    done.status.success() && with_db(config, async |db| work::count(db).await.unwrap() > 0)
}

/// All mails of the mailbox: the name, which says who it is, and the flags.
fn untouched(ground: &Ground) -> BTreeSet<(String, String)> {
    let files = ground.dovecot.maildir_of(DESK).files().unwrap();
    let name = |file: PathBuf| {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let (who, flags) = name.split_once(":2,").unwrap_or((&name, ""));
        // Dovecot writes sizes behind the name; they are its own affair.
        let who = who.split(",S=").next().unwrap_or(who);
        (who.to_owned(), flags.to_owned())
    };
    files.into_iter().map(name).collect()
}
