//! What passes by itself leaves nothing behind: a database that fails for a moment, a relay that is slow.

use std::time::Duration;

use okno::store::{Fault, Faults, outbox};

use super::{desk::Desk, letter::Letter};

const HOUR: Duration = Duration::from_secs(3600);

/// The commits of a house that is opened with its data: those of the story begin after them.
fn commits_of_opening(desk: &Desk) -> u64 {
    let faults = Faults::none();
    desk.start(faults.clone());
    let commits = faults.commits();
    desk.stop();
    commits
}

/// Nobody looks at the mail of these.
fn nobody_reads(desk: &Desk, addresses: &[&str]) {
    for address in addresses {
        desk.inbox(address);
    }
}

#[test]
fn no_claim_is_stranded_while_the_process_lives() {
    for fault in [Fault::Refused, Fault::AnswerLost] {
        for n in 1.. {
            let desk = Desk::open();
            let olga = desk.person("Ольга", "olga@uni.test");
            olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
            desk.decide();
            desk.stop();
            let opened = commits_of_opening(&desk);
            let faults = Faults::at(opened + n, fault);
            desk.start(faults.clone());
            // The loop of the house keeps its deliverer over errors, and so does this.
            desk.keeps_delivering(4, HOUR);
            let copies = olga.inbox().len();
            assert!(
                (1..=2).contains(&copies),
                "{fault:?} at commit {n}: {copies} copies"
            );
            let waiting = desk.with_house(async |house| {
                let waiting = outbox::list(&house.db, false, 100).await.unwrap();
                waiting.into_iter().map(|one| one.state).collect::<Vec<_>>()
            });
            assert_eq!(waiting, [""; 0], "{fault:?} at commit {n}");
            nobody_reads(&desk, &["anna@uni.test", "boris@uni.test"]);
            if !faults.happened() {
                assert!(n > 2, "the faults have met claims and results");
                break;
            }
        }
    }
}
