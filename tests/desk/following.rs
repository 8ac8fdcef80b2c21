//! An agent puts a ticket off, or follows one that is somebody else's.

use std::time::Duration;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\ndigest = \"08:30\"";
    Desk::with(&UNIVERSITY.replace("target = \"8 h\"", on))
}

fn writes(desk: &Desk, who: &str, letter: &Received, words: &str) {
    desk.person("", &format!("{who}@uni.test"))
        .writes(&Letter::reply_to(letter, words));
    desk.step();
}

fn kinds(mails: &[Received]) -> Vec<String> {
    let kinds = mails.iter().filter_map(|one| one.header("X-Okno-Event"));
    kinds.collect()
}

/// Anna has taken Olga's request and nobody has mail to read.
fn taken(desk: &Desk) -> (Received, Received) {
    let (acknowledgement, card) = desk.asked();
    writes(desk, "anna", &card, "взять");
    desk.inbox("boris@uni.test");
    (acknowledgement, card)
}

#[test]
fn what_is_put_off_comes_back_on_its_day_and_time_goes_on() {
    let desk = university();
    let (_, card) = taken(&desk);
    let due = desk.ticket(1001).next_clock().map(|clock| clock.due_at);
    writes(&desk, "anna", &card, "#напомнить до пятницы позвонить");
    let known = desk.ticket(1001);
    assert_eq!(known.next_clock().map(|clock| clock.due_at), due);
    let until = known.snoozed.first().map(|one| one.until.to_string());
    assert_eq!(until.as_deref(), Some("2026-11-20T06:00:00Z"));
    // Neither Wednesday's list nor Thursday's has it, though it is late by then.
    desk.advance(44 * HOUR);
    desk.step();
    assert_eq!(kinds(&desk.inbox("anna@uni.test")), ["follow_up"; 0]);
    desk.advance(26 * HOUR);
    desk.step();
    let mails = desk.inbox("anna@uni.test");
    let told = mails
        .iter()
        .find(|mail| mail.text().contains("откладывали"));
    assert!(told.is_some(), "{:?}", kinds(&mails));
    assert!(desk.ticket(1001).snoozed.is_empty());
    desk.inbox("boris@uni.test");
}

#[test]
fn the_requester_ends_it_early() {
    let desk = university();
    let (acknowledgement, card) = taken(&desk);
    writes(&desk, "anna", &card, "#snooze until Friday");
    assert_eq!(desk.ticket(1001).snoozed.len(), 1);
    desk.advance(MINUTE);
    writes(&desk, "olga", &acknowledgement, "Ещё не печатает и сканер.");
    assert!(desk.ticket(1001).snoozed.is_empty());
    assert_eq!(kinds(&desk.inbox("anna@uni.test")), ["follow_up"]);
}

#[test]
fn a_day_that_is_past_or_none_puts_nothing_off() {
    let desk = university();
    let (_, card) = taken(&desk);
    for (words, says) in [
        ("#напомнить", "дата не понята"),
        ("#напомнить до 10.11", "дата уже прошла"),
        ("#отложить как-нибудь", "дата не понята"),
    ] {
        writes(&desk, "anna", &card, words);
        let told = desk.inbox("anna@uni.test").pop().unwrap();
        assert!(told.text().contains(says), "{words}: {}", told.text());
    }
    assert!(desk.ticket(1001).snoozed.is_empty());
}

#[test]
fn who_follows_hears_the_news_until_it_is_closed() {
    let desk = university();
    let (acknowledgement, card) = taken(&desk);
    let olga = |words: &str| {
        desk.advance(MINUTE);
        writes(&desk, "olga", &acknowledgement, words);
    };
    olga("Сначала так.");
    assert!(desk.inbox("boris@uni.test").is_empty());
    desk.inbox("anna@uni.test");
    // Boris has the notice that Anna took it; he answers his own card.
    let boris = desk.person("Борис Ким", "boris@uni.test");
    writes(&desk, "anna", &card, "заметка: посмотри и ты");
    let note = boris.only_mail();
    writes(&desk, "boris", &note, "подписаться");
    boris.got_nothing();
    olga("Теперь так.");
    let news = boris.only_mail();
    assert!(news.text().contains("Вы следите за этим обращением"));
    assert!(news.text().contains("Теперь так."));
    assert!(!desk.inbox("anna@uni.test")[0].text().contains("Вы следите"));
    // Whoever is responsible hears of it anyway.
    writes(&desk, "anna", &card, "подписаться");
    assert!(
        desk.inbox("anna@uni.test")[0]
            .text()
            .contains("вы и так исполнитель")
    );
    writes(&desk, "boris", &news, "отписаться");
    olga("И так.");
    boris.got_nothing();
    writes(&desk, "boris", &news, "отписаться");
    assert!(boris.only_mail().text().contains("не следили"));
    writes(&desk, "boris", &news, "следить");
    desk.inbox("anna@uni.test");
    writes(&desk, "anna", &card, "закрыть");
    olga("Не закрывайте!");
    // It has ended with the ticket.
    assert!(desk.ticket(1001).followers.is_empty());
    let heard = desk.inbox("boris@uni.test");
    assert!(heard.iter().all(|mail| !mail.text().contains("Вы следите")));
    desk.inbox("anna@uni.test");
    desk.inbox("olga@uni.test");
}

#[test]
fn nobody_who_follows_is_forgotten_for_another() {
    let names: Vec<String> = (1..=22).map(|number| format!("agent{number}")).collect();
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let agents = format!("agents = [\"anna\", \"boris\", {}]", quoted.join(", "));
    let on = "target = \"8 h\"\ncommands = [\"all\"]";
    let source = UNIVERSITY.replace("agents = [\"anna\", \"boris\"]", &agents);
    let tables = names.iter().map(|name| {
        format!("[agent.{name}]\nname = \"Агент {name}\"\naddress = \"{name}@uni.test\"\n")
    });
    let desk = Desk::with(&format!(
        "{}\n{}",
        source.replace("target = \"8 h\"", on),
        tables.collect::<String>()
    ));
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    let cards: Vec<(String, Received)> = names
        .iter()
        .map(|name| {
            (
                name.clone(),
                desk.inbox(&format!("{name}@uni.test")).remove(0),
            )
        })
        .collect();
    for (name, card) in &cards {
        writes(&desk, name, card, "подписаться");
    }
    let follow = |desk: &Desk| desk.ticket(1001).followers.len();
    assert_eq!(follow(&desk), 20);
    assert!(desk.ticket(1001).followers.contains(&"agent1".into()));
    for late in ["agent21@uni.test", "agent22@uni.test"] {
        let told = desk.inbox(late).pop().expect("a word");
        assert!(told.text().contains("уже следят 20"), "{}", told.text());
    }
    // One of them goes, and there is room again.
    writes(&desk, "agent3", &cards[2].1, "отписаться");
    writes(&desk, "agent22", &cards[21].1, "подписаться");
    assert_eq!(follow(&desk), 20);
    assert!(desk.ticket(1001).followers.contains(&"agent22".into()));
    for line in desk.unread() {
        desk.inbox(line.split_once(": ").unwrap().0);
    }
}
