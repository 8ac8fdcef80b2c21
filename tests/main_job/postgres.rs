//! The same on PostgreSQL: a whole story, and a server that goes away in the middle.

use std::path::PathBuf;

use okno::{
    lab::Postgres,
    model::{ids::TicketNumber, ticket::State},
    store::history,
};

use crate::{
    ground::{DESK, Ground, Running, drain, header, proved, until, with_db, words_of},
    mails,
};

const MAILS: usize = 300;

fn on(server: &Postgres, ground: &Ground, config: &str) -> PathBuf {
    let url = server.create_database("desk").unwrap();
    let (before, rest) = url.split_once("okno:").unwrap();
    let (password, place) = rest.split_once('@').unwrap();
    ground.secret("database.password", password);
    ground.configure(&format!(
        "database = {{ url = \"{before}okno@{place}\", password = {{ file = \"database.password\" }} }}\n{config}"
    ))
}

fn start(ground: &Ground) -> Postgres {
    let place = ground.scratch.path().join("postgres");
    Postgres::start(&place, false).unwrap_or_else(|error| panic!("{error}"))
}

fn answer(from: &str, id: &str, mail: &str, words: &str) -> Vec<u8> {
    format!(
        "From: {from}\nTo: {DESK}\nSubject: Re: it\nMessage-ID: <{id}@uni.test>\nIn-Reply-To: {mail}\n\
         References: {mail}\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
    )
    .into_bytes()
}

#[test]
fn a_story_from_the_request_to_the_confirmation() {
    let ground = Ground::new("pg-story");
    let server = start(&ground);
    let config = on(&server, &ground, &ground.full(ground.door.port()));
    let requester = mails::sender(1);
    ground.receives(&mails::generated(1, DESK, 0));
    drain(&config);
    assert_eq!(ground.sent_to(&requester).len(), 1);
    let card = header(&ground.sent_to("anna@uni.test")[0], "Message-ID");
    ground.receives(&answer("anna@uni.test", "a1", &card, "Which room?"));
    drain(&config);
    let relayed = header(&ground.sent_to(&requester)[1], "Message-ID");
    ground.receives(&answer(&requester, "r1", &relayed, "Room 101."));
    drain(&config);
    assert!(words_of(&ground.sent_to("anna@uni.test")[1]).contains("Room 101."));
    ground.receives(&answer("anna@uni.test", "a2", &card, "решено"));
    drain(&config);
    let resolution = header(&ground.sent_to(&requester)[2], "Message-ID");
    ground.receives(&answer(&requester, "r2", &resolution, "да"));
    drain(&config);
    let ticket = with_db(&config, async |db| {
        history::ticket(db, TicketNumber(1001))
            .await
            .unwrap()
            .unwrap()
    });
    assert_eq!(ticket.state, State::Closed);
    proved(&config, 1);
}

#[test]
fn a_database_that_goes_away_is_told_and_nothing_is_lost() {
    let ground = Ground::new("pg-crash");
    let mut server = start(&ground);
    let text = mails::config(&ground.dovecot, ground.door.port(), DESK);
    let config = on(&server, &ground, &text);
    for number in 0..MAILS {
        ground.receives(&mails::generated(number, DESK, 0));
    }
    let running = Running::start(&config, "run");
    until("some acknowledgements", || ground.door.taken() >= 40);
    server.crash();
    until("the failure to be told", || {
        running.log().contains("Cannot") || running.log().contains("could not go on")
    });
    server
        .start_again()
        .unwrap_or_else(|error| panic!("{error}"));
    let is_answered = |number: usize| !ground.sent_to(&mails::sender(number)).is_empty();
    until("all acknowledgements", || (0..MAILS).all(is_answered));
    running.stop();
    proved(&config, MAILS as u64);
    for (address, mut ids) in ground.all_sent() {
        ids.dedup();
        assert_eq!(ids.len(), 1, "{address} has two different acknowledgements");
    }
}
