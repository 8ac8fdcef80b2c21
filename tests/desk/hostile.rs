//! Mails that are too much for their reader: it panics, it does not come to an end, it takes the process with it. And
//! mails beyond the limits. Each costs itself at most, and nothing is met with silence.

use std::{
    env, hint,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::{Command, ExitStatus},
    thread,
    time::Duration,
};

use okno::{
    desk::cause::Operation,
    house::reader::Reader,
    mail::read::{Limits, read},
    model::message::Reading,
    store::{Faults, work},
};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

/// In a mail: what the readers of these tests cannot stand.
const POISON: &str = "poison for the reader";

const PATIENCE: Duration = Duration::from_secs(20);

fn is_poisoned(raw: &[u8]) -> bool {
    String::from_utf8_lossy(raw).contains(POISON)
}

fn panics(raw: &[u8], limits: &Limits) -> Reading {
    assert!(!is_poisoned(raw), "a test panics here, on purpose");
    read(raw, limits)
}

fn dawdles(raw: &[u8], limits: &Limits) -> Reading {
    if is_poisoned(raw) {
        thread::sleep(Duration::from_secs(2));
    }
    read(raw, limits)
}

fn spends_the_stack(raw: &[u8], limits: &Limits) -> Reading {
    if is_poisoned(raw) {
        hint::black_box(deeper(raw.len()));
    }
    read(raw, limits)
}

fn deeper(at: usize) -> usize {
    let frame = hint::black_box([at; 1_000]);
    if at == 0 {
        return 0;
    }
    deeper(at + 1) + frame[1]
}

/// Three requests, the second poisoned.
fn three_requests(desk: &Desk) {
    for (name, text) in [
        ("olga", "Нет сети."),
        ("petr", POISON),
        ("rita", "Нет света."),
    ] {
        let letter = Letter::to("it@uni.test", &format!("Вопрос {name}"), text);
        desk.person(name, &format!("{name}@uni.test"))
            .writes(&letter);
    }
}

/// The cards that Anna got, and nobody looks at Boris's.
fn cards(desk: &Desk) -> Vec<Received> {
    desk.inbox("boris@uni.test");
    desk.inbox("anna@uni.test")
}

/// The file of that name, as it was sent with the mail.
fn file(mail: &Received, name: &str) -> Option<Vec<u8>> {
    let reading = read(&mail.bytes, &Limits::default());
    let files = reading.message.attachments.iter().zip(&reading.places);
    let mut named = files.filter(|(file, _)| file.name.as_deref() == Some(name));
    named
        .next()
        .map(|(_, place)| okno::mail::read::decode(&mail.bytes, place))
}

#[test]
fn a_panic_costs_only_the_mail_that_caused_it() {
    let desk = Desk::open();
    desk.reads_with(Reader::new(panics, PATIENCE));
    three_requests(&desk);
    desk.step();
    assert_eq!(desk.tickets(), 3);
    for name in ["olga", "rita"] {
        desk.person(name, &format!("{name}@uni.test")).only_mail();
    }
    // Nobody has looked who wrote it: no automatic answer.
    desk.person("petr", "petr@uni.test").got_nothing();
    let cards = cards(&desk);
    assert_eq!(cards.len(), 3);
    assert!(!cards[0].text().contains("Внимание"));
    assert!(
        cards[1].text().contains("ошибка в okno"),
        "{}",
        cards[1].text()
    );
    assert!(cards[1].text().contains(POISON));
    let original = file(&cards[1], "original.eml").unwrap();
    assert!(original.starts_with(b"From: petr <petr@uni.test>\r\n") && is_poisoned(&original));
    assert_eq!(file(&cards[0], "original.eml"), None);
}

#[test]
fn a_mail_that_takes_too_long_is_given_up_and_still_opens_a_ticket() {
    let desk = Desk::open();
    desk.reads_with(Reader::new(dawdles, Duration::from_millis(700)));
    three_requests(&desk);
    desk.step();
    assert_eq!(desk.tickets(), 3);
    let cards = cards(&desk);
    assert!(cards[1].text().contains("слишком много времени"));
    assert!(cards[1].text().contains("original.eml"));
    for name in ["olga", "rita"] {
        desk.person(name, &format!("{name}@uni.test")).only_mail();
    }
}

#[test]
fn an_answer_that_could_not_be_read_as_usual_goes_to_nobody() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Вопрос", "Текст."));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    desk.reads_with(Reader::new(panics, PATIENCE));
    anna.writes(&Letter::reply_to(&card, POISON));
    desk.step();
    olga.got_nothing();
    let refused = anna.only_mail();
    assert!(
        refused.text().contains("обычным текстом"),
        "{}",
        refused.text()
    );
    // What a participant writes is passed on all the same, with the original.
    olga.writes(&Letter::to(
        "it@uni.test",
        &format!("Re: {}", card.subject()),
        POISON,
    ));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("ошибка в okno"), "{}", told.text());
    assert!(file(&told, "original.eml").is_some());
    desk.inbox("boris@uni.test");
}

