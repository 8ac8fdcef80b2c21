//! What okno asks and offers, answered on real servers: whose an address is, who may read along, whether a copy is to be a
//! ticket; reply addresses behind a plus; a virus.

use okno::{
    model::{
        ids::TicketNumber,
        ticket::{State, Ticket},
    },
    store::{history, work},
};

use crate::{
    clamd::{FakeClamd, eicar},
    ground::{DESK, header, proved, subject_of, with_db, words_of},
    mailway::{MailWay, mail},
};

const OLGA: &str = "olga@uni.test";
const ANNA: &str = "anna@uni.test";
const ROOT: &str = "root@uni.test";

/// A desk that Olga has asked something.
fn asked(name: &str, keys: &str) -> Option<MailWay> {
    let way = MailWay::with(name, keys, "")?;
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "o1@uni.test", "Ключ", "", "Где ключ от 217?"),
    );
    way.settle();
    assert_eq!(way.inbox(OLGA).len(), 1, "{}", way.words_to(OLGA));
    Some(way)
}

fn ticket(way: &MailWay) -> Ticket {
    let number = TicketNumber(1001);
    with_db(&way.config, async |db| history::ticket(db, number).await)
        .unwrap()
        .unwrap()
}

/// Answers somebody's newest mail: subject, ids and all.
fn reply(way: &MailWay, from: &str, (to, mine): (&str, &str), words: &str) {
    let about = way.inbox(to).pop().unwrap();
    let id = header(&about, "Message-ID");
    let more = format!("In-Reply-To: {id}\nReferences: {id}\n");
    let subject = format!("Re: {}", subject_of(&about));
    way.sends(from, &[DESK], &mail(from, mine, &subject, &more, words));
    way.settle();
}

#[test]
fn another_address_of_an_agent_is_asked_about_and_one_word_makes_it_hers() {
    let Some(way) = asked("asking-whose", "") else {
        return;
    };
    let home = "petrova@home.example";
    reply(
        &way,
        home,
        (ANNA, "h1@home.example"),
        "Ключ на вахте.\n\nрешено",
    );
    assert_eq!(way.inbox(OLGA).len(), 1, "nobody has said whose it is");
    assert_eq!(ticket(&way).state, State::New);
    let question = way.inbox(ANNA).pop().unwrap();
    assert!(
        words_of(&question).contains("petrova[@]home[.]example"),
        "{}",
        words_of(&question)
    );
    reply(&way, ANNA, (ANNA, "a1@uni.test"), "да");
    assert!(way.words_to(OLGA).contains("Ключ на вахте."));
    assert_eq!(ticket(&way).state, State::Resolved);
    assert_eq!(way.inbox(home).len(), 0);
    proved(&way.config, 1);
}

#[test]
fn a_stranger_is_shown_and_reads_along_once_an_agent_says_so() {
    let Some(way) = asked("asking-add", "") else {
        return;
    };
    let ivan = "ivan@mail.example";
    let tag = subject_of(&way.inbox(OLGA)[0]);
    let letter = mail(ivan, "i1@mail.example", &tag, "", "Я видел ключ.");
    way.sends(ivan, &[DESK], &letter);
    way.settle();
    assert_eq!(way.inbox(ivan).len(), 0, "nothing of the ticket");
    assert!(way.words_to(ANNA).contains("Я видел ключ."));
    reply(
        &way,
        ANNA,
        (ANNA, "a1@uni.test"),
        "добавить\n\nСпасибо, посмотрим на вахте.",
    );
    assert!(
        way.words_to(ivan).contains("посмотрим на вахте"),
        "{}",
        way.words_to(ANNA)
    );
    assert!(way.words_to(OLGA).contains("посмотрим на вахте"));
    proved(&way.config, 1);
}

