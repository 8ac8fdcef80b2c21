//! Two real mailing lists, replayed in the order of their files through a whole house that lets lists open tickets. Truth
//! is the graph of References and In-Reply-To: the threads of the manifest, and between them what stands in an In-Reply-To
//! that has lost its angle brackets (the manifest's reader did not see those, and the answers are answers all the same).
//! Without the mails (`../shared/corpora`) it is passed over, loudly.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use okno::{model::ids::TicketNumber, store::history};
use serde_json::Value;

use super::desk::{Desk, UNIVERSITY};

/// The lists.
const LISTS: [&str; 2] = ["list-usrp-users", "list-linux-raid"];

/// One mail of a list.
struct Listed {
    bytes: Vec<u8>,
    thread: String,
}

fn corpora() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    folder.join("manifest.jsonl").exists().then_some(folder)
}

/// The mails of the lists, in the order of their files.
fn listed(folder: &Path) -> Vec<Listed> {
    let manifest = std::fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    let lines = manifest
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let mut mails: Vec<(String, String)> = lines
        .filter_map(|line: Value| {
            let file = line["file"].as_str()?.to_owned();
            let thread = line["expected"]["thread"].as_str()?.to_owned();
            LISTS
                .iter()
                .any(|list| file.starts_with(list))
                .then_some((file, thread))
        })
        .collect();
    mails.sort_unstable();
    let read = |(file, thread): (String, String)| Listed {
        bytes: std::fs::read(folder.join(file)).unwrap(),
        thread,
    };
    let mut mails: Vec<Listed> = mails.into_iter().map(read).collect();
    join_bare_answers(&mut mails);
    mails
}

/// The value of a header of one line, as it stands there.
fn header(mail: &Listed, name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(&mail.bytes);
    let mut head = text.lines().take_while(|line| !line.is_empty());
    head.find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

fn date(mail: &Listed) -> Option<Timestamp> {
    let date = header(mail, "date")?;
    let date = date.split(" (").next()?;
    let zoned = DateTimeParser::new().parse_zoned(date).ok()?;
    Some(zoned.timestamp())
}

/// Threads between which an answer stands whose In-Reply-To has no brackets are one.
fn join_bare_answers(mails: &mut [Listed]) {
    let ids: Vec<Option<String>> = mails
        .iter()
        .map(|mail| header(mail, "message-id"))
        .collect();
    for n in 0..mails.len() {
        let answered = header(&mails[n], "in-reply-to");
        let bare = answered.filter(|id| !id.contains(['<', '>', ' ']));
        let bare = bare.map(|id| format!("<{id}>"));
        let Some(at) = bare.and_then(|id| ids.iter().position(|own| own.as_ref() == Some(&id)))
        else {
            continue;
        };
        let (old, into) = (mails[n].thread.clone(), mails[at].thread.clone());
        for mail in mails.iter_mut().filter(|mail| mail.thread == old) {
            mail.thread.clone_from(&into);
        }
    }
}

/// In which ticket each mail has ended, by the order it came in.
fn tickets_of(desk: &Desk, count: usize) -> Vec<Option<TicketNumber>> {
    desk.with_house(async |house| {
        let mut ended = Vec::new();
        for raw in 1..=count {
            let id = raw.to_string();
            let decisions = history::decisions_on(&house.db, "mail", &id).await.unwrap();
            let events = decisions.iter().flat_map(|decision| &decision.events);
            let ticket = events
                .filter(|event| event.kind == "message_joined")
                .filter_map(|event| event.stream.strip_prefix("ticket/"))
                .find_map(|number| number.parse().ok());
            let mut number = ticket.map(TicketNumber);
            while let Some(joined) = number {
                let ticket = history::ticket(&house.db, joined).await.unwrap();
                match ticket.unwrap().merged_into {
                    Some(into) => number = Some(into),
                    None => break,
                }
            }
            ended.push(number);
        }
        ended
    })
}

/// Pairs of mails: of how many of one thread both are in one ticket, how many of one thread there are.
fn pairs(mails: &[Listed], ended: &[Option<TicketNumber>]) -> (usize, usize) {
    let (mut together, mut all) = (0, 0);
    for (n, one) in mails.iter().enumerate() {
        for (m, other) in mails.iter().enumerate().take(n) {
            if one.thread == other.thread {
                all += 1;
                together += usize::from(ended[n].is_some() && ended[n] == ended[m]);
            }
        }
    }
    (together, all)
}

#[test]
#[expect(clippy::print_stderr, reason = "figures are for people")]
fn two_mailing_lists_find_their_threads() {
    let Some(folder) = corpora() else {
        eprintln!("SKIPPED: there is no ../shared/corpora here, no mailing list was replayed");
        return;
    };
    let mails = listed(&folder);
    assert!(mails.len() > 400, "{} mails", mails.len());
    let source = UNIVERSITY.replacen(
        "mode = \"full\"",
        "mode = \"observe\"\nlist_mail = \"ticket\"",
        1,
    );
    let desk = Desk::with(&source);
    let mut last: Option<Timestamp> = None;
    for mail in &mails {
        let at = date(mail).or(last).unwrap();
        // The lists took years, and what comes at once is a flood.
        let passed = last.map_or(0, |last| (at.as_second() - last.as_second()).max(0));
        desk.advance(Duration::from_secs(passed.cast_unsigned()));
        last = Some(at);
        desk.arrives("it", &mail.bytes);
    }
    desk.decide();
    let ended = tickets_of(&desk, mails.len());
    let (together, all) = pairs(&mails, &ended);
    let mut threads: BTreeMap<TicketNumber, BTreeSet<&str>> = BTreeMap::new();
    for (mail, ticket) in mails.iter().zip(&ended) {
        if let Some(ticket) = ticket {
            threads.entry(*ticket).or_default().insert(&mail.thread);
        }
    }
    for (ticket, threads) in threads.iter().filter(|(_, threads)| threads.len() > 1) {
        eprintln!("{ticket}: {threads:?}: {:?}", desk.history(ticket.0));
    }
    let mixed = threads.values().filter(|threads| threads.len() > 1).count();
    let lost = ended.iter().filter(|ticket| ticket.is_none()).count();
    eprintln!(
        "{} mails, {} tickets, {lost} in none; pairs of one thread in one ticket: {together} of {all}; tickets of several \
         threads: {mixed}",
        mails.len(),
        threads.len(),
    );
    assert_eq!((mixed, lost), (0, 0));
    assert!(
        together * 1000 >= all * 999,
        "{together} of {all} pairs of one thread ended in one ticket"
    );
}