/// The data folder of the house that a child of this test works in.
const CHILD: &str = "OKNO_TEST_HOUSE";

/// Decides in a process of its own, with a reader whose stack ends at the poison. How that process ended.
fn decide_elsewhere(folder: &Path, test: &str) -> ExitStatus {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", test, "--nocapture"]);
    child.env(CHILD, folder).output().unwrap().status
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how this test speaks to itself")]
fn what_ends_the_process_alone_twice_is_quarantined_and_nothing_else() {
    if let Some(folder) = env::var_os(CHILD) {
        let desk = Desk::closed_in(UNIVERSITY, Path::new(&folder));
        desk.start(Faults::none());
        desk.reads_with(Reader::new(spends_the_stack, PATIENCE));
        desk.decide();
        desk.stop();
        return;
    }
    let desk = Desk::open();
    three_requests(&desk);
    let ends: Vec<Option<i32>> = (0..4)
        .map(|_| {
            desk.stop();
            let test = "hostile::what_ends_the_process_alone_twice_is_quarantined_and_nothing_else";
            decide_elsewhere(&desk.data(), test).signal()
        })
        .collect();
    // Once with the others and twice alone it ended the process; then it was set aside, and the rest was done.
    assert_eq!(ends, [Some(6), Some(6), Some(6), None]);
    desk.start(Faults::none());
    assert_eq!(desk.tickets(), 2);
    assert_eq!(desk.quarantine().len(), 1);
    // A repaired program is given it once more.
    desk.with_house(async |house| {
        let kept = work::quarantined(&house.db, 10).await.unwrap();
        let release = Operation::ReleaseWork { work: kept[0].id };
        let now = house.clock.now();
        work::order(&house.db, release, now).await.unwrap();
    });
    desk.step();
    assert_eq!(desk.orders().len(), 1);
    assert_eq!(desk.tickets(), 3);
    for name in ["olga", "petr", "rita"] {
        desk.person(name, &format!("{name}@uni.test")).only_mail();
    }
    assert_eq!(cards(&desk).len(), 3);
}

/// A mail beyond a limit opens a ticket whose card says so in these words and brings the original.
#[track_caller]
fn check_beyond(rest: &str, words: &str) {
    let desk = Desk::open();
    let mail = format!("From: Ольга <olga@uni.test>\nTo: it@uni.test\nSubject: Много\n{rest}");
    desk.arrives("it", mail.as_bytes());
    desk.step();
    desk.inbox("olga@uni.test");
    let cards = cards(&desk);
    assert_eq!(cards.len(), 1);
    let text = cards[0].text();
    assert!(
        text.contains(words),
        "{}",
        text.chars().take(3_000).collect::<String>()
    );
    assert_eq!(
        file(&cards[0], "original.eml").as_deref(),
        Some(mail.as_bytes())
    );
}

#[test]
fn beyond_each_limit_the_ticket_opens_with_words_and_the_original() {
    let html = |body: &str| format!("Content-Type: text/html; charset=utf-8\n\n{body}");
    check_beyond(
        &format!("\n{}", "слова и слова\n".repeat(100_000)),
        "текст письма слишком длинный",
    );
    check_beyond(
        &html(&"<p>слова</p>".repeat(50_000)),
        "оформленный текст письма слишком длинный",
    );
    check_beyond(
        &html(&format!("{}слова", "<div><blockquote>".repeat(1_000))),
        "оформление письма слишком глубоко вложено",
    );
    check_beyond(
        &format!("{}\nтекст", "X-Long: y\n".repeat(100_000)),
        "заголовок письма слишком длинный",
    );
    check_beyond(
        &format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nтекст\n{}--b--\n",
            "--b\nContent-Type: image/png\n\nx\n".repeat(600)
        ),
        "слишком много частей",
    );
    let deep: String = (0..40)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    check_beyond(&format!("{deep}\nтекст"), "слишком глубоко вложены");
    check_beyond(
        &format!("Cc: {}\n\nтекст", "x@uni.test, ".repeat(3_000)),
        "адресов в письме слишком много",
    );
}

#[test]
fn a_mail_fetched_in_part_says_where_the_rest_is() {
    let desk = Desk::open();
    let mail = "From: Ольга <olga@uni.test>\nTo: it@uni.test\nSubject: Видео\n\nВо вложении видео.";
    desk.arrives_in_part("it", mail.as_bytes());
    desk.step();
    desk.inbox("olga@uni.test");
    let cards = cards(&desk);
    assert!(
        cards[0].text().contains("целиком оно осталось в почтовом"),
        "{}",
        cards[0].text()
    );
    // Its beginning alone is of no use to anybody.
    assert_eq!(file(&cards[0], "original.eml"), None);
}
