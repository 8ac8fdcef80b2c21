//! A crash at every commit in turn: after a restart the end is the same, no mail is lost and none answered twice.

use std::collections::BTreeSet;

use okno::store::{Fault, Faults};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

/// What came out in the end, whatever happened on the way.
#[derive(Debug, PartialEq, Eq)]
struct End {
    tickets: usize,
    histories: Vec<Vec<String>>,
    /// Message-IDs by recipient, without repeats.
    mails: Vec<(String, String)>,
}

/// Two mails, a repeat of the first, and an agent's answer.
fn story(desk: &Desk) {
    let olga = desk.person("Ольга", "olga@uni.test");
    let first = Letter::to("it@uni.test", "Сеть", "Нет сети.")
        .bytes("Ольга <olga@uni.test>", "one@uni.test");
    let second = Letter::to("buh@uni.test", "Справка", "Нужна справка.")
        .bytes("Ольга <olga@uni.test>", "two@uni.test");
    // The receive stage asks the server again after a crash: the same uid comes again and is harmless.
    insist(desk, |desk| desk.try_arrives_as("it", 1, &first));
    insist(desk, |desk| desk.try_arrives_as("buh", 2, &second));
    insist(desk, Desk::try_decide);
    insist(desk, Desk::try_deliver);
    let card = desk.inbox("anna@uni.test").remove(0);
    let answer =
        Letter::reply_to(&card, "Сделано.\nрешено").bytes("Анна <anna@uni.test>", "three@uni.test");
    insist(desk, |desk| desk.try_arrives_as("it", 3, &answer));
    insist(desk, Desk::try_decide);
    insist(desk, Desk::try_deliver);
    drop(olga);
}

/// Tries, and after a failure starts the house again without faults and tries once more, as systemd would.
fn insist(desk: &Desk, stage: impl Fn(&Desk) -> bool) {
    for _ in 0..3 {
        if stage(desk) {
            return;
        }
        desk.stop();
        desk.start(Faults::none());
    }
    panic!("the stage does not get through after a restart");
}

fn end(desk: &Desk, seen: Vec<Received>) -> End {
    let mut mails: Vec<(String, String)> = seen
        .into_iter()
        .map(|mail| {
            (
                mail.recipient.clone(),
                mail.mail.message_id.unwrap().to_string(),
            )
        })
        .collect();
    mails.sort();
    mails.dedup();
    let histories = (0..desk.tickets())
        .map(|n| desk.history(1001 + i64::try_from(n).unwrap()))
        .collect();
    End {
        tickets: desk.tickets(),
        histories,
        mails,
    }
}

/// Plays the story under a fault. The end, how many copies came out, and whether the fault has happened.
fn play(faults: Faults, key: Option<&[u8]>) -> (End, usize, bool, Vec<u8>) {
    let desk = Desk::closed(UNIVERSITY);
    let key_file = desk.data().join("instance.key");
    if let Some(key) = key {
        std::fs::write(&key_file, key).unwrap();
    }
    desk.start(faults.clone());
    if desk.is_closed() {
        desk.start(Faults::none());
    }
    desk.keeps_everything();
    story(&desk);
    let seen = desk.everything();
    let copies = seen.len();
    let end = end(&desk, seen);
    (
        end,
        copies,
        faults.happened(),
        std::fs::read(key_file).unwrap(),
    )
}

#[test]
fn a_fault_at_every_commit_in_turn_changes_nothing() {
    let (expected, clean, _, key) = play(Faults::none(), None);
    assert_eq!(expected.tickets, 2);
    for fault in Fault::ALL {
        for n in 1.. {
            let (end, copies, happened, _) = play(Faults::at(n, fault), Some(&key));
            assert_eq!(end, expected, "{fault:?} at commit {n}");
            // Two departments have two relays, so two connections may each repeat the one mail at hand.
            assert!(
                copies <= clean + 2,
                "{fault:?} at commit {n}: {copies} copies instead of {clean}"
            );
            if !happened {
                break;
            }
        }
    }
}

/// A people directory arrives and changes. What the house knows in the end, and whether the fault has happened.
fn play_people(faults: Faults) -> (Vec<Vec<String>>, bool) {
    let source = format!("{UNIVERSITY}\n[directory]\nfile = \"DATA/people.csv\"\n");
    let desk = Desk::closed(&source);
    desk.start(faults.clone());
    if desk.is_closed() {
        desk.start(Faults::none());
    }
    let header = "Почта;ФИО";
    for rows in [
        [header, "olga@uni.test;Ольга", "vera@uni.test;Вера"],
        [
            header,
            "olga@uni.test olga@home.test;Ольга",
            "vera@uni.test;Вера",
        ],
        [header, "olga@uni.test;Ольга", "vera;Вера"],
    ] {
        desk.saves_people(&rows);
        insist(&desk, Desk::try_looks_at_people);
        insist(&desk, Desk::try_looks_at_people);
        insist(&desk, Desk::try_decide);
    }
    insist(&desk, Desk::try_deliver);
    let told = desk.inbox("root@uni.test").into_iter();
    // The same mail twice may be what a fault leaves; two letters are not.
    let told: BTreeSet<_> = told.filter_map(|mail| mail.mail.message_id).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    let people = ["1", "2", "3", "4"].map(|id| desk.stream("person", id));
    let mut known = vec![desk.stream("configuration", "directory")];
    known.extend(people);
    (known, faults.happened())
}

#[test]
fn a_fault_while_people_arrive_changes_nothing() {
    let (expected, _) = play_people(Faults::none());
    let lengths: Vec<usize> = expected.iter().map(Vec::len).collect();
    assert_eq!(lengths, [3, 2, 1, 0, 0]);
    for fault in Fault::ALL {
        for n in 1.. {
            let (known, happened) = play_people(Faults::at(n, fault));
            assert_eq!(known, expected, "{fault:?} at commit {n}");
            if !happened {
                break;
            }
        }
    }
}