#[test]
fn a_copy_becomes_a_ticket_by_a_button() {
    let Some(way) = MailWay::open("asking-copy") else {
        return;
    };
    let letter = mail(OLGA, "c1@uni.test", "Ремонт", "", "В среду меняем розетки.");
    let letter = letter.replacen(
        &format!("To: {DESK}\n"),
        &format!("To: dean@uni.test\nCc: {DESK}\n"),
        1,
    );
    way.sends(OLGA, &["dean@uni.test", DESK], &letter);
    way.settle();
    assert_eq!(way.inbox(OLGA).len(), 0, "nobody was asked anything");
    proved(&way.config, 0);
    // The button opens a new mail with nothing but its subject.
    let shown = subject_of(&way.inbox(ANNA)[0]);
    let code = shown.rsplit(' ').next().unwrap();
    way.sends(
        ANNA,
        &[DESK],
        &mail(ANNA, "a1@uni.test", &format!("{code} обращение"), "", ""),
    );
    way.settle();
    proved(&way.config, 1);
    assert!(way.words_to("boris@uni.test").contains("меняем розетки"));
    assert_eq!(way.inbox(OLGA).len(), 0);
}

#[test]
fn a_plus_address_says_who_answers_where_everything_else_is_lost() {
    let Some(way) = asked("asking-plus", "plus_addresses = true") else {
        return;
    };
    let (hers, his) = (way.inbox(ANNA), way.inbox("boris@uni.test"));
    let address = header(&hers[0], "Reply-To");
    assert_ne!(address, header(&his[0], "Reply-To"));
    let address = address.trim_matches(['<', '>']);
    assert!(address.starts_with("it+1001-"), "{address}");
    let letter = mail(ANNA, "a1@uni.test", "", "", "Ключ на вахте.");
    let letter = letter.replacen(&format!("To: {DESK}\n"), &format!("To: {address}\n"), 1);
    way.sends(ANNA, &[address], &letter);
    way.settle();
    assert!(way.words_to(OLGA).contains("Ключ на вахте."));
    assert_eq!(ticket(&way).assignee, Some("anna".into()));
    proved(&way.config, 1);
}

#[test]
fn a_virus_waits_for_the_administrator() {
    let Some(way) = MailWay::with(
        "asking-virus",
        "",
        "[quarantine]\nclamd = \"unix:SCRATCH/clamd.ctl\"\n",
    ) else {
        return;
    };
    let clamd = FakeClamd::start(way.ground.scratch.path());
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "v1@uni.test", "Счёт", "", &eicar()),
    );
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "v2@uni.test", "Ключ", "", "Где он?"),
    );
    way.settle();
    assert_eq!(way.inbox(OLGA).len(), 1, "{}", way.words_to(OLGA));
    let kept = with_db(&way.config, async |db| work::quarantined(db, 10).await);
    let kept: Vec<String> = kept.unwrap().into_iter().map(|one| one.problem).collect();
    assert_eq!(kept, ["virus: Eicar-Test-Signature"]);
    assert!(way.words_to(ROOT).contains("Eicar-Test-Signature"));
    assert_eq!(clamd.asked(), 2);
    proved(&way.config, 1);
}

#[test]
fn an_answer_that_the_server_returns_does_not_count() {
    let Some(way) = MailWay::open("asking-returned") else {
        return;
    };
    let olga = "olga@gone.test";
    let words = mail(olga, "o1@gone.test", "Ключ", "", "Где ключ от 217?");
    way.sends(olga, &[DESK], &words);
    way.settle();
    assert!(
        way.words_to(ANNA).contains("olga@gone.test"),
        "{}",
        way.words_to(ANNA)
    );
    let card = way.inbox(ANNA).into_iter().find(|mail| {
        let words = words_of(mail);
        words.contains("Где ключ от 217?")
    });
    let card = card.unwrap();
    let more = format!("In-Reply-To: {}\n", header(&card, "Message-ID"));
    let subject = format!("Re: {}", subject_of(&card));
    let before = way.inbox(ANNA).len();
    way.sends(
        ANNA,
        &[DESK],
        &mail(ANNA, "a1@uni.test", &subject, &more, "На вахте."),
    );
    way.settle();
    let told = way.inbox(ANNA).split_off(before);
    let told: Vec<String> = told.iter().map(|mail| words_of(mail)).collect();
    assert!(
        told.iter().any(|mail| mail.contains("olga@gone.test")),
        "{told:?}"
    );
    let ticket = ticket(&way);
    assert!(ticket.answers.is_empty(), "{:?}", ticket.answers);
    proved(&way.config, 1);
}
